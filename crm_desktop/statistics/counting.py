"""Which records belong to a period and an owner, and the statistics that are more than a count by one column."""

from __future__ import annotations

import statistics
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import accumulate
from typing import Any

from crm_desktop.i18n import N_, _
from crm_desktop.statistics.period import Period
from crm_desktop.statistics.tables import (
    ALL_CUSTOMERS,
    Colleagues,
    Column,
    Divided,
    Kind,
    Listed,
    Row,
    Statistic,
    Table,
    Value,
    Where,
    is_among,
)
from crm_desktop.store import file, nearby

NEW_ON = "coalesce(since, substr(created_at, 1, 10))"
"""The day a customer became one: as written, or else the day it was written down."""


def _owned(condition: str, params: list[Any], column: str, owner: int | None) -> Where:
    return (condition, params) if owner is None else (f'{condition} AND "{column}" = ?', [*params, owner])


def customers_at_end(period: Period, owner: int | None) -> Where:
    """Customers at the end of the period that are not archived; an owner's own.

    A period that is not over counts all of them, also where somebody wrote a later day.
    """
    if period.end >= date.today().isoformat():
        return _owned(ALL_CUSTOMERS, [], "owner", owner)
    return _owned(f"archived = 0 AND {NEW_ON} < ?", [period.after], "owner", owner)


def new_customers(period: Period, owner: int | None) -> Where:
    """Customers that are not archived and became customers in the period; an owner's own."""
    return _owned(f"archived = 0 AND {NEW_ON} >= ? AND {NEW_ON} < ?", [period.start, period.after], "owner", owner)


def contacts(period: Period, owner: int | None) -> Where:
    """Contacts in the period; those that a colleague made."""
    condition, params = "month >= ? AND month <= ?", [period.start[:7], period.end[:7]]
    if not period.whole_months:
        condition, params = f"{condition} AND at >= ? AND at < ?", [*params, period.start, period.after]
    return _owned(condition, params, "by", owner)


def cases_received(period: Period, owner: int | None) -> Where:
    """Complaints or service requests received in the period; those a colleague is responsible for."""
    return _owned("received_at >= ? AND received_at < ?", [period.start, period.after], "owner", owner)


def cases_closed(period: Period, owner: int | None) -> Where:
    """Complaints or service requests closed in the period."""
    return _owned("closed_at >= ? AND closed_at < ?", [period.start, period.after], "owner", owner)


def cases_open(period: Period, owner: int | None) -> Where:
    """Complaints or service requests open at the end of the period."""
    after = period.after
    return _owned("received_at < ? AND (closed_at IS NULL OR closed_at >= ?)", [after, after], "owner", owner)


def cases_solved(period: Period, owner: int | None) -> Where:
    """Complaints or service requests solved in the period."""
    return _owned("solved_at >= ? AND solved_at < ?", [period.start, period.after], "owner", owner)


def count(table: str, where: Where) -> int:
    """How many records of a table meet a condition."""
    with nearby.instead(table):
        return int(file.one(f'SELECT count(*) FROM "{table}" WHERE {where[0]}', where[1]))


def days_to_solve(period: Period, owner: int | None) -> tuple[Value, ...]:
    """Count, median and mean days of the complaints solved in a period."""
    where, params = cases_solved(period, owner)
    return _spread(
        [max(0.0, days or 0.0) for (days,) in file.ask(f"SELECT {_DAYS} FROM complaint WHERE {where}", params)]
    )


_DAYS = "julianday(solved_at) - julianday(received_at)"


@dataclass(frozen=True)
class NewByMonth(Statistic):
    """New customers, month by month."""

    def table(self, period: Period, owner: int | None) -> Table:
        where, params = new_customers(period, owner)
        sql = f"SELECT substr({NEW_ON}, 1, 7), count(*) FROM customer WHERE {where} GROUP BY 1"
        with nearby.instead("customer"):
            counts = dict(file.ask(sql, params))
        rows = [Row(month, month, (counts.get(month, 0),)) for month, _part in period.split()]
        return Table(self.key, _(self.title), [Column("count", _("New customers"))], rows, (sum(counts.values()),))

    def where(self, row: str | None, column: str | None, period: Period, owner: int | None) -> Where:
        return new_customers(period.part(row), owner)


def contact_counts(period: Period, owner: int | None) -> list[tuple[str, str, int | None, int]]:
    """(month, channel, by, count) of the contacts of a period: one walk through the covering index.

    Kept as long as nothing was written, because three statistics stand side by side.
    """
    return _contact_counts(period, owner, file.state())


@lru_cache(maxsize=8)
def _contact_counts(period: Period, owner: int | None, as_of: object) -> list[tuple[str, str, int | None, int]]:
    where, params = contacts(period, owner)
    sql = f'SELECT month, channel, "by", count(*) FROM interaction WHERE {where} GROUP BY month, channel, "by"'
    return file.ask(sql, params)


# what a connection has counted means nothing to the next one, even of the same file
file.opened.append(_contact_counts.cache_clear)


@dataclass(frozen=True)
class ContactsByMonth(Divided):
    """Contacts, month by month, divided by channel."""

    kind: Kind = field(kw_only=True, default=Listed("channel"))
    column = "channel"

    def base(self, period: Period, owner: int | None) -> Where:
        return contacts(period, owner)

    def counts(self, period: Period, owner: int | None) -> Iterable[tuple[str, Any, int]]:
        return ((month, channel, number) for month, channel, _by, number in contact_counts(period, owner))


@dataclass(frozen=True)
class ContactsBy(Statistic):
    """Contacts by channel or by the colleague who made them, from the same walk as by month."""

    by_person: bool = field(kw_only=True)

    @property
    def _kind(self) -> Kind:
        return Colleagues() if self.by_person else Listed("channel", all_rows=False)

    def table(self, period: Period, owner: int | None) -> Table:
        counts: dict[str, int] = defaultdict(int)
        kind = self._kind
        for _month, channel, by, number in contact_counts(period, owner):
            counts[kind.key(by if self.by_person else channel)] += number
        rows = [Row(key, kind.label(key), (counts[key],), kind.colour(key)) for key in kind.order(counts)]
        return Table(self.key, _(self.title), [Column("count", _("Contacts"))], rows, (sum(counts.values()),))

    def where(self, row: str | None, column: str | None, period: Period, owner: int | None) -> Where:
        condition, params = contacts(period, owner)
        if row is None:
            return condition, params
        found = {by if self.by_person else channel for _m, channel, by, _n in contact_counts(period, owner)}
        among, raws = is_among("by" if self.by_person else "channel", [r for r in found if self._kind.key(r) == row])
        return f"{condition} AND {among}", [*params, *raws]


_CASE_COLUMNS = {"received": cases_received, "closed": cases_closed, "open": cases_open}


@dataclass(frozen=True)
class CasesByMonth(Statistic):
    """Cases received, closed, and open at the end of each month; the total is open at the end of the period."""

    def table(self, period: Period, owner: int | None) -> Table:
        labels = {"received": N_("Received"), "closed": N_("Closed"), "open": N_("Open at the end")}
        columns = [Column(key, _(label)) for key, label in labels.items()]
        received, closed, still = self._counted(period, owner)
        rows = [
            Row(month, month, figures)
            for (month, _part), figures in zip(period.split(), zip(received, closed, still, strict=True), strict=True)
        ]
        return Table(self.key, _(self.title), columns, rows, (sum(received), sum(closed), still[-1]))

    def _counted(self, period: Period, owner: int | None) -> tuple[list[int], list[int], list[int]]:
        """Received, closed and open at the end for each part of the period, from one walk through an index."""
        ends = [part.after for _month, part in period.split()]
        received, closed, opened, ended = ([0] * (len(ends) + 1) for _list in range(4))
        for start, end, number in self._days(period, owner):
            # the first part that ends after it; behind the last where it is later than the period, or never
            at, until = bisect_right(ends, start), len(ends) if end is None else bisect_right(ends, end)
            if start >= period.start:
                received[at] += number
            if end is not None and end >= period.start:
                closed[until] += number
            if at < until:  # open at the end of each part from the one it came in to the one before its closing
                opened[at] += number
                ended[until] += number
        still = list(accumulate(came - went for came, went in zip(opened, ended, strict=True)))
        return received[:-1], closed[:-1], still[:-1]

    def _days(self, period: Period, owner: int | None) -> list[tuple[str, str | None, int]]:
        """How many cases came in on one day and were closed on another (or never); by months where those are whole."""
        where, params = _owned("received_at IS NOT NULL", [], "owner", owner)
        size, first = (7, "-01") if period.whole_months else (10, "")
        sql = (
            f"SELECT substr(received_at, 1, {size}), substr(closed_at, 1, {size}), count(*) FROM {self.about}"
            f" WHERE {where} GROUP BY 1, 2"
        )
        return [(start + first, end and end + first, number) for start, end, number in file.ask(sql, params)]

    def where(self, row: str | None, column: str | None, period: Period, owner: int | None) -> Where:
        return _CASE_COLUMNS[column or "received"](period.part(row), owner)


@dataclass(frozen=True)
class TimeToSolve(Statistic):
    """How many complaints were solved each month, and in how many days."""

    def table(self, period: Period, owner: int | None) -> Table:
        where, params = cases_solved(period, owner)
        taken: dict[str, list[float]] = defaultdict(list)
        sql = f"SELECT substr(solved_at, 1, 7), {_DAYS} FROM complaint WHERE {where}"
        for month, days in file.ask(sql, params):
            taken[month].append(max(0.0, days or 0.0))
        columns = [
            Column("count", _("Solved")),
            Column("median", _("Median days")),
            Column("mean", _("Mean days")),
        ]
        rows = [Row(month, month, _spread(taken[month])) for month, _days in period.split()]
        return Table(self.key, _(self.title), columns, rows, _spread([d for days in taken.values() for d in days]))

    def where(self, row: str | None, column: str | None, period: Period, owner: int | None) -> Where:
        return cases_solved(period.part(row), owner)


def _spread(days: list[float]) -> tuple[Value, ...]:
    """Count, median and mean, in days to one place."""
    if not days:
        return 0, None, None
    return len(days), round(statistics.median(days), 1), round(statistics.fmean(days), 1)
