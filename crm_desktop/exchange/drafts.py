"""Records as an import will leave them, before anything is written."""

from __future__ import annotations

import json
import marshal
import threading
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from crm_desktop import values
from crm_desktop.models import own_fields
from crm_desktop.models.base import Record
from crm_desktop.models.fields import Choice, CreditCode, Email, Field, Name, Person, Text, Url
from crm_desktop.models.manifold import Choices, People, Phones, Rows, Texts
from crm_desktop.models.office import User
from crm_desktop.store.record import Row

MULTI: Final = (Texts, Choices, People, Rows)


NO_CHANGES: Final[Mapping[str, Any]] = MappingProxyType({})
"""What most records of a long list hold, before anything is said of them and after it is put away: one for all."""


class Difference(NamedTuple):
    """One field of an existing record that a row changes (Python values)."""

    model: type[Record]
    field: str
    before: Any
    after: Any


class Draft:
    """A record as the import will leave it: a new one with its values, or an existing one with its changes."""

    __slots__ = ("before", "changes", "claimed", "id", "model", "new")

    def __init__(self, model: type[Record], record: int, new: bool, before: Row | Packed | None = None) -> None:
        self.model, self.id, self.new = model, record, new
        self.before: Row | Packed | None = before
        """Stored values: of an existing record as it is, of a new one what was put away by `pack`."""
        self.changes: Mapping[str, Any] = NO_CHANGES
        """What will be written: all values of a new record, the changed ones of an existing one."""
        self.claimed = False
        """A row has taken it over; before that a new one does not exist yet."""

    def own_changes(self) -> dict[str, Any]:
        """The changes, to add to them."""
        if self.changes is NO_CHANGES:
            self.changes = {}
        return self.changes  # type: ignore[return-value]  # the one for all is the only other kind

    def value(self, name: str) -> Any:
        """A value as it will be."""
        if name in self.changes:
            return self.changes[name]
        before = self._before()
        return self.model.described()[name].python_value(before[name]) if name in before else None

    def knows(self, columns: Iterable[str]) -> bool:
        """Whether the stored values of all these columns are at hand."""
        return self.before is not None and self._before().keys() >= {*columns}

    def _before(self) -> Row:
        """The stored values that are at hand."""
        return self.before.as_row() if isinstance(self.before, Packed) else self.before or {}

    def put(self, name: str, described: Field[Any], value: Any, again: bool = False) -> Difference | None:
        """Take a value from a row; `again` says that an earlier row spoke of the same record: its values stay."""
        if self.new and name not in self.changes and (self.before is None or name not in self._before()):
            self.own_changes()[name] = value
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
        self.own_changes()[name] = value
        return Difference(self.model, name, old, value)

    def pack(self) -> None:
        """Put the values of a new record away as they will be stored: a third of the memory, for a hundred thousand."""
        if self.new and self.before is None and self.model is not User:
            self.before, self.changes = Packed(self.stored()), NO_CHANGES

    def stored(self) -> Row:
        """What will be written, as the database holds it. What a cell was read as is clean already: cleaning it again
        would cost a tenth of the import.
        """
        fields, plain = self.model.described(), _plain(self.model)
        row: Row = dict(self._before()) if self.new else {}
        for name, value in self.changes.items():
            row[name] = value if type(value) is str and name in plain else fields[name].db_value(value)
        return row


class Packed(bytes):
    """A row that takes little room: its values, after the number of its columns, whose names all such rows share."""

    __slots__ = ()

    def __new__(cls, row: Row) -> Packed:
        at = _number_of(tuple(row))
        return super().__new__(cls, marshal.dumps(dict(row) if at is None else [at, *row.values()]))

    def as_row(self) -> Row:
        """Names and stored values."""
        held = marshal.loads(self)
        if isinstance(held, dict):
            return held
        at, *stored = held
        return dict(zip(_columns[at], stored, strict=True))


_numbers: Final[dict[tuple[str, ...], int]] = {}
_columns: Final[list[tuple[str, ...]]] = []
_MOST: Final = 2000
"""So many ways to be filled rows share names for; where each is filled otherwise, it keeps its own."""
_learning: Final = threading.Lock()


def _number_of(names: tuple[str, ...]) -> int | None:
    """The number of these names; None where too many are known already."""
    at = _numbers.get(names)
    if at is None:
        with _learning:
            at = _numbers.get(names)
            if at is None and len(_columns) < _MOST:
                at = len(_columns)
                _columns.append(names)
                _numbers[names] = at  # last: whoever sees the number finds its names
    return at


_AS_READ: Final = (Text, Name, Choice, Email, Url, CreditCode)


@own_fields.until_changed
def _plain(model: type[Record]) -> frozenset[str]:
    """The fields whose texts are stored as they are read."""
    return frozenset(name for name, field in model.described().items() if type(field) in _AS_READ)


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
    return all(_means(field.columns.get(name), one[name], other[name]) for name in one.keys() & other.keys())


def _means(column: Field[Any] | None, one: Any, other: Any) -> bool:
    """Whether two cells of rows say the same: a colleague may be told by name before being one."""
    return bool(one == other or (isinstance(column, Person) and column.show(one) == column.show(other)))
