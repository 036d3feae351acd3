"""Backups by themselves: once a day, on quitting and before an import; what fails is said until one succeeds."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from crm_desktop import retention
from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.store import backup, file
from crm_desktop.store.address import Place
from crm_desktop.store.backup import Backup
from crm_desktop.store.change import Change
from ui import errors, preferences, tasks
from ui.parts import desk, heavy, under_way
from ui.parts.message_bar import MessageBar
from ui.tasks import Progress

R = TypeVar("R")

SECOND: Final = preferences.Preference("second_backup_folder", "")
"""The folder on another drive that every backup goes to, too; "" for none."""
FIRST_LOOK: Final = 5 * 60_000
"""Milliseconds from the start until today's backup: the start is never held up."""
NEXT_LOOK: Final = 60 * 60_000
"""Milliseconds until it is looked at again: a program may run for days, a drive may come back."""
EXIT_TROUBLE: Final = preferences.Preference("exit_backup_trouble", "")
"""What went wrong with a backup when the program ended, by customer file: there was nobody left to be told."""
EXIT_SECONDS: Final = 15
"""So long the way to the second place may hold up the end of the program."""


class Made(NamedTuple):
    """A backup, and what is to be told of its second place."""

    backup: Backup
    trouble: str


class Keeper(QObject):
    """Makes one backup at a time: copied where the file is owned, proved in the other thread."""

    changed = Signal()
    """A backup was made, failed or was stopped."""
    passed = Signal(object)
    """A backup was made in passing, in the store thread: it goes to the second place, too."""

    def __init__(self) -> None:
        super().__init__()
        self.trouble = ""
        """Why the last backup failed; "" when it did not."""
        self.progress: Progress | None = None
        """How far the one under way is."""
        self._path: Place = Path()
        self.passed.connect(self._also_in_second)

    def forget(self, path: Place | None = None) -> None:
        """Another file was opened: what counts is how its last backup on exit went."""
        self.trouble = EXIT_TROUBLE.of(str(path)).get() if path is not None else ""

    def back_up(self, reason: str = "manual") -> Progress:
        """Back the open file up on this computer, then in the second place; one that is under way counts."""
        if self.progress is not None:
            return self.progress
        progress = self.progress = Progress(self)
        parts = list[Path]()

        def step(done: int, total: int, text: str) -> None:
            progress(done, total, text)
            heavy.let_through()  # on a slow drive somebody would wait for the daily copy

        def copy() -> None:
            self._path = file.place()
            parts.append(backup.copy(backup.folder(), reason, progress=step))

        def prove() -> None:
            if not parts:
                self._end()
                return
            tasks.elsewhere(
                self, lambda: _finish(parts[0], self._path, progress), self._tell, failed=self._fail, ended=self._end
            )

        tasks.run(self, copy, failed=self._fail, ended=prove, background=reason != "manual")
        return progress

    def look(self) -> None:
        """Make today's backup if there is none yet."""

        def work() -> bool:
            return file.is_open() and retention.due(backup.folder(), date.today()) is not None

        tasks.run(self, work, lambda due: self.back_up("daily") if due else None, background=True)

    def _tell(self, made: Made) -> None:
        self.trouble = ""
        EXIT_TROUBLE.of(str(self._path)).set("")
        bar = desk.bar_near(self)
        if bar is None:
            return
        if made.trouble:
            bar.error(only_here(made.trouble))
        elif made.backup.reason == "manual":
            bar.say(_("The backup is ready and proved sound: {file}").format(file=made.backup.path.name))

    def _fail(self, trouble: Exception) -> None:
        if not isinstance(trouble, UserError):
            return  # a bug: the crash dialog has it
        self.trouble = _("The backup failed. {reason}").format(reason=trouble)
        errors.tell(self, UserError(self.trouble))

    def _also_in_second(self, made: Backup) -> None:
        def tell(trouble: str) -> None:
            bar = desk.bar_near(self)
            if trouble and bar is not None:
                bar.error(only_here(trouble))
            self.changed.emit()

        tasks.elsewhere(self, lambda: _also_in_second(made), tell)

    def _end(self) -> None:
        progress, self.progress = self.progress, None
        if progress is not None:
            progress.ended.emit()
            progress.deleteLater()
        self.changed.emit()


keeper = Keeper()


class Clock(QTimer):
    """Looks some minutes after the start whether today's backup is there, then every hour."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent, interval=FIRST_LOOK)
        self.timeout.connect(self._look)
        self.start()

    def _look(self) -> None:
        self.setInterval(NEXT_LOOK)
        keeper.look()


def _finish(part: Path, path: Place, progress: Progress) -> Made:
    """Prove a copy, put it into the second place, and thin out where it was not asked for by hand."""
    made = backup.seal(part, progress)
    trouble = _also_in_second(made, progress)
    if made.reason != "manual":
        retention.thin(made.path.parent, date.today())
        if isinstance(path, Path):
            retention.thin_upgrades(path)
    return Made(made, trouble)


def _also_in_second(made: Backup, progress: backup.Progress | None = None) -> str:
    """Put a finished backup into the second place, if there is one, and thin out there; why it is not there, or ""."""
    second = SECOND.get()
    if not second:
        return ""
    try:
        if not os.path.isdir(second):  # pathlib lets some errors of a vanished network drive fly
            raise UserError(unreached(second))
        backup.also_in(made, Path(second), progress)
    except UserError as error:
        return str(error)
    if made.reason != "manual":
        retention.thin(Path(second), date.today())
    return ""


def only_here(reason: str) -> str:
    """A backup did not come into the second place, in words."""
    return _("The backup lies on this computer only. {reason}").format(reason=reason)


def unreached(folder: str) -> str:
    """The second place is not there, in words."""
    return _("{folder} cannot be reached just now. Connect the drive, or choose another folder.").format(folder=folder)


def before(reason: str, progress: Progress) -> str:
    """Back the open file up before something large is written, in the store thread; what is to be told, or ""."""
    if not retention.is_quick():
        return _("The file is too large for a backup in passing: the last daily backup counts.")
    try:
        made = backup.make(backup.folder(), reason, progress=progress)
    except UserError as error:
        return _("No backup was made before this. {reason}").format(reason=error)
    retention.thin(backup.folder(), date.today())
    keeper.passed.emit(made)
    return ""


def write(
    parent: QObject,
    reason: str,
    action: str,
    work: Callable[[Change], R],
    then: Callable[[R], object] | None = None,
    *,
    said: Callable[[R], str] | str = "",
    failed: Callable[[Exception], object] | None = None,
    ended: Callable[[], object] | None = None,
    follow: MessageBar | None = None,
) -> None:
    """As desk.write, with a backup made just before; where none could be made, that is said and the work goes on."""
    progress, goes_on, token = Progress(), list[bool](), under_way.begin()
    if follow is not None:
        follow.follow(progress, _("Making a backup"))

    def backed(told: str) -> None:
        goes_on.append(True)
        bar = desk.bar_near(parent)
        if told and bar is not None:
            bar.say(told, tone="due")
        here = follow if follow is not None and shiboken6.isValid(follow) else None
        desk.write(parent, action, work, then, said=said, failed=failed, ended=ended, follow=here)

    def over() -> None:
        under_way.over(token, bool(goes_on))
        if progress.was_cancelled:
            desk.stopped(parent, follow)
        if not goes_on and ended is not None:
            ended()

    tasks.run(parent, lambda: before(reason, progress), backed, failed=failed, ended=over, progress=progress)


def on_exit() -> None:
    """The program ends: what was written since the last backup is backed up, in the store thread.

    Trouble is remembered for the next start. The way to the second place is cut short where it takes long.
    """
    if not (file.is_open() and retention.is_quick() and retention.is_behind(backup.folder())):
        return
    left = EXIT_TROUBLE.of(str(file.place()))
    try:
        made = backup.make(backup.folder(), "exit")
    except UserError as error:
        left.set(_("The backup on exit failed. {reason}").format(reason=error))
        return
    retention.thin(backup.folder(), date.today())
    trouble = _also_in_second(made, _in_time())
    left.set(only_here(trouble) if trouble else "")


def _in_time() -> backup.Progress:
    """Progress that gives up after a while."""
    end = time.monotonic() + EXIT_SECONDS

    def progress(_done: int, _total: int, _text: str) -> None:
        if time.monotonic() > end:
            raise UserError(_("Copying it took too long on exit; the next backup goes there again."))

    return progress


def due_now() -> str:
    """The sentence about a backup that is missing or overdue, in the store thread; "" when all is well."""
    due = retention.due(backup.folder(), date.today())
    return due.sentence if due is not None and due.overdue else ""
