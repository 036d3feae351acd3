"""The page one looks at before importing: lists and their columns, and beside them what becomes of each row."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from crm_desktop.exchange.deciding import EXISTING
from crm_desktop.i18n import _
from ui import theme
from ui.dialogs.import_lists import ListsPanel
from ui.dialogs.import_mapping import MappingPanel, QuietBox, SectionLabel
from ui.dialogs.import_preview import Preview
from ui.parts.notice import Notice


class LookPage(QSplitter):
    """Only the widgets; the dialog says what they do."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setChildrenCollapsible(False)
        self.addWidget(self._left())
        self.addWidget(self._right())
        self.setSizes([380, 740])
        self.setStretchFactor(1, 1)

    def _left(self) -> QWidget:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        self.lists = ListsPanel()
        column.addWidget(self.lists)
        self.existing = QuietBox()
        self.existing.setAccessibleName(_("Records that are there already"))
        self.existing.setToolTip(_("What becomes of records that are there already"))
        for key, text in EXISTING.items():
            self.existing.addItem(_(text), key)
        there = QLabel(_("What is there already"))
        there.setProperty("tone", "muted")
        there.setBuddy(self.existing)
        line = QHBoxLayout()
        line.addWidget(there)
        line.addWidget(self.existing, 1)
        column.addLayout(line)
        self.missing = QCheckBox(_("Add customers that are not there yet"))
        column.addWidget(self.missing)
        column.addWidget(SectionLabel(_("Column in the file  →  goes to")))
        self.homeless = QPushButton(theme.icon("plus"), _("Make fields of the columns without one"))
        self.homeless.setAutoDefault(False)
        column.addWidget(self.homeless)
        self.mapping = MappingPanel()
        column.addWidget(self.mapping, 1)
        return left

    def _right(self) -> QWidget:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        self.definitions = Notice()
        column.addWidget(self.definitions)
        self.open_questions = Notice()
        column.addWidget(self.open_questions)
        self.preview = Preview()
        column.addWidget(self.preview, 1)
        return right
