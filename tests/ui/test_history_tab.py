"""Contact history: everything that was said, found, read, mended and taken back."""

import pytest
from PySide6.QtWidgets import QMenu

from crm_desktop.store import file


@pytest.fixture
def tab(program):
    return program.tab("interactions")


def rows(program, sql, *params):
    return program.ask(lambda: file.ask(sql, params))


def test_the_newest_stands_on_top(program, tab):
    expected = [id for (id,) in rows(program, "SELECT id FROM interaction ORDER BY at DESC, id DESC")]
    assert list(tab.list.list_model.ids) == expected
    assert tab.count.text() == f"{len(expected)} contacts"


def test_it_is_found_by_a_word_that_was_said_and_by_its_customer(program, tab):
    id, words, customer = rows(
        program, "SELECT i.id, i.content, k.name FROM interaction i JOIN customer k ON k.id = i.customer LIMIT 1"
    )[0]
    tab.line.setText(words[:6])
    program.idle()
    assert id in tab.list.list_model.ids
    tab.line.setText(customer)
    program.idle()
    assert id in tab.list.list_model.ids
    expected = {
        i
        for (i,) in rows(
            program, "SELECT i.id FROM interaction i JOIN customer k ON k.id = i.customer WHERE k.name = ?", customer
        )
    }
    assert expected <= set(tab.list.list_model.ids)


def test_a_contact_is_mended_in_place(program, tab):
    tab.list.selectRow(0)
    program.idle()
    id = tab.panel.record.id
    program.command("edit_record")
    tab.panel.form.editor("content").text.setPlainText("说错了，是二十台")
    program.command("save_record")
    assert rows(program, "SELECT content FROM interaction WHERE id = ?", id) == [("说错了，是二十台",)]
    assert tab.panel.record.content == "说错了，是二十台"
    program.command("undo")
    assert tab.panel.record.content != "说错了，是二十台"


def test_contacts_are_deleted_with_a_way_back(program, tab):
    ids = list(tab.list.list_model.ids[:2])
    menu = QMenu()
    tab.fill_list_menu(menu, ids)
    next(a for a in menu.actions() if a.text() == "Delete 2 records…").trigger()
    tab.panel.notice.buttons[0].click()
    program.idle()
    assert program.bar == "2 records deleted."
    assert not set(ids) & set(tab.list.list_model.ids)
    program.window.message_bar.action.click()
    program.idle()
    assert list(tab.list.list_model.ids[:2]) == ids


def test_the_customer_of_a_contact_is_one_click_away(program, tab):
    tab.list.selectRow(0)
    program.idle()
    customer = tab.panel.record.customer
    assert tab.current_customer() == customer
    tab.panel.opened.emit("customer", customer)
    program.idle()
    assert program.window.tab().page.customer_id == customer


def test_new_writes_down_a_contact(program, tab):
    from ui.dialogs.contact_log import ContactLog

    tab.new_button.click()
    program.idle()
    assert program.window.findChild(ContactLog).isVisible()
    program.window.findChild(ContactLog).reject()
