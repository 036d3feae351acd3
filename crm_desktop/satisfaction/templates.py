"""Questionnaires and their versions: one that was used is never changed under its answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from crm_desktop.errors import UserError
from crm_desktop.i18n import _, language
from crm_desktop.models import SurveyTemplate
from crm_desktop.models.survey import CHOICE, SCALE, Item
from crm_desktop.satisfaction.ready import ready
from crm_desktop.store import file
from crm_desktop.store.change import Change

LANGUAGES = ("zh_CN", "en")


class Known(NamedTuple):
    """A template as lists show it."""

    id: int
    name: str
    version: int
    questions: int
    surveys: int
    active: bool


def all_of_them(inactive: bool = False) -> list[Known]:
    """The templates in use, by name; with `inactive` also those put aside, older versions among them."""
    surveys = dict(file.ask("SELECT template, count(*) FROM survey_run GROUP BY template"))
    found = [
        Known(t.id, t.called, t.version or 1, len(t.items), surveys.get(t.id, 0), t.active)
        for (i,) in file.ask("SELECT id FROM survey_template ORDER BY id")
        if (t := SurveyTemplate.get_row(i)) is not None and (inactive or t.active)
    ]
    return sorted(found, key=lambda one: (one.name, -one.version))


def template(number: int) -> SurveyTemplate:
    """The template of that id; UserError when it is gone."""
    found = SurveyTemplate.get_row(number)
    if found is None:
        raise UserError(_("This template is no longer there; a colleague may have deleted it."))
    return found  # type: ignore[no-any-return]


def of_run(run: int) -> SurveyTemplate:
    """The template a survey asks; UserError when the survey is gone."""
    found = file.one("SELECT template FROM survey_run WHERE id = ?", (run,))
    if found is None:
        raise UserError(_("This survey is no longer there; a colleague may have deleted it."))
    return template(int(found))


def make_ready(c: Change, key: str) -> SurveyTemplate:
    """Make one of the ready-made questionnaires the office's own; the one it has already if it has it."""
    made = ready()[key]
    same = file.one("SELECT id FROM survey_template WHERE name = ? AND active = 1", (made.zh,))
    if same is not None:
        return template(int(same))
    values = {
        "name": made.zh,
        "name_en": made.en,
        "purpose": made.purpose_en if language() == "en" else made.purpose_zh,
        "languages": list(LANGUAGES),
        "items": list(made.items),
    }
    return c.save(SurveyTemplate, values)


def is_used(number: int) -> bool:
    """Whether a survey asks this version: its questions stand fast from then on."""
    return file.one("SELECT 1 FROM survey_run WHERE template = ? LIMIT 1", (number,)) is not None


def save(c: Change, values: Mapping[str, Any], old: SurveyTemplate | None = None) -> SurveyTemplate:
    """Write a template: a new one, the old one changed, or its next version where it was used.

    Questions without a key get one that no version ever had. UserError says what is missing, Conflict that a colleague
    changed it since `old` was read.
    """
    wanted = dict(values)
    if "items" in wanted:
        wanted["items"] = with_keys(wanted["items"], _keys_of(old.family) if old else ())
        check(wanted["items"], wanted.get("languages", old.languages if old else LANGUAGES))
    if old is None:
        return c.save(SurveyTemplate, wanted)
    if not is_used(old.id) or "items" not in wanted or wanted["items"] == old.items:
        return c.save(old, wanted, {name: getattr(old, name) for name in wanted})
    _refuse_second_version(old)
    c.save(old, {"active": False})
    kept = {name: getattr(old, name) for name in ("name", "name_en", "purpose", "languages", "family")}
    highest = file.one("SELECT max(version) FROM survey_template WHERE family = ?", (old.family,))
    return c.save(SurveyTemplate, kept | wanted | {"version": int(highest or 1) + 1, "active": True})


def _refuse_second_version(old: SurveyTemplate) -> None:
    """Two next versions in use would ask customers different things under one name."""
    now = SurveyTemplate.get_row(old.id)
    if old.active and now is not None and not now.active:
        text = _("A colleague changed “{name}” meanwhile. Close this, open the version in use, and change it anew.")
        raise UserError(text.format(name=now.name))


def put_aside(c: Change, old: SurveyTemplate, active: bool = False) -> None:
    """Offer a template no longer, or again; nothing of it is deleted."""
    c.save(old, {"active": active})


def with_keys(items: Sequence[Item], taken: Sequence[str] = ()) -> list[Item]:
    """The questions, each with a key of its own."""
    seen = {*taken, *(str(item["key"]) for item in items if item.get("key"))}
    found: list[Item] = []
    number = 0
    for item in items:
        if not item.get("key"):
            number += 1
            while f"q{number}" in seen:
                number += 1
            seen.add(f"q{number}")
            item = {**item, "key": f"q{number}"}
        found.append({name: value for name, value in item.items() if value not in (None, "", False)})
    return found


def check(items: Sequence[Item], languages: Sequence[str]) -> None:
    """UserError when these questions cannot be asked in these languages."""
    if not items:
        raise UserError(_("A questionnaire needs at least one question."))
    if not languages:
        raise UserError(_("Say in which languages this is asked."))
    keys = [str(item["key"]) for item in items]
    if len(set(keys)) < len(keys) or not all(re.fullmatch(r"\w{1,40}", key) for key in keys):
        raise UserError(_("Each question needs a key of its own."))
    marked = [item for item in items if item.get("overall")]
    if len(marked) > 1 or any(item["kind"] != SCALE for item in marked):
        raise UserError(_("Only one question, from 1 to 5, can be the one for the overall score."))
    for number, item in enumerate(items, 1):
        _check_item(number, item, languages)


def _check_item(number: int, item: Item, languages: Sequence[str]) -> None:
    words = {"zh_CN": ("zh", "options_zh"), "en": ("en", "options_en")}
    counts = set()
    for name in languages:
        text, choices = words[name]
        if not str(item.get(text, "")).strip():
            raise UserError(_("Question {n} has no words in one of the languages it is asked in.").format(n=number))
        counts.add(len([line for line in str(item.get(choices, "")).splitlines() if line.strip()]))
    if item["kind"] == CHOICE and (len(counts) > 1 or min(counts) < 2):
        raise UserError(
            _("Question {n} needs at least two choices, one a line, as many in each language.").format(n=number)
        )


def _keys_of(family: str) -> list[str]:
    return [
        str(item["key"])
        for (i,) in file.ask("SELECT id FROM survey_template WHERE family = ?", (family,))
        for item in template(i).items
    ]
