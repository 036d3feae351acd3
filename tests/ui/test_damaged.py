"""A damaged customer file at the start: in plain words, with its newest backup and with repair; nothing is lost."""

import shutil

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from crm_desktop.store import backup, file
from ui import app as apps
from ui import preferences, tasks
from ui.dialogs.damaged import Damaged
from ui.dialogs.health import Health
from ui.parts import safekeeping


def zeros(path, start, length):
    with path.open("r+b") as stream:
        stream.seek(start)
        stream.write(b"\0" * length)


HARM = {
    "first page": lambda path: zeros(path, 0, 16384),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:200_000]),
    "header": lambda path: zeros(path, 16, 40),
    "empty": lambda path: path.write_bytes(b""),
    "schema": lambda path: zeros(path, 100, 16000),
    "mark": lambda path: zeros(path, 68, 4),
    "text": lambda path: path.write_text("not a customer file", encoding="utf-8"),
}


@pytest.fixture
def start(newcomer, qtbot):
    """Start the program with a file that was the last one, and wait for the window that says what is wrong."""

    def start(harm):
        preferences.USER.set("王芳")
        preferences.LAST_FILE.set(str(newcomer.path))
        HARM[harm](newcomer.path)
        newcomer.app = apps.App(None)
        qtbot.waitUntil(lambda: newcomer.app.damaged is not None)
        newcomer.idle()
        return newcomer.app.damaged

    yield start
    for window in QApplication.topLevelWidgets():
        if isinstance(window, (Damaged, Health)):
            window.hide()
            window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def kept(newcomer):
    """A backup of the file while it was sound."""
    made = []

    def work():
        file.open_file(newcomer.path)
        made.append(backup.make(backup.folder(), "daily"))
        file.close()

    tasks.run(safekeeping.keeper, work)
    newcomer.qtbot.waitUntil(tasks.idle)
    return made[0]


def customers(program):
    return program.ask(lambda: file.one("SELECT count(*) FROM customer"))


@pytest.mark.parametrize("harm", list(HARM))
def test_its_newest_backup_is_offered_and_restored_and_the_damaged_file_is_kept(start, kept, newcomer, qtbot, harm):
    dialog = start(harm)
    damaged = newcomer.path.read_bytes()
    assert newcomer.app.window is None
    assert "Its newest backup" in dialog.newest.text()
    assert "daily backup" in dialog.newest.text()
    dialog.restore_button.click()
    qtbot.waitUntil(lambda: newcomer.app.window is not None)
    newcomer.idle()
    assert customers(newcomer) == 40
    assert newcomer.app.damaged is None
    copies = [path for path in backup.folder().iterdir() if "damaged" in path.name]
    assert [path.read_bytes() for path in copies] == [damaged]
    who = newcomer.ask(lambda: file.ask("SELECT user_name FROM \"change\" WHERE action = 'Restore backup'"))
    assert who == [("王芳",)]


def test_repair_brings_what_can_be_read_and_says_what_is_lost(start, newcomer, qtbot, monkeypatch, tmp_path):
    target = tmp_path / "mended.crm"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    dialog = start("first page")
    damaged = newcomer.path.read_bytes()
    assert not dialog.restore_button.isEnabled()
    assert "No backup of it was found" in dialog.newest.text()
    dialog.repair_button.click()
    newcomer.idle()
    assert "Compare the new file with the last backup" in dialog.found.toPlainText()
    assert newcomer.path.read_bytes() == damaged
    dialog.notice.buttons[0].click()
    qtbot.waitUntil(lambda: newcomer.app.window is not None)
    newcomer.idle()
    assert newcomer.window.info.path == target
    assert customers(newcomer) == 40


def test_repair_can_be_stopped_and_leaves_nothing(start, newcomer, monkeypatch, tmp_path):
    target = tmp_path / "mended.crm"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    dialog = start("schema")
    dialog.repair()
    dialog.reject()
    newcomer.idle()
    assert dialog.isVisible()
    assert dialog.repair_button.isEnabled()
    assert not target.exists()


def test_a_file_in_which_nothing_can_be_read_is_said(start, newcomer, monkeypatch, tmp_path):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "mended.crm"), ""))
    dialog = start("text")
    dialog.repair_button.click()
    newcomer.idle()
    assert "Nothing could be read" in dialog.message_bar.label.text()
    assert not (tmp_path / "mended.crm").exists()


def test_who_closes_it_is_asked_which_file_to_open(start, newcomer):
    start("cut").close_button.click()
    newcomer.idle()
    assert newcomer.app.welcome.isVisible()
    assert newcomer.app.window is None


def test_a_backup_that_lies_elsewhere_can_be_chosen(start, kept, newcomer, qtbot, monkeypatch, tmp_path):
    elsewhere = shutil.move(kept.path, tmp_path / "stick.crm")
    dialog = start("cut")
    assert not dialog.restore_button.isEnabled()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(elsewhere), ""))
    dialog.other_button.click()
    newcomer.idle()
    assert "stick.crm" in dialog.notice.text()
    assert "40 customers" in dialog.notice.text()
    dialog.notice.buttons[0].click()
    qtbot.waitUntil(lambda: newcomer.app.window is not None)
    newcomer.idle()
    assert customers(newcomer) == 40


def test_another_damaged_file_leaves_the_open_one_open(program, tmp_path, monkeypatch):
    shutil.copy(program.path, tmp_path / "other.crm")
    HARM["schema"](tmp_path / "other.crm")
    program.window.file_chosen.emit(tmp_path / "other.crm")
    program.idle()
    dialog = program.app.damaged
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "mended.crm"), ""))
    dialog.repair_button.click()
    program.idle()
    assert program.ask(file.path) == program.path
    dialog.close_button.click()
    program.idle()
    assert customers(program) == 40


def test_a_photo_that_is_called_a_customer_file_is_no_damaged_one(program, tmp_path):
    (tmp_path / "photo.crm").write_bytes(b"\xff\xd8\xff" + b"0" * 200)
    program.window.file_chosen.emit(tmp_path / "photo.crm")
    program.idle()
    assert program.app.damaged is None
    assert "a photo" in program.bar
