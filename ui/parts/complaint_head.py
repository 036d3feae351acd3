"""Above a complaint: its course, the next step, and what is written, printed and known about it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QPushButton, QWidget
from typing_extensions import override

from crm_desktop.complaints import letters, moves, reading
from crm_desktop.complaints.reading import Case
from crm_desktop.courses import Move
from crm_desktop.i18n import N_, _
from crm_desktop.models import Complaint, ComplaintStep
from ui import theme
from ui.parts import course_head, course_move, papers
from ui.parts.course_head import CourseHead
from ui.parts.course_move import Course
from ui.parts.step_bar import Step

SHORT = {
    "new": N_("Registered"),
    "accepted": N_("Accepted"),
    "investigating": N_("Inquiry"),
    "approval": N_("Approval"),
    "handling": N_("Action taken"),
    "solved": N_("Call-back"),
    "closed": N_("Closing"),
}
"""What the steps of an ordinary course are called on the bar."""
ASIDE = {"not_founded": N_("Not founded")}
"""What the bar calls a state that has left the ordinary course, where its own name is long."""
WRITE = N_("Write to the complainant")
COURSE = Course(
    N_("Step of a complaint"),
    Complaint,
    ComplaintStep,
    moves.presets,
    moves.make,
    moves.INFORM,
    course_move.said,
    instead=moves.instead,
)


class ComplaintHead(CourseHead):
    """Bar, countdown, next step, and what else can be done."""

    COURSE = COURSE
    STATES = "complaint_state"
    DEADLINES = ("acknowledge_by", "reply_by", "solve_by")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.write = QPushButton(theme.icon("mail"), _("Write to the customer"))
        self.write.clicked.connect(self._write)
        self.print = QPushButton(theme.icon("printer"), _("Print"))
        self.print.setToolTip(_("The complaint form with the whole course and places to sign"))
        self.print.clicked.connect(self._print)
        self.more = QPushButton(theme.icon("paperclip"), "")
        self.more.clicked.connect(self._show_case)
        self.request = QPushButton(theme.icon("tool"), "")
        self.request.setToolTip(_("The service request this complaint came from"))
        self.request.clicked.connect(self._show_request)
        for button in (self.write, self.print, self.more, self.request):
            self.row.addWidget(button)

    @override
    def read(self, id: int) -> Case | None:
        return reading.case(id)

    @override
    def allowed(self, state: str) -> list[Move]:
        return moves.allowed(state)

    @override
    def steps(self, case: Case) -> list[Step]:
        ended = ("closed", "not_founded", "withdrawn")
        return course_head.steps(case, SHORT, self.STATES, moves.INFORM, ended, ("approval",), ASIDE)

    @override
    def show_case(self, case: Any) -> None:
        if case is None:
            return
        self.print.setVisible(papers.can_show())
        number = len(case.files)
        self.more.setText(_("Course and evidence") + (f" ({number})" if number else ""))
        self.request.setVisible(case.request is not None)
        self.request.setText(case.request[1] if case.request else "")

    def _show_request(self) -> None:
        if self.case is not None and self.case.request is not None:
            self.opened.emit("service_request", self.case.request[0])

    def _write(self) -> None:
        if self.case is not None:
            from ui.parts.case_letter import LetterDialog, Texts  # lazily: opened now and then

            texts = Texts(WRITE, letters.KINDS, _likely, letters.text, letters.send, "complaint_letter")
            LetterDialog(self.window(), texts, self.case, self).open()

    def _print(self) -> None:
        if self.case is not None:
            papers.show(self, "complaint_form", self.case.record.id)

    def _show_case(self) -> None:
        if self.case is not None:
            from ui.parts.complaint_case import CaseDialog  # lazily: opened now and then

            CaseDialog(self.window(), self.case, self).open()


def _likely(record: Complaint) -> str:
    """Who has just complained is told that it arrived; what came of it only once there is a solution."""
    return "result" if record.solution.strip() and record.state not in ("new", "reopened") else "acknowledgement"
