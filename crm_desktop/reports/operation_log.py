"""The operation log on paper: what was done in the office, newest first, as it was found in the window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from crm_desktop import log_words, values
from crm_desktop.i18n import _, ngettext
from crm_desktop.models import office
from crm_desktop.reports.page import Document
from crm_desktop.reports.table import Column
from crm_desktop.store import log

MOST = 2000
"""More actions than anybody reads on paper; Excel takes them all."""


@dataclass(frozen=True)
class Data:
    """What is printed."""

    office: str
    period: str
    rows: Sequence[Sequence[str]]
    left_out: int
    printed_at: datetime


def collect(asked: log.Operations, period: str) -> Data:
    """Read the actions asked for; `period` says in words which ones."""
    ids = asked.ids()
    shown = ids[:MOST]
    found = asked.rows(shown)
    rows = [
        (
            values.show_datetime(operation.at),
            operation.who,
            log_words.action(operation),
            log_words.counts(operation),
            operation.note,
            _("yes") if operation.undone_by is not None else "",
        )
        for operation in (found[i] for i in shown if i in found)
    ]
    return Data(
        str(office.setting("office_name")), period, rows, len(ids) - len(shown), datetime.now().replace(microsecond=0)
    )


def draw(target: Path | BinaryIO, data: Data) -> int:
    """Write the log as a PDF and return the number of pages; needs no customer file. UserError if it cannot."""
    document = Document(target, _("Operation log"), data.office, data.period, data.printed_at)
    columns = (
        Column(_("Done at"), whole=True),
        Column(_("Who"), whole=True),
        Column(_("What was done")),
        Column(_("Records")),
        Column(_("Why")),
        Column(_("Taken back"), whole=True),
    )
    document.table(columns, data.rows, _("Nothing was done in this time."))
    if data.left_out:
        document.note(
            ngettext("{n} older action is not printed.", "{n} older actions are not printed.", data.left_out).format(
                n=f"{data.left_out:,}"
            )
        )
    return document.save()
