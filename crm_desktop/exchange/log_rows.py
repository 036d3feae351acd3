"""Rows of a log that leave out what the row above says: the customer, the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from crm_desktop.exchange.continuing import AS_ABOVE
from crm_desktop.exchange.following import FIRST
from crm_desktop.exchange.mapping import Mapping
from crm_desktop.exchange.reading import Cell, Row
from crm_desktop.exchange.table import Table
from crm_desktop.exchange.words import MODELS, Target
from crm_desktop.models.customer import Customer
from crm_desktop.values import is_blank

_FEWEST: Final = 2
_SAMPLE: Final = 500
_SHARE: Final = 0.3
_SAID: Final = ("content", "description", "text")


def filled_down(table: Table, mapping: Mapping) -> Table:
    """The log with its customer and its day in every row that says something, where they are written once over the
    rows they hold for; what is only missing somewhere stays missing.
    """
    if mapping.kind not in FIRST or not table.rows:
        return table
    model = MODELS[mapping.kind][0]
    at = {target: column.index for column, target in reversed(mapping.targets())}
    said = next((at[target] for name in _SAID if (target := Target(model, name)) in at), None)
    whose, day = at.get(Target(model, "customer")), at.get(Target(model, FIRST[mapping.kind]))
    if said is None or whose is None or day is None:
        return table
    phones = at.get(Target(Customer, "phones"))
    days, names = _is_once(table.rows, day), _is_once(table.rows, whose)
    if not days and not names:
        return table
    begins = not is_blank(table.rows[0][1][whose])
    rows: list[tuple[int, Row]] = []
    last: dict[int, Cell] = {}
    above: Row = []
    for number, row in table.rows:
        goes_on = days and is_blank(row[day]) and not is_blank(row[said])
        reached = phones is not None and not is_blank(row[phones])
        nameless = is_blank(row[whose]) and not is_blank(row[said]) and begins and not reached
        filled = [index for index, fills in ((day, goes_on), (whose, nameless and (names or goes_on))) if fills]
        for index in filled:  # the word itself below a row that says nothing and is not filled
            told = AS_ABOVE if above[index] is not None else last.get(index)
            row = [*row[:index], told, *row[index + 1 :]]
        last |= {index: row[index] for index in (day, whose) if not is_blank(row[index]) and row[index] != AS_ABOVE}
        above = row
        rows.append((number, row))
    return replace(table, rows=rows)


def _is_once(rows: Sequence[tuple[int, Row]], index: int) -> bool:
    """Whether a column begins with a word, is often empty, and never says again what the row above says."""
    if all(row[index] is not None for _number, row in rows[:_SAMPLE]):
        return False
    cells = [None if is_blank(row[index]) else row[index] for _number, row in rows]
    empty = sum(1 for cell in cells if cell is None)
    again = any(one is not None and one == other for one, other in pairwise(cells))
    return cells[0] is not None and empty >= max(_FEWEST, _SHARE * len(cells)) and not again
