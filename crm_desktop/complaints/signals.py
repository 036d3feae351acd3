"""Signs of displeasure (隐性投诉, product.md K11): customers who have not complained, but have reason to.

A bad mood in a contact and silence after a solved case are found here; others (a low score in a survey, a returned
order) are told by `report`. Each is confirmed, made a complaint, or dismissed with a reason.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, NamedTuple

from crm_desktop.errors import UserError
from crm_desktop.i18n import N_, _
from crm_desktop.models import Complaint, ComplaintSignal
from crm_desktop.models.office import setting
from crm_desktop.store import file
from crm_desktop.store.change import Change, Gone

SOURCES: Final = {
    "mood": N_("Customer was displeased"),
    "silence": N_("Silence after a solved complaint"),
    "survey": N_("Low score in a survey"),
    "return": N_("Returned order"),
    "drop": N_("Orders have dropped"),
    "request": N_("Displeased with a service request"),
    "other": N_("Noticed by a colleague"),
}
CONFIRMED, COMPLAINT, DISMISSED = "confirmed", "complaint", "dismissed"
LOOK_BACK: Final = 30
"""Days after which an old bad mood is no sign any more."""


class Signal(NamedTuple):
    """A sign of displeasure that waits for a decision."""

    source: str
    """Key of SOURCES."""
    customer: int
    customer_name: str
    at: str
    what: str
    owner: int | None
    """The colleague whose customer it is."""
    id: int | None = None
    """Its row, where somebody reported it."""
    interaction: int | None = None
    about: int | None = None
    """The solved complaint after which the customer fell silent, or what else it is about."""


_MOOD = """
    SELECT i.customer, k.name, i.at, i.content, k.owner, i.id FROM interaction i JOIN customer k ON k.id = i.customer
    WHERE i.mood = 'displeased' AND i.at >= ? AND i.complaint IS NULL
        AND NOT EXISTS (SELECT 1 FROM complaint_signal s WHERE s.interaction = i.id)
        AND NOT EXISTS (
            SELECT 1 FROM complaint c WHERE c.customer = i.customer AND c.received_at >= substr(i.at, 1, 10))
    ORDER BY i.at DESC, i.id DESC LIMIT ?
"""
_SILENCE = """
    SELECT c.customer, k.name, c.follow_up_on, c.description, k.owner, c.id FROM complaint c
    JOIN customer k ON k.id = c.customer
    WHERE c.state = 'solved' AND c.follow_up_on < ? AND coalesce(k.last_contact_at, '') < c.follow_up_on
        AND NOT EXISTS (SELECT 1 FROM complaint_signal s WHERE s.about = c.id AND s.source = 'silence')
    ORDER BY c.follow_up_on, c.id LIMIT ?
"""
_REPORTED = """
    SELECT s.customer, k.name, s.at, s.what, k.owner, s.source, s.id, s.interaction, s.about FROM complaint_signal s
    JOIN customer k ON k.id = s.customer WHERE s.decision = '' ORDER BY s.at DESC, s.id DESC LIMIT ?
"""


def waiting(today: date, owner: int | None = None, limit: int = 500) -> list[Signal]:
    """The signs that wait for a decision, the newest first; a colleague's are those of her customers."""
    since = (today - timedelta(days=LOOK_BACK)).isoformat()
    silent = (today - timedelta(days=int(setting("silence_days")))).isoformat()
    found = [
        Signal("mood", customer, name, at, what, whose, interaction=i)
        for customer, name, at, what, whose, i in file.ask(_MOOD, (since, limit))
    ]
    found += [
        Signal("silence", customer, name, at, what, whose, about=i)
        for customer, name, at, what, whose, i in file.ask(_SILENCE, (silent, limit))
    ]
    found += [
        Signal(source, customer, name, at, what, whose, i, interaction, about)
        for customer, name, at, what, whose, source, i, interaction, about in file.ask(_REPORTED, (limit,))
    ]
    found.sort(key=lambda one: one.at, reverse=True)
    return [one for one in found if owner is None or one.owner == owner][:limit]


def report(
    c: Change, customer: int, source: str, what: str, *, at: str = "", about: int | None = None
) -> ComplaintSignal:
    """Tell a sign of displeasure: a low score in a survey, a returned order, or what a colleague noticed.

    `source` is a key of SOURCES, `at` a moment (now if empty), `about` a complaint it has to do with.
    """
    if source not in SOURCES:
        raise ValueError(f"no such source: {source}")
    values = {"customer": customer, "source": source, "what": what, "at": at or c.at, "about": about}
    return c.save(ComplaintSignal, values)


def decide(c: Change, signal: Signal, decision: str, reason: str = "") -> Complaint | None:
    """Confirm a sign as an implicit complaint, make it an explicit one, or dismiss it with a reason.

    The complaint that comes of it, or None. UserError when a reason is missing, Gone when a colleague was quicker.
    """
    if decision == DISMISSED and not reason.strip():
        raise UserError(_("Say why it is no sign of displeasure: the reason is kept."))
    _refuse_decided(signal)
    complaint = None
    if decision in (CONFIRMED, COMPLAINT):
        complaint = c.save(
            Complaint,
            {
                "customer": signal.customer,
                "received_at": c.at,
                "nature": "implicit" if decision == CONFIRMED else "explicit",
                "description": f"{_(SOURCES[signal.source])} {signal.at[:10]}: {signal.what}",
                "owner": signal.owner or c.user,
                "found_by_us": decision == CONFIRMED,
            },
        )
    values = {
        "decision": decision,
        "reason": reason,
        "decided_at": c.at,
        "decided_by": c.user,
        "became": complaint.id if complaint else None,
    }
    if signal.id is not None:
        c.save(ComplaintSignal.get_row(signal.id), values)
    else:
        start = {
            "customer": signal.customer,
            "source": signal.source,
            "at": signal.at,
            "what": signal.what,
            "interaction": signal.interaction,
            "about": signal.about,
        }
        c.save(ComplaintSignal, start | values)
    return complaint


def _refuse_decided(signal: Signal) -> None:
    """Another computer may have decided while this one looked."""
    if signal.id is not None:
        taken = file.one("SELECT decision FROM complaint_signal WHERE id = ?", (signal.id,))
        quicker = taken is None or taken != ""
    else:
        column, value = ("interaction", signal.interaction) if signal.interaction else ("about", signal.about)
        sql = f"SELECT 1 FROM complaint_signal WHERE {column} = ? AND source = ? LIMIT 1"
        quicker = file.one(sql, (value, signal.source)) is not None
    if quicker:
        raise Gone(_("A colleague has decided about this sign meanwhile."))
