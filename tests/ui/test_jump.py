"""Ctrl+K finds anything from anywhere, and goes there."""

import pytest
from PySide6.QtCore import Qt

from crm_desktop.store import file
from ui.dialogs.jump import Jump


@pytest.fixture
def jump(program):
    """The dialog, opened on the Today tab."""
    program.tab("today")
    program.command("jump")
    return program.window.findChild(Jump)


def look(program, jump, text):
    jump.line.setText(text)
    program.idle()
    return [jump.list.item(n).data(Qt.ItemDataRole.UserRole) for n in range(jump.list.count())]


def first(program, sql):
    return program.ask(lambda: file.ask(sql)[0])


def test_a_customer_is_found_and_shown(program, jump):
    id, name = first(program, "SELECT id, name FROM customer ORDER BY id LIMIT 1")
    hits = look(program, jump, name[:4])
    assert hits[0].title == name
    jump.line.returnPressed.emit()
    program.idle()
    tab = program.window.tab()
    assert tab.NAME == "customers"
    assert tab.page.customer_id == id
    assert tab.page.name.text() == name
    assert tab.list.current_id() == id


def test_a_contact_person_is_shown_at_the_customer(program, jump):
    contact, name = first(program, "SELECT id, name FROM contact ORDER BY id LIMIT 1")
    customer = first(
        program, f'SELECT customer FROM position WHERE contact = {contact} ORDER BY "left", "primary" DESC'
    )[0]
    hits = look(program, jump, name)
    number = next(n for n, hit in enumerate(hits) if (hit.kind.table, hit.id) == ("contact", contact))
    jump.list.setCurrentRow(number)
    jump.take()
    program.idle()
    tab = program.window.tab()
    assert tab.page.customer_id == customer
    assert tab.page.tabs.currentWidget() is tab.page.persons
    assert contact in tab.page.persons._cards


@pytest.mark.parametrize(
    ("table", "column", "tab"), [("interaction", "content", "interactions"), ("complaint", "description", "complaints")]
)
def test_what_was_said_is_found_and_shown(program, jump, table, column, tab):
    _id, words = first(program, f"SELECT id, {column} FROM {table} ORDER BY id DESC LIMIT 1")
    hits = look(program, jump, words[:40])
    number = next(n for n, hit in enumerate(hits) if hit.kind.table == table)
    jump.list.setCurrentRow(number)
    jump.take()
    program.idle()
    assert tab == program.window.tab().NAME
    assert program.window.tab().panel.record.id == hits[number].id


def test_the_arrows_move_in_the_list_while_the_cursor_stays_in_the_line(program, jump):
    hits = look(program, jump, "a")
    assert len(hits) > 2
    program.qtbot.keyClick(jump.line, Qt.Key.Key_Down)
    assert jump.list.currentRow() == 1
    program.qtbot.keyClick(jump.line, Qt.Key.Key_Up)
    program.qtbot.keyClick(jump.line, Qt.Key.Key_Up)
    assert jump.list.currentRow() == len(hits) - 1


def test_who_types_faster_than_the_search_goes_to_what_the_whole_text_finds(program, jump):
    id, name = first(program, "SELECT id, name FROM customer ORDER BY sort_key DESC LIMIT 1")
    other = look(program, jump, "a")[0]
    assert other.id != id
    jump.line.setText(name)
    jump.line.returnPressed.emit()
    program.idle()
    assert program.window.tab().page.customer_id == id


def test_nothing_found_says_what_to_do(program, jump):
    assert look(program, jump, "zzzz 没有") == []
    assert "Try fewer letters" in jump.hint.text()
    jump.line.returnPressed.emit()
    assert jump.isVisible()


def test_an_emptied_line_shows_nothing(program, jump):
    assert look(program, jump, "a")
    assert look(program, jump, "") == []
    assert "Type a part" in jump.hint.text()


def test_a_customer_that_the_filters_hide_is_shown_all_the_same(program):
    tab = program.tab("customers")
    tab.line.setText("zzzz")
    program.idle()
    assert tab.list.list_model.rowCount() == 0
    program.command("jump")
    jump = program.window.findChild(Jump)
    hit = look(program, jump, "a")[0]
    jump.take()
    program.idle()
    program.command("refresh")
    assert tab.page.customer_id == hit.id
    assert tab.page.isVisible()


def test_the_row_of_before_can_be_clicked_again_after_a_jump(program):
    tab = program.tab("customers")
    tab.list.selectRow(0)
    program.idle()
    before = tab.page.customer_id
    name = tab.page.name.text()
    tab.line.setText(name)
    program.idle()
    assert tab.list.list_model.rowCount() == 1
    other = first(program, f"SELECT id FROM customer WHERE id <> {before} AND archived = 0")[0]
    tab.show_one(other)
    program.idle()
    assert tab.page.customer_id == other
    tab.list.selectRow(0)
    program.idle()
    assert tab.page.customer_id == before


def test_dialogs_that_were_closed_are_gone(program):
    for _again in range(3):
        program.command("jump")
        program.window.findChild(Jump).reject()
        program.tidy()
    assert program.window.findChildren(Jump) == []
