"""Each job without a window, for scripts and the task scheduler: import, export, report, history, undo, check …"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from crm_desktop import cli_requests, cli_staff, cli_surveys
from crm_desktop.errors import UserError
from crm_desktop.i18n import set_language
from crm_desktop.store.address import Place, is_address, place

KINDS = ("customers", "contacts", "interactions", "complaints", "requests", "feedback", "solutions")
EXISTING = ("update", "fill", "add")
TIDY = ("width", "spaces", "blanks", "phones", "emails", "companies", "regions")
TAKEN = ("customer", "contact", "complaint", "interaction", "service_request", "feedback")
SUFFIX = ".crm"
DONE, COULD_NOT, STOPPED = 0, 1, 130
_INT64 = 2**63


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The command line as values; ends the program with status 2 where it makes no sense."""
    anywhere = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS, allow_abbrev=False)
    where = "the customer file, or postgresql://user@server/database"
    anywhere.add_argument("--file", type=_place, metavar="PATH", help=where)
    anywhere.add_argument("--lang", choices=["zh_CN", "en"], help="language of output and files")
    anywhere.add_argument("--json", action="store_true", help="print one JSON value and nothing else")
    anywhere.add_argument("--user", type=_text, metavar="NAME", help="the colleague who does it")
    about = "Without a command, the window opens."
    parser = argparse.ArgumentParser(prog="crm-desktop", parents=[anywhere], description=about, allow_abbrev=False)
    parser.add_argument("customer_file", nargs="?", type=_place, help=argparse.SUPPRESS)
    defaults = {"file": None, "lang": None, "json": False, "user": None, "command": None, "customer_file": None}
    commands = argparse.ArgumentParser(prog="crm-desktop", parents=[anywhere], description=about, allow_abbrev=False)
    _add_commands(commands, anywhere)
    names = next(a.choices for a in commands._actions if isinstance(a, argparse._SubParsersAction))
    # a double click hands over a file, not a command
    chosen = commands if _has_command(arguments, names) else parser
    parsed = argparse.Namespace(**defaults)
    chosen.parse_args(arguments, parsed)
    parsed.file = parsed.file or parsed.customer_file
    if parsed.command == "report":
        _refuse_half_a_report(parsed, names["report"])
    return parsed


def _has_command(arguments: Sequence[str], names: Any) -> bool:
    """Whether a command is meant: the first word that is no option names one, or names nothing at all."""
    words = iter(arguments)
    for word in words:
        if word in ("--file", "--lang", "--user"):
            next(words, None)
        elif not word.startswith("-"):
            return word in names or not (word.endswith(SUFFIX) or is_address(word) or Path(word).exists())
        elif word in ("-h", "--help"):
            return True
    return False


_Adder = Callable[[str, str], argparse.ArgumentParser]


def _add_commands(parser: argparse.ArgumentParser, anywhere: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def add(name: str, help: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, parents=[anywhere], help=help, description=help, allow_abbrev=False)

    _add_lists(add)
    kinds = {"text": _text, "count": _count, "day": _day, "month": _month}
    cli_requests.add_jobs(add("request", "service requests: list, write down, take further, print"), anywhere, kinds)
    told = add("feedback", "what customers suggest, praise or dislike: list, write down, answer")
    cli_staff.add_feedback_jobs(told, anywhere, kinds)
    colleagues = add("staff", "colleagues: the figures of their work, their abilities, and what is told to all of them")
    cli_staff.add_staff_jobs(colleagues, anywhere, kinds)
    surveys = add("survey", "ask customers how satisfied they are, and tell what they answered")
    cli_surveys.add_jobs(surveys, anywhere, kinds)
    _add_history(add)
    _add_safety(add)


def _add_lists(add: _Adder) -> None:
    """What comes in and goes out, and what is found."""
    made = add("demo", "make an invented office to try things out")
    made.add_argument("path", type=_place)
    made.add_argument("--customers", type=_count, default=300, metavar="N")
    made.add_argument("--interactions", type=_count, default=None, metavar="M")
    made.add_argument("--seed", type=int, default=1, metavar="S")
    brought = add("import", "bring in Excel, CSV or vCard files")
    brought.add_argument("files", nargs="+", type=Path, metavar="FILE")
    brought.add_argument("--kind", choices=["auto", *KINDS], default="auto")
    brought.add_argument("--dry-run", action="store_true", help="only say what would happen")
    brought.add_argument("--existing", choices=EXISTING, default="update", help="what becomes of who is there already")
    brought.add_argument("--add-customers", action="store_true", help="histories and ledgers may bring new ones")
    brought.add_argument("--new-fields", action="store_true", help="columns nobody knows become fields of their own")
    brought.add_argument("--with-office", action="store_true", help="lists, own fields and settings of a workbook, too")
    brought.add_argument("--refused", type=Path, metavar="OUT.xlsx", help="write the refused rows with their reasons")
    taken = add(
        "export",
        "write a list to Excel, CSV or address cards; all: the whole office as one workbook (.zip: with files)",
    )
    taken.add_argument("kind", choices=[*KINDS, "all"])
    taken.add_argument("out", type=Path, metavar="OUT.xlsx|OUT.csv|OUT.vcf|OUT.zip")
    taken.add_argument("--search", type=_text, default="", metavar="TEXT")
    empty = add("template", "write an empty list to fill in and import")
    empty.add_argument("kind", choices=KINDS)
    empty.add_argument("out", type=Path, metavar="OUT.xlsx")
    found = add("search", "find customers by any part of a name, pinyin or phone")
    found.add_argument("text", type=_text, metavar="TEXT")
    found.add_argument("--limit", type=_count, default=100, metavar="N")
    printed = add("report", "write a report as PDF")
    printed.add_argument("report", choices=["monthly", "customer-card", "complaint-form", "complaint-ledger"])
    printed.add_argument("out", type=Path, metavar="OUT.pdf")
    printed.add_argument("--month", type=_month, metavar="YYYY-MM")
    printed.add_argument("--customer", type=_text, metavar="CODE")
    printed.add_argument("--complaint", type=_text, metavar="CODE")


def _add_history(add: _Adder) -> None:
    """What was done, and what takes it back; what may be there twice or written better."""
    told = add("history", "who changed what of one record, and when")
    told.add_argument("code", type=_text, metavar="CODE", help="the number of a customer, contact or complaint")
    logged = add("log", "what everybody did, newest first")
    logged.add_argument("--since", type=_day, metavar="YYYY-MM-DD")
    logged.add_argument("--who", type=_text, default="", metavar="NAME")
    logged.add_argument("--limit", type=_count, default=1000, metavar="N")
    back = add("undo", "take a change back")
    back.add_argument("change", type=_change, metavar="CHANGE")
    twice = add("duplicates", "customers that may be there twice, the surest first")
    twice.add_argument("--limit", type=_count, default=1000, metavar="N")
    twice.add_argument("--persons", action="store_true", help="contact persons instead of customers")
    joined = add("merge", "make one customer of two")
    joined.add_argument("keep", type=_text, metavar="KEEP", help="the number of the customer that stays")
    joined.add_argument("other", type=_text, metavar="OTHER", help="the number of the one that goes into it")
    joined.add_argument("--persons", action="store_true", help="contact persons, by what duplicates --persons tells")
    tidied = add("clean", "what would be written better: names, phones, spaces; --apply changes it")
    tidied.add_argument("--apply", action="store_true", help="change it, as one action that undo takes back")
    tidied.add_argument("--rule", nargs="+", choices=TIDY, default=TIDY, metavar="NAME", help=", ".join(TIDY))


def _add_safety(add: _Adder) -> None:
    """What keeps the file sound."""
    add("check", "see whether the customer file is sound")
    kept = add("backup", "make a copy that is proved to be sound")
    kept.add_argument("--to", nargs="+", type=Path, metavar="FOLDER", help="where to; this computer's own without it")
    kept.add_argument("--reason", type=_text, default="manual", metavar="TEXT", help="daily, exit or any words")
    kept.add_argument("--thin", action="store_true", help="delete backups that have become too many")
    renewed = add("restore", "put a backup in the place of the customer file")
    renewed.add_argument("backup", type=Path, metavar="BACKUP")
    renewed.add_argument("--dry-run", action="store_true", help="only say what would happen")
    renewed.add_argument("--other-office", action="store_true", help="also when it is the backup of another file")
    fetched = add("retrieve", "say which customers of a backup are missing or different today; --apply takes them out")
    fetched.add_argument("backup", type=Path, metavar="BACKUP")
    fetched.add_argument("customers", nargs="*", type=_text, metavar="CUSTOMER", help="number or name; all without it")
    fetched.add_argument("--kind", choices=TAKEN, default=TAKEN[0], metavar="KIND", help=", ".join(TAKEN))
    fetched.add_argument("--apply", action="store_true", help="bring them back, as one action that undo takes back")
    fetched.add_argument("--overwrite", action="store_true", help="what was changed since, too, as it was then")
    moved = add("move", "bring the whole office with its history to a new place: a file or a server")
    moved.add_argument("source", type=_place, metavar="FROM")
    moved.add_argument("target", type=_place, metavar="TO", help="a new file, or postgresql://user@server/database")
    mended = add("repair", "bring what can be read of a damaged file into a new one")
    mended.add_argument("damaged", type=Path, metavar="DAMAGED")
    mended.add_argument("out", type=Path, metavar="OUT.crm")


def _place(given: str) -> Place:
    try:
        return place(given)
    except UserError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _text(given: str) -> str:
    """What was typed, without bytes that are no characters."""
    return given.encode("utf-8", "replace").decode("utf-8")


def _count(text: str) -> int:
    if not re.fullmatch("[0-9]{1,9}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 on")
    return int(text)


def _change(text: str) -> int:
    if not (re.fullmatch("[0-9]{1,19}", text) and int(text) < _INT64):
        raise argparse.ArgumentTypeError(f"{text!r} is not the number of a change")
    return int(text)


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day like 2026-10-31") from error


def _month(text: str) -> str:
    if not re.fullmatch(r"(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a month like 2026-10")
    return text


def _refuse_half_a_report(parsed: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    """A report that does not say what it is about is wrong use."""
    if parsed.report in ("monthly", "complaint-ledger") and not parsed.month:
        parser.error("say which month: --month 2026-10")
    if parsed.report == "customer-card" and not parsed.customer:
        parser.error("say which customer: --customer CODE")
    if parsed.report == "complaint-form" and not parsed.complaint:
        parser.error("say which complaint: --complaint CODE")


def run(parsed: argparse.Namespace) -> int:
    """Do one command; its exit status."""
    if parsed.lang:
        set_language(parsed.lang)
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    # the jobs know half the program: the window, which starts here too, does not wait for them
    from crm_desktop import jobs

    try:
        answer = jobs.do(parsed)
    except UserError as error:
        answer = jobs.Answer({"error": str(error)}, "", str(error))
    except KeyboardInterrupt:
        return STOPPED  # Ctrl+C: what was begun has been rolled back
    if answer.trouble:
        print(answer.trouble, file=sys.stderr)
    try:
        if parsed.json:
            print(json.dumps(answer.json, ensure_ascii=False), flush=True)
        elif answer.words:
            print(answer.words, flush=True)
    except BrokenPipeError:
        # whoever reads (head, a pager) has seen enough; Python would complain once more while it ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return COULD_NOT if answer.trouble else DONE
