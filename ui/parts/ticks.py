"""Boxes to tick and dots to choose, drawn in our colours: Fusion's own vanish on a dark ground."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton
from typing_extensions import override

from ui import theme

SIZE = 16


class Tick(QCheckBox):
    """A box to tick."""

    @override
    def sizeHint(self) -> QSize:
        return _size(self)

    @override
    def hitButton(self, pos: object) -> bool:
        return True

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, box = _begin(self)
        painter.drawRoundedRect(box, 4, 4)
        if self.isChecked():
            painter.setPen(_pen())
            centre = box.center()
            strokes = [(-3.4, 0.2), (-1.0, 2.8), (3.6, -2.6)]
            painter.drawPolyline(QPolygonF([QPointF(centre.x() + x, centre.y() + y) for x, y in strokes]))
        _label(self, painter)


class Dot(QRadioButton):
    """One of several to choose."""

    @override
    def sizeHint(self) -> QSize:
        return _size(self)

    @override
    def hitButton(self, pos: object) -> bool:
        return True

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, box = _begin(self)
        painter.drawEllipse(box)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.tone("on_accent"))
            painter.drawEllipse(box.center(), 3, 3)
        _label(self, painter)


def _size(button: QAbstractButton) -> QSize:
    metrics = button.fontMetrics()
    width = metrics.size(0, button.text()).width() + SIZE + 14
    return QSize(width, max(metrics.size(0, button.text()).height(), SIZE) + 8)


def _begin(button: QAbstractButton) -> tuple[QPainter, QRectF]:
    """Pen and ground for the sign, and where it stands."""
    painter = QPainter(button)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    lit = button.hasFocus() or button.underMouse() or button.isChecked()
    painter.setPen(QPen(theme.tone("accent" if lit else "muted"), 2 if button.hasFocus() else 1.2))
    painter.setBrush(theme.tone("accent" if button.isChecked() else "surface"))
    return painter, QRectF(2, (button.height() - SIZE) / 2, SIZE, SIZE)


def _pen() -> QPen:
    colour, solid = theme.tone("on_accent"), Qt.PenStyle.SolidLine
    return QPen(colour, 1.8, solid, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _label(button: QAbstractButton, painter: QPainter) -> None:
    painter.setPen(theme.tone("text" if button.isEnabled() else "muted"))
    rect = button.rect().adjusted(SIZE + 9, 0, 0, 0)
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap), button.text())
