"""Feedback in figures: how much of each kind came in a month, and how it was answered (product.md C22)."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from crm_desktop.i18n import N_, _
from crm_desktop.statistics.period import Period
from crm_desktop.statistics.tables import (
    Colleagues,
    Column,
    Divided,
    Kind,
    Listed,
    Row,
    Statistic,
    Table,
    Value,
    Where,
    is_among,
)
from crm_desktop.store import file

_ANSWERED = "answered_at IS NOT NULL"
_WAITS = "answered_at IS NULL AND state NOT IN ('answered', 'closed')"
_ADOPTED = "adopted IN ('adopted', 'partly')"


def received(period: Period, owner: int | None) -> Where:
    """Feedback that came in a period; what a colleague looks after."""
    condition, params = "at >= ? AND at < ?", [period.start, period.after]
    return (condition, params) if owner is None else (f"{condition} AND owner = ?", [*params, owner])


class _Said(NamedTuple):
    """One piece of feedback, from the index alone."""

    month: str
    kind: str
    owner: int | None
    days: int | None
    """Days until the reply."""
    waits: bool
    adopted: bool


@lru_cache(maxsize=4)
def _read(period: Period, owner: int | None, as_of: object) -> list[_Said]:
    where, params = received(period, owner)
    rows = file.ask(f"SELECT at, kind, state, owner, answered_at, adopted FROM feedback WHERE {where}", params)
    return [
        _Said(at[:7], kind, by, _days(at, answered), not answered and state not in ("answered", "closed"),
              adopted in ("adopted", "partly"))
        for at, kind, state, by, answered, adopted in rows
    ]  # fmt: skip


# what a connection has counted means nothing to the next one, even of the same file
file.opened.append(_read.cache_clear)


def _days(start: str, end: str | None) -> int | None:
    return None if not end else max(0, (date.fromisoformat(end[:10]) - date.fromisoformat(start[:10])).days)


def of_period(period: Period, owner: int | None) -> list[_Said]:
    """The feedback of a period, read once for all that stands side by side."""
    return _read(period, owner, file.state())


@dataclass(frozen=True)
class FeedbackByMonth(Divided):
    """Feedback, month by month, divided by kind."""

    kind: Kind = field(kw_only=True, default=Listed("feedback_kind"))
    column = "kind"

    def base(self, period: Period, owner: int | None) -> Where:
        return received(period, owner)

    def counts(self, period: Period, owner: int | None) -> Iterable[tuple[str, Any, int]]:
        return ((said.month, said.kind, 1) for said in of_period(period, owner))


_MEASURES = {
    "count": (N_("Feedback"), "1 = 1"),
    "replied": (N_("Replied, %"), _ANSWERED),
    "days": (N_("Days until the reply (median)"), _ANSWERED),
    "waits": (N_("Waiting"), _WAITS),
    "adopted": (N_("Adopted"), _ADOPTED),
}


@dataclass(frozen=True)
class FeedbackReplies(Statistic):
    """How feedback was answered: by kind, or by the colleague who looks after it."""

    by: str = field(kw_only=True)
    """"kind" or "owner"."""

    @property
    def _kind(self) -> Kind:
        return Listed("feedback_kind") if self.by == "kind" else Colleagues()

    def table(self, period: Period, owner: int | None) -> Table:
        kind, groups = self._kind, defaultdict[str, list[_Said]](list)
        everything = of_period(period, owner)
        for said in everything:
            groups[kind.key(getattr(said, self.by))].append(said)
        columns = [
            Column(key, _(label), measure=key in ("replied", "days")) for key, (label, _sql) in _MEASURES.items()
        ]
        order = kind.order({key: len(group) for key, group in groups.items()})
        rows = [Row(key, kind.label(key), figures(groups[key]), kind.colour(key)) for key in order]
        return Table(self.key, _(self.title), columns, rows, figures(everything))

    def where(self, row: str | None, column: str | None, period: Period, owner: int | None) -> Where:
        condition, params = received(period, owner)
        if row is not None:
            raws: set[Any] = {getattr(said, self.by) for said in of_period(period, owner)}
            among, found = is_among(self.by, [raw for raw in raws if self._kind.key(raw) == row])
            condition, params = f"{condition} AND {among}", [*params, *found]
        return f"{condition} AND {_MEASURES[column or 'count'][1]}", params


def figures(group: Sequence[_Said]) -> tuple[Value, ...]:
    """Count, replied (per cent), days until the reply (median), waiting, adopted."""
    days = [said.days for said in group if said.days is not None]
    return (
        len(group),
        round(100.0 * len(days) / len(group), 1) if group else None,
        round(statistics.median(days), 1) if days else None,
        sum(said.waits for said in group),
        sum(said.adopted for said in group),
    )


FEEDBACK: list[Statistic] = [
    FeedbackByMonth("feedback_by_month", N_("Feedback by month"), "feedback", chart="stacked"),
    FeedbackReplies("feedback_by_kind", N_("How feedback was answered, by kind"), "feedback", by="kind"),
    FeedbackReplies("feedback_by_owner", N_("How feedback was answered, by colleague"), "feedback", by="owner"),
]
