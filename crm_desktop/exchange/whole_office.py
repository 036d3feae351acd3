"""The whole office as one workbook: customers, contact persons, contact history, complaints, with all fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from crm_desktop.exchange.finishing import workbook
from crm_desktop.exchange.sheet_columns import MODELS, Column, Progress, cells_of, columns_for, sheet_name
from crm_desktop.exchange.xlsx import Book
from crm_desktop.i18n import _
from crm_desktop.models.base import Record
from crm_desktop.store import file


class Part(NamedTuple):
    """One sheet: which records, and which of their columns."""

    model: type[Record]
    ids: Sequence[int]
    columns: Sequence[Column]


def parts() -> list[Part]:
    """What there is to write, archived customers too."""
    found = []
    for model in MODELS.values():
        ids = [i for (i,) in file.ask(f'SELECT id FROM "{model.table()}" ORDER BY id')]
        found.append(Part(model, ids, columns_for(model, ids)))
    return found


def write(path: Path, progress: Progress | None = None) -> dict[str, int]:
    """Write everything; how many rows each kind of list got.

    Imported into an empty office it gives the same records. Raises UserError.
    """
    found = parts()
    total, before = sum(len(part.ids) for part in found), 0

    def rows(part: Part) -> Iterator[list[Any]]:
        nonlocal before

        def tick(done: int, _total: int, _text: str) -> None:
            if progress:
                progress(before + done, total, _("Writing"))

        yield from cells_of(part.model, part.ids, part.columns, tick)
        before += len(part.ids)

    return write_sheets(path, [(part, rows(part)) for part in found])


def write_sheets(path: Path, sheets: Sequence[tuple[Part, Iterable[list[Any]]]]) -> dict[str, int]:
    """Write the sheets from rows that somebody else reads; needs no customer file. Raises UserError."""
    kinds, counts = {model: kind for kind, model in MODELS.items()}, dict.fromkeys(MODELS, 0)

    def fill(book: Book) -> None:
        for part, rows in sheets:
            heads = [column.head for column in part.columns]
            counts[kinds[part.model]] = book.sheet(sheet_name(part.model), heads, rows, 1)

    workbook(path, fill)
    return counts
