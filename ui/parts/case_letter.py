"""A text to the customer with the facts of the case: changed, copied or printed, and logged by the same click."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import shiboken6
from PySide6.QtCore import QSize
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QComboBox, QHBoxLayout, QLabel, QPlainTextEdit, QWidget
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.models import lists
from ui import tasks
from ui.parts import desk, papers
from ui.parts.dialog import Dialog

GAP = "…"
"""Stands in a filled text where the case has nothing to say."""
WRITTEN = ("wechat", "wecom", "qq", "dingtalk", "email", "sms", "online", "social", "letter", "platform", "other")
"""The channels a text can go by; who called is written to by WeChat as a rule."""


@dataclass(frozen=True)
class Texts:
    """The texts about one kind of case."""

    action: str
    """What writing is called in the log (msgid)."""
    kinds: Mapping[str, str]
    """What there is to choose from, with its title (msgid)."""
    likely: Callable[[Any], str]
    """Which of them is wanted as a rule for a record."""
    text: Callable[[str, Any, str], str]
    """Fills in the facts: kind, record, today; in the store thread."""
    send: Callable[..., Any]
    """Writes down that it went out: Change, id, kind, text, channel."""
    paper: str = ""
    """The paper it is printed as; "" for texts that are only copied."""


class LetterDialog(Dialog):
    """Which text, the text, and the ways it can go."""

    def __init__(self, parent: QWidget, texts: Texts, case: Any, near: QWidget) -> None:
        super().__init__(parent, _("Write to {customer}").format(customer=case.customer), "letter", QSize(640, 560))
        self.texts, self.case, self._near = texts, case, near
        self._filled, self._warned = "", False
        row = QHBoxLayout()
        self.kind = QComboBox()
        self.kind.setAccessibleName(_("Kind of text"))
        for key, title in texts.kinds.items():
            self.kind.addItem(_(title), key)
        self.kind.setCurrentIndex(self.kind.findData(texts.likely(case.record)))
        row.addWidget(self.kind)
        row.addWidget(QLabel(_("goes by")))
        self.channel = QComboBox()
        self.channel.setAccessibleName(_("Channel"))
        for entry in lists.entries("channel"):
            self.channel.addItem(entry.label, entry.code)
        channel = case.record.channel if case.record.channel in WRITTEN else "wechat"
        self.channel.setCurrentIndex(max(0, self.channel.findData(channel)))
        row.addWidget(self.channel)
        row.addStretch()
        self.content.addLayout(row)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(_("Text"))
        self.content.addWidget(self.text, 1)
        printed = _("Copying or printing writes it down as a contact, and when the customer was told.")
        copied = _("Copying writes it down as a contact, and when the customer was told.")
        hint = QLabel(printed if texts.paper else copied)
        hint.setProperty("tone", "muted")
        hint.setWordWrap(True)
        self.content.addWidget(hint)
        self.add_button(_("Cancel"), self.reject)
        self.print_button = self.add_button(_("Print and write down…"), self.print)
        self.print_button.setVisible(bool(texts.paper) and papers.can_show())
        self.copy_button = self.add_button(_("Copy and write down"), self.copy, primary=True)
        self.kind.currentIndexChanged.connect(lambda _index: self.fill())
        self.fill()

    @override
    def is_dirty(self) -> bool:
        return self.text.toPlainText() != self._filled

    def fill(self) -> None:
        """Fill in the facts of the case."""
        kind, record, today = str(self.kind.currentData()), self.case.record, date.today().isoformat()
        tasks.run(self, lambda: self.texts.text(kind, record, today), self._show, place="letter", reading=True)

    def _show(self, text: str) -> None:
        self._filled, self._warned = text, False
        self.text.setPlainText(text)

    def copy(self) -> None:
        """Put the text onto the clipboard and write down that it goes out."""
        if self._has_gap():
            return
        QApplication.clipboard().setText(self.text.toPlainText())
        self._log(_("Copied, and written down as a contact."))

    def print(self) -> None:
        """Show the letter as a page to print, and write down that it goes out."""
        if self._has_gap():
            return
        papers.show(self._near, self.texts.paper, self.case.record.id, self.text.toPlainText())
        self._log(_("Written down as a contact."))

    def _has_gap(self) -> bool:
        """Whether something still is to be filled in; said once, with the cursor at the place."""
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        if self._warned or GAP not in self._filled or not self.text.find(GAP):
            return False
        self._warned = True
        self.text.setFocus()
        self.message_bar.error(_("Where “…” stands, the case says nothing yet. Fill it in, or take the line out."))
        return True

    def _log(self, said: str) -> None:
        kind, channel, text = str(self.kind.currentData()), str(self.channel.currentData()), self.text.toPlainText()
        number = self.case.record.id

        def written(_contact: object) -> None:
            if shiboken6.isValid(self):
                self.accept()

        self.rest()
        desk.write(
            self._near,
            self.texts.action,
            lambda c: self.texts.send(c, number, kind, text, channel),
            written,
            said=said,
            ended=self.wake,
            waits=self.say_waiting,
        )
