"""Each question by tier, colleague, product or month: the mean of every group, which opens its customers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QHeaderView, QLabel, QTableView, QVBoxLayout, QWidget

from crm_desktop.i18n import N_, _
from crm_desktop.statistics import Table
from ui import theme
from ui.parts.statistic_card import ROWS, Figures

Index = QModelIndex | QPersistentModelIndex
SIDES = {"tier": N_("Tier"), "served_by": N_("Served by"), "product": N_("Product"), "month": N_("Month")}
COLUMN = 48


class QuestionMatrix(QFrame):
    """Rows are groups of customers, columns the questions by their numbers."""

    side_chosen = Signal(str)
    """Another side (of SIDES) is wanted; answer with `show_table`."""
    picked = Signal(object, object, str)
    """Row key and question key (None: all of them), and what was picked in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table: Table | None = None
        self.setProperty("card", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        top = QHBoxLayout()
        title = QLabel(_("Each question by"))
        title.setFont(theme.title_font(11))
        top.addWidget(title)
        self.sides = QComboBox()
        self.sides.setAccessibleName(_("Each question by"))
        self.sides.currentIndexChanged.connect(lambda _at: self.side_chosen.emit(self.side()))
        top.addWidget(self.sides)
        hint = QLabel(_("mean of 5; the columns are the numbers of the questions"))
        hint.setProperty("tone", "muted")
        top.addWidget(hint, 1)
        column.addLayout(top)
        self.view = QTableView()
        self.view.setAccessibleName(_("Each question by"))
        self.view.verticalHeader().hide()
        self.view.setShowGrid(False)
        self.view.setCursor(Qt.CursorShape.PointingHandCursor)
        self.view.clicked.connect(self._clicked)
        self.view.activated.connect(self._clicked)
        column.addWidget(self.view)
        self._model = Figures()
        self.view.setModel(self._model)

    def offer(self, sides: Sequence[str]) -> None:
        """The sides this survey can be looked at from; the one that is shown stays if it is among them."""
        if [self.sides.itemData(n) for n in range(self.sides.count())] == list(sides):
            return
        shown = self.side()
        self.sides.blockSignals(True)
        self.sides.clear()
        for side in sides:
            self.sides.addItem(_(SIDES[side]), side)
        self.sides.setCurrentIndex(max(0, self.sides.findData(shown)))
        self.sides.blockSignals(False)

    def side(self) -> str:
        """The side that is chosen."""
        return str(self.sides.currentData() or "tier")

    def show_table(self, table: Table) -> None:
        """Show the means by the chosen side."""
        self.table = table
        self._model.show(table)
        header = self.view.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setMinimumSectionSize(COLUMN)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        rows = min(ROWS, len(table.rows) + 1)
        self.view.setFixedHeight(rows * self.view.rowHeight(0) + header.sizeHint().height() + 4)

    def _clicked(self, index: Index) -> None:
        table = self.table
        if table is None:
            return
        row: Any = table.rows[index.row()].key if index.row() < len(table.rows) else None
        column = table.columns[index.column() - 1] if index.column() > 1 else None
        words = [self.sides.currentText() if row is None else table.row(row).label]
        words += [_("question {n}").format(n=column.label)] if column is not None else []
        self.picked.emit(row, column.key if column is not None else None, " · ".join(words))
