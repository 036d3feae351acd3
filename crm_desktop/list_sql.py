"""The conditions and orders of lists, as SQL over the listed table, which is called t."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from crm_desktop.models import Record, lists
from crm_desktop.models.fields import Choice, Field, Link, Person

OWN_NAME = {"customer", "contact"}
"""Tables whose records have a name and the key that sorts it."""


class Filter(NamedTuple):
    """One condition of a list; `value` is plain JSON, so that filters can be remembered.

    `how`: "in" (one of these), "tree" (one of these list entries or what belongs to them), "starts" (text begins
    with), "before" / "from" / "until" (moments; "before" also finds what has none), "has" (one of these in a list
    field), "empty", "set", "yes", "ids" (just these records).
    """

    column: str
    how: str
    value: Any = None


def _in(column: str, values: Iterable[Any]) -> tuple[str, list[Any]]:
    return f"t.{column} IN (SELECT value FROM json_each(?))", [json.dumps(list(values))]


def condition(model: type[Record], wanted: Filter) -> tuple[str, list[Any]]:
    """A filter as SQL over the table called t."""
    if wanted.how == "ids":
        return _in("id", wanted.value)
    described = model.field(wanted.column)
    column = f'"{wanted.column}"'
    match wanted.how:
        case "in":
            return _in(column, wanted.value)
        case "tree":
            assert isinstance(described, Choice)
            below = [e.code for e in lists.entries(described.list_name, inactive=True) if e.parent in wanted.value]
            return _in(column, [*wanted.value, *below])
        case "starts":
            return f"substr(t.{column}, 1, ?) = ?", [len(wanted.value), wanted.value]
        case "before":
            return f"(t.{column} < ? OR t.{column} IS NULL)", [wanted.value]
        case "from":
            return f"t.{column} >= ?", [wanted.value]
        case "until":
            return f"t.{column} <= ?", [f"{wanted.value}T23:59:59" if len(wanted.value) == 10 else wanted.value]
        case "has":
            return (
                f"EXISTS (SELECT 1 FROM json_each(t.{column}) j WHERE j.value IN (SELECT value FROM json_each(?)))",
                [json.dumps(list(wanted.value))],
            )
        case "empty":
            return f"(t.{column} IS NULL OR t.{column} IN {described.nothing})", []
        case "set":
            return f"t.{column} IS NOT NULL AND t.{column} NOT IN {described.nothing}", []
        case "yes":
            return f"t.{column} = 1", []
    raise ValueError(f"no such filter: {wanted.how}")


def shown(described: Field[Any]) -> str:
    """What a column reads: the name behind a link, else the stored value."""
    if isinstance(described, Link):
        label = "name" if described.target in OWN_NAME else "code"
        return f'(SELECT {label} FROM "{described.target}" x WHERE x.id = t."{described.name}")'
    return f't."{described.name}"'


def order(model: type[Record], described: Field[Any]) -> str:
    """What a column sorts by: names by their sound, list entries in the office's order, colleagues by name."""
    name = described.name
    if name == "name" and model.table() in OWN_NAME:
        return "t.sort_key"
    if isinstance(described, Link):
        key = "sort_key" if described.target in OWN_NAME else "code"
        return f'(SELECT {key} FROM "{described.target}" x WHERE x.id = t."{name}")'
    if isinstance(described, Person):
        return f'(SELECT name FROM user x WHERE x.id = t."{name}")'
    if isinstance(described, Choice):
        entries = lists.entries(described.list_name, inactive=True)
        if entries:
            whens = " ".join(f"WHEN '{e.code}' THEN {i}" for i, e in enumerate(entries) if "'" not in e.code)
            return f'CASE t."{name}" {whens} ELSE {len(entries)} END'
    return f't."{name}"'


def by_deadline(model: type[Record]) -> str:
    """The order cases are worked off in: deadline, tier, severity or priority; last what has ended, newest first."""
    described = model.described()
    urgency = "severity" if "severity" in described else "priority"
    tier, severity = (order(model, described[name]) for name in ("tier", urgency))
    # the lists of severities and of priorities begin with the mildest
    return (
        f"(t.closed_at IS NOT NULL), (t.due_at IS NULL), t.due_at, CASE WHEN t.closed_at IS NULL THEN {tier} END,"
        f" CASE WHEN t.closed_at IS NULL THEN {severity} END DESC, t.received_at DESC"
    )
