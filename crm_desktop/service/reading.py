"""All that a window shows of one service request beside its fields, read in one go."""

from __future__ import annotations

from dataclasses import dataclass

from crm_desktop.courses import Stamp, in_words
from crm_desktop.i18n import _
from crm_desktop.models import ServiceRequest, people
from crm_desktop.service import moves
from crm_desktop.store import file


@dataclass(frozen=True)
class Case:
    """A request with its customer's name and its course."""

    record: ServiceRequest
    customer: str
    course: list[Stamp]


def case(request: int) -> Case | None:
    """Everything about a request; None when it is gone."""
    record = ServiceRequest.get_row(request)
    if record is None:
        return None
    name = file.one("SELECT name FROM customer WHERE id = ?", (record.customer,))
    return Case(record, str(name or ""), course(record))


def course(record: ServiceRequest) -> list[Stamp]:
    """The course of a request from its receipt on."""
    start = Stamp("new", _("Registered"), record.received_at or "", people.name(record.registered_by), "")
    return [start, *in_words(moves.course(record.id), "request_state", moves.REPLY)]
