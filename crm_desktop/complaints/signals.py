"""Signs of displeasure (隐性投诉, product.md K11): customers who have not complained, but have reason to.

A bad mood in a contact and silence after a solved case are found here; others (a low score in a survey, a returned
order) are told by `report`. Each is confirmed, made a complaint, or dismissed with a reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from crm_desktop.due import customers_of, rows_of
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_, _
from crm_desktop.models import Complaint, ComplaintSignal
from crm_desktop.models.office import setting
from crm_desktop.store import file, nearby
from crm_desktop.store.change import Change, Gone

SOURCES: Final = {
    "mood": N_("Customer was displeased"),
    "silence": N_("Silence after a solved complaint"),
    "survey": N_("Low score in a survey"),
    "request": N_("Displeased with a service request"),
    "return": N_("Returned order"),
    "drop": N_("Orders have dropped"),
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


class _Found(NamedTuple):
    """A sign as the indexes tell it: nothing is read of the records themselves yet."""

    at: str
    id: int
    """Of the contact, the solved complaint, or the reported sign."""
    source: str
    """"mood", "silence", or empty for one that was reported."""
    customer: int
    reported: str = ""
    """The source that was reported (key of SOURCES)."""


def waiting(today: date, owner: int | None = None, limit: int = 500) -> list[Signal]:
    """The signs that wait for a decision, the newest first; a colleague's are those of her customers."""
    return _read(_found(today, owner)[:limit])


def first_waiting(today: date, owner: int | None, limit: int) -> tuple[list[Signal], int]:
    """The newest of them, and how many there are: what is not shown is not read, but counted from indexes."""
    found = _found(today, owner)
    return _read(found[:limit]), len(found)


def _found(today: date, owner: int | None) -> list[_Found]:
    found = [*_moods(today), *_silent(today)]
    sql = "SELECT at, id, '', customer, source FROM complaint_signal WHERE decision = ''"
    found += [_Found(*row) for row in file.ask(sql)]
    if owner is not None:
        with nearby.instead("customer"):
            hers = {i for (i,) in file.ask("SELECT id FROM customer WHERE owner = ?", (owner,))}
        found = [one for one in found if one.customer in hers]
    return sorted(found, key=lambda one: (one.at, one.id), reverse=True)


def _moods(today: date) -> list[_Found]:
    """Contacts of the last days with a displeased customer who has not complained since that day."""
    since = (today - timedelta(days=LOOK_BACK)).isoformat()
    contacts = file.ask(
        "SELECT at, id, customer FROM interaction WHERE mood = 'displeased' AND at >= ? AND complaint IS NULL", (since,)
    )
    if not contacts:
        return []
    last = dict(
        file.ask("SELECT customer, max(received_at) FROM complaint WHERE received_at >= ? GROUP BY customer", (since,))
    )
    sql = "SELECT interaction FROM complaint_signal WHERE at >= ? AND interaction IS NOT NULL"
    decided = {i for (i,) in file.ask(sql, (since,))}
    return [
        _Found(at, i, "mood", customer)
        for at, i, customer in contacts
        if i not in decided and last.get(customer, "") < at[:10]
    ]


def _silent(today: date) -> list[_Found]:
    """Solved complaints whose follow-up is long due, and nothing was heard of the customer since."""
    until = (today - timedelta(days=int(setting("silence_days")))).isoformat()
    sql = "SELECT follow_up_on, id, customer FROM complaint WHERE state = 'solved' AND follow_up_on < ?"
    solved = file.ask(sql, (until,))
    customers = customers_of((customer for _at, _i, customer in solved), "last_contact_at")
    cases = [case for case in solved if (customers[case[2]][2] or "") < case[0]]
    if not cases:
        return []
    sql = "SELECT about FROM complaint_signal WHERE at >= ? AND source = 'silence'"
    decided = {i for (i,) in file.ask(sql, (min(at for at, _i, _k in cases),))}
    return [_Found(at, i, "silence", customer) for at, i, customer in cases if i not in decided]


def _read(found: Sequence[_Found]) -> list[Signal]:
    """What was found, with what happened and the customers' names: one question a table."""
    contacts = rows_of("SELECT id, content FROM interaction", [f.id for f in found if f.source == "mood"])
    cases = rows_of("SELECT id, description FROM complaint", [f.id for f in found if f.source == "silence"])
    reported = rows_of(
        "SELECT id, what, interaction, about FROM complaint_signal", [f.id for f in found if f.source == ""]
    )
    customers = customers_of((f.customer for f in found), "owner")
    signs = []
    for one in found:
        _id, name, owner = customers[one.customer]
        if one.source == "mood":
            sign = Signal("mood", one.customer, name, one.at, contacts[one.id][1], owner, interaction=one.id)
        elif one.source == "silence":
            sign = Signal("silence", one.customer, name, one.at, cases[one.id][1], owner, about=one.id)
        else:
            _id, what, interaction, about = reported[one.id]
            sign = Signal(one.reported, one.customer, name, one.at, what, owner, one.id, interaction, about)
        signs.append(sign)
    return signs


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
                "description": _("{sign} {day}: {what}").format(
                    sign=_(SOURCES[signal.source]), day=signal.at[:10], what=signal.what
                ),
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
