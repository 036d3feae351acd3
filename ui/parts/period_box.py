"""Which time figures are of: the last twelve months, a year, one of the months."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QComboBox, QWidget

from crm_desktop.i18n import N_, _
from crm_desktop.statistics import Period

PERIODS: tuple[tuple[str, str, Callable[[], Period]], ...] = (
    ("months", N_("Last 12 months"), lambda: Period.months(12)),
    ("this_month", N_("This month"), Period.this_month),
    ("last_month", N_("Last month"), Period.last_month),
    ("this_year", N_("This year"), lambda: Period.year(date.today().year)),
    ("last_year", N_("Last year"), lambda: Period.year(date.today().year - 1)),
)
MONTHS = 24


class PeriodBox(QComboBox):
    """The periods people ask for, then two years of months."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Period"))
        for key, text, _make in PERIODS:
            self.addItem(_(text), key)
        for year, month in _months_before(date.today(), MONTHS):
            self.addItem(f"{year}-{month:02d}", f"{year}-{month:02d}")

    def chosen(self) -> Period:
        """The period that is chosen."""
        key = str(self.currentData())
        for known, _text, make in PERIODS:
            if known == key:
                return make()
        return Period.month(key)


def _months_before(today: date, count: int) -> list[tuple[int, int]]:
    """This month and those before it."""
    start = today.year * 12 + today.month - 1
    return [(number // 12, number % 12 + 1) for number in range(start, start - count, -1)]
