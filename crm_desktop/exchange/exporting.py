"""Records to a file that Excel, phones, people and our own import read: real types, the user's language."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from crm_desktop.errors import UserError
from crm_desktop.exchange import vcards
from crm_desktop.exchange.finishing import finished, workbook
from crm_desktop.exchange.sheet_columns import Column, Progress, cells_of, columns_named, sheet_name
from crm_desktop.i18n import _
from crm_desktop.models.base import Record

SUFFIXES: Final = (".xlsx", ".csv", ".vcf")


def to_excel(
    path: Path,
    model: type[Record],
    ids: Sequence[int],
    columns: Sequence[Column | str] | None = None,
    progress: Progress | None = None,
    rows: Iterable[list[Any]] | None = None,
) -> Path:
    """Write records to an .xlsx, in the order of `ids`; nothing is left of a file that could not be finished.

    `rows` are their cells where somebody else reads them (`cells_of`): then the customer file is not needed, but
    columns are. Raises UserError.
    """
    chosen = columns_named(model, ids, columns)
    cells = rows if rows is not None else cells_of(model, ids, chosen, progress)
    frozen = 1 if len(chosen) > 6 else 0
    return workbook(path, lambda book: book.sheet(sheet_name(model), [column.head for column in chosen], cells, frozen))


def to_csv(
    path: Path,
    model: type[Record],
    ids: Sequence[int],
    columns: Sequence[Column | str] | None = None,
    progress: Progress | None = None,
    rows: Iterable[list[Any]] | None = None,
) -> Path:
    """Write records to a .csv in UTF-8 with the mark Excel needs; text that could run as a formula gets an apostrophe.

    `rows` as in `to_excel`. Raises UserError.
    """
    chosen = columns_named(model, ids, columns)

    def write(target: Path) -> None:
        with target.open("w", encoding="utf-8-sig", newline="") as stream:
            out = csv.writer(stream)
            out.writerow([column.heading for column in chosen])
            for row in rows if rows is not None else cells_of(model, ids, chosen, progress):
                out.writerow([_csv_text(value) for value in row])

    return finished(path, write)


def to_vcard(
    path: Path,
    model: type[Record],
    ids: Sequence[int],
    progress: Progress | None = None,
    texts: Iterable[str] | None = None,
) -> Path:
    """Write contact persons, or customers with theirs, as address cards; `texts` as `rows` in `to_excel`.

    Raises UserError, also for records that are no addresses.
    """
    if model not in vcards.MODELS:
        raise UserError(_("Only customers and contact persons can be written as address cards (.vcf)."))

    def write(target: Path) -> None:
        with target.open("w", encoding="utf-8", newline="") as stream:
            for text in texts if texts is not None else vcards.of(model, ids, progress):
                stream.write(text)

    return finished(path, write)


def export(
    path: Path,
    model: type[Record],
    ids: Sequence[int],
    columns: Sequence[Column | str] | None = None,
    progress: Progress | None = None,
    rows: Iterable[Any] | None = None,
) -> Path:
    """Write records to a file of the kind its name says (.xlsx, .csv or .vcf); raises UserError for others."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UserError(_("“{file}”: a list is written as .xlsx, .csv or .vcf.").format(file=path.name))
    if suffix == ".vcf":
        return to_vcard(path, model, ids, progress, rows)
    return (to_excel if suffix == ".xlsx" else to_csv)(path, model, ids, columns, progress, rows)


def _csv_text(value: Any) -> Any:
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "'"):
        return f"'{value}"
    return "" if value is None else value
