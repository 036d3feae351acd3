"""All customers with their search index on this computer too, while the customer file lies on a network drive.

A search reads dozens of pages from all over the file, each a round trip, and reads them again after every save of a
colleague. So the customers are copied once, in small steps while nothing else is to be done, and from then on the log
says what to copy again: before each use everything that was written since is caught up with, in the same look at the
file. What is found is therefore always what the file holds at that moment; until the copy is there, the file answers.
"""

from __future__ import annotations

import atexit
import os
import shutil
import sqlite3
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from crm_desktop import paths
from crm_desktop.store import file, news, search
from crm_desktop.store.record import chunks

MARK: Final = ".customers"
"""What the names of such copies end with, so that other copies are not taken for them."""
_STEP: Final = 100
"""Customers copied in the first step, and the fewest in any: some ten pages of the file."""
_MOST: Final = 1000
"""Customers copied in one step at most."""
_SECONDS: Final = 0.1
"""A step should not last longer: whoever asks something meanwhile waits for it."""
_FEW: Final = 60
"""Entries of the log that a question itself catches up with; more are left to the next steps."""
_PART: Final = 300
"""Entries of the log that a step catches up with."""
LARGEST: Final = 4 << 30
"""Bytes; the customers of a larger file are not copied."""
_SMALL: Final = ("user", "setting")
"""Tables that questions about customers look into; copied whole."""


@dataclass
class _Copy:
    """The copy, and how far it is."""

    raw: sqlite3.Connection
    path: Path
    schema: int
    known: tuple[int, int]
    """The last entry of the log that is in it, and the change that entry belongs to."""
    indexes: list[str]
    """What is still to be made when all customers are there."""
    made: float = field(default_factory=time.monotonic)
    copied: int | None = 0
    """The id up to which customers have been copied; None when all are there."""
    pace: int = _STEP
    """Customers copied in the next step."""
    state: object = None
    """What the file said of itself when the copy was last as it is."""
    behind: bool = False
    """Whether more was written since than a question can catch up with."""

    @property
    def is_whole(self) -> bool:
        return self.copied is None and not self.indexes


_copy: _Copy | None = None
_given_up = False
"""Whether there is no room for a copy of this file."""


def is_wanted() -> bool:
    """Whether `step` has something to do; asks nothing of the file."""
    if _given_up or not file.is_open() or not file.is_far() or file.instead_of() is not None:
        return False
    return _copy is None or not _copy.is_whole or _copy.behind


def step() -> bool:
    """Copy some more customers, or what was written since; whether there is more to do.

    In the thread that owns the file, outside of any transaction. UserError when the file cannot be reached.
    """
    if not is_wanted():
        return False
    with _giving_up(), file.at_once():
        if _copy is None:
            _begin()
        elif _copy.copied is not None:
            _copy_customers(_copy, _copy.copied)
        elif _copy.indexes:
            with _written():
                _copy.raw.execute(_copy.indexes.pop(0))
        else:
            _catch_up(_copy, _PART)
    return is_wanted()


@contextmanager
def instead() -> Iterator[bool]:
    """Questions inside, about customers and nothing else, are answered by the copy, if there is one; whether it does.

    In the thread that owns the file.
    """
    found = _copy
    if found is None or not found.is_whole or not file.is_far() or file.instead_of() is not None or file.is_writing():
        yield False
        return
    with file.at_once():
        current = False
        with _giving_up():
            current = _is_current(found)
        if not current:
            yield False
            return
        with file.reading_from(found.raw, found.made, long=False):
            yield True


def drop() -> None:
    """Delete the copy; it is made anew where one is wanted."""
    global _copy, _given_up
    old, _copy, _given_up = _copy, None, False
    if old is not None:
        old.raw.close()
        _unlink([old.path])


def _unlink(paths: Iterable[Path]) -> None:
    for path in paths:
        with suppress(OSError):  # Windows keeps what another running copy has open
            path.unlink()


class _NoRoom(Exception):
    """The copy cannot be written."""


@contextmanager
def _written() -> Iterator[None]:
    """What is inside writes into the copy."""
    try:
        yield
    except sqlite3.Error as error:
        raise _NoRoom from error


@contextmanager
def _giving_up() -> Iterator[None]:
    """Without room on this computer the file itself is asked, as on a local disk."""
    global _given_up
    try:
        yield
    except (_NoRoom, OSError):
        drop()
        _given_up = True


def _is_current(copy: _Copy) -> bool:
    """Whether the copy is what the file holds now, after catching up with a little."""
    if copy.state is not None and copy.state == _state():
        return True
    copy.state = None
    _catch_up(copy, _FEW)
    return _copy is copy and copy.state is not None


def _state() -> object:
    return file.way.connections, file.state()


def _begin() -> None:
    """Make an empty copy: what is written from now on is caught up with when all customers are there."""
    global _copy
    folder, size = paths.copies(), file.size()
    if size > LARGEST or shutil.disk_usage(folder).free < 2 * size:
        raise _NoRoom
    _unlink(folder.glob(f"*{MARK}{file.SUFFIX}"))  # what earlier runs of the program left behind
    path = folder / f"{os.getpid()}-{time.time_ns()}{MARK}{file.SUFFIX}"
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    made = file.ask(
        "SELECT type, sql FROM sqlite_master WHERE sql IS NOT NULL AND (type = 'index' AND tbl_name = 'customer'"
        " OR type = 'table' AND name IN ('customer', 'user', 'setting'))"
    )
    newest, schema, small = _newest(), _schema(), {table: _whole(table) for table in _SMALL}
    raw = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=256)
    _copy = _Copy(raw, path, schema, newest, [sql for kind, sql in made if kind == "index"])
    with _written():
        for pragma in ("journal_mode=OFF", "page_size=16384", "cache_size=-16000", "temp_store=MEMORY"):
            raw.execute(f"PRAGMA {pragma}")  # an unfinished copy is thrown away
        for sql in (sql for kind, sql in made if kind == "table"):
            raw.execute(sql)
        for table, rows in small.items():
            _insert(raw, table, rows)
        search.create(raw, "customer")
        search.prepare(raw)


def _schema() -> int:
    return int(file.one("PRAGMA schema_version"))


def _newest() -> tuple[int, int]:
    found = file.ask("SELECT id, change FROM change_entry ORDER BY id DESC LIMIT 1")
    return (int(found[0][0]), int(found[0][1])) if found else (0, 0)


def _whole(table: str) -> list[tuple[Any, ...]]:
    return file.ask(f'SELECT * FROM "{table}"')


def _insert(raw: sqlite3.Connection, table: str, rows: Sequence[Sequence[Any]]) -> None:
    if rows:
        raw.executemany(f'INSERT INTO "{table}" VALUES ({",".join("?" * len(rows[0]))})', rows)


def _copy_customers(copy: _Copy, after: int) -> None:
    start = time.monotonic()
    ids = [i for (i,) in file.ask("SELECT id FROM customer WHERE id > ? ORDER BY id LIMIT ?", (after, copy.pace))]
    _take_over(copy, ids)
    copy.copied = ids[-1] if len(ids) == copy.pace else None
    took = time.monotonic() - start
    copy.pace = max(_STEP, copy.pace // 2) if took > _SECONDS else min(_MOST, copy.pace + _STEP)


def _take_over(copy: _Copy, ids: Sequence[int], small: Collection[str] = ()) -> None:
    """Have these customers, and these small tables, as they are in the file; who is not there any more goes."""
    rows = [tuple(row.values()) for row in file.rows("customer", ids).values()]
    texts: dict[int, str] = {}
    for part in chunks(ids):
        texts.update(file.ask(f"SELECT id, hay FROM customer_hay WHERE id IN ({','.join('?' * len(part))})", part))
    wholes = {table: _whole(table) for table in small}
    with _written():
        copy.raw.execute("BEGIN")
        copy.raw.executemany("DELETE FROM customer WHERE id = ?", [(i,) for i in ids])
        _insert(copy.raw, "customer", rows)
        search.remove(copy.raw, "customer", [i for i in ids if i not in texts])
        search.save(copy.raw, "customer", texts.items())
        for table, its_rows in wholes.items():
            copy.raw.execute(f'DELETE FROM "{table}"')
            _insert(copy.raw, table, its_rows)
        copy.raw.execute("COMMIT")


def _catch_up(copy: _Copy, most: int) -> None:
    """Take over what the log says was written since; a question leaves it to the steps when it is too much for it."""
    state = _state()
    last, of = copy.known
    entries = file.ask(
        'SELECT id, change, "table", record, before FROM change_entry WHERE id >= ? ORDER BY id LIMIT ?',
        (last, most + 2),
    )
    if copy.schema != _schema() or (last and (not entries or entries[0][:2] != (last, of))):
        drop()  # a backup was restored, or the file has other columns now: it is another one
        return
    new = entries[1:] if last else entries
    copy.behind = len(new) > most
    if copy.behind and most == _FEW:
        return
    new = new[:most]
    records = news.with_derived(new)
    small = {table for table, _record in records}.intersection(_SMALL)
    _take_over(copy, sorted(i for table, i in records if table == "customer"), small)
    if new:
        copy.known = int(new[-1][0]), int(new[-1][1])
    copy.state = None if copy.behind else state


file.opened.append(drop)
atexit.register(drop)
