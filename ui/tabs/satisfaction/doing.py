"""What is done with surveys: begun, asked by phone or on paper, printed, deleted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from crm_desktop.i18n import N_, ngettext
from crm_desktop.models import SurveyRun
from ui import dialogs
from ui.parts import deleting
from ui.parts.notice import Notice

DELETE = N_("Delete surveys")


class Doing(QObject):
    """Opens the windows in which it is done, over a tab."""

    asked = Signal(object)
    """A window wishes to show a record elsewhere."""
    started = Signal(object)
    """A survey was begun: its id."""

    def __init__(self, tab: QWidget) -> None:
        super().__init__(tab)
        self._tab = tab

    def begin(self, ready: str = "", customers: Sequence[int] = ()) -> None:
        """Start a survey, with a ready-made questionnaire where one was chosen, and of these customers if any."""
        dialog = dialogs.survey_new.NewSurvey(self._tab, ready, customers)
        dialog.started.connect(self.started)
        dialog.open()

    def ask_more(self, run: SurveyRun) -> None:
        """Ask more customers in a survey."""
        dialogs.survey_new.MoreCustomers(self._tab, run).open()

    def call(self, run: int, first: int | None) -> None:
        """Ask by phone, beginning with one or with whoever is next."""
        dialog = dialogs.survey_call.CallDialog(self._tab.window(), run, first)
        dialog.asked.connect(self.asked)
        dialog.show()

    def write_answers(self, run: int, asked: int) -> None:
        """Write down what one customer answered on paper or elsewhere, or change it."""
        dialog = dialogs.survey_call.CallDialog(self._tab.window(), run, asked, only=True, how="paper")
        dialog.asked.connect(self.asked)
        dialog.show()

    def show_templates(self) -> None:
        """The questionnaires: make, change, put aside."""
        dialogs.survey_templates.TemplatesDialog(self._tab).open()

    def show_questions(self, template: int) -> None:
        """Look at a questionnaire, or change it."""
        dialogs.survey_template.edit(self._tab, template)

    def show_paper(self, which: str, run: SurveyRun) -> None:
        """A paper of a survey: forms, sheets, the report."""
        dialogs.survey_papers.show(self._tab, which, run)

    def delete(self, notice: Notice, ids: list[int]) -> None:
        """Ask once, in the notice, before surveys are deleted with their answers."""
        n = len(ids)
        question = ngettext(
            "Delete this survey with all its answers and actions?",
            "Delete {n} surveys with all their answers and actions?",
            n,
        ).format(n=n)
        verb = ngettext("Delete survey", "Delete {n} surveys", n).format(n=n)
        deleting.ask(notice, question, verb, partial(self._delete, ids))

    def _delete(self, ids: list[int], why: str) -> None:
        said = ngettext("{n} survey deleted.", "{n} surveys deleted.", len(ids)).format(n=len(ids))
        deleting.write(self._tab, DELETE, why, lambda c: c.delete_many(SurveyRun, ids), said)
