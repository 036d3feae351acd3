"""What hangs on the records of the whole office, in its workbook: steps of cases, signs of displeasure, news.

Such rows name what they hang on by its number; they are brought in after all lists, in the same change, and what is
there already stays as it is. Files that belong to a complaint or to news are too large for cells and stay behind.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from typing_extensions import override

from crm_desktop.errors import UserError
from crm_desktop.exchange import words
from crm_desktop.exchange.cells import reader
from crm_desktop.exchange.sheet import Row, Sheet
from crm_desktop.exchange.sheet_columns import Column
from crm_desktop.i18n import N_, _
from crm_desktop.models.base import Record
from crm_desktop.models.competence import Assessment, Training
from crm_desktop.models.complaint_step import ComplaintSignal, ComplaintStep
from crm_desktop.models.evaluation import Evaluation
from crm_desktop.models.fields import Field, Link, Person, Text
from crm_desktop.models.manifold import Rows
from crm_desktop.models.news import News, NewsRead
from crm_desktop.models.office import User
from crm_desktop.models.service_parts import ServiceStep
from crm_desktop.store import file
from crm_desktop.store.change import Change

SHEETS: Final[dict[type[Record], str]] = {
    ComplaintStep: N_("Steps of complaints"),
    ComplaintSignal: N_("Signs of displeasure"),
    ServiceStep: N_("Steps of service requests"),
    Assessment: N_("Assessments"),
    Training: N_("Trainings"),
    Evaluation: N_("Evaluations"),
    News: N_("News"),
    NewsRead: N_("Read receipts"),
}
"""What the sheets are called, in the order in which they are brought in."""
_FIELDS: Final[dict[type[Record], tuple[str, ...]]] = {
    ComplaintStep: ("complaint", "at", "by", "move", "before", "after", "why", "until"),
    ComplaintSignal: ("customer", "source", "at", "what", "interaction", "about", "decision", "reason", "decided_at",
                      "decided_by", "became"),
    ServiceStep: ("request", "at", "by", "move", "before", "after", "why", "until"),
    Assessment: ("colleague", "day", "assessor", "scores", "remark"),
    Training: ("colleague", "ability", "topic", "due", "done", "result"),
    Evaluation: ("colleague", "start", "until", "figures", "comment", "decision", "by", "day"),
    News: ("name", "text", "category", "pinned", "start", "until", "by"),
    NewsRead: ("news", "who", "at"),
}  # fmt: skip
_KEYS: Final[dict[type[Record], tuple[str, ...]]] = {
    ComplaintStep: ("complaint", "at", "move"),
    ComplaintSignal: ("customer", "source", "at"),
    ServiceStep: ("request", "at", "move"),
    Assessment: ("colleague", "day"),
    Training: ("colleague", "topic", "due"),
    Evaluation: ("colleague", "start", "until"),
    News: ("name", "start"),
    NewsRead: ("news", "who"),
}
"""By what a row is known again."""
_CALLED: Final[dict[tuple[type[Record], str], str]] = {(ComplaintSignal, "became"): N_("Became complaint")}
"""Headings where two fields of a kind have the same label."""


@dataclass(frozen=True)
class Tie(Column):
    """A column that names another record by its number or name, or holds what no cell shows better than it is kept."""

    @property
    def label(self) -> str:
        """The heading, as a text to be translated."""
        return _CALLED.get((self.model, self.field)) or self.model.described()[self.field].label

    @property
    @override
    def described(self) -> Field[Any]:
        return Text(self.label, width=14)

    @property
    @override
    def sql(self) -> str:
        field = self.model.described()[self.field]
        if not isinstance(field, Link):
            return f'r."{self.field}"'
        return f'(SELECT "{_known_by(field.target)}" FROM "{field.target}" l WHERE l.id = r."{self.field}")'


def _known_by(table: str) -> str:
    return "name" if table == News.table() else "code"


def columns(model: type[Record]) -> list[Column]:
    """The columns of the sheet of a kind."""
    fields = model.described()
    return [(Tie if isinstance(fields[name], Link | Rows) else Column)(model, model, name) for name in _FIELDS[model]]


def parts() -> Iterator[tuple[type[Record], list[int], list[Column]]]:
    """The sheets that have anything in them: kind, ids, columns."""
    for model in SHEETS:
        if ids := [i for (i,) in file.ask(f'SELECT id FROM "{model.table()}" ORDER BY id')]:
            yield model, ids, columns(model)


def model_of(sheet: Sheet) -> type[Record] | None:
    """Which of the kinds a sheet holds; None for every other sheet."""
    model = next((model for model, title in SHEETS.items() if sheet.name in words.both(title)), None)
    if model is None or not sheet.rows:
        return None
    return model if _places(sheet, model).keys() >= set(_KEYS[model]) else None


def _places(sheet: Sheet, model: type[Record]) -> dict[str, int]:
    """Where each field stands, by its heading in either language."""
    found: dict[str, int] = {}
    for column in columns(model):
        label = column.label if isinstance(column, Tie) else column.described.label
        place = next((n for n, cell in enumerate(sheet.rows[0]) if cell in words.both(label)), None)
        if place is not None:
            found[column.field] = place
    return found


def bring(c: Change, sheets: Sequence[Sheet]) -> tuple[int, list[str]]:
    """Bring in what these sheets tell and the file does not have, as a part of a change: how many records that were,
    and why others were left out.
    """
    by_model = {model: sheet for sheet in sheets if (model := model_of(sheet)) is not None}
    left_out: list[str] = []
    return sum(_bring(c, model, by_model[model], left_out) for model in SHEETS if model in by_model), left_out


def _bring(c: Change, model: type[Record], sheet: Sheet, left_out: list[str]) -> int:
    readers = {name: (place, _reader(c, model, name)) for name, place in _places(sheet, model).items()}
    keys = ", ".join(f'"{name}"' for name in _KEYS[model])
    there = {tuple(_plain(value) for value in row) for row in file.ask(f'SELECT {keys} FROM "{model.table()}"')}
    rows = []
    for number, row in enumerate(sheet.rows[1:], sheet.first_row + 1):
        try:
            told = {name: read(_cell(row, place)) for name, (place, read) in readers.items()}
            missing = [name for name in _KEYS[model] if told[name] is None and model.described()[name].required]
            if missing:
                continue
        except (UserError, ValueError) as trouble:
            left_out.append(_("{sheet}, row {row}: {reason}").format(sheet=sheet.name, row=number, reason=trouble))
            continue
        key = tuple(_plain(told[name]) for name in _KEYS[model])
        if key not in there:
            there.add(key)
            rows.append({name: value for name, value in told.items() if value is not None})
    c.insert_many(model, rows)
    return len(rows)


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _cell(row: Row, place: int) -> Any:
    return row[place] if place < len(row) else None


def _reader(c: Change, model: type[Record], name: str) -> Callable[[Any], Any]:
    """Reads the cells of a field as the record keeps them; None for nothing."""
    field = model.described()[name]
    if isinstance(field, Rows):
        return lambda cell: json.loads(cell) if cell else None
    if isinstance(field, Link):
        return lambda cell: _found(field.target, cell) if cell not in (None, "") else None
    read = reader(field, "", lambda who: _colleague(c, who), {}, {}, "")
    if isinstance(field, Person):
        return lambda cell: read(cell).value
    return lambda cell: _told(read(cell))


def _told(found: Any) -> Any:
    if found.lost is not None:
        raise ValueError(found.note or found.lost)
    return found.value


def _found(table: str, code: Any) -> int:
    """The record that is meant; UserError when there is none."""
    found = file.one(f'SELECT id FROM "{table}" WHERE "{_known_by(table)}" = ? ORDER BY id LIMIT 1', (str(code),))
    if found is None:
        raise UserError(_("There is no record with the number “{code}”.").format(code=code))
    return int(found)


def _colleague(c: Change, name: str) -> int:
    """By name; those this very change has added are known to the file alone as yet."""
    known = file.one('SELECT id FROM "user" WHERE name = ? ORDER BY id', (name,))
    return int(known or c.save(User, {"name": name}).id)
