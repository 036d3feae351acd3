"""The office's settings, colleagues and lists, as they are changed in their window."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from crm_desktop import list_use
from crm_desktop.models import Complaint, Customer, lists, office, people
from crm_desktop.store import file
from crm_desktop.store.change import change
from ui.dialogs.office import OfficeDialog
from ui.dialogs.office_lists import LISTS, new_code
from ui.parts import desk
from ui.parts.fileinfo import FileInfo
from ui.parts.message_bar import MessageBar


@pytest.fixture
def room(store, qtbot, tmp_path, dressed):
    """The open window of an office with two colleagues and one gold customer."""
    window = QWidget()
    window.message_bar = MessageBar(window)
    qtbot.addWidget(window)
    window.show()

    def ask(work):
        box = []
        store.run(QApplication.instance(), work, box.append)
        qtbot.waitUntil(lambda: bool(box), timeout=10000)
        return box[0]

    def found():
        file.create(tmp_path / "office.crm")
        office.found_office("华东商贸")
        office.colleague(None, "李强")
        user = office.colleague(None, "王芳")
        with change(None, "Test") as c:
            c.save(Customer, {"name": "杭州长荣机电有限公司", "tier": "gold", "phones": [{"number": "13800001234"}]})
        return FileInfo.read(user.id)

    info = ask(found)
    desk.forget()
    desk.sit_down(info.user, info.user_name)
    dialog = OfficeDialog(window, info)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.show()
    settle = lambda: qtbot.waitUntil(store.idle, timeout=10000)  # noqa: E731
    settle()
    yield SimpleNamespace(dialog=dialog, ask=ask, settle=settle, info=info)
    settle()
    dialog.deleteLater()
    ask(lambda: file.close() or True)


def choose(page, text):
    found = page.list.findItems(text, Qt.MatchFlag.MatchStartsWith)
    page.list.setCurrentItem(found[0])


def show_list(room, name):
    which = room.dialog.lists.which
    which.setCurrentIndex(which.findData(name))
    which.activated.emit(which.currentIndex())
    room.settle()


def test_a_threshold_is_changed_and_undone(room):
    page = room.dialog.settings
    page.boxes["contact_every_diamond"].setValue(10)
    assert room.dialog.is_dirty()
    page.save_button.click()
    room.settle()
    assert room.ask(lambda: office.setting("contact_every_diamond")) == 10
    assert not room.dialog.is_dirty()
    bar = room.dialog.message_bar
    assert (bar.label.text(), bar.action.text()) == ("1 setting saved.", "Undo")
    bar.action.click()
    room.settle()
    assert room.ask(lambda: office.setting("contact_every_diamond")) == 14


def test_only_what_was_changed_is_written(room):
    room.dialog.settings.name.setText("华南商贸")
    room.dialog.settings.save_button.click()
    room.settle()
    stored = room.ask(lambda: dict(file.ask("SELECT name, value FROM setting")))
    assert stored == {"office_name": '"华南商贸"'}


def test_every_threshold_of_the_office_can_be_set(room):
    complaints = room.dialog.complaints
    there = {*room.dialog.settings.boxes, *complaints.spans, *complaints.numbers, "work_hours", "work_week"}
    there |= {*room.dialog.service.spans, *room.dialog.service.numbers}
    texts = {name for name in office.SETTINGS if name.startswith("letter_")}  # on their own page
    assert set(office.SETTINGS) - {"office_name", "import_lists"} - texts <= there


def test_closing_asks_before_what_was_typed_is_lost(room, monkeypatch):
    asked = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: asked.append(box.text()))
    room.dialog.settings.name.setText("华南商贸")
    room.dialog.reject()
    assert asked == ["Something was typed here and is not saved yet."]
    assert room.dialog.isVisible()


def test_a_colleague_is_added(room):
    page = room.dialog.people
    page.add_button.click()
    page.name.setText("曾家辉")
    page.save_button.click()
    room.settle()
    assert people.find("曾家辉")
    assert page.list.currentItem().text() == "曾家辉"


def test_a_name_that_is_there_already_is_not_written_twice(room):
    page = room.dialog.people
    page.add_button.click()
    page.name.setText("李强")
    page.save_button.click()
    room.settle()
    assert page.hint.text() == "李强 is there already."
    assert room.ask(lambda: file.one("SELECT count(*) FROM user")) == 2


def test_a_colleague_who_left_is_switched_off_and_keeps_the_name(room):
    page = room.dialog.people
    choose(page, "李强")
    page.active.setChecked(False)
    page.save_button.click()
    room.settle()
    assert [person.name for person in people.everybody()] == ["王芳"]
    assert people.name(people.find("李强")) == "李强"
    assert page.list.currentItem().text() == "李强 (no longer here)"


def test_nobody_switches_off_himself(room):
    choose(room.dialog.people, "王芳")
    assert not room.dialog.people.active.isEnabled()


def test_what_is_being_typed_is_not_lost_by_choosing_somebody_else(room):
    page = room.dialog.people
    choose(page, "李强")
    page.name.setText("李强强")
    assert not page.list.isEnabled()
    page.discard_button.click()
    assert page.list.isEnabled()
    assert page.name.text() == "李强"


def test_every_list_of_the_file_has_a_plain_name(room):
    assert set(room.ask(lambda: [name for (name,) in file.ask("SELECT DISTINCT list FROM choice")])) == set(LISTS)


def test_renaming_an_entry_changes_no_record(room):
    page = room.dialog.lists
    choose(page, "Gold")
    page.form.zh.setText("黄金")
    page.form.en.setText("Golden")
    page.form.save_button.click()
    room.settle()
    assert lists.label("tier", "gold") == "Golden"
    assert lists.entry("tier", "gold").zh == "黄金"
    assert room.ask(lambda: file.one("SELECT tier FROM customer")) == "gold"
    assert page.list.currentItem().text() == "Golden"


def test_an_entry_in_use_says_by_how_many_and_cannot_be_deleted(room):
    choose(room.dialog.lists, "Gold")
    room.settle()
    assert room.dialog.lists.form.uses.text().startswith("1 record uses it.")
    assert not room.dialog.lists.form.delete_button.isVisible()


def test_a_new_entry_stands_at_the_end_and_is_offered(room):
    show_list(room, "source")
    page = room.dialog.lists
    page.add_button.click()
    page.form.en.setText("Trade fair in Canton")
    page.form.zh.setText("广交会")
    page.form.save_button.click()
    room.settle()
    assert lists.entries("source")[-1].code == "trade_fair_in_canton"
    assert lists.find("source", "广交会") == "trade_fair_in_canton"


def test_an_entry_of_our_own_that_nobody_uses_is_deleted(room):
    room.dialog.pages.setCurrentWidget(room.dialog.lists)
    show_list(room, "source")
    page = room.dialog.lists
    page.add_button.click()
    page.form.en.setText("Fair")
    page.form.save_button.click()
    room.settle()
    assert page.form.delete_button.isVisible()
    page.form.delete_button.click()
    room.settle()
    assert lists.entry("source", "fair") is None
    room.dialog.message_bar.action.click()
    room.settle()
    assert lists.entry("source", "fair") is not None


def test_an_entry_the_program_came_with_is_never_deleted(room):
    room.dialog.pages.setCurrentWidget(room.dialog.lists)
    choose(room.dialog.lists, "Silver")
    room.settle()
    assert room.dialog.lists.form.uses.text() == "No record uses it."
    assert not room.dialog.lists.form.delete_button.isVisible()


def test_entries_change_places(room):
    page = room.dialog.lists
    choose(page, "Gold")
    page.up.click()
    room.settle()
    assert [entry.code for entry in lists.entries("tier")] == ["gold", "diamond", "silver", "regular"]
    assert page.list.currentItem().text() == "Gold"
    assert not page.up.isEnabled()
    page.down.click()
    room.settle()
    assert [entry.code for entry in lists.entries("tier")] == ["diamond", "gold", "silver", "regular"]


def test_an_entry_that_is_switched_off_is_not_offered_but_still_shown(room):
    page = room.dialog.lists
    choose(page, "Silver")
    page.form.active.setChecked(False)
    page.form.save_button.click()
    room.settle()
    assert "silver" not in [entry.code for entry in lists.entries("tier")]
    assert lists.label("tier", "silver") == "Silver"
    assert page.list.currentItem().text() == "Silver (switched off)"


def test_two_entries_of_a_list_are_not_called_the_same(room):
    page = room.dialog.lists
    choose(page, "Silver")
    page.form.en.setText("Gold")
    page.form.save_button.click()
    room.settle()
    assert page.form.uses.text() == "“Gold” is in the list already."
    assert lists.label("tier", "silver") == "Silver"


def test_uses_are_counted_in_single_fields_lists_and_rows(room):
    def write():
        with change(None, "Test") as c:
            row = {"type": "fax", "number": "0571-88886666"}
            customer = c.save(Customer, {"name": "苏州恒达", "phones": [row], "relation": ["supplier"]})
            values = {"received_at": "2026-03-01T00:00:00", "description": "异响", "channel": "phone"}
            c.save(Complaint, {"customer": customer.id, **values})
        pairs = [("phone_type", "fax"), ("relation", "supplier"), ("channel", "phone"), ("channel", "visit")]
        return [list_use.uses(*pair) for pair in pairs]

    assert room.ask(write) == [1, 1, 1, 0]


def test_a_code_is_made_from_the_english_name_and_is_never_taken_twice():
    assert new_code("Trade fair", set()) == "trade_fair"
    assert new_code("Trade fair", {"trade_fair"}) == "trade_fair_2"
    assert new_code("", {"own"}) == "own_2"


def written_by_a_colleague(room, work):
    def in_store():
        with change(None, "A colleague") as c:
            work(c)

    room.ask(lambda: in_store() or True)


def test_an_entry_deleted_by_a_colleague_meanwhile_says_so(room):
    show_list(room, "source")
    page = room.dialog.lists
    entry = page.form.entry
    page.form.words.setText("别的说法")
    written_by_a_colleague(room, lambda c: c.delete(office.ListEntry(id=entry.id)))
    page.form.save_button.click()
    room.settle()
    assert "deleted in the meantime" in room.dialog.message_bar.label.text()
    assert page.form.words.text() == "别的说法"


def test_a_name_changed_by_a_colleague_meanwhile_is_not_overwritten(room):
    page = room.dialog.people
    choose(page, "李强")
    page.name.setText("李强强")
    written_by_a_colleague(room, lambda c: c.save(office.User(id=people.find("李强")), {"name": "李大强"}))
    page.save_button.click()
    room.settle()
    assert people.find("李大强")
    assert people.find("李强强") is None
