"""Customers and contact persons on this computer, too, while the customer file lies on a network drive.

A search reads dozens of pages from all over the file, each a round trip, and reads them again after every save of a
colleague. So they are copied once, in small steps while nothing else is to be done, and from then on the log says what
to copy again: before each use everything that was written since is caught up with, in the same look at the file. What
is found is therefore always what the file holds at that moment; until the copy is there, the file answers.
"""

from __future__ import annotations

import atexit
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from crm_desktop import paths
from crm_desktop.errors import UserError
from crm_desktop.store import file, link, troubles
from crm_desktop.store.nearby_copy import Another, Copy, NoRoom

MARK: Final = ".customers"
"""What the names of such copies end with, so that other copies are not taken for them."""
LARGEST: Final = 4 << 30
"""Bytes; of a larger file there is no copy."""
_FEW: Final = 60
"""Entries of the log that a question itself catches up with; more are left to the next steps."""
_PART: Final = 300
"""Entries of the log that a step catches up with."""

_copy: Copy | None = None
_given_up = False
"""Whether there is no room for a copy of this file."""


def is_wanted() -> bool:
    """Whether `step` has something to do; asks nothing of the file."""
    if _given_up or not file.is_open() or not _is_far() or file.instead_of() is not None:
        return False
    return _copy is None or not _copy.is_whole or _copy.behind


def step() -> bool:
    """Copy some more records, or what was written since; whether there is more to do.

    In the thread that owns the file, outside of any transaction. UserError when the file cannot be reached.
    """
    if not is_wanted():
        return False
    with _giving_up(), file.at_once():
        if _copy is None:
            _begin()
        elif _copy.behind:
            _copy.catch_up(_PART, or_nothing=False)
        else:
            _copy.go_on()
    return is_wanted()


@contextmanager
def instead(*tables: str) -> Iterator[bool]:
    """Questions inside, about these tables and nothing else, are answered by the copy, if it has them; whether it does.

    It has `open_step`, too: the contacts whose next step nothing has followed. In the thread that owns the file.
    """
    found = _copy
    if found is not None and file.instead_of() == found.made:
        yield found.has(tables)  # it answers already
        return
    if found is None or not found.has(tables) or not _is_far() or file.is_writing():
        yield False
        return
    with file.at_once():
        current = False
        with _giving_up():
            current = found.is_current() or found.catch_up(_FEW, or_nothing=True)
        if not current:
            yield False
            return
        with _sound(found), file.reading_from(found.raw, found.made, long=False):
            yield True


def drop() -> None:
    """Delete the copy; it is made anew where one is wanted."""
    global _copy, _given_up
    old, _copy, _given_up = _copy, None, False
    if old is not None:
        old.close()


def _forget() -> None:
    """Another file was opened; what a program that was killed left behind goes, too."""
    drop()
    with suppress(OSError):  # without a folder for copies there are none
        for left in paths.copies().glob(f"*{file.SUFFIX}*"):
            with suppress(OSError):  # Windows keeps what another running program has open
                left.unlink()


def _is_far() -> bool:
    """Whether a copy would help; without locks what is read may be half of a save, and the log would not tell."""
    return file.is_far() and not link.only_reads()


@contextmanager
def _sound(found: Copy) -> Iterator[None]:
    """A copy that cannot be read any more is given up, and not taken for damage of the customer file."""
    global _given_up
    try:
        yield
    except (UserError, sqlite3.Error) as error:
        if not troubles.is_unreadable(error):
            raise
        drop()
        _given_up = True
        raise troubles.away(found.path) from error


@contextmanager
def _giving_up() -> Iterator[None]:
    """Without room on this computer the file itself is asked, as on a local disk."""
    global _given_up
    try:
        yield
    except Another:
        drop()
    except (NoRoom, OSError):
        drop()
        _given_up = True


def _begin() -> None:
    global _copy
    folder, size = paths.copies(), file.size()
    if size > LARGEST or shutil.disk_usage(folder).free < 2 * size:
        raise NoRoom
    _copy = Copy(folder / f"{os.getpid()}-{time.time_ns()}{MARK}{file.SUFFIX}")


def _leave() -> None:
    """The program ends with the file open: a thread may be at work with the copy still, so that it cannot be closed."""
    if _copy is not None:
        with suppress(OSError):  # the next start deletes what Windows keeps
            _copy.path.unlink()


file.opened.append(_forget)
file.closed.append(drop)
atexit.register(_leave)
