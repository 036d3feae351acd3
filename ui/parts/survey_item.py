"""One question of a questionnaire being written: its kind, its words in both languages, its choices."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from crm_desktop.i18n import _
from crm_desktop.models.survey import AREAS, CHOICE, KINDS, SCALE, Item
from ui.parts.editors_text import GrowingText
from ui.parts.ticks import Tick


class ItemForm(QWidget):
    """Label above, editor below; tells after every key."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = ""
        self._filling = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(4)
        self.zh = self._text(_("In Chinese"), 2)
        self.en = self._text(_("In English"), 2)
        self.kind = self._box(_("Kind of question"), KINDS)
        self.area = self._box(_("About"), AREAS)
        self.options_zh = self._text(_("Choices in Chinese, one a line"), 3)
        self.options_en = self._text(_("Choices in English, one a line"), 3)
        self.needed: Tick = Tick(_("Must be answered"))
        self.overall: Tick = Tick(_("The overall question"))
        self.overall.setToolTip(_("The others are compared with it, to find out what drives satisfaction"))
        for tick in (self.needed, self.overall):
            tick.toggled.connect(self._told)
            self._column.addWidget(tick)
        self._column.addStretch()
        self._fit()

    def set_item(self, item: Item) -> None:
        """Show another question."""
        self._filling = True
        self._key = str(item.get("key", ""))
        for name in ("zh", "en", "options_zh", "options_en"):
            box: GrowingText = getattr(self, name)
            box.setPlainText(str(item.get(name, "")))
        self.kind.setCurrentIndex(max(0, self.kind.findData(item.get("kind", SCALE))))
        self.area.setCurrentIndex(max(0, self.area.findData(item.get("area", "other"))))
        self.needed.setChecked(bool(item.get("needed")))
        self.overall.setChecked(bool(item.get("overall")))
        self._filling = False
        self._fit()

    def item(self) -> Item:
        """The question as it is written now; empty parts are left out."""
        kind = str(self.kind.currentData())
        found: dict[str, Any] = {
            "key": self._key,
            "kind": kind,
            "area": str(self.area.currentData()),
            "zh": self.zh.toPlainText().strip(),
            "en": self.en.toPlainText().strip(),
            "needed": self.needed.isChecked(),
            "overall": self.overall.isChecked() and kind == SCALE,
        }
        if kind == CHOICE:
            for name in ("options_zh", "options_en"):
                lines = getattr(self, name).toPlainText().splitlines()
                found[name] = "\n".join(line.strip() for line in lines if line.strip())
        return {name: value for name, value in found.items() if value not in ("", False)}

    def _text(self, label: str, least: int) -> GrowingText:
        words = QLabel(label)
        words.setProperty("tone", "muted")
        box = GrowingText(least, 6)
        box.setAccessibleName(label)
        words.setBuddy(box)
        box.textChanged.connect(self._told)
        self._column.addWidget(words)
        self._column.addWidget(box)
        box.setProperty("label", words)
        return box

    def _box(self, label: str, words: dict[str, str]) -> QComboBox:
        above = QLabel(label)
        above.setProperty("tone", "muted")
        box = QComboBox()
        box.setAccessibleName(label)
        for code, word in words.items():
            box.addItem(_(word), code)
        box.currentIndexChanged.connect(self._told)
        self._column.addWidget(above)
        self._column.addWidget(box)
        return box

    def _told(self) -> None:
        if not self._filling and hasattr(self, "overall"):
            self._fit()
            self.edited.emit()

    def _fit(self) -> None:
        """Only what this kind of question has."""
        kind = self.kind.currentData()
        for box in (self.options_zh, self.options_en):
            box.setVisible(kind == CHOICE)
            label = box.property("label")
            if isinstance(label, QLabel):
                label.setVisible(kind == CHOICE)
        self.overall.setVisible(kind == SCALE)
