"""The words of the command `request`: what each of its jobs is told."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

STEPS = ("assign", "begin", "solve", "answer", "close", "close_unasked", "reopen", "reply", "wait", "resume", "pass_on",
         "cancel", "convert")  # fmt: skip
Kinds = dict[str, Callable[[str], object]]
"""How arguments are read: "text", "count", "day", "month"."""


def add_jobs(parser: argparse.ArgumentParser, anywhere: argparse.ArgumentParser, kinds: Kinds) -> None:
    """Give `request` its jobs."""
    jobs = parser.add_subparsers(dest="job", metavar="JOB", required=True)
    text = kinds["text"]

    def add(name: str, help: str, request: bool = True) -> argparse.ArgumentParser:
        made = jobs.add_parser(name, parents=[anywhere], help=help, description=help, allow_abbrev=False)
        if request:
            made.add_argument("request", type=text, metavar="REQUEST", help="its number, FW-2026-0001")
        return made

    listed = add("list", "open service requests, the most pressing first", request=False)
    listed.add_argument("--all", action="store_true", help="those that have ended, too")
    listed.add_argument("--owner", type=text, metavar="NAME", help="only what is assigned to this colleague")
    listed.add_argument("--search", type=text, default="", metavar="TEXT")
    listed.add_argument("--limit", type=kinds["count"], default=1000, metavar="N")
    add("show", "one request with its checklist, its course and the steps that are possible now")
    new = add("new", "write a new request down; its number", request=False)
    new.add_argument("customer", type=text, metavar="CUSTOMER", help="the number of the customer")
    new.add_argument("text", type=text, metavar="TEXT", help="what is asked")
    for name in ("subject", "type", "priority", "channel", "caller", "product", "serial-no", "owner"):
        new.add_argument(f"--{name}", type=text, metavar="TEXT")
    step = add("step", f"take a step with a request: {', '.join(STEPS)}")
    step.add_argument("step", choices=STEPS, metavar="STEP")
    step.add_argument("values", nargs="*", type=text, metavar="FIELD=VALUE", help="solution=…, satisfaction=5, owner=…")
    step.add_argument("--why", type=text, default="", metavar="TEXT")
    step.add_argument("--until", type=kinds["day"], metavar="YYYY-MM-DD", help="for wait")
    form = add("form", "the service form to take along and sign, as PDF")
    form.add_argument("out", type=Path, metavar="OUT.pdf")
    told = add("figures", "requests of a month in figures: in time, how quickly, at once, verdicts", request=False)
    told.add_argument("--month", type=kinds["month"], required=True, metavar="YYYY-MM")
    told.add_argument("--owner", type=text, metavar="NAME", help="only what is assigned to this colleague")
    ledger = add("ledger", "all requests received in a month, as PDF", request=False)
    ledger.add_argument("out", type=Path, metavar="OUT.pdf")
    ledger.add_argument("--month", type=kinds["month"], required=True, metavar="YYYY-MM")
