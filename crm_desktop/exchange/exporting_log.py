"""The operation log as an Excel sheet."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from crm_desktop import log_words
from crm_desktop.exchange.finishing import workbook
from crm_desktop.exchange.xlsx import Head
from crm_desktop.i18n import N_, _
from crm_desktop.store import log
from crm_desktop.store.record import chunks

Row = tuple[Any, ...]
"""The cells of one action."""
HEADINGS = (
    (N_("Change no."), 22),
    (N_("Done at"), 18),
    (N_("Who"), 12),
    (N_("What was done"), 28),
    (N_("Records"), 30),
    (N_("Why"), 30),
    (N_("Taken back by change"), 22),
    (N_("Computer"), 16),
)
"""Headings (msgids) and widths in characters."""


def rows(asked: log.Operations) -> list[Row]:
    """The actions asked for, newest first, as cells."""
    found: list[Row] = []
    for part in chunks(asked.ids()):
        operations = asked.rows(part)
        for operation in (operations[i] for i in part if i in operations):
            found.append(
                (
                    str(operation.change),  # as text: Excel keeps 15 digits of a number
                    datetime.fromisoformat(operation.at),
                    operation.who,
                    log_words.action(operation),
                    log_words.counts(operation),
                    operation.note,
                    "" if operation.undone_by is None else str(operation.undone_by),
                    operation.pc,
                )
            )
    return found


def to_excel(path: Path, found: list[Row]) -> Path:
    """Write the actions to an .xlsx; nothing is left of a file that could not be finished."""
    heads = [Head(_(heading), width) for heading, width in HEADINGS]
    return workbook(path, lambda book: book.sheet(_("Operation log"), heads, found))
