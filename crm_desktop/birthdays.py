"""Birthdays of contact persons, by the solar and the lunar calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from heapq import nsmallest
from typing import Any

from crm_desktop import values
from crm_desktop.due import Item, rows_of, tone
from crm_desktop.i18n import ngettext
from crm_desktop.store import file, nearby
from crm_desktop.store.record import chunks


@lru_cache(maxsize=1)
def birthday_keys(start: date, end: date) -> dict[str, date]:
    """The keys (values.birthday_key) of birthdays from one day to another, with the day they are celebrated next.

    That day is after the end where only those born in a leap month celebrate in time. Keeps the last answer, because
    the lunar calendar takes some milliseconds.
    """
    from lunar_python import Solar  # lazily: costs start-up time and is needed where somebody looks at birthdays

    candidates: dict[str, None] = {}
    for number in range((end - start).days + 1):
        day = start + timedelta(days=number)
        lunar = Solar.fromYmd(day.year, day.month, day.day).getLunar()
        month, at = abs(lunar.getMonth()), lunar.getDay()
        candidates[f"{day.month:02}-{day.day:02}"] = None
        candidates[f"L{month:02}-{at:02}"] = None
        if at == 29:
            candidates[f"L{month:02}-30"] = None  # 三十 is celebrated on 廿九 where the month is short
        if (day.month, day.day) == (2, 28):
            candidates["02-29"] = None
    return {
        key: values.next_birthday(f"lunar:--{key[1:]}" if key.startswith("L") else f"--{key}", start)
        for key in candidates
    }


def _celebrated(stored: str, usual: date, start: date) -> date:
    """The day of one person's birthday: only those born in a leap month have another than their key says."""
    return values.next_birthday(stored, start) if stored.endswith("+leap") else usual


def birthdays(start: date, end: date, owner: int | None = None, *, limit: int | None = None) -> tuple[list[Item], int]:
    """Birthdays of contact persons celebrated from one day to another, the next first, and how many there are.

    People who have left their customers are not told, nor those whose customers are all archived.
    """
    with nearby.instead("customer", "contact", "position"):
        return _birthdays(birthday_keys(start, end), start, end, owner, limit)


def _birthdays(
    keys: dict[str, date], start: date, end: date, owner: int | None, limit: int | None
) -> tuple[list[Item], int]:
    rows = file.ask(
        f"SELECT id, birthday, birthday_key FROM contact WHERE birthday_key IN ({','.join('?' * len(keys))})",
        list(keys),
    )
    celebrated = [(_celebrated(birthday, keys[key], start), i, birthday) for i, birthday, key in rows]
    places = _places([i for day, i, _birthday in celebrated if day <= end], owner)
    found = [one for one in celebrated if one[0] <= end and one[1] in places]
    shown = sorted(found) if limit is None else nsmallest(limit, found)
    people_shown = rows_of("SELECT id, name, position_title FROM contact", [i for _day, i, _birthday in shown])
    customers = rows_of("SELECT id, name FROM customer", [places[i] for _day, i, _birthday in shown])
    return [_birthday(day, people_shown[i], birthday, customers[places[i]], start) for day, i, birthday in shown], len(
        found
    )


def _places(contacts: Sequence[int], owner: int | None) -> dict[int, int]:
    """Each contact person's first customer that is not archived (and is the owner's)."""
    if owner is None:
        out = {i for (i,) in file.ask("SELECT id FROM customer WHERE archived = 1")}
        mine = None
    else:
        out = set()
        mine = {i for (i,) in file.ask("SELECT id FROM customer WHERE archived = 0 AND owner = ?", [owner])}
    found: dict[int, int] = {}
    for part in chunks(contacts):
        for contact, customer in file.ask(
            f'SELECT contact, customer FROM position WHERE contact IN ({",".join("?" * len(part))}) AND "left" = 0'
            ' ORDER BY "primary" DESC, id',
            part,
        ):
            if customer not in out and (mine is None or customer in mine):
                found.setdefault(contact, customer)
    return found


def _birthday(day: date, person: tuple[Any, ...], stored: str, customer: tuple[Any, ...], today: date) -> Item:
    i, name, job = person
    years = values.age(stored, day)
    turns = ngettext("turns {n}", "turns {n}", years).format(n=years) if years else ""
    iso, what = day.isoformat(), values.show_birthday(stored)
    detail = " · ".join(filter(None, [job, turns]))
    return Item("contact", i, customer[0], customer[1], what, name, iso, tone(iso, today), detail)
