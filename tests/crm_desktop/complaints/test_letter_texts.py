"""Texts to complainants as the office wants them: wrong holes are told in words, the ready-made text comes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop import i18n
from crm_desktop.complaints import letter_texts, letters
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_
from crm_desktop.models import Complaint
from crm_desktop.store import file, history
from crm_desktop.store.change import change

ALL = [(kind, tongue) for kind in letter_texts.KINDS for tongue in i18n.LANGUAGES]


def keep(user, kind, tongue, text):
    with change(user, N_("Change a text to complainants")) as c:
        letter_texts.save(c, kind, tongue, text)


@pytest.fixture
def case(li_ming, wang_fang):
    with change(wang_fang, N_("New complaint")) as c:
        return c.save(Complaint, {"customer": li_ming.id, "description": "电机异响", "complainant": "李工"})


def test_the_office_writes_its_own_text_in_each_language(case, wang_fang):
    keep(wang_fang, "acknowledgement", "zh_CN", "{who}您好：{what}单号 {code}。")
    i18n.set_language("zh_CN")
    assert letters.text("acknowledgement", case, "2026-11-23") == f"李工您好：电机异响。单号 {case.code}。"
    i18n.set_language("en")
    assert letters.text("acknowledgement", case, "2026-11-23").startswith("Dear 李工")


def test_an_empty_text_or_the_ready_made_one_returns_to_the_ready_made_one(case, wang_fang):
    for back in (" \n", letter_texts.standard("apology", "en")):
        keep(wang_fang, "apology", "en", "Sorry, {who}")
        assert letter_texts.template("apology", "en") == "Sorry, {who}"
        keep(wang_fang, "apology", "en", back)
        assert letter_texts.template("apology", "en") == letter_texts.standard("apology", "en")


def test_a_changed_text_is_taken_back(case, wang_fang):
    keep(wang_fang, "apology", "en", "Sorry, {who}")
    history.undo(wang_fang, file.one('SELECT max(id) FROM "change"'))
    assert letter_texts.template("apology", "en").startswith("Dear {who}")


@pytest.mark.parametrize("wrong", ["{name}", "{who.id}", "{who!r}", "{who:>9}", "{}", "{0}"])
def test_a_wrong_hole_is_told_in_a_sentence_and_nothing_is_kept(office, wang_fang, wrong):
    with pytest.raises(UserError, match="is not known") as told:
        keep(wang_fang, "result", "en", f"Dear {wrong}")
    assert wrong in str(told.value)
    assert letter_texts.template("result", "en") == letter_texts.standard("result", "en")


@pytest.mark.parametrize("wrong", ["{who", "who}", "{{who}", "{", "}"])
def test_a_bracket_that_stands_alone_is_told_in_a_sentence(office, wrong):
    with pytest.raises(UserError, match="stands alone"):
        letter_texts.check(wrong)


@given(st.text(alphabet="{}!:.[]who code0", max_size=30))
def test_whatever_is_written_is_filled_in_or_refused_in_a_sentence(text):
    try:
        letter_texts.check(text)
    except UserError:
        return
    assert isinstance(letter_texts.fill(text, dict.fromkeys(letter_texts.HOLES, "x")), str)


@pytest.mark.parametrize(("kind", "tongue"), ALL)
def test_every_ready_made_text_can_be_filled_in(office, kind, tongue):
    letter_texts.check(letter_texts.standard(kind, tongue))
    assert kind in letter_texts.KINDS


def test_all_facts_of_a_case_are_explained_and_an_example_has_them_all(office):
    facts = letters.facts(letters.example("2026-11-23"), "2026-11-23")
    assert facts.keys() == letter_texts.HOLES.keys()


def test_between_chinese_signs_stands_no_space():
    facts = {"owner": "王芳", "solution": "换新电机。", "compensation": " 我们将向您补偿。", "code": "TS-2026-0001"}
    written = letter_texts.fill("编号 {code}，请联系 {owner}。\n{solution}{compensation}", facts)
    assert written == "编号 TS-2026-0001，请联系王芳。\n换新电机。我们将向您补偿。"
    assert letter_texts.fill("call {owner} now", facts) == "call 王芳 now"


def test_a_compensation_of_no_kind_is_a_whole_sentence():
    assert letters.granted(50_00, "") == "You receive ¥50.00 as compensation."
    assert letters.granted(50_00, "Voucher") == "You receive ¥50.00 (Voucher)."
