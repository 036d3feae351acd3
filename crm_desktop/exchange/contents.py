"""What a column holds, by the look of its cells: phones, addresses, credit codes, firms, people, places, days."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from crm_desktop.exchange.reading import Cell, Row
from crm_desktop.values import is_blank, plain, read_region
from crm_desktop.values.persons import is_company, is_person

SAMPLE: Final = 200  # so many cells of a column tell what it holds
MOST_OF: Final = 0.6
_MOBILE: Final = re.compile(r"(?:\+?86)?1[3-9]\d{9}")
_LANDLINE: Final = re.compile(r"\(?0\d{2,3}\)?[ -]?[2-9]\d{6,7}(?:-\d{1,5})?|[48]00[ -]?\d{3,4}[ -]?\d{3,4}")
_CREDIT: Final = re.compile(r"[0-9A-HJ-NP-RT-UW-Y]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}")
_IDENTITY: Final = re.compile(r"\d{6}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dX]")
"""A person's number, which looks like a firm's credit code: with a birthday within (GB 11643)."""
_SITE: Final = re.compile(r"(?:https?://|www\.)\S+|[\w\-]+\.(?:com|cn|net|org)(?:\.cn)?", re.ASCII | re.I)
_CLOCK: Final = re.compile(
    r"(?:[上下]午|早上|晚上|中午|[AP]M)?\s*\d{1,2}(?:[:：]\d\d(?:[:：]\d\d)?|[点时](?:\d{1,2}分?|半|钟|整)?)\s*(?:[AP]M)?"
    r"|[上下]午|全天|[AP]M",
    re.I,
)
_STREET: Final = re.compile(r"[路街道巷弄村镇]|\d+\s*(?:号|弄|栋|幢|室|楼)")


def cells_of(rows: Sequence[tuple[int, Row]], index: int) -> list[Cell]:
    """The cells of a column that say something, as many as are needed to judge it."""
    return [cells[index] for _number, cells in rows[:SAMPLE] if not is_blank(cells[index])]


def share(cells: Sequence[Cell], test: Callable[[Cell], bool]) -> float:
    """How many of the cells look so, from 0 to 1."""
    return sum(1 for cell in cells if test(cell)) / len(cells) if cells else 0.0


def is_mobile(cell: Cell) -> bool:
    return _MOBILE.match(re.sub(r"[\s\-]", "", plain(str(cell)))) is not None


def is_phone(cell: Cell) -> bool:
    return is_mobile(cell) or (isinstance(cell, str) and _LANDLINE.match(plain(cell)) is not None)


def is_email(cell: Cell) -> bool:
    return isinstance(cell, str) and re.fullmatch(r"\S+@\S+\.\w+", cell.strip()) is not None


def is_day(cell: Cell) -> bool:
    return isinstance(cell, date) or (
        isinstance(cell, str) and re.match(r"(?:19|20)\d\d[-./年]\d{1,2}[-./月]\d{1,2}", cell.strip()) is not None
    )


def is_clock(cell: Cell) -> bool:
    """A time of day, perhaps only its half."""
    return isinstance(cell, str) and _CLOCK.fullmatch(cell.strip()) is not None


def is_firm(cell: Cell) -> bool:
    return isinstance(cell, str) and len(cell) < 60 and is_company(cell)


def is_someone(cell: Cell) -> bool:
    return isinstance(cell, str) and is_person(cell) and not is_place(cell)


def is_credit_code(cell: Cell) -> bool:
    if not isinstance(cell, str):
        return False
    text = plain(cell).upper()
    return _CREDIT.fullmatch(text) is not None and _IDENTITY.fullmatch(text) is None


def is_site(cell: Cell) -> bool:
    return isinstance(cell, str) and _SITE.fullmatch(cell.strip()) is not None


def is_place(cell: Cell) -> bool:
    """A province, a city, a district; no address."""
    if not isinstance(cell, str) or len(cell) > 20 or _STREET.search(cell):
        return False
    found = read_region(cell)
    return found is not None and not is_company(cell) and len(plain(cell)) <= len(str(found.value)) + 2


def is_address(cell: Cell) -> bool:
    return isinstance(cell, str) and len(cell) > 5 and _STREET.search(cell) is not None and not is_firm(cell[-2:])


LOOKS: Final[tuple[tuple[str, Callable[[Cell], bool]], ...]] = (
    ("phones", is_phone),
    ("email", is_email),
    ("credit_code", is_credit_code),
    ("website", is_site),
    ("person", is_someone),
    ("firm", is_firm),
    ("region", is_place),
    ("addresses", is_address),
    ("day", is_day),
)
"""What a column may hold, the surest first."""


def look(cells: Sequence[Cell]) -> str:
    """What most cells of a column look like, "" for nothing we know."""
    return next((what for what, test in LOOKS if share(cells, test) > MOST_OF), "")
