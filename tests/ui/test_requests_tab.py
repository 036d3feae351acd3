"""The list of service requests: what is due first on top, found, filtered, changed, deleted and brought back."""

import pytest

from crm_desktop.models import ServiceRequest
from crm_desktop.store import file
from crm_desktop.store.change import change
from tests.ui.cases import customer, opened
from ui.dialogs.office import OfficeDialog
from ui.parts import desk


@pytest.fixture
def tab(program):
    mine = customer(program)

    def some():
        with change(None, "New service request") as c:
            for number, (kind, state) in enumerate(
                (("technical", "new"), ("billing", "closed"), ("after_sales.repair", "new"), ("training", "cancelled"))
            ):
                start = {"customer": mine, "description": f"请求 {number}", "type": kind, "state": state}
                c.save(ServiceRequest, start | {"received_at": f"2026-11-1{number}T10:00:00"})
        return True

    program.ask(some)
    return program.tab("requests")


def rows(program, sql, *params):
    return program.ask(lambda: file.ask(sql, params))


def test_what_is_due_first_stands_on_top_and_what_has_ended_below(program, tab):
    order = "closed_at IS NOT NULL, due_at IS NULL, due_at, received_at DESC"
    expected = [id for (id,) in rows(program, f"SELECT id FROM service_request ORDER BY {order}")]
    assert list(tab.list.list_model.ids) == expected


def test_a_filter_by_type_takes_what_belongs_to_it(program, tab):
    tab.filters.choose("type", ["after_sales"])
    program.idle()
    found = rows(program, "SELECT id FROM service_request WHERE type LIKE 'after_sales%'")
    assert set(tab.list.list_model.ids) == {id for (id,) in found}
    tab.filters.clear()


def test_a_request_is_found_by_number_word_and_customer(program, tab):
    id, code, name = rows(
        program,
        "SELECT r.id, r.code, k.name FROM service_request r JOIN customer k ON k.id = r.customer"
        " WHERE r.description = '请求 2'",
    )[0]
    for text in (code, "请求", f"{name[:3]} 请求"):
        tab.line.setText(text)
        program.idle()
        assert id in tab.list.list_model.ids, text


def test_who_writes_it_down_is_kept_and_it_waits_to_be_assigned(program, tab):
    tab.new()
    program.idle()
    tab.panel.form.editor("customer").set_value(customer(program))
    tab.panel.form.editor("description").text.setPlainText("要一份说明书")
    program.command("save_record")
    id, by, owner, state = rows(
        program, "SELECT id, registered_by, owner, state FROM service_request WHERE description = '要一份说明书'"
    )[0]
    assert (by, owner, state) == (desk.user().id, None, "new")
    assert tab.list.current_id() == id


def test_a_deleted_request_comes_back_with_ctrl_z(program, tab):
    id = tab.list.list_model.ids[0]
    tab.list.selectRow(0)
    program.idle()
    tab.delete([id])
    tab.panel.notice.buttons[0].click()
    program.idle()
    assert id not in tab.list.list_model.ids
    assert rows(program, 'SELECT action FROM "change" ORDER BY id DESC LIMIT 1') == [("Delete service request",)]
    program.command("undo")
    assert id in tab.list.list_model.ids


def test_the_menu_leads_to_standards_and_checklists(program, tab):
    tab.set_rules()
    program.idle()
    dialog = opened(OfficeDialog)
    assert dialog.pages.currentWidget() is dialog.service
    dialog.done(0)


def test_an_office_without_requests_is_told_what_comes_here(program):
    program.ask(lambda: emptied() or True)
    tab = program.tab("requests")
    tab.show_all()
    program.idle()
    assert tab.empty.sentence.text().startswith("No service request so far.")
    tab.empty.button.click()
    program.idle()
    assert tab.panel.form is not None
    tab.panel.typing.discard()


def emptied():
    with change(None, "Delete service request") as c:
        c.delete_many(ServiceRequest, [i for (i,) in file.ask("SELECT id FROM service_request")])
