"""The work behind the import window: read files, judge their rows, save them; one step at a time, off the window."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from crm_desktop.errors import UserError
from crm_desktop.exchange import bringing, definitions, headings, importing, mappings, new_fields
from crm_desktop.exchange.deciding import Rules
from crm_desktop.exchange.definitions import Definition
from crm_desktop.exchange.headings import UNKNOWN, Column
from crm_desktop.exchange.importing import Plan, TablePlan
from crm_desktop.exchange.judging import NEW, UPDATE
from crm_desktop.exchange.words import Target
from crm_desktop.i18n import N_, _
from crm_desktop.store.troubles import Unsettled
from ui import errors, tasks
from ui.dialogs.import_deciding import Answers
from ui.dialogs.import_judged import Judged, judged
from ui.dialogs.import_lists import Entry
from ui.dialogs.import_reading import Reading
from ui.dialogs.import_summary import Done
from ui.parts import desk, safekeeping
from ui.parts.persisting import until_saved
from ui.tasks import Progress

IMPORT = N_("Import")
"""What saving is called where it waits (msgid)."""
_Known = tuple[Plan, list[Judged], list[Definition], int]
"""What judging tells: the plan, its lists, what the workbooks tell of the office, and how much beside the lists."""


class Work(QObject):
    """The chosen lists and what becomes of them."""

    begun = Signal(object, str)
    """A step begins: its Progress and what it does."""
    changed = Signal()
    """The lists, or where their columns go, are other ones; they are being judged anew."""
    judged = Signal()
    """What becomes of every row is known."""
    saved = Signal(object)
    """The import is written (Done), or was not (None)."""

    warned = Signal(str)
    """What is to be known about the backup before the import."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []
        self.plan: Plan | None = None
        self.saving = False
        self.rules = Rules()
        self.definitions: list[Definition] = []
        """What the chosen workbooks tell of the office itself and the open file does not."""
        self.beside = 0
        """How many records of a whole office's workbook come in beside lists of which nothing is new."""
        self.corrected: set[Entry] = set()
        """Lists in which somebody put something right."""
        self._progress: Progress | None = None
        self.reading = Reading(self)
        self.reading.begun.connect(self.begun)
        self.reading.found.connect(lambda entry: self.entries.append(entry))
        self.reading.ended.connect(self.judge)

    def add_files(self, files: Sequence[Path]) -> None:
        """Read these files one after the other; one that is there already is read anew: it may have been mended."""
        if self.saving:
            return
        self.entries = [entry for entry in self.entries if entry.path not in files]
        if files:
            self._stop()
            self.reading.add(files)

    def remove(self, entry: Entry) -> None:
        """Leave a list out."""
        self.entries.remove(entry)
        self.judge()

    def read_as(self, path: Path, encoding: str) -> None:
        """The characters of a text file look wrong: read it as written in another encoding ("" finds it out)."""
        self.reading.encodings[path] = encoding
        self.add_files([path])

    def choose_kind(self, entry: Entry, kind: str) -> None:
        """The user says what a list is about."""
        assert entry.plan is not None
        entry.plan.mapping = headings.recognise(entry.plan.table, kind)
        entry.plan.settled = True
        self.corrected.add(entry)
        self.judge()

    def correct(self, entry: Entry, column: int, target: Target | None) -> None:
        """The user says where a column goes."""
        assert entry.plan is not None
        old = entry.plan.mapping
        # a copy: the old one may be at work in the other thread
        mapping = replace(old, columns=[replace(each) for each in old.columns])
        mapping.set(column, target)
        entry.plan.mapping = mapping
        entry.plan.settled = True
        self.corrected.add(entry)
        self.judge()

    def answer(self, answers: Answers) -> None:
        """The user settled what was in doubt: how columns are meant, who names are."""
        for entry, column, about, key in answers.ways:
            if entry.plan is not None:
                columns = [replace(each, ways=dict(each.ways)) for each in entry.plan.mapping.columns]
                columns[column].ways[about] = key
                entry.plan.mapping = replace(entry.plan.mapping, columns=columns)
                self.corrected.add(entry)
        for word, decision in answers.decisions.items():
            self.rules.decide(word, decision)
        self.judge()

    def add_fields(self, entry: Entry, columns: Sequence[Column], label: str = "", kind: str = "") -> None:
        """Columns without a field of ours get one of the office's own."""
        plan, user = entry.plan, desk.user()
        assert plan is not None
        self._stop()
        tasks.run(self, lambda: new_fields.add(user, plan, columns, label, kind), lambda _made: self._added(entry))

    def take_definitions(self) -> None:
        """Lists, own fields and settings of the workbooks become the office's."""
        wanted, user = self.definitions, desk.user()
        self._stop()
        tasks.run(self, lambda: definitions.take(user, wanted), lambda _change: self._taken())

    def _taken(self) -> None:
        """Columns can have found fields now."""
        for entry in self.entries:
            if entry.plan is not None and entry.plan.beside and entry not in self.corrected:
                entry.plan.mapping = entry.plan.guess(entry.plan.kind)
        self.judge()

    def _added(self, entry: Entry) -> None:
        self.corrected.add(entry)
        self.judge()

    def remember(self) -> None:
        """Keep what was put right, also when nothing is imported."""
        plans = [entry.plan for entry in self.corrected if entry.plan is not None]
        if plans:
            user = desk.user()
            tasks.run(QApplication.instance() or self, lambda: mappings.remember(user, plans))
        self.corrected.clear()

    def paste(self, text: str) -> None:
        """Take a text that was copied elsewhere in as a list; one that holds none is refused with a sentence."""
        if self.saving:
            return

        def take(plans: list[TablePlan]) -> None:
            self.entries += [Entry(plan.path, plan) for plan in plans]
            self.judge()

        tasks.elsewhere(self, lambda: importing.tables_in(text), take, place="paste")

    def judge(self) -> None:
        """Judge all rows anew; an older judgement is void."""
        if self.saving or self.reading.busy:
            return
        self._stop()
        plans = [entry.plan for entry in self.entries if entry.plan is not None]
        self.changed.emit()
        plan, self.plan = self.plan, None
        if not plans:
            self.definitions, self.beside = [], 0
            self.judged.emit()
            return
        progress, rules = self._begin(_("Checking rows")), self.rules

        def work() -> _Known:
            found = plan or Plan([])
            found.tables, found.rules = list(plans), rules
            found.judge(progress)
            told = definitions.differing([sheet for _path, sheet in found.beside])
            lists = judged(found)
            rows = any(each.counts[NEW] or each.counts[UPDATE] for each in lists)
            return found, lists, told, 0 if rows else bringing.waiting(found.beside)

        tasks.run(self, work, self._take, place="judge", progress=progress, ended=lambda: self._judged(progress))

    def save(self) -> None:
        """Write everything as one change; a backup is made before."""
        plan = self.plan
        if plan is None or self.saving:
            return
        self.saving = True
        progress, user, done = self._begin(_("Importing")), desk.user(), list[Done]()
        told, troubles, tries = list[str](), list[Exception](), list[None]()

        def go() -> None:
            if not told:
                told.append(safekeeping.before("import", progress))
                plan.tables = [each for each in plan.tables if each.kind != UNKNOWN]
            if tries and not done:
                plan.judge(progress)  # the try before has let go of what it had written
            tries.append(None)
            try:
                done.extend([] if done else [Done.of(plan, plan.save(user, progress))])
            except Unsettled as lost:
                raise UserError(str(lost)) from lost  # not again by itself: somebody looks whether it is there
            mappings.remember(user, plan.tables)

        until_saved(
            IMPORT,
            go,
            got=lambda _none: None,
            refused=lambda trouble, given_up: None if given_up else troubles.append(trouble),
            stopped=lambda: None,
            ended=lambda: self._saved(done, "".join(told), troubles),
            progress=progress,
        )

    def cancel(self) -> None:
        """Stop what is under way: reading and judging at once, saving at its next step."""
        gc.unfreeze()
        self.reading.cancel()
        if self._progress is not None:
            self._progress.cancel()

    def forget(self) -> None:
        """Begin anew."""
        self._stop()
        self.remember()
        self.entries, self.plan = [], None
        self.rules = Rules(self.rules.existing, self.rules.create_missing)

    def _take(self, answer: _Known) -> None:
        self.plan, lists, self.definitions, self.beside = answer
        by_plan = {id(each.table): each for each in lists}
        for entry in self.entries:
            entry.judged = by_plan.get(id(entry.plan))

    def _judged(self, progress: Progress) -> None:
        if self._progress is not progress:
            return  # other work has begun meanwhile
        self._progress = None
        if self.plan is None:
            for entry in self.entries:
                entry.judged = None
        self.judged.emit()

    def _saved(self, done: list[Done], told: str, troubles: list[Exception]) -> None:
        """The answer stands in `done`: a Cancel that came too late must not hide what was written."""
        if not shiboken6.isValid(self):
            return  # the window was closed meanwhile
        self.saving, self._progress = False, None
        if done:
            self.corrected.clear()
        self.saved.emit(done[0] if done else None)
        if done and told:
            self.warned.emit(told)
        for trouble in troubles:  # last, so that the reason stays to be read
            if isinstance(trouble, UserError):
                errors.tell(self.parent(), trouble)

    def _begin(self, text: str) -> Progress:
        self._progress = Progress(self)
        self.begun.emit(self._progress, text)
        return self._progress

    def _stop(self) -> None:
        if self._progress is not None:
            self._progress.cancel()
            self._progress = None
