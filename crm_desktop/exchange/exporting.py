"""Records to a sheet that Excel, people and our own import read: real types, the words of the user's language."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from crm_desktop.errors import UserError
from crm_desktop.exchange import words
from crm_desktop.exchange.writing import cell_writer
from crm_desktop.i18n import _
from crm_desktop.models.base import Record
from crm_desktop.models.complaint import Complaint
from crm_desktop.models.contact import Contact, Position
from crm_desktop.models.customer import Customer
from crm_desktop.models.fields import Date, DateTime, Field, Link, Money
from crm_desktop.models.interaction import Interaction
from crm_desktop.store import file
from crm_desktop.store.record import chunks

Progress = Callable[[int, int, str], None]
_STEP: Final = 500
_FORMATS: Final = ((Money, "#,##0.00"), (DateTime, "yyyy-mm-dd hh:mm"), (Date, "yyyy-mm-dd"))
_MODELS: Final[dict[str, type[Record]]] = {"customers": Customer, "contacts": Contact, "interactions": Interaction, "complaints": Complaint}
_SOURCES: Final[dict[type[Record], str]] = {
    Customer: 'customer r LEFT JOIN position p ON p.id = (SELECT id FROM position WHERE customer = r.id AND "left" = 0'
    ' ORDER BY "primary" DESC, id LIMIT 1) LEFT JOIN contact c ON c.id = p.contact',
    Contact: "contact r LEFT JOIN position p ON p.contact = r.id LEFT JOIN customer k ON k.id = p.customer",
    Interaction: "interaction r LEFT JOIN customer k ON k.id = r.customer",
    Complaint: "complaint r LEFT JOIN customer k ON k.id = r.customer",
}
_ALIASES: Final[dict[type[Record], dict[type[Record], str]]] = {
    Customer: {Contact: "c", Position: "p"},
    Contact: {Position: "p", Customer: "k"},
    Interaction: {Customer: "k"},
    Complaint: {Customer: "k"},
}
_LINKED: Final = {"customer": "name", "contact": "name", "complaint": "code"}
_ALWAYS: Final[dict[type[Record], frozenset[str]]] = {
    Customer: frozenset(
        [
            "code",
            "name",
            "short_name",
            "tier",
            "stage",
            "industry",
            "source",
            "owner",
            "region",
            "phones",
            "email",
            "addresses",
            "since",
            "annual_sales",
            "next_contact_at",
            "next_contact_what",
            "tags",
            "remarks",
        ]
    ),
    Contact: frozenset(["name", "phones", "wechat", "email", "birthday", "remarks"]),
    Interaction: frozenset(
        ["code", "at", "customer", "contact", "channel", "purpose", "content", "outcome", "next_at", "next_what", "by"]
    ),
    Complaint: frozenset(
        [
            "code",
            "received_at",
            "customer",
            "complainant",
            "category",
            "severity",
            "description",
            "owner",
            "state",
            "cause",
            "solution",
            "solved_at",
            "closed_at",
            "compensation",
            "satisfaction",
        ]
    ),
}


@dataclass(frozen=True)
class Column:
    """One column of a sheet; `model` differs from the sheet's for its contact person or its customer."""

    of: type[Record]
    model: type[Record]
    field: str

    @property
    def described(self) -> Field[Any]:
        return self.model.described()[self.field]

    @property
    def heading(self) -> str:
        """The heading in the user's language, as our import knows it."""
        called = words.CALLED.get((self.model, self.field)) if self.of is Customer else None
        return _(called or self.described.label)

    @property
    def sql(self) -> str:
        alias = _ALIASES.get(self.of, {}).get(self.model, "r")
        field = self.described
        if isinstance(field, Link):
            return f'(SELECT "{_LINKED[field.target]}" FROM "{field.target}" l WHERE l.id = {alias}."{self.field}")'
        return f'{alias}."{self.field}"'


def all_columns(model: type[Record]) -> list[Column]:
    """Every column a sheet can have, in the order of the forms."""
    own = [name for _title, names in model.groups() for name in names]
    own += [name for name in model.typed() if name not in own]
    columns = [Column(model, model, name) for name in (["code"] if "code" in model.described() else []) + own]
    if model is Customer:
        person = [(Contact, "name"), (Position, "job"), (Contact, "phones"), (Contact, "wechat"), (Contact, "email")]
        columns[4:4] = [Column(model, other, name) for other, name in person]
    elif model is Contact:
        tied = [
            (Customer, "name"),
            (Customer, "code"),
            *((Position, name) for name in Position.typed() if name not in ("contact", "customer")),
        ]
        columns[1:1] = [Column(model, other, name) for other, name in tied]
    elif Customer in _ALIASES.get(model, {}):
        place = next(i for i, column in enumerate(columns) if column.field == "customer")
        columns.insert(place + 1, Column(model, Customer, "code"))
    return columns


def columns_for(model: type[Record], ids: Sequence[int]) -> list[Column]:
    """The columns worth having for these records: the usual ones, and every other one that holds something."""
    every = all_columns(model)
    kept = _ALWAYS.get(model, frozenset())
    rare = [c for c in every if not (c.model is not model or c.field in kept)]
    used: set[str] = set()
    if rare:
        tests = ", ".join(f"max(\"{c.field}\" NOT IN ('', '[]', 0))" for c in rare)
        for part in chunks(ids):
            answers = file.ask(
                f'SELECT {tests} FROM "{model.table()}" WHERE id IN ({",".join("?" * len(part))})', part
            )[0]
            used |= {column.field for column, answer in zip(rare, answers, strict=True) if answer}
    return [c for c in every if c.model is not model or c.field in kept or c.field in used]


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
    from openpyxl import Workbook  # lazily: half a second of start-up

    chosen = columns_named(model, ids, columns)

    def write(target: Path) -> None:
        with target.open("wb") as stream:  # first of all: an unwritable place is known before any work
            book = Workbook(write_only=True)
            sheet = book.create_sheet(_sheet_name(model))
            try:
                _lay_out(sheet, chosen, len(ids))
                _fill(sheet, chosen, rows if rows is not None else cells_of(model, ids, chosen, progress))
                book.save(stream)
            finally:
                if not sheet.closed:  # an export that was stopped: openpyxl would complain on stderr
                    sheet.close()

    return finished(path, write)


def _lay_out(sheet: Any, columns: Sequence[Column], count: int) -> None:
    """Widths, heading, frozen panes and filter of a sheet with so many rows."""
    from openpyxl.cell import WriteOnlyCell  # lazily, as above
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "B2" if len(columns) > 6 else "A2"
    for place, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = (
            max(column.described.width, 2 * len(column.heading)) + 3
        )
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{max(2, count + 1)}"
    heading = []
    for column in columns:
        cell = WriteOnlyCell(sheet, column.heading)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E8EDF5")
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        heading.append(cell)
    sheet.append(heading)


def _fill(sheet: Any, columns: Sequence[Column], rows: Iterable[list[Any]]) -> None:
    """Write the rows below the heading."""
    from openpyxl.cell import WriteOnlyCell  # lazily, as above

    styled = {}
    for place, column in enumerate(columns):
        number_format = next((form for kind, form in _FORMATS if isinstance(column.described, kind)), None)
        if number_format:
            styled[place] = WriteOnlyCell(sheet)
            styled[place].number_format = number_format
    for row in rows:
        for place, cell in styled.items():
            if row[place] is not None:
                cell.value = row[place]
                row[place] = cell
        for place, value in enumerate(row):
            if type(value) is str and value[0] in "=#":  # openpyxl takes these for formulas and errors
                row[place] = _as_text(WriteOnlyCell(sheet), value)
        sheet.append(row)


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


def export(
    path: Path,
    model: type[Record],
    ids: Sequence[int],
    columns: Sequence[Column | str] | None = None,
    progress: Progress | None = None,
    rows: Iterable[list[Any]] | None = None,
) -> Path:
    """Write records to a file of the kind its name says (.xlsx or .csv); raises UserError for others."""
    suffix = path.suffix.lower()
    if suffix not in (".xlsx", ".csv"):
        raise UserError(_("“{file}”: a list is written as .xlsx or .csv.").format(file=path.name))
    return (to_excel if suffix == ".xlsx" else to_csv)(path, model, ids, columns, progress, rows)


def columns_named(model: type[Record], ids: Sequence[int], columns: Sequence[Column | str] | None) -> list[Column]:
    """The columns of a sheet: those named, in that order, or else those worth having."""
    if columns is None:
        return columns_for(model, ids)
    return [Column(model, model, column) if isinstance(column, str) else column for column in columns]


def _source(model: type[Record]) -> str:
    return _SOURCES.get(model, f'"{model.table()}" r')


def cells_of(
    model: type[Record], ids: Sequence[int], columns: Sequence[Column], progress: Progress | None = None
) -> Iterator[list[Any]]:
    """The records as rows of cells, some hundred at a time; a contact person of two customers makes two rows."""
    writers = [cell_writer(column.described) for column in columns]
    listed = ", ".join(column.sql for column in columns)
    done = 0
    for part in chunks(ids, _STEP):
        found: dict[int, list[tuple[Any, ...]]] = {}
        for stored in file.ask(
            f"SELECT r.id, {listed} FROM {_source(model)} WHERE r.id IN ({','.join('?' * len(part))})", part
        ):
            found.setdefault(stored[0], []).append(stored)
        for i in part:
            for stored in found.get(i, ()):
                yield [
                    None if value is None else write(value) for write, value in zip(writers, stored[1:], strict=True)
                ]
        done += len(part)
        if progress:
            progress(done, len(ids), _("Writing"))


def _sheet_name(model: type[Record]) -> str:
    kind = next((kind for kind, each in _MODELS.items() if each is model), "")
    return _(words.KINDS.get(kind, model.title))[:31]


def _as_text(cell: Any, value: str) -> Any:
    cell.value = value
    cell.data_type = "s"
    return cell


def _csv_text(value: Any) -> Any:
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "'"):
        return f"'{value}"
    return "" if value is None else value


def finished(path: Path, write: Callable[[Path], None]) -> Path:
    """Write beside the target and put it in its place when it is whole."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        write(part)
        os.replace(part, path)
    except PermissionError:
        raise UserError(
            _("“{file}” cannot be written. Close it in Excel, or choose another name or folder.").format(file=path.name)
        ) from None
    except OSError as error:
        raise UserError(
            _("“{file}” cannot be written: {reason}. Choose another folder.").format(
                file=path.name, reason=error.strerror or error
            )
        ) from None
    finally:
        with suppress(OSError):
            part.unlink()
    return path
