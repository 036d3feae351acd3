"""Cells that name several people, or a person with a phone or a job beside the name, taken apart."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from crm_desktop.errors import UserError
from crm_desktop.values import plain, read_phones
from crm_desktop.values.persons import is_job, is_person

_PARTS: Final = re.compile(r"[、,;/\n|]+|\s+(?![\d(+])")
_PHONE: Final = re.compile(r"[:\s]*\(?(\+?\d[\d\-\s()转]{5,30}\d)\)?")
_BRACKET: Final = re.compile(r"\(([^()\d]{1,12})\)")
_MOST: Final = 12


class Someone(NamedTuple):
    """A person named in a cell: the name, the job beside it, the phones beside it as they are stored."""

    name: str
    job: str
    phones: list[dict[str, str]]


def people(text: str) -> list[Someone]:
    """The people a cell names, if it says more than one plain name; nothing where a part of it is no Chinese name."""
    if len(text) < 4 or len(text) > 200 or not text[:1].isalpha():
        return []
    found = [_someone(part) for part in _PARTS.split(plain(text)) if part.strip()]
    known = [one for one in found if one]
    if len(known) != len(found) or len(known) > _MOST:
        return []
    return known if len(known) > 1 or (known and (known[0].job or known[0].phones)) else []


def _someone(part: str) -> Someone | None:
    job = ""
    phones: list[dict[str, str]] = []
    if numbered := _PHONE.search(part):
        try:
            phones = read_phones(numbered[1]).value
        except UserError:
            return None
        part = part[: numbered.start()] + part[numbered.end() :]
    if bracket := _BRACKET.search(part):
        job = bracket[1].strip()
        part = part[: bracket.start()] + part[bracket.end() :]
    name = part.strip(" :-")
    return Someone(name, job if is_job(job) else "", phones) if is_person(name) and (not job or is_job(job)) else None
