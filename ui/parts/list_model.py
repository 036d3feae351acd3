"""A list of a hundred or a million records: ids of all, rows of the few pages that are looked at."""

import time
from array import array
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from typing_extensions import override

from crm_desktop.i18n import _
from ui import tasks, theme
from ui.parts.list_source import Page, Row, Source

PAGE = 100
"""Rows asked for at a time."""
PAGES = 60
"""Pages kept."""
FIRST = 60
"""Rows painted before all ids are known: what a high screen shows."""
PATIENCE = 0.2
"""Seconds before an empty row shows a placeholder."""

ID = int(Qt.ItemDataRole.UserRole)
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
Display, Align, Accessible, ToolTip, Colour = (
    int(role)
    for role in (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.TextAlignmentRole,
        Qt.ItemDataRole.AccessibleTextRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.ForegroundRole,
    )
)


class ListModel(QAbstractTableModel):
    """Paints from a cache of pages and asks the store thread for what is missing; never holds all rows."""

    arriving = Signal()
    """The rows are about to be other ones: note what is selected by id."""
    arrived = Signal()
    """The rows are other ones now; all ids may still be on their way (`complete`)."""
    completed = Signal()
    """All ids are known."""
    rows_came = Signal()
    """Rows that were missing can be painted."""

    def __init__(self, source: Source, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.source = source
        self.ids: array[int] = array("q")
        self.complete = False
        self._count = 0
        self._pages: OrderedDict[int, Mapping[int, Row]] = OrderedDict()
        self._stale: dict[int, Row] = {}  # shown until the page is read again
        self._wanted: dict[int, None] = {}
        self._asked_at = 0.0  # 0: no question under way
        self._rows_job: tasks.Job | None = None
        self._waiting_since = 0.0
        self._slow = False
        # one question for all rows a repaint misses
        self._ask = QTimer(self, singleShot=True, interval=0)
        self._ask.timeout.connect(self._ask_pages)
        self._late = QTimer(self, singleShot=True, interval=int(PATIENCE * 1000) + 20)
        self._late.timeout.connect(self.rows_came)

    def show_source(self, source: Source) -> None:
        """Show the answer to another question; what is painted stays until its first page is there."""
        if [column.key for column in source.columns] != [column.key for column in self.source.columns]:
            self.beginResetModel()
            self.source, self._count, self.ids, self._stale = source, 0, array("q"), {}
            self._pages.clear()
            self.endResetModel()
        self.source, self.complete = source, False
        if self._rows_job is not None and self._asked_at:
            self._rows_job.cancel()  # rows of the list that is going: the new one does not wait for them
        tasks.run(self, lambda: source.first(FIRST), self._take_first, place="ids", reading=True)

    def reload(self) -> None:
        """Ask the same again: first for the rows that are looked at, then whether the ids are still the same."""
        if not self.complete:
            self.show_source(self.source)
            return
        self._fold()
        self.rows_came.emit()
        tasks.run(self, self.source.ids, self._take_ids, place="ids", reading=True, background=True)

    def row(self, number: int) -> Row | None:
        """The values of a row; None while they are on their way, and it is asked for. The hot path of painting."""
        page = self._pages.get(number // PAGE)
        if page is None:
            row = self._stale.get(self.ids[number]) if number < len(self.ids) else None
            if row is None or self.complete:
                self._want(number // PAGE)
            return row
        return page.get(self.ids[number])

    def row_of(self, id: int) -> int:
        """Where a record stands, or -1."""
        try:
            return self.ids.index(id)
        except ValueError:
            return -1

    def known(self, ids: Sequence[int]) -> dict[int, Row]:
        """Those of the rows that are in the cache."""
        rows: dict[int, Row] = {}
        for page in self._pages.values():
            rows.update((id, page[id]) for id in ids if id in page)
        return rows

    def is_late(self) -> bool:
        """Whether rows are awaited for so long that placeholders should be shown."""
        return time.monotonic() - self._waiting_since > PATIENCE

    def text(self, number: int, column: int) -> str:
        """What is written in a cell; nothing while it is on its way."""
        row = self.row(number)
        return "" if row is None else self.source.columns[column].show(row[column])

    @override
    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else self._count

    @override
    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.source.columns)

    @override
    def data(self, index: Index, role: int = Display) -> Any:
        if role in (Display, Accessible, ToolTip):
            return self.text(index.row(), index.column())
        if role == ID:
            return self.ids[index.row()] if index.row() < len(self.ids) else None
        column = self.source.columns[index.column()]
        if role == Align:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Colour and column.tone and (row := self.row(index.row())):
            meaning = column.tone(row[index.column()])
            return theme.tone(meaning) if meaning else None
        return None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Display) -> Any:
        if orientation != Qt.Orientation.Horizontal or section >= len(self.source.columns):
            return None
        column = self.source.columns[section]
        if role in (Display, Accessible):
            return _(column.title)
        if role == Align:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _take_first(self, page: Page) -> None:
        ids = array("q", page.ids)
        total = len(ids) if page.total is None else page.total
        self._fold()
        self._stale.update(zip(page.ids, page.rows, strict=True))
        self._replace(ids, total)
        if len(ids) < FIRST:
            self._take_ids(ids)
        else:
            tasks.run(self, self.source.ids, self._take_ids, place="ids", reading=True, background=True)

    def _take_ids(self, ids: "array[int]") -> None:
        before = len(self.ids)
        self._fold()
        if ids[:before] != self.ids or len(ids) < self._count:
            self._replace(ids, len(ids))
        elif len(ids) > self._count:
            self.beginInsertRows(QModelIndex(), self._count, len(ids) - 1)
            self.ids, self._count = ids, len(ids)
            self.endInsertRows()
        self.ids, self.complete = ids, True
        self.completed.emit()
        self.rows_came.emit()

    def _replace(self, ids: "array[int]", count: int) -> None:
        self.arriving.emit()
        self.beginResetModel()
        self.ids, self._count = ids, count
        self.endResetModel()
        self.arrived.emit()

    def _fold(self) -> None:
        """Keep the rows read so far as what is painted until they are read again."""
        self._stale = {id: row for page in self._pages.values() for id, row in page.items()} or self._stale
        self._pages.clear()
        self._slow = False

    def _want(self, page: int) -> None:
        if not self._wanted and not self._asked_at and not self._slow:
            self._waiting_since = time.monotonic()
        self._wanted[page] = None
        if not self._late.isActive() and not self.is_late():
            self._late.start()
        if not self._asked_at and not self._ask.isActive():
            self._ask.start()

    def _ask_pages(self) -> None:
        """Ask for the pages painted last, and their neighbours: one question at a time, however fast one scrolls."""
        wanted = list(self._wanted)[-4:]
        self._wanted.clear()
        around = (max(wanted, default=-2) + 1, min(wanted, default=0) - 1)
        wanted += [page for page in around if page >= 0 and page not in self._pages]
        asked = {page: self.ids[page * PAGE : (page + 1) * PAGE] for page in wanted if page * PAGE < len(self.ids)}
        if not asked or not self.complete:
            return  # the ids are still on their way; whoever paints then asks again
        self._asked_at = time.monotonic()
        source = self.source

        def read() -> dict[int, Mapping[int, Row]]:
            rows = source.rows([id for ids in asked.values() for id in ids])
            return {page: {id: rows[id] for id in ids if id in rows} for page, ids in asked.items()}

        def take(pages: Mapping[int, Mapping[int, Row]]) -> None:
            here = {page: self.ids[page * PAGE : (page + 1) * PAGE] for page in pages}
            self._take_pages({page: rows for page, rows in pages.items() if here[page] == asked[page]})

        self._rows_job = tasks.run(self, read, take, ended=self._answered, place="rows", reading=True)

    def _take_pages(self, pages: Mapping[int, Mapping[int, Row]]) -> None:
        now = time.monotonic()
        self._slow = now - self._asked_at > PATIENCE
        if not self._slow:
            self._waiting_since = now
        for page, rows in pages.items():
            self._pages[page] = rows
            self._pages.move_to_end(page)
        while len(self._pages) > PAGES:
            self._pages.popitem(last=False)

    def _answered(self) -> None:
        """The question is over, with rows or with trouble: repaint, which asks for what is still missing."""
        self._asked_at = 0.0
        self._wanted.clear()
        self.rows_came.emit()
