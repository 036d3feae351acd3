"""A tab of figures: read again when something was written, at once or when somebody looks."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui import refresh
from ui.parts.fileinfo import FileInfo
from ui.parts.tab import Tab
from ui.parts.when_seen import WhenSeen


class FreshTab(Tab):
    """What nobody looks at is not read; the subclasses say what is read."""

    def __init__(self, info: FileInfo, parent: QWidget | None = None) -> None:
        super().__init__(info, parent)
        self._seen = WhenSeen(self, lambda: self.reload())
        refresh.signal.changed.connect(self.read_again)

    def reload(self) -> None:
        """Read everything again."""
        raise NotImplementedError

    def read_again(self, _changed: object = None) -> None:
        """Something was written, or what is shown is no longer right for another reason."""
        self._seen.tell()
