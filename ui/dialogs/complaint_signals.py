"""Signs of displeasure: customers who have not complained, but have reason to; each is decided about."""

from __future__ import annotations

from datetime import date

import shiboken6
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from crm_desktop import values
from crm_desktop.complaints import signals
from crm_desktop.complaints.signals import Signal as Sign
from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.models import Complaint, people
from ui import refresh, tasks, theme
from ui.parts import desk
from ui.parts.dialog import Dialog
from ui.parts.empty import Empty
from ui.parts.notice import Notice
from ui.parts.tab import Show

ACTION = N_("Decide about a sign of displeasure")


class SignalsDialog(Dialog):
    """The list of signs, the chosen one in full, and the three ways to decide."""

    asked = Signal(object)
    """A Show: the customer of a sign."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent.window(), _("Signs of displeasure"), "signals", QSize(780, 520))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._near = parent
        hint = QLabel(
            _(
                "Nobody has complained here, but a customer was displeased, fell silent after a solved complaint,"
                " or scored us low. Ask before it becomes a complaint, or lose the customer."
            )
        )
        hint.setWordWrap(True)
        hint.setProperty("tone", "muted")
        self.content.addWidget(hint)
        self.count = QLabel()
        self.content.addWidget(self.count)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Signs of displeasure"))
        self.list.currentItemChanged.connect(lambda _now, _before: self._tell())
        self.empty = Empty("mood-happy", _("No sign of displeasure waits for a decision."))
        self.empty.hide()
        self.content.addWidget(self.empty, 1)
        self.content.addWidget(self.list, 2)
        self.content.addWidget(self._page())
        self.add_button(_("Close"), self.reject)
        refresh.signal.changed.connect(self._changed)
        self.reload()

    def _page(self) -> QWidget:
        """The chosen sign in full, and what can be done about it."""
        self.page = QWidget()
        column = QVBoxLayout(self.page)
        column.setContentsMargins(0, 0, 0, 0)
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.text)
        self.notice = Notice()
        column.addWidget(self.notice)
        row = QHBoxLayout()
        self.confirm = self._button(row, "check", _("It is an implicit complaint"), signals.CONFIRMED)
        self.convert = self._button(row, "message-report", _("The customer complains: explicit"), signals.COMPLAINT)
        self.dismiss = QPushButton(theme.icon("x"), _("No sign…"))
        self.dismiss.setAutoDefault(False)
        self.dismiss.clicked.connect(self.ask_why)
        row.addWidget(self.dismiss)
        row.addStretch()
        self.customer = QPushButton(theme.icon("user"), _("Show the customer"))
        self.customer.setToolTip(_("Phone numbers and what was spoken about lately, to ask what was wrong"))
        self.customer.setAutoDefault(False)
        self.customer.clicked.connect(self.show_customer)
        row.addWidget(self.customer)
        column.addLayout(row)
        return self.page

    def _button(self, row: QHBoxLayout, icon: str, words: str, decision: str) -> QPushButton:
        button = QPushButton(theme.icon(icon), words)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self.decide(decision))
        row.addWidget(button)
        return button

    def reload(self) -> None:
        """Read what waits."""
        tasks.run(self, lambda: signals.waiting(date.today()), self.show_signals, place="signals", reading=True)

    def show_signals(self, found: list[Sign]) -> None:
        """Show what waits."""
        at = max(0, self.list.currentRow())
        self.list.clear()
        for one in found:
            words = " · ".join((values.show_date(one.at), one.customer_name, _(signals.SOURCES[one.source])))
            item = QListWidgetItem(theme.icon("mood-sad"), words)
            item.setSizeHint(QSize(0, 30))
            item.setData(Qt.ItemDataRole.UserRole, one)
            self.list.addItem(item)
        self.list.setCurrentRow(min(at, len(found) - 1))
        self.count.setText(ngettext("{n} sign waits", "{n} signs wait", len(found)).format(n=f"{len(found):,}"))
        for widget in (self.list, self.page, self.count):
            widget.setVisible(bool(found))
        self.empty.setVisible(not found)
        self._tell()

    def chosen(self) -> Sign | None:
        """The sign that is looked at."""
        item = self.list.currentItem()
        found: Sign | None = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        return found

    def show_customer(self) -> None:
        """Leave for the customer's file: who asks has to call."""
        one = self.chosen()
        if one is not None:
            self.asked.emit(Show("customer", one.customer))
            self.reject()

    def ask_why(self) -> None:
        """A sign is dismissed with a reason only."""
        ways = [(_("Dismiss"), lambda: self.decide(signals.DISMISSED, self.notice.answer.text()))]
        self.notice.say(_("Why is it no sign of displeasure?"), ways, answer=_("Reason"))
        self.notice.answer.setFocus()

    def decide(self, decision: str, reason: str = "") -> None:
        """Decide about the chosen sign."""
        one = self.chosen()
        if one is None:
            return

        def said(complaint: Complaint | None) -> str:
            if complaint is None:
                return _("Dismissed.")
            return _("Written down as complaint {code}.").format(code=complaint.code)

        def failed(trouble: Exception) -> None:
            if shiboken6.isValid(self):
                self.message_bar.error(str(trouble))

        desk.write(self, ACTION, lambda c: signals.decide(c, one, decision, reason), said=said, failed=failed)

    def _tell(self) -> None:
        one = self.chosen()
        self.notice.hide()
        owner = people.name(one.owner) if one else ""
        lines = [one.what, _("Looked after by {name}").format(name=owner) if owner else ""] if one else []
        self.text.setText("\n".join(filter(None, lines)))

    def _changed(self, changed: frozenset[tuple[str, int]] | None) -> None:
        if refresh.concerns(changed, "complaint_signal", "complaint", "interaction"):
            self.reload()
