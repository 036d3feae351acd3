"""What is done so that customers are more content, with the score of its question before and after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import shiboken6
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from crm_desktop import values
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_, _
from crm_desktop.models import SurveyAction, SurveyRun, lists, people
from crm_desktop.models.base import Invalid
from crm_desktop.models.survey import Item, words
from crm_desktop.satisfaction import improving
from crm_desktop.satisfaction.improving import Improvement
from crm_desktop.statistics.surveys import Score
from crm_desktop.store.change import Change
from ui import theme
from ui.parts import desk
from ui.parts.button_row import ButtonRow
from ui.parts.dialog import Dialog
from ui.parts.empty import Empty
from ui.parts.form import Form
from ui.parts.record_frame import scrolled
from ui.parts.survey_trees import plain_tree, row

FIELDS = ("what", "kind", "owner", "due", "done", "verified", "by", "effective")
DELETE = N_("Delete improvement action")
ROLE = Qt.ItemDataRole.UserRole


class ActionsView(QWidget):
    """The actions of one survey."""

    planned = Signal(str)
    """A new action is wanted, about this question (empty: any)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found: list[Improvement] = []
        self._run: SurveyRun | None = None
        self._items: list[Item] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        hint = QLabel(
            _(
                "Before: answers in all surveys with this questionnaire until the day the action was done. After: those"
                " given later."
            )
        )
        hint.setWordWrap(True)
        hint.setProperty("tone", "muted")
        column.addWidget(hint)
        headings = [
            _("Action"),
            _("Question"),
            _("Owner"),
            _("Due"),
            _("How it stands"),
            _("Score before"),
            _("Score after"),
        ]
        self.tree = plain_tree(_("Improvement actions"), headings, 0, {1: 210})
        self.tree.itemActivated.connect(lambda _item, _column: self.edit())
        self.tree.itemSelectionChanged.connect(self._enable)
        column.addWidget(self.tree, 1)
        self.empty = Empty(
            "adjustments-horizontal",
            _("No action yet. Look at what drives satisfaction, and agree on what is done, by whom, until when."),
            _("New action…"),
            lambda: self.planned.emit(""),
        )
        column.addWidget(self.empty, 1)
        self.empty.hide()
        line = ButtonRow(
            ("plus", _("New action…"), lambda: self.planned.emit("")),
            ("edit", _("Edit…"), self.edit),
            ("check", _("Done today"), self.mark_done),
            ("trash", _("Delete"), self._delete),
        )
        self.new, self.change, self.done, self.delete = line.buttons
        column.addLayout(line)

    def show_actions(self, run: SurveyRun, items: Sequence[Item], actions: Sequence[Improvement]) -> None:
        """Show those of another survey."""
        self._run, self._items, self.found = run, list(items), list(actions)
        self.tree.clear()
        for one in actions:
            action = one.action
            item = row(
                [
                    " · ".join(filter(None, (str(action.what), lists.label("improvement", action.kind)))),
                    one.question,
                    people.name(action.owner),
                    values.show_date(action.due, near=True) if action.due else "",
                    stands(action),
                    told(one.before),
                    told(one.after),
                ],
                (5, 6),
            )
            for column in (0, 1):
                item.setToolTip(column, item.text(column))
            item.setForeground(6, theme.tone(tone_of(one)))
            self.tree.addTopLevelItem(item)
        self.tree.setVisible(bool(actions))
        self.empty.setVisible(not actions)
        self.new.setVisible(bool(actions))
        for button in (self.change, self.done, self.delete):
            button.setVisible(bool(actions))
        self._enable()

    def chosen(self) -> Improvement | None:
        """The action that is selected."""
        rows = self.tree.selectionModel().selectedRows()
        return self.found[rows[0].row()] if rows else None

    def _enable(self) -> None:
        one = self.chosen()
        for button in (self.change, self.delete):
            button.setEnabled(one is not None)
        self.done.setEnabled(one is not None and not one.action.done)

    def edit(self) -> None:
        """Change the selected action."""
        one = self.chosen()
        if one is not None and self._run is not None:
            ActionDialog(self, self._run, self._items, str(one.action.item), one.action).open()

    def plan(self, item: str = "") -> None:
        """Agree on a new action."""
        if self._run is not None:
            ActionDialog(self, self._run, self._items, item).open()

    def mark_done(self) -> None:
        """It was done today."""
        one = self.chosen()
        if one is not None:
            action, today = one.action, date.today().isoformat()
            seen = {"done": action.done}
            said = _("Done: {what}.").format(what=action.what)
            desk.write(self, improving.ACTION, lambda c: c.save(action, {"done": today}, seen), said=said)

    def _delete(self) -> None:
        one = self.chosen()
        if one is not None:
            number = one.action.id
            said = _("Deleted: {what}.").format(what=one.action.what)
            desk.write(self, DELETE, lambda c: c.delete_many(SurveyAction, [number]), said=said)


class ActionDialog(Dialog):
    """One action: about which question, what, who, until when; whether it was done and helped."""

    def __init__(
        self, near: QWidget, run: SurveyRun, items: Sequence[Item], item: str = "", action: SurveyAction | None = None
    ) -> None:
        title = _("Improvement action") if action is None else _("Edit improvement action")
        super().__init__(near.window(), title, "survey_action", QSize(600, 360 if action is None else 480))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._near, self._run, self.action = near, run, action
        self.question = QComboBox()
        self.question.setAccessibleName(_("Question"))
        self.question.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for each in items:
            self.question.addItem(words(each), str(each["key"]))
        self.question.setCurrentIndex(max(0, self.question.findData(item)))
        label = QLabel(_("About the question"))
        label.setProperty("tone", "muted")
        self.content.addWidget(label)
        self.content.addWidget(self.question)
        user = desk.user()
        presets: dict[str, Any] = {"kind": "corrective", **({"owner": user.id} if user else {})}
        fields = FIELDS[:4] if action is None else FIELDS
        self.form = Form(SurveyAction, action, {} if action else presets, fields)
        self.content.addWidget(scrolled(self.form, 0), 1)
        self.add_button(_("Cancel"), self.reject)
        self.save_button = self.add_button(_("Agree on it") if action is None else _("Save"), self.save, primary=True)
        self.form.focus("what")

    @override
    def is_dirty(self) -> bool:
        return self.form.is_dirty()

    def save(self) -> None:
        """Write it; what is missing is said at its field."""
        try:
            problems = self.form.problems()
            found = {} if problems else self.form.values()
        except Invalid as trouble:
            problems, found = trouble.problems, {}
        if problems:
            self.form.show_problems(problems)
            return
        item, run, action = str(self.question.currentData()), self._run, self.action
        seen = self.form.seen
        self.save_button.setEnabled(False)

        def work(c: Change) -> SurveyAction:
            if action is None:
                return improving.plan(c, run, item, found)
            return c.save(action, {**found, "item": item}, {**seen, "item": action.item})

        desk.write(
            self._near,
            improving.ACTION,
            work,
            self._done,
            said=lambda done: _("Saved: {name}.").format(name=done.what),
            failed=self._refused,
        )

    def _done(self, _record: SurveyAction) -> None:
        if shiboken6.isValid(self):
            self.accept()

    def _refused(self, trouble: Exception) -> None:
        if not shiboken6.isValid(self):
            return
        self.save_button.setEnabled(True)
        if isinstance(trouble, Invalid):
            self.form.show_problems(trouble.problems)
        elif isinstance(trouble, UserError):
            self.message_bar.error(str(trouble))


def stands(action: SurveyAction) -> str:
    """How an action stands, with a sign."""
    if action.verified:
        return "✓ " + _("verified, effective") if action.effective else "▲ " + _("verified, not effective")
    if action.done:
        return "● " + _("done, to be verified")
    if action.due and str(action.due) < date.today().isoformat():
        return "▲ " + _("overdue")
    return "○ " + _("agreed")


def told(score: Score) -> str:
    """A score with the number of answers it rests on."""
    value = score.nps if score.nps is not None else score.mean
    return "–" if value is None else f"{values.show_number(value)}  ({score.n:,})"


def tone_of(one: Improvement) -> theme.Tone:
    """The colour of the score after: green when it is better than before."""
    before, after = ((s.nps if s.nps is not None else s.mean) for s in (one.before, one.after))
    if before is None or after is None:
        return "text"
    return "good" if after > before else "overdue" if after < before else "text"
