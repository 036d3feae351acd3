"""Pages of a PDF on the screen: drawn as they come into sight, off the GUI thread, sharp at any zoom."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget
from typing_extensions import override

from crm_desktop.i18n import _
from ui import tasks, theme

GAP = 16
KEPT = 12
"""Pages whose pictures are kept."""
ZOOMS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)


class PdfView(QAbstractScrollArea):
    """Shows a PDF as paper lying below each other; starts as wide as the window."""

    counted = Signal(int)
    """The document is there and has so many pages."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self._content = b""
        self._sizes: list[QSize] = []
        self._zoom: float | None = None  # None: as wide as the window
        self._pictures: OrderedDict[tuple[int, float], QImage] = OrderedDict()
        self._asked: dict[int, float] = {}
        self.verticalScrollBar().setSingleStep(40)

    def show_pdf(self, content: bytes) -> None:
        """Show another document from its top."""
        self._content = content
        self._pictures.clear()
        self._asked.clear()
        tasks.elsewhere(self, partial(_page_sizes, content), self._take_sizes, place="sizes")

    def page_count(self) -> int:
        """How many pages the document has."""
        return len(self._sizes)

    def zoom(self, step: int) -> None:
        """One step nearer (1) or farther (-1); 0 is as wide as the window."""
        if step == 0:
            self._zoom = None
        else:
            now = self._scale()
            later = [z for z in ZOOMS if (z > now * 1.01 if step > 0 else z < now * 0.99)]
            if later:
                self._zoom = later[0] if step > 0 else later[-1]
        self._lay_out()

    def _take_sizes(self, sizes: list[QSize]) -> None:
        self._sizes = sizes
        self.verticalScrollBar().setValue(0)
        self._lay_out()
        self.counted.emit(len(sizes))

    def _scale(self) -> float:
        if self._zoom is not None:
            return self._zoom
        widest = max((size.width() for size in self._sizes), default=595)
        return max(0.2, min(2.0, (self.viewport().width() - 2 * GAP) / widest))

    def _rects(self) -> list[QRect]:
        """Where the pages lie, in the coordinates of the whole roll."""
        scale, top, rects = self._scale(), GAP, []
        for size in self._sizes:
            width, height = round(size.width() * scale), round(size.height() * scale)
            left = max(GAP, (self.viewport().width() - width) // 2)
            rects.append(QRect(left, top, width, height))
            top += height + GAP
        return rects

    def _lay_out(self) -> None:
        rects = self._rects()
        height = rects[-1].bottom() + GAP if rects else 0
        width = max((rect.right() + GAP for rect in rects), default=0)
        self.verticalScrollBar().setRange(0, max(0, height - self.viewport().height()))
        self.verticalScrollBar().setPageStep(self.viewport().height())
        self.horizontalScrollBar().setRange(0, max(0, width - self.viewport().width()))
        self.horizontalScrollBar().setPageStep(self.viewport().width())
        self.viewport().update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.tone("window"))
        x, y = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        scale = self._scale()
        for number, rect in enumerate(self._rects()):
            place = rect.translated(-x, -y)
            if not place.intersects(self.viewport().rect()):
                continue
            painter.fillRect(place, QColor("white"))
            picture = self._picture(number, scale * self.devicePixelRatioF())
            if picture is not None:
                painter.drawImage(place, picture)
            painter.setPen(theme.tone("line"))
            painter.drawRect(place)
        if not self._sizes:
            painter.setPen(theme.tone("muted"))
            painter.drawText(self.viewport().rect(), int(Qt.AlignmentFlag.AlignCenter), _("The pages are being made…"))

    def _picture(self, number: int, scale: float) -> QImage | None:
        """A page's picture, or one of another size until the right one is there."""
        key = (number, round(scale, 3))
        if key in self._pictures:
            self._pictures.move_to_end(key)
            return self._pictures[key]
        if self._asked.get(number) != key[1]:
            self._asked[number] = key[1]
            # a size nobody waits for any more is not drawn
            work, then = partial(render, self._content, number, scale), partial(self._take_picture, key)
            tasks.elsewhere(self, work, then, place=f"page {number}")
        return next((image for (page, _scale), image in self._pictures.items() if page == number), None)

    def _take_picture(self, key: tuple[int, float], image: QImage) -> None:
        if self._asked.get(key[0]) == key[1]:
            del self._asked[key[0]]
        self._pictures[key] = image
        while len(self._pictures) > KEPT:
            self._pictures.popitem(last=False)
        self.viewport().update()


def _page_sizes(content: bytes) -> list[QSize]:
    # 50 ms that only those pay who look at a PDF
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        # 96 dots per inch on the screen, 72 points per inch on paper
        return [QSize(round(w * 96 / 72), round(h * 96 / 72)) for w, h in (page.get_size() for page in document)]
    finally:
        document.close()


def render(content: bytes, number: int, scale: float) -> QImage:
    """One page as a picture; `scale` 1 is 96 dots per inch."""
    import pypdfium2  # as above

    document = pypdfium2.PdfDocument(content)
    try:
        bitmap = document[number].render(scale=scale * 96 / 72, prefer_bgrx=True)
        data = bytes(bitmap.buffer)
        return QImage(data, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32).copy()
    finally:
        document.close()
