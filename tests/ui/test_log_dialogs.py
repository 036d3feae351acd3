"""The operation log and the recycle bin in the window: found, looked at, taken back, brought back."""

import gzip
import platform
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from crm_desktop import recycle_bin, removal, retention
from crm_desktop.models import Customer
from crm_desktop.models import office as offices
from crm_desktop.store import backup, file, migrations, traces
from crm_desktop.store.change import change
from ui import preferences
from ui.dialogs.operations import PERIODS, Operations, period
from ui.dialogs.printing import LogDialog
from ui.dialogs.recycle_bin import TYPING, RecycleBin


@pytest.fixture
def opened(program):
    """The dialog that a menu entry opens."""

    def open(name, kind):
        program.command(name)
        dialog = next(w for w in program.window.findChildren(kind) if w.isVisible())
        program.idle()
        return dialog

    return open


@pytest.fixture
def silver(program):
    """李强 made the first customer silver; its id."""

    def work():
        id = file.one("SELECT id FROM customer WHERE tier <> 'silver' ORDER BY id LIMIT 1")
        with change(LI_QIANG, "Edit customer") as c:
            c.note = "wish of the boss"
            c.save(Customer.get_row(id), {"tier": "silver"})
        return id

    return program.ask(work)


class LiQiang:
    id, name = None, "李强"


LI_QIANG = LiQiang()


@pytest.fixture
def log(silver, opened):
    return opened("operations.Operations", Operations)


def tier(program, id):
    return program.ask(lambda: file.one("SELECT tier FROM customer WHERE id = ?", (id,)))


def row(view, number):
    id = view.list_model.ids[number]
    return view.list_model.source.rows([id])[id]


def test_the_log_tells_what_was_done_and_which_records_on_demand(program, log, silver):
    found = program.ask(lambda: row(log.list, 0))
    assert found[1:5] == ("李强", "Edit customer", "1 changed", "wish of the boss")
    log.list.selectRow(0)
    program.idle()
    assert log.records.list_model.rowCount() == 1
    assert "→ Silver" in program.ask(lambda: row(log.records, 0))[2]


def test_an_action_is_taken_back_and_done_again_at_any_later_time(program, log, silver):
    log.list.selectRow(0)
    program.idle()
    assert (log.undo_button.isEnabled(), log.again_button.isEnabled()) == (True, False)
    log.undo_button.click()
    program.idle()
    assert tier(program, silver) != "silver"
    assert log.message_bar.label.text() == "1 record restored."
    assert (log.undo_button.isEnabled(), log.again_button.isEnabled()) == (False, True)
    log.again_button.click()
    program.idle()
    assert tier(program, silver) == "silver"
    assert (log.undo_button.isEnabled(), log.again_button.isEnabled()) == (True, False)


def test_the_log_is_found_by_text_person_kind_and_period(program, log):
    every = len(log.list.list_model.ids)
    log.who.setCurrentIndex(log.who.findData("李强"))
    program.idle()
    assert len(log.list.list_model.ids) == 1
    log.who.setCurrentIndex(0)
    log.text.setText("wish of")
    program.qtbot.waitUntil(lambda: len(log.list.list_model.ids) == 1)
    log.text.clear()
    log.kind.setCurrentIndex(log.kind.findData("deleted"))
    program.qtbot.waitUntil(lambda: len(log.list.list_model.ids) == 0)
    log.kind.setCurrentIndex(0)
    log.period.setCurrentIndex(1)
    program.qtbot.waitUntil(lambda: len(log.list.list_model.ids) == every)


def test_enter_in_the_search_box_takes_nothing_back(program, log, silver):
    log.list.selectRow(0)
    program.idle()
    program.press(log.text, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    assert tier(program, silver) == "silver"


def test_the_log_is_exported_to_excel_as_it_is_filtered(program, log, tmp_path, monkeypatch):
    log.who.setCurrentIndex(log.who.findData("李强"))
    program.idle()
    path = tmp_path / "log.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_arguments: (str(path), "")))
    log.export_button.click()
    program.qtbot.waitUntil(path.exists)
    program.idle()
    assert log.message_bar.label.text() == "Exported 1 row to log.xlsx."
    rows = list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))
    assert rows[0][:4] == ("Change no.", "Done at", "Who", "What was done")
    assert rows[1][2:6] == ("李强", "Edit customer", "1 changed", "wish of the boss")


def test_the_log_is_printed_as_it_is_filtered(program, log):
    log.who.setCurrentIndex(log.who.findData("李强"))
    program.idle()
    log.print_button.click()
    program.idle()
    paper = log.findChild(LogDialog)
    program.qtbot.waitUntil(paper.print_button.isEnabled)
    assert paper.view.page_count() == 1
    document = pypdfium2.PdfDocument(paper._pdf)
    text = document[0].get_textpage().get_text_range()
    document.close()
    assert "李强" in text
    assert "wish of the boss" in text
    assert "Invented office" not in text
    paper.close()


@pytest.fixture
def deleted(program):
    """李强 deleted two customers; their ids."""

    def work():
        ids = [i for (i,) in file.ask("SELECT id FROM customer ORDER BY id LIMIT 2")]
        with change(LI_QIANG, "Delete customers") as c:
            c.note = "closed down"
            removal.delete_customers(c, ids)
        return ids

    return program.ask(work)


@pytest.fixture
def bin(deleted, opened):
    return opened("recycle_bin.RecycleBin", RecycleBin)


def customers(program, ids):
    marks = ",".join(map(str, ids))
    return program.ask(lambda: [i for (i,) in file.ask(f"SELECT id FROM customer WHERE id IN ({marks}) ORDER BY id")])


def test_the_bin_says_who_and_why_and_brings_back_what_is_chosen(program, bin, deleted):
    shown = program.ask(lambda: row(bin.list, 0))
    assert (shown[0], shown[4], shown[5]) == ("Customer", "李强", "closed down")
    assert not bin.restore_button.isEnabled()
    chosen = bin._source.found([bin.list.list_model.ids[0]])[0].record
    bin.list.selectRow(0)
    bin.restore_button.click()
    program.idle()
    assert customers(program, deleted) == [chosen]
    assert bin.message_bar.label.text() == "1 record is back, with all that went with it."
    assert bin.list.list_model.rowCount() == 1
    program.command("undo")
    assert customers(program, deleted) == []


def test_what_was_deleted_is_found_by_name_and_by_reason(program, bin, deleted):
    name = bin.list.list_model.index(0, 1).data()
    bin.search.setText(name[:4].lower())
    program.qtbot.wait(TYPING + 50)
    program.idle()
    assert name in [bin.list.list_model.index(row, 1).data() for row in range(bin.list.list_model.rowCount())]
    bin.search.setText("CLOSED down")
    program.qtbot.wait(TYPING + 50)
    program.idle()
    assert bin.list.list_model.rowCount() == 2
    bin.search.setText("nobody is called so")
    program.qtbot.wait(TYPING + 50)
    program.idle()
    assert bin.list.list_model.rowCount() == 0
    assert bin.empty.sentence.text() == "Nothing in the bin has this in it."
    assert bin.empty_button.isEnabled()


def test_several_are_brought_back_at_once(program, bin, deleted):
    bin.list.selectAll()
    bin.restore_button.click()
    program.idle()
    assert customers(program, deleted) == sorted(deleted)
    assert bin.list.list_model.rowCount() == 0
    assert not bin.restore_button.isEnabled()
    bin.message_bar.action.click()
    program.idle()
    assert customers(program, deleted) == []


def test_emptying_asks_first_and_spares_what_is_younger_than_90_days(program, bin, deleted):
    bin.empty_button.click()
    assert "not even by Undo" in bin.notice.text()
    bin.notice.buttons[0].click()
    program.idle()
    assert bin.message_bar.label.text() == "Nothing in the bin is that old."
    assert bin.list.list_model.rowCount() == 2

    def age():
        with file.transaction():
            file.connection().execute("UPDATE \"change\" SET at = '2020-01-01T10:00:00' WHERE note = 'closed down'")

    program.ask(age)
    bin.empty_button.click()
    bin.notice.buttons[1].click()
    program.idle()
    assert bin.message_bar.label.text().endswith("forgotten for good.")
    assert bin.list.list_model.rowCount() == 0


def test_what_the_office_does_not_want_to_keep_is_forgotten_when_the_file_is_opened(newcomer):
    def age():
        file.open_file(newcomer.path)
        offices.save_settings(None, {"keep_deleted_days": 100})
        with change(None, "Delete customers") as c:
            removal.delete_customers(c, [file.one("SELECT id FROM customer LIMIT 1")])
        with file.transaction():
            file.connection().execute("UPDATE \"change\" SET at = '2020-01-01T10:00:00' WHERE id = ?", (c.id,))
        file.close()

    age()
    preferences.USER.set("王芳")
    newcomer.begin(newcomer.path)
    newcomer.idle()
    assert newcomer.ask(recycle_bin.deleted) == []


def lines(program):
    return program.ask(lambda: file.ask('SELECT user_name, action, note, pc FROM "change" ORDER BY id'))


def test_who_opens_the_file_is_in_the_log_with_the_computer_and_nothing_is_there_to_undo(program, opened):
    who, action, _note, pc = lines(program)[-1]
    assert (who, action, pc) == ("王芳", "Open the file", platform.node())
    dialog = opened("operations.Operations", Operations)
    dialog.kind.setCurrentIndex(dialog.kind.findData("opened"))
    program.qtbot.waitUntil(lambda: len(dialog.list.list_model.ids) == 1)
    dialog.list.selectRow(0)
    program.idle()
    assert not dialog.undo_button.isEnabled()
    program.command("undo")
    assert program.bar == "There is nothing to undo."


def test_who_leaves_the_file_is_in_the_log_too(program, tmp_path, monkeypatch):
    program.app.open(tmp_path / "no such file.crm")
    program.idle()
    assert [(who, action) for who, action, _note, _pc in lines(program)[-2:]] == [
        ("王芳", "Close the file"),
        ("王芳", "Open the file"),  # it could not be opened: the work goes on in the first one
    ]
    first = program.path
    program.app.open(tmp_path / "second.crm", create=True, office_name="Second")
    program.idle()
    with closing(sqlite3.connect(first)) as raw:
        assert raw.execute('SELECT user_name, action FROM "change" ORDER BY id DESC LIMIT 1').fetchall() == [
            ("王芳", "Close the file")
        ]


def test_who_opens_a_file_of_an_older_program_is_told_and_the_log_knows_it(newcomer):
    with gzip.open(Path(__file__).parent.parent / "files" / "office-1.crm.gz") as packed:
        newcomer.path.write_bytes(packed.read())
    preferences.USER.set("王芳")
    newcomer.begin(newcomer.path)
    newcomer.idle()
    assert "office.before-upgrade-1.crm" in newcomer.bar
    assert "Colleagues need this version" in newcomer.bar
    assert ("", "Upgrade", f"1 → {migrations.version()}", platform.node()) in lines(newcomer)
    newcomer.app.open(newcomer.path)  # it is up to date by now
    newcomer.idle()
    assert newcomer.window.info.before_upgrade is None


def test_another_language_is_no_other_opening(program):
    before = len(lines(program))
    program.app.switch_language("zh_CN")
    program.idle()
    program.app.switch_language("en")
    program.idle()
    assert len(lines(program)) == before


def test_an_export_of_the_log_is_in_the_log(program, log, tmp_path, monkeypatch):
    path = tmp_path / "log.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_arguments: (str(path), "")))
    log.export_button.click()
    program.qtbot.waitUntil(path.exists)
    program.idle()
    who, action, note, _pc = lines(program)[-1]
    assert (who, action) == ("王芳", "Export")
    assert note.startswith("log.xlsx · Operation log: ")


def test_the_backup_on_quitting_is_not_made_for_lines_of_the_log_alone(program):
    program.ask(lambda: backup.make(backup.folder(), "manual"))
    program.ask(lambda: traces.leave(None, traces.PRINTED, "x.pdf"))
    assert not program.ask(lambda: retention.is_behind(backup.folder()))


def test_the_periods_to_choose_from_begin_and_end_as_they_are_called():
    today = date(2026, 3, 1)
    assert {title: period(days, today) for title, days in PERIODS} == {
        "Any time": ("", ""),
        "Today": ("2026-03-01", ""),
        "Last 7 days": ("2026-02-23", ""),
        "Last 30 days": ("2026-01-31", ""),
        "Last 365 days": ("2025-03-02", ""),
        "This month": ("2026-03-01", ""),
        "Last month": ("2026-02-01", "2026-02-28"),
    }
