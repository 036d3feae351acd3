"""Texts to the customer (acknowledgement, result, apology) with the facts of the case, and that they were sent."""

from __future__ import annotations

from typing import Any

from crm_desktop import values
from crm_desktop.complaints import letter_texts
from crm_desktop.complaints.letter_texts import KINDS as KINDS
from crm_desktop.complaints.moves import follow_up_day
from crm_desktop.errors import UserError
from crm_desktop.i18n import _, language
from crm_desktop.models import Complaint, Interaction, people
from crm_desktop.models.office import setting
from crm_desktop.store import file
from crm_desktop.store.change import Change


def text(kind: str, record: Complaint, today: str, template: str | None = None) -> str:
    """The office's text of that kind (or another `template`) with the facts of the case filled in, for editing.

    In the current language. To be asked in the store thread. `today` is an ISO day. UserError when the template has a
    hole that is not known.
    """
    written = letter_texts.template(kind, language()) if template is None else template
    return letter_texts.fill(written, facts(record, today))


def facts(record: Complaint, today: str) -> dict[str, str]:
    """What of a case can be filled in, by the names of letter_texts.HOLES."""
    amount = record.compensation or 0
    return {
        "who": addressed(record, record.complainant),
        "received": values.show_date(record.received_at),
        "what": sentence(record.description),
        "about": " ".join(record.description.split()).rstrip("。.!！"),
        "code": record.code,
        "owner": people.name(record.owner) or str(setting("office_name")),
        "reply_by": values.show_datetime(record.reply_by or record.solve_by) or "…",
        "solve_by": values.show_datetime(record.promised_at or record.solve_by) or "…",
        "cause": sentence(record.analysis or record.shown("cause")) or "…",
        "solution": sentence(record.solution) or "…",
        "compensation": " " + granted(amount, record.shown("compensation_kind")) if amount else "",
        "follow_up_on": record.follow_up_on or follow_up_day(today),
        "improvements": sentence(_("; ").join(str(one.get("what", "")) for one in record.improvements)) or "…",
        "office": str(setting("office_name")),
        "today": today,
    }  # fmt: skip


def granted(amount: int, kind: str) -> str:
    """What the customer gets (fen), as a sentence; `kind` may be empty."""
    money = values.show_money(amount)
    if kind:
        return _("You receive {amount} ({kind}).").format(amount=money, kind=kind)
    return _("You receive {amount} as compensation.").format(amount=money)


def example(today: str) -> Complaint:
    """A case to show a text with: the newest of the file, else an invented one."""
    newest = file.one("SELECT id FROM complaint ORDER BY received_at DESC, id DESC LIMIT 1")
    found = Complaint.get_row(newest) if newest is not None else None
    return found or Complaint(
        code="TS-0000-0000",
        received_at=f"{today}T09:00:00",
        complainant=_("Mr Zhang"),
        description=_("The motor makes a noise."),
        analysis=_("A bearing was mounted askew."),
        solution=_("We replace the motor."),
        solve_by=f"{today}T17:00:00",
        follow_up_on=today,
        improvements=[{"what": _("Bearings are checked before delivery")}],
    )


def addressed(record: Any, named: str) -> str:
    """Whom a text about a case is to: who was named, the contact person, or the customer."""
    person = file.one("SELECT name FROM contact WHERE id = ?", (record.contact,)) if record.contact else None
    name = file.one("SELECT name FROM customer WHERE id = ?", (record.customer,))
    return str(named or person or name or "")


def sentence(written: str) -> str:
    """A text as one sentence of a letter."""
    line = " ".join(written.split())
    chinese = any("\u4e00" <= sign <= "\u9fff" for sign in line)
    return line if not line or line[-1] in "。.!！?？…" else line + ("。" if chinese else ".")


def send(c: Change, complaint: int, kind: str, written: str, channel: str) -> Interaction:
    """Write down that a text went to the customer: as a contact, among what the customer was told, and as its stamp."""
    record = Complaint.get_row(complaint)
    if record is None:
        raise UserError(_("This complaint was deleted in the meantime."))
    contact = c.save(
        Interaction,
        {
            "customer": record.customer,
            "contact": record.contact,
            "complaint": record.id,
            "at": c.at,
            "direction": "out",
            "channel": channel,
            "purpose": "complaint",
            "subject": _("{kind} {code}").format(kind=_(KINDS[kind]), code=record.code),
            "content": written,
            "by": c.user,
        },
    )
    line = {"on": c.at[:10], "what": _(KINDS[kind]), "by": people.name(c.user)}
    stamps: dict[str, Any] = {"informed": [*record.informed, line]}
    if kind == "acknowledgement" and not record.acknowledged_at:
        stamps["acknowledged_at"] = c.at
    if kind == "result":
        stamps |= {"told_at": c.at, "told_how": channel}
        if not record.replied_at:
            stamps["replied_at"] = c.at
    if kind == "apology" and not record.apology_at:
        stamps |= {"apology_at": c.at, "apology_by": c.user}
    c.save(record, stamps)
    return contact
