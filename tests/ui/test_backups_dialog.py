"""Backups in the window: made, listed, restored; by themselves each day, on quitting and before an import."""

import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel

from crm_desktop import retention
from crm_desktop.errors import UserError
from crm_desktop.models import Customer
from crm_desktop.models import office as offices
from crm_desktop.store import backup, file
from crm_desktop.store.change import change
from ui import single, tasks
from ui.dialogs.backups import Backups
from ui.dialogs.restoring import Restoring
from ui.parts import safekeeping
from ui.parts.safekeeping import keeper


@pytest.fixture(autouse=True)
def nothing_remembered():
    yield
    keeper.forget()
    assert keeper.progress is None


def shown(kind):
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    (dialog,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())
    return dialog


@pytest.fixture
def dialog(program):
    program.command("show_backups")
    program.idle()
    yield shown(Backups)
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QDialog):
            window.close()


def made():
    return backup.found_in(backup.folder())


def texts(dialog):
    rows = dialog.list.list_model
    return [[rows.index(r, c).data() for c in range(rows.columnCount())] for r in range(rows.rowCount())]


def rename(program, name):
    def work():
        with change(None, "Edit") as c:
            c.save(Customer.select().order_by(Customer.id).first(), {"name": name})

    program.ask(lambda: work() or True)


def first_name(program):
    return program.ask(lambda: file.one("SELECT name FROM customer ORDER BY id LIMIT 1"))


def yesterday(monkeypatch, days=1):
    """Backups are made that many days ago."""

    class Clock:
        @staticmethod
        def now():
            return datetime.now() - timedelta(days=days)

    monkeypatch.setattr(backup, "datetime", Clock)


def test_a_backup_is_made_proved_and_listed(program, dialog):
    assert "no backup yet" in dialog.list._empty.sentence.text()
    dialog.make_button.click()
    assert not dialog.make_button.isEnabled()
    program.idle()
    ((at, why, office, size, verified, place),) = texts(dialog)
    assert (why, office, verified, place) == ("backup by hand", "华东商贸有限公司", "yes", "This computer")
    assert at
    assert size.endswith(" MB")
    assert backup.verify(made()[0].path) == []
    assert made()[0].path.name in dialog.message_bar.label.text()
    assert dialog.make_button.isEnabled()


def test_the_chosen_backup_stays_chosen_when_a_newer_one_comes(program, dialog):
    dialog.make_button.click()
    program.idle()
    dialog.list.selectRow(0)
    chosen = made()[0].path
    with_reason = program.ask(lambda: backup.make(backup.folder(), "merge"))
    dialog.reload()
    program.idle()
    assert len(texts(dialog)) == 2
    (number,) = dialog.list.selected_ids()
    assert dialog._source.backups[number][0].path == chosen != with_reason.path


def test_a_second_place_gets_every_backup_too_and_is_remembered(program, dialog, monkeypatch, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    dialog.choose_button.click()
    program.idle()
    assert dialog.second.text() == str(stick)
    dialog.make_button.click()
    program.idle()
    assert sorted(row[-1] for row in texts(dialog)) == ["Second place", "This computer"]
    (there,) = backup.found_in(stick)
    assert backup.verify(there.path) == []
    assert there.counts == made()[0].counts
    assert [path.name for path in stick.iterdir()] == [made()[0].path.name]


def test_a_second_place_that_is_gone_is_said_and_the_first_backup_is_there(program, dialog, tmp_path):
    safekeeping.SECOND.set(str(tmp_path / "gone"))
    dialog.reload()
    program.idle()
    assert "cannot be reached" in dialog.second.text()
    dialog.make_button.click()
    program.idle()
    assert len(made()) == 1
    assert "on this computer only" in dialog.message_bar.label.text()
    assert not (tmp_path / "gone").exists()


def test_a_cancelled_backup_leaves_nothing(program, dialog):
    dialog.make_button.click()
    keeper.progress.cancel()
    program.idle()
    assert list(backup.folder().iterdir()) == []
    assert dialog.make_button.isEnabled()
    assert keeper.trouble == ""


def test_a_backup_is_compared_then_restored_and_what_was_before_is_kept(program, dialog):
    before = first_name(program)
    dialog.make_button.click()
    program.idle()
    rename(program, "新名字有限公司")
    dialog.list.selectRow(0)
    dialog.restore_button.click()
    program.idle()
    look = shown(Restoring)
    labels = [label.text() for label in look.findChildren(QLabel)]
    assert labels.count("40") == 2
    assert look.notice.text() == ""
    assert first_name(program) == "新名字有限公司"
    look.restore_button.click()
    program.idle()
    assert first_name(program) == before
    safety = next(one for one in made() if one.reason == "restore")
    assert safety.path.name in dialog.notice.text()
    assert [row[1] for row in texts(dialog)].count("before restore") == 1
    assert program.window.info.path == program.path


def test_the_backup_of_another_office_is_asked_about_again_with_both_names(program, dialog, tmp_path):
    def other():
        file.create(tmp_path / "other.crm")
        offices.found_office("别家公司")
        with change(None, "New") as c:
            c.save(Customer, {"name": "别家公司"})
        one = backup.make(tmp_path / "b")
        file.open_file(program.path)
        return one.path

    dialog._look_at(program.ask(other))
    program.idle()
    look = shown(Restoring)
    assert "another customer file" in look.notice.text()
    ours = program.window.info.office
    before = first_name(program)
    look.restore_button.click()
    program.idle()
    assert f"Replace everything of “{ours}” with what was in “别家公司”?" in look.notice.text()
    assert first_name(program) == before
    look.notice.buttons[1].click()  # keep ours
    assert not look.isVisible()
    dialog._look_at(made()[0].path if made() else next((tmp_path / "b").iterdir()))
    program.idle()
    look = shown(Restoring)
    look.restore_button.click()
    look.notice.buttons[0].click()
    program.idle()
    assert program.window.info.office == "别家公司"
    assert first_name(program) == "别家公司"


def test_a_file_that_is_no_backup_is_refused_with_a_sentence(program, dialog, monkeypatch, tmp_path):
    (tmp_path / "photo.crm").write_bytes(b"\xff\xd8\xff" + b"0" * 200)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "photo.crm"), ""))
    dialog.restore_other()
    program.idle()
    look = shown(Restoring)
    assert "a photo" in look.message_bar.label.text()
    assert not look.restore_button.isEnabled()
    look.reject()


def test_a_restore_that_fails_leaves_the_file_and_says_so(program, dialog):
    dialog.make_button.click()
    program.idle()
    rename(program, "新名字有限公司")
    look = Restoring(dialog, made()[0].path)
    look.open()
    program.idle()
    content = made()[0].path.read_bytes()
    made()[0].path.write_bytes(content[: len(content) // 2])
    look.restore_button.click()
    program.idle()
    assert look.isVisible()
    assert look.message_bar.label.text()
    assert first_name(program) == "新名字有限公司"
    look.reject()


def test_the_folder_of_this_computers_backups_is_no_second_place(program, dialog, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(backup.folder() / ".." / "backups"))
    dialog.choose_button.click()
    assert "already" in dialog.message_bar.label.text()
    assert safekeeping.SECOND.get() == ""


# by itself


def test_a_day_without_a_backup_gets_one_by_itself_and_only_one(program):
    keeper.look()
    program.idle()
    keeper.look()
    program.idle()
    assert [one.reason for one in made()] == ["daily"]


def test_the_start_makes_no_backup(program):
    assert made() == []
    (clock,) = program.app.findChildren(safekeeping.Clock)
    assert clock.isActive()
    assert clock.interval() == safekeeping.FIRST_LOOK
    clock.timeout.emit()
    program.idle()
    assert [one.reason for one in made()] == ["daily"]
    assert clock.interval() == safekeeping.NEXT_LOOK


def test_old_backups_are_thinned_after_an_automatic_one_but_not_after_one_by_hand(program, monkeypatch):
    def two_old():
        with monkeypatch.context() as patch:
            yesterday(patch)
            backup.make(backup.folder(), "daily")
            backup.make(backup.folder(), "daily")
        return True

    program.ask(two_old)
    keeper.back_up("manual")
    program.idle()
    assert len(made()) == 3
    keeper.back_up("daily")
    program.idle()
    assert len(made()) == 3


def test_on_quitting_only_what_was_written_since_is_backed_up(program, monkeypatch):
    with monkeypatch.context() as patch:
        yesterday(patch, days=-1)
        program.ask(lambda: backup.make(backup.folder(), "daily"))
    program.ask(lambda: safekeeping.on_exit() or True)
    assert [one.reason for one in made()] == ["daily"]
    made()[0].path.unlink()
    program.ask(lambda: safekeeping.on_exit() or True)
    assert [one.reason for one in made()] == ["exit"]


@pytest.fixture
def stick(tmp_path):
    """The second place."""
    folder = tmp_path / "stick"
    folder.mkdir()
    safekeeping.SECOND.set(str(folder))
    return folder


def test_on_quitting_and_before_something_large_the_second_place_gets_its_copy_too(program, stick):
    program.ask(lambda: safekeeping.before("import", tasks.Progress()) or True)
    program.idle()
    assert [one.reason for one in backup.found_in(stick)] == ["import"]
    made()[0].path.unlink()
    program.ask(lambda: safekeeping.on_exit() or True)
    assert sorted(one.reason for one in backup.found_in(stick)) == ["exit", "import"]
    assert all(backup.verify(one.path) == [] for one in backup.found_in(stick))


def test_a_second_place_that_is_gone_is_said_after_a_backup_in_passing(program, stick):
    stick.rmdir()
    program.ask(lambda: safekeeping.before("import", tasks.Progress()) or True)
    program.idle()
    assert [one.reason for one in made()] == ["import"]
    assert "on this computer only" in program.bar


def test_a_backup_on_exit_that_failed_is_said_on_today_at_the_next_start_until_one_succeeds(program, monkeypatch):
    def full(*_arguments, **_named):
        raise UserError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(backup, "make", full)
        program.ask(lambda: safekeeping.on_exit() or True)
    program.end()
    keeper.forget()
    program.begin(program.path)
    tab = program.tab("today")
    assert tab.notice.text() == "The backup on exit failed. The disk is full."
    tab.notice.buttons[0].click()
    program.idle()
    assert tab.notice.text() == ""
    keeper.forget(program.path)
    assert keeper.trouble == ""


def test_a_second_place_that_is_gone_on_exit_is_said_at_the_next_start_too(program, stick):
    stick.rmdir()
    program.ask(lambda: safekeeping.on_exit() or True)
    assert [one.reason for one in made()] == ["exit"]
    keeper.forget(program.path)
    assert "on this computer only" in keeper.trouble
    keeper.forget(program.path.with_name("another.crm"))
    assert keeper.trouble == ""


def test_a_slow_second_place_does_not_hold_up_the_end(program, stick, monkeypatch):
    monkeypatch.setattr(safekeeping, "EXIT_SECONDS", -1)
    program.ask(lambda: safekeeping.on_exit() or True)
    assert list(stick.iterdir()) == []
    keeper.forget(program.path)
    assert "took too long on exit" in keeper.trouble


def test_copies_from_before_an_upgrade_are_listed_and_thinned_with_the_others(program):
    for n in range(1, 6):
        copy = program.path.with_name(f"office.before-upgrade-{n}.crm")
        shutil.copyfile(program.path, copy)
        os.utime(copy, (1_700_000_000 + n, 1_700_000_000 + n))
    program.command("show_backups")
    dialog = shown(Backups)
    rows = texts(dialog)
    assert [(row[1], row[-2], row[-1]) for row in rows] == [("before upgrade", "yes", "Beside the customer file")] * 5
    dialog.list.selectRow(0)
    assert dialog.restore_button.isEnabled()
    keeper.back_up("daily")
    program.idle()
    assert [row[1] for row in texts(dialog)] == ["daily backup"] + ["before upgrade"] * 3
    dialog.close()


def test_a_large_file_is_not_backed_up_on_quitting(program, monkeypatch):
    monkeypatch.setattr(retention, "QUICK", 1000)
    program.ask(lambda: safekeeping.on_exit() or True)
    assert made() == []


def test_who_starts_again_while_the_program_ends_gets_a_new_one(program):
    program.app.other.close()
    assert single.hand_over("") is False


# Today


def test_today_says_that_there_is_no_backup_and_makes_one(program):
    tab = program.tab("today")
    program.idle()
    assert tab.notice.text() == "There is no backup of this file yet. Make one now."
    (button,) = tab.notice.buttons
    button.click()
    program.idle()
    assert [one.reason for one in made()] == ["manual"]
    assert tab.notice.text() == ""
    assert "proved sound" in program.bar


def test_today_says_how_old_the_last_backup_is(program, monkeypatch):
    with monkeypatch.context() as patch:
        yesterday(patch, days=3)
        program.ask(lambda: backup.make(backup.folder(), "daily"))
    tab = program.tab("today")
    tab.reload()
    program.idle()
    assert "3 days old" in tab.notice.text()


def test_a_backup_that_fails_is_said_in_the_bar_and_on_today_until_one_succeeds(program, monkeypatch):
    tab = program.tab("today")
    with monkeypatch.context() as patch:

        def full(*_arguments, **_named):
            raise UserError("The disk is full.")

        patch.setattr(backup, "copy", full)
        keeper.look()
        program.idle()
    assert program.bar == tab.notice.text() == "The backup failed. The disk is full."
    tab.notice.buttons[0].click()
    program.idle()
    assert tab.notice.text() == ""
    assert keeper.trouble == ""


def test_before_something_large_the_file_is_backed_up_or_it_is_said_why_not(program, monkeypatch):
    progress = tasks.Progress()
    assert program.ask(lambda: safekeeping.before("import", progress) or "nothing to tell") == "nothing to tell"
    assert [one.reason for one in made()] == ["import"]
    with monkeypatch.context() as patch:
        patch.setattr(retention, "QUICK", 1000)
        assert "daily backup counts" in program.ask(lambda: safekeeping.before("import", progress))
    monkeypatch.setattr(backup, "folder", lambda: Path(program.path) / "no folder")
    assert "No backup was made" in program.ask(lambda: safekeeping.before("import", progress))
