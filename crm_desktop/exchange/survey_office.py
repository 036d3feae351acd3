"""Surveys in the workbook of the whole office: templates, surveys, whom they asked, answers and actions, and back.

They hang on each other and on customers by their numbers, so they are brought in after all lists, in the same change;
what is there already stays as it is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from typing_extensions import override

from crm_desktop import values
from crm_desktop.errors import UserError
from crm_desktop.exchange.sheet import Cell, Row, Sheet
from crm_desktop.exchange.sheet_columns import Column
from crm_desktop.exchange.words import both
from crm_desktop.i18n import N_, _
from crm_desktop.models import (
    Contact,
    Customer,
    Interaction,
    SurveyAction,
    SurveyAnswer,
    SurveyAsked,
    SurveyRun,
    SurveyTemplate,
    User,
    people,
)
from crm_desktop.models.base import Record
from crm_desktop.models.fields import Date, DateTime, Field, Integer, Person, Text, YesNo
from crm_desktop.satisfaction import templates
from crm_desktop.store import file
from crm_desktop.store.change import Change


@dataclass(frozen=True)
class Tie(Column):
    """A column that names another record, or holds a value as it is stored."""

    label: str
    expression: str

    @property
    @override
    def described(self) -> Field[Any]:
        return Text(self.label, width=14)

    @property
    @override
    def sql(self) -> str:
        return self.expression


def _linked(name: str, table: str, column: str = "code") -> str:
    return f'(SELECT "{column}" FROM "{table}" l WHERE l.id = r."{name}")'


_ASKED: Final = "(SELECT l.code FROM survey_asked l WHERE l.id = r.asked)"
_TEMPLATE: Final = "(SELECT l.family FROM survey_template l WHERE l.id = r.template)"
_VERSION: Final = "(SELECT CAST(l.version AS TEXT) FROM survey_template l WHERE l.id = r.template)"
_SHEETS: Final[dict[type[Record], tuple[str | tuple[str, str, str], ...]]] = {
    SurveyTemplate: (("family", N_("Family"), "r.family"), "version", "name", "name_en", "purpose",
                     ("languages", N_("Languages"), "r.languages"), ("items", N_("Questions"), "r.items"),
                     "active"),
    SurveyRun: ("code", ("template", N_("Family"), _TEMPLATE), ("version", N_("Version"), _VERSION), "name",
                "started_on", "due", "owner", "state", "product", "whom", ("segment", N_("Segment"), "r.segment"),
                "closed_on", "remarks"),
    SurveyAsked: ("code", ("run", N_("Survey no."), _linked("run", "survey_run")),
                  ("customer", N_("Customer no."), _linked("customer", "customer")),
                  ("contact", N_("Contact person"), _linked("contact", "contact", "name")), "state", "due", "owner",
                  ("tier", N_("Tier then"), "r.tier"), "served_by", "product", "attempts", "tried_at", "answered_at",
                  "how", "by", "note", ("interaction", N_("Contact no."), _linked("interaction", "interaction"))),
    SurveyAnswer: (("asked", N_("Form no."), _ASKED), "item", "score", "words", "at", "by", "how"),
    SurveyAction: (("run", N_("Survey no."), _linked("run", "survey_run")), "item", "what",
                   ("kind", N_("Type"), "r.kind"), "owner", "due", "done", "verified", "by", "effective"),
}  # fmt: skip
"""The columns of each sheet, in the order in which they are brought in."""


def columns(model: type[Record]) -> list[Column]:
    """The columns of the sheet of a kind."""
    return [
        Column(model, model, each) if isinstance(each, str) else Tie(model, model, *each) for each in _SHEETS[model]
    ]


def parts() -> Iterator[tuple[type[Record], list[int], list[Column]]]:
    """The sheets that have anything in them: kind, ids, columns."""
    for model in _SHEETS:
        ids = [i for (i,) in file.ask(f'SELECT id FROM "{model.table()}" ORDER BY id')]
        if ids:
            yield model, ids, columns(model)


def model_of(sheet: Sheet) -> type[Record] | None:
    """Which of the kinds a sheet holds; None for every other sheet."""
    if not sheet.rows:
        return None
    for model in _SHEETS:
        if sheet.name in both(model.title) and _places(sheet, model).keys() >= _NEEDED[model]:
            return model
    return None


_NEEDED: Final[dict[type[Record], frozenset[str]]] = {
    SurveyTemplate: frozenset({"family", "version", "items"}),
    SurveyRun: frozenset({"code", "template"}),
    SurveyAsked: frozenset({"code", "run", "customer"}),
    SurveyAnswer: frozenset({"asked", "item"}),
    SurveyAction: frozenset({"run", "item", "what"}),
}
"""Without these a sheet of that name is something else."""


def _places(sheet: Sheet, model: type[Record]) -> dict[str, tuple[int, Column]]:
    """Where each field stands, by its heading in either language."""
    found: dict[str, tuple[int, Column]] = {}
    for column in columns(model):
        label = column.label if isinstance(column, Tie) else column.described.label
        place = next((n for n, cell in enumerate(sheet.rows[0]) if cell in both(label)), None)
        if place is not None:
            found[column.field] = (place, column)
    return found


def bring(c: Change, sheets: Sequence[Sheet]) -> tuple[int, list[str]]:
    """Bring in what these sheets tell and the file does not have, as a part of a change: how many records that were,
    and why others were left out.
    """
    by_model = {model: sheet for sheet in sheets if (model := model_of(sheet)) is not None}
    coming = _Coming(c)
    return sum(coming.bring(model, by_model[model]) for model in _SHEETS if model in by_model), coming.left_out


class _Coming:
    """Surveys on their way into the file: what they hang on, found by its number."""

    def __init__(self, c: Change) -> None:
        self._c = c
        self.left_out: list[str] = []

    def bring(self, model: type[Record], sheet: Sheet) -> int:
        """The new records of one sheet."""
        places, rows, there = _places(sheet, model), list[dict[str, Any]](), self._there(model)
        tie: dict[type[Record], Callable[[dict[str, Any]], None]] = {
            SurveyTemplate: self._template,
            SurveyRun: self._run,
            SurveyAsked: self._asked,
            SurveyAnswer: self._answer,
            SurveyAction: self._action,
        }
        for number, row in enumerate(sheet.rows[1:], sheet.first_row + 1):
            try:
                told = {name: self._read(column, _cell(row, at)) for name, (at, column) in places.items()}
                key = tuple(str(told[name]) for name in _KEYS[model])
                if key in there or not all(key):
                    continue
                tie[model](told)
            except (UserError, ValueError) as trouble:
                where = _("{sheet}, row {row}: {reason}").format(sheet=sheet.name, row=number, reason=trouble)
                self.left_out.append(where)
                continue
            there.add(key)
            rows.append({name: value for name, value in told.items() if value not in (None, "")})
        self._c.insert_many(model, rows)
        return len(rows)

    def _there(self, model: type[Record]) -> set[tuple[str, ...]]:
        """What the file has already, by what it is known by."""
        names = {column.field: column.sql for column in columns(model)}
        listed = ", ".join(names[name] for name in _KEYS[model])
        return {tuple(str(value) for value in row) for row in file.ask(f'SELECT {listed} FROM "{model.table()}" r')}

    def _read(self, column: Column, cell: Cell) -> Any:
        """A cell as the record keeps it."""
        field = column.described
        if values.is_blank(cell):
            return False if isinstance(field, YesNo) else ""
        if isinstance(field, Person):
            return self._colleague(str(cell))
        if isinstance(field, DateTime):
            return values.read_datetime(cell).value
        if isinstance(field, Date):
            return values.read_date(cell).value
        if isinstance(field, Integer):
            return int(str(cell))
        return field.read(cell).value if isinstance(field, YesNo) else values.as_text(cell)

    def _colleague(self, name: str) -> int:
        """By name; those this very change has added are known to the file alone as yet."""
        known = people.find(name) or file.one('SELECT id FROM "user" WHERE name = ? ORDER BY id', (name,))
        return int(known or self._c.save(User, {"name": name}).id)

    def _template(self, told: dict[str, Any]) -> None:
        told["items"], told["languages"] = json.loads(told["items"]), json.loads(told.get("languages") or "[]")
        templates.check(told["items"], told["languages"])

    def _run(self, told: dict[str, Any]) -> None:
        sql = "SELECT id FROM survey_template WHERE family = ? AND version = ?"
        told["template"] = _found(sql, told["template"], int(told.pop("version", None) or 1))

    def _asked(self, told: dict[str, Any]) -> None:
        told["run"] = _found("SELECT id FROM survey_run WHERE code = ?", told["run"])
        told["customer"] = _found(f"SELECT id FROM {Customer.table()} WHERE code = ?", told["customer"])
        for name, sql, params in (
            ("contact", f"SELECT c.id FROM {Contact.table()} c JOIN position p ON p.contact = c.id"
             " WHERE p.customer = ? AND c.name = ? ORDER BY c.id LIMIT 1", (told["customer"], told.get("contact"))),
            ("interaction", f"SELECT id FROM {Interaction.table()} WHERE code = ?", (told.get("interaction"),)),
        ):  # fmt: skip
            told[name] = file.one(sql, params) if told.get(name) else None

    def _answer(self, told: dict[str, Any]) -> None:
        told["asked"] = _found("SELECT id FROM survey_asked WHERE code = ?", told["asked"])

    def _action(self, told: dict[str, Any]) -> None:
        told["run"] = _found("SELECT id FROM survey_run WHERE code = ?", told["run"])


_KEYS: Final[dict[type[Record], tuple[str, ...]]] = {
    SurveyTemplate: ("family", "version"),
    SurveyRun: ("code",),
    SurveyAsked: ("code",),
    SurveyAnswer: ("asked", "item"),
    SurveyAction: ("run", "item", "what"),
}
"""By what a row is known again."""


def _cell(row: Row, at: int) -> Cell:
    return row[at] if at < len(row) else None


def _found(sql: str, *params: Any) -> int:
    """The record that is meant; UserError when there is none."""
    found = file.one(sql, params)
    if found is None:
        text = _("There is no record with the number “{code}”.")
        raise UserError(text.format(code=", ".join(map(str, params))))
    return int(found)
