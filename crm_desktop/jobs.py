"""The jobs of the command line: each opens the customer file, does one thing and says what it did."""

from __future__ import annotations

import argparse
import getpass
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NamedTuple

from crm_desktop import demo, listing, paths
from crm_desktop.errors import UserError
from crm_desktop.exchange import exporting, importing
from crm_desktop.i18n import _
from crm_desktop.models import Complaint, Contact, Customer, Interaction, office, people
from crm_desktop.models.base import Record
from crm_desktop.reports import customer_card, monthly
from crm_desktop.store import checking, file, history

KINDS = {"customers": Customer, "contacts": Contact, "interactions": Interaction, "complaints": Complaint}


class Answer(NamedTuple):
    """What a job has to say: as JSON, in words, and whether it did what it was asked."""

    json: Any
    words: str
    done: bool = True


@dataclass(frozen=True)
class _Caller:
    """Who runs a command: a colleague when named, else whoever is logged in to this computer."""

    id: int | None
    name: str


def do(parsed: argparse.Namespace) -> Answer:
    """Do one command and close the file; UserError when it could not be done."""
    try:
        return JOBS[parsed.command](parsed)
    finally:
        file.close()


def _open(parsed: argparse.Namespace) -> _Caller:
    file.open_file(parsed.file or paths.default_file())
    if not parsed.user:
        with suppress(OSError, KeyError):
            return _Caller(None, getpass.getuser())
        return _Caller(None, "")
    known = people.find(parsed.user)
    return _Caller(known, parsed.user) if known else _Caller(office.colleague(None, parsed.user).id, parsed.user)


def _demo(parsed: argparse.Namespace) -> Answer:
    made = demo.make(parsed.path, customers=parsed.customers, interactions=parsed.interactions, seed=parsed.seed)
    words = _("{file} is ready: {customers} customers, {contacts} contact persons, {interactions} contacts.").format(
        **{"file": parsed.path, **made}
    )
    return Answer({"file": str(parsed.path), **made}, words)


def _import(parsed: argparse.Namespace) -> Answer:
    caller = _open(parsed)
    results = importing.bring_in(parsed.files, kind=parsed.kind, user=caller, dry_run=parsed.dry_run)
    lines = [line for result in results for line in result.in_words()]
    return Answer({"files": [result.as_json() for result in results]}, "\n".join(lines))


def _export(parsed: argparse.Namespace) -> Answer:
    _open(parsed)
    model = KINDS[parsed.kind]
    wanted = listing.Listing(model, text=parsed.search, sort=default_sort(model), archived=True)
    ids = wanted.ids()
    if parsed.out.suffix.lower() == ".csv":
        exporting.to_csv(parsed.out, model, ids)
    elif parsed.out.suffix.lower() == ".xlsx":
        exporting.to_excel(parsed.out, model, ids)
    else:
        raise UserError(_("Name the file .xlsx or .csv, so that it is clear what to write."))
    words = _("{n} rows written to {file}.").format(n=len(ids), file=parsed.out)
    return Answer({"file": str(parsed.out), "rows": len(ids)}, words)


def default_sort(model: type[Record]) -> str:
    """The column a list is sorted by when nobody chose one."""
    return next(name for name in ("name", "at", "received_at") if name in model.described())


def _search(parsed: argparse.Namespace) -> Answer:
    _open(parsed)
    found = listing.find_customers(parsed.text, parsed.limit)
    shown = [
        {key: row[key] if key in ("id", "code") else Customer.described()[key].show(row[key]) for key in row}
        for row in found
    ]
    lines = [f"{row['code']}\t{row['name']}\t{row['main_contact']}\t{row['main_phone']}" for row in shown]
    return Answer(shown, "\n".join(lines) or _("Nobody was found."))


def _report(parsed: argparse.Namespace) -> Answer:
    _open(parsed)
    if parsed.report == "monthly":
        if not parsed.month:
            raise UserError(_("Say which month: --month 2026-10."))
        monthly.make(parsed.out, parsed.month)
    else:
        code = parsed.customer or ""
        found = file.one("SELECT id FROM customer WHERE code = ?", (code,))
        if found is None:
            raise UserError(_("There is no customer with the number “{code}”. Use --customer.").format(code=code))
        customer_card.make(parsed.out, found)
    return Answer({"file": str(parsed.out)}, _("Written: {file}").format(file=parsed.out))


def _undo(parsed: argparse.Namespace) -> Answer:
    undone = history.undo(_open(parsed), parsed.change)
    kept = [kept._asdict() for kept in undone.kept]
    words = _("{restored} restored, {kept} kept.").format(restored=undone.restored, kept=len(kept))
    return Answer({"change": undone.change, "restored": undone.restored, "kept": kept}, words)


def _check(parsed: argparse.Namespace) -> Answer:
    _open(parsed)
    wrong = checking.problems()
    return Answer({"ok": not wrong, "problems": wrong}, "\n".join(wrong) or "ok", not wrong)


JOBS: dict[str, Callable[[argparse.Namespace], Answer]] = {
    "demo": _demo,
    "import": _import,
    "export": _export,
    "search": _search,
    "report": _report,
    "undo": _undo,
    "check": _check,
}
