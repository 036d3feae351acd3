"""Questionnaires: ready-made ones, one's own, and what was asked stays as it was asked."""

import pytest

from crm_desktop import i18n
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_
from crm_desktop.models import SurveyTemplate
from crm_desktop.models.survey import options, overall_of, words
from crm_desktop.satisfaction import templates
from crm_desktop.satisfaction.ready import ready
from crm_desktop.store import file, history
from crm_desktop.store.change import Conflict, change

EDIT = N_("Edit template")


@pytest.mark.parametrize("key", list(ready()))
def test_each_ready_made_questionnaire_can_be_asked_in_both_languages(wang_fang, key):
    with change(wang_fang, EDIT) as c:
        made = templates.make_ready(c, key)
    templates.check(made.items, ["zh_CN", "en"])
    assert all(words(item, "zh") and words(item, "en") for item in made.items)
    assert all(len(options(item, "zh")) == len(options(item, "en")) for item in made.items)


def test_the_nine_abilities_are_nine(wang_fang):
    with change(wang_fang, EDIT) as c:
        made = templates.make_ready(c, "abilities")
    assert sum(item["area"] == "ability" for item in made.items) == 9
    assert overall_of(made.items) == "overall"


def test_a_ready_made_questionnaire_is_made_once(wang_fang, general):
    with change(wang_fang, EDIT) as c:
        assert templates.make_ready(c, "general").id == general.id
    assert file.one("SELECT count(*) FROM survey_template") == 1


def test_a_template_that_was_not_asked_is_changed_itself(wang_fang, general):
    with change(wang_fang, EDIT) as c:
        saved = templates.save(c, {"items": general.items[:3]}, general)
    assert (saved.id, len(saved.items), saved.version) == (general.id, 3, 1)


def test_a_template_that_was_asked_gets_a_next_version_and_stays_as_it_was(wang_fang, general, run):
    before = SurveyTemplate.get_row(general.id).items
    with change(wang_fang, EDIT) as c:
        saved = templates.save(c, {"items": general.items[:3]}, general)
    assert saved.id != general.id
    assert (saved.version, saved.family, saved.active) == (2, general.family, True)
    old = SurveyTemplate.get_row(general.id)
    assert (old.items, old.active) == (before, False)
    assert templates.of_run(run.id).id == general.id


def test_a_new_name_is_no_new_version(wang_fang, general, run):
    with change(wang_fang, EDIT) as c:
        saved = templates.save(c, {"name": "年度满意度", "items": general.items}, general)
    assert (saved.id, saved.name, saved.version) == (general.id, "年度满意度", 1)


def test_a_question_never_gets_the_key_of_one_that_was_there_before(wang_fang):
    def question(text):
        return {"kind": "scale", "zh": text, "en": text}

    with change(wang_fang, EDIT) as c:
        one = templates.save(c, {"name": "一", "languages": ["zh_CN"], "items": [question("甲"), question("乙")]})
        assert [item["key"] for item in one.items] == ["q1", "q2"]
        two = templates.save(c, {"items": [one.items[1], question("丙")]}, one)
    assert [item["key"] for item in two.items] == ["q2", "q1"] or [i["key"] for i in two.items] == ["q2", "q3"]


@pytest.mark.parametrize(
    ("items", "languages", "says"),
    [
        ([], ["en"], "at least one question"),
        ([{"kind": "scale", "en": "How?"}], [], "in which languages"),
        ([{"kind": "scale", "zh": "如何"}], ["zh_CN", "en"], "Question 1 has no words"),
        ([{"kind": "choice", "en": "Which?", "options_en": "one"}], ["en"], "at least two choices"),
        ([{"kind": "nps", "en": "Recommend?", "overall": True}], ["en"], "Only one question"),
        (
            [{"kind": "choice", "zh": "哪", "en": "Which?", "options_zh": "甲\n乙", "options_en": "a\nb\nc"}],
            ["zh_CN", "en"],
            "as many in each language",
        ),
    ],
)
def test_what_cannot_be_asked_is_said(wang_fang, items, languages, says):
    with pytest.raises(UserError, match=says), change(wang_fang, EDIT) as c:
        templates.save(c, {"name": "x", "languages": languages, "items": items})


def test_a_question_reads_in_the_language_of_the_window(general):
    i18n.set_language("zh_CN")
    assert words(general.items[0]) == "总体来说，您对我们满意吗？"
    assert general.called == "客户满意度调查"
    i18n.set_language("en")
    assert words(general.items[0]).startswith("All in all")


def test_a_template_is_put_aside_and_taken_up_again(wang_fang, general, run):
    with change(wang_fang, EDIT) as c:
        templates.put_aside(c, general)
    assert templates.all_of_them() == []
    [known] = templates.all_of_them(inactive=True)
    assert (known.id, known.surveys) == (general.id, 1)
    history.undo(wang_fang, file.one('SELECT max(id) FROM "change"'))
    assert len(templates.all_of_them()) == 1


def test_of_two_colleagues_who_change_a_template_the_second_one_looks_again(wang_fang, general):
    seen_by_both = SurveyTemplate.get_row(general.id)
    with change(wang_fang, EDIT) as c:
        templates.save(c, {"items": general.items[:3]}, seen_by_both)
    with pytest.raises(Conflict), change(wang_fang, EDIT) as c:
        templates.save(c, {"items": general.items[:2]}, seen_by_both)
    assert len(SurveyTemplate.get_row(general.id).items) == 3


def test_two_colleagues_never_make_two_versions_in_use(wang_fang, general, run):
    seen_by_both = SurveyTemplate.get_row(general.id)
    with change(wang_fang, EDIT) as c:
        templates.save(c, {"items": general.items[:3]}, seen_by_both)
    with pytest.raises(UserError, match="open the version in use"), change(wang_fang, EDIT) as c:
        templates.save(c, {"items": general.items[:2]}, seen_by_both)
    assert file.one("SELECT count(*) FROM survey_template WHERE active = 1") == 1


def test_a_version_that_was_put_aside_and_is_in_use_again_can_be_changed(wang_fang, general, run):
    with change(wang_fang, EDIT) as c:
        templates.save(c, {"items": general.items[:3]}, general)
    with change(wang_fang, EDIT) as c:
        templates.put_aside(c, SurveyTemplate.get_row(general.id), active=True)
    with change(wang_fang, EDIT) as c:
        saved = templates.save(c, {"items": general.items[:4]}, SurveyTemplate.get_row(general.id))
    assert (saved.version, saved.active) == (3, True)
