"""The jobs of the command `request`: listed, shown, written down, taken further, printed."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from crm_desktop import doubles
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_, _
from crm_desktop.listing import Filter, Listing
from crm_desktop.models import ServiceRequest, lists, people
from crm_desktop.service import converting, due, moves, reading
from crm_desktop.statistics import Period, requests
from crm_desktop.store import change as changes
from crm_desktop.store import file, traces
from crm_desktop.store.change import Person as Colleague
from crm_desktop.store.change import change

Said = tuple[Any, str, str]
"""The answer as JSON, in words, and what could not be done."""
Caller = Callable[[], Colleague]
_SHOWN: Final = ("code", "customer", "subject", "description", "type", "priority", "owner", "state", "received_at",
                 "due_what", "due_at")  # fmt: skip
_NEW: Final = ("subject", "type", "priority", "channel", "caller", "product", "serial_no", "owner")


def _request(code: str) -> ServiceRequest:
    """The request of that number; UserError when there is none."""
    number = file.one("SELECT id FROM service_request WHERE code = ?", (code.upper(),))
    if number is None:
        raise UserError(_("There is no record with the number “{code}”.").format(code=code))
    return ServiceRequest.get_row(int(number))  # type: ignore[no-any-return]


def _list(parsed: argparse.Namespace, _caller: Caller) -> Said:
    asked = Listing(ServiceRequest, _SHOWN, text=parsed.search, sort="due_at")
    if not parsed.all:
        asked = asked.only(Filter("closed_at", "empty"))
    if parsed.owner:
        asked = asked.only(Filter("owner", "in", [people.read(parsed.owner).value]))
    ids = asked.first(parsed.limit)
    rows, now = asked.rows(ids), datetime.fromisoformat(changes.now())
    told = [_told(dict(zip(_SHOWN, rows[i], strict=True)), now) for i in ids if i in rows]
    shown = ("code", "state", "customer", "what", "owner", "standing")
    lines = ["\t".join(row[name] for name in shown) for row in told]
    return told, "\n".join(lines) or _("No service request was found."), ""


def _told(row: dict[str, Any], now: datetime) -> dict[str, Any]:
    standing = due.standing(row["due_what"], row["due_at"], now)
    return {
        "code": row["code"],
        "customer": row["customer"] or "",
        "what": row["subject"] or " ".join(row["description"].split())[:80],
        "type": lists.label("request_type", row["type"]),
        "priority": lists.label("request_priority", row["priority"]),
        "owner": people.name(row["owner"]),
        "state": lists.label("request_state", row["state"]),
        "received_at": row["received_at"],
        "due_at": row["due_at"],
        "standing": standing.text,
        "overdue": standing.tone == "overdue",
    }


def _show(parsed: argparse.Namespace, _caller: Caller) -> Said:
    record = _request(parsed.request)
    case = reading.case(record.id)
    assert case is not None
    fields = {name: record.shown(name) for name in ServiceRequest.typed() if name not in ("customer", "checks")}
    steps = [move.key for move in moves.allowed(record.state, record.complaint is None)]
    checks = [{"what": one.get("what"), "done": one.get("done")} for one in record.checks]
    course = [{"at": each.at, "state": each.title, "by": each.by, "why": each.why} for each in case.course]
    told = {"code": record.code, "customer": case.customer, "fields": fields, "checks": checks, "course": course,
            "steps": steps}  # fmt: skip
    described = ServiceRequest.described()
    lines = [f"{record.code}\t{case.customer}"]
    lines += [f"{_(described[name].label)}\t{shown}" for name, shown in fields.items() if shown]
    lines += [f"{'✓' if one['done'] else '□'}\t{one['what']}" for one in checks]
    lines += ["\t".join((each["at"][:16].replace("T", " "), each["state"], each["by"], each["why"])) for each in course]
    return told, "\n".join([*lines, _("Possible steps: {steps}").format(steps=", ".join(steps))]), ""


def _new(parsed: argparse.Namespace, caller: Caller) -> Said:
    customer = doubles.numbered(parsed.customer)
    given = {name: written for name in _NEW if (written := getattr(parsed, name))}
    values = _read(given.items(), _NEW)
    with change(caller(), N_("New service request")) as c:
        made = c.save(ServiceRequest, {"customer": customer, "description": parsed.text, **values})
    words = _("Service request {code} was written down.").format(code=made.code)
    return {"request": made.code, "state": made.state, "due_at": made.due_at, "change": c.id}, words, ""


def _step(parsed: argparse.Namespace, caller: Caller) -> Said:
    record, each = _request(parsed.request), moves.move(parsed.step)
    pairs = [(written, written.partition("=")) for written in parsed.values]
    wrong = next((written for written, (_name, sign, _value) in pairs if not sign), None)
    if wrong is not None:
        raise UserError(_("“{text}” is no value: write FIELD=VALUE.").format(text=wrong))
    values = _read(((name.strip(), value.strip()) for _written, (name, _s, value) in pairs), (*each.needs, *each.asks))
    who = caller()
    with change(who, N_("Step of a service request")) as c:
        values = moves.presets(record, each, c.user, c.at) | values
        complaint = ""
        if each.key == moves.CONVERT:
            complaint = converting.to_complaint(c, record.id, parsed.why).code
        else:
            moves.make(c, record.id, each.key, values, parsed.why, parsed.until)
    done = _request(parsed.request)
    told = {"request": done.code, "state": done.state, "due_at": done.due_at, "change": c.id}
    words = _("{code}: {state}").format(code=done.code, state=done.shown("state"))
    if complaint:
        told["complaint"] = complaint
        words += " · " + _("Complaint {code} was made of it.").format(code=complaint)
    return told, words, ""


def _read(given: Iterable[tuple[str, str]], known: Iterable[str]) -> dict[str, Any]:
    """Values as people write them; UserError for a field this job does not know, or a word that is in no list."""
    names, found = list(known), dict[str, Any]()
    for name, written in given:
        if name not in names:
            fields = ", ".join(names) or "–"
            raise UserError(_("“{field}” does not belong here; known are: {fields}.").format(field=name, fields=fields))
        found[name] = ServiceRequest.described()[name].read(written).value
    return found


def _figures(parsed: argparse.Namespace, _caller: Caller) -> Said:
    owner = people.read(parsed.owner).value if parsed.owner else None
    found = requests.figures(Period.month(parsed.month), owner)
    told = {each.key: {"label": each.label, "value": each.value, "shown": each.shown} for each in found}
    return told, "\n".join(f"{each.label}\t{each.shown}" for each in found), ""


def _paper(path: Path) -> Path:
    if path.suffix.lower() != ".pdf":
        raise UserError(_("“{file}”: a report is written as .pdf.").format(file=path.name))
    return path


def _form(parsed: argparse.Namespace, _caller: Caller) -> Said:
    record = _request(parsed.request)
    from crm_desktop.reports import service_request  # lazily: only who prints waits for what draws

    return _printed(parsed.out, service_request.make(_paper(parsed.out), record.id))


def _ledger(parsed: argparse.Namespace, _caller: Caller) -> Said:
    from crm_desktop.reports import service_ledger  # as above

    pages = service_ledger.make(_paper(parsed.out), Period.month(parsed.month), words=parsed.month)
    return _printed(parsed.out, pages)


def _printed(path: Path, pages: int) -> Said:
    return {"file": str(path), "pages": pages}, str(path), ""


JOBS: Final[dict[str, Callable[[argparse.Namespace, Caller], Said]]] = {
    "list": _list,
    "show": _show,
    "new": _new,
    "step": _step,
    "form": _form,
    "figures": _figures,
    "ledger": _ledger,
}


def do(parsed: argparse.Namespace, caller: Caller, trace: Callable[[str, str], None]) -> Said:
    """Do one job of `request` in the open file; `trace` remembers what was written. UserError when it cannot."""
    said = JOBS[parsed.job](parsed, caller)
    if parsed.job in ("form", "ledger"):
        trace(traces.PRINTED, parsed.out.name)
    return said
