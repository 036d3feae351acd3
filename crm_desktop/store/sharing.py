"""Working in one customer file on several computers: who else has it open, and may this one write?

The rules are in shared-drive.md. One `Sharing` belongs to the open file. `join` and `beat` ask the drive and may take
long, so the window has a thread for them; what they found is read from any thread.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.store import lock_proof, places, sharing_words
from crm_desktop.store.places import Place
from crm_desktop.store.presence import Colleague, Presence, Sign, Watch, folder_of

Verdict = Literal["alone", "shared", "checking", "refused", "lying", "synced", "unknown"]
"""alone: nobody else is there, so the locks between computers could not be tried; shared: they were tried and hold;
checking: somebody is there and it is not known yet; refused: the drive gives no locks; lying: they do not hold;
synced: somebody else has the file open through a synchronised folder; unknown: no sign could be left beside the file.
"""

BEAT = 5.0
"""Seconds between two signs of life."""
OPENING = 45.0
"""Seconds for finding out, before the file is touched, whether the locks of somebody who is there hold."""
SLOW_BEAT = 60.0
"""The same in a folder that a service copies for every sign."""
SOON = 2.0
"""Seconds after which a save that is not through is told to colleagues."""
FORGOTTEN = 180.0
"""Seconds without a change after which a sign in a synchronised folder counts as left behind."""


class Sharing:
    """What is known about sharing one file."""

    def __init__(self, path: Path, place: Place, person: str = "", clock: Callable[[], float] = time.monotonic) -> None:
        self.path, self.place = path, place
        self.verdict: Verdict = "alone"
        self.colleagues: list[Colleague] = []
        """Who is there, longest first; a list is never changed, only replaced."""
        self.copies: list[str] = []
        """Files beside ours that a service set aside because two computers had written; looked for once."""
        self.trouble = ""
        """Why the last sign of life could not be given; "" when it was."""
        self._clock = clock
        self._presence = Presence(path, person, place.where)
        self._watch = Watch(folder_of(path), clock, self._presence.sign.client)
        self._lock = threading.Lock()
        self._left = False
        self._beaten = clock()
        self._proved = False
        self._there_before: set[str] | None = None
        self._doing: list[tuple[str, float, str]] = []
        self._shown: dict[str, Any] = {}

    @property
    def own(self) -> Sign:
        """Our own sign."""
        return self._presence.sign

    @property
    def interval(self) -> float:
        """Seconds until the next sign of life is due."""
        return SLOW_BEAT if self.place.kind == "sync" else BEAT

    def join(self) -> Verdict:
        """Leave our sign beside the file, look who else is there and try their locks."""
        with self._lock:
            if self._left or self.verdict == "refused":
                return self.verdict
            self._guarded(self._round if self._presence.entered else self._enter)
            return self.verdict

    def beat(self) -> Verdict:
        """Give a sign of life and look after the colleagues; to be called every `interval` seconds."""
        with self._lock:
            if self._left or self.verdict == "refused":
                return self.verdict
            self._guarded(self._round)
            return self.verdict

    def settle(self, patience: float, sleep: Callable[[float], None] = time.sleep) -> bool:
        """Wait, so many seconds, until it is known whether the locks hold; whether it is."""
        until = self._clock() + patience
        while self.verdict == "checking" and self._clock() < until:
            sleep(0.5)
            if self._clock() - self._beaten >= BEAT:  # a command has no thread for it
                self.beat()
        return self.verdict != "checking"

    def leave(self) -> None:
        """The file is closed: take our sign away."""
        with self._lock:
            self._left = True
            self._presence.leave()

    def _guarded(self, work: Callable[[], None]) -> None:
        try:
            work()
            self.trouble = ""
        except lock_proof.Refused:
            self.verdict = "refused"
        except OSError as error:
            self.trouble = str(error.strerror or error)
            if not self._presence.entered and self.verdict == "alone":
                self.verdict = "unknown"

    def _enter(self) -> None:
        doing, since = self._told()
        self._presence.sign = replace(self._presence.sign, doing=doing, doing_since=since, **self._shown)
        self._presence.enter()
        self.copies = places.conflict_copies(self.path, os.listdir(self.path.parent))
        self._look()

    def _round(self) -> None:
        doing, since = self._told()
        self._presence.beat(doing=doing, doing_since=since, lying=self.verdict == "lying", **self._shown)
        if not self._proved and self.place.remote:
            self._proved = lock_proof.is_honoured_here(self._presence.lock) is not False
            # a lock that was lost with the connection meanwhile proves nothing: it is tried again
            if not self._proved and self._presence.still_holds():
                self.verdict = "lying"
        self._look()

    def _look(self) -> None:
        self._beaten = self._clock()
        self._watch.look(self.own.token)
        if self.place.kind == "sync":
            self._judge_synced()
        else:
            self._watch.try_locks()
            self._judge()

    def _judge(self) -> None:
        self.colleagues = self._watch.present()
        if self.verdict == "lying":
            return  # until the file is opened again
        if self._watch.liars():
            self.verdict = "lying"
            doing, since = self._told()
            self._presence.tell(doing=doing, doing_since=since, lying=True)
        elif self._watch.suspects():
            self.verdict = "checking"
        else:
            self.verdict = "shared" if any(one.held for one in self.colleagues) else "alone"

    def _judge_synced(self) -> None:
        """A service copies signs, but no locks: whoever came second only reads."""
        now = self._clock()
        others = [one for one in self._watch.colleagues.values() if one.silent(now) < FORGOTTEN]
        if self._there_before is None:
            self._there_before = {one.sign.token for one in others}
        self.colleagues = others
        first = any(one.sign.token in self._there_before for one in others)
        self.verdict = "synced" if first else "alone"

    def _told(self) -> tuple[str, str]:
        """What we do that may keep others waiting, once it takes longer."""
        for doing, began, at in self._doing[::-1]:
            if doing != "saving" or self._clock() - began >= SOON:
                return doing, at
        return "", ""

    @contextmanager
    def doing(self, what: str) -> Iterator[None]:
        """We do something that may keep others waiting: "saving", "importing", "restoring" …"""
        entry = (what, self._clock(), datetime.now().isoformat(timespec="seconds"))
        self._doing.append(entry)
        try:
            yield
        finally:
            self._doing.remove(entry)

    def show(self, table: str, record: int | None, editing: bool) -> None:
        """The record that is open here, told with the next sign of life."""
        self._shown = {**self._shown, "table": table, "record": record, "editing": editing}

    def sit_down(self, person: str) -> None:
        """Who is at the keyboard, told with the next sign of life."""
        self._shown = {**self._shown, "person": person}

    def warning(self) -> str:
        """What is to be known of the place although all may be written; "" when there is nothing."""
        return sharing_words.warning(self.place, self.copies)

    def reason(self) -> str:
        """Why nothing may be written here, and what to do; "" when it may."""
        return sharing_words.reason(self.verdict, self.place, self.colleagues)

    def who_blocks(self) -> str:
        """The sentence about whoever keeps us from saving, as far as it can be told; "" when it cannot."""
        return sharing_words.who_blocks(self.colleagues, self._clock())


heard: list[Callable[[], None]] = []
"""Called, from a thread of its own, when a server says that somebody has saved."""
_current: Sharing | None = None
_staying = False
_here = ""


def introduce(person: str) -> None:
    """Who is at this keyboard: stands in the signs for the files that are opened from now on."""
    global _here
    _here = person


def current() -> Sharing | None:
    """The sharing of the open file; None while no file is open. From any thread."""
    return _current


def begin(path: Path, place: Place | None = None, person: str = "") -> Sharing:
    """A file is being opened: over a network at once with our sign, else with the first beat."""
    global _current
    if _staying and _current is not None and _current.path == path:
        return _current
    end()
    place = place or places.of(path)
    _current = sharing = Sharing(path, place, person or _here)
    if place.remote or os.path.isdir(folder_of(path)):
        sharing.join()
        if place.remote:
            refuse_second_copy(sharing)
        # where locks lie, even reading takes back what a colleague is just saving: nothing is read before it is known
        sharing.settle(OPENING)
    return sharing


def take(sharing: Sharing) -> None:
    """An office was opened that is shared in another way than through a drive."""
    global _current
    end()
    _current = sharing


def end() -> None:
    """The file is closed."""
    global _current
    if _current is not None and not _staying:
        leaving, _current = _current, None
        leaving.leave()


@contextmanager
def staying(what: str) -> Iterator[None]:
    """Our sign stays while the file is closed and opened again, and says what we do: "restoring"."""
    global _staying
    sharing = _current
    if sharing is None:
        yield
        return
    with sharing.doing(what):
        with suppress(OSError):
            sharing.beat()
        _staying = True
        try:
            yield
        finally:
            _staying = False


@contextmanager
def doing(what: str) -> Iterator[None]:
    """We do something with the open file that may keep others waiting: "importing", "restoring" …"""
    sharing = _current
    if sharing is None:
        yield
        return
    with sharing.doing(what):
        yield


def refuse_second_copy(sharing: Sharing) -> None:
    """Over a network one copy on each computer is the rule: two of them would block each other for ever (Samba)."""
    for one in sharing.colleagues:
        if one.held and one.sign.client == sharing.own.client:
            end()
            raise UserError(
                _(
                    "{file} is open on this computer already ({who}). On a network drive only one program on each "
                    "computer may use it: do it in the open window, or close that first."
                ).format(file=sharing.path, who=one.sign.person or one.sign.pc)
            )
