"""The jobs of the command line: each opens the customer file, does one thing and says what it did."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Final, NamedTuple, TypeVar

from crm_desktop import (
    clean_up,
    demo,
    doubles,
    feedback_jobs,
    listing,
    lists_in_out,
    log_words,
    paths,
    request_jobs,
    retrieving,
    safekeeping,
    staff_jobs,
    survey_jobs,
)
from crm_desktop.errors import UserError
from crm_desktop.exchange.sheet_columns import MODELS
from crm_desktop.i18n import _, ngettext
from crm_desktop.models import Contact, Customer, office, people
from crm_desktop.store import checking, file, history, restore, traces, transactions
from crm_desktop.store.address import Address, PasswordNeeded

_T = TypeVar("_T")

PATIENCE: Final = 60.0
"""Seconds a job waits while colleagues are saving; a window asks again by itself, a script would give up."""


class Answer(NamedTuple):
    """What a job has to say: as JSON, in words, and the sentence of what it could not do."""

    json: Any
    words: str
    trouble: str = ""


@dataclass(frozen=True)
class _Caller:
    """Who runs a command: a colleague when named, else whoever is logged in to this computer."""

    id: int | None
    name: str


def do(parsed: argparse.Namespace) -> Answer:
    """Do one command and close the file; UserError when it could not be done."""
    transactions.patience = PATIENCE
    try:
        return JOBS[parsed.command](parsed)
    finally:
        transactions.patience = 0.0
        file.close()


def _trace(parsed: argparse.Namespace, action: str, note: str) -> None:
    """Remember an export or a report in the log; a file that cannot be written just now keeps nobody from it."""
    known = people.find(parsed.user) if parsed.user else None
    with suppress(UserError):
        traces.leave(_Caller(known, parsed.user) if parsed.user else _caller(parsed), action, note)


def _open(parsed: argparse.Namespace) -> None:
    _with_password(lambda: file.open_file(parsed.file or paths.default_file()))


def _with_password(work: Callable[[], _T]) -> _T:
    """Do it, and ask for the password of a server that wants one where somebody sits at the keyboard."""
    try:
        return work()
    except PasswordNeeded as needed:
        if not sys.stdin.isatty():
            raise
        needed.address.given = getpass.getpass(f"{needed} ")
        return work()


def _caller(parsed: argparse.Namespace) -> _Caller:
    """Who is written into the log; a colleague nobody knows yet is added, so only jobs that write ask."""
    if parsed.user:
        return _Caller(office.colleague(None, parsed.user).id, parsed.user)
    with suppress(OSError, KeyError):
        return _Caller(None, getpass.getuser())
    return _Caller(None, "")


def _demo(parsed: argparse.Namespace) -> Answer:
    made = demo.make(parsed.path, customers=parsed.customers, interactions=parsed.interactions, seed=parsed.seed)
    words = _("{file} is ready: {customers} customers, {contacts} contact persons, {interactions} contacts.").format(
        **{"file": parsed.path, **made}
    )
    return Answer({"file": str(parsed.path), **made}, words)


def _import(parsed: argparse.Namespace) -> Answer:
    _open(parsed)
    wishes = lists_in_out.Wishes(
        parsed.kind,
        parsed.existing,
        parsed.add_customers,
        parsed.new_fields,
        parsed.with_office,
        parsed.dry_run,
        parsed.refused,
    )
    return Answer(*lists_in_out.bring_in(list(dict.fromkeys(parsed.files)), wishes, lambda: _caller(parsed)))


def _export(parsed: argparse.Namespace) -> Answer:
    _open(parsed)
    answer = Answer(*lists_in_out.write_list(parsed.kind, parsed.out, parsed.search))
    n = answer.json["rows"]
    what = _(MODELS[parsed.kind].title) if parsed.kind in MODELS else _("Whole office")
    rows = ngettext("{n} row", "{n} rows", n).format(n=f"{n:,}")
    _trace(parsed, traces.EXPORTED, f"{parsed.out.name} · {what}: {rows}")
    return answer


def _template(parsed: argparse.Namespace) -> Answer:
    if parsed.file or paths.default_file().exists():  # the office's own lists and fields, where there is one
        _open(parsed)
    return Answer(*lists_in_out.write_template(parsed.kind, parsed.out))


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
    if parsed.out.suffix.lower() != ".pdf":
        raise UserError(_("“{file}”: a report is written as .pdf.").format(file=parsed.out.name))
    _open(parsed)
    if parsed.report == "monthly":
        from crm_desktop.reports import monthly  # lazily: only who prints waits for what draws

        pages = monthly.make(parsed.out, parsed.month)
    elif parsed.report == "complaint-ledger":
        from crm_desktop.reports import complaint_ledger  # as above
        from crm_desktop.statistics import Period

        pages = complaint_ledger.make(parsed.out, Period.month(parsed.month), words=parsed.month)
    elif parsed.report == "complaint-form":
        from crm_desktop.reports import complaint_form  # as above

        number = file.one("SELECT id FROM complaint WHERE code = ?", (parsed.complaint,))
        if number is None:
            raise UserError(_("There is no record with the number “{code}”.").format(code=parsed.complaint))
        pages = complaint_form.make(parsed.out, int(number))
    else:
        found = doubles.numbered(parsed.customer)
        from crm_desktop.reports import customer_card  # as above

        pages = customer_card.make(parsed.out, found)
    _trace(parsed, traces.PRINTED, parsed.out.name)
    words = ngettext("{n} page written to {file}.", "{n} pages written to {file}.", pages).format(
        n=pages, file=parsed.out
    )
    return Answer({"file": str(parsed.out), "pages": pages}, words)


def _jobs_of(part: ModuleType) -> Callable[[argparse.Namespace], Answer]:
    """A command that has jobs of its own, which that module does."""

    def do_one(parsed: argparse.Namespace) -> Answer:
        _open(parsed)
        return Answer(*part.do(parsed, lambda: _caller(parsed), lambda *what: _trace(parsed, *what)))

    return do_one


def _history(parsed: argparse.Namespace) -> Answer:
    _open(parsed)
    return Answer(*log_words.history_of(parsed.code))


def _log(parsed: argparse.Namespace) -> Answer:
    _open(parsed)
    return Answer(*log_words.operations(parsed.who, parsed.since or "", parsed.limit))


def _undo(parsed: argparse.Namespace) -> Answer:
    _open(parsed)
    history.action_of(parsed.change)  # before a new colleague is written down for nothing
    return Answer(*doubles.undo(_caller(parsed), parsed.change))


def _duplicates(parsed: argparse.Namespace) -> Answer:
    _open(parsed)
    return Answer(*doubles.groups(parsed.limit, parsed.persons))


def _merge(parsed: argparse.Namespace) -> Answer:
    _open(parsed)
    number = doubles.person if parsed.persons else doubles.numbered
    both = number(parsed.keep), number(parsed.other)
    return Answer(*doubles.merge(_caller(parsed), *both, Contact if parsed.persons else Customer))


def _clean(parsed: argparse.Namespace) -> Answer:
    _open(parsed)
    return Answer(*clean_up.tidy(lambda: _caller(parsed), parsed.rule, parsed.apply))


def _check(parsed: argparse.Namespace) -> Answer:
    _open(parsed)
    wrong = checking.problems()
    trouble = ngettext("{n} problem was found in {file}.", "{n} problems were found in {file}.", len(wrong)).format(
        n=len(wrong), file=file.place()
    )
    return Answer({"ok": not wrong, "problems": wrong}, "\n".join(wrong) or "ok", trouble if wrong else "")


def _backup(parsed: argparse.Namespace) -> Answer:
    _open(parsed)
    return Answer(*safekeeping.back_up(parsed.to or [paths.backups()], parsed.reason, parsed.thin))


def _restore(parsed: argparse.Namespace) -> Answer:
    current = parsed.file or paths.default_file()
    if isinstance(current, Address):
        raise UserError(restore.not_on_server(current))
    if parsed.dry_run:
        if current.exists():
            _open(parsed)
        return Answer(*safekeeping.preview(parsed.backup))
    # nobody is added to the file that is about to go
    caller = _Caller(None, parsed.user) if parsed.user else _caller(parsed)
    if not parsed.other_office:
        safekeeping.refuse_other(parsed.backup, current)
    return Answer(*safekeeping.bring_back(parsed.backup, current, caller))


def _retrieve(parsed: argparse.Namespace) -> Answer:
    _open(parsed)
    if not parsed.customers and not parsed.apply:
        return Answer(*retrieving.outside(parsed.backup, parsed.kind))
    if not parsed.customers:
        raise UserError(_("Say which records are to come back, by their number or name."))
    chosen = [retrieving.record_in(parsed.backup, one, parsed.kind) for one in dict.fromkeys(parsed.customers)]
    if not parsed.apply:
        return Answer(*retrieving.compared(parsed.backup, chosen, parsed.kind))
    return Answer(*retrieving.brought(_caller(parsed), parsed.backup, chosen, parsed.kind, parsed.overwrite))


def _move(parsed: argparse.Namespace) -> Answer:
    return Answer(*_with_password(lambda: safekeeping.move(parsed.source, parsed.target)))


def _repair(parsed: argparse.Namespace) -> Answer:
    return Answer(*safekeeping.mend(parsed.damaged, parsed.out))


JOBS: dict[str, Callable[[argparse.Namespace], Answer]] = {
    "demo": _demo,
    "import": _import,
    "export": _export,
    "template": _template,
    "search": _search,
    "report": _report,
    "request": _jobs_of(request_jobs),
    "survey": _jobs_of(survey_jobs),
    "feedback": _jobs_of(feedback_jobs),
    "staff": _jobs_of(staff_jobs),
    "history": _history,
    "log": _log,
    "undo": _undo,
    "duplicates": _duplicates,
    "merge": _merge,
    "clean": _clean,
    "check": _check,
    "backup": _backup,
    "restore": _restore,
    "retrieve": _retrieve,
    "repair": _repair,
    "move": _move,
}
