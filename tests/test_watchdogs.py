"""The watchdogs of the test suite bite: what happens unseen fails a test."""

from pathlib import Path

pytest_plugins = ["pytester"]

CONFTEST = Path(__file__).with_name("conftest.py")
PROJECT = CONFTEST.parent.parent

SURPRISES = """
import os
import warnings
from pathlib import Path

import pytest
from PySide6.QtCore import qWarning
from PySide6.QtWidgets import QDialog, QMessageBox

from crm_desktop import i18n, paths

def test_a_box(qtbot):
    QMessageBox.warning(None, "title", "text")

def test_a_dialog_whose_failure_is_swallowed(qtbot):
    dialog = QDialog()
    qtbot.addWidget(dialog)
    try:
        dialog.exec()
    except BaseException:
        pass

def test_a_python_warning():
    warnings.warn("look out", UserWarning)

def test_a_qt_message(qtbot):
    qWarning("look out")

def test_an_exception_in_a_slot(qtbot):
    from PySide6.QtCore import QTimer
    QTimer.singleShot(0, lambda: 1 / 0)
    qtbot.wait(20)

def test_an_expected_box_is_fine(qtbot, monkeypatch):
    monkeypatch.setattr(QMessageBox, "warning", lambda *_: QMessageBox.StandardButton.Ok)
    QMessageBox.warning(None, "title", "text")

def test_the_harmless_message_of_the_offscreen_platform_is_fine(qtbot):
    qWarning("This plugin does not support raise()")

def test_nothing_of_the_user_is_touched(own_home):
    for path in (paths.preferences(), paths.logs(), paths.drafts(), paths.default_file(), Path.home()):
        assert path.is_relative_to(own_home)
    assert i18n.language() == "en"
"""


def test_each_surprise_fails_its_test_and_nothing_else_does(pytester):
    tests = pytester.mkdir("tests")
    (tests / "conftest.py").write_bytes(CONFTEST.read_bytes())
    (tests / "test_surprises.py").write_text(SURPRISES, encoding="utf-8")
    (pytester.path / "pyproject.toml").write_bytes((PROJECT / "pyproject.toml").read_bytes())
    inner = pytester.runpytest_subprocess("-q", "-p", "no:cacheprovider", "-o", f"pythonpath={PROJECT}")
    surprised = {line.split("::")[1].split(" ")[0] for line in inner.outlines if line.startswith(("FAILED", "ERROR"))}
    assert surprised == {
        "test_a_box",
        "test_a_dialog_whose_failure_is_swallowed",
        "test_a_python_warning",
        "test_a_qt_message",
        "test_an_exception_in_a_slot",
    }
    inner.assert_outcomes(passed=4, failed=4, errors=2)
