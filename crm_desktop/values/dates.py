"""Dates and times as people and Excel write them, to ISO text in office time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.values.date_orders import full_year, made, orders, short_year, sure, unsure, year_last
from crm_desktop.values.numbers import chinese_number
from crm_desktop.values.text import Reading, arrow, as_text, clean, is_blank, plain

_EXCEL_DAY_ZERO: Final = date(1899, 12, 30)  # Excel's 1900 system, from 1 March 1900 on
_SERIALS: Final = range(2101, 73416)  # 1905 to the end of 2100; smaller numbers are years
_NUMERAL: Final = "〇零○一二三四五六七八九十廿卅两"
_MONTHS: Final = {
    name: month
    for month, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_NO_YEAR: Final = re.compile(r"(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?", re.ASCII)
_RANGE: Final = re.compile(
    r"(\d{4}[-./年]\d{1,2}[-./月]\d{1,2}[日号]?|\d{1,2}月\d{1,2}[日号])"
    r"\s*(?:-|~|至|到|、|,|;|/)\s*[\d年月日号./\- 今]{1,16}"
)
_NEAR_YEARS: Final = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1}
_NAMED_YEAR: Final = re.compile(r"^(?:今年|本年|去年|上年|前年|明年)(?=\d)")
_REPUBLIC: Final = re.compile(r"^民[国國]\s*(\d{1,3})\s*年")
_REPUBLIC_YEAR: Final = re.compile(r"(1[0-4]\d)(?=\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}\s*日?$)", re.ASCII)
"""113/3/5, as Taiwan counts the years."""
_NO_DAY: Final = re.compile(r"0000-00-00|0?0/0?0/0{2,4}|1900[-/]0?1[-/]0?0\b")
"""How databases, Excel and Outlook print no day."""
_NEAR_DAYS: Final = {
    "今天": 0,
    "今日": 0,
    "today": 0,
    "昨天": -1,
    "昨日": -1,
    "yesterday": -1,
    "前天": -2,
    "明天": 1,
    "明日": 1,
    "tomorrow": 1,
    "后天": 2,
    "大后天": 3,
}
_HALF_DAY: Final = re.compile(r"\s*(?:凌晨|早上|上午|中午|下午|晚上|全天)$")  # without an hour: the day is what counts
_WEEKDAY: Final = re.compile(
    r"\(?\s*(?:星期|周|礼拜)[一二三四五六日天]\s*\)?|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b,?",
    re.I,
)
_CLOCK: Final = re.compile(
    r"(?:^|(?<=[\sT日号\d]))\s*(?P<half>凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|[AaPp]\.?[Mm]\.?)?\s*(?:"
    r"(?P<hour>\d{1,2})\s*:\s*(?P<minute>\d{1,2})(?:\s*:\s*(?P<second>\d{1,2})(?:[.,](?P<part>\d+))?)?"
    r"|(?P<chour>[\d"
    + _NUMERAL
    + r"]{1,3})\s*[点时](?P<halfpast>半)?(?:(?P<quarter>[一三])刻)?(?:(?P<cminute>[\d"
    + _NUMERAL
    + r"]{1,3})\s*分?)?"
    r"(?:(?P<csecond>\d{1,2})\s*秒)?(?:整|钟)?|(?P<ampm>\d{1,2})(?=\s*[AaPp]\.?[Mm]))"
    r"\s*(?P<after>[AaPp]\.?[Mm]\.?)?\s*(?P<zone>Z|UTC|GMT|(?:UTC|GMT)?[+-]\d\d:?\d\d)?$"
)


def read_date(
    written: object, today: date | None = None, *, future: bool = False, order: str = "", year: int | None = None
) -> Reading:
    """A day as `YYYY-MM-DD`, or None for nothing written; a time behind it is ignored.

    A day without a year is the last one up to `today` (or the next one, with `future`), and doubtful; `year` says
    which one it is. `order` ("ymd", "mdy", "dmy") says how 24/3/5 and 3/5/2024 are meant; without it they are read by
    the commonest order, and doubtful. Raises UserError.
    """
    if isinstance(written, datetime | date):
        return Reading((written.date() if isinstance(written, datetime) else written).isoformat())
    if is_blank(written):
        return Reading(None)
    shown = clean(as_text(written))
    if _NO_DAY.match(shown) or (shown == "0" and not isinstance(written, str)):
        return Reading(None)
    found = _day(plain(shown), today or date.today(), future, order, year)
    if found is None:
        raise UserError(_("“{text}” is not a date; write it like 2024-03-05.").format(text=shown))
    iso = found[0].isoformat()
    return Reading(iso, arrow(shown, iso, found[1]), found[1])


def read_datetime(
    written: object, today: date | None = None, *, future: bool = False, order: str = "", year: int | None = None
) -> Reading:
    """A moment as `YYYY-MM-DDTHH:MM:SS`, to the second; a day alone is its midnight; otherwise as `read_date`."""
    if isinstance(written, datetime):
        return Reading(_to_second(written.replace(tzinfo=None)).isoformat())
    if isinstance(written, date):
        return Reading(f"{written.isoformat()}T00:00:00")
    if is_blank(written):
        return Reading(None)
    shown = clean(as_text(written))
    text, clock, doubtful = _split_clock(plain(shown))
    day = _day(text, today or date.today(), future, order, year) if text or clock is None else None
    if clock is None and day is not None and re.fullmatch(r"\d{4,5}\.\d+", text):
        clock = _fraction(float(text)) if float(text) >= _SERIALS.start else time()
    if day is None:
        raise UserError(_("“{text}” is not a date and time; write it like 2024-03-05 14:30.").format(text=shown))
    moment = datetime.combine(day[0], clock or time())
    if clock is None and len(text) in (12, 14) and text.isdigit():
        moment = _compact(text) or moment
    iso, doubtful = moment.isoformat(), doubtful or day[1]
    same = shown.replace(" ", "T").startswith(iso[:-3]) or shown == iso[:10]
    return Reading(iso, None if same and not doubtful else f"{shown} → {iso[:16].replace('T', ' ')}", doubtful)


def read_time(written: object) -> Reading:
    """A time of day as `HH:MM` (`HH:MM:SS` where seconds were written). Raises UserError."""
    if isinstance(written, datetime):
        written = written.time()
    if is_blank(written):
        return Reading(None)
    shown = clean(as_text(written))
    clock: time | None = None
    if isinstance(written, time):
        clock = written.replace(microsecond=0)
    elif isinstance(written, int | float) and 0 <= written < 1:
        clock = _fraction(float(written))
    else:
        rest, clock, _doubt = _split_clock(plain(shown))
        clock = None if rest else clock
    if clock is None:
        raise UserError(_("“{text}” is not a time; write it like 14:30.").format(text=shown))
    return Reading(clock.isoformat("seconds" if clock.second else "minutes"))


def from_serial(serial: float) -> date:
    """The day of an Excel serial number (1900 system)."""
    return _EXCEL_DAY_ZERO + timedelta(days=int(serial))


def western(text: str) -> str:
    """The text with Chinese numerals before 年, 月, 日, 号 written as digits."""

    def digits(match: re.Match[str]) -> str:
        number = chinese_number(match[1])
        return match[0] if number is None else f"{number}{match[2]}"

    return re.sub(rf"([{_NUMERAL}]+)\s*([年月日号])", digits, text)


def _day(text: str, today: date, future: bool, order: str = "", year: int | None = None) -> tuple[date, bool] | None:
    """The day a text means and whether it was a guess."""
    if order and (day := orders(text, today).get(order)):
        return day, False
    bare = western(" ".join(_WEEKDAY.sub(" ", text).split())) if year else ""
    if year and (parts := _NO_YEAR.fullmatch(bare)) and (day := made(year, int(parts[1]), int(parts[2]))):
        return day, False
    text = re.sub(r"^(\d{8})\.0$", r"\1", text)  # as other programs print a number
    text = western(" ".join(_WEEKDAY.sub(" ", _HALF_DAY.sub("", text)).split()))
    if text.lower() in _NEAR_DAYS:
        return today + timedelta(days=_NEAR_DAYS[text.lower()]), False
    text = _english(_split_clock(text)[0] or text).replace("\\", "/")
    text = _NAMED_YEAR.sub(lambda found: f"{today.year + _NEAR_YEARS[found[0]]}年", text)
    text = _REPUBLIC.sub(lambda found: f"{int(found[1]) + 1911}年", text)
    if taiwan := _REPUBLIC_YEAR.match(text):
        return unsure((_day(f"{int(taiwan[1]) + 1911}{text[3:]}", today, future) or (None,))[0])
    found = next((found for found in _guesses(text, today, future) if found), None)
    return found or _part_of_year(text) or _first_of_range(text, today, future, order, year)


def _part_of_year(text: str) -> tuple[date, bool] | None:
    """2024年第一季度, 2024年3月中旬, 2024年底 as the day they begin (or end) with; a guess."""
    if parts := re.fullmatch(r"(\d{4})\s*年?\s*(?:第?([一二三四1-4])\s*季度?|Q([1-4]))", text, re.I):
        quarter = int(parts[3]) if parts[3] else _figure(parts[2])
        return unsure(made(int(parts[1]), quarter * 3 - 2, 1))
    if parts := re.fullmatch(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*月?\s*(月?初|上旬|中旬|下旬|月?中|月?底|月?末)", text):
        first = made(int(parts[1]), int(parts[2]), 1)
        if parts[3][-1] in "底末" and first:
            return unsure((first + timedelta(days=31)).replace(day=1) - timedelta(days=1))
        return unsure(first and first.replace(day={"中": 15, "下": 21}.get(parts[3].removeprefix("月")[0], 1)))
    if parts := re.fullmatch(r"(\d{4})\s*年?\s*(年?初|上半年|下半年|年?中|年?底|年?末)", text):
        month, day = {"底": (12, 31), "末": (12, 31), "中": (7, 1), "下": (7, 1)}.get(
            parts[2].removeprefix("年")[0], (1, 1)
        )
        return unsure(made(int(parts[1]), month, day))
    return None


def _first_of_range(text: str, today: date, future: bool, order: str, year: int | None) -> tuple[date, bool] | None:
    """The first day of 2024.3.5-2024.4.5 or 2024年3月5日至8日; a guess."""
    parts = _RANGE.fullmatch(text)
    found = _day(parts[1], today, future, order, year) if parts else None
    return unsure(found[0]) if found else None


def _guesses(text: str, today: date, future: bool) -> Iterator[tuple[date, bool] | None]:
    """What the text could mean, the likeliest first."""
    yield _number(text, today)
    if parts := re.fullmatch(r"(\d{4})\s*[-./年,、 ]\s*(\d{1,2})\s*[-./月,、 ]\s*(\d{1,2})\s*[日号.]?", text):
        yield sure(made(*map(int, parts.groups())))
    if parts := re.fullmatch(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*月?份?", text):
        yield unsure(made(int(parts[1]), int(parts[2]), 1))
    if parts := re.fullmatch(r"(\d{4})\s*年?", text):
        yield unsure(made(int(parts[1]), 1, 1))
    if parts := re.fullmatch(r"'?(\d{2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?", text):
        yield sure(made(full_year(int(parts[1]), today), int(parts[2]), int(parts[3])))
    if parts := re.fullmatch(r"(\d{1,2})\s*([-./ ])\s*(\d{1,2})\s*[-./ ]\s*(\d{4})", text):
        yield year_last(int(parts[1]), int(parts[3]), int(parts[4]), parts[2])
    if parts := re.fullmatch(r"(\d{1,2})\s*[-./]\s*(\d{1,2})\s*[-./]\s*(\d{1,2})", text):
        yield short_year(int(parts[1]), int(parts[2]), int(parts[3]), today)
    if parts := re.fullmatch(r"(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?", text):
        yield _without_year(int(parts[1]), int(parts[2]), today, future)


def _number(text: str, today: date) -> tuple[date, bool] | None:
    """A day written in digits alone: 20240305, 202403, 240305, an Excel serial, or 2024.3 which Excel took for a
    number.
    """
    if (re.fullmatch(r"\d{5}(\.\d+)?", text) and int(float(text)) in _SERIALS) or (
        re.fullmatch(r"[2-9]\d{3}", text) and int(text) >= 2200
    ):
        return from_serial(float(text)), False
    if not text.isascii() or not text.isdigit():
        return None
    if len(text) in (8, 12, 14):
        return sure(made(int(text[:4]), int(text[4:6]), int(text[6:8])))
    if len(text) == 6:
        month = made(int(text[:4]), int(text[4:6]), 1) if text[:2] in ("19", "20") else None
        return unsure(month or made(full_year(int(text[:2]), today), int(text[2:4]), int(text[4:6])))
    return None


def _without_year(month: int, day: int, today: date, future: bool) -> tuple[date, bool] | None:
    years = range(today.year, today.year + 9) if future else range(today.year, today.year - 9, -1)
    days = (made(year, month, day) for year in years)
    return unsure(next((it for it in days if it and (it >= today if future else it <= today)), None))


def _english(text: str) -> str:
    """5 Mar 2024, Mar 5, 2024 and 05-Mar-24 in digits, year first."""
    parts = re.fullmatch(
        r"(?:(\d{1,2})(?:st|nd|rd|th)?[ -])?\s*([A-Za-z]{3,9})\.?,?[ -]\s*"
        r"(?:(\d{1,2})(?:st|nd|rd|th)?,?[ -]+)?(\d{4}|\d{2})",
        text,
    )
    if not parts or bool(parts[1]) == bool(parts[3]) or parts[2][:3].lower() not in _MONTHS:
        return text
    year = parts[4] if len(parts[4]) == 4 else str(full_year(int(parts[4]), date.today()))
    return f"{year}-{_MONTHS[parts[2][:3].lower()]}-{parts[1] or parts[3]}"


def _split_clock(text: str) -> tuple[str, time | None, bool]:
    """A text without the time at its end, that time, and whether its time zone leaves it doubtful."""
    found = _CLOCK.search(text)
    if not found:
        return text, None, False
    hour = _figure(found["hour"] or found["chour"] or found["ampm"])
    minute = (
        30
        if found["halfpast"]
        else {"一": 15, "三": 45}.get(found["quarter"] or "") or _figure(found["minute"] or found["cminute"] or "0")
    )
    second = _figure(found["second"] or found["csecond"] or "0")
    half = (found["half"] or found["after"] or "").lower().replace(".", "")
    if (half in ("下午", "傍晚", "晚上", "夜里", "pm") and 1 <= hour < 12) or (half == "中午" and 1 <= hour < 3):
        hour += 12
    elif half in ("凌晨", "上午", "am") and hour == 12:
        hour = 0
    if hour > 23 or minute > 59 or second > 59:
        return text, None, False
    foreign = found["zone"] is not None and found["zone"].replace(":", "")[-5:] != "+0800"
    return text[: found.start()].removesuffix("T").rstrip(" ,"), time(hour, minute, second), foreign


def _figure(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() else chinese_number(text)
    return 99 if number is None else number


def _fraction(serial: float) -> time:
    """The time of day in an Excel number's fraction, to the nearest second."""
    return (datetime.min + timedelta(seconds=min(86399, round(serial % 1 * 86400)))).time()


def _compact(text: str) -> datetime | None:
    try:
        return datetime.strptime(text.ljust(14, "0"), "%Y%m%d%H%M%S")
    except ValueError:
        return None


def _to_second(moment: datetime) -> datetime:
    """Excel keeps times as fractions of a day: half a second more gives back the second that was typed."""
    return (moment + timedelta(microseconds=500_000)).replace(microsecond=0) if moment.microsecond else moment
