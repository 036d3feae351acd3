"""What comes out on paper: PDF reports, one file each.

Nothing heavy is loaded here; a report's module is loaded by who prints it.
"""

from typing import NamedTuple

from crm_desktop.i18n import N_


class Report(NamedTuple):
    """A report: the module of that name has `collect`, `draw` and `make`; `asks` says what it is about."""

    module: str
    title: str
    asks: tuple[str, ...]


REPORTS: list[Report] = [
    Report("monthly", N_("Monthly customer report"), ("month", "owner")),
    Report("customer_card", N_("Customer card"), ("customer",)),
    Report("complaint_form", N_("Customer complaint form"), ("complaint",)),
    Report("complaint_ledger", N_("Complaint ledger"), ("period", "owner")),
]
