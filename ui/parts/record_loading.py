"""Reads one record with the names of what it points to, and how actions on it are called in the log."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

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
