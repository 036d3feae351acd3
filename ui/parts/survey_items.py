"""The questions of a questionnaire as a list: added, moved, removed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QPushButton, QToolButton, QVBoxLayout, QWidget

from crm_desktop.i18n import _
from crm_desktop.models.survey import SCALE, Item, words
from ui import theme


class ItemList(QWidget):
    """Which question is being written, and in which order they are asked."""

    chosen = Signal(object)
    """The question (an item) that is to be written now."""
    changed = Signal()
    """There are other questions, or another order."""
    added = Signal()
    """A new one is there and chosen."""

    def __init__(self, items: Sequence[Item], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.items: list[Item] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(6)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Questions"))
        self.list.setWordWrap(True)
        self.list.setSpacing(3)
        self.list.currentRowChanged.connect(self._choose)
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.setSpacing(4)
        self.add = QPushButton(theme.icon("plus"), _("Question"))
        self.add.setToolTip(_("Add a question below this one"))
        self.add.setAutoDefault(False)
        self.add.clicked.connect(self.add_item)
        row.addWidget(self.add)
        row.addStretch()
        self.tools: dict[str, QToolButton] = {}
        for icon, text, do in (
            ("chevron-up", _("Up"), lambda: self.move_item(-1)),
            ("chevron-down", _("Down"), lambda: self.move_item(1)),
            ("trash", _("Remove"), self.remove_item),
        ):
            button = self.tools[icon] = QToolButton()
            button.setIcon(theme.icon(icon))
            button.setToolTip(text)
            button.setAccessibleName(text)
            button.clicked.connect(do)
            row.addWidget(button)
        column.addLayout(row)
        self.set_items(items)

    def set_items(self, items: Sequence[Item], at: int = 0) -> None:
        """Show these questions; at least one is there to be written."""
        self.items = [dict(item) for item in items] or [{"kind": SCALE, "area": "overall"}]
        self.list.blockSignals(True)
        self.list.clear()
        for number, item in enumerate(self.items, 1):
            self.list.addItem(_line(number, item))
        self.list.setCurrentRow(at)
        self.list.blockSignals(False)
        self._choose(at)

    def current(self) -> Item | None:
        """The question that is chosen."""
        at = self.list.currentRow()
        return self.items[at] if 0 <= at < len(self.items) else None

    def put(self, item: Item) -> None:
        """The chosen question was written anew."""
        at = self.list.currentRow()
        if not 0 <= at < len(self.items):
            return
        self.items[at] = item
        if item.get("overall"):  # only one can be
            for other in (one for n, one in enumerate(self.items) if n != at):
                other.pop("overall", None)
        for number, one in enumerate(self.items):
            self.list.item(number).setText(_line(number + 1, one))
        self.changed.emit()

    def add_item(self) -> None:
        """A new question below the one that is chosen."""
        at = self.list.currentRow() + 1
        self.set_items([*self.items[:at], {"kind": SCALE, "area": "other"}, *self.items[at:]], at)
        self.changed.emit()
        self.added.emit()

    def move_item(self, step: int) -> None:
        """The chosen question one place up or down."""
        at = self.list.currentRow()
        if 0 <= at + step < len(self.items):
            items = list(self.items)
            items.insert(at + step, items.pop(at))
            self.set_items(items, at + step)
            self.changed.emit()

    def remove_item(self) -> None:
        """Ask the chosen question no more."""
        at = self.list.currentRow()
        if len(self.items) > 1:
            items = [item for n, item in enumerate(self.items) if n != at]
            self.set_items(items, min(at, len(items) - 1))
            self.changed.emit()

    def _choose(self, at: int) -> None:
        if 0 <= at < len(self.items):
            self.chosen.emit(self.items[at])
        self.tools["chevron-up"].setEnabled(at > 0)
        self.tools["chevron-down"].setEnabled(at < len(self.items) - 1)
        self.tools["trash"].setEnabled(len(self.items) > 1)


def _line(number: int, item: Item) -> str:
    star = " ★" if item.get("overall") else ""
    text = words(item) if item.get("zh") or item.get("en") else _("(no words yet)")
    return f"{number}. {text}{star}"
