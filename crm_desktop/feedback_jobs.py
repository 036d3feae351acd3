"""The jobs of the command `feedback`: listed, written down, answered, made a complaint."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any, Final

from crm_desktop import doubles, feedback
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_, _
from crm_desktop.listing import Filter, Listing
from crm_desktop.models import Feedback, lists
from crm_desktop.models.feedback import ENDED
from crm_desktop.request_jobs import Caller, Said
from crm_desktop.store import file
from crm_desktop.store.change import change

_SHOWN: Final = ("code", "at", "customer", "kind", "state", "owner", "text", "answer", "answered_at")
_NEW: Final = ("kind", "channel", "who", "product", "about", "owner")


def _feedback(code: str) -> int:
    """The id of the feedback of that number; UserError when there is none."""
    number = file.one("SELECT id FROM feedback WHERE code = ?", (code.upper(),))
    if number is None:
        raise UserError(_("There is no record with the number “{code}”.").format(code=code))
    return int(number)


def _list(parsed: argparse.Namespace, _caller: Caller) -> Said:
    asked = Listing(Feedback, _SHOWN, text=parsed.search, sort="at", descending=True)
    if parsed.waiting:
        waiting = [e.code for e in lists.entries("feedback_state", inactive=True) if e.code not in ENDED]
        asked = asked.only(Filter("answered_at", "empty"), Filter("state", "in", waiting))
    ids = asked.first(parsed.limit)
    rows, described = asked.rows(ids), Feedback.described()
    told = []
    for i in ids:
        row = dict(zip(_SHOWN, rows[i], strict=True))
        shown = {name: described[name].show(row[name]) for name in ("kind", "state", "owner")}
        told.append({**row, "customer": row["customer"] or "", **shown})
    lines = ["\t".join((row["code"], row["at"][:10], row["kind"], row["state"], row["customer"], row["owner"],
                        " ".join(row["text"].split())[:80])) for row in told]  # fmt: skip
    return told, "\n".join(lines) or _("No feedback was found."), ""


def _new(parsed: argparse.Namespace, caller: Caller) -> Said:
    customer, described = doubles.numbered(parsed.customer), Feedback.described()
    values: dict[str, Any] = {
        name: described[name].read(written).value for name in _NEW if (written := getattr(parsed, name))
    }
    with change(caller(), N_("New feedback")) as c:
        made = c.save(Feedback, {"customer": customer, "text": parsed.text, "at": c.at, **values})
    words = _("Feedback {code} was written down.").format(code=made.code)
    return {"feedback": made.code, "state": made.state, "change": c.id}, words, ""


def _reply(parsed: argparse.Namespace, caller: Caller) -> Said:
    record = Feedback.get_row(_feedback(parsed.feedback))
    channel = Feedback.described()["channel"].read(parsed.channel).value if parsed.channel else record.channel
    with change(caller(), N_("Reply to feedback")) as c:
        done = feedback.reply(c, record.id, parsed.text, channel or "phone")
    words = _("{code}: {state}").format(code=done.code, state=done.shown("state"))
    return {"feedback": done.code, "state": done.state, "answered_at": done.answered_at, "change": c.id}, words, ""


def _complaint(parsed: argparse.Namespace, caller: Caller) -> Said:
    number = _feedback(parsed.feedback)
    with change(caller(), N_("Make feedback a complaint")) as c:
        made = feedback.to_complaint(c, number)
    words = _("Complaint {code} was made of it.").format(code=made.code)
    return {"feedback": parsed.feedback.upper(), "complaint": made.code, "change": c.id}, words, ""


JOBS: Final[dict[str, Callable[[argparse.Namespace, Caller], Said]]] = {
    "list": _list,
    "new": _new,
    "reply": _reply,
    "complaint": _complaint,
}


def do(parsed: argparse.Namespace, caller: Caller, _trace: Callable[[str, str], None]) -> Said:
    """Do one job of `feedback` in the open file. UserError when it cannot."""
    return JOBS[parsed.job](parsed, caller)
