"""Records told in turns: a row of labels, a row of values below, further labels, further values."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from crm_desktop.exchange.heading_rows import Known, heading_text, known_among
from crm_desktop.exchange.reading import Row, Sheet
from crm_desktop.exchange.rows import filled, looks_like_heading

_LOOKED_AT: Final = 12  # rows in which the turns must show
_MOST_ROWS: Final = 20_000

Labels = tuple[tuple[int, str], ...]


def in_turns(sheet: Sheet, known: Known) -> tuple[Sheet, frozenset[int]]:
    """The sheet as a list with one heading and a row for each record, and the numbers of the rows that so became empty;
    the sheet itself where labels and values do not come in turns.
    """
    first = next((at for at in range(min(len(sheet.rows), _LOOKED_AT)) if _labels(sheet.rows[at], known)), None)
    if first is None or len(sheet.rows) > _MOST_ROWS:
        return sheet, frozenset()
    cycle = _cycle(sheet, first, known)
    if len(cycle) < 2:
        return sheet, frozenset()
    places = dict(zip(cycle, _starts(cycle), strict=True))
    rows: list[Row] = [[] for _row in sheet.rows]
    rows[:first] = sheet.rows[:first]
    rows[first] = [label for labels in cycle for _column, label in labels]
    emptied: set[int] = set()
    record, seen = first, set(cycle)
    for at in range(first, len(sheet.rows) - 1):
        labels = _labels(sheet.rows[at], known)
        if labels not in places:
            continue
        values = _next(sheet, at + 1)
        if labels in seen:
            record, seen = values, set()
            rows[record] = [None] * len(rows[first])
        seen.add(labels)
        for place, (column, _label) in enumerate(labels, places[labels]):
            below = sheet.rows[values]
            rows[record][place] = below[column] if column < len(below) else None
        emptied |= {sheet.first_row + at, sheet.first_row + values}
    kept = {sheet.first_row + at for at, row in enumerate(rows) if filled(row)}
    return replace(sheet, rows=rows, merged=[]), frozenset(emptied - kept)


def _starts(cycle: list[Labels]) -> list[int]:
    """Where the labels of each row stand among all of them."""
    starts = [0]
    for labels in cycle[:-1]:
        starts.append(starts[-1] + len(labels))
    return starts


def _cycle(sheet: Sheet, first: int, known: Known) -> list[Labels]:
    """The rows of labels of one record, if each is followed by one of values and all of them come again."""
    found: list[Labels] = []
    at = first
    while at + 1 < len(sheet.rows):
        labels = _labels(sheet.rows[at], known)
        if not labels and not filled(sheet.rows[at]):
            at += 1
            continue
        below = _next(sheet, at + 1)
        told = {column for column, _cell in filled(sheet.rows[below])}
        if not labels or _labels(sheet.rows[below], known) or not told <= {column for column, _label in labels}:
            return []
        if labels in found:
            return found if labels == found[0] else []
        found.append(labels)
        at = below + 1
    return []


def _next(sheet: Sheet, at: int) -> int:
    """The first row from here on that holds something; the last one if none does."""
    return next((row for row in range(at, len(sheet.rows)) if filled(sheet.rows[row])), len(sheet.rows) - 1)


def _labels(row: Row, known: Known) -> Labels:
    """The labels of a row that holds nothing else, by their column; nothing for other rows."""
    cells = filled(row)
    if len(cells) < 2 or not looks_like_heading(row):
        return ()
    labels = tuple((column, heading_text(cell)) for column, cell in cells)
    names = [label for _column, label in labels]
    return labels if known_among(names, known) * 4 >= len(names) * 3 else ()
