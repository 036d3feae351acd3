"""Editors for several values in one field, as chips: list entries, colleagues, tags and other short texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget
from typing_extensions import override

from crm_desktop import values
from crm_desktop.i18n import _
from crm_desktop.models import lists, people
from crm_desktop.models.fields import Field
from crm_desktop.models.manifold import Choices
from ui import theme
from ui.parts.editors_base import Editor
from ui.parts.editors_choice import ChoosingLine
from ui.parts.flow import Flow
from ui.parts.suggestions import Option, fitting

EDGE = 22


class Chip(QWidget):
    """One value with a cross to take it away (click, Del or Backspace)."""

    gone = Signal()

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = text
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(text)
        self.setToolTip(_("Take away “{text}”").format(text=text))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text) + 12 + EDGE, 26)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.tone("accent") if self.hasFocus() else theme.tone("line"))
        painter.setBrush(theme.tone("selected"))
        painter.drawRoundedRect(self.rect().adjusted(0, 1, -1, -2), 6, 6)
        painter.setPen(theme.tone("text"))
        painter.drawText(self.rect().adjusted(9, 0, -EDGE, 0), int(Qt.AlignmentFlag.AlignVCenter), self.text)
        cross = theme.pixmap("x", 12, "muted", self.devicePixelRatioF())
        painter.drawPixmap(self.width() - EDGE + 4, (self.height() - 12) // 2, cross)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.gone.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.gone.emit()
        else:
            super().keyPressEvent(event)


class _ChipLine(ChoosingLine):
    """The line behind the chips: Backspace at its start takes the last chip away."""

    back = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.back.emit()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.text().strip() and not self.is_open():
            self.entered.emit(self.text())
            return
        super().keyPressEvent(event)


class SeveralEditor(Editor):
    """Chips, and a line to add more; `free` ones may be anything people write."""

    def __init__(
        self,
        field: Field[Any],
        options: Callable[[], Sequence[Option]],
        free: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(field, parent)
        self._all, self._free = options, free
        self._keys: list[Any] = []
        self._chips: list[Chip] = []
        self._frame = QFrame()
        self._flow = Flow(4, stretch_last=True)
        self._frame.setLayout(self._flow)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._frame.setSizePolicy(policy)
        self.line = _ChipLine(self._left_over)
        self.line.setMinimumWidth(90)
        self.line.eager = not free
        self.line.chosen.connect(lambda option: self._add(option.key))
        self.line.entered.connect(self._enter)
        self.line.back.connect(lambda: self._remove(len(self._keys) - 1))
        self.line.textEdited.connect(self._typed)
        self.line.editingFinished.connect(self._leave)
        self._flow.addWidget(self.line)
        self.place(self._frame)
        self._frame.setFocusProxy(self.line)
        self.line.setAccessibleName(_(field.label))
        self._start = [[], ""]

    @override
    def value(self) -> Any:
        rest = self._read(self.line.text()) if self.line.text().strip() else []
        return [*self._keys, *(key for key in rest if key not in self._keys)]

    @override
    def set_value(self, value: Any) -> None:
        self._show(list(value or []), "")
        self.show_problem("")
        self.begun()

    @override
    def raw(self) -> Any:
        return [list(self._keys), self.line.text()]

    @override
    def set_raw(self, raw: Any) -> None:
        keys, text = raw
        self._show(list(keys), text)

    @override
    def is_empty(self) -> bool:
        return not self._keys and not self.line.text().strip()

    def _left_over(self) -> list[Option]:
        return [option for option in self._all() if option.key not in self._keys]

    def _read(self, text: str) -> list[Any]:
        """What was typed behind the chips; UserError where the list does not know it."""
        exact = [option.key for option in self._all() if option.label == text.strip()]
        if exact or self._free:
            return exact or list(values.read_list(text).value)
        found = fitting(self._left_over(), text)
        return [found[0].key] if len(found) == 1 else list(self.field.read(text).value)

    def _show(self, keys: list[Any], text: str) -> None:
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips, self._keys = [], []
        for key in keys:
            self._append(key)
        self.line.setText(text)

    def _append(self, key: Any) -> None:
        # a value that is no longer in the list shows all the same
        label = next((option.label for option in self._all() if option.key == key), self.field.show([key]))
        chip = Chip(label)
        chip.gone.connect(lambda: self._remove(self._chips.index(chip)))
        self._keys.append(key)
        self._chips.append(chip)
        self._flow.put_before_last(chip)
        self.updateGeometry()

    def _add(self, key: Any) -> None:
        if key not in self._keys:
            self._append(key)
        self.line.clear()
        self.show_problem("")
        self.edited.emit()

    def _remove(self, number: int) -> None:
        if number < 0:
            return
        chip = self._chips.pop(number)
        del self._keys[number]
        self._flow.removeWidget(chip)
        chip.hide()
        chip.deleteLater()
        self.line.setFocus()
        self.edited.emit()

    def _enter(self, text: str) -> None:
        if not self.check():
            for key in self._read(text):
                self._add(key)

    def _leave(self) -> None:
        text = self.line.text()
        if text.strip() and not self.line.is_open():
            self._enter(text)
        self.left.emit()

    def _typed(self, text: str) -> None:
        self.show_problem("")
        if self._free and text and text[-1] in "，,、;；\n":
            for key in values.read_list(text).value:
                self._add(key)
            self.line.clear()
            self.line.close_list()
        self.edited.emit()


def choices(field: Field[Any], parent: QWidget | None = None) -> SeveralEditor:
    """Several entries of a list."""
    assert isinstance(field, Choices)
    name = field.list_name

    def options() -> list[Option]:
        return [Option(e.code, e.label, "", f"{e.code} {e.zh} {e.en} {e.words}") for e in lists.entries(name)]

    return SeveralEditor(field, options, parent=parent)


def colleagues(field: Field[Any], parent: QWidget | None = None) -> SeveralEditor:
    """Several colleagues."""
    return SeveralEditor(field, lambda: [Option(p.id, p.name) for p in people.everybody()], parent=parent)


def texts(
    field: Field[Any], known: Callable[[], Sequence[str]] = lambda: (), parent: QWidget | None = None
) -> SeveralEditor:
    """Several short texts, those in use offered."""
    return SeveralEditor(field, lambda: [Option(text, text) for text in known()], free=True, parent=parent)
