"""服务单: one service request on paper, to take along, to be filled in and signed (product.md O12).

For the window: `collect(request_id)` reads everything (in the store's thread), `draw(target, data)` writes the PDF and
needs no customer file, `make(path, request_id)` does both; `data.code` is good for a file name. The list on paper is
reports/service_ledger.py: `collect(period, owner, words)`, `draw(target, data)`.
What is not done yet has room to be written by hand: the solution, the parts, the checklist's boxes, the verdict.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.models import Contact, Customer, ServiceRequest, lists, people
from crm_desktop.models.office import setting
from crm_desktop.reports.case_paper import (
    Lines,
    Pairs,
    course,
    pairs,
    write_blank_lines,
    write_course,
    write_pairs,
    write_signatures,
)
from crm_desktop.reports.monthly import now
from crm_desktop.reports.page import Document
from crm_desktop.reports.table import Column
from crm_desktop.service import reading
from crm_desktop.values import show_datetime

BOX, TICK = "□", "✓"
_ASKED = ("caller", "received_at", "registered_by", "channel", "type", "priority", "product", "serial_no",
          "warranty_until", "subject", "description", "remarks")  # fmt: skip
_TIMES = ("owner", "tier", "agreed_at", "acknowledged_at", "reply_by", "replied_at", "solve_by", "solved_at")
_DONE = ("solution", "parts", "minutes", "chargeable", "cost")
_AFTER = ("satisfaction", "feedback", "reopened", "closed_at")


@dataclass(frozen=True)
class Data:
    """All that the form says, as people read it."""

    code: str
    customer: Pairs
    state: str
    office: str
    printed_at: datetime
    asked: Pairs
    times: Pairs
    done: Pairs
    """What was done; empty while nothing is solved, so that there is room to write."""
    after: Pairs
    checks: Lines
    course: Lines
    verdicts: list[str]


def collect(request: int) -> Data:
    """Read everything about a request, in one go; UserError if it is gone."""
    case = reading.case(request)
    if case is None:
        raise UserError(_("This service request is no longer there; a colleague may have deleted it."))
    record = case.record
    solved = bool(record.solution.strip())
    return Data(
        record.code,
        _customer(record, case.customer),
        record.shown("state"),
        str(setting("office_name")),
        now(),
        pairs(record, [name for name in _ASKED if name != "caller" or not record.contact]),
        pairs(record, _TIMES),
        pairs(record, _DONE) if solved else [],
        pairs(record, _AFTER) if record.satisfaction else [],
        [_check(one) for one in record.checks],
        course(case.course),
        [entry.label for entry in lists.entries("satisfaction")],
    )


def _customer(record: ServiceRequest, name: str) -> Pairs:
    """Whom to go to: the customer, its address and phone, and the contact person."""
    assert record.customer is not None
    customer = Customer.get_row(record.customer)
    told = pairs(customer, ("region", "addresses", "main_phone")) if customer else []
    person = Contact.get_row(record.contact) if record.contact else None
    if person is not None:
        told.append((_("Contact person"), " ".join(filter(None, (person.name, person.shown("phones"))))))
    return [(_("Customer"), name), *told]


def _check(one: dict[str, object]) -> tuple[str, ...]:
    by = one.get("by")
    who = by if isinstance(by, str) else people.name(by)  # type: ignore[arg-type]
    done = str(one.get("done") or "")
    return (TICK if done else BOX, str(one.get("what", "")), show_datetime(done) if done else "", who)


def draw(target: Path | BinaryIO, data: Data) -> int:
    """Write the form as a PDF and return the number of pages; needs no customer file. UserError if it cannot."""
    subtitle = f"{data.code} · {data.state}"
    document = Document(target, _("Service form"), data.office, data.code, data.printed_at, subtitle=subtitle)
    write_pairs(document, _("What is asked"), [*data.customer, *data.asked])
    write_pairs(document, _("Handling"), data.times)
    if data.checks:
        document.section(_("Checklist"), 1)
        columns = [Column(""), Column(_("To do")), Column(_("Done")), Column(_("Done by"))]
        document.table(columns, data.checks, "")
    _write_done(document, data)
    _write_verdict(document, data)
    if len(data.course) > 1:
        write_course(document, data.course)
    write_signatures(document, (_("Handled by"), _("Customer's signature"), _("Approved by")))
    return document.save()


def _write_done(document: Document, data: Data) -> None:
    """What was done, or room to write it."""
    if data.done:
        write_pairs(document, _("What was done"), data.done)
        return

    def blank() -> None:
        document.section(_("What was done"), 1)
        write_blank_lines(document, 3)
        document.paragraph(_("Parts used: ____________________   Time: ________ minutes   Charge: ¥ __________"))

    document.keep_together(blank)


def _write_verdict(document: Document, data: Data) -> None:
    """What the customer says, or boxes to tick."""
    if data.after:
        write_pairs(document, _("Satisfaction"), data.after)
        return

    def blank() -> None:
        document.section(_("Is the customer satisfied?"), 1)
        document.paragraph("     ".join(f"{BOX} {verdict}" for verdict in data.verdicts))

    document.keep_together(blank)


def make(path: Path, request: int) -> int:
    """Read and write the form of a request in one go; the number of pages. UserError if it cannot."""
    return draw(path, collect(request))
