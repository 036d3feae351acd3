"""Figures of one survey or of all of a period: tiles with their formulas, questions, remarks, groups of customers."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QTreeWidgetItem, QVBoxLayout, QWidget

from crm_desktop import statistics, values
from crm_desktop.i18n import _, ngettext, sentences
from crm_desktop.models.survey import NPS, SCALE
from crm_desktop.satisfaction import overview
from crm_desktop.satisfaction.overview import Remark, Result
from crm_desktop.statistics.drivers import ItemScore
from crm_desktop.statistics.survey_groups import SIDES, breakdown_records
from crm_desktop.statistics.surveys import FEW, Figure, figure_records
from ui import tasks, theme
from ui.parts.notice import Notice
from ui.parts.statistic_card import StatisticCard
from ui.parts.survey_matrix import QuestionMatrix
from ui.parts.survey_spread import SpreadDelegate
from ui.parts.survey_trees import as_high_as, plain_tree, row
from ui.parts.tile import Tile

ROLE = Qt.ItemDataRole.UserRole
Records = Callable[[], "array[int]"]
"""Finds, in the store thread, who stands behind a figure (ids of survey_asked)."""


class ResultView(QWidget):
    """Every figure opens the customers it is made of."""

    picked = Signal(object, str)
    """Records, and what they have in common in words."""
    planned = Signal(str)
    """Something is to be done about this question (its key)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.result: Result | None = None
        self._run: int | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(12)
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        self.tiles: dict[str, Tile] = {}
        column.addLayout(self._grid)
        self.few = Notice()
        column.addWidget(self.few)
        self.items_title = _title(_("Question by question"))
        column.addWidget(self.items_title)
        headings = [_("Question"), _("Answers"), _("Mean"), _("Satisfied %"), _("NPS"), _("How often each")]
        self.items = plain_tree(_("Question by question"), headings, 0, {5: 260})
        self.items.setItemDelegateForColumn(5, SpreadDelegate(self.items))
        self.items.itemActivated.connect(lambda item, _column: self._pick_item(item))
        self.items.itemClicked.connect(lambda item, _column: self._pick_item(item))
        column.addWidget(self.items)
        self.remarks_title = _title(_("In their own words"))
        column.addWidget(self.remarks_title)
        headings = [_("Customer"), _("Overall"), _("Question"), _("Answer")]
        self.remarks = plain_tree(_("In their own words"), headings, 3, {0: 170, 2: 220})
        self.remarks.itemActivated.connect(lambda item, _column: self._pick_remark(item))
        self.remarks.itemClicked.connect(lambda item, _column: self._pick_remark(item))
        column.addWidget(self.remarks)
        self.matrix = QuestionMatrix()
        self.matrix.side_chosen.connect(self._read_matrix)
        self.matrix.picked.connect(self._pick_matrix)
        self.matrix.hide()
        column.addWidget(self.matrix)
        self.cards: dict[str, StatisticCard] = {}
        for side in SIDES:
            card = self.cards[side] = StatisticCard(statistics.statistic(f"satisfaction_by_{side}"))
            card.picked.connect(partial(self._pick_group, side))
            card.hide()
            column.addWidget(card)
        column.addStretch()

    def show_result(
        self, result: Result, items: Sequence[ItemScore] = (), remarks: Sequence[Remark] = (), run: int | None = None
    ) -> None:
        """Show the figures of another survey or period."""
        self.result, self._run = result, run
        self._show_tiles(result.figures)
        n = max((figure.n for figure in result.figures if figure.key != "response"), default=0)
        if 0 < n < FEW:
            text = ngettext("Only {n} answer: an impression, no more.", "Only {n} answers: an impression, no more.", n)
            more = _("From {few} on, shares begin to mean something.").format(few=FEW)
            self.few.say(sentences([text.format(n=n), more]), (), "muted")
        else:
            self.few.hide()
        self._show_items(items)
        self._show_remarks(remarks)
        self.matrix.setVisible(run is not None and n > 0)
        if run is not None and n > 0:
            self.matrix.offer([*result.sides, "month"])
            self._read_matrix(self.matrix.side())
        for side, card in self.cards.items():
            table = result.sides.get(side)
            card.setVisible(table is not None and bool(table.rows))
            if table is not None and table.rows:
                card.show_table(table)
                card.chart.setVisible(any(row.values[1] is not None for row in table.rows))  # the mean is drawn

    def _show_tiles(self, figures: Sequence[Figure]) -> None:
        for tile in self.tiles.values():
            self._grid.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self.tiles = {}
        for number, figure in enumerate(figures):
            tile = Tile(figure.shown, figure.label, figure.formula)
            tile.wrap_below()
            tile.clicked.connect(partial(self._pick_figure, figure))
            self._grid.addWidget(tile, 0, number)
            self._grid.setColumnStretch(number, 1)
            self.tiles[figure.key] = tile

    def _show_items(self, items: Sequence[ItemScore]) -> None:
        self.items.clear()
        for number, one in enumerate(items, 1):
            score = one.score
            shown = [
                "–" if value is None else values.show_number(value) for value in (score.mean, score.top, score.nps)
            ]
            if one.kind not in (SCALE, NPS):
                shown = ["", "", ""]
            elif one.kind == NPS:
                shown[1] = ""
            else:
                shown[2] = ""
            item = row([f"{number}. {one.text}", f"{score.n:,}", *shown, ""], (1, 2, 3, 4))
            item.setToolTip(0, one.text)
            item.setData(0, ROLE, one.key)
            item.setData(5, ROLE, (one.kind, one.spread))
            item.setToolTip(5, _(", ").join(spread_words(one)))
            self.items.addTopLevelItem(item)
        as_high_as(self.items, len(items))
        for widget in (self.items, self.items_title):
            widget.setVisible(bool(items))

    def _show_remarks(self, remarks: Sequence[Remark]) -> None:
        self.remarks.clear()
        for one in remarks:
            words = " ".join(one.text.split())
            item = row([one.customer, "" if one.overall is None else str(one.overall), one.question, words], (1,))
            item.setData(0, ROLE, one.asked)
            item.setToolTip(3, one.text)
            self.remarks.addTopLevelItem(item)
        as_high_as(self.remarks, min(len(remarks), 8))
        for widget in (self.remarks, self.remarks_title):
            widget.setVisible(bool(remarks))

    # what is behind a figure

    def _pick_figure(self, figure: Figure) -> None:
        assert self.result is not None
        scope = self.result.scope
        self.picked.emit(lambda: figure_records(scope, figure.key), figure.label)

    def _read_matrix(self, side: str) -> None:
        run = self._run
        if run is not None:
            tasks.run(
                self, lambda: overview.question_table(run, side), self.matrix.show_table, place="matrix", reading=True
            )

    def _pick_matrix(self, row: Any, key: Any, words: str) -> None:
        run, side = self._run, self.matrix.side()
        if run is not None:
            self.picked.emit(lambda: overview.question_records(run, side, row, key), words)

    def _pick_item(self, item: QTreeWidgetItem) -> None:
        run, key = self._run, str(item.data(0, ROLE))
        if run is not None:
            self.picked.emit(lambda: overview.item_records(run, key), item.text(0))

    def _pick_remark(self, item: QTreeWidgetItem) -> None:
        asked = int(item.data(0, ROLE))
        self.picked.emit(lambda: array("q", [asked]), item.text(0))

    def _pick_group(self, side: str, row: Any, column: Any, words: str) -> None:
        assert self.result is not None
        scope, kind = self.result.scope, SIDES[side][1]
        self.picked.emit(lambda: breakdown_records(scope, side, kind, row, column), words)


def spread_words(one: ItemScore) -> list[str]:
    """How often each score was given, in words: 5: 12 times."""
    least = 0 if one.kind == NPS else 1
    return [f"{least + n}: {count:,}" for n, count in enumerate(one.spread)]


def _title(text: str) -> QLabel:
    label = QLabel(text)
    label.setFont(theme.title_font(11))
    return label
