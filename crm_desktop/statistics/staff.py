"""The figures of a colleague's work in a period beside the office's (product.md C21, O14): for screen, paper, commands.

`sheet` gives all of them; `records` opens what one of them is about; `durations` how long each step of a course took.
"""

from __future__ import annotations

import statistics
from array import array
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from crm_desktop import values
from crm_desktop.i18n import N_, _
from crm_desktop.models import Assessment, calendar, lists
from crm_desktop.statistics import complaints, counting, feedback, handled, requests, surveys
from crm_desktop.statistics.period import Period
from crm_desktop.statistics.tables import Value, Where
from crm_desktop.store import file

GROUPS: Final = {
    "contacts": N_("Contacts"),
    "complaints": N_("Complaints"),
    "requests": N_("Service requests"),
    "satisfaction": N_("Satisfaction"),
    "feedback": N_("Feedback"),
    "abilities": N_("Abilities"),
}
"""What the figures are about, in their order (msgids)."""


class Kpi(NamedTuple):
    """One figure of a colleague, and the office's beside it."""

    key: str
    """"group.name": what `records` wants."""
    label: str
    value: Value
    shown: str
    office: str
    """The same figure of the whole office, in words."""

    @property
    def group(self) -> str:
        """Key of GROUPS."""
        return self.key.partition(".")[0]


class _Figure(NamedTuple):
    key: str
    label: str
    shown: str
    value: Value


@dataclass(frozen=True)
class _Counted:
    """A number of records: how they are chosen, and where they lie."""

    key: str
    label: str
    table: str
    where: Callable[[Period, int | None], Where]
    distinct: str = ""
    """Another column that is counted instead, each value once."""


def _about(kind: str) -> Callable[[Period, int | None], Where]:
    def where(period: Period, colleague: int | None) -> Where:
        whose = "about IS NOT NULL" if colleague is None else "about = ?"
        mine = [] if colleague is None else [colleague]
        return f"at >= ? AND at < ? AND kind = ? AND {whose}", [period.start, period.after, kind, *mine]

    return where


def _blamed(period: Period, colleague: int | None) -> Where:
    whose = "about IS NOT NULL" if colleague is None else "about = ?"
    mine = [] if colleague is None else [colleague]
    return f"received_at >= ? AND received_at < ? AND {whose}", [period.start, period.after, *mine]


_COUNTED: Final = (
    _Counted("contacts.made", N_("Contacts made"), "interaction", counting.contacts),
    _Counted("contacts.customers", N_("Customers contacted"), "interaction", counting.contacts, "customer"),
    _Counted("complaints.about", N_("About the colleague"), "complaint", _blamed),
    _Counted("feedback.praise", N_("Praise of the colleague"), "feedback", _about("praise")),
    _Counted("feedback.displeasure", N_("Displeasure about the colleague"), "feedback", _about("displeasure")),
)
_HANDLED: Final[dict[str, Callable[[Period, int | None], Where]]] = {
    "received": counting.cases_received,
    "closed": counting.cases_closed,
    "open": counting.cases_open,
}
_OF_CASES: Final = {
    "on_time": "solved_at <= solve_by",
    "acknowledge": "acknowledge_minutes IS NOT NULL",
    "reply": "reply_minutes IS NOT NULL",
    "solve": "solve_minutes IS NOT NULL",
    "solve_90": "solve_minutes IS NOT NULL",
    "reopened": "reopened > 0",
    "first": "solved_at IS NOT NULL AND coalesce(reopened, 0) = 0 AND satisfaction NOT IN ('1', '2')",
    "second": "solved_at IS NOT NULL AND reopened > 0 AND satisfaction NOT IN ('1', '2')",
    "cost": "compensation > 0",
    "verdict": "satisfaction IN ('1', '2', '3', '4', '5')",
}
"""Which complaints of the period a share, a time or a sum is about."""


def sheet(period: Period, colleague: int) -> list[Kpi]:
    """All figures of a colleague's period with the office's beside them; groups without any record are left out."""
    hers, ours = _figures(period, colleague), _figures(period, None)
    found = [
        Kpi(one.key, one.label, one.value, one.shown, all_of_us.shown)
        for one, all_of_us in zip(hers, ours, strict=True)
    ]
    spoken = {group for group in GROUPS if any(one.value for one in found if one.group == group)}
    return [one for one in found if one.group in spoken]


def _figures(period: Period, colleague: int | None) -> list[_Figure]:
    counted = {one.key: _count(one, period, colleague) for one in _COUNTED}
    scope = surveys.Scope(period=period, owner=colleague)
    replies = feedback.figures(feedback.of_period(period, colleague))
    answered = dict(zip(("count", "replied", "days", "waits", "adopted"), replies, strict=True))
    return [
        counted["contacts.made"],
        counted["contacts.customers"],
        *_complaints(period, colleague),
        counted["complaints.about"],
        *(_Figure(f"requests.{f.key}", f.label, f.shown, f.value) for f in requests.figures(period, colleague)),
        *(
            _Figure(f"satisfaction.{f.key}", f.label, f.shown, f.value)
            for f in surveys.figures(scope)
            if f.key != "response"
        ),
        _number("feedback.count", _("Feedback"), answered["count"]),
        _number("feedback.replied", _("Replied"), answered["replied"], "%"),
        _number("feedback.days", _("Days until the reply (median)"), answered["days"]),
        counted["feedback.praise"],
        counted["feedback.displeasure"],
        _number("abilities.mean", _("Mean of the newest assessment, of 5"), ability(period, colleague)),
    ]


def _number(key: str, label: str, value: Value, unit: str = "") -> _Figure:
    return _Figure(key, label, complaints.in_words(value, unit), value)


def _count(one: _Counted, period: Period, colleague: int | None) -> _Figure:
    condition, params = one.where(period, colleague)
    what = f"DISTINCT {one.distinct}" if one.distinct else "*"
    return _number(
        one.key, _(one.label), int(file.one(f"SELECT count({what}) FROM {one.table} WHERE {condition}", params))
    )


def _complaints(period: Period, colleague: int | None) -> list[_Figure]:
    known = complaints.figures(period, colleague)
    reply = handled.cases(period, colleague).whole().hours("reply", "median")
    figures = [_Figure(f"complaints.{one.key}", one.label, one.shown, one.value) for one in known]
    place = next(n for n, one in enumerate(figures) if one.key == "complaints.solve")
    figures.insert(place, _number("complaints.reply", _("First reply (median)"), reply, "h"))
    condition, params = counting.cases_received(period, colleague)
    verdicts = [
        int(given)
        for (given,) in file.ask(
            f"SELECT satisfaction FROM complaint WHERE {condition} AND {_OF_CASES['verdict']}", params
        )
    ]
    return [*figures, _number("complaints.verdict", _("Verdict, of 5"), surveys.mean(verdicts))]


def ability(period: Period, colleague: int | None) -> Value:
    """The mean score of the newest assessment until the end of the period; of the office, the mean of colleagues'."""
    return surveys.mean([one for found in _assessed(period, colleague).values() for one in found.values()])


def _assessed(period: Period, colleague: int | None) -> dict[int, dict[str, int]]:
    """The newest assessment of each colleague until the end of the period: its id, ability to score."""
    whose, params = ("", []) if colleague is None else (" AND colleague = ?", [colleague])
    newest: dict[int, tuple[int, str]] = {}
    for i, who, scores in file.ask(
        f"SELECT id, colleague, scores FROM assessment WHERE day < ?{whose} ORDER BY day, id", [period.after, *params]
    ):
        newest[who] = (i, scores)
    read = Assessment.scores.python_value
    return {
        i: {row["ability"]: row["score"] for row in read(scores) if row.get("score")} for i, scores in newest.values()
    }


def records(key: str, period: Period, colleague: int | None) -> tuple[str, array[int]]:
    """Table and ids of the records a figure of `sheet` is about; KeyError when there is no such figure."""
    group, _dot, name = key.partition(".")
    counted = next((one for one in _COUNTED if one.key == key), None)
    if counted is not None:
        return counted.table, _ids(counted.table, counted.where(period, colleague))
    if group == "requests":
        return "service_request", requests.figure_records(name, period, colleague)
    if group == "satisfaction":
        return "survey_asked", surveys.figure_records(surveys.Scope(period=period, owner=colleague), name)
    if group == "abilities":
        return "assessment", array("q", _assessed(period, colleague))
    if group == "feedback":
        found = feedback.FEEDBACK[1].records(None, name, period, colleague)
        return "feedback", found
    if name in _HANDLED:
        return "complaint", _ids("complaint", _HANDLED[name](period, colleague))
    condition, params = counting.cases_received(period, colleague)
    return "complaint", _ids("complaint", (f"{condition} AND {_OF_CASES[name]}", params))


def _ids(table: str, where: Where) -> array[int]:
    return array("q", (i for (i,) in file.ask(f"SELECT id FROM {table} WHERE {where[0]} ORDER BY id DESC", where[1])))


class Duration(NamedTuple):
    """How long complaints stood in one state: working hours, median and 90 %."""

    state: str
    label: str
    number: int
    median: float
    most: float

    @property
    def shown(self) -> str:
        """Median and 90 % in words."""
        return _("{median} h, 90 % within {most} h").format(
            median=values.show_number(self.median), most=values.show_number(self.most)
        )


def durations(period: Period, colleague: int | None) -> list[Duration]:
    """How long the complaints received in a period stood in each state of their course, from their steps."""
    condition, params = counting.cases_received(period, colleague)
    received = dict(file.ask(f"SELECT id, received_at FROM complaint WHERE {condition}", params))
    last: dict[int, str] = dict(received)
    hours: dict[str, list[float]] = defaultdict(list)
    work = calendar.work_time()
    for part in _parts(list(received)):
        marks = ",".join("?" * len(part))
        for case, at, before, after in file.ask(
            f"SELECT complaint, at, before, after FROM complaint_step WHERE complaint IN ({marks})"
            " ORDER BY complaint, at, id",
            part,
        ):
            if before != after:
                worked = work.between(datetime.fromisoformat(last[case]), datetime.fromisoformat(at))
                hours[before].append(worked / 3600)
                last[case] = at
    order = [entry.code for entry in lists.entries("complaint_state", inactive=True)]
    known = [state for state in order if state in hours] + sorted(hours.keys() - set(order))
    return [_duration(state, sorted(hours[state])) for state in known]


def _duration(state: str, taken: Sequence[float]) -> Duration:
    most = taken[max(0, -(-9 * len(taken) // 10) - 1)]
    median = statistics.median(taken)
    return Duration(state, lists.label("complaint_state", state), len(taken), round(median, 1), round(most, 1))


def _parts(ids: list[Any]) -> list[list[Any]]:
    return [ids[start : start + 500] for start in range(0, len(ids), 500)]
