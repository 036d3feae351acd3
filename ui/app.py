"""Start-up: language, colours, the customer file, who is at the keyboard, the window."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from crm_desktop import paths, recycle_bin
from crm_desktop.errors import UserError
from crm_desktop.i18n import _, language, system_language
from crm_desktop.models import people
from crm_desktop.store import change, file, passwords, screen, sharing, traces
from crm_desktop.store.address import Address, PasswordNeeded, Place, place
from ui import dialogs, errors, preferences, refresh, single, tasks, theme
from ui.dialogs.welcome import Start, Welcome
from ui.language import use_language
from ui.main_window import MainWindow
from ui.parts import desk, geometry, opening, safekeeping, unsaved
from ui.parts.fileinfo import FileInfo
from ui.parts.pulse import pulse

log = logging.getLogger("crm_desktop.start")


class _Ear(QObject):
    """Carries the news of a finished change from the store thread to the windows."""

    heard = Signal(object)


class App(QObject):
    """The running program: one customer file, one window (rebuilt when the language changes)."""

    def __init__(self, wish: Place | None, user: str | None = None) -> None:
        """Opens the file that is wished for, or the last one, for `user` or for whoever was there last."""
        super().__init__()
        if user:
            preferences.USER.set(user)
        self.window: MainWindow | None = None
        self.welcome: Welcome | None = None
        self.damaged: QDialog | None = None
        self._asking: QDialog | None = None
        self.info = FileInfo()
        self._ear = _Ear()
        self._ear.heard.connect(refresh.signal.changed)
        # a line in the operation log changes no record
        change.committed.append(
            lambda done: None if done.records == frozenset() else self._ear.heard.emit(done.records)
        )
        self.other = single.Listener(self)
        self.other.asked.connect(self.show_request)
        safekeeping.Clock(self)
        self.begin(wish)

    def begin(self, wish: Place | None) -> None:
        """Open the file that is wished for, or the last one, or ask."""
        last = preferences.LAST_FILE.get()
        chosen = wish or (place(last) if last else None)
        if chosen is None and paths.default_file().exists():
            chosen = paths.default_file()
        if chosen is None:
            self.ask_where()
        else:
            self.open(chosen)

    def ask_where(self, trouble: str = "") -> None:
        """Ask a newcomer for name and office, and where the customer file is."""
        self.welcome = Welcome(trouble)
        self.welcome.chosen.connect(self.start)
        self.welcome.language_chosen.connect(self.switch_language)
        self.welcome.show()

    def start(self, wanted: Start) -> None:
        """Do what was chosen in the welcome window."""
        preferences.USER.set(wanted.user)
        if self.welcome is not None:
            self.welcome.setEnabled(False)  # one office is made, however often somebody clicks
        self.open(wanted.path, create=wanted.create, office_name=wanted.office, invented=wanted.demo)

    def open(self, path: Place, create: bool = False, office_name: str = "", invented: bool = False) -> None:
        """Open (or make) a customer file in the store thread, then show it."""
        who, leaving, damaged = preferences.USER.get(), desk.user(), list[bool]()
        sharing.introduce(who)

        wish = opening.Opening(path, create, office_name, invented)

        if self.window is not None:
            self.window.setEnabled(False)  # nothing typed for this file may be written into the other one

        def failed(trouble: Exception) -> None:
            if isinstance(trouble, PasswordNeeded):
                self.ask_password(trouble, lambda place: self.open(place, create, office_name, invented))
            else:
                self.refused(trouble, path, any(damaged))

        tasks.run(
            self,
            lambda: opening.opened(wish, who, leaving, damaged),
            self.show,
            failed=failed,
            ended=self._opened,
        )

    def _opened(self) -> None:
        if self.window is not None:
            self.window.setEnabled(True)

    def refused(self, trouble: Exception, path: Place, damaged: bool = False) -> None:
        """The file could not be opened: say why where it was asked for; a damaged one may be restored or repaired."""
        if not isinstance(trouble, UserError):
            errors.crashed(type(trouble), trouble, trouble.__traceback__)
            return
        if damaged and isinstance(path, Path):
            self.show_damaged(path)
        elif self.welcome is not None and self.welcome.isVisible():
            self.welcome.setEnabled(True)
            self.welcome.say(str(trouble))
        elif self.window is not None:
            self.window.message_bar.error(str(trouble))
        else:
            self.ask_where(str(trouble))

    def ask_password(self, needed: PasswordNeeded, again: Callable[[Address], None]) -> None:
        """Ask for the password of a server, then try again."""
        dialog = self._asking = dialogs.server.AskPassword(self.window or self.welcome, needed)
        dialog.given_again.connect(again)
        if self.welcome is not None:
            self.welcome.setEnabled(True)
        elif self.window is None:
            dialog.rejected.connect(lambda: self.ask_where(str(needed)))
        dialog.open()

    def show_damaged(self, path: Path) -> None:
        """Offer the newest backup of a damaged file, or its repair."""
        self._put_away(self.damaged)
        dialog = self.damaged = dialogs.damaged.Damaged(self.window, path)
        dialog.ready.connect(self.open)
        dialog.given_up.connect(self._leave_damaged)
        if self.welcome is not None:
            self.welcome.setEnabled(True)
        dialog.open()

    def _leave_damaged(self) -> None:
        self.damaged = None
        if self.window is None and self.welcome is None:
            self.ask_where()

    def show(self, info: FileInfo) -> None:
        """Show the open file; a file opened for the first time on this computer asks who is there."""
        before, who, self.info = self.info.path, desk.user(), info
        preferences.LAST_FILE.set(str(info.path))
        if isinstance(info.path, Address) and info.path.keep and info.path.given:
            address, password = info.path, info.path.given
            address.keep = False
            tasks.elsewhere(self, lambda: passwords.remember(address, password))
        if info.user is None:
            self.ask_who()
            return
        desk.sit_down(info.user, info.user_name)
        pulse.start(info.user_name)
        if before != info.path:
            desk.forget()
            safekeeping.keeper.forget(info.path)
            tasks.run(self, lambda: recycle_bin.tidy(desk.user()), background=True)
        self.rebuild(before == info.path)
        if before != info.path or desk.user() != who:  # after the window: the start does not wait for it
            if before == info.path:
                tasks.run(self, lambda: desk.sign(who, traces.CLOSED), background=True)
            desk.trace(traces.OPENED, "")

    def ask_who(self) -> None:
        """Ask for the name of whoever is at the keyboard, in a file that is open already."""
        self.welcome = Welcome("", known=[person.name for person in people.everybody()], path=self.info.path)
        self.welcome.chosen.connect(self.start)
        self.welcome.language_chosen.connect(self.switch_language)
        self.welcome.show()
        self._put_away(self.damaged)
        self.damaged = None

    def rebuild(self, same: bool = True) -> None:
        """Build the window anew: another file, or the same one in another language or for somebody else."""
        old = self.window
        state = old.state() if old is not None and same else None
        if old is not None:
            unsaved.keep(old)
            unsaved.close_windows(old)
            geometry.remember(old, old.tabs)
        self.window = MainWindow(self.info)
        if old is not None:
            self.window.setGeometry(old.geometry())
        self.window.language_chosen.connect(self.switch_language)
        self.window.file_chosen.connect(self.open)
        self.window.new_file_asked.connect(lambda path: self.open(path, create=True))
        self.window.user_switch_asked.connect(self.ask_who)
        self.window.info_changed.connect(self._take_info)
        if state is not None:
            self.window.restore(state)
        self.window.show()
        self._put_away(old, self.welcome, self.damaged)
        self.welcome = self.damaged = None

    def _put_away(self, *windows: QWidget | None) -> None:
        for gone in windows:
            if gone is not None:
                gone.hide()
                gone.deleteLater()

    def _take_info(self, info: FileInfo) -> None:
        self.info = info

    def switch_language(self, name: str) -> None:
        """Show everything in another language, in place; what is being typed is kept as a draft."""
        preferences.LANGUAGE.set(name)
        use_language(name)
        if self.window is not None:
            self.rebuild()
        elif self.welcome is not None:
            self.welcome.rebuild()

    def show_request(self, path: str) -> None:
        """A second copy was started: come to the front, with its file."""
        busy = QApplication.activeModalWidget()
        if path and place(path) != self.info.path:
            if busy is None:
                self.open(place(path))
            elif (bar := desk.bar_near(busy)) is not None:
                # what is typed in a dialog must not go with the window of the file before
                bar.error(_("Finish here first, then open {file} again.").format(file=path))
        window = self.window or self.welcome
        if window is not None:
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
            window.raise_()
            window.activateWindow()


def run(wish: Place | None, lang: str | None, user: str | None = None) -> int:
    """Open the window, for `user` if somebody is named, and stay until it is closed; exit status 0."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("crm-desktop")
    app.setApplicationDisplayName("CRM Desktop")
    if single.hand_over(str(wish.absolute()) if wish else ""):
        return 0
    errors.install()
    use_language(lang or preferences.LANGUAGE.get() or system_language())
    theme.start(app)
    app.setWindowIcon(theme.icon("address-book", "accent"))
    tasks.interrupt_with(file.interrupt)
    tasks.look_with(screen.looking)
    sys.setswitchinterval(0.0005)  # the window waits for its turn at every cell it paints: 0.5 ms instead of 5
    tasks.start()
    running = App(wish.absolute() if wish else None, user)
    log.info("started in %s", language())
    status = app.exec()
    pulse.stop()
    running.other.close()  # a start during the backup must not be handed over to a program that ends
    tasks.run(running, lambda: desk.sign(desk.user(), traces.CLOSED))
    tasks.run(running, safekeeping.on_exit)
    tasks.run(running, file.close)
    tasks.stop()
    return status
