"""The whole office as one workbook: customers, contact persons, contact history, complaints, with all fields."""

from __future__ import annotations

from pathlib import Path

from crm_desktop.exchange.finishing import workbook
from crm_desktop.exchange.sheet_columns import MODELS, Progress, cells_of, columns_for, sheet_name
from crm_desktop.exchange.xlsx import Book
from crm_desktop.i18n import _
from crm_desktop.store import file


def write(path: Path, progress: Progress | None = None) -> dict[str, int]:
    """Write everything, archived customers too; how many rows each kind of list got.

    Imported into an empty office it gives the same records. Raises UserError.
    """
    ids = {
        kind: [i for (i,) in file.ask(f'SELECT id FROM "{model.table()}" ORDER BY id')]
        for kind, model in MODELS.items()
    }
    total, counts = sum(map(len, ids.values())), dict.fromkeys(MODELS, 0)

    def tick(done: int, _total: int, _text: str) -> None:
        if progress:
            progress(before + done, total, _("Writing"))

    before = 0

    def fill(book: Book) -> None:
        nonlocal before
        for kind, model in MODELS.items():
            columns = columns_for(model, ids[kind])
            heads = [column.head for column in columns]
            counts[kind] = book.sheet(sheet_name(model), heads, cells_of(model, ids[kind], columns, tick), 1)
            before += len(ids[kind])

    workbook(path, fill)
    return counts
