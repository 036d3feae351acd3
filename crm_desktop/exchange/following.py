"""Days without a year that follow from another day of their row: solved on 1月5日 what came in on 2024-12-28."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any, Final

from crm_desktop import values
from crm_desktop.exchange import cells
from crm_desktop.exchange.cells import Who
from crm_desktop.exchange.mapping import Column, Mapping
from crm_desktop.exchange.read_cells import YEAR, Read, read_time
from crm_desktop.exchange.reading import Cell
from crm_desktop.exchange.words import COMPLAINTS, FEEDBACK, INTERACTIONS, REQUESTS, Target

FIRST: Final = {INTERACTIONS: "at", COMPLAINTS: "received_at", REQUESTS: "received_at", FEEDBACK: "at"}
"""When it began: the other days of the row come after it."""
_LATER: Final = frozenset(
    ["next_at", "answer_due", "answered_at", "acknowledged_at", "replied_at", "promised_at", "solved_at", "told_at",
     "closed_at", "follow_up_on", "agreed_at", "thanked_on"]
)  # fmt: skip
_NO_YEAR: Final = re.compile(r"\d{1,2}\s*[-./月]\s*\d{1,2}\s*[日号]?", re.ASCII)
_CLOCK: Final = re.compile(r"\d{1,2}[:：]\d\d(?:[:：]\d\d)?", re.ASCII)
_WITHIN: Final = 200
"""Days a matter may take over the turn of a year; what would take longer is a slip of the pen."""

Later = Callable[[Cell, dict[str, Any]], Read | None]
"""Reads a cell beside what is known of its row; None for a cell that says its year itself."""


def readers(mapping: Mapping, who: Who) -> dict[int, Later]:
    """For the columns of a log or a ledger whose days come after the first day of their row: how to read them."""
    first = FIRST.get(mapping.kind)
    if first is None:
        return {}
    return {
        column.index: _reader(column, target, first, who)
        for column, target in mapping.targets()
        if target.field in _LATER and YEAR not in column.ways
    }


def _reader(column: Column, target: Target, first: str, who: Who) -> Later:
    def read_in(cell: Cell, year: int) -> Read:
        ways = {**column.ways, YEAR: str(year)}
        return cells.reader(target.described, column.unit, who, {}, ways, column.heading)(cell)

    def read(cell: Cell, known: dict[str, Any]) -> Read | None:
        begun = known.get(first)
        if begun and type(cell) is str and _CLOCK.fullmatch(cell.strip()):
            time = read_time(cell).value  # of the same day
            return Read(f"{begun[:10]}T{time}", f"{column.heading}: {cell} → {begun[:10]} {time[:5]}") if time else None
        if type(cell) is not str or len(cell) > 12 or not begun or not _NO_YEAR.fullmatch(values.plain(cell)):
            return None
        found = read_in(cell, int(begun[:4]))
        if found.value and found.value[:10] < begun[:10]:
            after = read_in(cell, int(begun[:4]) + 1)
            return after if after.value and _days(begun, after.value) <= _WITHIN else found
        return found

    return read


def _days(one: str, other: str) -> int:
    return (date.fromisoformat(other[:10]) - date.fromisoformat(one[:10])).days
