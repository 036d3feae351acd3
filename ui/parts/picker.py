"""A line in which one record is picked: it searches while one types, and never loads all of them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from crm_desktop.i18n import _
from ui import tasks, theme
from ui.parts.suggestions import Option, Suggestions, is_escape

Hit = tuple[int, str, str]
"""Id, title, detail."""
Find = Callable[[str, int], Sequence[Hit]]
LIMIT = 10
NEW, NONE = -1, 0


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
        self._popup = Suggestions(self)
        self._popup.taken.connect(self._take)
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
        options = [Option(id, title, detail) for id, title, detail in hits[:LIMIT]]
        if self._may_create and text:
            options.append(Option(NEW, _("＋ New “{name}”").format(name=text), tone="accent"))
        if not options:
            options = [Option(NONE, _("Nothing found for “{text}”").format(text=text), tone="muted")]
        self._popup.offer(options, 0 if hits else -1)

    def _take(self, option: Option) -> None:
        if option.key == NEW:
            self._popup.hide()
            self.new_asked.emit(self.text().strip())
        elif option.key != NONE:
            self.set_value(option.key, option.label)
            self.picked.emit(option.key)

    @override
    def event(self, event: QEvent) -> bool:
        if is_escape(event) and self._popup.isVisible():
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
                if (option := self._popup.current()) is not None:
                    self._take(option)
                return
            if self._popup.key(event):
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
