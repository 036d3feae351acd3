"""What the office sets about service requests: standards by tier, type and priority, targets, checklists by type."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.models import lists
from crm_desktop.models.lists import Entry
from crm_desktop.models.office import SETTINGS, put_settings, settings
from crm_desktop.models.service_rules import CHECKS, STANDARDS
from crm_desktop.service import checklist
from crm_desktop.store.change import Change
from crm_desktop.values.work_time import Span
from ui import tasks
from ui.dialogs.office_complaints import SpanBox, title_line
from ui.parts import desk

THINGS = (("reply", N_("First reply within")), ("solve", N_("Solve within")))
BY = (
    ("tier", "tier", N_("By tier")),
    ("priority", "request_priority", N_("By priority")),
    ("type", "request_type", N_("By type")),
)
"""What a standard may depend on, and the list of its entries."""
TARGETS = (
    ("target_reply_in_time", N_("Answered in time (%)")),
    ("target_solve_in_time", N_("Solved in time (%)")),
    ("target_first_fix", N_("Solved at once (%)")),
    ("target_satisfied", N_("Satisfied customers (%)")),
)
NUMBERS = (
    ("service_follow_up_days", N_("Ask the customer so many working days after solving"), 30),
    ("service_low_score", N_("So many points of 5 or less are a sign of displeasure"), 5),
)


class ServiceRulesPage(QScrollArea):
    """Everything takes effect when it is saved: open deadlines move with it, new requests get the new checklist."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._stored: dict[str, Any] = {}
        self.spans: dict[str, SpanBox] = {}
        self.numbers: dict[str, QSpinBox] = {}
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(4, 16, 12, 8)
        column.setSpacing(12)
        column.addWidget(
            title_line(_("Service standards: the strictest of tier, priority and type holds (0: no rule)"))
        )
        for kind, list_name, title in BY:
            column.addLayout(self._grid(kind, list_name, _(title)))
        hint = QLabel(_("A type without a rule of its own has that of the type it belongs to."))
        hint.setProperty("tone", "muted")
        hint.setWordWrap(True)
        column.addWidget(hint)
        column.addWidget(title_line(_("Targets: what share of the requests is to be so")))
        column.addLayout(self._numbers([(key, label, 100) for key, label in TARGETS]))
        column.addWidget(title_line(_("After solving")))
        column.addLayout(self._numbers(NUMBERS))
        column.addWidget(title_line(_("Checklists: what is to be done with a request of each type")))
        self.checklists = ChecklistEditor()
        self.checklists.edited.connect(self._changed)
        column.addWidget(self.checklists)
        self.save_button = QPushButton(_("Save"))
        self.save_button.setProperty("primary", True)
        self.save_button.clicked.connect(self.save)
        column.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch()
        self.setWidget(page)
        tasks.run(self, settings, self.show_stored, place="rules", reading=True)

    def _grid(self, kind: str, list_name: str, title: str) -> QGridLayout:
        """One line an entry, one column a thing that is due."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        for place, text in enumerate((title, *(_(label) for _what, label in THINGS))):
            heading = QLabel(text)
            heading.setProperty("tone", "muted")
            grid.addWidget(heading, 0, place)
        for line, entry in enumerate(lists.entries(list_name), 1):
            grid.addWidget(QLabel(_indented(entry)), line, 0)
            for place, (what, label) in enumerate(THINGS, 1):
                key = f"std_{what}_{kind}_{entry.code}"
                box = self.spans[key] = SpanBox("", f"{entry.label}: {_(label)}")
                standard = Span.read(STANDARDS.get(key, ""))
                box.setToolTip(_("standard: {n}").format(n=standard.in_words() if standard else _("no rule")))
                box.amount.valueChanged.connect(lambda _value: self._changed())
                box.unit.currentIndexChanged.connect(lambda _index: self._changed())
                grid.addWidget(box, line, place)
        grid.setColumnMinimumWidth(0, 180)
        grid.setColumnStretch(3, 1)
        return grid

    def _numbers(self, wanted: Any) -> QFormLayout:
        form = QFormLayout()
        for key, label, most in wanted:
            box = self.numbers[key] = QSpinBox()
            box.setRange(0, most)
            box.setFixedWidth(96)
            box.setAccessibleName(_(label))
            box.setToolTip(_("standard: {n}").format(n=SETTINGS[key]))
            box.valueChanged.connect(lambda _value: self._changed())
            form.addRow(_(label), box)
        return form

    def show_stored(self, stored: dict[str, Any]) -> None:
        """Show what the file says, unless something was typed meanwhile."""
        if self.is_dirty():
            return
        self._stored = stored
        for key, span in self.spans.items():
            span.show_span(str(stored.get(key, "")))
        for key, box in self.numbers.items():
            box.setValue(int(stored[key]))
        found = {name.removeprefix(CHECKS): list(what) for name, what in stored.items() if name.startswith(CHECKS)}
        self.checklists.show_lists(found)
        self._changed()

    def typed(self) -> dict[str, Any]:
        """The settings that were changed and are not saved; checklists are told apart."""
        if not self._stored:
            return {}
        now: dict[str, Any] = {key: box.written() for key, box in self.spans.items()}
        now |= {key: box.value() for key, box in self.numbers.items()}
        return {key: value for key, value in now.items() if value != self._stored.get(key, "")}

    def is_dirty(self) -> bool:
        """Whether something was changed and is not saved."""
        return bool(self.typed() or self.checklists.typed())

    def save(self) -> None:
        """Write what was changed, as one action."""
        typed, steps = self.typed(), self.checklists.typed()

        def write(c: Change) -> None:
            put_settings(c, typed)
            for kind, what in steps.items():
                checklist.save(c, kind, what)

        def written(_nothing: None) -> None:
            self._stored |= typed
            self.checklists.take_as_saved(steps)
            self._changed()

        n = len(typed) + len(steps)
        said = ngettext("{n} setting saved.", "{n} settings saved.", n).format(n=n)
        desk.write(self, N_("Change settings"), write, written, said=said)

    def _changed(self) -> None:
        self.save_button.setEnabled(self.is_dirty())


class ChecklistEditor(QWidget):
    """One type at a time, one step a line; nothing is written here."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._stored: dict[str, list[str]] = {}
        self._now: dict[str, list[str]] = {}
        self._filling = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        self.kind = QComboBox()
        self.kind.setAccessibleName(_("Type of request"))
        self.kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for entry in lists.entries("request_type"):
            self.kind.addItem(_indented(entry), entry.code)
        self.kind.currentIndexChanged.connect(lambda _index: self._show())
        row.addWidget(self.kind)
        self.ready = QPushButton(_("Take the ready-made lists"))
        self.ready.setToolTip(_("For repairs, installation, maintenance, technical support and training"))
        self.ready.setAutoDefault(False)
        self.ready.clicked.connect(self.take_ready_made)
        row.addWidget(self.ready)
        row.addStretch()
        column.addLayout(row)
        self.steps = QPlainTextEdit()
        self.steps.setAccessibleName(_("Steps, one a line"))
        self.steps.setPlaceholderText(_("One step a line. A type without steps has those of the type it belongs to."))
        self.steps.setTabChangesFocus(True)
        self.steps.setFixedHeight(150)
        self.steps.textChanged.connect(self._typed)
        column.addWidget(self.steps)

    def show_lists(self, found: dict[str, list[str]]) -> None:
        """Show what the office has."""
        if not self._now:
            likely = next((kind for kind in checklist.READY_MADE if found.get(kind)), next(iter(checklist.READY_MADE)))
            self.kind.setCurrentIndex(max(0, self.kind.findData(likely)))
        self._stored, self._now = dict(found), dict(found)
        self._show()

    def typed(self) -> dict[str, list[str]]:
        """The lists that were changed and are not saved."""
        return {kind: what for kind, what in self._now.items() if what != self._stored.get(kind, [])}

    def take_as_saved(self, saved: dict[str, list[str]]) -> None:
        """These are written."""
        self._stored |= saved

    def take_ready_made(self) -> None:
        """Fill in the ready-made lists where a type has none."""
        for kind, what in checklist.ready_made().items():
            if not self._now.get(kind):
                self._now[kind] = what
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        self._filling = True
        self.steps.setPlainText("\n".join(self._now.get(str(self.kind.currentData()), [])))
        self._filling = False
        self.ready.setVisible(any(not self._now.get(kind) for kind in checklist.READY_MADE))

    def _typed(self) -> None:
        if not self._filling:
            lines = (line.strip() for line in self.steps.toPlainText().split("\n"))
            self._now[str(self.kind.currentData())] = [line for line in lines if line]
            self.edited.emit()


def _indented(entry: Entry) -> str:
    return f"    {entry.label}" if entry.parent else entry.label
