"""The first window a newcomer sees."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QPushButton

from crm_desktop import paths
from crm_desktop.i18n import set_language
from ui import preferences
from ui.dialogs.welcome import Welcome


@pytest.fixture
def welcome(qtbot, dressed):
    window = Welcome()
    qtbot.addWidget(window)
    window.show()
    window.wishes = []
    window.chosen.connect(window.wishes.append)
    return window


def test_without_a_name_it_says_what_is_missing_and_does_nothing(welcome):
    welcome.name.setCurrentText("  ")
    for button in (welcome.create_button, welcome.open_button, welcome.demo_button):
        button.click()
    assert welcome.wishes == []
    assert welcome.trouble.text() == "Please type your name first."
    assert welcome.trouble.isVisible()


def test_it_tells_where_the_file_will_lie_and_makes_it_there(welcome):
    welcome.name.setCurrentText("王芳")
    welcome.office.setText(" 华东商贸 ")
    welcome.create_button.click()
    (wish,) = welcome.wishes
    assert (wish.user, wish.office, wish.create, wish.path) == ("王芳", "华东商贸", True, paths.default_file())
    assert any(str(paths.default_file()) in label.text() for label in welcome.findChildren(type(welcome.trouble)))


def test_a_file_that_is_there_is_not_touched_by_a_new_one(welcome):
    paths.default_file().parent.mkdir(parents=True, exist_ok=True)
    paths.default_file().write_bytes(b"somebody's")
    welcome.name.setCurrentText("王芳")
    welcome.create_button.click()
    assert welcome.wishes[0].path != paths.default_file()
    assert not welcome.wishes[0].path.exists()


def test_a_file_that_exists_is_chosen(welcome, monkeypatch, tmp_path):
    answers = iter([("", ""), (str(tmp_path / "a.crm"), "")])
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: next(answers))
    welcome.name.setCurrentText("王芳")
    welcome.open_button.click()
    assert welcome.wishes == []
    welcome.open_button.click()
    assert (welcome.wishes[0].path, welcome.wishes[0].create) == (tmp_path / "a.crm", False)


def test_the_cursor_waits_in_the_name(qtbot, welcome):
    with qtbot.waitActive(welcome):
        welcome.activateWindow()
    assert welcome.name.hasFocus()


def test_the_name_this_computer_remembers_stands_there(qtbot, dressed):
    preferences.USER.set("李强")
    window = Welcome()
    qtbot.addWidget(window)
    assert window.name.currentText() == "李强"


def test_another_language_keeps_what_was_typed(qtbot, welcome):
    welcome.name.setCurrentText("王芳")
    welcome.office.setText("华东商贸")
    welcome.language_chosen.connect(lambda name: (set_language(name), welcome.rebuild()))
    box = next(b for b in welcome.findChildren(QComboBox) if b.accessibleName() == "Language")
    box.setCurrentIndex(box.findData("zh_CN"))
    box.activated.emit(box.currentIndex())
    assert "Welcome" not in welcome.windowTitle()
    assert welcome.name.currentText() == "王芳"
    assert welcome.office.text() == "华东商贸"
    welcome.create_button.click()
    assert welcome.wishes[0].office == "华东商贸"


def test_in_an_open_file_only_the_name_is_asked_for(qtbot, dressed, tmp_path):
    window = Welcome("", ["李强", "王芳"], tmp_path / "office.crm")
    qtbot.addWidget(window)
    window.show()
    wishes = []
    window.chosen.connect(wishes.append)
    assert not window.office.isVisible()
    assert [window.name.itemText(n) for n in range(2)] == ["李强", "王芳"]
    window.name.setCurrentText("王芳")
    (start,) = [b for b in window.findChildren(QPushButton) if b.isVisible()]
    start.click()
    assert (wishes[0].user, wishes[0].path, wishes[0].create) == ("王芳", tmp_path / "office.crm", False)


def test_enter_goes_on_from_the_name_to_the_office_and_makes_the_file(qtbot, welcome):
    with qtbot.waitActive(welcome):
        welcome.activateWindow()
    qtbot.keyClicks(welcome.name, "Anna")
    qtbot.keyClick(welcome.name, Qt.Key.Key_Return)
    assert welcome.wishes == []
    assert welcome.office.hasFocus()
    qtbot.keyClicks(welcome.office, "Huadong")
    qtbot.keyClick(welcome.office, Qt.Key.Key_Return)
    assert [(wish.user, wish.office, wish.create) for wish in welcome.wishes] == [("Anna", "Huadong", True)]


def test_enter_after_the_name_goes_into_an_open_file(qtbot, dressed, tmp_path):
    window = Welcome("", ["李强", "王芳"], tmp_path / "office.crm")
    qtbot.addWidget(window)
    window.show()
    wishes = []
    window.chosen.connect(wishes.append)
    window.name.setCurrentText("")
    qtbot.keyClick(window.name, Qt.Key.Key_Return)
    assert (wishes, window.trouble.text()) == ([], "Please type your name first.")
    qtbot.keyClicks(window.name, "Anna")
    qtbot.keyClick(window.name, Qt.Key.Key_Return)
    assert [wish.user for wish in wishes] == ["Anna"]
    assert window.name.count() == 2


def test_nothing_is_cut_off(welcome):
    welcome.adjustSize()
    welcome.grab()
    for button in welcome.findChildren(QPushButton):
        assert button.width() >= button.sizeHint().width()
    assert welcome.width() < 800
    assert welcome.height() < 700
