"""The heading row of a list: which columns, in which order and how wide, remembered on this computer."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHeaderView, QMenu, QStyleOptionHeader, QWidget
from typing_extensions import override

from crm_desktop.i18n import _
from ui import preferences
from ui.parts.list_source import Column

ROOM = "\u2003 "
"""Behind the heading of numbers: there stands the arrow of what the list is sorted by."""


class ListHeader(QHeaderView):
    """Click sorts, drag reorders, right-click chooses; every change is remembered under the list's name."""

    sort_asked = Signal(str, bool)
    """Column key, descending."""
    more_shown = Signal()
    """A column is shown that was not: its values may have to be read."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._layout = preferences.COLUMNS.of(name)
        self._columns: Sequence[Column] = ()
        self._sort: tuple[str, bool] | None = None
        self.setSectionsMovable(True)
        self.setFirstSectionMovable(True)
        self.setSectionsClickable(True)
        self.setStretchLastSection(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(48)
        self.setFixedHeight(32)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda where: self.menu().popup(self.mapToGlobal(where)))
        self.sectionClicked.connect(self._ask_sort)
        # a drag tells of every pixel: remember when the hand rests
        self._rest = QTimer(self, singleShot=True, interval=400)
        self._rest.timeout.connect(self.remember)
        self.sectionResized.connect(self._changed)
        self.sectionMoved.connect(self._changed)

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Lay the columns out as remembered; new ones stand where they are declared."""
        if [column.key for column in columns] == [column.key for column in self._columns]:
            return
        self._columns = ()
        remembered = self._layout.get()
        widths: dict[str, Any] = remembered.get("widths", {})
        shown: dict[str, Any] = remembered.get("shown", {})
        for number, column in enumerate(columns):
            wide = self.fontMetrics().averageCharWidth() * column.width + 24
            self.resizeSection(number, int(widths.get(column.key, wide)))
            self.setSectionHidden(number, not shown.get(column.key, column.shown))
        if columns and all(self.isSectionHidden(number) for number in range(len(columns))):
            self.setSectionHidden(0, False)
        keys = [column.key for column in columns]
        order = [key for key in remembered.get("order", []) if key in keys]
        for place, key in enumerate(order):
            self.moveSection(self.visualIndex(keys.index(key)), place)
        self._columns = columns

    def mark_sort(self, key: str, descending: bool) -> None:
        """Show which column the list is sorted by."""
        self._sort = (key, descending)
        keys = [column.key for column in self._columns]
        self.setSortIndicatorShown(key in keys)
        if key in keys:
            order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
            self.setSortIndicator(keys.index(key), order)

    @override
    def initStyleOptionForIndex(self, option: QStyleOptionHeader, section: int) -> None:
        super().initStyleOptionForIndex(option, section)
        sorts = section == self.sortIndicatorSection() and self.isSortIndicatorShown()
        if sorts and option.textAlignment & Qt.AlignmentFlag.AlignRight:
            option.text += ROOM

    def visible_columns(self) -> list[int]:
        """The numbers of the columns that are shown, in the order they are seen."""
        places = [self.logicalIndex(place) for place in range(self.count())]
        return [number for number in places if not self.isSectionHidden(number)]

    def shown_keys(self) -> frozenset[str]:
        """The keys of the columns that are shown."""
        return frozenset(self._columns[number].key for number in self.visible_columns())

    def menu(self) -> QMenu:
        """What may be shown; the last column left cannot be taken away."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        visible = self.visible_columns()
        for number, column in enumerate(self._columns):
            action = menu.addAction(_(column.title))
            action.setCheckable(True)
            action.setChecked(number in visible)
            action.setEnabled(visible != [number])
            action.toggled.connect(lambda on, number=number: self.show_column(number, on))
        menu.addSeparator()
        menu.addAction(_("Standard columns")).triggered.connect(self.forget)
        return menu

    def show_column(self, number: int, on: bool) -> None:
        """Show or hide a column and remember it."""
        self.setSectionHidden(number, not on)
        if on and self.sectionSize(number) < self.minimumSectionSize():
            self.resizeSection(number, 120)
        self.remember()
        if on:
            self.more_shown.emit()

    def remember(self) -> None:
        """Write the layout down on this computer."""
        if not self._columns:
            return
        keys = [column.key for column in self._columns]
        hidden = [self.isSectionHidden(number) for number in range(len(keys))]
        widths = dict(self._layout.get().get("widths", {}))
        widths.update((key, self.sectionSize(n)) for n, key in enumerate(keys) if not hidden[n])
        order = [keys[self.logicalIndex(place)] for place in range(len(keys))]
        shown = {key: not hidden[n] for n, key in enumerate(keys)}
        self._layout.set({"order": order, "widths": widths, "shown": shown})

    def forget(self) -> None:
        """Go back to the columns as they are declared."""
        self._layout.set({})
        columns, self._columns = self._columns, ()
        for number in range(len(columns)):
            self.moveSection(self.visualIndex(number), number)
        self.show_columns(columns)
        self._rest.stop()
        self.more_shown.emit()

    def _changed(self, *_what: int) -> None:
        if self._columns:
            self._rest.start()

    def _ask_sort(self, number: int) -> None:
        column = self._columns[number]
        if column.sortable:
            descending = self._sort is not None and self._sort == (column.key, False)
            self.mark_sort(column.key, descending)
            self.sort_asked.emit(column.key, descending)
