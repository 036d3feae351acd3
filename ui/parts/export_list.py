"""Export of exactly what a list shows: its rows and columns in their order, written while the work goes on."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from queue import Empty, Queue
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, QSize, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QFileDialog,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.exchange import exporting, packages, sheet_columns, vcards, whole_office
from crm_desktop.exchange.packages import Attached
from crm_desktop.exchange.sheet_columns import Column
from crm_desktop.exchange.whole_office import Part
from crm_desktop.i18n import _, ngettext
from crm_desktop.listing import Listing
from crm_desktop.models.base import Record
from crm_desktop.store import snapshot, traces
from ui import preferences, tasks
from ui.parts import desk, heavy
from ui.parts.dialog import Dialog
from ui.parts.ticks import Dot
from ui.tasks import Progress

CHUNK = 500
"""Records read at a time: the customer file is free for everybody in between."""
AHEAD = 4
"""Chunks read before they are written."""
FORMATS = {".xlsx": "Excel (*.xlsx)", ".csv": "CSV (*.csv)"}
CARDS = {".vcf": "vCard (*.vcf)"}
CHOSEN = preferences.Preference[dict[str, list[str]]]("export_columns", {})
"""The columns somebody last chose one by one, by table."""


def export(
    parent: QWidget, listing: Listing, columns: Sequence[str] | None, title: str, selected: Sequence[int] = ()
) -> None:
    """Ask which rows and columns, and where; then write in the background.

    `columns` are those shown, in their order (None: there is no choice, all fields); `selected` the chosen records.
    """
    ExportDialog(parent, listing, columns, title, selected).open()


class ExportDialog(Dialog):
    """Which rows and which columns; the answers that fit most often are chosen already."""

    def __init__(
        self,
        parent: QWidget,
        listing: Listing,
        columns: Sequence[str] | None,
        title: str,
        selected: Sequence[int],
    ) -> None:
        super().__init__(parent, _("Export: {title}").format(title=title))
        self._parent, self._listing, self._columns, self._title = parent, listing, columns, title
        self.setMinimumWidth(380)
        self._all: array[int] = array("q")
        self._selected = array("q", selected)
        self.every_row = Dot(_("All rows of the list"))
        self.these_rows = Dot()
        self.shown_columns = Dot(_("The columns as they are shown"))
        self.every_column = Dot(_("All fields that hold something"))
        self.these_columns = Dot(_("These fields:"))
        self.fields = self._fields(listing.model)
        several = len(self._selected) > 1
        self.these_rows.setText(
            ngettext("Only the {n} selected row", "Only the {n} selected rows", len(self._selected)).format(
                n=f"{len(self._selected):,}"
            )
        )
        self.these_rows.setVisible(several)
        self._group(_("Rows"), self.every_row, self.these_rows)
        self._group(_("Columns"), self.shown_columns, self.every_column, self.these_columns)
        self.content.addWidget(self.fields, 1)
        self.these_columns.toggled.connect(self._offer_fields)
        (self.these_rows if several else self.every_row).setChecked(True)
        (self.every_column if columns is None else self.shown_columns).setChecked(True)
        self.shown_columns.setEnabled(columns is not None)
        self.fields.hide()
        self.content.addStretch()
        self.add_button(_("Cancel"), self.reject)
        self.button = self.add_button(_("Export…"), self.choose_file, primary=True)
        self.button.setEnabled(False)
        self.every_row.toggled.connect(lambda _on: self._count())
        tasks.run(self, listing.ids, self._take_ids, place="ids", reading=True)
        heavy.prepare()

    def _fields(self, model: type[Record]) -> QListWidget:
        """Every column there can be, to tick; those chosen last time are ticked."""
        box = QListWidget()
        box.setAccessibleName(_("Columns"))
        box.setMinimumHeight(220)
        last = CHOSEN.get().get(model.table(), [])
        for column in sheet_columns.all_columns(model):
            item = QListWidgetItem(column.heading, box)
            item.setData(Qt.ItemDataRole.UserRole, column)
            item.setSizeHint(QSize(0, 24))
            ticked = column.key in last if last else column.key in sheet_columns.usual(model)
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        box.itemChanged.connect(lambda _item: self._count())
        return box

    def _offer_fields(self, on: bool) -> None:
        self.fields.setVisible(on)
        self._count()

    def columns(self) -> Sequence[Column | str] | None:
        """The columns that are to be written; None for all that hold something."""
        if self.these_columns.isChecked():
            items = [self.fields.item(row) for row in range(self.fields.count())]
            ticked = [item for item in items if item.checkState() == Qt.CheckState.Checked]
            return [item.data(Qt.ItemDataRole.UserRole) for item in ticked]
        return self._columns if self.shown_columns.isChecked() else None

    def _group(self, title: str, *buttons: QRadioButton) -> None:
        label = QLabel(title)
        label.setProperty("tone", "muted")
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(label)
        group = QButtonGroup(self)
        for button in buttons:
            group.addButton(button)
            column.addWidget(button)
        self.content.addLayout(column)

    def ids(self) -> array[int]:
        """The records that are to be written."""
        return self._selected if self.these_rows.isChecked() else self._all

    def choose_file(self) -> None:
        """Ask where, and begin."""
        start = str(Path.home() / f"{_file_name(self._title)} {date.today().isoformat()}.xlsx")
        formats = FORMATS | (CARDS if self._listing.model in vcards.MODELS else {})
        name, kind = QFileDialog.getSaveFileName(self, _("Export"), start, ";;".join(formats.values()))
        if not name:
            return
        path = Path(name)
        if path.suffix.lower() not in formats:
            ending = next((ending for ending, text in formats.items() if text == kind), ".xlsx")
            path = path.with_name(path.name + ending)
        columns = self.columns()
        if self.these_columns.isChecked():
            keys = [column.key for column in columns or () if isinstance(column, Column)]
            CHOSEN.set({**CHOSEN.get(), self._listing.model.table(): keys})
        self.accept()
        Export(self._parent, path, self._listing.model, self.ids(), columns)

    def _take_ids(self, ids: array[int]) -> None:
        self._all = ids
        self._count()

    def _count(self) -> None:
        n = len(self.ids())
        self.button.setText(ngettext("Export {n} row…", "Export {n} rows…", n).format(n=f"{n:,}"))
        self.button.setEnabled(n > 0 and self.columns() != [])


class Export(QObject):
    """A file being written in the second thread, from rows the store thread reads a few at a time."""

    def __init__(
        self,
        parent: QWidget,
        path: Path,
        model: type[Record] | None,
        ids: Sequence[int] = (),
        columns: Sequence[Column | str] | None = None,
    ) -> None:
        """`model` None: everything there is, as one workbook, or with its attached files as .zip."""
        # the program's child: a file that was begun is finished although its window is closed
        super().__init__(QApplication.instance())
        self._path = path
        self._parts: list[Part] = []
        self._files: list[Attached] | None = None
        self._total = 0
        self._bar = desk.bar_near(parent)
        self._chunks: Queue[list[Any] | None] = Queue()
        self._read = 0
        self._written = 0
        self._progress = Progress(self)
        if self._bar is not None:
            self._bar.follow(self._progress, _("Writing {file}").format(file=path.name))

        def parts() -> list[Part]:
            if model is None:
                self._files = packages.attached() if whole_office.is_packed(path) else None
                return whole_office.parts(self._files)
            return [Part(model, ids, sheet_columns.columns_named(model, ids, columns))]

        tasks.run(self, parts, self._begin, failed=self._fail, reading=True)

    def _begin(self, parts: list[Part]) -> None:
        path, self._parts, files = self._path, parts, list(self._files or ())
        self._total = sum(len(part.ids) for part in parts) + len(files)

        def write() -> Path:
            if len(parts) > 1:
                whole_office.write_sheets(path, [(part, self._rows()) for part in parts], self._rows())
                return path
            model, ids, columns = parts[0]
            return exporting.export(path, model, ids, columns, rows=self._rows())

        tasks.elsewhere(self, write, self._done, failed=self._fail, ended=self._end, progress=self._progress)
        self._feed(list(parts), files)

    def _feed(self, parts: list[Part], files: list[Attached]) -> None:
        """Have the next records read, then the next file; wait while the writer is behind."""
        if self._progress.was_cancelled:
            return
        if self._chunks.qsize() > AHEAD:
            QTimer.singleShot(20, self, lambda: self._feed(parts, files))
            return
        if not parts:
            if files:
                self._read_next(lambda: [whole_office.content(files[0])], parts, files[1:])
            else:
                self._chunks.put(None)
            return
        model, ids, columns = parts[0]
        part = ids[self._read : self._read + CHUNK]
        self._read += len(part)
        if not len(part):
            self._chunks.put(None)  # a sheet is whole
            self._read = 0
            self._feed(parts[1:], files)
        elif self._path.suffix.lower() in CARDS:
            self._read_next(lambda: vcards.of(model, part), parts, files)
        else:
            self._read_next(lambda: sheet_columns.cells_of(model, part, columns), parts, files)

    def _read_next(self, rows: Callable[[], Iterable[Any]], parts: list[Part], files: list[Attached]) -> None:
        def read() -> None:
            try:
                with snapshot.instead(exact=True):
                    self._chunks.put(list(rows()))
            except BaseException:
                # whoever waits for these rows must not wait for ever
                self._progress.was_cancelled = True
                raise

        tasks.run(self, read, lambda _nothing: self._feed(parts, files), failed=self._fail, reading=True)

    def _rows(self) -> Iterator[Any]:
        """The rows as they come, in the thread that writes."""
        while True:
            self._progress(self._written, self._total)
            try:
                rows = self._chunks.get(timeout=0.2)
            except Empty:
                continue
            if rows is None:
                return
            yield from rows
            self._written = min(self._written + len(rows), self._total)

    def _done(self, path: Path) -> None:
        n = self._total
        rows = ngettext("{n} row", "{n} rows", n).format(n=f"{n:,}")
        what = _(self._parts[0].model.title) if len(self._parts) == 1 else _("Whole office")
        desk.trace(traces.EXPORTED, f"{path.name} · {what}: {rows}")
        if self._bar is not None and shiboken6.isValid(self._bar):
            self._bar.say(
                ngettext("Exported {n} row to {file}.", "Exported {n} rows to {file}.", n).format(
                    n=f"{n:,}", file=path.name
                ),
                action=_("Open"),
                do=lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))),
            )

    def _fail(self, trouble: Exception) -> None:
        self._progress.cancel()
        if self._bar is not None and shiboken6.isValid(self._bar):
            self._bar.error(str(trouble))

    def _end(self) -> None:
        self.deleteLater()


def _file_name(title: str) -> str:
    """A title without the signs no file name may have."""
    return "".join(sign for sign in title if sign not in '\\/:*?"<>|').strip()
