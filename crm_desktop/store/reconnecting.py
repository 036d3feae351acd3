"""After a trouble on the way to the file: since when it is out of reach, and when the next try is due.

shared-drive.md, rules 7 and 8. No try is made before its time: on a drive that has gone each one may take a minute, and
whoever asks meanwhile is told at once. A page that looked broken is looked at again after 1, 3 and 11 seconds; only
when it is broken each time the file is damaged.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from datetime import datetime

from crm_desktop.i18n import _

PAUSES: Sequence[float] = (0, 1, 2, 4, 8, 15, 30)
"""Seconds before each try to reach the file again; the last one from then on."""
LOOKS: Sequence[float] = (1, 3, 11)
"""Seconds before each look at a file that seemed damaged."""


class Way:
    """The way to the open file. From any thread, but only its owner's thread tries."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.since: datetime | None = None
        """Since when there is no connection; None while there is one."""
        self.damage = ""
        """The sentence of a file that was damaged every time it was looked at."""
        self.suspect = False
        """Whether the content looked broken, so that it must be checked before anything else."""
        self.connections = 0
        """How often a connection was made."""
        self._clock = clock
        self._tries = 0
        self._looks = 0
        self._due = 0.0

    def broke(self, suspect: bool = False) -> None:
        """The connection was dropped."""
        if self.since is None:
            self.since, self._tries, self._looks = datetime.now(), 0, 0
        self.suspect = self.suspect or suspect
        self._plan(suspect)

    def failed(self, looked: bool = False) -> None:
        """Another try was made in vain: the file could not be reached, or it was looked at and seemed damaged again."""
        if looked:
            self.suspect = True
            self._looks += 1
        else:
            self._tries += 1
        self._plan(looked)

    def again(self) -> None:
        """There is a connection again."""
        self.since, self._tries, self.suspect = None, 0, False

    def forget(self) -> None:
        """Another file, or none."""
        self.again()
        self.damage, self._due = "", 0.0

    @property
    def is_due(self) -> bool:
        """Whether the time for the next try has come."""
        return self._clock() >= self._due

    @property
    def wait(self) -> float:
        """Seconds until the next try is due."""
        return max(0.0, self._due - self._clock())

    @property
    def is_hopeless(self) -> bool:
        """Whether a file that looks broken has been looked at often enough."""
        return self.suspect and self._looks >= len(LOOKS)

    def sentence(self, target: object) -> str:
        """What is to be told of it."""
        if self.suspect:
            return _(
                "{file} could not be read properly just now. On a network drive that passes: it is looked at again in "
                "some seconds. Nothing is lost."
            ).format(file=target)
        at = self.since.strftime("%H:%M") if self.since else ""
        return _(
            "There has been no connection to {file} since {time}. It is tried again by itself; what is typed is kept."
        ).format(file=target, time=at)

    def _plan(self, looked: bool = False) -> None:
        if looked:
            pause = 0.0 if self.is_hopeless else LOOKS[self._looks]
        else:
            # colleagues who lost the drive together do not come back in step
            pause = PAUSES[min(self._tries, len(PAUSES) - 1)] * random.uniform(0.8, 1.2)
        self._due = self._clock() + pause
