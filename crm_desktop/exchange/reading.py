"""Any list an office has (.xlsx, .xls, .xlsb, .ods, .csv, .dbf, vCards) as sheets of plain rows, numbered as Excel
shows them.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final

from crm_desktop.errors import UserError
from crm_desktop.exchange import cards, dbf, extents, flat_documents, glance, kinds, packages, spans, web_tables
from crm_desktop.exchange.sheet import Cell, Row, Sheet, share_texts, trimmed, watch, without_empty_end
from crm_desktop.exchange.text_lists import decode, read_text
from crm_desktop.i18n import _
from crm_desktop.models import limits

ENCODINGS: Final = ("utf-8", "gb18030", "big5", "utf-16", "windows-1252")
"""What the preview offers when the characters look wrong."""
_BEGINNING: Final = 1 << 20  # so much of a text holds its first rows, and its encoding nearly always
_EXACT: Final = 2.0**53  # a float of this size no longer tells one whole number from the next


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
    data = packages.workbook(path) or kinds.content(path)
    kind = kinds.kind(path, data)
    if kind == "vcard":
        return [_cards(path, data, encoding)]
    if kind == "text":
        return [read_text(path, data, encoding, limit, progress)]
    if kind == "dbf":
        return [dbf.read(path, data, encoding, limit, progress)]
    if kind in ("page", "xml"):
        return _web(path, kind, data, encoding, limit)
    if kind == "fods":
        kind, data = "ods", flat_documents.packed(path.name, data)
    extents.check(kind, path.name, data)
    if kind == "xlsx":
        extents.check_computed(path.name, data)
    found = _workbook(path, data, sheet, limit, progress)
    merged = spans.of_open_document(data) if kind == "ods" else {}
    return [replace(each, merged=merged[each.name]) if merged.get(each.name) else each for each in found]


def preview(path: Path, rows: int = 20, *, encoding: str | None = None) -> list[Sheet]:
    """The first rows of every sheet, without reading the rest of an .xlsx; raises UserError."""
    data = kinds.content(path)
    kind = kinds.kind(path, data)
    if kind == "text" and len(data) > _BEGINNING:
        return [read_text(path, data[:_BEGINNING].rpartition(b"\n")[0] or data[:_BEGINNING], encoding, rows, None)]
    if kind != "xlsx":
        return read(path, limit=rows, encoding=encoding)
    try:
        book = glance.open_workbook(data)
        sheets = [
            Sheet(
                each.title,
                [
                    trimmed(map(_from_openpyxl, row))
                    for row in each.iter_rows(max_row=rows, max_col=limits.most(limits.COLUMNS), values_only=True)
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
    return [replace(each, rows=without_empty_end(each.rows)) for each in sheets]


def _cards(path: Path, data: bytes, encoding: str | None) -> Sheet:
    found = cards.parse(data, encoding)
    if not found:
        raise UserError(_("“{file}” holds no card that can be read.").format(file=path.name))
    rows: list[Row] = [list(row) for row in cards.as_rows(found)]
    return Sheet(path.stem, rows, first_row=0)  # the heading is row 0, so that row 1 is the first card


def _web(path: Path, kind: kinds.Kind, data: bytes, encoding: str | None, limit: int | None) -> list[Sheet]:
    """The tables of a web page or an XML workbook, as many “.xls” files of old programs are."""
    if kind == "xml":
        found = web_tables.read_xml(data, path.name, limit)
    else:
        text, _written_in = decode(path.name, data, encoding or web_tables.charset(data))
        found = web_tables.read_page(text, path.stem, limit)
    if not any(sheet.rows for sheet in found):
        raise kinds.web_page(path.name) if kind == "page" else UserError(_("“{file}” is empty.").format(file=path.name))
    return found


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
        raise kinds.protected(path.name) from None
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
    if source.end[0] >= limits.most(limits.ROWS) and limit is None:
        raise kinds.too_many_rows(file)
    if source.end[1] >= limits.most(limits.COLUMNS):
        raise kinds.too_many_columns(file)
    rows: list[Row] = []
    before: Row = [None] * source.start[1]
    again: dict[str, str] = {}
    # row by row: all of them at once would be in memory twice
    for raw in islice(source.iter_rows(), limit):
        row = [*before, *map(_from_calamine, raw)]
        while row and row[-1] is None:
            row.pop()
        share_texts(row, again)
        rows.append(row)
        watch(file, rows, progress)
    merged = [(top, left, bottom, right) for (top, left), (bottom, right) in source.merged_cell_ranges or []]
    return Sheet(name, without_empty_end(rows), hidden, merged=merged)


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


__all__ = ["ENCODINGS", "Cell", "Row", "Sheet", "preview", "read"]
