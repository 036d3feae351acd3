"""Stretches of days that figures are about."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Period:
    """From one day to another, both included (ISO text, office time)."""

    start: str
    end: str

    @classmethod
    def month(cls, month: str) -> Period:
        """A calendar month such as "2026-10"."""
        year, number = int(month[:4]), int(month[5:7])
        return cls(f"{month}-01", f"{month}-{monthrange(year, number)[1]:02}")

    @classmethod
    def year(cls, year: int | str) -> Period:
        """A calendar year."""
        return cls(f"{int(year):04}-01-01", f"{int(year):04}-12-31")

    @classmethod
    def this_month(cls, today: date | None = None) -> Period:
        """The month of today, whole."""
        return cls.month((today or date.today()).isoformat()[:7])

    @classmethod
    def last_month(cls, today: date | None = None) -> Period:
        """The month before today's."""
        return cls.month(month_before((today or date.today()).isoformat()[:7]))

    @classmethod
    def months(cls, count: int, today: date | None = None) -> Period:
        """So many whole months, this one the last of them."""
        last = (today or date.today()).isoformat()[:7]
        return cls(f"{month_before(last, count - 1)}-01", cls.month(last).end)

    @property
    def after(self) -> str:
        """The first day after the period: every moment of it is smaller text."""
        return (date.fromisoformat(self.end) + timedelta(days=1)).isoformat()

    @property
    def whole_months(self) -> bool:
        """Whether it begins and ends with a month."""
        return self.start.endswith("-01") and self.after.endswith("-01")

    def part(self, month: str | None) -> Period:
        """The days of it in that month, or all (None); KeyError for a month outside."""
        return self if month is None else dict(self.split())[month]

    def split(self) -> list[tuple[str, Period]]:
        """Its months, each with the days of it that belong to the period."""
        parts: list[tuple[str, Period]] = []
        month = self.start[:7]
        while month <= self.end[:7]:
            whole = Period.month(month)
            parts.append((month, Period(max(whole.start, self.start), min(whole.end, self.end))))
            month = month_before(month, -1)
        return parts


def month_before(month: str, count: int = 1) -> str:
    """The month `count` months before that one (after it, where negative)."""
    number = int(month[:4]) * 12 + int(month[5:7]) - 1 - count
    return f"{number // 12:04}-{number % 12 + 1:02}"
