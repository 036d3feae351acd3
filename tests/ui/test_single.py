"""One running copy: a second one hands its file over and ends."""

import shutil
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from ui import preferences, single
from ui.dialogs.contact_log import ContactLog


@pytest.fixture
def listener(qtbot, qapp):
    parent = QObject()
    listener = single.Listener(parent)
    listener.heard = []
    listener.asked.connect(listener.heard.append)
    yield listener
    listener._server.close()


def elsewhere(path):
    """Start a second copy's first step in another process: whether it found the first."""
    code = f"""
from PySide6.QtCore import QCoreApplication
from ui import single
app = QCoreApplication([])
print(single.hand_over({path!r}))
"""
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=True
    ).stdout.strip()


def in_background(work):
    """Do it while the event loop goes on here."""
    answers = []
    thread = threading.Thread(target=lambda: answers.append(work()))
    thread.start()
    return thread, answers


def test_alone_there_is_nobody_to_hand_over_to(qapp):
    assert not single.hand_over("/tmp/a.crm")


@pytest.mark.parametrize("path", ["/tmp/华东 商贸/office.crm", ""])
def test_the_first_copy_hears_the_second_ones_file(qtbot, listener, path):
    thread, answers = in_background(lambda: elsewhere(path))
    qtbot.waitUntil(lambda: bool(listener.heard), timeout=20_000)
    thread.join(20)
    assert listener.heard == [path]
    assert answers == ["True"]


@pytest.mark.skipif(sys.platform == "win32", reason="pipes vanish with their program")
def test_a_copy_that_crashed_is_in_nobodys_way(qtbot, listener):
    place = listener._server.fullServerName()
    listener._server.close()
    with socket.socket(socket.AF_UNIX) as left_over:
        left_over.bind(place)
    assert Path(place).exists()
    parent = QObject()
    assert single.Listener(parent)._server.isListening()


def test_each_person_has_an_own_copy(monkeypatch):
    mine = single._name()
    monkeypatch.setenv("CRM_DESKTOP_HOME", "/somewhere/else")
    assert single._name() != mine


def test_the_running_program_opens_the_file_it_is_handed(program, tmp_path):
    other = Path(shutil.copy(program.path, tmp_path / "other office.crm"))
    thread, _answers = in_background(lambda: elsewhere(str(other)))
    program.qtbot.waitUntil(lambda: program.window.info.path == other, timeout=20_000)
    thread.join(20)
    program.idle()
    assert preferences.LAST_FILE.get() == str(other)


def test_a_file_handed_over_while_a_dialog_is_open_waits_for_its_end(program, tmp_path):
    other = Path(shutil.copy(program.path, tmp_path / "other.crm"))
    program.command("write_contact")
    dialog = program.window.findChild(ContactLog)
    program.app.show_request(str(other))
    program.idle()
    assert program.window.info.path == program.path
    assert dialog.isVisible()
    assert "other.crm" in dialog.message_bar.label.text()
    dialog.reject()
    program.app.show_request(str(other))
    program.qtbot.waitUntil(lambda: program.window.info.path == other)
    program.idle()


def test_without_a_file_the_running_program_comes_to_the_front(program):
    program.window.showMinimized()
    thread, _answers = in_background(lambda: elsewhere(""))
    program.qtbot.waitUntil(lambda: not program.window.isMinimized(), timeout=20_000)
    thread.join(20)
    assert program.window.info.path == program.path


def test_somebody_who_connects_and_says_nothing_does_not_stop_the_window(qtbot, listener):
    from PySide6.QtNetwork import QLocalSocket

    silent = QLocalSocket()
    silent.connectToServer(single._name())
    assert silent.waitForConnected(500)
    qtbot.wait(50)
    thread, _answers = in_background(lambda: elsewhere("/tmp/b.crm"))
    qtbot.waitUntil(lambda: listener.heard == ["/tmp/b.crm"], timeout=20_000)
    thread.join(20)
    silent.abort()
