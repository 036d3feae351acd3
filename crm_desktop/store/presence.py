"""Who has the customer file open: each running copy keeps a sign of life, and the lock that proves it, beside the file.

shared-drive.md, rules 1, 4 and 12. In the folder "<file>-presence" each copy has two files under a name of its own: a
tiny database whose lock it holds as long as it lives, and a sign (JSON) that it keeps changing. Whether somebody lives
is judged by signs that are seen to change, never by clocks, which differ between computers.
"""

from __future__ import annotations

import json
import os
import platform
import random
import re
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from crm_desktop.store import lock_proof

FOLDER = "-presence"
GAP = (0.3, 0.6)
"""Seconds after which a lock that seemed free is tried again; longer than its owner needs to take it back."""
_LENGTH = 1024  # a sign always takes the same room: it is written in one piece, and never leaves an older one's tail


@dataclass(frozen=True)
class Sign:
    """What a running copy tells of itself."""

    token: str
    """The name of its files."""
    person: str
    pc: str
    client: str
    """The computer and its way to the drive: two mounts of a share are two clients to it."""
    since: str
    """When it opened the file, by its own clock; only to be shown."""
    doing: str = ""
    """What keeps others from saving: "importing", "restoring", "saving" …, or nothing."""
    doing_since: str = ""
    table: str = ""
    record: int | None = None
    """The record it shows."""
    editing: bool = False
    """Whether somebody types in that record."""
    lying: bool = False
    """Whether it has found that the drive's locks do not hold."""
    count: int = 0
    """Changes with every sign of life."""


def folder_of(path: Path) -> Path:
    """Where the signs for a customer file lie."""
    return path.with_name(path.name + FOLDER)


class Presence:
    """Our own sign and lock."""

    def __init__(self, path: Path, person: str, mount: str = "") -> None:
        self.folder = folder_of(path)
        pc = platform.node()
        # on Windows, a letter and the share's own address are the same way
        client = pc if sys.platform == "win32" else f"{pc}:{mount}"
        self.sign = Sign("", person, pc, client, datetime.now().isoformat(timespec="seconds"))
        self._held: sqlite3.Connection | None = None
        self._old: list[str] = []

    @property
    def entered(self) -> bool:
        return self._held is not None

    @property
    def lock(self) -> Path:
        """The file whose lock we hold."""
        return self.folder / f"{self.sign.token}.lock"

    def enter(self) -> None:
        """Take a lock and give the first sign; lock_proof.Refused without locks, OSError when it cannot be written."""
        self.folder.mkdir(exist_ok=True)
        # safe on every drive, and still to be recognised by people
        name = re.sub(r"[^A-Za-z0-9一-鿿-]+", "", self.sign.pc)[:20] or "pc"
        self.sign = replace(self.sign, token=f"{name}-{os.getpid()}-{os.urandom(4).hex()}")
        try:
            self._held = lock_proof.hold(self.lock)
            self.tell()
            for token in self._old:  # what could not be reached when the drive was away
                remove(self.folder, token)
            self._old.clear()
        except BaseException:
            self.leave()
            raise

    def tell(self, **news: Any) -> None:
        """Give a sign of life, with what is new; OSError when the drive cannot be reached."""
        self.sign = replace(self.sign, count=self.sign.count + 1, **news)
        text = json.dumps(asdict(self.sign), ensure_ascii=False).encode()
        path = self.folder / f"{self.sign.token}.json"
        # in place: a file that is exchanged while a colleague reads it makes trouble on Windows
        with open(path, "r+b" if os.path.exists(path) else "wb") as stream:
            stream.write(text.ljust(_LENGTH))

    def beat(self, **news: Any) -> None:
        """Give a sign of life; a lock that the drive has dropped meanwhile is taken anew, under another name."""
        if self._held is None or not lock_proof.renew(self._held):
            self._forget()
            self.sign = replace(self.sign, **news)
            self.enter()
        else:
            self.tell(**news)

    def still_holds(self) -> bool:
        """Whether the lock has been held all the time: a connection that the drive dropped meanwhile is dead."""
        return self._held is not None and lock_proof.renew(self._held)

    def leave(self) -> None:
        """Take sign and lock away; what cannot be reached is left for colleagues to clear away."""
        self._forget()
        with suppress(OSError):
            self.folder.rmdir()

    def _forget(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            with suppress(sqlite3.Error):
                held.close()
        if self.sign.token:
            remove(self.folder, self.sign.token)
            self._old.append(self.sign.token)


def remove(folder: Path, token: str) -> None:
    """Clear the files of a running copy away."""
    for end in (".json", ".lock", ".lock-journal"):
        with suppress(OSError):
            (folder / f"{token}{end}").unlink()


@dataclass
class Colleague:
    """A running copy as it is seen from here."""

    sign: Sign
    content: bytes
    first: float
    """When it was first seen, on our own clock (seconds, monotonic)."""
    changed: float
    """When its sign was last seen to change, or first seen."""
    alive: bool = False
    """Whether it has been seen to live: its sign changed, or its lock was held."""
    held: bool | None = None
    """Whether its lock was held when it was last tried; None: not tried yet, or it could not be."""
    free_since: float | None = None
    """Since when its lock could be had."""
    free_alive: int = 0
    """How often in a row its sign changed and its lock could be had all the same."""
    doing_first: float = 0.0
    """When it was first seen doing what it does."""
    tried: float = field(default=float("-inf"))

    def silent(self, now: float) -> float:
        """Seconds without a sign of life."""
        return now - self.changed


class Watch:
    """Looks at the colleagues' signs and tries their locks."""

    SETTLED = 20.0
    """Seconds: whoever gives no sign of life for so long and holds no lock is gone."""
    AGAIN = 300.0
    """Seconds after which a lock that was held is tried again: a drive can be mounted anew."""
    SOONER = 30.0
    """Seconds after which the lock of somebody who has gone silent is tried again."""

    def __init__(self, folder: Path, clock: Callable[[], float], client: str = "") -> None:
        self.folder, self._clock, self._client = folder, clock, client
        self.colleagues: dict[str, Colleague] = {}
        self._without_sign: set[str] = set()

    def look(self, own: str) -> None:
        """Read all signs but our own; who took theirs away is gone. OSError when the folder cannot be read."""
        now = self._clock()
        try:
            names = os.listdir(self.folder)
        except FileNotFoundError:
            names = []
        tokens = {name.removesuffix(".json") for name in names if name.endswith(".json")} - {own}
        for token in self.colleagues.keys() - tokens:
            del self.colleagues[token]
        self._clear_locks({name.removesuffix(".lock") for name in names if name.endswith(".lock")} - tokens - {own})
        for token in tokens:
            with suppress(FileNotFoundError):
                self._see(token, (self.folder / f"{token}.json").read_bytes(), now)

    def _clear_locks(self, without_sign: set[str]) -> None:
        """Windows lets nobody delete a file that somebody tries just now: what is left without a sign goes later."""
        for token in without_sign & self._without_sign:  # whoever just came has a sign by the second look
            remove(self.folder, token)
        self._without_sign = without_sign

    def _see(self, token: str, content: bytes, now: float) -> None:
        known = self.colleagues.get(token)
        if known is not None and known.content == content:
            return
        sign = _sign(token, content)
        if known is None:
            sign = sign or Sign(token, "", "", "", "")
            self.colleagues[token] = Colleague(sign, content, now, now, doing_first=now)
            return
        if sign is not None:
            if sign.doing != known.sign.doing:
                known.doing_first = now
            known.sign = sign
        known.content, known.changed, known.alive = content, now, True

    def try_locks(self) -> None:
        """Try the lock of everybody who is new, suspect or was tried long ago, and clear away who is gone."""
        now = self._clock()
        for token, one in list(self.colleagues.items()):
            pause = self.AGAIN if one.silent(now) < self.SETTLED else self.SOONER
            if one.held is True and now - one.tried < pause:
                continue
            news = one.changed > one.tried
            one.tried = now
            try:
                one.held = _is_held(self.folder / f"{token}.lock")
            except FileNotFoundError:
                one.held = False
            except OSError:
                one.held = None  # it says nothing
                continue
            if one.held:
                one.alive, one.free_since, one.free_alive = True, None, 0
                continue
            if one.sign.client and one.sign.client == self._client:  # a copy on this very computer that died
                remove(self.folder, token)
                del self.colleagues[token]
            elif one.free_since is None:
                one.free_since = now
            elif news:
                one.free_alive += 1
            elif now - max(one.changed, one.free_since) >= self.SETTLED:
                remove(self.folder, token)
                del self.colleagues[token]

    def suspects(self) -> list[Colleague]:
        """Who lives, or may live, although its lock could be had: nobody knows yet whether the locks hold."""
        now = self._clock()
        return [one for one in self.colleagues.values() if one.held is False and one.silent(now) < self.SETTLED]

    def liars(self) -> list[Colleague]:
        """Whose lock could be had again and again while they were seen to live: the locks do not hold."""
        return [one for one in self.colleagues.values() if one.free_alive >= 2 or (one.alive and one.sign.lying)]

    def present(self) -> list[Colleague]:
        """Who is there, longest first."""
        there = [one for one in self.colleagues.values() if one.alive or one.held is not False]
        return sorted(there, key=lambda one: (one.first, one.sign.token))


def _is_held(lock: Path) -> bool:
    """Whether somebody holds a lock: it is free only when it is free twice.

    Its owner gives it back for a moment with each sign of life, and two computers may give theirs in step for hours.
    """
    if lock_proof.is_held(lock):
        return True
    time.sleep(random.uniform(*GAP))
    return lock_proof.is_held(lock)


def _sign(token: str, content: bytes) -> Sign | None:
    """A sign as it was written; None while it is being written."""
    try:
        found = json.loads(content)
        known = {name: found[name] for name in Sign.__dataclass_fields__ if name in found}
        return Sign(**{"client": "", **known, "token": token})
    except (ValueError, TypeError):
        return None
