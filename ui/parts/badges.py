"""Badges: a shape, a word and a colour, so that none of them has to carry the meaning alone."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui import theme

TIER_SHAPES = "◆●◐○"
"""From the highest tier down."""
SHAPES = "◆●◐○▲✓✕■"


@dataclass(frozen=True)
class Badge:
    """A shape of SHAPES, the word beside it, and a colour: a Tone or `#rrggbb` as people chose it in a list."""

    shape: str
    word: str
    colour: str = "muted"


OVERDUE, DUE, GOOD = ("▲", "overdue"), ("●", "due"), ("✓", "good")
"""Shape and colour of what is late, due today and fine: `Badge(OVERDUE[0], _("Overdue"), OVERDUE[1])`."""


def colour_of(badge: Badge, ground: QColor | None = None) -> QColor:
    """The badge's colour, readable on the ground (the surface where none is given)."""
    named = theme.DARK if theme.is_dark() else theme.LIGHT
    return theme.readable(next((value for name, value in named.items() if name == badge.colour), badge.colour), ground)


def paint_shape(
    painter: QPainter, badge: Badge, centre: QPointF, size: float = 10, colour: QColor | None = None
) -> None:
    """Draw the shape of the badge; drawn, because fonts differ in what these signs look like or lack them."""
    colour = colour or colour_of(badge)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    half = size / 2
    box = QRectF(centre.x() - half, centre.y() - half, size, size)
    pen = QPen(colour, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    inner = box.adjusted(1.3, 1.3, -1.3, -1.3)
    if badge.shape == "◆":
        painter.drawPolygon(_polygon(centre, half + 0.5, (0, -1), (1, 0), (0, 1), (-1, 0)))
    elif badge.shape == "▲":
        painter.drawPolygon(_polygon(centre, half, (0, -0.9), (1, 0.8), (-1, 0.8)))
    elif badge.shape == "●":
        painter.drawEllipse(box.adjusted(0.5, 0.5, -0.5, -0.5))
    elif badge.shape == "■":
        painter.drawRoundedRect(inner, 1.5, 1.5)
    elif badge.shape in "◐○":
        if badge.shape == "◐":
            painter.drawPie(inner, 90 * 16, 180 * 16)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(inner)
    else:
        painter.setPen(pen)
        strokes = [(-0.8, 0.1), (-0.2, 0.7), (0.8, -0.6)] if badge.shape == "✓" else [(-0.6, -0.6), (0.6, 0.6)]
        painter.drawPolyline(_polygon(centre, half, *strokes))
        if badge.shape != "✓":
            painter.drawPolyline(_polygon(centre, half, (-0.6, 0.6), (0.6, -0.6)))
    painter.restore()


def paint_badge(painter: QPainter, badge: Badge, rect: QRect, font: QFont, ground: QColor) -> None:
    """Draw shape and word, left in the rectangle; on a tinted pill where a ground colour is given."""
    pill = ground.isValid()
    metrics = QFontMetrics(font)
    colour = colour_of(badge)
    x = rect.x() + (8 if pill else 0)
    if pill:
        tint = theme.mixed(colour, ground, 0.12)
        colour = theme.readable(colour, tint)
        width = min(rect.width(), metrics.horizontalAdvance(badge.word) + 32)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tint)
        painter.drawRoundedRect(QRectF(rect.x(), rect.center().y() - 10, width, 22), 11, 11)
    paint_shape(painter, badge, QPointF(x + 5, rect.center().y() + 1), 10, colour)
    painter.setPen(colour if pill else theme.tone("text"))
    painter.setFont(font)
    words = QRect(x + 15, rect.y(), rect.right() - x - 15, rect.height())
    word = metrics.elidedText(badge.word, Qt.TextElideMode.ElideRight, words.width())
    painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), word)


class BadgeLabel(QWidget):
    """A badge as a widget: a tinted pill with shape and word."""

    def __init__(self, badge: Badge | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._badge = badge
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_badge(badge)

    def show_badge(self, badge: Badge | None) -> None:
        """Show another badge, or none."""
        self._badge = badge
        self.setAccessibleName(badge.word if badge else "")
        self.setVisible(badge is not None)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._badge.word) + 33 if self._badge else 0, 24)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._badge:
            paint_badge(QPainter(self), self._badge, self.rect(), self.font(), theme.tone("surface"))


def _polygon(centre: QPointF, half: float, *points: tuple[float, float]) -> QPolygonF:
    return QPolygonF([QPointF(centre.x() + x * half, centre.y() + y * half) for x, y in points])
