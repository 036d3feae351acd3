"""A thread with a queue that does one job after the other and tells their results on the GUI thread."""

import gc
import heapq
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from crm_desktop.errors import UserError
from ui import errors


class Cancelled(Exception):
    """The user wants no more of a long job; raised inside its work."""


@dataclass(eq=False)
class Job:
    """One piece of work, from the question to the answer."""

    parent: QObject
    work: Callable[[], Any]
    then: Callable[[Any], object] | None
    failed: Callable[[Exception], object] | None
    ended: Callable[[], object] | None
    place: str | None
    reading: bool
    background: bool
    progress_ended: Callable[[], object] | None = None
    void: bool = False
    superseded: bool = False
    put_off: bool = False
    times_put_off: int = 0
    result: Any = None
    trouble: Exception | None = None
    worker: "Worker | None" = field(default=None, repr=False)

    def cancel(self) -> None:
        """Want no answer any more: skip it if it has not begun, break it off if it only reads."""
        self.void = True
        if self.worker is not None:
            self.worker.interrupt(self)


Look = Callable[[], AbstractContextManager[None]]

_LOOK = 0.3  # seconds after which a look at the file ends: colleagues wait with their saves meanwhile
_PATIENT = 5  # so often a background question makes way for others
_LONG = 0.5  # seconds; what a job of this length leaves behind may be large
_at_work = 0
_counting = threading.Lock()


@contextmanager
def _calm() -> Iterator[None]:
    """Let the windows breathe while a thread works: no garbage is collected meanwhile.

    Looking through the million cells of a long list would stop all threads for half a second (measured), and finds
    nothing; what a long job has made is therefore not looked through later either. And a widget that only a ring of
    references keeps must not be destroyed over there.
    """
    global _at_work
    began = time.monotonic()
    with _counting:
        _at_work += 1
        gc.disable()
    try:
        yield
    finally:
        with _counting:
            _at_work -= 1
            if time.monotonic() - began > _LONG:
                gc.freeze()
            if not _at_work:
                gc.enable()


def _is_short(job: Job) -> bool:
    """Whether a job is a question of a screen; one that shows its progress is a long one."""
    return job.reading and job.progress_ended is None


class _Bridge(QObject):
    """Carries the number of a finished job over to the GUI thread."""

    done = Signal(int)


class Worker:
    """One thread and its queue.

    Jobs are known to the thread by number only, and their table is kept by the GUI thread: the last reference to a
    window must never be dropped over there.
    """

    def __init__(self, name: str) -> None:
        self.on_interrupt: Callable[[], None] | None = None
        self.look: Look | None = None
        self._looking: AbstractContextManager[None] | None = None
        self._since = 0.0
        self._name = name
        self._wake = threading.Condition()
        self._queue: list[tuple[bool, int]] = []
        self._jobs: dict[int, Job] = {}
        self._newest: dict[tuple[int, str], Job] = {}
        self._current: Job | None = None
        self._count = 0
        self._stopping = False
        self._thread: threading.Thread | None = None
        self._bridge: _Bridge | None = None

    def start(self) -> None:
        """Start the thread; jobs given before wait until then."""
        if self._thread is None:
            self._stopping = False
            self._bridge = _Bridge()
            self._bridge.done.connect(self._tell, Qt.ConnectionType.QueuedConnection)
            self._thread = threading.Thread(target=self._loop, name=self._name, daemon=True)
            self._thread.start()

    def stop(self, wait: float) -> bool:
        """Do what is still to be written, drop the questions, end the thread; False after `wait` seconds."""
        if self._thread is None:
            return True
        with self._wake:
            self._stopping = True
            for job in self._jobs.values():
                job.void = job.void or job.reading
            self._wake.notify()
        if (current := self._current) is not None:
            self.interrupt(current)
        self._thread.join(wait)
        ended = not self._thread.is_alive()
        if ended:
            self._thread = self._bridge = None
            self._jobs.clear()
            self._newest.clear()
        return ended

    def begin(self, job: Job) -> None:
        """Put the job into the queue; an older one for the same parent and place becomes void."""
        job.worker = self
        if job.place is not None:
            older = self._newest.get((id(job.parent), job.place))
            if older is not None:
                older.superseded = True
                older.cancel()
            self._newest[id(job.parent), job.place] = job
        with self._wake:
            self._count += 1
            self._jobs[self._count] = job
            heapq.heappush(self._queue, (job.background, self._count))
            self._wake.notify()
        if not job.background:
            self._put_off()

    def _put_off(self) -> None:
        """Break off a background question for now: on a slow drive somebody would wait for it who has just clicked."""
        with self._wake:
            job = self._current
            if job is None or not (job.background and _is_short(job)) or self.on_interrupt is None:
                return
            if not job.put_off and job.times_put_off < _PATIENT:
                job.put_off = True
                self.on_interrupt()

    def interrupt(self, job: Job) -> None:
        """Break off the job if it is the one running and only reads; under the lock, so no other can be hit."""
        with self._wake:
            if self._current is job and job.reading and job.void and self.on_interrupt is not None:
                self.on_interrupt()

    def idle(self) -> bool:
        """Whether nothing is waiting, running or still to be told. GUI thread only."""
        return not self._jobs

    def _loop(self) -> None:
        while (number := self._next()) is not None:
            self._finish(number)

    def _finish(self, number: int) -> None:
        done = self._do(number)
        if not self._goes_on():
            self._end_look()
        bridge = self._bridge
        if bridge is not None and done:
            bridge.done.emit(number)

    def _next(self) -> int | None:
        with self._wake:
            while not self._queue:
                if self._stopping:
                    return None
                self._wake.wait()
            return heapq.heappop(self._queue)[1]

    def make_way(self) -> bool:
        """Do what waits and is more urgent; whether there was anything.

        A long job in the background calls it between two of its steps.
        """
        outer, did = self._current, False
        if threading.current_thread() is not self._thread or outer is None or not outer.background:
            return False
        while True:
            with self._wake:
                if not self._queue or self._queue[0][0]:
                    break
                number = heapq.heappop(self._queue)[1]
            self._finish(number)
            did = True
        self._end_look()
        with self._wake:
            self._current = outer
        return did

    def _goes_on(self) -> bool:
        """Whether the next job is a question, too, and may be asked in the same look: a screen asks several."""
        if time.monotonic() - self._since > _LOOK:
            return False
        with self._wake:
            following = self._jobs.get(self._queue[0][1]) if self._queue else None
        return following is not None and _is_short(following)

    def _begin_look(self, job: Job) -> None:
        if not _is_short(job):
            self._end_look()
        elif self._looking is None and self.look is not None:
            look = self.look()
            look.__enter__()
            self._looking, self._since = look, time.monotonic()

    def _end_look(self) -> None:
        look, self._looking = self._looking, None
        if look is not None:
            look.__exit__(None, None, None)

    def _do(self, number: int) -> bool:
        """Do the job; False when it was put off, and waits again."""
        job = self._jobs[number]
        with self._wake:
            if job.void:
                return True
            self._current, job.put_off = job, False
        try:
            with _calm():
                self._begin_look(job)
                job.result = job.work()
        except Exception as trouble:
            self._end_look()
            if job.put_off and not job.void and not self._stopping:
                job.times_put_off += 1
                with self._wake:
                    heapq.heappush(self._queue, (job.background, number))
                return False
            job.trouble = trouble
            if self._stopping and not job.reading:
                errors.log.error("not saved while closing", exc_info=trouble)
        finally:
            with self._wake:
                self._current = None
        return True

    def _tell(self, number: int) -> None:
        """On the GUI thread: hand the answer to whoever asked, if they are still there and still want it."""
        job = self._jobs.pop(number, None)
        if job is None:
            return
        if job.place is not None and self._newest.get((id(job.parent), job.place)) is job:
            del self._newest[id(job.parent), job.place]
        there = shiboken6.isValid(job.parent)
        try:
            if job.trouble is not None:
                self._tell_trouble(job, job.trouble, there)
            elif there and not job.void and job.then is not None:
                job.then(job.result)
        finally:
            if there and job.ended is not None and not job.superseded:
                job.ended()
            if job.progress_ended is not None and there:
                job.progress_ended()

    @staticmethod
    def _tell_trouble(job: Job, trouble: Exception, there: bool) -> None:
        unwanted = job.void or not there
        if isinstance(trouble, Cancelled) or (unwanted and job.reading):
            return
        if not isinstance(trouble, UserError):
            sys.excepthook(type(trouble), trouble, trouble.__traceback__)
        elif job.failed is not None and there:
            job.failed(trouble)
        else:
            errors.tell(job.parent if there else None, trouble)
