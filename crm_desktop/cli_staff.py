"""The words of the commands `feedback` and `staff`: what each of their jobs is told."""

from __future__ import annotations

import argparse
from pathlib import Path

from crm_desktop.cli_requests import Kinds


def add_feedback_jobs(parser: argparse.ArgumentParser, anywhere: argparse.ArgumentParser, kinds: Kinds) -> None:
    """Give `feedback` its jobs."""
    jobs = parser.add_subparsers(dest="job", metavar="JOB", required=True)
    text = kinds["text"]

    def add(name: str, help: str) -> argparse.ArgumentParser:
        return jobs.add_parser(name, parents=[anywhere], help=help, description=help, allow_abbrev=False)

    listed = add("list", "feedback, the newest first")
    listed.add_argument("--waiting", action="store_true", help="only what nobody has replied to")
    listed.add_argument("--search", type=text, default="", metavar="TEXT")
    listed.add_argument("--limit", type=kinds["count"], default=1000, metavar="N")
    new = add("new", "write feedback of a customer down; its number")
    new.add_argument("customer", type=text, metavar="CUSTOMER", help="the number of the customer")
    new.add_argument("text", type=text, metavar="TEXT", help="what was said")
    for name in ("kind", "channel", "who", "product", "about", "owner"):
        new.add_argument(f"--{name}", type=text, metavar="TEXT")
    reply = add("reply", "write down what the customer was told; it becomes a contact, too")
    reply.add_argument("feedback", type=text, metavar="FEEDBACK", help="its number, FK-2026-0001")
    reply.add_argument("text", type=text, metavar="TEXT")
    reply.add_argument("--channel", type=text, default="", metavar="TEXT", help="how; as the feedback came without it")
    made = add("complaint", "make it a complaint; the number of that")
    made.add_argument("feedback", type=text, metavar="FEEDBACK")


def add_staff_jobs(parser: argparse.ArgumentParser, anywhere: argparse.ArgumentParser, kinds: Kinds) -> None:
    """Give `staff` its jobs."""
    jobs = parser.add_subparsers(dest="job", metavar="JOB", required=True)
    text = kinds["text"]

    def add(name: str, help: str) -> argparse.ArgumentParser:
        return jobs.add_parser(name, parents=[anywhere], help=help, description=help, allow_abbrev=False)

    told = add("figures", "a colleague's figures of a month or of some days, beside the office's")
    told.add_argument("name", type=text, metavar="NAME")
    told.add_argument("--month", type=kinds["month"], metavar="YYYY-MM", help="this month without it")
    told.add_argument("--from", type=kinds["day"], dest="start", metavar="YYYY-MM-DD")
    told.add_argument("--until", type=kinds["day"], dest="end", metavar="YYYY-MM-DD")
    told.add_argument("--out", type=Path, metavar="OUT.pdf|OUT.xlsx", help="write them there instead")
    able = add("abilities", "how a colleague stands in the nine abilities")
    able.add_argument("name", type=text, metavar="NAME")
    able.add_argument("--out", type=Path, metavar="OUT.pdf", help="write the sheet there instead")
    news = add("news", "what is published in the office, and who has read it")
    news.add_argument("--all", action="store_true", help="what is over or still to come, too")
