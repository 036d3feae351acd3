"""A group of fields under its title, which opens and closes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from crm_desktop.i18n import ngettext
from ui import theme

HEIGHT = 32


class Section(QWidget):
    """Made when first opened by `build(section)`; a group without title is always open."""

    opened = Signal()

    def __init__(self, title: str, names: Sequence[str], build: Callable[[Section], QWidget]) -> None:
        super().__init__()
        self.names = list(names)
        self._build = build
        self.body: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.title = SectionTitle(title)
        self.title.setVisible(bool(title))
        self.title.toggled.connect(self._toggle)
        self._column.addWidget(self.title)

    def open(self) -> None:
        """Show the fields."""
        self.title.setChecked(True)

    def count(self, filled: int, all: int) -> None:
        """Say beside the title of a closed group how much there is in it."""
        if filled:
            self.title.remark = ngettext("{n} field filled", "{n} fields filled", filled).format(n=filled)
        else:
            self.title.remark = ngettext("{n} more field", "{n} more fields", all).format(n=all)

    def _toggle(self, open: bool) -> None:
        if open and self.body is None:
            self.body = self._build(self)
            self._column.addWidget(self.body)
        if self.body is not None:
            self.body.setVisible(open)
        if open:
            self.opened.emit()


class SectionTitle(QAbstractButton):
    """The title line: chevron, words, a quiet remark while closed, a hairline."""

    remark = ""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setText(title)
        self.setCheckable(True)
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(120, HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        sign = "chevron-down" if self.isChecked() else "chevron-right"
        painter.drawPixmap(0, (HEIGHT - 16) // 2, theme.pixmap(sign, 16, "muted", ratio))
        painter.setFont(theme.title_font(self.font().pointSizeF() + 0.5))
        painter.setPen(theme.tone("accent" if self.hasFocus() or self.underMouse() else "text"))
        painter.drawText(self.rect().adjusted(22, 0, 0, 0), middle, self.text())
        x = 22 + painter.fontMetrics().horizontalAdvance(self.text()) + 12
        painter.setFont(self.font())
        if not self.isChecked() and self.remark:
            painter.setPen(theme.tone("muted"))
            painter.drawText(self.rect().adjusted(x, 0, 0, 0), middle, self.remark)
            x += painter.fontMetrics().horizontalAdvance(self.remark) + 12
        painter.setPen(theme.tone("line"))
        painter.drawLine(x, HEIGHT // 2 + 1, self.width(), HEIGHT // 2 + 1)
