"""Figures as a workbook: each statistic of a period on a sheet of its own, as it is shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from crm_desktop.exchange.finishing import workbook
from crm_desktop.exchange.xlsx import Book, Head
from crm_desktop.i18n import _
from crm_desktop.statistics import Table


def write(path: Path, tables: Sequence[Table], words: str) -> int:
    """Write statistics that were worked out; how many sheets. `words` say of what period and whose they are.

    Needs no customer file. Raises UserError when the file cannot be written.
    """
    told = [table for table in tables if table.rows]

    def fill(book: Book) -> None:
        listed = [[place, table.title, words] for place, table in enumerate(told, 1)]
        book.sheet(_("Contents"), [Head(_("No."), 6), Head(_("Statistic"), 60), Head(_("Period"), 40)], listed)
        for place, table in enumerate(told, 1):
            book.sheet(f"{place} {table.title}", _heads(table), _lines(table), 1)

    workbook(path, fill)
    return len(told)


def _heads(table: Table) -> list[Head]:
    widest = max((len(row.label) for row in table.rows), default=0)
    return [Head("", min(50, 2 * widest + 4)), *(Head(each.label, 2 * len(each.label) + 3) for each in table.columns)]


def _lines(table: Table) -> Iterator[list[Any]]:
    for row in table.rows:
        yield [row.label, *row.values]
    if len(table.rows) > 1:
        yield [_("Total"), *table.total]
