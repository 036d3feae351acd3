"""Columns as they should be: each holds one thing, and holds it whole."""

from __future__ import annotations

from typing import Final

from crm_desktop.exchange import address_columns, name_columns, split_cells
from crm_desktop.exchange.table import Table

_STEPS: Final = (
    name_columns.joined,
    address_columns.joined,
    split_cells.apart,
    split_cells.titles_apart,
    split_cells.receivers_apart,
    split_cells.without_labels,
    split_cells.without_numbers,
    split_cells.who_apart,
)


def tidied(table: Table) -> Table:
    """The table with names and addresses whole, what shares a cell apart, and no labels or numbers before words."""
    for step in _STEPS:
        table = step(table)
    return table
