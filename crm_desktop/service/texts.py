"""Short texts to who asked for something (received, how it stands, solved), to copy; sending one is written down."""

from __future__ import annotations

from typing import Final

from crm_desktop import values
from crm_desktop.complaints.letters import addressed, sentence
from crm_desktop.i18n import N_, _
from crm_desktop.models import Interaction, ServiceRequest, people
from crm_desktop.models.office import setting
from crm_desktop.service import moves
from crm_desktop.store.change import Change, Gone

KINDS: Final = {
    "received": N_("Request received"),
    "progress": N_("How it stands"),
    "result": N_("Solved: is all well?"),
}
_TEXTS: Final = {
    "received": N_(
        "Dear {who},\n\nwe have your request of {received}: {what}\nIts number is {code}; {owner} looks after it, and"
        " you will hear from us by {reply_by}.\n\n{office}"
    ),
    "progress": N_(
        "Dear {who},\n\nabout your request {code} of {received} ({about}): {owner} is working on it. We expect to have"
        " it solved by {solve_by}.\n\n{office}"
    ),
    "result": N_(
        "Dear {who},\n\nyour request {code} of {received} ({about}) is solved: {solution}\nIs all well now? Please tell"
        " us from 1 (not at all) to 5 (very) how satisfied you are.\n\n{office}"
    ),
}


def likely(record: ServiceRequest) -> str:
    """The text that is wanted as a rule: of KINDS."""
    if record.state in ("solved", "closed"):
        return "result"
    return "progress" if record.replied_at else "received"


def text(kind: str, record: ServiceRequest, today: str) -> str:
    """A text with the facts of the request, for editing; in the current language, in the store thread."""
    about = record.subject or record.description
    return _(_TEXTS[kind]).format(
        who=addressed(record, record.caller),
        received=values.show_date(record.received_at or today),
        what=sentence(about),
        about=" ".join(about.split()).rstrip("。.!！"),
        code=record.code,
        owner=people.name(record.owner) or str(setting("office_name")),
        reply_by=values.show_datetime(record.reply_by or record.solve_by) or "…",
        solve_by=values.show_datetime(record.solve_by or record.agreed_at) or "…",
        solution=sentence(record.solution) or "…",
        office=str(setting("office_name")),
    )


def send(c: Change, request: int, kind: str, written: str, channel: str) -> Interaction:
    """Write down that a text went out: as a contact, and while the request is open as a step that tells the customer.

    Raises Gone when the request was deleted.
    """
    record = ServiceRequest.get_row(request)
    if record is None:
        raise Gone(_("This service request was deleted in the meantime."))
    title = _("{kind} {code}").format(kind=_(KINDS[kind]), code=record.code)
    if moves.move(moves.REPLY) in moves.allowed(record.state):
        moves.make(c, request, moves.REPLY, why=_(KINDS[kind]))
    contact: Interaction = c.save(
        Interaction,
        {
            "customer": record.customer,
            "contact": record.contact,
            "at": c.at,
            "direction": "out",
            "channel": channel,
            "purpose": "support",
            "subject": title,
            "content": written,
            "by": c.user,
        },
    )
    return contact
