"""The recycle bin: what was deleted and is not back, with what went with it; brought back one by one, or emptied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from crm_desktop import counted, log_words
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.models import office
from crm_desktop.store import file, history, log, thinning
from crm_desktop.store.attempt import Attempt
from crm_desktop.store.change import Change, Person
from crm_desktop.store.deriving import Progress
from crm_desktop.store.record import chunks, tables

RESTORING: Final = N_("Restore from the recycle bin")
EMPTYING: Final = N_("Empty the recycle bin")


OF_COLLEAGUES: Final = ("assessment", "training", "evaluation")
"""What is not searched, but lies in the bin for itself all the same."""


def kinds() -> list[str]:
    """What lies in the bin for itself: all that can be searched for, first what hangs on nothing; others come along."""
    found = [table for table, model in tables().items() if model.searchable or table in OF_COLLEAGUES]
    return sorted(found, key=lambda table: len(_hangs_by(table)))


def _hangs_by(table: str) -> list[str]:
    """The columns by which a record of a table goes when another one goes."""
    return [column for column, (_target, end) in tables()[table].links.items() if end == "cascade"]


class Deleted(NamedTuple):
    """One record in the bin, with what went with it."""

    entry: int
    change: int
    table: str
    record: int
    name: str
    at: str
    who: str
    note: str
    action: str
    went: dict[str, int]
    """How many records of each table went with it."""

    @property
    def went_in_words(self) -> str:
        """What went with it: 3 contact persons, 12 contacts."""
        return counted.in_words({table: n for table, n in self.went.items() if table in counted.KINDS})


class _Gone(NamedTuple):
    """A deleted record as the bin sees it: where it hung."""

    entry: int
    table: str
    record: int
    above: list[tuple[str, int]]
    """What it went with, if that went in the same change."""


def deleted(entries: Sequence[int] | None = None) -> list[Deleted]:
    """What lies in the bin, newest first; with `entries` only these of it (`Deleted.entry`)."""
    wanted = None if entries is None else set(entries)
    changes = _changes() if wanted is None else _changes_of(list(wanted))
    tops: list[tuple[int, _Gone, dict[str, int]]] = []
    seen: set[tuple[str, int]] = set()
    for number in changes:
        of_change = _of_change(number)
        for top in of_change.tops():
            key = (top.table, top.record)
            if key not in seen and (wanted is None or top.entry in wanted):
                seen.add(key)
                tops.append((number, top, of_change.counts(top)))
    return list(_described(_not_there(tops)))


def _described(tops: Sequence[tuple[int, _Gone, dict[str, int]]]) -> Iterator[Deleted]:
    heads = log.Operations().rows(sorted({number for number, _top, _went in tops}))
    names = log_words.names((top.table, top.record) for _number, top, _went in tops)
    for number, top, went in tops:
        head, name = heads[number], names[top.table, top.record]
        yield Deleted(top.entry, number, top.table, top.record, name, head.at, head.who, head.note, head.action, went)


def _not_there(tops: list[tuple[int, _Gone, dict[str, int]]]) -> list[tuple[int, _Gone, dict[str, int]]]:
    there: set[tuple[str, int]] = set()
    for table in kinds():
        ids = [top.record for _number, top, _went in tops if top.table == table]
        there |= {(table, i) for i in file.rows(table, ids, ["id"])}
    return [found for found in tops if (found[1].table, found[1].record) not in there]


def _changes() -> list[int]:
    """The changes that deleted something, newest first; neither taking back something new nor merging is deleting."""
    undoes = dict(file.ask('SELECT id, undoes FROM "change" WHERE undoes IS NOT NULL'))

    def takes_back(number: int) -> bool:
        odd = False
        while number in undoes:
            number, odd = undoes[number], not odd
        return odd

    found = file.ask(
        'SELECT DISTINCT e.change FROM change_entry e JOIN "change" c ON c.id = e.change'
        " WHERE e.op = '-' AND c.action NOT LIKE 'Merge %' ORDER BY e.change DESC"
    )
    return [number for (number,) in found if not takes_back(number)]


def _changes_of(entries: list[int]) -> list[int]:
    found: set[int] = set()
    for part in chunks(entries):
        marks = ",".join("?" * len(part))
        found |= {i for (i,) in file.ask(f"SELECT change FROM change_entry WHERE id IN ({marks})", part)}
    return sorted(found, reverse=True)


class _OfChange:
    """What one change deleted, and what hung on what."""

    def __init__(self, gone: Sequence[_Gone]) -> None:
        self._gone = {(g.table, g.record): g for g in gone}
        self._kinds = frozenset(kinds())
        self._below: dict[tuple[str, int], list[_Gone]] = defaultdict(list)
        for one in gone:
            for above in self._above(one):
                self._below[above].append(one)
        for one in gone:
            # a contact person goes with the customer through the position that ties them
            parents = dict(one.above)
            customer = ("customer", parents.get("customer", 0))
            if one.table == "position" and customer in self._gone:
                person = self._gone.get(("contact", parents.get("contact", 0)))
                if person is not None:
                    self._below[customer].append(person)
        self._hanging = {(g.table, g.record) for below in self._below.values() for g in below}

    def _above(self, one: _Gone) -> list[tuple[str, int]]:
        return [key for key in one.above if key in self._gone and key != (one.table, one.record)]

    def tops(self) -> list[_Gone]:
        """What lies in the bin for itself."""
        return [g for key, g in self._gone.items() if key[0] in self._kinds and key not in self._hanging]

    def below(self, top: tuple[str, int]) -> set[tuple[str, int]]:
        """A record and all that hung on it."""
        found, waiting = {top}, [top]
        while waiting:
            for one in self._below.get(waiting.pop(), ()):
                key = (one.table, one.record)
                if key not in found:
                    found.add(key)
                    waiting.append(key)
        return found

    def counts(self, top: _Gone) -> dict[str, int]:
        """How many records of each table hung on it."""
        numbers: dict[str, int] = defaultdict(int)
        for table, record in self.below((top.table, top.record)):
            if (table, record) != (top.table, top.record):
                numbers[table] += 1
        return dict(numbers)


def _of_change(number: int) -> _OfChange:
    """What one change deleted, last first; what was forgotten is left out."""
    gone: list[_Gone] = []
    of = "FROM change_entry WHERE change = ? AND op = '-' AND before IS NOT NULL"
    for (table,) in file.ask(f'SELECT DISTINCT "table" {of}', (number,)):
        columns = _hangs_by(table)
        held = "".join(f", CAST(json_extract(before, '$.{column}') AS BIGINT)" for column in columns)
        targets = [tables()[table].links[column][0] for column in columns]
        for entry, record, *ids in file.ask(f'SELECT id, record{held} {of} AND "table" = ?', (number, table)):
            above = [(target, i) for target, i in zip(targets, ids, strict=True) if i is not None]
            gone.append(_Gone(entry, table, record, above))
    return _OfChange(sorted(gone, key=lambda one: -one.entry))


class Restored(NamedTuple):
    """What came back."""

    change: int
    """The change that did it; 0 when nothing could come back."""
    back: int
    """How many of those asked for; what hung on them is not counted."""
    troubles: list[str]
    """Why the others could not."""


def restore(user: Person | None, found: Deleted) -> int:
    """Bring a record back with everything that hung on it; the number of the change. UserError when it cannot be."""
    restored = restore_all(user, [found])
    if restored.troubles:
        raise UserError(restored.troubles[0])
    return restored.change


def restore_all(user: Person | None, chosen: Sequence[Deleted], progress: Progress | None = None) -> Restored:
    """Bring several back, each with everything that hung on it, as one change.

    `progress` may raise to stop: nothing comes back then.
    """
    return restoring(user, chosen, progress).go().result


def restoring(user: Person | None, chosen: Sequence[Deleted], progress: Progress | None = None) -> Attempt[Restored]:
    """The same, to be tried until it is saved."""
    return Attempt(user, RESTORING, lambda c: _restore(c, chosen, progress), progress)


def _restore(c: Change, chosen: Sequence[Deleted], progress: Progress | None) -> Restored:
    undone, troubles = history.Undone(), list[str]()
    here = _there({(one.table, one.record) for one in chosen})
    waiting = [one for one in chosen if (one.table, one.record) not in here]
    again = _("“{name}” is there again already.")
    troubles += [again.format(name=one.name) for one in chosen if (one.table, one.record) in here]
    before = len(waiting) + 1
    while 0 < len(waiting) < before:  # what hangs on a customer that another change deleted comes a round later
        before = len(waiting)
        for number in _customers_first(waiting):
            _bring_back(c, number, [one for one in waiting if one.change == number], undone, progress)
        here = _there({(one.table, one.record) for one in waiting})
        waiting = [one for one in waiting if (one.table, one.record) not in here]
    alone = _("“{name}” cannot come back alone: restore the customer it belongs to first.")
    troubles += [alone.format(name=one.name) for one in waiting]
    return Restored(c.id if undone.restored else 0, len(chosen) - len(troubles), troubles)


def _customers_first(chosen: Sequence[Deleted]) -> list[int]:
    """The changes that deleted them; those in which customers went first: others hang on these."""
    order, rank = kinds(), dict[int, int]()
    for one in chosen:
        rank[one.change] = min(order.index(one.table), rank.get(one.change, len(order)))
    return sorted(rank, key=lambda number: rank[number])


def _bring_back(
    c: Change, number: int, tops: Sequence[Deleted], undone: history.Undone, progress: Progress | None
) -> None:
    """Bring back what one change deleted of these, in one reading of its log."""
    of_change = _of_change(number)
    records: set[tuple[str, int]] = set()
    for one in tops:
        records |= of_change.below((one.table, one.record))
    history.bring_back(c, number, records - _there(records), undone, progress)


def _there(records: set[tuple[str, int]]) -> set[tuple[str, int]]:
    by_table: dict[str, list[int]] = defaultdict(list)
    for table, record in records:
        by_table[table].append(record)
    return {(table, i) for table, ids in by_table.items() for i in file.rows(table, ids, ["id"])}


def empty(user: Person | None, days: int, today: date | None = None, progress: Progress | None = None) -> int:
    """Forget for good what was deleted more than so many days ago, never less than 90; how many records that were.

    `progress` may raise to stop: nothing is forgotten then.
    """
    return emptying(user, days, today, progress).go().result


def emptying(
    user: Person | None, days: int, today: date | None = None, progress: Progress | None = None
) -> Attempt[int]:
    """The same, to be tried until it is saved."""

    def work(c: Change) -> int:
        count = thinning.thin(days, (today or date.today()).isoformat(), progress)
        c.traced = count > 0
        kept = max(days, thinning.LEAST_DAYS)
        c.note = ngettext(
            "{n} record that was deleted over {days} days ago",
            "{n} records that were deleted over {days} days ago",
            count,
        ).format(n=f"{count:,}", days=kept)
        return count

    return Attempt(user, EMPTYING, work)


def tidy(user: Person | None, today: date | None = None) -> int:
    """Forget what the office does not want to keep any longer; how many records that were."""
    days, day = int(office.setting("keep_deleted_days")), today or date.today()
    return empty(user, days, day) if days and thinning.is_thick(days, day.isoformat()) else 0
