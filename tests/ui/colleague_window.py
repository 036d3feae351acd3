"""The program on another computer: `python colleague_window.py FILE PERSON PC LANG` does what it is told, line by line.

Each line of stdin is a Python expression as JSON text; its value is printed as JSON. `see(work)` waits until work() is
true; `ask(work)` asks in the store thread.
"""

import json
import platform
import queue
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel

from crm_desktop import paths
from crm_desktop.store import file, sharing
from ui import app as program
from ui import errors, preferences, tasks, theme
from ui.language import use_language
from ui.main_window import TABS
from ui.parts import pulse as pulses
from ui.parts.pulse import pulse
from ui.parts.standing import PresenceButton
from ui.parts.tab import Show

path, person, pc, lang = sys.argv[1:5]
platform.node = lambda: pc
pulses.FIRST, pulses.NEWS, sharing.BEAT = 100, 300, 0.5
preferences.USER.set(person)
qt = QApplication([])
errors.install()
use_language(lang)
theme.start(qt)
tasks.interrupt_with(file.interrupt)
tasks.start()
app = program.App(Path(path))


def show(table, record):
    """Go to a record."""
    tab("customers").show_wish(Show(table, record))


def drafts():
    """The drafts that are kept on this computer."""
    return [path.name for path in paths.drafts().glob("*.json")]


def see(true, seconds=20.0):
    """Wait until this is so; whether it is."""
    until = time.monotonic() + seconds
    while not (found := true()) and time.monotonic() < until:
        QTest.qWait(20)
    return bool(found)


def ask(work):
    """What work() gives in the store thread."""
    told = []
    tasks.run(app, work, told.append)
    see(lambda: told)
    return told[0]


def shot(name):
    """A picture of the window."""
    QTest.qWait(300)
    return app.window.grab().save(name)


def tab(name):
    """Go to a tab."""
    number = next(n for n in range(app.window.tabs.count()) if TABS[n].name == name)
    app.window.tabs.setCurrentIndex(number)
    return app.window.tab(number)


def dialog():
    """The dialog that is open."""
    return next((one for one in qt.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()), None)


def dialog_texts():
    """What stands in it."""
    found = dialog()
    return [one.text() for kind in (QLabel, QAbstractButton) for one in found.findChildren(kind)] if found else []


see(lambda: app.window is not None)
app.window.resize(1280, 720)
presence = app.window.findChild(PresenceButton)
lines = queue.Queue()


def read():
    for line in sys.stdin:
        lines.put(line)
    lines.put(None)


threading.Thread(target=read, daemon=True).start()
print(json.dumps("ready"), flush=True)
while True:
    while lines.empty():
        QTest.qWait(20)
    line = lines.get()
    if line is None:
        break
    value = eval(json.loads(line), globals())
    print(json.dumps(value, default=str), flush=True)
pulse.stop()
app.other.close()
app.window.hide()
tasks.run(app, file.close)
tasks.stop()
