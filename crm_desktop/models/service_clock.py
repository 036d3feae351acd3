"""By when a service request is to be answered and solved, and how long it took: what its row derives."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from crm_desktop.models import calendar, course_clock, lists
from crm_desktop.models.complaint_clock import FOLLOW_UP, REPLY, RESUME, SOLVE
from crm_desktop.models.course_clock import Step
from crm_desktop.models.service_rules import CHECKS, SERVICE_FOLLOW_UP, STANDARDS
from crm_desktop.store import file
from crm_desktop.store.record import Row
from crm_desktop.values.work_time import Pause, Span, WorkTime

ENDED: Final = frozenset({"closed", "cancelled", "complaint"})
STOPPED: Final = ENDED | {"waiting", "solved"}
"""States in which it is not for us to act: their time does not count against a deadline."""
DONE: Final = {REPLY: "replied_at", SOLVE: "solved_at"}
DERIVED: Final = ("reply_by", "solve_by", "sla", "due_at", "due_what", "reply_minutes", "solve_minutes", "tier")
_READ: Final = (
    *DERIVED,
    "customer",
    "type",
    "priority",
    "received_at",
    "state",
    "agreed_at",
    "replied_at",
    "solved_at",
    "closed_at",
)
ORDINARY: Final = {"tier": "regular", "type": "", "priority": "normal"}
"""Whose rules hold for entries that have none of their own; a type without any leaves it to the tier."""


def rules() -> dict[str, Span | None]:
    """The office's spans by name ("std_solve_tier_gold"), also of types that the office made itself."""
    said = {
        n: json.loads(v) for n, v in file.ask("SELECT name, value FROM setting WHERE name LIKE 'std@_%' ESCAPE '@'")
    }
    return {name: Span.read(written) for name, written in {**STANDARDS, **said}.items()}


def spans(what: str, row: Mapping[str, Any], office: Mapping[str, Span | None]) -> list[Span]:
    """The spans that tier, type and priority of a request set for one thing: each must be kept."""
    found = (standard(what, kind, row[kind], office) for kind in ORDINARY)
    return [span for span in found if span is not None]


def standard(what: str, kind: str, code: str, office: Mapping[str, Span | None]) -> Span | None:
    """The span of an entry (kind: of ORDINARY); without one a type has that of the type it belongs to.

    An entry nobody set a rule for has the ordinary one.
    """
    name = f"std_{what}_{kind}_"
    entry = lists.entry("request_type", code) if kind == "type" else None
    if entry is not None and entry.parent:
        return office.get(name + code) or office.get(name + entry.parent)
    return office.get(name + (code if code and name + code in office else ORDINARY[kind]))


def checks(kind: str) -> list[dict[str, str]]:
    """The steps that are to be ticked off for a type of request, none of them done."""
    entry = lists.entry("request_type", kind)
    for code in (kind, entry.parent if entry else ""):
        said = file.one("SELECT value FROM setting WHERE name = ?", (CHECKS + code,)) if code else None
        if said is not None and (found := json.loads(said)):
            return [{"what": str(what)} for what in found]
    return []


def derive(ids: Sequence[int], fresh: Collection[int] = ()) -> None:
    """Recompute the derived columns of up to 500 requests; only those that change are written."""
    course_clock.write("service_request", _changes(ids, fresh))


def _changes(ids: Sequence[int], fresh: Collection[int]) -> Iterable[tuple[int, Row]]:
    office, work = rules(), calendar.in_store()
    steps = course_clock.steps_of("service_step", "request", ids)
    rows = file.rows("service_request", ids, _READ)
    customers = {row["customer"] for row in rows.values()}
    tiers = {i: row["tier"] for i, row in file.rows("customer", list(customers), ["tier"]).items()}
    days = _follow_up_days()
    for i, row in rows.items():
        now = _derived(row, tiers.get(row["customer"], ""), steps.get(i, []), office, work, i in fresh)
        now["due_what"], now["due_at"] = ("", None) if row["state"] in ENDED else _next(row | now, steps, work, days, i)
        different = {name: value for name, value in now.items() if value != row[name]}
        if different:
            yield i, different


def _derived(
    row: Row, tier: str, steps: Sequence[Step], office: Mapping[str, Span | None], work: WorkTime, fresh: bool
) -> Row:
    """Deadlines and times of one request; what has been solved keeps the tier and the rules it was solved under."""
    found: Row = {name: row[name] for name in DERIVED}
    stops = course_clock.pauses(steps, STOPPED, "waiting")
    settled = (row["state"] in ENDED or row["solved_at"]) and row["sla"] and not fresh
    if not settled:
        found["tier"] = tier
        found["sla"] = "|".join(" ".join(map(str, spans(what, row | {"tier": tier}, office))) for what in DONE)
    found |= deadlines(row, found["sla"], stops, work)
    for what, done in DONE.items():
        found[f"{what}_minutes"] = course_clock.took(row["received_at"], row[done], stops, work)
    return found


def deadlines(row: Row, sla: str, stops: Sequence[Pause], work: WorkTime) -> dict[str, str | None]:
    """By when to answer and to solve: the strictest span of each ("2wh|3wd"), or the moment agreed on to solve it."""
    found = course_clock.deadlines(row["received_at"], tuple(DONE), sla, stops, work)
    if row["agreed_at"]:
        found["solve_by"] = row["agreed_at"]
    return found


def _follow_up_days() -> int:
    said = file.one("SELECT value FROM setting WHERE name = 'service_follow_up_days'")
    return int(json.loads(said)) if said is not None else SERVICE_FOLLOW_UP


def _next(
    row: Row, steps: Mapping[int, Sequence[Step]], work: WorkTime, days: int, request: int
) -> tuple[str, str | None]:
    """What is due next, and when."""
    if row["state"] == "waiting":
        taken = steps.get(request)
        until = taken[-1][2] if taken else None
        return RESUME, f"{until}T09:00:00" if until else None
    if row["state"] == "solved":
        if not row["solved_at"]:
            return FOLLOW_UP, None
        return FOLLOW_UP, f"{work.add_workdays(date.fromisoformat(row['solved_at'][:10]), days)}T17:00:00"
    open_ones = [(row[f"{what}_by"], what) for what in DONE if not row[DONE[what]] and row[f"{what}_by"]]
    if not open_ones:
        return SOLVE, None
    due, what = min(open_ones)
    return what, due
