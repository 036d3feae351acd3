"""Forms: what is written is what was changed; what is wrong is said at its field; who is there already is shown."""

import pytest
from PySide6.QtWidgets import QWidget

from crm_desktop.models import Complaint, Customer
from crm_desktop.models.base import Invalid
from ui import tasks
from ui.parts.form import Form


@pytest.fixture
def shown(qtbot, office):
    """Shows a form."""

    def show(model=Customer, record=None, presets=None, **options):
        form = Form(model, record, presets, **options)
        qtbot.addWidget(form)
        form.resize(800, 700)
        with qtbot.waitActive(form):
            form.show()
            form.activateWindow()
        return form

    return show


def write(form, name, text):
    editor = form.editor(name)
    editor.line.setText(text)
    editor.edited.emit()


def test_an_opened_record_is_not_dirty_and_has_nothing_to_write(office, shown):
    form = shown(record=office.changrong)
    for name in Customer.typed():
        if any(name in section.names for section in form._sections):
            form.editor(name)
    assert not form.is_dirty()
    assert form.values() == {}


def test_only_what_was_changed_is_written(office, shown):
    form = shown(record=office.changrong)
    write(form, "short_name", "长荣")
    write(form, "name", "杭州长荣机电有限公司")
    assert form.values() == {"short_name": "长荣"}
    assert form.seen["short_name"] == ""


def test_a_new_record_starts_with_presets_and_defaults(office, shown):
    form = shown(presets={"owner": office.wang_fang.id})
    assert not form.is_dirty()
    write(form, "name", "苏州恒达科技有限公司")
    assert form.values() == {"owner": office.wang_fang.id, "name": "苏州恒达科技有限公司"}


def test_a_default_that_was_emptied_stays_empty(office, shown):
    form = shown()
    write(form, "kind", "")
    assert form.values()["kind"] == ""


def test_later_groups_wait_closed_and_open_for_the_field_that_is_asked_for(office, shown):
    form = shown()
    assert [section.title.isChecked() for section in form._sections][:2] == [True, False]
    assert form._sections[1].title.remark == f"{len(form._sections[1].names)} more fields"
    form.focus("email")
    assert form._sections[1].title.isChecked()
    assert form.focusWidget().accessibleName() == "E-mail"


def test_groups_with_something_in_them_are_open(office, shown):
    form = shown(record=office.write(office.changrong, {"annual_sales": 100}))
    opened = [section.title.text() for section in form._sections if section.title.isChecked()]
    assert opened == ["Basics", "Business"]


def test_problems_are_said_at_their_fields_and_the_first_gets_the_cursor(office, shown):
    form = shown()
    write(form, "email", "nobody at home")
    problems = form.problems()
    assert set(problems) == {"email", "name"}
    form.show_problems(problems)
    assert form.editor("name").shown_problem() == "Customer name is needed."
    assert "nobody at home" in form.editor("email").shown_problem()
    assert form.focusWidget().accessibleName() == "Customer name"
    with pytest.raises(Invalid):
        form.values()


def test_the_tab_key_goes_in_reading_order(office, shown):
    form = shown(fields=["name", "short_name", "kind", "tier", "remarks"])
    form.focus("name")
    visited = []
    for _step in range(5):
        visited.append(form.focusWidget().accessibleName())
        QWidget.focusNextChild(form)
    assert visited == ["Customer name", "Short name", "Kind", "Tier", "Remarks"]


def test_two_columns_when_wide_and_one_when_narrow(qtbot, office, shown):
    form = shown(fields=["name", "short_name"])
    one, two = (form.editor(n) for n in ("name", "short_name"))
    qtbot.waitUntil(lambda: one.mapTo(form, one.pos()).y() == two.mapTo(form, two.pos()).y())
    form.resize(400, 700)
    qtbot.waitUntil(lambda: one.mapTo(form, one.pos()).y() < two.mapTo(form, two.pos()).y())


def test_a_customer_that_may_be_there_already_is_shown_with_its_owner_while_typing(qtbot, office, shown):
    form = shown()
    write(form, "name", "长荣机电")
    qtbot.waitUntil(lambda: bool(form.twins.text()))
    assert form.twins.buttons[0].text() == "杭州长荣机电有限公司 · 王芳 (same name)"
    with qtbot.waitSignal(form.asked) as asked:
        form.twins.buttons[0].click()
    assert asked.args == ["customer", office.changrong.id]
    write(form, "name", "苏州恒达")
    qtbot.waitUntil(lambda: not form.twins.text())


def test_the_phone_of_another_customer_is_noticed_too(qtbot, office, shown):
    form = shown()
    number = form.editor("phones").lines[0].cells["number"]
    number.line.setText("138 0000 1234")
    number.edited.emit()
    qtbot.waitUntil(lambda: "same phone" in (form.twins.buttons[0].text() if form.twins.buttons else ""))


def test_a_customer_is_no_duplicate_of_itself(qtbot, office, shown):
    form = shown(record=office.changrong)
    write(form, "name", "长荣机电")
    qtbot.wait(300)
    qtbot.waitUntil(tasks.idle)
    assert form.twins.text() == ""


def test_a_draft_writes_back_every_kind_of_field(qtbot, office, shown):
    form = shown()
    write(form, "name", "苏州恒达")
    write(form, "annual_sales", "12.5 wan?")
    form.editor("tags")._add("出口")
    form.editor("remarks").text.setPlainText("两行\n文字")
    form.editor("phones").lines[0].cells["number"].set_raw("0512")
    form.editor("starred").box.click()
    raw = form.raw()
    other = shown()
    other.set_raw(raw)
    assert other.raw() == raw
    assert other.is_dirty()


def test_a_complaint_says_which_customer_it_is_about(qtbot, office, shown):
    form = shown(Complaint, presets={"customer": office.changrong.id})
    qtbot.waitUntil(lambda: form.editor("customer").picker.text() == "杭州长荣机电有限公司")
    assert not form.is_dirty()
    assert form.values()["customer"] == office.changrong.id


def test_a_row_added_later_and_a_group_opened_later_are_reached_in_their_place(qtbot, office, shown):
    form = shown(record=office.changrong)
    form.editor("remarks")
    form.editor("annual_sales")
    form.editor("phones").add_button.click()
    qtbot.wait(20)
    rows = form.editor("phones").lines
    rows[0].cells["note"].setFocus()
    visited = []
    for _step in range(4):
        QWidget.focusNextChild(form)
        visited.append(form.focusWidget())
    assert visited == [
        rows[0].cross,
        *(rows[1].cells[name].line for name in ("number", "type", "note")),
    ]
    form.editor("annual_sales").setFocus()
    QWidget.focusPreviousChild(form)
    assert form.focusWidget().accessibleName() == "Customer since"
