"""Fields of the office's own are typed and read like all others."""

import pytest

from crm_desktop.models import Customer
from crm_desktop.models import office as offices
from crm_desktop.store.change import change
from ui import tasks
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
