"""The history of a record in the window: seen at the customer, in every record, and taken back by the value."""

import pytest
from PySide6.QtWidgets import QToolButton

from crm_desktop.models import Complaint, Customer
from crm_desktop.store import file
from crm_desktop.store.change import change
from ui import tasks
from ui.parts.changes import Changes, ChangesDialog
from ui.parts.record_panel import RecordPanel


@pytest.fixture
def edited(office):
    """李强 made 长荣 silver, then gave it a WeChat."""
    office.write(office.changrong, {"tier": "silver"})
    office.write(office.changrong, {"wechat": "cr02"})
    return office


@pytest.fixture
def changes(qtbot, edited):
    widget = Changes("customer")
    qtbot.addWidget(widget)
    widget.resize(900, 400)
    widget.show()
    widget.show_record(edited.changrong.id)
    qtbot.waitUntil(tasks.idle)
    return widget


def shown(widget):
    ids = list(widget.list.list_model.ids)
    return [(line.label, line.before, line.after) for line in map(widget._source.line, ids)]


def test_newest_first_old_and_new_in_words(changes):
    assert shown(changes)[:2] == [("WeChat", "changrong01", "cr02"), ("Tier", "Gold", "Silver")]
    assert ("Owner", "", "王芳") in shown(changes)


def test_one_field_can_be_followed_alone(qtbot, changes):
    changes.fields.setCurrentIndex(changes.fields.findData("tier"))
    qtbot.waitUntil(tasks.idle)
    assert shown(changes) == [("Tier", "Gold", "Silver"), ("Tier", "", "Gold")]


def test_an_old_value_is_put_back_and_that_is_a_change_as_well(qtbot, office, changes):
    changes.list.selectRow(1)
    assert changes.back.isEnabled()
    changes.back.click()
    qtbot.waitUntil(lambda: tasks.idle() and shown(changes)[0] == ("Tier", "Silver", "Gold"))
    assert office.ask(lambda: Customer.get_row(office.changrong.id)).tier == "gold"


def test_a_field_that_nobody_changed_is_said(qtbot, changes):
    changes.fields.setCurrentIndex(changes.fields.findData("qq"))
    qtbot.waitUntil(tasks.idle)
    assert changes.empty.sentence.text() == "“QQ” was not changed here yet."


def test_what_a_record_was_created_with_cannot_be_put_back(qtbot, changes):
    changes.list.selectRow(changes.list.list_model.rowCount() - 1)
    assert not changes.back.isEnabled()


def test_the_state_of_a_case_is_not_put_back_behind_the_back_of_its_steps(qtbot, edited):
    def work():
        with change(None, "New complaint") as c:
            about = {"customer": edited.changrong.id, "description": "异响", "received_at": "2026-03-05T10:00:00"}
            complaint = c.save(Complaint, about)
        with change(None, "Take on") as c:
            c.write(
                Complaint, file.rows("complaint", [complaint.id])[complaint.id], {"state": "accepted", "demand": "换"}
            )
        return complaint.id

    widget = Changes("complaint")
    qtbot.addWidget(widget)
    widget.resize(900, 400)
    widget.show()
    widget.show_record(edited.ask(work))
    qtbot.waitUntil(tasks.idle)
    labels = [label for label, _before, _after in shown(widget)]
    widget.list.selectRow(labels.index("State"))
    assert not widget.back.isEnabled()
    widget.list.selectRow(1 - labels.index("State"))
    assert widget.back.isEnabled()


def test_what_somebody_changes_meanwhile_appears_by_itself(qtbot, office, changes):
    office.write(office.changrong, {"qq": "12345"})
    qtbot.waitUntil(lambda: shown(changes)[0] == ("QQ", "", "12345"))


def test_nobody_reads_what_nobody_looks_at(qtbot, edited):
    widget = Changes("customer")
    qtbot.addWidget(widget)
    widget.show_record(edited.changrong.id)
    qtbot.waitUntil(tasks.idle)
    assert widget.list.list_model.rowCount() == 0
    widget.show()
    qtbot.waitUntil(lambda: widget.list.list_model.rowCount() > 2)


def test_every_record_has_its_changes_at_hand(qtbot, edited):
    panel = RecordPanel(Customer)
    qtbot.addWidget(panel)
    panel.show()
    panel.show_record(edited.changrong.id)
    qtbot.waitUntil(lambda: panel.record is not None)
    panel.header.changes.click()
    dialog = panel.findChild(ChangesDialog)
    qtbot.waitUntil(lambda: dialog.changes.list.list_model.rowCount() > 2)
    assert dialog.windowTitle() == "Changes of 杭州长荣机电有限公司"
    dialog.close()


def test_a_contact_person_has_changes_too(program):
    tab = program.tab("customers")
    customer = program.ask(lambda: file.one("SELECT customer FROM position LIMIT 1"))
    tab.show_one(customer)
    program.idle()
    card = next(iter(tab.page.persons._cards.values()))
    menu = next(b for b in card.findChildren(QToolButton) if b.menu() is not None).menu()
    next(a for a in menu.actions() if a.text() == "Changes").trigger()
    program.idle()
    dialog = program.window.findChild(ChangesDialog)
    assert dialog.changes.list.list_model.rowCount() > 0
    dialog.close()
