"""Working time: which days and hours are worked, and when so much of it will have gone by. Pure arithmetic."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from crm_desktop.errors import UserError
from crm_desktop.i18n import _, ngettext

_DAY = 86_400
_EPOCH = datetime(1970, 1, 1)
_FIRST, _LAST = date(1990, 1, 1).toordinal(), date(2080, 1, 1).toordinal()
_HOURS = re.compile(r"(\d{1,2}):(\d\d)\s*[-–—~至到]\s*(\d{1,2}):(\d\d)")
_SPAN = re.compile(r"(\d+)(h|wh|wd)")
UNITS = ("h", "wh", "wd")
"""Hours by the clock, working hours, working days."""

Pause = tuple[datetime, datetime | None]
"""From when to when the clock stands still; None where it still does."""


def seconds(moment: datetime) -> int:
    """A moment of office time as a number that grows by one a second."""
    return int((moment - _EPOCH).total_seconds())


def moment(number: int) -> datetime:
    """The moment of that number."""
    return _EPOCH + timedelta(seconds=number)


@dataclass(frozen=True)
class Span:
    """An amount of time as rules name it: 24 h by the clock, 4 working hours, 3 working days."""

    amount: int
    unit: str

    @classmethod
    def read(cls, written: str) -> Span | None:
        """The span written as "24h", "4wh" or "3wd"; None for no rule."""
        found = _SPAN.fullmatch(written or "")
        return cls(int(found[1]), found[2]) if found and int(found[1]) else None

    def __str__(self) -> str:
        return f"{self.amount}{self.unit}"

    def in_words(self) -> str:
        """As people say it."""
        if self.unit == "h":
            return ngettext("{n} hour", "{n} hours", self.amount).format(n=self.amount)
        if self.unit == "wh":
            return ngettext("{n} working hour", "{n} working hours", self.amount).format(n=self.amount)
        return ngettext("{n} working day", "{n} working days", self.amount).format(n=self.amount)


def read_hours(written: str) -> list[tuple[int, int]]:
    """Working hours such as "08:30-12:00 13:00-17:30" as seconds of the day; UserError when they make no sense."""
    found = [tuple(map(int, parts)) for parts in _HOURS.findall(written.replace("：", ":"))]
    hours = [((a * 60 + b) * 60, (c * 60 + d) * 60) for a, b, c, d in found]
    ends = [0, *(end for pair in hours for end in pair)]
    sensible = all(b < 60 and d < 60 for _a, b, _c, d in found) and ends == sorted(ends) and ends[-1] <= _DAY
    if not hours or not sensible or any(start == end for start, end in hours):
        raise UserError(
            _("“{text}” are no working hours; write them like 08:30-12:00 13:00-17:30.").format(text=written)
        )
    return hours


class WorkTime:
    """A calendar of working hours: `days` says of single days whether they are worked, the week says the rest."""

    def __init__(self, days: Mapping[date, bool], week: str, hours: Sequence[tuple[int, int]]) -> None:
        self._days, self._hours = dict(days), list(hours)
        self._week = frozenset(int(number) for number in week if number in "1234567")
        self.day_length = sum(end - start for start, end in hours)
        """Seconds of work in a working day."""

    def is_workday(self, day: date) -> bool:
        """Whether that day is worked: made-up days count, holidays do not."""
        return self._days.get(day, day.isoweekday() in self._week)

    def hours(self, day: date) -> list[tuple[datetime, datetime]]:
        """From when to when is worked on that day; nothing on a day off."""
        if not self.is_workday(day):
            return []
        start = datetime(day.year, day.month, day.day)
        return [(start + timedelta(seconds=a), start + timedelta(seconds=b)) for a, b in self._hours]

    @cached_property
    def _worked(self) -> list[int]:
        """All working days, as ordinals."""
        found = [n for n in range(_FIRST, _LAST) if (n - 1) % 7 + 1 in self._week]
        free = {day.toordinal() for day, worked in self._days.items() if not worked}
        made_up = {day.toordinal() for day, worked in self._days.items() if worked}
        return sorted({*found, *made_up} - free)

    def workdays_between(self, first: date, last: date) -> int:
        """How many working days lie after `first`, up to and including `last`; negative backwards."""
        return self._before(last.toordinal() + 1) - self._before(first.toordinal() + 1)

    def _before(self, ordinal: int) -> int:
        """How many working days lie before a day; long ago and far ahead, where nothing is made up, by the week."""
        place = bisect_left(self._worked, ordinal)
        start, end = (ordinal, _FIRST) if ordinal < _FIRST else (_LAST, max(ordinal, _LAST))
        weeks, rest = divmod(end - start, 7)
        days = weeks * len(self._week) + sum(1 for n in range(end - rest, end) if (n - 1) % 7 + 1 in self._week)
        return place + (days if start == _LAST else -days)

    def add_workdays(self, day: date, count: int) -> date:
        """The `count`-th working day after `day` (before it, where negative); 0: the day itself, or the next worked."""
        worked, ordinal = self._worked, day.toordinal()
        place = bisect_left(worked, ordinal + 1) + count - 1 if count > 0 else bisect_left(worked, ordinal) + count
        if _FIRST <= ordinal < _LAST and 0 <= place < len(worked):
            return date.fromordinal(worked[place])
        return self._stepped(day, count)

    def _stepped(self, day: date, count: int) -> date:
        """The same day by day, for days long ago and far ahead; the calendar's first or last day where it ends."""
        step = timedelta(1 if count >= 0 else -1)
        try:
            while self._week and (count or not self.is_workday(day)):
                day += step
                if count and self.is_workday(day):
                    count -= step.days
        except OverflowError:
            return date.max if count >= 0 else date.min
        return day

    def worked_until(self, number: int) -> int:
        """Seconds of work before a moment (a number of `seconds`), since a day long ago."""
        days, rest = divmod(number, _DAY)
        ordinal = days + _EPOCH.toordinal()
        place = bisect_left(self._worked, ordinal)
        done = place * self.day_length
        if place < len(self._worked) and self._worked[place] == ordinal:
            done += sum(min(max(rest - start, 0), end - start) for start, end in self._hours)
        return done

    def when_worked(self, work: int) -> int:
        """The first moment before which so many seconds were worked: the inverse of `worked_until`."""
        place, rest = divmod(max(work - 1, 0), self.day_length)
        rest += 1
        ordinal = self._worked[min(place, len(self._worked) - 1)]
        at = (ordinal - _EPOCH.toordinal()) * _DAY
        for start, end in self._hours:
            if rest <= end - start:
                return at + start + rest
            rest -= end - start
        return at + _DAY

    def between(self, start: datetime, end: datetime, pauses: Sequence[Pause] = ()) -> int:
        """Seconds of work from one moment to another, the pauses left out; 0 backwards."""
        first, last = seconds(start), seconds(end)
        if last <= first:
            return 0
        done = self.worked_until(last) - self.worked_until(first)
        for a, b in _merged(pauses):
            low, high = max(first, a), last if b is None else min(last, b)
            if high > low:
                done -= self.worked_until(high) - self.worked_until(low)
        return done

    def deadline(self, start: datetime, span: Span, pauses: Sequence[Pause] = ()) -> datetime | None:
        """When a span that begins at `start` ends; a pause moves it by as much time of its kind as lies in the pause.

        None while the clock stands still and the span had not ended before. A working day is as long as the hours of
        one; what begins outside working hours begins with the next.
        """
        if not _FIRST < start.toordinal() < _LAST - 4000:
            return None
        natural = span.unit == "h"
        left = span.amount * (3600 if span.unit != "wd" else self.day_length)
        at = seconds(start)
        for a, b in _merged(pauses):
            if b is not None and b <= at:
                continue
            until = max(a, at)
            there = until - at if natural else self.worked_until(until) - self.worked_until(at)
            if left <= there:
                break
            if b is None:
                return None
            left -= there
            at = b
        return moment(at + left if natural else self.when_worked(self.worked_until(at) + left))


def _merged(pauses: Iterable[Pause]) -> list[tuple[int, int | None]]:
    """Pauses in order, none of them overlapping another; the last may have no end."""
    found: list[tuple[int, int | None]] = []
    for start, end in sorted(pauses, key=lambda pause: pause[0]):
        a, b = seconds(start), None if end is None else seconds(end)
        if b is not None and b <= a:
            continue
        if found and (found[-1][1] is None or a <= found[-1][1]):
            before = found[-1][1]
            found[-1] = (found[-1][0], None if before is None or b is None else max(before, b))
        else:
            found.append((a, b))
    return found
