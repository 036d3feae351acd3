"""A cell to a field's value: what was read, how odd values were understood, and what fits nowhere but is not lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, NamedTuple

from crm_desktop import values
from crm_desktop.errors import UserError
from crm_desktop.exchange import words
from crm_desktop.exchange.reading import Cell
from crm_desktop.i18n import _
from crm_desktop.models import lists
from crm_desktop.models.fields import (
    Choice,
    CreditCode,
    Date,
    DateTime,
    Field,
    Integer,
    Link,
    LongText,
    Money,
    Person,
    Text,
    _Checked,
)
from crm_desktop.models.manifold import Choices, People, PhoneNumber, Phones, Rows, Texts
from crm_desktop.values import Reading

Who = Callable[[str], int]
"""Gives the id of a colleague by name, writing down a new one if need be."""

MANY: Final = 4000  # a column with more different texts than this is not worth remembering
_MOBILE: Final = re.compile(r"1[3-9]\d{9}")
_DAY: Final = re.compile(r"((?:19|20)\d\d)[-./年](\d{1,2})[-./月](\d{1,2})日?", re.ASCII)
_CODED: Final = re.compile(r"(.*) \(([\w.\-]+)\)")
_QUOTED: Final = re.compile(r'"([^"]*)"')
_ENTRY: Final = re.compile(r'\s*"([^"]*)"\s*(?=[、，,;；/\n]|$)|([^、，,;；/\n]+)')


class Read(NamedTuple):
    """What a cell says: its value (None for nothing), a note for the preview, and the words no field could take."""

    value: Any
    note: str | None = None
    lost: str | None = None


NOTHING: Final = Read(None)


def reader(field: Field[Any], unit: str, who: Who, seen: dict[Any, Read] | None = None) -> Callable[[Cell], Read]:
    """A function that reads one column's cells and notes in `seen` what texts say; what it cannot read is `lost`."""
    read = _reader_of(field, unit, who)
    checked = isinstance(field, Integer | Rows | CreditCode) and not isinstance(field, Phones)
    seen = {} if seen is None else seen

    def cached(cell: Cell) -> Read:
        if cell is None:
            return NOTHING
        if type(cell) is str:
            found = seen.get(cell)
            if found is not None:
                return found
        try:
            result = read(cell)
            if checked and result.value is not None:
                field.check(result.value)
        except UserError as error:
            result = Read(None, str(error), _text(cell))
        if type(cell) is str and len(seen) < MANY:
            seen[cell] = result
        return result

    return cached


def time_reader(cell: Cell) -> Read:
    """Reads a column with the time of day beside a column with the day."""
    try:
        if isinstance(cell, str) and len(cell) > 8:  # Excel's times come as 14:30:00, or with a day nobody meant
            cell = cell.split(" ")[-1]
        found = None if cell is None else values.read_time(cell).value
    except UserError as error:
        return Read(None, str(error), _text(cell))
    return Read(found if len(found) == 8 else f"{found}:00") if found else NOTHING


def _reader_of(field: Field[Any], unit: str, who: Who) -> Callable[[Cell], Read]:
    if isinstance(field, Phones):
        return lambda cell: _phones(field, cell)
    if isinstance(field, Rows):
        return lambda cell: _rows(field, cell)
    if isinstance(field, Person):
        return lambda cell: _person(cell, who)
    if isinstance(field, People):
        return lambda cell: _made([who(name) for name in values.read_list(_text(cell)).value])
    if isinstance(field, Money):
        return lambda cell: _money(cell, unit)
    if isinstance(field, DateTime):
        return lambda cell: _from(field.read(cell))
    if isinstance(field, Date):
        return lambda cell: _date(field, cell)
    if isinstance(field, Choice):
        return lambda cell: _choice(field, cell)
    if isinstance(field, Choices):
        return lambda cell: _choices(field, cell)
    if isinstance(field, Texts):
        return lambda cell: _made(_entries(_text(cell)))
    if isinstance(field, LongText):
        return lambda cell: _made("" if values.is_blank(cell) else values.clean(_text(cell), lines=True))
    if type(field) is Text and field.name == "region":
        return _region
    if isinstance(field, Link):
        return _line
    if isinstance(field, Text) and not isinstance(field, _Checked | PhoneNumber) and type(field).read is Field.read:
        return _line
    return lambda cell: _from(field.read(cell))


def _text(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes")
    return cell if isinstance(cell, str) else values.as_text(cell)


def _made(value: Any) -> Read:
    return Read(value) if value else NOTHING


def _from(reading: Reading) -> Read:
    return NOTHING if reading.value in ("", None) else Read(reading.value, reading.note)


def _line(cell: Cell) -> Read:
    text = cell if type(cell) is str else _text(cell)
    if len(text) < 9 and values.is_blank(text):
        return NOTHING
    return _made(values.clean(text))


def _region(cell: Cell) -> Read:
    text = _line(cell).value
    found = values.read_region(text) if text else None
    rest = re.sub(r"[\s/\-·]", "", text or "")
    return Read(found.value) if found and len(rest) <= len(found.value.replace(" ", "")) else _made(text)


def _person(cell: Cell, who: Who) -> Read:
    names = [name for name in values.read_list(_text(cell)).value if name]
    if not names:
        return NOTHING
    if len(names[0]) > 30 or re.search(r"\d{3}|@", names[0]):
        raise UserError(_("“{text}” is not the name of a colleague.").format(text=names[0]))
    lost = "、".join(names[1:]) or None
    note = _("Only one colleague fits here: {name}.").format(name=names[0]) if lost else None
    return Read(who(names[0]), note, lost)


def _date(field: Date, cell: Cell) -> Read:
    if type(cell) is date:
        return Read(cell.isoformat())
    plain_day = _DAY.fullmatch(cell) if type(cell) is str else None
    if plain_day:  # what most cells look like, read without trying everything else
        try:
            iso = date(int(plain_day[1]), int(plain_day[2]), int(plain_day[3])).isoformat()
        except ValueError:
            return _from(field.read(cell))
        return Read(iso, None if iso == cell else f"{cell} → {iso}")
    return _from(field.read(cell))


def _money(cell: Cell, unit: str) -> Read:
    if type(cell) is int and not unit:
        return Read(cell * 100)
    if type(cell) is float and not unit and abs(cell) < 1e13:
        return Read(int((Decimal(repr(cell)) * 100).to_integral_value("ROUND_HALF_UP")))
    return _from(values.read_money(cell, unit))


def _choice(field: Choice, cell: Cell) -> Read:
    text = values.clean(_text(cell))
    coded = _CODED.fullmatch(text)
    if coded and lists.entry(field.list_name, coded[2]):
        return Read(coded[2])
    if code := lists.find(field.list_name, text):  # before asking whether it is blank: 未知 can be an entry
        return Read(code)
    try:
        return _from(lists.read(field.list_name, text))
    except UserError:
        return Read(None, _("“{text}” is not in the list {list}.").format(text=text, list=_(field.label)), text)


def _choices(field: Choices, cell: Cell) -> Read:
    text = values.clean(_text(cell))
    entries = _entries(text) if _QUOTED.search(text) or lists.find(field.list_name, text) is None else [text]
    found = [(entry, _choice_code(field.list_name, entry)) for entry in entries]
    unknown = [entry for entry, code in found if code is None]
    codes = [code for _entry, code in found if code is not None]
    if not unknown:
        return _made(codes)
    note = _("“{text}” is not in the list {list}.").format(text="、".join(unknown), list=_(field.label))
    return Read(codes or None, note, "、".join(unknown))


def _choice_code(list_name: str, text: str) -> str | None:
    coded = _CODED.fullmatch(text)
    if coded and lists.entry(list_name, coded[2]):
        return coded[2]
    if code := lists.find(list_name, text):
        return code
    try:
        return str(lists.read(list_name, text).value) or None
    except UserError:
        return None


def _entries(text: str) -> list[str]:
    """The entries of a cell; one that holds a comma itself stands in quotation marks, as our export writes it."""
    found = [
        [values.clean(each[1])] if each[1] is not None else values.read_list(each[2]).value
        for each in _ENTRY.finditer(text)
    ]
    return list(dict.fromkeys(entry for entries in found for entry in entries if entry))


def _phones(field: Phones, cell: Cell) -> Read:
    if type(cell) is int:
        cell = str(cell)
    if type(cell) is str and len(cell) == 11 and _MOBILE.fullmatch(cell):
        return Read([{"number": cell, "type": "mobile"}])
    text = _text(cell)
    if "[" in text:
        lines = [_row(field, line) for line in text.split("\n")]
        if all(line is not None for line in lines):
            return Read(lines)
    found = values.read_phones(cell)
    return _from(found) if found.value else NOTHING


def _rows(field: Rows, cell: Cell) -> Read:
    """Rows one under the other; what follows in brackets are the other columns, as our export writes them."""
    found = []
    for line in re.split(r"\n|[；;](?![^\[]*\])", _text(cell)):
        if values.is_blank(line):
            continue
        row = _row(field, values.clean(line))
        if row:
            found.append(row)
    return _made(found)


def _row(field: Rows, line: str) -> dict[str, Any] | None:
    first, *others = field.columns
    head, tail = line, {}
    for start in (found.start() for found in re.finditer(r"\[", line)):
        parts = _parts(field, line[start + 1 : -1]) if line.endswith("]") else None
        if parts is not None:
            head, tail = line[:start].rstrip(), parts
            break
    if head:
        try:
            if isinstance(field, Phones):
                phones = values.read_phones(head).value
                return {**phones[0], **tail} if len(phones) == 1 else None
            value = field.columns[first].read(head).value
            return {first: value, **tail}
        except UserError:
            free = next((name for name in others if type(field.columns[name]) is Text), first)
            return {free: head, **tail}
    return tail or None


def _parts(field: Rows, text: str) -> dict[str, Any] | None:
    """The columns within brackets, "Type: Office; Postcode: 361000"; None if these are not columns of ours."""
    labels = {words.key(label): name for name, column in field.columns.items() for label in words.both(column.label)}
    found: dict[str, str] = {}
    name = ""
    for piece in text.split("; "):
        label, colon, value = piece.partition(": ")
        if colon and words.key(label) in labels:
            name = labels[words.key(label)]
            found[name] = value
        elif name:
            found[name] += f"; {piece}"
        else:
            return None
    row = {}
    for name, written in found.items():
        column = field.columns[name]
        try:
            row[name] = (
                _choice_code(column.list_name, written) if isinstance(column, Choice) else column.read(written).value
            )
        except UserError:
            return None
    return row
