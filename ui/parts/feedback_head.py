"""Above feedback: what it is, how far it is, and what can be made of it: a reply, an action, a complaint."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from crm_desktop import feedback
from crm_desktop.i18n import N_, _
from crm_desktop.models import Complaint, Feedback
from crm_desktop.models.feedback import ENDED
from ui import theme
from ui.parts import desk, list_badges
from ui.parts.badges import BadgeLabel
from ui.parts.feedback_work import ActionDialog, ReplyDialog
from ui.parts.flow import Flow
from ui.parts.record_heads import Head


class FeedbackHead(Head):
    """Badges in one line, buttons in the next; the obvious next step is the coloured one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.record: Feedback | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 2, 16, 8)
        column.setSpacing(8)
        line = QWidget()
        flow = Flow(8)
        line.setLayout(flow)
        self.kind, self.state, self.adopted = BadgeLabel(), BadgeLabel(), BadgeLabel()
        self.answered = QLabel()
        self.answered.setProperty("tone", "muted")
        self.answered.setContentsMargins(0, 3, 0, 3)  # in line with the words of the badges
        for widget in (self.kind, self.state, self.adopted, self.answered):
            flow.addWidget(widget)
        column.addWidget(line)
        buttons = QWidget()
        row = Flow(8)
        buttons.setLayout(row)
        self.reply = QPushButton(_("Reply to the customer…"))
        self.reply.clicked.connect(self.write_reply)
        self.action = QPushButton(theme.icon("adjustments-horizontal"), _("Make it an action…"))
        self.action.clicked.connect(self.make_action)
        self.convert = QPushButton(theme.icon("message-report"), _("Make it a complaint"))
        self.convert.clicked.connect(self.make_complaint)
        self.complaint = QPushButton(theme.icon("message-report"), _("Show the complaint"))
        self.complaint.clicked.connect(self._show_complaint)
        for button in (self.reply, self.action, self.convert, self.complaint):
            row.addWidget(button)
        column.addWidget(buttons)
        self.hide()

    @override
    def show_record(self, record: Any) -> None:
        self.record = record
        self.setVisible(record is not None)
        if record is None:
            return
        waits = record.answered_at is None and record.state not in ENDED
        self.kind.show_badge(list_badges.badge("feedback_kind", record.kind))
        self.state.show_badge(list_badges.badge("feedback_state", record.state))
        self.adopted.show_badge(list_badges.badge("adoption", record.adopted))
        said = _("replied {when}").format(when=record.shown("answered_at")) if record.answered_at else ""
        self.answered.setText(said)
        self.reply.setIcon(theme.icon("mail", "on_accent") if waits else theme.icon("mail"))
        theme.set_property(self.reply, "primary", waits)
        self.convert.setVisible(record.complaint is None)
        self.complaint.setVisible(record.complaint is not None)

    def write_reply(self) -> None:
        """Say what the customer was told."""
        if self.record is not None:
            ReplyDialog(self.window(), self.record, self).open()

    def make_action(self) -> None:
        """Say what is to be done, by whom and by when."""
        if self.record is not None:
            ActionDialog(self.window(), self.record, self).open()

    def make_complaint(self) -> None:
        """Handle it as a complaint from now on; one Undo takes it back."""
        if self.record is None:
            return
        number = self.record.id

        def shown(made: Complaint) -> None:
            self.opened.emit("complaint", made.id)

        desk.write(
            self,
            N_("Make feedback a complaint"),
            lambda c: feedback.to_complaint(c, number),
            shown,
            said=lambda made: _("Complaint {code} was made of it.").format(code=made.code),
        )

    def _show_complaint(self) -> None:
        if self.record is not None:
            self.opened.emit("complaint", self.record.complaint)
