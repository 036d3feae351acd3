"""The files of an import, read one after the other away from the window."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from crm_desktop.exchange import importing
from crm_desktop.exchange.importing import TablePlan
from crm_desktop.i18n import _
from ui import tasks
from ui.dialogs.import_lists import Entry
from ui.tasks import Progress


class Reading(QObject):
    """What waits to be read, and what is being read."""

    begun = Signal(object, str)
    """A file begins: its Progress and what is done."""
    found = Signal(object)
    """An Entry: a list, or a file that could not be read and why."""
    ended = Signal()
    """All is read, or somebody wants no more of it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.encodings: dict[Path, str] = {}
        """What text files were said to be written in."""
        self._waiting: deque[Path] = deque()
        self._progress: Progress | None = None

    @property
    def busy(self) -> bool:
        """Whether a file is being read."""
        return self._progress is not None

    def add(self, files: Sequence[Path]) -> None:
        """Read these files, too."""
        self._waiting += [path for path in dict.fromkeys(files) if path not in self._waiting]
        if self._waiting and not self.busy:
            self._next()

    def cancel(self) -> None:
        """Read nothing more, and say nothing more."""
        self._waiting.clear()
        progress, self._progress = self._progress, None
        if progress is not None:
            progress.cancel()

    def _next(self) -> None:
        self._progress = None
        if not self._waiting:
            self.ended.emit()
            return
        path = self._waiting.popleft()
        progress, encoding = Progress(self), self.encodings.get(path, "")
        self._progress = progress
        progress.stopped.connect(lambda: self._stop(progress))
        self.begun.emit(progress, _("Reading {file}").format(file=path.name))

        def work() -> list[TablePlan]:
            return importing.tables_of(path, progress=progress, encoding=encoding or None)

        def take(plans: list[TablePlan]) -> None:
            for plan in plans:
                self.found.emit(Entry(plan.path, plan, encoding=encoding))

        tasks.elsewhere(
            self,
            work,
            take,
            failed=lambda trouble: self.found.emit(Entry(path, trouble=str(trouble))),
            ended=lambda: self._next() if self._progress is progress else None,
            place="read",
            progress=progress,
        )

    def _stop(self, progress: Progress) -> None:
        """Nobody waits for a large file to be read to its end who wants no more of it."""
        if self._progress is progress:
            self._waiting.clear()
            progress.ended.emit()
            self._next()
