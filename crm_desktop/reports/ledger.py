"""What ledgers of cases share: all that came in during a period on one line each, key figures above, late ones marked.

For the window: `collect` reads (in the store's thread), `draw` writes and needs no customer file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from crm_desktop.i18n import _
from crm_desktop.models import people
from crm_desktop.models.base import Record
from crm_desktop.models.office import setting
from crm_desktop.reports.blocks import Figure
from crm_desktop.reports.case_paper import Lines
from crm_desktop.reports.monthly import now
from crm_desktop.reports.page import Document
from crm_desktop.reports.table import Column
from crm_desktop.statistics import Period
from crm_desktop.store import file

_LATE = "▲"
_SOLVED = -2
"""Where in a line `solved_on` stands: before the state."""


@dataclass(frozen=True)
class Data:
    """All that a ledger says."""

    office: str
    period: str
    printed_at: datetime
    figures: list[tuple[str, str]]
    rows: Lines


def collect(
    model: type[Record],
    names: Sequence[str],
    line: Callable[[Mapping[str, Any]], tuple[str, ...]],
    figures: Sequence[Any],
    period: Period,
    owner: int | None,
    words: str,
) -> Data:
    """Read the cases received in a period (and of a colleague), the oldest first; `words` name the period.

    `line` says on paper what stands in the columns called `names`.
    """
    whose, params = ("", []) if owner is None else (" AND c.owner = ?", [owner])
    columns = ", ".join("k.name" if name == "customer" else f"c.{name}" for name in names)
    found = file.ask(
        f"SELECT {columns} FROM {model.table()} c JOIN customer k ON k.id = c.customer"
        f" WHERE c.received_at >= ? AND c.received_at < ?{whose} ORDER BY c.received_at, c.id",
        [period.start, period.after, *params],
    )
    title = " · ".join(filter(None, (words, people.name(owner))))
    shown = [(each.label, each.shown) for each in figures]
    rows = [line(dict(zip(names, each, strict=True))) for each in found]
    return Data(str(setting("office_name")), title, now(), shown, rows)


def shown(model: type[Record], values: Mapping[str, Any], *names: str) -> str:
    """These values as people read them, below each other."""
    described = model.described()
    return "\n".join(filter(None, (described[name].show(values[name]) for name in names)))


def solved_on(values: Mapping[str, Any]) -> str:
    """The day a case was solved, marked where that was after its deadline."""
    solved, due = values["solved_at"] or "", values["solve_by"] or ""
    return f"{solved[:10]} {_LATE if solved and due and solved > due else ''}".strip()


def draw(target: Path | BinaryIO, title: str, columns: Sequence[Column], none: str, data: Data) -> int:
    """Write a ledger as a PDF and return the number of pages; columns nothing stands in are left out."""
    document = Document(target, title, data.office, data.period, data.printed_at, landscape=True)
    document.figures([Figure(label, 0, shown=shown) for label, shown in data.figures], compare=False)
    used = [place for place in range(len(columns)) if any(row[place] for row in data.rows)]
    rows = [[row[place] for place in used] for row in data.rows]
    document.table([columns[place] for place in used], rows, none)
    if any(row[_SOLVED].endswith(_LATE) for row in data.rows):
        document.paragraph(_("▲ solved after the deadline"), 8, pale=True)
    return document.save()
