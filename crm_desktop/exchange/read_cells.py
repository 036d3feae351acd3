"""What a cell says: a value, how it was understood, and the words that fit nowhere; with days, times and amounts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, NamedTuple

from crm_desktop import values
from crm_desktop.errors import UserError
from crm_desktop.exchange.reading import Cell
from crm_desktop.i18n import _
from crm_desktop.models.fields import Birthday, Date, DateTime
from crm_desktop.values import Reading
from crm_desktop.values.birthdays import solar_day
from crm_desktop.values.date_orders import orders

Ways = Mapping[str, str]
"""How a column is read where its cells leave it open (see `doubts`): the key of a question to that of its answer."""

ORDER, YEAR, UNIT, AREA, ENTRY = "order", "year", "unit", "area", "entry:"
"""The questions; ENTRY is followed by a word as it stands in the list."""
_DAY: Final = re.compile(r"((?:19|20)\d\d)[-./年](\d{1,2})[-./月](\d{1,2})日?", re.ASCII)
_CALENDAR: Final = re.compile("农历|农曆|阴历|旧历|公历|阳历|新历|lunar|solar", re.I)
_LUNAR: Final = re.compile(r"农历|农曆|阴历|旧历|正月|腊月|冬月|初[一二三四五六七八九十]")


class Read(NamedTuple):
    """What a cell says: its value (None for nothing), a note for the preview, and the words no field could take."""

    value: Any
    note: str | None = None
    lost: str | None = None
    doubtful: bool = False
    """It could be meant otherwise: a person should look."""


NOTHING: Final = Read(None)
AS_ABOVE: Final = object()
"""The value of a cell that says the same as the one above it."""
DITTO: Final = frozenset(["同上", "〃", "″", "''", '"', "“", "”", "同前", "ditto", "Ditto", "do."])
"""How people write that."""


def is_ditto(cell: Cell) -> bool:
    """Whether a cell says the same as the one above it."""
    return cell in DITTO or (type(cell) is str and len(cell) < 9 and cell.strip() in DITTO)


def text_of(cell: Cell) -> str:
    """A cell as the text a person sees."""
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes")
    return cell if isinstance(cell, str) else values.as_text(cell)


def made(value: Any) -> Read:
    """A value nothing is to be said about."""
    return Read(value) if value else NOTHING


def taken(reading: Reading) -> Read:
    """A reading of ours, with its note and its doubt."""
    return NOTHING if reading.value in ("", None) else Read(reading.value, reading.note, None, reading.doubtful)


def read_time(cell: Cell) -> Read:
    """Reads a column with the time of day beside a column with the day."""
    try:
        if isinstance(cell, str) and len(cell) > 8:  # Excel's times come as 14:30:00, or with a day nobody meant
            cell = cell.split(" ")[-1]
        found = None if cell is None else values.read_time(cell).value
    except UserError as error:
        return Read(None, str(error), text_of(cell))
    return Read(found if len(found) == 8 else f"{found}:00") if found else NOTHING


def read_day(field: Date, cell: Cell, ways: Ways) -> Read:
    """A day or a moment, by either calendar."""
    if isinstance(field, DateTime):
        return _moment(field, cell, ways)
    if type(cell) is date:
        return Read(cell.isoformat())
    plain_day = _DAY.fullmatch(cell) if type(cell) is str else None
    if plain_day:  # what most cells look like, read without trying everything else
        try:
            iso = date(int(plain_day[1]), int(plain_day[2]), int(plain_day[3])).isoformat()
        except ValueError:
            return taken(field.read(cell))
        return Read(iso, None if iso == cell else f"{cell} → {iso}")
    if type(cell) is str and _LUNAR.search(cell):
        return _lunar(cell, ways, field.future)
    order, year = ways.get(ORDER, ""), ways.get(YEAR)
    return taken(values.read_date(cell, future=field.future, order=order, year=int(year) if year else None))


def _moment(field: DateTime, cell: Cell, ways: Ways) -> Read:
    if type(cell) is str and _LUNAR.search(cell):
        found = _lunar(cell, ways, field.future)
        return found._replace(value=f"{found.value}T00:00:00")
    order, year = ways.get(ORDER, ""), ways.get(YEAR)
    return taken(values.read_datetime(cell, future=field.future, order=order, year=int(year) if year else None))


def _lunar(cell: str, ways: Ways, future: bool) -> Read:
    """A day of the lunar calendar as the solar day it fell (or will fall) on."""
    try:
        stored = values.read_birthday(cell).value
    except UserError:
        stored = ""
    if not stored.startswith("lunar:"):
        raise UserError(_("“{text}” is not a date; write it like 2024-03-05.").format(text=values.clean(cell)))
    year = ways.get(YEAR)
    day = solar_day(stored, date.today(), future=future, year=int(year) if year else None)
    return Read(day.isoformat(), f"{values.clean(cell)} → {day.isoformat()}", None, stored[6] == "-" and not year)


def read_birthday(field: Birthday, cell: Cell, ways: Ways, lunar: bool = False) -> Read:
    """A birthday by either calendar; the order of 3/5/80 as the column has it. `lunar`: the heading says 农历."""
    if lunar and not (type(cell) is str and _CALENDAR.search(cell)):
        shown = values.clean(text_of(cell))
        stored = field.read(cell if type(cell) is not str else f"农历{cell}").value
        if stored and not stored.startswith("lunar:"):  # a day Excel keeps as a date
            stored = f"lunar:{stored}"
        return Read(stored, f"{shown} → {field.show(stored)}") if stored else NOTHING
    if type(cell) is str and (day := orders(cell).get(ways.get(ORDER, ""))):
        if day > date.today():
            day = day.replace(year=day.year - 100)
        return Read(day.isoformat(), f"{values.clean(cell)} → {day.isoformat()}")
    return taken(field.read(cell))


def read_money(cell: Cell, unit: str, ways: Ways) -> Read:
    """An amount in fen; a unit settled for the column counts where a cell names none."""
    unit = ways.get(UNIT, unit)
    if type(cell) is int and not unit:
        return Read(cell * 100)
    if type(cell) is float and not unit and abs(cell) < 1e13:
        return Read(int((Decimal(repr(cell)) * 100).to_integral_value("ROUND_HALF_UP")))
    return taken(values.read_money(cell, unit))
