"""Columns that hold two things one below the other in each cell (客户名称/地址), made two columns."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from crm_desktop.exchange import words
from crm_desktop.exchange.contents import MOST_OF, cells_of, share
from crm_desktop.exchange.reading import Cell, Row
from crm_desktop.exchange.table import Table

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
