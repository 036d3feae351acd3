"""Feedback of customers (客户反馈, product.md C22): replied to, made an action or a complaint, told when it waits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from crm_desktop.due import Item, Section, rows_of
from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.models import Complaint, Feedback, Interaction, lists, people
from crm_desktop.models.feedback import ENDED
from crm_desktop.models.office import setting
from crm_desktop.store import file
from crm_desktop.store.change import Change, Gone


def reply(
    c: Change, feedback: int, text: str, channel: str, at: str = "", seen: Mapping[str, Any] | None = None
) -> Feedback:
    """Write down what the customer was told, by which channel and when (now if empty), also as a contact.

    UserError when there is no text, Gone when the feedback was deleted, Conflict when somebody replied since it was
    `seen`.
    """
    record = _there(feedback)
    if not text.strip():
        raise UserError(_("Write down what the customer was told."))
    moment = at or c.at
    c.save(
        Interaction,
        {
            "customer": record.customer,
            "contact": record.contact,
            "at": moment,
            "direction": "out",
            "channel": channel,
            "subject": _("Reply to feedback {code}").format(code=record.code),
            "content": text,
            "by": c.user,
        },
    )
    answer = {"answer": text, "answered_at": moment, "answered_how": channel, "state": "answered"}
    return c.save(record, answer, seen)


def to_action(c: Change, feedback: int, what: str, owner: int | None, due: str | None) -> Feedback:
    """Adopt feedback: an improvement action with its owner and day comes of it, and it is being worked on.

    UserError when nothing is said about what is to be done, Gone when the feedback was deleted.
    """
    record = _there(feedback)
    if not what.strip():
        raise UserError(_("Say what is to be done."))
    action = {"what": what, "kind": "preventive", "owner": owner, "due": due}
    changes: dict[str, Any] = {"improvements": [*record.improvements, action], "adopted": record.adopted or "adopted"}
    if record.state == "new":
        changes["state"] = "working"
    return c.save(record, changes)


def to_complaint(c: Change, feedback: int) -> Complaint:
    """A complaint with all that the feedback says, linked to it; the complaint's course goes on from there.

    UserError when one came of it already, Gone when the feedback was deleted.
    """
    record = _there(feedback)
    if record.complaint:
        code = file.one("SELECT code FROM complaint WHERE id = ?", (record.complaint,))
        raise UserError(_("This is complaint {code} already.").format(code=code))
    made = c.save(
        Complaint,
        {
            "customer": record.customer,
            "contact": record.contact,
            "complainant": record.who,
            "received_at": record.at,
            "channel": record.channel,
            "description": record.text,
            "product": record.product,
            "about": record.about,
            "owner": record.owner or c.user,
        },
    )
    ended = {} if record.state in ENDED else {"state": "closed"}
    c.save(record, {"complaint": made.id, "kind": "complaint"} | ended)
    return made


def from_interaction(c: Change, interaction: int) -> Feedback:
    """Feedback with what was said in a contact: customer, person, channel, moment and words.

    Gone when the contact was deleted.
    """
    record = Interaction.get_row(interaction)
    if record is None:
        raise Gone(_("This contact was deleted in the meantime."))
    return c.save(
        Feedback,
        {
            "customer": record.customer,
            "contact": record.contact,
            "at": record.at,
            "channel": record.channel,
            "text": record.content,
            "owner": c.user,
            "kind": "displeasure" if record.mood == "displeased" else "suggestion",
        },
    )


def _there(feedback: int) -> Feedback:
    record = Feedback.get_row(feedback)
    if record is None:
        raise Gone(_("This feedback was deleted in the meantime."))
    return record  # type: ignore[no-any-return]


_WAITS = "f.answered_at IS NULL AND f.state NOT IN ('answered', 'closed')"


def waiting(today: date, owner: int | None = None, limit: int = 50) -> Section:
    """Feedback nobody has replied to for so many days (setting feedback_days), the oldest first.

    A colleague's own, and what nobody looks after.
    """
    before = (today - timedelta(days=int(setting("feedback_days")))).isoformat()
    own, whose = ("", []) if owner is None else (" AND (f.owner = ? OR f.owner IS NULL)", [owner])
    found = [
        i
        for (i,) in file.ask(
            f"SELECT f.id FROM feedback f WHERE {_WAITS} AND f.at < ?{own} ORDER BY f.at, f.id", [before, *whose]
        )
    ]
    rows = rows_of(
        "SELECT f.id, k.id, k.name, f.code, f.text, f.kind, f.owner, f.at FROM feedback f"
        " JOIN customer k ON k.id = f.customer",
        found[:limit],
        "f.id",
    )
    return Section("feedback", _("Feedback to reply to"), [_item(rows[i]) for i in found[:limit]], len(found))


def _item(row: tuple[Any, ...]) -> Item:
    i, customer, name, code, text, kind, owner, at = row
    parts = (lists.label("feedback_kind", kind), code, "" if owner else _("nobody looks after it"))
    what = " ".join(text[:80].split())
    return Item("feedback", i, customer, name, what, people.name(owner), at, "overdue", " · ".join(filter(None, parts)))
