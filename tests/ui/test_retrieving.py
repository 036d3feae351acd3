"""Customers taken out of a backup in the window: found, compared side by side, brought back in part or whole."""

import shutil
import threading

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel

from crm_desktop import removal
from crm_desktop.models import Complaint, Contact, Customer
from crm_desktop.store import backup, file, migrations, taken
from crm_desktop.store.change import change
from ui.dialogs.backups import Backups
from ui.dialogs.restoring import Restoring
from ui.dialogs.retrieving import Retrieving


def shown(kind):
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    (dialog,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())
    return dialog


class Case:
    """A backup; since then one customer was changed and one deleted."""

    def __init__(self, program):
        self.program = program
        self.changed, self.deleted = program.ask(lambda: [i for (i,) in file.ask("SELECT id FROM customer LIMIT 2")])
        self.names = dict(program.ask(lambda: file.ask("SELECT id, name FROM customer")))

        def happen():
            made = backup.make(backup.folder(), "daily")
            with change(None, "Edit customer") as c:
                c.save(Customer.get_row(self.changed), {"name": "改名有限公司", "remarks": "改过"})
            with change(None, "Delete customers") as c:
                removal.delete_customers(c, [self.deleted])
            return made

        self.made = program.ask(happen)

    def named(self, customer):
        return self.program.ask(lambda: [file.one("SELECT name FROM customer WHERE id = ?", (customer,))])[0]

    def open(self):
        self.program.command("show_backups")
        dialog = shown(Backups)
        dialog.list.selectRow(0)
        dialog.take_button.click()
        self.program.idle()
        return shown(Retrieving)


@pytest.fixture
def case(program):
    yield Case(program)
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QDialog):
            window.close()
    program.idle()


@pytest.fixture
def dialog(case):
    return case.open()


def texts(dialog):
    rows = dialog.list.list_model
    return [[rows.index(r, c).data() for c in range(rows.columnCount())] for r in range(rows.rowCount())]


def choose(case, dialog, customer):
    assert dialog.list.choose(customer)
    case.program.idle()


def labels(dialog):
    return [label.text() for label in dialog.fields.findChildren(QLabel)]


def test_the_missing_stand_first_then_the_changed(case, dialog):
    first, second = texts(dialog)
    assert first[0] == case.names[case.deleted]
    assert "not in the file any more" in first[2]
    assert (second[0], second[2]) == (case.names[case.changed], "1 record changed")
    assert not dialog.button.isEnabled()
    assert dialog.notice.text() == ""


def test_a_changed_field_stands_beside_what_it_was_and_waits_for_its_tick(case, dialog):
    choose(case, dialog, case.changed)
    assert {"改名有限公司", case.names[case.changed], "改过"} <= set(labels(dialog))
    assert not dialog.button.isEnabled()
    dialog.fields.ticks[("customer", case.changed), "name"].click()
    dialog.button.click()
    case.program.idle()
    assert case.named(case.changed) == case.names[case.changed]
    remarks = case.program.ask(lambda: file.one("SELECT remarks FROM customer WHERE id = ?", (case.changed,)))
    assert remarks == "改过"
    assert "改过" in labels(dialog)
    assert case.names[case.changed] not in labels(dialog)[2:]


def test_a_deleted_customer_comes_back_whole_and_goes_again_with_one_undo(case, dialog):
    choose(case, dialog, case.deleted)
    assert dialog.fields.everything.isChecked()
    assert dialog.button.isEnabled()
    dialog.button.click()
    case.program.idle()
    assert case.named(case.deleted) == case.names[case.deleted]
    assert [row[0] for row in texts(dialog)] == [case.names[case.changed]]
    dialog.message_bar.action.click()
    case.program.idle()
    assert case.named(case.deleted) is None
    assert len(texts(dialog)) == 2


def test_several_customers_come_back_in_one_go(case, dialog):
    dialog.list.selectAll()
    case.program.idle()
    assert "2 records are chosen" in labels(dialog)[0]
    assert dialog.button.text() == "Take back 2 records"
    dialog.button.click()
    case.program.idle()
    assert [case.named(i) for i in (case.changed, case.deleted)] == [
        case.names[case.changed],
        case.names[case.deleted],
    ]
    assert texts(dialog) == []
    assert "as they were" in dialog.empty.sentence.text()


def test_everything_ticks_and_unticks_all(case, dialog):
    choose(case, dialog, case.deleted)
    dialog.fields.everything.click()
    assert not any(tick.isChecked() for tick in dialog.fields.ticks.values())
    assert not dialog.button.isEnabled()
    dialog.fields.everything.click()
    assert all(tick.isChecked() for tick in dialog.fields.ticks.values())


def test_the_search_is_the_backups(case, dialog):
    dialog.asked.search.setText(case.names[case.changed])
    dialog.filter()
    case.program.idle()
    assert [row[0] for row in texts(dialog)] == [case.names[case.changed]]
    dialog.asked.search.setText("改名有限公司")
    dialog.filter()
    case.program.idle()
    assert texts(dialog) == []
    assert "no such customer" in dialog.empty.sentence.text()


def test_the_backup_is_never_read_where_the_file_is_owned(case, monkeypatch):
    threads = set()
    real = taken.opened

    def opened(path):
        threads.add(threading.current_thread().name)
        return real(path)

    monkeypatch.setattr(taken, "opened", opened)
    monkeypatch.setattr("crm_desktop.retrieving.taken.opened", opened)
    dialog = case.open()
    choose(case, dialog, case.deleted)
    assert threads == {"second"}


def test_an_older_backup_leaves_nothing_behind(case, monkeypatch):
    steps = [*migrations.STEPS, lambda raw: raw.execute("UPDATE customer SET remarks = remarks")]
    monkeypatch.setattr(migrations, "STEPS", steps)
    case.program.ask(lambda: file.connection().execute(f"PRAGMA user_version={migrations.version()}"))
    dialog = case.open()
    assert len(texts(dialog)) == 2
    assert [path.suffix for path in backup.folder().iterdir() if path != case.made.path] == [".part"]
    dialog.reject()
    case.program.idle()
    assert [path for path in backup.folder().iterdir() if path != case.made.path] == []


def test_a_backup_that_became_unreadable_is_said(case):
    case.program.command("show_backups")
    dialog = shown(Backups)
    dialog.list.selectRow(0)
    case.made.path.write_bytes(case.made.path.read_bytes()[:20_000])
    dialog.take_button.click()
    case.program.idle()
    window = shown(Retrieving)
    assert "damaged" in window.message_bar.label.text()
    assert "could be compared" in window.empty.sentence.text()
    assert not window.button.isEnabled()


def test_customers_are_taken_out_of_a_backup_that_lies_elsewhere_too(case, monkeypatch, tmp_path):
    elsewhere = shutil.move(case.made.path, tmp_path / "stick.crm")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(elsewhere), ""))
    case.program.command("show_backups")
    shown(Backups).restore_other()
    case.program.idle()
    shown(Restoring).take_button.click()
    case.program.idle()
    window = shown(Retrieving)
    assert len(texts(window)) == 2
    assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, Restoring) and w.isVisible()]


def test_what_is_written_elsewhere_meanwhile_is_seen(case, dialog):
    case.program.ask(lambda: rename(case.changed, case.names[case.changed]))
    case.program.idle()
    choose(case, dialog, case.changed)
    assert [field for _key, field in dialog.fields.ticks] == ["remarks"]


def rename(customer, name):
    with change(None, "Edit customer") as c:
        c.save(Customer.get_row(customer), {"name": name})
    return True


def test_one_contact_person_and_one_complaint_are_taken_out_alone(case, program):
    def harm():
        person, name = file.ask("SELECT id, name FROM contact ORDER BY id LIMIT 1")[0]
        complaint, code = file.ask("SELECT id, code FROM complaint WHERE customer <> ? LIMIT 1", (case.deleted,))[0]
        with change(None, "Edit") as c:
            c.save(Contact.get_row(person), {"name": "改错了"})
            c.delete(Complaint.get_row(complaint))
        return person, name, complaint, code

    person, name, complaint, code = program.ask(harm)
    dialog = case.open()
    kind = dialog.asked.kind
    kind.setCurrentIndex(kind.findData("contact"))
    program.idle()
    assert [name, "", "1 record changed"] in texts(dialog)
    choose(case, dialog, person)
    dialog.fields.ticks[("contact", person), "name"].click()
    dialog.button.click()
    program.idle()
    assert program.ask(lambda: file.one("SELECT name FROM contact WHERE id = ?", (person,))) == name
    kind.setCurrentIndex(kind.findData("complaint"))
    program.idle()
    assert code in [row[1] for row in texts(dialog)]
    choose(case, dialog, complaint)
    dialog.button.click()
    program.idle()
    assert program.ask(lambda: file.one("SELECT code FROM complaint WHERE id = ?", (complaint,))) == code
    assert case.named(case.changed) == "改名有限公司"  # nothing else came


def test_a_kind_chosen_while_another_is_compared_is_the_one_that_is_listed(case, program):
    dialog = case.open()
    dialog.look()
    kind = dialog.asked.kind
    kind.setCurrentIndex(kind.findData("contact"))
    kind.setCurrentIndex(kind.findData("customer"))
    program.idle()
    assert {row[0] for row in texts(dialog)} == {case.names[case.changed], case.names[case.deleted]}
