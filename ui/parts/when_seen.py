"""What nobody looks at is not read: done at once when the widget is seen, else when it is next seen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
from typing_extensions import override


class WhenSeen(QObject):
    """Told as often as one likes; signals may be connected to `tell`."""

    def __init__(self, widget: QWidget, do: Callable[[], object]) -> None:
        super().__init__(widget)
        self._widget, self._do = widget, do
        self._owed = False
        widget.installEventFilter(self)

    def tell(self, *_whatever: object) -> None:
        """Something was written, or what is shown is no longer right for another reason."""
        self._owed = not self._widget.isVisible()
        if not self._owed:
            self._do()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._owed and event.type() == QEvent.Type.Show:
            self.tell()
        return super().eventFilter(watched, event)
