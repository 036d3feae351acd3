"""Whom a survey asks and what they answered, question by question; what the office does to be scored better."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any, Final

from crm_desktop.i18n import N_
from crm_desktop.models.base import Record, next_code
from crm_desktop.models.fields import Choice, Date, DateTime, Integer, Link, LongText, Person, Text, YesNo
from crm_desktop.models.rules import SURVEY_EVERY
from crm_desktop.models.survey import OPEN, Fixed, overall_of, recommending
from crm_desktop.store import file
from crm_desktop.store.record import Row, chunks

TO_ASK, ASKED, ANSWERED, DECLINED, NOT_REACHED = "to_ask", "asked", "answered", "declined", "not_reached"
STATES: Final = {
    TO_ASK: N_("To ask"),
    ASKED: N_("Asked, no answer yet"),
    ANSWERED: N_("Answered"),
    DECLINED: N_("Declined"),
    NOT_REACHED: N_("Not reached"),
}
WAITING: Final = (TO_ASK, ASKED, NOT_REACHED)
"""States in which an answer may still come."""
ENDED: Final = (ANSWERED, DECLINED)
WAYS: Final = {
    "phone": N_("Phone"),
    "visit": N_("Visit"),
    "paper": N_("Paper"),
    "excel": N_("Excel sheet"),
    "wechat": N_("WeChat"),
    "email": N_("E-mail"),
    "other": N_("Other"),
}
"""How answers came."""


class SurveyAsked(Record):
    """One customer in a survey."""

    title = N_("Customer asked")
    derives = True

    code = Text(N_("Form no."), unique=True, computed=True, headings="问卷编号 表单编号 form_no")
    run = Link(N_("Survey"), "survey_run", end="cascade", required=True, index=False)
    customer = Link(N_("Customer"), "customer", end="cascade", required=True, index=False)
    contact = Link(N_("Contact person"), "contact")
    state = Fixed(N_("State"), STATES, default=TO_ASK, width=14)
    due = Date(N_("Ask until"), future=True)
    owner = Person(N_("Who asks"))
    tier = Choice(N_("Tier then"), "tier", computed=True)
    served_by = Person(N_("Served by"), help=N_("Whose customer it was when it was asked."), computed=True)
    product = Text(N_("Product"))
    attempts = Integer(N_("Attempts"), default=0)
    tried_at = DateTime(N_("Last tried"))
    answered_at = DateTime(N_("Answered at"))
    how = Fixed(N_("How"), WAYS)
    by = Person(N_("Written down by"))
    note = LongText(N_("Note"))
    interaction = Link(N_("Contact record"), "interaction")
    signal = Link(N_("Sign of displeasure"), "complaint_signal")
    overall = Integer(N_("Overall"), computed=True, most=5)
    nps = Integer(N_("Recommends"), computed=True, most=10)
    again_on = Date(N_("Ask again on"), computed=True)

    kept = Record.kept | {"code", "tier", "served_by"}

    class Meta:
        table_name = "survey_asked"
        indexes = (
            (("run", "state", "id"), False),
            (("customer", "answered_at", "id"), False),
            # what is due, from the index alone
            (("state", "due", "owner"), False),
            (("again_on", "customer"), False),
            # figures from the index alone
            (("answered_at", "run", "served_by", "tier", "product", "overall", "nps"), False),
        )

    @classmethod
    def complete(cls, rows: list[Row], user: int | None, now: str) -> None:
        super().complete(rows, user, now)
        customers = file.rows("customer", sorted({row["customer"] for row in rows}), ["tier", "owner"])
        for row in rows:
            theirs = customers.get(row["customer"], {})
            row["tier"] = row["tier"] or theirs.get("tier") or ""
            row["served_by"] = row["served_by"] or theirs.get("owner")
        _number([row for row in rows if not row["code"]])

    @classmethod
    def affects(cls, rows: Sequence[Row]) -> dict[str, set[int]]:
        return {"survey_asked": asked_of({row["customer"] for row in rows if row["customer"]})}

    @classmethod
    def derive(cls, ids: Sequence[int], fresh: Collection[int] = ()) -> None:
        for part in chunks(ids):
            derive(part)


class SurveyAnswer(Record):
    """One answer to one question."""

    title = N_("Answer")
    asked = Link(N_("Customer asked"), "survey_asked", end="cascade", required=True, index=False)
    item = Text(N_("Question"), required=True)
    score = Integer(N_("Score"), most=10)
    words = LongText(N_("Answer"))
    at = DateTime(N_("Time"))
    by = Person(N_("By"))
    how = Fixed(N_("How"), WAYS)

    class Meta:
        table_name = "survey_answer"
        indexes = ((("asked", "item"), True), (("asked", "item", "score"), False))

    @classmethod
    def affects(cls, rows: Sequence[Row]) -> dict[str, set[int]]:
        return {"survey_asked": {row["asked"] for row in rows}}


class SurveyAction(Record):
    """What is done so that a question is answered better next time (product.md S03)."""

    title = N_("Improvement action")
    run = Link(N_("Survey"), "survey_run", end="cascade", required=True)
    item = Text(N_("Question"), required=True)
    what = Text(N_("Action"), required=True, width=24)
    kind = Choice(N_("Type"), "improvement")
    owner = Person(N_("Owner"))
    due = Date(N_("Due"), future=True, index=True)
    done = Date(N_("Done"))
    verified = Date(N_("Verified"))
    by = Person(N_("Verified by"))
    effective = YesNo(N_("Effective"))

    class Meta:
        table_name = "survey_action"


def asked_of(customers: Collection[int]) -> set[int]:
    """All rows of these customers: which of them is the newest may change with any of them."""
    ids = json.dumps(sorted(customers))
    return {i for (i,) in file.ask("SELECT id FROM survey_asked WHERE customer IN (SELECT value FROM json_each(?))",
                                   (ids,))}  # fmt: skip


def newest() -> set[int]:
    """The rows that say when a customer is to be asked again."""
    return {i for (i,) in file.ask("SELECT id FROM survey_asked WHERE state IN ('answered', 'declined')")}


def derive(ids: Sequence[int]) -> None:
    """Write overall score, recommendation, the day to ask again, and day and product of the survey (at most some hundred
    rows).
    """
    listed = json.dumps(list(ids))
    rows = file.ask(
        "SELECT a.id, a.run, a.customer, a.state, coalesce(a.answered_at, a.tried_at), k.tier, a.overall, a.nps,"
        " a.again_on, a.due, a.product, r.due, r.product FROM survey_asked a JOIN customer k ON k.id = a.customer"
        " JOIN survey_run r ON r.id = a.run"
        " WHERE a.id IN (SELECT value FROM json_each(?))",
        (listed,),
    )
    keys = _keys({run for _i, run, *_rest in rows})
    scores = {
        (asked, item): score
        for asked, item, score in file.ask(
            "SELECT asked, item, score FROM survey_answer WHERE asked IN (SELECT value FROM json_each(?))", (listed,)
        )
    }
    last = _last_ended([row[2] for row in rows])
    every = rhythms()
    changed: list[tuple[Any, ...]] = []
    for i, run, customer, state, at, tier, *stored, due, product in rows:
        overall, nps = (scores.get((i, key)) if key else None for key in keys[run])
        days = every.get(tier or "", every["regular"])
        again = None
        if state in ENDED and at and days and last.get(customer) == i:
            again = (date.fromisoformat(at[:10]) + timedelta(days=days)).isoformat()
        if [overall, nps, again, due, product] != stored:
            changed.append((overall, nps, again, due, product, i))
    if changed:
        sql = "UPDATE survey_asked SET overall = ?, nps = ?, again_on = ?, due = ?, product = ? WHERE id = ?"
        file.connection().executemany(sql, changed)


def rhythms() -> dict[str, int]:
    """After how many days customers of each tier are asked again, as the office set it; 0 for never."""
    marks = ",".join("?" * len(SURVEY_EVERY))
    stored = dict(file.ask(f"SELECT name, value FROM setting WHERE name IN ({marks})", list(SURVEY_EVERY)))
    days = {name: int(json.loads(stored[name])) if name in stored else usual for name, usual in SURVEY_EVERY.items()}
    return {name.removeprefix("survey_every_"): value for name, value in days.items()}


def _keys(runs: Collection[int]) -> dict[int, tuple[str, str]]:
    """Of each survey, which question says how content a customer is, and which whether we are recommended."""
    found: dict[int, tuple[str, str]] = {}
    for run, items in file.ask(
        "SELECT r.id, t.items FROM survey_run r JOIN survey_template t ON t.id = r.template"
        " WHERE r.id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(runs)),),
    ):
        questions: list[dict[str, Any]] = json.loads(items or "[]")
        found[run] = (overall_of(questions), recommending(questions))
    return found


def _last_ended(customers: Collection[int]) -> dict[int, int]:
    """The row in which each customer answered or declined last; one that a running survey is to ask anyway has none."""
    last: dict[int, tuple[str, int]] = {}
    waiting: set[int] = set()
    for customer, i, state, at, survey in file.ask(
        "SELECT s.customer, s.id, s.state, coalesce(s.answered_at, s.tried_at), r.state FROM survey_asked s"
        " JOIN survey_run r ON r.id = s.run WHERE s.customer IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(set(customers))),),
    ):
        if state in ENDED:
            last[customer] = max(last.get(customer, ("", 0)), (at or "", i))
        elif survey == OPEN:
            waiting.add(customer)
    return {customer: i for customer, (_at, i) in last.items() if customer not in waiting}


def _number(rows: list[Row]) -> None:
    """Form numbers: the survey's and a count, DC-2026-0001-0001; a number that is on paper somewhere never comes again."""
    runs = file.rows("survey_run", sorted({row["run"] for row in rows}), ["code"])
    for run, found in runs.items():
        theirs, code = [row for row in rows if row["run"] == run], found["code"]
        codes = next_code(f"survey_asked-{code}", f"{code}-{{:04d}}", "survey_asked", len(theirs))
        for row, number in zip(theirs, codes, strict=True):
            row["code"] = number
