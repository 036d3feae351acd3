"""What is due: contacts agreed on, open complaints, birthdays, neglected customers, answers owed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from heapq import nsmallest
from typing import Any

from crm_desktop import contact_rhythm, values
from crm_desktop.i18n import _, ngettext
from crm_desktop.models import lists, people
from crm_desktop.models.office import settings
from crm_desktop.store import file
from crm_desktop.store.record import chunks

SHOWN = 50
"""So many items of a section are told; `count` says how many there are."""
NEGLECTED_SHOWN = 20


@dataclass(frozen=True)
class Item:
    """One thing that is due."""

    table: str
    """Where the record lies that it is about."""
    id: int
    customer: int | None
    customer_name: str
    what: str
    """What is to be done, or what happened, in words."""
    who: str
    """The contact person or the colleague it concerns; may be empty."""
    due: str | None
    """ISO day or moment."""
    tone: str
    """"overdue", "due" (today) or "soon"."""
    detail: str = ""


@dataclass(frozen=True)
class Section:
    """Things of one kind, the most pressing first."""

    key: str
    title: str
    items: list[Item] = field(default_factory=list)
    count: int = 0
    """How many there are, also those not among the items."""


@dataclass(frozen=True)
class Today:
    """All that is due on a day."""

    day: str
    sections: list[Section]

    def section(self, key: str) -> Section:
        """The section of that key."""
        return next(section for section in self.sections if section.key == key)


def due(today: date, owner: int | None = None) -> Today:
    """What is due on a day and in the days after it (settings due_days, birthday_days); for one colleague only hers."""
    office = settings()
    until = today + timedelta(days=int(office["due_days"]))
    answers = answers_owed(until, today, owner)
    last_birthday = today + timedelta(days=int(office["birthday_days"]))
    return Today(
        today.isoformat(),
        [
            Section("contacts", _("Next contacts"), *next_contacts(until, today, owner, limit=SHOWN)),
            _complaints(today, owner),
            Section("answers", _("Answers owed"), answers[:SHOWN], len(answers)),
            Section("birthdays", _("Birthdays"), *birthdays(today, last_birthday, owner, limit=SHOWN)),
            _neglected(today, owner),
        ],
    )


def tone(due: str, today: date) -> str:
    """How pressing a day or moment is: "overdue" before today, "due" today, "soon" after it."""
    day, now = due[:10], today.isoformat()
    return "overdue" if day < now else "due" if day == now else "soon"


def _mine(column: str, owner: int | None) -> tuple[str, list[Any]]:
    return ("", []) if owner is None else (f" AND {column} = ?", [owner])


_Due = tuple[str, int, int]
"""When, the customer, and the contact that agreed on it (0: written on the customer)."""


def next_contacts(
    until: date, today: date, owner: int | None = None, *, since: date | None = None, limit: int | None = None
) -> tuple[list[Item], int]:
    """Contacts agreed on until that day (from `since` on) which nothing has followed, and how many there are.

    They are written on the customer or in a contact; a contact at that moment or later does them, on a day without a
    time any contact of the day. A colleague's are those of the customers owned, and the next steps agreed by her.
    """
    after, start = (until + timedelta(days=1)).isoformat(), since.isoformat() if since else ""
    mine, whose = _mine("owner", owner)
    # the plus keeps the database from reading all that is not archived instead of the few that are due
    found: list[_Due] = file.ask(
        "SELECT next_contact_at, id, 0 FROM customer WHERE next_contact_at >= ? AND next_contact_at < ?"
        f" AND +archived = 0 AND (last_contact_at IS NULL OR next_contact_at > last_contact_at){mine}",
        [start, after, *whose],
    )
    told = {(customer, at[:10]) for at, customer, _interaction in found}
    mine, whose = _mine('i."by"', owner)
    steps: list[_Due] = file.ask(
        "SELECT i.next_at, k.id, i.id FROM customer k"
        " CROSS JOIN interaction i ON i.customer = k.id AND i.next_at > coalesce(k.last_contact_at, '')"
        f" WHERE k.next_step_at < ? AND +k.archived = 0 AND i.next_at >= ? AND i.next_at < ?{mine}",
        [after, start, after, *whose],
    )
    found += [step for step in steps if (step[1], step[0][:10]) not in told]
    shown = sorted(found) if limit is None else nsmallest(limit, found)
    return _contacts(shown, today), len(found)


def _contacts(found: Sequence[_Due], today: date) -> list[Item]:
    customers = _rows("SELECT id, name, next_contact_what, main_contact FROM customer", [k for _at, k, _i in found])
    steps = _rows(
        "SELECT i.id, i.next_what, p.name FROM interaction i LEFT JOIN contact p ON p.id = i.contact",
        [i for _at, _k, i in found if i],
        "i.id",
    )
    items = []
    for at, customer, step in found:
        _id, name, what, person = customers[customer]
        if step:
            _id, what, person = steps[step]
        what = what or _("Contact the customer")
        table, i = ("interaction", step) if step else ("customer", customer)
        items.append(Item(table, i, customer, name, what, person or "", at, tone(at, today)))
    return items


def _rows(select: str, ids: Sequence[int], column: str = "id") -> dict[int, tuple[Any, ...]]:
    """Rows of a query by their first column."""
    found: dict[int, tuple[Any, ...]] = {}
    for part in chunks(ids):
        marks = ",".join("?" * len(part))
        found.update((row[0], row) for row in file.ask(f"{select} WHERE {column} IN ({marks})", part))
    return found


_SEVERITY = {"urgent": 0, "major": 1}


def _complaints(today: date, owner: int | None) -> Section:
    """Open complaints, the most severe and then the oldest first."""
    mine, whose = _mine("c.owner", owner)
    rows = file.ask(
        f"SELECT c.id, c.severity, c.received_at FROM complaint c WHERE c.closed_at IS NULL{mine}",
        whose,
    )
    rows.sort(key=lambda row: (_SEVERITY.get(row[1], 2), row[2]))
    ids = [i for i, _severity, _at in rows[:SHOWN]]
    found = {
        row[0]: row
        for row in file.ask(
            "SELECT c.id, k.id, k.name, c.code, c.description, c.severity, c.state, c.owner, c.solve_by, c.received_at"
            f" FROM complaint c JOIN customer k ON k.id = c.customer WHERE c.id IN ({','.join('?' * len(ids))})",
            ids,
        )
    }
    items = [_complaint(found[i], today) for i in ids]
    return Section("complaints", _("Open complaints"), items, len(rows))


def _complaint(row: tuple[Any, ...], today: date) -> Item:
    i, customer, name, code, description, severity, state, owner, solve_by, received_at = row
    parts = [code, lists.label("complaint_state", state)]
    parts += [lists.label("severity", severity)] if severity in _SEVERITY else []
    parts.append(_age(received_at, today))
    how = tone(solve_by, today) if solve_by else "soon"
    return Item(
        "complaint",
        i,
        customer,
        name,
        description[:80],
        people.name(owner),
        solve_by,
        how,
        " · ".join(filter(None, parts)),
    )


def _age(at: str, today: date) -> str:
    days = max(0, (today - date.fromisoformat(at[:10])).days)
    return ngettext("{n} day old", "{n} days old", days).format(n=days)


def answers_owed(until: date, today: date, owner: int | None = None) -> list[Item]:
    """Answers that customers wait for and that are due until that day, or have no day."""
    mine, whose = _mine('i."by"', owner)
    after = (until + timedelta(days=1)).isoformat()
    return [
        Item(
            "interaction",
            i,
            customer,
            name,
            subject or content[:80],
            people.name(by),
            at,
            tone(at, today) if at else "due",
        )
        for i, customer, name, subject, content, by, at in file.ask(
            'SELECT i.id, k.id, k.name, i.subject, i.content, i."by", i.answer_due FROM interaction i'
            " JOIN customer k ON k.id = i.customer WHERE i.answer_needed = 1 AND i.answered_at IS NULL"
            f" AND (i.answer_due IS NULL OR i.answer_due < ?){mine} ORDER BY i.answer_due IS NULL, i.answer_due",
            [after, *whose],
        )
    ]


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
    keys = birthday_keys(start, end)
    rows = file.ask(
        f"SELECT id, birthday, birthday_key FROM contact WHERE birthday_key IN ({','.join('?' * len(keys))})",
        list(keys),
    )
    celebrated = [(_celebrated(birthday, keys[key], start), i, birthday) for i, birthday, key in rows]
    places = _places([i for day, i, _birthday in celebrated if day <= end], owner)
    found = [one for one in celebrated if one[0] <= end and one[1] in places]
    shown = sorted(found) if limit is None else nsmallest(limit, found)
    people_shown = _rows("SELECT id, name, position_title FROM contact", [i for _day, i, _birthday in shown])
    customers = _rows("SELECT id, name FROM customer", [places[i] for _day, i, _birthday in shown])
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


def _neglected(today: date, owner: int | None) -> Section:
    """Customers not contacted within the rhythm of their tier, the most neglected first."""
    late = contact_rhythm.not_contacted(today, owner, NEGLECTED_SHOWN)
    items = [
        Item("customer", one.id, one.id, one.name, one.text, people.name(one.owner), one.last, "overdue")
        for one in late
    ]
    count = contact_rhythm.count_not_contacted(today, owner)
    return Section("neglected", _("Not contacted in their rhythm"), items, count)
