"""Columns that hold two things one below the other in each cell (客户名称/地址), made two columns."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Final

from crm_desktop.exchange import blocks, words
from crm_desktop.exchange.contents import MOST_OF, cells_of, is_firm, is_someone, share
from crm_desktop.exchange.reading import Cell, Row
from crm_desktop.exchange.table import Table
from crm_desktop.models.contact import Contact
from crm_desktop.models.customer import Customer
from crm_desktop.values import clean

_LABELS: Final = re.compile(r"(税号|识别号|开户行|开户银行|[账帐]号)\s*[:：]")
_LABEL: Final = re.compile(r"\s*([^\s:：\d]{2,8})\s*[:：]\s*")
_COUNTED: Final = re.compile(r"\s*[(（]?(\d{1,5})[)）]?\s*[、.．)）]\s*(?=[^\d\s])")
_NAME, _PERSON = words.Target(Customer, "name"), words.Target(Contact, "name")
_MOBILE: Final = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_CALLED: Final = {"姓名": "联系人", "电话": "手机", "地址": "地址", "备注": "备注"}
"""What the parts of a receiver are called in `blocks`, and as columns."""
_WHOLE: Final = {"联系人", "手机", "地址"}
_WITH_PHONE: Final = re.compile(
    r"(\D{2,40}?)[\s:：,，/(（\-]*((?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0\d{2,3}-\d{7,8})[)）]?"
)
_WITH_PERSON: Final = re.compile(r"(.{3,50}?)\s*[(（]([\u3400-\u9fff]{2,4})[)）]")
_ANYBODY: Final = "某某公司"
_FEW: Final = 30
_APART: Final = 6
_PARTS: Final = re.compile(r"[/、|&+及和与]|\s+")


def apart(table: Table) -> Table:
    """The table with a column for each part of a heading whose cells have as many lines; the table itself without
    such columns.
    """
    found = {
        at: parts for at, name in enumerate(table.heading) if (parts := _parts(name)) and _has_lines(table, at, parts)
    }
    if not found:
        return table
    rows: list[tuple[int, Row]] = []
    for number, cells in table.rows:
        row = list(cells)
        for at, parts in found.items():
            lines = _lines(cells[at], len(parts))
            row[at] = lines[0]
            row += lines[1:]
        rows.append((number, row))
    more = [part for parts in found.values() for part in parts[1:]]
    heading = [found[at][0] if at in found else name for at, name in enumerate(table.heading)]
    above = [table.groups[at] for at, parts in found.items() for _part in parts[1:]]
    units = [*table.units, *[""] * len(more)]
    return replace(table, heading=[*heading, *more], groups=[*table.groups, *above], units=units, rows=rows)


def without_numbers(table: Table) -> Table:
    """The table, running numbers taken off the words behind them (1、甲公司, 2、乙公司)."""
    counted = [at for at in range(len(table.heading)) if _counts(table, at)]
    if not counted:
        return table
    rows = [
        (
            number,
            [
                _COUNTED.sub("", cell) if at in counted and isinstance(cell, str) else cell
                for at, cell in enumerate(cells)
            ],
        )
        for number, cells in table.rows
    ]
    return replace(table, rows=rows)


def _counts(table: Table, at: int) -> bool:
    """Whether the cells of a column begin with running numbers."""
    numbers: list[int] = []
    for _number, cells in table.rows:
        if (cell := cells[at]) is None:
            continue
        found = _COUNTED.match(cell) if isinstance(cell, str) else None
        if not found or (numbers and int(found[1]) != numbers[-1] + 1):
            return False
        numbers.append(int(found[1]))
    return len(numbers) > 1


def receivers_apart(table: Table) -> Table:
    """The table with columns of their own for who receives, the phone and the address, where one cell tells all three
    and no column names the person.
    """
    if any(words.find(words.CONTACTS, name)[:1] == [_PERSON] for name in table.heading):
        return table
    for at in range(len(table.heading)):
        if share(cells_of(table.rows, at)[:_FEW], _is_receiver) > MOST_OF:
            told = [_receiver(cells[at]) for _number, cells in table.rows]
            return _with_columns(table, at, told)
    return table


def _is_receiver(cell: Cell) -> bool:
    return isinstance(cell, str) and len(cell) > 15 and _MOBILE.search(cell) is not None and len(_receiver(cell)) > 2


def _receiver(cell: Cell) -> dict[str, str]:
    """Name, phone and address of a cell that tells all of them, by the headings of columns."""
    if not isinstance(cell, str) or not _MOBILE.search(cell) or _are_several(cell):
        return {}
    heading, *rows = blocks.persons(clean(cell)) or [[]]
    told = {
        _CALLED.get(str(name), ""): str(value)
        for row in rows[:1]
        for name, value in zip(heading, row, strict=True)
        if value
    }
    told.pop("", None)
    return told if told.keys() >= _WHOLE else {}


def _are_several(cell: str) -> bool:
    """Whether a cell tells of several receivers: more than a sign or two stands between their numbers."""
    found = list(_MOBILE.finditer(cell))
    return any(len(cell[one.end() : other.start()].strip()) > _APART for one, other in pairwise(found))


def without_labels(table: Table) -> Table:
    """The table, the label that says again what a column holds taken off its cells (地址：文三路1号)."""
    labels = {at: label for at, name in enumerate(table.heading) if name and (label := _said_again(table, at))}
    if not labels:
        return table
    rows = [
        (number, [_said(cell, labels[at]) if at in labels else cell for at, cell in enumerate(cells)])
        for number, cells in table.rows
    ]
    return replace(table, rows=rows)


def _said_again(table: Table, at: int) -> str:
    """The label most cells of a column begin with; "" for none."""
    cells = cells_of(table.rows, at)[:_FEW]
    label = _LABEL.match(cells[0]) if cells and isinstance(cells[0], str) else None
    if not label:
        return ""
    meant = words.find(words.CUSTOMERS, table.heading[at])[:1]
    same = label[1] == table.heading[at] or (meant and words.find(words.CUSTOMERS, label[1])[:1] == meant)
    most = share(cells, lambda cell: isinstance(cell, str) and cell.strip().startswith(label[1])) > MOST_OF
    return label[1] if same and most else ""


def _said(cell: Cell, label: str) -> Cell:
    """A cell without that label; other words before a colon (张总：先打电话) stay."""
    found = _LABEL.match(cell) if isinstance(cell, str) else None
    return str(cell)[found.end() :] if found and found[1] == label else cell


def who_apart(table: Table) -> Table:
    """The table with columns of their own for phones behind names (张伟13800000001) and people behind firms (甲公司
    （张伟）).
    """
    named = next(
        (at for at, name in enumerate(table.heading) if words.find(words.CUSTOMERS, name)[:1] == [_NAME]), None
    )
    if named is None:
        return table
    cells = cells_of(table.rows, named)[:_FEW]
    for pattern, heading in ((_WITH_PHONE, "电话"), (_WITH_PERSON, "联系人")):
        if heading not in table.heading and share(cells, partial(_is_both, pattern)) > MOST_OF:
            return _split(table, named, pattern, heading)
    return table


def _both(pattern: re.Pattern[str], cell: Cell) -> tuple[str, str] | None:
    """A cell in two, if it is of that shape and its second half is what it looks like."""
    found = pattern.fullmatch(cell.strip()) if isinstance(cell, str) else None
    if not found or (pattern is _WITH_PERSON and not (is_firm(found[1]) and is_someone(found[2]))):
        return None
    return found[1].strip(), found[2]


def _is_both(pattern: re.Pattern[str], cell: Cell) -> bool:
    return _both(pattern, cell) is not None


def _split(table: Table, at: int, pattern: re.Pattern[str], heading: str) -> Table:
    rows: list[tuple[int, Row]] = []
    for number, cells in table.rows:
        both = _both(pattern, cells[at]) or (cells[at], None)
        rows.append((number, [*cells[:at], both[0], *cells[at + 1 :], both[1]]))
    return replace(
        table,
        heading=[*table.heading, heading],
        groups=[*table.groups, table.heading[at]],
        units=[*table.units, ""],
        rows=rows,
    )


def titles_apart(table: Table) -> Table:
    """The table with columns of their own for what a column of invoice titles (税号：… 开户行：… 账号：…) tells."""
    for at in range(len(table.heading)):
        cells = cells_of(table.rows, at)
        if share(cells[:_FEW], _is_title) <= MOST_OF:
            continue
        return _with_columns(table, at, [_title(cells[at]) for _number, cells in table.rows])
    return table


def _with_columns(table: Table, at: int, told: list[dict[str, str]]) -> Table:
    """The table with what a column's cells tell in columns of their own; what tells nothing stays."""
    names = list(dict.fromkeys(name for each in told for name in each))
    rows: list[tuple[int, Row]] = []
    for (number, cells), each in zip(table.rows, told, strict=True):
        kept: list[Cell] = [*cells[:at], None if each else cells[at], *cells[at + 1 :]]
        rows.append((number, [*kept, *map(each.get, names)]))
    return replace(
        table,
        heading=[*table.heading, *names],
        groups=[*table.groups, *[table.heading[at]] * len(names)],
        units=[*table.units, *[""] * len(names)],
        rows=rows,
    )


def _is_title(cell: Cell) -> bool:
    return isinstance(cell, str) and len(set(_LABELS.findall(cell))) > 1


def _title(cell: Cell) -> dict[str, str]:
    """What an invoice title in one cell tells, by the headings of columns."""
    if not _is_title(cell):
        return {}
    heading, *rows = blocks.firms(f"公司名称：{_ANYBODY}\n{cell}") or [[]]
    told = {str(name): str(value) for row in rows[:1] for name, value in zip(heading, row, strict=True) if value}
    return {name: value for name, value in told.items() if value != _ANYBODY}


def _parts(heading: str) -> list[str]:
    """The parts of a heading that name different fields each."""
    parts = [part for part in _PARTS.split(heading) if part]
    if not 2 <= len(parts) <= 4:
        return []
    meant = [words.find(words.CUSTOMERS, part)[:1] or words.find(words.CONTACTS, part)[:1] for part in parts]
    fields = {(found[0].model, found[0].field) for found in meant if found}
    return parts if all(meant) and len(fields) == len(parts) else []


def _has_lines(table: Table, at: int, parts: list[str]) -> bool:
    cells = cells_of(table.rows, at)
    return share(cells, lambda cell: isinstance(cell, str) and cell.strip().count("\n") == len(parts) - 1) > MOST_OF


def _lines(cell: Cell, count: int) -> list[Cell]:
    """The lines of a cell, as many as asked for: the first ones, and the rest together."""
    if not isinstance(cell, str):
        return [cell, *[None] * (count - 1)]
    lines: list[Cell] = [line.strip() or None for line in cell.strip().split("\n", count - 1)]
    return [*lines, *[None] * (count - len(lines))]
