"""Readings of the one log: take a change back, keeping and naming what somebody changed since."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import NamedTuple

from crm_desktop.i18n import N_, _
from crm_desktop.store import file
from crm_desktop.store.attempt import Attempt
from crm_desktop.store.change import BOOKKEEPING, Change, Person
from crm_desktop.store.deriving import Progress
from crm_desktop.store.record import Row, Stored, children, chunks, tables
from crm_desktop.store.undone import Kept as Kept
from crm_desktop.store.undone import NothingToUndo as NothingToUndo
from crm_desktop.store.undone import Undone as Undone

_NOTHING: Row = {}
_PART = 1000
"""So many records are taken back at once, between two looks at whether to go on."""


class _Step(NamedTuple):
    table: str
    record: int
    op: str
    before: Row
    after: Row


def is_written(change_id: int) -> bool:
    """Whether a change wrote anything: one that found everything as it should be leaves no trace."""
    return file.one('SELECT 1 FROM "change" WHERE id = ?', (change_id,)) is not None


def action_of(change_id: int) -> str:
    """The action text (msgid) of a change; UserError when there is no such change."""
    found = file.one('SELECT action FROM "change" WHERE id = ?', (change_id,))
    if found is None:
        raise NothingToUndo(_("There is no change {number} in this file.").format(number=change_id))
    return str(found)


def undone_by(change_id: int) -> int | None:
    """The change that took this one back and has not been taken back itself."""
    for (later,) in file.ask('SELECT id FROM "change" WHERE undoes = ? ORDER BY id', (change_id,)):
        if undone_by(later) is None:
            return int(later)
    return None


def undo(user: Person | None, change_id: int, progress: Progress | None = None) -> Undone:
    """Take one change back, at any later time; what was changed since is kept and named.

    `progress` may raise to stop; nothing is taken back then. UserError when there is no such change or it was taken
    back already.
    """
    return undoing(user, change_id, progress).go().result


def undoing(user: Person | None, change_id: int, progress: Progress | None = None) -> Attempt[Undone]:
    """The same, to be tried until it is saved."""

    def work(writing: Change) -> Undone:
        action_of(change_id)
        if undone_by(change_id) is not None:
            raise NothingToUndo(_("This change has already been undone."))
        result = Undone()
        _Undo(writing, change_id, result, progress).run()
        result.change = writing.id if result.restored else 0
        return result

    return Attempt(user, N_("Undo"), work, progress, undoes=change_id)


def bring_back(
    writing: Change,
    change_id: int,
    records: Collection[tuple[str, int]],
    result: Undone,
    progress: Progress | None = None,
) -> None:
    """Bring back just these of the records a change deleted (table, id), with the links that pointed to them."""
    _Undo(writing, change_id, result, progress, frozenset(records)).run()


def _steps(change_id: int) -> list[_Step]:
    """What a change did, last first; what was deleted so long ago that its content is forgotten is left out."""
    rows = file.ask(
        'SELECT "table", record, op, before, after FROM change_entry'
        " WHERE change = ? AND NOT (op = '-' AND before IS NULL) ORDER BY id DESC",
        (change_id,),
    )
    return [
        _Step(t, r, op, json.loads(b) if b else _NOTHING, json.loads(a) if a else _NOTHING) for t, r, op, b, a in rows
    ]


class _Work(NamedTuple):
    who: str
    when: str
    columns: set[str]
    """What of it still stands; "*" is the record itself."""


class _Undo:
    def __init__(
        self,
        writing: Change,
        change_id: int,
        result: Undone,
        progress: Progress | None = None,
        only: frozenset[tuple[str, int]] | None = None,
    ) -> None:
        self.writing, self.change_id, self.result, self.progress = writing, change_id, result, progress
        self.only = only
        self.done = self.total = 0
        self.models = tables()
        self.kept: set[tuple[str, int]] = set()
        self.later = self._changed_since()

    def _changed_since(self) -> dict[tuple[str, int], tuple[str, str]]:
        """Who worked last on each record after this change, leaving out what was itself undone."""
        rows = file.ask(
            # in the order of the entries, not of the changes: the clocks of two computers differ
            'SELECT DISTINCT l.id, l."table", l.record, l.op, l.before, c.id, c.undoes, c.user_name, c.at'
            ' FROM change_entry e JOIN change_entry l ON l.record = e.record AND l."table" = e."table" AND l.id > e.id'
            ' JOIN "change" c ON c.id = l.change WHERE e.change = ? AND l.change <> e.change ORDER BY l.id',
            (self.change_id,),
        )
        stacks: dict[tuple[str, int], dict[int, _Work]] = defaultdict(dict)
        for _entry, table, record, op, before, number, undoes, who, at in rows:
            columns = set(json.loads(before)) - BOOKKEEPING if op == "~" else {"*"}
            stack = stacks[table, record]
            if undoes in stack:
                stack[undoes].columns.difference_update(columns)
                if not stack[undoes].columns:
                    del stack[undoes]
            else:
                stack.setdefault(number, _Work(who, at, set())).columns.update(columns)
        return {key: list(stack.values())[-1][:2] for key, stack in stacks.items() if stack}

    def run(self) -> None:
        run: list[_Step] = []
        steps = _steps(self.change_id) if self.only is None else self._chosen(_steps(self.change_id), self.only)
        self.total = len(steps)
        for step in steps:
            if run and (run[0].op, run[0].table) != (step.op, step.table):
                self._take_back(run)
                run = []
            run.append(step)
        if run:
            self._take_back(run)

    def _chosen(self, steps: list[_Step], only: frozenset[tuple[str, int]]) -> list[_Step]:
        """The steps on the chosen records, then the links to these and from these that went before they did."""
        chosen, linking = [], []
        for step in steps:
            key, links = (step.table, step.record), self.models[step.table].links
            back = {c: v for c, v in step.before.items() if c in links and (key in only or (links[c][0], v) in only)}
            if step.op == "-" and key in only:
                chosen.append(step)
            elif back:
                linking.append(step._replace(op="~", before=back, after=dict.fromkeys(back)))
        there: dict[str, set[int]] = defaultdict(set)
        for table in {step.table for step in linking}:
            there[table] = set(file.rows(table, [s.record for s in linking if s.table == table], ["id"]))
        return chosen + [s for s in linking if s.record in there[s.table] or (s.table, s.record) in only]

    def _tick(self, count: int = 0) -> None:
        self.done += count
        if self.progress:
            self.progress(self.done, self.total, _("Undo"))

    def _take_back(self, steps: list[_Step]) -> None:
        """Take back a run of steps of one kind on one table."""
        model = self.models[steps[0].table]
        {"+": self._remove, "~": self._reset, "-": self._bring_back}[steps[0].op](model, steps)

    def _keep(self, step: _Step, who: tuple[str, str] | None = None) -> None:
        if (step.table, step.record) not in self.kept:
            self.kept.add((step.table, step.record))
            by = who or self.later.get((step.table, step.record), ("", ""))
            self.result.kept.append(Kept(step.table, step.record, *by))

    def _remove(self, model: type[Stored], steps: list[_Step]) -> None:
        self._tick()
        there = file.rows(model.table(), [s.record for s in steps], ["id"])
        waiting = {s.record: s for s in steps if s.record in there}
        stay = {i: self.later.get((s.table, i)) for i, s in waiting.items() if (s.table, i) in self.later}
        while True:
            for i, who in stay.items():
                self._keep(waiting.pop(i), who)
            stay = self._held(model, waiting)  # what a kept record points to is kept, too
            if not stay:
                break
        for part in chunks(list(waiting), _PART):  # whole rows are read by the part: all of them may be half a gigabyte
            self.writing.remove(model, file.rows(model.table(), part))
            self._tick(len(part))
        self.result.restored += len(waiting)

    def _held(self, model: type[Stored], rows: Collection[int]) -> dict[int, tuple[str, str] | None]:
        """Which of these records something else points to, and who worked on that last."""
        held: dict[int, tuple[str, str] | None] = {}
        for child, column, _end in children(model.table()):
            for part in chunks(list(rows)):
                for parent, i, who, at in file.ask(
                    f'SELECT t."{column}", t.id, c.user_name, c.at FROM "{child.table()}" t LEFT JOIN change_entry e'
                    ' ON e.id = (SELECT max(id) FROM change_entry WHERE record = t.id AND "table" = ? AND change <> ?)'
                    f' LEFT JOIN "change" c ON c.id = e.change WHERE t."{column}" IN ({",".join("?" * len(part))})',
                    (child.table(), self.writing.id, *part),
                ):
                    if child is not model or i not in rows:
                        held[parent] = (who or "", at or "")
        return held

    def _reset(self, model: type[Stored], steps: list[_Step]) -> None:
        for step in steps:
            self._tick(1)
            current = file.rows(model.table(), [step.record]).get(step.record)
            if current is None:
                self._keep(step)
                continue
            fields = [c for c in step.before if c in current]
            same = {c: step.before[c] for c in fields if current[c] == step.after[c]}
            for column, _end in self._dangling(model, {**step.before, "id": step.record}, set()):
                same.pop(column, None)
            if any(c not in same and c not in BOOKKEEPING and current[c] != step.before[c] for c in fields):
                self._keep(step)
            if any(c not in BOOKKEEPING for c in same):
                self.writing.write(model, current, same)
                self.result.restored += 1

    def _bring_back(self, model: type[Stored], steps: list[_Step]) -> None:
        there = file.rows(model.table(), [s.record for s in steps], ["id"])
        rows = [{**model.blank(), **s.before} for s in steps if s.record not in there]
        by_record = {s.record: s for s in steps}
        rows = [row for row in rows if self._parents_are_there(model, row, by_record)]
        for part in chunks(rows, _PART):
            self.writing.put(model, part)
            self._tick(len(part))
        self.result.restored += len(rows)

    def _parents_are_there(self, model: type[Stored], row: Row, steps: Mapping[int, _Step]) -> bool:
        """A record whose owner was deleted elsewhere stays away; a mere reference to something gone is emptied."""
        for column, end in self._dangling(model, row, steps.keys()):
            if end == "cascade":
                self._keep(steps[row["id"]])
                return False
            row[column] = None
        return True

    def _dangling(self, model: type[Stored], row: Row, coming: Collection[int]) -> list[tuple[str, str]]:
        """Columns of a row that point to a record which is neither there nor about to come back."""
        return [
            (column, end)
            for column, (target, end) in model.links.items()
            if row.get(column) is not None
            and not (target == model.table() and row[column] in coming)
            and not file.rows(target, [row[column]])
        ]
