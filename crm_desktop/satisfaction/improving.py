"""What is done so that a question is scored better (product.md S03): actions with their score before and after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from crm_desktop.i18n import N_
from crm_desktop.models import SurveyAction, SurveyRun
from crm_desktop.models.survey import NPS, words
from crm_desktop.satisfaction import templates
from crm_desktop.statistics.surveys import Score, score
from crm_desktop.store import file
from crm_desktop.store.change import Change

ACTION: Final = N_("Improvement action of a survey")


class Improvement(NamedTuple):
    """An action, what it is about, and whether it helped."""

    action: SurveyAction
    question: str
    before: Score
    """Answers to the question in the same questionnaire, all its versions, until the day the action was done."""
    after: Score
    """Answers given later; none while it is not done."""


def plan(c: Change, run: SurveyRun, item: str, values: Mapping[str, Any]) -> SurveyAction:
    """Agree on an action about a question of a survey."""
    return c.save(SurveyAction, {"kind": "corrective", **values, "run": run.id, "item": item})


def of_run(run: int) -> list[Improvement]:
    """The actions about a survey's questions, the first due first."""
    template = templates.of_run(run)
    found = []
    for (i,) in file.ask("SELECT id FROM survey_action WHERE run = ? ORDER BY due NULLS FIRST, id", (run,)):
        action = SurveyAction.get_row(i)
        if action is None:
            continue
        question = next((item for item in template.items if item["key"] == action.item), None)
        before, after = compared(template.family, action, bool(question and question["kind"] == NPS))
        found.append(Improvement(action, words(question) if question else str(action.item), before, after))
    return found


def compared(family: str, action: SurveyAction, recommends: bool) -> tuple[Score, Score]:
    """The question's score until the action was done, and after that day."""
    turn = str(action.done or action.verified or "")
    earlier, later = list[int](), list[int]()
    for value, at in file.ask(
        "SELECT a.score, s.answered_at FROM survey_template t JOIN survey_run r ON r.template = t.id"
        " JOIN survey_asked s ON s.run = r.id AND s.state = 'answered'"
        " JOIN survey_answer a ON a.asked = s.id AND a.item = ?"
        " WHERE t.family = ? AND a.score IS NOT NULL",
        (action.item, family),
    ):
        (later if turn and str(at)[:10] > turn else earlier).append(value)
    return score(earlier, recommends), score(later, recommends)
