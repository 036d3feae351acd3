"""The one way to write: a short transaction that records, beside the records, what each field was before and after."""

from __future__ import annotations

import platform
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.store import conflict, deriving, file, search
from crm_desktop.store.conflict import Clash as Clash
from crm_desktop.store.conflict import Conflict as Conflict
from crm_desktop.store.deriving import Progress
from crm_desktop.store.entries import Entries
from crm_desktop.store.ids import new_id, new_ids
from crm_desktop.store.logged import Entry as Entry
from crm_desktop.store.logged import Log as Log
from crm_desktop.store.record import Row, Stored, children, chunks, inserting
from crm_desktop.store.troubles import Unsettled

R = TypeVar("R", bound=Stored)
Values = Mapping[Any, Any]
"""What to write: field (or its name) to Python value."""

BOOKKEEPING = frozenset({"updated_at", "updated_by"})
MANY = 5000
"""Above this many records a change announces itself as "anything may have changed"."""


class Person(Protocol):
    """Who writes: anything with an id and a name."""

    @property
    def id(self) -> Any: ...
    @property
    def name(self) -> Any: ...


class Gone(UserError):
    """The record was deleted in the meantime."""


@dataclass(frozen=True)
class Committed:
    """What a finished change did, told to whoever listens (in the thread that owns the file)."""

    change: int
    action: str
    user: int | None
    records: frozenset[tuple[str, int]] | None
    """(table, id) of everything written or derived; None when there were too many to name."""


committed: list[Callable[[Committed], None]] = []


def now() -> str:
    """This moment in office time, ISO text to the second."""
    return datetime.now().isoformat(timespec="seconds")


class Change:
    """Collects what one action writes; made by `change()`, ends with its transaction."""

    def __init__(
        self,
        user: Person | None,
        action: str,
        undoes: int | None = None,
        progress: Progress | None = None,
        number: int | None = None,
    ) -> None:
        self.id = number or new_id()
        self.at = now()
        self.action = action
        self.note = ""
        """Why it is done, if somebody says so."""
        self.traced = False
        """Whether the log remembers it, too, when no record was written."""
        self.user: int | None = user.id if user else None
        self._who = user.name if user else ""
        self._undoes = undoes
        self._progress = progress
        self._log = Entries(self.id, progress)
        self._touched: dict[str, set[int]] = defaultdict(set)
        self._affected: dict[str, set[int]] = defaultdict(set)
        self._fresh: dict[str, set[int]] = defaultdict(set)
        self._settled: dict[str, array[int]] = defaultdict(lambda: array("q"))
        """New records whose derived columns and search texts are written already."""

    def save(self, target: R | type[R], values: Values, seen: Values | None = None) -> R:
        """Write one record: a new one (target is the model) or changed fields of an existing one.

        Raises Conflict when a field in `seen` (as the writer saw it) has another value by now and differs from ours;
        Invalid when a rule is broken; Gone when the record was deleted.
        """
        if isinstance(target, type):
            model: type[R] = target
            return model.from_row(self._insert(model, [model.stored(values)])[0])  # type: ignore[no-any-return]
        model = type(target)
        return model.from_row(self._update(model, target.id, model.stored(values), seen))  # type: ignore[no-any-return]

    def expect(self, records: int, doing: str) -> None:
        """Say that so many more records are going to be written: `progress` is told of each, and may raise to stop."""
        self._log.expect(records, doing)

    def insert_many(self, model: type[Stored], records: Sequence[Values]) -> list[int]:
        """Write many new records at once; their ids in the same order."""
        return self.insert_rows(model, [model.stored(values) for values in records])

    def insert_rows(self, model: type[Stored], rows: list[Row]) -> list[int]:
        """As `insert_many`, of values that are as the database holds them already."""
        return [row["id"] for row in self._insert(model, rows)]

    def insert_together(self, parts: Sequence[tuple[type[Stored], list[Row]]]) -> None:
        """As `insert_rows` of several kinds of new records; none that is there already may hang on them, or they on it.

        What derives from what is then known before anything is written: half the time of writing first.
        """
        together: dict[str, Sequence[Row]] = {model.table(): rows for model, rows in parts}
        for model, rows in parts:
            self._complete(model, rows)
        for model, rows in parts:
            if model.derives:
                model.derive_together(rows, together)
        for model, rows in parts:
            if rows:
                ids = self._write_new(model, rows)
                self._settled[model.table()].extend(ids)
                self._fresh[model.table()].update(ids)
        for model, rows in parts:
            if model.searchable and rows:
                search.add(file.connection(), model.table(), model.hays_together(rows, together))

    def delete(self, record: Stored) -> None:
        """Delete a record with its children; the log keeps the whole of them."""
        self.delete_many(type(record), [record.id])

    def delete_many(self, model: type[Stored], ids: Sequence[int]) -> None:
        """Delete records of one kind with their children."""
        table = model.table()
        rows = file.rows(table, ids)
        self.expect(len(rows), _("Deleting"))
        for child, column, end in children(table):
            self._let_go(table, child, column, end, list(rows))
        self.remove(model, rows)

    def remove(self, model: type[Stored], rows: Mapping[int, Row]) -> None:
        """Delete just these rows (whole, as stored) and log them."""
        table = model.table()
        for part in chunks(list(rows)):
            file.connection().execute(f'DELETE FROM "{table}" WHERE id IN ({",".join("?" * len(part))})', part)
            self._log.deleted(table, [(i, _logged(model, rows[i])) for i in part])
        self._note(model, list(rows.values()))

    def put(self, model: type[Stored], rows: Sequence[Row]) -> None:
        """Insert whole rows as stored (ids included) and log them."""
        if rows:
            self._write_new(model, rows)
            self._note(model, rows)

    def _write_new(self, model: type[Stored], rows: Sequence[Row]) -> list[int]:
        file.connection().executemany(*inserting(model, rows))
        ids = [row["id"] for row in rows]
        self._log.inserted(model.table(), ids)
        return ids

    def write(self, model: type[Stored], before: Row, changes: Row) -> None:
        """Set stored columns of one row and log what they were."""
        if not changes:
            return
        table = model.table()
        sets = ",".join(f'"{c}"=?' for c in changes)
        file.connection().execute(f'UPDATE "{table}" SET {sets} WHERE id=?', (*changes.values(), before["id"]))
        self._log.changed(table, before["id"], {c: before[c] for c in changes}, changes)
        self._fresh[table].discard(before["id"])
        self._note(model, [before, {**before, **changes}])

    def _insert(self, model: type[Stored], rows: list[Row]) -> list[Row]:
        self._complete(model, rows)
        self.put(model, rows)
        self._fresh[model.table()].update(row["id"] for row in rows)
        return rows

    def _complete(self, model: type[Stored], rows: list[Row]) -> None:
        for row, fresh in zip(rows, new_ids(len(rows)), strict=True):
            row.setdefault("id", fresh)
        model.complete(rows, self.user, self.at)
        model.check_all(rows)

    def _update(self, model: type[Stored], record: int, values: Row, seen: Values | None) -> Row:
        current = file.rows(model.table(), [record]).get(record)
        if current is None:
            raise Gone(_("This record was deleted in the meantime. What you typed is still here; copy what you need."))
        changes = {c: v for c, v in values.items() if v != current[c]}
        if seen is not None:
            conflict.refuse(model, current, changes, model.stored(seen), self.at)
        if not changes:
            return current
        model.mend(current, changes, self.user, self.at)
        changes = {c: v for c, v in changes.items() if v != current[c]}
        model.check({**current, **changes}, changes)
        self.write(model, current, changes)
        return {**current, **changes}

    def _let_go(self, table: str, child: type[Stored], column: str, end: str, ids: Sequence[int]) -> None:
        """Delete or unlink what points to records that are about to go."""
        held: list[int] = []
        for part in chunks(ids):
            marks = ",".join("?" * len(part))
            held += [i for (i,) in file.ask(f'SELECT id FROM "{child.table()}" WHERE "{column}" IN ({marks})', part)]
        if child.table() == table:
            going = set(ids)  # what goes itself needs no unlinking, and comes back with its links
            held = [i for i in held if i not in going]
        if not held:
            return
        if end == "cascade":
            self.delete_many(child, held)
            return
        for row in file.rows(child.table(), held).values():
            self.write(child, row, {column: None})

    def _note(self, model: type[Stored], rows: Sequence[Row]) -> None:
        self._touched[model.table()].update(row["id"] for row in rows)
        for table, ids in model.affects(rows).items():
            self._affected[table].update(ids - self._touched[table])  # a large import would remember them twice

    @property
    def traces(self) -> bool:
        """Whether the log will know of it: a change that found everything as it should be leaves no trace."""
        return bool(self._log.count or self.traced)

    def finish(self) -> Committed | None:
        """Write the log and what derives from the change; None when nothing was written."""
        if not self.traces:
            return None
        file.connection().execute(
            'INSERT INTO "change" (id, at, "user", user_name, pc, action, undoes, note) VALUES (?,?,?,?,?,?,?,?)',
            (self.id, self.at, self.user, self._who, platform.node(), self.action, self._undoes, self.note or None),
        )
        self._log.write()
        deriving.refresh(self._touched, self._affected, self._fresh, self._progress)
        found = (*self._touched.items(), *self._affected.items(), *self._settled.items())
        named = sum(len(ids) for _table, ids in found) <= MANY
        records = frozenset((table, i) for table, ids in found for i in ids) if named else None
        return Committed(self.id, self.action, self.user, records)


@contextmanager
def change(
    user: Person | None,
    action: str,
    undoes: int | None = None,
    progress: Progress | None = None,
    number: int | None = None,
) -> Iterator[Change]:
    """One action as one transaction: `with change(user, N_("Edit customer")) as c: c.save(customer, values)`.

    Everything inside is written or nothing; keep no user and no network waiting inside it. `progress` is told what a
    large change does at its end; if it raises, nothing is written. The `number` is given by whoever may have to try the
    same change again (attempt.py): the log takes each number once.
    """
    done: Committed | None = None
    writing = Change(user, action, undoes, progress, number)
    try:
        with file.transaction(writing.id):
            yield writing
            done = writing.finish()
    except Unsettled as lost:
        lost.committed = done
        raise
    tell(done)


def tell(done: Committed | None) -> None:
    """Tell whoever listens what a change did."""
    if done:
        for listener in committed:
            listener(done)


def _logged(model: type[Stored], row: Row) -> Row:
    return {column: value for column, value in row.items() if column not in model.derived}
