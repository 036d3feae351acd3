"""Two files of the same customer (or contact person) become one, and two again if that was a mistake (F11)."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from typing_extensions import override

from crm_desktop import joined_fields, log_words, sides
from crm_desktop import values as reading
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.models import Contact, Customer, Position, Record
from crm_desktop.store import file, history
from crm_desktop.store.change import Change, Person
from crm_desktop.store.deriving import Progress
from crm_desktop.store.record import Row, children

ACTION: Final = N_("Merge customers")
"""What such a change is called in the log (msgid)."""
ACTIONS: Final[dict[type[Record], str]] = {Customer: ACTION, Contact: N_("Merge contact persons")}
"""The same, by what is merged."""
_NAMED: Final = 4
"""How many of what an undo kept are named: three, and one to see that there are more."""
_NOTHING: Final[Mapping[str, Any]] = {}


class Merged(NamedTuple):
    """What a merge did."""

    keep: int
    name: str
    moved: dict[str, int]
    """How many records moved to the survivor, by table."""
    noted: list[str]
    """Details (labels, msgids) that differed where only one can stay: the other one's stand in the remarks."""


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
        customers = _("Choose two different customers.")
        raise UserError(customers if model is Customer else _("Choose two different contact persons."))
    rows = file.rows(model.table(), [keep, other])
    if len(rows) < 2:
        raise sides.gone()
    twins = _twins(keep, other) if model is Customer else []
    moved = _move(c, model, keep, other)
    mine, theirs = model.get_row(keep), model.from_row(rows[other])
    found, noted = joined_fields.joined(mine, theirs, choice)
    survivor = c.save(mine, found)
    c.delete(theirs)
    for person, twin in twins:
        merge(c, person, twin, model=Contact)
    return Merged(keep, survivor.name, moved, [model.described()[name].label for name in noted])


def undo(user: Person | None, change_id: int, progress: Progress | None = None) -> history.Undone:
    """Take any change back as history.undo does; of a merge it is said what stays with the survivor."""
    return undoing(user, change_id, progress)()


def undoing(user: Person | None, change_id: int, progress: Progress | None = None) -> Callable[[], history.Undone]:
    """The same, to be called until it is saved."""
    attempt = history.undoing(user, change_id, progress)

    def go() -> history.Undone:
        survivor = survivor_of(change_id)
        return _told(change_id, attempt.go().result, survivor)

    return go


def _told(change_id: int, undone: history.Undone, survivor: tuple[type[Record], int] | None) -> history.Undone:
    """With the names of what was kept and, of a merge, what stays with the survivor."""
    some = [(kept.table, kept.record) for kept in undone.kept[:_NAMED]]
    names = log_words.names(some)
    undone.names = list(dict.fromkeys(names[key] for key in some))
    if survivor is None:
        return undone
    model, kept = survivor
    row = file.rows(model.table(), [kept], ["name"]).get(kept)
    stays = _added_since(change_id, model, kept)
    name = row["name"] if row else ""
    return Unmerged(undone.change, undone.restored, undone.kept, undone.names, stays, name)


def unmerge(user: Person | None, change_id: int, progress: Progress | None = None) -> Unmerged:
    """Take a merge back: both are there again, and what was added or changed since stays with the survivor, named.

    UserError when this change is no merge, or was taken back already.
    """
    undone = undo(user, change_id, progress) if survivor_of(change_id) is not None else None
    if not isinstance(undone, Unmerged):
        raise UserError(_("Change {number} is no merge.").format(number=change_id))
    return undone


def survivor_of(change_id: int) -> tuple[type[Record], int] | None:
    """What kind of record a merge kept, and which; None when this change is no merge."""
    action = file.one('SELECT action FROM "change" WHERE id = ?', (change_id,))
    model = next((model for model, name in ACTIONS.items() if name == action), None)
    gone = file.ask(
        "SELECT record FROM change_entry WHERE change = ? AND \"table\" = ? AND op = '-'",
        (change_id, model.table() if model else ""),
    )
    if model is None or not gone:
        return None
    found = _by_number(model, change_id) if model is Customer else _moved_to(change_id, gone[0][0])
    return None if found is None else (model, found)


def _by_number(model: type[Record], change_id: int) -> int | None:
    """The customer that is found by the number of the one that went."""
    written = 'SELECT record, before, after FROM change_entry WHERE change = ? AND "table" = ? AND op = ?'
    of = (change_id, model.table())
    gone = {json.loads(before)["code"] for _record, before, _after in file.ask(written, (*of, "-")) if before}
    for record, _before, after in file.ask(written, (*of, "~")):
        if gone.intersection(json.loads(json.loads(after).get("aliases", "[]"))):
            return int(record)
    return None


def _moved_to(change_id: int, gone: int) -> int | None:
    """The contact person who has now what hung on the one that went, or who was changed in the same change."""
    found = file.one(
        "SELECT CAST(json_extract(after, '$.contact') AS BIGINT) FROM change_entry WHERE change = ? AND op = '~'"
        " AND CAST(json_extract(before, '$.contact') AS BIGINT) = ?",
        (change_id, gone),
    )
    return found or file.one(  # type: ignore[no-any-return]
        "SELECT record FROM change_entry WHERE change = ? AND \"table\" = 'contact' AND op = '~'", (change_id,)
    )


def _added_since(change_id: int, model: type[Record], survivor: int) -> list[tuple[str, int]]:
    """What hangs on the survivor and was written for the first time after the merge."""
    last = file.one("SELECT max(id) FROM change_entry WHERE change = ?", (change_id,))
    found: list[tuple[str, int]] = []
    for child, column, _end in children(model.table()):
        if child is not model:
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
