"""客户投诉处理单: one complaint with its whole course, what was found and done, and places to sign (product.md K06)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from crm_desktop.complaints import reading
from crm_desktop.courses import Stamp
from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.models import Complaint
from crm_desktop.models.manifold import Rows
from crm_desktop.models.office import setting
from crm_desktop.models.recovery import Mark
from crm_desktop.reports.monthly import now
from crm_desktop.reports.page import Document
from crm_desktop.reports.sheet import STRONG_LINE, Rule, Text
from crm_desktop.reports.table import Column
from crm_desktop.store import file
from crm_desktop.values import show_datetime

Pairs = list[tuple[str, str]]

_WHAT = ("received_at", "registered_by", "complainant", "complainant_is", "channel", "form", "addressee", "external_no",
         "category", "severity", "nature", "product", "order_no", "batch", "description", "demand",
         "evidence")  # fmt: skip
_DEADLINES = ("tier", "acknowledge_by", "acknowledged_at", "reply_by", "replied_at", "solve_by", "solved_at",
              "agreed_by")  # fmt: skip
_FOUND = ("owner", "department", "collaborators", "about", "founded", "founded_reason", "cause", "analysis",
          "family")  # fmt: skip
_DONE = ("solution_types", "solution", "promised_at", "compensation_kind", "compensation", "approved_by", "approved_at",
         "told_at", "told_how", "agrees")  # fmt: skip
_AFTER = ("follow_up_on", "follow_up", "satisfaction", "reopened", "closed_at")


@dataclass(frozen=True)
class Data:
    """All that the form says, as people read it."""

    code: str
    customer: str
    state: str
    office: str
    printed_at: datetime
    groups: list[tuple[str, Pairs]]
    course: list[tuple[str, ...]]
    whys: list[tuple[str, ...]] = field(default_factory=list)
    informed: list[tuple[str, ...]] = field(default_factory=list)
    improvements: list[tuple[str, ...]] = field(default_factory=list)
    recovery: Pairs = field(default_factory=list)
    files: str = ""


def collect(complaint: int) -> Data:
    """Read everything about a complaint, in one go; UserError if it is gone."""
    case = reading.case(complaint)
    if case is None:
        raise UserError(_("This complaint is no longer there; a colleague may have deleted it."))
    record = case.record
    contact = file.one("SELECT name FROM contact WHERE id = ?", (record.contact,)) if record.contact else ""
    what = _pairs(record, _WHAT)
    if contact and contact != record.complainant:
        what.insert(2, (_("Contact person"), str(contact)))
    points = record.recovery_score
    score = "" if points is None else _("{n} of 100").format(n=points)
    return Data(
        record.code,
        case.customer,
        record.shown("state"),
        str(setting("office_name")),
        now(),
        [
            (_("What happened"), [(_("Customer"), case.customer), *what]),
            (_("Deadlines"), _pairs(record, _DEADLINES)),
            (_("What was found"), _pairs(record, _FOUND)),
            (_("What was done"), _pairs(record, _DONE)),
            (_("Follow-up"), [*_pairs(record, _AFTER), *([(_("Recovery score"), score)] if score else [])]),
        ],
        [(show_datetime(s.at), s.title, s.by, _why(s)) for s in case.course],
        whys=_rows(record, "whys"),
        informed=_rows(record, "informed"),
        improvements=_rows(record, "improvements"),
        recovery=[*_marks(case.recovery), *_marks(case.principles)],
        files=_(", ").join(one.name for one in case.files),
    )


def _pairs(record: Complaint, names: Sequence[str]) -> Pairs:
    described = record.described()
    found = [(name, record.shown(name)) for name in names if getattr(record, name) not in (None, "", [], 0, False)]
    return [(_(described[name].label), text) for name, text in found if text]


def _rows(record: Complaint, name: str) -> list[tuple[str, ...]]:
    field = record.described()[name]
    assert isinstance(field, Rows)
    columns = field.columns
    return [tuple(column.show(row.get(key)) for key, column in columns.items()) for row in getattr(record, name)]


def _why(stamp: Stamp) -> str:
    until = _("until {day}").format(day=stamp.until) if stamp.until else ""
    return "\n".join(filter(None, (stamp.why, until)))


def _marks(marks: Sequence[Mark]) -> Pairs:
    return [(_(mark.title), f"✓ {show_datetime(mark.on)}".rstrip() if mark.done else "–") for mark in marks]


def draw(target: Path | BinaryIO, data: Data) -> int:
    """Write the form as a PDF and return the number of pages; needs no customer file. UserError if it cannot."""
    title = _("Customer complaint form")
    document = Document(target, title, data.office, data.code, data.printed_at, subtitle=f"{data.code} · {data.state}")
    for name, pairs in data.groups[:1]:
        document.section(name, 1)
        document.pairs(pairs)
    if data.files:
        document.pairs([(_("Evidence"), data.files)], 1)
    for name, pairs in data.groups[1:3]:
        _write_pairs(document, name, pairs)
    if data.whys:
        document.table([Column(_("Why?")), Column(_("Because"))], data.whys, "")
    for name, pairs in data.groups[3:]:
        _write_pairs(document, name, pairs)
    _write_table(document, _("Customer informed"), (_("Date"), _("What was told"), _("Informed by")), data.informed)
    headings = (
        _("Action"),
        _("Type"),
        _("Owner"),
        _("Due"),
        _("Done"),
        _("Verified"),
        _("Verified by"),
        _("Effective"),
    )
    _write_table(document, _("Improvement actions"), headings, data.improvements)
    _write_pairs(document, _("Service recovery"), data.recovery)
    _write_table(document, _("Course"), (_("Date"), _("State"), _("Done by"), _("Why")), data.course)
    document.keep_together(lambda: _write_signatures(document))
    return document.save()


def _write_pairs(document: Document, title: str, pairs: Pairs) -> None:
    if pairs:
        document.section(title, 1)
        document.pairs(pairs)


def _write_table(document: Document, title: str, headings: Sequence[str], rows: Sequence[tuple[str, ...]]) -> None:
    """A table without the columns nothing stands in; without rows, nothing."""
    if not rows:
        return
    document.section(title, 1)
    used = [place for place in range(len(headings)) if any(row[place] for row in rows)]
    document.table([Column(headings[p]) for p in used], [[row[p] for p in used] for row in rows], "")


def _write_signatures(document: Document) -> None:
    """Four places to sign, with their days."""
    document.section(_("Signatures"), 1)
    flow = document._flow
    height, gap = 64.0, 12.0
    flow.room(height + 8)
    names = (_("Handled by"), _("Department in charge"), _("Approved by"), _("Customer"))
    width = (flow.width - gap * (len(names) - 1)) / len(names)
    for place, name in enumerate(names):
        x = flow.left + place * (width + gap)
        flow.sheet.texts.append(Text(x, flow.y - 12, name, 8.5))
        flow.sheet.rules.append(Rule(x, flow.y - height + 18, width, 0.7, STRONG_LINE))
        flow.sheet.texts.append(Text(x, flow.y - height + 6, _("Date:"), 8.5))
    flow.y -= height + 8


def make(path: Path, complaint: int) -> int:
    """Read and write the form of a complaint in one go; the number of pages. UserError if it cannot."""
    return draw(path, collect(complaint))
