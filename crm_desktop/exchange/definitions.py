"""What a workbook of the whole office tells of the office itself: colleagues, lists, own fields, settings, calendar.

These sheets are no lists of records: they are taken over at one's word (`take`), before the records are judged.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from crm_desktop.exchange import words
from crm_desktop.exchange.cells import reader
from crm_desktop.exchange.sheet import Sheet
from crm_desktop.exchange.sheet_columns import Column
from crm_desktop.i18n import N_
from crm_desktop.models import office, own_fields
from crm_desktop.models.base import Record
from crm_desktop.models.calendar import CalendarDay
from crm_desktop.models.fields import YesNo
from crm_desktop.models.office import SETTINGS, ListEntry, OwnField, Setting, User
from crm_desktop.models.service_rules import CHECKS
from crm_desktop.store import file
from crm_desktop.store.change import Change, Person, change

Told = dict[str, Any]
"""What a row of such a sheet says, by field."""
SHEETS: Final[dict[type[Record], str]] = {
    User: N_("Colleagues"),
    ListEntry: N_("Lists"),
    OwnField: N_("Own fields"),
    Setting: N_("Settings"),
    CalendarDay: N_("Calendar"),
}
"""What the sheets are called that tell of the office itself."""
_FIELDS: Final[dict[type[Record], tuple[str, ...]]] = {
    User: ("name", "email", "department", "role", "active"),
    ListEntry: ("list", "code", "zh", "en", "sort", "colour", "sign", "parent", "active", "words"),
    OwnField: ("of", "place", "label", "kind", "sort", "active"),
    Setting: ("name", "value"),
    CalendarDay: ("day", "kind", "name"),
}
_KEYS: Final[dict[type[Record], tuple[str, ...]]] = {
    User: ("name",),
    ListEntry: ("list", "code"),
    OwnField: ("of", "label"),
    Setting: ("name",),
    CalendarDay: ("day",),
}
"""By what a row is known again."""
_STAY: Final = ("place", "kind")
"""Of an own field that is there: what stands in it already stays where and what it is."""


class Definition(NamedTuple):
    """A row that says something else than the open file: `id` is that of the record there, None for a new one."""

    model: type[Record]
    id: int | None
    values: Told


def columns(model: type[Record]) -> list[Column]:
    """The columns of such a sheet."""
    return [Column(model, model, name) for name in _FIELDS[model]]


def written(model: type[Record]) -> list[int]:
    """The ids of what is written of a kind: of the settings those that are the office's."""
    ids = [i for (i,) in file.ask(f'SELECT id FROM "{model.table()}" ORDER BY id')]
    if model is not Setting:
        return ids
    return [i for i, name, value in file.ask("SELECT id, name, value FROM setting ORDER BY id") if _fits(name, value)]


def differing(sheets: Sequence[Sheet]) -> list[Definition]:
    """What these sheets say about the office that the open file does not."""
    found: dict[tuple[Any, ...], Definition] = {}
    for model in SHEETS:
        there = _there(model)
        kept = _STAY if model is OwnField else ()
        for told in _rows(sheets, model):
            key = (model, *(told[name] for name in _KEYS[model]))
            known = there.get(key[1:])
            if known is None or any(known[name] != value for name, value in told.items() if name not in kept):
                found[key] = Definition(model, known["id"] if known else None, told)
    return list(found.values())


def take(user: Person | None, wanted: Sequence[Definition]) -> int:
    """Write them as one change, whose number is returned. Raises UserError if an own field finds no room."""
    with change(user, N_("Take over lists and settings")) as c:
        for each in wanted:
            _write(c, each)
    return c.id


def _write(c: Change, wanted: Definition) -> None:
    model, values = wanted.model, dict(wanted.values)
    if model is OwnField and wanted.id:
        values = {name: value for name, value in values.items() if name not in _STAY}
    elif model is OwnField and any(
        (each.of, each.place) == (values["of"], values["place"]) for each in own_fields.stored()
    ):
        office.add_own_field(c, values["of"], values["label"], values["kind"])
        return
    c.save(model.get_row(wanted.id) if wanted.id else model, values)


def _there(model: type[Record]) -> dict[tuple[Any, ...], Told]:
    names = ("id", *_FIELDS[model])
    listed = ", ".join(f'"{name}"' for name in names)
    rows = (dict(zip(names, row, strict=True)) for row in file.ask(f'SELECT {listed} FROM "{model.table()}"'))
    return {tuple(row[name] for name in _KEYS[model]): row for row in rows}


def _rows(sheets: Sequence[Sheet], model: type[Record]) -> Iterator[Told]:
    for sheet in sheets:
        if model_of(sheet) is not model:
            continue
        readers = [_reader(model, cell) for cell in sheet.rows[0]]
        for row in sheet.rows[1:]:
            cells = [*row, *([None] * (len(readers) - len(row)))]
            read = [found(cell) for found, cell in zip(readers, cells, strict=False) if found]
            told = {name: value for name, value in read if value is not None}
            if all(told.get(name) not in (None, "") for name in _KEYS[model]) and _can_be(model, told):
                yield told


def _reader(model: type[Record], heading: Any) -> Callable[[Any], tuple[str, Any]] | None:
    """Reads the cells under a heading: the field, and its value as it is stored (None for nothing)."""
    name = next((n for n in _FIELDS[model] if heading in words.both(model.described()[n].label)), None)
    if name is None:
        return None
    field = model.described()[name]
    read = reader(field, "", lambda _name: 0, {}, {}, "")
    empty = 0 if isinstance(field, YesNo) else None
    return lambda cell: (name, empty if (value := read(cell).value) is None else field.db_value(value))


def model_of(sheet: Sheet) -> type[Record] | None:
    """What a sheet tells of the office, None for every other one."""
    model = next((model for model, title in SHEETS.items() if sheet.name in words.both(title)), None)
    if model is None or not sheet.rows or len(sheet.rows[0]) < 2:
        return None
    return model if all(_reader(model, heading) for heading in sheet.rows[0]) else None


def _can_be(model: type[Record], told: Told) -> bool:
    """Whether this version of the program knows such a thing."""
    if model is Setting:
        return _fits(told["name"], told.get("value", ""))
    if model is OwnField:
        kind = own_fields.KINDS.get(told.get("kind", ""))
        return kind is not None and told["of"] in own_fields.TABLES and told.get("place") in kind.columns
    return model is not ListEntry or file.one("SELECT 1 FROM choice WHERE list = ?", (told["list"],)) is not None


def _fits(name: str, value: str) -> bool:
    """Whether a setting is one of ours, holds what it should, and fits into a cell."""
    usual = [] if name.startswith(CHECKS) else SETTINGS.get(name)
    if usual is None or len(value) > 32_000:
        return False
    try:
        found = json.loads(value)
    except ValueError:
        return False
    numbers = isinstance(usual, int | float) and not isinstance(usual, bool)
    if numbers:
        return isinstance(found, int | float) and not isinstance(found, bool) and found >= 0
    return type(found) is type(usual)
