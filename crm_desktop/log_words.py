"""The log in words: fields by their labels, values as people read them, records by what they are or were called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from crm_desktop import different, values
from crm_desktop.errors import UserError
from crm_desktop.i18n import _, ngettext
from crm_desktop.models import ListEntry, Position, Record, lists, people
from crm_desktop.models.fields import Field, Link, Person
from crm_desktop.models.manifold import People
from crm_desktop.models.office import Setting
from crm_desktop.store import file, log
from crm_desktop.store.log import Event, FieldChange, Operation
from crm_desktop.store.record import Row, tables

Key = tuple[str, int]
"""A record: table and id."""


class Line(NamedTuple):
    """One line of a record's history, in words; an event that changed no field people see is one line, too."""

    event: Event
    field: str
    """The field's name, to put its value back; nothing where the whole record came or went."""
    label: str
    before: str
    after: str
    old: Any
    """The value before, as stored."""


def model(table: str) -> type[Record] | None:
    """The records of a table, if people see them."""
    found = tables().get(table)
    return found if found is not None and issubclass(found, Record) else None


def kind(table: str) -> str:
    """What a record of a table is called."""
    found = model(table)
    return _(found.title) if found else table


def names(records: Iterable[Key]) -> dict[Key, str]:
    """What records are called now, or were called when they were deleted."""
    by_table: dict[str, set[int]] = defaultdict(set)
    for table, record in records:
        by_table[table].add(record)
    found: dict[Key, str] = {}
    for table, ids in by_table.items():
        rows = file.rows(table, list(ids))
        missing = [i for i in ids if i not in rows]
        rows |= log.when_deleted(table, missing) if missing else {}
        contacts: dict[Key, str] = {}
        if table == Position.table():
            contacts = names(("contact", row["contact"]) for row in rows.values() if row.get("contact"))
        for i in ids:
            row = rows.get(i, {})
            own = contacts.get(("contact", row.get("contact", 0)), "") if contacts else called(table, row)
            found[table, i] = own or kind(table)
    return found


def called(table: str, row: Mapping[str, Any]) -> str:
    """What a stored row calls itself."""
    if table == Setting.table() and row:
        pairs = different.of_setting(row.get("name", ""), row.get("value"))
        return _(", ").join(" · ".join(different.names(pair)) for pair in pairs) or str(row.get("name", ""))
    if table == ListEntry.table() and row:
        entry = lists.entry(row.get("list", ""), row.get("code", ""))
        return entry.label if entry else str(row.get("zh") or row.get("en") or row.get("code") or "")
    if row.get("colleague"):  # what is written about somebody: 王芳 · 2026-11-20
        about = row.get("topic") or row.get("day") or row.get("until") or ""
        return " · ".join(part for part in (people.name(row["colleague"]), str(about)) if part)
    return str(row.get("name") or row.get("code") or "")


def history(table: str, record: int, of_field: str | None = None) -> list[Line]:
    """All lines of a record's history, newest first; with `of_field` only those of that field."""
    return lines(log.of_record(table, record, of_field))


def lines(events: Sequence[Event]) -> list[Line]:
    """Events in words, one line a field."""
    linked = names(_links(events))
    return [line for event in events for line in _of_event(event, linked)]


def _links(events: Sequence[Event]) -> set[Key]:
    """The records that values of these events point to."""
    found: set[Key] = set()
    for event in events:
        links = tables()[event.table].links
        for change in event.changes:
            if change.field in links:
                target = links[change.field][0]
                found |= {(target, value) for value in (change.before, change.after) if value is not None}
    return found


def _of_event(event: Event, linked: Mapping[Key, str]) -> list[Line]:
    found = model(event.table)
    described = found.described() if found else {}
    shown = [
        Line(
            event,
            change.field,
            _(described[change.field].label),
            _in_words(described[change.field], change.before, linked),
            _in_words(described[change.field], change.after, linked),
            change.before,
        )
        for change in event.changes
        if change.field in described and described[change.field].label
    ]
    return [line for line in shown if line.before != line.after] or [Line(event, "", _whole(event), "", "", None)]


def _whole(event: Event) -> str:
    return {"+": _("Created"), "-": _("Deleted"), "~": _("Changed")}[event.op]


def _in_words(field: Field[Any], stored: Any, linked: Mapping[Key, str]) -> str:
    if stored is None:
        return ""
    if isinstance(field, Link):
        return linked.get((field.target, stored), "") or _("(deleted)")
    value = field.python_value(stored)
    if isinstance(field, Person):
        return people.name(value) or _("(deleted)")
    if isinstance(field, People):
        return _(", ").join(people.name(person) or _("(deleted)") for person in value)
    return field.show(value)


def summary(event: Event) -> str:
    """All that happened to one record in one change, in one line: "Tier: Gold → Silver"."""
    if event.table == Setting.table() and (told := _told_apart(event)):
        return told
    if event.op != "~":
        return _whole(event)
    parts = [
        _("{label}: {before} → {after}").format(label=line.label, before=line.before or "–", after=line.after or "–")
        for line in lines([event])
        if line.field
    ]
    return _("; ").join(text.replace("\n", " ") for text in parts) or _whole(event)


def _told_apart(event: Event) -> str:
    """Who was said not to be the same, or may be asked about again; nothing if it was another setting."""
    row = file.rows(event.table, [event.record]).get(event.record)
    row = row or log.when_deleted(event.table, [event.record]).get(event.record, {})
    name = row.get("name", "")
    values = [change for change in event.changes if change.field == "value"]
    if event.op == "~" and values:
        before, after = (different.of_setting(name, value) for value in (values[0].before, values[0].after))
    else:
        both = different.of_setting(name, row.get("value"))
        before, after = (both, set()) if event.op == "-" else (set(), both)
    apart = [
        _("Said that {name} and {other} are different.").format(name=a, other=b) for a, b in _called(after - before)
    ]
    again = [
        _("{name} and {other} may be asked about again.").format(name=a, other=b) for a, b in _called(before - after)
    ]
    return " ".join([*apart, *again])


def _called(pairs: Iterable[different.Pair]) -> list[tuple[str, str]]:
    return [different.names(pair) for pair in sorted(pairs)]


def by_code(code: str) -> Key | None:
    """The record of that number, or the one that had it when it was deleted."""
    for table, found in tables().items():
        if issubclass(found, Record) and "code" in found.described() and found is not ListEntry:
            there = file.one(f'SELECT id FROM "{table}" WHERE code = ?', (code,))
            if there is not None:
                return table, int(there)
    gone = file.ask(
        "SELECT \"table\", record FROM change_entry WHERE op = '-' AND json_extract(before, '$.code') = ?"
        " ORDER BY id DESC LIMIT 1",
        (code,),
    )
    return (str(gone[0][0]), int(gone[0][1])) if gone else None


def fields(table: str) -> list[tuple[str, str]]:
    """The fields of a record whose history can be asked for: name and label, as its form has them."""
    found = model(table)
    if found is None:
        return []
    return [(name, _(field.label)) for name, field in found.typed().items() if field.label]


def action(operation: Operation) -> str:
    """What was done; of an undo, what it took back, or did again: "Undo: Merge customers"."""
    if not operation.undone_action:
        return _(operation.action)
    text = _("Done again: {action}") if operation.again else _("Undo: {action}")
    return text.format(action=_(operation.undone_action))


def counts(operation: Operation) -> str:
    """What an action did, in numbers: "3 created, 1 changed"."""
    numbers: dict[str, int] = defaultdict(int)
    for (_table, op), number in operation.counts.items():
        numbers[op] += number
    texts = (
        ("+", ngettext("{n} created", "{n} created", numbers["+"])),
        ("~", ngettext("{n} changed", "{n} changed", numbers["~"])),
        ("-", ngettext("{n} deleted", "{n} deleted", numbers["-"])),
    )
    return _(", ").join(text.format(n=f"{numbers[op]:,}") for op, text in texts if numbers[op])


def in_json(line: Line) -> Row:
    """A line for scripts."""
    event = line.event
    return {
        "change": event.change,
        "at": event.at,
        "who": event.who,
        "pc": event.pc,
        "action": _(event.action),
        "note": event.note,
        "op": {"+": "created", "~": "changed", "-": "deleted"}[event.op],
        "field": line.field,
        "label": line.label,
        "before": line.before,
        "after": line.after,
    }


def operation_in_json(operation: Operation) -> Row:
    """An operation for scripts."""
    return {
        "change": operation.change,
        "at": operation.at,
        "who": operation.who,
        "pc": operation.pc,
        "action": action(operation),
        "note": operation.note,
        "did": counts(operation),
        "undoes": operation.undoes,
        "undone_by": operation.undone_by,
    }


def history_of(code: str) -> tuple[list[dict[str, Any]], str]:
    """The history of the record with this number, as JSON and in lines; UserError when there is none."""
    found = by_code(code)
    if found is None:
        raise UserError(_("There is no record with the number “{code}”.").format(code=code))
    told = history(*found)
    lines = []
    for line in told:
        what = f"{line.before or '–'} → {line.after or '–'}" if line.field else line.event.note
        said = (values.show_datetime(line.event.at), line.event.who, _(line.event.action), line.label, what)
        lines.append("\t".join(said))
    return [in_json(line) for line in told], "\n".join(lines)


def operations(who: str, since: str, limit: int) -> tuple[list[dict[str, Any]], str]:
    """What was done since a day (all without one; by everybody without a name), newest first, as JSON and in lines."""
    asked = log.Operations(who=who, since=since)
    ids = asked.first(limit)
    rows = asked.rows(ids)
    told = [operation_in_json(rows[i]) for i in ids]
    lines = (
        f"{one['change']}\t{values.show_datetime(one['at'])}\t{one['who']}\t{one['action']}\t{one['did']}"
        for one in told
    )
    return told, "\n".join(lines) or _("Nothing was done in this time.")


__all__ = [
    "FieldChange",
    "Line",
    "action",
    "by_code",
    "called",
    "counts",
    "fields",
    "history",
    "history_of",
    "in_json",
    "kind",
    "lines",
    "model",
    "names",
    "operation_in_json",
    "operations",
]
