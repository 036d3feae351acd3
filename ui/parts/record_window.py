"""A record in a window of its own, beside the list and beside other records."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.listing import MODELS
from crm_desktop.models import Record
from ui import preferences
from ui.parts import desk
from ui.parts.message_bar import MessageBar
from ui.parts.record_loading import called
from ui.parts.record_panel import RecordPanel

_open: dict[tuple[str, int], RecordWindow] = {}


class RecordWindow(QWidget):
    """Shows one record; closing asks when something typed is not saved."""

    opened = Signal(str, object)
    """A link was clicked: table and id. Unless somebody else does, `open_record` shows it."""

    def __init__(self, model: type[Record], id: int | None, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._key = (model.table(), id) if id is not None else None
        self._memory = preferences.GEOMETRY.of(f"record/{model.table()}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.panel = RecordPanel(model)
        column.addWidget(self.panel, 1)
        self.message_bar = MessageBar()
        column.addWidget(self.message_bar)
        size = self._memory.get()
        self.resize(int(size.get("width", 760)), int(size.get("height", 640)))
        self.setWindowTitle(_(model.title))
        self.panel.shown.connect(self._name)
        self.panel.opened.connect(self._open)
        for key, do in (("Ctrl+Z", desk.undo), ("Ctrl+Y", desk.redo), ("Ctrl+Shift+Z", desk.redo)):
            QShortcut(QKeySequence(key), self).activated.connect(partial(do, self))
        if id is not None:
            self.panel.show_record(id)

    def _name(self, record: Record | None) -> None:
        if record is not None:
            self.setWindowTitle(called(record))

    def _open(self, table: str, id: Any) -> None:
        open_record(self.parentWidget(), table, id)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() == Qt.Key.Key_F5:
            self.panel.reload()
        else:
            super().keyPressEvent(event)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self.panel.is_dirty():
            event.ignore()
            self.panel.leave(self.close)
            return
        self._memory.set({"width": self.width(), "height": self.height()})
        if self._key is not None and _open.get(self._key) is self:
            del _open[self._key]
        super().closeEvent(event)


def open_record(parent: QWidget | None, table: str, id: int) -> RecordWindow:
    """Show a record in its own window, or bring forward the window that shows it."""
    window = _open.get((table, id))
    if window is None:
        window = RecordWindow(MODELS[table], id, parent.window() if parent else None)
        window.destroyed.connect(lambda: _open.pop((table, id), None))
        _open[table, id] = window
    window.show()
    window.raise_()
    window.activateWindow()
    return window
