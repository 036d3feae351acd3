"""A text to the customer with the facts of the case: changed, copied or printed, and logged by the same click."""

from __future__ import annotations

from datetime import date

import shiboken6
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QComboBox, QHBoxLayout, QLabel, QPlainTextEdit, QWidget
from typing_extensions import override

from crm_desktop.complaints import letters
from crm_desktop.complaints.reading import Case
from crm_desktop.i18n import N_, _
from crm_desktop.models import lists
from ui import tasks
from ui.parts import desk, papers
from ui.parts.dialog import Dialog

ACTION = N_("Write to the complainant")


class LetterDialog(Dialog):
    """Which text, the text, and the ways it can go."""

    def __init__(self, parent: QWidget, case: Case, near: QWidget) -> None:
        super().__init__(parent, _("Write to {customer}").format(customer=case.customer), "letter", QSize(640, 560))
        self.case, self._near = case, near
        self._filled = ""
        row = QHBoxLayout()
        self.kind = QComboBox()
        self.kind.setAccessibleName(_("Kind of text"))
        for key, title in letters.KINDS.items():
            self.kind.addItem(_(title), key)
        self.kind.setCurrentIndex(0 if case.record.state in ("new", "reopened") else 1)
        row.addWidget(self.kind)
        row.addWidget(QLabel(_("goes by")))
        self.channel = QComboBox()
        self.channel.setAccessibleName(_("Channel"))
        for entry in lists.entries("channel"):
            self.channel.addItem(entry.label, entry.code)
        self.channel.setCurrentIndex(max(0, self.channel.findData(case.record.channel or "wechat")))
        row.addWidget(self.channel)
        row.addStretch()
        self.content.addLayout(row)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(_("Text"))
        self.content.addWidget(self.text, 1)
        hint = QLabel(_("Copying or printing writes it down as a contact, and when the customer was told."))
        hint.setProperty("tone", "muted")
        hint.setWordWrap(True)
        self.content.addWidget(hint)
        self.add_button(_("Cancel"), self.reject)
        self.print_button = self.add_button(_("Print and write down…"), self.print)
        self.print_button.setVisible(papers.can_show())
        self.copy_button = self.add_button(_("Copy and write down"), self.copy, primary=True)
        self.kind.currentIndexChanged.connect(lambda _index: self.fill())
        self.fill()

    @override
    def is_dirty(self) -> bool:
        return self.text.toPlainText() != self._filled

    def fill(self) -> None:
        """Fill in the facts of the case."""
        kind, record, today = str(self.kind.currentData()), self.case.record, date.today().isoformat()
        tasks.run(self, lambda: letters.text(kind, record, today), self._show, place="letter", reading=True)

    def _show(self, text: str) -> None:
        self._filled = text
        self.text.setPlainText(text)

    def copy(self) -> None:
        """Put the text onto the clipboard and write down that it goes out."""
        QApplication.clipboard().setText(self.text.toPlainText())
        self._log(_("Copied, and written down as a contact."))

    def print(self) -> None:
        """Show the letter as a page to print, and write down that it goes out."""
        papers.show(self._near, "complaint_letter", self.case.record.id, self.text.toPlainText())
        self._log(_("Written down as a contact."))

    def _log(self, said: str) -> None:
        kind, channel, text = str(self.kind.currentData()), str(self.channel.currentData()), self.text.toPlainText()
        complaint = self.case.record.id

        def written(_contact: object) -> None:
            if shiboken6.isValid(self):
                self.accept()

        desk.write(
            self._near, ACTION, lambda c: letters.send(c, complaint, kind, text, channel), written, said=said,
        )  # fmt: skip
