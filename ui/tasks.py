"""Slow work off the GUI thread: `run` for work with the customer file, `elsewhere` for work without it.

One thread owns the file; a window says what it wants and is told later, on the GUI thread. See `ui.worker`.
"""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from ui.worker import Cancelled, Job, Worker

__all__ = [
    "Cancelled",
    "Job",
    "Progress",
    "beside",
    "elsewhere",
    "idle",
    "interrupt_with",
    "look_with",
    "make_way",
    "run",
    "start",
    "stop",
]

T = TypeVar("T")

_store = Worker("store")
_second = Worker("second")
_signs = Worker("signs")


class Progress(QObject):
    """How far a long job is; the work calls it like a function, a window connects to it and may cancel.

    progress = Progress(self)
    tasks.elsewhere(self, lambda: reading.read(path, progress), self.show_rows, progress=progress)
    """

    moved = Signal(int, int, str)
    """Done, total (0: unknown) and what is being done; at most 20 times a second."""
    stopped = Signal()
    """The user wants no more of it; the job may still need a moment to notice."""
    ended = Signal()
    """The job is over: done, failed or cancelled."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.was_cancelled = False
        self._told = 0.0
        self._job: Job | None = None

    def __call__(self, done: int, total: int = 0, text: str = "") -> None:
        """Say how far the work is, from any thread; raises Cancelled when the user wants no more of it."""
        if self.was_cancelled:
            raise Cancelled
        now = time.monotonic()
        if now - self._told >= 0.05 or done == total:
            self._told = now
            self.moved.emit(done, total, text)

    def cancel(self) -> None:
        """Ask the work to stop: what was only reading stops at once, writing at its next step (and takes all back)."""
        self.was_cancelled = True
        if self._job is not None:
            self._job.cancel()
        self.stopped.emit()

    def follow(self, job: Job) -> None:
        """Belong to this job; `run` and `elsewhere` call it."""
        self._job = job


def run(
    parent: QObject,
    work: Callable[[], T],
    then: Callable[[T], object] | None = None,
    *,
    failed: Callable[[Exception], object] | None = None,
    ended: Callable[[], object] | None = None,
    place: str | None = None,
    reading: bool = False,
    background: bool = False,
    progress: Progress | None = None,
) -> Job:
    """Do `work` in the thread that owns the customer file, and tell `then` its result on the GUI thread.

    A UserError goes to `failed`, or else to the message bar nearest to `parent`; any other exception is a bug and goes
    to the crash dialog. `ended` is called after either. A closed parent is told nothing, but trouble in writing is
    shown all the same. A newer question for the same (parent, place) makes the older void, and skips it where it has
    not begun: give a place to questions, and to writing only where the newest replaces the older (drafts).
    `reading` work may be interrupted when it is void; `background` work waits for everything else. GUI thread only.
    """
    job = Job(parent, work, then, failed, ended, place, reading, background, _ended(progress))
    return _begin(_store, job, progress)


def elsewhere(
    parent: QObject,
    work: Callable[[], T],
    then: Callable[[T], object] | None = None,
    *,
    failed: Callable[[Exception], object] | None = None,
    ended: Callable[[], object] | None = None,
    place: str | None = None,
    progress: Progress | None = None,
) -> Job:
    """As `run`, in a second thread, for work without the customer file: reading an Excel, drawing a PDF."""
    job = Job(parent, work, then, failed, ended, place, False, False, _ended(progress))
    return _begin(_second, job, progress)


def beside(
    parent: QObject,
    work: Callable[[], T],
    then: Callable[[T], object] | None = None,
    *,
    failed: Callable[[Exception], object] | None = None,
    ended: Callable[[], object] | None = None,
) -> Job:
    """As `run`, in a third thread, for the signs of life beside the customer file: they go on while it is written."""
    return _begin(_signs, Job(parent, work, then, failed, ended, None, False, False), None)


def _ended(progress: Progress | None) -> Callable[[], object] | None:
    return None if progress is None else lambda: progress.ended.emit()


def _begin(worker: Worker, job: Job, progress: Progress | None) -> Job:
    if progress is not None:
        progress.follow(job)
    worker.begin(job)
    return job


def interrupt_with(stop_reading: Callable[[], None] | None) -> None:
    """Set what breaks off a query in the store thread (sqlite3's `interrupt`); it is never called during a write."""
    _store.on_interrupt = stop_reading


def make_way() -> bool:
    """Let what is more urgent be done now; whether there was anything.

    Long background work with the file calls it between two steps.
    """
    return _store.make_way()


def look_with(look: Callable[[], AbstractContextManager[None]] | None) -> None:
    """Set within what questions in the store thread are asked: those that wait together share one read transaction."""
    _store.look = look


def start() -> None:
    """Start the threads; the program does it once, before its first window. GUI thread only."""
    _store.start()
    _second.start()
    _signs.start()


def stop(wait: float = 30.0) -> bool:
    """Finish what is to be written, drop the rest and end the threads; False if that took over `wait` seconds."""
    ended = _store.stop(wait)
    signs = _signs.stop(1.0)
    return _second.stop(1.0) and signs and ended


def idle() -> bool:
    """Whether nothing is waiting, running or still to be told; for tests: `qtbot.waitUntil(tasks.idle)`."""
    return _store.idle() and _second.idle() and _signs.idle()
