"""A survey by telephone, as somebody at the keyboard goes through it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crm_desktop.i18n import N_
from crm_desktop.models import Contact, Customer, Interaction, Position, SurveyAsked
from crm_desktop.satisfaction import answering, asking, script, templates
from crm_desktop.satisfaction.sampling import Choice
from crm_desktop.store import file
from crm_desktop.store.change import change
from ui.dialogs.survey_call import CallDialog
from ui.parts import desk, drafts
from ui.parts.survey_questions import Questions

Key = Qt.Key


def begin(user, number=3):
    """A survey of this many new customers, the first of which has a contact person with a phone."""
    with change(user, N_("New customer")) as c:
        ids = c.insert_many(Customer, [{"name": f"宁波第{n}机械厂", "tier": "gold"} for n in range(number)])
        person = c.save(Contact, {"name": "陈工", "phones": [{"number": "13800001234"}, {"number": "13900005678"}]})
        c.save(Position, {"contact": person.id, "customer": ids[0], "primary": True})
    with change(user, asking.START) as c:
        template = templates.make_ready(c, "general")
        return asking.start(c, template.id, {"owner": user.id, "name": "上半年"}, ids, Choice())


@pytest.fixture
def run(program):
    return program.ask(lambda: begin(desk.user()))


@pytest.fixture
def asked(program, run):
    return program.ask(lambda: asking.queue(run.id))


@pytest.fixture
def call(program, run):
    """The telephone window, with the first customer on it."""

    def start(**more):
        dialog = CallDialog(program.window, run.id, **more)
        dialog.show()
        dialog.activateWindow()
        program.idle()
        return dialog

    yield start
    program.idle()


def row(program, asked):
    return program.ask(lambda: SurveyAsked.get_row(asked))


def contacts(program, asked):
    """How the contacts with this customer came out."""
    sql = "SELECT outcome FROM interaction WHERE customer = ? ORDER BY id"
    return program.ask(lambda: [outcome for (outcome,) in file.ask(sql, (asked.customer,))])


def type_keys(program, dialog, keys):
    """Press keys wherever the cursor is in the dialog."""
    for key in keys:
        QTest.keyClick(dialog.focusWidget(), key)
    program.idle()


def test_whom_to_call_stands_on_top_with_the_number_in_large_digits(program, call):
    dialog = call()
    head = dialog.page.head
    assert head.name.text() == "宁波第0机械厂"
    assert head.person.currentText() == "陈工"
    assert head.number.text() == "138 0000 1234"
    assert head.others.text() == "139 0000 5678"
    assert head.number.font().pointSizeF() >= 20
    assert "first time" in head.brief.text()
    assert "2 more" in dialog.progress.text()
    dialog.reject()


def test_digits_answer_question_by_question_and_save_goes_to_the_next_customer(program, call, asked):
    dialog = call()
    digits = [Key.Key_5, Key.Key_4, Key.Key_3, Key.Key_5, Key.Key_5, Key.Key_4, Key.Key_5, Key.Key_5]
    type_keys(program, dialog, [*digits, Key.Key_1, Key.Key_0])
    box = dialog.page.questions.lines["wish"].box
    assert dialog.focusWidget() is box
    QTest.keyClicks(box, "3 days faster")
    type_keys(program, dialog, [Key.Key_Down])
    assert dialog.focusWidget() is dialog.save_button
    program.press(dialog.focusWidget(), Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    done = row(program, asked[0])
    assert (done.state, done.overall, done.nps, done.how, done.attempts) == ("answered", 5, 10, "phone", 1)
    told = program.ask(lambda: {said.question: said.answer for said in script.told(asked[0])})
    assert "3 days faster" in told.values()
    contact = program.ask(lambda: Interaction.get_row(done.interaction))
    assert (contact.purpose, contact.channel, contact.outcome, contact.contact) == (
        "survey", "phone", "reached", done.contact,
    )  # fmt: skip
    assert dialog.page.head.name.text() == "宁波第1机械厂"
    assert dialog.page.questions.answers() == {}
    dialog.reject()


def test_one_key_says_that_nobody_was_reached_and_brings_the_next(program, call, asked):
    dialog = call()
    program.press(dialog.focusWidget(), Key.Key_F8, Qt.KeyboardModifier.NoModifier)
    missed = row(program, asked[0])
    assert (missed.state, missed.attempts) == ("not_reached", 1)
    assert contacts(program, missed) == ["missed"]
    dialog.page.note.setText("以后不要再问")
    program.press(dialog.focusWidget(), Key.Key_F9, Qt.KeyboardModifier.NoModifier)
    refused = row(program, asked[1])
    assert (refused.state, refused.note) == ("declined", "以后不要再问")
    program.press(dialog.focusWidget(), Key.Key_F7, Qt.KeyboardModifier.NoModifier)
    assert row(program, asked[2]).state == "to_ask"
    assert dialog.pages.currentWidget() is dialog.end
    assert "2 customers were called" in dialog.end.sentence.text()
    dialog.end.button.click()


def test_what_was_typed_is_offered_again_after_the_window_was_closed(program, call, asked):
    dialog = call()
    type_keys(program, dialog, [Key.Key_4, Key.Key_2])
    dialog.reject()
    program.idle()
    assert row(program, asked[0]).state == "to_ask"
    again = call()
    assert "not saved" in again.page.draft.text()
    again.page.draft.buttons[0].click()
    program.idle()
    assert again.page.questions.answers() == {"overall": 4, "quality": 2}
    again.save()
    program.idle()
    assert row(program, asked[0]).overall == 4
    again.reject()
    program.idle()
    assert call(first=asked[0], only=True).page.draft.text() == ""


def test_a_needed_question_without_an_answer_is_named_and_nothing_is_written(program, call, asked):
    dialog = call()
    dialog.page.questions.set_answers({"quality": 3})
    dialog.save()
    program.idle()
    assert "is not answered yet" in dialog.message_bar.label.text()
    assert dialog.focusWidget() is dialog.page.questions.lines["overall"]
    assert row(program, asked[0]).state == "to_ask"
    dialog.reject()


def test_one_goes_back_to_change_what_was_written_down(program, call, asked):
    dialog = call()
    type_keys(program, dialog, [Key.Key_2])
    dialog.save()
    program.idle()
    assert row(program, asked[0]).signal is not None
    dialog.back_button.click()
    program.idle()
    assert dialog.page.head.name.text() == "宁波第0机械厂"
    assert dialog.page.questions.answers() == {"overall": 2}
    dialog.page.questions.set_answers({"overall": 4})
    dialog.save()
    program.idle()
    assert row(program, asked[0]).overall == 4
    assert row(program, asked[0]).signal is None
    assert contacts(program, row(program, asked[0])) == ["reached"]
    assert dialog.page.head.name.text() == "宁波第1机械厂"
    dialog.reject()


def test_answers_on_paper_are_typed_for_one_customer_and_are_no_contact(program, call, asked):
    dialog = call(first=asked[2], only=True, how="paper")
    assert dialog.page.head.name.text() == "宁波第2机械厂"
    dialog.page.questions.set_answers({"overall": 3, "nps": 7})
    dialog.save()
    program.idle()
    done = row(program, asked[2])
    assert (done.how, done.overall, done.interaction) == ("paper", 3, None)
    assert "answers saved" in program.bar


def test_the_questions_are_asked_in_the_customers_language(program, call):
    dialog = call()
    dialog.page.lang.setCurrentIndex(dialog.page.lang.findData("zh_CN"))
    assert "您对我们满意吗" in dialog.page.questions.lines["overall"].label.text()
    type_keys(program, dialog, [Key.Key_5])
    dialog.page.lang.setCurrentIndex(dialog.page.lang.findData("en"))
    assert "how satisfied are you" in dialog.page.questions.lines["overall"].label.text()
    assert dialog.page.questions.answers() == {"overall": 5}
    dialog.reject()


def test_a_customer_taken_out_meanwhile_is_passed_over(program, call, asked):
    dialog = call()

    def delete():
        with change(desk.user(), N_("Delete customer")) as c:
            c.delete_many(Customer, [SurveyAsked.get_row(asked[1]).customer])

    program.ask(delete)
    dialog.skip_button.click()
    program.idle()
    assert dialog.page.head.name.text() == "宁波第2机械厂"
    dialog.reject()


def test_a_colleagues_answers_are_not_written_over(program, call, asked):
    dialog = call()
    dialog.page.questions.set_answers({"overall": 1})

    def colleague():
        with change(None, asking.ANSWER) as c:
            answering.answer(c, asked[0], {"overall": 5}, "paper")

    program.ask(colleague)
    dialog.save()
    program.idle()
    assert "A colleague has just written down this customer: Answered." in dialog.message_bar.label.text()
    assert row(program, asked[0]).overall == 5
    assert dialog.page.head.name.text() == "宁波第0机械厂"
    dialog.skip_button.click()
    program.idle()
    assert dialog.page.head.name.text() == "宁波第1机械厂"
    dialog.reject()


def test_what_is_typed_is_kept_when_the_main_window_is_closed(program, call, asked):
    dialog = call()
    type_keys(program, dialog, [Key.Key_3])
    program.window.close()
    program.idle()
    draft = drafts.read(drafts.path_of("survey-call", asked[0]))
    assert draft.raw["answers"] == {"overall": 3}


NPS = [{"key": "nps", "kind": "nps", "en": "Recommend?"}, {"key": "fast", "kind": "scale", "en": "Fast?"}]


@pytest.mark.parametrize(
    ("keys", "answers"),
    [
        ([Key.Key_1, Key.Key_0, Key.Key_3], {"nps": 10, "fast": 3}),
        ([Key.Key_1, Key.Key_3], {"nps": 1, "fast": 3}),
        ([Key.Key_1, Key.Key_Return, Key.Key_3], {"nps": 1, "fast": 3}),
        ([Key.Key_0, Key.Key_5], {"nps": 0, "fast": 5}),
        ([Key.Key_9, Key.Key_7], {"nps": 9}),
        ([Key.Key_9, Key.Key_Up, Key.Key_Backspace, Key.Key_4, Key.Key_2], {"nps": 4, "fast": 2}),
    ],
)
def test_a_ten_is_a_one_and_a_nought_and_every_other_digit_goes_on(qtbot, store, dressed, keys, answers):
    questions = Questions()
    qtbot.addWidget(questions)
    questions.show_items(NPS)
    with qtbot.waitActive(questions):
        questions.show()
        questions.activateWindow()
    questions.begin()
    for key in keys:
        QTest.keyClick(questions.focusWidget(), key)
    assert questions.answers() == answers
