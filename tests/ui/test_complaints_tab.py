"""Complaints: written down, found, changed, deleted and brought back."""

import pytest

from crm_desktop.store import file
from ui.parts import desk


@pytest.fixture
def tab(program):
    return program.tab("complaints")


def rows(program, sql, *params):
    return program.ask(lambda: file.ask(sql, params))


def test_what_is_due_first_stands_on_top_and_what_has_ended_below(program, tab):
    order = "closed_at IS NOT NULL, due_at IS NULL, due_at, received_at DESC"
    expected = [id for (id,) in rows(program, f"SELECT id FROM complaint ORDER BY {order}")]
    assert list(tab.list.list_model.ids) == expected


def test_a_click_on_the_heading_sorts_by_the_day_of_receipt(program, tab):
    tab.sort_by("received_at", True)
    program.idle()
    expected = [id for (id,) in rows(program, "SELECT id FROM complaint ORDER BY received_at DESC, id DESC")]
    assert list(tab.list.list_model.ids) == expected


def test_a_complaint_is_found_by_number_word_and_customer(program, tab):
    id, code, words, customer = rows(
        program,
        "SELECT c.id, c.code, c.description, k.name FROM complaint c JOIN customer k ON k.id = c.customer LIMIT 1",
    )[0]
    for text in (code, words[:5], customer, f"{customer[:3]} {words[:3]}"):
        tab.line.setText(text)
        program.idle()
        assert id in tab.list.list_model.ids, text


def test_a_new_complaint_is_mine_and_lands_in_the_list(program, tab):
    customer = rows(program, "SELECT id FROM customer LIMIT 1")[0][0]
    tab.begin(tab.presets() | {"customer": customer})
    program.idle()
    tab.panel.form.editor("description").text.setPlainText("电机异响")
    program.command("save_record")
    id, owner = rows(program, "SELECT id, owner FROM complaint WHERE description = '电机异响'")[0]
    assert owner == desk.user().id
    assert tab.list.current_id() == id
    assert tab.panel.record.id == id


def test_a_complaint_without_a_customer_is_told_at_the_field(program, tab):
    tab.new()
    program.idle()
    tab.panel.form.editor("description").text.setPlainText("谁的?")
    before = rows(program, "SELECT count(*) FROM complaint")
    program.command("save_record")
    assert rows(program, "SELECT count(*) FROM complaint") == before
    assert "customer" in tab.panel.form.problems()


def test_a_deleted_complaint_comes_back_with_ctrl_z_and_the_log_knows_why_it_went(program, tab):
    id = tab.list.list_model.ids[0]
    tab.list.selectRow(0)
    program.idle()
    tab.delete([id])
    assert tab.panel.notice.text() == "Delete this record?"
    tab.panel.notice.answer.setText("written down twice")
    tab.panel.notice.buttons[0].click()
    program.idle()
    assert rows(program, 'SELECT action, note FROM "change" ORDER BY id DESC LIMIT 1') == [
        ("Delete complaint", "written down twice")
    ]
    assert id not in tab.list.list_model.ids
    program.command("undo")
    assert tab.list.list_model.ids[0] == id


def test_a_complaint_shown_from_elsewhere_stays_shown_when_the_list_hides_it(program, tab):
    id = tab.list.list_model.ids[3]
    tab.line.setText("没有这件事")
    program.idle()
    tab.show_one(id)
    program.idle()
    program.command("refresh")
    assert tab.panel.record.id == id
    assert tab.panel.isVisible()
