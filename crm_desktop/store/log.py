"""Readings of the one log: what happened to one record, and what everybody did, newest first; stored values."""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from crm_desktop.i18n import _
from crm_desktop.store import file, history, search
from crm_desktop.store.change import BOOKKEEPING
from crm_desktop.store.log_kinds import CONDITIONS
from crm_desktop.store.log_kinds import KINDS as KINDS
from crm_desktop.store.record import Row, chunks, tables

_MADE: Final = frozenset({"created_at", "created_by", *BOOKKEEPING})
_FEW: Final = 500
"""Up to so many records found by their name are looked for in the log."""


class FieldChange(NamedTuple):
    """One field of a record, stored values."""

    field: str
    before: Any
    after: Any


class Event(NamedTuple):
    """What one change did to one record."""

    entry: int
    change: int
    at: str
    who: str
    pc: str
    action: str
    note: str
    table: str
    record: int
    op: str
    """"+" created or brought back, "~" changed, "-" deleted."""
    changes: list[FieldChange]


_EVENTS = (
    'SELECT e.id, c.id, c.at, c.user_name, c.pc, c.action, c.note, e."table", e.record, e.op, e.before, e.after'
    ' FROM change_entry e JOIN "change" c ON c.id = e.change'
)


def of_record(table: str, record: int, of_field: str | None = None) -> list[Event]:
    """Everything that was ever done to a record, newest first, also when it is gone; with `of_field` only to that.

    What a new record was created with is not in the log: it follows from what it is now, read backwards.
    """
    rows = file.ask(
        f'{_EVENTS} WHERE e.record = ? AND e."table" = ? ORDER BY e.id DESC',
        (record, table),
    )
    now = file.rows(table, [record]).get(record, {})
    state: Row = {column: value for column, value in now.items() if column not in tables()[table].derived}
    events: list[Event] = []
    for *head, op, before, after in rows:
        changes, state = _backwards(table, state, op, _read(before), _read(after))
        event = _event(head, op, changes)
        if of_field is None:
            events.append(event)
        elif chosen := [change for change in changes if change.field == of_field]:
            events.append(event._replace(changes=chosen))
    return events


def _read(text: str | None) -> Row:
    return dict(json.loads(text)) if text else {}


def _backwards(table: str, state: Row, op: str, before: Row, after: Row) -> tuple[list[FieldChange], Row]:
    """What an entry changed, and the record as it was before it."""
    if op == "~":
        return _changed(table, before, after), {**state, **before}
    if op == "-":
        return _whole(table, before, gone=True), before
    return _whole(table, state, gone=False), {}


def _changed(table: str, before: Row, after: Row) -> list[FieldChange]:
    return [FieldChange(c, before[c], after.get(c)) for c in before if c not in _MADE]


def _whole(table: str, row: Row, gone: bool) -> list[FieldChange]:
    """All that a record held, as it came or went."""
    blank = tables()[table].blank()
    held = [
        (c, value)
        for c, value in row.items()
        if c != "id" and c not in _MADE and value not in (None, "", "[]") and (value or value != blank.get(c))
    ]
    return [FieldChange(c, value, None) if gone else FieldChange(c, None, value) for c, value in held]


def entries(change_id: int) -> array[int]:
    """The numbers of what a change did, one for each time it touched a record."""
    return array(
        "q", [i for (i,) in file.ask("SELECT id FROM change_entry WHERE change = ? ORDER BY id", (change_id,))]
    )


def events(numbers: Sequence[int]) -> dict[int, Event]:
    """These entries by their numbers; what was created is named without its values."""
    found: dict[int, Event] = {}
    for part in chunks(numbers):
        for *head, op, before, after in file.ask(f"{_EVENTS} WHERE e.id IN ({','.join('?' * len(part))})", part):
            changes = [] if op == "+" else _backwards(head[7], {}, op, _read(before), _read(after))[0]
            found[head[0]] = _event(head, op, changes)
    return found


def _event(head: list[Any], op: str, changes: list[FieldChange]) -> Event:
    entry, change, at, who, pc, action, note, table, record = head
    return Event(entry, change, at, who, pc, action, note or "", table, record, op, changes)


@dataclass
class Operation:
    """One action of one person, and what became of it."""

    change: int
    at: str
    who: str
    pc: str
    action: str
    note: str
    undoes: int | None
    undone_action: str = ""
    """Of an undo: the action (msgid) it took back in the end; nothing for any other."""
    again: bool = False
    """Of an undo: whether it took back another undo, so that the action was done again."""
    undone_by: int | None = None
    undone: str = ""
    """Who took it back, and when (ISO), separated by a tab; nothing while it stands."""
    counts: dict[tuple[str, str], int] = field(default_factory=dict)
    """Records by table and op."""


@dataclass(frozen=True)
class Operations:
    """The operation log of the office, newest first; the conditions that are given must all be met.

    `who` is a name as it was logged, `since` and `until` are days (ISO), `kind` one of KINDS, `record` (table, id);
    `text` is found in actions, names, notes, values before and after, and in what customers and persons are called.
    """

    who: str = ""
    kind: str = ""
    since: str = ""
    until: str = ""
    text: str = ""
    record: tuple[str, int] | None = None

    def ids(self) -> array[int]:
        """The numbers of all changes."""
        return array("q", self._ask(""))

    def first(self, count: int, before: int | None = None) -> array[int]:
        """The numbers of the newest changes, or of the newest ones `before` one of them: the next page."""
        return array("q", self._ask(f" LIMIT {int(count)}", before))

    def rows(self, changes: Sequence[int]) -> dict[int, Operation]:
        """These changes with what they did."""
        found: dict[int, Operation] = {}
        for part in chunks(changes):
            marks = ",".join("?" * len(part))
            for row in file.ask(
                f'SELECT id, at, user_name, pc, action, note, undoes FROM "change" WHERE id IN ({marks})', part
            ):
                change, at, who, pc, action, note, undoes = row
                found[change] = Operation(change, at, who, pc, action, note or "", undoes)
            for change, table, op, count in file.ask(
                'SELECT change, "table", op, count(DISTINCT record) FROM change_entry'
                f' WHERE change IN ({marks}) GROUP BY change, "table", op',
                part,
            ):
                if change in found:
                    found[change].counts[table, op] = count
            for (undone,) in file.ask(f'SELECT DISTINCT undoes FROM "change" WHERE undoes IN ({marks})', part):
                _tell_undone(found[undone])
        _tell_undoing(found.values())
        return found

    def _ask(self, tail: str, before: int | None = None) -> Iterator[int]:
        conditions, params = self._conditions()
        if before is not None:
            conditions, params = [*conditions, "c.id < ?"], [*params, before]
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        with file.troubles():
            found = file.connection().execute(f'SELECT c.id FROM "change" c{where} ORDER BY c.id DESC{tail}', params)
            yield from (i for (i,) in found)

    def _conditions(self) -> tuple[list[str], list[Any]]:
        conditions: list[str] = []
        params: list[Any] = []
        for sql, value in (
            ("c.user_name = ?", self.who),
            ("c.at >= ?", self.since),
            ("c.at <= ?", f"{self.until}T23:59:59" if self.until else ""),
        ):
            if value:
                conditions.append(sql)
                params.append(value)
        if self.kind:
            conditions.append(CONDITIONS[self.kind])
        if self.record:
            conditions.append('c.id IN (SELECT change FROM change_entry WHERE record = ? AND "table" = ?)')
            params += [self.record[1], self.record[0]]
        if self.text.strip():
            sql, more = _with_text(self.text.strip())
            conditions.append(sql)
            params += more
        return conditions, params


def _with_text(text: str) -> tuple[str, list[Any]]:
    """Changes with a text in what they are called, who did them, why, in their values or in their records' names."""
    like = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    actions = [a for (a,) in file.ask('SELECT DISTINCT action FROM "change"') if text.casefold() in _(a).casefold()]
    records: list[int] = []
    for table, model in tables().items():
        if model.searchable:
            found = search.match(file.connection(), table, text).ids
            records += found if found is not None and len(found) <= _FEW else ()
    sql = (
        "(c.user_name LIKE ? ESCAPE '\\' OR c.note LIKE ? ESCAPE '\\' OR c.action IN (SELECT value FROM json_each(?))"
        " OR c.id IN (SELECT change FROM change_entry WHERE before LIKE ? ESCAPE '\\' OR after LIKE ? ESCAPE '\\')"
        " OR c.id IN (SELECT change FROM change_entry WHERE record IN (SELECT value FROM json_each(?))))"
    )
    return sql, [like, like, json.dumps(actions), like, like, json.dumps(records)]


def _tell_undone(operation: Operation) -> None:
    operation.undone_by = history.undone_by(operation.change)
    if operation.undone_by is not None:
        who, at = file.ask('SELECT user_name, at FROM "change" WHERE id = ?', (operation.undone_by,))[0]
        operation.undone = f"{who}\t{at}"


def _tell_undoing(operations: Iterable[Operation]) -> None:
    """Follow each undo to what it took back: an undo of an undo did that again."""
    undoing = [one for one in operations if one.undoes is not None]
    known: dict[int, tuple[str, int | None]] = {}
    waiting = {one.undoes for one in undoing if one.undoes is not None}
    while waiting:
        for part in chunks(list(waiting)):
            asked = f'SELECT id, action, undoes FROM "change" WHERE id IN ({",".join("?" * len(part))})'
            known.update({number: (action, undoes) for number, action, undoes in file.ask(asked, part)})
        waiting = {undoes for _action, undoes in known.values() if undoes is not None} - known.keys()
    for one in undoing:
        number, steps = one.undoes, 0
        while number in known:
            one.undone_action, number = known[number]
            steps += 1
        one.again = steps % 2 == 0


def people() -> list[str]:
    """Everybody who is named in the log, by name."""
    return sorted(name for (name,) in file.ask('SELECT DISTINCT user_name FROM "change"') if name)


def when_deleted(table: str, records: Sequence[int]) -> dict[int, Row]:
    """What deleted records held when they went, by id; those whose content was forgotten are missing."""
    found: dict[int, Row] = defaultdict(dict)
    for part in chunks(records):
        marks = ",".join("?" * len(part))
        for record, before in file.ask(
            f"SELECT record, before FROM change_entry WHERE record IN ({marks}) AND \"table\" = ? AND op = '-'"
            " AND before IS NOT NULL ORDER BY id",
            (*part, table),
        ):
            found[record] = _read(before)
    return dict(found)
