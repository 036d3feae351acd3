"""Reminds of complaints and requests whose deadline is near or has just passed: beside the clock, or in the bar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from crm_desktop.i18n import _, ngettext
from ui import tasks, theme
from ui.parts import desk

if TYPE_CHECKING:
    from crm_desktop.due import Item

EVERY_MINUTES = 5


class Reminder(QObject):
    """Looks every few minutes; each deadline is told once."""

    asked = Signal(object)
    """The Item somebody wants to see."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._told: set[tuple[int, str, str]] = set()
        self._last: Item | None = None
        self.tray: QSystemTrayIcon | None = None
        clock = QTimer(self, interval=EVERY_MINUTES * 60_000)
        clock.timeout.connect(self.look)
        clock.start()

    def look(self) -> None:
        """Ask which of my complaints and service requests are pressing now."""
        user = desk.user()
        if user is not None:
            from crm_desktop import today  # lazily: the start does not wait for it

            work = partial(today.pressing, datetime.now(), user.id)
            tasks.run(self, work, self.tell, place="pressing", reading=True, background=True)

    def tell(self, items: Sequence[Item]) -> None:
        """Tell those that were not told yet: one in full, several as a number."""
        fresh = [item for item in items if (item.id, item.due or "", item.tone) not in self._told]
        self._told |= {(item.id, item.due or "", item.tone) for item in fresh}
        if not fresh:
            return
        first = fresh[0]
        title = _title([item.table for item in fresh])
        text = "\n".join(f"{item.customer_name}: {item.detail}" for item in fresh[:3])
        self._last = first
        if not self._show_beside_clock(title, text):
            bar = desk.bar_near(self._window)
            if bar is not None:
                words = _("{title}. {first}").format(title=title, first=text.split("\n")[0])
                bar.say(words, action=_("Show"), do=partial(self.asked.emit, first), tone="due")

    def _show_beside_clock(self, title: str, text: str) -> bool:
        """Show the system's own notification; False where there is none."""
        if QGuiApplication.platformName() == "offscreen" or not QSystemTrayIcon.supportsMessages():
            return False
        if self.tray is None:
            if not QSystemTrayIcon.isSystemTrayAvailable():
                return False
            icon = self._window.windowIcon()
            self.tray = QSystemTrayIcon(theme.icon("bell", "accent") if icon.isNull() else icon, self)
            self.tray.setToolTip(self._window.windowTitle().rpartition(" · ")[0])
            self.tray.messageClicked.connect(self._clicked)
            self.tray.activated.connect(lambda _reason: self._clicked())
        self.tray.show()
        self.tray.showMessage(title, text)
        return True

    def _clicked(self) -> None:
        self._window.showNormal()
        self._window.activateWindow()
        if self._last is not None:
            self.asked.emit(self._last)


def _title(tables: Sequence[str]) -> str:
    """How many are due, and of what."""
    count = len(tables)
    if set(tables) == {"complaint"}:
        return ngettext("{n} complaint is due", "{n} complaints are due", count).format(n=count)
    if set(tables) == {"service_request"}:
        return ngettext("{n} service request is due", "{n} service requests are due", count).format(n=count)
    return ngettext("{n} case is due", "{n} cases are due", count).format(n=count)
