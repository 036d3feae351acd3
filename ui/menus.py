"""The menus of the main window, as one table: what can be done, how it is called, by which keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from crm_desktop.i18n import LANGUAGES, N_, _, language
from ui import dialogs, preferences, theme


class Command(NamedTuple):
    """One entry: what it does, its text (msgid), shortcuts (separated by "; ") and icon.

    It calls the main window's method of that name, or opens the dialog ("file.Class").
    """

    does: str
    text: str
    keys: str = ""
    icon: str = ""


LINE = Command("", "")

MENUS: Sequence[tuple[str, Sequence[Command]]] = (
    (
        N_("&File"),
        (
            Command("new_file", N_("New customer file…"), icon="file-plus"),
            Command("open_file", N_("Open customer file…"), "Ctrl+O", "folder-open"),
            Command("server.OpenServer", N_("Office on a server…"), icon="folder-open"),
            Command("server.MoveToServer", N_("Move to a server…"), icon="upload"),
            Command("server.SaveAsFile", N_("Save a copy as a file…"), icon="download"),
            LINE,
            Command("show_backups", N_("Backups…"), icon="device-floppy"),
            LINE,
            Command("import_files", N_("Import from Excel…"), "Ctrl+I", "upload"),
            Command("exchange.EmptyList", N_("Empty list to fill in…"), icon="file-spreadsheet"),
            Command("export_list", N_("Export this list…"), "Ctrl+E", "download"),
            Command("exchange.WholeOffice", N_("Export the whole office…"), icon="download"),
            LINE,
            Command("print_month", N_("Monthly customer report…"), "Ctrl+P", "printer"),
            Command("print_card", N_("Customer card…"), "Ctrl+Shift+P", "id"),
            LINE,
            Command("close", N_("Quit"), "Ctrl+Q"),
        ),
    ),
    (
        N_("&Edit"),
        (
            Command("undo", N_("Undo last action"), "Ctrl+Z", "arrow-back-up"),
            Command("redo", N_("Do it again"), "Ctrl+Y; Ctrl+Shift+Z", "arrow-forward-up"),
            LINE,
            Command("new_record", N_("New"), "Ctrl+N", "plus"),
            Command("write_contact", N_("Write down a contact"), "Ctrl+L", "message"),
            Command("edit_record", N_("Edit"), "F2", "edit"),
            Command("save_record", N_("Save"), "Ctrl+S", "device-floppy"),
            LINE,
            Command("search_here", N_("Search in this list"), "Ctrl+F", "search"),
            Command("jump", N_("Find anything"), "Ctrl+K", "search"),
            Command("refresh", N_("Refresh"), "F5", "refresh"),
        ),
    ),
    (N_("&View"), ()),
    (
        N_("&Office"),
        (
            Command("duplicates.Duplicates", N_("Find duplicates…"), icon="copy"),
            Command("cleaning.CleanUp", N_("Clean up…"), icon="adjustments-horizontal"),
            Command("handover.HandOver", N_("Hand over…"), icon="users"),
            Command("operations.Operations", N_("Operation log…"), icon="history"),
            Command("recycle_bin.RecycleBin", N_("Recycle bin…"), icon="trash"),
            LINE,
            Command("own_fields.OwnFields", N_("Own fields…"), icon="adjustments-horizontal"),
            Command("news.NewsDialog", N_("Office news…"), icon="bell"),
            Command("evaluation.Evaluations", N_("Evaluation of colleagues…"), icon="chart-bar"),
            Command("competence.Abilities", N_("Abilities of colleagues…"), icon="star"),
            Command("edit_office", N_("Office and lists…"), icon="settings"),
            Command("show_colleagues", N_("Colleagues in this file…"), icon="users"),
            Command("switch_user", N_("Who is at the keyboard…"), icon="user"),
        ),
    ),
    (
        N_("&Help"),
        (
            Command("manual.Manual", N_("Manual…"), icon="file-text"),
            Command("show_sharing", N_("Several computers, one file…"), icon="users"),
            Command("show_keys", N_("Keyboard shortcuts"), "F1", "help-circle"),
            Command("show_health", N_("State of the file…"), icon="circle-check"),
            Command("open_logs", N_("Open the log folder"), icon="folder-open"),
            Command("about", N_("About CRM Desktop"), icon="info-circle"),
        ),
    ),
)

THEMES = (("system", N_("Follow the system")), ("light", N_("Light")), ("dark", N_("Dark")))


def build(window: QMainWindow, tabs: Sequence[str]) -> None:
    """Fill the window's menu bar; each command calls the window's method of that name."""
    for title, commands in MENUS:
        menu = window.menuBar().addMenu(_(title))
        for command in commands:
            if command is LINE:
                menu.addSeparator()
                continue
            action = menu.addAction(_(command.text))
            action.setObjectName(command.does)
            if command.keys:
                action.setShortcuts(QKeySequence.listFromString(command.keys))
            if command.icon:
                action.setIcon(theme.icon(command.icon))
            action.triggered.connect(_what(window, command.does))
        if title == N_("&View"):
            _fill_view(window, menu, tabs)


def _what(window: QMainWindow, does: str) -> Callable[[], object]:
    """The window's method of that name, or the opening of a dialog."""
    place, _dot, dialog = does.partition(".")
    if not dialog:
        return getattr(window, does)  # type: ignore[no-any-return]
    return lambda: _open(window, getattr(getattr(dialogs, place), dialog))


def _open(window: QMainWindow, dialog: Callable[[QMainWindow], Any]) -> None:
    """Open a dialog; what it asks to see is shown in the window's tabs."""
    opened = dialog(window)
    if isinstance(getattr(type(opened), "asked", None), Signal):
        opened.asked.connect(window.show_wish)  # type: ignore[attr-defined]
    opened.open()


def _fill_view(window: QMainWindow, menu: QMenu, tabs: Sequence[str]) -> None:
    for number, tab in enumerate(tabs):
        action = menu.addAction(_(tab))
        action.setShortcut(QKeySequence(f"Alt+{number + 1}"))
        action.triggered.connect(lambda _checked=False, n=number: window.tabs.setCurrentIndex(n))  # type: ignore[attr-defined]
    menu.addSeparator()
    languages = menu.addMenu(theme.icon("language"), _("Language"))
    _choices(window, languages, list(LANGUAGES.items()), language(), window.language_chosen.emit)  # type: ignore[attr-defined]
    themes = menu.addMenu(theme.icon("sun"), _("Colours"))
    _choices(window, themes, [(key, _(text)) for key, text in THEMES], preferences.THEME.get(), theme.choose)


def _choices(window: QMainWindow, menu: QMenu, entries: list[tuple[str, str]], chosen: str, choose: object) -> None:
    """A menu of which exactly one entry is ticked."""
    group = QActionGroup(window)
    for key, text in entries:
        action: QAction = menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(key == chosen)
        action.setObjectName(key)
        group.addAction(action)
        action.triggered.connect(lambda _checked=False, k=key: choose(k))  # type: ignore[operator]
