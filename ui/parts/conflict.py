"""A colleague changed the same fields: before, theirs and mine side by side, to choose from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QLabel, QScrollArea, QWidget

from crm_desktop.i18n import _
from crm_desktop.models import Record
from crm_desktop.models.fields import Link
from crm_desktop.store.change import Clash, Conflict
from ui import tasks, theme
from ui.parts import links
from ui.parts.dialog import Dialog
from ui.parts.ticks import Dot

Chosen = Callable[[dict[str, Any], dict[str, Any]], object]
"""Told what to write of mine, and what theirs is now (both Python values by field)."""


class ConflictDialog(Dialog):
    """Chooses field by field; nothing is written before "Save these"."""

    def __init__(self, parent: QWidget | None, model: type[Record], conflict: Conflict, chosen: Chosen) -> None:
        super().__init__(parent, _("Changed by two people"), "conflict", QSize(760, 420))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._model, self._clashes, self._chosen = model, conflict.clashes, chosen
        self._mine: dict[str, Dot] = {}
        self._links: list[tuple[str, Any, QLabel | Dot]] = []
        words = QLabel(str(conflict))
        words.setWordWrap(True)
        self.content.addWidget(words)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 8, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        who = conflict.who or _("Somebody else")
        for number, title in enumerate(("", _("Before"), who, _("You"))):
            label = QLabel(title)
            label.setProperty("tone", "muted")
            grid.addWidget(label, 0, number)
            grid.setColumnStretch(number, 2 if number else 1)
        for number, clash in enumerate(conflict.clashes, 1):
            self._row(grid, number, clash, who)
        grid.setRowStretch(len(conflict.clashes) + 1, 1)
        area.setWidget(page)
        self.content.addWidget(area, 1)
        self._name_links()
        self.add_button(_("Keep editing"), self.reject)
        self.add_button(_("Save these"), self._save, primary=True)

    def _row(self, grid: QGridLayout, number: int, clash: Clash, who: str) -> None:
        field = self._model.described()[clash.field]
        label = QLabel(_(field.label))
        label.setFont(theme.title_font(self.font().pointSizeF()))
        label.setWordWrap(True)
        grid.addWidget(label, number, 0, Qt.AlignmentFlag.AlignTop)
        before = QLabel(self._shown(clash, clash.before))
        before.setProperty("tone", "muted")
        before.setWordWrap(True)
        grid.addWidget(before, number, 1, Qt.AlignmentFlag.AlignTop)
        group = QButtonGroup(self)
        if isinstance(field, Link):
            self._links.append((field.target, clash.before, before))
        theirs = Dot(self._shown(clash, clash.theirs))
        mine = Dot(self._shown(clash, clash.mine))
        mine.setChecked(True)
        if isinstance(field, Link):
            self._links += [(field.target, clash.theirs, theirs), (field.target, clash.mine, mine)]
        for column, (button, name) in enumerate(((theirs, who), (mine, _("You"))), 2):
            group.addButton(button)
            button.setAccessibleName(f"{_(field.label)}, {name}: {button.text()}")
            grid.addWidget(button, number, column, Qt.AlignmentFlag.AlignTop)
        self._mine[clash.field] = mine

    def _name_links(self) -> None:
        """Say what the records are called that the versions point to."""
        wanted = [(table, id) for table, id, _place in self._links if id is not None]

        def name(titles: dict[int, str]) -> None:
            for _table, id, place in self._links:
                place.setText(titles.get(id, place.text()))

        if wanted:
            tasks.run(self, lambda: {id: links.title(table, id) for table, id in wanted}, name, reading=True)

    def choose_theirs(self, name: str) -> None:
        """Take the colleague's version of a field."""
        group = self._mine[name].group()
        next(button for button in group.buttons() if button is not self._mine[name]).setChecked(True)

    def _shown(self, clash: Clash, stored: Any) -> str:
        field = self._model.described()[clash.field]
        if isinstance(field, Link):
            return _("(another record)") if stored else _("(empty)")
        return field.show(field.python_value(stored)) or _("(empty)")

    def _save(self) -> None:
        described = self._model.described()
        theirs = {c.field: described[c.field].python_value(c.theirs) for c in self._clashes}
        mine = {c.field: described[c.field].python_value(c.mine) for c in self._clashes}
        kept = {name: value for name, value in mine.items() if self._mine[name].isChecked()}
        self.accept()
        self._chosen(kept, theirs)
