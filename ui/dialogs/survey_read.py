"""A survey sheet that came back: every line with what becomes of it, before anything is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFileDialog, QHeaderView, QLabel, QTreeWidget, QTreeWidgetItem, QWidget

from crm_desktop.errors import UserError
from crm_desktop.i18n import _, ngettext
from crm_desktop.models import SurveyRun
from ui import tasks, theme
from ui.parts import desk
from ui.parts.dialog import Dialog
from ui.parts.saving_as import ending
from ui.parts.survey_trees import row

if TYPE_CHECKING:
    from crm_desktop.exchange.survey_answers import Plan
    from crm_desktop.exchange.survey_lines import Line

# reading Excel costs a tenth of a second: only those who do it pay for it


class ReadBack(Dialog):
    """Reads, judges, shows, and writes when it is told to."""

    def __init__(self, parent: QWidget, run: SurveyRun, path: Path) -> None:
        super().__init__(parent.window(), _("Read answers back"), "survey_read", QSize(860, 520))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._near, self._run, self.path = parent, run.id, path
        self.plan: Plan | None = None
        self.words = QLabel(_("Reading {file} …").format(file=path.name))
        self.words.setWordWrap(True)
        self.content.addWidget(self.words)
        self.tree = QTreeWidget()
        self.tree.setUniformRowHeights(False)
        self.tree.setAccessibleName(_("Lines of the sheet"))
        self.tree.setHeaderLabels([_("Row"), _("What becomes of it"), _("Form no."), _("Customer"), _("Answers")])
        self.tree.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.tree.header().setSectionResizeMode(3, QHeaderView.ResizeMode.Interactive)
        self.tree.setColumnWidth(3, 240)
        self.content.addWidget(self.tree, 1)
        self.add_button(_("Cancel"), self.reject)
        self.refused_button = self.add_button(_("Save the refused lines…"), self.save_refused)
        self.refused_button.hide()
        self.save_button = self.add_button(_("Write down the answers"), self.save, primary=True)
        self.save_button.setEnabled(False)
        self._read()

    def _read(self) -> None:
        from crm_desktop.exchange import survey_answers

        path, run = self.path, self._run

        def judge(found: object) -> None:
            tasks.run(
                self, lambda: survey_answers.judge(path, found, run), self.show_plan, failed=self._failed, reading=True  # type: ignore[arg-type]
            )  # fmt: skip

        tasks.elsewhere(self, lambda: survey_answers.sheets(path), judge, failed=self._failed)

    def _failed(self, trouble: Exception) -> None:
        if isinstance(trouble, UserError):
            self.words.setText(str(trouble))

    def show_plan(self, plan: Plan) -> None:
        """Show what would become of every line."""
        from crm_desktop.exchange.parsing import NEW, REFUSED, UPDATE

        self.plan = plan
        counts = plan.counts()
        n = counts[NEW] + counts[UPDATE]
        self.words.setText(plan.in_words())
        self.tree.clear()
        tones: dict[str, theme.Tone] = {NEW: "good", UPDATE: "accent", REFUSED: "overdue"}
        order = {REFUSED: 0, UPDATE: 1, NEW: 2}
        for line in sorted(plan.rows, key=lambda one: (order.get(one.status, 3), one.number)):
            item = row([str(line.number), _(line.status), line.code, line.customer, told(line)], (0,))
            item.setToolTip(4, told(line))
            item.setForeground(1, theme.tone(tones.get(line.status, "muted")))
            self.tree.addTopLevelItem(item)
            for question, before, now in line.shown:
                change = f"{before} → {now}" if before else now
                item.addChild(QTreeWidgetItem(["", "", "", question, change]))
        self.refused_button.setVisible(counts[REFUSED] > 0)
        self.save_button.setEnabled(n > 0)
        if n:
            words = ngettext("Write down {n} answer sheet", "Write down {n} answer sheets", n)
            self.save_button.setText(words.format(n=f"{n:,}"))

    def save(self) -> None:
        """Write what can be written, as one change that can be undone."""
        from crm_desktop.exchange import survey_answers

        plan, user, near = self.plan, desk.user(), self._near
        if plan is None:
            return
        self.save_button.setEnabled(False)

        def saved(number: int | None) -> None:
            desk.done(near, number, survey_answers.said(plan, number))
            if shiboken6.isValid(self):
                self.accept()

        def failed(trouble: Exception) -> None:
            if shiboken6.isValid(self) and isinstance(trouble, UserError):
                self.save_button.setEnabled(True)
                self.message_bar.error(str(trouble))

        tasks.run(near, lambda: plan.save(user), saved, failed=failed)

    def save_refused(self) -> None:
        """Save the refused lines, each with its reason, to be put right and read again."""
        plan = self.plan
        start = str(self.path.with_name(_("{name} refused").format(name=self.path.stem) + ".xlsx"))
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save the refused lines"), start, "Excel (*.xlsx)")
        if plan is None or not chosen:
            return
        path = ending(chosen, ".xlsx")
        said = _("Saved: {file}").format(file=path)
        tasks.elsewhere(self, lambda: plan.refused(path), lambda _n: self.message_bar.say(said))


def told(line: Line) -> str:
    """What a line says, in short: why it is refused, else its answers."""
    if line.reason:
        return line.reason
    n = len(line.shown)
    return ngettext("{n} answer", "{n} answers", n).format(n=n) if n else ""
