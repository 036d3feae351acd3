"""Writing down a contact takes seconds, and what follows stands with the customer."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from crm_desktop import listing
from crm_desktop.models import Customer, Interaction
from ui import tasks
from ui.dialogs.contact_log import ContactLog
from ui.parts import desk


@pytest.fixture
def opened(qtbot, office):
    """Opens the dialog and waits until it knows its customer."""

    def open(customer=None):
        dialog = ContactLog(None, customer)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        dialog.open()
        qtbot.waitUntil(lambda: (dialog.briefing is not None) == (customer is not None))
        return dialog

    yield open
    qtbot.waitUntil(tasks.idle)


def contacts(office):
    def work():
        ids = listing.Listing(Interaction, ("at",), sort="at").ids()
        return [Interaction.get_row(i) for i in ids]

    return office.ask(work)


def customer(office):
    return office.ask(lambda: Customer.get_row(office.changrong.id))


def say(dialog, text):
    dialog.editors["content"].text.setPlainText(text)


def test_two_words_and_control_s_are_enough(qtbot, office, opened):
    dialog = opened(office.changrong.id)
    assert dialog.editors["contact"].line.text() == "曾家辉"
    say(dialog, "要报价")
    with qtbot.waitSignal(dialog.written):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        QApplication.sendEvent(dialog.editors["content"].text, event)
    (written,) = contacts(office)
    assert (written.customer, written.contact) == (office.changrong.id, office.zeng.id)
    assert (written.content, written.channel, written.direction) == ("要报价", "phone", "out")
    assert written.by == office.wang_fang.id


def test_the_preferred_channel_is_preset(office, opened):
    office.write(office.changrong, {"channel": "wechat"})
    assert opened(office.changrong.id).editors["channel"].value() == "wechat"


def test_the_next_date_becomes_the_customers_in_the_same_change(qtbot, office, opened):
    dialog = opened(office.changrong.id)
    say(dialog, "要报价")
    dialog.editors["next_what"].line.setText("报价")
    dialog.fields.follow_up(date.today() + timedelta(days=3))
    with qtbot.waitSignal(dialog.written):
        dialog.save()
    found = customer(office)
    assert found.next_contact_at[:10] == (date.today() + timedelta(days=3)).isoformat()
    assert found.next_contact_what == "报价"
    desk.undo(dialog)
    qtbot.waitUntil(tasks.idle)
    assert customer(office).next_contact_at is None
    assert contacts(office) == []


def test_a_planned_contact_that_is_due_is_done_with_this_one(qtbot, office, opened):
    office.write(office.changrong, {"next_contact_at": "2026-01-05T00:00:00", "next_contact_what": "报价"})
    dialog = opened(office.changrong.id)
    assert dialog.fields.done_box.isChecked()
    say(dialog, "报了价")
    with qtbot.waitSignal(dialog.written):
        dialog.save()
    assert customer(office).next_contact_at is None


def test_what_a_colleague_planned_meanwhile_is_not_done(qtbot, office, opened):
    office.write(office.changrong, {"next_contact_at": "2026-01-05T00:00:00", "next_contact_what": "报价"})
    dialog = opened(office.changrong.id)
    say(dialog, "报了价")
    office.write(office.changrong, {"next_contact_at": "2027-01-05T00:00:00", "next_contact_what": "签合同"})
    with qtbot.waitSignal(dialog.written):
        dialog.save()
    assert customer(office).next_contact_what == "签合同"


def test_a_refused_channel_is_warned_about(office, opened):
    office.write(office.changrong, {"consents": [{"channel": "sms", "state": "no"}]})
    dialog = opened(office.changrong.id)
    assert dialog.fields.warning.text() == ""
    dialog.editors["channel"].set_value("sms")
    dialog.editors["channel"].edited.emit()
    assert dialog.fields.warning.text() == "They do not want to be contacted this way: Text message."


def test_what_to_know_stands_under_the_customer(office, opened):
    office.write(office.changrong, {"channel": "wechat", "pinned": "先问曾总"})
    office.write(
        Interaction,
        {"customer": office.changrong.id, "at": "2026-03-05T10:00:00", "channel": "phone", "content": "询价"},
    )
    text = opened(office.changrong.id).fields.brief.text()
    assert "李强" in text
    assert "询价" in text
    assert "prefers WeChat" in text
    assert "先问曾总" in text


def test_a_new_customer_that_seems_to_be_there_is_asked_about_once(qtbot, office, opened):
    dialog = opened()
    picker = dialog.editors["customer"].picker
    picker.setText("杭州长荣机电")
    picker.new_asked.emit("杭州长荣机电")
    say(dialog, "来电询价")
    dialog.save()
    qtbot.waitUntil(tasks.idle)
    assert dialog.message_bar.label.text().startswith("杭州长荣机电有限公司 is there already.")
    assert contacts(office) == []
    with qtbot.waitSignal(dialog.written):
        dialog.save()
    assert len(contacts(office)) == 1


def test_a_new_customer_is_added_by_name_in_the_same_change(qtbot, office, opened):
    dialog = opened()
    picker = dialog.editors["customer"].picker
    picker.setText("苏州恒达")
    picker.new_asked.emit("苏州恒达")
    say(dialog, "来电询价")
    with qtbot.waitSignal(dialog.written) as told:
        dialog.save()
    found = office.ask(lambda: Customer.get_row(told.args[1]))
    assert (found.name, found.owner) == ("苏州恒达", office.wang_fang.id)


def test_what_is_missing_is_said_at_its_field(qtbot, office, opened):
    dialog = opened()
    dialog.save()
    assert dialog.editors["customer"].shown_problem() == "Customer is needed."
    assert dialog.editors["content"].shown_problem() == "What was said is needed."
    assert contacts(office) == []


def test_a_dialog_closed_in_haste_keeps_what_was_typed(qtbot, office, opened):
    dialog = opened(office.changrong.id)
    say(dialog, "要报价")
    dialog.reject()
    qtbot.waitUntil(tasks.idle)
    again = opened()
    qtbot.waitUntil(lambda: bool(again.draft.text()))
    again.draft.buttons[0].click()
    assert again.editors["content"].value() == "要报价"
    qtbot.waitUntil(lambda: again.briefing is not None)
    assert again.editors["customer"].value() == office.changrong.id


def test_a_bug_while_saving_leaves_a_window_that_can_save_again(qtbot, office, opened, monkeypatch):
    dialog, told = opened(office.changrong.id), []
    say(dialog, "要报价")
    with monkeypatch.context() as broken:
        broken.setattr("sys.excepthook", lambda *bug: told.append(bug))
        broken.setattr("crm_desktop.contacting.write_down", lambda *_values: 1 / 0)
        dialog.save()
        qtbot.waitUntil(tasks.idle)
    assert told
    with qtbot.waitSignal(dialog.written):
        dialog.save()
    assert [it.content for it in contacts(office)] == ["要报价"]
