"""Fields that hold several values in one column: texts, list entries, colleagues, phones and other small rows."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar

from crm_desktop import values
from crm_desktop.i18n import N_, _
from crm_desktop.models import lists, people
from crm_desktop.models.fields import Choice, Field, Text
from crm_desktop.values import Reading

V = TypeVar("V")
_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
_make: Any = vars(json.encoder).get("c_make_encoder")
_parts = _make and _make(
    None, _encoder.default, vars(json.encoder)["encode_basestring"], None, ":", ",", True, False, 1
)
"""What the encoder makes anew for each value, which is half of its time."""
_scan: Callable[[str, int], tuple[Any, int]] = vars(json.JSONDecoder())[
    "scan_once"
]  # what json.loads does, but for blanks around: we write none


class _Json(Field[V]):
    """A list kept in one column."""

    field_type = "JSON"

    def __init__(self, label: str, **options: Any) -> None:
        options.setdefault("default", list)
        super().__init__(label, **options)

    def is_empty(self, value: Any) -> bool:
        return not value

    def db_value(self, value: Any) -> Any:
        if isinstance(value, str):
            return value
        return _written(value) if value else "[]"

    def words(self, value: Any) -> list[str]:
        return [str(part) for part in value or ()]

    def python_value(self, value: Any) -> Any:
        if not isinstance(value, str) or not value:
            return value or []
        return [] if value == "[]" else _read(value)


def _written(value: Any) -> str:
    return "".join(_parts(value, 0)) if _parts else _encoder.encode(value)


def _read(text: str) -> Any:
    try:
        return _scan(text, 0)[0]
    except StopIteration:
        return json.loads(text)


class Texts(_Json[list[str]]):
    """Several short texts, such as former names or tags."""

    def show(self, value: Any) -> str:
        return _(", ").join(value or ())

    def read(self, written: object) -> Reading:
        return values.read_list(written)


class Choices(_Json[list[str]]):
    """Several entries of an editable list, stored by their codes."""

    def __init__(self, label: str, list_name: str, **options: Any) -> None:
        super().__init__(label, **options)
        self.list_name = list_name

    def show(self, value: Any) -> str:
        return _(", ").join(lists.label(self.list_name, code) for code in value or ())

    def read(self, written: object) -> Reading:
        found = [lists.read(self.list_name, part) for part in values.read_list(written).value]
        notes = [r.note for r in found if r.note]
        return Reading([r.value for r in found], "; ".join(notes) or None, any(r.doubtful for r in found))


class People(_Json[list[int]]):
    """Several colleagues, stored by their ids."""

    def show(self, value: Any) -> str:
        return _(", ").join(people.name(person) for person in value or ())

    def read(self, written: object) -> Reading:
        return Reading([people.read(part).value for part in values.read_list(written).value], None)


class Rows(_Json[list[dict[str, Any]]]):
    """Several small rows of the same shape, such as phones or addresses; `columns` describes one row."""

    def __init__(self, label: str, columns: dict[str, Field[Any]], **options: Any) -> None:
        super().__init__(label, **options)
        self.columns = columns
        for name, column in columns.items():
            column.name = name

    def db_value(self, value: Any) -> Any:
        if isinstance(value, str):
            return value
        return super().db_value([tidy for row in value or () if (tidy := self._tidy(row))])

    def _tidy(self, row: dict[str, Any]) -> dict[str, Any]:
        """A row without its empty cells, values as they are stored."""
        columns, texts, stored = self.columns, self._texts, {}
        for name, value in row.items():
            if name in texts and type(value) is str and value.isalnum() and value.isascii():
                stored[name] = value  # a number or a code, as most are: cleaning it changes nothing
                continue
            column = columns.get(name)
            kept = value if column is None else column.db_value(value)
            if kept is not None and kept != "" and kept != 0 and kept != "[]":
                stored[name] = kept
        return stored

    def show(self, value: Any) -> str:
        return _("; ").join(self.show_row(row) for row in value or ())

    def words(self, value: Any) -> list[str]:
        return [" ".join([str(row[name]) for name in self._spoken if row.get(name)]) for row in value or ()]

    @cached_property
    def _texts(self) -> frozenset[str]:
        """The columns of texts on one line."""
        return frozenset(n for n, c in self.columns.items() if type(c).db_value is Text.db_value)

    @cached_property
    def _spoken(self) -> tuple[str, ...]:
        """The columns a row is found by."""
        return tuple(n for n, c in self.columns.items() if isinstance(c, Text) and not isinstance(c, Choice))

    def show_row(self, row: dict[str, Any]) -> str:
        """One row as people read it, empty cells left out."""
        return " ".join(self.columns[k].show(row[k]) for k in self.columns if not self.columns[k].is_empty(row.get(k)))

    def check(self, value: Any) -> None:
        for row in value or ():
            for key, column in self.columns.items():
                column.check(row.get(key))

    def read(self, written: object) -> Reading:
        """A cell can only fill the first text column of each row."""
        first = next(iter(self.columns))
        return Reading([{first: part} for part in values.read_list(written).value], None)


_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)  # as nearly all are


class PhoneNumber(Text):
    """A phone number as dialled."""

    def show(self, value: Any) -> str:
        return values.show_phone(value) if value else ""

    def read(self, written: object) -> Reading:
        return values.read_phone(written)

    def check(self, value: Any) -> None:
        if value and not _MOBILE.fullmatch(value):
            values.read_phone(value)


class Phones(Rows):
    """Phone numbers with their type."""

    def __init__(self, label: str, **options: Any) -> None:
        columns: dict[str, Field[Any]] = {
            "number": PhoneNumber(N_("Number"), width=14),
            "type": Choice(N_("Type"), "phone_type", width=8),
            "note": Text(N_("Note"), width=10),
        }
        super().__init__(label, columns, search="digits", **options)

    def show(self, value: Any) -> str:
        return _(", ").join(self.columns["number"].show(row.get("number")) for row in value or ())

    def read(self, written: object) -> Reading:
        return values.read_phones(written)

    def excel(self, value: Any) -> Any:
        return "/".join(row.get("number", "") for row in value or ())

    def check(self, value: Any) -> None:
        for row in value or ():
            self.columns["number"].check(row.get("number"))
