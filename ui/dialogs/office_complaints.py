"""What the office sets about complaints: working hours, deadlines by tier and severity, limits of compensation."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.complaints.compensation import ROLES
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.models import calendar, lists, people
from crm_desktop.models.office import SETTINGS, User, put_settings, settings
from crm_desktop.models.rules import SLA
from crm_desktop.store import file
from crm_desktop.store.change import Change
from crm_desktop.values.work_time import UNITS, Span
from ui import tasks, theme
from ui.parts import desk
from ui.parts.ticks import Tick

THINGS = (
    ("acknowledge", N_("Acknowledge within")),
    ("reply", N_("First reply within")),
    ("solve", N_("Solve within")),
)
UNIT_NAMES = {"h": N_("hours"), "wh": N_("working hours"), "wd": N_("working days")}
DAYS = (
    ("follow_up_days", N_("Ask the customer so many working days after solving")),
    ("silence_days", N_("Silence so many days after that is a sign of displeasure")),
    ("feedback_days", N_("Remind of feedback nobody has replied to after so many days")),
)
LIMITS = (
    ("compensation_staff", N_("An employee may grant (¥)")),
    ("compensation_lead", N_("A team leader may grant (¥)")),
)
WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


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


class ComplaintRulesPage(QScrollArea):
    """Everything takes effect when it is saved: open deadlines move with it."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._stored: dict[str, Any] = {}
        self._roles: dict[int, str] = {}
        self.spans: dict[str, SpanBox] = {}
        self.numbers: dict[str, QSpinBox] = {}
        self.roles: dict[int, QComboBox] = {}
        page = QWidget()
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(4, 16, 12, 8)
        self._column.setSpacing(12)
        self._column.addWidget(title_line(_("Working hours")))
        self._column.addLayout(self._hours())
        self._column.addWidget(
            title_line(_("Deadlines of complaints: the stricter of tier and severity holds (0: no rule)"))
        )
        self._column.addLayout(self._grid("tier"))
        self._column.addLayout(self._grid("severity"))
        form = QFormLayout()
        for key, label in (*DAYS, *LIMITS):
            box = self.numbers[key] = QSpinBox()
            box.setRange(0, 1_000_000)
            box.setFixedWidth(110)
            box.setAccessibleName(_(label))
            box.valueChanged.connect(lambda _value: self._changed())
            form.addRow(_(label), box)
        self._column.addLayout(form)
        self._column.addWidget(title_line(_("Who may grant how much compensation alone; without a manager, everybody")))
        self._people = QFormLayout()
        self._column.addLayout(self._people)
        self.problem = QLabel()
        self.problem.setProperty("tone", "overdue")
        self.problem.setWordWrap(True)
        self._column.addWidget(self.problem)
        self.save_button = QPushButton(_("Save"))
        self.save_button.setProperty("primary", True)
        self.save_button.clicked.connect(self.save)
        self._column.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch()
        self.setWidget(page)
        tasks.run(self, _read, self.show_stored, place="rules", reading=True)

    def _hours(self) -> QFormLayout:
        form = QFormLayout()
        self.hours = QLineEdit()
        self.hours.setAccessibleName(_("Hours of a working day"))
        self.hours.setPlaceholderText(calendar.HOURS)
        self.hours.textChanged.connect(lambda _text: self._changed())
        form.addRow(_("Hours of a working day"), self.hours)
        row = QHBoxLayout()
        self.week: list[Tick] = []
        for name in WEEKDAYS:
            tick = Tick(_(name))
            tick.toggled.connect(lambda _on: self._changed())
            self.week.append(tick)
            row.addWidget(tick)
        row.addStretch()
        form.addRow(_("Worked are"), row)
        return form

    def _grid(self, kind: str) -> QGridLayout:
        """One line a tier or severity, one column a thing that is due."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        for place, (_what, label) in enumerate(THINGS, 1):
            heading = QLabel(_(label))
            heading.setProperty("tone", "muted")
            grid.addWidget(heading, 0, place)
        entries = [entry for entry in lists.entries(kind) if f"sla_solve_{entry.code}" in SLA]
        for line, entry in enumerate(entries, 1):
            grid.addWidget(QLabel(entry.label), line, 0)
            for place, (what, label) in enumerate(THINGS, 1):
                key = f"sla_{what}_{entry.code}"
                box = self.spans[key] = SpanBox(SLA[key], f"{entry.label}: {_(label)}")
                standard = Span.read(SLA[key])
                box.setToolTip(_("standard: {n}").format(n=standard.in_words() if standard else _("no rule")))
                box.amount.valueChanged.connect(lambda _value: self._changed())
                box.unit.currentIndexChanged.connect(lambda _index: self._changed())
                grid.addWidget(box, line, place)
        grid.setColumnStretch(4, 1)
        return grid

    def show_stored(self, read: tuple[dict[str, Any], dict[int, str]]) -> None:
        """Show what the file says."""
        self._stored, self._roles = {**SETTINGS, **read[0]}, read[1]
        for key, span in self.spans.items():
            span.show_span(str(self._stored[key]))
        for key, box in self.numbers.items():
            value = int(self._stored[key])
            box.setValue(value // 100 if key.startswith("compensation") else value)
        self.hours.setText(str(self._stored["work_hours"]) or calendar.HOURS)
        week = str(self._stored["work_week"]) or calendar.WEEK
        for number, tick in enumerate(self.week, 1):
            tick.setChecked(str(number) in week)
        if not self.roles:
            for person in people.everybody():
                choice = self.roles[person.id] = QComboBox()
                choice.setAccessibleName(_("Role of {name}").format(name=person.name))
                choice.addItem(_("not said: as an employee"), "")
                for role, title in ROLES.items():
                    choice.addItem(_(title), role)
                choice.currentIndexChanged.connect(lambda _index: self._changed())
                self._people.addRow(person.name, choice)
        for i, choice in self.roles.items():
            choice.setCurrentIndex(max(0, choice.findData(self._roles.get(i, ""))))
        self._changed()

    def typed(self) -> dict[str, Any]:
        """The settings that were changed and are not saved."""
        if not self._stored:
            return {}
        now: dict[str, Any] = {key: box.written() for key, box in self.spans.items()}
        for key, box in self.numbers.items():
            now[key] = box.value() * (100 if key.startswith("compensation") else 1)
        hours = self.hours.text().strip()
        now["work_hours"] = "" if hours == calendar.HOURS else hours
        week = "".join(str(number) for number, tick in enumerate(self.week, 1) if tick.isChecked())
        now["work_week"] = "" if week == calendar.WEEK else week or "0"
        return {key: value for key, value in now.items() if value != self._stored[key]}

    def typed_roles(self) -> dict[int, str]:
        """The roles that were changed and are not saved, by colleague."""
        now = {i: str(choice.currentData()) for i, choice in self.roles.items()}
        return {i: role for i, role in now.items() if role != self._roles.get(i, "")}

    def is_dirty(self) -> bool:
        """Whether something was changed and is not saved."""
        return bool(self.typed() or self.typed_roles())

    def save(self) -> None:
        """Write what was changed, as one action."""
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

        def write(c: Change) -> None:
            put_settings(c, typed)
            for i, role in roles.items():
                c.save(User(id=i), {User.role: role})

        def written(_nothing: None) -> None:
            self._stored |= typed
            self._roles |= roles
            self._changed()

        n = len(typed) + len(roles)
        said = ngettext("{n} setting saved.", "{n} settings saved.", n).format(n=n)
        desk.write(self, N_("Change settings"), write, written, said=said)

    def _changed(self) -> None:
        self.save_button.setEnabled(self.is_dirty())


def _read() -> tuple[dict[str, Any], dict[int, str]]:
    return settings(), dict(file.ask('SELECT id, role FROM "user"'))


def title_line(text: str) -> QLabel:
    """The title of a part of a page."""
    label = QLabel(text)
    label.setWordWrap(True)
    label.setFont(theme.title_font(label.font().pointSizeF()))
    return label
