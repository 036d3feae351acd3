"""One entry of a list being changed: its names, its colour, other words for it, and whether it is offered."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.i18n import N_, _, language
from crm_desktop.models.lists import Entry
from ui import theme
from ui.parts.ticks import Tick

COLOURS: tuple[tuple[str, str], ...] = (
    ("", N_("none")),
    ("#2563EB", N_("blue")),
    ("#15803D", N_("green")),
    ("#B7791F", N_("gold")),
    ("#B45309", N_("amber")),
    ("#DC2626", N_("red")),
    ("#7C3AED", N_("violet")),
    ("#0E7490", N_("teal")),
    ("#6B7280", N_("grey")),
    ("#9AA1AC", N_("light grey")),
)


class EntryForm(QWidget):
    """The fields of an entry; what is typed is only saved with the button."""

    save_asked = Signal()
    delete_asked = Signal()
    discard_asked = Signal()
    edited = Signal(bool)
    """Whether something is typed that is not saved."""

    def __init__(self) -> None:
        super().__init__()
        self.entry: Entry | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.zh, self.en, self.words = QLineEdit(), QLineEdit(), QLineEdit()
        self.words.setToolTip(_("Other ways people write it, separated by spaces."))
        self.colour = QComboBox()
        for label, editor in (
            (_("Chinese name"), self.zh),
            (_("English name"), self.en),
            (_("Other words, as they stand in Excel lists"), self.words),
            (_("Colour"), self.colour),
        ):
            editor.setAccessibleName(label)
            form.addRow(label, editor)
        column.addLayout(form)
        self.active = Tick(_("Is offered where one chooses from this list"))
        column.addWidget(self.active)
        self.uses = QLabel()
        self.uses.setWordWrap(True)
        column.addWidget(self.uses)
        column.addLayout(self._buttons())
        column.addStretch()
        for line in (self.zh, self.en, self.words):
            line.textChanged.connect(lambda _text: self._edited())
        self.active.toggled.connect(lambda _on: self._edited())
        self.colour.currentIndexChanged.connect(lambda _n: self._edited())

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.save_button = QPushButton(_("Save"))
        self.save_button.setProperty("primary", True)
        self.save_button.setAutoDefault(True)
        self.save_button.clicked.connect(self.save_asked)
        row.addWidget(self.save_button)
        self.discard_button = QPushButton(_("Discard"))
        self.discard_button.setAutoDefault(False)
        self.discard_button.clicked.connect(self.discard_asked)
        row.addWidget(self.discard_button)
        self.delete_button = QPushButton(theme.icon("trash"), _("Delete"))
        self.delete_button.setAutoDefault(False)
        self.delete_button.clicked.connect(self.delete_asked)
        row.addWidget(self.delete_button)
        row.addStretch()
        return row

    def first(self) -> QLineEdit:
        """Where one begins to type."""
        return self.zh if language() == "zh_CN" else self.en

    def show_entry(self, entry: Entry | None) -> None:
        """Show an entry, or the empty form of a new one."""
        self.entry = entry
        self.zh.setText(entry.zh if entry else "")
        self.en.setText(entry.en if entry else "")
        self.words.setText(entry.words if entry else "")
        self._offer_colours(entry.colour if entry else "")
        self.active.setChecked(entry.active if entry else True)
        self.say_uses("", deletable=False)
        self._edited()

    def _offer_colours(self, chosen: str) -> None:
        self.colour.clear()
        named = dict(COLOURS)
        for value in dict.fromkeys([*named, chosen]):
            self.colour.addItem(swatch(value), _(named[value]) if value in named else value, value)
        self.colour.setCurrentIndex(self.colour.findData(chosen))

    def typed(self) -> dict[str, Any]:
        """What the form says, by field."""
        return {
            "zh": self.zh.text().strip(),
            "en": self.en.text().strip(),
            "words": " ".join(self.words.text().split()),
            "colour": self.colour.currentData() or "",
            "active": self.active.isChecked(),
        }

    def label(self) -> str:
        """What the entry will be called in the language shown."""
        typed = self.typed()
        return str((typed["zh"] if language() == "zh_CN" else typed["en"]) or typed["zh"] or typed["en"])

    def is_dirty(self) -> bool:
        """Whether something was typed and is not saved."""
        typed = self.typed()
        if self.entry is None:
            return bool(typed["zh"] or typed["en"] or typed["words"])
        return any(getattr(self.entry, name) != value for name, value in typed.items())

    def say(self, trouble: str) -> None:
        """Say why it cannot be saved so."""
        self.uses.setText(trouble)
        theme.set_property(self.uses, "tone", "overdue")

    def say_uses(self, text: str, deletable: bool) -> None:
        """Say who uses the entry, and whether it may be deleted."""
        self.uses.setText(text)
        theme.set_property(self.uses, "tone", "muted")
        self.delete_button.setVisible(deletable)

    def _edited(self) -> None:
        dirty = self.is_dirty()
        self.save_button.setEnabled(dirty and bool(self.label()))
        self.discard_button.setVisible(dirty)
        self.edited.emit(dirty)


def swatch(colour: str) -> QIcon:
    """A small square of the colour, with a light rim so that it shows on the chosen row, too."""
    picture = QPixmap(16, 16)
    picture.fill(Qt.GlobalColor.transparent)
    if colour:
        picture.fill(QColor("#FFFFFF"))
        painter = QPainter(picture)
        painter.fillRect(1, 1, 14, 14, QColor(colour))
        painter.end()
    return QIcon(picture)
