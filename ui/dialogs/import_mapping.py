"""Where each column of a list goes, with a few of its values; a wrong guess is put right with one choice."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from crm_desktop.exchange import headings
from crm_desktop.exchange.headings import Column
from crm_desktop.exchange.importing import TablePlan
from crm_desktop.exchange.words import KINDS, Target
from crm_desktop.i18n import _
from ui import theme
from ui.dialogs.import_judged import shown

NEW = "new"
"""The choice that makes a field of the office's own."""
SAMPLES = 3
LOOKED_AT = 200
"""Rows in which sample values are looked for."""
AT_ONCE = 6
"""Rows that are made in one go: the window is never kept busy for long."""
WIDE = 100
"""More columns than this are not offered one by one: nobody would look through them."""


class QuietBox(QComboBox):
    """A box that the mouse wheel does not change while one scrolls past it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class TargetBox(QuietBox):
    """The field a column goes to; its hundred choices are only filled in when somebody is about to choose."""

    def __init__(self, kind: str, column: Column) -> None:
        super().__init__()
        self._kind, self._filled = kind, False
        self.setAccessibleName(_("{heading} goes to").format(heading=column.heading))
        self.setMaxVisibleItems(20)
        self.show_target(column.target)

    def show_target(self, target: Target | None) -> None:
        """Show where the column goes now."""
        if not self._filled:
            self.clear()
            self._add(target)
        place = next((n for n in range(self.count()) if self.itemData(n) == target), -1)
        if place < 0:
            self._add(target)
            place = self.count() - 1
        self.setCurrentIndex(place)
        self.setToolTip(self.currentText())

    def fill(self) -> None:
        """Offer every field."""
        if self._filled:
            return
        self._filled = True
        now = self.currentData()
        self.clear()
        targets = headings.targets(self._kind)
        for target in [None, *targets, *([now] if now is not None and now not in targets else [])]:
            self._add(target)
        self.insertSeparator(self.count())
        self.addItem(theme.icon("plus"), _("New field…"), NEW)
        self.show_target(now)

    def _add(self, target: Target | None) -> None:
        self.addItem(target.label if target else _("– not imported –"), target)

    @override
    def showPopup(self) -> None:
        self.fill()
        super().showPopup()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self.fill()
        super().focusInEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.fill()
        super().keyPressEvent(event)


class MappingPanel(QScrollArea):
    """The columns of one list, in the order of the sheet."""

    missed = Signal(int)
    """A column (its index) shall have a field of its own."""
    corrected = Signal(int, object)
    """A column (its index) shall go to another field (a Target, or None)."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Columns and where they go"))
        self.viewport().setAutoFillBackground(False)
        self.boxes: dict[int, TargetBox] = {}
        self._shown: tuple[int, str] | None = None

    def show_table(self, plan: TablePlan | None) -> None:
        """Show the columns of a list; those of the same list keep their place."""
        shown_now = (id(plan.table), plan.kind) if plan is not None else None
        if plan is not None and shown_now == self._shown:
            for index, box in self.boxes.items():
                box.show_target(plan.mapping.columns[index].target)
            return
        self._shown = shown_now
        self.boxes = {}
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(6)
        column.addStretch()
        self.setWidget(page)
        if plan is not None and plan.kind in KINDS:
            self._add(page, column, plan, [c for c in plan.mapping.columns if c.heading][:WIDE])

    def _add(self, page: QWidget, place: QVBoxLayout, plan: TablePlan, columns: Sequence[Column]) -> None:
        """Add the rows of these columns: a few now, the others when the window has drawn breath."""
        for each in columns[:AT_ONCE]:
            place.insertWidget(place.count() - 1, self._row(plan, each))
        if len(columns) > AT_ONCE:
            QTimer.singleShot(0, page, lambda: self._add(page, place, plan, columns[AT_ONCE:]))

    def _row(self, plan: TablePlan, column: Column) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(0)
        heading = Elided(plan.table.titles[column.index])
        samples = Elided(" · ".join(_samples(plan, column.index)))
        samples.setProperty("tone", "muted")
        words.addWidget(heading)
        words.addWidget(samples)
        line.addLayout(words, 1)
        box = TargetBox(plan.kind, column)
        box.activated.connect(lambda _n, index=column.index, box=box: self._choose(plan, index, box))
        heading.setBuddy(box)
        self.boxes[column.index] = box
        line.addWidget(box, 1)
        return row

    def _choose(self, plan: TablePlan, index: int, box: TargetBox) -> None:
        chosen = box.currentData()
        if chosen == NEW:
            box.show_target(plan.mapping.columns[index].target)
            self.missed.emit(index)
        else:
            self.corrected.emit(index, chosen)


def _samples(plan: TablePlan, index: int) -> list[str]:
    found: dict[str, None] = {}
    for _number, cells in plan.table.rows[:LOOKED_AT]:
        if text := shown(cells[index]).strip():
            found[text] = None
        if len(found) == SAMPLES:
            break
    return list(found)


class Elided(QLabel):
    """A line that is cut with an ellipsis where the place is narrow; the whole of it on hover."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.whole = text
        self.setToolTip(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.installEventFilter(self)
        self.setText(text)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setText(self.fontMetrics().elidedText(self.whole, Qt.TextElideMode.ElideRight, self.width()))
        return False


class SectionLabel(QLabel):
    """The quiet title of a part of the page."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        font = theme.title_font(self.font().pointSizeF())
        self.setFont(font)
