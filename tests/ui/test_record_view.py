"""A record is read first and typed on demand; nothing typed is ever lost, and colleagues are heard."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from crm_desktop.models import Customer
from ui import tasks
from ui.parts.conflict import ConflictDialog
from ui.parts.record_window import RecordWindow


@pytest.fixture
def window(qtbot, office):
    """长荣 in its own window."""
    window = RecordWindow(Customer, office.changrong.id)
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    qtbot.waitUntil(lambda: window.panel.record is not None)
    yield window
    qtbot.waitUntil(tasks.idle)


@pytest.fixture
def panel(window):
    return window.panel


def stored(office):
    return office.ask(lambda: Customer.get_row(office.changrong.id))


def write(panel, name, text):
    editor = panel.form.editor(name)
    editor.line.setText(text)
    editor.edited.emit()


def press(widget, key, modifiers=Qt.KeyboardModifier.NoModifier):
    QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, key, modifiers))


def test_a_record_is_read_as_text_with_empty_fields_put_away(window, panel):
    assert window.windowTitle() == "杭州长荣机电有限公司"
    assert panel.view.cells["tier"].text == "Gold"
    assert panel.view.cells["phones"].text == "138 0000 1234 · Mobile"
    assert panel.view.cells["wechat"].isVisible()
    assert not panel.view.cells["email"].isVisible()
    panel.view.more.click()
    assert panel.view.cells["email"].isVisible()


def test_a_click_copies_a_phone_without_spaces_and_says_so(qtbot, window, panel):
    qtbot.mouseClick(panel.view.cells["phones"], Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == "13800001234"
    assert window.message_bar.label.text() == "Copied: 13800001234"


def test_a_double_click_types_in_that_very_field_and_escape_reads_again(qtbot, panel):
    qtbot.mouseDClick(panel.view.cells["wechat"], Qt.MouseButton.LeftButton)
    assert panel.form.focusWidget().accessibleName() == "WeChat"
    press(panel.form.focusWidget(), Qt.Key.Key_Escape)
    assert panel.form is None
    assert panel.view.isVisible()


def test_the_field_that_is_typed_is_in_sight_however_far_down_it_stands(qtbot, window, panel):
    panel.edit("remarks")
    area = panel.typing.area
    text = panel.form.editor("remarks").text

    def in_sight():
        top = text.mapTo(area.viewport(), text.rect().topLeft()).y()
        return top >= 0 and top + text.height() <= area.viewport().height()

    qtbot.waitUntil(lambda: area.verticalScrollBar().value() > 0)
    qtbot.wait(50)
    assert in_sight()


def test_f2_types_and_control_s_saves_and_undo_takes_it_back(qtbot, office, window, panel):
    press(panel, Qt.Key.Key_F2)
    write(panel, "short_name", "长荣")
    press(panel.form.editor("short_name").line, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: panel.form is None)
    qtbot.waitUntil(lambda: panel.view.cells["short_name"].text == "长荣")
    assert window.message_bar.label.text() == "Saved: 杭州长荣机电有限公司."
    window.message_bar.action.click()
    qtbot.waitUntil(lambda: panel.view.cells["short_name"].text == "")


def test_what_is_wrong_is_said_at_the_field_and_nothing_is_saved(office, panel):
    panel.edit("name")
    write(panel, "name", "")
    panel.save()
    assert panel.form.editor("name").shown_problem() == "Customer name is needed."
    assert stored(office).name == "杭州长荣机电有限公司"


def test_escape_asks_in_place_when_something_was_typed(qtbot, office, panel):
    panel.edit()
    write(panel, "short_name", "长荣")
    panel.leave()
    assert panel.form is not None
    assert [button.text() for button in panel.notice.buttons] == ["Save", "Discard", "Keep editing"]
    panel.notice.buttons[2].click()
    assert panel.notice.text() == ""
    panel.leave()
    panel.notice.buttons[1].click()
    assert panel.form is None
    assert stored(office).short_name == ""


def test_another_record_waits_until_what_was_typed_is_saved(qtbot, office, panel):
    other = office.write(Customer, {"name": "苏州恒达科技有限公司"})
    panel.edit()
    write(panel, "short_name", "长荣")
    panel.show_record(other.id)
    assert panel.record.id == office.changrong.id
    panel.notice.buttons[0].click()
    qtbot.waitUntil(lambda: panel.record.id == other.id)
    assert stored(office).short_name == "长荣"


def test_what_a_colleague_changes_is_shown_at_once_while_reading(qtbot, office, panel):
    office.write(office.changrong, {"tier": "diamond"})
    qtbot.waitUntil(lambda: panel.view.cells["tier"].text == "Diamond")


def test_what_a_colleague_changes_elsewhere_in_the_record_is_said_and_kept(qtbot, office, panel):
    panel.edit()
    write(panel, "short_name", "长荣")
    office.write(office.changrong, {"tier": "diamond"})
    qtbot.waitUntil(lambda: panel.typing.footer.label.text().startswith("李强 changed this at"))
    assert panel.form.editor("tier").value() == "diamond"
    panel.save()
    qtbot.waitUntil(lambda: panel.form is None)
    assert (stored(office).short_name, stored(office).tier) == ("长荣", "diamond")


def conflict_of(qtbot, panel):
    qtbot.waitUntil(lambda: bool(panel.findChildren(ConflictDialog)))
    return panel.findChild(ConflictDialog)


def test_the_same_field_changed_by_two_is_chosen_side_by_side(qtbot, office, panel):
    panel.edit()
    write(panel, "short_name", "长荣")
    write(panel, "wechat", "mine")
    office.write(office.changrong, {"short_name": "荣", "wechat": "theirs"})
    qtbot.waitUntil(tasks.idle)
    panel.save()
    dialog = conflict_of(qtbot, panel)
    dialog.choose_theirs("wechat")
    dialog._save()
    qtbot.waitUntil(lambda: panel.form is None)
    assert (stored(office).short_name, stored(office).wechat) == ("长荣", "theirs")


def test_a_conflict_put_off_leaves_everything_typed(qtbot, office, panel):
    panel.edit()
    write(panel, "short_name", "长荣")
    office.write(office.changrong, {"short_name": "荣"})
    qtbot.waitUntil(tasks.idle)
    panel.save()
    conflict_of(qtbot, panel).reject()
    assert panel.form.editor("short_name").line.text() == "长荣"
    assert stored(office).short_name == "荣"


def test_a_twin_that_appears_while_typing_is_asked_about_before_saving(qtbot, office, panel):
    panel.new()
    panel.form._look.setInterval(100_000)
    write(panel, "name", "苏州恒达科技有限公司")
    office.write(Customer, {"name": "恒达科技"})
    panel.save()
    qtbot.waitUntil(lambda: bool(panel.form.twins.text()))
    assert panel.form.twins.buttons[-1].text() == "Save anyway"
    panel.form.twins.buttons[-1].click()
    qtbot.waitUntil(lambda: panel.record is not None and panel.record.name == "苏州恒达科技有限公司")


def test_a_record_deleted_by_a_colleague_says_so(qtbot, office, panel):
    from crm_desktop.store.change import change

    def delete():
        with change(office.li_qiang, "Delete") as c:
            c.delete(Customer.get_row(office.changrong.id))

    office.ask(delete)
    qtbot.waitUntil(lambda: panel.notice.text() == "This record was deleted.")
    assert panel.record is None


def test_a_window_with_something_typed_does_not_close_unasked(qtbot, window, panel):
    panel.edit()
    write(panel, "short_name", "长荣")
    window.close()
    assert window.isVisible()
    panel.notice.buttons[1].click()
    assert not window.isVisible()


def test_two_versions_of_a_link_are_called_by_name(qtbot, office, panel):
    one, two = (office.write(Customer, {"name": name}) for name in ("甲集团", "乙集团"))
    panel.edit()
    panel.form.editor("parent").picker.set_value(one.id, "甲集团")
    office.write(office.changrong, {"parent": two.id})
    qtbot.waitUntil(tasks.idle)
    panel.save()
    dialog = conflict_of(qtbot, panel)
    qtbot.waitUntil(lambda: dialog._mine["parent"].text() == "甲集团")
    dialog.reject()


def test_escape_closes_a_window_that_is_only_read(window, panel):
    press(panel, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_a_draft_taken_up_again_does_not_overwrite_what_a_colleague_wrote_since(qtbot, office, panel):
    panel.edit()
    write(panel, "wechat", "mine")
    panel.typing.put_aside()
    qtbot.waitUntil(tasks.idle)
    office.write(office.changrong, {"wechat": "theirs"})
    qtbot.waitUntil(lambda: panel.view.cells["wechat"].text == "theirs")
    panel.edit()
    qtbot.waitUntil(lambda: bool(panel.notice.buttons))
    panel.notice.buttons[0].click()
    panel.save()
    conflict_of(qtbot, panel).reject()
    assert stored(office).wechat == "theirs"
    assert panel.form.editor("wechat").line.text() == "mine"


def test_ctrl_z_takes_back_in_the_records_own_window_too(qtbot, office, window, panel):
    before = stored(office).wechat
    panel.edit()
    write(panel, "wechat", "changrong99")
    panel.save()
    qtbot.waitUntil(lambda: stored(office).wechat == "changrong99" and panel.typing is None)
    with qtbot.waitActive(window):
        window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: stored(office).wechat == before)
    qtbot.waitUntil(tasks.idle)
    qtbot.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: stored(office).wechat == "changrong99")
