"""Above a contact record: what it may lead to."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from crm_desktop import feedback
from crm_desktop.i18n import _
from crm_desktop.models import Feedback, ServiceRequest
from crm_desktop.service import converting
from ui import theme
from ui.parts import desk
from ui.parts.record_heads import Head
from ui.parts.record_loading import ACTIONS


class ContactHead(Head):
    """Buttons: what was asked for here is seen to, what was said about us is kept."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._contact: int | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 16, 4)
        self.request = QPushButton(theme.icon("tool"), _("Make a service request of it"))
        self.request.setToolTip(_("Customer, person and what was said are taken over"))
        self.request.clicked.connect(self.begin_request)
        row.addWidget(self.request)
        self.feedback = QPushButton(theme.icon("note"), _("Make feedback of it"))
        self.feedback.setToolTip(_("Customer, person and what was said are taken over"))
        self.feedback.clicked.connect(self.make_feedback)
        row.addWidget(self.feedback)
        row.addStretch()
        self.hide()

    @override
    def show_record(self, record: Any) -> None:
        self._contact = record.id if record is not None else None
        self.setVisible(record is not None)

    def begin_request(self) -> None:
        """Begin a service request with what was said, and show it."""
        number = self._contact
        if number is None:
            return
        desk.write(
            self,
            ACTIONS[ServiceRequest.table()][0],
            lambda c: converting.from_interaction(c, number),
            lambda made: self.opened.emit(ServiceRequest.table(), made.id),
            said=lambda made: _("Service request {code} begun.").format(code=made.code),
        )

    def make_feedback(self) -> None:
        """Keep what was said as feedback, and show it; its kind can be changed there."""
        number = self._contact
        if number is None:
            return
        desk.write(
            self,
            ACTIONS[Feedback.table()][0],
            lambda c: feedback.from_interaction(c, number),
            lambda made: self.opened.emit(Feedback.table(), made.id),
            said=lambda made: _("Kept as feedback {code}.").format(code=made.code),
        )
