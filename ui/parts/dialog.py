"""The base of every dialog: title, content, buttons that are verbs; Esc never throws typing away unasked."""

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QSize
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QMessageBox, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.store.change import Change, Conflict
from ui import preferences, theme
from ui.parts import desk
from ui.parts.message_bar import MessageBar

FRAME = QSize(16, 40)
"""What the system puts around a window."""


class Dialog(QDialog):
    """Fill `content`, add buttons from left to right; opened with `open()`, it remembers its size under `name`."""

    def __init__(self, parent: QWidget | None, title: str, name: str = "", size: QSize | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._memory = preferences.GEOMETRY.of(name) if name else None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        page = QVBoxLayout()
        page.setContentsMargins(24, 20, 24, 16)
        page.setSpacing(16)
        outer.addLayout(page, 1)
        self.heading = QLabel(title)
        self.heading.setFont(theme.title_font())
        page.addWidget(self.heading)
        self.content = QVBoxLayout()
        self.content.setSpacing(8)
        page.addLayout(self.content, 1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addStretch()
        page.addLayout(self._buttons)
        self.message_bar = MessageBar()
        self._behind = desk.last()
        for key, do in (("Ctrl+Z", self._undo), ("Ctrl+Y", self._redo), ("Ctrl+Shift+Z", self._redo)):
            QShortcut(QKeySequence(key), self).activated.connect(do)
        outer.addWidget(self.message_bar)
        remembered = self._memory.get() if self._memory else {}
        if remembered:
            size = QSize(int(remembered.get("width", 0)), int(remembered.get("height", 0)))
        if size is not None:
            # with its frame on the screen: large letters (150 %) leave less room, and the buttons are at the bottom
            self.resize(size.boundedTo(self.screen().availableSize() - FRAME))
        self._opened_at = self.size()

    def add_button(self, verb: str, do: Callable[[], object], primary: bool = False) -> QPushButton:
        """A button that says what it does ("Import 58 rows"); Enter presses the primary one."""
        button = QPushButton(verb)
        button.setAutoDefault(primary)
        button.setDefault(primary)
        button.setProperty("primary", primary)
        button.clicked.connect(lambda: do())
        self._buttons.addWidget(button)
        return button

    def rest(self) -> None:
        """While it writes its buttons rest, all but the first: a second click writes nothing twice; see `wake`."""
        self._let_press(False)

    def wake(self) -> None:
        """What was written is written, or refused."""
        self._let_press(True)

    def _let_press(self, ready: bool) -> None:
        if shiboken6.isValid(self):
            for place in range(2, self._buttons.count()):  # after the stretch and Cancel
                item = self._buttons.itemAt(place)
                if item is not None and (button := item.widget()) is not None:
                    button.setEnabled(ready)

    def write_and_close(self, near: QWidget, action: str, work: Callable[[Change], object], said: str) -> None:
        """Write as one change and close; meanwhile the buttons rest, and what goes wrong is said here.

        `near` outlives the dialog: `said` stands in its message bar, with Undo beside it.
        """

        def written(_made: object) -> None:
            if shiboken6.isValid(self):
                self.accept()

        def refused(trouble: Exception) -> None:
            if shiboken6.isValid(self):
                again = _("A colleague changed the same meanwhile. Close this, look again, and change it anew.")
                self.message_bar.error(again if isinstance(trouble, Conflict) else str(trouble))

        self.rest()
        waits = self.say_waiting
        desk.write(near, action, work, written, said=said, failed=refused, ended=self.wake, waits=waits)

    def say_waiting(self) -> None:
        """A colleague is saving, or the drive is away."""
        if shiboken6.isValid(self):
            self.message_bar.say(_("Not saved yet: it is tried again by itself."), tone="due")

    def _undo(self) -> None:
        """Ctrl+Z takes back what was done in this dialog, nothing behind it."""
        if desk.last()[0] != self._behind[0]:
            desk.undo(self)

    def _redo(self) -> None:
        if desk.last()[1] != self._behind[1]:
            desk.redo(self)

    def is_dirty(self) -> bool:
        """Whether something was typed that closing would lose; the dialogs that take typing say so."""
        return False

    @override
    def reject(self) -> None:
        if not self.is_dirty() or self.ask_to_discard():
            super().reject()

    def ask_to_discard(self) -> bool:
        """Ask whether what was typed may go."""
        box = QMessageBox(self)
        box.setWindowTitle(self.windowTitle())
        box.setText(_("Something was typed here and is not saved yet."))
        discard = box.addButton(_("Discard"), QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(_("Keep editing"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        box.exec()
        return box.clickedButton() is discard

    @override
    def done(self, result: int) -> None:
        if self._memory is not None and self.size() != self._opened_at:  # on a smaller screen nobody chose its size
            self._memory.set({"width": self.width(), "height": self.height()})
        super().done(result)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.reject()
