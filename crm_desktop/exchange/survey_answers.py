"""A survey sheet that came back: every line judged before anything is written, then written as one change.

`sheets(path)` reads the file in any thread, `judge` compares it with the open customer file, `read` does both. Blank
cells change nothing, and reading the same sheet again changes nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from crm_desktop.errors import UserError
from crm_desktop.exchange import reading, survey_lines, survey_sheet
from crm_desktop.exchange.finishing import workbook
from crm_desktop.exchange.importing import last_change
from crm_desktop.exchange.parsing import NEW, REFUSED, UPDATE
from crm_desktop.exchange.refused import REASON
from crm_desktop.exchange.sheet import Sheet
from crm_desktop.exchange.survey_lines import STATUSES, Line
from crm_desktop.exchange.xlsx import WARNING, WRAPPED, Book, Head
from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.satisfaction import answering
from crm_desktop.store import sharing
from crm_desktop.store.change import Person, change
from crm_desktop.store.deriving import Progress

READ: Final = N_("Read survey answers")
"""What such a change is called in the log (msgid)."""


@dataclass
class Plan:
    """What reading a sheet would do; nothing is written before `save`."""

    path: Path
    found: list[Sheet]
    run: int | None = None
    rows: list[Line] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    seen_change: int = 0

    def counts(self) -> dict[str, int]:
        """How many lines have each status (of STATUSES)."""
        counted = Counter(line.status for line in self.rows)
        return {status: counted[status] for status in STATUSES}

    def in_words(self) -> str:
        """What it would do, or did, in one sentence."""
        counts = self.counts()
        return _("{new} new, {update} changed, {same} unchanged, {blank} not filled in, {refused} refused.").format(
            **{status: f"{number:,}" for status, number in counts.items()}
        )

    def save(self, user: Person | None, progress: Progress | None = None) -> int | None:
        """Write it as one change, and give its number; None when there was nothing to write. Raises UserError."""
        with sharing.doing("importing"), change(user, READ, progress=progress) as c:
            if last_change() != self.seen_change:  # a colleague wrote in the meantime
                _judge(self)
            writing = [line for line in self.rows if line.status in (NEW, UPDATE)]
            c.note = self.path.name
            for done, line in enumerate(writing, 1):
                at = f"{line.on}T12:00:00" if line.on else ""
                row = answering.answer(c, line.asked, line.answers, "excel", at=at, note=line.note, logged=False)
                if line.note and row.note != line.note:
                    c.save(row, {"note": line.note})
                if progress:
                    progress(done, len(writing), _("Saving"))
        return c.id if writing else None

    def refused(self, path: Path) -> int:
        """Write the refused lines with the reason beside each, to be put right and read again; how many."""
        lines = [line for line in self.rows if line.status == REFUSED]
        heads = [Head(_(REASON), 44, WARNING), *(Head(name, 16, WRAPPED) for name in self.headings)]
        rows = ([_("Row {n}: {reason}").format(n=line.number, reason=line.reason), *line.cells] for line in lines)

        def fill(book: Book) -> None:
            book.sheet(_("Survey"), heads, rows, 1)

        workbook(path, fill)
        return len(lines)


def sheets(path: Path) -> list[Sheet]:
    """The visible sheets of a file; needs no customer file. UserError when it cannot be read."""
    return [sheet for sheet in reading.read(path) if not sheet.hidden]


def read(path: Path, run: int | None = None) -> Plan:
    """Read a sheet and judge its lines; with `run` a customer without a form number is found in that survey by name.

    UserError when the file is no survey sheet.
    """
    return judge(path, sheets(path), run)


def judge(path: Path, found: list[Sheet], run: int | None = None) -> Plan:
    """Judge the lines of a sheet that was read; UserError when it is no survey sheet."""
    plan = Plan(path, found, run)
    _judge(plan)
    return plan


def _judge(plan: Plan) -> None:
    plan.seen_change, plan.rows = last_change(), []
    for sheet in plan.found:
        named = survey_lines.heading(sheet)
        if named is not None:
            plan.headings = plan.headings or named.names
            plan.rows += survey_lines.lines(sheet, named, plan.run)
    if not plan.headings:
        raise UserError(
            _("“{file}” is no survey sheet: it has no column “{heading}”.").format(
                file=plan.path.name, heading=_(survey_sheet.FORM)
            )
        )


def said(plan: Plan, number: int | None) -> str:
    """What saving a plan did, in words."""
    if number is None:
        return _("Nothing new stands in this sheet.")
    counts = plan.counts()
    n = counts[NEW] + counts[UPDATE]
    return ngettext(
        "The answers of {n} customer were written down.", "The answers of {n} customers were written down.", n
    ).format(n=f"{n:,}")
