"""What the list tabs share: search, filters, count and list on the left, the record on the right."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from crm_desktop.i18n import _
from ui import preferences
from ui.parts import unsaved
from ui.parts.empty import Empty
from ui.parts.fileinfo import FileInfo
from ui.parts.list_tab import ListTab
from ui.parts.record_panel import RecordPanel
from ui.parts.tab import Show


class RecordTab(ListTab):
    """A list with the chosen record beside it; the subclasses say how that is shown and typed."""

    def __init__(self, info: FileInfo, parent: QWidget | None = None) -> None:
        super().__init__(info, parent)
        self._awaited: int | None = None
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 8)
        layout.addWidget(self.splitter)
        self.splitter.addWidget(self.list_side())
        self.right = QStackedWidget()
        self.nothing = Empty("list", "")
        self.right.addWidget(self.nothing)
        self.splitter.addWidget(self.right)
        self._restore_splitter()
        self.say_nothing_chosen()
        self.connect_list()
        self.list.list_model.completed.connect(self._choose_awaited)
        self.list.chosen.connect(self.show_record)
        self.list.opened.connect(self.open_record)
        self.reload()

    def _restore_splitter(self) -> None:
        sizes = [int(size) for size in preferences.SPLITTER.of(self.NAME).get()]
        self.splitter.setSizes(sizes if len(sizes) == 2 else [self.LEFT, 1200 - self.LEFT])
        self.splitter.setStretchFactor(1, 1)
        self.splitter.splitterMoved.connect(
            lambda _at, _index: preferences.SPLITTER.of(self.NAME).set(self.splitter.sizes())
        )

    def say_nothing_chosen(self) -> None:
        """What stands on the right before a record is chosen."""
        self.nothing.say(self.ICON, _(self.CHOOSE))

    def typing_panel(self) -> RecordPanel:
        """Where a record is typed."""
        raise NotImplementedError

    def begin_new(self) -> None:
        """Start an empty record."""
        raise NotImplementedError

    def current_record(self) -> int | None:
        """The record that is shown on the right, or on its way there."""
        raise NotImplementedError

    def show_record(self, id: int | None) -> None:
        """Show a record on the right, or that none is chosen."""
        raise NotImplementedError

    def open_record(self, id: int) -> None:
        """Open a record in its own window."""

    @override
    def is_dirty(self) -> bool:
        return self.typing_panel().is_dirty()

    @override
    def save(self) -> None:
        self.typing_panel().save()

    @override
    def state(self) -> dict[str, Any]:
        return {
            "text": self.line.text(),
            "wish": self.wish,
            "record": self.current_record(),
            "typed": unsaved.typed(self.typing_panel()),
        }

    @override
    def restore(self, state: Mapping[str, Any]) -> None:
        if state["wish"] is not None:
            self._wish(state["wish"])
        self.line.setText(state["text"])
        id, typed = state["record"], state["typed"]
        if typed is not None:
            begin = self.begin_new if id is None else partial(self.show_one, id)
            unsaved.resume(self.typing_panel(), id, typed, begin)
        elif id is not None:
            self.show_one(id)

    @override
    def show_wish(self, wish: Show) -> None:
        if wish.new:
            self.new()
            return
        if wish.id is not None:
            self.show_one(wish.id)
            return
        self.line.clear()
        self._wish(wish)

    def show_one(self, id: int) -> None:
        """Show one record, whatever the list shows; select it there if it is in it."""
        if not self.list.choose(id):
            self.choose_later(id)
            # unheard: that no row is chosen is no wish to see nothing
            self.list.blockSignals(True)
            self.list.clearSelection()
            self.list.setCurrentIndex(QModelIndex())
            self.list.blockSignals(False)
        self.show_record(id)

    def choose_later(self, id: int) -> None:
        """Select a record as soon as the list knows it: one just written, or a list still on its way."""
        self._awaited = id

    def _choose_awaited(self) -> None:
        if self._awaited is not None and self.current_record() == self._awaited and not self.is_dirty():
            self.list.choose(self._awaited)
        if self.list.current_id() is not None:
            self._awaited = None
