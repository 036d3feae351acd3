"""The course of a service request: which steps are allowed, what each must bring, and who did it when.

Each step is one change: undoing it takes back the state, what was written with it, and its stamp.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from crm_desktop import courses
from crm_desktop.complaints import signals
from crm_desktop.courses import Move
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_, _
from crm_desktop.models import ServiceRequest, ServiceStep
from crm_desktop.models.office import setting
from crm_desktop.store.change import Change, Gone

MAIN: Final = ("new", "assigned", "working", "solved", "closed")
"""The states of an ordinary course, in their order."""
WORKING: Final = ("assigned", "working", "reopened")
OPEN: Final = ("new", *WORKING, "waiting", "solved")
REPLY: Final = "reply"
"""The step that changes no state: its reason is what the customer was told."""
CONVERT: Final = "convert"
"""The step that makes a complaint of it: see service.converting."""

MOVES: Final = (
    Move(
        "assign",
        N_("Assign"),
        ("new",),
        "assigned",
        ("owner", "type"),
        ("priority", "agreed_at"),
        icon="user-plus",
    ),
    Move("begin", N_("Begin work"), ("assigned", "reopened"), "working", ("owner",), ("agreed_at",)),
    Move(
        "solve",
        N_("Solved: the customer was told"),
        ("working",),
        "solved",
        ("solution", "solved_at"),
        ("parts", "minutes", "chargeable", "cost"),
        icon="check",
    ),
    Move(
        "answer",
        N_("Answered at once"),
        ("new", "assigned", "reopened"),
        "solved",
        ("type", "solution", "solved_at"),
        ("owner", "minutes"),
        icon="check",
    ),
    Move(
        "close",
        N_("Close with the customer's verdict"),
        ("solved",),
        "closed",
        ("satisfaction",),
        ("feedback",),
        icon="circle-check",
    ),
    Move("close_unasked", N_("Close: the customer could not be asked"), ("solved",), "closed", why=True, icon="check"),
    Move(
        "reopen",
        N_("Open again"),
        ("solved", "closed", "cancelled"),
        "reopened",
        (),
        ("owner", "satisfaction", "feedback"),
        why=True,
        icon="refresh",
    ),
    Move(REPLY, N_("Tell the customer how it stands"), ("new", *WORKING), "", why=True, icon="message"),
    Move("wait", N_("Wait for the customer"), ("new", *WORKING), "waiting", why=True, until=True, icon="clock"),
    Move("resume", N_("Go on"), ("waiting",), "", icon="arrow-forward-up"),
    Move("pass_on", N_("Hand to somebody else"), WORKING, "assigned", ("owner",), why=True, icon="users"),
    Move("cancel", N_("Cancel the request"), ("new", *WORKING, "waiting"), "cancelled", why=True, icon="x"),
    Move(
        CONVERT,
        N_("Make it a complaint"),
        (*OPEN, "closed"),
        "complaint",
        (),
        (),
        why=True,
        icon="message-report",
    ),
)
_BY_KEY: Final = {move.key: move for move in MOVES}
_FIRST: Final = {
    "new": "assign",
    "assigned": "begin",
    "working": "solve",
    "waiting": "resume",
    "solved": "close",
    "closed": "reopen",
    "cancelled": "reopen",
    "reopened": "begin",
}
"""The obvious next step of a state."""


def move(key: str) -> Move:
    """The step of that key; KeyError when there is none."""
    return _BY_KEY[key]


def allowed(state: str, gone: bool = False) -> list[Move]:
    """The steps that are possible in a state, the obvious one first; a state the office made itself can go on.

    What became a complaint goes on there: no step is left, unless the complaint is `gone`.
    """
    if state == "complaint" and gone:
        return [_BY_KEY["reopen"]]
    first = _FIRST.get(state)
    known = first or state == "complaint"
    found = [each for each in MOVES if state in each.before] if known else [_BY_KEY["begin"], _BY_KEY["cancel"]]
    return sorted(found, key=lambda each: each.key != first)


def presets(request: ServiceRequest, each: Move, user: int | None, now: str) -> dict[str, Any]:
    """What a step fills in by itself, where nothing stands there yet."""
    return courses.unfilled(request, each, {"owner": user, "solved_at": now})


def make(
    c: Change,
    request: int,
    key: str,
    values: Mapping[str, Any] | None = None,
    why: str = "",
    until: str | None = None,
    seen: Mapping[str, Any] | None = None,
) -> ServiceRequest:
    """Take a step with a request; what is written with it goes into the same change.

    Raises UserError when the step is not allowed in the state the request is in by now, Invalid naming the fields that
    are missing, Gone when it was deleted. A verdict of few points (setting service_low_score) is reported as a sign of
    displeasure.
    """
    record, each = ready(request, key), _BY_KEY[key]
    given = dict(values or {})
    courses.refuse_missing(record, each, given, why)
    written = given | _stamps(c, record, each, given)
    saved = c.save(record, written, None if seen is None else {k: v for k, v in seen.items() if k in given})
    courses.stamp(c, ServiceStep, "request", record, each, saved.state, why, until)
    if key == "close":
        _report_low(c, saved)
    return saved


def ready(request: int, key: str) -> ServiceRequest:
    """The request as it is now, if the step is possible; see `make`."""
    record: ServiceRequest | None = ServiceRequest.get_row(request)
    if record is None:
        raise Gone(_("This service request was deleted in the meantime."))
    if _BY_KEY[key] not in allowed(record.state, record.complaint is None):
        raise UserError(
            _("A colleague has gone on meanwhile: the request is now “{state}”. Look at it again.").format(
                state=record.shown("state")
            )
        )
    return record


def _stamps(c: Change, record: ServiceRequest, each: Move, given: Mapping[str, Any]) -> dict[str, Any]:
    """What a step writes by itself: the state, moments, how often it was opened again."""
    if each.key == REPLY:
        return {"state": record.state, "replied_at": record.replied_at or c.at}
    if each.key == "resume":
        return {"state": courses.before_hold(ServiceStep, "request", record.id, "waiting", "working")}
    stamps: dict[str, Any] = {"state": each.after}
    if each.key in ("assign", "begin", "answer"):
        stamps["acknowledged_at"] = record.acknowledged_at or c.at
    if each.key in ("solve", "answer"):
        stamps["replied_at"] = record.replied_at or given.get("solved_at") or c.at
        stamps["owner"] = given.get("owner") or record.owner or c.user
    elif each.after in ("closed", "cancelled"):
        stamps["closed_at"] = c.at
    elif each.key == "reopen":
        failed = record.state in ("solved", "closed")  # what was cancelled had not been tried
        stamps |= {"reopened": (record.reopened or 0) + failed, "solved_at": None, "closed_at": None}
    return stamps


def _report_low(c: Change, record: ServiceRequest) -> None:
    verdict = record.satisfaction or ""
    if not verdict.isdecimal() or int(verdict) > int(setting("service_low_score")):
        return  # an entry the office made itself has no points
    assert record.customer is not None
    said = _("{code}: {state}").format(code=record.code, state=record.shown("satisfaction"))
    signals.report(c, record.customer, "request", " · ".join(filter(None, (said, record.feedback))))


def course(request: int) -> Sequence[ServiceStep]:
    """The steps a request has taken, the oldest first."""
    return courses.course(ServiceStep, "request", request)
