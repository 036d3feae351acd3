"""Changing many records and handing work over, in the window: seen beforehand, one action, one undo."""

import pytest
from PySide6.QtWidgets import QMenu

from crm_desktop.models import Customer, people
from crm_desktop.store import backup, file
from ui import tasks
from ui.dialogs.handover import HandOver
from ui.parts.bulk_edit import BulkEdit


@pytest.fixture
def tab(program):
    return program.tab("customers")


@pytest.fixture
def ids(tab):
    return list(tab.list.list_model.ids[:5])


@pytest.fixture
def dialog(program, tab, ids):
    """The dialog that the list's menu opens for five customers."""
    menu = QMenu()
    tab.fill_list_menu(menu, ids)
    next(a for a in menu.actions() if a.text() == "Change 5 customers…").trigger()
    program.idle()
    return tab.findChild(BulkEdit)


def of(program, ids, column):
    return program.ask(lambda: [getattr(Customer.get_row(i), column) for i in ids])


def choose(program, dialog, field, value, how="set"):
    dialog.field.setCurrentIndex(dialog.field.findData(field))
    dialog.how.setCurrentIndex(dialog.how.findData(how))
    dialog.editor.set_value(value)
    dialog.editor.edited.emit()
    program.idle()


def test_the_preview_says_how_many_really_change_and_one_undo_takes_it_back(program, dialog, ids):
    before = of(program, ids, "tier")
    changing = sum(tier != "silver" for tier in before)
    assert not dialog.button.isEnabled()
    choose(program, dialog, "tier", "silver")
    assert dialog.said.text().startswith(f"{changing} record")
    assert "→ Silver" in dialog.examples.text()
    dialog.button.click()
    program.idle()
    assert of(program, ids, "tier") == ["silver"] * 5
    assert program.bar.startswith(f"{changing} record")
    program.command("undo")
    assert of(program, ids, "tier") == before


def test_a_look_that_comes_back_late_does_not_offer_to_empty_another_field(program, dialog, ids):
    before = of(program, ids, "owner")
    dialog.field.setCurrentIndex(dialog.field.findData("tier"))
    dialog.editor.set_value("silver")
    dialog.editor.edited.emit()
    dialog.field.setCurrentIndex(dialog.field.findData("owner"))  # before it was shown what would change
    program.idle()
    assert not dialog.button.isEnabled()
    dialog.apply()
    program.idle()
    assert of(program, ids, "owner") == before
    assert (
        program.ask(lambda: file.one('SELECT action FROM "change" ORDER BY id DESC LIMIT 1')) != "Change many records"
    )


def test_a_tag_is_added_and_the_others_stay(program, dialog, ids):
    before = of(program, ids, "tags")
    choose(program, dialog, "tags", ["展会2026"], "add")
    dialog.button.click()
    program.idle()
    assert of(program, ids, "tags") == [[*tags, "展会2026"] for tags in before]


def test_what_changes_nothing_cannot_be_pressed(program, dialog, ids):
    choose(program, dialog, "tags", ["没有这个标签"], "remove")
    assert dialog.said.text() == "0 records change. 5 are like this already."
    assert not dialog.button.isEnabled()


def test_another_field_begins_empty_and_harmless(program, dialog):
    choose(program, dialog, "tier", "silver")
    dialog.field.setCurrentIndex(dialog.field.findData("stage"))
    program.idle()
    assert not dialog.button.isEnabled()
    assert "Nothing is changed" in dialog.said.text()


def test_complaints_are_changed_in_many_as_well(program):
    tab = program.tab("complaints")
    ids = list(tab.list.list_model.ids[:3])
    menu = QMenu()
    tab.fill_list_menu(menu, ids)
    next(a for a in menu.actions() if a.text() == "Change 3 records…").trigger()
    program.idle()
    dialog = tab.findChild(BulkEdit)
    assert dialog.field.currentData() == "owner"
    dialog.close()


@pytest.fixture
def handing(program):
    program.command("handover.HandOver")
    program.idle()
    return program.window.findChild(HandOver)


def owned(program, person):
    return program.ask(lambda: file.one("SELECT count(*) FROM customer WHERE owner = ?", (person,)))


def test_all_customers_of_one_colleague_go_to_another(program, handing):
    giver, taker = [
        p.id for p in sorted(people.everybody(), key=lambda p: -owned(program, p.id))[:2]
    ]  # those with most customers
    had, has = owned(program, giver), owned(program, taker)
    handing.giver.setCurrentIndex(handing.giver.findData(giver))
    program.idle()
    assert not handing.button.isEnabled()
    handing.taker.setCurrentIndex(handing.taker.findData(taker))
    assert handing.ticks["customers"].text().startswith("Customers (")
    handing.button.click()
    program.idle()
    assert (owned(program, giver), owned(program, taker)) == (0, had + has)
    assert program.bar.startswith(f"Handed over to {people.name(taker)}:")
    program.command("undo")
    assert (owned(program, giver), owned(program, taker)) == (had, has)


def test_nothing_is_handed_over_to_oneself_or_when_nothing_is_ticked(program, handing):
    me, other = [p.id for p in people.everybody()[:2]]
    handing.giver.setCurrentIndex(handing.giver.findData(me))
    handing.taker.setCurrentIndex(handing.taker.findData(me))
    program.idle()
    assert not handing.button.isEnabled()
    handing.taker.setCurrentIndex(handing.taker.findData(other))
    for tick in handing.ticks.values():
        tick.setChecked(False)
    assert not handing.button.isEnabled()


def test_a_backup_is_made_before_many_records_change(program, dialog, ids):
    choose(program, dialog, "tier", "silver")
    dialog.button.click()
    program.idle()
    made = program.ask(lambda: backup.found_in(backup.folder()))
    assert "bulk" in [each.reason for each in made]


@pytest.fixture
def cancelled(monkeypatch):
    """Whoever waits cancels as soon as records are being changed."""
    told = tasks.Progress.__call__

    def call(progress, done, total=0, text=""):
        progress.was_cancelled = progress.was_cancelled or text == "Changing"
        told(progress, done, total, text)

    monkeypatch.setattr(tasks.Progress, "__call__", call)


def test_a_cancel_leaves_the_records_as_they_were_and_the_dialog_as_it_was(program, dialog, ids, cancelled):
    before = of(program, ids, "tier")
    choose(program, dialog, "tier", "silver")
    dialog.button.click()
    program.idle()
    assert of(program, ids, "tier") == before
    assert dialog.message_bar.label.text() == "Cancelled: nothing was changed."
    assert dialog.isVisible()
    assert dialog.button.isEnabled()


def test_a_hand_over_can_be_cancelled(program, handing, cancelled):
    giver, taker = [p.id for p in sorted(people.everybody(), key=lambda p: -owned(program, p.id))[:2]]
    had = owned(program, giver)
    handing.giver.setCurrentIndex(handing.giver.findData(giver))
    program.idle()
    handing.taker.setCurrentIndex(handing.taker.findData(taker))
    handing.button.click()
    program.idle()
    assert owned(program, giver) == had
    assert handing.isVisible()
    assert handing.button.isEnabled()


def test_a_cancel_during_the_backup_changes_nothing_either(program, dialog, ids, monkeypatch):
    before = of(program, ids, "tier")
    told = tasks.Progress.__call__

    def call(progress, done, total=0, text=""):
        progress.was_cancelled = True
        told(progress, done, total, text)

    monkeypatch.setattr(tasks.Progress, "__call__", call)
    choose(program, dialog, "tier", "silver")
    dialog.button.click()
    program.idle()
    assert of(program, ids, "tier") == before
    assert dialog.button.isEnabled()
    assert list(backup.folder().glob("*bulk*")) == []
