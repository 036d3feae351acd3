"""The recycle bin of the office: who deleted what, when and why, what went with it; restored, or forgotten for good."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

from crm_desktop import log_words, recycle_bin, values
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.recycle_bin import Deleted
from crm_desktop.store import thinning
from crm_desktop.store.attempt import Attempt
from ui import errors, refresh, tasks, theme
from ui.parts import desk
from ui.parts.dialog import Dialog
from ui.parts.empty import Empty
from ui.parts.list_source import Column, Page, Row
from ui.parts.list_view import ListView
from ui.parts.notice import Notice
from ui.parts.persisting import until_saved
from ui.parts.search_line import SearchLine

R = TypeVar("R")
YEAR = 365
TYPING = 250
"""Milliseconds after the last key until the bin is searched."""


class BinSource:
    """What lies in the bin, as a list; `found` gives back what a row stands for."""

    columns: Sequence[Column] = (
        Column("kind", N_("Kind of record"), 14, sortable=False),
        Column("name", N_("Record"), 24, sortable=False),
        Column("went", N_("Went with it"), 30, sortable=False),
        Column("at", N_("Deleted at"), 16, show=lambda at: values.show_datetime(at, near=True), sortable=False),
        Column("who", N_("Deleted by"), 10, sortable=False),
        Column("why", N_("Why"), 20, sortable=False),
    )

    def __init__(self, text: str = "") -> None:
        """`text` is looked for in what a row says; nothing shows all."""
        self._text = text.casefold()
        self._found: dict[int, Deleted] = {}
        self.all = 0
        """How much lies in the bin, whatever is looked for."""

    def found(self, ids: Sequence[int]) -> list[Deleted]:
        """What these rows stand for."""
        return [self._found[i] for i in ids if i in self._found]

    def _read(self) -> list[int]:
        found = recycle_bin.deleted()
        self.all = len(found)
        self._found = {one.entry: one for one in found if self._text in "\n".join(_row(one)).casefold()}
        return list(self._found)

    def first(self, n: int) -> Page:
        """What was deleted last."""
        ids = self._read()
        return Page(ids[:n], [_row(self._found[i]) for i in ids[:n]], len(ids))

    def ids(self) -> array[int]:
        """Everything in the bin."""
        return array("q", self._read())

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """What is written in these rows."""
        return {i: _row(self._found[i]) for i in ids if i in self._found}


def _row(one: Deleted) -> Row:
    return log_words.kind(one.table), one.name, one.went_in_words, one.at, one.who, one.note


class RecycleBin(Dialog):
    """Newest first; what is chosen comes back with everything that hung on it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, _("Recycle bin"), "recycle_bin", QSize(980, 600))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.notice = Notice()
        self.content.addWidget(self.notice)
        self.search = SearchLine(_("A name, a person, a reason …"), _("Search in the recycle bin"))
        wait = QTimer(self, singleShot=True, interval=TYPING)
        wait.timeout.connect(self._search)
        self.search.textChanged.connect(lambda _text: wait.start())
        self.content.addWidget(self.search)
        self._source = BinSource()
        self.list = ListView(self._source, "recycle_bin", _("Recycle bin"))
        self.empty = Empty("trash", _("The bin is empty. What is deleted can be brought back here."))
        self.list.set_empty(self.empty)
        self.list.newest_first = True
        self.list.fill_menu = self._fill_menu
        self.list.selectionModel().selectionChanged.connect(lambda _now, _before: self._offer())
        self.content.addWidget(self.list, 1)
        self.empty_button = self.add_button(_("Empty…"), self.ask_to_empty)
        self.add_button(_("Close"), self.accept)
        self.restore_button = self.add_button(_("Restore"), self.restore, primary=True)
        self.restore_button.setDefault(False)  # Enter in the search box searches
        self.restore_button.setAutoDefault(False)
        self.list.counted.connect(lambda _number: self._offer())
        self._offer()
        refresh.signal.changed.connect(self._changed)
        self.list.reload()

    @override
    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self.list.setFocus()

    def _changed(self, _changed: object) -> None:
        self.list.reload()

    def _fill_menu(self, menu: QMenu, ids: array[int]) -> None:
        if ids:
            menu.addAction(theme.icon("arrow-back-up"), _("Restore"), self.restore)

    def _search(self) -> None:
        """Show what has the text in it."""
        text = self.search.text().strip()
        self._source = BinSource(text)
        nothing = _("Nothing in the bin has this in it.")
        self.empty.say("trash", nothing if text else _("The bin is empty. What is deleted can be brought back here."))
        self.list.show_source(self._source)

    def _offer(self) -> None:
        self.empty_button.setEnabled(self._source.all > 0)
        self.restore_button.setEnabled(bool(self.list.selectionModel().hasSelection()))

    def restore(self) -> None:
        """Bring back what is selected, as one change."""
        chosen = self._source.found(self.list.selected_ids())
        if not chosen:
            return
        who = desk.user()
        self._write(
            recycle_bin.RESTORING, lambda progress: recycle_bin.restoring(who, chosen, progress), self._restored
        )

    def _write(self, action: str, work: Callable[[tasks.Progress], Attempt[R]], then: Callable[[R], object]) -> None:
        """Do it in the store thread; it shows how far it is and can be cancelled."""
        progress = tasks.Progress()
        self.message_bar.follow(progress, _(action))

        def here(do: Callable[[], object]) -> None:
            if shiboken6.isValid(self):
                do()

        def refused(trouble: Exception, given_up: bool) -> None:
            if isinstance(trouble, UserError) and not given_up:
                errors.tell(self if shiboken6.isValid(self) else None, trouble)

        until_saved(
            action,
            work(progress).go,
            got=lambda saved: here(lambda: then(saved.result)),
            refused=refused,
            stopped=lambda: here(lambda: desk.stopped(self)),
            progress=progress,
        )

    def _restored(self, restored: recycle_bin.Restored) -> None:
        if restored.change:
            said = ngettext(
                "{n} record is back, with all that went with it.",
                "{n} records are back, with all that went with them.",
                restored.back,
            ).format(n=f"{restored.back:,}")
            desk.done(self, restored.change, said)
        if restored.troubles:
            self.message_bar.error(restored.troubles[0])
        self.list.reload()

    def ask_to_empty(self) -> None:
        """Ask what may be forgotten for good."""
        self.notice.say(
            _("Forget for good what was deleted long ago? It cannot be brought back then, not even by Undo."),
            (
                (_("Forget what is older than 90 days"), partial(self._empty, thinning.LEAST_DAYS)),
                (_("Forget what is older than a year"), partial(self._empty, YEAR)),
                (_("Keep everything"), self.notice.hide),
            ),
            "overdue",
        )

    def _empty(self, days: int) -> None:
        self.notice.hide()
        who = desk.user()
        self._write(
            recycle_bin.EMPTYING, lambda progress: recycle_bin.emptying(who, days, None, progress), self._emptied
        )

    def _emptied(self, number: int) -> None:
        said = ngettext("{n} record was forgotten for good.", "{n} records were forgotten for good.", number)
        self.message_bar.say(said.format(n=f"{number:,}") if number else _("Nothing in the bin is that old."))
        self.list.reload()
