"""A change that is tried until it is saved: through colleagues who are saving, and through drives that come and go.

Each try carries the same number, which the log takes only once. Where the answer to a save was lost, the log is looked
at before anything is tried again: never twice, never silently dropped (shared-drive.md, rules 2 and 7).
"""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable
from typing import Generic, NamedTuple, TypeVar

from crm_desktop.errors import UserError
from crm_desktop.store import change as changes
from crm_desktop.store import file
from crm_desktop.store.change import Change, Committed, Person
from crm_desktop.store.deriving import Progress
from crm_desktop.store.ids import new_id
from crm_desktop.store.troubles import Passing, Unsettled

R = TypeVar("R")


class Saved(NamedTuple, Generic[R]):
    """What a change gave."""

    result: R
    number: int | None
    """Its number in the log; None when there was nothing to write."""


class Attempt(Generic[R]):
    """One action, however often it has to be tried; `work` is called anew for each try and keeps nothing."""

    def __init__(
        self,
        user: Person | None,
        action: str,
        work: Callable[[Change], R],
        progress: Progress | None = None,
        undoes: int | None = None,
    ) -> None:
        self.number = new_id()
        self._user, self._action, self._work = user, action, work
        self._progress, self._undoes = progress, undoes
        self._unsettled: tuple[R, Committed | None] | None = None
        self._saved: Saved[R] | None = None

    def go(self) -> Saved[R]:
        """Try to save: Passing when it may be tried again in a while; any other trouble is final.

        What was saved stays saved: another call only tells what it gave.
        """
        if self._saved is None:
            self._saved = self._try()
        return self._saved

    def _try(self) -> Saved[R]:
        if (before := self._arrived()) is not None:
            return before
        result: list[R] = []
        try:
            with changes.change(self._user, self._action, self._undoes, self._progress, self.number) as c:
                result.append(self._work(c))
                trace = c.traces
        except Unsettled as lost:
            self._unsettled = (result[0], lost.committed)
            raise
        except (UserError, sqlite3.IntegrityError) as error:
            # the try before has come through after all, and the log refused the same number
            if not isinstance(error, Passing) and (late := self._arrived()) is not None:
                return late
            raise
        return Saved(result[0], self.number if trace else None)

    def _arrived(self) -> Saved[R] | None:
        """What an earlier try gave, if it turns out to have been saved; Unsettled when that is still not known."""
        if self._unsettled is None or not file.has_arrived(self.number):
            return None
        result, committed = self._unsettled
        self._unsettled = None
        changes.tell(committed)
        return Saved(result, self.number)


def patiently(attempt: Attempt[R], patience: float = 60.0, sleep: Callable[[float], None] = time.sleep) -> Saved[R]:
    """Try for so many seconds, with uneven pauses; then the last trouble is raised. A window uses a timer instead."""
    until = time.monotonic() + patience
    while True:
        try:
            return attempt.go()
        except Passing:
            if time.monotonic() >= until:
                raise
        sleep(max(file.way.wait, random.uniform(0.1, 0.8)))
