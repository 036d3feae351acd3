"""Cleaning in the window: looked at rule by rule and value by value, changed in one go, taken back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

from crm_desktop import cleaning
from crm_desktop.store import file
from crm_desktop.store.change import change
from ui.dialogs.cleaning import CleanUp
from ui.parts import safekeeping


def tidy():
    with change(None, "Clean up") as c:
        cleaning.apply(c, cleaning.proposals())


def muddle():
    """Two company names and a WeChat as no form would let them through."""
    tidy()
    ask = file.connection().execute
    ids = [i for (i,) in file.ask("SELECT id FROM customer ORDER BY id LIMIT 2")]
    ask("UPDATE customer SET name = '长荣(杭州)有限公司' WHERE id = ?", (ids[0],))
    ask("UPDATE customer SET name = '恒达(苏州)有限公司', wechat = 'ｗｘ１' WHERE id = ?", (ids[1],))
    file.connection().commit()
    return ids


@pytest.fixture
def muddled(program):
    """The ids of two customers with something to clean."""
    return program.ask(muddle)


@pytest.fixture
def opened(program):
    """The dialog that the menu entry opens."""

    def open():
        program.command("cleaning.CleanUp")
        dialog = next(w for w in program.window.findChildren(CleanUp) if w.isVisible())
        program.idle()
        return dialog

    return open


def stored(program, column, ids):
    return program.ask(lambda: [file.rows("customer", [i])[i][column] for i in ids])


def shown(program, dialog):
    view = dialog.values.list
    return program.ask(lambda: list(view.list_model.source.rows(view.list_model.ids).values()))


def test_rules_are_counted_and_each_value_stands_before_and_after(program, muddled, opened):
    dialog = opened()
    visible = [tick.text() for tick in dialog.ticks.values() if tick.isVisible()]
    assert visible == ["Full-width letters and digits (1)", "Company names (2)"]
    assert dialog.button.text() == "Change 3 values"
    assert [row[2:] for row in shown(program, dialog)] == [
        ("WeChat", "ｗｘ１", "wx1"),
        ("Customer name", "长荣(杭州)有限公司", "长荣（杭州）有限公司"),
        ("Customer name", "恒达(苏州)有限公司", "恒达（苏州）有限公司"),
    ]


def test_what_is_not_ticked_and_what_is_left_out_stays_as_it_is(program, muddled, opened):
    dialog = opened()
    dialog.ticks["width"].click()
    program.idle()
    dialog.values.list.selectRow(1)
    dialog.values.button.click()
    program.idle()
    assert [row[0] for row in shown(program, dialog)] == [True, False]
    assert dialog.button.text() == "Change 1 value"
    dialog.button.click()
    program.idle()
    assert stored(program, "name", muddled) == ["长荣（杭州）有限公司", "恒达(苏州)有限公司"]
    assert stored(program, "wechat", muddled)[1] == "ｗｘ１"
    assert not dialog.button.isEnabled()


def test_space_leaves_a_value_out_and_takes_it_in_again(program, muddled, opened):
    dialog = opened()
    dialog.values.list.setFocus()
    dialog.values.list.selectRow(0)
    for number, offered in ((2, "Take in again"), (3, "Leave out")):
        program.press(dialog.values.list, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier)
        assert dialog.button.text() == f"Change {number} values"
        assert dialog.values.button.text() == offered


def test_afterwards_everything_is_tidy_and_undo_stands_in_the_bar(program, muddled, opened):
    dialog = opened()
    dialog.button.click()
    program.idle()
    assert dialog.message_bar.label.text() == "3 values changed."
    assert dialog.values.empty.isVisible()
    assert dialog.values.empty.sentence.text() == "Everything is tidy ✓"
    assert not dialog.rules.isVisible()
    dialog.message_bar.action.click()
    program.idle()
    assert stored(program, "name", muddled) == ["长荣(杭州)有限公司", "恒达(苏州)有限公司"]
    assert dialog.button.text() == "Change 3 values"


def test_a_backup_comes_before_and_is_told_of_where_there_could_be_none(program, muddled, opened, monkeypatch):
    before = []

    def none(reason, _progress):
        before.append((reason, file.one("SELECT count(*) FROM customer WHERE name = '长荣(杭州)有限公司'")))
        return "No backup was made before this."

    monkeypatch.setattr(safekeeping, "before", none)
    dialog = opened()
    said = []
    monkeypatch.setattr(dialog.message_bar, "say", lambda text, **_more: said.append(text))
    dialog.button.click()
    program.idle()
    assert before == [("bulk", 1)]
    assert said == ["No backup was made before this.", "3 values changed."]


def test_changing_can_be_cancelled_and_nothing_is_changed(program, muddled, opened, monkeypatch):
    dialog = opened()
    monkeypatch.setattr(safekeeping, "before", lambda _reason, progress: progress.cancel() or "")
    dialog.button.click()
    program.idle()
    assert stored(program, "name", muddled) == ["长荣(杭州)有限公司", "恒达(苏州)有限公司"]
    assert dialog.button.text() == "Change 3 values"
    assert dialog.button.isEnabled()


def test_what_is_written_goes_on_when_the_window_is_closed(program, muddled, opened):
    dialog = opened()
    dialog.button.click()
    dialog.accept()
    program.idle()
    assert stored(program, "name", muddled) == ["长荣（杭州）有限公司", "恒达（苏州）有限公司"]
    assert program.bar == "3 values changed."


def test_looking_can_be_stopped_and_begun_again(program, muddled, monkeypatch):
    looked = []

    def slowly(progress=None, rules=()):
        looked.append(progress)
        while len(looked) == 1:
            progress(1, 2)
        return []

    monkeypatch.setattr(cleaning, "proposals", slowly)
    action = program.window.findChild(QAction, "cleaning.CleanUp")
    action.trigger()
    dialog = next(w for w in program.window.findChildren(CleanUp) if w.isVisible())
    program.qtbot.waitUntil(lambda: len(looked) == 1)
    looked[0].cancel()
    program.idle()
    assert dialog.values.empty.button.text() == "Look again"
    dialog.values.empty.button.click()
    program.idle()
    assert dialog.values.empty.sentence.text() == "Everything is tidy ✓"


def test_closing_the_window_stops_looking(program, muddled, opened):
    dialog = opened()
    dialog.look()
    looking = dialog._looking
    dialog.accept()
    assert looking.was_cancelled
    program.idle()
