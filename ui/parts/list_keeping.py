"""Keeps the eye where it was: selection, current record and scroll position survive another answer, by id."""

from array import array
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject

if TYPE_CHECKING:  # the view owns this; at run time it needs no import
    from ui.parts.list_view import ListView

Flag = QItemSelectionModel.SelectionFlag


class Keeping(QObject):
    """Notes by id what is selected before rows are replaced, and finds it again afterwards."""

    def __init__(self, view: "ListView") -> None:
        super().__init__(view)
        self.busy = False
        self._view = view
        self._noted = False
        self._to_top = False
        self._selected: array[int] = array("q")
        self._current: int | None = None
        self._top: tuple[int, int] | None = None
        self._told: int | None = None
        model = view.list_model
        model.arriving.connect(self.note)
        model.arrived.connect(self.find_current)
        model.completed.connect(self.find_all)

    def to_top(self) -> None:
        """The next answer is to another question: show it from its top."""
        self._to_top = True

    def tell_current(self) -> None:
        """Say `chosen`, once a record."""
        id = self._view.current_id()
        if self._noted and not self.busy:
            # somebody chose while the rest was on its way: that counts now
            self._current, self._selected, self._to_top = id, array("q"), True
        if id != self._told:
            self._told = id
            self._view.chosen.emit(id)

    def note(self) -> None:
        """Before the rows are replaced; the first note counts until all ids are known."""
        self.busy = True
        if self._noted:
            return
        self._noted = True
        view = self._view
        self._current = view.current_id()
        # exactly these: what a colleague added meanwhile was not meant by "all"
        self._selected = view.selected_ids()
        number = view.rowAt(0)
        known = 0 <= number < len(view.list_model.ids)
        self._top = (view.list_model.ids[number], view.rowViewportPosition(number)) if known else None
        at_top = view.verticalScrollBar().value() == view.verticalScrollBar().minimum()
        if at_top and (view.newest_first or not self._selected):
            self._top = None  # nothing that is held on to: what comes above is seen coming

    def find_current(self) -> None:
        """The first rows are there: take up the current record if it is among them."""
        if self._to_top:
            self._view.scrollToTop()
        self._select([self._current] if self._current is not None else [])
        self.busy = False

    def find_all(self) -> None:
        """All ids are there: select what was selected, and stand where one stood."""
        if not self._noted:
            self._to_top = False
            return
        self.busy = True
        self._select(self._selected or ([self._current] if self._current is not None else []))
        if self._top is not None and not self._to_top:
            number = self._view.list_model.row_of(self._top[0])
            if number >= 0:
                bar = self._view.verticalScrollBar()
                self._view.updateGeometries()
                bar.setValue(self._view.verticalHeader().sectionPosition(number) - self._top[1])
        self._noted = self._to_top = self.busy = False
        self.tell_current()

    def _select(self, ids: Sequence[int]) -> None:
        view, model = self._view, self._view.list_model
        wanted = set(ids)
        if len(wanted) > 8:
            numbers = [number for number, id in enumerate(model.ids) if id in wanted]
        else:
            numbers = sorted(number for id in wanted if (number := model.row_of(id)) >= 0)
        selection, last = QItemSelection(), max(model.columnCount() - 1, 0)
        for first, beyond in _runs(numbers):
            selection.select(model.index(first, 0), model.index(beyond - 1, last))
        choice = view.selectionModel()
        if self._current is not None and (number := model.row_of(self._current)) >= 0:
            view.setAutoScroll(False)  # a current record would pull the view to itself
            choice.setCurrentIndex(model.index(number, 0), Flag.NoUpdate)
            view.setAutoScroll(True)
        choice.select(selection, Flag.ClearAndSelect)


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring rows as (first, one past the last): a million selected rows are one range, not a million."""
    start = 0
    for place in range(1, len(numbers) + 1):
        if place == len(numbers) or numbers[place] != numbers[place - 1] + 1:
            yield numbers[start], numbers[place - 1] + 1
            start = place
