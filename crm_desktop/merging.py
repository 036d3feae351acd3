"""Two files of the same customer (or contact person) become one, and two again if that was a mistake (F11)."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from typing_extensions import override

from crm_desktop import joined_fields
from crm_desktop import values as reading
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.models import Contact, Customer, Position, Record, people
from crm_desktop.store import file, history
from crm_desktop.store.change import Change, Gone, Person
from crm_desktop.store.deriving import Progress
from crm_desktop.store.record import Row, children

ACTION: Final = N_("Merge customers")
"""What such a change is called in the log (msgid)."""
_NOTHING: Final[Mapping[str, Any]] = {}


class Merged(NamedTuple):
    """What a merge did."""

    keep: int
    name: str
    moved: dict[str, int]
    """How many records moved to the survivor, by table."""
    noted: list[str]
    """Details (labels, msgids) that differed where only one can stay: the other one's stand in the remarks."""


class Side(NamedTuple):
    """One of two customers side by side, and how much hangs on it."""

    id: int
    code: str
    name: str
    owner: str
    persons: int
    interactions: int
    complaints: int


class Sides(NamedTuple):
    """Two customers side by side."""

    keep: Side
    other: Side
    fields: list[Shown]


class Shown(NamedTuple):
    """One field of both, in words."""

    compared: joined_fields.Compared
    left: str
    right: str
    both: str


@dataclasses.dataclass
class Unmerged(history.Undone):
    """What taking a merge back did."""

    stays: list[tuple[str, int]] = dataclasses.field(default_factory=list)
    """What was added to the survivor since the merge and stays with it (table, id)."""
    name: str = ""
    """The survivor."""

    @override
    def in_words(self) -> str:
        """What was restored, what was kept because of whom, and what stays with the survivor."""
        text = super().in_words()
        if self.stays:
            text += " " + ngettext(
                "{n} record added since stays with {name}.",
                "{n} records added since stay with {name}.",
                len(self.stays),
            ).format(n=len(self.stays), name=self.name)
        return text


def merge(
    c: Change, keep: int, other: int, choice: Mapping[str, Any] = _NOTHING, model: type[Record] = Customer
) -> Merged:
    """Move all that hangs on `other` to `keep`, join what is known of both, and delete `other`.

    `choice` says of single fields (name to value) what they become. Contact persons of both who have the same name and
    a phone or WeChat in common become one, too. All of it is one change: history.undo gives both back. Gone when one
    of the two is no longer there, Invalid when a chosen value breaks a rule: nothing is written then.
    """
    if keep == other:
        raise UserError(_("Choose two different customers."))
    rows = file.rows(model.table(), [keep, other])
    if len(rows) < 2:
        raise _gone()
    twins = _twins(keep, other) if model is Customer else []
    moved = _move(c, model, keep, other)
    mine, theirs = model.get_row(keep), model.from_row(rows[other])
    found, noted = joined_fields.joined(mine, theirs, choice)
    survivor = c.save(mine, found)
    c.delete(theirs)
    for person, twin in twins:
        merge(c, person, twin, model=Contact)
    return Merged(keep, survivor.name, moved, [model.described()[name].label for name in noted])


def side_by_side(keep: int, other: int) -> Sides:
    """Two customers for a choice; Gone when one of them is no longer there."""
    mine, theirs = Customer.get_row(keep), Customer.get_row(other)
    if mine is None or theirs is None:
        raise _gone()
    known = Customer.described()
    fields = [
        Shown(it, *(joined_fields.in_words(known[it.name], value) for value in (it.left, it.right, it.both)))
        for it in joined_fields.compare(mine, theirs)
    ]
    return Sides(_side(mine), _side(theirs), fields)


def chosen(keep: int, other: int, picks: Mapping[str, str]) -> dict[str, Any]:
    """What fields (by name) become of which a side was picked, by what the two say now: for `merge`, in its change."""
    mine, theirs = Customer.get_row(keep), Customer.get_row(other)
    if mine is None or theirs is None:
        raise _gone()
    compared = {it.name: it for it in joined_fields.compare(mine, theirs)}
    taken = {name: compared[name].taken(side) for name, side in picks.items() if name in compared}
    return {name: value for name, value in taken.items() if value is not None or picks[name] != joined_fields.BOTH}


def _side(customer: Any) -> Side:
    counts = [
        int(file.one(f"SELECT count(*) FROM {table} WHERE customer = ?", (customer.id,)))
        for table in ("position", "interaction", "complaint")
    ]
    return Side(customer.id, customer.code, customer.name, people.name(customer.owner), *counts)


def _gone() -> Gone:
    return Gone(_("One of the two was deleted in the meantime. Look again."))


def undo(user: Person | None, change_id: int, progress: Progress | None = None) -> history.Undone:
    """Take any change back as history.undo does; of a merge it is said what stays with the survivor."""
    survivor = survivor_of(change_id)
    undone = history.undo(user, change_id, progress)
    if survivor is None:
        return undone
    row = file.rows(Customer.table(), [survivor], ["name"]).get(survivor)
    stays = _added_since(change_id, survivor)
    return Unmerged(undone.change, undone.restored, undone.kept, stays, row["name"] if row else "")


def unmerge(user: Person | None, change_id: int, progress: Progress | None = None) -> Unmerged:
    """Take a merge back: both are there again, and what was added or changed since stays with the survivor, named.

    UserError when this change is no merge, or was taken back already.
    """
    undone = undo(user, change_id, progress) if survivor_of(change_id) is not None else None
    if not isinstance(undone, Unmerged):
        raise UserError(_("Change {number} is no merge.").format(number=change_id))
    return undone


def survivor_of(change_id: int) -> int | None:
    """The customer a merge kept; None when this change is no merge."""
    if file.one('SELECT action FROM "change" WHERE id = ?', (change_id,)) != ACTION:
        return None
    written = 'SELECT record, before, after FROM change_entry WHERE change = ? AND "table" = ? AND op = ?'
    of = (change_id, Customer.table())
    gone = {json.loads(before)["code"] for _record, before, _after in file.ask(written, (*of, "-")) if before}
    for record, _before, after in file.ask(written, (*of, "~")):
        if gone.intersection(json.loads(json.loads(after).get("aliases", "[]"))):
            return int(record)
    return None


def _added_since(change_id: int, survivor: int) -> list[tuple[str, int]]:
    """What hangs on the survivor and was written for the first time after the merge."""
    last = file.one("SELECT max(id) FROM change_entry WHERE change = ?", (change_id,))
    found: list[tuple[str, int]] = []
    for child, column, end in children(Customer.table()):
        if end == "cascade":
            found += [
                (child.table(), i)
                for (i,) in file.ask(
                    f'SELECT id FROM "{child.table()}" t WHERE "{column}" = ?'
                    ' AND (SELECT min(id) FROM change_entry WHERE record = t.id AND "table" = ?) > ?',
                    (survivor, child.table(), last),
                )
            ]
    return found


def _move(c: Change, model: type[Record], keep: int, other: int) -> dict[str, int]:
    """Point to `keep` whatever points to `other`; how many of each table.

    Who changed them last and when stays as it is: nobody worked on them.
    """
    moved: dict[str, int] = {}
    for child, column, _end in children(model.table()):
        ids = [i for (i,) in file.ask(f'SELECT id FROM "{child.table()}" WHERE "{column}" = ?', (other,))]
        for row in file.rows(child.table(), ids).values():
            if child is model and row["id"] in (keep, other):  # nobody is the parent or referrer of oneself
                c.write(child, row, {column: None})
            elif child is Position:
                _place(c, row, column, keep)
            else:
                c.write(child, row, {column: keep})
        if ids:
            moved[child.table()] = moved.get(child.table(), 0) + len(ids)
    return moved


def _place(c: Change, row: Row, column: str, keep: int) -> None:
    """A contact person's place moves to the survivor, or into the place the person has there already."""
    across = "customer" if column == "contact" else "contact"
    same = file.one(f'SELECT id FROM position WHERE "{column}" = ? AND "{across}" = ?', (keep, row[across]))
    if same is not None:
        there = file.rows(Position.table(), [same])[same]
        gaps = {name: row[name] for name in ("job", "department", "since", "until") if row[name] and not there[name]}
        both = {"primary": max(there["primary"], row["primary"]), "left": min(there["left"], row["left"])}
        c.write(Position, there, gaps | {name: value for name, value in both.items() if value != there[name]})
        c.remove(Position, {row["id"]: row})
        return
    has_main = column == "customer" and file.one(
        'SELECT 1 FROM position WHERE customer = ? AND "primary" = 1 AND "left" = 0', (keep,)
    )
    c.write(Position, row, {column: keep} | ({"primary": 0} if has_main and row["primary"] else {}))


def _twins(keep: int, other: int) -> list[tuple[int, int]]:
    """Contact persons of one customer who are contact persons of the other under the same name and phone or WeChat."""
    mine, theirs = _persons(keep), _persons(other)
    found: list[tuple[int, int]] = []
    for i, (name, ways) in theirs.items():
        same = [k for k, (known, reached) in mine.items() if k not in theirs and known == name and reached & ways]
        if same and i not in mine:
            found.append((same[0], i))
    return found


def _persons(customer: int) -> dict[int, tuple[str, set[str]]]:
    """The contact persons of a customer: name, and by what they are reached."""
    return {
        i: (
            reading.name_key(name),
            {wechat.casefold(), *(reading.phone_digits(row.get("number", "")) for row in json.loads(phones))} - {""},
        )
        for i, name, phones, wechat in file.ask(
            "SELECT id, name, phones, wechat FROM contact WHERE id IN (SELECT contact FROM position WHERE customer = ?)"
            " ORDER BY id",
            (customer,),
        )
    }
