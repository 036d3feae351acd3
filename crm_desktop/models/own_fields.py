"""Fields of the office's own: a table says which there are, their values lie in spare columns of the records.

Spare columns instead of one bag of values: so the log, undo, conflicts, merging, lists, search, import and export know
an own field exactly as they know any other, field by field.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import Any, Final, NamedTuple, TypeVar

from crm_desktop import values
from crm_desktop.i18n import N_
from crm_desktop.models.fields import Date, Field, LongText, Number, Text
from crm_desktop.store import file

TEXTS: Final = tuple(f"x{n}" for n in range(1, 21))
NUMBERS: Final = tuple(f"n{n}" for n in range(1, 11))
SPARE: Final = (*TEXTS, *NUMBERS)
"""The columns that every kind of record with own fields has, used or not."""
TABLES: Final = ("customer", "contact", "interaction", "complaint", "service_request", "feedback")
"""The kinds of record that can have own fields."""

_NUMBER: Final = re.compile(r"-?(?:0|[1-9]\d{0,9})(?:\.\d+)?")
_DAY: Final = re.compile(r"(?:19|20)\d\d[-./年]\d{1,2}[-./月]\d{1,2}日?")
F = TypeVar("F", bound=Callable[..., Any])


class Kind(NamedTuple):
    """What an own field can hold: what it is called (msgid), the field it is, and the columns its values lie in."""

    label: str
    field: type[Field[Any]]
    columns: tuple[str, ...]


KINDS: Final[dict[str, Kind]] = {
    "text": Kind(N_("Text"), Text, TEXTS),
    "long": Kind(N_("Text of several lines"), LongText, TEXTS),
    "number": Kind(N_("Number to calculate with"), Number, NUMBERS),
    "date": Kind(N_("Date"), Date, TEXTS),
}


class Definition(NamedTuple):
    """One own field."""

    id: int
    of: str
    """The table of the records that have it."""
    place: str
    """The column its values lie in."""
    label: str
    kind: str
    sort: int
    active: bool


class SpareText(LongText):
    """Room for a text, a date or whatever is written as one; nothing is NULL, so that unused room costs next to nothing."""

    empty = None  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__("")

    def db_value(self, value: Any) -> Any:
        return super().db_value(value) or None


class SpareNumber(Number):
    """Room for a number."""

    def __init__(self) -> None:
        super().__init__("")


_defined: dict[str, dict[str, Definition]] = {}
_asked: list[Any] = []


def until_changed(function: F) -> F:
    """Remember the answers of a function for as long as the own fields stay what they are."""
    remembering: Any = cache(function)
    _asked.append(remembering)
    return remembering  # type: ignore[no-any-return]


def reload() -> None:
    """Read the own fields of the open file into memory."""
    global _defined
    found: dict[str, dict[str, Definition]] = {table: {} for table in TABLES}
    for definition in stored():
        if definition.kind in KINDS:
            found[definition.of][definition.place] = definition
    if found != _defined:
        _defined = found
        for each in _asked:
            each.cache_clear()


def stored() -> list[Definition]:
    """The own fields as they stand in the open file, also those of the change that is being written."""
    sql = 'SELECT id, "of", place, label, kind, sort, active FROM own_field ORDER BY sort, id'
    return [Definition(*row) for row in file.ask(sql)]


def of(table: str, *, inactive: bool = False) -> list[Definition]:
    """The own fields of a kind of record, in the office's order."""
    return [each for each in _defined.get(table, {}).values() if each.active or inactive]


def free(table: str) -> frozenset[str]:
    """The spare columns of a table that no own field uses."""
    return frozenset(SPARE) - _defined.get(table, {}).keys()


def field(definition: Definition, model: Any) -> Field[Any]:
    """The described field an own field is."""
    made = KINDS[definition.kind].field(definition.label, search="text" if definition.place in TEXTS else "", width=14)
    made.empty = None
    made.bind(model, definition.place, False)
    return made


def guess(cells: Sequence[Any]) -> str:
    """The kind of own field that holds these cells of a sheet as they are meant."""
    filled = [cell for cell in cells if not values.is_blank(cell)]
    if filled and all(_is_number(cell) for cell in filled):
        return "number"
    if filled and all(isinstance(cell, date) or _DAY.fullmatch(str(cell).strip()) for cell in filled):
        return "date"
    return "long" if any("\n" in str(cell) or len(str(cell)) > 60 for cell in filled) else "text"


def _is_number(cell: Any) -> bool:
    """A number one could add up: 007 and a mobile number are names."""
    return not isinstance(cell, bool | date) and _NUMBER.fullmatch(str(cell).strip()) is not None


file.opened.append(reload)
