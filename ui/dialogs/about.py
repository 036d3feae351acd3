"""Help: the keyboard shortcuts, and what this program is and where its files lie."""

from __future__ import annotations

import platform

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QWidget

import crm_desktop
from crm_desktop import paths
from crm_desktop.i18n import N_, _
from ui import menus, theme
from ui.parts.dialog import Dialog
from ui.parts.fileinfo import FileInfo

MORE_KEYS = (
    ("Alt+1 … 9", N_("Go to a tab")),
    ("Ctrl+Enter", N_("Open the record in its own window")),
    ("Esc", N_("Back; asks when something was typed")),
    ("0 … 9", N_("Survey by phone: answer a question")),
    ("F6, F7, F8, F9", N_("Survey by phone: back, later, not reached, declined")),
    ("Ctrl+A, Ctrl+C", N_("In a list: select all, copy for Excel")),
)


class KeysDialog(Dialog):
    """All keyboard shortcuts on a page."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, _("Keyboard shortcuts"), "keys", QSize(480, 560))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        page = QWidget()
        grid = QGridLayout(page)
        grid.setHorizontalSpacing(24)
        rows = [(c.keys, c.text) for _title, commands in menus.MENUS for c in commands if c.keys]
        for number, (keys, text) in enumerate([*rows, *MORE_KEYS]):
            shortcut = QLabel(keys)
            shortcut.setFont(theme.title_font(10))
            grid.addWidget(shortcut, number, 0)
            grid.addWidget(QLabel(_(text)), number, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(len(rows) + len(MORE_KEYS), 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(page)
        self.content.addWidget(scroll)
        self.add_button(_("Close"), self.accept, primary=True)


class AboutDialog(Dialog):
    """Version, files, licences."""

    def __init__(self, parent: QWidget, info: FileInfo) -> None:
        super().__init__(parent, _("About CRM Desktop"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        lines = (
            (_("Version"), f"{crm_desktop.__version__} · Python {platform.python_version()}"),
            (_("Customer file"), str(info.path)),
            (_("Log folder"), str(paths.logs())),
            (_("Licence"), _("MIT; fonts, icons and lists under their own licences, see LICENSES.md")),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        for number, (label, text) in enumerate(lines):
            name = QLabel(label)
            name.setProperty("tone", "muted")
            grid.addWidget(name, number, 0)
            value = QLabel(text)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(value, number, 1)
        self.content.addLayout(grid)
        self.add_button(_("Close"), self.accept, primary=True)
