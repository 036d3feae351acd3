"""The office itself: its people, its lists, its settings and its number series."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from typing import Any

import peewee

from crm_desktop import values
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_, _
from crm_desktop.models import calendar, limits, lists, own_fields, people
from crm_desktop.models.base import Record
from crm_desktop.models.fields import Email, Integer, Name, Text, YesNo
from crm_desktop.models.rules import COMPLAINT_SETTINGS, SURVEY_SETTINGS
from crm_desktop.models.service_rules import SERVICE_SETTINGS
from crm_desktop.models.survey_asked import newest
from crm_desktop.paths import resource
from crm_desktop.store import file
from crm_desktop.store.change import Change, Committed, Person, change, committed
from crm_desktop.store.record import Row, Table


class User(Record):
    """A colleague."""

    title = N_("Colleague")
    name = Name(N_("Name"), required=True, headings="姓名 员工")
    email = Email(N_("E-mail"), width=20)
    department = Text(N_("Department"))
    role = Text(N_("Role"), help=N_("What compensation somebody may grant alone."))
    active = YesNo(N_("Active"), default=True)


class ListEntry(Record):
    """One entry of an editable list; records store its code, so renaming it changes nothing else."""

    title = N_("List entry")
    list = Text(N_("List"), required=True, index=True)
    code = Text(N_("Code"), required=True)
    zh = Text(N_("Chinese name"))
    en = Text(N_("English name"))
    sort = Integer(N_("Order"), default=0)
    colour = Text(N_("Colour"))
    sign = Text(N_("Sign"))
    parent = Text(N_("Belongs to"))
    active = YesNo(N_("Active"), default=True)
    words = Text(N_("Other words"), help=N_("Other ways people write it, separated by spaces."))

    class Meta:
        table_name = "choice"
        indexes = ((("list", "code"), True),)


class OwnField(Record):
    """A field the office added to a kind of record; see own_fields."""

    title = N_("Own field")
    of = Text(N_("Belongs to"), required=True)
    place = Text(N_("Kept in"), required=True)
    label = Text(N_("Name of the field"), required=True)
    kind = Text(N_("Holds"), required=True)
    sort = Integer(N_("Order"), default=0)
    active = YesNo(N_("Active"), default=True)

    class Meta:
        table_name = "own_field"
        indexes = ((("of", "place"), True),)


class Setting(Record):
    """One setting of the office (a JSON value under a name)."""

    title = N_("Setting")
    name = Text(N_("Name"), required=True, unique=True)
    value = Text(N_("Value"))

    @classmethod
    def affects(cls, rows: Sequence[Row]) -> dict[str, set[int]]:
        moved = {table for row in rows for begin, table in _MOVES if str(row["name"]).startswith(begin)}
        asked = any(str(row["name"]).startswith("survey_every_") for row in rows)
        return (calendar.open_cases(*moved) if moved else {}) | ({"survey_asked": newest()} if asked else {})


_MOVES = (
    ("sla_", "complaint"),
    ("work_", "complaint"),
    ("work_", "service_request"),
    ("std_", "service_request"),
    ("service_", "service_request"),
)
"""How settings begin that move deadlines, and whose."""


class Counter(Table):
    """The last number given in a series; never goes back."""

    name = peewee.TextField(primary_key=True)
    last = peewee.IntegerField()


SETTINGS: dict[str, Any] = {
    "office_name": "",
    "birthday_days": 7,
    "due_days": 7,
    # how long the recycle bin remembers: 0 for ever, else never less than 90 days
    "keep_deleted_days": 0,
    # where the columns of lists go that somebody put right, by their headings: see exchange/mappings
    "import_lists": {},
    # product.md 4.10: contact every so many days, at most so many times in 30 days; 0 for no rule
    "contact_every_diamond": 14,
    "contact_every_gold": 30,
    "contact_every_silver": 60,
    "contact_every_regular": 180,
    "contact_cap_diamond": 8,
    "contact_cap_gold": 6,
    "contact_cap_silver": 4,
    "contact_cap_regular": 2,
    # see models/calendar.py; empty for what the program came with
    "work_hours": "",
    "work_week": "",
    **limits.LIMITS,
    **COMPLAINT_SETTINGS,
    **SERVICE_SETTINGS,
    **SURVEY_SETTINGS,
}
"""What the office can set, with its defaults."""


def setting(name: str) -> Any:
    """A setting of the open file, or its default."""
    stored = file.one("SELECT value FROM setting WHERE name = ?", (name,))
    return SETTINGS[name] if stored is None else json.loads(stored)


def settings() -> dict[str, Any]:
    """All settings of the open file."""
    stored = {name: json.loads(value) for name, value in file.ask("SELECT name, value FROM setting")}
    return {**SETTINGS, **stored}


def save_settings(user: Person | None, values: Mapping[str, Any]) -> None:
    """Write settings as a change of their own."""
    with change(user, N_("Change settings")) as c:
        put_settings(c, values)


def put_settings(c: Change, values: Mapping[str, Any]) -> None:
    """Write settings as a part of a change."""
    for name, value in values.items():
        text = json.dumps(value, ensure_ascii=False)
        found = file.one("SELECT id FROM setting WHERE name = ?", (name,))
        c.save(
            Setting.get_row(found) if found else Setting,
            {Setting.value: text} | ({} if found else {Setting.name: name}),
        )


def add_own_field(c: Change, table: str, label: str, kind: str = "text") -> str:
    """A field of the office's own, there already or made as a part of a change: the name of the field.

    Raises UserError when all room is taken.
    """
    known = [each for each in own_fields.stored() if each.of == table]
    label = values.clean(label)
    same = next((each for each in known if each.label == label), None)
    if same:
        if not same.active:
            c.save(OwnField.get_row(same.id), {OwnField.active: True})
        return same.place
    taken = {each.place for each in known}
    place = next((each for each in own_fields.KINDS[kind].columns if each not in taken), None)
    if place is None:
        raise UserError(_("No more fields of this kind can be added here; use one that is there."))
    sort = max((each.sort for each in known), default=0) + 10
    c.save(OwnField, {"of": table, "place": place, "label": label, "kind": kind, "sort": sort})
    return place


def colleague(user: Person | None, name: str) -> User:
    """The colleague of that name, written down first if new."""
    found = people.find(name)
    if found is not None:
        return User.get_row(found)  # type: ignore[no-any-return]
    with change(user, N_("Add colleague")) as c:
        return c.save(User, {User.name: name})


def starting_lists() -> list[dict[str, Any]]:
    """The list entries every new office begins with, from resources/lists."""
    entries: list[dict[str, Any]] = []
    with resource("lists", "choices.tsv").open(encoding="utf-8", newline="") as stream:
        for number, row in enumerate(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)):
            entries.append({**{k: v or "" for k, v in row.items()}, "sort": number * 10})
    with resource("lists", "gbt4754_2017.tsv").open(encoding="utf-8", newline="") as stream:
        section = ""
        for number, row in enumerate(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)):
            section = row["code"] if row["level"] == "section" else section
            parent = "" if row["level"] == "section" else section
            entries.append(
                {
                    "list": "industry",
                    "code": row["code"],
                    "zh": row["zh"],
                    "en": row["en"],
                    "parent": parent,
                    "sort": number * 10,
                }
            )
    return entries


def found_office(name: str = "") -> None:
    """Give a new file its lists and its name."""
    with change(None, N_("New office")) as c:
        c.insert_many(ListEntry, starting_lists())
        if name:
            c.save(Setting, {Setting.name: "office_name", Setting.value: json.dumps(name, ensure_ascii=False)})


def is_founded() -> bool:
    """Whether the open file has its lists: a computer that died right after creating it left it without."""
    return file.one("SELECT 1 FROM choice LIMIT 1") is not None


def _remember(done: Committed) -> None:
    """Colleagues and lists kept in memory follow what was really written: after the commit, not before."""
    kinds = None if done.records is None else {table for table, _id in done.records}
    if kinds is None or User.table() in kinds:
        people.reload()
    if kinds is None or ListEntry.table() in kinds:
        lists.reload()
    if kinds is None or OwnField.table() in kinds:
        own_fields.reload()
    if kinds is None or Setting.table() in kinds:
        limits.reload()


committed.append(_remember)
