"""Feedback as somebody at the keyboard writes it down, answers it, and makes something of it."""

import pytest
from PySide6.QtWidgets import QApplication

from crm_desktop.models import Complaint, Feedback
from crm_desktop.store import file
from crm_desktop.store.change import change
from ui.parts.feedback_work import ActionDialog, ReplyDialog
from ui.parts.tab import Show


@pytest.fixture
def tab(program):
    return program.tab("feedback")


@pytest.fixture
def idea(program, tab):
    """A suggestion 王芳 has just written down."""
    customer = program.ask(lambda: file.one("SELECT id FROM customer LIMIT 1"))
    tab.show_wish(Show("feedback", new=True, customer=customer))
    program.idle()
    tab.panel.form.editor("text").text.setPlainText("希望增加夜间值班")
    program.command("save_record")
    program.idle()
    return tab.panel.record.id


def now(program, id):
    return program.ask(lambda: Feedback.get_row(id))


def opened(kind):
    [found] = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
    return found


def test_feedback_is_written_down_and_answered(program, tab, idea):
    assert now(program, idea).code.startswith("FK-")
    tab.panel.head.reply.click()
    dialog = opened(ReplyDialog)
    dialog.button.click()
    program.idle()
    assert "what the customer was told" in dialog.message_bar.label.text()
    dialog.text.setPlainText("下月起安排")
    dialog.button.click()
    dialog.button.click()
    program.idle()
    assert program.ask(lambda: file.one("SELECT count(*) FROM interaction WHERE content = '下月起安排'")) == 1
    assert now(program, idea).state == "answered"
    assert "also as a contact" in program.bar
    assert tab.panel.head.answered.text().startswith("replied")
    program.command("undo")
    assert now(program, idea).state == "new"


def test_an_action_comes_of_it(program, tab, idea):
    tab.panel.head.action.click()
    dialog = opened(ActionDialog)
    dialog.what.setText("排夜班表")
    dialog.button.click()
    program.idle()
    assert [one["what"] for one in now(program, idea).improvements] == ["排夜班表"]


def test_it_becomes_a_complaint_that_is_shown_at_once(program, tab, idea):
    tab.panel.head.convert.click()
    program.idle()
    made = now(program, idea).complaint
    assert program.window.tabs.currentWidget().isAncestorOf(program.tab("complaints"))
    assert program.tab("complaints").panel.record.id == made
    assert program.ask(lambda: Complaint.get_row(made)).description == "希望增加夜间值班"


def test_an_empty_list_says_what_comes_here(program, tab):
    def clear():
        with change(None, "Test") as c:
            c.delete_many(Feedback, [i for (i,) in file.ask("SELECT id FROM feedback")])

    program.ask(clear)
    tab.list.reload()
    program.idle()
    assert "suggest, praise or dislike" in tab.empty.sentence.text()


def test_what_was_said_in_a_contact_becomes_feedback_by_one_click(program):
    tab = program.tab("interactions")
    tab.show_wish(Show("interaction", program.ask(lambda: file.one("SELECT id FROM interaction WHERE content <> ''"))))
    program.idle()
    tab.panel.head.feedback.click()
    program.idle()
    shown = program.tab("feedback").panel.record
    assert shown.text == tab.panel.record.content
    assert shown.code in program.bar
