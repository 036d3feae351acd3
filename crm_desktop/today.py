"""What is due: contacts agreed on, open complaints, birthdays, neglected customers, answers owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from crm_desktop import contact_rhythm
from crm_desktop.birthdays import birthdays
from crm_desktop.due import Item, Section, answers_owed, mine, next_contacts, rows_of, tone
from crm_desktop.i18n import _, ngettext
from crm_desktop.models import lists, people
from crm_desktop.models.office import settings
from crm_desktop.store import file

__all__ = ["Item", "Section", "Today", "birthdays", "due", "next_contacts", "tone"]

SHOWN = 50
"""So many items of a section are told; `count` says how many there are."""
NEGLECTED_SHOWN = 20


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


_SEVERITY = {"urgent": 0, "major": 1}


def _complaints(today: date, owner: int | None) -> Section:
    """Open complaints, the most severe and then the oldest first."""
    own, whose = mine("owner", owner)
    open_ones = file.ask(f"SELECT id, severity, received_at FROM complaint WHERE closed_at IS NULL{own}", whose)
    open_ones.sort(key=lambda row: (_SEVERITY.get(row[1], 2), row[2]))
    ids = [i for i, _severity, _at in open_ones[:SHOWN]]
    found = rows_of(
        "SELECT c.id, k.id, k.name, c.code, c.description, c.severity, c.state, c.owner, c.solve_by, c.received_at"
        " FROM complaint c JOIN customer k ON k.id = c.customer",
        ids,
        "c.id",
    )
    items = [_complaint(found[i], today) for i in ids]
    return Section("complaints", _("Open complaints"), items, len(open_ones))


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


def _neglected(today: date, owner: int | None) -> Section:
    """Customers not contacted within the rhythm of their tier, the most neglected first."""
    late = contact_rhythm.not_contacted(today, owner, NEGLECTED_SHOWN)
    items = [
        Item("customer", one.id, one.id, one.name, one.text, people.name(one.owner), one.last, "overdue")
        for one in late
    ]
    count = contact_rhythm.count_not_contacted(today, owner)
    return Section("neglected", _("Not contacted in their rhythm"), items, count)
