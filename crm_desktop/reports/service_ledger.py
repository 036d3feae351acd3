"""服务台账: every service request received in a period on one line, with its deadlines, solution and verdict.

For the window: `collect(period, owner, words)` reads (in the store's thread), `draw(target, data)` writes the PDF and
needs no customer file; `words` name the period.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from crm_desktop.i18n import _
from crm_desktop.models import ServiceRequest, people
from crm_desktop.reports import ledger
from crm_desktop.reports.case_paper import short
from crm_desktop.reports.ledger import Data
from crm_desktop.reports.table import Column
from crm_desktop.statistics import Period
from crm_desktop.statistics import requests as figures

_COLUMNS = ("code", "received_at", "customer", "caller", "type", "priority", "subject", "description", "product",
            "solution", "owner", "solve_by", "solved_at", "closed_at", "state", "satisfaction")  # fmt: skip


def collect(period: Period, owner: int | None, words: str) -> Data:
    """Read the requests of a period (and of a colleague), the oldest first; `words` name the period."""
    return ledger.collect(ServiceRequest, _COLUMNS, _line, figures.figures(period, owner), period, owner, words)


def _line(values: Mapping[str, Any]) -> tuple[str, ...]:
    show = partial(ledger.shown, ServiceRequest, values)
    return (
        values["code"],
        (values["received_at"] or "")[:10],
        "\n".join(filter(None, (values["customer"], values["caller"]))),
        show("type", "priority") if values["priority"] in ("high", "urgent") else show("type"),
        values["product"],
        short(values["subject"] or values["description"]),
        short(values["solution"]),
        people.name(values["owner"]),
        (values["solve_by"] or "")[:10],
        ledger.solved_on(values),
        show("state", "satisfaction"),
    )


def draw(target: Path | BinaryIO, data: Data) -> int:
    """Write the ledger as a PDF and return the number of pages; needs no customer file. UserError if it cannot."""
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
    return ledger.draw(target, _("Service ledger"), columns, _("No service request was received in this time."), data)


def make(path: Path, period: Period, owner: int | None = None, words: str = "") -> int:
    """Read and write the ledger in one go; the number of pages. UserError if it cannot."""
    return draw(path, collect(period, owner, words))
