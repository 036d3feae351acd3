"""Record: what customers, contact persons, interactions and complaints have in common."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, ClassVar, Final

import peewee

from crm_desktop.errors import UserError
from crm_desktop.i18n import N_, _
from crm_desktop.models import own_fields
from crm_desktop.models.fields import DateTime, Field, Link, Person
from crm_desktop.store import file, search
from crm_desktop.store.record import Row, Stored

_AT_ONCE: Final = 50
"""From so many new rows on, each column is judged by itself."""


class Invalid(UserError):
    """Values that break a field's rule: `problems` says which field (by name) and why."""

    def __init__(self, problems: dict[str, str]) -> None:
        self.problems = problems
        super().__init__(" ".join(problems.values()))


class _RecordMeta(peewee.ModelBase):
    """Tells the store which columns are links and which are derived, from the fields themselves."""

    def __init__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **kwargs: Any) -> None:  # noqa: N805
        super().__init__(name, bases, namespace, **kwargs)
        fields = cls._meta.fields  # type: ignore[attr-defined]
        cls.links = {n: (f.target, f.end) for n, f in fields.items() if isinstance(f, Link)}
        computed = {n for n, f in fields.items() if isinstance(f, Field) and f.computed}
        cls.derived = frozenset(computed - cls.kept)  # type: ignore[attr-defined]


class Record(Stored, metaclass=_RecordMeta):
    """A record people see: described fields, sections for its form, who made and changed it when."""

    title: ClassVar[str] = ""
    """What one such record is called (msgid)."""
    sections: ClassVar[Sequence[tuple[str, Sequence[str]]]] = ()
    """The groups of its form: (title msgid, field names)."""
    kept: ClassVar[frozenset[str]] = frozenset({"code", "created_at", "created_by", "updated_at", "updated_by"})
    """Computed columns that are set once by the writing itself and therefore logged."""
    by_steps: ClassVar[frozenset[str]] = frozenset()
    """Fields that follow from the steps of a course: no form and no change of many records sets them."""

    created_at = DateTime(N_("Created"), computed=True)
    created_by = Person(N_("Created by"), computed=True)
    updated_at = DateTime(N_("Last changed"), computed=True)
    updated_by = Person(N_("Last changed by"), computed=True)

    @classmethod
    @own_fields.until_changed
    def described(cls) -> dict[str, Field[Any]]:
        """The described fields by name, in the order of declaration; then the office's own ones."""
        declared = {
            name: field
            for name, field in cls._meta.fields.items()
            if isinstance(field, Field) and name not in own_fields.SPARE
        }
        return declared | {each.place: own_fields.field(each, cls) for each in own_fields.of(cls.table())}

    @classmethod
    def field(cls, name: str) -> Field[Any]:
        """A field by name: also an own one that was hidden while a window still showed it."""
        found: Field[Any] = cls.described().get(name) or cls._meta.fields[name]
        return found

    @classmethod
    def groups(cls) -> list[tuple[str, Sequence[str]]]:
        """The groups of its form: the declared sections (title msgid, field names), then the office's own fields."""
        own = tuple(each.place for each in own_fields.of(cls.table()))
        return [*cls.sections, *([(N_("Own fields"), own)] if own else [])]

    @classmethod
    def typed(cls) -> dict[str, Field[Any]]:
        """The fields people fill in."""
        return {name: field for name, field in cls.described().items() if not field.computed}

    def values(self) -> dict[str, Any]:
        """The values people filled in, empty ones left out."""
        return {n: v for n, f in self.typed().items() if not f.is_empty(v := getattr(self, n))}

    def shown(self, field: Field[Any] | str) -> str:
        """A field of this record as people read it."""
        name = field if isinstance(field, str) else field.name
        return self.described()[name].show(getattr(self, name))

    @classmethod
    def get_row(cls, record_id: int) -> Any:
        """The record of that id, or None."""
        row = file.rows(cls.table(), [record_id]).get(record_id)
        return None if row is None else cls.from_row(row)

    @classmethod
    def complete(cls, rows: list[Row], user: int | None, now: str) -> None:
        blank = cls.blank()
        for at, given in enumerate(rows):
            rows[at] = row = {**blank, **given}
            row["created_at"] = row["created_at"] or now
            row["created_by"] = row["created_by"] or user
            row["updated_at"], row["updated_by"] = row["created_at"], row["created_by"]

    @classmethod
    def mend(cls, before: Row, changes: Row, user: int | None, now: str) -> None:
        changes["updated_at"], changes["updated_by"] = now, user

    @classmethod
    def check(cls, row: Row, changed: Collection[str]) -> None:
        problems = cls.problems(row, changed)
        if problems:
            raise Invalid(problems)

    @classmethod
    def check_all(cls, rows: Sequence[Row]) -> None:
        if len(rows) < _AT_ONCE:
            super().check_all(rows)
            return
        for name, field in cls._ruled():  # column by column: what many rows say is looked at once
            said = {row[name] for row in rows}
            if type(field).is_empty is Field.is_empty and type(field).check is Field.check:
                said &= _NOTHING  # only needed: whatever it is
            if any(_problem(field, value) for value in said):
                super().check_all(rows)

    @classmethod
    def problems(cls, row: Row, changed: Collection[str]) -> dict[str, str]:
        """What is wrong with the changed fields of a stored row: field name to sentence."""
        found: dict[str, str] = {}
        for name, field in cls._ruled():
            if name not in changed:
                continue
            reason = _problem(field, row[name])
            if reason:
                found[name] = reason
        return found

    @classmethod
    @own_fields.until_changed
    def _ruled(cls) -> list[tuple[str, Field[Any]]]:
        """The fields that can be wrong: required ones, and those with a rule (which all accept "nothing")."""
        return [(n, f) for n, f in cls.described().items() if f.required or type(f).check is not Field.check]


_NOTHING: Final = frozenset([None, "", "[]"])
"""What is stored where nothing was said."""


def _problem(field: Field[Any], raw: Any) -> str:
    """What is wrong with a stored value."""
    if raw in _NOTHING:
        return _("{label} is needed.").format(label=_(field.label)) if field.required else ""
    value = field.python_value(raw)
    if field.required and field.is_empty(value):
        return _("{label} is needed.").format(label=_(field.label))
    try:
        field.check(value)
    except UserError as error:
        return str(error)
    return ""


class Extended(Record):
    """A record with room for fields of the office's own: columns that stay empty until the office names them."""

    x1, x2, x3, x4, x5, x6, x7, x8, x9, x10 = (own_fields.SpareText() for _n in range(10))
    x11, x12, x13, x14, x15, x16, x17, x18, x19, x20 = (own_fields.SpareText() for _n in range(10))
    n1, n2, n3, n4, n5, n6, n7, n8, n9, n10 = (own_fields.SpareNumber() for _n in range(10))

    @classmethod
    @own_fields.until_changed
    def columns(cls) -> list[str]:
        free = own_fields.free(cls.table())
        return [name for name in super().columns() if name not in free]

    @classmethod
    @own_fields.until_changed
    def blank(cls) -> Row:  # type: ignore[override]  # one remembers for ever, the other for as long as it is true
        free = own_fields.free(cls.table())
        return {name: value for name, value in super().blank().items() if name not in free}


def search_text(
    model: type[Record],
    row: Row,
    more_names: Iterable[str] = (),
    more_digits: Iterable[str] = (),
    more_texts: Iterable[str] = (),
    fields: Mapping[str, Field[Any]] | None = None,
) -> str:
    """The search text of a stored row: every field that says how it is searched, or those of them that can have
    something in them.
    """
    texts = list(more_texts)
    names = list(more_names)
    digits = list(more_digits)
    for name, field in (searched(model) if fields is None else fields).items():
        raw = row[name]
        if not raw or raw == "[]":
            continue
        value = field.python_value(raw)
        if field.search == "name":
            names += value if isinstance(value, list) else [value]
        elif field.search == "digits":
            digits += [row.get("number", "") for row in value] if isinstance(value, list) else [value]
        else:
            texts += field.words(value)
    return search.hay(texts, names, digits)


@own_fields.until_changed
def searched(model: type[Record]) -> dict[str, Field[Any]]:
    """The fields a record is found by."""
    return {name: field for name, field in model.described().items() if field.search}


def next_code(name: str, pattern: str, table: str, count: int = 1, brought: Collection[str] = ()) -> list[str]:
    """The next `count` numbers of a series such as C-2026-0001; numbers somebody typed or `brought` are passed over.

    The series lives in the customer file, so that a number is never given twice, not even after an undo.
    """
    last = file.one("SELECT last FROM counter WHERE name = ?", (name,)) or 0
    codes: list[str] = []
    while len(codes) < count:
        wanted = [pattern.format(last + n) for n in range(1, min(count - len(codes), 500) + 1)]
        last += len(wanted)
        marks = ",".join("?" * len(wanted))
        taken = {code for (code,) in file.ask(f'SELECT code FROM "{table}" WHERE code IN ({marks})', wanted)}
        codes += [code for code in wanted if code not in taken and code not in brought]
    file.ask(
        "INSERT INTO counter (name, last) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET last = excluded.last",
        (name, last),
    )
    return codes


def give_codes(rows: list[Row], table: str, letter: str, now: str, when: str = "") -> None:
    """Number the new rows that have no number yet, by the year in the column `when`, else of `now`."""
    nameless: dict[str, list[Row]] = {}
    for row in rows:
        if not row.get("code"):
            nameless.setdefault((row.get(when) or now)[:4], []).append(row)
    brought = {row["code"] for row in rows if row.get("code")}
    for year, these in nameless.items():
        codes = next_code(f"{table}-{year}", f"{letter}-{year}-{{:04d}}", table, len(these), brought)
        for row, code in zip(these, codes, strict=True):
            row["code"] = code
