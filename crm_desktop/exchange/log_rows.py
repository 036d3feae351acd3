"""Rows of a log that leave out what the row above says: the customer, the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from crm_desktop.exchange.continuing import AS_ABOVE
from crm_desktop.exchange.following import FIRST
from crm_desktop.exchange.mapping import Mapping
from crm_desktop.exchange.reading import Row
from crm_desktop.exchange.table import Table
from crm_desktop.exchange.words import MODELS, Target
from crm_desktop.models.customer import Customer
from crm_desktop.values import is_blank

_FEWEST: Final = 0.2
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
    phones = at.get(Target(Customer, "phones"))
    rows: Sequence[tuple[int, Row]] = table.rows
    for name in ("customer", FIRST[mapping.kind]):
        index = at.get(Target(model, name))
        if said is None or index is None or not _is_once(rows, index):
            continue
        known_by = phones if name == "customer" else None
        rows = [
            (number, [*row[:index], AS_ABOVE, *row[index + 1 :]])
            if is_blank(row[index]) and not is_blank(row[said]) and (known_by is None or is_blank(row[known_by]))
            else (number, row)
            for number, row in rows
        ]
    return table if rows is table.rows else replace(table, rows=rows)


def _is_once(rows: Sequence[tuple[int, Row]], index: int) -> bool:
    """Whether a column begins with a word, is often empty, and never says again what the row above says."""
    cells = [None if is_blank(row[index]) else row[index] for _number, row in rows]
    empty = sum(1 for cell in cells if cell is None)
    again = any(one is not None and one == other for one, other in pairwise(cells))
    return cells[0] is not None and empty >= _FEWEST * len(cells) and empty > 0 and not again
