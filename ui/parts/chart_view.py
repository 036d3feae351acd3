"""Shows a drawing (SVG) sharp at any scale; its regions can be pointed at, walked through and picked."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from ui import theme


@dataclass(frozen=True)
class Region:
    """A place of the drawing that stands for records: x and y from its top left corner, in the drawing's units."""

    key: object
    x: float
    y: float
    width: float
    height: float
    tip: str
    """What it says in words, with the figure: the tooltip, and what a screen reader reads."""


class ChartView(QWidget):
    """A chart drawn once by the core; keeps its proportions, fills its width."""

    picked = Signal(object)
    """The key of the region that was clicked, or entered with Enter."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._renderer = QSvgRenderer()
        self._regions: Sequence[Region] = ()
        self._at = -1
        self._hover = -1
        self._picture = QPixmap()
        self.setAccessibleName(title)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_drawing(self, svg: bytes, regions: Sequence[Region] = ()) -> None:
        """Show another drawing; colours are its own, so give it anew when `theme.signal.changed`."""
        self._renderer.load(svg)
        self._regions = regions
        self._at = self._hover = -1
        self._picture = QPixmap()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if regions else Qt.FocusPolicy.NoFocus)
        self.updateGeometry()
        self.update()

    def regions(self) -> Sequence[Region]:
        """What can be picked."""
        return self._regions

    @override
    def sizeHint(self) -> QSize:
        return self._renderer.defaultSize() if self._renderer.isValid() else QSize(320, 200)

    @override
    def heightForWidth(self, width: int) -> int:
        size = self.sizeHint()
        return round(width * size.height() / max(size.width(), 1))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._renderer.isValid() or self.size().isEmpty():
            return
        ratio = self.devicePixelRatioF()
        pixels = self.size() * ratio
        if self._picture.size() != pixels:
            self._picture = QPixmap(pixels)
            self._picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._picture)
            where = self._where()
            self._renderer.render(painter, QRectF(where.topLeft() * ratio, where.size() * ratio))
            painter.end()
            self._picture.setDevicePixelRatio(ratio)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = self._at if self.hasFocus() else self._hover
        if 0 <= shown < len(self._regions):
            painter.setPen(QPen(theme.tone("accent"), 2 if self.hasFocus() else 1))
            painter.drawRoundedRect(self._on_screen(self._regions[shown]).adjusted(-2, -2, 2, 2), 3, 3)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self._under(event.position()))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(-1)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        number = self._under(event.position())
        if event.button() == Qt.MouseButton.LeftButton and number >= 0:
            self._at = number
            self.picked.emit(self._regions[number].key)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        if step and self._regions:
            self._at = (self._at + step) % len(self._regions) if self._at >= 0 else 0
            self.setAccessibleDescription(self._regions[self._at].tip)
            self._tip(self._at)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._at >= 0:
            self.picked.emit(self._regions[self._at].key)
        else:
            super().keyPressEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            number = self._under(QPointF(event.pos()))
            if number >= 0:
                self._tip(number)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def _where(self) -> QRectF:
        """Where the drawing lies: as large as fits, in its own proportions."""
        size = self._renderer.viewBoxF().size()
        size.scale(self.size().toSizeF(), Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF(QPointF((self.width() - size.width()) / 2, (self.height() - size.height()) / 2), size)

    def _on_screen(self, region: Region) -> QRectF:
        where, box = self._where(), self._renderer.viewBoxF()
        scale = where.width() / max(box.width(), 1)
        x, y = where.x() + (region.x - box.x()) * scale, where.y() + (region.y - box.y()) * scale
        return QRectF(x, y, region.width * scale, region.height * scale)

    def _under(self, point: QPointF) -> int:
        hits = [n for n, region in enumerate(self._regions) if self._on_screen(region).contains(point)]
        return hits[-1] if hits else -1

    def _point_at(self, number: int) -> None:
        if number != self._hover:
            self._hover = number
            self.setCursor(Qt.CursorShape.PointingHandCursor if number >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()

    def _tip(self, number: int) -> None:
        place = self._on_screen(self._regions[number]).center().toPoint()
        QToolTip.showText(self.mapToGlobal(place), self._regions[number].tip, self)
