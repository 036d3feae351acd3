"""The working days of the invented office, and moments in its working hours."""

from __future__ import annotations

import random
from bisect import bisect_left
from datetime import date, timedelta

from crm_desktop import values

MONTHS_BACK = 24
_HOURS = (8, 9, 9, 9, 10, 10, 10, 11, 11, 13, 14, 14, 14, 15, 15, 15, 16, 16, 17)


class Calendar:
    """Working days from about two years before today to some months after."""

    def __init__(self, today: date) -> None:
        first = date(today.year - 2, today.month, 1)
        free = _holidays(range(first.year, today.year + 2))
        day, days = first, []
        while day <= today + timedelta(days=200):
            if day.weekday() < 5 and day not in free:
                days.append(day.isoformat())
            day += timedelta(days=1)
        self.days = days
        self.date = today.isoformat()
        self.today = self.index(today.isoformat())
        """Where today is, or the next working day; what lies before has happened."""

    def index(self, day: str) -> int:
        """The place of that day or of the next working day."""
        return bisect_left(self.days, day[:10])

    def past(self, rng: random.Random, since: str) -> str:
        """A moment between that day and yesterday (on the last working day at the latest)."""
        low = min(self.index(since), self.today - 1)
        return self.moment(rng, low + int(rng.random() * (self.today - low)))

    def after(self, rng: random.Random, at: str, working_days: int) -> str:
        """A moment so many working days after that one."""
        return self.moment(rng, min(self.index(at) + working_days, len(self.days) - 1))

    def moment(self, rng: random.Random, index: int) -> str:
        """A moment in the working hours of that day."""
        hour = _HOURS[int(rng.random() * len(_HOURS))]
        minute = int(rng.random() * (30 if hour == 17 else 60))
        return f"{self.days[index]}T{hour:02}:{minute if hour > 8 else 30 + minute // 2:02}:{int(rng.random() * 60):02}"


def _holidays(years: range) -> set[date]:
    """New Year, a week at Spring Festival, May Day and National Day, without the days swapped for weekends."""
    free: set[date] = set()
    for year in years:
        spring = values.next_birthday("lunar:--01-01", date(year, 1, 1))
        free |= {spring + timedelta(days=n) for n in range(-1, 7)}
        free |= {date(year, 1, 1), *(date(year, 5, d) for d in range(1, 4)), *(date(year, 10, d) for d in range(1, 8))}
    return free
