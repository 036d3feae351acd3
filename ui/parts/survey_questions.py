"""The questions of a survey one below the other, answered with single keys: 1–5, 0–10, or typed words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from crm_desktop.i18n import N_, _
from crm_desktop.models import lists
from crm_desktop.models.survey import LIMITS, NPS, SCALE, Item, options, scored, words
from crm_desktop.statistics.surveys import DETRACTORS, PROMOTERS
from ui import theme
from ui.parts.editors_text import GrowingText
from ui.parts.flow import Flow

DIGITS = {Qt.Key(int(Qt.Key.Key_0) + digit): digit for digit in range(10)}
ON = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)
CLEAR = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
KEYS = {
    SCALE: N_("Keys 1 to 5"),
    NPS: N_("Keys 0 to 9; 1 and then 0 for 10"),
}
"""What is said of the keys where the cursor is."""


class Question(QFrame):
    """One question with its answer."""

    answered = Signal()
    """The answer is another one now."""
    on = Signal()
    """Go to the next question."""
    back = Signal()
    passed_on = Signal(object)
    """A key that belongs to the next question."""

    def __init__(self, number: int, item: Item, lang: str) -> None:
        super().__init__()
        self.item, self.lang = item, lang
        self.setProperty("card", True)
        self.setProperty("tile", True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(12, 8, 12, 10)
        self.column.setSpacing(6)
        star = " *" if item.get("needed") else ""
        self.text = f"{number}. {words(item, lang)}"
        self.label = QLabel(self.text + star)
        self.label.setWordWrap(True)
        self.column.addWidget(self.label)

    def value(self) -> Any:
        """The answer as it is written down; None where there is none."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show an answer, without telling anybody."""
        raise NotImplementedError

    def _name(self, answer: str) -> None:
        self.setAccessibleName(f"{self.text} {answer}".strip())


class Picked(Question):
    """Answered by a number: a score, or which of the choices."""

    def __init__(self, number: int, item: Item, lang: str) -> None:
        super().__init__(number, item, lang)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._value: int | None = None
        self._begun = False
        """A 1 was pressed that may become a 10."""
        choices = options(item, lang)
        least, most = LIMITS.get(str(item["kind"]), (1, len(choices)))
        line = QWidget()
        flow = Flow(4)
        line.setLayout(flow)
        self.buttons: dict[int, QPushButton] = {}
        for value in range(least, most + 1):
            text = str(value) if scored(item) else f"{value}  {choices[value - 1]}"
            button = QPushButton(text)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setAutoDefault(False)
            if scored(item):
                button.setFixedWidth(40)
                button.setToolTip(meaning(item, value))
            button.clicked.connect(lambda _on=False, v=value: self._clicked(v))
            flow.addWidget(button)
            self.buttons[value] = button
        self.said = QLabel()
        self.said.setProperty("tone", "muted")
        self.said.setMinimumHeight(28)
        flow.addWidget(self.said)
        self.column.addWidget(line)
        self._show()

    @override
    def value(self) -> int | None:
        return self._value

    @override
    def set_value(self, value: Any) -> None:
        self._value, self._begun = (int(value) if value in self.buttons else None), False
        self._show()

    def _show(self) -> None:
        for value, button in self.buttons.items():
            theme.set_property(button, "primary", value == self._value)
        told = meaning(self.item, self._value) if self._value is not None else ""
        keys = KEYS.get(self.item["kind"], "")
        hint = _(keys) if self.hasFocus() and keys else ""
        self.said.setText(told or hint)
        self.said.setVisible(bool(told or hint))
        self._name(f"{self._value} {told}" if self._value is not None else hint)

    def _clicked(self, value: int) -> None:
        self.setFocus()
        self._take(None if value == self._value else value)

    def _take(self, value: int | None) -> None:
        self._value, self._begun = value, False
        self._show()
        self.answered.emit()

    def press(self, digit: int) -> None:
        """Answer with a digit key."""
        most = max(self.buttons)
        if self._begun and digit == 0:
            self._take(10)
            self.on.emit()
        elif self._begun:  # the 1 stands, and this digit answers the next question
            self._begun = False
            self.passed_on.emit(digit)
        elif digit in self.buttons:
            self._take(digit)
            self._begun = digit == 1 and most >= 10
            if not self._begun:
                self.on.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
            super().keyPressEvent(event)
        elif key in DIGITS:
            self.press(DIGITS[key])
        elif key in ON:
            self._begun = False
            self.on.emit()
        elif key == Qt.Key.Key_Up:
            self.back.emit()
        elif key in CLEAR:
            self._take(None)
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._begun = False
        self._show()


class Written(Question):
    """Answered in words."""

    def __init__(self, number: int, item: Item, lang: str) -> None:
        super().__init__(number, item, lang)
        self.box = GrowingText(2, 6)
        self.box.setAccessibleName(self.text)
        self.box.textChanged.connect(self.answered)
        self.box.installEventFilter(self)
        self.column.addWidget(self.box)
        self.setFocusProxy(self.box)

    @override
    def value(self) -> str | None:
        return self.box.toPlainText().strip() or None

    @override
    def set_value(self, value: Any) -> None:
        self.box.blockSignals(True)
        self.box.setPlainText(str(value or ""))
        self.box.blockSignals(False)
        self.box.grow()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            at, lines = self.box.textCursor().blockNumber(), self.box.blockCount()
            if event.key() == Qt.Key.Key_Up and at == 0:
                self.back.emit()
                return True
            if event.key() == Qt.Key.Key_Down and at == lines - 1:
                self.on.emit()
                return True
        return super().eventFilter(watched, event)


class Questions(QWidget):
    """All questions of a template; a digit answers and goes on."""

    edited = Signal()
    at = Signal(object)
    """The question (a widget) the cursor has come to."""
    ended = Signal()
    """The last one was answered."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: dict[str, Question] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def show_items(self, items: Sequence[Item], lang: str = "") -> None:
        """Ask these questions, in a language (the window's if empty); what was answered is kept where it fits."""
        kept = self.answers()
        for old in self.lines.values():
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        while self._column.count():
            self._column.takeAt(0)
        self.lines = {}
        for number, item in enumerate(items, 1):
            made = Picked if scored(item) or options(item) else Written
            line = made(number, item, lang)
            line.answered.connect(self.edited)
            line.on.connect(lambda q=line: self._go(q, 1))
            line.back.connect(lambda q=line: self._go(q, -1))
            line.passed_on.connect(lambda digit, q=line: self._pass_on(q, digit))
            self._column.addWidget(line)
            line.show()  # at once: the cursor may come to it before the window is laid out again
            self.lines[str(item.get("key") or number)] = line
        self._column.addStretch()
        self.set_answers(kept)

    def answers(self) -> dict[str, Any]:
        """What was answered, by question; also how a draft keeps it."""
        return {key: value for key, line in self.lines.items() if (value := line.value()) is not None}

    def set_answers(self, answers: Mapping[str, Any]) -> None:
        """Show what was answered before, without telling anybody."""
        for key, line in self.lines.items():
            line.set_value(answers.get(key))

    def begin(self) -> None:
        """Put the cursor to the first question without an answer."""
        for line in self.lines.values():
            if line.value() is None:
                self._come_to(line)
                return

    def _go(self, line: Question, step: int) -> None:
        order = list(self.lines.values())
        number = order.index(line) + step
        if number >= len(order):
            self.ended.emit()
        elif number >= 0:
            self._come_to(order[number])

    def _come_to(self, line: Question) -> None:
        line.setFocus()
        self.at.emit(line)

    def _pass_on(self, line: Question, digit: int) -> None:
        order = list(self.lines.values())
        number = order.index(line) + 1
        if number < len(order):
            following = order[number]
            self._come_to(following)
            if isinstance(following, Picked):
                following.press(digit)
            elif isinstance(following, Written):
                following.box.insertPlainText(str(digit))


def meaning(item: Item, value: int) -> str:
    """What a score says."""
    if item["kind"] == SCALE:
        return lists.label("satisfaction", str(value))
    if item["kind"] == NPS:
        return _("promoter") if value in PROMOTERS else _("detractor") if value in DETRACTORS else _("passive")
    return ""
