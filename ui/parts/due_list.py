"""The list of what is due: sections with their items, each painted in one line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QMenu, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from crm_desktop import values
from crm_desktop.i18n import _, ngettext
from crm_desktop.today import Item, Section
from ui import theme
from ui.parts.badges import DUE, OVERDUE, Badge, paint_shape

Index = QModelIndex | QPersistentModelIndex
SIGNS = {
    "overdue": Badge(OVERDUE[0], "", OVERDUE[1]),
    "due": Badge(DUE[0], "", DUE[1]),
    "soon": Badge("○", "", "muted"),
}
ROW, HEADING = 32, 44
ITEM = int(Qt.ItemDataRole.UserRole)
LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


class _Lines(QAbstractListModel):
    """Headings and items as lines: a Section, an Item, or a text."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Section | Item | str] = []

    def show(self, sections: Sequence[Section]) -> None:
        self.beginResetModel()
        self.lines = []
        for section in sections:
            self.lines.append(section)
            self.lines += section.items
            rest = section.count - len(section.items)
            if rest > 0:
                self.lines.append(ngettext("and {n} more", "and {n} more", rest).format(n=f"{rest:,}"))
            if not section.count:
                self.lines.append("✓ " + _("Nothing is waiting here."))
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return len(self.lines)

    @override
    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        line = self.lines[index.row()]
        if role == ITEM:
            return line
        if role == int(Qt.ItemDataRole.DisplayRole):
            return _words(line)
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) if isinstance(self.lines[index.row()], Item) else Qt.ItemFlag.ItemIsEnabled


def _words(line: Section | Item | str) -> str:
    """A line for a screen reader and for type-ahead."""
    if isinstance(line, Section):
        return f"{line.title} ({line.count})"
    if isinstance(line, Item):
        return ", ".join(t for t in (line.customer_name, line.what, line.who, line.due or "", line.detail) if t)
    return line


class DueList(QListView):
    """All sections below each other; a click or Enter picks an item."""

    picked = Signal(object)
    contact_asked = Signal(object)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = _Lines()
        self.setModel(self._lines)
        self.setItemDelegate(_Painter(self))
        self.setAccessibleName(title)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.clicked.connect(self._pick)
        self.activated.connect(self._pick)

    def show_sections(self, sections: Sequence[Section]) -> None:
        """Show what is due; stays where it was scrolled to."""
        at = self.verticalScrollBar().value()
        self._lines.show(sections)
        self.verticalScrollBar().setValue(at)

    def go_to(self, key: str) -> None:
        """Bring a section to the top."""
        for number, line in enumerate(self._lines.lines):
            if isinstance(line, Section) and line.key == key:
                self.scrollTo(self._lines.index(number), QListView.ScrollHint.PositionAtTop)
                if line.items:
                    self.setCurrentIndex(self._lines.index(number + 1))
                self.setFocus()

    def current(self) -> Item | None:
        """The item the keyboard is at."""
        index = self.currentIndex()
        line = self._lines.lines[index.row()] if index.isValid() else None
        return line if isinstance(line, Item) else None

    def _pick(self, index: QModelIndex) -> None:
        line = self._lines.lines[index.row()]
        if isinstance(line, Item):
            self.picked.emit(line)

    @override
    def contextMenuEvent(self, event: Any) -> None:
        index = self.indexAt(event.pos())
        line = self._lines.lines[index.row()] if index.isValid() else None
        if isinstance(line, Item):
            menu = QMenu(self)
            menu.addAction(theme.icon("external-link"), _("Show"), lambda: self.picked.emit(line))
            if line.customer is not None:
                write = _("Write down a contact")
                menu.addAction(theme.icon("message"), write, lambda: self.contact_asked.emit(line.customer))
            menu.popup(self.mapToGlobal(QPoint(event.pos())))


class _Painter(QStyledItemDelegate):
    """Sign, day, customer, what, who."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = index.data(ITEM)
        return QSize(200, HEADING if isinstance(line, Section) else ROW)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(ITEM)
        rect: QRect = option.rect
        if isinstance(line, Section):
            self._paint_heading(painter, rect, line)
        elif isinstance(line, Item):
            self._paint_item(painter, option, line)
        else:
            painter.setPen(theme.tone("muted"))
            painter.drawText(rect.adjusted(28, 0, -8, 0), LEFT, str(line))

    def _paint_heading(self, painter: QPainter, rect: QRect, section: Section) -> None:
        painter.save()
        painter.setFont(theme.title_font(11))
        painter.setPen(theme.tone("text"))
        place = rect.adjusted(8, 10, -8, 0)
        painter.drawText(place, LEFT, section.title)
        width = QFontMetrics(painter.font()).horizontalAdvance(section.title)
        painter.restore()
        painter.setPen(theme.tone("muted"))
        painter.drawText(place.adjusted(width + 10, 0, 0, 0), LEFT, f"{section.count:,}")

    def _paint_item(self, painter: QPainter, option: QStyleOptionViewItem, item: Item) -> None:
        rect: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.tone("selected"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.tone("hover"))
        painter.setPen(theme.tone("line"))
        painter.drawLine(rect.left() + 28, rect.bottom(), rect.right(), rect.bottom())
        paint_shape(painter, SIGNS[item.tone], QPointF(rect.left() + 16, rect.center().y() + 1))
        x = rect.left() + 30
        metrics = option.fontMetrics
        due = values.show_datetime(item.due, near=True) if item.due else ""
        tone: theme.Tone = "overdue" if item.tone == "overdue" else "due" if item.tone == "due" else "muted"
        wide = rect.width() > 900
        columns = (
            (due, 120, tone),
            (item.customer_name, 260 if wide else 190, "text"),
            (item.who, 110 if wide else 80, "muted"),
            (" · ".join(text for text in (item.what, item.detail) if text), rect.right() - x, "text"),
        )
        for text, width, colour in columns:
            width = min(width, rect.right() - x - 8)
            if width <= 0:
                break
            painter.setPen(theme.tone(colour))  # type: ignore[arg-type]
            shown = metrics.elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, width)
            painter.drawText(QRect(x, rect.top(), width, rect.height()), LEFT, shown)
            x += width + 12
