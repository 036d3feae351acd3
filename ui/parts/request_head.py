"""Above a service request: its course, what is asked, the next step, and below it what helps with the work."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from typing_extensions import override

from crm_desktop import values
from crm_desktop.complaints.due import Countdown
from crm_desktop.courses import Move
from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.models import Complaint, ServiceRequest, ServiceStep
from crm_desktop.service import checklist, converting, due, moves, notes, reading
from crm_desktop.service.reading import Case
from crm_desktop.store.change import Change
from ui import theme
from ui.parts import course_head, course_move, desk, list_badges, papers
from ui.parts.badges import Badge, BadgeLabel
from ui.parts.course_head import CourseHead
from ui.parts.course_move import Course
from ui.parts.notice import Notice
from ui.parts.request_work import RequestWork
from ui.parts.step_bar import Step

SHORT = {
    "new": N_("Registered"),
    "assigned": N_("Assigned"),
    "working": N_("Work"),
    "solved": N_("Call-back"),
    "closed": N_("Closing"),
}
"""What the steps of an ordinary course are called on the bar."""
KEEP = N_("Keep a solution for others")
WRITE = N_("Write about a service request")
LETTERS = 240
"""So many letters of what is asked stand in the head; all of it stands in the record."""


def make(c: Change, request: int, key: str, *more: Any) -> ServiceRequest | Complaint:
    """Take a step; the one that makes a complaint gives that."""
    if key == moves.CONVERT:
        _values, why, *_rest = more
        return converting.to_complaint(c, request, why)
    return moves.make(c, request, key, *more)


def said(made: ServiceRequest | Complaint) -> str:
    """What the message bar says about a step."""
    if isinstance(made, Complaint):
        return _("Complaint {code} was made of it.").format(code=made.code)
    return course_move.said(made)


def warranty(record: ServiceRequest) -> Badge | None:
    """Whether the product was under warranty when the request came in."""
    until = record.warranty_until
    if not until:
        return None
    if until >= (record.received_at or "")[:10]:
        return Badge("✓", _("under warranty until {day}").format(day=until), "good")
    return Badge("○", _("warranty ended {day}").format(day=until), "muted")


def warns(record: ServiceRequest, move: Move) -> str:
    """Whoever says that a request is solved should know what of its checklist is not done."""
    done, number = checklist.state(record)
    left = number - done
    if move.after != "solved" or not left:
        return ""
    return ngettext(
        "{n} step of the checklist is not ticked off.", "{n} steps of the checklist are not ticked off.", left
    ).format(n=left)


class RequestHead(CourseHead):
    """Bar, countdown, next step; checklist, solutions and course below."""

    COURSE = Course(
        N_("Step of a service request"), ServiceRequest, ServiceStep, moves.presets, make, moves.REPLY, said, warns
    )
    STATES = "request_state"
    DEADLINES = ("reply_by", "solve_by", "agreed_at")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.facts, self.asked = QLabel(), QLabel()
        self.facts.setProperty("tone", "muted")
        for place, label in enumerate((self.facts, self.asked), 1):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.column.insertWidget(place, label)
        self.priority, self.warranty = BadgeLabel(), BadgeLabel()
        for badge in (self.priority, self.warranty):
            self.line.addWidget(badge)
        self.write = QPushButton(theme.icon("mail"), _("Write to the customer"))
        self.write.clicked.connect(self._write)
        self.keep_button = QPushButton(theme.icon("bulb"), _("Keep this solution…"))
        self.keep_button.setToolTip(_("Others find it and put it into their requests by one click"))
        self.keep_button.clicked.connect(self.ask_for_title)
        self.complaint = QPushButton(theme.icon("message-report"), _("Show the complaint"))
        self.complaint.clicked.connect(self._show_complaint)
        self.print = QPushButton(theme.icon("printer"), _("Print"))
        self.print.setToolTip(_("The service form with the whole course and places to sign"))
        self.print.clicked.connect(self._print)
        for button in (self.write, self.keep_button, self.complaint, self.print):
            self.row.addWidget(button)
        self.notice = Notice()
        self._naming: int | None = None
        self.column.addWidget(self.notice)
        self.below = self.work = RequestWork()

    @override
    def read(self, id: int) -> Case | None:
        return reading.case(id)

    @override
    def allowed(self, state: str) -> list[Move]:
        return moves.allowed(state, self.case is not None and self.case.record.complaint is None)

    @override
    def steps(self, case: Case) -> list[Step]:
        ended = ("closed", "cancelled", "complaint")
        return course_head.steps(case, SHORT, self.STATES, moves.REPLY, ended, ("assigned", "working"))

    @override
    def standing(self, what: str, until: str | None, now: datetime) -> Countdown:
        return due.standing(what, until, now)

    @override
    def show_case(self, case: Any) -> None:
        self.work.show_case(case)
        if case is None or case.record.id != self._naming:
            self.notice.hide()  # else somebody may be typing there
        if case is None:
            return
        record: ServiceRequest = case.record
        agreed = values.show_datetime(record.agreed_at, near=True) if record.agreed_at and not record.closed_at else ""
        agreed = _("appointment {when}").format(when=agreed) if agreed else ""
        self.facts.setText(" · ".join(filter(None, (case.customer, record.caller, record.shown("type"), agreed))))
        self.warranty.show_badge(warranty(record))
        pressing = record.priority in ("high", "urgent")
        self.priority.show_badge(list_badges.badge("request_priority", record.priority) if pressing else None)
        said = "\n".join(filter(None, (record.subject, record.description)))
        self.asked.setText(said if len(said) <= LETTERS else said[:LETTERS].rstrip() + " …")
        self.keep_button.setVisible(bool((record.solution or "").strip()) and record.solution_note is None)
        self.complaint.setVisible(record.complaint is not None)
        self.print.setVisible(papers.can_show())

    def ask_for_title(self) -> None:
        """A solution is kept under a title others will look for."""
        if self.case is None:
            return
        record = self.case.record
        self._naming = record.id
        ways = [(_("Keep it"), self.keep), (_("Cancel"), self.notice.hide)]
        self.notice.say(_("Under which title will others look for it?"), ways, "accent", answer=_("Title"))
        self.notice.answer.setText(record.subject or " ".join(record.description.split())[:40])
        self.notice.answer.setFocus()
        self.notice.answer.selectAll()

    def keep(self) -> None:
        """Keep the solution for others under the title that was typed."""
        name = self.notice.answer.text().strip()
        if self.case is not None and name:
            number = self.case.record.id
            desk.write(
                self,
                KEEP,
                lambda c: notes.keep(c, number, name),
                lambda _made: self.notice.hide(),
                said=lambda made: _("Kept as “{name}”.").format(name=made.name),
            )

    @override
    def taken(self, made: Any) -> None:
        if isinstance(made, Complaint):
            self.opened.emit("complaint", made.id)

    def _show_complaint(self) -> None:
        if self.case is not None:
            self.opened.emit("complaint", self.case.record.complaint)

    def _write(self) -> None:
        if self.case is not None:
            from crm_desktop.service import texts  # lazily: written now and then
            from ui.parts.case_letter import LetterDialog, Texts

            about = Texts(WRITE, texts.KINDS, texts.likely, texts.text, texts.send)
            LetterDialog(self.window(), about, self.case, self).open()

    def _print(self) -> None:
        if self.case is not None:
            papers.show(self, "service_form", self.case.record.id)
