"""A line in which one record is picked: it searches while one types, and never loads all of them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from crm_desktop.i18n import _
from ui import tasks, theme
from ui.parts.list_delegates import LEFT, RIGHT, fitted
from ui.parts.list_model import Index

Hit = tuple[int, str, str]
"""Id, title, detail."""
Find = Callable[[str, int], Sequence[Hit]]
LIMIT = 10
NEW = -1


class Picker(QLineEdit):
    """Picks a record by any part of its name; `find(text, limit)` runs in the store thread.

    What is typed and not picked is no value: `unfinished()` tells a form so.
    """

    picked = Signal(object)
    """The id that was picked, or None when what was picked was changed or emptied."""
    new_asked = Signal(str)
    """The user wants a new record of this name."""

    def __init__(self, find: Find, title: str, may_create: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._find = find
        self._may_create = may_create
        self._value: int | None = None
        self._title = ""
        self._popup = _Popup(self)
        self._popup.clicked.connect(self._take)
        self.setAccessibleName(title)
        self.setPlaceholderText(_("Name, pinyin or phone"))
        self.setClearButtonEnabled(True)
        self.addAction(QAction(theme.icon("search", "muted"), "", self), QLineEdit.ActionPosition.LeadingPosition)
        self.textEdited.connect(self._typed)
        self.textChanged.connect(self._forget)

    def value(self) -> int | None:
        """The id that was picked."""
        return self._value

    def set_value(self, id: int | None, title: str = "") -> None:
        """Show a record as picked, without telling anybody."""
        self._value, self._title = id, title
        self.setText(title)
        self.setCursorPosition(0)
        theme.set_property(self, "wrong", False)
        self._popup.hide()

    def unfinished(self) -> bool:
        """Whether something was typed that is no record."""
        return self._value is None and bool(self.text().strip())

    def search(self) -> None:
        """Ask for what fits the text; the answer to an older text is void."""
        text = self.text().strip()
        tasks.run(
            self, lambda: self._find(text, LIMIT), lambda hits: self._offer(text, hits), place="find", reading=True
        )

    def _typed(self, text: str) -> None:
        theme.set_property(self, "wrong", False)
        if text.strip():
            self.search()
        else:
            self._popup.hide()

    def _forget(self, text: str) -> None:
        """What is written is no longer what was picked."""
        if self._value is not None and text != self._title:
            self._value, self._title = None, ""
            self.picked.emit(None)

    def _offer(self, text: str, hits: Sequence[Hit]) -> None:
        if text != self.text().strip() or not self.hasFocus():
            return
        rows = list(hits[:LIMIT])
        if self._may_create and text:
            rows.append((NEW, _("＋ New “{name}”").format(name=text), ""))
        if rows:
            self._popup.offer(rows, bool(hits))
        else:
            self._popup.offer([(0, _("Nothing found for “{text}”").format(text=text), "")], False)

    def _take(self, hit: Hit) -> None:
        id, title, _detail = hit
        if id == NEW:
            self._popup.hide()
            self.new_asked.emit(self.text().strip())
        elif id:
            self.set_value(id, title)
            self.picked.emit(id)

    @override
    def event(self, event: QEvent) -> bool:
        # the dialog around us would take Esc for itself
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self._popup.isVisible()
        ):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if self._popup.isVisible():
            if key == Qt.Key.Key_Escape:
                self._popup.hide()
                return
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if (hit := self._popup.current()) is not None:
                    self._take(hit)
                return
            if self._popup.move_by(key):
                return
        elif key == Qt.Key.Key_Down:
            self.search()
            return
        super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._popup.hide()
        theme.set_property(self, "wrong", self.unfinished())


class _Hits(QAbstractListModel):
    """The few hits shown."""

    def __init__(self) -> None:
        super().__init__()
        self.hits: list[Hit] = []

    def offer(self, hits: list[Hit]) -> None:
        self.beginResetModel()
        self.hits = hits
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return len(self.hits)

    @override
    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> str | None:
        _id, title, detail = self.hits[index.row()]
        return f"{title} {detail}".strip() if role == Qt.ItemDataRole.DisplayRole else None


class _Line(QStyledItemDelegate):
    """Title left, detail quietly right."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, _Hits)
        id, title, detail = model.hits[index.row()]
        rect: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.tone("selected"))
        inside = rect.adjusted(10, 0, -10, 0)
        painter.setPen(theme.tone("accent" if id == NEW else "text" if id else "muted"))
        title = fitted(option, title, inside.width())
        painter.drawText(inside, LEFT, title)
        left = inside.width() - option.fontMetrics.horizontalAdvance(title) - 16
        painter.setPen(theme.tone("muted"))
        painter.drawText(inside, RIGHT, fitted(option, detail, max(left, 0)))

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, 30)


class _Popup(QFrame):
    """The hits under the line; the keyboard stays in the line."""

    clicked = Signal(object)

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line, Qt.WindowType.ToolTip)
        self.setProperty("popup", True)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._line = line
        self._hits = _Hits()
        self._list = QListView()
        self._list.setModel(self._hits)
        self._list.setItemDelegate(_Line(self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setMouseTracking(True)
        self._list.setAccessibleName(_("Hits"))
        self._list.entered.connect(self._list.setCurrentIndex)
        self._list.clicked.connect(lambda index: self.clicked.emit(self._hits.hits[index.row()]))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 4, 1, 4)
        layout.addWidget(self._list)

    def offer(self, hits: list[Hit], first: bool) -> None:
        """Show these; the first is chosen beforehand where it is a hit."""
        self._hits.offer(hits)
        if first:
            self._list.setCurrentIndex(self._hits.index(0))
        self.resize(max(self._line.width(), 320), 30 * len(hits) + 10)
        self.move(self._line.mapToGlobal(QPoint(0, self._line.height() + 2)))
        self.show()

    def current(self) -> Hit | None:
        """The hit the keyboard is at."""
        index = self._list.currentIndex()
        return self._hits.hits[index.row()] if index.isValid() else None

    def move_by(self, key: int) -> bool:
        """Move with Up, Down, PageUp and PageDown; False for other keys."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 99, Qt.Key.Key_PageUp: -99}
        step = steps.get(Qt.Key(key))
        if step is None:
            return False
        number = self._list.currentIndex().row() + step
        self._list.setCurrentIndex(self._hits.index(max(0, min(number, len(self._hits.hits) - 1))))
        return True
