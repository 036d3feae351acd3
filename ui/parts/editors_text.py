"""Editors for words: several lines that grow, the credit code with its check digit, yes or no."""

from __future__ import annotations

import re
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.models.fields import Field
from ui.parts.editors_base import Editor, LineEditor
from ui.parts.ticks import Tick


class GrowingText(QPlainTextEdit):
    """A text that is as high as what is written in it, from `least` to `most` lines; Tab goes on."""

    def __init__(self, least: int = 2, most: int = 14) -> None:
        super().__init__()
        self._least, self._most = least, most
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self.grow)
        self.grow()

    def grow(self) -> None:
        """Take the height the text needs."""
        lines = round(self.document().size().height())
        lines = max(self._least, min(lines, self._most))
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + 2 * int(self.document().documentMargin()) + 12)
        full = lines >= self._most
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if full else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.grow()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.minimumHeight())


class LongTextEditor(Editor):
    """Several lines of text."""

    wide = True

    def __init__(self, field: Field[Any], parent: QWidget | None = None, least: int = 2) -> None:
        super().__init__(field, parent)
        self._value: Any = ""
        self.text = GrowingText(least)
        self.text.textChanged.connect(self._typed)
        self.text.installEventFilter(self)
        self.place(self.text)
        self._setting = False
        self._start = ""

    @override
    def value(self) -> Any:
        text = self.text.toPlainText()
        return self._value if text == (self._value or "") else self.field.read(text).value or ""

    @override
    def set_value(self, value: Any) -> None:
        self._value = value or ""
        self.set_raw(self._value)
        self.begun()

    @override
    def raw(self) -> Any:
        return self.text.toPlainText()

    @override
    def set_raw(self, raw: Any) -> None:
        self._setting = True
        self.text.setPlainText(str(raw or ""))
        self._setting = False

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            self.check()
            self.left.emit()
        return False

    def _typed(self) -> None:
        if not self._setting:
            self.show_problem("")
            self.edited.emit()


class CreditCodeEditor(LineEditor):
    """The credit code: says while one types how much is missing, and at once when the check digit is wrong."""

    LENGTH = 18

    @override
    def _typed(self) -> None:
        super()._typed()
        typed = re.sub(r"\s", "", self.line.text())
        if len(typed) >= self.LENGTH:
            self.hint("")
            self.show_problem(self.problem())
        else:
            self.hint(_("{n} of 18 characters").format(n=len(typed)) if typed else "")

    @override
    def leave(self) -> None:
        self.hint("")
        super().leave()


class YesNoEditor(Editor):
    """A box to tick."""

    labelled = True

    def __init__(self, field: Field[Any], parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.box = Tick(_(field.label))
        self.box.clicked.connect(self.edited)
        self.place(self.box)
        self._start = False

    @override
    def value(self) -> Any:
        return self.box.isChecked()

    @override
    def set_value(self, value: Any) -> None:
        self.box.setChecked(bool(value))
        self.begun()

    @override
    def raw(self) -> Any:
        return self.box.isChecked()

    @override
    def set_raw(self, raw: Any) -> None:
        self.box.setChecked(bool(raw))
