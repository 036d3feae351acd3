"""Two customers, or two contact persons, side by side before they become one: what each says, what hangs on each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from crm_desktop import joined_fields
from crm_desktop.i18n import _
from crm_desktop.models import Contact, Customer, Position, Record, people
from crm_desktop.store import file
from crm_desktop.store.change import Gone
from crm_desktop.store.record import children


class Side(NamedTuple):
    """One of the two, and how much hangs on it."""

    id: int
    code: str
    """Its number; of a contact person the customers."""
    name: str
    owner: str
    counts: dict[str, int]
    """How many records of each table hang on it: whatever kinds there are; with contact persons, or with customers."""


class Sides(NamedTuple):
    """Two records of one kind side by side."""

    model: type[Record]
    keep: Side
    other: Side
    fields: list[Shown]


class Shown(NamedTuple):
    """One field of both, in words."""

    compared: joined_fields.Compared
    left: str
    right: str
    both: str


def side_by_side(keep: int, other: int, model: type[Record] = Customer) -> Sides:
    """Two records for a choice; Gone when one of them is no longer there."""
    mine, theirs = _both(keep, other, model)
    known = model.described()
    fields = [
        Shown(it, *(joined_fields.in_words(known[it.name], value) for value in (it.left, it.right, it.both)))
        for it in joined_fields.compare(mine, theirs)
    ]
    return Sides(model, _side(mine), _side(theirs), fields)


def chosen(keep: int, other: int, picks: Mapping[str, str], model: type[Record] = Customer) -> dict[str, Any]:
    """What fields (by name) become of which a side was picked, by what the two say now: for a merge, in its change."""
    compared = {it.name: it for it in joined_fields.compare(*_both(keep, other, model))}
    taken = {name: compared[name].taken(side) for name, side in picks.items() if name in compared}
    return {name: value for name, value in taken.items() if value is not None or picks[name] != joined_fields.BOTH}


def gone() -> Gone:
    """One of two that should become one is not there."""
    return Gone(_("One of the two was deleted in the meantime. Look again."))


def _both(keep: int, other: int, model: type[Record]) -> tuple[Any, Any]:
    mine, theirs = model.get_row(keep), model.get_row(other)
    if mine is None or theirs is None:
        raise gone()
    return mine, theirs


def _side(record: Any) -> Side:
    across = "contact" if isinstance(record, Customer) else "customer"
    counts: dict[str, int] = {}
    for child, column, _end in children(type(record).table()):
        if child is not type(record):
            table = across if child is Position else child.table()
            counts[table] = int(file.one(f'SELECT count(*) FROM "{child.table()}" WHERE "{column}" = ?', (record.id,)))
    if not isinstance(record, Contact):
        return Side(record.id, record.code, record.name, people.name(record.owner), counts)
    customers = file.ask(
        'SELECT k.name FROM position p JOIN customer k ON k.id = p.customer WHERE p.contact = ? ORDER BY p."left",'
        ' p."primary" DESC, p.id',
        (record.id,),
    )
    return Side(record.id, _(", ").join(name for (name,) in customers), record.name, "", counts)
