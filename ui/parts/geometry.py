"""The main window's size and tab: remembered when it closes, found again at the next start."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabWidget, QWidget

from ui import preferences

MEMORY = preferences.GEOMETRY.of("main")


def remember(window: QWidget, tabs: QTabWidget) -> None:
    """Remember them."""
    size = window.normalGeometry()
    place = {"width": size.width(), "height": size.height(), "maximized": window.isMaximized()}
    MEMORY.set({**place, "tab": tabs.currentIndex()})


def restore(window: QWidget, tabs: QTabWidget) -> None:
    """Be as large as last time, but never larger than the screen is now."""
    remembered, screen = MEMORY.get(), window.screen().availableSize()
    width, height = int(remembered.get("width", 1280)), int(remembered.get("height", 760))
    window.resize(min(width, screen.width()), min(height, screen.height()))
    tabs.setCurrentIndex(min(int(remembered.get("tab", 1)), tabs.count() - 1))
    if remembered.get("maximized"):
        window.setWindowState(Qt.WindowState.WindowMaximized)
