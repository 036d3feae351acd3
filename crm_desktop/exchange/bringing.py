"""What hangs on the records of a whole office, from the sheets of its workbook into the file; what is there stays."""

from __future__ import annotations

import json
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from crm_desktop.complaints.evidence import SMALL
from crm_desktop.errors import UserError
from crm_desktop.exchange.cells import reader
from crm_desktop.exchange.hanging import CONTENT, FILES, KINDS, known_by, model_of, places_in
from crm_desktop.exchange.packages import Package
from crm_desktop.exchange.sheet import Cell, Row, Sheet
from crm_desktop.i18n import _, ngettext
from crm_desktop.models.base import Record
from crm_desktop.models.fields import Choice, Field, Link, Person, Text, YesNo
from crm_desktop.models.manifold import Rows
from crm_desktop.models.office import User
from crm_desktop.models.survey import SurveyTemplate
from crm_desktop.satisfaction import templates
from crm_desktop.store import file
from crm_desktop.store.change import Change
from crm_desktop.values import as_text

Told = dict[str, Any]
"""What a row says, by field."""
Beside = Sequence[tuple[Path, Sheet]]
"""Sheets with the files they came from."""
_AT_ONCE: Final = 16 << 20
"""So many bytes of attached files are written together."""
_ROWS: Final = 1000


def waiting(beside: Beside) -> int:
    """How many records these sheets tell of that the file does not have; needs the customer file, writes nothing."""
    return sum(1 for model, path, sheet in _in_order(beside) for _row in _Coming(None, path).rows(model, sheet))


def bring(c: Change, beside: Beside) -> tuple[int, list[str]]:
    """Bring in what these sheets tell and the file does not have, as a part of a change: how many records that were,
    and why others were left out.
    """
    brought, left_out = 0, list[str]()
    for model, path, sheet in _in_order(beside):
        coming = _Coming(c, path)
        for rows in _together(coming.rows(model, sheet)):
            c.insert_many(model, rows)
            brought += len(rows)
        left_out += coming.left_out()
    return brought, left_out


def _in_order(beside: Beside) -> Iterator[tuple[type[Record], Path, Sheet]]:
    """What hangs on others after these others."""
    found = [(model, path, sheet) for path, sheet in beside if (model := model_of(sheet)) is not None]
    return iter(sorted(found, key=lambda each: list(KINDS).index(each[0])))


def _together(rows: Iterable[Told]) -> Iterator[list[Told]]:
    """As many rows as are written at once: few where they hold files."""
    some, size = list[Told](), 0
    for row in rows:
        some.append(row)
        size += len(row.get(CONTENT, ""))
        if len(some) == _ROWS or size > _AT_ONCE:
            yield some
            some, size = [], 0
    if some:
        yield some


class _Coming:
    """The rows of one sheet on their way into the file; without a change they are only looked at."""

    def __init__(self, c: Change | None, path: Path) -> None:
        self._c, self._path = c, path
        self._known: dict[str, dict[str, int]] = {}
        self._colleagues: dict[str, int] = {}
        self._troubles: list[str] = []
        self._stayed = 0
        """Files that are told of but do not come along."""

    def rows(self, model: type[Record], sheet: Sheet) -> Iterator[Told]:
        """What the file does not have."""
        fields, keys = model.described(), KINDS[model].keys.split()
        readers = {name: (place, self._reader(fields, name)) for name, place in places_in(sheet, model).items()}
        there = self._there(model, keys)
        once = any(index._unique for index in model._meta.fields_to_index())
        with Package(self._path) as package:
            for number, row in enumerate(sheet.rows[1:], sheet.first_row + 1):
                try:
                    told: Told = {}
                    for name, (place, read) in readers.items():
                        told[name] = read(_cell(row, place), told)
                    if any(told[name] in (None, "") and fields[name].required for name in keys):
                        continue
                    key = tuple(_plain(told[name]) for name in keys)
                    if there[key] > 0:  # two steps of one moment are two
                        there[key] -= 0 if once else 1
                        continue
                    if model in FILES and not self._load(told, package):
                        self._stayed += 1
                        continue
                    _check(model, told)
                except (UserError, ValueError) as trouble:
                    text = _("{sheet}, row {row}: {reason}")
                    self._troubles.append(text.format(sheet=sheet.name, row=number, reason=trouble))
                    continue
                if once:
                    there[key] += 1
                yield {name: value for name, value in told.items() if value not in (None, "")}

    def left_out(self) -> list[str]:
        """Why rows were left out."""
        if not self._stayed:
            return self._troubles
        stayed = ngettext(
            "{n} attached file is not in “{file}”: export the whole office with its files to have it.",
            "{n} attached files are not in “{file}”: export the whole office with its files to have them.",
            self._stayed,
        )
        return [*self._troubles, stayed.format(n=self._stayed, file=self._path.name)]

    def _load(self, told: Told, package: Package) -> bool:
        """Take what is in an attached file from the package; False if it is not there."""
        member = told.pop(CONTENT, None)
        if told.get("place") or not told.get("size"):
            return True
        if not member or not package.has(member):
            return False
        if self._c is not None:
            told[CONTENT] = b64encode(package.read(member, SMALL)).decode("ascii")
        return True

    def _there(self, model: type[Record], keys: Sequence[str]) -> Counter[tuple[str, ...]]:
        listed = ", ".join(f'"{name}"' for name in keys)
        rows = file.ask(f'SELECT {listed} FROM "{model.table()}"')
        return Counter(tuple(_plain(value) for value in row) for row in rows)

    def _reader(self, fields: dict[str, Field[Any]], name: str) -> Callable[[Cell, Told], Any]:
        """Reads the cells of a field as the record keeps them; None for nothing."""
        if name == CONTENT:
            return lambda cell, _told: as_text(cell)
        field = fields[name]
        if isinstance(field, Link):
            return lambda cell, told: self._linked(field, as_text(cell), told)
        if isinstance(field, Rows):
            return lambda cell, _told: json.loads(as_text(cell)) if cell else None
        if isinstance(field, YesNo):
            return lambda cell, _told: bool(cell) and field.read(cell).value
        if isinstance(field, Text) and not isinstance(field, Choice):
            return lambda cell, _told: as_text(cell)
        read = reader(field, "", self._colleague, {}, {}, "")
        if isinstance(field, Person):
            return lambda cell, _told: read(cell).value
        return lambda cell, _told: _kept(read(cell))

    def _linked(self, field: Link, word: str, told: Told) -> int | None:
        """The record that is meant; where none is needed, none is no trouble."""
        if not word:
            return None
        if field.target == "contact":
            return self._people.get((told.get("customer"), word))
        if field.target not in self._known:
            rows = file.ask(f'SELECT {known_by(field.target)}, id FROM "{field.target}" ORDER BY id DESC')
            self._known[field.target] = dict(rows)
        known = self._known[field.target].get(word)
        if known is None and field.required:
            raise UserError(_("There is no record with the number “{code}”.").format(code=word))
        return known

    def _colleague(self, name: str) -> int:
        """By name; those this very change has added are known to the file alone as yet."""
        if name not in self._colleagues:
            known = file.one('SELECT id FROM "user" WHERE name = ? ORDER BY id', (name,))
            self._colleagues[name] = int(known or (self._c.save(User, {"name": name}).id if self._c else 0))
        return self._colleagues[name]

    @cached_property
    def _people(self) -> dict[tuple[Any, str], int]:
        """The contact persons of each customer by name, of several the first."""
        sql = "SELECT p.customer, c.name, c.id FROM contact c JOIN position p ON p.contact = c.id ORDER BY c.id DESC"
        return {(customer, name): i for customer, name, i in file.ask(sql)}


def _check(model: type[Record], told: Told) -> None:
    """What a questionnaire must be; raises UserError."""
    if model is SurveyTemplate:
        told["items"], told["languages"] = told.get("items") or [], told.get("languages") or []
        templates.check(told["items"], told["languages"])


def _kept(found: Any) -> Any:
    if found.lost is not None:
        raise ValueError(found.note or found.lost)
    return found.value


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _cell(row: Row, place: int) -> Cell:
    return row[place] if place < len(row) else None
