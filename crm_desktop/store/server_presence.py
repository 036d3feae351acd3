"""Who has an office on a server open: each running copy holds an advisory lock, and tells beside it what it does.

The server lets go of the lock of a computer that is gone; so nobody's clock is asked. What a colleague saves is heard
at once (LISTEN); who hears nothing looks all the same, every few seconds.
"""

from __future__ import annotations

import json
import os
import platform
import secrets
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from crm_desktop.errors import UserError
from crm_desktop.store import server, sharing
from crm_desktop.store.address import Address
from crm_desktop.store.driver import psycopg
from crm_desktop.store.places import Place
from crm_desktop.store.postgres import CHANGED, Connection
from crm_desktop.store.presence import Colleague, Sign
from crm_desktop.store.sharing import Sharing, Verdict

_LOCK: Final = 0x43524D02
_SIGNS: Final = "crm_desktop_presence"
_MAKE: Final = f"CREATE UNLOGGED TABLE IF NOT EXISTS {_SIGNS} (lock BIGINT PRIMARY KEY, sign TEXT NOT NULL)"
_HELD: Final = (
    f"SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND classid = {_LOCK} AND objsubid = 2"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
_AGAIN: Final = 5.0
"""Seconds until a lost connection for listening is tried again."""


class ServerSharing(Sharing):
    """What is known about sharing an office on a server: the same face as for a file on a drive."""

    def __init__(self, address: Address, person: str = "", clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(Path(str(address)), Place("server", address.host or address.name), person, clock)
        self.address = address
        self._number = secrets.randbits(31)
        pc, now = platform.node(), datetime.now().isoformat(timespec="seconds")
        self._sign = Sign(f"{pc}-{os.getpid()}-{self._number}", person, pc, pc, now)
        self._raw: Connection | None = None
        self._listener: _Listener | None = None

    @property
    def own(self) -> Sign:
        return self._sign

    def join(self) -> Verdict:
        return self.beat()

    def beat(self) -> Verdict:
        """Tell what we do, see who is there; the connection for it is made anew where it was lost."""
        with self._lock:
            if self._left:
                return self.verdict
            self._beaten = self._clock()
            try:
                self._look(self._connected())
                self.trouble = ""
            except (sqlite3.Error, UserError) as error:
                self.trouble = str(error)
                self._forget()
            return self.verdict

    def leave(self) -> None:
        with self._lock:
            self._left = True
            self._forget()
        if self._listener is not None:
            self._listener.stop()

    def _connected(self) -> Connection:
        if self._raw is None:
            raw = self._raw = server.connect(self.address, self.address.given)
            raw.execute(_MAKE)
            raw.execute(f"SELECT pg_advisory_lock({_LOCK}, {self._number})")
            if self._listener is None:
                self._listener = _Listener(self.address)
                self._listener.start()
        return self._raw

    def _look(self, raw: Connection) -> None:  # type: ignore[override]
        doing, since = self._told()
        self._sign = replace(self._sign, count=self._sign.count + 1, doing=doing, doing_since=since, **self._shown)
        raw.execute(
            f"INSERT INTO {_SIGNS} (lock, sign) VALUES (?, ?) ON CONFLICT (lock) DO UPDATE SET sign = excluded.sign",
            (self._number, json.dumps(asdict(self._sign), ensure_ascii=False)),
        )
        raw.execute(f"DELETE FROM {_SIGNS} WHERE lock NOT IN ({_HELD})")
        signs = [Sign(**json.loads(sign)) for (sign,) in raw.execute(f"SELECT sign FROM {_SIGNS} ORDER BY lock")]
        now, known = self._clock(), {one.sign.token: one for one in self.colleagues}
        there = [_seen(known.get(sign.token), sign, now) for sign in signs if sign.token != self._sign.token]
        self.colleagues = sorted(there, key=lambda one: one.sign.since)
        self.verdict = "shared" if there else "alone"

    def _forget(self) -> None:
        gone, self._raw = self._raw, None
        if gone is not None:
            with suppress(sqlite3.Error, psycopg.Error):
                gone.execute(f"DELETE FROM {_SIGNS} WHERE lock = ?", (self._number,))
            with suppress(psycopg.Error):
                gone.close()


class _Listener(threading.Thread):
    """Waits for what the server calls out, on a connection of its own."""

    def __init__(self, address: Address) -> None:
        super().__init__(name="listener", daemon=True)
        self._address = address
        self._ended = threading.Event()

    def stop(self) -> None:
        self._ended.set()

    def run(self) -> None:
        while not self._ended.is_set():
            with suppress(psycopg.Error, sqlite3.Error, UserError):
                self._listen()
            self._ended.wait(_AGAIN)

    def _listen(self) -> None:
        raw = server.connect(self._address, self._address.given)
        try:
            raw.execute(f"LISTEN {CHANGED}")
            while not self._ended.is_set():
                for _call in raw.raw.notifies(timeout=1.0, stop_after=1):
                    for hear in list(sharing.heard):
                        hear()
        finally:
            raw.close()


def _seen(before: Colleague | None, sign: Sign, now: float) -> Colleague:
    """A colleague as seen now; the lock that is held is the proof of life."""
    again = before is not None and (before.sign.doing, before.sign.doing_since) == (sign.doing, sign.doing_since)
    return Colleague(
        sign,
        b"",
        before.first if before is not None else now,
        now if before is None or before.sign.count != sign.count else before.changed,
        alive=True,
        held=True,
        doing_first=before.doing_first if before is not None and again else now,
    )


def begin(address: Address) -> None:
    """The office at this address was opened: the sign of life comes with the first beat."""
    sharing.take(ServerSharing(address))
