"""Cases of a period read once, column by column, and added up by any of their sides: complaints, service requests."""

from __future__ import annotations

import math
import statistics
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, Generic, TypeVar

from typing_extensions import override

from crm_desktop.statistics.counting import cases_received
from crm_desktop.statistics.period import Period
from crm_desktop.statistics.tables import Value
from crm_desktop.store import file

SIDES: Final = ("month", "cause", "product", "owner", "tier")
STEPS: Final = ("acknowledge", "reply", "solve")
_SOLVED, _CONTENT, _AGAIN, _DUE, _IN_TIME = 1, 2, 4, 8, 16
_SQL: Final = (
    "SELECT substr(received_at, 1, 7), cause, product, owner, tier,"
    f" CASE WHEN solved_at IS NULL THEN 0 ELSE {_SOLVED} END"
    f" + CASE WHEN satisfaction IN ('1', '2') THEN 0 ELSE {_CONTENT} END"
    f" + CASE WHEN reopened > 0 THEN {_AGAIN} ELSE 0 END"
    # a deadline that has not come yet says nothing, nor does one of what was withdrawn or not founded
    " + CASE WHEN solve_by IS NULL OR (solved_at IS NULL AND (closed_at IS NOT NULL OR solve_by >= ?))"
    f" THEN 0 ELSE {_DUE} END"
    f" + CASE WHEN solved_at <= solve_by THEN {_IN_TIME} ELSE 0 END,"
    " acknowledge_minutes, reply_minutes, solve_minutes, coalesce(compensation, 0) FROM complaint"
)


class Group(ABC):
    """What is added up of cases that stand in one row."""

    __slots__ = ("_times", "again", "cost", "count", "ever", "first")

    def __init__(self) -> None:
        self.count = self.ever = self.again = self.first = self.cost = 0
        self._times: dict[str, list[int]] = {}

    @abstractmethod
    def add(self, kind: int, number: int) -> None:
        """Count so many cases of which the same is to be said."""

    def took(self, step: str) -> list[int]:
        """The working minutes until that step, for adding to."""
        return self._times.setdefault(step, [])

    def hours(self, step: str, of: str) -> Value:
        """Median, or the working hours within which 90 % were done."""
        known = self._times.get(step)
        if not known:
            return None
        known.sort()
        found = statistics.median(known) if of == "median" else known[math.ceil(0.9 * len(known)) - 1]
        return round(found / 60, 1)


G = TypeVar("G", bound=Group)


class Cases(Generic[G]):
    """The cases received in a period: sides, what is to be said of each, minutes until steps, cost."""

    def __init__(
        self, group: type[G], sides: Sequence[str], steps: Sequence[str], rows: Sequence[tuple[Any, ...]]
    ) -> None:
        self.group = group
        self._steps = steps
        columns = list(zip(*rows, strict=True)) if rows else [()] * (len(sides) + 1 + len(steps) + 1)
        self._sides = dict(zip(sides, columns, strict=False))
        self._kinds: Sequence[int] = columns[len(sides)]
        self._minutes = dict(zip(steps, columns[len(sides) + 1 :], strict=False))
        self._costs = [(at, amount) for at, amount in enumerate(columns[-1]) if amount]

    def raws(self, side: str) -> set[Any]:
        """The values that occur on a side."""
        return set(self._sides[side])

    def by(self, side: str, keys: dict[Any, str], steps: Iterable[str]) -> dict[str, G]:
        """Groups by the key of each raw value; with the working times until these steps."""
        groups = {key: self.group() for key in keys.values()}
        of_raw = {raw: groups[key] for raw, key in keys.items()}
        column = self._sides[side]
        for (raw, kind), number in Counter(zip(column, self._kinds, strict=True)).items():
            of_raw[raw].add(kind, number)
        for at, amount in self._costs:
            of_raw[column[at]].cost += amount
        for step in steps:
            lists = {raw: group.took(step) for raw, group in of_raw.items()}
            for raw, minutes in zip(column, self._minutes[step], strict=True):
                if minutes is not None:
                    lists[raw].append(minutes)
        return groups

    def whole(self, steps: Iterable[str] | None = None) -> G:
        """All of them as one group; with the working times until these steps, else until all."""
        group = self.group()
        for kind, number in Counter(self._kinds).items():
            group.add(kind, number)
        group.cost = sum(amount for _at, amount in self._costs)
        for step in self._steps if steps is None else steps:
            group.took(step).extend(minutes for minutes in self._minutes[step] if minutes is not None)
        return group


class Handled(Group):
    """What is added up of complaints."""

    __slots__ = ("due", "in_time", "second")

    def __init__(self) -> None:
        super().__init__()
        self.due = self.in_time = self.second = 0

    @override
    def add(self, kind: int, number: int) -> None:
        solved, again = bool(kind & _SOLVED), bool(kind & _AGAIN)
        self.count += number
        self.ever += number if solved or again else 0
        self.again += number if again else 0
        self.due += number if kind & _DUE else 0
        self.in_time += number if kind & _DUE and kind & _IN_TIME else 0
        if solved and kind & _CONTENT:
            self.first += 0 if again else number
            self.second += number if again else 0


@lru_cache(maxsize=4)
def _cases(where: str, params: tuple[Any, ...], minute: str, as_of: object) -> Cases[Handled]:
    return Cases(Handled, SIDES, STEPS, file.ask(f"{_SQL} WHERE {where}", (f"{minute}:59", *params)))


# what a connection has counted means nothing to the next one, even of the same file
file.opened.append(_cases.cache_clear)


def cases(period: Period, owner: int | None) -> Cases[Handled]:
    """The complaints received in a period; read once for all statistics that stand side by side."""
    where, params = cases_received(period, owner)
    return _cases(where, tuple(params), datetime.now().isoformat()[:16], file.state())


def forget() -> None:
    """Read anew next time, for those who measure how long that takes."""
    _cases.cache_clear()
