"""Reads one record with the names of what it points to, and how actions on it are called in the log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from crm_desktop.i18n import N_, _
from crm_desktop.models import Record
from crm_desktop.models.fields import Link
from ui.parts import links

ACTIONS = {
    "customer": (N_("New customer"), N_("Edit customer")),
    "contact": (N_("New contact person"), N_("Edit contact person")),
    "position": (N_("New position"), N_("Edit position")),
    "interaction": (N_("Write down a contact"), N_("Edit contact record")),
    "complaint": (N_("New complaint"), N_("Edit complaint")),
    "feedback": (N_("New feedback"), N_("Edit feedback")),
    "service_request": (N_("New service request"), N_("Edit service request")),
    "service_note": (N_("New reusable solution"), N_("Edit reusable solution")),
    "survey_run": (N_("Start a survey"), N_("Edit survey")),
    "user": (N_("New colleague"), N_("Edit colleague")),
}
"""Per table: what making and changing a record is called (msgids)."""


@dataclass(frozen=True)
class Loaded:
    """A record, and what the records it points to are called."""

    record: Record
    titles: dict[int, str] = field(default_factory=dict)


def load(model: type[Record], id: int) -> Loaded | None:
    """The record of that id with its titles, or None when it is gone; in the store thread."""
    record = model.get_row(id)
    if record is None:
        return None
    wanted: dict[str, list[int]] = defaultdict(list)
    for name, described in model.described().items():
        value = getattr(record, name)
        if isinstance(described, Link) and value is not None:
            wanted[described.target].append(value)
    titles: dict[int, str] = {}
    for table, ids in wanted.items():
        titles |= links.titles(table, ids)
    return Loaded(record, titles)


def called(record: Record) -> str:
    """What a record is called: its name, else its number, else its kind."""
    return str(getattr(record, "name", "") or getattr(record, "code", "") or _(record.title))


def changed_fields(before: Record, after: Record) -> list[str]:
    """What the fields are called in which two states of a record differ."""
    return [_(f.label) for n, f in after.typed().items() if f.label and getattr(before, n) != getattr(after, n)]


def changed_meanwhile(before: Record, ours: Mapping[str, Any]) -> list[str]:
    """What the fields are called that a colleague changed since we read the record, and we do not; in the store thread.

    Asked in the transaction that saves ours: nobody can come between.
    """
    now = type(before).get_row(before.id)
    described = before.typed()
    theirs = [n for n in described if now is not None and n not in ours and getattr(before, n) != getattr(now, n)]
    return [_(described[n].label) for n in theirs if described[n].label]


def saved_in_words(after: Record, theirs: Sequence[str]) -> str:
    """That it is saved, and which fields a colleague saved meanwhile stand beside it."""
    text = _("Saved: {name}.").format(name=called(after))
    if theirs:
        kept = _("What a colleague changed meanwhile is kept, too: {fields}.").format(fields=_(", ").join(theirs))
        text = f"{text} {kept}"
    return text
