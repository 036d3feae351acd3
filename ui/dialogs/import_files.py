"""Import: choose files, see what becomes of every row, put guesses right, save as one change, take it back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import shiboken6
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QStackedWidget,
    QWidget,
)
from typing_extensions import override

from crm_desktop.exchange import new_fields
from crm_desktop.exchange.judging import NEW, UPDATE
from crm_desktop.exchange.words import KINDS
from crm_desktop.i18n import _
from crm_desktop.store.history import Undone
from ui.dialogs import import_summary
from ui.dialogs.import_deciding import Deciding
from ui.dialogs.import_lists import Entry
from ui.dialogs.import_look import LookPage, what_comes
from ui.dialogs.import_start import StartPage
from ui.dialogs.import_work import Work
from ui.dialogs.new_field import NewField
from ui.parts import desk
from ui.parts.dialog import Dialog
from ui.parts.file_drop import FileDrop
from ui.parts.tab import Show

PATTERN = "*.xlsx *.xls *.xlsm *.xlsb *.ods *.fods *.et *.dbf *.csv *.tsv *.txt *.vcf *.zip"
START, LOOK, SUMMARY = range(3)


class ImportDialog(Dialog):
    """One page: files and columns on the left, what becomes of each row on the right; then the summary."""

    asked = Signal(object)
    """A Show: the imported records."""

    def __init__(self, parent: QWidget, files: Sequence[Path] = ()) -> None:
        super().__init__(parent, _("Import from Excel"), "import", QSize(1160, 660))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.window_behind = parent
        self.current: Entry | None = None
        self.change = 0
        self.wish: Show | None = None
        self.work = Work(self)
        self.pages = QStackedWidget()
        self.pages.addWidget(StartPage(self.choose_files, self.paste))
        self.look = look = LookPage()
        self.lists, self.mapping, self.preview = look.lists, look.mapping, look.preview
        self.existing, self.missing, self.homeless = look.existing, look.missing, look.homeless
        self.open_questions = look.open_questions
        self.pages.addWidget(look)
        self.summary = import_summary.Summary()
        self.pages.addWidget(self.summary)
        self.content.addWidget(self.pages, 1)
        self.more_button = self.add_button(_("Add files…"), self.choose_files)
        self.close_button = self.add_button(_("Close"), self.reject)
        self.undo_button = self.add_button(_("Take back the import"), self.take_back)
        self.import_button = self.add_button(_("Import"), self.import_rows, primary=True)
        self.show_button = self.add_button(_("Show what was imported"), self.show_imported, primary=True)
        self._connect()
        self.show_page(START)
        self.add_files(files)

    def _connect(self) -> None:
        self.lists.chosen.connect(self.look_at)
        self.lists.kind_chosen.connect(self.choose_kind)
        self.lists.removed.connect(self.work.remove)
        self.lists.encoding_chosen.connect(self.work.read_as)
        self.mapping.corrected.connect(
            lambda column, target: self.work.correct(self.current, column, target) if self.current else None
        )
        self.mapping.missed.connect(self.make_field)
        self.homeless.clicked.connect(lambda: self.make_fields())
        self.existing.activated.connect(lambda _n: self.choose_existing(self.existing.currentData()))
        self.missing.toggled.connect(self.add_missing)
        self.work.begun.connect(self.message_bar.follow)
        self.work.changed.connect(self.show_lists)
        self.work.judged.connect(self.show_judged)
        self.work.saved.connect(self.show_saved)
        self.work.warned.connect(lambda text: self.message_bar.say(text, tone="due"))
        self.finished.connect(lambda _result: self._end())
        QShortcut(QKeySequence.StandardKey.Paste, self, self.paste)
        FileDrop(self).dropped.connect(self.add_files)

    # files and what becomes of their rows

    def choose_files(self) -> None:
        """Ask for files."""
        chosen, _kind = QFileDialog.getOpenFileNames(
            self, _("Choose files to import"), "", _("Lists ({pattern});;All files (*)").format(pattern=PATTERN)
        )
        self.add_files([Path(name) for name in chosen])

    def add_files(self, files: Sequence[Path]) -> None:
        """Bring these files in, too; after an import the dialog begins anew with them."""
        if files and self.pages.currentIndex() == SUMMARY:
            self.work.forget()
        self.work.add_files(files)

    def paste(self) -> None:
        """Bring in what was copied elsewhere: a table, a contact, an invoice title."""
        if self.pages.currentIndex() == SUMMARY:
            self.work.forget()
        self.work.paste(QApplication.clipboard().text())

    def choose_existing(self, existing: str) -> None:
        """What becomes of records that are there already."""
        self.work.rules.existing = existing
        self.work.judge()

    def make_field(self, index: int) -> None:
        """A column gets a field of the office's own, as the user wants it."""
        entry = self.current
        if entry is None or entry.plan is None:
            return
        column = entry.plan.mapping.columns[index]
        asked = NewField(self, column.heading, new_fields.guess(entry.plan, column), _(KINDS[entry.plan.kind]))
        asked.made.connect(lambda label, kind: self.work.add_fields(entry, [column], label, kind))
        asked.open()

    def make_fields(self) -> None:
        """All columns that go nowhere get a field of their own."""
        if self.current is not None and self.current.plan is not None:
            self.work.add_fields(self.current, new_fields.homeless(self.current.plan))

    def decide(self) -> None:
        """Let the user settle what is in doubt."""
        rules = self.work.rules
        doubts = [(e, doubt) for e in self.work.entries if e.judged is not None for doubt in e.judged.doubts]
        asked = Deciding(self, doubts, list(rules.questions.values()), len(rules.decisions))
        asked.answered.connect(self.work.answer)
        asked.open()

    def choose_kind(self, entry: Entry, kind: str) -> None:
        """The user says what a list is about."""
        self.current = entry
        self.work.choose_kind(entry, kind)

    def add_missing(self, on: bool) -> None:
        """Whether histories and ledgers may bring in the customers they name."""
        self.work.rules.create_missing = on
        self.work.judge()

    def show_lists(self) -> None:
        """Show the lists while their rows are being judged."""
        entries = self.work.entries
        if self.current not in entries:
            self.current = next((entry for entry in entries if entry.plan is not None), None)
        self.lists.show_entries(entries, self.current)
        self.show_page(LOOK if entries else START)
        self.import_button.setEnabled(False)
        self.look_at(self.current)

    def show_judged(self) -> None:
        """Show what becomes of the rows; the main button says how many come in."""
        self.lists.refresh()
        self.look_at(self.current)
        open_ = [d for e in self.work.entries if e.judged is not None for d in e.judged.doubts if not d.settled]
        self.look.tell_missing(self.work.rules.missing)
        self.look.tell_definitions(len(self.work.definitions), self.work.take_definitions)
        self.look.tell_open(len(open_) + len(self.work.rules.questions), self.decide)
        known = [entry for entry in self.work.entries if entry.judged is not None]
        found = [entry.judged.counts for entry in known if entry.judged is not None]
        rows = sum(counts[NEW] + counts[UPDATE] for counts in found)
        stopped = self.work.plan is None and any(entry.plan is not None for entry in self.work.entries)
        self.import_button.setText(_("Check the rows") if stopped else what_comes(rows, self.work.beside))
        self.import_button.setEnabled(stopped or rows + self.work.beside > 0)

    def look_at(self, entry: Entry | None) -> None:
        """Show the columns and rows of a list."""
        self.current = entry
        self.lists.look_at(entry)
        self.mapping.show_table(entry.plan if entry else None)
        self.preview.show_judged(entry.judged if entry else None)
        columns = new_fields.homeless(entry.plan) if entry and entry.plan else []
        self.homeless.setToolTip(_(", ").join(column.heading for column in columns))
        self.homeless.setVisible(bool(columns))

    # saving and its way back

    def import_rows(self) -> None:
        """Write everything as one change; after a check that was stopped, check again first."""
        if self.work.plan is None:
            self.work.judge()
            return
        self.import_button.setEnabled(False)
        self.import_button.setText(_("Importing…"))
        self.pages.setEnabled(False)
        self.more_button.setEnabled(False)
        self.close_button.setText(_("Cancel"))
        self.work.save()

    def show_saved(self, done: import_summary.Done | None) -> None:
        """Show what was written, or that nothing was."""
        self.pages.setEnabled(True)
        self.more_button.setEnabled(True)
        self.close_button.setText(_("Close"))
        if done is None:
            self.message_bar.say(_("Nothing was imported."), tone="muted")
            self.work.judge()
            return
        self.change, self.wish = done.result.change or 0, done.wish
        self.summary.show_done(done)
        if self.change:
            desk.done(self.window_behind, self.change, self.summary.sentence.text())
        self.show_page(SUMMARY)

    def take_back(self) -> None:
        """Undo the import; what somebody changed since is kept and named."""
        self.undo_button.setEnabled(False)
        self.show_button.setEnabled(False)

        def told(undone: Undone) -> None:
            if shiboken6.isValid(self):
                self.summary.show_undone(undone)
                self.undo_button.hide()
                self.show_button.hide()

        desk.undo(self.window_behind, self.change, told)

    def show_imported(self) -> None:
        """Show the records that came in, in the window behind."""
        wish = self.wish
        self.accept()
        if wish is not None:
            self.asked.emit(wish)

    def show_page(self, number: int) -> None:
        """Go to a page, with the buttons that make sense there."""
        self.pages.setCurrentIndex(number)
        self.more_button.setVisible(number != START)
        self.more_button.setText(_("Add files…") if number == LOOK else _("Import more files…"))
        self.import_button.setVisible(number == LOOK)
        for button, there in ((self.undo_button, bool(self.change)), (self.show_button, self.wish is not None)):
            button.setVisible(number == SUMMARY and there)
            button.setEnabled(True)

    def _end(self) -> None:
        """What was put right is remembered, also when nothing is imported."""
        self.work.cancel()
        self.work.remember()

    @override
    def reject(self) -> None:
        """Stop what is under way; while something is being saved the window stays until that is decided."""
        self.work.cancel()
        if not self.work.saving:
            super().reject()
