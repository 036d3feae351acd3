"""What a backup and today do not share, found step by step off the window: both logs, then the records they name."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from crm_desktop import retrieving
from crm_desktop.retrieving import Beside, Candidates
from crm_desktop.store import backup, taken
from ui import tasks

T = TypeVar("T")


class Look(QObject):
    """Compares when asked to; it may be stopped between two steps, and a newer look makes the older one void."""

    begun = Signal(object)
    """A comparison begins: its Progress."""
    opened = Signal(object)
    """The backup is read (backup.Backup)."""
    found = Signal(object)
    """What is not as it was: retrieving.Out, one after the other."""
    stopped = Signal()
    """Somebody cancelled before everything was looked at."""
    failed = Signal(object)
    """It could not be compared, and why."""

    def __init__(self, parent: QObject, path: Path) -> None:
        super().__init__(parent)
        self.today = path
        """The backup, brought up to date where it is of an older program."""
        self._path, self._table = path, ""
        self._kept = ExitStack()
        self._log: array[int] = array("q")
        self._progress: tasks.Progress | None = None

    @property
    def under_way(self) -> bool:
        """Whether it is comparing."""
        return self._progress is not None

    def begin(self, table: str) -> None:
        """Compare the records of a table, anew."""
        self._table = table
        progress = self._progress = tasks.Progress(self)
        self.begun.emit(progress)
        if self._log:
            self._compare()
        else:
            self._read(progress)

    def leave_off(self) -> None:
        """What is under way tells nobody any more."""
        if self._progress is not None:
            self._progress.cancel()
            self._end()

    def close(self, near: QObject) -> None:
        """Leave off, and let the copy of an older backup go: after what is still being read."""
        if self._progress is not None:
            self._progress.cancel()
        tasks.elsewhere(near, self._kept.close)

    def _read(self, progress: tasks.Progress) -> None:
        path, kept = self._path, self._kept

        def read() -> tuple[backup.Backup, Path, array[int]]:
            today = kept.enter_context(taken.as_today(path, progress))
            return backup.read(path), today, retrieving.log_of(today)

        def opened(answer: tuple[backup.Backup, Path, array[int]]) -> None:
            made, self.today, self._log = answer
            self.opened.emit(made)
            self._compare()

        self._step(tasks.elsewhere, read, opened)

    def _compare(self) -> None:
        log, today, table = self._log, self.today, self._table

        def beside(told: Beside) -> None:
            self._step(tasks.elsewhere, lambda: retrieving.candidates(today, told, table), read)

        def read(found: Candidates) -> None:
            self._step(tasks.run, lambda: retrieving.differing(found), self._found)

        self._step(tasks.run, lambda: retrieving.beside(log), beside)

    def _step(self, run: Callable[..., object], work: Callable[[], T], then: Callable[[T], object]) -> None:
        """One step, here or there."""
        progress = self._progress
        assert progress is not None

        def wanted() -> T:
            progress(0)
            return work()

        def ended() -> None:
            if progress.was_cancelled and self._progress is progress:
                self._end()
                self.stopped.emit()

        def go_on(answer: T) -> None:
            if self._progress is progress:  # another kind may have been chosen meanwhile
                then(answer)

        run(self, wanted, go_on, failed=self._failed, ended=ended)

    def _end(self) -> None:
        progress, self._progress = self._progress, None
        if progress is not None:
            progress.ended.emit()
            progress.deleteLater()

    def _found(self, found: object) -> None:
        self._end()
        self.found.emit(found)

    def _failed(self, trouble: Exception) -> None:
        self._end()
        self.failed.emit(trouble)
