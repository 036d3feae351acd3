"""Fields of the office's own are typed and read like all others."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from crm_desktop.models import Customer, own_fields
from crm_desktop.models import office as offices
from crm_desktop.store.change import change
from ui import tasks
from ui.dialogs.new_field import NewField
from ui.dialogs.own_fields import OwnFields
from ui.parts import desk
from ui.parts.form import Form
from ui.parts.record_view import RecordView
from ui.parts.sources import columns_of

KINDS = {"text": "水稻", "long": "第一行\n第二行", "number": 12.5, "date": "2024-03-05"}


@pytest.fixture
def own(office):
    """One field of each kind, by its kind."""

    def add():
        with change(None, "Test") as c:
            return {kind: offices.add_own_field(c, "customer", f"自有{kind}", kind) for kind in KINDS}

    return office.ask(add)


def test_every_kind_of_own_field_is_typed_saved_and_read(qtbot, office, own):
    view = RecordView(Customer)
    qtbot.addWidget(view)
    form = Form(Customer, office.changrong)
    qtbot.addWidget(form)
    for name in own.values():
        assert form.editor(name).value() in (None, "")
    assert not form.is_dirty()
    assert form.values() == {}
    for kind, name in own.items():
        form.editor(name).set_value(KINDS[kind])
    values = {name: form.editor(name).value() for name in own.values()}
    assert list(values.values()) == list(KINDS.values())

    def save():
        with change(None, "Test") as c:
            c.save(Customer.get_row(office.changrong.id), values)
        return Customer.get_row(office.changrong.id)

    record = office.ask(save)
    view.show_record(record, {})
    told = {view.cells[name].text for name in own.values()}
    assert told == {"水稻", "第一行\n第二行", "12.5", "2024-03-05"}
    qtbot.waitUntil(tasks.idle)


def test_a_view_that_is_open_shows_a_field_that_was_just_added(qtbot, office):
    view = RecordView(Customer)
    qtbot.addWidget(view)
    view.show_record(office.changrong, {})

    def add():
        with change(None, "Test") as c:
            return offices.add_own_field(c, "customer", "种植作物")

    crop = office.ask(add)
    record = office.ask(lambda: Customer.get_row(office.changrong.id))
    view.show_record(record, {})
    assert crop in view.cells


def test_lists_offer_own_fields_as_columns(office, own):
    keys = [column.key for column in columns_of(Customer, ("name",), ("tier",))]
    assert keys == ["name", "tier", *own.values()]


def test_own_fields_are_added_renamed_ordered_and_hidden_in_the_office_menu(qtbot, office, dressed):
    desk.sit_down(office.wang_fang.id, office.wang_fang.name)
    window = OwnFields(None)
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(window)
    window.show()

    def labels(inactive=False):
        qtbot.waitUntil(tasks.idle)
        return [each.label for each in own_fields.of("customer", inactive=inactive)]

    for label in ("种植作物", "亩数"):
        window.ask_new()
        asked = window.findChildren(NewField)[-1]
        asked.label.setText(label)
        asked.button.click()
        assert label in labels()
    line = window.names["x2"]
    line.setText("面积")
    line.editingFinished.emit()
    assert labels() == ["种植作物", "面积"]
    up = next(b for b in window.area.widget().findChildren(QToolButton) if b.isEnabled() and "up" in b.toolTip())
    up.click()
    assert labels() == ["面积", "种植作物"]
    hide = next(b for b in window.area.widget().findChildren(QToolButton) if b.toolTip() == "Hide")
    hide.click()
    assert labels() == ["种植作物"]
    assert labels(inactive=True) == ["面积", "种植作物"]
    window.reject()
