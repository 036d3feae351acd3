"""The operation log of the office: what everybody did, found by person, kind, period and text, and taken back."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLineEdit, QSplitter, QWidget

from crm_desktop import log_words, values
from crm_desktop.exchange import exporting_log
from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.store import log, traces
from ui import refresh, tasks, theme
from ui.dialogs import printing
from ui.parts import desk
from ui.parts.dialog import Dialog
from ui.parts.empty import Empty
from ui.parts.list_source import Column, Page, Row
from ui.parts.list_view import ListView
from ui.parts.saving_as import ending

_THIS_MONTH, _LAST_MONTH = -2, -3
PERIODS: Sequence[tuple[str, int]] = (
    (N_("Any time"), -1),
    (N_("Today"), 0),
    (N_("Last 7 days"), 6),
    (N_("Last 30 days"), 29),
    (N_("Last 365 days"), 364),
    (N_("This month"), _THIS_MONTH),
    (N_("Last month"), _LAST_MONTH),
)
"""Title (msgid) and how many days before today it begins; less than 0 for what is no number of days."""


def period(days: int, today: date) -> tuple[str, str]:
    """The first and the last day (ISO) of an entry of PERIODS; "" for no such end."""
    first = today.replace(day=1)
    if days == _THIS_MONTH:
        return first.isoformat(), ""
    if days == _LAST_MONTH:
        last = first - timedelta(1)
        return last.replace(day=1).isoformat(), last.isoformat()
    return ((today - timedelta(days)).isoformat() if days >= 0 else ""), ""


class OperationsSource:
    """The log as a list; `operation` gives back what a row stands for."""

    columns: Sequence[Column] = (
        Column("at", N_("Done at"), 16, show=lambda at: values.show_datetime(at, near=True), sortable=False),
        Column("who", N_("Who"), 10, sortable=False),
        Column("action", N_("What was done"), 22, sortable=False),
        Column("did", N_("Records"), 20, sortable=False),
        Column("note", N_("Why"), 26, sortable=False),
        Column("undone", N_("Taken back"), 18, sortable=False),
        Column("pc", N_("Computer"), 10, sortable=False),
    )

    def __init__(self, asked: log.Operations) -> None:
        self.asked = asked
        self._known: dict[int, log.Operation] = {}

    def operation(self, id: int | None) -> log.Operation | None:
        """What a row stands for; None while it is on its way."""
        return self._known.get(id) if id is not None else None

    def first(self, n: int) -> Page:
        """The newest ones."""
        ids = self.asked.first(n)
        rows = self.rows(ids)
        return Page(ids, [rows[i] for i in ids], len(ids) if len(ids) < n else None)

    def ids(self) -> array[int]:
        """All of them."""
        return self.asked.ids()

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """What is written in these rows."""
        found = self.asked.rows(ids)
        self._known |= found
        return {i: _row(operation) for i, operation in found.items()}


def _row(operation: log.Operation) -> Row:
    undone = ""
    if operation.undone_by is not None:
        who, at = operation.undone.split("\t")
        undone = f"{who} {values.show_datetime(at, near=True)}".strip()
    did = log_words.counts(operation)
    return operation.at, operation.who, log_words.action(operation), did, operation.note, undone, operation.pc


class RecordsSource:
    """What one change did, record by record."""

    columns: Sequence[Column] = (
        Column("kind", N_("Kind of record"), 14, sortable=False),
        Column("name", N_("Record"), 22, sortable=False),
        Column("did", N_("What was changed"), 60, sortable=False),
    )

    def __init__(self, change: int | None) -> None:
        self._change = change

    def first(self, n: int) -> Page:
        """The first records."""
        ids = self.ids()
        rows = self.rows(ids[:n])
        return Page(ids[:n], [rows[i] for i in ids[:n]], len(ids))

    def ids(self) -> array[int]:
        """All of them."""
        return array("q") if self._change is None else log.entries(self._change)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """What is written in these rows."""
        events = log.events(ids)
        names = log_words.names((event.table, event.record) for event in events.values())
        return {
            i: (log_words.kind(event.table), names[event.table, event.record], log_words.summary(event))
            for i, event in events.items()
        }


class Operations(Dialog):
    """Above what was done, below the records of the chosen action."""

    def __init__(self, parent: QWidget, kind: str = "") -> None:
        """`kind` shows only what was done of that kind at first, such as "imported"."""
        super().__init__(parent, _("Operation log"), "operations", QSize(1040, 680))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.content.addLayout(self._filters())
        self._source = OperationsSource(log.Operations(kind=kind))
        self.list = ListView(self._source, "operations", _("Operation log"))
        self.list.set_empty(Empty("history", _("Nothing fits. Try fewer letters, or clear the filters.")))
        self.list.newest_first = True
        self.list.chosen.connect(self._choose)
        self.list.list_model.rows_came.connect(self._offer)
        self.records = ListView(RecordsSource(None), "operation_records", _("Records of the chosen action"))
        self.records.set_empty(Empty("list", _("Choose an action above to see which records it changed.")))
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.list)
        splitter.addWidget(self.records)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        self.content.addWidget(splitter, 1)
        self.export_button = self.add_button(_("Export…"), self.export)
        self.print_button = self.add_button(_("Print…"), self.print)
        self.add_button(_("Close"), self.accept)
        self.again_button = self.add_button(_("Do it again"), self.again)
        self.undo_button = self.add_button(_("Undo this"), self.undo, primary=True)
        self.undo_button.setDefault(False)  # Enter in the search box searches
        self.undo_button.setAutoDefault(False)
        self._offer()
        refresh.signal.changed.connect(self._changed)
        self.kind.blockSignals(True)
        self.kind.setCurrentIndex(max(self.kind.findData(kind), 0))
        self.kind.blockSignals(False)
        self.list.reload()
        tasks.run(self, log.people, self._name_people, reading=True)

    def _filters(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        self.text = QLineEdit()
        self.text.setPlaceholderText(_("A customer, a value, a reason …"))
        self.text.setAccessibleName(_("Search in the operation log"))
        self.text.setClearButtonEnabled(True)
        self.text.addAction(theme.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self._typing = QTimer(self, singleShot=True, interval=250)
        self._typing.timeout.connect(self.reload)
        self.text.textChanged.connect(lambda _text: self._typing.start())
        line.addWidget(self.text, 1)
        self.who = self._box(line, _("Who did it"), [(_("Everybody"), "")])
        self.kind = self._box(
            line, _("What was done"), [(_("Everything"), "")] + [(_(t), k) for k, t in log.KINDS.items()]
        )
        self.period = self._box(line, _("When it was done"), [(_(title), days) for title, days in PERIODS])
        return line

    def _box(self, line: QHBoxLayout, name: str, options: Sequence[tuple[str, object]]) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setToolTip(name)
        for title, value in options:
            box.addItem(title, value)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        box.currentIndexChanged.connect(lambda _index: self.reload())
        line.addWidget(box)
        return box

    def _name_people(self, names: list[str]) -> None:
        for name in names:
            self.who.addItem(name, name)

    def asked(self) -> log.Operations:
        """The question that the list answers."""
        since, until = period(int(self.period.currentData()), date.today())
        return log.Operations(self.who.currentData(), self.kind.currentData(), since, until, self.text.text())

    def reload(self) -> None:
        """Ask the list's question anew."""
        self._source = OperationsSource(self.asked())
        self.list.show_source(self._source)

    def _changed(self, _changed: object) -> None:
        self.list.reload()

    def _choose(self, id: int | None) -> None:
        self.records.show_source(RecordsSource(id))
        self._offer()

    def _offer(self) -> None:
        """Undo what stands, do again what was taken back."""
        chosen = self._source.operation(self.list.current_id())
        self.undo_button.setEnabled(chosen is not None and chosen.undone_by is None and bool(chosen.counts))
        self.again_button.setEnabled(chosen is not None and chosen.undone_by is not None)

    def undo(self) -> None:
        """Take the chosen action back; what was changed since is kept, and the bar names who did."""
        chosen = self._source.operation(self.list.current_id())
        if chosen is not None and chosen.undone_by is None:
            desk.undo(self, chosen.change)

    def again(self) -> None:
        """Do again what was taken back."""
        chosen = self._source.operation(self.list.current_id())
        if chosen is not None and chosen.undone_by is not None:
            desk.redo(self, chosen.undone_by)

    def print(self) -> None:
        """Show the pages of what the list shows."""
        boxes = (self.period, self.who, self.kind)
        words = [box.currentText() for box in boxes if box.currentIndex() > 0 or box is self.period]
        text = self.text.text().strip()
        printing.LogDialog(self, self._source.asked, " · ".join([*words, text] if text else words)).open()

    def export(self) -> None:
        """Write what the list shows to an Excel file."""
        start = str(Path.home() / f"{_('Operation log')} {date.today().isoformat()}.xlsx")
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Export the operation log"), start, "Excel (*.xlsx)")
        if chosen:
            path, asked = ending(chosen, ".xlsx"), self._source.asked
            tasks.run(self, lambda: exporting_log.rows(asked), partial(self._write, path), reading=True)

    def _write(self, path: Path, rows: list[exporting_log.Row]) -> None:
        tasks.elsewhere(self, lambda: exporting_log.to_excel(path, rows), lambda _path: self._written(path, len(rows)))

    def _written(self, path: Path, number: int) -> None:
        rows = ngettext("{n} row", "{n} rows", number).format(n=f"{number:,}")
        desk.trace(traces.EXPORTED, f"{path.name} · {_('Operation log')}: {rows}")
        said = ngettext("Exported {n} row to {file}.", "Exported {n} rows to {file}.", number)
        self.message_bar.say(
            said.format(n=f"{number:,}", file=path.name),
            action=_("Open"),
            do=lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))),
        )
