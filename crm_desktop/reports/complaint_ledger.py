"""投诉台账: every complaint received in a period on one line, with its deadlines, cause, solution and end."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from crm_desktop.i18n import _
from crm_desktop.models import Complaint, people
from crm_desktop.reports import ledger
from crm_desktop.reports.case_paper import short
from crm_desktop.reports.ledger import Data
from crm_desktop.reports.table import Column
from crm_desktop.statistics import Period
from crm_desktop.statistics import complaints as figures
from crm_desktop.values import show_money

_COLUMNS = ("code", "received_at", "customer", "description", "category", "severity", "cause", "solution",
            "compensation", "owner", "solve_by", "solved_at", "state", "satisfaction")  # fmt: skip


def collect(period: Period, owner: int | None, words: str) -> Data:
    """Read the complaints of a period (and of a colleague), the oldest first; `words` name the period."""
    return ledger.collect(Complaint, _COLUMNS, _line, figures.figures(period, owner), period, owner, words)


def _line(values: Mapping[str, Any]) -> tuple[str, ...]:
    show = partial(ledger.shown, Complaint, values)
    return (
        values["code"],
        values["received_at"][:10],
        values["customer"],
        short(values["description"]),
        show("category", "severity"),
        show("cause"),
        short(values["solution"]),
        show_money(values["compensation"], short=True) if values["compensation"] else "",
        people.name(values["owner"]),
        (values["solve_by"] or "")[:10],
        ledger.solved_on(values),
        show("state", "satisfaction"),
    )


def draw(target: Path | BinaryIO, data: Data) -> int:
    """Write the ledger as a PDF and return the number of pages; needs no customer file. UserError if it cannot."""
    columns = [
        Column(_("No."), whole=True),
        Column(_("Received"), right=True),
        Column(_("Customer")),
        Column(_("Description")),
        Column(_("Category and severity")),
        Column(_("Cause")),
        Column(_("Solution")),
        Column(_("Compensation amount"), right=True),
        Column(_("Owner"), whole=True),
        Column(_("Solve by"), right=True),
        Column(_("Solved"), right=True),
        Column(_("State and satisfaction")),
    ]
    return ledger.draw(target, _("Complaint ledger"), columns, _("No complaint was received in this time."), data)


def make(path: Path, period: Period, owner: int | None = None, words: str = "") -> int:
    """Read and write the ledger in one go; the number of pages. UserError if it cannot."""
    return draw(path, collect(period, owner, words))
