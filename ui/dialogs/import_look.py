"""The page one looks at before importing: lists and their columns, and beside them what becomes of each row."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from crm_desktop.exchange.deciding import EXISTING
from crm_desktop.i18n import _, ngettext
from ui import theme
from ui.dialogs.import_lists import ListsPanel
from ui.dialogs.import_mapping import MappingPanel, QuietBox, SectionLabel
from ui.dialogs.import_preview import Preview
from ui.parts.notice import Notice
from ui.parts.ticks import Tick


def what_comes(rows: int, beside: int) -> str:
    """What the main button says: so many rows, or what comes in beside lists of which nothing is new."""
    if rows:
        return ngettext("Import {n} row", "Import {n} rows", rows).format(n=f"{rows:,}")
    if beside:
        text = ngettext("Import {n} entry beside the lists", "Import {n} entries beside the lists", beside)
        return text.format(n=f"{beside:,}")
    return _("Nothing to import")


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
        self.missing = Tick(_("Add customers that are not there yet"))
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
        self.missing_ones = Notice()
        column.addWidget(self.missing_ones)
        self.open_questions = Notice()
        column.addWidget(self.open_questions)
        self.preview = Preview()
        column.addWidget(self.preview, 1)
        return right

    def tell_missing(self, missing: Mapping[str, int]) -> None:
        """Customers who are not there, with the rows refused for each, and the choice that brings them in."""
        self.missing.setVisible(self.missing.isChecked() or bool(missing))
        if not missing:
            self.missing_ones.hide()
            return
        rows = sum(missing.values())
        text = ngettext(
            "{n} row is about a customer who is not there: {names}",
            "{n} rows are about customers who are not there: {names}",
            rows,
        )
        names = _(", ").join(list(missing)[:3]) + (" …" if len(missing) > 3 else "")
        way = ngettext("Add {n} as a new customer", "Add these {n} as new customers", len(missing))
        ways = [(way.format(n=f"{len(missing):,}"), self.missing.click)]
        self.missing_ones.say(text.format(n=f"{rows:,}", names=names), ways, "overdue")

    def tell_definitions(self, n: int, take: Callable[[], object]) -> None:
        """What the workbooks tell of the office itself, if they do."""
        if not n:
            self.definitions.hide()
            return
        text = ngettext(
            "The file also holds {n} entry of lists, own fields and settings that is different here.",
            "The file also holds {n} entries of lists, own fields and settings that are different here.",
            n,
        )
        self.definitions.say(text.format(n=f"{n:,}"), [(_("Take them over"), take)], "accent")

    def tell_open(self, n: int, decide: Callable[[], object]) -> None:
        """How much there is to decide, if there is."""
        if not n:
            self.open_questions.hide()
            return
        text = ngettext("{n} thing only you can decide.", "{n} things only you can decide.", n)
        self.open_questions.say(text.format(n=f"{n:,}"), [(_("Decide…"), decide)])
