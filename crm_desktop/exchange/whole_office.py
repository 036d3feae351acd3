"""The whole office as one workbook: customers, contact persons, contact history, complaints, service requests, with all
fields; what hangs on them; and what the office itself has: colleagues, lists, own fields, settings, calendar.

Written as .zip, the files that are attached to complaints and news lie beside the workbook.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from crm_desktop.complaints import evidence
from crm_desktop.exchange import definitions, hanging, packages
from crm_desktop.exchange.definitions import SHEETS
from crm_desktop.exchange.finishing import workbook
from crm_desktop.exchange.packages import Attached
from crm_desktop.exchange.sheet_columns import MODELS, Column, PersonNo, Progress, cells_of, columns_for, sheet_name
from crm_desktop.exchange.xlsx import Book
from crm_desktop.i18n import _
from crm_desktop.models.base import Record
from crm_desktop.store import file


class Part(NamedTuple):
    """One sheet: which records, and which of their columns."""

    model: type[Record]
    ids: Sequence[int]
    columns: Sequence[Column]


def is_packed(path: Path) -> bool:
    """Whether the attached files are written, too."""
    return path.suffix.lower() == packages.SUFFIX


def parts(files: Sequence[Attached] | None = None) -> list[Part]:
    """What there is to write, archived customers too; `files` are those that go along (None: they do not)."""
    found = []
    for model in MODELS.values():
        ids = [i for (i,) in file.ask(f'SELECT id FROM "{model.table()}" ORDER BY id')]
        found.append(Part(model, ids, [*columns_for(model, ids), *PersonNo.of_sheet(model)]))
    found += [Part(*each) for each in hanging.parts(packages.places(files) if files is not None else None)]
    told = [Part(model, definitions.written(model), definitions.columns(model)) for model in SHEETS]
    return found + [part for part in told if part.ids]


def write(path: Path, progress: Progress | None = None) -> dict[str, int]:
    """Write everything; how many rows each kind of list got (what the office itself has is not counted).

    Imported into an empty office it gives the same records and, taken over (`definitions.take`), the same office.
    Raises UserError.
    """
    files = packages.attached() if is_packed(path) else None
    found = parts(files)
    total, before = sum(len(part.ids) for part in found), 0

    def rows(part: Part) -> Iterator[list[Any]]:
        nonlocal before

        def tick(done: int, _total: int, _text: str) -> None:
            if progress:
                progress(before + done, total, _("Writing"))

        yield from cells_of(part.model, part.ids, part.columns, tick)
        before += len(part.ids)

    return write_sheets(path, [(part, rows(part)) for part in found], map(content, files or ()))


def content(one: Attached) -> tuple[str, bytes]:
    """Where an attached file lies in the package, and what is in it; UserError when it is gone."""
    return one.place, evidence.content(one.id, one.kind)


def write_sheets(
    path: Path, sheets: Sequence[tuple[Part, Iterable[list[Any]]]], files: Iterable[tuple[str, bytes]] = ()
) -> dict[str, int]:
    """Write the sheets from rows that somebody else reads, in a package with the files; needs no customer file. Raises
    UserError.
    """
    kinds, counts = {model: kind for kind, model in MODELS.items()}, dict.fromkeys(MODELS, 0)

    def fill(book: Book) -> None:
        for part, rows in sheets:
            heads = [column.head for column in part.columns]
            told = SHEETS.get(part.model)
            title = _(told) if told else hanging.title(part.model) or sheet_name(part.model)
            written = book.sheet(title, heads, rows, 1)
            if part.model in kinds:
                counts[kinds[part.model]] = written

    if is_packed(path):
        packages.write(path, fill, files)
    else:
        workbook(path, fill)
    return counts
