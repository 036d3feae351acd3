"""Writing into the customer file: one short transaction, whose lost answer is looked up.

shared-drive.md, rules 2 and 7.
"""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager

from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.store import link, sharing
from crm_desktop.store.troubles import Away, ReadOnly, Unsettled, busy, code, is_broken, is_damage

patience = 0.0
"""Seconds a change waits for colleagues beyond BUSY_SECONDS; a window asks again by itself, a command waits here."""


@contextmanager
def transaction(number: int | None = None) -> Iterator[None]:
    """One short write transaction; everything or nothing.

    Where the answer to the commit is lost, the change of that number is looked up: if it arrived, all is well, if not,
    it is told as Away. Unsettled when that cannot be known yet, ReadOnly where nothing may be written.
    """
    refuse_writing()
    with sharing.doing("saving"), link.troubles():
        raw = link.connection()
        _begin(raw)
        link.write_now(True)
        try:
            yield
        except BaseException:
            link.roll_back(raw)
            raise
        finally:
            link.write_now(False)
        _commit(raw, number)


def refuse_writing() -> None:
    """ReadOnly, with the reason, where nothing may be written; Busy while that is being found out."""
    shared = sharing.current()
    if shared is not None and not shared.settle(link.BUSY_SECONDS):
        raise busy(link.place(), _("It is just being found out whether the drive can be shared."))
    if reason := read_only():
        raise ReadOnly(reason)


def read_only() -> str:
    """Why nothing may be written into the open file, and what to do; "" when it may. From any thread."""
    shared = sharing.current()
    return link.way.damage or (shared.reason() if shared is not None else "")


def _begin(raw: sqlite3.Connection) -> None:
    """Wait for our turn to write; computers that wait together do not come back in step."""
    until = time.monotonic() + patience
    if raw.in_transaction:
        raw.execute("COMMIT")  # it was only reading
    while True:
        try:
            raw.execute("BEGIN IMMEDIATE")
            return
        except sqlite3.OperationalError as error:
            if not code(error).startswith("SQLITE_BUSY") or time.monotonic() >= until:
                raise
        time.sleep(random.uniform(0.05, 0.4))


def _commit(raw: sqlite3.Connection, number: int | None) -> None:
    try:
        if number is not None and link.is_server():
            raw.execute(f"NOTIFY {link.server_door().CHANGED}")
        raw.execute("COMMIT")
    except sqlite3.Error as error:
        if not is_broken(error) and not is_damage(error):
            link.roll_back(raw)
            raise
        link.disconnect()
        link.way.broke()
        if number is not None and has_arrived(number):
            return
        if is_damage(error):
            raise
        raise Away(
            _("The connection to {file} broke while saving, and nothing was saved. Save again.").format(
                file=link.place()
            )
        ) from error


def has_arrived(number: int) -> bool:
    """Whether a change whose answer was lost is in the log after all; Unsettled when it cannot be asked just now.

    Asked with the lock of a writer: neither a colleague's half-finished save nor an old copy in this computer's memory
    of the drive can answer.
    """
    try:
        with link.troubles():
            raw = link.connection()
            _begin(raw)
            try:
                found = raw.execute('SELECT 1 FROM "change" WHERE id = ?', (number,)).fetchone()
            finally:
                link.roll_back(raw)
    except UserError as error:
        raise Unsettled(
            _(
                "The connection to {file} broke while saving, and whether it was saved is not known yet. "
                "Before you do it again, look whether it is there."
            ).format(file=link.place())
        ) from error
    return found is not None
