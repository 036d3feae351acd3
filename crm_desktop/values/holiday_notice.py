"""The State Council's yearly notice of holidays (国务院办公厅关于…放假安排的通知), read from its pasted text."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from crm_desktop.errors import UserError
from crm_desktop.i18n import _


class Day(NamedTuple):
    """One day that is not as its weekday says."""

    day: date
    work: bool
    """Worked to make up for a holiday; otherwise a day off."""
    name: str


_YEAR = re.compile(r"(20\d\d)\s*年")
_FEAST = r"(?:元旦|除夕|[一-鿿]{1,10}?(?:节|纪念日))"
_HEAD = re.compile(rf"({_FEAST}(?:[、，和与]{_FEAST})*)[：:]")
_DATE = r"(?:(20\d\d)年)?(?:(\d{1,2})月)?(\d{1,2})日"
_DATES = re.compile(rf"{_DATE}(?:至{_DATE})?")
_NAMED = re.compile(_DATE + r"[（(][^（()）]*?(?:星期|周)([一二三四五六日天])[^（()）]*?[）)]")
_COUNT = re.compile(r"共(\d+)天")
_WEEKDAYS = "一二三四五六日"


def read_notice(text: str, year: int | None = None) -> list[Day]:
    """The days off and the made-up working days of a notice; its year stands in it or is given.

    Raises UserError when there is no such notice in the text, or when days, counts and weekdays contradict each other.
    """
    plain = re.sub(r"\s+", "", text).translate(str.maketrans("０１２３４５６７８９:", "0123456789："))
    said = _YEAR.search(plain)
    year = year or (int(said[1]) if said else None)
    heads = list(_HEAD.finditer(plain))
    if not heads:
        raise UserError(_("There is no holiday in this text. Paste the whole notice of the State Council."))
    if year is None:
        raise UserError(_("The text does not say for which year it is. Paste the heading, too, or choose the year."))
    found: dict[date, Day] = {}
    for place, head in enumerate(heads):
        end = heads[place + 1].start() if place + 1 < len(heads) else len(plain)
        for day in _read_feast(head[1], plain[head.end() : end], year):
            found.setdefault(day.day, day)
    if not any(not day.work for day in found.values()):
        raise UserError(_("There is no holiday in this text. Paste the whole notice of the State Council."))
    return sorted(found.values())


def _read_feast(name: str, body: str, year: int) -> list[Day]:
    found: list[Day] = []
    for sentence in body.split("。"):
        _check_weekdays(sentence, year)
        bare = re.sub(r"[（(][^（()）]*[）)]", "", sentence)
        if "放假" in bare:
            days = _days(bare.partition("放假")[0], year)
            count = _COUNT.search(bare)
            if count and int(count[1]) != len(days):
                raise UserError(
                    _("{name}: the text says {said} days, but names {n}. Look at what was pasted.").format(
                        name=name, said=count[1], n=len(days)
                    )
                )
            found += [Day(day, False, name) for day in days]
        elif bare.endswith("上班"):
            found += [Day(day, True, name) for day in _days(bare, year)]
    return found


def _days(text: str, year: int) -> list[date]:
    """All days that a sentence names; a month or year that is left out is the one before."""
    found: list[date] = []
    month = 0
    for hit in _DATES.finditer(text):
        first = _date(hit[1], hit[2], hit[3], year, month)
        last = _date(hit[4], hit[5], hit[6], first.year, first.month) if hit[6] else first
        if last < first or (last - first).days > 20:
            raise UserError(_("“{text}” is no stretch of days.").format(text=hit[0]))
        found += [first + timedelta(days=n) for n in range((last - first).days + 1)]
        month = last.month
    return found


def _date(said_year: str | None, said_month: str | None, day: str, year: int, month: int) -> date:
    try:
        return date(int(said_year or year), int(said_month or month), int(day))
    except ValueError as error:
        text = f"{said_month or month}月{day}日"
        raise UserError(_("“{text}” is not a day of {year}.").format(text=text, year=said_year or year)) from error


def _check_weekdays(sentence: str, year: int) -> None:
    """A weekday beside a date that is not its weekday: the notice is of another year, or was pasted wrongly."""
    month = ""
    for said_year, said_month, day, weekday in _NAMED.findall(sentence):
        month = said_month or month
        if not month:
            continue
        named = _date(said_year, month, day, year, 0)
        if _WEEKDAYS.index(weekday.replace("天", "日")) != named.weekday():
            raise UserError(
                _("{day} is not a day of the week as the text says. Is this the notice of {year}?").format(
                    day=named.isoformat(), year=named.year
                )
            )
