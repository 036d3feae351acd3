"""How far apart the cells of a workbook lie, before a reader makes room for all that is between them.

The reader keeps a place for every cell up to the last used row and column, and a process that asks for hundreds of
gigabytes is ended without a word: one stray sign in XFD1048576, or a damaged row number, is enough.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final
from xml.parsers import expat

from crm_desktop.errors import UserError
from crm_desktop.exchange import kinds, ole
from crm_desktop.i18n import _
from crm_desktop.models import limits

_CHUNK: Final = 1 << 22
_OVERLAP: Final = 1 << 10
_OLD_CELLS: Final = 8_000_000  # an .xls of 65,536 rows and 122 columns

# .xlsx: rows, wide columns and far rows are found by plain letters, which is ten times faster than reading each cell
_ROW: Final = re.compile(rb'row\b[^>]*?\br="(\d+)"')
_FAR: Final = re.compile(rb'r="(?:([A-Z]{2,})\d|[A-Z](\d{6,}))')
_FAR_ROW: Final = re.compile(rb'r="[A-Z]+(\d{6,})')
_CELL: Final = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]+)(\d+)"[^>]*[^/]>\s*<(?:\w+:)?(?:v|is|f)\b')
_TEXTS_TOLD: Final = re.compile(rb'uniqueCount="(\d+)"')
_SHORTEST_TEXT: Final = len(b"<si/>")
_UNCOMPUTED: Final = re.compile(rb'<c r="[A-Z]+\d+"(?: s="\d+")?><f>[^<]*</f>(?:<v ?/>|<v></v>)?</c>')
# .xls: records of BIFF5 and BIFF8
_STARTS: Final = frozenset([0x0809, 0x0409, 0x0209, 0x0009])
_CELLS: Final = frozenset([
    0x0203, 0x027E, 0x00BD, 0x00FD, 0x0204, 0x00D6, 0x0006, 0x0206, 0x0406, 0x0205, 0x0003, 0x0004, 0x0005, 0x0002,
])  # fmt: skip
_SEVERAL: Final = frozenset([0x00BD])
_SHARED_TEXTS: Final = 0x00FC
_DIMENSIONS: Final = 0x0200
_BINARY_EXTENT: Final = 148  # .xlsb: BrtWsDim
# .ods: what is repeated, unless it is the empty end of a row or sheet
_ODS_WIDE: Final = re.compile(
    rb'number-columns-repeated="(\d{3,9})"[^>]*>(?:(?<!/>)|\s*<table:(?:covered-table-cell|table-cell)\b)'
)
_ODS_ROWS: Final = re.compile(rb'number-rows-repeated="(\d{2,9})"')
_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, LookupError, struct.error, expat.ExpatError,
)  # fmt: skip
_OPEN_OVERLAP: Final = 1 << 16
_ODS_END: Final = re.compile(
    rb'number-rows-repeated="(\d{2,9})"[^>]*>(?:\s*<table:table-cell[^>]*/>)*\s*</table:table-row>\s*'
    rb"(?:<table:table-row\b[^>]*>(?:\s*<table:table-cell[^>]*/>)*\s*</table:table-row>\s*)?"  # LibreOffice's last row
    rb"(?:</table:table-row-group>\s*)*(?:</table:table>|<table:named)"
)


def check(kind: kinds.Kind, name: str, data: bytes) -> None:
    """Refuse a workbook whose cells lie too far apart (`limits.CELLS`), or that is packed wrongly; raises UserError."""
    try:
        if kind == "xls":
            _check(name, _old(data), _OLD_CELLS)
        elif kind == "xlsx":
            _check_count_of_texts(data)
            for member in _members(data, r"worksheets/[^/]+\.xml$"):
                _check(name, _extent(name, data, member))
        elif kind == "xlsb":
            for member in _members(data, r"(?:workbook|styles|sharedStrings)\.bin$"):
                _binary(data, member)
                _check_texts(data, member)
            for member in _members(data, r"worksheets/[^/]+\.bin$"):
                extent = _binary(data, member)
                if extent[1] > limits.most(limits.COLUMNS):
                    raise kinds.too_many_columns(name)
                _check(name, extent)
        elif kind == "ods":
            _check(name, _open_document(data))
    except (*_BROKEN, ValueError):
        raise kinds.damaged(name) from None


def _check_count_of_texts(data: bytes) -> None:
    """Refuse a number of texts that cannot be in the part: the reader makes room for all of them at once."""
    for member in _members(data, r"sharedStrings\.xml$"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(member) as part:
            told = _TEXTS_TOLD.search(part.read(4096))
            if told and int(told[1]) > archive.getinfo(member).file_size // _SHORTEST_TEXT:
                raise ValueError


def _check(name: str, extent: tuple[int, int], most: int | None = None) -> None:
    rows, columns = extent
    if rows * columns > (most or limits.most(limits.CELLS)):
        raise _far(name, rows)


def _far(name: str, rows: int) -> UserError:
    sentence = _("“{file}” has cells far apart (up to row {row}). Delete what lies far below or right of the list.")
    return UserError(sentence.format(file=name, row=rows))


def _members(data: bytes, pattern: str) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [member for member in archive.namelist() if re.search(pattern, member, re.I)]


def _chunks(data: bytes, member: str, overlap: int = _OVERLAP) -> Iterator[bytes]:
    """A part of a packed file in pieces that overlap by more than the beginning of a cell."""
    rest = b""
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(member) as part:
        while chunk := part.read(_CHUNK):
            yield rest + chunk
            rest = chunk[-overlap:]


def _too_many(name: str, rows: int, columns: int) -> UserError:
    sentence = _(
        "“{file}” has {rows} rows of {columns} columns. That is more than {limit} million cells: delete columns that"
        " are not needed, or split it."
    )
    limit = limits.most(limits.CELLS) // 1_000_000
    return UserError(sentence.format(file=name, rows=f"{rows:,}", columns=columns, limit=limit))


def _extent(name: str, data: bytes, member: str) -> tuple[int, int]:
    """The last row and column of a sheet; where a quick look, which takes formats for content, finds too much, those of
    its cells that hold something.
    """
    rows, columns = 0, 26
    for text in _chunks(data, member):
        rows = max(rows, *map(int, _ROW.findall(text)), 0)
        for letters, row in set(_FAR.findall(text)):
            rows, columns = max(rows, int(row or 0)), max(columns, _column(letters))
        rows = max(rows, *map(int, _FAR_ROW.findall(text)), 0) if columns > 26 else rows
    if rows * columns <= limits.most(limits.CELLS) and rows <= limits.most(limits.ROWS):
        return rows, columns
    rows = columns = filled = 0
    for text in _chunks(data, member):
        for found in _CELL.finditer(text):
            rows, columns, filled = max(rows, int(found[2])), max(columns, _column(found[1])), filled + 1
    if filled * 2 > rows * columns > limits.most(limits.CELLS):
        raise _too_many(name, rows, columns)
    if rows > limits.most(limits.ROWS) and filled < rows:
        raise _far(name, rows)
    return rows, columns


def check_computed(name: str, data: bytes) -> None:
    """Refuse an .xlsx most of whose rows hold formulas no program ever computed (scripts write such); raises UserError.

    Their values are not in the file; a few of them, such as a total below the list, do no harm.
    """
    for member in _members(data, r"worksheets/[^/]+\.xml$"):
        rows = missing = 0
        for text in _chunks(data, member):
            if not rows and b"</f>" not in text:
                break
            rows += text.count(b"<row ") + text.count(b":row ")
            missing += sum(1 for _found in _UNCOMPUTED.finditer(text))
        if missing * 2 > rows > 0:
            sentence = _(
                "“{file}” holds formulas that were never computed, so their values are missing. Open it in Excel or"
                " WPS, save it, and choose it again."
            )
            raise UserError(sentence.format(file=name))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:7]:
        number = number * 26 + letter - 64
    return number


def _old(data: bytes) -> tuple[int, int]:
    """The largest extent of the sheets of an .xls by its cells, record by record; raises `ole.Damaged`.

    What a damaged count could ask memory for is looked at, too.
    """
    stream = ole.Container(data).stream("Workbook", "Book")
    rows = columns = at = 0
    largest = (0, 0)
    size = len(stream)
    while at + 4 <= size:
        kind, length = struct.unpack_from("<HH", stream, at)
        body, at = at + 4, at + 4 + length
        if at > size:
            break
        if kind in _STARTS:
            largest, rows, columns = max(largest, (rows, columns), key=lambda it: it[0] * it[1]), 0, 0
        elif kind in _CELLS and length >= 6:
            row, column = struct.unpack_from("<HH", stream, body)
            last = struct.unpack_from("<H", stream, at - 2)[0] if kind in _SEVERAL else column
            rows, columns = max(rows, row + 1), max(columns, column + 1, last + 1)
        elif kind == _DIMENSIONS and length in (10, 14):
            first, last, left, right = struct.unpack_from("<IIHH" if length == 14 else "<HHHH", stream, body)
            if not (first <= last <= 65536 and left <= right <= 256):
                raise ole.Damaged
        elif kind == _SHARED_TEXTS and length >= 8 and struct.unpack_from("<I", stream, body + 4)[0] > size:
            raise ole.Damaged
    return max(largest, (rows, columns), key=lambda it: it[0] * it[1])


def _binary(data: bytes, member: str) -> tuple[int, int]:
    """The last row and column of a sheet of an .xlsb, record by record."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        part = archive.read(member)
    rows = columns = at = 0
    size = len(part)
    while at + 2 <= size:
        kind = part[at]
        at += 1
        if kind & 0x80:
            kind = kind & 0x7F | (part[at] & 0x7F) << 7
            at += 1
        length = shift = 0
        while at < size:
            byte = part[at]
            length |= (byte & 0x7F) << shift
            at, shift = at + 1, shift + 7
            if byte < 0x80 or shift > 21:
                break
        if at + length > size:
            raise ole.Damaged  # the reader makes room for the whole record first
        if kind <= 11:  # a row, or a cell in it
            number = int.from_bytes(part[at : at + 4], "little") + 1
            if kind == 0:
                rows = max(rows, number)
            elif kind > 1:  # 1 is a format without content
                columns = max(columns, number)
        elif kind == _BINARY_EXTENT and length >= 16:
            first, last, left, right = struct.unpack_from("<IIII", part, at)
            if not (first <= last < 1 << 20 and left <= right < 1 << 14):
                raise ole.Damaged
        at += length
    return rows, columns


def _check_texts(data: bytes, member: str) -> None:
    """Refuse a count of texts (BrtBeginSst) that the part cannot hold."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        part = archive.read(member)
    if part[:2] == b"\x9f\x01" and int.from_bytes(part[7:11], "little") > len(part):
        raise ole.Damaged


def _no_doctype(*_declared: object) -> None:
    """What declares entities is no sheet."""
    raise ole.Damaged


def _open_document(data: bytes) -> tuple[int, int]:
    """The last row and column of the sheets of an .ods together, what is repeated counted as often.

    It must be whole and sound: where a tag is broken, the reader would look for its end for ever.
    """
    rows = cells = columns = 0
    sound = expat.ParserCreate()
    sound.StartDoctypeDeclHandler = _no_doctype
    again = 0
    for text in _chunks(data, "content.xml", _OPEN_OVERLAP):
        sound.Parse(text[again:])
        again = min(_OPEN_OVERLAP, len(text) - again)
        rows += text.count(b"<table:table-row>") + text.count(b"<table:table-row ")
        cells += text.count(b"<table:table-cell")
        columns = max(columns, *map(int, _ODS_WIDE.findall(text)), 0)
        rows += sum(map(int, _ODS_ROWS.findall(text))) - sum(map(int, _ODS_END.findall(text)))
    sound.Parse(b"", True)
    return rows, max(columns, cells // max(rows, 1) + 1)
