"""A service request that becomes a complaint: all facts are carried over, and both know of each other (O10)."""

from __future__ import annotations

from typing import Any, Final

from crm_desktop import courses
from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.models import Complaint, Interaction, ServiceRequest, ServiceStep
from crm_desktop.service import moves
from crm_desktop.store import file
from crm_desktop.store.change import Change, Gone

_SEVERITY: Final = {"urgent": "urgent", "high": "major"}
_CATEGORY: Final = {
    "technical": "technical",
    "after_sales.install": "install",
    "after_sales.repair": "install",
    "after_sales.returns": "returns",
    "billing": "price.invoice",
}
"""What a complaint about a request of that type is about, as a rule; nobody is asked twice."""


def to_complaint(c: Change, request: int, why: str) -> Complaint:
    """Make a complaint of a request, in one change: undoing it takes both back.

    Raises UserError without a reason or when the request has gone on meanwhile, Gone when it was deleted.
    """
    record, each = moves.ready(request, moves.CONVERT), moves.move(moves.CONVERT)
    courses.refuse_missing(record, each, {}, why)
    complaint = c.save(Complaint, _carried(record, why) | {"received_at": c.at})
    c.save(record, {"state": each.after, "closed_at": c.at, "complaint": complaint.id})
    courses.stamp(c, ServiceStep, "request", record, each, each.after, why, None)
    return complaint


def _carried(record: ServiceRequest, why: str) -> dict[str, Any]:
    """What a complaint takes over from the request it comes from."""
    told = [
        _("From service request {code} of {day}: {why}").format(
            code=record.code, day=(record.received_at or "")[:10], why=why.strip()
        ),
        record.subject,
        record.description,
        _("Solution so far: {text}").format(text=record.solution) if record.solution else "",
        _("What the customer says: {text}").format(text=record.feedback) if record.feedback else "",
    ]
    return {
        "customer": record.customer,
        "contact": record.contact,
        "complainant": record.caller,
        "channel": record.channel,
        "category": _CATEGORY.get(record.type, ""),
        "severity": _SEVERITY.get(record.priority, "normal"),
        "description": "\n".join(filter(None, told)),
        "product": record.product,
        "batch": record.serial_no,
        "owner": record.owner,
    }


def of_complaint(complaint: int) -> ServiceRequest | None:
    """The service request a complaint came from."""
    found = file.one("SELECT id FROM service_request WHERE complaint = ? LIMIT 1", (complaint,))
    return None if found is None else ServiceRequest.get_row(int(found))


def from_interaction(c: Change, interaction: int, more: dict[str, Any] | None = None) -> ServiceRequest:
    """Begin a request with what was said in a contact; one that was begun already is refused with UserError."""
    told = Interaction.get_row(interaction)
    if told is None:
        raise Gone(_("This contact record was deleted in the meantime."))
    code = file.one("SELECT code FROM service_request WHERE interaction = ? LIMIT 1", (interaction,))
    if code is not None:
        raise UserError(_("Service request {code} was made of this contact already.").format(code=code))
    return c.save(ServiceRequest, carried_from(told) | {"registered_by": c.user} | (more or {}))


def carried_from(told: Interaction) -> dict[str, Any]:
    """What a request takes over from the contact in which it was asked for."""
    person = file.one("SELECT name FROM contact WHERE id = ?", (told.contact,)) if told.contact else ""
    return {
        "customer": told.customer,
        "contact": told.contact,
        "caller": str(person or ""),
        "received_at": told.at,
        "channel": told.channel,
        "subject": told.subject,
        "description": told.content,
        "interaction": told.id,
    }
