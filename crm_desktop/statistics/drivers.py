"""What drives the overall score (product.md S02): how much each question goes with it, and how well it is answered."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from typing import Final, NamedTuple

from crm_desktop.i18n import N_
from crm_desktop.models.survey import LIMITS, SCALE, Item, overall_of, scored, words
from crm_desktop.statistics.surveys import Scope, Score, score, scores, spread, written

LEAST: Final = 30
"""Fewer pairs of answers say nothing about importance. A correlation of 0.5, "large" after Cohen (Statistical Power
Analysis for the Behavioral Sciences, 2nd ed. 1988, ch. 3), is found with a power of 0.8 at a two-sided level of 0.05
from ((1.96 + 0.84) / artanh 0.5)² + 3 = 29 pairs on."""
IMPROVE, KEEP, WATCH, LESS = "improve", "keep", "watch", "less"
QUARTERS: Final = {
    IMPROVE: N_("Improve first: important, but scored below the others"),
    KEEP: N_("Keep it so: important and scored well"),
    WATCH: N_("Later: less important, scored below the others"),
    LESS: N_("Enough: scored well, less important"),
}
"""The quarters of the chart (Martilla and James, Importance-Performance Analysis, Journal of Marketing 1/1977)."""


class ItemScore(NamedTuple):
    """One question of a survey and how it was answered."""

    key: str
    text: str
    kind: str
    score: Score
    spread: list[int]
    """How often each score was given, from the lowest to the highest; empty where answers are no scores."""


class Driver(NamedTuple):
    """How one question goes with the overall score."""

    key: str
    text: str
    n: int
    """Customers who answered both."""
    mean: float
    importance: float | None
    """Pearson's correlation with the overall score; None below LEAST pairs, or where all answered the same."""
    quarter: str
    """Key of QUARTERS; empty without importance."""


class Drivers(NamedTuple):
    """All questions beside the overall one, the most important first."""

    overall: str
    """The overall question in words; empty where the questionnaire has none."""
    n: int
    """How many answered it."""
    found: list[Driver]
    mean_importance: float | None
    mean_score: float | None
    """Where the quarters meet."""


def items(scope: Scope, questions: Sequence[Item]) -> list[ItemScore]:
    """How each question was answered, in the order they are asked."""
    given, texts = scores(scope), written(scope)
    found = []
    for item in questions:
        answers = list(given.get(str(item["key"]), {}).values())
        kind = str(item["kind"])
        limits = LIMITS.get(kind)
        shape = spread(answers, *limits) if limits else []
        amount = (
            score(answers, recommends=kind != SCALE)
            if limits
            else Score(texts.get(str(item["key"]), 0) or len(answers), None, None, None)
        )
        found.append(ItemScore(str(item["key"]), words(item), kind, amount, shape))
    return found


def drivers(scope: Scope, questions: Sequence[Item]) -> Drivers:
    """What drives the overall score of a survey; nothing is claimed below LEAST pairs of answers."""
    key, given = overall_of(questions), scores(scope)
    overall = given.get(key, {})
    told: list[Driver] = []
    for item in questions:
        if item["key"] == key or item.get("kind") != SCALE or not scored(item):
            continue
        theirs = given.get(str(item["key"]), {})
        pairs = [(value, overall[i]) for i, value in theirs.items() if i in overall]
        if theirs:
            mean = round(statistics.fmean(theirs.values()), 2)
            told.append(Driver(str(item["key"]), words(item), len(pairs), mean, correlation(pairs), ""))
    known = [one.importance for one in told if one.importance is not None]
    middle = statistics.fmean(known) if known else None
    level = statistics.fmean([one.mean for one in told if one.importance is not None]) if known else None
    placed = [one._replace(quarter=quarter(one, middle, level)) for one in told]
    placed.sort(key=lambda one: (one.importance is None, -(one.importance or 0.0), one.mean))
    text = next((words(item) for item in questions if item["key"] == key), "")
    return Drivers(text, len(overall), placed, middle, level)


def correlation(pairs: Sequence[tuple[int, int]]) -> float | None:
    """Pearson's r of pairs of answers, to two places; None below LEAST pairs or without any spread."""
    if len(pairs) < LEAST:
        return None
    ours, theirs = [a for a, _b in pairs], [b for _a, b in pairs]
    if len(set(ours)) < 2 or len(set(theirs)) < 2:
        return None
    found = statistics.correlation(ours, theirs)
    return round(found, 2) if math.isfinite(found) else None


def quarter(one: Driver, middle: float | None, level: float | None) -> str:
    """In which quarter of the chart a question lies; the averages of all divide it."""
    if one.importance is None or middle is None or level is None:
        return ""
    if one.importance >= middle:
        return IMPROVE if one.mean < level else KEEP
    return WATCH if one.mean < level else LESS
