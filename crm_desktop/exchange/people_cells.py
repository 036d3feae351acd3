"""Cells that name several people, or a person with a phone or a job beside the name, taken apart."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from crm_desktop import values
from crm_desktop.errors import UserError
from crm_desktop.values import plain
from crm_desktop.values.persons import is_job, is_person

_PARTS: Final = re.compile(r"[、,;/\n|]+|\s+(?![\d(+])")
_PHONE: Final = re.compile(r"[:\s]*\(?(\+?\d[\d\-\s()转]{5,30}\d)\)?")
_BRACKET: Final = re.compile(r"\(([^()\d]{1,12})\)")
_CALLED: Final = re.compile("先生|女士|小姐|太太|男|女")
_MOST: Final = 12


class Someone(NamedTuple):
    """A person named in a cell: the name, the job beside it, the phones beside it as they are stored."""

    name: str
    job: str
    phones: list[dict[str, str]]
    called: str = ""
    """先生 or 女士, where it stood in brackets beside the name."""


def people(text: str) -> list[Someone]:
    """The people a cell names, if it says more than one plain name; nothing where a part of it is no Chinese name."""
    if len(text) < 4 or len(text) > 200 or not text[:1].isalpha():
        return []
    known: list[Someone] = []
    for part in _PARTS.split(plain(text)):
        one = _someone(part) if part.strip() else None
        if one:
            known.append(one)
        elif known and (phones := _phones(part)):
            known[-1] = known[-1]._replace(phones=[*known[-1].phones, *phones])  # 张三/13800000001
        elif part.strip():
            return []
    if len(known) > _MOST:
        return []
    return known if len(known) > 1 or (known and (known[0].job or known[0].phones or known[0].called)) else []


def _phones(part: str) -> list[dict[str, str]]:
    """The phones of a part that holds nothing else."""
    if not re.fullmatch(r"[\d\-+() ]{7,}", part.strip()):
        return []
    try:
        return list(values.read_phones(part).value)
    except UserError:
        return []


def _someone(part: str) -> Someone | None:
    job = ""
    phones: list[dict[str, str]] = []
    if numbered := _PHONE.search(part):
        try:
            phones = values.read_phones(numbered[1]).value
        except UserError:
            return None
        part = part[: numbered.start()] + part[numbered.end() :]
    if bracket := _BRACKET.search(part):
        job = bracket[1].strip()
        part = part[: bracket.start()] + part[bracket.end() :]
    name, called = part.strip(" :-"), job if _CALLED.fullmatch(job) else ""
    if not is_person(name) or (job and not called and not is_job(job)):
        return None
    return Someone(name, "" if called else job, phones, called)
