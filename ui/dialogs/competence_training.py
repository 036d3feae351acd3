"""What a colleague is to learn: planned from a gap, done, changed, deleted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from crm_desktop import staff
from crm_desktop.i18n import N_, _
from crm_desktop.models import Training
from crm_desktop.models.competence import ABILITIES
from ui.parts import deleting
from ui.parts.button_row import ButtonRow
from ui.parts.empty import Empty
from ui.parts.record_dialog import RecordDialog

TRAINING_DAYS = 30
"""By when a training is due, unless somebody says otherwise."""


class Trainings(QWidget):
    """The list, and what can be done with it."""

    def __init__(self) -> None:
        super().__init__()
        self.profile: staff.Profile | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Training"))
        self.list.setWordWrap(True)
        self.list.itemActivated.connect(lambda _item: self.edit())
        column.addWidget(self.list, 1)
        self.empty = Empty("star", _("No training is planned. A score below 3 calls for one."))
        column.addWidget(self.empty, 1)
        row = ButtonRow(
            ("plus", _("Plan training…"), self.plan),
            ("check", _("Done…"), self.write_done),
            ("trash", _("Delete"), self.delete),
        )
        column.addLayout(row)

    def show_profile(self, profile: staff.Profile) -> None:
        """Show a colleague's trainings, what is still to be learnt first."""
        self.profile = profile
        fill(self.list, [(one, _training(one)) for one in profile.trainings])
        self.list.setVisible(bool(profile.trainings))
        self.empty.setVisible(not profile.trainings)

    def plan(self) -> None:
        """Plan training, for the first gap without any."""
        profile = self.profile
        if profile is None:
            return
        gap = profile.gaps[0] if profile.gaps else None
        presets: dict[str, Any] = {
            "colleague": profile.colleague,
            "ability": gap.ability if gap else "",
            "topic": _(ABILITIES[gap.ability]) if gap else "",
            "due": (date.today() + timedelta(days=TRAINING_DAYS)).isoformat(),
            "assessment": profile.assessments[0].id if gap and profile.assessments else None,
        }
        hint = _("What is to be learnt, and until when; Today tells it.")
        RecordDialog(
            self, _("Plan training"), N_("Plan training"), Training, ("topic", "due"), presets,
            hint=hint, said=_("Training planned."), size=QSize(480, 320),
        ).open()  # fmt: skip

    def chosen(self) -> Training | None:
        """The training that is looked at."""
        item = self.list.currentItem()
        found: Training | None = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        return found

    def edit(self) -> None:
        """Change a training."""
        one = self.chosen()
        if one is not None:
            fields, said = ("topic", "due", "done", "result"), _("Training changed.")
            RecordDialog(self, _("Change training"), N_("Edit training"), one, fields, said=said).open()

    def write_done(self) -> None:
        """Write down that a training was done, and what it brought."""
        one = self.chosen()
        if one is not None:
            presets = {} if one.done else {"done": date.today().isoformat()}
            fields, said = ("done", "result"), _("Training done: assess again when it shows.")
            RecordDialog(
                self, _("Training done"), N_("Training done"), one, fields, presets, needed=["done"], said=said,
                size=QSize(480, 320),
            ).open()  # fmt: skip

    def delete(self) -> None:
        """Delete a training; it can be undone."""
        one = self.chosen()
        if one is not None:
            said = _("Training deleted.")
            deleting.write(self, N_("Delete training"), "", lambda c: c.delete_many(Training, [one.id]), said)


def fill(box: QListWidget, entries: Sequence[tuple[Any, str]]) -> None:
    """Show records by their words; which one was chosen stays."""
    at = max(0, box.currentRow())
    box.clear()
    for one, words in entries:
        item = QListWidgetItem(words)
        item.setToolTip(words)
        item.setData(Qt.ItemDataRole.UserRole, one)
        box.addItem(item)
    box.setCurrentRow(min(at, len(entries) - 1))


def _training(one: Training) -> str:
    when = _("done {day}").format(day=one.done) if one.done else _("due {day}").format(day=one.due) if one.due else ""
    sign = "✓" if one.done else "▲" if one.due and str(one.due) < date.today().isoformat() else "○"
    parts = (str(one.topic), _(ABILITIES.get(one.ability, "")), when, one.result)
    return f"{sign} " + " · ".join(part for part in parts if part)
