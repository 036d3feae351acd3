"""Days in two or three columns, as account books keep them: 年, 月 and 日, each month written once."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Final

from crm_desktop.exchange.reading import Cell
from crm_desktop.exchange.table import Table
from crm_desktop.values import as_text, is_blank, plain

DAY: Final = "日期"


def joined(table: Table) -> Table:
    """The table with one column for the day where it has one for the month and one beside it for the day."""
    names = [plain(name).strip() for name in table.heading]
    month = next((at for at, pair in enumerate(pairwise(names)) if pair == ("月", "日")), None)
    if month is None:
        return table
    year = month - 1 if month and names[month - 1] == "年" else None
    heading = list(table.heading)
    heading[month], heading[month + 1] = DAY, ""
    rows = []
    last: dict[int, str] = {}
    for number, cells in table.rows:
        row = list(cells)
        for at in (year, month):
            if at is not None and not is_blank(row[at]):
                last[at] = _number(row[at])
        written = _written(row[month], row[month + 1], last.get(month, ""))
        if written and year is not None and last.get(year):
            written = f"{last[year]}年{written}"
        row[month], row[month + 1] = written, None
        if year is not None:
            row[year] = None
        rows.append((number, row))
    if year is not None:
        heading[year] = ""
    return replace(table, heading=heading, rows=rows)


def _written(month: Cell, day: Cell, last: str) -> str | None:
    """The day as one text, of the `last` month where none stands beside it; what is no day yet is kept as it stands."""
    if is_blank(day):
        return None if is_blank(month) else f"{_number(month)}月"
    number = _number(day)
    return (f"{last}月" if last else "") + (f"{number}日" if number.isdecimal() else as_text(day))


def _number(cell: Cell) -> str:
    return as_text(cell).strip(" 年月日号") if not is_blank(cell) else ""
