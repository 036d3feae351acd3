"""What the office sets about service requests, as it is set in its window."""

import pytest
from PySide6.QtWidgets import QApplication

from crm_desktop.models import ServiceRequest, office
from crm_desktop.service import checklist
from crm_desktop.store import file
from crm_desktop.store.change import change
from ui.dialogs.office import OfficeDialog

REPAIR = "after_sales.repair"


def without_checklists():
    with change(None, "Change settings") as c:
        for kind in checklist.lists():
            checklist.save(c, kind, [])


@pytest.fixture
def dialog(program):
    program.ask(lambda: without_checklists() or True)
    program.command("edit_office")
    found = next(w for w in QApplication.topLevelWidgets() if isinstance(w, OfficeDialog) and w.isVisible())
    found.pages.setCurrentWidget(found.service)
    program.idle()
    yield found
    found.done(0)
    program.idle()


def request(program, **values):
    def work():
        customer = file.one("SELECT id FROM customer WHERE tier = 'regular' LIMIT 1")
        with change(None, "New service request") as c:
            start = {"customer": customer, "description": "电机异响", "received_at": "2026-03-02T10:00:00"}
            return c.save(ServiceRequest, start | {"type": REPAIR} | values).id

    return program.ask(work)


def solve_by(program, id):
    return program.ask(lambda: ServiceRequest.get_row(id).solve_by)


def test_a_stricter_standard_moves_open_deadlines_and_is_taken_back(program, dialog):
    id = request(program)
    before = solve_by(program, id)
    box = dialog.service.spans["std_solve_tier_regular"]
    assert box.written() == "7wd"
    box.amount.setValue(1)
    assert dialog.is_dirty()
    dialog.service.save_button.click()
    program.idle()
    assert solve_by(program, id) < before
    assert not dialog.is_dirty()
    dialog.message_bar.action.click()
    program.idle()
    assert solve_by(program, id) == before


def test_a_type_without_a_rule_has_that_of_the_type_it_belongs_to(program, dialog):
    id = request(program)
    before = solve_by(program, id)
    parent, own = (dialog.service.spans[f"std_solve_type_{code}"] for code in ("after_sales", REPAIR))
    parent.amount.setValue(1)
    dialog.service.save_button.click()
    program.idle()
    of_parent = solve_by(program, id)
    assert of_parent < before
    own.amount.setValue(3)
    dialog.service.save_button.click()
    program.idle()
    assert of_parent < solve_by(program, id) < before
    own.amount.setValue(0)
    dialog.service.save_button.click()
    program.idle()
    assert solve_by(program, id) == of_parent


def test_targets_and_the_day_to_ask_are_numbers(program, dialog):
    dialog.service.numbers["target_first_fix"].setValue(80)
    dialog.service.numbers["service_follow_up_days"].setValue(4)
    dialog.service.save_button.click()
    program.idle()
    found = program.ask(office.settings)
    assert (found["target_first_fix"], found["service_follow_up_days"]) == (80, 4)


def test_the_ready_made_checklists_are_taken_and_changed(program, dialog):
    editor = dialog.service.checklists
    assert editor.ready.isVisible()
    editor.ready.click()
    assert not editor.ready.isVisible()
    editor.kind.setCurrentIndex(editor.kind.findData(REPAIR))
    assert editor.steps.toPlainText().split("\n")[0] == "Warranty checked, price told"
    editor.steps.setPlainText("先问保修\n\n  上门  ")
    dialog.service.save_button.click()
    program.idle()
    assert program.ask(checklist.lists)[REPAIR] == ["先问保修", "上门"]
    id = request(program)
    assert [one["what"] for one in program.ask(lambda: ServiceRequest.get_row(id).checks)] == ["先问保修", "上门"]


def test_a_type_whose_steps_were_taken_away_has_those_of_the_type_it_belongs_to(program, dialog):
    editor = dialog.service.checklists
    for kind, text in (("after_sales", "问候"), (REPAIR, "上门"), (REPAIR, "")):
        editor.kind.setCurrentIndex(editor.kind.findData(kind))
        editor.steps.setPlainText(text)
        dialog.service.save_button.click()
        program.idle()
    id = request(program)
    assert [one["what"] for one in program.ask(lambda: ServiceRequest.get_row(id).checks)] == ["问候"]
