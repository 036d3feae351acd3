"""What drives the overall score: the picture, its figures with their sample sizes, and what to do about a question."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from crm_desktop import values
from crm_desktop.i18n import _, ngettext
from crm_desktop.statistics.drivers import IMPROVE, LEAST, QUARTERS, Drivers
from ui import tasks, theme
from ui.parts.chart_view import ChartView, Region
from ui.parts.notice import Notice
from ui.parts.survey_trees import as_high_as, plain_tree, row

ROLE = Qt.ItemDataRole.UserRole
CHART = (560, 300)


class DriversView(QWidget):
    """Picture on top, table below; an important question with a low score is the one to work on."""

    picked = Signal(str)
    """The customers who answered this question are wanted."""
    planned = Signal(str)
    """Something is to be done about this question."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found: Drivers | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(10)
        hint = QLabel(
            _(
                "Importance is how closely a question goes with the overall score (correlation, −1 to 1). What is"
                " important and scored below the others comes first."
            )
        )
        hint.setWordWrap(True)
        hint.setProperty("tone", "muted")
        column.addWidget(hint)
        self.few = Notice()
        column.addWidget(self.few)
        self.chart = ChartView(_("What drives satisfaction"))
        self.chart.setMaximumWidth(680)
        self.chart.picked.connect(lambda key: self.picked.emit(str(key)))
        column.addWidget(self.chart)
        headings = ["", _("Question"), _("Answers to both"), _("Mean"), _("Importance"), _("What it means")]
        self.tree = plain_tree(_("What drives satisfaction"), headings, 1)
        self.tree.itemActivated.connect(lambda item, _column: self.picked.emit(str(item.data(0, ROLE))))
        self.tree.itemSelectionChanged.connect(self._enable)
        column.addWidget(self.tree)
        self.plan = QPushButton(theme.icon("plus"), _("Plan an action about this question…"))
        self.plan.setEnabled(False)
        self.plan.clicked.connect(self._plan)
        column.addWidget(self.plan, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch()
        theme.signal.changed.connect(self._draw)

    def show_drivers(self, found: Drivers) -> None:
        """Show those of another survey."""
        self.found = found
        self._say_few(found)
        self.tree.clear()
        number = 0
        for one in found.found:
            number += one.importance is not None
            shown = "–" if one.importance is None else values.show_number(one.importance)
            item = row(
                [
                    "" if one.importance is None else str(number),
                    one.text,
                    f"{one.n:,}",
                    values.show_number(one.mean),
                    shown,
                    _(QUARTERS[one.quarter]) if one.quarter else _("too few answers to say"),
                ],
                (0, 2, 3, 4),
            )
            item.setData(0, ROLE, one.key)
            item.setToolTip(1, one.text)
            tone: theme.Tone = "accent" if one.quarter == IMPROVE else "text" if one.quarter else "muted"
            item.setForeground(5, theme.tone(tone))
            self.tree.addTopLevelItem(item)
        as_high_as(self.tree, len(found.found))
        there = bool(found.found)
        self.tree.setVisible(there)
        self.plan.setVisible(there)
        known = any(one.importance is not None for one in found.found)
        self.chart.setVisible(known)
        if known:
            self._draw()

    def _say_few(self, found: Drivers) -> None:
        if not found.overall:
            self.few.say(
                _("No question of this questionnaire is marked as the overall one: nothing to compare with."),
                (),
                "muted",
            )
        elif not found.found:
            self.few.say(_("Nobody has answered a question from 1 to 5 beside the overall one yet."), (), "muted")
        elif found.n < LEAST or any(one.importance is None for one in found.found):
            text = ngettext("So far {n} customer answered the overall question.",
                            "So far {n} customers answered the overall question.", found.n)  # fmt: skip
            more = _("What drives it is only told of questions that at least {least} of them answered, too.")
            self.few.say(f"{text.format(n=found.n)} {more.format(least=LEAST)}", (), "muted")
        else:
            self.few.hide()

    def _enable(self) -> None:
        self.plan.setEnabled(bool(self.tree.selectedItems()))

    def _plan(self) -> None:
        for item in self.tree.selectedItems():
            self.planned.emit(str(item.data(0, ROLE)))

    def _draw(self) -> None:
        found, dark = self.found, theme.is_dark()
        if found is not None:
            tasks.elsewhere(
                self, lambda: draw(found, dark), lambda drawn: self.chart.show_drawing(*drawn), place="chart"
            )


def draw(found: Drivers, dark: bool) -> tuple[bytes, list[Region]]:
    """The picture as SVG, and where its dots are; off the GUI thread."""
    # reportlab's drawings cost 50 ms to load: not at start-up
    from crm_desktop.reports import charts, driver_chart

    drawn = driver_chart.draw(found, *CHART, dark)
    regions = [Region(each.row, each.x, each.y, each.width, each.height, each.tip) for each in drawn.places]
    return charts.svg(drawn), regions
