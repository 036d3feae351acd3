"""Reusable solutions: found, read, changed, deleted; how often each helped."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.listing import Filter, Listing
from crm_desktop.models import ServiceNote
from ui import refresh, theme
from ui.parts import deleting
from ui.parts.dialog import Dialog
from ui.parts.empty import Empty
from ui.parts.list_source import Column
from ui.parts.list_view import ListView
from ui.parts.record_panel import RecordPanel
from ui.parts.record_window import open_record
from ui.parts.search_line import SearchLine
from ui.parts.sources import ListingSource, columns_of
from ui.parts.tab import Show

COLUMNS = ("name", "type", "used")
DELETE = N_("Delete reusable solution")


def columns() -> list[Column]:
    """The type has room for its words in either language."""
    return [replace(each, width=19) if each.key == "type" else each for each in columns_of(ServiceNote, COLUMNS)]


class NotesDialog(Dialog):
    """The solutions on the left, the chosen one beside them."""

    asked = Signal(object)
    """A Show: the requests that used a solution."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, _("Reusable solutions"), "service_notes", QSize(920, 600))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._sort = ("used", True)
        self._awaited: int | None = None
        both = QSplitter(Qt.Orientation.Horizontal)
        both.setChildrenCollapsible(False)
        both.addWidget(self._left())
        self.panel = RecordPanel(ServiceNote)
        self.panel.saved.connect(self._saved)
        self.panel.editing.connect(self._editing)
        self.panel.shown.connect(self._offer)
        self.panel.opened.connect(lambda table, id: open_record(self.parentWidget(), table, id))
        self.right = QStackedWidget()
        self.right.addWidget(Empty("bulb", _("Choose a solution on the left to read it.")))
        self.right.addWidget(self.panel)
        both.addWidget(self.right)
        both.setSizes([420, 460])
        self.content.addWidget(both, 1)
        self.requests_button = self.add_button(_("Requests that used it"), self.show_requests)
        self.add_button(_("Close"), self.reject)
        self._offer(None)
        refresh.signal.changed.connect(self._changed)
        self.line.setFocus()

    def _left(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 8, 0)
        self.line = SearchLine(_("A word of it, or its pinyin …"), _("Search in this list"))
        column.addWidget(self.line)
        self.list = ListView(self._source(), "service_notes", _("Reusable solutions"))
        self.list.header.mark_sort(*self._sort)
        self.empty = Empty("bulb", "")
        self.list.set_empty(self.empty)
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        self.new_button = QPushButton(theme.icon("plus"), _("New solution"))
        self.new_button.clicked.connect(self.new)
        self.delete_button = QPushButton(theme.icon("trash"), _("Delete…"))
        self.delete_button.clicked.connect(self.ask_to_delete)
        for button in (self.new_button, self.delete_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch()
        column.addLayout(row)
        self._soon = QTimer(self, singleShot=True, interval=80)
        self._soon.timeout.connect(self.reload)
        self.line.textChanged.connect(lambda _text: self._soon.start())
        self.list.chosen.connect(self.show_note)
        self.list.sort_asked.connect(self._sort_by)
        self.list.counted.connect(self._say_empty)
        self.list.list_model.completed.connect(self._choose_awaited)
        self.reload()
        return side

    def _source(self) -> ListingSource:
        text = self.line.text() if hasattr(self, "line") else ""
        return ListingSource(Listing(ServiceNote, ("id",), text, (), *self._sort), columns())

    def reload(self) -> None:
        """Ask for what fits."""
        self.list.show_source(self._source(), self._sort)

    def show_note(self, id: int | None) -> None:
        """Show a solution, or that none is chosen."""
        nothing = id is None and self.panel.form is None
        self.right.setCurrentIndex(0 if nothing else 1)
        self.panel.show_record(id)

    def new(self) -> None:
        """Write down a solution nobody was asked for yet."""
        self.right.setCurrentIndex(1)
        self.panel.new()

    def show_requests(self) -> None:
        """The requests in which the shown solution was used."""
        note: Any = self.panel.record
        if note is not None and not self.is_dirty():
            title = _("Service requests with the solution “{name}”").format(name=note.name)
            self.asked.emit(Show("service_request", filters=(Filter("solution_note", "in", [note.id]),), title=title))
            self.accept()

    def _offer(self, note: Any) -> None:
        """What can be done with the shown solution."""
        self.delete_button.setEnabled(note is not None)
        self.requests_button.setEnabled(note is not None and bool(note.used))

    def ask_to_delete(self) -> None:
        """Ask once; requests keep the words they took from it."""
        shown = [self.panel.wanted] if self.panel.wanted is not None else []
        ids = list(self.list.selected_ids()) or shown
        if not ids:
            return
        self.right.setCurrentIndex(1)
        n = len(ids)
        question = ngettext("Delete this solution? Requests keep what they took from it.",
                            "Delete {n} solutions? Requests keep what they took from them.", n).format(n=n)  # fmt: skip
        verb = ngettext("Delete solution", "Delete {n} solutions", n).format(n=n)
        said = ngettext("{n} solution deleted.", "{n} solutions deleted.", n).format(n=n)

        def delete(why: str) -> None:
            deleting.write(self, DELETE, why, lambda c: c.delete_many(ServiceNote, ids), said)

        deleting.ask(self.panel.notice, question, verb, delete)

    @override
    def is_dirty(self) -> bool:
        return self.panel.is_dirty()

    @override
    def reject(self) -> None:
        # what is typed is asked about in its place, and can be kept as a draft
        if self.is_dirty():
            self.panel.leave(super().reject)
        else:
            super().reject()

    def _saved(self, id: int) -> None:
        if not self.list.choose(id):
            self._awaited = id

    def _choose_awaited(self) -> None:
        if self._awaited is not None and self.panel.wanted == self._awaited:
            self.list.choose(self._awaited)
        self._awaited = None

    def _editing(self, typing: bool) -> None:
        if not typing and self.panel.wanted is None:
            self.show_note(self.list.current_id())

    def _say_empty(self, _number: int) -> None:
        if self.line.text().strip():
            self.empty.say("search", _("Nothing fits. Try fewer letters."), _("Show all"), self.line.clear)
        else:
            words = _("None yet. Keep the solution of a solved request for others, or write one down here.")
            self.empty.say("bulb", words, _("New solution"), self.new)

    def _sort_by(self, column: str, descending: bool) -> None:
        self._sort = (column, descending)
        self.reload()

    def _changed(self, changed: frozenset[tuple[str, int]] | None) -> None:
        if refresh.concerns(changed, "service_note", "service_request"):
            self.list.reload()
