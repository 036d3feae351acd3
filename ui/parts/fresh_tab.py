"""A tab of figures: read again when something was written, at once or when somebody looks."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui import refresh
from ui.parts.fileinfo import FileInfo
from ui.parts.tab import Tab


class FreshTab(Tab):
    """What nobody looks at is not read; the subclasses say what is read."""

    def __init__(self, info: FileInfo, parent: QWidget | None = None) -> None:
        super().__init__(info, parent)
        self._stale = False
        refresh.signal.changed.connect(self.read_again)

    def reload(self) -> None:
        """Read everything again."""
        raise NotImplementedError

    def read_again(self, _changed: object = None) -> None:
        """Something was written, or what is shown is no longer right for another reason."""
        self._stale = not self.isVisible()
        if not self._stale:
            self.reload()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.read_again()
