"""The course of a case, each step on a line: when, what, who, and why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from crm_desktop import values
from crm_desktop.courses import Stamp
from crm_desktop.i18n import _
from ui.parts import list_badges
from ui.parts.badges import Badge, BadgeLabel


class CourseLines(QWidget):
    """`states` is the list of the states."""

    def __init__(self, states: str) -> None:
        super().__init__()
        self._states = states
        self.grid = QGridLayout(self)
        self.grid.setHorizontalSpacing(16)
        self.grid.setVerticalSpacing(6)
        self.grid.setColumnStretch(3, 1)

    def show_course(self, course: Sequence[Stamp]) -> None:
        """Show another course."""
        clear(self.grid)
        for line, stamp in enumerate(course):
            badge = list_badges.badge(self._states, stamp.state)
            until = _("until {day}").format(day=stamp.until) if stamp.until else ""
            why = QLabel("\n".join(filter(None, (stamp.why, until))))
            why.setWordWrap(True)
            why.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            cells: tuple[QWidget, ...] = (
                muted(values.show_datetime(stamp.at, near=True)),
                BadgeLabel(Badge(badge.shape, stamp.title, badge.colour) if badge else None),
                QLabel(stamp.by),
                why,
            )
            for column, cell in enumerate(cells):
                cell.setMinimumHeight(24)  # so that words and badges stand on one line
                self.grid.addWidget(cell, line, column, Qt.AlignmentFlag.AlignTop)


def muted(text: str) -> QLabel:
    """A quiet line."""
    label = QLabel(text)
    label.setProperty("tone", "muted")
    return label


def clear(grid: QGridLayout) -> None:
    """Take everything out of a grid, for good."""
    while (item := grid.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
