"""Take one customer, or any record, from a backup into the open file: as a change that can be undone, ids kept.

What was read from the backup (see `taken`) is compared with the file, and written into it, where the file is owned.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from crm_desktop.i18n import N_
from crm_desktop.store import file
from crm_desktop.store import taken as reading
from crm_desktop.store.attempt import Attempt
from crm_desktop.store.change import BOOKKEEPING, Change, Person
from crm_desktop.store.history import Kept, Undone
from crm_desktop.store.record import Row, Stored, tables
from crm_desktop.store.taken import Key, Rows, Taken

ACTION: Final = N_("Restore from backup")
"""What such a change is called in the log (msgid)."""
Choice = Mapping[Key, Collection[str]]
"""What is to come back: records with the columns to set back; what is not here any more comes whole."""


class Retrieved(Undone):
    """What came back from a backup; `change` is 0 when nothing was written."""


class Difference(NamedTuple):
    """A record of the backup that is not the same in the open file."""

    table: str
    record: int
    fields: dict[str, tuple[object, object]]
    """Column to its values in the backup and here."""
    missing: bool
    """The record is not here at all; then the values here are all None."""


def differences(taken: Taken) -> list[Difference]:
    """What of these records, and of those they hang on, is not the same in the open file; what is missing first."""
    found: list[Difference] = []
    for rows in (taken.rows, taken.owners):
        for table, theirs in rows.items():
            model, here = tables()[table], file.rows(table, list(theirs))
            for i, row in theirs.items():
                if i not in here:
                    found.append(Difference(table, i, {c: (row[c], None) for c in _content(model, row)}, True))
                elif fields := _differing(model, row, here[i]):
                    found.append(Difference(table, i, {c: (row[c], here[i][c]) for c in fields}, False))
    return sorted(found, key=lambda one: not one.missing)


def everything(found: Iterable[Difference]) -> Choice:
    """The choice of all differences."""
    return {(one.table, one.record): tuple(one.fields) for one in found}


def bring(user: Person | None, taken: Taken, choice: Choice | None = None, overwrite: bool = False) -> Retrieved:
    """Write what was read from a backup into the open file, as one change: what was chosen, with the owners it needs.

    Without a choice, everything that is not here any more comes; what is here and was changed since is kept and named,
    or set back to the backup with `overwrite`.
    """
    return bringing(user, taken, choice, overwrite).go().result


def bringing(
    user: Person | None, taken: Taken, choice: Choice | None = None, overwrite: bool = False
) -> Attempt[Retrieved]:
    """The same, to be tried until it is saved."""
    return Attempt(user, ACTION, lambda c: _bring(c, taken, choice, overwrite))


def _bring(c: Change, taken: Taken, choice: Choice | None, overwrite: bool) -> Retrieved:
    result = Retrieved()
    wanted = choice if choice is not None else {(table, i): () for table, rows in taken.rows.items() for i in rows}
    missing: Rows = defaultdict(dict)
    here = {table: file.rows(table, [i for t, i in wanted if t == table]) for table in {t for t, _i in wanted}}
    for (table, i), _columns in wanted.items():
        row = taken.row((table, i))
        if row is not None and i not in here[table]:
            missing[table][i] = dict(row)
    _put(c, _with_owners(missing, taken), result)
    for (table, i), columns in wanted.items():
        row = taken.row((table, i))
        if row is not None and i in here[table]:
            only = None if choice is None else columns
            _set_back(c, tables()[table], here[table][i], row, overwrite or choice is not None, only, result)
    result.change = c.id if result.restored else 0
    return result


def retrieve(
    user: Person | None, path: Path, table: str, ids: Sequence[int], overwrite: bool = False, alone: bool = False
) -> Retrieved:
    """Bring records back from a backup, with all that belongs to them (unless `alone`) and the owners they need."""
    return bring(user, reading.read(path, table, ids, alone), overwrite=overwrite)


def _with_owners(missing: Rows, taken: Taken) -> Rows:
    """What comes, and what of the backup it cannot be without and is not here."""
    waiting = [(name, row) for name, rows in missing.items() for row in rows.values()]
    while waiting:
        name, row = waiting.pop()
        for column, (target, end) in tables()[name].links.items():
            if end == "cascade" and _points_nowhere(tables()[name], column, row, missing):
                owner = taken.row((target, row[column]))
                if owner is not None:
                    missing.setdefault(target, {})[row[column]] = dict(owner)
                    waiting.append((target, owner))
    return missing


def _content(model: type[Stored], row: Row) -> list[str]:
    quiet = model.derived | BOOKKEEPING | {"id"}
    return [c for c in model.columns() if c in row and c not in quiet]


def _differing(model: type[Stored], theirs: Row, here: Row) -> list[str]:
    return [c for c in _content(model, theirs) if c in here and theirs[c] != here[c]]


def _set_back(
    c: Change,
    model: type[Stored],
    here: Row,
    theirs: Row,
    overwrite: bool,
    only: Collection[str] | None,
    result: Retrieved,
) -> None:
    differing = _differing(model, theirs, here)
    fields = [column for column in differing if only is None or column in only]
    if not fields:
        return
    dead = {column for column in model.links if column in fields and _points_nowhere(model, column, theirs, ())}
    changes = {column: theirs[column] for column in fields if column not in dead}
    if not overwrite or dead or _taken(model, {**here, **changes}):
        result.kept.append(_kept(model, here["id"]))
        return
    # a record that is wholly as it was has its dates of then; one that is half so was changed now
    then = theirs if fields == differing else {"updated_at": c.at, "updated_by": c.user}
    c.write(model, here, changes | {b: then[b] for b in BOOKKEEPING if b in here and b in then})
    result.restored += 1


def _put(c: Change, missing: Rows, result: Retrieved) -> None:
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
    for name in _owners_first(missing):
        model, rows = tables()[name], missing[name]
        for row in rows.values():
            for column in [column for column in model.links if _points_nowhere(model, column, row, missing)]:
                row[column] = None
        known = set(model.columns())
        c.put(model, [{**model.blank(), **{k: v for k, v in row.items() if k in known}} for row in rows.values()])
        result.restored += len(rows)


def _owners_first(names: Iterable[str]) -> list[str]:
    """Tables in such an order that an undo, which goes backwards, never takes away what something still points to."""
    waiting, ordered = list(names), list[str]()
    while waiting:
        targets = {name: {target for target, _end in tables()[name].links.values()} - {name} for name in waiting}
        free = [name for name in waiting if not targets[name] & set(waiting)] or waiting[:1]
        ordered += free
        waiting = [name for name in waiting if name not in free]
    return ordered


def _points_nowhere(model: type[Stored], column: str, row: Row, coming: Rows | Collection[str]) -> bool:
    """Whether a link points to a record that is neither here nor about to come."""
    target = model.links[column][0]
    if row.get(column) is None or (isinstance(coming, dict) and row[column] in coming.get(target, {})):
        return False
    return not file.rows(target, [row[column]], ["id"])


def _taken(model: type[Stored], row: Row) -> bool:
    """Whether another record has what only one may have, such as the customer number."""
    for columns in _once(model):
        if all(row.get(column) is not None for column in columns):
            same = " AND ".join(f'"{column}" = ?' for column in columns)
            sql = f'SELECT 1 FROM "{model.table()}" WHERE {same} AND id <> ?'
            if file.one(sql, [*(row[column] for column in columns), row["id"]]):
                return True
    return False


def _once(model: type[Stored]) -> Iterator[Sequence[str]]:
    """The columns whose values only one record may have."""
    for described in model._meta.sorted_fields:
        if described.unique and not described.primary_key:
            yield (described.column_name,)
    for index in model._meta.indexes:
        if isinstance(index, tuple) and index[1]:  # others are partial, and none of those is for that
            yield index[0]


def _kept(model: type[Stored], record: int) -> Kept:
    last = file.ask(
        'SELECT c.user_name, c.at FROM change_entry e JOIN "change" c ON c.id = e.change'
        ' WHERE e.record = ? AND e."table" = ? ORDER BY e.id DESC LIMIT 1',
        (record, model.table()),
    )
    return Kept(model.table(), record, *(last[0] if last else ("", "")))
