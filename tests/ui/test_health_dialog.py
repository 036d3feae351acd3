"""The state of the file in the window: its facts, what a check finds, and room won back."""

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from crm_desktop.errors import UserError
from crm_desktop.store import backup, checking, file
from ui.dialogs.health import Health


@pytest.fixture
def dialog(program):
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    program.command("health.Health")
    program.idle()
    (found,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, Health) and w.isVisible())
    yield found
    found.reject()


def facts(dialog):
    return [label.text() for label in dialog._values]


def test_place_size_last_backup_and_versions_are_told(program, dialog):
    place, size, written, backed_up, version, programs = facts(dialog)
    assert place == str(program.path)
    assert size.startswith(f"{program.path.stat().st_size / 1e6:.1f} MB")
    assert (backed_up, version) == ("never", str(program.ask(lambda: file.one("PRAGMA user_version"))))
    assert written.startswith("20")
    assert "SQLite 3." in programs
    made = program.ask(lambda: backup.make(backup.folder()))
    dialog.reload()
    program.idle()
    assert facts(dialog)[3] == made.at[:16].replace("T", " ")


def test_a_sound_file_is_called_sound(program, dialog):
    dialog.check_button.click()
    assert not dialog.check_button.isEnabled()
    program.idle()
    assert "The file is sound" in dialog.notice.text()
    assert dialog.found.isHidden()
    assert dialog.check_button.isEnabled()


def test_what_is_wrong_is_listed(program, dialog):
    program.ask(lambda: file.connection().execute("DELETE FROM customer_hay WHERE id = (SELECT min(id) FROM customer)"))
    dialog.check_button.click()
    program.idle()
    assert dialog.notice.text() == "1 problem was found."
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
    def busy():
        raise UserError("Others are using the file.")

    monkeypatch.setattr(checking, "compact", busy)
    dialog.compact_button.click()
    program.idle()
    assert dialog.message_bar.label.text() == "Others are using the file."
    assert dialog.compact_button.isEnabled()
