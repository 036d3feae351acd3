"""What every stored record answers to the store: its table, its links, what it derives, what it is found by."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any, ClassVar

import peewee

database = peewee.DatabaseProxy()

_MANY = 100

Row = dict[str, Any]
"""One row as the database holds it: column name to stored value."""
Together = Mapping[str, Sequence[Row]]
"""New rows that are written together, by table."""


class Table(peewee.Model):
    """A table of the customer file."""

    class Meta:
        database = database
        legacy_table_names = False


class Stored(Table):
    """A table whose rows carry time-ordered ids and are written only by a Change."""

    id = peewee.BigAutoField()

    links: ClassVar[dict[str, tuple[str, str]]] = {}
    """Column to (table it points to, what happens when that is deleted: "cascade" or "clear")."""
    searchable: ClassVar[bool] = False
    derives: ClassVar[bool] = False
    """Whether there is anything for `derive` to do."""
    wordless: ClassVar[frozenset[str]] = frozenset()
    """Tables from which few of the derived columns follow, and no words that records are found by."""
    derived: ClassVar[frozenset[str]] = frozenset()
    """Columns computed from other rows after a change; never typed, never logged."""

    @classmethod
    def table(cls) -> str:
        return str(cls._meta.table_name)

    @classmethod
    def columns(cls) -> list[str]:
        return list(cls._meta.fields)

    @classmethod
    def stored(cls, values: Mapping[Any, Any]) -> Row:
        """Python values, by field or its name, as the database holds them; an unknown name is a bug and raises
        KeyError.
        """
        fields = cls._meta.fields
        return {
            (name := key if isinstance(key, str) else key.name): fields[name].db_value(value)
            for key, value in values.items()
        }

    @classmethod
    @cache
    def blank(cls) -> Row:
        """Each column's stored default; not to be changed."""
        return {
            name: f.db_value(f.default() if callable(f.default) else f.default) for name, f in cls._meta.fields.items()
        }

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Any:
        """A record made from a stored row."""
        fields = cls._meta.fields
        record = cls()
        record.__data__.update({n: fields[n].python_value(value) for n, value in row.items() if n in fields})
        record.__dict__["_dirty"] = set()  # as stored: nothing is waiting to be saved
        return record

    @classmethod
    def complete(cls, rows: list[Row], user: int | None, now: str) -> None:
        """Fill what a new row gets by itself (number, defaults, who and when), in place."""

    @classmethod
    def mend(cls, before: Row, changes: Row, user: int | None, now: str) -> None:
        """Adjust the changed columns of one row before they are written, in place."""

    @classmethod
    def check(cls, row: Row, changed: Collection[str]) -> None:
        """Raise Invalid where a rule of the record is broken."""

    @classmethod
    def check_all(cls, rows: Sequence[Row]) -> None:
        """As `check` of every value of these new rows."""
        for row in rows:
            cls.check(row, row)

    @classmethod
    def affects(cls, rows: Sequence[Row]) -> dict[str, set[int]]:
        """Which records of other tables derive something from these rows: table to ids."""
        return {}

    @classmethod
    def derive(cls, ids: Sequence[int], fresh: Collection[int] = ()) -> None:
        """Recompute the derived columns of these records; `complete` has just filled in those of the `fresh` ones that
        follow from their own columns alone.
        """

    @classmethod
    def derive_less(cls, ids: Sequence[int]) -> None:
        """As `derive`, where only records of the tables `wordless` have changed."""

    @classmethod
    def hays(cls, ids: Sequence[int]) -> Iterable[tuple[int, str]]:
        """The search text of these records."""
        return []

    @classmethod
    def derive_together(cls, rows: Sequence[Row], together: Together) -> None:
        """As `derive` of new rows that are not written yet, in place: whatever hangs on them is among the rows that are
        written `together`.
        """

    @classmethod
    def hays_together(cls, rows: Sequence[Row], together: Together) -> Iterable[tuple[int, str]]:
        """As `hays` of such rows."""
        return []


def leaves(base: type[Table]) -> list[type[Table]]:
    """The tables made from a base class, without the base classes in between."""
    below = base.__subclasses__()
    return [leaf for cls in below for leaf in leaves(cls)] if below else [base]


@cache
def tables() -> dict[str, type[Stored]]:
    """All tables of records, by name; asked for the first time when all models have been imported."""
    return {cls.table(): cls for cls in leaves(Stored) if issubclass(cls, Stored)}


def children(table: str) -> list[tuple[type[Stored], str, str]]:
    """What points to this table, and what becomes of it: (model, column, "cascade" | "clear")."""
    return [
        (model, column, end)
        for model in tables().values()
        for column, (target, end) in model.links.items()
        if target == table
    ]


def chunks(items: Sequence[Any], size: int = 500) -> Iterable[Sequence[Any]]:
    """Slices that fit into one SQL statement's parameters."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def inserting(model: type[Stored], rows: Sequence[Row]) -> tuple[str, Iterable[tuple[Any, ...]]]:
    """The statement that inserts these rows, and its parameters; columns that are left out have their default.

    Of many rows, the columns nobody filled in stand in the statement: handing 60 empty ones over for each row costs a
    third of the time.
    """
    columns, defaults = model.columns(), model.blank()
    whole = itemgetter(*columns)
    values = [whole(row if len(row) == len(columns) else {**defaults, **row}) for row in rows]
    marks = ["?"] * len(columns)
    if len(values) >= _MANY:
        each = list(zip(*values, strict=True))
        for at, column in enumerate(columns):
            if each[at].count(defaults[column]) == len(values):
                marks[at] = _literal(defaults[column])
        values = list(zip(*(each[at] for at, mark in enumerate(marks) if mark == "?"), strict=True))
    names = ",".join(f'"{column}"' for column in columns)
    return f'INSERT INTO "{model.table()}" ({names}) VALUES ({",".join(marks)})', values


def _literal(value: Any) -> str:
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return "NULL" if value is None else str(value)
