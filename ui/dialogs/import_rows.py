"""The preview of an import, row by row: any number of lines, painted from the plan in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)
from typing_extensions import override

from crm_desktop.exchange.judging import REFUSED
from crm_desktop.i18n import _
from ui import theme
from ui.dialogs.import_judged import SIGNS, Judged, Line, shown
from ui.parts.list_delegates import LEFT, PAD, RIGHT, fitted

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class LinesModel(QAbstractTableModel):
    """Row number, result, what there is to know, then the cells as they stand in the file."""

    FIRST = 3

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.judged: Judged | None = None
        self.lines: Sequence[Line] = ()
        self.columns: list[int] = []

    def show(self, judged: Judged | None, lines: Sequence[Line]) -> None:
        """Show these lines of a list."""
        self.beginResetModel()
        self.judged, self.lines = judged, lines
        self.columns = [n for n, heading in enumerate(judged.headings) if heading] if judged else []
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    @override
    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() or self.judged is None else self.FIRST + len(self.columns)

    @override
    def data(self, index: Index, role: int = 0) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.text(index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            assert self.judged is not None
            line = self.lines[index.row()]
            return self.judged.told(line) if index.column() < self.FIRST else self.text(index.row(), index.column())
        return None

    def text(self, number: int, column: int) -> str:
        """What is written in a cell."""
        line = self.lines[number]
        assert self.judged is not None
        if column == 0:
            return str(line.number)
        if column == 1:
            return _(SIGNS[line.status].word)
        if column == 2:
            return self.judged.told(line)
        place = self.columns[column - self.FIRST]
        return shown(line.cells[place]) if place < len(line.cells) else ""

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation != Qt.Orientation.Horizontal or self.judged is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if section < self.FIRST:
                return (_("Row"), _("Result"), _("What to know"))[section]
            return self.judged.headings[self.columns[section - self.FIRST]]
        return None


class LineDelegate(QStyledItemDelegate):
    """Paints a line: its result with sign and colour, cells that are not imported quietly."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, LinesModel)
        assert model.judged is not None
        rect: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.tone("selected"))
        painter.setPen(theme.tone("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        line, column = model.lines[index.row()], index.column()
        sign = SIGNS[line.status]
        inner = rect.adjusted(PAD, 0, -PAD, 0)
        tone: theme.Tone = "muted" if line.row is None else "text"
        if column == 0:
            tone = "muted"
        elif column == 1:
            tone = sign.tone
            picture = theme.pixmap(sign.icon, 16, sign.tone, painter.device().devicePixelRatioF())
            painter.drawPixmap(inner.x(), rect.center().y() - 7, picture)
            inner = inner.adjusted(22, 0, 0, 0)
        elif column == 2:
            tone = sign.tone if line.status == REFUSED else "due" if line.doubtful else "muted"
        elif not model.judged.imported[model.columns[column - model.FIRST]]:
            tone = "muted"
        painter.setPen(theme.tone(tone))
        text = fitted(option, model.text(index.row(), column), inner.width())
        painter.drawText(inner, RIGHT if column == 0 else LEFT, text)


class LinesView(QTableView):
    """The table of lines; `moved` is called with the line the keyboard is at."""

    def __init__(self, title: str, moved: Callable[[Line | None], object]) -> None:
        super().__init__()
        self.lines_model = LinesModel(self)
        self.setModel(self.lines_model)
        self.setAccessibleName(title)
        self.setItemDelegate(LineDelegate(self))
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(28)
        rows.setDefaultSectionSize(28)
        rows.hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setFixedHeight(32)
        header.setMinimumSectionSize(40)
        # a heading would ask of every row whether all are selected
        header.setSectionsClickable(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.selectionModel().currentChanged.connect(lambda now, _before: moved(self.line(now.row())))

    def line(self, number: int) -> Line | None:
        """The line at a place of the table."""
        return self.lines_model.lines[number] if 0 <= number < len(self.lines_model.lines) else None

    def show_lines(self, judged: Judged | None, lines: Sequence[Line]) -> None:
        """Show these lines; the widths stay when the columns are the same."""
        model = self.lines_model
        same = judged is not None and model.judged is not None and model.judged.headings == judged.headings
        model.show(judged, lines)
        if same or judged is None:
            return
        wide = self.fontMetrics().averageCharWidth()
        for column in range(model.columnCount()):
            self.setColumnWidth(column, (54, 110, 300)[column] if column < 3 else self._width(column, wide))

    def _width(self, column: int, wide: int) -> int:
        """As wide as the first lines need, within reason."""
        model = self.lines_model
        texts = [str(model.headerData(column, Qt.Orientation.Horizontal)) or ""]
        texts += [model.text(number, column) for number in range(min(30, model.rowCount()))]
        widest = max(self.fontMetrics().horizontalAdvance(text[:60]) for text in texts)
        return min(max(widest, 6 * wide), 28 * wide) + 2 * PAD + 8
