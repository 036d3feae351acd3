"""A month in key figures, and what is due in the month after it."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from crm_desktop.birthdays import birthdays
from crm_desktop.due import Item, Section, next_contacts
from crm_desktop.i18n import N_, _
from crm_desktop.models import lists
from crm_desktop.statistics import counting
from crm_desktop.statistics.period import Period, month_before
from crm_desktop.statistics.tables import Value, Where
from crm_desktop.store import file


@dataclass(frozen=True)
class Figure:
    """A key figure of a month, with the month before and the same month a year before.

    None where nothing was recorded yet by then, or there is nothing to take a median of. `unit` is "" or "days".
    """

    key: str
    label: str
    value: Value
    last_month: Value
    last_year: Value
    unit: str = ""


@dataclass(frozen=True)
class _Kind:
    """A key figure: how its records are chosen."""

    key: str
    label: str
    table: str
    base: Callable[[Period, int | None], Where]
    of: str = "count"
    """"count" of records, "customers" (distinct) or "median" days to solve."""


_FIGURES = (
    _Kind("customers", N_("Customers at the end of the month"), "customer", counting.customers_at_end),
    _Kind("new_customers", N_("New customers"), "customer", counting.new_customers),
    _Kind("contacts", N_("Contacts"), "interaction", counting.contacts),
    _Kind("contacted", N_("Customers contacted"), "interaction", counting.contacts, "customers"),
    _Kind("received", N_("Complaints received"), "complaint", counting.cases_received),
    _Kind("closed", N_("Complaints closed"), "complaint", counting.cases_closed),
    _Kind("open", N_("Complaints open at the end"), "complaint", counting.cases_open),
    _Kind("days_to_solve", N_("Days to solve (median)"), "complaint", counting.cases_solved, "median"),
)
_DAY = {"customer": counting.NEW_ON, "interaction": "at", "complaint": "received_at"}


def month_figures(month: str, owner: int | None = None) -> list[Figure]:
    """The key figures of a month such as "2026-10"; each equals the statistic it sums up."""
    period, before, year = (Period.month(m) for m in (month, month_before(month), month_before(month, 12)))
    return [
        Figure(
            kind.key,
            _(kind.label),
            _value(kind, period, owner),
            _value_then(kind, before, owner),
            _value_then(kind, year, owner),
            "days" if kind.of == "median" else "",
        )
        for kind in _FIGURES
    ]


def _value_then(kind: _Kind, period: Period, owner: int | None) -> Value:
    """The figure of an earlier month, None where nothing of the kind had been written down by its end."""
    value = _value(kind, period, owner)
    if value:
        return value
    sql = f'SELECT 1 FROM "{kind.table}" WHERE {_DAY[kind.table]} < ? LIMIT 1'
    return value if file.one(sql, (period.after,)) else None


def _value(kind: _Kind, period: Period, owner: int | None) -> Value:
    where, params = kind.base(period, owner)
    if kind.of == "customers":
        return int(file.one(f"SELECT count(DISTINCT customer) FROM interaction WHERE {where}", params))
    if kind.of == "median":
        return counting.days_to_solve(period, owner)[1]
    return counting.count(kind.table, (where, params))


def figure_records(key: str, month: str, owner: int | None = None) -> tuple[str, array[int]]:
    """Table and ids of the records behind a key figure; of "contacted" the customers."""
    kind = next(kind for kind in _FIGURES if kind.key == key)
    where, params = kind.base(Period.month(month), owner)
    column, table = ("DISTINCT customer", "customer") if kind.of == "customers" else ("id", kind.table)
    order = "" if kind.of == "customers" else " ORDER BY id"
    found = file.ask(f'SELECT {column} FROM "{kind.table}" WHERE {where}{order}', params)
    return table, array("q", (i for (i,) in found))


def due_next_month(month: str, owner: int | None = None) -> list[Section]:
    """What is due in the month after that one: contacts agreed on, birthdays, promises to complainants, follow-ups."""
    period = Period.month(month_before(month, -1))
    start, end = date.fromisoformat(period.start), date.fromisoformat(period.end)
    promises = _complaints("promised_at", period, owner)
    follow_ups = _complaints("follow_up_on", period, owner)
    return [
        Section("contacts", _("Next contacts"), *next_contacts(end, start, owner, since=start)),
        Section("birthdays", _("Birthdays"), *birthdays(start, end, owner)),
        Section("promises", _("Promises to complainants"), promises, len(promises)),
        Section("follow_ups", _("Follow-ups of complaints"), follow_ups, len(follow_ups)),
    ]


def _complaints(column: str, period: Period, owner: int | None) -> list[Item]:
    """Complaints that are not closed and have a day of the period in that column."""
    where, params = (
        f"c.closed_at IS NULL AND c.{column} >= ? AND c.{column} < ?",
        list[Any]([period.start, period.after]),
    )
    if owner is not None:
        where, params = f"{where} AND c.owner = ?", [*params, owner]
    return [
        Item(
            "complaint",
            i,
            customer,
            name,
            what[:80],
            who,
            at,
            "soon",
            f"{code} · {lists.label('complaint_state', state)}",
        )
        for i, customer, name, what, who, at, code, state in file.ask(
            f"SELECT c.id, k.id, k.name, c.description, c.complainant, c.{column}, c.code, c.state FROM complaint c"
            f" JOIN customer k ON k.id = c.customer WHERE {where} ORDER BY c.{column}, c.id",
            params,
        )
    ]
