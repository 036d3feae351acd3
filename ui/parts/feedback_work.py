"""What is asked when feedback is answered, or when an improvement action comes of it."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QLineEdit, QPlainTextEdit, QWidget
from typing_extensions import override

from crm_desktop import feedback
from crm_desktop.i18n import N_, _
from crm_desktop.models import Feedback, lists, people
from ui.parts import desk
from ui.parts.dialog import Dialog
from ui.parts.editors import editor_for

ACTION_DAYS = 14
"""By when an action is due, unless somebody says otherwise."""


class _Ask(Dialog):
    """The words of the customer, and what is asked about them."""

    def __init__(self, parent: QWidget, title: str, name: str, record: Feedback, near: QWidget) -> None:
        super().__init__(parent, title, name, QSize(560, 400))
        self.record, self._near = record, near
        said = QLabel(" ".join(record.text.split())[:300])
        said.setWordWrap(True)
        said.setProperty("tone", "muted")
        self.content.addWidget(said)


class ReplyDialog(_Ask):
    """What the customer was told, and how; it becomes a contact, too."""

    def __init__(self, parent: QWidget, record: Feedback, near: QWidget) -> None:
        super().__init__(parent, _("Reply to {code}").format(code=record.code), "feedback/reply", record, near)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.channel = QComboBox()
        self.channel.setAccessibleName(_("Replied by"))
        for entry in lists.entries("channel"):
            self.channel.addItem(entry.label, entry.code)
        self.channel.setCurrentIndex(max(0, self.channel.findData(record.channel or "phone")))
        form.addRow(_("Replied by"), self.channel)
        self.content.addLayout(form)
        self.text = QPlainTextEdit(record.answer)
        self.text.setPlaceholderText(_("What the customer was told"))
        self.text.setAccessibleName(_("What the customer was told"))
        self.content.addWidget(self.text, 1)
        hint = QLabel(_("It is written down as a contact with the customer, too."))
        hint.setProperty("tone", "muted")
        self.content.addWidget(hint)
        self.add_button(_("Cancel"), self.reject)
        self.button = self.add_button(_("Write down the reply"), self.write, primary=True)
        self.text.setFocus()

    @override
    def is_dirty(self) -> bool:
        return self.text.toPlainText() != self.record.answer

    def write(self) -> None:
        """Write the reply down."""
        number, text, channel = self.record.id, self.text.toPlainText(), str(self.channel.currentData())
        seen = {"answer": self.record.answer, "answered_at": self.record.answered_at}
        self.write_and_close(
            self._near,
            N_("Reply to feedback"),
            lambda c: feedback.reply(c, number, text, channel, seen=seen),
            _("The reply is written down, also as a contact."),
        )


class ActionDialog(_Ask):
    """What is to be done, by whom, by when."""

    def __init__(self, parent: QWidget, record: Feedback, near: QWidget) -> None:
        title = _("Action from {code}").format(code=record.code)
        super().__init__(parent, title, "feedback/action", record, near)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.what = QLineEdit()
        self.what.setAccessibleName(_("Action"))
        form.addRow(_("Action"), self.what)
        self.owner = QComboBox()
        self.owner.setAccessibleName(_("Owner"))
        for person in people.everybody():
            self.owner.addItem(person.name, person.id)
        user = desk.user()
        self.owner.setCurrentIndex(max(0, self.owner.findData(record.owner or (user.id if user else None))))
        form.addRow(_("Owner"), self.owner)
        self.due = editor_for(Feedback.improvements.columns["due"])
        self.due.set_value((date.today() + timedelta(days=ACTION_DAYS)).isoformat())
        form.addRow(_("Due"), self.due)
        self.content.addLayout(form)
        self.content.addStretch()
        self.add_button(_("Cancel"), self.reject)
        self.button = self.add_button(_("Add the action"), self.write, primary=True)
        self.what.setFocus()

    @override
    def is_dirty(self) -> bool:
        return bool(self.what.text().strip())

    def write(self) -> None:
        """Add the action; Today tells when it is due."""
        if problem := self.due.problem():
            self.due.show_problem(problem)
            return
        number, what, owner = self.record.id, self.what.text().strip(), self.owner.currentData()
        due = self.due.value()
        self.write_and_close(
            self._near,
            N_("Make feedback an action"),
            lambda c: feedback.to_action(c, number, what, owner, due),
            _("The action is added; Today tells when it is due."),
        )
