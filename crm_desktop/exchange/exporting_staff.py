"""The figures of a colleague's work as an Excel workbook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from crm_desktop.exchange.finishing import workbook
from crm_desktop.exchange.xlsx import Book, Head
from crm_desktop.i18n import _
from crm_desktop.statistics.period import Period
from crm_desktop.statistics.staff import GROUPS, Duration, Kpi


def write(path: Path, name: str, period: Period, figures: Sequence[Kpi], durations: Sequence[Duration]) -> Path:
    """Write figures and durations of steps to an .xlsx, a sheet each; nothing is left of an unfinished file."""
    numbers: list[list[Any]] = [
        [name, period.start, period.end, _(GROUPS[one.group]), one.label, one.value, one.shown, one.office]
        for one in figures
    ]
    steps: list[list[Any]] = [[one.label, one.number, one.median, one.most] for one in durations]
    heads = [
        Head(_("Colleague"), 12),
        Head(_("From"), 12),
        Head(_("Until"), 12),
        Head(_("Area"), 14),
        Head(_("Figure"), 34),
        Head(_("Number"), 10),
        Head(_("Value"), 14),
        Head(_("All colleagues"), 14),
    ]
    about = [
        Head(_("State"), 18),
        Head(_("Cases"), 8),
        Head(_("Working hours (median)"), 18),
        Head(_("Working hours (90 %)"), 18),
    ]

    def fill(book: Book) -> None:
        book.sheet(_("Figures"), heads, numbers, 1)
        book.sheet(_("Steps of complaints"), about, steps, 1)

    return workbook(path, fill)
