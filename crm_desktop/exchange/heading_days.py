"""Days and months as headings over columns: 3/4, 3月4日（周二）, 2025年3月, or a cell that Excel keeps as a date."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from crm_desktop.exchange.sheet import Cell, Row
from crm_desktop.values import plain

_WEEKDAY: Final = r"(?:\s*[(（]?(?:周|星期|礼拜).[)）]?)?"
_YEARLESS: Final = re.compile(rf"(\d{{1,2}})\s*(?:月|[-./])\s*(\d{{1,2}})\s*[日号]?{_WEEKDAY}", re.ASCII)
_FULL: Final = re.compile(
    rf"(20\d\d)\s*[-./年]\s*(\d{{1,2}})\s*[-./月]\s*(\d{{1,2}})\s*[日号]?(?:[ T]\d.*|{_WEEKDAY})", re.ASCII
)
_MONTH: Final = re.compile(r"(?:(20\d\d)\s*[-./年]\s*)?(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s*月份?")
NUMBERS: Final = {sign: at for at, sign in enumerate("一二三四五六七八九十", 1)} | {"十一": 11, "十二": 12}
_WEEKDAYS: Final = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])|((?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)", re.I)
_ENGLISH: Final = "montuewedthufrisatsun"
_FULL_DAY: Final = re.compile(r"(20\d\d)\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})")
_FEWEST: Final = 2


def day_of(heading: str, year: int | None) -> str:
    """The day (2025-03-04, 3月4日 without a year) or month (2025-03, 3月) a heading names, "" for other headings."""
    text = plain(heading)
    if found := _FULL.fullmatch(text):
        return _iso(*(int(part) for part in found.groups()))
    if found := _YEARLESS.fullmatch(text):
        month, day = int(found[1]), int(found[2])
        known = _iso(year or 2000, month, day)
        return known if year or not known else f"{month}月{day}日"
    if found := _MONTH.fullmatch(text):
        month = NUMBERS.get(found[2]) or int(found[2])
        named = int(found[1]) if found[1] else year
        return f"{named}-{month:02}" if named else f"{month}月"
    return ""


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def weekday_of(heading: str, caption: str) -> str:
    """The day a weekday means in the week the title names (2025年3月3日—3月7日); "" where it names none."""
    found = _WEEKDAYS.fullmatch(plain(heading).strip())
    named = _FULL_DAY.search(plain(caption)) if found else None
    if not found or not named:
        return ""
    try:
        first = date(*(int(part) for part in named.groups()))
    except ValueError:
        return ""
    at = (
        "一二三四五六日".find((found[1] or "").replace("天", "日"))
        if found[1]
        else _ENGLISH.find(found[2].lower()[:3]) // 3
    )
    return (first - timedelta(days=first.weekday()) + timedelta(days=at)).isoformat()


def text_of(cell: Cell) -> str:
    """A cell of a heading as a text; a day without its time."""
    return f"{cell:%Y-%m-%d}" if isinstance(cell, date) else "" if cell is None else str(cell)


def among(row: Row, is_label: Callable[[Cell], bool]) -> bool:
    """Whether a row is a heading with days in it: two at least, each once, and nothing else but labels."""
    days = [text_of(cell).strip() for cell in row if cell is not None and day_of(text_of(cell).strip(), None)]
    others = [cell for cell in row if cell is not None and not day_of(text_of(cell).strip(), None)]
    return len(days) >= _FEWEST and len(set(days)) == len(days) and all(map(is_label, others))
