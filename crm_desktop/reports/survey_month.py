"""How content customers are, for the monthly report: figures, twelve months, groups, surveys, low answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from crm_desktop import statistics
from crm_desktop.i18n import _, ngettext
from crm_desktop.models import people
from crm_desktop.models.office import setting
from crm_desktop.models.survey import RUN_STATES
from crm_desktop.reports import charts, statistic_table
from crm_desktop.reports.blocks import Figure
from crm_desktop.reports.page import Document
from crm_desktop.reports.table import Column
from crm_desktop.statistics import Period, surveys
from crm_desktop.statistics.surveys import FEW, Scope
from crm_desktop.store import file

GROUPS: Final = ("satisfaction_by_tier", "satisfaction_by_served_by", "satisfaction_by_product")
LOW_MOST: Final = 30
Rows = list[tuple[str, ...]]


@dataclass(frozen=True)
class Data:
    """What the report says about satisfaction; without answers in twelve months, nothing."""

    figures: list[surveys.Figure] = field(default_factory=list)
    groups: list[statistics.Table] = field(default_factory=list)
    trend: statistics.Table | None = None
    runs: Rows = field(default_factory=list)
    low: Rows = field(default_factory=list)
    more_low: int = 0


def read(period: Period, year: Period, owner: int | None) -> Data:
    """Read a month and the year that ends with it; with a colleague only the customers she serves."""
    trend = statistics.compute("satisfaction_by_month", year, owner)
    runs = _runs(period, owner)
    if not trend.total[0] and not runs:
        return Data()
    low, more = _low(period, owner)
    return Data(
        [each for each in surveys.figures(Scope(period=period, owner=owner)) if each.key != "response"],
        [statistics.compute(key, period, owner) for key in GROUPS],
        trend,
        runs,
        low,
        more,
    )


def _runs(period: Period, owner: int | None) -> Rows:
    """The surveys that ran in the period, each with its figures as they are now."""
    found: Rows = []
    for run, code, name, state, asker in file.ask(
        "SELECT id, code, name, state, owner FROM survey_run WHERE started_on < ?"
        " AND (closed_on IS NULL OR closed_on >= ?) ORDER BY started_on, id",
        (period.after, period.start),
    ):
        scope = Scope(run=run, owner=owner)
        how = surveys.states(scope)
        if sum(how.values()):
            shown = [each.shown for each in surveys.figures(scope)]
            found.append((code, name, people.name(asker), _(RUN_STATES[state]), f"{how['answered']:,}", *shown))
    return found


def _low(period: Period, owner: int | None) -> tuple[Rows, int]:
    """Customers who answered so low that somebody should call them, the lowest first, and how many more there are."""
    least, nps = int(setting("survey_low")), int(setting("survey_low_nps"))
    scope = Scope(period=period, owner=owner)
    found = [
        one
        for one in surveys.answered(scope)
        if (one.overall is not None and one.overall <= least)
        or (one.overall is None and one.nps is not None and one.nps <= nps)
    ]
    found.sort(key=lambda one: (one.overall or 0, one.nps or 0, one.id))
    shown = found[:LOW_MOST]
    names = {i: row["name"] for i, row in file.rows("customer", [one.customer for one in shown], ["name"]).items()}
    rows: Rows = []
    for one in shown:
        said = " · ".join(
            " ".join(text.split())
            for (text,) in file.ask(
                "SELECT words FROM survey_answer WHERE asked = ? AND score IS NULL AND words <> '' ORDER BY id",
                (one.id,),
            )
        )
        score = f"{one.overall} / 5" if one.overall is not None else f"{one.nps} / 10"
        rows.append((names.get(one.customer, ""), score, said, people.name(one.served_by)))
    return rows, len(found) - len(shown)


def write(document: Document, data: Data) -> None:
    """The section of the monthly report; without anything to say, none."""
    if data.trend is None:
        return
    document.section(_("Satisfaction"))
    if not data.trend.rows or not data.figures[0].n:
        document.paragraph(_("Nobody answered a survey this month."), pale=True)
    else:
        document.figures([Figure(each.label, 0, shown=each.shown) for each in data.figures], compare=False)
        lines = [_("{label}: {formula}").format(label=each.label, formula=each.formula) for each in data.figures]
        document.paragraph("\n".join(lines), 8, pale=True)
        if data.figures[0].n < FEW:
            document.paragraph(_("Fewer than {n} answers are an impression, not a measurement.").format(n=FEW), 8)
    if data.runs:
        document.section(_("Surveys"), 1)
        headings = [_("No."), _("Title"), _("Who asks"), _("State"), _("Answers"), _("Response rate"),
                    _("Overall, of 5"), _("Satisfied %"), _("NPS")]  # fmt: skip
        columns = [Column(heading, right=place > 3) for place, heading in enumerate(headings)]
        document.table(columns, data.runs, "")
    for table in data.groups:
        write_group(document, table)
    if sum(1 for row in data.trend.rows if row.values[0]) > 1:
        document.section(_("Satisfaction in twelve months, overall of 5"), 1)
        document.chart(charts.chart(data.trend, "column", document.width, 130).drawing)
    if data.low:
        document.section(_("Low answers"), 1)
        columns = [Column(_("Customer")), Column(_("Score"), right=True), Column(_("In their own words")),
                   Column(_("Served by"))]  # fmt: skip
        document.table(columns, data.low, "")
    if data.more_low:
        more = ngettext("{n} more is not listed here.", "{n} more are not listed here.", data.more_low)
        document.paragraph(more.format(n=f"{data.more_low:,}"), pale=True)


def write_group(document: Document, table: statistics.Table) -> None:
    """Answers by one side of the customers, under its title; a single group says nothing."""
    if sum(1 for row in table.rows if row.values[0]) > 1:
        document.section(table.title, 1)
        document.keep_together(lambda: statistic_table.write(document, "", table, filled=True))
