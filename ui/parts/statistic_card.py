"""One statistic on the screen: its chart and its table beside each other, both open the records behind a figure."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QHeaderView, QLabel, QTableView, QVBoxLayout, QWidget
from typing_extensions import override

from crm_desktop import values
from crm_desktop.i18n import _
from crm_desktop.statistics import Statistic, Table
from ui import tasks, theme
from ui.parts.chart_view import ChartView, Region

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
CHART = (460, 220)
"""Width and height of a chart in points."""
LABEL, TABLE = 130, 480
"""Room for what the rows are called, and the most a table claims before its chart gets smaller."""
ROWS = 9
"""So many rows a table shows without scrolling."""
MANY = 6
"""From so many columns on a table is scrolled sideways."""


class StatisticCard(QFrame):
    """Title, chart, table."""

    picked = Signal(object, object, str)
    """Row key and column key (None: all of them), and what was picked in words."""

    def __init__(self, statistic: Statistic, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._statistic = statistic
        self.about = statistic.about
        """The table whose records are counted."""
        self.table: Table | None = None
        self.setProperty("card", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        self.title = QLabel(_(statistic.title))
        self.title.setFont(theme.title_font(11))
        column.addWidget(self.title)
        row = QHBoxLayout()
        row.setSpacing(24)
        self.chart = ChartView(_(statistic.title))
        self.chart.setMaximumWidth(720)
        self.chart.picked.connect(self._pick)
        row.addWidget(self.chart, 5, Qt.AlignmentFlag.AlignTop)
        self.view = QTableView()
        self.view.setAccessibleName(_(statistic.title))
        self.view.verticalHeader().hide()
        self.view.setShowGrid(False)
        self.view.setCursor(Qt.CursorShape.PointingHandCursor)
        self.view.clicked.connect(self._clicked)
        self.view.activated.connect(self._clicked)
        row.addWidget(self.view, 4, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        self._model = Figures()
        self.view.setModel(self._model)

    def show_table(self, table: Table) -> None:
        """Show the figures of another period."""
        self.table = table
        self._model.show(table)
        header = self.view.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        if len(table.columns) < MANY:  # of more the table is wider than its place, and the labels would be squeezed
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        figures = sum(header.sectionSizeHint(n) for n in range(1, len(table.columns) + 1))
        self.view.setMinimumWidth(min(LABEL + figures, TABLE))  # the first column, which stretches, can be read
        rows = min(ROWS, len(table.rows) + 1)
        bar = self.view.horizontalScrollBar().sizeHint().height() if len(table.columns) >= MANY else 0
        self.view.setFixedHeight(rows * self.view.rowHeight(0) + header.sizeHint().height() + bar + 4)
        chart, dark = self._statistic.chart, theme.is_dark()
        tasks.elsewhere(self, lambda: draw(table, chart, dark), self._show_chart, place="chart")

    def _show_chart(self, drawn: tuple[bytes, list[Region]]) -> None:
        self.chart.show_drawing(*drawn)

    def _pick(self, key: Any) -> None:
        row, column = key
        self._tell(row, column)

    def _clicked(self, index: QModelIndex) -> None:
        table = self.table
        if table is None:
            return
        row = table.rows[index.row()].key if index.row() < len(table.rows) else None
        column = table.columns[index.column() - 1].key if index.column() and len(table.columns) > 1 else None
        self._tell(row, column)

    def _tell(self, row: str | None, column: str | None) -> None:
        assert self.table is not None
        words = [_(self._statistic.title)]
        if row is not None:
            words.append(self.table.row(row).label)
        words += [c.label for c in self.table.columns if c.key == column]
        self.picked.emit(row, column, " · ".join(words))


def draw(table: Table, chart: str, dark: bool) -> tuple[bytes, list[Region]]:
    """The chart of a statistic as SVG, and its places with what they say; off the GUI thread."""
    # reportlab's drawings cost 50 ms to load: not at start-up
    from crm_desktop.reports import charts

    drawn = charts.chart(table, chart, *CHART, dark)
    regions = [
        Region((region.row, region.column), region.x, region.y, region.width, region.height, region.tip)
        for region in drawn.places
    ]
    return charts.svg(drawn), regions


class Figures(QAbstractTableModel):
    """The rows of a statistic and its total."""

    def __init__(self) -> None:
        super().__init__()
        self._table: Table | None = None

    def show(self, table: Table) -> None:
        self.beginResetModel()
        self._table = table
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return len(self._table.rows) + 1 if self._table else 0

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return len(self._table.columns) + 1 if self._table else 0

    @override
    def data(self, index: Index, role: int = int(Role.DisplayRole)) -> Any:
        assert self._table is not None
        last = index.row() == len(self._table.rows)
        if role == Role.DisplayRole:
            if index.column() == 0:
                return _("Total") if last else self._table.rows[index.row()].label
            row = self._table.total if last else self._table.rows[index.row()].values
            value = row[index.column() - 1]
            return "–" if value is None else values.show_number(value)
        if role == Role.TextAlignmentRole and index.column():
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Role.FontRole and last:
            font = QFont()
            font.setBold(True)
            return font
        if role == Role.ToolTipRole:
            return _("Show the records behind this figure")
        return None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = int(Role.DisplayRole)) -> Any:
        if self._table is None or orientation != Qt.Orientation.Horizontal:
            return None
        if role == Role.DisplayRole:
            return "" if section == 0 else self._table.columns[section - 1].label
        if role == Role.TextAlignmentRole and section:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None
