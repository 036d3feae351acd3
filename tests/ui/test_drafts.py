"""Drafts: what was typed survives leaving, closing and being killed."""

import hashlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

from crm_desktop import duplicates, paths
from crm_desktop.errors import UserError
from crm_desktop.models import Customer
from crm_desktop.store import file
from ui import preferences, tasks
from ui.parts import drafts
from ui.parts.record_panel import RecordPanel
from ui.parts.record_window import RecordWindow


@pytest.fixture
def panel(qtbot, office, monkeypatch):
    monkeypatch.setattr(drafts, "SOON", 20)
    panel = RecordPanel(Customer)
    qtbot.addWidget(panel)
    panel.show()
    yield panel
    qtbot.waitUntil(tasks.idle)


def write(panel, name, text):
    editor = panel.form.editor(name)
    editor.line.setText(text)
    editor.edited.emit()


def kept():
    return list(paths.drafts().glob("*.json"))


def test_what_is_typed_is_kept_and_offered_when_the_form_opens_again(qtbot, panel):
    panel.new()
    write(panel, "name", "苏州恒达")
    qtbot.waitUntil(lambda: len(kept()) == 1)
    panel.typing.put_aside()
    qtbot.waitUntil(tasks.idle)
    panel.new()
    qtbot.waitUntil(lambda: bool(panel.notice.text()))
    assert panel.notice.text().startswith("Typed at ")
    panel.notice.buttons[0].click()
    assert panel.form.editor("name").line.text() == "苏州恒达"


def test_a_draft_goes_when_it_was_saved(qtbot, panel):
    panel.new()
    write(panel, "name", "苏州恒达")
    qtbot.waitUntil(lambda: len(kept()) == 1)
    panel.save()
    qtbot.waitUntil(lambda: panel.form is None)
    qtbot.waitUntil(lambda: kept() == [])


def test_a_draft_goes_when_it_was_discarded(qtbot, panel):
    panel.new()
    write(panel, "name", "苏州恒达")
    qtbot.waitUntil(lambda: len(kept()) == 1)
    panel.typing.discard()
    qtbot.waitUntil(lambda: kept() == [])


def killed_before_the_draft_goes(monkeypatch):
    monkeypatch.setattr(drafts.Keeper, "drop", lambda self: self._timer.stop())


def test_what_was_saved_is_not_offered_though_the_program_was_killed_before_its_draft_went(
    qtbot, office, panel, monkeypatch
):
    with monkeypatch.context() as killed:
        killed_before_the_draft_goes(killed)
        panel.new()
        write(panel, "name", "苏州恒达")
        panel.save()  # before the second is over
        qtbot.waitUntil(lambda: panel.form is None)
        qtbot.waitUntil(tasks.idle)
    assert len(kept()) == 1
    panel.new()
    qtbot.waitUntil(lambda: kept() == [])
    assert panel.notice.text() == ""


def test_a_draft_whose_saving_was_killed_before_it_was_done_is_offered(qtbot, office, panel, monkeypatch):
    def killed(*_given, **_also):
        raise UserError("Killed.")

    monkeypatch.setattr(duplicates, "save", killed)
    panel.new()
    write(panel, "name", "苏州恒达")
    panel.save()
    qtbot.waitUntil(tasks.idle)
    assert drafts.read(kept()[0]).saving
    panel.typing.put_aside()
    panel.new()
    qtbot.waitUntil(lambda: panel.notice.text().startswith("Typed at "))


def test_what_is_typed_after_saving_is_a_draft_again(qtbot, office, panel, monkeypatch):
    path = drafts.path_of("customer", office.changrong.id)
    drafts.write(path, {"short_name": "长"})
    drafts.mark(path, office.ask(lambda: file.one('SELECT max(id) FROM "change"')))
    assert drafts.read(path).saving
    drafts.write(path, {"short_name": "长荣"})
    assert drafts.read(path).saving == 0


def test_every_record_has_a_draft_of_its_own(qtbot, office, panel):
    panel.show_record(office.changrong.id)
    qtbot.waitUntil(lambda: panel.record is not None)
    panel.edit()
    write(panel, "short_name", "长荣")
    qtbot.waitUntil(lambda: len(kept()) == 1)
    panel.typing.put_aside()
    panel.new()
    qtbot.waitUntil(tasks.idle)
    assert panel.notice.text() == ""
    panel.leave()
    panel.show_record(office.changrong.id)
    qtbot.waitUntil(lambda: panel.record is not None)
    panel.edit()
    qtbot.waitUntil(lambda: bool(panel.notice.text()))


def test_a_broken_draft_is_no_draft(office):
    path = drafts.path_of("customer", None)
    path.write_text('{"at": "2026', encoding="utf-8")
    assert drafts.read(path) is None


KILLED = """
import sys
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication
from ui import preferences, tasks
from ui.parts import drafts
drafts.SOON = 10
app = QApplication([])
tasks.start()
keeper = drafts.Keeper(app, "customer", None, lambda: {"name": "苏州恒达"})
keeper.touch()
QTimer.singleShot(60_000, app.quit)
app.exec()
"""


def test_a_draft_survives_being_killed(own_home):
    child = subprocess.Popen([sys.executable, "-c", KILLED], env={**os.environ, "PYTHONPATH": os.getcwd()})
    try:
        deadline = time.monotonic() + 20
        while not kept() and time.monotonic() < deadline:
            time.sleep(0.02)
        child.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        child.wait(10)
    finally:
        child.kill()
    assert drafts.read(kept()[0]).raw == {"name": "苏州恒达"}


WINDOW = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from ui import app as apps
from ui.main_window import TABS

class Watched(apps.App):
    def rebuild(self, same=True):
        super().rebuild(same)
        tab = self.window.tab([tab.name for tab in TABS].index("customers"))
        self.window.tabs.setCurrentWidget(tab.parentWidget())
        tab.new()
        self.panel, self.clock = tab.page.panel, QTimer(self, interval=20)
        self.clock.timeout.connect(self.type if sys.argv[2] == "type" else self.look)
        self.clock.start()

    def line(self):
        return self.panel.form.editor("name").line

    def type(self):
        typed = QInputMethodEvent()
        typed.setCommitString("宁")
        QApplication.sendEvent(self.line(), typed)
        if len(self.line().text()) > 3000:  # nobody killed us
            QApplication.exit(1)

    def look(self):
        if self.panel.notice.text():
            said = [self.line().text(), self.panel.notice.text()]
            self.panel.notice.buttons[0].click()
            print(json.dumps([*said, self.line().text()]), flush=True)
            QApplication.exit(0)

apps.App = Watched
sys.exit(apps.run(Path(sys.argv[1]), "en"))
"""


def window(home, path, what):
    """The real program in a process of its own, with 王芳 starting a new customer."""
    env = {**os.environ, "PYTHONPATH": os.getcwd(), "CRM_DESKTOP_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.Popen([sys.executable, "-c", WINDOW, path, what], env=env, stdout=subprocess.PIPE)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="nothing kills like SIGKILL there")
def test_a_window_killed_while_somebody_types_offers_it_after_the_next_start(own_home, invented, tmp_path):
    path = shutil.copy(invented, tmp_path / "office.crm")
    preferences.USER.set("王芳")
    child = window(own_home, path, "type")
    try:
        deadline = time.monotonic() + 30
        while not kept() and child.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
        child.send_signal(signal.SIGKILL)
        assert child.wait(10) == -signal.SIGKILL
    finally:
        child.kill()
        child.stdout.close()
    typed = drafts.read(kept()[0]).raw["name"]
    assert len(typed) >= 10
    assert set(typed) == {"宁"}
    again = window(own_home, path, "look")
    try:
        said, _nothing = again.communicate(timeout=30)
    finally:
        again.kill()
    empty, offer, taken = json.loads(said)
    assert empty == ""
    assert offer.startswith("Typed at ")
    assert taken == typed


def test_what_was_left_is_said_at_the_next_start_and_one_click_goes_on_typing(newcomer):
    def leave(table, record, raw):
        name = str(newcomer.path)
        mark = hashlib.sha256(name.encode()).hexdigest()[:16]
        path = paths.drafts() / f"{mark}-{table}-{record or 'new'}.json"
        drafts.write(path, raw, moment=time.time() - 60)
        os.utime(path, (drafts.STARTED - 60, drafts.STARTED - 60))

    paths.drafts().mkdir(parents=True, exist_ok=True)
    preferences.USER.set("王芳")
    with closing(sqlite3.connect(newcomer.path)) as raw:
        id, name = raw.execute("SELECT id, name FROM customer ORDER BY id LIMIT 1").fetchone()
    leave("customer", id, {"wechat": "changrong", "": {"wechat": ""}})
    leave("customer", 4711, {"wechat": "gone"})  # it was deleted since
    newcomer.begin(newcomer.path)
    newcomer.idle()
    notice = newcomer.window.left.notice
    assert notice.text().startswith("Typed and not saved when the program ended:")
    assert name in notice.text()
    notice.buttons[0].click()
    newcomer.idle()
    panel = newcomer.tab("customers").page.panel
    assert panel.form.raw()["wechat"] == "changrong"
    assert newcomer.window.left.isHidden()


def test_what_was_typed_of_a_contact_person_goes_on_in_its_own_window(program):
    person = program.ask(lambda: file.one("SELECT id FROM contact LIMIT 1"))
    path = drafts.path_of("contact", person)
    drafts.write(path, {"wechat": "lm88"})
    os.utime(path, (drafts.STARTED - 60, drafts.STARTED - 60))
    program.window.left.look()
    program.idle()
    program.window.left.notice.buttons[0].click()
    program.idle()
    (own,) = program.window.findChildren(RecordWindow)
    assert own.panel.form.raw()["wechat"] == "lm88"
    own.panel.typing.discard()
    own.close()


def test_what_was_saved_after_all_or_typed_in_this_run_is_not_said(program):
    path = drafts.path_of("customer", program.ask(lambda: file.one("SELECT id FROM customer LIMIT 1")))
    drafts.write(path, {"wechat": "x"})
    program.window.left.look()
    program.idle()
    assert program.window.left.isHidden()
    os.utime(path, (drafts.STARTED - 60, drafts.STARTED - 60))
    drafts.mark(path, program.ask(lambda: file.one('SELECT max(id) FROM "change"')))
    program.window.left.look()
    program.idle()
    assert program.window.left.isHidden()
