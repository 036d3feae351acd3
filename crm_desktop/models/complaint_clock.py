"""By when a complaint is to be acknowledged, answered and solved, and how long it took: what its row derives."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Final

from crm_desktop.errors import UserError
from crm_desktop.models import calendar, course_clock, recovery
from crm_desktop.models.course_clock import Step
from crm_desktop.models.improvements import next_due
from crm_desktop.models.rules import SLA
from crm_desktop.store import file
from crm_desktop.store.record import Row, chunks
from crm_desktop.values.work_time import Pause, Span, WorkTime

ACKNOWLEDGE, REPLY, SOLVE, FOLLOW_UP, RESUME = "acknowledge", "reply", "solve", "follow_up", "resume"
"""What is due next; the first three have a rule by tier and by severity."""
ENDED: Final = frozenset({"closed", "not_founded", "withdrawn"})
STOPPED: Final = ENDED | {"hold", "solved"}
"""States in which it is not for us to act: their time does not count against a deadline."""
DONE: Final = {ACKNOWLEDGE: "acknowledged_at", REPLY: "replied_at", SOLVE: "solved_at"}
DERIVED: Final = (
    "acknowledge_by",
    "reply_by",
    "solve_by",
    "sla",
    "due_at",
    "due_what",
    "acknowledge_minutes",
    "reply_minutes",
    "solve_minutes",
    "tier",
    "improve_by",
    "recovery_score",
)
_READ: Final = (
    *DERIVED,
    "customer",
    "received_at",
    "severity",
    "state",
    "agreed_by",
    "acknowledged_at",
    "replied_at",
    "solved_at",
    "closed_at",
    "follow_up_on",
    "improvements",
    *recovery.READ,
)
ORDINARY: Final = {"tier": "regular", "severity": "normal"}
"""Whose rules hold for entries that have none of their own."""


def rules() -> dict[str, Span | None]:
    """The office's spans by name ("sla_solve_gold")."""
    said = {
        n: json.loads(v) for n, v in file.ask("SELECT name, value FROM setting WHERE name LIKE 'sla@_%' ESCAPE '@'")
    }
    return {name: Span.read(said.get(name, standard)) for name, standard in SLA.items()}


def spans(what: str, tier: str, severity: str, office: Mapping[str, Span | None]) -> list[Span]:
    """The spans a complaint of that tier and severity has for one thing: each must be kept."""
    found = (tier_span(what, tier, office), _span(what, severity, "severity", office))
    return [span for span in found if span is not None]


def tier_span(what: str, tier: str, office: Mapping[str, Span | None]) -> Span | None:
    """The span of a tier for one thing; None for no rule."""
    return _span(what, tier, "tier", office)


def _span(what: str, code: str, kind: str, office: Mapping[str, Span | None]) -> Span | None:
    name = f"sla_{what}_{code}"
    return office.get(name if name in office else f"sla_{what}_{ORDINARY[kind]}")


def derive(ids: Sequence[int], fresh: Collection[int] = ()) -> None:
    """Recompute the derived columns of up to 500 complaints; only those that change are written."""
    course_clock.write("complaint", changes(ids, fresh))


def changes(ids: Sequence[int], fresh: Collection[int] = ()) -> Iterable[tuple[int, Row]]:
    """What the derived columns of complaints should be and are not."""
    office, work = rules(), calendar.in_store()
    steps = course_clock.steps_of("complaint_step", "complaint", ids)
    rows = file.rows("complaint", ids, _READ)
    customers = {row["customer"] for row in rows.values()}
    tiers = {i: row["tier"] for i, row in file.rows("customer", list(customers), ["tier"]).items()}
    for i, row in rows.items():
        now = _derived(row, tiers.get(row["customer"], ""), steps.get(i, []), office, work, i in fresh)
        different = {name: value for name, value in now.items() if value != row[name]}
        if different:
            yield i, different


def _derived(
    row: Row, tier: str, steps: Sequence[Step], office: Mapping[str, Span | None], work: WorkTime, fresh: bool
) -> Row:
    """The derived columns of one complaint; what has been solved keeps the tier and the rules it was solved under."""
    found: Row = {name: row[name] for name in DERIVED}
    stops = course_clock.pauses(steps, STOPPED, "hold")
    ended = row["state"] in ENDED
    settled = (ended or row["solved_at"]) and row["sla"] and not fresh
    if not settled:
        found["tier"] = tier
        found["sla"] = "|".join(" ".join(map(str, spans(what, tier, row["severity"], office))) for what in DONE)
    found |= deadlines(row, found["sla"], stops, work)
    for what, done in DONE.items():
        found[f"{what}_minutes"] = course_clock.took(row["received_at"], row[done], stops, work)
    found["due_what"], found["due_at"] = ("", None) if ended else _next(row | found, steps, work)
    found["improve_by"] = None if row["improvements"] == "[]" else next_due(json.loads(row["improvements"]))
    found["recovery_score"] = recovery.score(row | found)
    return found


def deadlines(row: Row, sla: str, stops: Sequence[Pause], work: WorkTime) -> dict[str, str | None]:
    """By when to acknowledge, reply and solve: the strictest of the spans ("2wh 24h|2wd|3wd"), and what was agreed."""
    found = course_clock.deadlines(row["received_at"], tuple(DONE), sla, stops, work)
    if row["received_at"] and row["agreed_by"]:
        found["solve_by"] = min(filter(None, (found["solve_by"], row["agreed_by"])))
    return found


def _next(row: Row, steps: Sequence[Step], work: WorkTime) -> tuple[str, str | None]:
    """What is due next, and when."""
    if row["state"] == "hold":
        until = steps[-1][2] if steps else None
        return RESUME, f"{until}T09:00:00" if until else None
    if row["state"] == "solved":
        return FOLLOW_UP, f"{row['follow_up_on']}T17:00:00" if row["follow_up_on"] else None
    if not row["acknowledged_at"] and row["state"] in ("new", "reopened") and row["acknowledge_by"]:
        return ACKNOWLEDGE, row["acknowledge_by"]
    open_ones = [(row[f"{what}_by"], what) for what in (REPLY, SOLVE) if not row[DONE[what]] and row[f"{what}_by"]]
    if not open_ones:
        return SOLVE, None
    due, what = min(open_ones)
    return what, due


_lacking: list[int] = []


def look() -> None:
    """Which open complaints of the file lack deadlines; asked in the look at the file that opening it takes anyway."""
    sql = "SELECT id FROM complaint WHERE closed_at IS NULL AND due_at IS NULL AND due_what = ''"
    _lacking[:] = [i for (i,) in file.ask(sql)]


def catch_up() -> None:
    """After an upgrade, give the open complaints of the file the deadlines they lack."""
    if any(True for part in chunks(_lacking) for _change in changes(part)):
        with suppress(UserError), file.transaction():  # busy or read-only: whoever opens it next does it
            for part in chunks(_lacking):
                derive(part)


file.opened.append(look)
file.settled.append(catch_up)
