"""The office on one file: signs of life to colleagues, their saves to our windows, and whether the drive answers."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from crm_desktop.errors import UserError
from crm_desktop.store import address, file, nearby, news, sharing, sharing_words
from crm_desktop.store.places import Place
from crm_desktop.store.presence import Sign
from crm_desktop.store.sharing import Verdict
from crm_desktop.store.troubles import Away, Passing
from ui import errors, refresh, tasks
from ui.parts import heavy

FIRST: Final = 1500
"""Milliseconds from the window's first sight to the first sign of life: the start is never held up."""
NEWS: Final = 3000
"""Milliseconds between two looks at what colleagues saved."""
SILENCE: Final = 8.0
"""Seconds after which a drive that does not answer counts as away."""


class Colleague(NamedTuple):
    """Somebody who has the file open, as of now."""

    sign: Sign
    silent: int
    """Seconds without a sign of life."""
    busy: str
    """What keeps us from saving meanwhile, as a sentence."""


class State(NamedTuple):
    """What the windows show of it."""

    place: Place = Place("local")
    verdict: Verdict = "alone"
    colleagues: tuple[Colleague, ...] = ()
    away: datetime | None = None
    """Since when there is no connection."""
    reason: str = ""
    """Why the file can only be read; "" when it can be written."""
    damaged: bool = False
    warning: str = ""
    """What is to be known of the place although the file can be written."""


class Pulse(QObject):
    """Asks and tells by itself, in the store thread and beside it; the windows hear `changed`."""

    changed = Signal(object)
    """A State."""
    _called = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.state = State()
        self._person = ""
        self._asked: dict[str, tuple[float, datetime]] = {}
        self._looking = self._beating = False
        self._news = QTimer(self, interval=NEWS)
        self._news.timeout.connect(self.look)
        self._life = QTimer(self, singleShot=True)
        self._life.timeout.connect(self.beat)
        self._soon = QTimer(self, singleShot=True, interval=400)
        self._soon.timeout.connect(self.beat)
        self._called.connect(self.look, Qt.ConnectionType.QueuedConnection)
        sharing.heard.append(self._called.emit)

    def start(self, person: str) -> None:
        """A file is shown; `person` is at the keyboard."""
        self._person = person
        errors.said_above = self._says
        self._news.start()
        self._life.start(FIRST)
        self._tell()

    def stop(self) -> None:
        """The program ends."""
        errors.said_above = lambda _trouble: False
        for timer in (self._news, self._life, self._soon):
            timer.stop()
        self._looking = self._beating = False  # whoever ends the threads hears nothing more of what was asked

    def _says(self, trouble: UserError) -> bool:
        """Whether a trouble stands above everything as long as it lasts; it does from now on."""
        if not isinstance(trouble, Away):
            return False
        self._tell()
        return self.state.away is not None

    def show_record(self, table: str, record: int | None, editing: bool) -> None:
        """A record stands on the screen: told to colleagues, at once if there are any."""
        current = sharing.current()
        if current is not None:
            current.show(table, record, editing)
            if current.colleagues and current.place.kind != "sync":  # there, each sign is copied to all computers
                self._soon.start()

    def editors(self, table: str, record: int | None) -> list[str]:
        """Who else types in a record just now."""
        found = (one.sign for one in self.state.colleagues)
        return [sharing_words.name(s) for s in found if s.editing and (s.table, s.record) == (table, record)]

    def look(self) -> None:
        """Look what colleagues saved; also the way in which a lost connection is made again."""
        if not self._looking:
            self._looking = True
            # not in the background: a backup of a large file may keep that busy for minutes
            tasks.run(self, self._look, failed=self._failed, ended=self._looked)
        self._tell()

    def beat(self) -> None:
        """Give a sign of life and see who else is there."""
        if not self._beating:
            self._beating = True
            tasks.beside(self, self._beat, failed=self._failed, ended=self._beaten)

    def _look(self) -> None:
        with self._asking("news"):
            if file.is_open():
                news.look()

    def _beat(self) -> None:
        current = sharing.current()
        if current is not None:
            current.sit_down(self._person)
            with self._asking("sign"):
                current.join()

    @contextmanager
    def _asking(self, what: str) -> Iterator[None]:
        """Remember since when the drive is being asked: one that hangs gives no error for a minute."""
        self._asked[what] = (time.monotonic(), datetime.now())
        try:
            yield
        finally:
            del self._asked[what]

    def _failed(self, trouble: Exception) -> None:
        if isinstance(trouble, UserError) and not isinstance(trouble, Passing):
            errors.tell(None, trouble)

    def _looked(self) -> None:
        self._looking = False
        if nearby.is_wanted():
            heavy.gather()
        self._tell()

    def _beaten(self) -> None:
        self._beating = False
        current = sharing.current()
        self._life.start(int(1000 * (current.interval if current is not None else sharing.BEAT)))
        self._tell()

    def _tell(self) -> None:
        state, before = self._now(), self.state
        if state != before:
            self.state = state
            self.changed.emit(state)
        if before.away is not None and state.away is None:
            refresh.tell()  # what could not be read meanwhile is asked again

    def _now(self) -> State:
        current, now = sharing.current(), time.monotonic()
        late = [at for began, at in list(self._asked.values()) if now - began > SILENCE]
        away = file.way.since or min(late, default=None)
        if current is None:
            return State(away=away)
        there = tuple(
            Colleague(one.sign, int(one.silent(now)), sharing_words.doing_in_words(one, now) if one.sign.doing else "")
            for one in current.colleagues
        )
        return State(
            current.place, current.verdict, there, away, file.read_only(), bool(file.way.damage), current.warning()
        )


pulse = Pulse()


def start_folder(path: address.Place) -> str:
    """Where a file dialog begins: beside a file, unless its drive may let the window wait."""
    away = pulse.state.place.remote and pulse.state.away is not None
    return str(Path.home() if away or isinstance(path, address.Address) else path.parent)
