"""A tile: one large figure with its words, which can be clicked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from ui import theme


class Tile(QFrame):
    """Figure, words and a line below; a click, Enter or the space bar picks it."""

    clicked = Signal()

    def __init__(
        self,
        figure: str,
        words: str,
        below: str = "",
        icon: str = "",
        parent: QWidget | None = None,
        flat: bool = False,
    ) -> None:
        """`flat` puts figure and words on one line."""
        super().__init__(parent)
        self.setProperty("card", True)
        self.setProperty("tile", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(". ".join(text for text in (f"{words}: {figure}", below) if text))
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 4 if flat else 8, 14, 4 if flat else 10)
        column.setSpacing(2)
        self.figure = QLabel(figure)
        self.figure.setFont(theme.title_font(14 if flat else 20))
        row = QHBoxLayout()
        row.setSpacing(6)
        (row if flat else column).addWidget(self.figure)
        if icon:
            sign = QLabel()
            sign.setPixmap(theme.pixmap(icon, 16, "muted", self.devicePixelRatioF()))
            row.addWidget(sign)
        row.addWidget(QLabel(words), 1)
        column.addLayout(row)
        self.below = QLabel(below)
        self.below.setProperty("tone", "muted")
        column.addWidget(self.below)
        if not below:
            self.below.hide()

    def wrap_below(self) -> None:
        """A long line below takes as many lines as it needs."""
        self.below.setWordWrap(True)
        self.below.setAlignment(Qt.AlignmentFlag.AlignTop)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)
