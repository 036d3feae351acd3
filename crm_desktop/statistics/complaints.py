"""How complaints are handled: in time, how long, at the first attempt, at what cost; by month, cause, person …"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from crm_desktop import values
from crm_desktop.i18n import N_, _
from crm_desktop.models import calendar
from crm_desktop.statistics.counting import cases_closed, cases_open, cases_received, count
from crm_desktop.statistics.handled import Cases, Group, Handled, cases
from crm_desktop.statistics.period import Period
from crm_desktop.statistics.tables import COUNTED, Column, Kind, Row, Statistic, Table, Value, Where, is_among

_SOLVED: Final = "solved_at IS NOT NULL"
_IN_TIME: Final = "solved_at <= solve_by"
_CONTENT: Final = "satisfaction NOT IN ('1', '2')"


def share(part: int, whole: int) -> Value:
    """A part in per cent of the whole, to one place; None without a whole."""
    return round(100.0 * part / whole, 1) if whole else None


def on_time(group: Handled) -> Value:
    """Of the complaints that are solved or should be, how many were in time (per cent)."""
    return share(group.in_time, group.due)


def reopened(group: Group) -> Value:
    """Of the complaints that were ever solved, how many were opened again (per cent)."""
    return share(group.again, group.ever)


def first_time(group: Group) -> Value:
    """Solved at the first attempt: of those ever solved, not opened again and not displeased (per cent, K16)."""
    return share(group.first, group.ever)


def second_time(group: Handled) -> Value:
    """Recovered: of those opened again, solved in the end and not displeased (per cent, K16)."""
    return share(group.second, group.again)


def cost(group: Group) -> Value:
    """Compensation granted, in yuan."""
    return round(group.cost / 100, 2)


@dataclass(frozen=True)
class Measure:
    """One column: how it is computed, and which cases it is about."""

    key: str
    label: str
    of: Callable[[Any], Value]
    where: str
    step: str = ""
    """The step whose working times it needs."""


def time(what: str, of: str) -> Callable[[Group], Value]:
    """The working hours until a step: "median", or "most" for the hours within which 90 % were done."""
    return lambda group: group.hours(what, of)


QUALITY: Final = (
    Measure("on_time", N_("In time %"), on_time, f"{_SOLVED} AND {_IN_TIME}"),
    Measure("solve", N_("Solved after h (median)"), time("solve", "median"), "solve_minutes IS NOT NULL", "solve"),
    Measure("reopened", N_("Opened again %"), reopened, "reopened > 0"),
    Measure("first", N_("Solved at once %"), first_time, f"{_SOLVED} AND coalesce(reopened, 0) = 0 AND {_CONTENT}"),
    Measure("second", N_("Recovered %"), second_time, f"{_SOLVED} AND reopened > 0 AND {_CONTENT}"),
    Measure("cost", N_("Compensation ¥"), cost, "compensation > 0"),
)
TIMES: Final = tuple(
    Measure(f"{what}_{of}", label, time(what, of), f"{what}_minutes IS NOT NULL", what)
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
    """Cases received in a period, and how well they were handled, by one of their sides."""

    side: str = field(kw_only=True)
    """The side that makes the rows; "month" for months."""
    kind: Kind | None = field(kw_only=True, default=None)
    measures: tuple[Measure, ...] = field(kw_only=True, default=QUALITY)
    cases: Callable[[Period, int | None], Cases[Any]] = field(kw_only=True, default=cases)

    def table(self, period: Period, owner: int | None) -> Table:
        found = self.cases(period, owner)
        steps = {each.step for each in self.measures if each.step}
        # an entry of a list is looked up once
        keys_of = {raw: self.kind.key(raw) if self.kind else raw for raw in found.raws(self.side)}
        groups = found.by(self.side, keys_of, steps)
        if self.kind is None:
            keys = [month for month, _part in period.split()]
        else:
            keys = self.kind.order({key: group.count for key, group in groups.items()})
        columns = [Column("count", _(COUNTED[self.about]))]
        columns += [Column(each.key, _(each.label), measure=True) for each in self.measures]
        rows = [
            Row(
                key,
                self.kind.label(key) if self.kind else key,
                self._figures(groups.get(key, found.group())),
                self.kind.colour(key) if self.kind else "",
            )
            for key in keys
        ]
        return Table(self.key, _(self.title), columns, rows, self._figures(found.whole(steps)))

    def _figures(self, group: Group) -> tuple[Value, ...]:
        return group.count, *(each.of(group) for each in self.measures)

    def where(self, row: str | None, column: str | None, period: Period, owner: int | None) -> Where:
        part = period.part(row if self.kind is None else None)
        condition, params = cases_received(part, owner)
        if row is not None and self.kind is not None:
            raws = {raw for raw in self.cases(period, owner).raws(self.side) if self.kind.key(raw) == row}
            among, found = is_among(self.side, list(raws))
            condition, params = f"{condition} AND {among}", [*params, *found]
        chosen = next((each for each in self.measures if each.key == column), None)
        return (f"{condition} AND {chosen.where}" if chosen else condition), params


class Figure(NamedTuple):
    """A figure of a period, as a number and in words."""

    key: str
    label: str
    shown: str
    value: Value


def figures(period: Period, owner: int | None = None) -> list[Figure]:
    """Received, closed, open, and how well they were handled, in words; the same numbers as the statistics."""
    found = cases(period, owner).whole()
    numbers: list[tuple[str, str, Value, str]] = [
        ("received", _("Received"), found.count, ""),
        ("closed", _("Closed"), count("complaint", cases_closed(period, owner)), ""),
        ("open", _("Open at the end"), count("complaint", cases_open(period, owner)), ""),
        ("on_time", _("In time"), on_time(found), "%"),
        ("acknowledge", _("Acknowledged (median)"), found.hours("acknowledge", "median"), "h"),
        ("solve", _("Solved (median)"), in_days(found.hours("solve", "median")), "d"),
        ("solve_90", _("Solved (90 %)"), in_days(found.hours("solve", "most")), "d"),
        ("reopened", _("Opened again"), reopened(found), "%"),
        ("first", _("Solved at once"), first_time(found), "%"),
        ("second", _("Recovered"), second_time(found), "%"),
    ]
    shown = [Figure(key, label, in_words(value, unit), value) for key, label, value, unit in numbers]
    granted = values.show_money(found.cost, short=True)
    return [*shown, Figure("cost", _("Compensation amount"), granted, cost(found))]


def in_words(value: Value, unit: str) -> str:
    """A figure with its unit ("%", "h", "d" for working days, or none)."""
    if value is None:
        return "–"
    shown = values.show_number(value)
    if unit == "h":
        return _("{n} h").format(n=shown)
    return _("{n} days").format(n=shown) if unit == "d" else f"{shown} {unit}".rstrip()


def in_days(hours: Value) -> Value:
    """Working hours as working days."""
    length = calendar.work_time().day_length / 3600
    return None if hours is None else round(hours / length, 1)
