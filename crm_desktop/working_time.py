"""Working days and hours: from the calendar of the open file, or the one the program came with; with make-up days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from crm_desktop.i18n import N_
from crm_desktop.models import calendar
from crm_desktop.models.calendar import OFF, WORK, CalendarDay
from crm_desktop.store import file
from crm_desktop.store.change import Change, Person, change
from crm_desktop.values.holiday_notice import Day, read_notice
from crm_desktop.values.work_time import Pause, Span

__all__ = [
    "Day",
    "Pause",
    "Span",
    "add_workdays",
    "add_working_hours",
    "day_name",
    "days_of",
    "deadline",
    "hours_of",
    "is_known",
    "is_workday",
    "known_years",
    "missing_year",
    "next_workday",
    "read_notice",
    "save_notice",
    "save_year",
    "set_day",
    "workdays_between",
    "working_minutes_between",
]

NOTICE_MONTH = 11
"""From this month on the holidays of the next year are usually announced."""


def is_workday(day: date) -> bool:
    """Whether that day is worked: made-up Saturdays are, holidays are not; a year not announced goes by its weeks."""
    return calendar.work_time().is_workday(_day(day))


def hours_of(day: date) -> list[tuple[time, time]]:
    """From when to when is worked on that day, the lunch break left out; nothing on a day off."""
    return [(start.time(), end.time()) for start, end in calendar.work_time().hours(_day(day))]


def day_name(day: date) -> str:
    """The holiday a day belongs to, or is worked to make up for; nothing on an ordinary day."""
    return next((each.name for each in days_of(day.year) if each.day == _day(day)), "")


def workdays_between(first: date, last: date) -> int:
    """How many working days lie after `first`, up to and including `last`; negative backwards."""
    return calendar.work_time().workdays_between(_day(first), _day(last))


def add_workdays(day: date, count: int) -> date:
    """The `count`-th working day after `day` (before it, where negative); 0: the day itself, or the next worked one."""
    return calendar.work_time().add_workdays(_day(day), count)


def next_workday(day: date) -> date:
    """The first working day after that day."""
    return add_workdays(day, 1)


def add_working_hours(start: datetime, hours: int, pauses: Sequence[Pause] = ()) -> datetime | None:
    """When so many working hours will have gone by; None while a pause without end stops the clock."""
    return calendar.work_time().deadline(start, Span(hours, "wh"), pauses)


def working_minutes_between(start: datetime, end: datetime, pauses: Sequence[Pause] = ()) -> int:
    """Minutes of work between two moments, pauses left out; 0 backwards."""
    return calendar.work_time().between(start, end, pauses) // 60


def deadline(start: datetime, span: Span | str, pauses: Sequence[Pause] = ()) -> datetime | None:
    """When a span ("24h" by the clock, "4wh" working hours, "3wd" working days) ends; pauses stop its clock.

    A working day is as long as the hours of one. None without a rule, and while a pause without end stops the clock.
    """
    wanted = Span.read(span) if isinstance(span, str) else span
    return None if wanted is None else calendar.work_time().deadline(start, wanted, pauses)


def is_known(year: int) -> bool:
    """Whether the holidays of that year are in the calendar."""
    return year in calendar.years()


def known_years() -> list[int]:
    """The years whose holidays are in the calendar."""
    return sorted(calendar.years())


def days_of(year: int) -> list[Day]:
    """The days off and the made-up working days of a year; nothing for a year not announced."""
    return sorted(calendar.years().get(year, ()))


def missing_year(today: date) -> int | None:
    """The year whose holidays should be in the calendar by now and are not: this one, from November on the next."""
    wanted = [today.year] + ([today.year + 1] if today.month >= NOTICE_MONTH else [])
    return next((year for year in wanted if not is_known(year)), None)


def save_notice(user: Person | None, days: Sequence[Day]) -> None:
    """Write the days of a notice into the file, in place of what it had for that year.

    Days of the December before or the January after stay beside what their own years say.
    """
    with change(user, N_("Bring in a holiday notice")) as c:
        put_notice(c, days)


def put_notice(c: Change, days: Sequence[Day]) -> None:
    """The same as a part of a change."""
    counts = {each.day.year: 0 for each in days}
    for each in days:
        counts[each.day.year] += 1
    main = max(counts, key=lambda year: counts[year])
    for year in counts:
        theirs = [each for each in days if each.day.year == year]
        if year != main:
            named = {each.day for each in theirs}
            theirs += [each for each in days_of(year) if each.day not in named]
        save_year(c, year, theirs)


def save_year(c: Change, year: int, days: Sequence[Day]) -> None:
    """Write all special days of a year; without any, the year is again what the program came with."""
    like = f"{year:04}-"
    c.delete_many(CalendarDay, [i for (i,) in file.ask("SELECT id FROM calendar_day WHERE day LIKE ?", (f"{like}%",))])
    rows = [
        {"day": each.day.isoformat(), "kind": WORK if each.work else OFF, "name": each.name} for each in sorted(days)
    ]
    c.insert_many(CalendarDay, rows)


def set_day(c: Change, day: date, work: bool | None, name: str = "") -> None:
    """Make one day a working day or a day off; None: what its weekday says. The rest of its year stays as it is."""
    days = [each for each in days_of(day.year) if each.day != day]
    if work is not None:
        days.append(Day(day, work, name))
    save_year(c, day.year, days)


def _day(day: date) -> date:
    return day.date() if isinstance(day, datetime) else day
