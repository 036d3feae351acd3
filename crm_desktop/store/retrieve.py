"""Take one customer, or any record, from a backup into the open file: as a change that can be undone, ids kept."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from crm_desktop.i18n import N_
from crm_desktop.store import backup, backups, file, migrations, restore
from crm_desktop.store.change import BOOKKEEPING, Change, Person, change
from crm_desktop.store.history import Kept
from crm_desktop.store.record import Row, Stored, children, tables

_Rows = dict[str, dict[int, Row]]  # by table and id


@dataclass
class Retrieved:
    """What came back from a backup."""

    change: int = 0
    """0 when nothing was written."""
    restored: int = 0
    kept: list[Kept] = field(default_factory=list)
    """Records that were left as they are: somebody worked on them since, or something else has their number."""


class Difference(NamedTuple):
    """A record of the backup that is not the same in the open file."""

    table: str
    record: int
    fields: dict[str, tuple[object, object]]
    """Column to its values in the backup and here; empty when the record is not here at all."""


def differences(path: Path, table: str, ids: Sequence[int]) -> list[Difference]:
    """What retrieving these records with all that belongs to them would bring."""
    with _as_today(path) as raw:
        wanted = _belonging(raw, table, ids)
    found: list[Difference] = []
    for name, rows in wanted.items():
        here = file.rows(name, list(rows))
        for i, row in rows.items():
            fields = _differing(tables()[name], row, here[i]) if i in here else {}
            if fields or i not in here:
                found.append(Difference(name, i, {c: (row[c], here[i][c]) for c in fields}))
    return found


def retrieve(
    user: Person | None, path: Path, table: str, ids: Sequence[int], overwrite: bool = False, alone: bool = False
) -> Retrieved:
    """Bring records back from a backup, with all that belongs to them (unless `alone`) and the owners they need.

    What is still here and was changed since is kept and named, or set back to the backup with `overwrite`.
    UserError when the backup cannot be read.
    """
    with _as_today(path) as raw:
        wanted = _belonging(raw, table, ids, alone)
    result = Retrieved()
    with change(user, N_("Restore from backup")) as c:
        missing: _Rows = {}
        for name, rows in wanted.items():
            here = file.rows(name, list(rows))
            missing[name] = {i: row for i, row in rows.items() if i not in here}
            for i, row in here.items():
                _set_back(c, tables()[name], row, rows[i], overwrite, result)
        _put(c, missing, result)
        result.change = c.id if result.restored else 0
    return result


@contextmanager
def _as_today(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a backup in today's format: an older one is brought up to date in a copy first."""
    path = Path(path).absolute()
    if backup.read(path).version == migrations.version():
        with file.troubles(path), closing(backups.reader(path)) as raw:
            yield raw
    else:
        with restore.ready(path, backup.folder()) as part, file.troubles(path), closing(backups.reader(part)) as raw:
            yield raw


def _belonging(raw: sqlite3.Connection, table: str, ids: Sequence[int], alone: bool = False) -> _Rows:
    """The records of a backup with what hangs on them, and the owners without which that cannot be."""
    found: _Rows = {}
    waiting = [(table, list(ids))]
    while waiting:
        name, some = waiting.pop()
        rows = _rows(raw, name, "id", [i for i in some if i not in found.get(name, {})])
        found.setdefault(name, {}).update(rows)
        for child, column, end in children(name) if rows and not alone else ():
            if end == "cascade":
                waiting.append((child.table(), list(_rows(raw, child.table(), column, list(rows)))))
    owners = [(name, row) for name, rows in found.items() for row in rows.values()]
    while owners:
        name, row = owners.pop()
        for column, (target, end) in tables()[name].links.items():
            if end == "cascade" and row.get(column) is not None and row[column] not in found.get(target, {}):
                for i, owner in _rows(raw, target, "id", [row[column]]).items():
                    if i not in file.rows(target, [i], ["id"]):
                        found.setdefault(target, {})[i] = owner
                        owners.append((target, owner))
    return found


def _rows(raw: sqlite3.Connection, table: str, column: str, values: Sequence[int]) -> dict[int, Row]:
    cursor = raw.execute(
        f'SELECT * FROM "{table}" WHERE "{column}" IN (SELECT value FROM json_each(?))', (json.dumps(list(values)),)
    )
    names = [described[0] for described in cursor.description]
    rows = (dict(zip(names, values, strict=True)) for values in cursor)
    return {row["id"]: row for row in rows}


def _differing(model: type[Stored], theirs: Row, here: Row) -> list[str]:
    quiet = model.derived | BOOKKEEPING
    return [c for c in here if c in theirs and c not in quiet and theirs[c] != here[c]]


def _set_back(c: Change, model: type[Stored], here: Row, theirs: Row, overwrite: bool, result: Retrieved) -> None:
    fields = _differing(model, theirs, here)
    if not fields:
        return
    dead = {column for column in model.links if column in fields and _points_nowhere(model, column, theirs, ())}
    changes = {column: theirs[column] for column in fields if column not in dead}
    if not overwrite or dead or _taken(model, {**theirs, **changes}):
        result.kept.append(_kept(model, here["id"]))
        return
    c.write(model, here, changes | {b: theirs[b] for b in BOOKKEEPING if b in here and b in theirs})
    result.restored += 1


def _put(c: Change, missing: _Rows, result: Retrieved) -> None:
    """Insert what is not here; what would hang on nothing, or whose number is taken, stays away and is named."""
    for name, rows in missing.items():
        for i in [i for i, row in rows.items() if _taken(tables()[name], row)]:
            result.kept.append(_kept(tables()[name], i))
            del rows[i]
    again = True
    while again:
        again = False
        for name, rows in missing.items():
            model = tables()[name]
            must = [column for column, (_target, end) in model.links.items() if end == "cascade"]
            for i in list(rows):
                if any(_points_nowhere(model, column, rows[i], missing) for column in must):
                    result.kept.append(_kept(model, i))
                    del rows[i]
                    again = True
    for name, rows in missing.items():
        model = tables()[name]
        for row in rows.values():
            for column in [column for column in model.links if _points_nowhere(model, column, row, missing)]:
                row[column] = None
        known = set(model.columns())
        c.put(model, [{**model.blank(), **{k: v for k, v in row.items() if k in known}} for row in rows.values()])
        result.restored += len(rows)


def _points_nowhere(model: type[Stored], column: str, row: Row, coming: _Rows | Collection[str]) -> bool:
    """Whether a link points to a record that is neither here nor about to come."""
    target = model.links[column][0]
    if row.get(column) is None or (isinstance(coming, dict) and row[column] in coming.get(target, {})):
        return False
    return not file.rows(target, [row[column]], ["id"])


def _taken(model: type[Stored], row: Row) -> bool:
    """Whether another record has what only one may have, such as the customer number."""
    for _seq, index, unique, *_rest in file.ask(f'PRAGMA index_list("{model.table()}")'):
        columns = [column for *_numbers, column in file.ask(f'PRAGMA index_info("{index}")')]
        if unique and all(row.get(column) is not None for column in columns):
            same = " AND ".join(f'"{column}" = ?' for column in columns)
            sql = f'SELECT 1 FROM "{model.table()}" WHERE {same} AND id <> ?'
            if file.one(sql, [*(row[column] for column in columns), row["id"]]):
                return True
    return False


def _kept(model: type[Stored], record: int) -> Kept:
    last = file.ask(
        'SELECT c.user_name, c.at FROM change_entry e JOIN "change" c ON c.id = e.change'
        ' WHERE e.record = ? AND e."table" = ? ORDER BY e.id DESC LIMIT 1',
        (record, model.table()),
    )
    return Kept(model.table(), record, *(last[0] if last else ("", "")))
