"""A sheet as plain rows, whatever file it came from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from crm_desktop.exchange import kinds
from crm_desktop.models import limits

Cell = str | int | float | bool | date | datetime | None
Row = list[Cell]

_AGAIN: Final = 20_000  # so many different texts are looked at for coming again
_STEP: Final = 2000


@dataclass(frozen=True)
class Sheet:
    """One sheet: its rows from the first one on, each as long as it has something in it.

    Row i of `rows` is row `first_row + i` in Excel. `merged` holds (first row, first column, last row, last column),
    counted from 0.
    """

    name: str
    rows: list[Row]
    hidden: bool = False
    first_row: int = 1
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    encoding: str | None = None


def from_text(text: str) -> Cell:
    """A cell of a text file; `="0571"` and a leading apostrophe are how other programs keep Excel from taking text
    for numbers.
    """
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1]
    return text.removeprefix("'").strip("\t") or None


def trimmed(cells: Iterable[Cell]) -> Row:
    row = list(cells)
    while row and row[-1] is None:
        row.pop()
    return row


def without_empty_end(rows: list[Row]) -> list[Row]:
    while rows and not rows[-1]:
        rows.pop()
    return rows


def watch(file: str, rows: list[Row], progress: Callable[[int], None] | None) -> None:
    if len(rows) % _STEP:
        return
    if len(rows) > limits.most(limits.ROWS):
        raise kinds.too_many_rows(file)
    if progress:
        progress(len(rows))


def share_texts(row: Row, again: dict[str, str]) -> None:
    """Have one object for each text that comes again: a third less memory for a long list."""
    for at, cell in enumerate(row):
        if type(cell) is str:
            row[at] = again.setdefault(cell, cell) if len(again) < _AGAIN else again.get(cell, cell)
