"""What is looked for in a backup: which kind of record, and a text."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from crm_desktop import log_words, retrieving
from crm_desktop.i18n import _
from ui.parts.search_line import SearchLine

TYPING = 250
"""Milliseconds after the last key until the backup is searched."""


class TakingOut(QWidget):
    """A line above the list: kind, search, and which backup it is."""

    kind_chosen = Signal()
    searched = Signal()
    """Nothing was typed for a moment."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        self.kind = QComboBox()
        self.kind.setAccessibleName(_("What is taken out"))
        for table in retrieving.KINDS:
            self.kind.addItem(log_words.kind(table), table)
        self.kind.currentIndexChanged.connect(lambda _index: self.kind_chosen.emit())
        line.addWidget(self.kind)
        self.search = SearchLine(_("Search in the backup: name, pinyin, phone"), _("Search in the backup"))
        wait = QTimer(self, singleShot=True, interval=TYPING)
        wait.timeout.connect(self.searched)
        self.search.textChanged.connect(lambda _text: wait.start())
        line.addWidget(self.search, 2)
        self.made = QLabel(path.name)
        self.made.setProperty("tone", "muted")
        self.made.setToolTip(str(path))
        line.addWidget(self.made, 3)

    @property
    def table(self) -> str:
        """The table whose records are listed."""
        return str(self.kind.currentData())

    @property
    def customers(self) -> bool:
        """Whether these are whole customers."""
        return self.table == retrieving.KINDS[0]

    @property
    def text(self) -> str:
        """What was typed."""
        return self.search.text().strip()
