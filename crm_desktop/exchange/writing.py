"""A stored value to a cell: typed where Excel knows the type, else in words that `cells` reads back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from crm_desktop import values
from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.models import lists
from crm_desktop.models.fields import Birthday, Choice, Date, DateTime, Field, Link, Money, Text
from crm_desktop.models.manifold import Choices, People, PhoneNumber, Phones, Rows, Texts, _Json


def cell_writer(field: Field[Any]) -> Callable[[Any], Any]:
    """A function that turns stored values of a field (never None) into cells, readable back by `cells.reader`."""
    if isinstance(field, Link):
        return _text
    if isinstance(field, Choice):
        labels: dict[str, str] = {}

        def choice(code: str) -> str | None:
            if code not in labels:
                labels[code] = _label(field.list_name, code) if code else ""
            return labels[code] or None

        return choice
    if isinstance(field, Money):
        return lambda fen: fen / 100
    if isinstance(field, DateTime):
        return datetime.fromisoformat
    if isinstance(field, Date):
        return date.fromisoformat
    if isinstance(field, Text) and not isinstance(field, Birthday | PhoneNumber):
        return _text
    if isinstance(field, _Json):
        return lambda stored: None if stored == "[]" else _joined_field(field, json.loads(stored))
    return lambda stored: written(field, field.python_value(stored))


def _text(stored: str) -> str | None:
    return stored or None


def _joined_field(field: Field[Any], value: Any) -> str | None:
    if isinstance(field, Phones) and len(value) == 1 and len(value[0]) == 2 and value[0].get("type") == "mobile":
        return str(value[0].get("number", "")) or None
    if isinstance(field, Rows) and len(value) == len(value[0]) == 1:
        name, text = next(iter(value[0].items()))
        if type(text) is str and type(field.columns[name]) is Text and name == next(iter(field.columns)):
            return text  # most addresses are one line of text
    return written(field, value)  # type: ignore[no-any-return]


def written(field: Field[Any], value: Any) -> Any:
    """A value for a cell, typed where Excel knows the type, and readable back by `reader`."""
    if field.is_empty(value):
        return None
    if isinstance(field, Choice):
        return _label(field.list_name, value)
    if isinstance(field, Choices):
        return _joined([_label(field.list_name, code) for code in value])
    if isinstance(field, Texts):
        return _joined(value)
    if isinstance(field, Rows):
        shown = [_shown_row(field, row) for row in value]
        plain_phones = isinstance(field, Phones) and not any("[" in line for line in shown)
        return "/".join(shown) if plain_phones else "\n".join(shown)
    if isinstance(field, People):
        return "、".join(field.show([person]) for person in value)
    return field.excel(value)


def _label(list_name: str, code: str) -> str:
    label = lists.label(list_name, code)
    return label if lists.find(list_name, label) in (code, None) else f"{label} ({code})"


def _joined(entries: list[str]) -> str:
    odd = re.compile(r"[、，,;；/\n]")
    return "、".join(f'"{entry}"' if odd.search(entry) or values.is_blank(entry) else entry for entry in entries)


def _shown_row(field: Rows, row: dict[str, Any]) -> str:
    first, *others = field.columns
    head = row.get(first, "")
    head = str(head) if isinstance(field, Phones) else field.columns[first].show(head) if head else ""
    if isinstance(field, Phones) and _as_read(head) == row:
        return head
    tail = []
    for name in others:
        column, value = field.columns[name], row.get(name)
        if column.is_empty(value):
            continue
        tail.append(f"{_(column.label)}: {_shown_part(column, value)}")
    return f"{head} [{'; '.join(tail)}]".strip() if tail else head


def _shown_part(column: Field[Any], value: Any) -> str:
    """One cell of a row as text that says all of it: moments to the second."""
    if isinstance(column, Choice):
        return _label(column.list_name, str(value))
    if isinstance(column, DateTime) and str(value)[17:19] not in ("", "00"):
        return str(value).replace("T", " ")
    return column.show(value)


def _as_read(number: str) -> dict[str, Any]:
    try:
        found = values.read_phones(number).value
    except UserError:
        return {}
    return dict(found[0]) if len(found) == 1 else {}
