"""Sheets that are web pages or XML inside, as old programs and report servers write their “Excel” files."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from typing import Any, Final
from xml.etree.ElementTree import ParseError, XMLPullParser

from crm_desktop.exchange import kinds
from crm_desktop.exchange.sheet import Cell, Row, Sheet, from_text, trimmed, without_empty_end
from crm_desktop.models import limits

Merge = tuple[int, int, int, int]

_SS: Final = "{urn:schemas-microsoft-com:office:spreadsheet}"
_CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?([\w\-]+)|encoding\s*=\s*[\"']([\w\-]+)", re.I)
_STEP: Final = 1 << 20
_SPAN: Final = 500  # a cell that claims to cover more columns or rows is no table's


def charset(data: bytes) -> str | None:
    """The encoding a page names itself; gb2312 means GB18030 there."""
    named = _CHARSET.search(data[:4096])
    name = (named[1] or named[2]).decode("ascii").lower() if named else ""
    if name in ("gb2312", "gbk", "gb_2312-80"):
        return "gb18030"
    return name if name in ("utf-8", "utf-16", "big5", "gb18030", "iso-8859-1", "windows-1252") else None


class _Page(HTMLParser):
    """The tables of a page as rows; a table inside a cell belongs to the text of that cell."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.sheets: list[tuple[list[Row], list[Merge]]] = []
        self.depth, self.silent = 0, 0
        self.cell: list[str] | None = None
        self.spans: dict[tuple[int, int], bool] = {}
        self.column = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.depth += 1
            if self.depth == 1:
                self.sheets.append(([], []))
                self.spans = {}
        elif tag in ("style", "script"):
            self.silent += 1
        elif self.depth == 1 and tag == "tr":
            self.close_cell()
            self.sheets[-1][0].append([])
            self.column = 0
            if len(self.sheets[-1][0]) > limits.most(limits.ROWS):
                raise kinds.too_many_rows(self.name)
        elif self.depth == 1 and tag in ("td", "th"):
            self.close_cell()
            self.open_cell(dict(attrs))
        elif tag in ("br", "p", "div") and self.cell is not None:
            self.cell.append("\n")

    def open_cell(self, attributes: dict[str, str | None]) -> None:
        rows, merged = self.sheets[-1]
        if not rows:
            rows.append([])
        row = len(rows) - 1
        while self.spans.pop((row, self.column), False):
            self.column += 1
        wide, tall = (_span(attributes.get(name)) for name in ("colspan", "rowspan"))
        if wide * tall > 1:
            merged.append((row, self.column, row + tall - 1, self.column + wide - 1))
        for below in range(1, tall):
            self.spans |= {(row + below, self.column + right): True for right in range(wide)}
        if self.column > limits.most(limits.COLUMNS):
            raise kinds.too_many_columns(self.name)
        rows[row] += [None] * (self.column - len(rows[row]))
        self.column += wide
        self.cell = []

    def close_cell(self) -> None:
        if self.cell is None:
            return
        text = "\n".join(" ".join(line.split()) for line in "".join(self.cell).split("\n")).strip()
        self.sheets[-1][0][-1].append(from_text(text))
        self.cell = None

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "script"):
            self.silent = max(0, self.silent - 1)
        elif self.depth == 1 and tag in ("td", "th", "tr", "table"):
            self.close_cell()
        if tag == "table":
            self.depth = max(0, self.depth - 1)

    def handle_data(self, data: str) -> None:
        if self.cell is not None and not self.silent:
            self.cell.append(data.replace("\n", " ").replace("\r", " ").replace("\xa0", " "))


def _span(text: str | None) -> int:
    return min(int(text), _SPAN) if text and text.isascii() and text.isdigit() and int(text) else 1


def read_page(text: str, name: str, limit: int | None) -> list[Sheet]:
    """The tables of a web page, each as a sheet; empty if it has none."""
    page = _Page(name)
    for start in range(0, len(text), _STEP):
        page.feed(text[start : start + _STEP])
        if limit is not None and any(len(rows) > limit for rows, _merged in page.sheets):
            break
    page.close_cell()
    return [
        Sheet(name, _rows(rows[:limit]), merged=[each for each in merged if each[2] < len(rows)])
        for rows, merged in page.sheets
        if any(rows)
    ]


def read_xml(data: bytes, name: str, limit: int | None) -> list[Sheet]:
    """The worksheets of an XML workbook (SpreadsheetML of Excel 2003); raises UserError for other or broken XML."""
    if b"<!ENTITY" in data[:100_000]:
        raise kinds.damaged(name)  # entities that unfold into each other are an old way to fill the memory
    parser: Any = XMLPullParser(("start", "end"))
    found: list[tuple[str, list[Row], list[Merge]]] = []
    try:
        for start in range(0, len(data), _STEP):
            parser.feed(data[start : start + _STEP])
            for event, node in parser.read_events():
                _take(event, node, found, limit, name)
    except (ParseError, ValueError, LookupError):
        raise kinds.damaged(name) from None
    return [Sheet(title, _rows(rows[:limit]), merged=merged) for title, rows, merged in found]


def _rows(rows: list[Row]) -> list[Row]:
    return without_empty_end(list(map(trimmed, rows)))


def _take(event: str, node: Any, found: list[tuple[str, list[Row], list[Merge]]], limit: int | None, name: str) -> None:
    if event == "start" and node.tag == f"{_SS}Worksheet":
        found.append((node.get(f"{_SS}Name", ""), [], []))
    elif event == "end" and node.tag == f"{_SS}Row" and found:
        _title, rows, merged = found[-1]
        number = int(node.get(f"{_SS}Index", len(rows) + 1)) - 1
        if number >= limits.most(limits.ROWS):
            raise kinds.too_many_rows(name)
        if limit is None or number <= limit:
            rows += [[] for _blank in range(number - len(rows))]
            rows.append(_row(node, number, merged, name))
        node.clear()


def _row(node: Any, number: int, merged: list[Merge], name: str) -> Row:
    row: Row = []
    column = 0
    for cell in node.iter(f"{_SS}Cell"):
        column = int(cell.get(f"{_SS}Index", column + 1)) - 1
        if column >= limits.most(limits.COLUMNS):
            raise kinds.too_many_columns(name)
        row += [None] * (column - len(row))
        data = cell.find(f"{_SS}Data")
        row.append(_value(data) if data is not None else None)
        wide, tall = (int(cell.get(f"{_SS}{name}", 0)) for name in ("MergeAcross", "MergeDown"))
        if wide or tall:
            merged.append((number, column, number + tall, column + wide))
        column += wide + 1
    return row


def _value(data: Any) -> Cell:
    text, kind = "".join(data.itertext()), data.get(f"{_SS}Type")
    if kind == "Number":
        number = float(text)
        return int(number) if number.is_integer() else number
    if kind == "DateTime":
        day = text.removesuffix(".000")
        return date.fromisoformat(day[:10]) if day.endswith("T00:00:00") else day
    return None if kind == "Error" else from_text(text)
