"""Things that are due: contacts agreed on, and answers owed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from heapq import nsmallest
from typing import Any

from crm_desktop.i18n import _
from crm_desktop.models import people
from crm_desktop.store import file, nearby
from crm_desktop.store.record import chunks


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


def tone(due: str, today: date) -> str:
    """How pressing a day or moment is: "overdue" before today, "due" today, "soon" after it."""
    day, now = due[:10], today.isoformat()
    return "overdue" if day < now else "due" if day == now else "soon"


def mine(column: str, owner: int | None) -> tuple[str, list[Any]]:
    """The condition that a colleague's id stands in a column, if anybody is asked for, with its parameter."""
    return ("", []) if owner is None else (f" AND {column} = ?", [owner])


_Due = tuple[str, int, int]
"""When, the customer, and the contact that agreed on it (0: written on the customer, negative: on that person)."""


def next_contacts(
    until: date, today: date, owner: int | None = None, *, since: date | None = None, limit: int | None = None
) -> tuple[list[Item], int]:
    """Contacts agreed on until that day (from `since` on) which nothing has followed, and how many there are.

    They are written on the customer, on a contact person or in a contact; a contact at that moment or later does them,
    on a day without a time any contact of the day. A colleague's are those of the customers owned, and the next steps
    that are hers.
    """
    after, start = (until + timedelta(days=1)).isoformat(), since.isoformat() if since else ""
    with nearby.instead("customer", "contact", "position") as near:
        found = _agreed(start, after, owner, "open_step" if near else "interaction")
    shown = sorted(found) if limit is None else nsmallest(limit, found)
    return _contacts(shown, today), len(found)


def _agreed(start: str, after: str, owner: int | None, steps_in: str) -> list[_Due]:
    """What was agreed on between two days and nothing has followed; next steps stand in that table."""
    own, whose = mine("owner", owner)
    # a plus keeps the database from reading all that is not archived (or all persons) instead of the few that are due
    found: list[_Due] = file.ask(
        "SELECT next_contact_at, id, 0 FROM customer WHERE next_contact_at >= ? AND next_contact_at < ?"
        f" AND +archived = 0 AND (last_contact_at IS NULL OR next_contact_at > last_contact_at){own}",
        [start, after, *whose],
    )
    told = {(customer, at[:10]) for at, customer, _interaction in found}
    own, whose = mine('coalesce(i.next_by, i."by")', owner)
    steps: list[_Due] = file.ask(
        "SELECT i.next_at, k.id, i.id FROM customer k"
        f" CROSS JOIN {steps_in} i ON i.customer = k.id AND i.next_at > coalesce(k.last_contact_at, '')"
        f" WHERE k.next_step_at < ? AND +k.archived = 0 AND i.next_at >= ? AND i.next_at < ?{own}",
        [after, start, after, *whose],
    )
    found += [step for step in steps if (step[1], step[0][:10]) not in told]
    own, whose = mine("k.owner", owner)
    persons: list[_Due] = file.ask(
        "SELECT c.next_contact_at, min(k.id), -c.id FROM contact c CROSS JOIN position p ON p.contact = c.id"
        " CROSS JOIN customer k ON k.id = p.customer WHERE c.next_contact_at >= ? AND c.next_contact_at < ?"
        " AND +k.archived = 0 AND (c.last_contact_at IS NULL OR c.next_contact_at > c.last_contact_at)"
        f"{own} GROUP BY +c.id",
        [start, after, *whose],
    )
    return found + [person for person in persons if (person[1], person[0][:10]) not in told]


def _contacts(found: Sequence[_Due], today: date) -> list[Item]:
    steps = rows_of("SELECT id, next_what, contact FROM interaction", [i for _at, _k, i in found if i > 0])
    customers = customers_of([k for _at, k, _i in found], "next_contact_what", "main_contact")
    persons = names_of([*(-i for _at, _k, i in found if i < 0), *(step[2] for step in steps.values())])
    items = []
    for at, customer, step in found:
        _id, name, what, person = customers[customer]
        if step > 0:
            _id, what, met = steps[step]
            person = persons.get(met, "")
        elif step < 0:
            what, person = "", persons[-step]
        what = what or _("Contact the customer")
        table, i = ("interaction", step) if step > 0 else ("customer", customer)
        items.append(Item(table, i, customer, name, what, person or "", at, tone(at, today)))
    return items


def rows_of(select: str, ids: Sequence[int], column: str = "id") -> dict[int, tuple[Any, ...]]:
    """Rows of a query by their first column."""
    found: dict[int, tuple[Any, ...]] = {}
    for part in chunks(ids):
        marks = ",".join("?" * len(part))
        found.update((row[0], row) for row in file.ask(f"{select} WHERE {column} IN ({marks})", part))
    return found


def customers_of(ids: Iterable[int], *columns: str) -> dict[int, tuple[Any, ...]]:
    """Id, name and these columns of customers, by id; over a network from the copy of them on this computer."""
    select = f"SELECT {', '.join(('id', 'name', *columns))} FROM customer"
    with nearby.instead("customer"):
        return rows_of(select, list(dict.fromkeys(ids)))


def names_of(contacts: Iterable[int | None]) -> dict[int, str]:
    """The names of contact persons, by id."""
    with nearby.instead("contact"):
        found = rows_of("SELECT id, name FROM contact", [i for i in dict.fromkeys(contacts) if i])
    return {i: str(name) for i, name in found.values()}


def answers_owed(until: date, today: date, owner: int | None = None) -> list[Item]:
    """Answers that customers wait for and that are due until that day, or have no day."""
    own, whose = mine('coalesce(i.next_by, i."by")', owner)
    after = (until + timedelta(days=1)).isoformat()
    found = file.ask(
        'SELECT i.id, i.customer, i.subject, i.content, coalesce(i.next_by, i."by"), i.answer_due FROM interaction i'
        f" WHERE i.answer_needed = 1 AND i.answered_at IS NULL AND (i.answer_due IS NULL OR i.answer_due < ?){own}"
        " ORDER BY i.answer_due IS NULL, i.answer_due",
        [after, *whose],
    )
    customers = customers_of(customer for _i, customer, *_rest in found)
    items = []
    for i, customer, subject, content, by, at in found:
        how = tone(at, today) if at else "due"
        what = subject or content[:80]
        items.append(Item("interaction", i, customer, customers[customer][1], what, people.name(by), at, how))
    return items
