"""One colleague's work to another: customers, open cases and next steps change hands, and nothing else changes."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, NamedTuple

from crm_desktop import bulk_edit
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_, _
from crm_desktop.models import (
    Complaint,
    Customer,
    Feedback,
    Interaction,
    Record,
    ServiceRequest,
    SurveyAction,
    SurveyAsked,
    SurveyRun,
    improvements,
)
from crm_desktop.store import file
from crm_desktop.store.change import Change
from crm_desktop.store.record import Row

PARTS: Final = {
    "customers": N_("Customers"),
    "complaints": N_("Open complaints"),
    "requests": N_("Open service requests"),
    "surveys": N_("Customers to ask in surveys"),
    "feedback": N_("Feedback to reply to"),
    "actions": N_("Cases with improvement actions"),
    "steps": N_("Next steps and owed answers"),
}
"""What can change hands (msgids)."""


class Items(NamedTuple):
    """How much of each there is; customers with archived ones and those looked after as account manager."""

    customers: int
    complaints: int
    requests: int
    surveys: int
    feedback: int
    actions: int
    """Complaints and feedback with improvement actions that are not verified, and those of surveys."""
    steps: int


_CUSTOMERS: Final = "SELECT id FROM customer WHERE owner = ? OR account_manager = ?"
_COMPLAINTS: Final = "SELECT id FROM complaint WHERE owner = ? AND closed_at IS NULL"
_REQUESTS: Final = "SELECT id FROM service_request WHERE owner = ? AND closed_at IS NULL"
_SURVEYS: Final = (
    "SELECT s.id FROM survey_run r JOIN survey_asked s ON s.run = r.id WHERE r.state = 'open'"
    " AND s.state IN ('to_ask', 'asked', 'not_reached') AND s.owner = ?"
)
_RUNS: Final = "SELECT id FROM survey_run WHERE state = 'open' AND owner = ?"
_FEEDBACK: Final = (
    "SELECT id FROM feedback WHERE owner = ? AND answered_at IS NULL AND state NOT IN ('answered', 'closed')"
)
_OF_SURVEYS: Final = "SELECT id FROM survey_action WHERE owner = ? AND verified IS NULL"
_IMPROVED: Final[tuple[type[Record], ...]] = (Complaint, Feedback)
_STEPS: Final = (
    'SELECT i.id FROM interaction i JOIN customer k ON k.id = i.customer WHERE coalesce(i.next_by, i."by") = ?'
    " AND (i.next_at > coalesce(k.last_contact_at, '') OR (i.answer_needed = 1 AND i.answered_at IS NULL))"
)


def items(giver: int) -> Items:
    """What a colleague has in hand."""
    return Items(*(len(ids) for ids in _held(giver)))


def _held(giver: int) -> tuple[list[int], ...]:
    return (
        [i for (i,) in file.ask(_CUSTOMERS, (giver, giver))],
        [i for (i,) in file.ask(_COMPLAINTS, (giver,))],
        [i for (i,) in file.ask(_REQUESTS, (giver,))],
        [i for (i,) in file.ask(_SURVEYS, (giver,))],
        [i for (i,) in file.ask(_FEEDBACK, (giver,))],
        [*(i for model in _IMPROVED for i in _with_actions(model, giver)), *_of_surveys(giver)],
        [i for (i,) in file.ask(_STEPS, (giver,))],
    )


def _of_surveys(giver: int) -> list[int]:
    """A colleague's actions that came of surveys and that nobody has verified."""
    return [i for (i,) in file.ask(_OF_SURVEYS, (giver,))]


def _with_actions(model: type[Record], giver: int) -> list[int]:
    """The records of a kind with an action of a colleague's that nobody has verified."""
    sql = f"SELECT id, improvements FROM {model.table()} WHERE improve_by IS NOT NULL"
    return [i for i, stored in file.ask(sql) if improvements.given_over(stored, giver, giver) is not None]


def hand_over(c: Change, giver: int, taker: int, parts: Collection[str] = tuple(PARTS)) -> Items:
    """Give a colleague's work, or these parts of it, to another; how much changed hands.

    Dates, stages and what was said stay as they are; who said it, too: only what is still to do gets another name.
    """
    if giver == taker:
        raise UserError(_("Choose two different colleagues."))
    customers, complaints, requests, surveys, feedback, _actions, steps = _held(giver)
    if "surveys" in parts:
        runs = [i for (i,) in file.ask(_RUNS, (giver,))]
        bulk_edit.write(c, SurveyRun, runs, lambda _row: {"owner": taker})
    return Items(
        bulk_edit.write(
            c,
            Customer,
            customers if "customers" in parts else (),
            lambda row: {column: taker for column in ("owner", "account_manager") if row[column] == giver},
        ),
        bulk_edit.write(c, Complaint, complaints if "complaints" in parts else (), lambda _row: {"owner": taker}),
        bulk_edit.write(c, ServiceRequest, requests if "requests" in parts else (), lambda _row: {"owner": taker}),
        bulk_edit.write(c, SurveyAsked, surveys if "surveys" in parts else (), lambda _row: {"owner": taker}),
        bulk_edit.write(c, Feedback, feedback if "feedback" in parts else (), lambda _row: {"owner": taker}),
        _give_all_actions(c, giver, taker) if "actions" in parts else 0,
        bulk_edit.write(c, Interaction, steps if "steps" in parts else (), lambda _row: {"next_by": taker}),
    )


def _give_all_actions(c: Change, giver: int, taker: int) -> int:
    of_cases = sum(_give_actions(c, model, giver, taker) for model in _IMPROVED)
    return of_cases + bulk_edit.write(c, SurveyAction, _of_surveys(giver), lambda _row: {"owner": taker})


def _give_actions(c: Change, model: type[Record], giver: int, taker: int) -> int:
    def changed(row: Row) -> Row:
        given = improvements.given_over(row["improvements"], giver, taker)
        return {} if given is None else {"improvements": given}

    return bulk_edit.write(c, model, _with_actions(model, giver), changed)
