"""An office on a server: its address and password, moving there, and back into a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFormLayout, QLabel, QLineEdit, QMainWindow, QWidget
from typing_extensions import override

from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.store import file, moving, passwords
from crm_desktop.store.address import Address, PasswordNeeded, Place
from crm_desktop.store.file import SUFFIX
from crm_desktop.store.moving import Moved
from ui import tasks
from ui.parts.dialog import Dialog
from ui.parts.pulse import start_folder
from ui.parts.saving_as import ending
from ui.parts.ticks import Tick


class _Asking(Dialog):
    """Address and password; the password is kept by the system's keyring or not at all."""

    def __init__(self, parent: QWidget | None, title: str, words: str) -> None:
        super().__init__(parent, title, "server", QSize(620, 300))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        told = QLabel(words)
        told.setWordWrap(True)
        told.setProperty("tone", "muted")
        self.content.addWidget(told)
        form = QFormLayout()
        form.setSpacing(8)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignVCenter)
        self.address = QLineEdit()
        self.address.setPlaceholderText("postgresql://user@server/database?sslmode=require")
        self.address.setAccessibleName(_("Address"))
        form.addRow(_("Address"), self.address)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName(_("Password"))
        form.addRow(_("Password"), self.password)
        self.content.addLayout(form)
        self.keep = Tick(_("Keep the password in this computer's keyring"))
        self.keep.setEnabled(False)
        self.content.addWidget(self.keep)
        self.content.addStretch(1)
        self.add_button(_("Cancel"), self.reject)
        tasks.elsewhere(self, passwords.can_remember, self._offer_keyring)

    def _offer_keyring(self, can: bool) -> None:
        self.keep.setEnabled(can)
        self.keep.setChecked(can)
        if not can:
            self.keep.setText(_("This computer has no keyring: the password is asked for each time"))

    def given(self) -> Address | None:
        """What was typed; None when it is no address, which is said."""
        try:
            address = Address(self.address.text())
        except UserError as error:
            self.message_bar.error(str(error))
            return None
        if self.password.text():
            address.given = self.password.text()
            address.keep = self.keep.isEnabled() and self.keep.isChecked()
        return address


class OpenServer(_Asking):
    """Open an office on a server, or begin a new one in an empty database."""

    opened = Signal(object)
    created = Signal(object)

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(
            parent,
            _("Office on a server"),
            _("The office lies in a database of a PostgreSQL server. Whoever looks after it knows the address."),
        )
        for signal, name in ((self.opened, "file_chosen"), (self.created, "new_file_asked")):
            if parent is not None and hasattr(parent, name):
                signal.connect(getattr(parent, name))
        self.add_button(_("Create a new office there"), lambda: self._tell(self.created))
        self.add_button(_("Open"), lambda: self._tell(self.opened), primary=True)

    def _tell(self, signal: Any) -> None:
        if (address := self.given()) is not None:
            self.accept()
            signal.emit(address)


class AskPassword(_Asking):
    """The server asks for a password, or for another one."""

    given_again = Signal(object)

    def __init__(self, parent: QWidget | None, needed: PasswordNeeded) -> None:
        super().__init__(parent, _("Password of the server"), str(needed))
        self.address.setText(str(needed.address))
        self.address.setReadOnly(True)
        self.add_button(_("Open"), self._tell, primary=True)
        self.password.setFocus()

    def _tell(self) -> None:
        if (address := self.given()) is not None:
            self.accept()
            self.given_again.emit(address)


def _move(parent: QObject, target: Place, bar: Any, then: Callable[[Moved], object], failed: Any, ended: Any) -> None:
    """Move the open office in the store thread, with progress and Cancel in a message bar."""
    progress = tasks.Progress(parent)
    bar.follow(progress, _("Copying the records"))
    tasks.run(
        parent,
        lambda: moving.move(file.place(), target, progress),
        then,
        failed=failed,
        ended=ended,
        progress=progress,
    )


class MoveToServer(_Asking):
    """Bring the open office into an empty database, with its history."""

    def __init__(self, parent: QMainWindow) -> None:
        super().__init__(
            parent,
            _("Move to a server"),
            _(
                "Everything goes into an empty database, with its whole history, and is compared row by row. "
                "The office here stays as it is. Ask colleagues to close the program meanwhile."
            ),
        )
        self._window: Any = parent
        self.button = self.add_button(_("Move"), self.move_office, primary=True)

    def move_office(self) -> None:
        """Move, then work goes on there."""
        address = self.given()
        if address is None:
            return
        self.button.setEnabled(False)
        _move(
            self,
            address,
            self.message_bar,
            lambda moved: self._there(moved, address),
            lambda trouble: self.message_bar.error(str(trouble)),
            lambda: self.button.setEnabled(True),
        )

    def _there(self, moved: Moved, address: Address) -> None:
        self.accept()
        self._window.message_bar.say(moved.in_words(address))
        self._window.file_chosen.emit(address)

    @override
    def is_dirty(self) -> bool:
        return False


class SaveAsFile(QObject):
    """The open office as a new file, wherever it lies now: a way back from a server, or a copy to take along."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window: Any = window

    def open(self) -> None:
        """Ask for the file's name, then write and compare it."""
        chosen, _kind = QFileDialog.getSaveFileName(
            self._window,
            _("Save a copy as a file"),
            start_folder(self._window.info.path),
            _("Customer files ({pattern})").format(pattern=f"*{SUFFIX}"),
        )
        if not chosen:
            self.deleteLater()
            return
        target, bar = ending(chosen, SUFFIX), self._window.message_bar
        _move(
            self,
            target,
            bar,
            lambda moved: bar.say(moved.in_words(target)),
            lambda trouble: bar.error(str(trouble)),
            self.deleteLater,
        )
