"""How rows are painted: cells of a table, or one narrow row with a title, a badge and a note."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from ui import theme
from ui.parts.badges import Badge, paint_badge, paint_shape
from ui.parts.list_model import ListModel
from ui.parts.list_source import Row

Index = QModelIndex | QPersistentModelIndex
PAD = 8
MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)
LEFT = MIDDLE | int(Qt.AlignmentFlag.AlignLeft)
RIGHT = MIDDLE | int(Qt.AlignmentFlag.AlignRight)


@dataclass(frozen=True)
class Compact:
    """What a narrow row says: `title  ◆  note`, and a second line where the delegate has two."""

    title: str
    note: str = ""
    badge: Badge | None = None
    detail: str = ""
    tone: theme.Tone = "muted"
    """The colour of the note; its words must say it too."""


@dataclass
class Marks:
    """The rows under the mouse and the keyboard, shared by a view and its delegates; -1 for none."""

    hover: int = -1
    current: int = -1


class RowDelegate(QStyledItemDelegate):
    """What all rows have in common: ground, chosen bar, hairline, placeholder."""

    height = 30

    def __init__(self) -> None:
        super().__init__()
        self.marks = Marks()

    def paint_row(
        self, painter: QPainter, option: QStyleOptionViewItem, model: ListModel, number: int, column: int
    ) -> None:
        """Paint what is written in the cell; the row is known to be there."""
        raise NotImplementedError

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, ListModel)
        rect: QRect = option.rect
        column = index.column()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.tone("selected"))
            if rect.x() <= 0:
                painter.fillRect(QRect(rect.x(), rect.y(), 3, rect.height()), theme.tone("accent"))
        elif index.row() == self.marks.hover:
            painter.fillRect(rect, theme.tone("hover"))
        # the row the keyboard is at: without this line it would be lost when Ctrl moves it off the selection
        painter.setPen(theme.tone("accent" if index.row() == self.marks.current else "line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if model.row(index.row()) is not None:
            self.paint_row(painter, option, model, index.row(), column)
        elif model.is_late():
            self.paint_placeholder(painter, rect, index.row(), column)

    def paint_placeholder(self, painter: QPainter, rect: QRect, number: int, column: int) -> None:
        """A quiet bar as long as a text might be, so that the list keeps its shape while it waits."""
        share = (0.75, 0.5, 0.62, 0.45, 0.68)[(number * 3 + column * 2) % 5]
        bar = QRectF(rect.x() + PAD, rect.center().y() - 3, max(0.0, (rect.width() - 2 * PAD) * share), 8)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tone("line"))
        painter.drawRoundedRect(bar, 4, 4)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, self.height)


class CellDelegate(RowDelegate):
    """A cell of a table: its text, in the colour of its meaning."""

    @override
    def paint_row(
        self, painter: QPainter, option: QStyleOptionViewItem, model: ListModel, number: int, column: int
    ) -> None:
        row = model.row(number)
        assert row is not None
        what = model.source.columns[column]
        text = what.show(row[column])
        if not text:
            return
        meaning = what.tone(row[column]) if what.tone else None
        painter.setPen(theme.tone(meaning or "text"))
        rect = option.rect.adjusted(PAD, 0, -PAD, 0)
        painter.drawText(rect, RIGHT if what.right else LEFT, fitted(option, text, rect.width()))


class CompactDelegate(RowDelegate):
    """A narrow row: title, badge and note on one line; with `two_lines` the detail below."""

    def __init__(self, say: Callable[[Row], Compact], two_lines: bool = False) -> None:
        super().__init__()
        self._say = say
        self._two = two_lines
        self.height = 48 if two_lines else 30

    @override
    def paint_row(
        self, painter: QPainter, option: QStyleOptionViewItem, model: ListModel, number: int, column: int
    ) -> None:
        row = model.row(number)
        assert row is not None
        said = self._say(row)
        rect = option.rect.adjusted(PAD + 4, 0, -PAD, -1)
        if self._two:
            below = QRect(rect.x(), rect.y() + rect.height() // 2 - 1, rect.width(), rect.height() // 2 - 2)
            painter.setPen(theme.tone("muted"))
            painter.drawText(below, LEFT, fitted(option, said.detail, below.width()))
            rect = QRect(rect.x(), rect.y() + 3, rect.width(), rect.height() // 2 - 1)
        right = rect.width()
        if said.note:
            painter.setPen(theme.tone(said.tone))
            note = fitted(option, said.note, right // 2)
            painter.drawText(rect, RIGHT, note)
            right -= option.fontMetrics.horizontalAdvance(note) + 2 * PAD
        if said.badge:
            right -= 20
        title = fitted(option, said.title, right)
        painter.setPen(theme.tone("text"))
        painter.drawText(rect, LEFT, title)
        if said.badge:
            x = rect.x() + option.fontMetrics.horizontalAdvance(title) + PAD + 5
            paint_shape(painter, said.badge, QPointF(x, rect.center().y() + 1))


class BadgeDelegate(CellDelegate):
    """A column of badges: `badge(value)` says which; None paints nothing."""

    def __init__(self, badge: Callable[[object], Badge | None]) -> None:
        super().__init__()
        self._badge = badge

    @override
    def paint_row(
        self, painter: QPainter, option: QStyleOptionViewItem, model: ListModel, number: int, column: int
    ) -> None:
        row = model.row(number)
        if row is not None and (badge := self._badge(row[column])):
            paint_badge(painter, badge, option.rect.adjusted(PAD, 0, -PAD, 0), QFont(option.font), QColor())


def fitted(option: QStyleOptionViewItem, text: str, width: int) -> str:
    """The text, cut with an ellipsis where it is too long; in one line whatever it holds."""
    if "\n" in text:
        text = text.replace("\n", " ")
    # a quick upper bound spares most texts the slow measuring: no character is wider than two ens
    if len(text) * option.fontMetrics.height() <= width:
        return text
    return option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
