"""Read records from a backup, without the open file: any thread may do it."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from crm_desktop.store import backup, backups, file, migrations, restore, search
from crm_desktop.store.backup import Progress
from crm_desktop.store.change import BOOKKEEPING
from crm_desktop.store.record import Row, children, chunks, tables

Rows = dict[str, dict[int, Row]]
"""Rows by table and id."""
Key = tuple[str, int]
"""A record: table and id."""
_STEP = 4096


@dataclass(frozen=True)
class Taken:
    """What was read from a backup."""

    rows: Rows
    """The records asked for, with all that hangs on them."""
    owners: Rows
    """What these in turn hang on: it comes with them where it is not here any more."""

    def row(self, key: Key) -> Row | None:
        """A record as it is in the backup."""
        return self.rows.get(key[0], {}).get(key[1]) or self.owners.get(key[0], {}).get(key[1])


@contextmanager
def as_today(path: Path, progress: Progress | None = None) -> Iterator[Path]:
    """A backup in today's format: an older one is brought up to date in a copy, which disappears afterwards."""
    path = Path(path).absolute()
    if backup.read(path).version == migrations.version():
        yield path
    else:
        with restore.ready(path, backup.folder(), progress) as part:
            yield part


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a backup in today's format that only reads; UserError when it cannot be read."""
    with as_today(path) as today, file.troubles(path), closing(backups.reader(today)) as raw:
        search.prepare(raw)
        yield raw


def read(path: Path, table: str, ids: Sequence[int], alone: bool = False) -> Taken:
    """Read records of a backup with all that belongs to them (unless `alone`); UserError when it cannot be read."""
    with opened(path) as raw:
        found: Rows = {}
        waiting = [(table, list(ids))]
        while waiting:
            name, some = waiting.pop()
            rows = rows_of(raw, name, "id", [i for i in some if i not in found.get(name, {})])
            found.setdefault(name, {}).update(rows)
            for child, column, end in children(name) if rows and not alone else ():
                if end == "cascade":
                    waiting.append((child.table(), list(rows_of(raw, child.table(), column, list(rows)))))
        return Taken(found, _owners(raw, found))


def _owners(raw: sqlite3.Connection, found: Rows) -> Rows:
    """Everything these records cannot be without, and what that cannot be without."""
    owners: Rows = {}
    waiting = found
    while waiting:
        wanted: dict[str, set[int]] = defaultdict(set)
        for name, rows in waiting.items():
            for column, (target, end) in tables()[name].links.items():
                known = found.get(target, {}).keys() | owners.get(target, {}).keys()
                if end == "cascade":
                    wanted[target] |= {row[column] for row in rows.values() if row.get(column) is not None} - known
        waiting = {target: rows_of(raw, target, "id", list(ids)) for target, ids in wanted.items() if ids}
        for target, rows in waiting.items():
            owners.setdefault(target, {}).update(rows)
    return owners


def rows_of(raw: sqlite3.Connection, table: str, column: str, values: Sequence[int]) -> dict[int, Row]:
    """Rows of a backup by the value of a column."""
    cursor = raw.execute(
        f'SELECT * FROM "{table}" WHERE "{column}" IN (SELECT value FROM json_each(?))', (json.dumps(list(values)),)
    )
    names = [described[0] for described in cursor.description]
    rows = (dict(zip(names, values, strict=True)) for values in cursor)
    return {row["id"]: row for row in rows}


# which records may differ: what only one of both logs knows. The same functions read either side


def entries(raw: sqlite3.Connection) -> array[int]:
    """The numbers of all entries of a log, in order."""
    return array("q", (i for (i,) in raw.execute("SELECT id FROM change_entry ORDER BY id")))


def only_in(ours: array[int], theirs: array[int]) -> tuple[list[int], list[int]]:
    """What only one of two ordered lists has, and what only the other has; long equal beginnings cost nothing."""
    n = 0
    while n < min(len(ours), len(theirs)) and ours[n : n + _STEP] == theirs[n : n + _STEP]:
        n += _STEP
    left, right = set(ours[n:]), set(theirs[n:])
    return sorted(left - right), sorted(right - left)


def touched(raw: sqlite3.Connection, entries: Sequence[int]) -> set[Key]:
    """The records that entries of a log are about."""
    found: set[Key] = set()
    for part in chunks(entries, 10_000):
        found |= set(
            raw.execute(
                'SELECT "table", record FROM change_entry WHERE id IN (SELECT value FROM json_each(?))',
                (json.dumps(list(part)),),
            )
        )
    return {key for key in found if key[0] in tables()}


def prints(raw: sqlite3.Connection, keys: Iterable[Key]) -> dict[Key, int]:
    """A number for the content of each record that is there; equal content gives equal numbers in this process."""
    by_table: dict[str, list[int]] = defaultdict(list)
    for table, record in keys:
        by_table[table].append(record)
    found: dict[Key, int] = {}
    for table, ids in by_table.items():
        model = tables()[table]
        columns = ",".join(f'"{c}"' for c in model.columns() if c not in model.derived | BOOKKEEPING and c != "id")
        for part in chunks(ids, 10_000):
            sql = f'SELECT id, {columns} FROM "{table}" WHERE id IN (SELECT value FROM json_each(?))'
            found.update({(table, i): hash(tuple(row)) for i, *row in raw.execute(sql, (json.dumps(list(part)),))})
    return found
