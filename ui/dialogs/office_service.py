"""What the office sets about service requests: standards by tier, type and priority, targets, checklists by type."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from crm_desktop.i18n import N_, _
from crm_desktop.models import lists
from crm_desktop.models.office import settings
from crm_desktop.models.service_rules import CHECKS, STANDARDS
from crm_desktop.service import checklist
from crm_desktop.store.change import Change
from ui import tasks
from ui.dialogs.office_rules import RulesPage, indented, muted

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


class ServiceRulesPage(RulesPage):
    """Everything takes effect when it is saved: open deadlines move with it, new requests get the new checklist."""

    def __init__(self) -> None:
        super().__init__()
        self.add_title(_("Service standards: the strictest of tier, priority and type holds (0: no rule)"))
        for kind, list_name, title in BY:
            key = f"std_{{what}}_{kind}_{{code}}"
            self.add_spans(lists.entries(list_name), THINGS, key, STANDARDS, _(title))
        self.column.addWidget(muted(_("A type without a rule of its own has that of the type it belongs to.")))
        self.add_title(_("Targets: what share of the requests is to be so"))
        self.add_numbers((key, label, 100) for key, label in TARGETS)
        self.add_title(_("After solving"))
        self.add_numbers(NUMBERS)
        self.add_title(_("Checklists: what is to be done with a request of each type"))
        self.checklists = ChecklistEditor()
        self.checklists.edited.connect(self.changed)
        self.column.addWidget(self.checklists)
        self.add_saving()
        tasks.run(self, settings, self.show_stored, place="rules", reading=True)

    def show_stored(self, stored: dict[str, Any]) -> None:
        """Show what the file says, unless something was typed meanwhile."""
        if self.is_dirty():
            return
        self.show_rules(stored)
        found = {name.removeprefix(CHECKS): list(what) for name, what in stored.items() if name.startswith(CHECKS)}
        self.checklists.show_lists(found)
        self.changed()

    @override
    def is_dirty(self) -> bool:
        return bool(self.typed() or self.checklists.typed())

    @override
    def save(self) -> None:
        steps = self.checklists.typed()

        def write(c: Change) -> None:
            for kind, what in steps.items():
                checklist.save(c, kind, what)

        self.write(len(steps), write, lambda: self.checklists.take_as_saved(steps))


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
            self.kind.addItem(indented(entry), entry.code)
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
