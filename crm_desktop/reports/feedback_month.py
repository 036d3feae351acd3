"""Feedback of customers, for the monthly report: figures by kind, twelve months, what the month said and our reply."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from crm_desktop import statistics
from crm_desktop.i18n import _, ngettext
from crm_desktop.models import lists, people
from crm_desktop.reports import charts, statistic_table
from crm_desktop.reports.case_paper import Lines, short
from crm_desktop.reports.page import Document
from crm_desktop.reports.table import Column
from crm_desktop.statistics import Period, feedback
from crm_desktop.store import file

MOST: Final = 40
"""So many pieces of feedback of a month are printed."""


@dataclass(frozen=True)
class Data:
    """What the report says about feedback; without any in twelve months, nothing."""

    by_kind: statistics.Table | None = None
    trend: statistics.Table | None = None
    said: Lines = field(default_factory=list)
    more: int = 0


def read(period: Period, year: Period, owner: int | None) -> Data:
    """Read a month and the year that ends with it; with a colleague only what she looks after."""
    trend = statistics.compute("feedback_by_month", year, owner)
    if not trend.total[-1]:
        return Data()
    said, more = _said(period, owner)
    return Data(statistics.compute("feedback_by_kind", period, owner), trend, said, more)


def _said(period: Period, owner: int | None) -> tuple[Lines, int]:
    """What came in the month, in its order, and how many more there are."""
    where, params = feedback.received(period, owner)
    rows = file.ask(
        "SELECT f.at, k.name, f.kind, f.text, f.answer, f.owner, f.adopted, count(*) OVER () FROM feedback f"
        " JOIN customer k ON k.id = f.customer WHERE f.id IN (SELECT id FROM feedback"
        f" WHERE {where}) ORDER BY f.at, f.id LIMIT ?",
        [*params, MOST],
    )
    lines: Lines = [
        (
            at[:10],
            customer,
            lists.label("feedback_kind", kind),
            short(text, 120),
            short(answer, 120),
            lists.label("adoption", adopted),
            people.name(by),
        )
        for at, customer, kind, text, answer, by, adopted, _count in rows
    ]
    return lines, int(rows[0][-1]) - len(rows) if rows else 0


def write(document: Document, data: Data) -> None:
    """The feedback of the month; nothing where there was none in a year."""
    if data.trend is None or data.by_kind is None:
        return
    document.section(_("Feedback"))
    document.chart(charts.chart(data.trend, "stacked", document.width, 150).drawing, data.trend.title)
    document.section(_("How feedback was answered, by kind"), 1)
    if data.by_kind.rows:
        statistic_table.write(document, _("Kind of feedback"), data.by_kind)
    headings = (_("Date"), _("Customer"), _("Kind of feedback"), _("What they told us"), _("Reply to the customer"),
                _("Adopted?"), _("Owner"))  # fmt: skip
    document.table([Column(text) for text in headings], data.said, _("No feedback came in this month."))
    if data.more:
        document.paragraph(ngettext("and {n} more", "and {n} more", data.more).format(n=f"{data.more:,}"), pale=True)
