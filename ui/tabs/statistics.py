"""Statistics: the office in figures; every figure opens the records behind it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from crm_desktop import statistics
from crm_desktop.i18n import _
from crm_desktop.listing import Filter
from crm_desktop.models import people
from crm_desktop.statistics import Figure, Period, Table
from crm_desktop.store import traces
from ui import tasks, theme
from ui.parts import desk, heavy
from ui.parts.figure_tiles import FigureTiles
from ui.parts.fileinfo import FileInfo
from ui.parts.fresh_tab import FreshTab
from ui.parts.period_box import PeriodBox
from ui.parts.saving_as import ending
from ui.parts.statistic_card import StatisticCard
from ui.parts.tab import Show

NOT_EVERYBODYS = ("service_request", "survey_asked")
"""What only some offices keep: its figures are shown where there are any."""


class StatisticsTab(FreshTab):
    """Key figures on top, then one card a statistic: chart and table."""

    NAME = "statistics"

    def __init__(self, info: FileInfo, parent: QWidget | None = None) -> None:
        super().__init__(info, parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 8, 8)
        column.setSpacing(12)
        column.addLayout(self._choices())
        page = QWidget()
        self._page = QVBoxLayout(page)
        self._page.setContentsMargins(0, 0, 16, 16)
        self._page.setSpacing(16)
        self.tiles = FigureTiles()
        self.tiles.picked.connect(self._show_figure)
        self._page.addWidget(self.tiles)
        self.cards: dict[str, StatisticCard] = {}
        for found in statistics.STATISTICS:
            card = self.cards[found.key] = StatisticCard(found)
            card.picked.connect(partial(self._show_records, found.key))
            self._page.addWidget(card)
        self._page.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName(_("Figures and charts"))
        area.setWidget(page)
        column.addWidget(area, 1)
        self._owner: int | None = None
        self._shown: dict[str, tuple[Period, int | None, str]] = {}
        theme.signal.changed.connect(self.read_again)
        self.reload()

    def _choices(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.period = PeriodBox()
        self.owner = QComboBox()
        self.owner.setAccessibleName(_("Colleague"))
        self.owner.addItem(_("Everybody"), None)
        for person in people.everybody():
            self.owner.addItem(person.name, person.id)
        for label, box in ((_("Period"), self.period), (_("Colleague"), self.owner)):
            words = QLabel(label)
            words.setBuddy(box)
            row.addWidget(words)
            row.addWidget(box)
            box.currentIndexChanged.connect(self.reload)
        self.as_of = QLabel()
        self.as_of.setProperty("tone", "muted")
        self.as_of.hide()
        row.addWidget(self.as_of)
        row.addStretch()
        export = QPushButton(theme.icon("download"), _("Export…"))
        export.setToolTip(_("These figures as an Excel workbook, a sheet each") + "  Ctrl+E")
        export.clicked.connect(self.export)
        row.addWidget(export)
        button = QPushButton(theme.icon("printer", "on_accent"), _("Monthly customer report…"))
        button.setProperty("primary", True)
        button.setToolTip(_("Monthly customer report…") + "  Ctrl+P")
        button.clicked.connect(lambda: self.month_asked.emit(self._month(), self.owner.currentData()))
        row.addWidget(button)
        return row

    def chosen(self) -> Period:
        """The period that is chosen."""
        return self.period.chosen()

    def _month(self) -> str:
        """The month whose key figures are shown: the last one of the period."""
        return min(self.chosen().end, date.today().isoformat())[:7]

    @override
    def reload(self) -> None:
        """Read all figures again."""
        period, owner, month = self.chosen(), self.owner.currentData(), self._month()
        words = self.period.currentText() + (f" · {people.name(owner)}" if owner else "")
        show = partial(self._show_figures, month, owner)
        heavy.read(self, lambda: statistics.month_figures(month, owner), show, place="figures")
        for key, card in self.cards.items():
            work = partial(statistics.compute, key, period, owner)
            then = partial(self._show_table, card, (period, owner, words))
            heavy.read(self, work, then, place=key, background=True)

    def _show_figures(self, month: str, owner: int | None, figures: list[Figure], at: datetime | None) -> None:
        self._owner = owner
        heavy.tell(self.as_of, at)
        self.tiles.show_figures(month, figures)

    def _show_table(
        self, card: StatisticCard, question: tuple[Period, int | None, str], table: Table, _at: datetime | None
    ) -> None:
        self._shown[table.key] = question
        card.show_table(table)
        # many offices keep no service requests and ask no surveys: they are not shown a page of noughts
        card.setVisible(card.about not in NOT_EVERYBODYS or any(table.total))

    def _show_figure(self, month: str, key: str, label: str) -> None:
        owner = self._owner

        def show(found: tuple[str, object], _at: datetime | None) -> None:
            self._ask(found[0], found[1], f"{label} · {month}" + (f" · {people.name(owner)}" if owner else ""))

        heavy.read(self, lambda: statistics.figure_records(key, month, owner), show, place="records")

    def _show_records(self, key: str, row: str | None, column: str | None, title: str) -> None:
        # the question whose answer was clicked, not one that is on its way
        period, owner, words = self._shown[key]
        words = f"{title} · {words}"

        def show(found: tuple[str, object], _at: datetime | None) -> None:
            self._ask(found[0], found[1], words)

        work = partial(statistics.records, key, row, period, owner, column)
        heavy.read(self, work, show, place="records")

    def _ask(self, table: str, ids: object, title: str) -> None:
        wanted = Filter("id", "ids", list(ids))  # type: ignore[call-overload]
        self.asked.emit(Show(table, filters=(wanted,), title=title))  # type: ignore[arg-type]

    @override
    def export(self) -> None:
        """Write the figures that are shown as a workbook."""
        shown = [card.table for card in self.cards.values() if card.table is not None and not card.isHidden()]
        if not shown:
            return
        words = self._shown[shown[0].key][2]
        name = re.sub(r'[\\/:*?"<>|·]+', " ", f"{_('Statistics')} {words}")
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Export…"), str(Path.home() / f"{name}.xlsx"), "Excel (*.xlsx)"
        )
        if not chosen:
            return
        path = ending(chosen, ".xlsx")

        def show() -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

        def written(sheets: int) -> None:
            desk.trace(traces.EXPORTED, f"{path.name} · {_('Statistics')}: {sheets}")
            if (bar := desk.bar_near(self)) is not None:
                bar.say(_("Saved: {file}").format(file=path.name), action=_("Open"), do=show)

        from crm_desktop.exchange import figures  # only who exports waits for what writes

        tasks.elsewhere(self, lambda: figures.write(path, shown, words), written)

    @override
    def search(self) -> None:
        self.period.setFocus()

    @override
    def state(self) -> dict[str, Any]:
        return {"period": self.period.currentData(), "owner": self.owner.currentData()}

    @override
    def restore(self, state: Mapping[str, Any]) -> None:
        self.period.setCurrentIndex(max(0, self.period.findData(state["period"])))
        self.owner.setCurrentIndex(max(0, self.owner.findData(state["owner"])))


TAB = StatisticsTab
