"""Customers that are there twice, in the window: compared, chosen from, merged, told apart, and all of it undone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from crm_desktop.i18n import N_
from crm_desktop.models import Contact, Customer, Interaction, Position
from crm_desktop.store import file
from crm_desktop.store.change import change
from ui.dialogs.duplicates import Duplicates
from ui.parts.merging import Merge


@pytest.fixture
def twins(program):
    """Two files of one customer that nothing else is like; their ids."""

    def work():
        with change(None, N_("New customer")) as c:
            keep = c.save(
                Customer,
                {"name": "杭州巍峨钟表有限公司", "tier": "gold", "stage": "steady", "credit_code": "9144030071526726XG",
                 "phones": [{"number": "13800005678"}]},
            )  # fmt: skip
            other = c.save(
                Customer,
                {"name": "巍峨钟表", "tier": "silver", "wechat": "weie88", "remarks": "上午不接电话",
                 "credit_code": "9144030071526726XG"},
            )  # fmt: skip
            c.save(Interaction, {"customer": other.id, "content": "问价", "channel": "phone"})
        return keep.id, other.id

    return program.ask(work)


@pytest.fixture
def duplicates(program, twins):
    """The window of duplicates; the surest group is chosen."""
    program.command("duplicates.Duplicates")
    dialog = next(w for w in program.window.findChildren(Duplicates) if w.isVisible())
    program.idle()
    return dialog


@pytest.fixture
def merging(program, twins):
    """The dialog that the list's menu opens for two customers."""
    tab = program.tab("customers")
    menu = QMenu()
    tab.fill_list_menu(menu, list(twins))
    next(a for a in menu.actions() if a.text() == "Merge into one customer…").trigger()
    program.idle()
    return tab.findChild(Merge)


def of(program, id):
    return program.ask(lambda: Customer.get_row(id))


def pick(dialog, field, side):
    next(dot for dot in dialog.sides.groups[field].buttons() if dot.objectName() == side).click()


def test_the_surest_group_is_shown_with_its_reason_and_side_by_side(program, duplicates, twins):
    id = duplicates.list.current_id()
    (row,) = program.ask(lambda: list(duplicates.list.list_model.source.rows([id]).values()))
    assert row[1].startswith("same credit code 9144030071526726XG")
    assert (duplicates.sides.sides.keep.id, duplicates.sides.sides.other.id) == twins
    assert duplicates.sides.picks() == {}


def test_a_group_is_merged_and_gone_and_undo_brings_both_back(program, duplicates, twins):
    keep, other = twins
    before = duplicates.list.list_model.rowCount()
    duplicates.merge_button.click()
    program.idle()
    assert of(program, other) is None
    assert (of(program, keep).tier, of(program, keep).wechat) == ("gold", "weie88")
    assert duplicates.list.list_model.rowCount() == before - 1
    assert duplicates.message_bar.label.text() == "巍峨钟表 is now a part of 杭州巍峨钟表有限公司."
    duplicates.message_bar.action.click()
    program.idle()
    assert of(program, other).name == "巍峨钟表"
    assert duplicates.list.list_model.rowCount() == before


def test_ctrl_z_takes_back_what_was_done_in_the_window_and_nothing_behind_it(program, duplicates, twins, qtbot):
    keep, other = twins
    ctrl = Qt.KeyboardModifier.ControlModifier
    duplicates.merge_button.click()
    program.idle()
    qtbot.keyClick(duplicates.list, Qt.Key.Key_Z, ctrl)
    program.idle()
    assert of(program, other) is not None
    qtbot.keyClick(duplicates.list, Qt.Key.Key_Y, ctrl)
    program.idle()
    assert of(program, other) is None
    qtbot.keyClick(duplicates.list, Qt.Key.Key_Z, ctrl)
    program.idle()
    before = program.ask(lambda: file.one('SELECT count(*) FROM "change"'))
    qtbot.keyClick(duplicates.list, Qt.Key.Key_Z, ctrl)
    program.idle()
    assert program.ask(lambda: file.one('SELECT count(*) FROM "change"')) == before
    assert of(program, keep) is not None


def test_what_is_not_the_same_is_not_shown_again(program, duplicates, twins):
    before = duplicates.list.list_model.rowCount()
    duplicates.apart_button.click()
    program.idle()
    assert duplicates.list.list_model.rowCount() == before - 1
    assert all(of(program, id) for id in twins)


def test_two_selected_customers_are_merged_as_chosen(program, merging, twins):
    keep, other = twins
    pick(merging, "tier", "right")
    pick(merging, "remarks", "left")
    merging.button.click()
    program.idle()
    one = of(program, keep)
    assert (one.tier, one.remarks) == ("silver", "")
    assert program.ask(lambda: file.one("SELECT customer FROM interaction ORDER BY id DESC")) == keep
    assert program.bar == "巍峨钟表 is now a part of 杭州巍峨钟表有限公司."
    program.command("undo")
    assert of(program, other).remarks == "上午不接电话"


def test_the_sides_are_swapped_and_the_other_one_stays(program, merging, twins):
    merging.sides.swap()
    program.idle()
    merging.button.click()
    program.idle()
    keep, other = twins
    assert (of(program, keep), of(program, other).tier) == (None, "silver")


def test_what_a_colleague_wrote_meanwhile_is_not_overwritten(program, merging, twins):
    keep, other = twins

    def work():
        with change(None, N_("Edit customer")) as c:
            c.save(Customer.get_row(other), {"wechat": "weie99"})

    program.ask(work)
    merging.button.click()
    program.idle()
    assert of(program, keep).wechat == "weie99"


def test_a_customer_deleted_meanwhile_is_said_and_nothing_is_merged(program, merging, twins, qtbot):
    keep, other = twins

    def work():
        with change(None, N_("Delete customer")) as c:
            c.delete(Customer.get_row(other))

    program.ask(work)
    merging.button.click()
    program.idle()
    assert "deleted in the meantime" in merging.message_bar.label.text()
    assert of(program, keep).wechat == ""
    qtbot.keyClick(merging, Qt.Key.Key_Escape)


def test_a_click_on_a_value_chooses_it(program, merging, qtbot):
    dot = next(d for d in merging.sides.groups["tier"].buttons() if d.objectName() == "right")
    qtbot.mouseClick(dot.parentWidget(), Qt.MouseButton.LeftButton)
    assert merging.sides.picks() == {"tier": "right"}


@pytest.fixture
def persons(program, twins):
    """The same contact person twice at one customer; their ids."""

    def work():
        with change(None, N_("New contact person")) as c:
            both = [c.save(Contact, {"name": "欧阳晓芙", "wechat": w}).id for w in ("oyxf88", "")]
            for contact in both:
                c.save(Position, {"contact": contact, "customer": twins[0]})
        return both

    return program.ask(work)


def test_contact_persons_are_found_merged_and_given_back_in_the_same_window(program, duplicates, persons):
    duplicates.kind.setCurrentIndex(1)
    program.idle()
    shown = duplicates.list.list_model.ids
    row = next(n for n in range(len(shown)) if "欧阳晓芙" in duplicates._source.group(shown[n]).members[0].name)
    duplicates.list.selectRow(row)
    program.idle()
    keep, other = persons
    assert (duplicates.sides.sides.keep.id, duplicates.sides.sides.other.id) == (keep, other)
    assert duplicates.merge_button.text() == "Merge into one contact person"
    duplicates.merge_button.click()
    program.idle()
    assert program.ask(lambda: Contact.get_row(other)) is None
    assert duplicates.message_bar.label.text() == "欧阳晓芙 and 欧阳晓芙 are one contact person now."
    duplicates.message_bar.action.click()
    program.idle()
    assert program.ask(lambda: Contact.get_row(other)).name == "欧阳晓芙"


def test_a_contact_persons_card_offers_to_merge_with_another_of_the_customer(program, persons, twins):
    tab = program.tab("customers")
    tab.show_one(twins[0])
    program.idle()
    card = tab.page.persons._cards[persons[0]]
    menu = next(m for m in card.findChildren(QMenu) if m.title() == "The same person as")
    menu.actions()[0].trigger()
    program.idle()
    dialog = tab.findChild(Merge)
    dialog.button.click()
    program.idle()
    assert program.ask(lambda: [Contact.get_row(i) is not None for i in persons]) == [True, False]
