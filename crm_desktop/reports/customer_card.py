"""The customer card: one customer on a page or two, to take along to a visit."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from crm_desktop.i18n import _
from crm_desktop.reports.blocks import Figure
from crm_desktop.reports.card_reading import Data, read
from crm_desktop.reports.monthly import now
from crm_desktop.reports.page import Document
from crm_desktop.reports.table import Column

__all__ = ["Data", "collect", "draw", "make"]


def collect(customer: int) -> Data:
    """Read everything about a customer of the open file, in one go; UserError if the customer is gone."""
    return read(customer, now())


def draw(target: Path | BinaryIO, data: Data) -> int:
    """Write the card as a PDF and return the number of pages; needs no customer file. UserError if it cannot."""
    document = Document(target, data.title, data.office, data.code, data.printed_at, subtitle=data.badges)
    if data.pinned:
        document.note(data.pinned)
    document.figures([Figure(label, 0, shown=shown) for label, shown in data.figures], compare=False)
    for title, pairs in data.groups:
        if pairs:
            document.section(title, 1)
            document.pairs(pairs)
    _write_people(document, data)
    _write_needs(document, data)
    _write_contacts(document, data)
    _write_complaints(document, data)
    _write_requests(document, data)
    _write_surveys(document, data)
    return document.save()


def make(path: Path, customer: int) -> int:
    """Read and write the card of a customer in one go; the number of pages. UserError if it cannot."""
    return draw(path, collect(customer))


def _write_people(document: Document, data: Data) -> None:
    document.section(_("Contact persons"), 1)
    columns = [Column(_("Name"), bold=True), Column(_("Job title")), Column(_("Decision role")),
               Column(_("Phones"), whole=True), Column(_("WeChat")), Column(_("Birthday")),
               Column(_("Preferences and taboos"))]  # fmt: skip
    _write_filled(document, columns, data.people, _("No contact person is written down yet."))


def _write_needs(document: Document, data: Data) -> None:
    if data.needs:
        document.section(_("Needs"), 1)
        columns = [Column(_("Need")), Column(_("Product")), Column(_("Budget"), right=True),
                   Column(_("Expected on"), right=True), Column(_("Status"))]  # fmt: skip
        _write_filled(document, columns, data.needs, "")


def _write_contacts(document: Document, data: Data) -> None:
    document.section(_("Last contacts"), 1)
    columns = [Column(_("Date"), right=True), Column(_("Channel")), Column(_("Who")), Column(_("What was said")),
               Column(_("Next step"))]  # fmt: skip
    _write_filled(document, columns, data.contacts, _("No contact is written down yet."))


def _write_complaints(document: Document, data: Data) -> None:
    document.section(_("Complaints"), 1)
    columns = [Column(_("No.")), Column(_("Received"), right=True), Column(_("Description")), Column(_("State")),
               Column(_("Solution")), Column(_("Owner"))]  # fmt: skip
    _write_filled(document, columns, data.complaints, _("No complaint so far ✓"))


def _write_requests(document: Document, data: Data) -> None:
    if data.requests:
        document.section(_("Service requests"), 1)
        columns = [Column(_("No.")), Column(_("Received"), right=True), Column(_("Problem or wish")),
                   Column(_("State")), Column(_("Solution")), Column(_("Assigned to"))]  # fmt: skip
        _write_filled(document, columns, data.requests, "")


def _write_surveys(document: Document, data: Data) -> None:
    if data.surveys:
        document.section(_("Satisfaction surveys"), 1)
        columns = [Column(_("Date"), right=True), Column(_("Survey")), Column(_("Overall"), right=True),
                   Column(_("Recommends"), right=True), Column(_("In their own words"))]  # fmt: skip
        _write_filled(document, columns, data.surveys, "")


def _write_filled(document: Document, columns: list[Column], rows: list[tuple[str, ...]], empty: str) -> None:
    """A table without the columns nothing stands in."""
    used = [place for place in range(len(columns)) if any(row[place] for row in rows)]
    document.table([columns[place] for place in used], [[row[place] for place in used] for row in rows], empty)
