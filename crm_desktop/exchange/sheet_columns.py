"""Which columns a sheet of records has, and the records as its cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from typing_extensions import override

from crm_desktop.exchange import words, xlsx
from crm_desktop.exchange.writing import cell_writer
from crm_desktop.i18n import _
from crm_desktop.models.base import Record
from crm_desktop.models.complaint import Complaint
from crm_desktop.models.contact import Contact, Position
from crm_desktop.models.customer import Customer
from crm_desktop.models.feedback import Feedback
from crm_desktop.models.fields import Date, DateTime, Field, Link, Money
from crm_desktop.models.interaction import Interaction
from crm_desktop.models.service import ServiceRequest
from crm_desktop.models.service_parts import ServiceNote
from crm_desktop.store import file
from crm_desktop.store.record import chunks

Progress = Callable[[int, int, str], None]
_STEP: Final = 500
_FORMS: Final = ((Money, xlsx.MONEY), (DateTime, xlsx.MOMENT), (Date, xlsx.DAY))
MODELS: Final[dict[str, type[Record]]] = {
    "customers": Customer,
    "contacts": Contact,
    "interactions": Interaction,
    "complaints": Complaint,
    "requests": ServiceRequest,
    "feedback": Feedback,
    "solutions": ServiceNote,
}
"""The lists one can have as a sheet, by the kind they are imported as."""
_SOURCES: Final[dict[type[Record], str]] = {
    Customer: 'customer r LEFT JOIN position p ON p.id = (SELECT id FROM position WHERE customer = r.id AND "left" = 0'
    ' ORDER BY "primary" DESC, id LIMIT 1) LEFT JOIN contact c ON c.id = p.contact',
    Contact: "contact r LEFT JOIN position p ON p.contact = r.id LEFT JOIN customer k ON k.id = p.customer",
    Interaction: "interaction r LEFT JOIN customer k ON k.id = r.customer",
    Complaint: "complaint r LEFT JOIN customer k ON k.id = r.customer",
    Feedback: "feedback r LEFT JOIN customer k ON k.id = r.customer",
    ServiceRequest: "service_request r LEFT JOIN customer k ON k.id = r.customer",
}
_ALIASES: Final[dict[type[Record], dict[type[Record], str]]] = {
    Customer: {Contact: "c", Position: "p"},
    Contact: {Position: "p", Customer: "k"},
    Interaction: {Customer: "k"},
    Complaint: {Customer: "k"},
    ServiceRequest: {Customer: "k"},
    Feedback: {Customer: "k"},
}
_LINKED: Final = {
    "customer": "name",
    "contact": "name",
    "complaint": "code",
    "interaction": "code",
    "service_note": "name",
}
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
    ServiceNote: frozenset(["name", "type", "words", "text"]),
    Feedback: frozenset(
        [
            "code",
            "at",
            "customer",
            "who",
            "kind",
            "channel",
            "text",
            "owner",
            "state",
            "answer",
            "answered_at",
            "adopted",
            "thanks",
        ]
    ),
    ServiceRequest: frozenset(
        [
            "code",
            "received_at",
            "customer",
            "caller",
            "type",
            "priority",
            "subject",
            "description",
            "product",
            "owner",
            "state",
            "solution",
            "solved_at",
            "closed_at",
            "satisfaction",
            "feedback",
            "remarks",
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
    def key(self) -> str:
        """What the column is remembered by."""
        return f"{self.model.table()}.{self.field}"

    @property
    def heading(self) -> str:
        """The heading in the user's language, as our import knows it."""
        called = words.CALLED.get((self.model, self.field)) if self.of is Customer else None
        return _(called or self.described.label)

    @property
    def head(self) -> xlsx.Head:
        """The column as a workbook shows it."""
        form = next((form for kind, form in _FORMS if isinstance(self.described, kind)), "")
        return xlsx.Head(self.heading, max(self.described.width, 2 * len(self.heading)) + 3, form)

    @property
    def sql(self) -> str:
        alias = _ALIASES.get(self.of, {}).get(self.model, "r")
        field = self.described
        if isinstance(field, Link):
            return f'(SELECT "{_LINKED[field.target]}" FROM "{field.target}" l WHERE l.id = {alias}."{self.field}")'
        return f'{alias}."{self.field}"'


class PersonNo(Column):
    """The number that says that several rows are about one contact person (`words.PERSON_NO`)."""

    @property
    @override
    def described(self) -> Field[Any]:
        return words.PERSON_NO_FIELD

    @property
    @override
    def sql(self) -> str:
        held = super().sql if self.of in (Customer, Contact) else 'r."contact"'
        return f"CAST({held} AS TEXT)"  # 19 digits: Excel would keep 15 of a number

    @classmethod
    def of_sheet(cls, model: type[Record]) -> list[Column]:
        """The last column of sheets that tell of contact persons; none for others."""
        told = model in (Customer, Contact) or "contact" in model.described()
        return [cls(model, Contact, words.PERSON_NO)] if told else []


def all_columns(model: type[Record]) -> list[Column]:
    """Every column a sheet can have, in the order of the forms."""
    own = [name for _title, names in model.groups() for name in names if name in model.typed()]
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


def usual(model: type[Record]) -> set[str]:
    """The keys of the columns a sheet has even when nothing stands in them."""
    kept = _ALWAYS.get(model, frozenset())
    return {column.key for column in all_columns(model) if column.model is not model or column.field in kept}


def columns_for(model: type[Record], ids: Sequence[int]) -> list[Column]:
    """The columns worth having for these records: the usual ones, and every other one that holds something."""
    every = all_columns(model)
    kept = _ALWAYS.get(model, frozenset())
    rare = [c for c in every if not (c.model is not model or c.field in kept)]
    used: set[str] = set()
    if rare:
        tests = ", ".join(f'max(CASE WHEN "{c.field}" NOT IN {c.described.nothing} THEN 1 END)' for c in rare)
        for part in chunks(ids):
            answers = file.ask(
                f'SELECT {tests} FROM "{model.table()}" WHERE id IN ({",".join("?" * len(part))})', part
            )[0]
            used |= {column.field for column, answer in zip(rare, answers, strict=True) if answer}
    return [c for c in every if c.model is not model or c.field in kept or c.field in used]


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


def sheet_name(model: type[Record]) -> str:
    """What a sheet of these records is called."""
    kind = next((kind for kind, each in MODELS.items() if each is model), "")
    return _(words.KINDS.get(kind, model.title))[:31]
