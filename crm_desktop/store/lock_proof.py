"""Does a drive keep its promise about locks? One holds the lock of a tiny database of its own, another tries to get it.

Through SQLite, because that is what must be able to rely on it, and never on the customer file itself.
`python -m crm_desktop.store.lock_proof FILE` is the other process: it ends with 0 when the lock was honoured.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote

HONOURED, NOT_HONOURED, UNKNOWN = 0, 3, 4
PATIENCE = 30
"""Seconds for the other process; a share may hang that long in opening a file."""


AGAIN = 1.0
"""Seconds until a lock that was refused is asked for again."""


class Refused(Exception):
    """The drive gives no locks at all."""


def hold(path: Path) -> sqlite3.Connection:
    """Make a tiny database and hold its lock until the connection is closed; Refused when there are no locks here.

    OSError when the place cannot be written at all.
    """
    try:
        return _hold(path)
    except Refused:  # a connection that breaks just now looks the same, and the second try says which it was
        time.sleep(AGAIN)
        return _hold(path)


def _hold(path: Path) -> sqlite3.Connection:
    try:
        raw = sqlite3.connect(path, isolation_level=None, timeout=0, check_same_thread=False)
        try:
            raw.execute("PRAGMA journal_mode=MEMORY")  # an empty file is enough: nothing is ever written into it
            raw.execute("BEGIN IMMEDIATE")
        except BaseException:
            raw.close()
            raise
    except sqlite3.OperationalError as error:
        if (name := _name(error)).startswith(("SQLITE_BUSY", "SQLITE_IOERR_LOCK", "SQLITE_IOERR_RDLOCK")) or name in (
            "SQLITE_IOERR_UNLOCK",
            "SQLITE_IOERR_CHECKRESERVEDLOCK",
            "SQLITE_PROTOCOL",
            "SQLITE_NOLFS",
        ):
            raise Refused(name) from error
        raise OSError(name) from error
    return raw


def renew(raw: sqlite3.Connection) -> bool:
    """Give the lock back and take it again at once: whether the connection still lives on the drive.

    A connection that the drive has dropped must be noticed by its owner before colleagues notice the missing lock.
    """
    try:
        raw.execute("ROLLBACK")
        for _again in range(20):  # a colleague may just be trying it
            with suppress(sqlite3.OperationalError):
                raw.execute("BEGIN IMMEDIATE")
                return True
    except sqlite3.Error:
        return False
    return False


def is_held(path: Path) -> bool:
    """Whether somebody holds this lock; OSError when it cannot be tried, FileNotFoundError when it is gone."""
    try:
        with closing(sqlite3.connect(f"{address_of(path)}?mode=rw", uri=True, isolation_level=None, timeout=0)) as raw:
            raw.execute("BEGIN IMMEDIATE")
            raw.execute("ROLLBACK")
    except sqlite3.DatabaseError as error:
        name = _name(error)
        if name.startswith("SQLITE_BUSY"):
            return True
        if name.startswith("SQLITE_CANTOPEN") and not os.path.exists(path):
            raise FileNotFoundError(path) from error
        raise OSError(name) from error
    return False


def is_honoured_here(path: Path) -> bool | None:
    """Whether another process on this computer is kept from a lock that this one holds; None when it cannot be told."""
    import subprocess  # a file on this computer never asks for it

    frozen = getattr(sys, "frozen", False)
    program = [sys.executable, "--try-lock"] if frozen else [sys.executable, "-m", __name__]
    try:
        other = subprocess.run(
            [*program, str(path)],
            capture_output=True,
            timeout=PATIENCE,
            check=False,
            cwd=None if frozen else Path(__file__).parents[2],
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        ).returncode
    except (OSError, subprocess.SubprocessError):
        return None
    return {HONOURED: True, NOT_HONOURED: False}.get(other)


def try_it(path: str) -> int:
    """What the other process finds, as its exit status."""
    try:
        return HONOURED if is_held(Path(path)) else NOT_HONOURED
    except OSError:
        return UNKNOWN


def address_of(path: Path) -> str:
    """The file as an address that SQLite takes options for, on a Windows share, too."""
    text = Path(path).absolute().as_posix()
    return "file://" + ("" if text.startswith("/") else "/") + quote(text)


def without_locks(path: Path) -> str:
    """The address for reading a file on a drive that gives no locks, where nobody can write either."""
    system = "win32-none" if sys.platform == "win32" else "unix-none"
    return f"{address_of(path)}?mode=ro&vfs={system}"


def _name(error: sqlite3.Error) -> str:
    return getattr(error, "sqlite_errorname", "") or ""


if __name__ == "__main__":
    sys.exit(try_it(sys.argv[1]))
