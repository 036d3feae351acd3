"""服务台账: every service request received in a period on one line, with its deadlines, solution and verdict.

For the window: `collect(period, owner, words)` reads (in the store's thread), `draw(target, data)` writes the PDF and
needs no customer file; `words` name the period.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from crm_desktop.i18n import _
from crm_desktop.models import ServiceRequest, people
from crm_desktop.models.office import setting
from crm_desktop.reports.blocks import Figure
from crm_desktop.reports.case_paper import Lines, short
from crm_desktop.reports.monthly import now
from crm_desktop.reports.page import Document
from crm_desktop.reports.table import Column
from crm_desktop.statistics import Period
from crm_desktop.statistics import requests as figures
from crm_desktop.store import file

_COLUMNS = ("code", "received_at", "customer", "caller", "type", "priority", "subject", "description", "product",
            "solution", "owner", "solve_by", "solved_at", "closed_at", "state", "satisfaction")  # fmt: skip
_LATE = "▲"


@dataclass(frozen=True)
class Data:
    """All that the ledger says."""

    office: str
    period: str
    printed_at: datetime
    figures: list[tuple[str, str]]
    rows: Lines


def collect(period: Period, owner: int | None, words: str) -> Data:
    """Read the requests of a period (and of a colleague), the oldest first."""
    whose, params = ("", []) if owner is None else (" AND c.owner = ?", [owner])
    names = ", ".join("k.name" if name == "customer" else f"c.{name}" for name in _COLUMNS)
    found = file.ask(
        f"SELECT {names} FROM service_request c JOIN customer k ON k.id = c.customer"
        f" WHERE c.received_at >= ? AND c.received_at < ?{whose} ORDER BY c.received_at, c.id",
        [period.start, period.after, *params],
    )
    shown = [(each.label, each.shown) for each in figures.figures(period, owner)]
    title = " · ".join(filter(None, (words, people.name(owner))))
    return Data(str(setting("office_name")), title, now(), shown, [_row(each) for each in found])


def _row(found: tuple[Any, ...]) -> tuple[str, ...]:
    values = dict(zip(_COLUMNS, found, strict=True))
    described = ServiceRequest.described()

    def show(*names: str) -> str:
        return "\n".join(filter(None, (described[name].show(values[name]) for name in names)))

    solved, due = values["solved_at"] or "", values["solve_by"] or ""
    late = bool(solved and due and solved > due)
    return (
        values["code"],
        (values["received_at"] or "")[:10],
        "\n".join(filter(None, (values["customer"], values["caller"]))),
        show("type", "priority") if values["priority"] in ("high", "urgent") else show("type"),
        values["product"],
        short(values["subject"] or values["description"]),
        short(values["solution"]),
        people.name(values["owner"]),
        due[:10],
        f"{solved[:10]} {_LATE if late else ''}".strip(),
        show("state", "satisfaction"),
    )


def draw(target: Path | BinaryIO, data: Data) -> int:
    """Write the ledger as a PDF and return the number of pages; needs no customer file. UserError if it cannot."""
    document = Document(target, _("Service ledger"), data.office, data.period, data.printed_at, landscape=True)
    document.figures([Figure(label, 0, shown=shown) for label, shown in data.figures], compare=False)
    columns = [
        Column(_("No."), whole=True),
        Column(_("Received"), right=True),
        Column(_("Customer")),
        Column(_("Type")),
        Column(_("Product")),
        Column(_("Problem or wish")),
        Column(_("Solution")),
        Column(_("Assigned to"), whole=True),
        Column(_("Solve by"), right=True),
        Column(_("Solved"), right=True),
        Column(_("State and satisfaction")),
    ]
    used = [place for place in range(len(columns)) if any(row[place] for row in data.rows)]
    rows = [[row[place] for place in used] for row in data.rows]
    document.table([columns[place] for place in used], rows, _("No service request was received in this time."))
    if any(row[9].endswith(_LATE) for row in data.rows):
        document.paragraph(_("▲ solved after the deadline"), 8, pale=True)
    return document.save()


def make(path: Path, period: Period, owner: int | None = None, words: str = "") -> int:
    """Read and write the ledger in one go; the number of pages. UserError if it cannot."""
    return draw(path, collect(period, owner, words))
