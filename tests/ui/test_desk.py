"""Writing and its way back: Ctrl+Z, Undo and Redo in the message bar."""

import sqlite3
from contextlib import contextmanager

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop import bulk_edit
from crm_desktop.errors import UserError
from crm_desktop.models import Customer
from crm_desktop.store import attempt, file, history, traces
from crm_desktop.store.change import change
from crm_desktop.store.troubles import Unsettled
from ui import tasks
from ui.parts import deleting, desk, waiting
from ui.parts.message_bar import MessageBar


class Window(QWidget):
    """A window with a message bar."""

    def __init__(self):
        super().__init__()
        self.message_bar = MessageBar()
        QVBoxLayout(self).addWidget(self.message_bar)


@pytest.fixture
def window(qtbot, office):
    window = Window()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def rename(qtbot, office, window):
    """Give the customer a short name, as 王芳."""

    def do(name):
        desk.save(window, "Edit customer", office.changrong, {"short_name": name}, said="Saved.")
        qtbot.waitUntil(tasks.idle)

    return do


@pytest.fixture
def short_name(office):
    return lambda: office.ask(lambda: Customer.get_row(office.changrong.id)).short_name


def press(qtbot, window, text):
    """Click what the message bar offers."""
    assert window.message_bar.action.text() == text
    window.message_bar.action.click()
    qtbot.waitUntil(tasks.idle)


def undo(qtbot, window, times=1):
    for _n in range(times):
        desk.undo(window)
    qtbot.waitUntil(tasks.idle)


def test_what_wrote_nothing_offers_no_way_back_and_does_not_stand_in_the_way(qtbot, window, rename, short_name):
    rename("长荣")
    rename("长荣")  # as it is already
    assert window.message_bar.label.text() == "Saved."
    assert not window.message_bar.action.isVisible()
    undo(qtbot, window)
    assert short_name() == ""


def test_ctrl_z_twice_in_haste_takes_two_changes_back(qtbot, window, rename, short_name):
    rename("长荣")
    rename("长荣机电")
    undo(qtbot, window, times=2)
    assert short_name() == ""


def test_ctrl_z_in_haste_waits_for_what_is_being_saved_and_takes_that_back(qtbot, office, window, rename, short_name):
    before = short_name()
    rename("长荣 1")
    desk.save(window, "Edit customer", office.changrong, {"short_name": "长荣 2"}, said="Saved.")
    desk.undo(window)  # it is not saved yet: the change before is not meant
    qtbot.waitUntil(tasks.idle)
    assert short_name() == "长荣 1"
    desk.redo(window)
    desk.undo(window)
    desk.undo(window)
    qtbot.waitUntil(tasks.idle)
    assert short_name() == before


def test_ctrl_z_for_what_could_not_be_saved_takes_nothing_else_back(qtbot, office, window, rename, short_name):
    rename("长荣 1")

    def refuse(_change):
        raise UserError("No.")

    desk.write(window, "Edit customer", refuse)
    desk.undo(window)
    qtbot.waitUntil(tasks.idle)
    assert short_name() == "长荣 1"
    undo(qtbot, window)
    assert short_name() != "长荣 1"


def test_what_was_undone_can_be_done_again_and_undone_again(qtbot, window, rename, short_name):
    rename("长荣")
    press(qtbot, window, "Undo")
    assert short_name() == ""
    press(qtbot, window, "Redo")
    assert short_name() == "长荣"
    press(qtbot, window, "Undo")
    assert short_name() == ""


def test_ctrl_z_takes_back_what_was_done_again(qtbot, window, rename, short_name):
    rename("长荣")
    undo(qtbot, window)
    press(qtbot, window, "Redo")
    undo(qtbot, window)
    assert short_name() == ""


def test_a_change_taken_back_elsewhere_does_not_stand_in_the_way(qtbot, office, window, rename, short_name):
    rename("长荣")
    rename("长荣机电")
    last = office.ask(lambda: file.one('SELECT max(id) FROM "change"'))
    office.ask(lambda: history.undo(office.li_qiang, last))
    undo(qtbot, window)
    assert window.message_bar.label.text() == "This change has already been undone."
    undo(qtbot, window)
    assert short_name() == ""


def test_an_undo_that_restored_nothing_offers_no_redo(qtbot, office, window, rename):
    rename("长荣")
    office.write(office.changrong, {"short_name": "荣"})
    undo(qtbot, window)
    assert "1 kept" in window.message_bar.label.text()
    assert not window.message_bar.action.isVisible()


def test_several_steps_back_and_forth_and_back_again(qtbot, window, rename, short_name):
    for name in ("长荣", "长荣机电", "荣"):
        rename(name)
    undo(qtbot, window, times=3)
    assert short_name() == ""
    for name in ("长荣", "长荣机电", "荣"):
        desk.redo(window)
        qtbot.waitUntil(tasks.idle)
        assert short_name() == name
    undo(qtbot, window, times=2)
    assert short_name() == "长荣"


def test_after_something_new_there_is_nothing_to_do_again(qtbot, window, rename, short_name):
    rename("长荣")
    undo(qtbot, window)
    rename("荣")
    desk.redo(window)
    qtbot.waitUntil(tasks.idle)
    assert window.message_bar.label.text() == "There is nothing to do again."
    assert short_name() == "荣"


def cancelled_at(monkeypatch, record):
    """Whoever waits cancels when that many records are written."""
    seen = []
    told = tasks.Progress.__call__

    def call(progress, done, total=0, text=""):
        seen.append((done, total, text))
        if done == record:
            progress.was_cancelled = True
        told(progress, done, total, text)

    monkeypatch.setattr(tasks.Progress, "__call__", call)
    return seen


@pytest.fixture
def many(office):
    """Sixty customers; their ids."""

    def work():
        with change(None, "New") as c:
            return c.insert_many(Customer, [{"name": f"客户{n}"} for n in range(60)])

    return office.ask(work)


def everything(office):
    tables = ("customer", "change", "change_entry", "customer_hay")
    return office.ask(lambda: [file.ask(f'SELECT * FROM "{table}" ORDER BY 1') for table in tables])


def test_deleting_many_shows_how_far_it_is(qtbot, office, window, many, monkeypatch):
    seen = cancelled_at(monkeypatch, -1)
    deleting.write(window, "Delete", "", lambda c: c.delete_many(Customer, many), "60 deleted.")
    qtbot.waitUntil(tasks.idle)
    assert (60, 60, "Deleting") in seen
    assert window.message_bar.label.text() == "60 deleted."


@pytest.mark.parametrize(
    "work",
    [
        lambda c, ids: c.delete_many(Customer, ids),
        lambda c, ids: bulk_edit.apply(c, Customer, bulk_edit.Edit("tags", "add", ["新"]), ids),
    ],
    ids=["delete", "change"],
)
def test_a_cancel_in_the_middle_leaves_nothing_behind(qtbot, office, window, many, monkeypatch, work):
    before = everything(office)
    cancelled_at(monkeypatch, 60)
    ended = []
    desk.write(
        window, "Many", lambda c: work(c, many), said="Done.", ended=lambda: ended.append(1), follow=window.message_bar
    )
    qtbot.waitUntil(tasks.idle)
    assert everything(office) == before
    assert window.message_bar.label.text() == "Cancelled: nothing was changed."
    assert ended == [1]
    undo(qtbot, window)
    assert window.message_bar.label.text() == "There is nothing to undo."


def test_a_line_of_the_log_alone_does_not_stand_in_the_way_of_ctrl_z(qtbot, office, window, rename, short_name):
    rename("长荣")
    desk.trace(traces.EXPORTED, "客户.xlsx")
    qtbot.waitUntil(tasks.idle)
    assert office.ask(lambda: file.one('SELECT note FROM "change" ORDER BY id DESC')) == "客户.xlsx"
    undo(qtbot, window)
    assert short_name() == ""


def test_a_file_that_cannot_be_written_just_now_keeps_nobody_from_exporting(qtbot, office, window, monkeypatch):
    def refuse(*_given):
        raise UserError("A colleague is saving.")

    monkeypatch.setattr(traces, "leave", refuse)
    desk.trace(traces.EXPORTED, "客户.xlsx")
    qtbot.waitUntil(tasks.idle)
    assert window.message_bar.label.text() == ""


@pytest.fixture
def colleague(office, tmp_path):
    """A colleague's connection to the file, which can hold up everybody else."""
    path = office.ask(file.path)
    office.ask(lambda: file.connection().execute("PRAGMA busy_timeout=50") and None)
    raw = sqlite3.connect(path, isolation_level=None)
    yield raw
    raw.close()


def test_an_undo_waits_while_a_colleague_is_saving(qtbot, window, rename, short_name, colleague):
    rename("长荣")
    colleague.execute("BEGIN IMMEDIATE")
    undo(qtbot, window)
    assert [one.action for one in waiting.line.waiting] == ["Undo"]
    assert short_name() == "长荣"
    colleague.execute("ROLLBACK")
    waiting.line.try_now()
    qtbot.waitUntil(tasks.idle)
    assert short_name() == ""
    press(qtbot, window, "Redo")
    assert short_name() == "长荣"


def test_an_undo_that_waited_and_is_given_up_can_be_done_later(qtbot, window, rename, short_name, colleague):
    rename("长荣")
    colleague.execute("BEGIN IMMEDIATE")
    undo(qtbot, window)
    waiting.line.give_up()
    colleague.execute("ROLLBACK")
    undo(qtbot, window)
    assert short_name() == ""


def test_an_undo_whose_answer_was_lost_is_not_done_twice(qtbot, window, rename, short_name, monkeypatch):
    rename("长荣")
    real = attempt.changes.change

    @contextmanager
    def lost(*args, **more):
        with real(*args, **more) as c:
            yield c
        monkeypatch.setattr(attempt.changes, "change", real)
        raise Unsettled("The connection broke while saving.")

    monkeypatch.setattr(attempt.changes, "change", lost)
    undo(qtbot, window)
    assert [one.may_give_up for one in waiting.line.waiting] == [False]
    waiting.line.try_now()
    qtbot.waitUntil(tasks.idle)
    assert short_name() == ""
    press(qtbot, window, "Redo")
    assert short_name() == "长荣"
