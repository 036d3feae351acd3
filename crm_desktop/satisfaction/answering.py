"""What a customer answered: checked, written down with the contact it was said in, and a sign where it is low."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crm_desktop.complaints import signals
from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.models import ComplaintSignal, SurveyAnswer, SurveyAsked, SurveyRun
from crm_desktop.models.office import settings
from crm_desktop.models.survey import CHOICE, LIMITS, Item, options, overall_of, recommending, words
from crm_desktop.models.survey_asked import ANSWERED
from crm_desktop.satisfaction import templates
from crm_desktop.satisfaction.asking import SPOKEN, log, row_of, run_of
from crm_desktop.store import file
from crm_desktop.store.change import Change
from crm_desktop.store.record import Row, chunks

Answers = Mapping[str, Any]
"""By question: a number, the number of a choice from 1 on, or a text."""
Given = Mapping[str, tuple[int | None, str]]
"""By question: score and words, as they are stored."""


def answers_of(asked: int) -> dict[str, Any]:
    """What a customer answered so far, as `answer` takes it."""
    return as_given(stored_of(asked))


def stored_of(asked: int) -> dict[str, tuple[int | None, str]]:
    """What a customer answered so far, as it is stored: score and words."""
    return stored_of_many([asked])[asked]


def stored_of_many(asked: Sequence[int]) -> dict[int, dict[str, tuple[int | None, str]]]:
    """The same of many customers (ids of survey_asked), in one question."""
    found: dict[int, dict[str, tuple[int | None, str]]] = {i: {} for i in asked}
    for part in chunks(list(asked)):
        marks = ",".join("?" * len(part))
        for i, item, score, text in file.ask(
            f"SELECT asked, item, score, words FROM survey_answer WHERE asked IN ({marks})", part
        ):
            found[i][item] = (score, text)
    return found


def as_given(stored: Given) -> dict[str, Any]:
    """Stored answers as `answer` takes them."""
    return {item: score if score is not None else text for item, (score, text) in stored.items()}


def checked(items: Sequence[Item], answers: Answers) -> dict[str, tuple[int | None, str]]:
    """Answers as they are stored (score, words), empty ones left out; UserError names the question that is wrong."""
    by_key = {str(item["key"]): item for item in items}
    found: dict[str, tuple[int | None, str]] = {}
    for key, value in answers.items():
        if key not in by_key:
            raise UserError(_("This questionnaire has no question “{key}”.").format(key=key))
        if value is not None and str(value).strip() != "":
            found[key] = _stored(by_key[key], value)
    for key, item in by_key.items():
        if item.get("needed") and key not in found:
            raise UserError(_("“{question}” is not answered yet.").format(question=words(item)))
    if not found:
        raise UserError(_("Nothing is answered yet."))
    return found


def _stored(item: Item, value: Any) -> tuple[int | None, str]:
    kind = item["kind"]
    if kind not in LIMITS and kind != CHOICE:
        return None, str(value).strip()
    choices = options(item)
    least, most = LIMITS.get(kind, (1, len(choices)))
    try:
        number = int(value)
    except (TypeError, ValueError):
        number = least - 1
    if not least <= number <= most or float(value) != number:
        text = _("“{value}” is no answer to “{question}”: a number from {least} to {most} is.")
        raise UserError(text.format(value=value, question=words(item), least=least, most=most))
    return number, choices[number - 1] if kind == CHOICE else ""


def answer(
    c: Change,
    asked: int,
    answers: Answers,
    how: str = "phone",
    *,
    contact: int | None = None,
    at: str = "",
    note: str = "",
    logged: bool = True,
) -> SurveyAsked:
    """Write down what a customer answered, as a contact too where it was said (SPOKEN), and as a sign where it is low.

    The same answers once more change nothing; other ones replace what was answered. `at` is a moment (now if empty).
    UserError says which answer is missing or wrong.
    """
    row = row_of(asked)
    run = run_of(row)
    items = templates.of_run(run.id).items
    given = checked(items, answers)
    if not write_answers(c, row, given, how, at or row.answered_at or c.at):
        return row
    values: Row = {
        "state": ANSWERED,
        "answered_at": at or row.answered_at or c.at,
        "how": how,
        "by": row.by or c.user,
        "contact": contact or row.contact,
        "attempts": (row.attempts or 0) + (row.state != ANSWERED),
        "note": note or row.note,
    }
    low = is_low(items, given)
    interaction = row.interaction
    if logged and how in SPOKEN and interaction is None:
        text = "\n".join(_told(items, given))
        mood = {"mood": "displeased"} if low else {}
        interaction = log(c, row, run, SPOKEN[how], text, values["answered_at"], outcome="reached", **mood)
    signal = _signal(c, row, run, items, given, interaction) if low else _calm(c, row)
    return c.save(row, values | {"interaction": interaction, "signal": signal})


def write_answers(c: Change, row: SurveyAsked, given: Given, how: str, at: str) -> bool:
    """Write what is new or other than before; whether anything was."""
    before = {
        one.item: one
        for one in (
            SurveyAnswer.get_row(i) for (i,) in file.ask("SELECT id FROM survey_answer WHERE asked = ?", (row.id,))
        )
    }
    changed = row.state != ANSWERED
    for key, one in before.items():
        if key not in given:
            c.delete(one)
            changed = True
        elif not is_same(given[key], (one.score, one.words)):
            c.save(one, {"score": given[key][0], "words": given[key][1], "at": at, "by": c.user, "how": how})
            changed = True
    fresh = [
        {"asked": row.id, "item": key, "score": score, "words": text, "at": at, "by": c.user, "how": how}
        for key, (score, text) in given.items()
        if key not in before
    ]
    c.insert_many(SurveyAnswer, fresh)
    return changed or bool(fresh)


def is_same(one: tuple[int | None, str], other: tuple[int | None, str]) -> bool:
    """Whether two stored answers say the same: a choice by its number, whatever language it was made in."""
    return one[0] == other[0] and (one[0] is not None or one[1] == other[1])


def is_low(items: Sequence[Item], given: Given) -> bool:
    """Whether answers are so low that somebody should call (settings survey_low, survey_low_nps)."""
    office = settings()
    for key, most in ((overall_of(items), office["survey_low"]), (recommending(items), office["survey_low_nps"])):
        score = given.get(key, (None, ""))[0]
        if score is not None and score <= int(most):
            return True
    return False


def _signal(
    c: Change,
    row: SurveyAsked,
    run: SurveyRun,
    items: Sequence[Item],
    given: Given,
    interaction: int | None,
) -> int:
    """A low score waits for a decision; one that waits already gets the new words."""
    what = _("{survey}: {answers}").format(survey=f"{run.code} {run.name}", answers=_("; ").join(_told(items, given)))
    known = ComplaintSignal.get_row(row.signal) if row.signal else None
    if known is not None:
        if not known.decision:
            c.save(known, {"what": what})
        return int(known.id)
    found = signals.report(c, int(row.customer or 0), "survey", what)
    if interaction is not None:  # the displeased contact and the low score are one sign
        c.save(found, {"interaction": interaction})
    return int(found.id)


def _calm(c: Change, row: SurveyAsked) -> int | None:
    """Answers that are not low after all: a sign nobody has decided about goes."""
    known = ComplaintSignal.get_row(row.signal) if row.signal else None
    if known is None or known.decision:
        return row.signal
    c.save(row, {"signal": None})
    c.delete(known)
    return None


def _told(items: Sequence[Item], given: Given) -> list[str]:
    """Questions with their answers, in the order they are asked."""
    lines = []
    for item in items:
        if str(item["key"]) in given:
            score, text = given[str(item["key"])]
            lines.append(_("{question} {answer}").format(question=words(item), answer=text or score))
    return lines
