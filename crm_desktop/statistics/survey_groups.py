"""How content groups of customers are: by tier, product, the colleague who serves them, month."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from crm_desktop.i18n import N_, _
from crm_desktop.models.survey import SCALE, Item
from crm_desktop.statistics.period import Period
from crm_desktop.statistics.surveys import TOP, Answered, Scope, answered, mean, net, scores, top_box
from crm_desktop.statistics.tables import (
    Colleagues,
    Column,
    Kind,
    Listed,
    Row,
    Statistic,
    Table,
    Texts,
    Value,
    Where,
    is_among,
)


@dataclass(frozen=True)
class Measure:
    """One column of a breakdown."""

    key: str
    label: str
    of: str
    """Attribute of Answered it is made of."""


MEASURES: Final = (
    Measure("mean", N_("Overall, of 5"), "overall"),
    Measure("top", N_("Satisfied %"), "overall"),
    Measure("nps", N_("NPS"), "nps"),
)


def group(found: Sequence[Answered]) -> tuple[Value, ...]:
    """Number of answers, mean, top-2 box and NPS of these customers."""
    overall = [one.overall for one in found if one.overall is not None]
    nps = [one.nps for one in found if one.nps is not None]
    return len(found), mean(overall), top_box(overall), net(nps)


def breakdown(scope: Scope, side: str, kind: Kind | None, title: str, key: str = "") -> Table:
    """Answers by one side of the customers (an attribute of Answered); months in order, where no kind says more."""
    parts: dict[str, list[Answered]] = defaultdict(list)
    found = answered(scope)
    for one in found:
        raw = getattr(one, side)
        parts[kind.key(raw) if kind else str(raw)].append(one)
    if kind is not None:
        order = kind.order({name: len(part) for name, part in parts.items()})
    elif scope.period is not None and side == "month":
        order = [month for month, _part in scope.period.split()]
    else:
        order = sorted(parts)
    columns = [Column("count", _("Answers"))]
    columns += [Column(each.key, _(each.label), measure=True) for each in MEASURES]
    rows = [
        Row(
            name,
            kind.label(name) if kind else name,
            group(parts.get(name, [])),
            kind.colour(name) if kind else "",
        )
        for name in order
    ]
    return Table(key or side, _(title), columns, rows, group(found))


def breakdown_records(scope: Scope, side: str, kind: Kind | None, row: str | None, column: str | None) -> array[int]:
    """Who stands behind a figure of a breakdown (ids of survey_asked)."""
    of = next((each.of for each in MEASURES if each.key == column), "")
    found = array("q")
    for one in answered(scope):
        raw = getattr(one, side)
        if row is not None and (kind.key(raw) if kind else str(raw)) != row:
            continue
        given = getattr(one, of) if of else 0
        if given is not None and (column != "top" or given in TOP):
            found.append(one.id)
    return found


def questions(scope: Scope, items: Sequence[Item], side: str, kind: Kind | None, title: str) -> Table:
    """The mean of each question from 1 to 5 by one side of the customers (product.md S02, and C20 for the abilities);
    the columns are called by the questions' numbers.
    """
    asked = [(number, str(item["key"])) for number, item in enumerate(items, 1) if item.get("kind") == SCALE]
    given, groups = scores(scope), defaultdict[str, list[int]](list)
    for one in answered(scope):
        raw = getattr(one, side)
        groups[kind.key(raw) if kind else str(raw)].append(one.id)

    def means(ids: Sequence[int]) -> tuple[Value, ...]:
        theirs = ([given[key][i] for i in ids if i in given[key]] if key in given else [] for _number, key in asked)
        return (len(ids), *(mean(found) for found in theirs))

    order = kind.order({name: len(ids) for name, ids in groups.items()}) if kind else sorted(groups)
    rows = [
        Row(name, kind.label(name) if kind else name, means(groups[name]), kind.colour(name) if kind else "")
        for name in order
        if name in groups
    ]
    columns = [Column("count", _("Answers")), *(Column(key, str(number), measure=True) for number, key in asked)]
    every = [i for ids in groups.values() for i in ids]
    return Table(f"questions_by_{side}", _(title), columns, rows, means(every))


@dataclass(frozen=True)
class Satisfaction(Statistic):
    """How content the customers are who answered in a period, by one of their sides."""

    side: str = field(kw_only=True)
    kind: Kind | None = field(kw_only=True, default=None)

    def table(self, period: Period, owner: int | None) -> Table:
        return breakdown(Scope(period=period, owner=owner), self.side, self.kind, self.title, self.key)

    def where(self, row: str | None, column: str | None, period: Period, owner: int | None) -> Where:
        return is_among("id", list(self.records(row, column, period, owner)))

    def records(self, row: str | None, column: str | None, period: Period, owner: int | None) -> array[int]:
        return breakdown_records(Scope(period=period, owner=owner), self.side, self.kind, row, column)


SIDES: Final[dict[str, tuple[str, Kind | None]]] = {
    "tier": (N_("Satisfaction by tier"), Listed("tier")),
    "served_by": (N_("Satisfaction by colleague who serves"), Colleagues()),
    "product": (N_("Satisfaction by product"), Texts()),
    "month": (N_("Satisfaction by month"), None),
}
"""What answers are broken down by: title (msgid) and how raw values become rows."""
BY_QUESTION: Final = {
    "tier": N_("Each question by tier"),
    "served_by": N_("Each question by colleague who serves"),
    "product": N_("Each question by product"),
    "month": N_("Each question by month"),
}
"""The titles of the same, question by question (msgids)."""

SATISFACTION: Final[list[Statistic]] = [
    Satisfaction(
        f"satisfaction_by_{side}",
        title,
        "survey_asked",
        chart="column",
        side=side,
        kind=kind,
    )
    for side, (title, kind) in SIDES.items()
]
"""The same as statistics of all surveys."""
