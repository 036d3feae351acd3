"""A letter to a complainant on the office's paper, with the text as it was written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.models.office import setting
from crm_desktop.reports.monthly import now
from crm_desktop.reports.page import Document
from crm_desktop.store import file


@dataclass(frozen=True)
class Data:
    """What the letter says."""

    code: str
    customer: str
    office: str
    printed_at: datetime
    text: str


def collect(complaint: int, text: str) -> Data:
    """Read whom the letter is to; UserError if the complaint is gone."""
    found = file.ask(
        "SELECT c.code, k.name FROM complaint c JOIN customer k ON k.id = c.customer WHERE c.id = ?", (complaint,)
    )
    if not found:
        raise UserError(_("This complaint is no longer there; a colleague may have deleted it."))
    return Data(found[0][0], found[0][1], str(setting("office_name")), now(), text)


def draw(target: Path | BinaryIO, data: Data) -> int:
    """Write the letter as a PDF and return the number of pages. UserError if it cannot."""
    day = data.printed_at.date().isoformat()
    about = _("About your complaint {code}").format(code=data.code)
    document = Document(target, about, data.office, day, data.printed_at, subtitle=data.customer)
    document.space(16)
    for part in data.text.split("\n"):
        document.paragraph(part, 10.5) if part.strip() else document.space(10)
    return document.save()
