"""Backups by themselves: once a day, on quitting and before an import; what fails is said until one succeeds."""

from __future__ import annotations

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
from crm_desktop.store.backup import Backup
from crm_desktop.store.change import Change
from ui import errors, preferences, tasks
from ui.parts import desk
from ui.parts.message_bar import MessageBar
from ui.tasks import Progress

R = TypeVar("R")

SECOND: Final = preferences.Preference("second_backup_folder", "")
"""The folder on another drive that every backup goes to, too; "" for none."""
FIRST_LOOK: Final = 5 * 60_000
"""Milliseconds from the start until today's backup: the start is never held up."""
NEXT_LOOK: Final = 60 * 60_000
"""Milliseconds until it is looked at again: a program may run for days, a drive may come back."""


class Made(NamedTuple):
    """A backup, and what is to be told of its second place."""

    backup: Backup
    trouble: str


class Keeper(QObject):
    """Makes one backup at a time: copied where the file is owned, proved in the other thread."""

    changed = Signal()
    """A backup was made, failed or was stopped."""

    def __init__(self) -> None:
        super().__init__()
        self.trouble = ""
        """Why the last backup failed; "" when it did not."""
        self.progress: Progress | None = None
        """How far the one under way is."""

    def forget(self) -> None:
        """Another file was opened."""
        self.trouble = ""

    def back_up(self, reason: str = "manual") -> Progress:
        """Back the open file up on this computer, then in the second place; one that is under way counts."""
        if self.progress is not None:
            return self.progress
        progress = self.progress = Progress(self)
        second, parts = SECOND.get(), list[Path]()

        def copy() -> None:
            parts.append(backup.copy(backup.folder(), reason, progress=progress))

        def prove() -> None:
            if not parts:
                self._end()
                return
            tasks.elsewhere(
                self, lambda: _finish(parts[0], second, progress), self._tell, failed=self._fail, ended=self._end
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
        bar = desk.bar_near(self)
        if bar is None:
            return
        if made.trouble:
            bar.error(_("The backup lies on this computer only. {reason}").format(reason=made.trouble))
        elif made.backup.reason == "manual":
            bar.say(_("The backup is ready and proved sound: {file}").format(file=made.backup.path.name))

    def _fail(self, trouble: Exception) -> None:
        if not isinstance(trouble, UserError):
            return  # a bug: the crash dialog has it
        self.trouble = _("The backup failed. {reason}").format(reason=trouble)
        errors.tell(self, UserError(self.trouble))

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


def _finish(part: Path, second: str, progress: Progress) -> Made:
    """Prove a copy, put it into the second place, and thin out where it was not asked for by hand."""
    made, trouble = backup.seal(part, progress), ""
    folders = [made.path.parent]
    if second:
        try:
            if not Path(second).is_dir():
                raise UserError(unreached(second))
            backup.also_in(made, Path(second), progress)
            folders.append(Path(second))
        except UserError as error:
            trouble = str(error)
    if made.reason != "manual":
        for folder in folders:
            retention.thin(folder, date.today())
    return Made(made, trouble)


def unreached(folder: str) -> str:
    """The second place is not there, in words."""
    return _("{folder} cannot be reached just now. Connect the drive, or choose another folder.").format(folder=folder)


def before(reason: str, progress: Progress) -> str:
    """Back the open file up before something large is written, in the store thread; what is to be told, or ""."""
    if not retention.is_quick():
        return _("The file is too large for a backup in passing: the last daily backup counts.")
    try:
        backup.make(backup.folder(), reason, progress=progress)
    except UserError as error:
        return _("No backup was made before this. {reason}").format(reason=error)
    retention.thin(backup.folder(), date.today())
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
    progress, goes_on = Progress(), list[bool]()
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
        if progress.was_cancelled:
            desk.stopped(parent)
        if not goes_on and ended is not None:
            ended()

    tasks.run(parent, lambda: before(reason, progress), backed, failed=failed, ended=over, progress=progress)


def on_exit() -> None:
    """The program ends: what was written since the last backup is backed up, in the store thread."""
    if file.is_open() and retention.is_quick() and retention.is_behind(backup.folder()):
        backup.make(backup.folder(), "exit")
        retention.thin(backup.folder(), date.today())


def due_now() -> str:
    """The sentence about a backup that is missing or overdue, in the store thread; "" when all is well."""
    due = retention.due(backup.folder(), date.today())
    return due.sentence if due is not None and due.overdue else ""
