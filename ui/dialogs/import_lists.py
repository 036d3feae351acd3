"""The files chosen for an import, list by list: what each is about, what becomes of it, or why it cannot be read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.exchange.headings import UNKNOWN
from crm_desktop.exchange.importing import TablePlan
from crm_desktop.exchange.reading import ENCODINGS
from crm_desktop.exchange.words import KINDS
from crm_desktop.i18n import _, ngettext
from ui import theme
from ui.dialogs.import_judged import STATUSES, Judged, counted
from ui.dialogs.import_mapping import QuietBox

TEXTS = (".csv", ".tsv", ".txt", ".vcf", ".dbf")
HIGH = 230
"""Pixels the cards may take before they scroll."""


@dataclass(eq=False)
class Entry:
    """One list of a chosen file, or a file that could not be read and why."""

    path: Path
    plan: TablePlan | None = None
    trouble: str = ""
    judged: Judged | None = None
    encoding: str = ""
    """What a text file was said to be written in; "" where that was found out."""

    @property
    def title(self) -> str:
        """The file, and its sheet where that says something."""
        if self.plan is None or self.plan.table.sheet in ("", self.path.stem, "Sheet1"):
            return self.path.name
        return f"{self.path.name} · {self.plan.table.sheet}"

    def says(self) -> str:
        """What becomes of its rows, in a line."""
        if self.plan is None:
            return self.trouble
        if self.plan.kind == UNKNOWN:
            return _("It is not clear what this list is about. Choose it here, or leave it out.")
        if self.judged is None:
            rows = len(self.plan.table.rows)
            return ngettext("{n} row", "{n} rows", rows).format(n=f"{rows:,}")
        return " · ".join(counted(status, n) for status in STATUSES if (n := self.judged.counts[status]))


class ListsPanel(QScrollArea):
    """A card for each list; the chosen one is shown below and beside."""

    chosen = Signal(object)
    kind_chosen = Signal(object, str)
    removed = Signal(object)
    encoding_chosen = Signal(Path, str)

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Chosen files"))
        self.cards: dict[Entry, Card] = {}

    def show_entries(self, entries: list[Entry], current: Entry | None) -> None:
        """Show these lists, and which of them is looked at."""
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(6)
        self.cards = {}
        group = QButtonGroup(page)
        for entry in entries:
            card = self.cards[entry] = Card(entry)
            group.addButton(card.button)
            card.button.clicked.connect(lambda _on=True, it=entry: self.chosen.emit(it))
            card.remove.clicked.connect(lambda _on=False, it=entry: self.removed.emit(it))
            if card.kind is not None:
                card.kind.activated.connect(
                    lambda _n, it=entry, box=card.kind: self.kind_chosen.emit(it, box.currentData())
                )
            if card.encoding is not None:
                card.encoding.activated.connect(
                    lambda _n, it=entry, box=card.encoding: self.encoding_chosen.emit(it.path, box.currentData())
                )
            column.addWidget(card)
        column.addStretch()
        self.setWidget(page)
        self.look_at(current)

    def look_at(self, current: Entry | None) -> None:
        """Open the card of the list that is looked at; the others are just as high as what they say."""
        for entry, card in self.cards.items():
            card.open(entry is current)
        self._fit()

    def refresh(self) -> None:
        """Say anew what becomes of each list."""
        for card in self.cards.values():
            card.refresh()
        self._fit()

    def _fit(self) -> None:
        page = self.widget()
        layout = page.layout() if page else None
        if layout is not None:
            layout.activate()
            self.setFixedHeight(min(layout.sizeHint().height() + 4, HIGH))


class Card(QFrame):
    """One list."""

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self.entry = entry
        self.setProperty("card", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 6, 8)
        column.setSpacing(4)
        top = QHBoxLayout()
        self.button = QToolButton()
        readable = entry.plan is not None
        icon = theme.icon("file-spreadsheet", "accent") if readable else theme.icon("alert-triangle", "overdue")
        self.button.setIcon(icon)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setText(self.fontMetrics().elidedText(entry.title, Qt.TextElideMode.ElideMiddle, 240))
        self.button.setToolTip(str(entry.path))
        self.button.setAccessibleName(entry.title)
        self.button.setCheckable(readable)
        top.addWidget(self.button)
        top.addStretch()
        self.remove = QToolButton()
        self.remove.setIcon(theme.icon("x", "muted"))
        self.remove.setToolTip(_("Leave this file out"))
        self.remove.setAccessibleName(_("Leave {file} out").format(file=entry.title))
        top.addWidget(self.remove)
        column.addLayout(top)
        self.kind: QuietBox | None = None
        self.encoding: QComboBox | None = None
        if entry.plan is not None:
            self.kind = self._kinds(entry.plan)
            if entry.path.suffix.lower() in TEXTS:
                self.encoding = self._encodings(entry.encoding)
            self._about = self._choices(self.kind, self.encoding)
            column.addWidget(self._about)
        self.words = QLabel()
        self.words.setWordWrap(True)
        column.addWidget(self.words)
        self.refresh()

    @staticmethod
    def _choices(kind: QuietBox, encoding: QComboBox | None) -> QWidget:
        """What can be chosen about a list, a line each."""
        widget = QWidget()
        lines = QVBoxLayout(widget)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        row = QHBoxLayout()
        about = QLabel(_("This is a list of"))
        about.setProperty("tone", "muted")
        about.setBuddy(kind)
        row.addWidget(about)
        row.addWidget(kind, 1)
        lines.addLayout(row)
        if encoding is not None:
            lines.addWidget(encoding, 0, Qt.AlignmentFlag.AlignLeft)
        return widget

    def _kinds(self, plan: TablePlan) -> QuietBox:
        box = QuietBox()
        box.setAccessibleName(_("This is a list of"))
        for kind, label in KINDS.items():
            box.addItem(_(label), kind)
        box.addItem(_("– leave it out –"), UNKNOWN)
        box.setCurrentIndex(box.findData(plan.kind))
        return box

    @staticmethod
    def _encodings(chosen: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(_("Characters"))
        box.setToolTip(_("Choose another one when the characters look wrong."))
        box.addItem(_("characters: find out"), "")
        for encoding in ENCODINGS:
            box.addItem(encoding.upper(), encoding)
        box.setCurrentIndex(max(box.findData(chosen), 0))
        return box

    def open(self, current: bool) -> None:
        """Whether this is the list that is looked at: what it is about can be chosen there."""
        self.button.setChecked(current)
        if self.entry.plan is not None:
            self._about.setVisible(current or self.entry.plan.kind == UNKNOWN)

    def refresh(self) -> None:
        """Say what becomes of the list now."""
        self.words.setText(self.entry.says())
        unclear = self.entry.plan is not None and self.entry.plan.kind == UNKNOWN
        theme.set_property(self.words, "tone", "overdue" if self.entry.trouble else "due" if unclear else "muted")
