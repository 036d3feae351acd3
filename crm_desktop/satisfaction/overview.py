"""One survey, or all of a period, at a glance: everything a page shows, from one reading."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from crm_desktop.errors import UserError
from crm_desktop.models import SurveyRun, SurveyTemplate
from crm_desktop.models.survey import TEXT, Item, words
from crm_desktop.models.survey_asked import ANSWERED
from crm_desktop.satisfaction import improving, templates
from crm_desktop.satisfaction.improving import Improvement
from crm_desktop.statistics import Period, Table
from crm_desktop.statistics import drivers as driving
from crm_desktop.statistics.drivers import Drivers, ItemScore
from crm_desktop.statistics.survey_groups import SIDES, breakdown, breakdown_records
from crm_desktop.statistics.survey_groups import questions as by_question
from crm_desktop.statistics.surveys import Figure, Scope, figures, figures_asked, scores, states
from crm_desktop.store import file
from crm_desktop.store.record import chunks

OF_RUN: Final = ("tier", "served_by", "product")
"""By what the answers of one survey are broken down; of a period by month as well."""


@dataclass(frozen=True)
class Result:
    """The figures of a survey or a period."""

    scope: Scope
    figures: list[Figure]
    states: dict[str, int]
    sides: dict[str, Table]
    """By tier, colleague, product, month; sides nobody is told apart by are left out."""


class Remark(NamedTuple):
    """What a customer answered in its own words."""

    asked: int
    customer: str
    question: str
    text: str
    overall: int | None


@dataclass(frozen=True)
class Overview:
    """One survey with all its page shows."""

    run: SurveyRun
    template: SurveyTemplate
    result: Result
    items: list[ItemScore]
    drivers: Drivers
    actions: list[Improvement]
    remarks: list[Remark]


def result(scope: Scope, questions: Sequence[Item] | None = None) -> Result:
    """The figures of a survey, as far as its questionnaire can give them, or of all of a period."""
    wanted = OF_RUN if scope.run is not None else tuple(SIDES)
    tables = {side: breakdown(scope, side, SIDES[side][1], SIDES[side][0]) for side in wanted}
    shown = {side: table for side, table in tables.items() if side != "product" or any(row.key for row in table.rows)}
    told = figures(scope) if questions is None else figures_asked(scope, questions)
    return Result(scope, told, states(scope), shown)


def of_run(run: int) -> Overview | None:
    """A survey as its page shows it; None when it is gone."""
    record = SurveyRun.get_row(run)
    if record is None:
        return None
    try:
        template = templates.of_run(run)
    except UserError:
        return None
    scope = Scope(run=run)
    return Overview(
        record,
        template,
        result(scope, template.items),
        driving.items(scope, template.items),
        driving.drivers(scope, template.items),
        improving.of_run(run),
        remarks(run, template.items),
    )


def progress(runs: Sequence[int]) -> dict[int, str]:
    """How many of those asked have answered, "12/40", by survey."""
    done, whole = dict.fromkeys(runs, 0), dict.fromkeys(runs, 0)
    for part in chunks(runs):
        marks = ",".join("?" * len(part))
        sql = f"SELECT run, state, count(*) FROM survey_asked WHERE run IN ({marks}) GROUP BY run, state"
        for run, state, number in file.ask(sql, part):
            whole[run] += number
            done[run] += number if state == ANSWERED else 0
    return {run: f"{done[run]:,}/{whole[run]:,}" for run in runs}


def remarks(run: int, items: Sequence[Item]) -> list[Remark]:
    """What customers wrote or said in their own words, the least content first."""
    questions = {str(item["key"]): words(item) for item in items if item["kind"] == TEXT}
    rows = file.ask(
        "SELECT a.id, k.name, x.item, x.words, a.overall FROM survey_asked a JOIN survey_answer x ON x.asked = a.id"
        " JOIN customer k ON k.id = a.customer WHERE a.run = ? AND a.state = 'answered' AND x.words <> ''"
        " ORDER BY a.overall NULLS LAST, a.id",
        (run,),
    )
    return [
        Remark(i, name, questions[item], text, overall) for i, name, item, text, overall in rows if item in questions
    ]


def item_records(run: int, key: str) -> array[int]:
    """Who answered a question (ids of survey_asked)."""
    scored = scores(Scope(run=run)).get(key)
    if scored is not None:
        return array("q", sorted(scored))
    rows = file.ask(
        "SELECT a.id FROM survey_asked a JOIN survey_answer x ON x.asked = a.id AND x.item = ?"
        " WHERE a.run = ? AND a.state = 'answered' ORDER BY a.id",
        (key, run),
    )
    return array("q", (i for (i,) in rows))


def question_table(run: int, side: str) -> Table:
    """The mean of each question of a survey by one side of the customers (of SIDES)."""
    title, kind = SIDES[side]
    return by_question(Scope(run=run), templates.of_run(run).items, side, kind, title)


def question_records(run: int, side: str, row: str | None, key: str | None) -> array[int]:
    """Who stands behind a mean of `question_table` (ids of survey_asked); all of a group without a question."""
    scope = Scope(run=run)
    group = breakdown_records(scope, side, SIDES[side][1], row, None)
    given = scores(scope).get(key or "")
    return array("q", (i for i in group if given is None or i in given))


def of_period(period: Period, owner: int | None = None) -> Result:
    """All surveys of a period; with a colleague those of her customers."""
    return result(Scope(period=period, owner=owner))
