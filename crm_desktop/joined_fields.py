"""The fields of two records that become one: side by side, and what each becomes if nobody chooses."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from crm_desktop import values as reading
from crm_desktop.i18n import _
from crm_desktop.models import Record
from crm_desktop.models.fields import Field, Link, LongText, YesNo
from crm_desktop.models.manifold import Choices, People, Rows, Texts
from crm_desktop.store import file
from crm_desktop.store.record import Row

LEFT, RIGHT, BOTH = "left", "right", "both"
_NOTES: Final = {"pinned": " · ", "next_contact_what": "; "}
"""Short notes that both stay, and what stands between them."""
_EARLIER: Final = ("since", "next_contact_at")
"""Days of which the earlier one stays: nothing that is due is put off by a merge."""
_NAMES: Final = ("name", "short_name")
"""What is not lost if the other side's is not taken: it becomes a former name."""
_FOLLOWS: Final = {
    "owner_since": "owner",
    "source_detail": "source",
    "bill_tax_no": "bill_name",
    "bill_account": "bill_bank",
}
"""Fields that say nothing apart from another one: the account of one bank is not joined with the name of another."""


class Compared(NamedTuple):
    """One field of two records."""

    name: str
    label: str
    """Its label (msgid)."""
    left: Any
    right: Any
    both: Any
    """The two joined in one value; None where the field cannot hold both."""
    usual: str
    """What is taken if nobody chooses: LEFT, RIGHT or BOTH."""
    noted: bool
    """Whether the right value, if it is not taken, is to be noted in the remarks."""

    @property
    def same(self) -> bool:
        """Whether there is nothing to choose."""
        return bool(self.left == self.right)

    def taken(self, side: str) -> Any:
        """The value of a side."""
        return {LEFT: self.left, RIGHT: self.right, BOTH: self.both}[side]


def compare(mine: Any, theirs: Any) -> list[Compared]:
    """The fields in which at least one of two records of one kind says something, in their order."""
    found: list[Compared] = []
    for name, field in type(mine).typed().items():
        a, b = _value(mine, theirs, name, field), _value(theirs, mine, name, field)
        if not (field.is_empty(a) and field.is_empty(b)):
            both = None if a == b or field.is_empty(a) or field.is_empty(b) else _both(name, field, a, b)
            usual = _usual(mine, theirs, name, field, both)
            noted = usual == LEFT and a != b and not field.is_empty(b) and name not in (*_NAMES, "archived")
            found.append(Compared(name, field.label, a, b, both, usual, noted))
    return found


def in_words(field: Field[Any], value: Any) -> str:
    """A value as people read it; another record by its name."""
    if value is None:
        return ""
    if isinstance(field, Link):
        return str(file.one(f'SELECT name FROM "{field.target}" WHERE id = ?', (value,)) or "")
    return field.show(value)


def joined(mine: Any, theirs: Any, choice: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The fields of the survivor that change, and those in which only one of two different values could stay (names).

    `choice` says of single fields what they become. What has no room is noted in the remarks, and the survivor is
    found by the other's names and number.
    """
    compared = [it for it in compare(mine, theirs) if not it.same and it.name not in choice]
    found = {it.name: it.taken(it.usual) for it in compared if it.usual != LEFT} | dict(choice)
    noted = [it.name for it in compared if it.noted]
    _remember(mine, theirs, found, noted)
    return found, noted


def _value(record: Any, other: Any, name: str, field: Field[Any]) -> Any:
    """A record's value; nobody is the referrer or parent of oneself, so a link to the other side says nothing."""
    value = getattr(record, name)
    return None if isinstance(field, Link) and value == other.id else value


def _usual(mine: Any, theirs: Any, name: str, field: Field[Any], both: Any) -> str:
    a, b = _value(mine, theirs, name, field), _value(theirs, mine, name, field)
    if both is not None:
        return BOTH
    if name == "archived":  # only what both have put away is away
        return RIGHT if a and not b else LEFT
    if not field.is_empty(a) or field.is_empty(b):
        return LEFT
    leader = _FOLLOWS.get(name)
    if leader is None or getattr(mine, leader) in ("", None, getattr(theirs, leader)):
        return RIGHT
    return LEFT


def _both(name: str, field: Field[Any], a: Any, b: Any) -> Any:
    """Two different values as one, where the field can hold both; else None."""
    if isinstance(field, Texts | Choices | People):
        return list(dict.fromkeys([*a, *b]))
    if isinstance(field, Rows):
        return _rows(a, b)
    if isinstance(field, YesNo):
        return None
    if name in _EARLIER:
        return min(a, b)
    if isinstance(field, LongText):
        return _lines(a, b)
    return _NOTES[name].join((a, b)) if name in _NOTES else None


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


def _remember(mine: Any, theirs: Any, found: dict[str, Any], noted: list[str]) -> None:
    """Keep the survivor findable by the other's names and number, and note what had no room."""
    model: type[Record] = type(mine)
    fields = {name: model.described()[name] for name in noted}
    told = "; ".join(f"{_(it.label)}: {in_words(it, getattr(theirs, name))}" for name, it in fields.items())
    if "aliases" in model.typed():
        names = [mine.name, mine.short_name, theirs.name, theirs.short_name]
        still = {found.get(name, getattr(mine, name)) for name in _NAMES}
        known = [*found.get("aliases", mine.aliases or ()), *(n for n in names if n and n not in still), theirs.code]
        found["aliases"] = list(dict.fromkeys(known))
    elif theirs.name != mine.name and not told:
        told = theirs.name
    if told:
        line = _("From {name}: {details}").format(name=theirs.name, details=told) if noted else told
        remarks = found.get("remarks", mine.remarks)
        found["remarks"] = _lines(remarks, line) if remarks else line
