"""All surveys of a period together: by tier, colleague, product and month."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from crm_desktop.i18n import _
from crm_desktop.models import people
from crm_desktop.satisfaction import overview
from crm_desktop.satisfaction.overview import Result
from crm_desktop.statistics import Period
from ui import refresh, theme
from ui.parts import heavy
from ui.parts.period_box import PeriodBox
from ui.parts.record_frame import scrolled
from ui.parts.when_seen import WhenSeen
from ui.tabs.satisfaction.result import Records, ResultView


class AllSurveys(QWidget):
    """Figures of everybody who answered in a period."""

    records_asked = Signal(object, str)
    """Who stands behind a figure, and what they have in common."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 0, 0)
        column.setSpacing(8)
        row = QHBoxLayout()
        title = QLabel(_("All surveys"))
        title.setFont(theme.title_font())
        row.addWidget(title, 1)
        self.as_of = QLabel()
        self.as_of.setProperty("tone", "muted")
        self.as_of.hide()
        row.addWidget(self.as_of)
        self.period = PeriodBox()
        self.owner = QComboBox()
        self.owner.setAccessibleName(_("Colleague who serves the customers"))
        self.owner.addItem(_("Everybody"), None)
        for person in people.everybody():
            self.owner.addItem(person.name, person.id)
        for box in (self.period, self.owner):
            row.addWidget(box)
            box.currentIndexChanged.connect(self.reload)
        column.addLayout(row)
        hint = QLabel(_("Choose a survey on the left to see its questions and customers."))
        hint.setProperty("tone", "muted")
        column.addWidget(hint)
        self.result = ResultView()
        self.result.picked.connect(self._pick)
        column.addWidget(scrolled(self.result, 0, wide=True), 1)
        self._later = WhenSeen(self, self.reload)
        refresh.signal.changed.connect(self._changed)
        theme.signal.changed.connect(self._later.tell)
        self._later.tell()

    def reload(self) -> None:
        """Read the figures of what is chosen."""
        period: Period = self.period.chosen()
        owner = self.owner.currentData()
        heavy.read(self, partial(overview.of_period, period, owner), self._show, place="figures")

    def _show(self, found: Result, at: datetime | None) -> None:
        heavy.tell(self.as_of, at)
        self.result.show_result(found)

    def _pick(self, find: Records, title: str) -> None:
        self.records_asked.emit(find, f"{title} · {self.period.currentText()}")

    def _changed(self, changed: Any) -> None:
        if refresh.concerns(changed, "survey_run", "survey_asked", "survey_answer"):
            self._later.tell()
