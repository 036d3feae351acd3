"""Editors for small rows: phones, addresses, needs, family; one editor a cell, one line a row where it fits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.models.fields import Field
from crm_desktop.models.manifold import Phones, Rows
from ui import theme
from ui.parts.editors_base import Editor

Make = Callable[[Field[Any]], Editor]
LINE = 52
"""Characters that stand in one line."""


class RowLine(QWidget):
    """One row: its cells in as many lines as they need, and a cross."""

    edited = Signal()
    removed = Signal()

    def __init__(self, field: Rows, make: Make) -> None:
        super().__init__()
        self.rest: dict[str, Any] = {}
        """What a row has that no column describes; it is kept."""
        self.cells: dict[str, Editor] = {}
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        lines = QVBoxLayout()
        lines.setSpacing(4)
        line.addLayout(lines, 1)
        cells, used = QHBoxLayout(), 0
        lines.addLayout(cells)
        for name, column in field.columns.items():
            cell = make(column)
            cell.compact()
            cell.edited.connect(self.edited)
            self.cells[name] = cell
            if used and used + column.width > LINE:
                cells, used = QHBoxLayout(), 0
                lines.addLayout(cells)
            cells.setSpacing(4)
            cells.addWidget(cell, column.width, Qt.AlignmentFlag.AlignTop)
            used += column.width
        self.cross = QToolButton()
        self.cross.setIcon(theme.icon("x", "muted"))
        self.cross.clicked.connect(self.removed)
        line.addWidget(self.cross, 0, Qt.AlignmentFlag.AlignTop)
        self.setFocusProxy(next(iter(self.cells.values())))

    def value(self) -> dict[str, Any]:
        """The row without its empty cells; UserError when a cell cannot be read."""
        found = {name: cell.value() for name, cell in self.cells.items()}
        filled = {name: v for name, v in found.items() if not self.cells[name].field.is_empty(v)}
        return {**self.rest, **filled} if filled else {}

    def stops(self) -> list[QWidget]:
        """Where the Tab key stops: cell by cell, then the cross."""
        return [*(stop for cell in self.cells.values() for stop in cell.stops()), self.cross]

    def is_empty(self) -> bool:
        """Whether nothing is written in any cell."""
        return all(cell.is_empty() for cell in self.cells.values())


class RowsEditor(Editor):
    """Any number of rows; an empty row is no row."""

    wide = True

    def __init__(self, field: Rows, make: Make, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._field, self._make = field, make
        self._value: Any = []
        self.lines: list[RowLine] = []
        box = QWidget()
        self._column = QVBoxLayout(box)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.add_button = QPushButton(_("＋ Add"))
        self.add_button.setProperty("link", True)
        self.add_button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.add_button.setAccessibleName(_("Add: {label}").format(label=_(field.label)))
        self.add_button.clicked.connect(self._add_by_hand)
        self._column.addWidget(self.add_button)
        self.place(box)
        self.setFocusProxy(self.add_button)
        if isinstance(field, Phones):
            self.add()
        self._start = self.raw()

    @override
    def value(self) -> Any:
        if not self.is_dirty():
            return self._value
        return [row for line in self.lines if (row := line.value())]

    @override
    def set_value(self, value: Any) -> None:
        self._value = list(value or [])
        self._clear()
        for row in self._value:
            line = self.add()
            line.rest = {key: v for key, v in row.items() if key not in line.cells}
            for name, cell in line.cells.items():
                cell.set_value(row.get(name, cell.field.empty))
        if not self.lines and isinstance(self._field, Phones):
            self.add()
        self.begun()

    @override
    def raw(self) -> Any:
        """The cells of every row in which something is written."""
        return [
            {"": line.rest, **{name: cell.raw() for name, cell in line.cells.items()}}
            for line in self.lines
            if not line.is_empty()
        ]

    @override
    def set_raw(self, raw: Any) -> None:
        self._clear()
        for row in raw or []:
            line = self.add()
            line.rest = row.get("", {})
            for name, cell in line.cells.items():
                if name in row:
                    cell.set_raw(row[name])
        if not self.lines and isinstance(self._field, Phones):
            self.add()

    @override
    def problem(self) -> str:
        """The first cell's problem."""
        for line in self.lines:
            for cell in line.cells.values():
                if problem := cell.problem():
                    return problem
        try:
            self.field.check(self.value())
        except UserError as trouble:
            return str(trouble)
        return ""

    @override
    def check(self) -> str:
        """The sentence stands under the cell; under all of them only what concerns the whole."""
        shown = [problem for line in self.lines for cell in line.cells.values() if (problem := cell.check())]
        return shown[0] if shown else super().check()

    @override
    def show_problem(self, sentence: str) -> None:
        if sentence and any(cell.shown_problem() for line in self.lines for cell in line.cells.values()):
            return
        super().show_problem(sentence)

    @override
    def stops(self) -> list[QWidget]:
        return [*(stop for line in self.lines for stop in line.stops()), self.add_button]

    def add(self) -> RowLine:
        """Add an empty row."""
        line = RowLine(self._field, self._make)
        line.edited.connect(self.edited)
        line.removed.connect(lambda: self._remove(line))
        if isinstance(self._field, Phones):
            line.cells["number"].left.connect(lambda: self._split(line))
        self._column.insertWidget(len(self.lines), line)
        self.lines.append(line)
        number = len(self.lines)
        words = _("Remove {label} {number}").format(label=_(self.field.label), number=number)
        line.cross.setToolTip(words)
        line.cross.setAccessibleName(words)
        self.setFocusProxy(self.lines[0])
        self.grown.emit()
        return line

    def _split(self, line: RowLine) -> None:
        """Several numbers pasted into one line become a line each."""
        number = line.cells["number"]
        if not number.shown_problem() or line not in self.lines:
            return
        try:
            found = self._field.read(number.raw()).value
        except UserError:
            return
        for place, row in enumerate(found if len(found) > 1 else ()):
            target = self.add() if place else line
            for name, value in row.items():
                cell = target.cells[name]
                cell.set_raw(cell.field.show(value))
                cell.check()

    def _add_by_hand(self) -> None:
        self.add().setFocus()

    def _remove(self, line: RowLine) -> None:
        had = not line.is_empty()
        self._drop(line)
        self.setFocusProxy(self.lines[0] if self.lines else self.add_button)
        self.show_problem("")
        if had:
            self.edited.emit()

    def _clear(self) -> None:
        for line in list(self.lines):
            self._drop(line)
        self.setFocusProxy(self.add_button)

    def _drop(self, line: RowLine) -> None:
        self.lines.remove(line)
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()
