"""Tables of dBase III/IV and FoxPro (.dbf), as old accounting and tax programs leave them.

The layout is that of the "dBASE .DBF File Structure" and of Visual FoxPro's "Table File Structure"; long texts lie in a
.dbt or .fpt of the same name. Deleted rows stay empty rows, so that row numbers are the record's number and one.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from crm_desktop.errors import UserError
from crm_desktop.exchange import kinds
from crm_desktop.exchange.memos import Memos
from crm_desktop.exchange.sheet import Cell, Row, Sheet, share_texts, trimmed, watch, without_empty_end
from crm_desktop.exchange.text_lists import decode
from crm_desktop.models import limits

_DRIVERS: Final = {0x4D: "gb18030", 0x7A: "gb18030", 0x4F: "cp950", 0x78: "cp950", 0xF0: "utf-8"}
"""Character sets by the "language driver" a table names."""
_JULIAN: Final = date(2000, 1, 1).toordinal() - 2451545  # days before the first of the year 1
_SAMPLE: Final = 2_000_000
"""Bytes of text by which the characters are judged."""
_DELETED: Final = 0x2A


class _Field(NamedTuple):
    name: bytes
    kind: int
    start: int
    length: int


def read(
    path: Path, data: bytes, encoding: str | None, limit: int | None, progress: Callable[[int], None] | None
) -> Sheet:
    """The rows of a table below its field names; raises UserError for one cut short or too long."""
    count, head, width = struct.unpack_from("<IHH", data, 4)
    fields = _fields(path.name, data, head, width)
    if count > limits.most(limits.ROWS):
        raise kinds.too_many_rows(path.name)
    if head + count * width > len(data) + 1:  # some programs leave out the last byte, the sign of the end
        raise kinds.damaged(path.name)
    records = [data[head + at * width : head + at * width + width] for at in range(min(count, limit or count))]
    codec = _DRIVERS.get(data[29]) if encoding is None else encoding
    memos = Memos(path)
    codec = codec or _judged(path.name, fields, records)
    readers = [(field, _reader(field, codec, memos)) for field in fields]
    rows: list[Row] = [trimmed(_text(field.name, codec) for field in fields)]
    again: dict[str, str] = {}
    for record in records:
        row: Row = []
        if record[:1] != bytes([_DELETED]):
            row = trimmed(read(record[field.start : field.start + field.length]) for field, read in readers)
            share_texts(row, again)
        rows.append(row)
        watch(path.name, rows, progress)
    return Sheet(path.stem, without_empty_end(rows), encoding={"cp950": "big5"}.get(codec, codec))


def _fields(name: str, data: bytes, head: int, width: int) -> list[_Field]:
    """What the columns are called, what they hold and where they lie in a record."""
    found: list[_Field] = []
    start = 1
    for at in range(32, head - 31, 32):
        if data[at] == 0x0D:
            break
        called, kind = data[at : at + 11].split(b"\0")[0], data[at + 11]
        length = data[at + 16] + (data[at + 17] * 256 if kind == ord("C") else 0)
        if kind not in kinds.DBF_FIELDS or not length or start + length > width:
            raise kinds.damaged(name)
        if kind != ord("0"):  # FoxPro's own column that says which cells hold nothing
            found.append(_Field(called, kind, start, length))
        start += length
    if not found:
        raise kinds.damaged(name)
    if len(found) > limits.most(limits.COLUMNS):
        raise kinds.too_many_columns(name)
    return found


def _judged(name: str, fields: list[_Field], records: list[bytes]) -> str:
    """The encoding the texts of a table that names none seem to be in."""

    def texts() -> Iterator[bytes]:
        yield from (field.name for field in fields)
        for record in records:
            yield from (record[f.start : f.start + f.length].rstrip() for f in fields if f.kind in b"CV")

    sample, size = [], 0
    for text in (text for text in texts() if not text.isascii()):
        sample.append(text)
        size += len(text)
        if size > _SAMPLE:
            break
    try:
        return decode(name, b"\n".join(sample))[1] if sample else "gb18030"
    except UserError:
        return "gb18030"


def _text(raw: bytes, codec: str) -> str | None:
    """A text; half a character at its end, where the column was too narrow, is left out."""
    text = raw.split(b"\0")[0].decode(codec, "replace").rstrip(" \ufffd")
    return text.strip() or None


def _reader(field: _Field, codec: str, memos: Memos) -> Callable[[bytes], Cell]:
    kind = chr(field.kind)
    if kind in "CV":
        return lambda raw: _text(raw, codec)
    if kind in "NF":
        return _number
    if kind == "D":
        return _day
    if kind == "M":
        return lambda raw: _lines(memos.text(raw).decode(codec, "replace"))
    if kind == "L":
        return lambda raw: {b"T": "是", b"Y": "是", b"F": "否", b"N": "否"}.get(raw.upper())
    if kind == "I" and field.length == 4:
        return lambda raw: int(struct.unpack("<i", raw)[0])
    if kind == "Y" and field.length == 8:
        return lambda raw: _short(int(struct.unpack("<q", raw)[0]) / 10_000)
    if kind in "BO" and field.length == 8:
        return _double
    if kind == "T" and field.length == 8:
        return _moment
    return lambda _raw: None  # pictures and the like


def _lines(text: str) -> str | None:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip("\n \0\x1a\ufffd") or None


def _number(raw: bytes) -> Cell:
    text = raw.decode("ascii", "replace").strip(" \0")
    if not re.fullmatch(r"[-+]?\d*\.?\d+(?:[eE][-+]?\d+)?", text):
        return None  # empty, or **** where a number was too long
    return _short(float(text)) if "." in text or "e" in text.lower() else int(text)


def _short(number: float) -> Cell:
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def _double(raw: bytes) -> Cell:
    number = float(struct.unpack("<d", raw)[0])
    return _short(number) if abs(number) < 1e300 else None  # a not-a-number is not less than anything


def _day(raw: bytes) -> Cell:
    try:
        return date(int(raw[:4]), int(raw[4:6]), int(raw[6:8]))
    except ValueError:
        return None


def _moment(raw: bytes) -> Cell:
    day, thousandths = struct.unpack("<ii", raw)
    try:
        start = datetime.fromordinal(day + _JULIAN)
        return start + timedelta(seconds=round(thousandths / 1000)) if thousandths else start.date()
    except (ValueError, OverflowError):
        return None
