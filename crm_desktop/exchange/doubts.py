"""What a whole column leaves in doubt: answered once for all its cells, and remembered with the mapping.

A column may be in doubt about the order of day, month and year (24/3/5, 3/5/2024), the year of days without one
(3月5日), the unit of amounts (年销售额 120), the area code of short phones (66880001) and about words that no list of
ours knows (A类). What the column itself proves (25/3/2024 stands in it, too) is no doubt: it is taken and only noted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Final

from crm_desktop import values
from crm_desktop.errors import UserError
from crm_desktop.exchange.choice_cells import words_of_no_list
from crm_desktop.exchange.headings import Column, Mapping
from crm_desktop.exchange.read_cells import AREA, ENTRY, ORDER, UNIT, YEAR
from crm_desktop.exchange.reading import Row
from crm_desktop.i18n import N_, _
from crm_desktop.models import lists
from crm_desktop.models.fields import Birthday, Choice, Date, Field, Money
from crm_desktop.models.manifold import Choices, Phones
from crm_desktop.values.date_orders import orders

_ORDERS: Final = {"ymd": N_("year, month, day"), "mdy": N_("month, day, year"), "dmy": N_("day, month, year")}
_NO_YEAR: Final = re.compile(r"\d{1,2}\s*[-./月]\s*\d{1,2}\s*[日号]?(?:\s.*)?", re.ASCII)
_YEAR: Final = re.compile(r"((?:19|20)\d\d)\s*[-./年]\s*\d{1,2}", re.ASCII)
_SMALL: Final = 5000  # an amount below this, in a column that names no unit, may well be meant in 万元
_AREAS: Final = re.compile(r"(?<!\d)(010|02\d|0[3-9]\d\d)(?=[-) ]?[2-9]\d{6,7}(?!\d))")
_SHORT: Final = re.compile(r"[2-9]\d{6,7}")
_MOST: Final = 40  # words of a column that are asked for: more of them are no list


@dataclass(frozen=True)
class Way:
    """One way to read a column: its key for `Column.ways`, in words, and how the sample reads by it."""

    key: str
    label: str
    reading: str


@dataclass(frozen=True)
class Doubt:
    """What is in doubt about a column; `column` is its index, `about` the key in `Column.ways`, `count` how many cells.

    `ways` are the answers, the likeliest first; `taken` is the key of the one that holds now ("" for none: what cannot
    be read is kept in the remarks). To settle it: `mapping.columns[doubt.column].ways[doubt.about] = way.key`, then
    judge again. "" as an answer to a word means: leave it out without another word.
    """

    column: int
    about: str
    count: int
    sample: str
    ways: tuple[Way, ...]
    taken: str
    settled: bool = False
    """Somebody answered it already; it is listed so that the answer can be changed."""


def find(rows: Sequence[tuple[int, Row]], mapping: Mapping) -> list[Doubt]:
    """The doubts of all imported columns of a table (`Table.rows`), those with most cells first in their column."""
    found: list[Doubt] = []
    for column, target in mapping.targets():
        if not isinstance(target.described, Date | Birthday | Money | Phones | Choice | Choices):
            continue  # a name or a remark leaves nothing open
        counted = _counted(rows, column.index, isinstance(target.described, Date))
        for ask in _QUESTIONS:
            found += ask(column, target.described, counted, mapping)
    return found


def proved(rows: Sequence[tuple[int, Row]], column: Column, field: Field[Any], mapping: Mapping) -> dict[str, str]:
    """The ways to read a column: what it proves itself, overruled by what somebody settled."""
    ways: dict[str, str] = {}
    if isinstance(field, Date | Birthday):
        counted = _counted(rows, column.index, True)
        possible = _possible(counted, field)
        if len(possible) == 1:
            ways[ORDER] = possible[0]
        year = mapping.year or _only_year(counted)
        if year and isinstance(field, Date) and not field.future:
            ways[YEAR] = str(year)
    return {**ways, **column.ways}


def _only_year(counted: Iterable[Any]) -> int | None:
    """The year of all the days of a column that have one, if it is the same for all."""
    years: set[int] = set()
    for cell in counted:
        if isinstance(cell, date):
            years.add(cell.year)
        elif type(cell) is str and (found := _YEAR.match(cell)):
            years.add(int(found[1]))
        if len(years) > 1:
            return None
    return years.pop() if years else None


def _counted(rows: Sequence[tuple[int, Row]], index: int, days: bool = False) -> Counter[Any]:
    """How often each text and number (and day) stands in a column."""
    kinds = (str, int, float, date, datetime) if days else (str, int, float)
    return Counter(cell for _number, row in rows if type(cell := row[index]) in kinds)


def _possible(counted: Iterable[Any], field: Field[Any]) -> list[str]:
    """The orders of day, month and year by which every cell of a column is a day (and not one to come, if it cannot
    be); none where no cell leaves it open.
    """
    latest = date.today() + timedelta(days=3660 if getattr(field, "future", False) else 1)
    found: set[str] | None = None
    for text in counted:
        days = orders(text) if type(text) is str and text[:1].isdigit() else {}
        if days:
            fitting = {order for order, day in days.items() if day <= latest} or set(days)
            found = fitting if found is None else found & fitting or found | fitting
    return [order for order in _ORDERS if order in (found or ())]


def _order(column: Column, field: Field[Any], counted: Counter[Any], _mapping: Mapping) -> list[Doubt]:
    if not isinstance(field, Date | Birthday):
        return []
    possible, answered = _possible(counted, field), ORDER in column.ways
    if len(possible) < 2 and not answered:
        return []
    open_ = {text: days for text in counted if type(text) is str and len(days := orders(text)) > 1}
    if not open_:
        return []
    sample = max(open_, key=lambda text: len(set(open_[text].values())))
    ways = tuple(
        Way(order, _(_ORDERS[order]), open_[sample][order].isoformat())
        for order in _ORDERS
        if order in possible and order in open_[sample]
    )
    read = values.read_date(sample).value
    taken = column.ways.get(ORDER) or next((way.key for way in ways if way.reading == read), "")
    return [Doubt(column.index, ORDER, sum(counted[text] for text in open_), sample, ways, taken, answered)]


def _year(column: Column, field: Field[Any], counted: Counter[Any], mapping: Mapping) -> list[Doubt]:
    if not isinstance(field, Date):
        return []
    without = [text for text in counted if type(text) is str and _NO_YEAR.fullmatch(values.plain(text))]
    if not without:
        return []
    sample, this = without[0], date.today().year
    proven = str(mapping.year or _only_year(counted) or "")
    taken = column.ways.get(YEAR) or (proven if proven and not field.future else "")
    years = dict.fromkeys([*([int(taken)] if taken else []), this, this - 1, this + 1 if field.future else this - 2])
    ways = [Way("", _("the nearest one"), _day(field, sample))] if not taken else []
    ways += [Way(str(year), str(year), _day(field, sample, year)) for year in years]
    count = sum(counted[text] for text in without)
    return [Doubt(column.index, YEAR, count, sample, tuple(ways), taken, YEAR in column.ways)]


def _day(field: Date, text: str, year: int | None = None) -> str:
    try:
        return str(values.read_datetime(text, future=field.future, year=year).value or "")[:10]
    except UserError:
        return ""


def _unit(column: Column, field: Field[Any], counted: Counter[Any], _mapping: Mapping) -> list[Doubt]:
    if not isinstance(field, Money) or column.unit:
        return []
    numbers = {number for number in counted if type(number) in (int, float) and number > 0}
    answered = UNIT in column.ways
    if not answered and (len(numbers) < 3 or max(numbers) >= _SMALL):
        return []
    sample = f"{max(numbers, default=1):,g}"
    ways = tuple(Way(unit, unit, values.show_money(values.read_money(sample, unit).value)) for unit in ("元", "万元"))
    count = sum(counted[number] for number in numbers)
    return [Doubt(column.index, UNIT, count, sample, ways, column.ways.get(UNIT, "元"), answered)]


def _area(column: Column, field: Field[Any], counted: Counter[Any], _mapping: Mapping) -> list[Doubt]:
    if not isinstance(field, Phones):
        return []
    texts = {text: count for cell, count in counted.items() if len(text := str(cell)) < 20}
    short = {text: n for text, n in texts.items() if _SHORT.fullmatch(text) or _SHORT.fullmatch(values.plain(text))}
    if not short:
        return []
    areas = Counter(found for text in texts for found in _AREAS.findall(text))
    taken, sample = column.ways.get(AREA, ""), next(iter(short))
    codes = dict.fromkeys([*([taken] if taken else []), *(code for code, _count in areas.most_common(5))])
    ways = (Way("", _("no area code"), sample), *(Way(code, code, f"{code}-{sample}") for code in codes))
    return [Doubt(column.index, AREA, sum(short.values()), sample, ways, taken, AREA in column.ways)]


def _entry(column: Column, field: Field[Any], counted: Counter[Any], _mapping: Mapping) -> list[Doubt]:
    if not isinstance(field, Choice | Choices):
        return []
    unknown: Counter[str] = Counter()
    for cell, count in counted.items():
        for word in words_of_no_list(field, str(cell)):
            unknown[word] += count
    asked = {key.removeprefix(ENTRY) for key in column.ways if key.startswith(ENTRY)}
    if len(unknown) > _MOST:
        return []
    found = []
    for word, count in unknown.most_common():
        near = sorted(lists.entries(field.list_name), key=partial(_unlikeness, word))
        ways = tuple(Way(entry.code, entry.label, entry.label) for entry in near)
        about = f"{ENTRY}{word}"
        found.append(Doubt(column.index, about, count, word, ways, column.ways.get(about, ""), word in asked))
    return found


def _unlikeness(word: str, entry: lists.Entry) -> float:
    from rapidfuzz import fuzz  # lazily: not needed to start the program

    return -max(fuzz.ratio(word, each) for each in (entry.zh, entry.en, *entry.words.split()))


_QUESTIONS: Final[tuple[Callable[[Column, Field[Any], Counter[Any], Mapping], list[Doubt]], ...]] = (
    _order,
    _year,
    _unit,
    _area,
    _entry,
)


__all__ = ["AREA", "ENTRY", "ORDER", "UNIT", "YEAR", "Doubt", "Way", "find", "proved"]
