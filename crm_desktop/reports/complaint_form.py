"""客户投诉处理单: one complaint with its whole course, what was found and done, and places to sign (product.md K06)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from crm_desktop.complaints import reading
from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.models.office import setting
from crm_desktop.models.recovery import Mark
from crm_desktop.reports.case_paper import (
    Lines,
    Pairs,
    course,
    pairs,
    rows,
    write_course,
    write_pairs,
    write_signatures,
    write_table,
)
from crm_desktop.reports.monthly import now
from crm_desktop.reports.page import Document
from crm_desktop.reports.table import Column
from crm_desktop.store import file
from crm_desktop.values import show_datetime

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
    course: Lines
    whys: Lines = field(default_factory=list)
    informed: Lines = field(default_factory=list)
    improvements: Lines = field(default_factory=list)
    recovery: Pairs = field(default_factory=list)
    files: str = ""


def collect(complaint: int) -> Data:
    """Read everything about a complaint, in one go; UserError if it is gone."""
    case = reading.case(complaint)
    if case is None:
        raise UserError(_("This complaint is no longer there; a colleague may have deleted it."))
    record = case.record
    contact = file.one("SELECT name FROM contact WHERE id = ?", (record.contact,)) if record.contact else ""
    what = pairs(record, _WHAT)
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
            (_("Deadlines"), pairs(record, _DEADLINES)),
            (_("What was found"), pairs(record, _FOUND)),
            (_("What was done"), pairs(record, _DONE)),
            (_("Follow-up"), [*pairs(record, _AFTER), *([(_("Recovery score"), score)] if score else [])]),
        ],
        course(case.course),
        whys=rows(record, "whys"),
        informed=rows(record, "informed"),
        improvements=rows(record, "improvements"),
        recovery=[*_marks(case.recovery), *_marks(case.principles)],
        files=_(", ").join(one.name for one in case.files),
    )


def _marks(marks: Sequence[Mark]) -> Pairs:
    return [(_(mark.title), f"✓ {show_datetime(mark.on)}".rstrip() if mark.done else "–") for mark in marks]


def draw(target: Path | BinaryIO, data: Data) -> int:
    """Write the form as a PDF and return the number of pages; needs no customer file. UserError if it cannot."""
    title = _("Customer complaint form")
    document = Document(target, title, data.office, data.code, data.printed_at, subtitle=f"{data.code} · {data.state}")
    for name, told in data.groups[:1]:
        document.section(name, 1)
        document.pairs(told)
    if data.files:
        document.pairs([(_("Evidence"), data.files)], 1)
    for name, told in data.groups[1:3]:
        write_pairs(document, name, told)
    if data.whys:
        document.table([Column(_("Why?")), Column(_("Because"))], data.whys, "")
    for name, told in data.groups[3:]:
        write_pairs(document, name, told)
    write_table(document, _("Customer informed"), (_("Date"), _("What was told"), _("Informed by")), data.informed)
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
    write_table(document, _("Improvement actions"), headings, data.improvements)
    write_pairs(document, _("Service recovery"), data.recovery)
    write_course(document, data.course)
    write_signatures(document, (_("Handled by"), _("Department in charge"), _("Approved by"), _("Customer")))
    return document.save()


def make(path: Path, complaint: int) -> int:
    """Read and write the form of a complaint in one go; the number of pages. UserError if it cannot."""
    return draw(path, collect(complaint))
