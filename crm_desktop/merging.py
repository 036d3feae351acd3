"""Two files of the same customer (or contact person) become one, and two again if that was a mistake (F11)."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from typing_extensions import override

from crm_desktop import values as reading
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.models import Contact, Customer, Position, Record
from crm_desktop.models.fields import Field, Link, LongText, YesNo
from crm_desktop.models.manifold import Choices, People, Rows, Texts
from crm_desktop.store import file, history
from crm_desktop.store.change import Change, Gone, Person
from crm_desktop.store.deriving import Progress
from crm_desktop.store.record import Row, children

ACTION: Final = N_("Merge customers")
"""What such a change is called in the log (msgid)."""
_NOTHING: Final[Mapping[str, Any]] = {}
_NOTES: Final = {"pinned": " · ", "next_contact_what": "; "}
"""Short notes that both stay, and what stands between them."""
_EARLIER: Final = ("since", "next_contact_at")
"""Days of which the earlier one stays: nothing that is due is put off by a merge."""
_FOLLOWS: Final = {
    "owner_since": "owner",
    "source_detail": "source",
    "bill_tax_no": "bill_name",
    "bill_account": "bill_bank",
}
"""Fields that say nothing apart from another one: the account of one bank is not joined with the name of another."""


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
        raise UserError(_("Choose two different customers."))
    rows = file.rows(model.table(), [keep, other])
    if len(rows) < 2:
        raise Gone(_("One of the two was deleted in the meantime. Look again."))
    twins = _twins(keep, other) if model is Customer else []
    moved = _move(c, model, keep, other)
    mine, theirs = model.get_row(keep), model.from_row(rows[other])
    found, noted = _joined(model, mine, theirs, choice)
    survivor = c.save(mine, found)
    c.delete(theirs)
    for person, twin in twins:
        merge(c, person, twin, model=Contact)
    return Merged(keep, survivor.name, moved, [model.described()[name].label for name in noted])


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


def _joined(model: type[Record], mine: Any, theirs: Any, choice: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The fields of the survivor that change, and those in which only one of two different values could stay."""
    found: dict[str, Any] = {}
    noted: list[str] = []
    for name, field in model.typed().items():
        a, b = getattr(mine, name), getattr(theirs, name)
        if (isinstance(field, Link) and b == mine.id) or field.is_empty(b) or a == b or name in choice:
            continue
        both = _both(name, field, a, b)
        leader = _FOLLOWS.get(name)
        if both is not None:
            found[name] = both
        elif field.is_empty(a) and (leader is None or getattr(mine, leader) in ("", None, getattr(theirs, leader))):
            found[name] = b
        elif name not in ("name", "short_name"):
            noted.append(name)
    if "archived" in model.typed():
        found["archived"] = bool(mine.archived and theirs.archived)
    found |= choice
    _remember(model, mine, theirs, found, noted)
    return found, noted


def _both(name: str, field: Field[Any], a: Any, b: Any) -> Any:
    """Two different values as one, where the field can hold both; else None."""
    if isinstance(field, Texts | Choices | People):
        return list(dict.fromkeys([*(a or ()), *b]))
    if isinstance(field, Rows):
        return _rows(a or (), b)
    if isinstance(field, YesNo):
        return True
    if not field.is_empty(a):
        if name in _EARLIER:
            return min(a, b)
        if isinstance(field, LongText):
            return _lines(a, b)
        if name in _NOTES:
            return _NOTES[name].join((a, b))
    return None


def _rows(mine: Any, theirs: Any) -> list[Row]:
    """The small rows of both; of the same phone or address one, with what either knows of it."""
    rows: dict[Any, Row] = {}
    for row in (*mine, *theirs):
        key: Any = json.dumps(row, sort_keys=True)
        if row.get("number"):
            key = reading.phone_digits(row["number"])
        elif row.get("street") and not row.get("consignee"):
            key = reading.name_key(row["street"])
        rows[key] = {**row, **rows.get(key, {})}
    return list(rows.values())


def _lines(a: str, b: str) -> str:
    """Two notes, one below the other; what one holds already is not said twice."""
    return a if b in a else b if a in b else f"{a}\n{b}"


def _remember(model: type[Record], mine: Any, theirs: Any, found: dict[str, Any], noted: list[str]) -> None:
    """Keep the customer findable by the other's names and number, and note what had no room."""
    told = "; ".join(f"{_(model.described()[name].label)}: {theirs.shown(name)}" for name in noted)
    if "aliases" in model.typed():
        names = [mine.name, mine.short_name, theirs.name, theirs.short_name]
        still = {found.get(name, getattr(mine, name)) for name in ("name", "short_name")}
        known = [*found.get("aliases", mine.aliases or ()), *(n for n in names if n and n not in still), theirs.code]
        found["aliases"] = list(dict.fromkeys(known))
    elif theirs.name != mine.name and not told:
        told = theirs.name
    if told:
        line = _("From {name}: {details}").format(name=theirs.name, details=told) if noted else told
        remarks = found.get("remarks", mine.remarks)
        found["remarks"] = _lines(remarks, line) if remarks else line


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
