"""Stored values as people read them, in the current language."""

from __future__ import annotations

from datetime import date
from typing import Final

from crm_desktop.i18n import N_, _, ngettext

_WEEKDAYS: Final = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


def show_date(iso: str | None, today: date | None = None, *, near: bool = False) -> str:
    """A stored day; with `near`, days around today as people say them: yesterday, 3 days ago, 11-24 Tue."""
    if not iso:
        return ""
    day = iso[:10]
    return _near(date.fromisoformat(day), today or date.today()) if near else day


def show_datetime(iso: str | None, today: date | None = None, *, near: bool = False) -> str:
    """A stored moment to the minute: 2024-03-05 14:30; midnight sharp is a day without a time."""
    if not iso:
        return ""
    clock = iso[11:16]
    return f"{show_date(iso, today, near=near)} {'' if clock == '00:00' else clock}".rstrip()


def show_when(iso: str, today: date | None = None) -> str:
    """When something happened: today by the clock alone, else 2024-03-05 14:30."""
    return iso[11:16] if iso[:10] == (today or date.today()).isoformat() else show_datetime(iso)


def show_money(fen: int | None, *, short: bool = False) -> str:
    """An amount in fen as ¥1,250.00; with `short`, whole yuan lose their .00."""
    if fen is None:
        return ""
    yuan, rest = divmod(abs(fen), 100)
    cents = "" if short and not rest else f".{rest:02}"
    return f"{'-' if fen < 0 else ''}¥{yuan:,}{cents}"


def show_number(number: float | None) -> str:
    """A number with thousands separators, without needless places."""
    if number is None:
        return ""
    return f"{int(number):,}" if float(number).is_integer() else f"{number:,.15g}"


def weekday(day: date) -> str:
    """The short name of the day of the week."""
    return _(_WEEKDAYS[day.weekday()])


def _near(day: date, today: date) -> str:
    apart = (day - today).days
    if apart in (-1, 0, 1):
        return (_("today"), _("tomorrow"), _("yesterday"))[apart]
    if -7 < apart < 0:
        return ngettext("{n} day ago", "{n} days ago", -apart).format(n=-apart)
    if day.year == today.year or abs(apart) < 60:
        return f"{day:%m-%d} {weekday(day)}"
    return day.isoformat()
