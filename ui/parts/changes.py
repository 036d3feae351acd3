"""The history of a record: who changed what, when and from which computer, old and new in words, and the way back."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from crm_desktop import log_words, values
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_, _
from crm_desktop.store.change import Change
from ui import refresh, theme
from ui.parts import desk
from ui.parts.dialog import Dialog
from ui.parts.empty import Empty
from ui.parts.list_source import Column, Page, Row
from ui.parts.list_view import ListView

LINES = 1000
"""More fields than any record has: lines of one event are numbered within it."""


class ChangesSource:
    """One record's history as a list; `line` gives back what a row stands for."""

    columns: Sequence[Column] = (
        Column("at", N_("Changed at"), 16, show=lambda at: values.show_datetime(at, near=True), sortable=False),
        Column("who", N_("Who"), 8, sortable=False),
        Column("what", N_("What"), 14, sortable=False),
        Column("before", N_("Before"), 18, sortable=False),
        Column("after", N_("After"), 18, sortable=False),
        Column("action", N_("In which action"), 18, sortable=False),
        Column("pc", N_("Computer"), 12, sortable=False),
    )

    def __init__(self, table: str = "", record: int = 0, field: str | None = None) -> None:
        self._table, self._record, self._field = table, record, field
        self._lines: dict[int, log_words.Line] = {}

    def line(self, id: int | None) -> log_words.Line | None:
        """The line of a row; None while it is not known."""
        return self._lines.get(id) if id is not None else None

    def _read(self) -> list[int]:
        found: dict[int, log_words.Line] = {}
        for line in log_words.history(self._table, self._record, self._field) if self._table else ():
            number = line.event.entry * LINES
            while number in found:
                number += 1
            found[number] = line
        self._lines = found
        return list(found)

    def first(self, n: int) -> Page:
        """The newest lines."""
        ids = self._read()
        return Page(ids[:n], [_row(self._lines[i]) for i in ids[:n]], len(ids))

    def ids(self) -> array[int]:
        """All lines."""
        return array("q", self._read())

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """What stands in these lines."""
        return {i: _row(self._lines[i]) for i in ids if i in self._lines}


def _row(line: log_words.Line) -> Row:
    event = line.event
    action = _(event.action) + (f" ({event.note})" if event.note else "")
    before, after = (text.replace("\n", " ") for text in (line.before, line.after))
    return event.at, event.who, line.label, before, after, action, event.pc


class Changes(QWidget):
    """Newest first; read when it is looked at. A field can be followed alone, and an old value put back."""

    def __init__(self, table: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._record: int | None = None
        self._stale = True
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        line = QHBoxLayout()
        label = QLabel(_("Only"))
        label.setProperty("tone", "muted")
        self.fields = QComboBox()
        self.fields.setAccessibleName(_("Which field's changes"))
        self.fields.addItem(_("All fields"), None)
        for name, title in log_words.fields(table):
            self.fields.addItem(title, name)
        self.fields.currentIndexChanged.connect(lambda _index: self._show())
        label.setBuddy(self.fields)
        line.addWidget(label)
        line.addWidget(self.fields)
        line.addStretch()
        column.addLayout(line)
        self._source = ChangesSource()
        self.list = ListView(self._source, f"changes/{table}", _("Changes"))
        self.empty = Empty("history", _("Nothing was changed here yet."))
        self.list.set_empty(self.empty)
        self.list.newest_first = True
        self.list.chosen.connect(lambda _id: self._offer())
        self.list.fill_menu = self._fill_menu
        column.addWidget(self.list, 1)
        below = QHBoxLayout()
        self.back = QPushButton(theme.icon("arrow-back-up"), _("Put the old value back"))
        self.back.setAutoDefault(False)
        self.back.clicked.connect(self.put_back)
        below.addWidget(self.back)
        below.addStretch()
        column.addLayout(below)
        self._offer()
        refresh.signal.changed.connect(self._changed)

    def show_record(self, record: int | None) -> None:
        """Show the history of another record, as soon as somebody looks."""
        self._record = record
        self._show()

    def _show(self) -> None:
        self._stale = not self.isVisible()
        if self._stale:
            return
        if self._record is None:
            self._source = ChangesSource()
        else:
            self._source = ChangesSource(self._table, self._record, self.fields.currentData())
        only = self.fields.currentText() if self.fields.currentData() is not None else ""
        unchanged = _("“{field}” was not changed here yet.").format(field=only)
        self.empty.say("history", unchanged if only else _("Nothing was changed here yet."))
        self.list.show_source(self._source)
        self._offer()

    def _changed(self, changed: frozenset[tuple[str, int]] | None) -> None:
        if changed is None or (self._table, self._record) in changed:
            self._stale = True
            if self.isVisible():
                self._stale = False
                self.list.reload()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._show()

    def _line(self) -> log_words.Line | None:
        """The chosen line, if its old value can be put back."""
        line = self._source.line(self.list.current_id())
        model = log_words.model(self._table)
        if line is None or model is None or line.event.op != "~" or line.field not in model.typed():
            return None
        # the course of a case goes on by its steps, and back by undoing them
        return line if line.field not in model.by_steps else None

    def _offer(self) -> None:
        self.back.setEnabled(self._line() is not None)

    def _fill_menu(self, menu: QMenu, _ids: array[int]) -> None:
        line = self._line()
        if line is not None:
            words = _("Put back: {value}").format(value=line.before or _("(empty)"))
            menu.addAction(theme.icon("arrow-back-up"), words, self.put_back)

    def put_back(self) -> None:
        """Give the field the value it had before the chosen line."""
        line = self._line()
        if line is None:
            return
        said = _("{label}: {value} is back.").format(label=line.label, value=line.before or _("(empty)"))
        desk.write(self, N_("Put an old value back"), partial(_put_back, line), said=said)


def _put_back(line: log_words.Line, c: Change) -> None:
    model = log_words.model(line.event.table)
    assert model is not None
    record = model.get_row(line.event.record)
    if record is None:
        raise UserError(_("This record was deleted. Restore it from the recycle bin first."))
    c.save(record, {line.field: model.described()[line.field].python_value(line.old)})


class ChangesDialog(Dialog):
    """The history of one record in a window of its own."""

    def __init__(self, parent: QWidget | None, table: str, record: int, called: str) -> None:
        title = _("Changes of {name}").format(name=called)
        super().__init__(parent, title, f"changes/{table}", QSize(960, 560))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.changes = Changes(table)
        self.content.addWidget(self.changes, 1)
        self.add_button(_("Close"), self.accept)
        self.changes.show_record(record)
