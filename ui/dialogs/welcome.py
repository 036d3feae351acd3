"""The first window a newcomer sees: who are you, which office, where is the customer file."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from crm_desktop import paths
from crm_desktop.i18n import LANGUAGES, _, language
from crm_desktop.store.address import Place
from crm_desktop.store.file import SUFFIX
from ui import preferences, theme


@dataclass(frozen=True)
class Start:
    """What was chosen: by whom, which file, and whether it is to be made."""

    user: str
    path: Place
    create: bool = False
    office: str = ""
    demo: bool = False


class Welcome(QWidget):
    """Name, office and file on one page; `path` given: the file is open and only the name is missing."""

    chosen = Signal(object)
    language_chosen = Signal(str)

    def __init__(self, trouble: str = "", known: Sequence[str] = (), path: Place | None = None) -> None:
        super().__init__()
        self._known, self._path, self._trouble = known, path, trouble
        self.setMinimumWidth(520)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._page: QWidget | None = None
        self.rebuild()

    def rebuild(self) -> None:
        """Show the page, keeping what was typed (after a change of language)."""
        name = self.name.currentText() if self._page else preferences.USER.get() or _login()
        office = self.office.text() if self._page else ""
        old, self._page = self._page, QWidget()
        if old is not None:
            self._outer.removeWidget(old)
            old.deleteLater()
        self._outer.addWidget(self._page)
        self.setWindowTitle(_("Welcome to CRM Desktop"))
        self._fill(QVBoxLayout(self._page))
        self.name.setCurrentText(name)
        self.office.setText(office)
        self.say(self._trouble)
        self.name.setFocus()

    def _fill(self, page: QVBoxLayout) -> None:
        page.setContentsMargins(32, 24, 32, 28)
        page.setSpacing(8)
        top = QHBoxLayout()
        title = QLabel(_("Welcome"))
        title.setFont(theme.title_font(18))
        top.addWidget(title, 1)
        top.addWidget(self._languages())
        page.addLayout(top)
        page.addWidget(
            _words(_("Your customers, what was said and what was promised: in one file that belongs to your office."))
        )
        page.addSpacing(8)
        self.name = QComboBox()
        self.name.setEditable(True)
        self.name.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.name.addItems(list(self._known))
        self.name.setAccessibleName(_("Your name"))
        page.addWidget(_label(_("Your name"), self.name))
        page.addWidget(self.name)
        page.addWidget(_words(_("It stands beside everything you write down. This computer remembers it.")))
        self.office = QLineEdit()
        self.office.setAccessibleName(_("Name of the office"))
        self.office.setPlaceholderText(_("for example 华东商贸"))
        self.trouble = _words("")
        theme.set_property(self.trouble, "tone", "overdue")
        if self._path is None:
            page.addWidget(_label(_("Name of the office"), self.office))
            page.addWidget(self.office)
        page.addWidget(self.trouble)
        page.addSpacing(8)
        self._add_buttons(page)
        page.addStretch()

    def _add_buttons(self, page: QVBoxLayout) -> None:
        if self._path is not None:
            page.addWidget(_button(_("Start"), "check", self._go_on, primary=True))
            self._enter(self.name.lineEdit(), self._go_on)
            return
        self.create_button = _button(_("Create the office's customer file"), "file-plus", self._create, primary=True)
        self.open_button = _button(_("Open a customer file that exists already…"), "folder-open", self._open)
        self.server_button = _button(_("Office on a server…"), "folder-open", self._server)
        self.demo_button = _button(_("Look around in an invented office"), "eye", self._demo)
        for button in (self.create_button, self.open_button, self.server_button, self.demo_button):
            page.addWidget(button)
        self._enter(self.name.lineEdit(), self.office.setFocus)
        self._enter(self.office, self._create)
        place = _words(_("It will lie here: {path}").format(path=paths.default_file()))
        page.addWidget(place)

    def _enter(self, line: QLineEdit | None, go_on: Callable[[], None]) -> None:
        """Who types and presses Enter goes on as by the button."""
        assert line is not None
        line.returnPressed.connect(go_on)

    def _languages(self) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(_("Language"))
        for key, text in LANGUAGES.items():
            box.addItem(text, key)
        box.setCurrentIndex(box.findData(language()))
        box.activated.connect(lambda: self.language_chosen.emit(box.currentData()))
        return box

    def say(self, trouble: str) -> None:
        """Say what went wrong, above the buttons."""
        self._trouble = trouble
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))

    def _named(self) -> str:
        name = self.name.currentText().strip()
        if not name:
            self.say(_("Please type your name first."))
            self.name.setFocus()
        return name

    def _create(self) -> None:
        if name := self._named():
            path = _free(paths.default_file())
            self.chosen.emit(Start(name, path, create=True, office=self.office.text().strip()))

    def _open(self) -> None:
        name = self._named()
        if not name:
            return
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Open customer file"), "", _("Customer files ({pattern})").format(pattern=f"*{SUFFIX}")
        )
        if chosen:
            self.chosen.emit(Start(name, Path(chosen)))

    def _server(self) -> None:
        if name := self._named():
            # few need it: the start does not wait for it
            from ui.dialogs.server import OpenServer

            asked, office = OpenServer(self), self.office.text().strip()
            asked.opened.connect(lambda address: self.chosen.emit(Start(name, address)))
            asked.created.connect(lambda address: self.chosen.emit(Start(name, address, create=True, office=office)))
            asked.open()

    def _demo(self) -> None:
        if name := self._named():
            path = _free(paths.default_file().with_name(_("demo office") + SUFFIX))
            self.chosen.emit(Start(name, path, demo=True))

    def _go_on(self) -> None:
        if name := self._named():
            assert self._path is not None
            self.chosen.emit(Start(name, self._path))


def _free(path: Path) -> Path:
    """A name that is not taken."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem} {number}")
    return free


def _login() -> str:
    with suppress(OSError, KeyError):
        name = getpass.getuser()
        return "" if name in ("root", "Administrator") else name
    return ""


def _words(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setProperty("tone", "muted")
    return label


def _label(text: str, buddy: QWidget) -> QLabel:
    label = QLabel(text)
    label.setBuddy(buddy)
    label.setAlignment(Qt.AlignmentFlag.AlignLeft)
    return label


def _button(text: str, icon: str, do: object, primary: bool = False) -> QPushButton:
    button = QPushButton(theme.icon(icon, "on_accent" if primary else "text"), text)
    button.setProperty("primary", primary)
    button.setAutoDefault(True)
    button.clicked.connect(do)
    return button
