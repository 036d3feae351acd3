"""What the office sets about complaints: working hours, deadlines by tier and severity, limits of compensation."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
)
from typing_extensions import override

from crm_desktop.complaints.compensation import ROLES
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_, _
from crm_desktop.models import calendar, lists, people
from crm_desktop.models.office import User, settings
from crm_desktop.models.rules import SLA
from crm_desktop.store import file
from crm_desktop.store.change import Change
from ui import tasks
from ui.dialogs.office_rules import RulesPage
from ui.parts.ticks import Tick

THINGS = (
    ("acknowledge", N_("Acknowledge within")),
    ("reply", N_("First reply within")),
    ("solve", N_("Solve within")),
)
DAYS = (
    ("follow_up_days", N_("Ask the customer so many working days after solving")),
    ("silence_days", N_("Silence so many days after that is a sign of displeasure")),
    ("feedback_days", N_("Remind of feedback nobody has replied to after so many days")),
    ("assess_days", N_("Assess the abilities of a colleague again after so many days (0: never)")),
)
LIMITS = (
    ("compensation_staff", N_("An employee may grant (¥)")),
    ("compensation_lead", N_("A team leader may grant (¥)")),
)
MOST = 1_000_000
WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


class ComplaintRulesPage(RulesPage):
    """Everything takes effect when it is saved: open deadlines move with it."""

    def __init__(self) -> None:
        super().__init__()
        self._roles: dict[int, str] = {}
        self.roles: dict[int, QComboBox] = {}
        self.add_title(_("Working hours"))
        self.column.addLayout(self._hours())
        self.add_title(_("Deadlines of complaints: the stricter of tier and severity holds (0: no rule)"))
        for kind in ("tier", "severity"):
            entries = [entry for entry in lists.entries(kind) if f"sla_solve_{entry.code}" in SLA]
            self.add_spans(entries, THINGS, "sla_{what}_{code}", SLA)
        self.add_numbers((key, label, MOST) for key, label in DAYS)
        self.add_numbers(((key, label, MOST) for key, label in LIMITS), unit=100)
        self.add_title(_("Who may grant how much compensation alone; without a manager, everybody"))
        self._people = QFormLayout()
        self.column.addLayout(self._people)
        self.add_saving()
        tasks.run(self, _read, self.show_stored, place="rules", reading=True)

    def _hours(self) -> QFormLayout:
        form = QFormLayout()
        self.hours = QLineEdit()
        self.hours.setAccessibleName(_("Hours of a working day"))
        self.hours.setPlaceholderText(calendar.HOURS)
        self.hours.textChanged.connect(lambda _text: self.changed())
        form.addRow(_("Hours of a working day"), self.hours)
        row = QHBoxLayout()
        self.week: list[Tick] = []
        for name in WEEKDAYS:
            tick = Tick(_(name))
            tick.toggled.connect(lambda _on: self.changed())
            self.week.append(tick)
            row.addWidget(tick)
        row.addStretch()
        form.addRow(_("Worked are"), row)
        return form

    def show_stored(self, read: tuple[dict[str, Any], dict[int, str]]) -> None:
        """Show what the file says."""
        self._roles = read[1]
        self.show_rules(read[0])
        self.hours.setText(str(self.stored["work_hours"]) or calendar.HOURS)
        week = str(self.stored["work_week"]) or calendar.WEEK
        for number, tick in enumerate(self.week, 1):
            tick.setChecked(str(number) in week)
        if not self.roles:
            for person in people.everybody():
                choice = self.roles[person.id] = QComboBox()
                choice.setAccessibleName(_("Role of {name}").format(name=person.name))
                choice.addItem(_("not said: as an employee"), "")
                for role, title in ROLES.items():
                    choice.addItem(_(title), role)
                choice.currentIndexChanged.connect(lambda _index: self.changed())
                self._people.addRow(person.name, choice)
        for i, choice in self.roles.items():
            choice.setCurrentIndex(max(0, choice.findData(self._roles.get(i, ""))))
        self.changed()

    @override
    def now(self) -> dict[str, Any]:
        hours = self.hours.text().strip()
        week = "".join(str(number) for number, tick in enumerate(self.week, 1) if tick.isChecked())
        return super().now() | {
            "work_hours": "" if hours == calendar.HOURS else hours,
            "work_week": "" if week == calendar.WEEK else week or "0",
        }

    def typed_roles(self) -> dict[int, str]:
        """The roles that were changed and are not saved, by colleague."""
        now = {i: str(choice.currentData()) for i, choice in self.roles.items()}
        return {i: role for i, role in now.items() if role != self._roles.get(i, "")}

    @override
    def is_dirty(self) -> bool:
        return bool(self.typed() or self.typed_roles())

    @override
    def save(self) -> None:
        typed, roles = self.typed(), self.typed_roles()
        try:
            if typed.get("work_hours"):
                calendar.check_hours(typed["work_hours"])
            if typed.get("work_week"):
                calendar.check_week(typed["work_week"])
        except UserError as trouble:
            self.problem.setText(str(trouble))
            return
        self.problem.clear()

        def give(c: Change) -> None:
            for i, role in roles.items():
                c.save(User(id=i), {User.role: role})

        self.write(len(roles), give, lambda: self._roles.update(roles))


def _read() -> tuple[dict[str, Any], dict[int, str]]:
    return settings(), dict(file.ask('SELECT id, role FROM "user"'))
