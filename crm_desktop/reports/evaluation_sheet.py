"""A colleague's figures of a period beside the office's, with comment, decision and places to sign (product.md C21)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.models import Evaluation, people
from crm_desktop.models.office import setting
from crm_desktop.reports.case_paper import Lines, Pairs, write_pairs, write_signatures, write_table
from crm_desktop.reports.monthly import now
from crm_desktop.reports.page import Document
from crm_desktop.reports.table import Column
from crm_desktop.statistics import staff
from crm_desktop.statistics.period import Period


@dataclass(frozen=True)
class Data:
    """All that the sheet says."""

    code: str
    """The colleague's name."""
    period: str
    office: str
    printed_at: datetime
    figures: Lines
    """Group, figure, value, and the office's value, in words."""
    durations: Lines = field(default_factory=list)
    """State, number, median and 90 % in working hours."""
    said: Pairs = field(default_factory=list)
    """Comment, decision, by whom and when; empty while nothing is decided."""


def collect(evaluation: int) -> Data:
    """Read a kept evaluation, with the figures of its day; UserError if it is gone."""
    record = Evaluation.get_row(evaluation)
    if record is None:
        raise UserError(_("This evaluation was deleted in the meantime."))
    figures = [tuple(str(row.get(name, "")) for name in ("key", "label", "shown", "office")) for row in record.figures]
    by = " ".join(filter(None, (people.name(record.by), record.day)))
    said = [(_("Comment"), record.comment), (_("Decision taken"), record.decision), (_("Evaluated by"), by)]
    return Data(
        people.name(record.colleague),
        words(Period(str(record.start), str(record.until))),
        str(setting("office_name")),
        now(),
        [(_group(key), *rest) for key, *rest in figures],
        said=[(label, text) for label, text in said if text],
    )


def collect_now(colleague: int, period: Period) -> Data:
    """Read a colleague's figures of a period as they are now."""
    return Data(
        people.name(colleague),
        words(period),
        str(setting("office_name")),
        now(),
        [(_group(one.key), one.label, one.shown, one.office) for one in staff.sheet(period, colleague)],
        [
            (one.label, f"{one.number:,}", f"{one.median:g}", f"{one.most:g}")
            for one in staff.durations(period, colleague)
        ],
    )


def words(period: Period) -> str:
    """A period as people write it: the month, the year, or its days."""
    if period == Period.month(period.start[:7]):
        return period.start[:7]
    if period == Period.year(period.start[:4]):
        return period.start[:4]
    return _("{start} to {end}").format(start=period.start, end=period.end)


def _group(key: str) -> str:
    return _(staff.GROUPS.get(key.partition(".")[0], ""))


def draw(target: Path | BinaryIO, data: Data) -> int:
    """Write the sheet as a PDF and return the number of pages. UserError if it cannot."""
    title = _("Evaluation of a colleague's work")
    document = Document(
        target, title, data.office, data.period, data.printed_at, subtitle=f"{data.code} · {data.period}"
    )
    if not data.figures:
        document.paragraph(_("Nothing was written down for this colleague in this period."), pale=True)
    named, lines = "", list[tuple[str, ...]]()
    for group, *rest in data.figures:  # each group is named once
        lines.append(("" if group == named else group, *rest))
        named = group
    columns = [
        Column(""),
        Column(_("Figure")),
        *(Column(text, right=True) for text in (data.code, _("All colleagues"))),
    ]
    document.table(columns, lines, "")
    headings = (_("State"), _("Cases"), _("Working hours (median)"), _("Working hours (90 %)"))
    write_table(document, _("How long each step of a complaint took"), headings, data.durations)
    write_pairs(document, _("Evaluation"), data.said)
    write_signatures(document, (_("Colleague"), _("Evaluated by"), _("Manager")))
    return document.save()
