"""The words of the command `survey`: what each of its jobs is told."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

SAMPLES = ("all", "random", "nth", "due")
WAYS = ("phone", "visit", "paper", "excel", "wechat", "email", "other")
Kinds = dict[str, Callable[[str], object]]
"""How arguments are read: "text", "count", "day"."""


def add_jobs(parser: argparse.ArgumentParser, anywhere: argparse.ArgumentParser, kinds: Kinds) -> None:
    """Give `survey` its jobs."""
    jobs = parser.add_subparsers(dest="job", metavar="JOB", required=True)

    def add(name: str, help: str, survey: bool = True) -> argparse.ArgumentParser:
        made = jobs.add_parser(name, parents=[anywhere], help=help, description=help, allow_abbrev=False)
        if survey:
            made.add_argument("survey", type=kinds["text"], metavar="SURVEY", help="its number, DC-2026-0001")
        return made

    add("list", "all surveys, the newest first, with their figures", survey=False)
    add("show", "one survey: figures with their formulas, each question, what drives satisfaction, groups")
    started = add("start", "ask a part of the customers; the number of the survey", survey=False)
    started.add_argument("template", type=kinds["text"], metavar="TEMPLATE", help="a template's name, or general, "
                         "delivery, nps, abilities")  # fmt: skip
    started.add_argument("--title", type=kinds["text"], default="", metavar="TEXT")
    started.add_argument("--search", type=kinds["text"], default="", metavar="TEXT", help="only customers found by it")
    started.add_argument("--tier", type=kinds["text"], action="append", default=[], metavar="TIER")
    started.add_argument("--sample", choices=SAMPLES, default="all", help="all of them, n at random, every nth, due")
    started.add_argument("--number", type=kinds["count"], default=0, metavar="N")
    started.add_argument("--seed", type=kinds["count"], default=1, metavar="S")
    started.add_argument("--until", type=kinds["day"], metavar="YYYY-MM-DD")
    started.add_argument("--dry-run", action="store_true", help="only say whom it would ask")
    form = add("form", "forms to fill in by hand, one for each customer still to be asked")
    form.add_argument("out", type=Path, metavar="OUT.pdf")
    form.add_argument("--blank", action="store_true", help="one form that names nobody")
    sheet = add("sheet", "an Excel sheet to fill in, a line for each customer still to be asked")
    sheet.add_argument("out", type=Path, metavar="OUT.xlsx")
    sheet.add_argument("--results", action="store_true", help="everybody, with what was answered")
    sheet.add_argument("--sent", action="store_true", help="note that these customers have been asked")
    back = add("read", "bring in a sheet that was filled in", survey=False)
    back.add_argument("sheet", type=Path, metavar="SHEET.xlsx")
    back.add_argument("--dry-run", action="store_true", help="only say what would happen")
    back.add_argument("--refused", type=Path, metavar="OUT.xlsx", help="write the refused lines with their reasons")
    said = add("answer", "write down what one customer answered", survey=False)
    said.add_argument("form", type=kinds["text"], metavar="FORM", help="the form number, DC-2026-0001-0003")
    said.add_argument("answers", nargs="+", type=kinds["text"], metavar="QUESTION=ANSWER")
    said.add_argument("--how", choices=WAYS, default="paper")
    said.add_argument("--on", type=kinds["day"], metavar="YYYY-MM-DD")
    report = add("report", "what the survey has shown, as PDF")
    report.add_argument("out", type=Path, metavar="OUT.pdf")
    add("end", "end a survey: nobody is asked any more")
