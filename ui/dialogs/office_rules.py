"""What pages of rules share: spans of time and numbers beside their standards, written as one action when saved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.models.lists import Entry
from crm_desktop.models.office import SETTINGS, put_settings
from crm_desktop.store.change import Change
from crm_desktop.values.work_time import UNITS, Span
from ui import theme
from ui.parts import desk

UNIT_NAMES = {"h": N_("hours"), "wh": N_("working hours"), "wd": N_("working days")}
Things = Sequence[tuple[str, str]]
"""What is due (as it stands in the name of a setting), and what its column is called (msgid)."""


class SpanBox(QWidget):
    """An amount and its unit; 0 is no rule."""

    def __init__(self, written: str, name: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.amount = QSpinBox()
        self.amount.setRange(0, 999)
        self.amount.setFixedWidth(64)
        self.amount.setAccessibleName(name)
        self.unit = QComboBox()
        self.unit.setAccessibleName(_("Unit"))
        self.unit.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.unit.setMinimumContentsLength(11)
        for unit in UNITS:
            self.unit.addItem(_(UNIT_NAMES[unit]), unit)
        row.addWidget(self.amount)
        row.addWidget(self.unit, 1)
        self.show_span(written)

    def show_span(self, written: str) -> None:
        """Show a span as it is stored ("3wd")."""
        span = Span.read(written)
        self.amount.setValue(span.amount if span else 0)
        self.unit.setCurrentIndex(max(0, self.unit.findData(span.unit if span else "wd")))

    def written(self) -> str:
        """The span as it is stored."""
        return f"{self.amount.value()}{self.unit.currentData()}" if self.amount.value() else ""


class RulesPage(QScrollArea):
    """A page that scrolls; the subclasses fill its `column` from above, and end with `add_saving`."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.stored: dict[str, Any] = {}
        self.spans: dict[str, SpanBox] = {}
        self.numbers: dict[str, QSpinBox] = {}
        self._units: dict[str, int] = {}
        page = QWidget()
        self.column = QVBoxLayout(page)
        self.column.setContentsMargins(4, 16, 12, 8)
        self.column.setSpacing(12)
        self.setWidget(page)

    def add_title(self, text: str) -> None:
        """The title of a part of the page."""
        label = QLabel(text)
        label.setWordWrap(True)
        label.setFont(theme.title_font(label.font().pointSizeF()))
        self.column.addWidget(label)

    def add_spans(
        self, entries: Iterable[Entry], things: Things, key: str, standards: Mapping[str, str], title: str = ""
    ) -> None:
        """One line an entry, one column a thing that is due; `key` names the setting ("sla_{what}_{code}")."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        for place, text in enumerate((title, *(_(label) for _what, label in things))):
            grid.addWidget(muted(text), 0, place)
        for line, entry in enumerate(entries, 1):
            grid.addWidget(QLabel(indented(entry)), line, 0)
            for place, (what, label) in enumerate(things, 1):
                name = key.format(what=what, code=entry.code)
                box = self.spans[name] = SpanBox(standards.get(name, ""), f"{entry.label}: {_(label)}")
                standard = Span.read(standards.get(name, ""))
                box.setToolTip(_("standard: {n}").format(n=standard.in_words() if standard else _("no rule")))
                box.amount.valueChanged.connect(lambda _value: self.changed())
                box.unit.currentIndexChanged.connect(lambda _index: self.changed())
                grid.addWidget(box, line, place)
        grid.setColumnMinimumWidth(0, 180 if title else 0)
        grid.setColumnStretch(len(things) + 1, 1)
        self.column.addLayout(grid)

    def add_numbers(self, wanted: Iterable[tuple[str, str, int]], unit: int = 1) -> None:
        """A line a number: setting, label (msgid), the most it may be; one of the box is so many of the setting."""
        form = QFormLayout()
        for key, label, most in wanted:
            box = self.numbers[key] = QSpinBox()
            self._units[key] = unit
            box.setRange(0, most)
            box.setFixedWidth(110)
            box.setAccessibleName(_(label))
            box.setToolTip(_("standard: {n}").format(n=f"{SETTINGS[key] // unit:,}"))
            box.valueChanged.connect(lambda _value: self.changed())
            form.addRow(_(label), box)
        self.column.addLayout(form)

    def add_saving(self) -> None:
        """What is wrong, and the button that saves."""
        self.problem = QLabel()
        self.problem.setProperty("tone", "overdue")
        self.problem.setWordWrap(True)
        self.column.addWidget(self.problem)
        self.save_button = QPushButton(_("Save"))
        self.save_button.setProperty("primary", True)
        self.save_button.clicked.connect(self.save)
        self.column.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch()

    def show_rules(self, stored: Mapping[str, Any]) -> None:
        """Show what the file says."""
        self.stored = {**SETTINGS, **stored}
        for key, span in self.spans.items():
            span.show_span(str(self.stored.get(key, "")))
        for key, box in self.numbers.items():
            box.setValue(int(self.stored[key]) // self._units[key])

    def now(self) -> dict[str, Any]:
        """The settings of the page as they stand there."""
        spans = {key: box.written() for key, box in self.spans.items()}
        return spans | {key: box.value() * self._units[key] for key, box in self.numbers.items()}

    def typed(self) -> dict[str, Any]:
        """The settings that were changed and are not saved."""
        if not self.stored:
            return {}
        return {key: value for key, value in self.now().items() if value != self.stored.get(key, "")}

    def is_dirty(self) -> bool:
        """Whether something was changed and is not saved."""
        return bool(self.typed())

    def save(self) -> None:
        """Write what was changed."""
        self.write()

    def write(
        self, more: int = 0, work: Callable[[Change], object] | None = None, then: Callable[[], object] | None = None
    ) -> None:
        """Write the settings that were changed, and what else was (so many things), as one action."""
        typed = self.typed()

        def both(c: Change) -> None:
            put_settings(c, typed)
            if work is not None:
                work(c)

        def written(_nothing: None) -> None:
            self.stored |= typed
            if then is not None:
                then()
            self.changed()

        n = len(typed) + more
        said = ngettext("{n} setting saved.", "{n} settings saved.", n).format(n=n)
        desk.write(self, N_("Change settings"), both, written, said=said)

    def changed(self) -> None:
        """Something was typed, or saved."""
        self.save_button.setEnabled(self.is_dirty())


def muted(text: str) -> QLabel:
    """A quiet line."""
    label = QLabel(text)
    label.setProperty("tone", "muted")
    label.setWordWrap(False)
    return label


def indented(entry: Entry) -> str:
    """An entry that belongs to another one stands a little to the right."""
    return f"    {entry.label}" if entry.parent else entry.label
