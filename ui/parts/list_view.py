"""The list every tab is built around: a table with columns, or narrow rows, over any number of records."""

from array import array
from collections.abc import Callable

from PySide6.QtCore import QEvent, QItemSelectionModel, QItemSelectionRange, QModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QMenu, QTableView, QWidget
from typing_extensions import override

from crm_desktop.i18n import _
from ui import tasks
from ui.parts.list_delegates import CellDelegate, CompactDelegate, RowDelegate
from ui.parts.list_header import ListHeader
from ui.parts.list_keeping import Keeping
from ui.parts.list_model import ListModel
from ui.parts.list_source import Source

Flag = QItemSelectionModel.SelectionFlag


class ListView(QTableView):
    """Shows a Source; `compact` turns it into one narrow column without headings.

    `name` is where its columns are remembered, `title` what a screen reader calls it (translated).
    """

    chosen = Signal(object)
    """The id of the record the keyboard is at, or None."""
    opened = Signal(object)
    """The id of a record that was double-clicked, or entered with Enter."""
    sort_asked = Signal(str, bool)
    """Column key, descending; answer with `show_source`."""
    counted = Signal(int)
    """How many records there are, as soon as it is known."""

    def __init__(
        self,
        source: Source,
        name: str,
        title: str,
        compact: CompactDelegate | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.fill_menu: Callable[[QMenu, array[int]], object] | None = None
        self.newest_first = False
        """Whether what is new comes at the top: who stands there sees it come."""
        self.list_model = ListModel(source, self)
        self.setAccessibleName(title)
        self.header = ListHeader(name, self)
        self.setHorizontalHeader(self.header)
        self.setModel(self.list_model)
        # a heading asks of every row whether all are selected, a second per 100,000: give it nothing to ask
        self.header.setSelectionModel(QItemSelectionModel(self.list_model, self.header))
        self.header.sectionPressed.disconnect()  # it would select the column; a click sorts
        self._delegates: list[RowDelegate] = []
        self._compact = compact
        self._empty: QWidget | None = None
        self._look(compact or CellDelegate())
        self._keeping = Keeping(self)
        self.header.show_columns(source.columns)
        self._only_first_column()
        self.selectionModel().currentChanged.connect(self._moved)
        self.header.sort_asked.connect(self.sort_asked)
        self.list_model.modelReset.connect(self._columns_changed)
        self.list_model.rows_came.connect(self.viewport().update)
        self.list_model.arrived.connect(lambda: self._count(False))
        self.list_model.completed.connect(lambda: self._count(True))
        self.doubleClicked.connect(lambda _index: self._open_current())

    def show_source(self, source: Source, sort: tuple[str, bool] | None = None) -> None:
        """Show the answer to another question from its top; what is selected stays selected where it is in it."""
        if sort is not None:
            self.header.mark_sort(*sort)
        self._keeping.to_top()
        self.list_model.show_source(source)

    def reload(self) -> None:
        """Ask again and stay where one is: the same records selected, the same one at the top."""
        self.list_model.reload()

    def current_id(self) -> int | None:
        """The record the keyboard is at."""
        number = self.currentIndex().row()
        return self.list_model.ids[number] if 0 <= number < len(self.list_model.ids) else None

    def selected_ids(self) -> "array[int]":
        """The selected records in the list's order, also a million of them."""
        ids: array[int] = array("q")
        ranges: list[QItemSelectionRange] = list(iter(self.selectionModel().selection()))  # type: ignore[call-overload]
        for first, last in sorted({(part.top(), part.bottom()) for part in ranges}):
            ids += self.list_model.ids[first : last + 1]
        return ids

    def choose(self, id: int) -> bool:
        """Select this record alone and bring it into sight; False when it is not in the list."""
        number = self.list_model.row_of(id)
        if number >= 0:
            index = self.list_model.index(number, self.header.logicalIndexAt(0))
            self.selectionModel().setCurrentIndex(index, Flag.ClearAndSelect | Flag.Rows)
            self.scrollTo(index)
        return number >= 0

    def set_delegate(self, key: str, delegate: RowDelegate) -> None:
        """Paint one column in its own way, such as `BadgeDelegate`."""
        keys = [column.key for column in self.list_model.source.columns]
        delegate.marks = self._delegates[0].marks
        self._delegates.append(delegate)
        self.setItemDelegateForColumn(keys.index(key), delegate)

    def set_empty(self, widget: QWidget) -> None:
        """What is shown in place of the rows when there are none: what to do next."""
        widget.setParent(self.viewport())
        self._empty = widget
        self._place_empty()
        widget.setVisible(self.list_model.complete and self.list_model.rowCount() == 0)

    def copy(self) -> None:
        """Put the selected rows on the clipboard as Excel takes them: headings, tabs, one line a record."""
        source, ids = self.list_model.source, self.selected_ids()
        if not ids:
            return
        every = range(len(source.columns))
        numbers = [n for n in every if source.columns[n].shown] if self._compact else self.header.visible_columns()
        columns = [(number, source.columns[number].show) for number in numbers]
        lines = ["\t".join(_(source.columns[number].title) for number in numbers)]

        def text() -> str:
            for start in range(0, len(ids), 500):
                some = ids[start : start + 500]
                rows = source.rows(some)
                found = (rows[id] for id in some if id in rows)
                lines.extend("\t".join(" ".join(show(row[n]).split()) for n, show in columns) for row in found)
            return "\n".join(lines)

        tasks.run(self, text, QApplication.clipboard().setText, place="copy", reading=True)

    def _look(self, delegate: RowDelegate) -> None:
        self._delegates.append(delegate)
        self.setItemDelegate(delegate)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(delegate.height)
        rows.setDefaultSectionSize(delegate.height)
        rows.hide()
        self.header.setVisible(self._compact is None)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def _columns_changed(self) -> None:
        self.header.show_columns(self.list_model.source.columns)
        self._only_first_column()

    def _only_first_column(self) -> None:
        if self._compact is not None:
            for number in range(self.header.count()):
                self.header.setSectionHidden(number, number > 0)

    def _count(self, complete: bool) -> None:
        count = self.list_model.rowCount()
        self.counted.emit(count)
        if self._empty is not None:
            self._empty.setVisible(complete and count == 0)

    def _open_current(self) -> None:
        if (id := self.current_id()) is not None:
            self.opened.emit(id)

    def _place_empty(self) -> None:
        if self._empty is not None:
            self._empty.setGeometry(self.viewport().rect())

    def _moved(self, current: QModelIndex) -> None:
        self._delegates[0].marks.current = current.row()
        self.viewport().update()
        if not self._keeping.busy:
            self._keeping.tell_current()

    def _mark(self, hover: int) -> None:
        marks = self._delegates[0].marks
        if hover != marks.hover:
            marks.hover = hover
            self.viewport().update()

    @override
    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        # Home and End of a table go to the first and last column: here everybody means the first and last row
        if action in (self.CursorAction.MoveHome, self.CursorAction.MoveEnd) and self.list_model.rowCount():
            number = 0 if action == self.CursorAction.MoveHome else self.list_model.rowCount() - 1
            return self.list_model.index(number, max(self.currentIndex().column(), 0))
        return super().moveCursor(action, modifiers)

    @override
    def keyboardSearch(self, search: str) -> None:
        """No type-ahead: it would walk through a million rows; the search box finds them."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open_current()
        else:
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.fill_menu is not None:
            self.fill_menu(menu, self.selected_ids())
        copy = menu.addAction(_("Copy rows"), self.copy)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        menu.popup(event.globalPos())

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mark(self.rowAt(event.position().toPoint().y()))
        super().mouseMoveEvent(event)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._mark(-1)
        super().leaveEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_empty()
