"""Two customers or contact persons field by field: which value stays is chosen here, and the two are merged here."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from crm_desktop import counted, merging
from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.joined_fields import BOTH, LEFT, RIGHT
from crm_desktop.models import Customer, Record
from crm_desktop.sides import Shown, Side, Sides, chosen, side_by_side
from ui import errors, tasks, theme
from ui.parts import desk, safekeeping
from ui.parts.ticks import Dot

_LONG = 160
"""Longer values are cut here and shown whole in the tooltip."""


class SideBySide(QScrollArea):
    """The left one stays; `merge` makes one of both."""

    loaded = Signal()
    """Two customers are shown, or none any more: see `sides`."""

    def __init__(self, near: QWidget) -> None:
        super().__init__()
        self._near = near
        self.sides: Sides | None = None
        self.groups: dict[str, QButtonGroup] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Both field by field"))
        self.clear()

    def clear(self) -> None:
        """Show nobody."""
        self.sides = None
        self.groups = {}
        self.setWidget(QWidget())
        self.loaded.emit()

    def load(self, keep: int, other: int, model: type[Record] = Customer) -> None:
        """Show two records of one kind, the one that stays on the left."""
        tasks.run(
            self,
            lambda: side_by_side(keep, other, model),
            self._show,
            failed=self._gone,
            place="sides",
            reading=True,
        )

    def _gone(self, trouble: Exception) -> None:
        self.clear()
        self._tell(trouble)

    def _tell(self, trouble: Exception) -> None:
        if isinstance(trouble, UserError):
            errors.tell(self if shiboken6.isValid(self) else self._near, trouble)

    def swap(self) -> None:
        """Let the other one stay."""
        if self.sides is not None:
            self.load(self.sides.other.id, self.sides.keep.id, self.sides.model)

    def picks(self) -> dict[str, str]:
        """The fields in which something else was picked than what is usual: name to side."""
        usual = {it.compared.name: it.compared.usual for it in self.sides.fields} if self.sides else {}
        picked = {name: dot.objectName() for name, group in self.groups.items() if (dot := group.checkedButton())}
        return {name: side for name, side in picked.items() if side != usual[name]}

    def merge(self, then: Callable[[], object]) -> None:
        """Make one of both; `then` is called when it is done, if this is still there."""
        sides, picks = self.sides, self.picks()
        if sides is None:
            return
        model, keep, other, _fields = sides
        one_customer = _("{other} is now a part of {name}.")
        said = one_customer if model is Customer else _("{other} and {name} are one contact person now.")

        def failed(trouble: Exception) -> None:
            self._tell(trouble)

        safekeeping.write(
            self._near,
            "merge",
            merging.ACTIONS[model],
            lambda c: merging.merge(c, keep.id, other.id, chosen(keep.id, other.id, picks, model), model),
            lambda _merged: then() if shiboken6.isValid(self) else None,
            said=lambda merged: said.format(other=other.name, name=merged.name),
            failed=failed,
            ended=lambda: self.loaded.emit() if shiboken6.isValid(self) else None,  # it may be tried again
            follow=desk.bar_near(self),
        )

    def _show(self, sides: Sides) -> None:
        self.sides = sides
        self.groups = {}
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        for column, stretch in enumerate((0, 3, 3, 3)):
            grid.setColumnStretch(column, stretch)
        swap = QPushButton(_("Swap sides"))
        swap.setAutoDefault(False)
        swap.clicked.connect(lambda: self.swap())
        grid.addWidget(swap, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(_head(sides.keep, _("stays")), 0, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(_head(sides.other, _("goes into it")), 0, 2, Qt.AlignmentFlag.AlignTop)
        both = QLabel(_("Both") if any(it.compared.both is not None for it in sides.fields) else "")
        both.setProperty("tone", "muted")
        grid.addWidget(both, 0, 3, Qt.AlignmentFlag.AlignTop)
        differing = [it for it in sides.fields if not it.compared.same]
        for it in sorted(differing, key=lambda it: not (it.left and it.right)):  # where both say something comes first
            self._choice(grid, it)
        for it in [it for it in sides.fields if it.compared.same]:
            row = grid.rowCount()
            grid.addWidget(cut_label(_(it.compared.label)), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(cut_label(it.left), row, 1, 1, 3, Qt.AlignmentFlag.AlignTop)
        grid.setRowStretch(grid.rowCount(), 1)
        self.setWidget(page)
        self.loaded.emit()

    def _choice(self, grid: QGridLayout, it: Shown) -> None:
        """A line with what differs: a dot for each value."""
        row, name = grid.rowCount(), it.compared.name
        grid.addWidget(cut_label(_(it.compared.label)), row, 0, Qt.AlignmentFlag.AlignTop)
        group = self.groups[name] = QButtonGroup(grid.parentWidget())
        for column, (side, text) in enumerate(((LEFT, it.left), (RIGHT, it.right), (BOTH, it.both)), start=1):
            if side != BOTH or it.compared.both is not None:
                cell = _Cell(_(it.compared.label), side, text)
                cell.dot.setChecked(side == it.compared.usual)
                group.addButton(cell.dot)
                grid.addWidget(cell, row, column, Qt.AlignmentFlag.AlignTop)


class _Cell(QWidget):
    """A dot and the value beside it, over several lines; a click on either chooses it."""

    def __init__(self, label: str, side: str, text: str) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        self.dot = Dot()
        self.dot.setObjectName(side)
        self.dot.setFixedWidth(22)
        shown = text or _("nothing")
        self.dot.setAccessibleName(f"{label}: {shown}")
        line.addWidget(self.dot, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(cut_label(shown, "" if text else "muted"), 1)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.dot.setChecked(True)
        self.dot.setFocus()


def cut_label(text: str, tone: str = "muted") -> QLabel:
    """A value over several lines; what is too long is cut, and shown whole in the tooltip."""
    label = QLabel(text if len(text) <= _LONG else text[: _LONG - 1] + "…")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("tone", tone)
    label.setContentsMargins(0, 4, 0, 0)
    if len(text) > _LONG:
        label.setToolTip(text)
    return label


def _head(side: Side, what: str) -> QWidget:
    """Who it is, what becomes of it, and how much hangs on it."""
    head = QWidget()
    column = QVBoxLayout(head)
    column.setContentsMargins(0, 0, 0, 4)
    column.setSpacing(2)
    name = cut_label(side.name, "")
    font = theme.title_font()
    font.setPointSizeF(name.font().pointSizeF())
    name.setFont(font)
    who = " · ".join(text for text in (side.code, side.owner, what) if text)
    for label in (name, cut_label(who), cut_label(counted.in_words(side.counts))):
        label.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label)
    return head
