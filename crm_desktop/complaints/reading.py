"""All that a window shows of one complaint beside its fields, read in one go."""

from __future__ import annotations

from dataclasses import dataclass, field

from crm_desktop.complaints import evidence, families, moves
from crm_desktop.courses import Stamp, in_words
from crm_desktop.i18n import _
from crm_desktop.models import Complaint, people, recovery
from crm_desktop.store import file


@dataclass(frozen=True)
class Case:
    """A complaint with its course, its evidence, its like, and how its recovery stands."""

    record: Complaint
    customer: str
    course: list[Stamp]
    files: list[evidence.Evidence] = field(default_factory=list)
    like: list[families.Like] = field(default_factory=list)
    principles: list[recovery.Mark] = field(default_factory=list)
    recovery: list[recovery.Mark] = field(default_factory=list)
    request: tuple[int, str] | None = None
    """Id and number of the service request it came from."""


def case(complaint: int) -> Case | None:
    """Everything about a complaint; None when it is gone."""
    row = file.rows("complaint", [complaint]).get(complaint)
    if row is None:
        return None
    record = Complaint.from_row(row)
    name = file.one("SELECT name FROM customer WHERE id = ?", (record.customer,))
    return Case(
        record,
        str(name or ""),
        course(record),
        evidence.of(complaint),
        families.like(complaint),
        recovery.principles(row),
        recovery.steps(row),
        next(iter(file.ask("SELECT id, code FROM service_request WHERE complaint = ? LIMIT 1", (complaint,))), None),
    )


def course(record: Complaint) -> list[Stamp]:
    """The course of a complaint from its receipt on."""
    start = Stamp("new", _("Registered"), record.received_at or "", people.name(record.registered_by), "")
    return [start, *in_words(moves.course(record.id), "complaint_state", moves.INFORM)]
