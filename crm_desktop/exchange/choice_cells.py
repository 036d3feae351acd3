"""Cells that name entries of the office's lists: by label, code or another word, by what was settled for the column."""

from __future__ import annotations

import re
from typing import Final

from crm_desktop import values
from crm_desktop.errors import UserError
from crm_desktop.exchange.read_cells import ENTRY, NOTHING, Read, Ways, made, taken, text_of
from crm_desktop.exchange.reading import Cell
from crm_desktop.i18n import _
from crm_desktop.models import lists
from crm_desktop.models.fields import Choice
from crm_desktop.models.manifold import Choices
from crm_desktop.values.traditional import simplified_heading

_CODED: Final = re.compile(r"(.*) \(([\w.\-]+)\)")
_QUOTED: Final = re.compile(r'"([^"]*)"')
_ENTRY: Final = re.compile(r'\s*"([^"]*)"\s*(?=[、，,;；/\n]|$)|([^、，,;；/\n]+)')


def read_choice(field: Choice, cell: Cell, ways: Ways) -> Read:
    """One entry of a list."""
    text = values.clean(text_of(cell))
    coded = _CODED.fullmatch(text)
    if coded and lists.entry(field.list_name, coded[2]):
        return Read(coded[2])
    if ways and (settled := _settled(field.list_name, text, ways)) is not None:
        return _shown(field, text, settled) if settled else NOTHING
    if code := _found(field.list_name, text):  # before asking whether it is blank: 未知 can be an entry
        return Read(code)
    try:
        return taken(lists.read(field.list_name, text))
    except UserError:
        return Read(None, _("“{text}” is not in the list {list}.").format(text=text, list=_(field.label)), text)


def _found(list_name: str, text: str) -> str | None:
    """The entry a word is, perhaps written in traditional characters (電話)."""
    return lists.find(list_name, text) or lists.find(list_name, simplified_heading(text))


def _shown(field: Choice, text: str, code: str) -> Read:
    label = lists.label(field.list_name, code)
    return Read(code, f"{text} → {label}" if text != label else None)


def _settled(list_name: str, text: str, ways: Ways) -> str | None:
    """The entry somebody said a word means, "" for none; None if nobody did, or the list has lost the entry."""
    code = ways.get(f"{ENTRY}{text}")
    return None if code is None or (code and lists.entry(list_name, code) is None) else code


def read_choices(field: Choices, cell: Cell, ways: Ways) -> Read:
    """Several entries of a list in one cell."""
    text = values.clean(text_of(cell))
    entries = _several(field, text)
    found = [(entry, _code(field.list_name, entry, ways)) for entry in entries]
    unknown = [entry for entry, code in found if code is None]
    codes = [code for _entry, code in found if code]
    if not unknown:
        return made(codes)
    note = _("“{text}” is not in the list {list}.").format(text="、".join(unknown), list=_(field.label))
    return Read(codes or None, note, "、".join(unknown))


def words_of_no_list(field: Choice | Choices, text: str) -> list[str]:
    """The words of a cell that are no entry of the field's list."""
    text = values.clean(text)
    words = [text] if isinstance(field, Choice) else _several(field, text)
    return [word for word in words if not values.is_blank(word) and _code(field.list_name, word, {}) is None]


def choice_code(list_name: str, text: str) -> str | None:
    """The entry a text names, None if it names none."""
    return _code(list_name, text, {}) or None


def _code(list_name: str, text: str, ways: Ways) -> str | None:
    """The entry of a list a text means; "" for a word that shall be left out, None if it means none."""
    coded = _CODED.fullmatch(text)
    if coded and lists.entry(list_name, coded[2]):
        return coded[2]
    if ways and (settled := _settled(list_name, text, ways)) is not None:
        return settled
    if code := _found(list_name, text):
        return code
    try:
        return str(lists.read(list_name, text).value) or None
    except UserError:
        return None


def _several(field: Choices, text: str) -> list[str]:
    return entries(text) if _QUOTED.search(text) or lists.find(field.list_name, text) is None else [text]


def entries(text: str) -> list[str]:
    """The entries of a cell; one that holds a comma itself stands in quotation marks, as our export writes it.

    Google parts its labels by " ::: " and keeps groups of its own behind a star.
    """
    if ":::" in text or text.startswith("* "):
        text = "\n".join(part for each in text.split(":::") if not (part := each.strip()).startswith("* "))
    found = [
        [values.clean(each[1])] if each[1] is not None else values.read_list(each[2]).value
        for each in _ENTRY.finditer(text)
    ]
    return list(dict.fromkeys(entry for parts in found for entry in parts if entry))
