"""Birthdays by either calendar, with or without the year, and when they come round.

Stored as `1965-01-01`, `--02-02`, `lunar:1990-05-06`, `lunar:--03-08`; a leap month ends in `+leap`.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final, NamedTuple

from crm_desktop.errors import UserError
from crm_desktop.i18n import _, language
from crm_desktop.values.date_orders import full_year, made
from crm_desktop.values.dates import read_date, western
from crm_desktop.values.numbers import chinese_number
from crm_desktop.values.text import Reading, as_text, clean, is_blank, plain

_STORED: Final = re.compile(r"(lunar:)?(\d{4}|-)-(\d\d)-(\d\d)(\+leap)?")
_LUNAR_MARK: Final = re.compile(r"[\[(]?\s*(?:农历|农曆|农|阴历|旧历|古历|lunar:?)\s*[\])]?:?\s*", re.I)
_SOLAR_MARK: Final = re.compile(r"[\[(]?\s*(?:公历|阳历|新历|国历|solar)\s*[\])]?:?\s*", re.I)
_LUNAR_DATE: Final = re.compile(
    r"(?:(\d{4}|\d{2})\s*年?[-./ ]?\s*)?(闰|leap )?\s*"
    r"([正冬腊一二三四五六七八九十]{1,2}|\d{1,2})\s*月\s*(初?[一二三四五六七八九十廿卅]{1,3}|初?\d{1,2})\s*[日号]?"
)
_LUNAR_NUMBERS: Final = re.compile(r"(?:(\d{4})\s*[-./年])?\s*(leap )?(\d{1,2})\s*[-./]\s*(\d{1,2})")
_MONTH_NAMES: Final = {"正": 1, "冬": 11, "腊": 12}
_MONTHS: Final = "正二三四五六七八九十冬腊"
_NUMERALS: Final = "十一二三四五六七八九"


class Birthday(NamedTuple):
    """A stored birthday taken apart; `year` is None where only the day is known."""

    year: int | None
    month: int
    day: int
    lunar: bool = False
    leap: bool = False

    def stored(self) -> str:
        year = "-" if self.year is None else f"{self.year:04}"
        return f"{'lunar:' if self.lunar else ''}{year}-{self.month:02}-{self.day:02}{'+leap' if self.leap else ''}"


def read_birthday(written: object, today: date | None = None) -> Reading:
    """A birthday as it is stored, "" for nothing written; a year that makes the person under ten is doubtful. Raises
    UserError.
    """
    today = today or date.today()
    if isinstance(written, datetime | date):
        return _judged(Birthday(written.year, written.month, written.day), written.isoformat()[:10], False, today)
    shown = clean(as_text(written))
    if is_blank(shown) or shown.startswith(("0000-00-00", "0/0/00")):
        return Reading("")
    if _STORED.fullmatch(shown) and not shown.startswith(("0000", "1604")):
        found: tuple[Birthday, bool] | None = (parsed(shown), False)
    else:
        found = _lunar(plain(shown), today) or _solar(plain(shown), today)
    if found is None or not _possible(found[0]):
        raise UserError(
            _("“{text}” is not a birthday; write it like 1980-08-15, 8月15日 or 农历八月十五.").format(text=shown)
        )
    return _judged(found[0], shown, found[1], today)


def show_birthday(stored: str) -> str:
    """A birthday as people read it: 1965-01-01, 02-02, 农历三月初八."""
    if not stored:
        return ""
    it = parsed(stored)
    if not it.lunar:
        return stored.removeprefix("--")
    if not language().startswith("zh"):
        year = "" if it.year is None else f"{it.year}-"
        return _("lunar {date}").format(date=f"{year}{'leap ' if it.leap else ''}{it.month:02}-{it.day:02}")
    year = "" if it.year is None else f"{it.year}年"
    return _("lunar {date}").format(date=f"{year}{'闰' if it.leap else ''}{_MONTHS[it.month - 1]}月{lunar_day(it.day)}")


def lunar_day(day: int) -> str:
    """A day of a lunar month in Chinese, 初一 to 三十."""
    if day in (10, 20, 30):
        return {10: "初十", 20: "二十", 30: "三十"}[day]
    return "初十廿"[day // 10] + _NUMERALS[day % 10]


def next_birthday(stored: str, today: date) -> date:
    """The day it is celebrated next, today included: 29 February on the 28th, a missing leap month in the ordinary
    one, 三十 on 廿九.
    """
    it = parsed(stored)
    years = range(today.year - 1, today.year + 3)
    return next(day for day in (_celebrated(it, year) for year in years) if day >= today)


def solar_day(stored: str, today: date, *, future: bool = False, year: int | None = None) -> date:
    """The day a birthday (or any day of the lunar calendar written like one) falls on in its year, in `year`, or where
    neither is known the last time up to today (with `future`: the next time).
    """
    it = parsed(stored)
    if it.year or year:
        return _celebrated(it, it.year or year or today.year)
    if future:
        return next_birthday(stored, today)
    years = range(today.year, today.year - 3, -1)
    return next(day for day in (_celebrated(it, each) for each in years) if day <= today)


def age(stored: str, today: date) -> int | None:
    """Full years today, by the birthday's own calendar; None where the year is not known or ahead."""
    it = parsed(stored) if stored else None
    if it is None or it.year is None or it.year > today.year:
        return None
    passed = [year for year in (today.year - 1, today.year) if _celebrated(it, year) <= today]
    return max(0, passed[-1] - it.year) if passed else None


def birthday_key(stored: str) -> str:
    """Month and day for an index: "02-02" by the solar, "L03-08" by the lunar calendar, "" for none."""
    if not stored:
        return ""
    it = parsed(stored)
    return f"{'L' if it.lunar else ''}{it.month:02}-{it.day:02}"


def parsed(stored: str) -> Birthday:
    """The parts of a stored birthday; ValueError if it is not in the stored form."""
    parts = _STORED.fullmatch(stored)
    if not parts:
        raise ValueError(stored)
    return Birthday(
        None if parts[2] == "-" else int(parts[2]), int(parts[3]), int(parts[4]), bool(parts[1]), bool(parts[5])
    )


def _possible(it: Birthday) -> bool:
    if it.lunar:
        return 1 <= it.month <= 12 and 1 <= it.day <= 30 and (it.year is None or 1850 <= it.year < 2200)
    return not it.leap and made(2000 if it.year is None else it.year, it.month, it.day) is not None


def _judged(it: Birthday, shown: str, doubtful: bool, today: date) -> Reading:
    """Excel gives "2月2日" this year; so a year that makes the person a child is doubtful."""
    doubtful = doubtful or (it.year is not None and it.year > today.year - 10)
    stored = it.stored()
    note = (
        f"{shown} → {show_birthday(stored)}"
        if doubtful or (stored != shown and show_birthday(stored) != shown)
        else None
    )
    return Reading(stored, note, doubtful)


def _lunar(text: str, today: date) -> tuple[Birthday, bool] | None:
    """A lunar date: marked as such, or with a month or day that only the lunar calendar has."""
    marked = bool(_LUNAR_MARK.search(text))
    text = re.sub(r"\s*\(?生日?\)?$", "", _LUNAR_MARK.sub("", text)).strip()
    unsaid = not marked and not re.search(r"[正冬腊]月|初|廿|闰", text)
    if unsaid and not re.fullmatch(r"[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}", text):
        return None  # 八月十五 without 日 is how lunar days are spoken
    text = re.sub(r"^([〇零○一二三四五六七八九]{4})年", lambda year: f"{chinese_number(year[1])}年", text)
    parts = _LUNAR_DATE.fullmatch(text) or _LUNAR_NUMBERS.fullmatch(text)
    if not parts:
        if marked and (eight := re.fullmatch(r"(\d{4})(\d\d)(\d\d)", text)):
            return Birthday(int(eight[1]), int(eight[2]), int(eight[3]), True), False
        return None
    year = None if parts[1] is None else int(parts[1]) if len(parts[1]) == 4 else _past_year(int(parts[1]), today)
    month = _MONTH_NAMES.get(parts[3]) or _numeral(parts[3])
    return Birthday(year, month, _numeral(parts[4].removeprefix("初")), True, bool(parts[2])), unsaid


def _numeral(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else chinese_number(text) or 0


def _past_year(short: int, today: date) -> int:
    year = full_year(short, today)
    return year if year <= today.year else year - 100


def _solar(text: str, today: date) -> tuple[Birthday, bool] | None:
    text = re.sub(r"\s*生日?$", "", western(_SOLAR_MARK.sub("", text))).strip()
    if parts := re.fullmatch(r"--(\d\d)-?(\d\d)(?:T.*)?|(?:0000|1604)-?(\d\d)-?(\d\d)(?:T.*)?", text):
        month, day = (int(part) for part in parts.groups() if part)
        return Birthday(None, month, day), False
    if parts := re.fullmatch(r"(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?|(\d\d)(\d\d)", text):
        month, day = (int(part) for part in parts.groups() if part)
        return Birthday(None, month, day), bool(parts[3])
    if re.fullmatch(r"\d{4}\s*(?:[-./年]\s*(\d{1,2}\s*月?)?)?", text) or re.fullmatch(r"[^\W\d_]+", text):
        return None  # a year or a month alone is no birthday
    short = re.fullmatch(r"'?(\d\d)\s*([-./年])\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?|(\d\d)(\d\d)(\d\d)", text)
    if short:
        year, month, day = (int(part) for part in short.groups() if part and part.isdigit())
        born = made(_past_year(year, today), month, day)
        return None if born is None else (Birthday(born.year, month, day), short[2] != "年")
    try:
        reading = read_date(text, today)
    except UserError:
        return None
    return (parsed(reading.value), reading.doubtful) if reading.value else None


def _celebrated(it: Birthday, year: int) -> date:
    """The day it is celebrated in that year (lunar: the lunar year that begins in it)."""
    if not it.lunar:
        return made(year, it.month, it.day) or date(year, 2, 28)
    first, days = _lunar_month(year, it.month, it.leap)
    return first + timedelta(days=min(it.day, days) - 1)


@cache
def _lunar_month(year: int, month: int, leap: bool) -> tuple[date, int]:
    """The first day of a month of that lunar year and its length; kept, for the library computes each year anew."""
    from lunar_python import Lunar, LunarYear  # lazily: its tables take time to build

    months = LunarYear.fromYear(year)
    found = (months.getMonth(-month) if leap else None) or months.getMonth(month)
    solar = Lunar.fromYmd(year, found.getMonth(), 1).getSolar()
    return date(solar.getYear(), solar.getMonth(), solar.getDay()), found.getDayCount()
