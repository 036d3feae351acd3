"""The sections of the monthly report, in the order they are read."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop import statistics
from crm_desktop.i18n import _, ngettext
from crm_desktop.reports import charts, feedback_month, service_month, statistic_table, survey_month
from crm_desktop.reports.blocks import Figure
from crm_desktop.reports.monthly_reading import Data, Rows, Some
from crm_desktop.reports.page import Document
from crm_desktop.reports.statistic_table import numbers
from crm_desktop.reports.table import Column

CHANNELS_MOST = 7
"""So many channels have a column of their own; the rest share one."""


def write(document: Document, data: Data) -> None:
    """Everything below the title."""
    if not data.begun:
        document.paragraph(_("This month has not begun yet: there is nothing to report."))
        return
    if data.so_far:
        document.paragraph(_("The month is not over; these are the figures up to {day}.").format(day=data.so_far))
    if not any(figure.value for figure in data.figures):
        document.paragraph(_("Nothing was written down in this month."))
    document.figures([_figure(figure) for figure in data.figures])
    _write_customers(document, data)
    _write_new_customers(document, data)
    _write_contacts(document, data)
    _write_neglected(document, data)
    _write_complaints(document, data)
    feedback_month.write(document, data.feedback)
    service_month.write(document, data.requests)
    survey_month.write(document, data.satisfaction)
    _write_due(document, data)


def _figure(figure: statistics.Figure) -> Figure:
    if figure.value is None:
        return Figure(figure.label, 0, figure.last_month, figure.last_year, shown="–", known=False)
    return Figure(figure.label, figure.value, figure.last_month, figure.last_year)


def _counted(title: str, number: int) -> str:
    """A title that says how many rows there are."""
    return f"{title} ({number:,})" if number else title


def _write_new_customers(document: Document, data: Data) -> None:
    document.section(_counted(_("New customers"), len(data.new_customers)))
    columns = [
        Column(_("Customer no.")),
        Column(_("Customer name")),
        Column(_("Tier")),
        Column(_("Industry")),
        Column(_("Region")),
        Column(_("Source")),
        Column(_("Owner")),
        Column(_("Customer since"), right=True),
    ]
    document.table(columns, data.new_customers, _("No new customer this month."))


def _write_customers(document: Document, data: Data) -> None:
    document.section(_("Customers at the end of the month"))
    if not data.tables["customers_by_tier"].total[0]:
        document.paragraph(_("There is no customer yet."), pale=True)
        return
    _write_bars(
        document,
        [data.tables["customers_by_tier"], data.tables["customers_by_industry"]],
        [data.tables["customers_by_stage"], data.tables["customers_by_region"]],
    )


def _write_bars(document: Document, *columns: Sequence[statistics.Table]) -> None:
    """Statistics as bars with their numbers, in columns side by side; those without a figure are left out."""
    told = [[table for table in column if table.total[0]] for column in columns]
    if any(told):
        document.charts(
            *([(charts.chart(table, "bar", document.half).drawing, table.title) for table in column] for column in told)
        )


def _write_contacts(document: Document, data: Data) -> None:
    document.section(_("Contacts"))
    table = data.by_colleague
    if table is None or not table.rows:
        document.paragraph(_("No contact was written down this month."), pale=True)
    else:
        statistic_table.write(document, _("Colleague"), _merged(table))
    trend = data.tables["contacts_by_month"]
    if trend.total[-1]:
        document.section(_("Contacts in twelve months"), 1)
        document.chart(charts.chart(trend, "stacked", document.width, 170).drawing)
        document.keep_together(lambda: statistic_table.write(document, _("Month"), _merged(trend)))


def _merged(table: statistics.Table) -> statistics.Table:
    """The same table with the smallest columns as one, so that it fits the paper; the last column is the total."""
    if len(table.columns) - 1 <= CHANNELS_MOST:
        return table
    places = range(len(table.columns) - 1)
    largest = sorted(places, key=lambda place: -(table.total[place] or 0))[: CHANNELS_MOST - 1]
    kept = sorted(largest)
    rest = [place for place in places if place not in kept]

    def merged(values: Sequence[float | int | None]) -> tuple[float | int | None, ...]:
        return (*(values[place] for place in kept), sum(values[place] or 0 for place in rest), values[-1])

    columns = [table.columns[place] for place in kept]
    rows = [statistics.Row(row.key, row.label, merged(row.values), row.colour) for row in table.rows]
    return statistics.Table(
        table.key,
        table.title,
        [*columns, statistics.Column("others", _("Others")), table.columns[-1]],
        rows,
        merged(table.total),
    )


def _write_neglected(document: Document, data: Data) -> None:
    document.section(_counted(_("Not contacted within their rhythm"), data.neglected.count))
    columns = [
        Column(_("Customer name")),
        Column(_("Tier")),
        Column(_("Days since"), right=True),
        Column(_("Agreed days"), right=True),
        Column(_("Last contact"), right=True),
        Column(_("Last contact by")),
        Column(_("Owner")),
    ]
    document.table(columns, data.neglected.rows, _("Every customer was contacted within the rhythm ✓"))
    _write_rest(document, data.neglected)


def _write_rest(document: Document, some: Some) -> None:
    more = some.count - len(some.rows)
    if more > 0:
        text = ngettext("{n} more is not listed here.", "{n} more are not listed here.", more)
        document.paragraph(text.format(n=f"{more:,}"), pale=True)


def _write_complaints(document: Document, data: Data) -> None:
    document.section(_("Complaints"))
    if not any(data.complaints.values()):
        document.paragraph(_("No complaint this month ✓"), pale=True)
    else:
        told = [figure for figure in data.handling if figure.key not in ("received", "closed", "open")]
        document.figures([Figure(figure.label, 0, shown=figure.shown) for figure in told], compare=False)
    _write_bars(document, [data.tables["complaints_by_category"]], [data.tables["complaints_by_cause"]])
    for key, title in (
        ("received", _("Received this month")),
        ("closed", _("Received earlier, closed this month")),
        ("open", _("Received earlier, still open at the end of the month")),
    ):
        rows = data.complaints[key]
        if rows:
            document.section(_counted(title, len(rows)), 1)
            _write_complaint_table(document, rows)
    trend = data.tables["complaints_by_month"]
    if any(any(row.values) for row in trend.rows):
        document.section(_("Complaints in twelve months"), 1)
        document.chart(charts.chart(trend, "lines", document.width, 150).drawing)
        document.keep_together(lambda: document.table(*_complaint_trend(data), empty=""))
        for key, first in (("handling_by_month", _("Month")), ("handling_by_owner", _("Colleague"))):
            _write_handling(document, data.tables[key], first)


def _write_handling(document: Document, table: statistics.Table, first: str) -> None:
    """How well complaints were handled, as a table under its title; without complaints, nothing."""
    if table.total[0]:
        document.section(table.title, 1)
        document.keep_together(lambda: statistic_table.write(document, first, table))


def _write_complaint_table(document: Document, rows: Rows) -> None:
    columns = [
        Column(_("No.")),
        Column(_("Received"), right=True),
        Column(_("Customer")),
        Column(_("Description")),
        Column(_("Category and cause")),
        Column(_("State")),
        Column(_("Owner")),
        Column(_("Days"), right=True),
    ]
    document.table(columns, rows, "")


def _complaint_trend(data: Data) -> tuple[list[Column], list[list[str]]]:
    """Twelve months of complaints beside how long solving took."""
    months, solving = data.tables["complaints_by_month"], data.tables["time_to_solve"]
    columns = [Column(_("Month"))]
    columns += [Column(column.label, right=True) for table in (months, solving) for column in table.columns]
    rows = [
        [row.label, *numbers(row.values), *numbers(other.values)]
        for row, other in zip(months.rows, solving.rows, strict=True)
    ]
    return columns, rows


def _write_due(document: Document, data: Data) -> None:
    document.section(_("Due next month"))
    if not any(some.count for some in data.due.values()):
        document.paragraph(_("Nothing is due next month."), pale=True)
        return
    _write_items(document, data.due["contacts"], _("Next contacts"), _("No contact is agreed for next month."))
    _write_birthdays(document, data.due["birthdays"])
    for key, title, empty in (
        ("promises", _("Promises to complainants"), _("Nothing is promised for next month.")),
        ("follow_ups", _("Follow-ups of complaints"), _("No follow-up is due next month.")),
    ):
        _write_items(document, data.due[key], title, empty)


def _write_items(document: Document, some: Some, title: str, empty: str) -> None:
    document.section(_counted(title, some.count), 1)
    headings = [_("Day"), _("Customer"), _("What"), _("Who"), _("Details"), _("Owner")]
    _write_filled(document, headings, some.rows, empty)
    _write_rest(document, some)


def _write_birthdays(document: Document, some: Some) -> None:
    document.section(_counted(_("Birthdays"), some.count), 1)
    headings = [_("Day"), _("Lunar day"), _("Name"), _("Born on"), _("Customer"), _("Details"), _("Owner")]
    _write_filled(document, headings, some.rows, _("Nobody has a birthday next month."))
    _write_rest(document, some)


def _write_filled(document: Document, headings: Sequence[str], rows: Rows, empty: str) -> None:
    """A table without the columns nothing stands in."""
    used = [place for place in range(len(headings)) if any(row[place] for row in rows)]
    columns = [Column(headings[place]) for place in used]
    document.table(columns, [[row[place] for place in used] for row in rows], empty)
