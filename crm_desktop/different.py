"""Who was said not to be the same: two customers, or two contact persons, that nobody is asked about again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import combinations
from typing import Any, Final

from crm_desktop.i18n import N_
from crm_desktop.models.office import Setting
from crm_desktop.store import file, log
from crm_desktop.store.change import Change, Person, change

Pair = tuple[int, int]
"""Two ids, the smaller first."""

ACTIONS: Final = {"customer": N_("Not the same customer"), "contact": N_("Not the same contact person")}
"""What saying so is called in the log (msgid)."""
_ONE: Final = "different"
"""A setting for each pair ("different 12 34"): each can be taken back by itself, and two colleagues never collide."""
_ALL: Final = "not_duplicates"
"""One setting with all pairs, in files of the first release."""


def pairs() -> set[Pair]:
    """All pairs of the open file."""
    rows = file.ask("SELECT name, value FROM setting WHERE name = ? OR name LIKE ?", (_ALL, f"{_ONE} %"))
    return {pair for name, value in rows for pair in of_setting(name, value)}


def of_setting(name: str, value: Any) -> set[Pair]:
    """The pairs a setting speaks of, by its stored name and value; none if it is about something else."""
    if name == _ALL:
        return {(int(a), int(b)) for a, b in json.loads(value or "[]")}
    word, _gap, rest = name.partition(" ")
    if word != _ONE:
        return set()
    a, b = rest.split()
    return {(int(a), int(b))}


def say(user: Person | None, ids: Sequence[int], table: str = "customer") -> int:
    """Remember in the customer file that these are not the same; the number of the change."""
    with change(user, ACTIONS[table]) as c:
        remember(c, ids)
    return c.id


def remember(c: Change, ids: Sequence[int]) -> None:
    """Remember it as a part of a change."""
    known = pairs()
    for pair in combinations(sorted(set(ids)), 2):
        if pair not in known:
            c.save(Setting, {Setting.name: f"{_ONE} {pair[0]} {pair[1]}", Setting.value: "true"})


def names(found: Pair) -> tuple[str, str]:
    """What the two are called, or were called when they were deleted."""
    known: dict[int, str] = {}
    for table in ("customer", "contact"):
        rows = file.rows(table, found, ["name"])
        rows |= log.when_deleted(table, [i for i in found if i not in rows])
        known |= {i: str(row.get("name", "")) for i, row in rows.items()}
    return known.get(found[0], ""), known.get(found[1], "")
