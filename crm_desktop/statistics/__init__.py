"""Every figure of the office is computed here, once: for the Statistics tab, the monthly report and Excel."""

from __future__ import annotations

from array import array

from crm_desktop.i18n import N_
from crm_desktop.statistics.complaints import TIMES, Handling
from crm_desktop.statistics.counting import (
    CasesByMonth,
    ContactsBy,
    ContactsByMonth,
    NewByMonth,
    TimeToSolve,
    cases_received,
    customers_at_end,
)
from crm_desktop.statistics.feedback import FEEDBACK
from crm_desktop.statistics.month import Figure, due_next_month, figure_records, month_figures
from crm_desktop.statistics.period import Period, month_before
from crm_desktop.statistics.requests import REQUESTS
from crm_desktop.statistics.survey_groups import SATISFACTION
from crm_desktop.statistics.tables import (
    NOT_GIVEN,
    Breakdown,
    Colleagues,
    Column,
    Listed,
    Row,
    Statistic,
    Table,
    Texts,
)

__all__ = [
    "NOT_GIVEN",
    "STATISTICS",
    "Column",
    "Figure",
    "Period",
    "Row",
    "Statistic",
    "Table",
    "compute",
    "due_next_month",
    "figure_records",
    "month_before",
    "month_figures",
    "records",
    "statistic",
]

_TIERS = Listed("tier", all_rows=True)
_STAGES = Listed("stage", all_rows=True)
_INDUSTRIES = Listed("industry", roots=True)
_CATEGORIES = Listed("complaint_category", roots=True)
_CAUSES = Listed("complaint_cause", roots=True)

STATISTICS: list[Statistic] = [
    Breakdown(
        "customers_by_tier", N_("Customers by tier"), "customer", column="tier", kind=_TIERS, base=customers_at_end
    ),
    Breakdown(
        "customers_by_stage", N_("Customers by stage"), "customer", column="stage", kind=_STAGES, base=customers_at_end
    ),
    Breakdown(
        "customers_by_industry",
        N_("Customers by industry"),
        "customer",
        column="industry",
        kind=_INDUSTRIES,
        base=customers_at_end,
    ),
    Breakdown(
        "customers_by_source",
        N_("Customers by source"),
        "customer",
        column="source",
        kind=Listed("source"),
        base=customers_at_end,
    ),
    Breakdown(
        "customers_by_region",
        N_("Customers by region"),
        "customer",
        column="province",
        kind=Texts(),
        base=customers_at_end,
    ),
    Breakdown(
        "customers_by_owner",
        N_("Customers by owner"),
        "customer",
        column="owner",
        kind=Colleagues(),
        base=customers_at_end,
    ),
    NewByMonth("new_customers_by_month", N_("New customers by month"), "customer", chart="column"),
    ContactsByMonth("contacts_by_month", N_("Contacts by month"), "interaction", chart="stacked"),
    ContactsBy("contacts_by_channel", N_("Contacts by channel"), "interaction", by_person=False),
    ContactsBy("contacts_by_person", N_("Contacts by colleague"), "interaction", by_person=True),
    CasesByMonth("complaints_by_month", N_("Complaints by month"), "complaint", chart="lines"),
    Breakdown(
        "complaints_by_category",
        N_("Complaints by category"),
        "complaint",
        column="category",
        kind=_CATEGORIES,
        base=cases_received,
    ),
    Breakdown(
        "complaints_by_cause",
        N_("Complaints by cause"),
        "complaint",
        column="cause",
        kind=_CAUSES,
        base=cases_received,
    ),
    Breakdown(
        "complaints_by_state",
        N_("Complaints by state"),
        "complaint",
        column="state",
        kind=Listed("complaint_state"),
        base=cases_received,
    ),
    TimeToSolve("time_to_solve", N_("Time to solve complaints"), "complaint", chart="column"),
    Handling(
        "handling_by_month",
        N_("Complaints handled in time, %, and how well"),
        "complaint",
        chart="column",
        side="month",
    ),
    Handling(
        "handling_times",
        N_("Working hours until complaints were acknowledged, answered and solved"),
        "complaint",
        chart="column",
        side="month",
        measures=TIMES,
    ),
    Handling("handling_by_cause", N_("How complaints were handled, by cause"), "complaint", side="cause", kind=_CAUSES),
    Handling(
        "handling_by_product", N_("How complaints were handled, by product"), "complaint", side="product", kind=Texts()
    ),
    Handling(
        "handling_by_owner",
        N_("How complaints were handled, by colleague"),
        "complaint",
        side="owner",
        kind=Colleagues(),
    ),
    Handling("handling_by_tier", N_("How complaints were handled, by tier"), "complaint", side="tier", kind=_TIERS),
    *FEEDBACK,
    *REQUESTS,
    *SATISFACTION,
]

_BY_KEY = {found.key: found for found in STATISTICS}


def statistic(key: str) -> Statistic:
    """The statistic of that key; KeyError when there is none."""
    return _BY_KEY[key]


def compute(key: str, period: Period, owner: int | None = None) -> Table:
    """A statistic of the open file.

    With an owner: the customers the colleague owns, the contacts the colleague made, the complaints the colleague is
    responsible for.
    """
    return _BY_KEY[key].table(period, owner)


def records(
    key: str, row: str | None, period: Period, owner: int | None = None, column: str | None = None
) -> tuple[str, array[int]]:
    """Table and ids of the records behind a figure; row None is the total, column None the whole row."""
    found = _BY_KEY[key]
    return found.about, found.records(row, column, period, owner)
