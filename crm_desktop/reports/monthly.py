"""The monthly customer report: a month in figures, charts and lists, for the whole office or one colleague."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.reports.monthly_reading import Data, read
from crm_desktop.reports.monthly_sections import write
from crm_desktop.reports.page import Document

__all__ = ["Data", "collect", "draw", "make"]


def collect(month: str, owner: int | None = None) -> Data:
    """Read everything about a month such as "2026-10" from the open file, in one go; UserError if it is no month."""
    if not re.fullmatch(r"(19|20|21)\d\d-(0[1-9]|1[0-2])", month):
        raise UserError(_("“{text}” is not a month; write it like 2026-10.").format(text=month))
    return read(month, owner, now())


def draw(target: Path | BinaryIO, data: Data) -> int:
    """Write the report as a PDF and return the number of pages; needs no customer file. UserError if it cannot."""
    period = _("{year}-{month}").format(year=data.month[:4], month=data.month[5:])
    whose = _("Owner: {name}").format(name=data.owner) if data.owner else _("Everybody")
    title = _("Monthly customer report")
    document = Document(target, title, data.office, f"{period} · {whose}", data.printed_at)
    write(document, data)
    return document.save()


def make(path: Path, month: str, owner: int | None = None) -> int:
    """Read and write the report of a month in one go; the number of pages. UserError if it cannot."""
    return draw(path, collect(month, owner))


def now() -> datetime:
    """Office time; tests set it."""
    return datetime.now().replace(microsecond=0)
