"""Tiles in a row, those of less weight in a flat row below; where they do not fit, all are flat and fill lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ui.parts.flow import Flow
from ui.parts.tile import Tile

_SPACING: Final = 12
_LOW: Final = 560
"""In a window lower than this, in pixels, large tiles would leave no room for what they count."""

Maker = Callable[[bool], Tile]
"""Makes a tile, a flat one or not."""


class TileRows(QWidget):
    """As many tiles as it is given; `across` of them are large."""

    def __init__(self, across: int) -> None:
        super().__init__()
        self._across = across
        self._makers: Sequence[Maker] = ()
        self._needed = 0
        self._small = False
        self.tiles: list[Tile] = []
        self._lines: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(_SPACING)

    def show_tiles(self, makers: Sequence[Maker]) -> None:
        """Show these instead of those before."""
        self._makers = makers
        rows = [
            [make(bool(at)) for make in part]
            for at, part in enumerate((makers[: self._across], makers[self._across :]))
        ]
        self._needed = max(sum(tile.sizeHint().width() + _SPACING for tile in row) for row in rows)
        self._small = self._has_no_room()
        if self._small:
            rows = [[make(True) for make in makers]]
        self._clear()
        for row in filter(None, rows):
            self._column.addWidget(self._line(row))
        self.tiles = [tile for row in rows for tile in row]

    def _line(self, row: Sequence[Tile]) -> QWidget:
        """A widget of its own, which goes with all that is in it: layouts that are taken out live on in two hands."""
        widget = QWidget()
        line: QLayout = Flow(_SPACING // 2) if self._small else QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(_SPACING // 2 if self._small else _SPACING)
        widget.setLayout(line)
        for tile in row:
            line.addWidget(tile)
        self._lines.append(widget)
        return widget

    def _has_no_room(self) -> bool:
        return self._needed > self.width() or self.window().height() < _LOW

    def _clear(self) -> None:
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines.clear()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._makers and self._small != self._has_no_room():
            QTimer.singleShot(0, self, self._again)

    def _again(self) -> None:
        if self._small != self._has_no_room():
            self.show_tiles(self._makers)

    @override
    def minimumSizeHint(self) -> QSize:
        """Any width: in a narrow one they stand otherwise."""
        return QSize(0, super().minimumSizeHint().height())
