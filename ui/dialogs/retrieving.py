"""Take customers or single records out of a backup: what is missing or different today comes back in part or whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import shiboken6
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSplitter, QWidget
from typing_extensions import override

from crm_desktop import retrieving, values
from crm_desktop.errors import UserError
from crm_desktop.i18n import _, ngettext
from crm_desktop.retrieving import Out, Told
from crm_desktop.store import backup, retrieve, taken
from crm_desktop.store.attempt import Attempt, Saved
from crm_desktop.store.retrieve import Choice, Retrieved
from crm_desktop.store.taken import Taken
from ui import errors, refresh, tasks
from ui.dialogs.retrieving_look import Look
from ui.parts import desk
from ui.parts.dialog import Dialog
from ui.parts.empty import Empty
from ui.parts.list_view import ListView
from ui.parts.notice import Notice
from ui.parts.persisting import until_saved
from ui.parts.taking_out import TakingOut
from ui.parts.then_and_now import OutSource, ThenAndNow


class Retrieving(Dialog):
    """The customers on the left, what is not as it was on the right; the backup is read in the second thread."""

    def __init__(self, parent: QWidget, path: Path) -> None:
        super().__init__(parent, _("Take customers out of a backup"), "retrieving", QSize(1120, 660))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._near, self._path = parent, path
        self._comparing = Look(self, path)
        self._found: Sequence[Out] = ()
        self._compared: Taken | None = None
        self._writing = False
        self.notice = Notice()
        self.content.addWidget(self.notice)
        self.asked = TakingOut(path)
        self.asked.kind_chosen.connect(self._choose_kind)
        self.asked.searched.connect(self.filter)
        self.content.addWidget(self.asked)
        self.asked.search.setFocus()
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        self.list = ListView(OutSource(()), "retrieving", _("Customers that are not as they were"))
        self.empty = Empty("search", "")
        self.list.set_empty(self.empty)
        splitter.addWidget(self.list)
        self.fields = ThenAndNow()
        splitter.addWidget(self.fields)
        splitter.setSizes([550, 570])
        splitter.setStretchFactor(1, 1)
        self.content.addWidget(splitter, 1)
        self.add_button(_("Close"), self.reject)
        self.button = self.add_button(_("Take back"), self.bring, primary=True)
        self.button.setDefault(False)  # Enter in the search is no wish to write
        self.button.setAutoDefault(False)
        self.fields.changed.connect(self._offer)
        self.list.selectionModel().selectionChanged.connect(lambda _now, _before: self._choose())
        self.list.list_model.completed.connect(self._choose)
        refresh.signal.changed.connect(self._changed)
        self._comparing.begun.connect(self._say_comparing)
        self._comparing.opened.connect(self._tell_backup)
        self._comparing.found.connect(self._show)
        self._comparing.stopped.connect(self._stopped)
        self._comparing.failed.connect(self._failed)
        self._offer()
        self.look()

    def _choose_kind(self) -> None:
        """List records of another kind."""
        self._comparing.leave_off()
        self._found = ()
        self._list(())
        self.look()

    # looking

    def look(self) -> None:
        """Compare again: something was written, or it was stopped."""
        if not self._comparing.under_way:
            self._comparing.begin(self.asked.table)

    def _say_comparing(self, progress: tasks.Progress) -> None:
        self.message_bar.follow(progress, _("Comparing the backup with today"))
        self.empty.say("search", _("Comparing the backup with today"))

    def _tell_backup(self, made: backup.Backup) -> None:
        at = values.show_datetime(made.at)
        self.asked.made.setText(_("Backup of {at}, {office}").format(at=at, office=made.office or self._path.stem))

        def tell(ours: int | None) -> None:
            if made.verified and made.origin != ours:
                self.notice.say(_("This is the backup of another customer file ({office}).").format(office=made.office))

        tasks.run(self, backup.origin, tell)

    def _stopped(self) -> None:
        stopped = _("It was stopped before everything was looked at.")
        self.empty.say("search", stopped, _("Look again"), self.look)
        self._offer()

    def _failed(self, trouble: Exception) -> None:
        self._writing = False
        self.empty.say("alert-triangle", _("Nothing could be compared."))
        self._offer()
        if isinstance(trouble, UserError):
            errors.tell(self, trouble)

    def _show(self, found: Sequence[Out]) -> None:
        self._found = found
        self.filter()

    # choosing

    def filter(self) -> None:
        """Show those that the search finds in the backup."""
        text, today, table = self.asked.text, self._comparing.today, self.asked.table
        if not text:
            self._list(self._found)
            return

        def found(ids: set[int]) -> None:
            self._list([one for one in self._found if one.record in ids], bool(ids))

        tasks.elsewhere(self, lambda: retrieving.found_in(today, text, table), found, place="search")

    def _list(self, found: Sequence[Out], known: bool = True) -> None:
        if not self._found:
            every = _("All customers are as they were in the backup.")
            self.empty.say(
                "circle-check", every if self.asked.customers else _("Everything is as it was in the backup.")
            )
        elif known:
            self.empty.say("circle-check", _("Who is found here is as in the backup."))
        else:
            nobody, nothing = _("The backup has no such customer."), _("The backup has no such record.")
            self.empty.say("search", nobody if self.asked.customers else nothing)
        self.list.show_source(OutSource(found))

    def _choose(self) -> None:
        """Compare who is selected; of several, all that differs comes back."""
        chosen = list(self.list.selected_ids())
        self._compared = None
        if len(chosen) != 1:
            several = ngettext(
                "{n} record is chosen: everything comes back as it was in the backup.",
                "{n} records are chosen: everything comes back as it was in the backup.",
                len(chosen),
            ).format(n=f"{len(chosen):,}")
            hint = _("Choose on the left to see what is not as it was. Several can be chosen, too.")
            self.fields.say(several if chosen else hint if self._found else "")
            return
        today, table = self._comparing.today, self.asked.table

        def compare(of: Taken) -> None:
            def shown(told: list[Told]) -> None:
                self._compared = of
                if told:
                    self.fields.show_records(told)
                else:
                    self.fields.say(_("Everything is as it was in the backup."))

            tasks.run(self, lambda: retrieving.in_words(retrieve.differences(of), of), shown, place="fields")

        tasks.elsewhere(self, lambda: taken.read(today, table, chosen), compare, place="fields")

    def _offer(self) -> None:
        """Say on the button what it would do."""
        number = len(self.list.selected_ids())
        if number > 1:
            self.button.setText(
                ngettext("Take back {n} record", "Take back {n} records", number).format(n=f"{number:,}")
            )
        else:
            self.button.setText(_("Take back what is ticked"))
        ready = number > 1 or (self._compared is not None and bool(self.fields.choice()))
        self.button.setEnabled(ready and not self._writing)

    # bringing back

    def bring(self) -> None:
        """Write what is chosen, as one change."""
        self._writing = True
        self._offer()
        if self._compared is not None:
            self._write(self._compared, self.fields.choice())
            return
        today, table, chosen = self._comparing.today, self.asked.table, list(self.list.selected_ids())
        tasks.elsewhere(
            self, lambda: taken.read(today, table, chosen), lambda of: self._write(of, None), failed=self._failed
        )

    def _write(self, of: Taken, choice: Choice | None) -> None:
        who = desk.user()

        attempts = list[Attempt[Retrieved]]()

        def go() -> Saved[Retrieved]:
            if not attempts:
                wanted = retrieve.everything(retrieve.differences(of)) if choice is None else choice
                attempts.append(retrieve.bringing(who, of, wanted))
            return attempts[0].go()

        until_saved(retrieve.ACTION, go, got=self._brought, refused=self._refused, stopped=self._written)

    def _brought(self, saved: Saved[Retrieved]) -> None:
        done = saved.result
        here = self if shiboken6.isValid(self) else self._near
        desk.done(here, done.change or None, done.in_words())
        self._written()

    def _refused(self, trouble: Exception, given_up: bool) -> None:
        if isinstance(trouble, UserError) and not given_up:
            errors.tell(self if shiboken6.isValid(self) else self._near, trouble)
        self._written()

    def _written(self) -> None:
        if shiboken6.isValid(self):
            self._writing = False
            self.look()
            self._offer()

    def _changed(self, changed: frozenset[tuple[str, int]] | None) -> None:
        if not self._writing and refresh.concerns(changed, *retrieving.KINDS):
            self.look()

    @override
    def done(self, result: int) -> None:
        self._comparing.close(self._near)
        super().done(result)
