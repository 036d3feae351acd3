"""A statistic as a table on paper, with its total."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop import statistics
from crm_desktop.i18n import _
from crm_desktop.reports.page import Document
from crm_desktop.reports.table import Column
from crm_desktop.values import show_number


def numbers(values: Sequence[float | int | None]) -> list[str]:
    """Figures as people read them; – where there is none."""
    return ["–" if value is None else show_number(value) for value in values]


def write(document: Document, first: str, table: statistics.Table, filled: bool = False) -> None:
    """Write a statistic as a table, `first` over its labels; with `filled` only rows that count anything."""
    columns = [Column(first), *(Column(column.label, right=True) for column in table.columns)]
    rows = [(row.label, *numbers(row.values)) for row in table.rows if row.values[0] or not filled]
    document.table(columns, rows, "", total=(_("Total"), *numbers(table.total)) if len(rows) > 1 else None)
