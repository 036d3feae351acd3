"""A list of suggestions under a line: the keyboard stays in the line, found by label, other words and pinyin."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.store import pinyin
from ui import theme
from ui.parts.list_delegates import LEFT, RIGHT, fitted

Index = QModelIndex | QPersistentModelIndex
ROW = 28
VISIBLE = 11
FRAME = 12
"""Pixels around the rows: less, and a scroll bar stands beside three of them."""


class Option(NamedTuple):
    """One thing to choose."""

    key: Any
    label: str
    detail: str = ""
    words: str = ""
    """Other ways people write it."""
    level: int = 0
    tone: theme.Tone = "text"


@lru_cache(4096)
def _spelled(label: str) -> tuple[tuple[str, ...], ...]:
    return tuple(pinyin.spellings(label.lower()))


def fits(option: Option, typed: str) -> int:
    """How well an option fits what is typed: 0 not at all, 3 best; "" fits everything."""
    typed = typed.strip().casefold()
    label = option.label.casefold()
    if not typed or label.startswith(typed):
        return 3
    if typed in label:
        return 2
    words = option.words.casefold().split()
    if any(word.startswith(typed) for word in words):
        return 1
    if typed.isascii():
        return 2 if _sounds(option.label, typed) else int(any(_sounds(word, typed) for word in words))
    return 0


def _sounds(label: str, typed: str) -> bool:
    """Whether a label can be typed so in pinyin, from the start of any of its syllables or by their initials."""
    if label.isascii():
        return False
    spelled = typed.replace(" ", "").replace("'", "")
    for syllables in _spelled(label):
        if any("".join(syllables[i:]).startswith(spelled) for i in range(len(syllables))):
            return True
        if spelled in "".join(syllable[:1] for syllable in syllables):
            return True
    return False


def fitting(options: Sequence[Option], typed: str) -> list[Option]:
    """The options that fit, best first, otherwise in their own order."""
    rated = [(fits(option, typed), option) for option in options]
    return [option for rate, option in sorted(rated, key=lambda pair: -pair[0]) if rate]


def is_escape(event: QEvent) -> bool:
    """Whether this is an Esc that a dialog around would take for itself, unless the line with the list accepts it."""
    return (
        event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and event.key() == Qt.Key.Key_Escape
    )


class _Options(QAbstractListModel):
    options: list[Option] = []

    def offer(self, options: list[Option]) -> None:
        self.beginResetModel()
        self.options = options
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return len(self.options)

    @override
    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> str | None:
        return self.options[index.row()].label if role == Qt.ItemDataRole.DisplayRole else None


class _Line(QStyledItemDelegate):
    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, _Options)
        entry = model.options[index.row()]
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.tone("selected"))
        inside = option.rect.adjusted(10 + 14 * entry.level, 0, -10, 0)
        label = fitted(option, entry.label or _("(none)"), inside.width())
        painter.setPen(theme.tone(entry.tone if entry.label else "muted"))
        painter.drawText(inside, LEFT, label)
        rest = inside.width() - option.fontMetrics.horizontalAdvance(label) - 16
        painter.setPen(theme.tone("muted"))
        painter.drawText(inside, RIGHT, fitted(option, entry.detail, max(rest, 0)))

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, ROW)


class Suggestions(QFrame):
    """The list under the line."""

    taken = Signal(object)
    """The Option that was chosen with the mouse."""

    def __init__(self, line: QWidget) -> None:
        super().__init__(line, Qt.WindowType.ToolTip)
        self.setProperty("popup", True)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._line = line
        self._options = _Options()
        self._list = QListView()
        self._list.setModel(self._options)
        self._list.setItemDelegate(_Line(self._list))
        self._list.setUniformItemSizes(True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setMouseTracking(True)
        self._list.setAccessibleName(_("Suggestions"))
        self._list.entered.connect(self._list.setCurrentIndex)
        self._list.clicked.connect(lambda index: self.taken.emit(self._options.options[index.row()]))
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 4, 1, 4)
        column.addWidget(self._list)

    def offer(self, options: list[Option], current: int = 0) -> None:
        """Show these, one of them chosen beforehand (-1: none); none at all hides the list."""
        if not options:
            self.hide()
            return
        self._options.offer(options)
        self._list.setCurrentIndex(self._options.index(current) if current >= 0 else QModelIndex())
        metrics = self.fontMetrics()
        widest = max(metrics.horizontalAdvance(f"{o.label}  {o.detail}") + 14 * o.level for o in options)
        width = max(self._line.width(), min(widest + 52, 420))
        height = ROW * min(len(options), VISIBLE) + FRAME
        self.resize(width, height)
        self.move(self._place(height))
        self.show()
        if current >= 0:
            self._list.scrollTo(self._options.index(current))

    def offered(self) -> list[Option]:
        """What is shown."""
        return self._options.options

    def current(self) -> Option | None:
        """The option the keyboard is at."""
        index = self._list.currentIndex()
        return self._options.options[index.row()] if index.isValid() and self.isVisible() else None

    def key(self, event: QKeyEvent) -> bool:
        """Move with the arrow keys; False for other keys."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: VISIBLE, Qt.Key.Key_PageUp: -VISIBLE}
        step = steps.get(Qt.Key(event.key()))
        if step is None or not self.isVisible():
            return False
        row = self._list.currentIndex().row() + step
        self._list.setCurrentIndex(self._options.index(max(0, min(row, len(self._options.options) - 1))))
        return True

    def _place(self, height: int) -> QPoint:
        """Under the line, or above it where the screen ends."""
        below = self._line.mapToGlobal(QPoint(0, self._line.height() + 2))
        screen = self._line.screen().availableGeometry()
        if below.y() + height > screen.bottom():
            return self._line.mapToGlobal(QPoint(0, -height - 2))
        return below
