"""Customers and other records out of a backup: what is missing or different today, told in words, and brought back.

What has `path` reads the backup alone and may run in any thread; the rest belongs where the customer file is owned.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from crm_desktop import log_words, values
from crm_desktop.errors import UserError
from crm_desktop.i18n import _, ngettext
from crm_desktop.models import Contact, Customer, Position
from crm_desktop.store import file, retrieve, search, taken
from crm_desktop.store.change import Person
from crm_desktop.store.log import Event, FieldChange
from crm_desktop.store.record import Row, tables
from crm_desktop.store.retrieve import Difference
from crm_desktop.store.taken import Key, Taken

KINDS: Final = ("customer", "contact", "complaint", "interaction", "service_request", "feedback")
"""The tables whose records can be taken out one by one."""
_SHOWN: Final = 60
"""So much of what a record without a name is about stands for its name."""
Said = tuple[Any, str, str]
"""The answer as JSON, in words, and what could not be done."""


class Beside(NamedTuple):
    """What the two logs, of a backup and of the open file, do not share."""

    ours: set[Key]
    """The records of which only the open file's log tells something."""
    theirs: list[int]
    """The entries that only the backup's log has: it is of another office, or of a time that was restored away."""


@dataclass(frozen=True)
class Candidates:
    """Records of a backup that may not be the same today."""

    prints: dict[Key, int]
    """Each with a number for its content."""
    owners: dict[Key, set[int]]
    """Whose they are: records of the kind that is listed."""
    named: dict[int, tuple[str, str]]
    """Number and name of each of these."""
    kind: str
    """The table of the records that are listed."""


class Out(NamedTuple):
    """A customer, or another record, in a backup that is missing or different today, or something of it is."""

    record: int
    code: str
    name: str
    missing: bool
    gone: int
    """How many records of it are not here any more, itself left out."""
    differing: int
    """How many records of it, or itself, are not as they were."""

    @property
    def in_words(self) -> str:
        """What is not as it was."""
        parts = [_("not in the file any more")] if self.missing else []
        if self.gone:
            parts.append(ngettext("{n} record missing", "{n} records missing", self.gone).format(n=f"{self.gone:,}"))
        if self.differing:
            parts.append(
                ngettext("{n} record changed", "{n} records changed", self.differing).format(n=f"{self.differing:,}")
            )
        return _("; ").join(parts)


class Line(NamedTuple):
    """A field that is not as it was, in words."""

    field: str
    label: str
    then: str
    now: str


class Told(NamedTuple):
    """A record that is missing or different, in words."""

    key: Key
    kind: str
    name: str
    missing: bool
    lines: list[Line]


def log_of(path: Path) -> array[int]:
    """The entries of a backup's log; UserError when it cannot be read."""
    with taken.opened(path) as raw:
        return taken.entries(raw)


def beside(theirs: array[int]) -> Beside:
    """What the open file's log and the backup's do not share."""
    with file.troubles():
        new, gone = taken.only_in(taken.entries(file.connection()), theirs)
        return Beside(taken.touched(file.connection(), new), gone)


def candidates(path: Path, told: Beside, kind: str = "customer") -> Candidates:
    """The records of a backup that one of the logs tells of alone: all others are as they were.

    `kind` is the table whose records are listed, each with what belongs to it.
    """
    with taken.opened(path) as raw:
        prints = taken.prints(raw, told.ours | taken.touched(raw, told.theirs))
        by_table: dict[str, list[int]] = defaultdict(list)
        for table, record in prints:
            by_table[table].append(record)
        owners: dict[Key, set[int]] = defaultdict(set)
        for table, ids in by_table.items():
            for record, of in _belong(raw, table, ids, kind).items():
                owners[table, record] |= of
        every = sorted(set().union(*owners.values()))
        rows = taken.rows_of(raw, kind, "id", every)
        return Candidates(prints, owners, {i: _named(row) for i, row in rows.items()}, kind)


def _belong(raw: sqlite3.Connection, table: str, ids: Sequence[int], kind: str) -> dict[int, set[int]]:
    """Whose each of these records of a backup is: through what it cannot be without, up to records of a kind."""
    if table == kind:
        return {i: {i} for i in ids}
    found: dict[int, set[int]] = defaultdict(set)
    if table == Contact.table() and kind == Customer.table():
        for row in taken.rows_of(raw, Position.table(), "contact", ids).values():
            found[row["contact"]].add(row["customer"])
        return found
    held = {column: target for column, (target, end) in tables()[table].links.items() if end == "cascade"}
    straight = {column: target for column, target in held.items() if target == kind}
    rows = taken.rows_of(raw, table, "id", ids) if held else {}
    for column, target in (straight or held).items():
        above = _belong(raw, target, list({row[column] for row in rows.values() if row[column] is not None}), kind)
        for i, row in rows.items():
            found[i] |= above.get(row[column], set())
    return found


def _named(row: Row) -> tuple[str, str]:
    """The number of a record, and what it is called or about."""
    about = next((str(row[c]) for c in ("name", "subject", "description", "content") if row.get(c)), "")
    return str(row.get("code") or ""), about[:_SHOWN].replace("\n", " ")


def differing(found: Candidates) -> list[Out]:
    """The records of that kind in a backup that are missing or different today, the missing ones first."""
    with file.troubles():
        here = taken.prints(file.connection(), found.prints)
    missing: set[int] = set()
    gone: dict[int, int] = defaultdict(int)
    other: dict[int, int] = defaultdict(int)
    for key, content in found.prints.items():
        for owner in found.owners.get(key, ()):
            if key in here:
                other[owner] += here[key] != content
            elif key == (found.kind, owner):
                missing.add(owner)
            else:
                gone[owner] += 1
    out = [Out(i, code, name, i in missing, gone[i], other[i]) for i, (code, name) in found.named.items()]
    return sorted((one for one in out if one.in_words), key=lambda one: (not one.missing, one.code))


def found_in(path: Path, text: str, kind: str = "customer") -> set[int]:
    """The records of a kind in a backup that a search finds there."""
    with taken.opened(path) as raw:
        return set(search.find(raw, kind, text))


def in_words(found: Sequence[Difference], of: Taken) -> list[Told]:
    """Differences as people read them: first what was asked for, or its customers, then what belongs to them."""
    told: list[Told] = []
    for one in sorted(found, key=lambda one: (one.table != Customer.table(), not one.missing, one.table, one.record)):
        changes = [FieldChange(column, now, then) for column, (then, now) in one.fields.items()]
        event = Event(0, 0, "", "", "", "", "", one.table, one.record, "~", changes)
        lines = [Line(x.field, x.label, x.after, x.before) for x in log_words.lines([event]) if x.field]
        if one.missing or lines:
            name = _called(one.table, of.row((one.table, one.record)) or {}, of)
            told.append(Told((one.table, one.record), log_words.kind(one.table), name, one.missing, lines))
    return told


def _called(table: str, row: Row, of: Taken) -> str:
    """What tells a record from others of its kind: its name, or when it was."""
    if table == Position.table():
        return str((of.row((Contact.table(), row.get("contact", 0))) or {}).get("name") or "")
    return log_words.called(table, row) or (values.show_datetime(row["at"]) if row.get("at") else "")


# for the command line, which has but one thread


def outside(path: Path, kind: str) -> Said:
    """All records of a kind in a backup that are missing or different today."""
    found = differing(candidates(path, beside(log_of(path)), kind))
    lines = ["\t".join(text for text in (one.code, one.name, one.in_words) if text) for one in found]
    answer = [{kind if key == "record" else key: value for key, value in one._asdict().items()} for one in found]
    every = _("All customers are as they were in the backup.")
    nothing = every if kind == Customer.table() else _("Everything is as it was in the backup.")
    return answer, "\n".join(lines) or nothing, ""


def record_in(path: Path, wanted: str, kind: str) -> int:
    """The record of a backup with this number or name, or the one that a search finds; UserError otherwise."""
    columns = [column for column in ("code", "name") if column in tables()[kind].columns()]
    with taken.opened(path) as raw:
        for column in columns:
            found = raw.execute(f'SELECT id FROM "{kind}" WHERE {column} = ?', (wanted,)).fetchall()
            if len(found) == 1:
                return int(found[0][0])
        rows = taken.rows_of(raw, kind, "id", search.find(raw, kind, wanted))
    what = log_words.kind(kind)
    if not rows:
        raise UserError(_("The backup has no {kind} “{text}”.").format(kind=what, text=wanted))
    if len(rows) > 1:
        named = _(", ").join(" ".join(_named(row)).strip() for row in list(rows.values())[:5])
        raise UserError(
            _("“{text}” may be several records of the backup ({kind}): {names}. Say the number.").format(
                text=wanted, kind=what, names=named + (" …" if len(rows) > 5 else "")
            )
        )
    return next(iter(rows))


def compared(path: Path, records: Sequence[int], kind: str) -> Said:
    """What is not as it was in a backup, of these records and of all that belongs to them."""
    of = taken.read(path, kind, records)
    told = in_words(retrieve.differences(of), of)
    lines: list[str] = []
    for one in told:
        lines.append(_("; ").join((title(one), _("not in the file any more")) if one.missing else (title(one),)))
        lines += [
            "  "
            + _("{label}: {then} in the backup, {now} today").format(
                label=line.label, then=line.then or "–", now=line.now or "–"
            )
            for line in one.lines
            if not one.missing
        ]
    answer = [
        {
            "table": one.key[0],
            "record": one.key[1],
            "name": one.name,
            "missing": one.missing,
            "fields": [line._asdict() for line in one.lines],
        }
        for one in told
    ]
    return answer, "\n".join(lines) or _("Everything is as it was in the backup."), ""


def title(one: Told) -> str:
    """What a record is, and which one: "Contact person: 李明"."""
    return _("{label}: {value}").format(label=one.kind, value=one.name) if one.name else one.kind


def brought(user: Person | None, path: Path, records: Sequence[int], kind: str, overwrite: bool) -> Said:
    """Bring records of a backup back, with all that belongs to them; with `overwrite`, as they were then."""
    of = taken.read(path, kind, records)
    choice = retrieve.everything(retrieve.differences(of)) if overwrite else None
    done = retrieve.bring(user, of, choice)
    answer = {
        "change": done.change or None,
        "restored": done.restored,
        "kept": [kept._asdict() for kept in done.kept],
    }
    if not done.change and not done.kept:
        return answer, _("Everything is as it was in the backup."), ""
    undo = _("To take all of it back: undo {number}").format(number=done.change)
    return answer, "\n".join([done.in_words(), *([undo] if done.change else [])]), ""
