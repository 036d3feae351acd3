"""All that somebody needs on the telephone with one customer of a survey: whom to call, what to ask, what was said."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from crm_desktop import contact_persons, contacting
from crm_desktop.contacting import Briefing
from crm_desktop.i18n import _
from crm_desktop.models import Customer, SurveyAsked, SurveyRun, SurveyTemplate
from crm_desktop.models.survey import TEXT, words
from crm_desktop.satisfaction import answering, templates
from crm_desktop.satisfaction.asking import row_of, run_of
from crm_desktop.store import file


class Voice(NamedTuple):
    """Somebody who can be called."""

    contact: int | None
    """The contact person; None for the customer's own numbers."""
    name: str
    phones: list[str]
    """As they are written."""


class Said(NamedTuple):
    """What a customer said to one question."""

    question: str
    answer: str


@dataclass(frozen=True)
class LastTime:
    """What a customer answered in the survey before."""

    at: str
    survey: str
    overall: int | None
    nps: int | None
    remarks: list[Said] = field(default_factory=list)
    """What it said in its own words."""


@dataclass(frozen=True)
class Script:
    """One customer to ask."""

    asked: SurveyAsked
    run: SurveyRun
    template: SurveyTemplate
    briefing: Briefing
    voices: list[Voice]
    """Contact persons who have not left, the main one first, then the customer's own numbers."""
    answers: dict[str, Any]
    """What it answered in this survey so far."""
    last: LastTime | None


def script(asked: int) -> Script:
    """What is needed to ask a customer; UserError when it was taken out of the survey or deleted."""
    row = row_of(asked)
    run = run_of(row)
    customer = int(row.customer or 0)
    briefing = contacting.briefing(customer)
    assert briefing is not None  # the row goes with its customer
    template = templates.of_run(run.id)
    return Script(
        row,
        run,
        template,
        briefing,
        _voices(briefing.customer),
        answering.answers_of(asked),
        last_time(customer, asked),
    )


def _voices(customer: Customer) -> list[Voice]:
    phones = Customer.described()["phones"]
    persons = [one for one in contact_persons.of_customer(customer.id) if not one.position.left]
    found = [Voice(one.contact.id, str(one.contact.name), _numbers(phones, one.contact.phones)) for one in persons]
    own = _numbers(phones, customer.phones)
    if own or not found:
        found.append(Voice(None, _("Switchboard"), own))
    return found


def _numbers(described: Any, rows: Any) -> list[str]:
    column = described.columns["number"]
    return [column.show(row.get("number")) for row in rows or () if row.get("number")]


def last_time(customer: int, asked: int) -> LastTime | None:
    """The newest answers of a customer beside those of this row; None when there are none."""
    found = file.ask(
        "SELECT a.id, a.answered_at, r.name, a.overall, a.nps, r.id FROM survey_asked a"
        " JOIN survey_run r ON r.id = a.run WHERE a.customer = ? AND a.answered_at IS NOT NULL AND a.id <> ?"
        " ORDER BY a.answered_at DESC, a.id DESC LIMIT 1",
        (customer, asked),
    )
    if not found:
        return None
    i, at, survey, overall, nps, run = found[0]
    texts = dict(file.ask("SELECT item, words FROM survey_answer WHERE asked = ? AND score IS NULL", (i,)))
    items = [item for item in templates.of_run(run).items if item["kind"] == TEXT and texts.get(item["key"])]
    return LastTime(at, survey, overall, nps, [Said(words(item), texts[item["key"]]) for item in items])


def told(asked: int) -> list[Said]:
    """What a customer answered, in words, in the order of the questions."""
    rows = file.ask("SELECT item, words, score FROM survey_answer WHERE asked = ?", (asked,))
    given = {item: text or score for item, text, score in rows}
    items = templates.of_run(int(row_of(asked).run or 0)).items
    return [Said(words(item), str(given[item["key"]])) for item in items if given.get(item["key"]) is not None]
