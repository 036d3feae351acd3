"""A calm line in its place that says something one should know here, with what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from ui import theme
from ui.parts.flow import Flow

SIGNS: dict[theme.Tone, str] = {
    "due": "alert-circle",
    "overdue": "alert-triangle",
    "good": "circle-check",
    "accent": "info-circle",
    "muted": "info-circle",
}
LINE = 26
"""Height of one line of words."""
Way = tuple[str, Callable[[], object]]
"""What can be done: a verb and what it does."""


class Notice(QFrame):
    """Hidden until `say`; texts are translated already."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone: theme.Tone = "due"
        self.buttons: list[QPushButton] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 8, 6)
        row.setSpacing(8)
        self._sign = _Sign()
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        middle = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        middle.setSizePolicy(policy)
        self._flow = Flow(8)
        middle.setLayout(self._flow)
        row.addWidget(middle, 1)
        self.label = _Words()
        self._flow.addWidget(self.label)
        self.answer = QLineEdit()
        self.answer.setMinimumWidth(200)
        self.answer.hide()
        self._flow.addWidget(self.answer)
        self.hide()

    def say(self, text: str, ways: Sequence[Way] = (), tone: theme.Tone = "due", answer: str = "") -> None:
        """Show a sentence and buttons for what can be done; `answer` asks for a line of text, in these words."""
        self._tone = tone
        self._sign.show_sign(SIGNS[tone], tone)
        self.label.setText(text)
        self.setAccessibleName(text)
        self.answer.clear()
        self.answer.setPlaceholderText(answer)
        self.answer.setAccessibleName(answer)
        self.answer.setVisible(bool(answer))
        for button in self.buttons:
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = [self._button(verb, do) for verb, do in ways]
        self.show()
        self.updateGeometry()
        self.update()

    @override
    def minimumSizeHint(self) -> QSize:
        # one line: how many it takes at its real width is known to heightForWidth, and narrow ones would push all else
        return QSize(super().minimumSizeHint().width(), LINE + 12)

    def text(self) -> str:
        """What it says; nothing while it is hidden."""
        return "" if self.isHidden() else self.label.text()

    def _button(self, verb: str, do: Callable[[], object]) -> QPushButton:
        button = QPushButton(verb)
        button.setProperty("link", True)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: do())
        self._flow.addWidget(button)
        return button

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = theme.tone(self._tone)
        painter.setPen(theme.mixed(colour, theme.tone("surface"), 0.35))
        painter.setBrush(theme.mixed(colour, theme.tone("surface"), 0.07))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 6, 6)


class _Words(QLabel):
    """A sentence on one line where there is room for it, else on several: it never makes a window wider."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 2, LINE)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 160), LINE)

    @override
    def heightForWidth(self, width: int) -> int:
        return max(LINE, super().heightForWidth(width))


class _Sign(QWidget):
    """The icon of a tone."""

    def __init__(self) -> None:
        super().__init__()
        self._icon, self._tone = "info-circle", "muted"
        self.setFixedSize(18, LINE)

    def show_sign(self, icon: str, tone: theme.Tone) -> None:
        self._icon, self._tone = icon, tone
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        picture = theme.pixmap(self._icon, 18, self._tone, self.devicePixelRatioF())  # type: ignore[arg-type]
        QPainter(self).drawPixmap(0, 4, picture)
