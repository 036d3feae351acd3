"""The course of a complaint: which steps are allowed, what each must bring, and who did it when (GB/T 19012).

Each step is one change: undoing it takes back the state, what was written with it, and its stamp.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from crm_desktop import courses
from crm_desktop.complaints import compensation
from crm_desktop.courses import Move
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_, _
from crm_desktop.models import Complaint, ComplaintStep, calendar, people
from crm_desktop.models.base import Invalid
from crm_desktop.models.office import setting
from crm_desktop.store.change import Change, Gone

MAIN: Final = ("new", "accepted", "investigating", "approval", "handling", "solved", "closed")
"""The states of an ordinary course, in their order."""
WORKING: Final = ("accepted", "investigating", "approval", "handling", "reopened", "escalated")
INFORM: Final = "inform"
"""The step that changes no state: its reason is what the customer was told."""
OPEN: Final = ("new", *WORKING, "hold", "solved")


class NotSatisfied(Invalid):
    """A complaint shall be closed although the customer is not satisfied."""


MOVES: Final = (
    Move(
        "accept",
        N_("Accept and tell the customer"),
        ("new", "reopened", "escalated"),
        "accepted",
        ("owner", "category", "severity", "acknowledged_at"),
        ("department", "demand"),
    ),
    Move(
        "investigate",
        N_("Begin the investigation"),
        ("accepted", "reopened", "escalated"),
        "investigating",
        ("owner",),
        ("department", "collaborators"),
    ),
    Move(
        "begin",
        N_("Carry out the solution"),
        ("investigating",),
        "handling",
        ("founded", "cause", "solution_types", "solution"),
        ("analysis", "department", "compensation_kind", "compensation", "promised_at"),
    ),
    Move(
        "propose",
        N_("Ask for approval of the solution"),
        ("investigating",),
        "approval",
        ("founded", "cause", "solution_types", "solution"),
        ("analysis", "department", "compensation_kind", "compensation", "promised_at"),
        icon="mail",
    ),
    Move(
        "approve",
        N_("Approve the solution"),
        ("approval",),
        "handling",
        (),
        ("solution", "compensation_kind", "compensation", "promised_at"),
        icon="check",
    ),
    Move("send_back", N_("Send the proposal back"), ("approval",), "investigating", why=True, icon="arrow-back-up"),
    Move(
        "solve",
        N_("Solved: the customer was told"),
        ("handling",),
        "solved",
        ("solution", "solved_at", "told_at", "told_how"),
        ("agrees", "apology_at", "follow_up_on"),
        icon="check",
    ),
    Move(
        "close",
        N_("Customer is satisfied: close"),
        ("solved",),
        "closed",
        ("cause", "satisfaction", "follow_up"),
        ("agrees", "improvements"),
        icon="circle-check",
    ),
    Move(
        "reopen",
        N_("Open again"),
        ("solved", "closed", "not_founded", "withdrawn"),
        "reopened",
        (),
        ("owner", "satisfaction", "follow_up"),
        why=True,
        icon="refresh",
    ),
    Move(INFORM, N_("Tell the customer how it stands"), WORKING, "", (), ("told_how",), why=True, icon="message"),
    Move("hold", N_("Put on hold"), WORKING, "hold", why=True, until=True, icon="clock"),
    Move("resume", N_("Go on"), ("hold",), "", icon="arrow-forward-up"),
    Move("escalate", N_("Escalate"), ("new", *WORKING), "escalated", ("owner",), why=True, icon="alert-triangle"),
    Move(
        "dismiss",
        N_("Not founded: close"),
        ("accepted", "investigating", "approval", "handling", "escalated"),
        "not_founded",
        ("founded_reason", "told_at", "told_how"),
        icon="x",
    ),
    Move(
        "withdraw", N_("The customer withdrew it"), ("new", *WORKING, "hold", "solved"), "withdrawn", why=True, icon="x"
    ),
)
_BY_KEY: Final = {move.key: move for move in MOVES}
_FIRST: Final = {
    "new": "accept",
    "accepted": "investigate",
    "investigating": "begin",
    "approval": "approve",
    "handling": "solve",
    "solved": "close",
    "closed": "reopen",
    "not_founded": "reopen",
    "withdrawn": "reopen",
    "hold": "resume",
    "reopened": "accept",
    "escalated": "investigate",
}
"""The obvious next step of a state."""


def move(key: str) -> Move:
    """The step of that key; KeyError when there is none."""
    return _BY_KEY[key]


def allowed(state: str) -> list[Move]:
    """The steps that are possible in a state, the obvious one first; a state the office made itself can go on."""
    first = _FIRST.get(state)
    found = [each for each in MOVES if state in each.before] if first else [_BY_KEY["investigate"], _BY_KEY["withdraw"]]
    return sorted(found, key=lambda each: each.key != first)


def instead(complaint: Complaint, trouble: Exception) -> Move | None:
    """The step that can be taken with the same details where one was refused; None when there is none."""
    other = {compensation.AboveLimit: "propose", NotSatisfied: "reopen"}.get(type(trouble))
    found = _BY_KEY[other] if other else None
    return found if found is not None and complaint.state in found.before else None


def presets(complaint: Complaint, each: Move, user: int | None, now: str) -> dict[str, Any]:
    """What a step fills in by itself, where nothing stands there yet."""
    standard: dict[str, Any] = {
        "owner": user,
        "acknowledged_at": now,
        "solved_at": now,
        "told_at": now,
        "told_how": complaint.channel or "phone",
        "founded": "yes",
        "follow_up_on": follow_up_day(now),
    }
    # a complaint that was opened again is told its result anew
    again = {"told_at"} if complaint.told_at and complaint.reopened else set()
    return courses.unfilled(complaint, each, standard, again)


def follow_up_day(now: str) -> str:
    """The day to ask whether the customer is satisfied: so many working days after solving (setting follow_up_days)."""
    day = date.fromisoformat(now[:10])
    return calendar.work_time().add_workdays(day, int(setting("follow_up_days"))).isoformat()


def make(
    c: Change,
    complaint: int,
    key: str,
    values: Mapping[str, Any] | None = None,
    why: str = "",
    until: str | None = None,
    seen: Mapping[str, Any] | None = None,
) -> Complaint:
    """Take a step with a complaint; what is written with it goes into the same change.

    Raises UserError when the step is not allowed in the state the complaint is in by now, Invalid naming the fields
    that are missing, Gone when it was deleted.
    """
    record = Complaint.get_row(complaint)
    if record is None:
        raise Gone(_("This complaint was deleted in the meantime."))
    each = _BY_KEY[key]
    if each not in allowed(record.state):
        raise UserError(
            _("A colleague has gone on meanwhile: the complaint is now “{state}”. Look at it again.").format(
                state=record.shown("state")
            )
        )
    given = dict(values or {})
    _check(record, each, given, why)
    written = given | _stamps(c, record, each, given, why)
    saved = c.save(record, written, None if seen is None else {k: v for k, v in seen.items() if k in given})
    courses.stamp(c, ComplaintStep, "complaint", record, each, written["state"], why, until)
    return saved  # type: ignore[no-any-return]


def _check(record: Complaint, each: Move, given: Mapping[str, Any], why: str) -> None:
    courses.refuse_missing(record, each, given, why)
    if each.key == "close" and given.get("satisfaction", record.satisfaction) in ("1", "2"):
        raise NotSatisfied(
            {"satisfaction": _("A customer who is not satisfied is not done with: open the complaint again.")}
        )
    if record.nature == "implicit" and each.key == "accept" and not (record.demand or given.get("demand")):
        raise Invalid({"demand": _("Nobody has complained yet: ask the customer what would help, and write it down.")})


def _stamps(c: Change, record: Complaint, each: Move, given: Mapping[str, Any], why: str) -> dict[str, Any]:
    """What a step writes by itself: the state, moments, who approved, how often it was opened again."""
    stamps: dict[str, Any] = {"state": each.after or (record.state if each.key == INFORM else before_hold(record.id))}
    if each.key in ("begin", "approve"):
        compensation.check(c.user, given.get("compensation", record.compensation))
        stamps |= {"approved_by": c.user, "approved_at": c.at}
    elif each.key == "accept":
        stamps["informed"] = [*record.informed, informed(c, _("We have received your complaint and look after it."))]
    elif each.key == INFORM:
        stamps |= {"informed": [*record.informed, informed(c, why)], "replied_at": record.replied_at or c.at}
    elif each.key == "solve":
        if not record.replied_at:
            stamps["replied_at"] = given.get("told_at") or record.told_at or c.at
        if not (given.get("follow_up_on") or record.follow_up_on):
            stamps["follow_up_on"] = follow_up_day(c.at)
    elif each.key == "dismiss":
        stamps |= {"founded": "no", "closed_at": c.at}
        if not record.replied_at:
            stamps["replied_at"] = given.get("told_at") or c.at
    elif each.key in ("close", "withdraw"):
        stamps["closed_at"] = c.at
    elif each.key == "reopen":
        stamps |= {"reopened": (record.reopened or 0) + 1, "solved_at": None, "closed_at": None, "follow_up_on": None}
    return stamps


def informed(c: Change, what: str) -> dict[str, str]:
    """A line of what the customer was told."""
    return {"on": c.at[:10], "what": what, "by": people.name(c.user)}


def before_hold(complaint: int) -> str:
    """The state a complaint on hold goes back to."""
    return courses.before_hold(ComplaintStep, "complaint", complaint, "hold", "investigating")


def course(complaint: int) -> Sequence[ComplaintStep]:
    """The steps a complaint has taken, the oldest first."""
    return courses.course(ComplaintStep, "complaint", complaint)
