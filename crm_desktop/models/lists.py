"""The office's editable lists (tiers, channels, causes …): entries with stable codes, kept in memory for showing."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from crm_desktop import values
from crm_desktop.errors import UserError
from crm_desktop.i18n import _, language
from crm_desktop.store import file
from crm_desktop.values import Reading


class Entry(NamedTuple):
    """One entry of a list."""

    id: int
    list: str
    code: str
    zh: str
    en: str
    sort: int
    colour: str
    sign: str
    parent: str
    active: bool
    words: str
    """Other ways people write it, separated by spaces."""

    @property
    def label(self) -> str:
        return (self.zh if language() == "zh_CN" else self.en) or self.zh or self.en or self.code


_lists: dict[str, dict[str, Entry]] = {}
_words: dict[tuple[str, str], str] = {}


def reload() -> None:
    """Read the lists of the open file into memory; other threads see either the old or the new ones."""
    global _lists, _words
    found: dict[str, dict[str, Entry]] = defaultdict(dict)
    words: dict[tuple[str, str], str] = {}
    columns = ",".join(f'"{name}"' for name in Entry._fields)
    for row in file.ask(f"SELECT {columns} FROM choice ORDER BY list, sort, id"):
        entry = Entry(*row)
        found[entry.list][entry.code] = entry
        for word in (entry.code, entry.zh, entry.en):
            words.setdefault((entry.list, _folded(word)), entry.code)
    for entry in (each for of_list in found.values() for each in of_list.values()):
        for word in entry.words.split():  # what an entry is called counts more than another word for some other
            words.setdefault((entry.list, _folded(word)), entry.code)
    _lists, _words = dict(found), words


def _folded(word: str) -> str:
    return values.plain(word).casefold().replace("_", " ")


def entries(list_name: str, *, inactive: bool = False) -> list[Entry]:
    """The entries of a list in the office's order."""
    return [entry for entry in _lists.get(list_name, {}).values() if entry.active or inactive]


def entry(list_name: str, code: str) -> Entry | None:
    """One entry, also when it is no longer active."""
    return _lists.get(list_name, {}).get(code)


def label(list_name: str, code: str | None) -> str:
    """The entry's label in the current language; an unknown code shows as it is."""
    if not code:
        return ""
    found = entry(list_name, code)
    return found.label if found else code


def find(list_name: str, word: str) -> str | None:
    """The code of the entry that is called so in either language, by code or by another word for it."""
    return _words.get((list_name, _folded(word)))


def read(list_name: str, written: object) -> Reading:
    """An entry by what people write; "金级" and "金牌客户" are 金; UserError naming the entries when it is none."""
    text = values.clean(values.as_text(written))
    if values.is_blank(text):
        return Reading("", None)
    code = find(list_name, text)
    if code is not None:
        return Reading(code, None)
    for tail in ("级客户", "牌客户", "客户", "级", "牌", "类", "型", "行业", "阶段", "渠道"):
        code = find(list_name, text.removesuffix(tail)) or find(list_name, text + tail)
        if code is not None:
            return Reading(code, f"{text} → {label(list_name, code)}")
    raise UserError(
        _("“{text}” is not in the list. Known: {known}.").format(
            text=text, known=_(", ").join(e.label for e in entries(list_name)[:12])
        )
    )


file.opened.append(reload)
