"""How complaints are handled: in time, how long, at the first attempt, at what cost; by month, cause, person …"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, NamedTuple

from crm_desktop import values
from crm_desktop.i18n import N_, _
from crm_desktop.models import calendar
from crm_desktop.statistics.counting import complaints_closed, complaints_open, complaints_received, count
from crm_desktop.statistics.period import Period
from crm_desktop.statistics.tables import Column, Kind, Row, Statistic, Table, Value, Where, is_among
from crm_desktop.store import file


class Case(NamedTuple):
    """What is counted of one complaint."""

    month: str
    cause: str
    product: str
    owner: int | None
    tier: str
    solved_at: str | None
    solve_by: str | None
    acknowledge: int | None
    reply: int | None
    solve: int | None
    reopened: int
    satisfaction: str
    compensation: int


_SQL: Final = (
    "SELECT substr(received_at, 1, 7), cause, product, owner, tier, solved_at, solve_by, acknowledge_minutes,"
    " reply_minutes, solve_minutes, coalesce(reopened, 0), satisfaction, coalesce(compensation, 0) FROM complaint"
)
_BAD: Final = ("1", "2")
_SOLVED: Final = "solved_at IS NOT NULL"
_IN_TIME: Final = "solved_at <= solve_by"
_CONTENT: Final = "satisfaction NOT IN ('1', '2')"
Cases = Sequence[Case]


@lru_cache(maxsize=4)
def _cases(where: str, params: tuple[Any, ...], as_of: object) -> list[Case]:
    return [Case(*row) for row in file.ask(f"{_SQL} WHERE {where}", params)]


# what a connection has counted means nothing to the next one, even of the same file
file.opened.append(_cases.cache_clear)


def cases(period: Period, owner: int | None) -> list[Case]:
    """The complaints received in a period; read once for all statistics that stand side by side."""
    where, params = complaints_received(period, owner)
    return _cases(where, tuple(params), file.state())


class Group:
    """What is added up of complaints that stand in one row."""

    __slots__ = ("again", "cost", "count", "due", "ever", "first", "in_time", "now", "second", "times")

    def __init__(self) -> None:
        self.count = self.due = self.in_time = self.ever = self.again = self.first = self.second = self.cost = 0
        self.times: dict[str, list[int]] = {"acknowledge": [], "reply": [], "solve": []}
        self.now = datetime.now().isoformat(timespec="seconds")

    def add(self, one: Case) -> None:
        """Count one complaint."""
        self.count += 1
        self.cost += one.compensation
        if one.solved_at:
            content = one.satisfaction not in _BAD
            self.ever += 1
            if one.solve_by:
                self.due += 1
                self.in_time += one.solved_at <= one.solve_by
            if one.reopened:
                self.again += 1
                self.second += content
            else:
                self.first += content
        else:
            if one.solve_by and one.solve_by < self.now:
                self.due += 1
            if one.reopened:
                self.ever += 1
                self.again += 1
        for what, took in (("acknowledge", one.acknowledge), ("reply", one.reply), ("solve", one.solve)):
            if took is not None:
                self.times[what].append(took)

    def hours(self, what: str, of: str) -> Value:
        """Median, or the working hours within which 90 % were done."""
        known = self.times[what]
        if not known:
            return None
        found = statistics.median(known) if of == "median" else sorted(known)[math.ceil(0.9 * len(known)) - 1]
        return round(found / 60, 1)


def grouped(found: Cases) -> Group:
    """All of these complaints as one group."""
    whole = Group()
    for one in found:
        whole.add(one)
    return whole


def _share(part: int, whole: int) -> Value:
    return round(100.0 * part / whole, 1) if whole else None


def on_time(group: Group) -> Value:
    """Of the complaints that are solved or should be, how many were in time (per cent)."""
    return _share(group.in_time, group.due)


def reopened(group: Group) -> Value:
    """Of the complaints that were ever solved, how many were opened again (per cent)."""
    return _share(group.again, group.ever)


def first_time(group: Group) -> Value:
    """Solved at the first attempt: of those ever solved, not opened again and not displeased (per cent, K16)."""
    return _share(group.first, group.ever)


def second_time(group: Group) -> Value:
    """Recovered: of those opened again, solved in the end and not displeased (per cent, K16)."""
    return _share(group.second, group.again)


def cost(group: Group) -> Value:
    """Compensation granted, in yuan."""
    return round(group.cost / 100, 2)


@dataclass(frozen=True)
class Measure:
    """One column: how it is computed, and which complaints it is about."""

    key: str
    label: str
    of: Callable[[Group], Value]
    where: str


def _time(what: str, of: str) -> Callable[[Group], Value]:
    return lambda group: group.hours(what, of)


QUALITY: Final = (
    Measure("on_time", N_("In time %"), on_time, f"{_SOLVED} AND {_IN_TIME}"),
    Measure("solve", N_("Solved after h (median)"), _time("solve", "median"), "solve_minutes IS NOT NULL"),
    Measure("reopened", N_("Opened again %"), reopened, "reopened > 0"),
    Measure("first", N_("Solved at once %"), first_time, f"{_SOLVED} AND coalesce(reopened, 0) = 0 AND {_CONTENT}"),
    Measure("second", N_("Recovered %"), second_time, f"{_SOLVED} AND reopened > 0 AND {_CONTENT}"),
    Measure("cost", N_("Compensation ¥"), cost, "compensation > 0"),
)
TIMES: Final = tuple(
    Measure(f"{what}_{of}", label, _time(what, of), f"{what}_minutes IS NOT NULL")
    for what, of, label in (
        ("acknowledge", "median", N_("Acknowledged after h (median)")),
        ("acknowledge", "most", N_("Acknowledged after h (90 %)")),
        ("reply", "median", N_("Replied after h (median)")),
        ("reply", "most", N_("Replied after h (90 %)")),
        ("solve", "median", N_("Solved after h (median)")),
        ("solve", "most", N_("Solved after h (90 %)")),
    )
)
"""Working hours, holds left out."""


@dataclass(frozen=True)
class Handling(Statistic):
    """Complaints received in a period, and how well they were handled, by one of their sides."""

    side: str = field(kw_only=True)
    """Attribute of Case that makes the rows; "month" for months."""
    kind: Kind | None = field(kw_only=True, default=None)
    measures: tuple[Measure, ...] = field(kw_only=True, default=QUALITY)

    def table(self, period: Period, owner: int | None) -> Table:
        whole, groups = Group(), dict[str, Group]()
        rows_of: dict[Any, Group] = {}  # by the raw value: an entry of a list is looked up once
        for one in cases(period, owner):
            raw = getattr(one, self.side)
            group = rows_of.get(raw)
            if group is None:
                key = self.kind.key(raw) if self.kind else raw
                group = rows_of[raw] = groups.setdefault(key, Group())
            group.add(one)
            whole.add(one)
        if self.kind is None:
            keys = [month for month, _part in period.split()]
        else:
            keys = self.kind.order({key: group.count for key, group in groups.items()})
        columns = [Column("count", _("Complaints"))]
        columns += [Column(each.key, _(each.label), measure=True) for each in self.measures]
        rows = [
            Row(
                key,
                self.kind.label(key) if self.kind else key,
                self._figures(groups.get(key, Group())),
                self.kind.colour(key) if self.kind else "",
            )
            for key in keys
        ]
        return Table(self.key, _(self.title), columns, rows, self._figures(whole))

    def _figures(self, group: Group) -> tuple[Value, ...]:
        return group.count, *(each.of(group) for each in self.measures)

    def where(self, row: str | None, column: str | None, period: Period, owner: int | None) -> Where:
        part = dict(period.split())[row] if row is not None and self.kind is None else period
        condition, params = complaints_received(part, owner)
        if row is not None and self.kind is not None:
            raws = {raw for one in cases(period, owner) if self.kind.key(raw := getattr(one, self.side)) == row}
            among, found = is_among(self.side, list(raws))
            condition, params = f"{condition} AND {among}", [*params, *found]
        chosen = next((each for each in self.measures if each.key == column), None)
        return (f"{condition} AND {chosen.where}" if chosen else condition), params


class Figure(NamedTuple):
    """A figure of a period in words, for paper."""

    key: str
    label: str
    shown: str


def figures(period: Period, owner: int | None = None) -> list[Figure]:
    """Received, closed, open, and how well they were handled, in words; the same numbers as the statistics."""
    found = grouped(cases(period, owner))
    numbers: list[tuple[str, str, Value, str]] = [
        ("received", _("Received"), found.count, ""),
        ("closed", _("Closed"), count("complaint", complaints_closed(period, owner)), ""),
        ("open", _("Open at the end"), count("complaint", complaints_open(period, owner)), ""),
        ("on_time", _("In time"), on_time(found), "%"),
        ("acknowledge", _("Acknowledged (median)"), found.hours("acknowledge", "median"), "h"),
        ("solve", _("Solved (median)"), _days(found.hours("solve", "median")), "d"),
        ("solve_90", _("Solved (90 %)"), _days(found.hours("solve", "most")), "d"),
        ("reopened", _("Opened again"), reopened(found), "%"),
        ("first", _("Solved at once"), first_time(found), "%"),
        ("second", _("Recovered"), second_time(found), "%"),
    ]
    shown = [Figure(key, label, _in_words(value, unit)) for key, label, value, unit in numbers]
    return [*shown, Figure("cost", _("Compensation amount"), values.show_money(found.cost, short=True))]


def _in_words(value: Value, unit: str) -> str:
    """A figure with its unit ("%", "h", "d" for working days, or none)."""
    if value is None:
        return "–"
    shown = values.show_number(value)
    return _("{n} days").format(n=shown) if unit == "d" else f"{shown} {unit}".rstrip()


def _days(hours: Value) -> Value:
    """Working hours as working days."""
    length = calendar.work_time().day_length / 3600
    return None if hours is None else round(hours / length, 1)
