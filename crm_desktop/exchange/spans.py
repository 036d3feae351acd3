"""The merged cells of an .ods, which the reader of workbooks does not tell."""

from __future__ import annotations

import io
import zipfile
from typing import Any, Final
from xml.parsers import expat

from crm_desktop.models import limits

Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column, counted from 0."""

_TABLE, _ROW, _CELL, _COVERED = "table:table", "table:table-row", "table:table-cell", "table:covered-table-cell"
_CHUNK: Final = 1 << 20
_SIGN: Final = b"-spanned="
_MOST: Final = 100_000
"""Merged cells of a workbook; more tell nothing of a list."""


class _Spans:
    """Counts rows and columns, what is repeated as often, and notes the cells that cover others."""

    def __init__(self) -> None:
        self.found: dict[str, list[Merge]] = {}
        self.own: list[Merge] = []
        self.depth = self.row = self.column = self.again = self.count = 0

    def start(self, tag: str, attributes: dict[str, Any]) -> None:
        if tag == _TABLE:
            self.depth += 1
            if self.depth == 1:
                self.row, self.own = 0, self.found.setdefault(attributes.get("table:name", ""), [])
        elif self.depth != 1:
            return
        elif tag == _ROW:
            self.column, self.again = 0, _number(attributes, "table:number-rows-repeated")
        elif tag in (_CELL, _COVERED):
            tall = _number(attributes, "table:number-rows-spanned")
            wide = _number(attributes, "table:number-columns-spanned")
            if tall * wide > 1 and self.count < _MOST and self.column < limits.most(limits.COLUMNS):
                self.count += 1
                self.own.append((self.row, self.column, self.row + tall - 1, self.column + wide - 1))
            self.column += _number(attributes, "table:number-columns-repeated")

    def end(self, tag: str) -> None:
        if tag == _TABLE:
            self.depth -= 1
        elif tag == _ROW and self.depth == 1:
            self.row += self.again


def _number(attributes: dict[str, Any], name: str) -> int:
    written = attributes.get(name, "1")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 9 else 1


def of_open_document(data: bytes) -> dict[str, list[Merge]]:
    """The merged cells of each sheet by its name; `data` was found sound (`extents.check`)."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("content.xml") as part:
        rest, merged = b"", False
        while not merged and (chunk := part.read(_CHUNK)):
            merged, rest = _SIGN in rest + chunk, chunk[-len(_SIGN) :]
    if not merged:
        return {}
    spans, parser = _Spans(), expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = spans.start, spans.end
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("content.xml") as part:
        parser.ParseFile(part)
    return spans.found
