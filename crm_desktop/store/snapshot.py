"""A private copy of a customer file on a network drive, for readings that take long: statistics, reports, comparisons.

shared-drive.md, rule 10. Made through the connection in small steps, so that colleagues go on saving; what is read from
it says as of when it is. On a local disk, and for very large files, there is none: reading directly is quicker.
"""

from __future__ import annotations

import atexit
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crm_desktop import paths
from crm_desktop.errors import UserError
from crm_desktop.store import backup, file, nearby, search, troubles

FRESH = 300.0
"""Seconds for which a copy is good enough although colleagues have saved since."""
LARGEST = 200 << 20
"""Bytes; a larger file is not copied over the network for this."""


@dataclass(frozen=True)
class Copy:
    """A copy, and what it is a copy of."""

    raw: sqlite3.Connection
    path: Path
    of: object
    at: datetime
    made: float
    state: object
    """What the file said of itself; None when somebody saved while it was copied."""
    changes: tuple[int, int]
    """The connection, and how much this program had written through it by then."""


_copy: Copy | None = None


def is_wanted() -> bool:
    """Whether a new copy should be made; in the thread that owns the file."""
    if not file.is_open() or not file.is_far() or file.size() > LARGEST:
        return False
    if shutil.disk_usage(paths.copies()).free < 2 * file.size():
        return False
    return not _is_exact() and (_copy is None or time.monotonic() - _copy.made > FRESH)


def refresh(progress: Callable[[int, int, str], None] | None = None) -> datetime:
    """Make the copy, or make it anew; as of when it is. In the thread that owns the file, outside of any transaction.

    `progress` is called between small steps and may itself ask or write, or raise to stop. UserError when the file
    cannot be reached or there is no room; the older copy is gone then.
    """
    global _copy
    drop()
    place, changes, before = file.place(), _written(), file.state()
    path = paths.copies() / f"{os.getpid()}-{time.time_ns()}{file.SUFFIX}"
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    raw = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=256)
    try:
        with file.troubles():
            raw.execute("PRAGMA journal_mode=OFF")  # an unfinished copy is thrown away
            backup.copy_pages(file.connection(), raw, progress, "")
            at = datetime.now()
            state = before if file.state() == before else None
        raw.execute("PRAGMA query_only=ON")
        search.prepare(raw)
    except BaseException:
        raw.close()
        path.unlink(missing_ok=True)  # gone already where another file was opened meanwhile
        raise
    _copy = Copy(raw, path, place, at, time.monotonic(), state, changes)
    return at


def _is_exact() -> bool:
    """Whether nobody has written since the copy was made."""
    return _copy is not None and _copy.of == file.place() and _copy.state is not None and _copy.state == file.state()


def _is_fresh() -> bool:
    """Whether only colleagues have written since, and not for long: nobody misses a save of their own."""
    return (
        _copy is not None
        and _copy.of == file.place()
        and time.monotonic() - _copy.made <= FRESH
        and _copy.changes == _written()
    )


def _written() -> tuple[int, int]:
    raw = file.connection()
    return file.way.connections, raw.total_changes


@contextmanager
def instead(exact: bool = False) -> Iterator[datetime | None]:
    """Questions inside are answered by the copy, if there is one that is fresh; as of when it is, else None.

    `exact`: only by a copy that nobody has written since. In the thread that owns the file.
    """
    found = _copy
    if found is None or not file.is_far() or not (_is_exact() or (not exact and _is_fresh())):
        yield None
        return
    try:
        with file.reading_from(found.raw, found.made):
            yield found.at
    except (UserError, sqlite3.Error) as error:
        if not troubles.is_unreadable(error):
            raise
        drop()
        raise troubles.away(found.path) from error  # the customer file is not damaged


def drop() -> None:
    """Delete the copy, and what earlier runs of the program left behind."""
    global _copy
    old, _copy = _copy, None
    if old is not None:
        old.raw.close()
    for left in paths.copies().glob(f"*{file.SUFFIX}*"):
        if not left.stem.endswith(nearby.MARK):
            with suppress(OSError):  # Windows keeps what another running copy has open
                left.unlink()


def _forget() -> None:
    """Another file was opened, or everything is to be read again."""
    if _copy is not None:
        drop()


def _leave() -> None:
    """The program ends with the file open: a thread may be at work with the copy still, so that it cannot be closed."""
    if _copy is not None:
        with suppress(OSError):  # the next start deletes what Windows keeps
            _copy.path.unlink()


file.opened.append(_forget)
file.closed.append(_forget)
atexit.register(_leave)
