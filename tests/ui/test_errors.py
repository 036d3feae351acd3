"""Trouble is told in plain words; bugs come with a report to copy."""

import faulthandler
import logging
import sys
import threading

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from crm_desktop import paths
from crm_desktop.errors import UserError
from ui import errors, refresh
from ui.parts.message_bar import MessageBar


@pytest.fixture
def installed(qtbot, monkeypatch):
    """The hooks as in the running program, taken away afterwards."""
    hooks = sys.excepthook, threading.excepthook
    errors.install()
    yield errors
    sys.excepthook, threading.excepthook = hooks
    faulthandler.enable(sys.__stderr__)
    errors._fault_file.close()
    for handler in list(errors.log.handlers):
        errors.log.removeHandler(handler)
        handler.close()
    errors._crashes = None


def a_bug():
    try:
        raise KeyError("colour")
    except KeyError as trouble:
        return trouble


def dialogs():
    return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, errors.CrashDialog)]


def close_all(qtbot):
    for dialog in dialogs():
        dialog.accept()
    qtbot.waitUntil(lambda: not dialogs())


def test_a_bug_is_shown_in_plain_words_with_a_report_to_copy(qtbot, installed):
    bug = a_bug()
    errors.crashed(type(bug), bug, bug.__traceback__)
    qtbot.waitUntil(lambda: bool(dialogs()))
    dialog = dialogs()[0]
    words = dialog.findChild(QLabel).text()
    assert "What you typed is still there" in words
    assert "Traceback" not in words
    next(button for button in dialog.findChildren(QPushButton) if button.text() == "Copy report").click()
    report = QApplication.clipboard().text()
    assert "KeyError: 'colour'" in report
    assert "Python 3" in report
    close_all(qtbot)


def test_a_bug_in_any_thread_is_shown_once_and_all_are_in_the_log(qtbot, installed):
    threads = [threading.Thread(target=lambda: 1 // 0) for _number in range(3)]
    for thread in threads:
        thread.start()
        thread.join()
    qtbot.waitUntil(lambda: bool(dialogs()))
    assert len(dialogs()) == 1
    logging.shutdown()
    assert (paths.logs() / "crm-desktop.log").read_text(encoding="utf-8").count("ZeroDivisionError") == 3
    close_all(qtbot)


def test_trouble_is_told_by_the_nearest_bar_up_the_parents(qtbot):
    window, tab = QWidget(), QWidget()
    qtbot.addWidget(window)
    tab.setParent(window)
    window.message_bar = MessageBar(window)
    tab.message_bar = MessageBar(tab)
    errors.tell(QWidget(tab), UserError("Name is missing."))
    assert tab.message_bar.label.text() == "Name is missing."
    assert window.message_bar.label.text() == ""


def test_trouble_of_a_window_without_a_bar_still_reaches_somebody(qtbot):
    lonely = QWidget()
    qtbot.addWidget(lonely)
    lonely.show()
    errors.tell(lonely, UserError("The drive is gone."))
    assert [label.text() for label in lonely.findChildren(QLabel)] == ["The drive is gone."]


def test_windows_are_told_which_records_changed(qtbot):
    with qtbot.waitSignal(refresh.signal.changed) as told:
        refresh.tell([("customer", 2**62), ("customer", 2**62)])
    assert told.args == [frozenset({("customer", 2**62)})]
    assert refresh.concerns(told.args[0], "customer", "contact")
    assert not refresh.concerns(told.args[0], "complaint")
    assert refresh.concerns(None, "complaint")
