"""Text that was copied elsewhere (Excel, a web page, a chat, an e-mail) as the sheets a file with it would give."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from crm_desktop.errors import UserError
from crm_desktop.exchange import cards, words
from crm_desktop.exchange.blocks import firms, persons
from crm_desktop.exchange.sheet import Cell, Row, Sheet, from_text
from crm_desktop.i18n import _
from crm_desktop.models import limits

MOST: Final = 20_000_000
"""So many characters of text are taken at most: a clipboard can hold a whole disk image."""
MOST_CHAT: Final = 200_000
"""In so many characters contacts and invoice titles are looked for; what is longer is no chat."""
MOST_LINE: Final = 1000
_GAP: Final = re.compile(r" {2,}|\u3000+")


def read(text: str) -> list[Sheet]:
    """The sheets of a pasted text, as `reading.read` gives those of a file; raises UserError with what can be pasted.

    Understood are, in this order: address cards (BEGIN:VCARD), a table (columns parted by tabs, bars, commas or wide
    gaps; with or without headings), an invoice title (名称/税号/地址电话/开户行账号) and contacts as
    they are sent in chats (张三 13812345678 江苏省苏州市…, one or many, also with labels: 收货人：张三).
    """
    if len(text) > MOST:
        raise UserError(_("This is too much text. Save it as a file and choose that."))
    text = text.replace("\0", "").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    if not text.strip():
        raise UserError(_("There is no text to paste. Copy a table or a contact first."))
    rows = _cards(text) or _table(text)
    if not rows and len(text) <= MOST_CHAT:
        short = "\n".join(line for line in text.split("\n") if len(line) <= MOST_LINE)
        rows = firms(short) or persons(short)
    if not rows:
        raise UserError(
            _(
                "No table, contact or invoice title was found in this text. Copy the cells with their headings, or"
                " lines like “张三 13812345678 江苏省苏州市…”."
            )
        )
    if len(rows) > limits.most(limits.ROWS):
        raise UserError(_("This is too much text. Save it as a file and choose that."))
    return [Sheet(_("Pasted text"), rows)]


def lines_of(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Sheets of one column whose lines tell of contacts, as they are typed in chats (甲公司 张三 13812345678), with
    columns.
    """
    found = []
    for each in sheets:
        if cards := _cards_in_cells(each):
            found.append(Sheet(each.name, cards, each.hidden))
            continue
        lines = [[str(cell).strip() for cell in row if cell is not None] for row in each.rows]
        if any(len(line) > 1 for line in lines) or sum(len("".join(line)) for line in lines) > MOST_CHAT:
            continue
        text = "\n".join("".join(line)[:MOST_LINE] for line in lines)
        if rows := firms(text) or persons(text):
            found.append(Sheet(each.name, rows, each.hidden))
    return found


def _cards_in_cells(sheet: Sheet) -> list[Row]:
    """The contacts of a sheet whose cells each hold a whole name card, line below line."""
    cells = [cell for row in sheet.rows for cell in row if isinstance(cell, str) and cell.strip()]
    whole = [cell for cell in cells if cell.count("\n") >= 2]
    if not whole or len(whole) * 2 < len(cells) or sum(map(len, whole)) > MOST_CHAT:
        return []
    return persons("\n\n".join(re.sub(r"\n\s*(?=\n)", "", cell.strip()) for cell in whole))


def _cards(text: str) -> list[Row]:
    if "begin:vcard" not in text[:2000].lower():
        return []
    found = cards.parse(text.encode())
    return [list(row) for row in cards.as_rows(found)] if found else []


def _table(text: str) -> list[Row]:
    """The rows of a text whose lines have columns."""
    lines = [line for line in text.split("\n") if line.strip()]
    if sum("\t" in line for line in lines) * 2 > len(lines) or "\t" in lines[0]:
        return _parted(text, "\t")
    if len(lines) > 1 and all(line.count("|") >= 2 for line in lines[:2]):
        bars = [[_cell(part) for part in line.strip().strip("|").split("|")] for line in lines]
        return [row for row in bars if not all(re.fullmatch(r":?-+:?", str(cell)) for cell in row)]
    if len(lines) < 2:
        return []
    for sign in (",", ";", "，", "；", "、"):
        if sign in lines[0] and _are_headings(lines[0].split(sign)):
            return _parted(text, sign)
    columns = [_GAP.split(line.strip()) for line in lines]
    if len(columns[0]) < 2 or not _are_headings(columns[0]):
        columns = [line.split() for line in lines]
    if _are_headings(columns[0]) and all(len(each) <= len(columns[0]) for each in columns):
        return [[_cell(part) for part in each] for each in columns]
    return []


def _are_headings(parts: list[str]) -> bool:
    """Whether the parts of the first line name columns, by the words we know."""
    named = [part for part in parts if words.known(part.strip())]
    return len(parts) >= 2 and len(named) >= 2 and len(named) * 2 >= len(parts)


def _parted(text: str, delimiter: str) -> list[Row]:
    """The rows of a table with a sign between its columns; a cell with line breaks stands in quotation marks."""
    rows: list[Row] = []
    with suppress(csv.Error):
        for raw in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append([_cell(part) for part in raw])
        return rows
    return [[_cell(part) for part in line.split(delimiter)] for line in text.split("\n")]


def _cell(text: str) -> Cell:
    return from_text(text.strip())
