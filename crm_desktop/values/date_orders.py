"""Three numbers that are a day: which is the year, which the month; and days the calendar has."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from crm_desktop.values.text import plain

_YEARS: Final = range(1800, 2200)
_THREE: Final = re.compile(r"(\d{1,2})\s*[-./ ]\s*(\d{1,2})\s*[-./ ]\s*(\d{4}|\d{1,2})(?!\d)(?=$|[\sT])", re.ASCII)


def full_year(short: int, today: date) -> int:
    """The year meant by two digits: up to ten years ahead, else the one before."""
    year = today.year // 100 * 100 + short
    return year if year <= today.year + 10 else year - 100


def made(year: int, month: int, day: int) -> date | None:
    """That day, or None where the calendar has no such day."""
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None


def orders(written: str, today: date | None = None) -> dict[str, date]:
    """The days that three numbers (24/3/5, 3/5/2024, perhaps with a time) can mean, by their order; nothing for texts
    of another shape or with the year in four digits in front.
    """
    if written[:4].isdigit():
        return {}  # the year is in front, as in most days
    parts = _THREE.match(written if written.isascii() else plain(written))
    if not parts:
        return {}
    first, second, third = int(parts[1]), int(parts[2]), int(parts[3])
    today = today or date.today()
    last = third if len(parts[3]) == 4 else full_year(third, today)
    found = {"mdy": made(last, first, second), "dmy": made(last, second, first)}
    if len(parts[3]) < 4:
        found = {"ymd": made(full_year(first, today), second, third), **found}
    return {order: day for order, day in found.items() if day}


def year_last(first: int, second: int, year: int, sign: str) -> tuple[date, bool] | None:
    """3/25/2024 and 25/3/2024 are clear; 3/5/2024 is taken month first, 5.3.2024 day first, both doubtful."""
    day_first, month_first = made(year, second, first), made(year, first, second)
    if day_first and month_first and day_first != month_first:
        return unsure(day_first if sign == "." else month_first)
    return sure(day_first or month_first)


def short_year(first: int, second: int, third: int, today: date) -> tuple[date, bool] | None:
    """24/3/5 is read year first; where that is no day, month first or day first, the year last."""
    year_first = made(full_year(first, today), second, third)
    if year_first:
        return year_first, first <= 31
    year = full_year(third, today)
    return unsure(made(year, first, second) or made(year, second, first))


def sure(day: date | None) -> tuple[date, bool] | None:
    return None if day is None else (day, False)


def unsure(day: date | None) -> tuple[date, bool] | None:
    return None if day is None else (day, True)
