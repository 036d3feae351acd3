"""Plain words for a UserError, a copyable report for a bug; nobody ever sees a bare traceback."""

import faulthandler
import io
import logging
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from types import TracebackType
from typing import Protocol, runtime_checkable

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

import crm_desktop
from crm_desktop import paths
from crm_desktop.errors import UserError
from crm_desktop.i18n import _

log = logging.getLogger("crm_desktop")
_fault_file: io.TextIOWrapper | None = None


@runtime_checkable
class HasMessageBar(Protocol):
    """A window that tells its people things at its bottom; `message_bar` is a `ui.parts.message_bar.MessageBar`."""

    message_bar: "SaysErrors"


class SaysErrors(Protocol):
    """What a message bar is to this file."""

    def error(self, text: str) -> None:
        """Show the sentence until it was read."""


def _nowhere(_trouble: UserError) -> bool:
    return False


said_above: Callable[[UserError], bool] = _nowhere
"""Whether a trouble is said for as long as it lasts, above everything (ui.parts.pulse sets it)."""


def tell(parent: QObject | None, trouble: UserError) -> None:
    """Say what went wrong in the message bar nearest to `parent`; without any bar in sight, in a small box.

    A trouble that already stands above everything (`said_above`) is not said again.
    """
    if said_above(trouble):
        return
    bar = nearest_bar(parent)
    if bar is not None:
        bar.error(str(trouble))
        return
    box = QDialog(parent if isinstance(parent, QWidget) else None)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(QApplication.applicationDisplayName())
    layout = QVBoxLayout(box)
    text = QLabel(str(trouble))
    text.setWordWrap(True)
    text.setMinimumWidth(360)
    layout.addWidget(text)
    button = QPushButton(_("Close"))
    button.clicked.connect(box.accept)
    layout.addWidget(button, 0, Qt.AlignmentFlag.AlignRight)
    box.open()


def nearest_bar(parent: QObject | None) -> SaysErrors | None:
    """The message bar of the window a part stands in, or of the window in front."""
    place = parent
    while place is not None and shiboken6.isValid(place):
        if isinstance(place, HasMessageBar):
            return place.message_bar
        place = place.parent()
    for window in [QApplication.activeWindow(), *QApplication.topLevelWidgets()]:
        if isinstance(window, HasMessageBar) and window.isVisible():
            return window.message_bar
    return None


def report(trouble: BaseException) -> str:
    """What a developer needs to know about a bug: versions, system, traceback; no customer's data of ours."""
    version = getattr(crm_desktop, "__version__", "?")
    lines = [
        f"CRM Desktop {version} · Python {platform.python_version()} · {platform.platform()}",
        "",
        *traceback.format_exception(trouble),
    ]
    return "\n".join(line.rstrip("\n") for line in lines)


class CrashDialog(QDialog):
    """Says in plain words that the program made a mistake, and has the report ready to copy."""

    def __init__(self, trouble: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Something went wrong"))
        self.resize(640, 380)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        words = QLabel(
            _(
                "The program made a mistake and could not finish the last step. What you typed is still there, "
                "and nothing that was saved is lost. Please copy this report and send it to whoever looks after "
                "the program."
            )
        )
        words.setWordWrap(True)
        layout.addWidget(words)
        self.text = QPlainTextEdit(report(trouble))
        self.text.setReadOnly(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setAccessibleName(_("Report"))
        layout.addWidget(self.text, 1)
        buttons = QHBoxLayout()
        buttons.addStretch()
        copy = QPushButton(_("Copy report"))
        copy.clicked.connect(lambda: QApplication.clipboard().setText(self.text.toPlainText()))
        buttons.addWidget(copy)
        go_on = QPushButton(_("Continue"))
        go_on.setProperty("primary", True)
        go_on.setDefault(True)
        go_on.clicked.connect(self.accept)
        buttons.addWidget(go_on)
        layout.addLayout(buttons)


class _Crashes(QObject):
    """Brings a bug from any thread to the GUI thread, and shows one dialog at a time."""

    happened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._open: CrashDialog | None = None
        self.happened.connect(self.show, Qt.ConnectionType.QueuedConnection)

    def show(self, trouble: BaseException) -> None:
        if self._open is not None and shiboken6.isValid(self._open):
            return  # the first one is the cause, the others follow from it; all of them are in the log
        self._open = CrashDialog(trouble, QApplication.activeWindow())
        self._open.open()


_crashes: _Crashes | None = None


def crashed(kind: type[BaseException], trouble: BaseException, where: TracebackType | None) -> None:
    """The last resort for a bug: into the log, then into the crash dialog; a Ctrl+C in the terminal just ends."""
    if issubclass(kind, KeyboardInterrupt):
        QApplication.quit()
        return
    log.critical("bug", exc_info=(kind, trouble, where))
    if _crashes is not None and QApplication.instance() is not None:
        _crashes.happened.emit(trouble)


def install() -> None:
    """Catch bugs of every thread, hard crashes too, and keep 2 × 1 MB of log in the logs folder. GUI thread only."""
    global _crashes, _fault_file
    handler = RotatingFileHandler(paths.logs() / "crm-desktop.log", maxBytes=1_000_000, backupCount=1, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(threadName)s %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    _fault_file = (paths.logs() / "hard-crash.log").open("a", encoding="utf-8")
    faulthandler.enable(_fault_file)
    _crashes = _Crashes()
    sys.excepthook = crashed
    threading.excepthook = lambda args: crashed(args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback)
