"""投诉台账: every complaint received in a period on one line, with its deadlines, cause, solution and end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from crm_desktop.i18n import _
from crm_desktop.models import Complaint, people
from crm_desktop.models.office import setting
from crm_desktop.reports.blocks import Figure
from crm_desktop.reports.case_paper import short
from crm_desktop.reports.monthly import now
from crm_desktop.reports.page import Document
from crm_desktop.reports.table import Column
from crm_desktop.statistics import Period
from crm_desktop.statistics import complaints as figures
from crm_desktop.store import file
from crm_desktop.values import show_money

Rows = list[tuple[str, ...]]
_COLUMNS = ("code", "received_at", "customer", "description", "category", "severity", "cause", "solution",
            "compensation", "owner", "solve_by", "solved_at", "state", "satisfaction")  # fmt: skip


@dataclass(frozen=True)
class Data:
    """All that the ledger says."""

    office: str
    period: str
    printed_at: datetime
    figures: list[tuple[str, str]]
    rows: Rows


def collect(period: Period, owner: int | None, words: str) -> Data:
    """Read the complaints of a period (and of a colleague), the oldest first; `words` name the period."""
    whose, params = ("", []) if owner is None else (" AND c.owner = ?", [owner])
    names = ", ".join("k.name" if name == "customer" else f"c.{name}" for name in _COLUMNS)
    found = file.ask(
        f"SELECT {names} FROM complaint c JOIN customer k ON k.id = c.customer"
        f" WHERE c.received_at >= ? AND c.received_at < ?{whose} ORDER BY c.received_at, c.id",
        [period.start, period.after, *params],
    )
    shown = [(each.label, each.shown) for each in figures.figures(period, owner)]
    title = " · ".join(filter(None, (words, people.name(owner))))
    return Data(str(setting("office_name")), title, now(), shown, [_row(each) for each in found])


def _row(found: tuple[Any, ...]) -> tuple[str, ...]:
    values = dict(zip(_COLUMNS, found, strict=True))
    described = Complaint.described()

    def show(*names: str) -> str:
        return "\n".join(filter(None, (described[name].show(values[name]) for name in names)))

    late = bool(values["solve_by"] and (values["solved_at"] or "9") > values["solve_by"])
    solved = (values["solved_at"] or "")[:10] + (" ▲" if late and values["solved_at"] else "")
    return (
        values["code"],
        values["received_at"][:10],
        values["customer"],
        short(values["description"]),
        show("category", "severity"),
        show("cause"),
        short(values["solution"]),
        show_money(values["compensation"], short=True) if values["compensation"] else "",
        people.name(values["owner"]),
        (values["solve_by"] or "")[:10],
        solved,
        show("state", "satisfaction"),
    )


def draw(target: Path | BinaryIO, data: Data) -> int:
    """Write the ledger as a PDF and return the number of pages; needs no customer file. UserError if it cannot."""
    document = Document(target, _("Complaint ledger"), data.office, data.period, data.printed_at, landscape=True)
    document.figures([Figure(label, 0, shown=shown) for label, shown in data.figures], compare=False)
    columns = [
        Column(_("No."), whole=True),
        Column(_("Received"), right=True),
        Column(_("Customer")),
        Column(_("Description")),
        Column(_("Category and severity")),
        Column(_("Cause")),
        Column(_("Solution")),
        Column(_("Compensation amount"), right=True),
        Column(_("Owner"), whole=True),
        Column(_("Solve by"), right=True),
        Column(_("Solved"), right=True),
        Column(_("State and satisfaction")),
    ]
    used = [place for place in range(len(columns)) if any(row[place] for row in data.rows)]
    rows = [[row[place] for place in used] for row in data.rows]
    document.table([columns[place] for place in used], rows, _("No complaint was received in this time."))
    if any(row[10].endswith("▲") for row in data.rows):
        document.paragraph(_("▲ solved after the deadline"), 8, pale=True)
    return document.save()


def make(path: Path, period: Period, owner: int | None = None, words: str = "") -> int:
    """Read and write the ledger in one go; the number of pages. UserError if it cannot."""
    return draw(path, collect(period, owner, words))
