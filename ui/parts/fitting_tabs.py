"""Tabs that make room: where not all fit beside the search, they go without pictures, and the search is its keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QPushButton, QTabWidget
from typing_extensions import override


class FittingTabs(QTabWidget):
    """Tabs with a picture each, and a button in the corner whose text ends in its keys after three blanks."""

    def __init__(self, find: QPushButton) -> None:
        super().__init__()
        self.setDocumentMode(True)
        self.setCornerWidget(find)
        self._find, self._said = find, find.text()
        find.setToolTip(self._said)
        self._icons: list[QIcon] = []
        self._wide = 0
        """What all of it takes with the pictures, in pixels; 0 where that is to be measured."""

    @override
    def tabInserted(self, index: int) -> None:
        self._icons.insert(index, self.tabIcon(index))
        self._wide = 0
        super().tabInserted(index)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._wide = 0

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        if not self._wide:
            self._show(with_pictures=True)
            self._wide = self.tabBar().sizeHint().width() + self._find.sizeHint().width()
        self._show(with_pictures=self.width() >= self._wide)
        super().resizeEvent(event)

    def _show(self, with_pictures: bool) -> None:
        text = self._said if with_pictures else self._said.rpartition("   ")[2]
        if text == self._find.text() and self.tabIcon(0).isNull() != with_pictures:
            return
        self._find.setText(text)
        for at, icon in enumerate(self._icons):
            self.setTabIcon(at, icon if with_pictures else QIcon())
