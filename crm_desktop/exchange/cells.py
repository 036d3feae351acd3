"""A cell to a field's value: what was read, how odd values were understood, and what fits nowhere but is not lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial
from typing import Any, Final

from crm_desktop import values
from crm_desktop.errors import UserError
from crm_desktop.exchange import words
from crm_desktop.exchange.choice_cells import choice_code, entries, read_choice, read_choices
from crm_desktop.exchange.read_cells import (
    AREA,
    AS_ABOVE,
    NOTHING,
    Read,
    Ways,
    is_ditto,
    made,
    read_birthday,
    read_day,
    read_money,
    taken,
    text_of,
)
from crm_desktop.exchange.reading import Cell
from crm_desktop.i18n import _
from crm_desktop.models.fields import (
    Birthday,
    Choice,
    CreditCode,
    Date,
    Email,
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
from crm_desktop.values.text import BLANK_STARTS

_ONE_LINE: Final = re.compile(r"[\n；;\[]")
Who = Callable[[str], int]
"""Gives the id of a colleague by name, writing down a new one if need be."""

MANY: Final = 4000  # a column with more different texts than this is not worth remembering
_LUNAR: Final = re.compile("农历|农曆|阴历|旧历|lunar", re.I)
_SPACED: Final = re.compile("[\u3400-\u9fff](?: [\u3400-\u9fff]){1,3}")
"""张 三, set apart so that it is as wide as a name of three characters."""
_CLOCK: Final = re.compile(r"(\d{1,2}):(\d\d):(\d\d)", re.ASCII)
_SPOKEN: Final = re.compile(
    r"(?:(\d{1,3})\s*(?:小时|时|h))?\s*(?:(\d{1,4})\s*(?:分钟?|min|m))?\s*(?:(\d{1,5})\s*(?:秒|s))?", re.I
)
_SECONDS: Final = re.compile("秒|s", re.I)
_MOBILE: Final = re.compile(r"1[3-9]\d{9}", re.ASCII)
_GROUPED: Final = re.compile(r"1[3-9]\d([ -])\d{4}\1\d{4}", re.ASCII)
_SIGNS: Final = "0-9A-Za-z\u4e00-\u9fa5"
_STANDS: Final = re.compile(f"(?![{BLANK_STARTS}dD同])[{_SIGNS}][{_SIGNS}_（）()·、，。：；.&+/@#%-]*")
"""A text without blanks and odd signs that cannot mean 无 or 同上."""
_ADDRESS: Final = re.compile(r"[A-Za-z0-9](?:[\w.+-]*\w)?@[a-z0-9]+(?:[.-][a-z0-9]+)*\.[a-z]{2,20}", re.ASCII)
_LANDLINE: Final = re.compile(r"(?:010|02\d|0[3-9]\d\d)-[2-9]\d{6,7}", re.ASCII)


def reader(
    field: Field[Any], unit: str, who: Who, seen: dict[Any, Read], ways: Ways, heading: str
) -> Callable[[Cell], Read]:
    """A function that reads one column's cells; what it cannot read is `lost`, and notes begin with the `heading`.

    What a text says is noted in `seen`, where to look first is the caller's part. `ways` says how the column is meant
    where its cells leave it open (`doubts.proved`).
    """
    read = _reader_of(field, unit, who, ways)
    if isinstance(field, Birthday) and _LUNAR.search(heading):
        read = partial(read_birthday, field, ways=ways, lunar=True)
    checked = isinstance(field, Integer | Rows | CreditCode) and not isinstance(field, Phones)
    before, _hole, after = _("{label}: {value}").format(label=heading, value="\0").partition("\0")

    def noting(cell: Cell) -> Read:
        if cell is None:
            return NOTHING
        try:
            result = Read(AS_ABOVE) if is_ditto(cell) else read(cell)
            if checked and result.value is not None and result.value is not AS_ABOVE:
                field.check(result.value)
        except UserError as error:
            result = Read(None, str(error), text_of(cell))
        if result.note:
            result = Read(result.value, f"{before}{result.note}{after}", result.lost, result.doubtful)
        if type(cell) is str and len(seen) < MANY:
            seen[cell] = result
        return result

    return noting


def as_it_stands(field: Field[Any]) -> Callable[[str], object] | None:
    """Tells the cells of a field's column that mean just what they say, as most texts do: they need not be read.

    None for fields that are no texts.
    """
    if isinstance(field, Email):
        return _ADDRESS.fullmatch
    return _STANDS.fullmatch if isinstance(field, LongText) or _reader_of(field, "", _nobody, {}) is _line else None


def _nobody(name: str) -> int:
    raise AssertionError(name)  # a column of colleagues is no column of texts


def _reader_of(field: Field[Any], unit: str, who: Who, ways: Ways) -> Callable[[Cell], Read]:
    if isinstance(field, Phones):
        return lambda cell: _phones(field, cell, ways)
    if isinstance(field, Rows):
        return lambda cell: _rows(field, cell)
    if isinstance(field, Person):
        return lambda cell: _person(cell, who)
    if isinstance(field, People):
        return lambda cell: made([who(name) for name in values.read_list(text_of(cell)).value])
    if isinstance(field, Money):
        return lambda cell: read_money(cell, unit, ways)
    if isinstance(field, Date):
        return lambda cell: read_day(field, cell, ways)
    if isinstance(field, Birthday):
        return lambda cell: read_birthday(field, cell, ways)
    if isinstance(field, Choice):
        return lambda cell: read_choice(field, cell, ways)
    if isinstance(field, Choices):
        return lambda cell: read_choices(field, cell, ways)
    if isinstance(field, Texts):
        return lambda cell: made(entries(text_of(cell)))
    if isinstance(field, LongText):
        return lambda cell: made("" if values.is_blank(cell) else values.clean(text_of(cell), lines=True))
    if type(field) is Text and field.name == "region":
        return read_region
    if isinstance(field, Link):
        return _line
    if field.name == "minutes":
        return lambda cell: _minutes(field, cell, unit)
    if isinstance(field, Text) and not isinstance(field, _Checked | PhoneNumber) and type(field).read is Field.read:
        return _line
    return lambda cell: taken(field.read(cell))


def _line(cell: Cell) -> Read:
    text = cell if type(cell) is str else text_of(cell)
    if len(text) < 9 and values.is_blank(text):
        return NOTHING
    found = values.clean(text)
    if " " in found and len(found) < 8 and _SPACED.fullmatch(found):
        return Read(found.replace(" ", ""), f"{found} → {found.replace(' ', '')}")
    return made(found)


def _minutes(field: Field[Any], cell: Cell, unit: str) -> Read:
    """How long a call took: 3, 00:03:25, 3分25秒, 205 in a column of seconds; to the nearest minute, and one at least
    where there was a call.
    """
    text = text_of(cell).strip()
    if unit and re.fullmatch(r"\d+(?:\.\d+)?", text):
        seconds = round(float(text) * (3600 if unit == "小时" else 1 if _SECONDS.match(unit) else 60))
        return Read(max(1, round(seconds / 60)) if seconds else 0)
    found = _CLOCK.fullmatch(text) or _SPOKEN.fullmatch(text)
    if not found or not any(found.groups()):
        return taken(field.read(cell))
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    whole = hours * 3600 + minutes * 60 + seconds
    return Read(max(1, round(whole / 60)) if whole else 0)


_HOME: Final = re.compile(r"中国|中华人民共和国|中国大陆|(?:P\.? ?R\.? ?)?China|CN|CHN|PRC", re.I)


def read_region(cell: Cell) -> Read:
    text = _line(cell).value
    if text and _HOME.fullmatch(text):
        return NOTHING  # the country beside province and city
    found = values.read_region(text) if text else None
    rest = re.sub(r"[\s/\-·]", "", text or "")
    return Read(found.value) if found and len(rest) <= len(found.value.replace(" ", "")) else made(text)


def _person(cell: Cell, who: Who) -> Read:
    names = [name for name in values.read_list(text_of(cell)).value if name]
    if not names:
        return NOTHING
    if len(names[0]) > 30 or re.search(r"\d{3}|@", names[0]):
        raise UserError(_("“{text}” is not the name of a colleague.").format(text=names[0]))
    lost = "、".join(names[1:]) or None
    note = _("Only one colleague fits here: {name}.").format(name=names[0]) if lost else None
    return Read(who(names[0]), note, lost)


def _phones(field: Phones, cell: Cell, ways: Ways) -> Read:
    if type(cell) is int:
        cell = str(cell)
    if type(cell) is str:
        if len(cell) == 11 and _MOBILE.fullmatch(cell):
            return Read([{"number": cell, "type": "mobile"}])
        if len(cell) < 14 and _LANDLINE.fullmatch(cell):
            return Read([{"number": cell, "type": "phone"}])
        if len(cell) == 13 and _GROUPED.fullmatch(cell):
            return Read([{"number": cell[:3] + cell[4:8] + cell[9:], "type": "mobile"}])
    text = text_of(cell)
    if "[" in text:
        lines = [_row(field, line) for line in text.split("\n")]
        if all(line is not None for line in lines):
            return Read(lines)
    found = values.read_phones(cell)
    if ways.get(AREA):
        found = _with_area(found, ways[AREA])
    return taken(found) if found.value else NOTHING


def _with_area(found: values.Reading, area: str) -> values.Reading:
    """The phones of a cell, short ones with the area code settled for the column."""
    if not any(row["type"] == "phone" and not row["number"].startswith("0") for row in found.value):
        return found
    rows = [
        {**row, "number": f"{area}-{row['number']}"}
        if row["type"] == "phone" and not row["number"].startswith("0")
        else row
        for row in found.value
    ]
    return values.Reading(rows, (found.note or "").partition(" → ")[0] + f" → {', '.join(r['number'] for r in rows)}")


def _rows(field: Rows, cell: Cell) -> Read:
    """Rows one under the other; what follows in brackets are the other columns, as our export writes them."""
    text, found = text_of(cell), []
    if _ONE_LINE.search(text) is None and type(field.columns[next(iter(field.columns))]) is Text:
        only = _line(text).value  # an address and nothing else, as most are
        return Read([{next(iter(field.columns)): only}]) if only else NOTHING
    for line in re.split(r"\n|[；;](?![^\[]*\])", text):
        if values.is_blank(line):
            continue
        row = _row(field, values.clean(line))
        if row:
            found.append(row)
    return made(found)


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


@cache
def _labels(field: Rows) -> dict[str, str]:
    """What the columns of a row are called in either language, and which they are."""
    return {words.key(label): name for name, column in field.columns.items() for label in words.both(column.label)}


def _parts(field: Rows, text: str) -> dict[str, Any] | None:
    """The columns within brackets, "Type: Office; Postcode: 361000"; None if these are not columns of ours."""
    labels = _labels(field)
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
                choice_code(column.list_name, written) if isinstance(column, Choice) else column.read(written).value
            )
        except UserError:
            return None
    return row
