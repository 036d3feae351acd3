"""How content customers are, in figures: response rate, mean, top-2 box, NPS; each with its formula and its records."""

from __future__ import annotations

import statistics
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, NamedTuple

from crm_desktop import values
from crm_desktop.i18n import _
from crm_desktop.models.survey import Item, overall_of, recommending
from crm_desktop.models.survey_asked import ANSWERED, STATES, TO_ASK
from crm_desktop.statistics.period import Period
from crm_desktop.statistics.tables import Value, Where
from crm_desktop.store import file

FEW: Final = 10
"""Fewer answers than this are an impression: a share of 10 answers is uncertain by some 30 points either way (95 %,
normal approximation: 1.96 · √(0.25 / 10))."""
TOP: Final = (4, 5)
PROMOTERS, DETRACTORS = range(9, 11), range(7)


@dataclass(frozen=True)
class Scope:
    """What is looked at: one survey, or all answers of a period; with a colleague only the customers she serves."""

    run: int | None = None
    period: Period | None = None
    owner: int | None = None

    def where(self) -> Where:
        """The condition on survey_asked (s) for what was answered."""
        conditions, params = ["s.answered_at IS NOT NULL", "s.state = 'answered'"], list[Any]()
        if self.run is not None:
            conditions, params = ["s.run = ?", "s.state = 'answered'"], [self.run]
        if self.period is not None:
            conditions += ["s.answered_at >= ?", "s.answered_at < ?"]
            params += [self.period.start, self.period.after]
        if self.owner is not None:
            conditions.append("s.served_by = ?")
            params.append(self.owner)
        return " AND ".join(conditions), params


class Answered(NamedTuple):
    """What is counted of one customer who answered."""

    id: int
    customer: int
    month: str
    tier: str
    product: str
    served_by: int | None
    overall: int | None
    nps: int | None


class Score(NamedTuple):
    """What answers to one question amount to."""

    n: int
    mean: Value
    top: Value
    """Per cent of 4 and 5, of a question from 1 to 5."""
    nps: Value
    """Of a question from 0 to 10."""


class Figure(NamedTuple):
    """One figure: its value in words, and how it comes about."""

    key: str
    label: str
    value: Value
    shown: str
    formula: str
    n: int
    """How many answers it rests on."""


@lru_cache(maxsize=8)
def _answered(scope: Scope, _as_of: object) -> list[Answered]:
    where, params = scope.where()
    rows = file.ask(
        "SELECT s.id, s.customer, substr(s.answered_at, 1, 7), s.tier, s.product, s.served_by, s.overall, s.nps"
        f" FROM survey_asked s WHERE {where} ORDER BY s.answered_at, s.id",
        params,
    )
    return [Answered(*row) for row in rows]


@lru_cache(maxsize=8)
def _scores(scope: Scope, _as_of: object) -> dict[str, dict[int, int]]:
    where, params = scope.where()
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for item, asked, score in file.ask(
        "SELECT a.item, a.asked, a.score FROM survey_asked s JOIN survey_answer a ON a.asked = s.id"
        f" WHERE {where} AND a.score IS NOT NULL",
        params,
    ):
        found[item][asked] = score
    return dict(found)


for _cached in (_answered, _scores):
    file.opened.append(_cached.cache_clear)


def answered(scope: Scope) -> list[Answered]:
    """Who answered; read once for all figures that stand side by side."""
    return _answered(scope, file.state())


def scores(scope: Scope) -> dict[str, dict[int, int]]:
    """Each question's scores, by who gave them (id of survey_asked)."""
    return _scores(scope, file.state())


def written(scope: Scope) -> dict[str, int]:
    """How many answered each question in their own words."""
    where, params = scope.where()
    return dict(
        file.ask(
            "SELECT a.item, count(*) FROM survey_asked s JOIN survey_answer a ON a.asked = s.id"
            f" WHERE {where} AND a.score IS NULL AND a.words <> '' GROUP BY a.item",
            params,
        )
    )


def states(scope: Scope) -> dict[str, int]:
    """How many customers of a survey, or of the surveys started in a period, are how far."""
    condition, params = _asked(scope)
    found = dict(file.ask(f"SELECT s.state, count(*) FROM survey_asked s WHERE {condition} GROUP BY s.state", params))
    return {state: int(found.get(state, 0)) for state in STATES}


def _asked(scope: Scope) -> Where:
    """The condition on survey_asked (s) for whom was asked, answered or not."""
    if scope.run is not None:
        condition, params = "s.run = ?", [scope.run]
    else:
        period = scope.period or Period("0000", "9999-12-30")
        condition = "s.run IN (SELECT id FROM survey_run WHERE started_on >= ? AND started_on < ?)"
        params = [period.start, period.after]  # type: ignore[list-item]
    if scope.owner is not None:
        return f"{condition} AND s.served_by = ?", [*params, scope.owner]
    return condition, list(params)


def mean(found: Sequence[int]) -> Value:
    """The mean, to two places."""
    return round(statistics.fmean(found), 2) if found else None


def top_box(found: Sequence[int]) -> Value:
    """The two best of five, in per cent."""
    return _share(sum(one in TOP for one in found), len(found))


def net(found: Sequence[int]) -> Value:
    """Net promoter score: per cent of 9 and 10 less per cent of 0 to 6 (Reichheld, Harvard Business Review 12/2003)."""
    if not found:
        return None
    return round(
        100.0 * (sum(one in PROMOTERS for one in found) - sum(one in DETRACTORS for one in found)) / len(found)
    )


def score(found: Iterable[int], recommends: bool = False) -> Score:
    """What answers amount to."""
    known = list(found)
    return Score(len(known), mean(known), None if recommends else top_box(known), net(known) if recommends else None)


def _share(part: int, whole: int) -> Value:
    return round(100.0 * part / whole, 1) if whole else None


def figures(scope: Scope) -> list[Figure]:
    """Response rate, overall mean, top-2 box and NPS, each with its formula."""
    how = states(scope)
    asked, done = sum(how.values()) - how[TO_ASK], how[ANSWERED]
    overall = [one.overall for one in answered(scope) if one.overall is not None]
    nps = [one.nps for one in answered(scope) if one.nps is not None]
    best, good = sum(one in PROMOTERS for one in nps), sum(one in TOP for one in overall)
    poor = sum(one in DETRACTORS for one in nps)
    rate = _("{answered} answered ÷ {asked} asked; those still to ask are left out")
    told = [
        ("response", _("Response rate"), _share(done, asked), "%", rate.format(answered=done, asked=asked), asked),
        (
            "mean",
            _("Overall, of 5"),
            mean(overall),
            "",
            _("sum {sum} ÷ {n} answers").format(sum=sum(overall), n=len(overall)),
            len(overall),
        ),
        (
            "top",
            _("Satisfied (4 and 5)"),
            top_box(overall),
            "%",
            _("{good} answers of 4 or 5 ÷ {n} answers").format(good=good, n=len(overall)),
            len(overall),
        ),
        (
            "nps",
            _("NPS"),
            net(nps),
            "",
            _("({best} of 9–10 − {poor} of 0–6) ÷ {n} answers").format(best=best, poor=poor, n=len(nps)),
            len(nps),
        ),
    ]
    return [
        Figure(key, label, value, "–" if value is None else f"{values.show_number(value)} {unit}".rstrip(), formula, n)
        for key, label, value, unit, formula, n in told
    ]


def figures_asked(scope: Scope, questions: Sequence[Item]) -> list[Figure]:
    """The figures that a questionnaire can give: no NPS where nobody was asked whether they would recommend us."""
    needs = {"mean": overall_of(questions), "top": overall_of(questions), "nps": recommending(questions)}
    return [each for each in figures(scope) if needs.get(each.key, "yes")]


def figure_records(scope: Scope, key: str) -> array[int]:
    """The customers asked (ids of survey_asked) a figure is about."""
    if key == "response":
        condition, params = _asked(scope)
        rows = file.ask(
            f"SELECT s.id FROM survey_asked s WHERE {condition} AND s.state <> 'to_ask' ORDER BY s.id", params
        )
        return array("q", (i for (i,) in rows))
    wanted = "nps" if key == "nps" else "overall"
    return array(
        "q",
        (
            one.id
            for one in answered(scope)
            if (given := getattr(one, wanted)) is not None and (key != "top" or given in TOP)
        ),
    )


def spread(found: Iterable[int], least: int, most: int) -> list[int]:
    """How often each score was given, from the lowest to the highest."""
    counts = Counter(found)
    return [counts[one] for one in range(least, most + 1)]
