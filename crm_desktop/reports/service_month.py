"""Service requests of a month, for the monthly report: figures, targets, standards, twelve months, what is overdue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from crm_desktop import statistics
from crm_desktop.i18n import _, ngettext
from crm_desktop.models import lists, people
from crm_desktop.reports import charts, statistic_table
from crm_desktop.reports.blocks import Figure
from crm_desktop.reports.case_paper import Lines, short
from crm_desktop.reports.page import Document
from crm_desktop.reports.table import Column
from crm_desktop.statistics import Period, requests
from crm_desktop.statistics.complaints import Figure as Told
from crm_desktop.store import file

_OF_THE_MONTH: Final = ("request_standards_by_tier", "requests_handled_by_type", "requests_handled_by_owner")
_NO_ROOM: Final = ("score", "converted", "cost")
LATE_MOST: Final = 20


@dataclass(frozen=True)
class Data:
    """What the report says about service requests; where none were received or open in twelve months, nothing."""

    figures: list[Told] = field(default_factory=list)
    targets: statistics.Table | None = None
    tables: list[statistics.Table] = field(default_factory=list)
    trend: statistics.Table | None = None
    late: Lines = field(default_factory=list)
    more_late: int = 0


def read(period: Period, year: Period, owner: int | None, now: datetime) -> Data:
    """Read a month and the year that ends with it; with a colleague only what is assigned to her."""
    trend = statistics.compute("requests_by_month", year, owner)
    if not any(any(row.values) for row in trend.rows):
        return Data()
    late, more = _late(min(now.isoformat(timespec="seconds"), f"{period.end}T23:59:59"), owner)
    return Data(
        requests.figures(period, owner),
        statistics.compute("request_targets", period, owner),
        [statistics.compute(key, period, owner) for key in _OF_THE_MONTH],
        trend,
        late,
        more,
    )


def _late(moment: str, owner: int | None) -> tuple[Lines, int]:
    """Requests that are not solved although they should have been by then, the most overdue first."""
    whose, params = ("", list[Any]()) if owner is None else (" AND c.owner = ?", [owner])
    rows = file.ask(
        "SELECT c.code, k.name, c.subject, c.description, c.state, c.owner, c.solve_by, count(*) OVER ()"
        " FROM service_request c JOIN customer k ON k.id = c.customer"
        " WHERE c.closed_at IS NULL AND c.solved_at IS NULL AND c.received_at < ? AND c.solve_by < ?"
        f"{whose} ORDER BY c.solve_by, c.id LIMIT ?",
        [moment, moment, *params, LATE_MOST],
    )
    shown: Lines = [
        (code, name, short(subject or description), lists.label("request_state", state), people.name(by), due[:10])
        for code, name, subject, description, state, by, due, _n in rows
    ]
    return shown, (rows[0][-1] if rows else 0) - len(rows)


def write(document: Document, data: Data) -> None:
    """The section of the monthly report; without anything to say, none."""
    if data.trend is None:
        return
    document.section(_("Service requests"))
    document.figures([Figure(each.label, 0, shown=each.shown) for each in data.figures], compare=False)
    if data.targets is not None and any(row.values[0] for row in data.targets.rows):
        targets = data.targets
        document.section(targets.title, 1)
        columns = [Column(""), *(Column(each.label, right=True) for each in targets.columns)]
        rows = [(row.label, *statistic_table.numbers(row.values)) for row in targets.rows]
        document.keep_together(lambda: document.table(columns, rows, ""))
    for table in data.tables:
        _write_group(document, table)
    document.section(_("Service requests in twelve months"), 1)
    document.chart(charts.chart(data.trend, "lines", document.width, 140).drawing)
    if data.late:
        document.section(_("Overdue service requests"), 1)
        headings = (_("No."), _("Customer"), _("Problem or wish"), _("State"), _("Assigned to"), _("Solve by"))
        document.table([Column(heading) for heading in headings], data.late, "")
    if data.more_late:
        more = ngettext("{n} more is not listed here.", "{n} more are not listed here.", data.more_late)
        document.paragraph(more.format(n=f"{data.more_late:,}"), pale=True)


def _write_group(document: Document, table: statistics.Table) -> None:
    if table.total[0]:
        document.section(table.title, 1)
        document.keep_together(lambda: statistic_table.write(document, "", _narrow(table), filled=True))


def _narrow(table: statistics.Table) -> statistics.Table:
    """The same table without what has no room beside the rest on paper."""
    kept = [place for place, column in enumerate(table.columns) if column.key not in _NO_ROOM]

    def cut(values: Sequence[float | int | None]) -> tuple[float | int | None, ...]:
        return tuple(values[place] for place in kept)

    rows = [statistics.Row(row.key, row.label, cut(row.values), row.colour) for row in table.rows]
    return statistics.Table(table.key, table.title, [table.columns[p] for p in kept], rows, cut(table.total))
