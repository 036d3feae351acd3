"""Office and lists: what the office is called, its thresholds, its colleagues, and the words of its lists."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from crm_desktop import working_time
from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.models import limits, lists
from crm_desktop.models.office import SETTINGS, put_settings, settings
from ui import tasks, theme
from ui.dialogs.letters import LettersPage
from ui.dialogs.office_calendar import CalendarPage
from ui.dialogs.office_complaints import ComplaintRulesPage
from ui.dialogs.office_lists import ListsPage
from ui.dialogs.office_people import PeoplePage
from ui.dialogs.office_service import ServiceRulesPage
from ui.parts import desk
from ui.parts.dialog import Dialog
from ui.parts.fileinfo import FileInfo

DAYS = (
    ("birthday_days", N_("Remind of birthdays so many days before")),
    ("due_days", N_("Show what is due within so many days")),
    ("keep_deleted_days", N_("Keep what was deleted so many days, at least 90 (0: for ever)")),
)
SURVEYS = (
    ("survey_low", N_("Call when the overall answer, of 5, is at most"), 5),
    ("survey_low_nps", N_("Call when the recommendation, of 10, is at most"), 10),
)
LISTS = (
    (limits.ROWS, N_("Rows of a list at most")),
    (limits.COLUMNS, N_("Columns of a list at most")),
    (limits.CELLS, N_("Rows times columns at most")),
    (limits.MEGABYTES, N_("Size of a file at most (MB)")),
)
BY_TIER = (
    ("contact_every", N_("At least one contact every … days")),
    ("contact_cap", N_("At most … contacts in 30 days")),
    ("survey_every", N_("Asked how satisfied every … days")),
)


class OfficeDialog(Dialog):
    """Some pages; everything on them takes effect when it is saved, and can be undone."""

    def __init__(self, parent: QWidget, info: FileInfo) -> None:
        super().__init__(parent, _("Office and lists"), "office", QSize(960, 660))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.pages = QTabWidget()
        self.settings = SettingsPage(info)
        self.people = PeoplePage(info.user)
        self.lists = ListsPage()
        self.complaints = ComplaintRulesPage()
        self.letters = LettersPage()
        self.service = ServiceRulesPage()
        self.calendar = CalendarPage()
        for page, icon, title in (
            (self.settings, "building", _("Office")),
            (self.people, "users", _("Colleagues")),
            (self.lists, "list", _("Lists")),
            (self.complaints, "message-report", _("Complaints and hours")),
            (self.letters, "mail", _("Letters")),
            (self.service, "tool", _("Service")),
            (self.calendar, "calendar", _("Calendar")),
        ):
            self.pages.addTab(page, theme.icon(icon), title)
        self.content.addWidget(self.pages, 1)
        self.add_button(_("Close"), self.reject)

    @override
    def is_dirty(self) -> bool:
        pages = (self.settings, self.people, self.lists, self.complaints, self.letters, self.service)
        return any(page.is_dirty() for page in pages)

    def show_calendar(self) -> None:
        """Come to the calendar, at the year that is missing or this one."""
        self.pages.setCurrentWidget(self.calendar)
        lacking = working_time.missing_year(date.today())
        if lacking is not None:
            self.calendar.show_years(lacking)


class SettingsPage(QScrollArea):
    """The office's name and thresholds, each with the standard beside it."""

    saved = Signal()

    def __init__(self, info: FileInfo) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._stored: dict[str, Any] = {**SETTINGS, **info.settings}
        self.boxes: dict[str, QSpinBox] = {}
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(4, 16, 12, 8)
        column.setSpacing(16)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.name = QLineEdit(str(self._stored["office_name"]))
        self.name.setAccessibleName(_("Name of the office"))
        form.addRow(_("Name of the office"), self.name)
        for key, label in DAYS:
            form.addRow(_(label), self._with_standard(key, _(label)))
        column.addLayout(form)
        column.addWidget(_title(_("How often a customer should hear from us (0: no rule)")))
        column.addLayout(self._tiers())
        column.addWidget(_title(_("Satisfaction surveys")))
        surveys = QFormLayout()
        for key, label, most in SURVEYS:
            surveys.addRow(_(label), self._with_standard(key, _(label), 0, most))
        column.addLayout(surveys)
        column.addWidget(_title(_("Lists that are brought in")))
        column.addLayout(self._limits())
        self.save_button = QPushButton(_("Save"))
        self.save_button.setProperty("primary", True)
        self.save_button.clicked.connect(self.save)
        column.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch()
        self.setWidget(page)
        self.name.textChanged.connect(lambda _text: self._changed())
        self._changed()
        tasks.run(self, settings, self.show_stored, place="settings", reading=True)

    def _tiers(self) -> QGridLayout:
        """One line a tier: how often at least, how often at most."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        for place, (_key, label) in enumerate(BY_TIER, 1):
            heading = QLabel(_(label))
            heading.setProperty("tone", "muted")
            grid.addWidget(heading, 0, place)
        tiers = [entry for entry in lists.entries("tier") if f"contact_every_{entry.code}" in SETTINGS]
        for line, tier in enumerate(tiers, 1):
            grid.addWidget(QLabel(tier.label), line, 0)
            for place, (key, label) in enumerate(BY_TIER, 1):
                box = self._with_standard(f"{key}_{tier.code}", f"{tier.label}: {_(label)}")
                grid.addWidget(box, line, place)
        grid.setColumnStretch(len(BY_TIER) + 1, 1)
        return grid

    def _limits(self) -> QFormLayout:
        """How large a list may be, so that a slip of the hand does not fill the memory."""
        form = QFormLayout()
        for key, label in LISTS:
            form.addRow(_(label), self._with_standard(key, _(label), 1, 100_000_000))
        return form

    def _with_standard(self, key: str, name: str, least: int = 0, most: int = 3650) -> QWidget:
        box = self.boxes[key] = QSpinBox()
        box.setRange(least, most)
        box.setValue(int(self._stored[key]))
        box.setAccessibleName(name)
        box.setFixedWidth(96 if most < 100_000 else 128)
        box.setGroupSeparatorShown(True)
        standard = QLabel(_("standard: {n}").format(n=f"{SETTINGS[key]:,}"))
        standard.setProperty("tone", "muted")
        row = QGridLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(box, 0, 0)
        row.addWidget(standard, 0, 1)
        row.setColumnStretch(2, 1)
        widget = QWidget()
        widget.setLayout(row)
        box.valueChanged.connect(lambda _value: self._changed())
        return widget

    def typed(self) -> dict[str, Any]:
        """What was changed and is not saved."""
        now: dict[str, Any] = {"office_name": self.name.text().strip()}
        now |= {key: box.value() for key, box in self.boxes.items()}
        return {key: value for key, value in now.items() if value != self._stored[key]}

    def is_dirty(self) -> bool:
        """Whether something was changed and is not saved."""
        return bool(self.typed())

    def show_stored(self, stored: dict[str, Any]) -> None:
        """Show what the file says, unless something was typed meanwhile."""
        if self.is_dirty():
            return
        self._stored = {**SETTINGS, **stored}
        self.name.setText(str(stored["office_name"]))
        for key, box in self.boxes.items():
            box.setValue(int(stored[key]))
        self._changed()

    def save(self) -> None:
        """Write what was changed."""
        typed = self.typed()

        def written(_nothing: None) -> None:
            self._stored |= typed
            self._changed()
            self.saved.emit()

        n = len(typed)
        said = ngettext("{n} setting saved.", "{n} settings saved.", n).format(n=n)
        desk.write(self, N_("Change settings"), lambda c: put_settings(c, typed), written, said=said)

    def _changed(self) -> None:
        self.save_button.setEnabled(self.is_dirty())


def _title(text: str) -> QLabel:
    label = QLabel(text)
    label.setFont(theme.title_font(label.font().pointSizeF()))
    return label
