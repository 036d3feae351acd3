"""Any list an office has (.xlsx, .xls, .xlsb, .ods, .csv, vCards) as sheets of plain rows, numbered as Excel shows
them.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final

from crm_desktop.errors import UserError
from crm_desktop.exchange import cards, glance, kinds
from crm_desktop.i18n import _

Cell = str | int | float | bool | date | datetime | None
Row = list[Cell]

ENCODINGS: Final = ("utf-8", "gb18030", "big5", "utf-16")  # what the preview offers when the characters look wrong
_DELIMITERS: Final = ",\t;|"
_STEP: Final = 2000
_AGAIN: Final = 20_000  # so many different texts are looked at for coming again
_EXACT: Final = 2.0**53  # a float of this size no longer tells one whole number from the next


@dataclass(frozen=True)
class Sheet:
    """One sheet: its rows from the first one on, each as long as it has something in it.

    Row i of `rows` is row `first_row + i` in Excel. `merged` holds (first row, first column, last row, last column),
    counted from 0.
    """

    name: str
    rows: list[Row]
    hidden: bool = False
    first_row: int = 1
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    encoding: str | None = None


def read(
    path: Path,
    *,
    sheet: str | None = None,
    limit: int | None = None,
    encoding: str | None = None,
    progress: Callable[[int], None] | None = None,
) -> list[Sheet]:
    """The sheets of a file (or the one named), at most `limit` rows of each; `progress` is told the rows done and may
    raise to stop.

    `encoding` overrides what a text file seems to be written in. Raises UserError with its own sentence for every
    file that is no list.
    """
    data = kinds.content(path)
    kind = kinds.kind(path, data)
    if kind == "vcard":
        return [_cards(path, data, encoding)]
    if kind == "text":
        return [_text(path, data, encoding, limit, progress)]
    if kind == "xlsx":
        kinds.check_extent(path.name, data)
    return _workbook(path, data, sheet, limit, progress)


def preview(path: Path, rows: int = 20, *, encoding: str | None = None) -> list[Sheet]:
    """The first rows of every sheet, without reading the rest of an .xlsx; raises UserError."""
    data = kinds.content(path)
    if kinds.kind(path, data) != "xlsx":
        return read(path, limit=rows, encoding=encoding)
    try:
        book = glance.open_workbook(data)
        sheets = [
            Sheet(
                each.title,
                [
                    _trimmed(map(_from_openpyxl, row))
                    for row in each.iter_rows(max_row=rows, max_col=kinds.MAX_COLUMNS, values_only=True)
                ],
                each.sheet_state != "visible",
            )
            for each in book.worksheets
        ]
        book.close()
    except Exception:  # openpyxl stumbles over many dialects (Strict, WPS) in many ways; the other reader decides
        return read(path, limit=rows)
    if not any(any(each.rows) for each in sheets):
        return read(path, limit=rows)  # a dialect openpyxl does not see (Strict), or indeed an empty workbook
    return [replace(each, rows=_without_empty_end(each.rows)) for each in sheets]


def decode(name: str, data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """A text and the name of its encoding: by its mark, else UTF-8 or GB18030, judged on the whole of it; raises
    UserError.
    """
    if encoding:
        bare = "utf-8-sig" if encoding == "utf-8" else encoding
        return data.decode(bare, errors="replace").removeprefix("\ufeff"), encoding
    if flavour := kinds.looks_utf16(data):
        return data.decode(flavour, errors="replace").removeprefix("\ufeff"), "utf-16"
    for name_, codec in (("utf-8", "utf-8-sig"), ("gb18030", "gb18030"), ("big5", "big5")):
        with suppress(UnicodeDecodeError):
            return data.decode(codec), name_
    # a file cut in the middle of a character, or one bad byte in thousands, is still worth reading
    best = min(
        (("utf-8", data.decode("utf-8-sig", "replace")), ("gb18030", data.decode("gb18030", "replace"))),
        key=lambda it: it[1].count("\ufffd"),
    )
    if best[1].count("\ufffd") > 3 + len(best[1]) // 500:
        raise UserError(_("“{file}” is not a list that can be read. Save it as .xlsx or .csv.").format(file=name))
    return best[1], best[0]


def _cards(path: Path, data: bytes, encoding: str | None) -> Sheet:
    found = cards.parse(data, encoding)
    if not found:
        raise UserError(_("“{file}” holds no card that can be read.").format(file=path.name))
    rows: list[Row] = [list(row) for row in cards.as_rows(found)]
    return Sheet(path.stem, rows, first_row=0)  # the heading is row 0, so that row 1 is the first card


def _text(
    path: Path, data: bytes, encoding: str | None, limit: int | None, progress: Callable[[int], None] | None
) -> Sheet:
    text, written_in = decode(path.name, data, encoding)
    text = text.replace("\0", "")
    text, delimiter = _tax_list(text), ""
    if text[:4].lower() == "sep=":  # Excel's own hint; it does not count as a row
        hint, _newline, text = text.partition("\n")
        delimiter = hint[4:5]
    rows: list[Row] = []
    csv.field_size_limit(10 * 1024**2)
    try:
        for raw in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or sniff(text)):
            rows.append(_trimmed(map(from_text, raw)))
            if limit is not None and len(rows) >= limit:
                break
            _watch(path.name, rows, progress)
    except csv.Error:
        raise kinds.damaged(path.name) from None
    return Sheet(path.stem, _without_empty_end(rows), encoding=written_in)


def _tax_list(text: str) -> str:
    """A customers' list of the tax control program: the sign between its columns is named in its first line."""
    named = re.match(r"\{[^\n]{1,20}\}\[分隔符\]\"([^\"\n]{1,4})\"", text)
    if not named:
        return text
    lines = [line for line in text.split("\n")[1:] if named[1] in line]
    return "\n".join(lines).replace("\t", " ").replace(named[1], "\t").removeprefix("//").lstrip()


def sniff(text: str) -> str:
    """The sign that parts the columns: the one by which most of the first records have the same number of columns,
    and many.
    """

    def score(delimiter: str) -> tuple[float, int]:
        records: list[int] = []
        with suppress(csv.Error):
            for record in csv.reader(io.StringIO(text[:100_000], newline=""), delimiter=delimiter):
                records.append(len(record))
                if len(records) == 50:
                    break
        many = Counter(count for count in records if count > 1)
        if not many:
            return 0.0, 0
        columns, times = many.most_common(1)[0]
        return times / len(records) * min(columns, 6), columns

    return max(_DELIMITERS, key=score)


def _workbook(
    path: Path, data: bytes, only: str | None, limit: int | None, progress: Callable[[int], None] | None
) -> list[Sheet]:
    import python_calamine as calamine  # lazily: not needed to start the program

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        wanted = [each for each in book.sheets_metadata if only is None or each.name == only]
        sheets = [
            _sheet(path.name, each, book.get_sheet_by_name(each.name), limit, progress)
            for each in wanted
            if each.typ == calamine.SheetTypeEnum.WorkSheet
        ]
    except calamine.PasswordError:
        sentence = _("“{file}” is protected by a password. Open it in Excel, remove the password and save it.")
        raise UserError(sentence.format(file=path.name)) from None
    except (calamine.CalamineError, ValueError, OverflowError, OSError):
        raise kinds.damaged(path.name) from None
    except BaseException as trouble:
        # the reader's own bugs arrive as an exception class that cannot be imported
        if type(trouble).__name__ != "PanicException":
            raise
        raise kinds.damaged(path.name) from None
    if not sheets:
        raise UserError(
            _("“{file}” has no sheet “{sheet}”.").format(file=path.name, sheet=only)
            if only
            else _("“{file}” is empty.").format(file=path.name)
        )
    return sheets


def _sheet(file: str, described: Any, source: Any, limit: int | None, progress: Callable[[int], None] | None) -> Sheet:
    """One sheet of a workbook; visible, hidden and "very hidden" are calamine's three states."""
    name, hidden = described.name, not str(described.visible).endswith(".Visible")
    if source.end is None:
        return Sheet(name, [], hidden)
    if source.end[0] >= kinds.MAX_ROWS and limit is None:
        raise _too_many_rows(file)
    if source.end[1] >= kinds.MAX_COLUMNS:
        raise UserError(
            _("“{file}” has more than {limit} columns. Delete those that are not needed.").format(
                file=file, limit=kinds.MAX_COLUMNS
            )
        )
    rows: list[Row] = []
    before: Row = [None] * source.start[1]
    again: dict[str, str] = {}  # one object for each text that comes again: a third less memory for a long list
    # row by row: all of them at once would be in memory twice
    for raw in islice(source.iter_rows(), limit):
        row = [*before, *map(_from_calamine, raw)]
        while row and row[-1] is None:
            row.pop()
        for at, cell in enumerate(row):
            if type(cell) is str:
                row[at] = again.setdefault(cell, cell) if len(again) < _AGAIN else again.get(cell, cell)
        rows.append(row)
        _watch(file, rows, progress)
    merged = [(top, left, bottom, right) for (top, left), (bottom, right) in source.merged_cell_ranges or []]
    return Sheet(name, _without_empty_end(rows), hidden, merged=merged)


def _watch(file: str, rows: list[Row], progress: Callable[[int], None] | None) -> None:
    if len(rows) % _STEP:
        return
    if len(rows) > kinds.MAX_ROWS:
        raise _too_many_rows(file)
    if progress:
        progress(len(rows))


def _too_many_rows(file: str) -> UserError:
    return UserError(
        _("“{file}” has more than {limit} rows. Split it into smaller files.").format(file=file, limit=kinds.MAX_ROWS)
    )


def _from_calamine(value: Any) -> Cell:
    """A cell as calamine gives it: empty and error cells are "", all numbers floats."""
    kind = type(value)
    if kind is str:
        return value or None
    if kind is float:
        return int(value) if value.is_integer() and -_EXACT < value < _EXACT else value
    return str(value) if kind is time or kind is timedelta else value


def _from_openpyxl(value: Any) -> Cell:
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    if (
        isinstance(value, str)
        and value.startswith("#")
        and value in ("#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!")
    ):
        return None
    return _from_calamine(value)


def from_text(text: str) -> Cell:
    """A cell of a text file; `="0571"` and a leading apostrophe are how other programs keep Excel from taking text
    for numbers.
    """
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1]
    return text.removeprefix("'").strip("\t") or None


def _trimmed(cells: Iterable[Cell] | Iterator[Cell]) -> Row:
    row = list(cells)
    while row and row[-1] is None:
        row.pop()
    return row


def _without_empty_end(rows: list[Row]) -> list[Row]:
    while rows and not rows[-1]:
        rows.pop()
    return rows
