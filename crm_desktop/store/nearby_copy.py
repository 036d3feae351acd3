"""The copy of customers and contact persons on this computer itself: filled step by step, then kept up with the log."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from crm_desktop.store import file, lock_proof, news, search
from crm_desktop.store.record import Row, chunks, tables

WHOLE: Final = ("customer", "contact", "position")
"""Tables that are copied, in this order, with their indexes and what they are searched by."""
_SMALL: Final = ("user", "setting")
"""Tables that questions about them look into; copied at once."""
_STEP: Final = 100
"""Records copied in the first step, and the fewest in any: some ten pages of the file."""
_MOST: Final = 500
"""Records copied in one step at most."""
_SECONDS: Final = 0.2
"""A step should not last longer: whoever asks something meanwhile waits for it."""
_OPEN_STEP = (
    'CREATE TABLE open_step (id INTEGER PRIMARY KEY, customer INTEGER, next_at TEXT, "by" INTEGER, next_by INTEGER)',
    "CREATE INDEX open_step_customer ON open_step (customer, next_at)",
)
"""Contacts whose next step nothing has followed, of all customers."""


class NoRoom(Exception):
    """The copy cannot be written."""


class Another(Exception):
    """It is a copy of another file: a backup was restored, or the file has other columns now."""


@contextmanager
def _written() -> Iterator[None]:
    """What is inside writes into the copy."""
    try:
        yield
    except sqlite3.Error as error:
        raise NoRoom from error


class Copy:
    """The copy, and how far it is; in the thread that owns the file."""

    def __init__(self, path: Path) -> None:
        """Make an empty one: what is written from now on is caught up with before it is used."""
        self.path, self.made = path, object()
        self.state: object = None
        """What the file said of itself when the copy was last as it is."""
        self.behind = False
        """Whether more was written since than a question can catch up with."""
        self._waiting = list(WHOLE)
        self._copied, self._pace = 0, _STEP
        self._schema, self._known = _schema(), _newest()
        made = file.ask(
            "SELECT type, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL AND (type = 'table' AND name IN"
            " (SELECT value FROM json_each(?)) OR type = 'index' AND tbl_name IN (SELECT value FROM json_each(?)))",
            (json.dumps([*WHOLE, *_SMALL]), json.dumps(WHOLE)),
        )
        # records that are copied one after the other may have had the same number, one before and one after a save
        each = [
            (of, sql.replace("CREATE UNIQUE INDEX", "CREATE INDEX", 1)) for kind, of, sql in made if kind == "index"
        ]
        self._indexes = {t: [sql for of, sql in each if of == t] for t in WHOLE}
        small = {table: _whole(table) for table in _SMALL}
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with _written():
            # only what was made for nobody else's eyes: were it gone by now, it would be made anew for everybody's
            name = f"{lock_proof.address_of(path)}?mode=rw"
            self.raw = sqlite3.connect(
                name, uri=True, isolation_level=None, check_same_thread=False, cached_statements=256
            )
        try:
            self._make([sql for kind, _of, sql in made if kind == "table"], small)
        except BaseException:
            self.close()
            raise

    def _make(self, made: Iterable[str], small: dict[str, list[tuple[Any, ...]]]) -> None:
        with _written():
            for pragma in ("journal_mode=OFF", "page_size=16384", "cache_size=-16000", "temp_store=MEMORY"):
                self.raw.execute(f"PRAGMA {pragma}")  # an unfinished copy is thrown away
            for sql in (*made, *_OPEN_STEP):
                self.raw.execute(sql)
            for table, rows in small.items():
                self._insert(table, rows)
            for table in filter(_is_searched, WHOLE):
                search.create(self.raw, table)
            search.prepare(self.raw)

    def close(self) -> None:
        """End it and delete its file."""
        self.raw.close()
        with suppress(OSError):  # another computer's virus scanner, say, looks at it: the next start deletes it
            self.path.unlink()

    @property
    def is_whole(self) -> bool:
        return not self._waiting

    def has(self, wanted: Iterable[str]) -> bool:
        """Whether these are tables it copies, and all their records are there."""
        return set(wanted) <= set(WHOLE) - set(self._waiting)

    def go_on(self) -> None:
        """Copy some more records, or make an index."""
        table = self._waiting[0]
        if self._pace:
            self._copy_some(table)
        elif self._indexes[table]:
            with _written():
                self.raw.execute(self._indexes[table].pop(0))
        if not self._pace and not self._indexes[table]:
            self._waiting.pop(0)
            self._copied, self._pace = 0, _STEP

    def _copy_some(self, table: str) -> None:
        start = time.monotonic()
        sql = f'SELECT id FROM "{table}" WHERE id > ? ORDER BY id LIMIT ?'
        ids = [i for (i,) in file.ask(sql, (self._copied, self._pace))]
        self._take_over({table: ids})
        if len(ids) < self._pace:
            self._pace = 0  # all are there
            return
        self._copied = ids[-1]
        slow = time.monotonic() - start > _SECONDS
        self._pace = max(_STEP, self._pace // 2) if slow else min(_MOST, self._pace + _STEP)

    def catch_up(self, most: int, or_nothing: bool) -> bool:
        """Take over what the log says was written since, up to so many entries; whether that was all.

        `or_nothing`: none of it when it is more. Another when the log goes on from something else.
        """
        state = file.state()
        last, of = self._known
        entries = file.ask(
            'SELECT id, change, "table", record, before FROM change_entry WHERE id >= ? ORDER BY id LIMIT ?',
            (last, most + 2),
        )
        if self._schema != _schema() or (last and (not entries or entries[0][:2] != (last, of))):
            raise Another
        new = entries[1:] if last else entries
        self.behind = len(new) > most
        if self.behind and or_nothing:
            return False
        new = new[:most]
        records = news.with_derived(new)
        changed = {table: sorted(i for of, i in records if of == table) for table in WHOLE}
        self._take_over(changed, {table for table, _record in records}.intersection(_SMALL))
        if new:
            self._known = int(new[-1][0]), int(new[-1][1])
        self.state = None if self.behind else state
        return not self.behind

    def is_current(self) -> bool:
        """Whether nobody has written since it last caught up."""
        return self.state is not None and self.state == file.state()

    def _take_over(self, records: dict[str, list[int]], small: Collection[str] = ()) -> None:
        """Have these records, and these small tables, as they are in the file; what is not there any more goes."""
        rows = {table: list(file.rows(table, ids).values()) for table, ids in records.items() if ids}
        texts = {table: _texts(table, records[table]) for table in filter(_is_searched, rows)}
        steps = _open_steps(rows.get("customer", ()))
        wholes = {table: _whole(table) for table in small}
        with _written():
            self.raw.execute("BEGIN")
            for table, its_rows in rows.items():
                self._delete(table, "id", records[table])
                self._insert(table, [tuple(row.values()) for row in its_rows])
            for table, found in texts.items():
                search.remove(self.raw, table, [i for i in records[table] if i not in found])
                search.save(self.raw, table, found.items())
            self._delete("open_step", "customer", records.get("customer", ()))
            self._insert("open_step", steps)
            for table, all_of_it in wholes.items():
                self.raw.execute(f'DELETE FROM "{table}"')
                self._insert(table, all_of_it)
            self.raw.execute("COMMIT")

    def _insert(self, table: str, rows: Sequence[Sequence[Any]]) -> None:
        if rows:
            # a next step may have gone over to another customer, and the log is caught up with later
            otherwise = "OR REPLACE " if table == "open_step" else ""
            self.raw.executemany(f'INSERT {otherwise}INTO "{table}" VALUES ({",".join("?" * len(rows[0]))})', rows)

    def _delete(self, table: str, column: str, ids: Iterable[int]) -> None:
        self.raw.executemany(f'DELETE FROM "{table}" WHERE {column} = ?', [(i,) for i in ids])


def _is_searched(table: str) -> bool:
    return bool(tables()[table].searchable)


def _schema() -> tuple[int, int]:
    return int(file.one("PRAGMA schema_version")), file.version()


def _newest() -> tuple[int, int]:
    found = file.ask("SELECT id, change FROM change_entry ORDER BY id DESC LIMIT 1")
    return (int(found[0][0]), int(found[0][1])) if found else (0, 0)


def _whole(table: str) -> list[tuple[Any, ...]]:
    return file.ask(f'SELECT * FROM "{table}"')


def _texts(table: str, ids: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for part in chunks(ids):
        found.update(file.ask(f"SELECT id, hay FROM {table}_hay WHERE id IN ({','.join('?' * len(part))})", part))
    return found


def _open_steps(customers: Iterable[Row]) -> list[tuple[Any, ...]]:
    """Contacts of these customers whose next step nothing has followed."""
    last = {row["id"]: row["last_contact_at"] or "" for row in customers if row["next_step_at"]}
    found: list[tuple[Any, ...]] = []
    for part in chunks(list(last)):
        marks = ",".join("?" * len(part))
        found += file.ask(
            f'SELECT id, customer, next_at, "by", next_by FROM interaction WHERE customer IN ({marks})'
            " AND next_at IS NOT NULL",
            part,
        )
    return [step for step in found if step[2] > last[step[1]]]
