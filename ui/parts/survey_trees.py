"""Short tables of figures: what their columns are as wide as, and as high as their rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

ROW = 28
Mode = QHeaderView.ResizeMode


def plain_tree(name: str, headings: Sequence[str], rest: int, widths: Mapping[int, int] | None = None) -> QTreeWidget:
    """A table that reads like a list; the column `rest` takes what the others leave, which are as wide as said (in
    pixels) or as what stands in them.
    """
    tree = QTreeWidget()
    tree.setRootIsDecorated(False)
    tree.setUniformRowHeights(True)
    tree.setAllColumnsShowFocus(True)
    tree.setAccessibleName(name)
    tree.setHeaderLabels(list(headings))
    header = tree.header()
    header.setStretchLastSection(False)
    header.setMinimumSectionSize(24)
    for column in range(len(headings)):
        header.setSectionResizeMode(column, Mode.Interactive if column in (widths or {}) else Mode.ResizeToContents)
    for column, width in (widths or {}).items():
        tree.setColumnWidth(column, width)
    header.setSectionResizeMode(rest, Mode.Stretch)
    return tree


def row(texts: Sequence[str], right: Sequence[int] = ()) -> QTreeWidgetItem:
    """One line; figures stand on the right of their columns."""
    item = QTreeWidgetItem(list(texts))
    item.setSizeHint(0, QSize(0, ROW))
    for column in right:
        item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return item


def as_high_as(tree: QTreeWidget, rows: int) -> None:
    """Let a table be as high as that many rows."""
    tree.setFixedHeight(rows * ROW + tree.header().sizeHint().height() + 6)
