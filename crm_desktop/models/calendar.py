"""The office's calendar: holidays and made-up working days, those of the file before those the program came with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache

from crm_desktop.errors import UserError
from crm_desktop.i18n import N_, _
from crm_desktop.models.base import Record
from crm_desktop.models.fields import Date, Text
from crm_desktop.paths import resource
from crm_desktop.store import file
from crm_desktop.store.change import Committed, committed
from crm_desktop.store.record import Row
from crm_desktop.values.holiday_notice import Day
from crm_desktop.values.work_time import WorkTime, read_hours

HOURS, WEEK = "08:30-12:00 13:00-17:30", "12345"
"""Working hours of a day and working days of a week (1 is Monday), where the office says nothing else."""
OFF, WORK = "off", "work"


class CalendarDay(Record):
    """One day that is not as its weekday says; a year that has any here is taken from here alone."""

    title = N_("Day of the calendar")
    day = Date(N_("Day"), required=True, unique=True)
    kind = Text(N_("Off or worked"))
    name = Text(N_("Holiday"))

    class Meta:
        table_name = "calendar_day"

    @classmethod
    def affects(cls, rows: Sequence[Row]) -> dict[str, set[int]]:
        return open_cases()


def open_cases(*kinds: str) -> dict[str, set[int]]:
    """Complaints and service requests whose deadlines still move: table to ids; of these tables only, if any."""
    tables = kinds or ("complaint", "service_request")
    return {t: {i for (i,) in file.ask(f"SELECT id FROM {t} WHERE closed_at IS NULL")} for t in tables}


@cache
def shipped() -> dict[int, list[Day]]:
    """The days the program came with, by year."""
    found: dict[int, list[Day]] = {}
    with resource("holidays", "china.tsv").open(encoding="utf-8") as stream:
        next(stream)
        for line in stream:
            day, kind, name = line.rstrip("\n").split("\t")
            found.setdefault(int(day[:4]), []).append(Day(date.fromisoformat(day), kind == WORK, name))
    return found


_Key = tuple[tuple[tuple[str, str, str], ...], str, str]
"""The file's days, the working week and the hours."""
_STANDARD: _Key = ((), WEEK, HOURS)
_now: _Key = _STANDARD


def _read() -> _Key:
    days = tuple(file.ask("SELECT day, kind, name FROM calendar_day ORDER BY day"))
    said = dict(file.ask("SELECT name, value FROM setting WHERE name IN ('work_week', 'work_hours')"))
    week, hours = (json.loads(said[name]) if name in said else "" for name in ("work_week", "work_hours"))
    return days, week or WEEK, hours or HOURS


@lru_cache(maxsize=4)
def _years(key: _Key) -> dict[int, list[Day]]:
    own: dict[int, list[Day]] = {}
    for day, kind, name in key[0]:
        own.setdefault(int(day[:4]), []).append(Day(date.fromisoformat(day), kind == WORK, name))
    return shipped() | own


@lru_cache(maxsize=4)
def _work_time(key: _Key) -> WorkTime:
    days = {each.day: each.work for year in _years(key).values() for each in year}
    try:
        hours = read_hours(key[2])
    except UserError:  # somebody wrote nonsense into the setting: better the standard than no deadlines
        hours = read_hours(HOURS)
    return WorkTime(days, key[1], hours)


def in_store() -> WorkTime:
    """The calendar as it stands in the file at this moment of a change; only where the file is."""
    return _work_time(_read())


def work_time() -> WorkTime:
    """The calendar of the open file, or the one the program came with; anywhere."""
    return _work_time(_now if file.is_open() else _STANDARD)


def years() -> dict[int, list[Day]]:
    """The days that are not as their weekday says, by year; a year that is missing has not been announced."""
    return _years(_now if file.is_open() else _STANDARD)


def owned_years() -> set[int]:
    """The years whose days stand in the file itself."""
    return {int(day[:4]) for day, _kind, _name in _now[0]} if file.is_open() else set()


def check_hours(written: str) -> None:
    """UserError when these are no working hours."""
    read_hours(written)


def check_week(written: str) -> None:
    """UserError when no day of the week is worked."""
    if not any(number in "1234567" for number in written):
        raise UserError(_("At least one day of the week must be a working day."))


def reload() -> None:
    """Keep the file's calendar in memory for everybody who asks."""
    global _now
    _now = _read()


def _remember(done: Committed) -> None:
    if done.records is None or any(table in ("calendar_day", "setting") for table, _id in done.records):
        reload()


file.opened.append(reload)
committed.append(_remember)
