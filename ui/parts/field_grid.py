"""Fields side by side: two or more columns when there is room, one when not; wide ones take a whole line."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget
from typing_extensions import override

COLUMN = 260
"""The least width of a column."""


class FieldGrid(QWidget):
    """Puts its cells in reading order; hidden cells leave no gap."""

    def __init__(self, most: int = 2, gap: int = 12) -> None:
        super().__init__()
        self._most = most
        self._columns = 0
        self._cells: list[tuple[QWidget, bool]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(gap)

    def add(self, cell: QWidget, wide: bool = False) -> None:
        """Add a cell behind the others."""
        self._cells.append((cell, wide))
        cell.setParent(self)

    def arrange(self) -> None:
        """Give every visible cell its place."""
        for cell, _wide in self._cells:
            # not takeAt: what that leaves behind goes on answering for the cell, with the height it had then
            self._grid.removeWidget(cell)
        columns = max(self._columns, 1)
        row = column = 0
        for cell, wide in self._cells:
            if is_put_away(cell):
                continue
            if wide and column:
                row, column = row + 1, 0
            self._grid.addWidget(cell, row, column, 1, columns if wide else 1, Qt.AlignmentFlag.AlignTop)
            column += columns if wide else 1
            if column >= columns:
                row, column = row + 1, 0
        for number in range(self._most):
            self._grid.setColumnStretch(number, 1 if number < columns else 0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        columns = max(1, min(self._most, (event.size().width() + 16) // (COLUMN + 16)))
        if columns != self._columns:
            self._columns = columns
            self.arrange()


def is_put_away(widget: QWidget) -> bool:
    """Whether a widget was hidden on purpose; one that merely was not shown yet counts as visible."""
    return widget.isHidden() and widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
