"""How service requests are handled: in time, how quickly, at the first attempt, to whose content; against the standard.

`figures` sums a period up (of one colleague, for evaluations), `figure_records` opens what a figure is about, REQUESTS
are the statistics of the tab and of the monthly report.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from typing_extensions import override

from crm_desktop.i18n import N_, _
from crm_desktop.models import calendar, service_clock
from crm_desktop.models.office import settings
from crm_desktop.statistics.complaints import (
    Figure,
    Handling,
    Measure,
    cost,
    first_time,
    in_days,
    in_words,
    reopened,
    share,
    time,
)
from crm_desktop.statistics.counting import CasesByMonth, cases_closed, cases_open, cases_received, count
from crm_desktop.statistics.period import Period
from crm_desktop.statistics.served import REPLY_DUE, SOLVE_DUE, Served, cases, now
from crm_desktop.statistics.tables import Breakdown, Colleagues, Column, Listed, Row, Statistic, Table, Value, Where
from crm_desktop.store import file

ABOUT: Final = "service_request"
_EVER: Final = "(solved_at IS NOT NULL OR reopened > 0)"
_FIRST: Final = (
    "(solved_at IS NOT NULL AND coalesce(reopened, 0) = 0 AND satisfaction NOT IN ('1', '2') AND state <> 'complaint')"
)
_GIVEN: Final = "satisfaction IN ('1', '2', '3', '4', '5')"


def answered_in_time(group: Served) -> Value:
    """Of the requests that are answered or should be, how many were in time (per cent)."""
    return share(group.reply_in_time, group.reply_due)


def solved_in_time(group: Served) -> Value:
    """Of the requests that are solved or should be, how many were in time (per cent)."""
    return share(group.solve_in_time, group.solve_due)


def satisfied(group: Served) -> Value:
    """Of the customers who gave a verdict, how many were content: 4 or 5 of 5 (per cent)."""
    return share(group.content, group.verdicts)


def mean_score(group: Served) -> Value:
    """The mean of the verdicts, of 5."""
    return round(group.scores / group.verdicts, 2) if group.verdicts else None


def became_complaints(group: Served) -> Value:
    """How many went on as complaints."""
    return group.converted


QUALITY: Final = (
    Measure("reply", N_("Answered in time %"), answered_in_time, "replied_at <= reply_by"),
    Measure("solve", N_("Solved in time %"), solved_in_time, "solved_at <= solve_by"),
    Measure("first", N_("Solved at once %"), first_time, _FIRST),
    Measure("again", N_("Opened again %"), reopened, "reopened > 0"),
    Measure("score", N_("Verdict, of 5"), mean_score, _GIVEN),
    Measure("satisfied", N_("Satisfied %"), satisfied, "satisfaction IN ('4', '5')"),
    Measure("converted", N_("Became complaints"), became_complaints, "state = 'complaint'"),
    Measure("cost", N_("Charged ¥"), cost, "cost > 0"),
)
TIMES: Final = tuple(
    Measure(f"{what}_{of}", label, time(what, of), f"{what}_minutes IS NOT NULL", what)
    for what, of, label in (
        ("reply", "median", N_("Replied after h (median)")),
        ("reply", "most", N_("Replied after h (90 %)")),
        ("solve", "median", N_("Solved after h (median)")),
        ("solve", "most", N_("Solved after h (90 %)")),
    )
)
"""Working hours, waiting for the customer left out."""


@dataclass(frozen=True)
class AgainstStandard(Handling):
    """The standard of each tier or type beside what was kept: by when to answer and to solve, in working hours."""

    measures: tuple[Measure, ...] = field(kw_only=True, default=(TIMES[1], QUALITY[0], TIMES[3], QUALITY[1]))

    @override
    def table(self, period: Period, owner: int | None) -> Table:
        found = super().table(period, owner)
        office, day = service_clock.rules(), calendar.work_time().day_length / 3600

        def hours(what: str, key: str) -> Value:
            span = service_clock.standard(what, self.side, key, office)
            return None if span is None else round(span.amount * (day if span.unit == "wd" else 1), 1)

        rows = [
            Row(row.key, row.label, _between(row.values, hours("reply", row.key), hours("solve", row.key)), row.colour)
            for row in found.rows
        ]
        reply = Column("reply_standard", _("Standard: reply within h"), measure=True)
        solve = Column("solve_standard", _("Standard: solve within h"), measure=True)
        return Table(
            found.key, found.title, _between(found.columns, reply, solve), rows, _between(found.total, None, None)
        )


def _between(found: Any, reply: Any, solve: Any) -> tuple[Any, ...]:
    """The standards, each before what was kept of it."""
    return (found[0], reply, *found[1:3], solve, *found[3:])


class _Target(NamedTuple):
    """What the office has set itself, and how it is counted."""

    setting: str
    label: str
    actual: Callable[[Served], Value]
    about: Callable[[Served], int]
    """How many requests it is about."""
    where: str
    """Those it is about; a "?" stands for now."""
    kept: str
    """Those of them that keep it."""


_TARGETS: Final = {
    "reply": _Target(
        "target_reply_in_time",
        N_("Answered in time"),
        answered_in_time,
        lambda group: group.reply_due,
        REPLY_DUE,
        "replied_at <= reply_by",
    ),
    "solve": _Target(
        "target_solve_in_time",
        N_("Solved in time"),
        solved_in_time,
        lambda group: group.solve_due,
        SOLVE_DUE,
        "solved_at <= solve_by",
    ),
    "first": _Target("target_first_fix", N_("Solved at once"), first_time, lambda group: group.ever, _EVER, _FIRST),
    "satisfied": _Target(
        "target_satisfied",
        N_("Satisfied"),
        satisfied,
        lambda group: group.verdicts,
        _GIVEN,
        "satisfaction IN ('4', '5')",
    ),
}


@dataclass(frozen=True)
class Targets(Statistic):
    """The office's targets beside what was reached, in per cent."""

    def table(self, period: Period, owner: int | None) -> Table:
        found, office = cases(period, owner).whole(()), settings()
        columns = [
            Column("count", _("Requests it is about")),
            Column("actual", _("Reached %"), measure=True),
            Column("target", _("Target %"), measure=True),
            Column("difference", _("Difference"), measure=True),
        ]
        rows = []
        for key, each in _TARGETS.items():
            actual, target = each.actual(found), float(office[each.setting])
            difference = None if actual is None else round(actual - target, 1)
            rows.append(Row(key, _(each.label), (each.about(found), actual, target, difference)))
        return Table(self.key, _(self.title), columns, rows, (found.count, None, None, None))

    def where(self, row: str | None, column: str | None, period: Period, owner: int | None) -> Where:
        condition, params = cases_received(period, owner)
        if row is None:
            return condition, params
        each = _TARGETS[row]
        conditions = [condition, each.where, *([each.kept] if column == "actual" else [])]
        return " AND ".join(conditions), [*params, *([now()] * each.where.count("?"))]


_TYPES: Final = Listed("request_type", roots=True)
_TIERS: Final = Listed("tier", all_rows=True)

REQUESTS: Final[list[Statistic]] = [
    CasesByMonth("requests_by_month", N_("Service requests by month"), ABOUT, chart="lines"),
    Breakdown(
        "requests_by_type", N_("Service requests by type"), ABOUT, column="type", kind=_TYPES, base=cases_received
    ),
    Breakdown(
        "requests_by_state",
        N_("Service requests by state"),
        ABOUT,
        column="state",
        kind=Listed("request_state"),
        base=cases_received,
    ),
    Targets("request_targets", N_("Service requests: reached against target"), ABOUT, chart="column"),
    AgainstStandard(
        "request_standards_by_tier",
        N_("Service requests: kept against standard, by tier"),
        ABOUT,
        side="tier",
        kind=_TIERS,
        cases=cases,
    ),
    AgainstStandard(
        "request_standards_by_type",
        N_("Service requests: kept against standard, by type"),
        ABOUT,
        side="type",
        kind=Listed("request_type"),
        cases=cases,
    ),
    *(
        Handling(
            f"requests_handled_by_{side}", title, ABOUT, chart=chart, side=side, kind=kind, cases=cases, measures=of
        )
        for side, title, chart, kind, of in (
            ("month", N_("How service requests were handled, by month"), "column", None, QUALITY),
            ("type", N_("How service requests were handled, by type"), "bar", _TYPES, QUALITY),
            ("owner", N_("How service requests were handled, by colleague"), "bar", Colleagues(), QUALITY),
            ("tier", N_("How service requests were handled, by tier"), "bar", _TIERS, QUALITY),
        )
    ),
    Handling(
        "request_times",
        N_("Working hours until service requests were answered and solved"),
        ABOUT,
        chart="column",
        side="month",
        cases=cases,
        measures=TIMES,
    ),
]
_WHOLE: Final = Handling("", "", ABOUT, side="month", cases=cases, measures=QUALITY + TIMES)
_COUNTED: Final = {"received": cases_received, "closed": cases_closed, "open": cases_open}
_MEASURED: Final = {
    "reply_time": "reply_median",
    "reply_90": "reply_most",
    "time": "solve_median",
    "time_90": "solve_most",
}


def figures(period: Period, owner: int | None = None) -> list[Figure]:
    """Received, closed, open, and how well they were handled, as numbers and in words: the same as the statistics.

    With a colleague only what is assigned to her. The value of a duration is in working hours ("reply_…") or working
    days ("time…"), of a share in per cent; None where there is nothing to say.
    """
    found = cases(period, owner).whole()
    numbers: list[tuple[str, str, Value, str]] = [
        ("received", _("Received"), found.count, ""),
        ("closed", _("Closed"), count(ABOUT, cases_closed(period, owner)), ""),
        ("open", _("Open at the end"), count(ABOUT, cases_open(period, owner)), ""),
        ("reply", _("Answered in time"), answered_in_time(found), "%"),
        ("solve", _("Solved in time"), solved_in_time(found), "%"),
        ("reply_time", _("First reply (median)"), found.hours("reply", "median"), "h"),
        ("reply_90", _("First reply (90 %)"), found.hours("reply", "most"), "h"),
        ("time", _("Solved (median)"), in_days(found.hours("solve", "median")), "d"),
        ("time_90", _("Solved (90 %)"), in_days(found.hours("solve", "most")), "d"),
        ("first", _("Solved at once"), first_time(found), "%"),
        ("again", _("Opened again"), reopened(found), "%"),
        ("satisfied", _("Satisfied"), satisfied(found), "%"),
        ("score", _("Verdict, of 5"), mean_score(found), ""),
        ("converted", _("Became complaints"), found.converted, ""),
    ]
    return [Figure(key, label, in_words(value, unit), value) for key, label, value, unit in numbers]


def figure_records(key: str, period: Period, owner: int | None = None) -> array[int]:
    """The requests (ids) that a figure of `figures` is about, the latest first; KeyError when there is none."""
    if key in _COUNTED:
        where, params = _COUNTED[key](period, owner)
        return array("q", (i for (i,) in file.ask(f"SELECT id FROM {ABOUT} WHERE {where} ORDER BY id DESC", params)))
    if (column := _MEASURED.get(key, key)) not in {each.key for each in _WHOLE.measures}:
        raise KeyError(key)
    return _WHOLE.records(None, column, period, owner)
