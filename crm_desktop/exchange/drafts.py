"""Records as an import will leave them, before anything is written."""

from __future__ import annotations

import json
from typing import Any, Final, NamedTuple

from crm_desktop import values
from crm_desktop.models.base import Record
from crm_desktop.models.fields import Choice, Field
from crm_desktop.models.manifold import Choices, People, Phones, Rows, Texts
from crm_desktop.store.record import Row

MULTI: Final = (Texts, Choices, People, Rows)


class Difference(NamedTuple):
    """One field of an existing record that a row changes (Python values)."""

    model: type[Record]
    field: str
    before: Any
    after: Any


class Draft:
    """A record as the import will leave it: a new one with its values, or an existing one with its changes."""

    __slots__ = ("before", "changes", "claimed", "id", "model", "new", "owner")

    def __init__(self, model: type[Record], record: int, new: bool, before: Row | None = None) -> None:
        self.model, self.id, self.new = model, record, new
        self.before: Row | None = before
        self.changes: dict[str, Any] = {}
        """What will be written: all values of a new record, the changed ones of an existing one."""
        self.claimed = False
        """A row has taken it over; before that a new one does not exist yet."""
        self.owner: Draft | None = None
        """The contact person a position belongs to."""

    def value(self, name: str) -> Any:
        """A value as it will be."""
        if name in self.changes:
            return self.changes[name]
        if self.before is not None and name in self.before:
            return self.model.described()[name].python_value(self.before[name])
        return None

    def put(self, name: str, described: Field[Any], value: Any, again: bool = False) -> Difference | None:
        """Take a value from a row; `again` says that an earlier row spoke of the same record: its values stay."""
        if self.new and name not in self.changes:
            self.changes[name] = value
            return Difference(self.model, name, described.empty, value)
        old = self.value(name)
        if isinstance(described, MULTI) and old:
            value = merged(described, old, value)
        elif again and not described.is_empty(old):
            return None
        if described.db_value(value) == described.db_value(old):
            return None
        if isinstance(described, Choice) and described.show(value) == described.show(old):
            return None  # two entries of a list may be called the same: what is there says more than the label
        self.changes[name] = value
        return Difference(self.model, name, old, value)


def merged(field: Field[Any], old: Any, new: Any) -> Any:
    """Lists of an existing record and of a row put together; rows with the same first column are one."""
    if not isinstance(field, Rows):
        return [*old, *(entry for entry in new if entry not in old)]
    first = next(iter(field.columns))
    rows = [dict(row) for row in old]
    for row in json.loads(field.db_value(new)):
        same = next((each for each in rows if _same(field, each, row, first)), None)
        if same is None:
            rows.append(row)
        else:
            same.update({name: value for name, value in row.items() if not same.get(name)})
    return rows


def _same(field: Rows, one: dict[str, Any], other: dict[str, Any], first: str) -> bool:
    mine, theirs = one.get(first, ""), other.get(first, "")
    if isinstance(field, Phones):
        return bool(mine == theirs or values.phone_digits(mine) == values.phone_digits(theirs))
    if mine != theirs:
        return False
    return all(one[name] == other[name] for name in one.keys() & other.keys())
