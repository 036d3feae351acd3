"""The state of the file in the window: its facts, what a check finds, and room won back."""

import threading
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QFileDialog

import crm_desktop
from crm_desktop.errors import UserError
from crm_desktop.store import backup, backups, checking, file, places
from ui.dialogs.health import Health


@pytest.fixture
def dialog(program):
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    program.command("show_health")
    program.idle()
    (found,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, Health) and w.isVisible())
    yield found
    if shiboken6.isValid(found):
        found.reject()


def facts(dialog):
    return [label.text() for label in dialog._values]


def test_place_drive_size_last_backup_and_versions_are_told(program, dialog):
    place, drive, size, written, backed_up, checked, programs = facts(dialog)
    assert place == str(program.path)
    assert drive == "The file lies on this computer."
    assert size.startswith(f"{program.path.stat().st_size / 1e6:.1f} MB")
    assert (backed_up, checked) == ("never", "never on this computer")
    assert written.startswith("20")
    version = program.ask(lambda: file.one("PRAGMA user_version"))
    for part in (f"CRM Desktop {crm_desktop.__version__}", f"file format {version}", "SQLite 3.", "Qt 6."):
        assert part in programs
    made = program.ask(lambda: backup.make(backup.folder()))
    dialog.reload()
    program.idle()
    assert facts(dialog)[4] == made.at[:16].replace("T", " ")


def test_the_kind_of_drive_is_asked_where_it_holds_nobody_up(program, dialog, monkeypatch):
    asked = []

    def of(path):
        asked.append(threading.current_thread().name)
        return places.Place("smb", "cifs", "/mnt/office")

    monkeypatch.setattr(places, "of", of)
    dialog._path = Path()
    dialog.reload()
    program.idle()
    assert asked == ["second"]
    assert "network drive (/mnt/office)" in facts(dialog)[1]


def test_a_sound_file_is_called_sound(program, dialog):
    dialog.check_button.click()
    assert not dialog.check_button.isEnabled()
    program.idle()
    assert "The file is sound" in dialog.notice.text()
    assert dialog.found.isHidden()
    assert dialog.check_button.isEnabled()
    assert facts(dialog)[5].endswith("pages, links, search index and log · sound")


def test_a_quick_check_reads_the_pages_and_says_that_it_read_no_more(program, dialog):
    program.ask(lambda: file.connection().execute("DELETE FROM customer_hay WHERE id = (SELECT min(id) FROM customer)"))
    dialog.quick_button.click()
    program.idle()
    assert "Every page of the file can be read" in dialog.notice.text()
    assert facts(dialog)[5].endswith("quick check: pages · sound")


def test_the_last_check_is_remembered(program, dialog):
    dialog.check_button.click()
    program.idle()
    dialog.reject()
    again = Health(program.window)
    again.reload()
    program.idle()
    assert facts(again)[5].endswith("· sound")
    again.deleteLater()


def test_what_is_wrong_is_listed(program, dialog):
    program.ask(lambda: file.connection().execute("DELETE FROM customer_hay WHERE id = (SELECT min(id) FROM customer)"))
    dialog.check_button.click()
    program.idle()
    assert dialog.notice.text() == "1 problem was found."
    assert facts(dialog)[5].endswith("1 problem")
    assert "search index" in dialog.found.toPlainText()
    assert dialog.found.isVisible()


def test_a_check_that_is_stopped_says_nothing(program, dialog):
    dialog.check_button.click()
    dialog._progress.cancel()
    program.idle()
    assert dialog.notice.text() == ""
    assert dialog.check_button.isEnabled()


def test_compacting_wins_room_and_changes_no_content(program, dialog):
    def waste():
        raw = file.connection()
        raw.execute("CREATE TABLE waste AS SELECT randomblob(1000000) AS x")
        raw.execute("DROP TABLE waste")
        return content(raw)

    def content(raw):
        names = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: sorted(map(repr, raw.execute(f'SELECT * FROM "{name}"'))) for name in names if "_fts_" not in name
        }

    before, size = program.ask(waste), program.path.stat().st_size
    dialog.compact_button.click()
    program.idle()
    assert program.path.stat().st_size <= size - 900_000
    assert "MB smaller" in dialog.message_bar.label.text()
    assert program.ask(lambda: content(file.connection())) == before
    assert program.ask(lambda: checking.problems() or "sound") == "sound"
    assert program.ask(lambda: file.one("PRAGMA journal_mode")) == "persist"


def test_a_file_that_others_use_is_not_compacted_and_it_is_said(program, dialog, monkeypatch):
    def busy(_progress):
        raise UserError("Others are using the file.")

    monkeypatch.setattr(checking, "compact", busy)
    dialog.compact_button.click()
    program.idle()
    assert dialog.message_bar.label.text() == "Others are using the file."
    assert dialog.compact_button.isEnabled()


def test_compacting_can_be_stopped_and_changes_nothing_then(program, dialog, monkeypatch):
    monkeypatch.setattr(backups, "OFTEN", 100)

    def waste():
        raw = file.connection()
        raw.execute("CREATE TABLE waste AS SELECT randomblob(1000000) AS x")
        raw.execute("DROP TABLE waste")
        return program.path.stat().st_size

    size = program.ask(waste)
    dialog.compact_button.click()
    dialog._progress.was_cancelled = True  # as Cancel does while it runs
    program.idle()
    assert program.path.stat().st_size == size
    assert "smaller" not in dialog.message_bar.label.text()
    assert dialog.compact_button.isEnabled()
    assert program.ask(lambda: checking.problems() or "sound") == "sound"


def test_repair_of_a_damaged_file_says_what_is_lost_and_opens_the_new_one(program, dialog, monkeypatch, tmp_path):
    target = tmp_path / "mended.crm"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))

    def damage():
        root = file.one("SELECT rootpage FROM sqlite_master WHERE name = 'interaction'")
        with program.path.open("r+b") as stream:
            stream.seek((root - 1) * 16384)
            stream.write(b"\x5a" * 16384)
        file.close()  # what it still has in memory would hide it
        file.open_file(program.path)
        return True

    program.ask(damage)
    dialog.check_button.click()
    program.idle()
    assert "problem" in dialog.notice.text()
    damaged = program.path.read_bytes()
    dialog.notice.buttons[0].click()
    program.idle()
    assert "Contact record" in dialog.found.toPlainText()
    assert program.path.read_bytes() == damaged
    assert program.ask(file.path) == program.path
    dialog.notice.buttons[0].click()
    program.idle()
    assert program.window.info.path == target
    assert program.ask(lambda: file.one("SELECT count(*) FROM customer")) == 40


def test_repair_of_a_sound_file_says_that_it_is_sound(program, dialog, monkeypatch, tmp_path):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "mended"), ""))
    dialog.repair_button.click()
    program.idle()
    assert "not damaged" in dialog.found.toPlainText()
    assert (tmp_path / "mended.crm").exists()
    assert program.ask(file.path) == program.path
