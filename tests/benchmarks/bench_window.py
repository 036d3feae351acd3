"""Start, keystroke, page, sort, open, save in the window: ours beside the floor, in one run.

python tests/benchmarks/bench_window.py [--file PATH] [--customers N]   (offscreen unless there is a display)
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "" if os.environ.get("DISPLAY") else "offscreen")

FLOOR_START = """
import sys, sqlite3, time
from PySide6.QtWidgets import QApplication, QMainWindow, QTabWidget, QTableView
from PySide6.QtGui import QStandardItemModel, QStandardItem
app = QApplication([])
rows = sqlite3.connect(sys.argv[1]).execute(
    "SELECT name, tier, last_contact_at FROM customer ORDER BY sort_key LIMIT 50")
model = QStandardItemModel()
for row in rows: model.appendRow([QStandardItem(str(value)) for value in row])
window, tabs = QMainWindow(), QTabWidget()
for name in "abcde":
    view = QTableView(); view.setModel(model); tabs.addTab(view, name)
window.setCentralWidget(tabs); window.resize(1280, 720); window.show(); app.processEvents(); window.grab()
print(time.time() - float(sys.argv[2]))
"""
OUR_START = """
import sys, time
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from ui import app as program, errors, language, preferences, tasks, theme
from crm_desktop.store import file
preferences.USER.set("王芳"); preferences.GEOMETRY.of("main").set({"tab": 1, "width": 1280, "height": 720})
app = QApplication([]); errors.install(); language.use_language("zh_CN"); theme.start(app)
tasks.interrupt_with(file.interrupt); tasks.start()
running = program.App(Path(sys.argv[1]))
from PySide6.QtCore import QTimer, QEventLoop
tick = QTimer(interval=1); tick.start()
while running.window is None or not running.window.tab().list.list_model.rowCount():
    app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
app.processEvents(); running.window.grab()
print(time.time() - float(sys.argv[2]))
tasks.run(running, file.close); tasks.stop()
"""


def started(script: str, path: Path, home: str) -> float:
    """Seconds from the start of a process to the first rows painted."""
    environment = {**os.environ, "CRM_DESKTOP_HOME": home, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", script, str(path), str(time.time())]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=ROOT, check=True)
    return float(done.stdout.strip().splitlines()[-1])


def interleaved(floor: Callable[[], float], ours: Callable[[], float], runs: int = 7) -> tuple[float, float]:
    """Medians in milliseconds of two measurements taken in turn, after one of each to warm up."""
    floor(), ours()
    pairs = [(floor(), ours()) for _run in range(runs)]
    return statistics.median(p[0] for p in pairs) * 1000, statistics.median(p[1] for p in pairs) * 1000


def line(what: str, floor: float, ours: float) -> None:
    """One row of the report."""
    print(f"{what:<52}{floor:>10.2f} ms{ours:>10.2f} ms{ours / floor if floor else 0:>8.1f} ×", flush=True)


class Window:
    """The running program, driven from outside."""

    def __init__(self, path: Path) -> None:
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication

        from crm_desktop.store import file
        from ui import app as program
        from ui import errors, language, preferences, tasks, theme

        preferences.USER.set("王芳")
        preferences.GEOMETRY.of("main").set({"tab": 1, "width": 1280, "height": 720})
        self.qt = QApplication([])
        # a loop that spins would keep the other threads from working: wait for events, a tick a millisecond among them
        self.tick = QTimer(interval=1)
        self.tick.start()
        errors.install()
        language.use_language("zh_CN")
        theme.start(self.qt)
        tasks.interrupt_with(file.interrupt)
        tasks.start()
        self.tasks = tasks
        self.app = program.App(path)
        while self.app.window is None:
            self.events()
        self.window = self.app.window
        self.tab = self.window.tab(1)
        self.wait()

    def events(self) -> None:
        """Handle what has happened, sleeping until something has."""
        from PySide6.QtCore import QEventLoop

        self.qt.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def wait(self) -> None:
        """Until everything asked for is there and painted."""
        while not self.tasks.idle():
            self.events()
        self.qt.processEvents()

    def repaint(self) -> float:
        """Seconds of painting the list once more."""
        began = time.perf_counter()
        self.tab.list.viewport().repaint()
        self.qt.processEvents()
        return time.perf_counter() - began

    def key(self, text: str) -> float:
        """Seconds from a changed search text to the first rows painted."""
        self.tab.line.setText("" if text else "?")
        self.wait()
        arrived: list[bool] = []
        connection = self.tab.list.list_model.arrived.connect(lambda: arrived.append(True))
        began = time.perf_counter()
        self.tab.line.setText(text)
        while not arrived:
            self.events()
        self.tab.list.viewport().repaint()
        took = time.perf_counter() - began
        self.tab.list.list_model.arrived.disconnect(connection)
        self.wait()
        return took

    def sort(self, column: str) -> float:
        """Seconds until all ids are there in another order."""
        began = time.perf_counter()
        self.tab.sort_by(column, self.tab.sort == (column, False))
        while not self.tab.list.list_model.complete:
            self.events()
        return time.perf_counter() - began

    def open(self, number: int) -> float:
        """Seconds from choosing a row to its customer and timeline painted."""
        began = time.perf_counter()
        self.tab.list.selectRow(number)
        self.wait()
        self.tab.page.repaint()
        return time.perf_counter() - began


WORDS = ("l", "li", "lim", "hd", "hdkj", "zjh", "138", "1380", "c", "changr", "x")
CHINESE_WORDS = ("科", "科技", "杭州", "杭州长", "有限公司")


def in_the_window(path: Path) -> None:
    """Everything that is measured in the running window."""
    from crm_desktop.store import file

    window = Window(path)
    raw = sqlite3.connect(path)
    repaint = statistics.median(window.repaint() for _n in range(20)) * 1000
    keys = [window.key(word) * 1000 for word in (*WORDS, *CHINESE_WORDS) for _n in range(3)]
    keys.sort()
    line("a key in the search box, median (floor: repaint)", repaint, statistics.median(keys))
    line("a key in the search box, 95 %", repaint, keys[int(len(keys) * 0.95)])
    window.key("")

    def ids(column: str) -> float:
        began = time.perf_counter()
        raw.execute(f"SELECT id FROM customer ORDER BY {column}, id").fetchall()
        return time.perf_counter() - began

    for column, order in (("name", "sort_key"), ("last_contact_at", "last_contact_at"), ("tier", "tier")):
        line(f"sort by {column}", *interleaved(lambda o=order: ids(o), lambda c=column: window.sort(c), 5))
    window.sort("name")
    window.wait()
    opened = [window.open(n * 37 % 5000) * 1000 for n in range(30)]
    line("open a customer: click to painted", repaint, statistics.median(opened))
    window.window.close()
    window.tasks.run(window.app, file.close)
    window.tasks.stop()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--customers", type=int, default=20_000)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CRM_DESKTOP_HOME"] = folder
        path = wanted.file or Path(folder) / "bench.crm"
        if wanted.file is None:
            from crm_desktop import demo
            from crm_desktop.store import file

            demo.make(path, customers=wanted.customers)
            file.close()
        print(f"{'':<52}{'floor':>13}{'ours':>13}{'ratio':>10}")
        start = interleaved(lambda: started(FLOOR_START, path, folder), lambda: started(OUR_START, path, folder))
        line("start to a usable list", *start)
        in_the_window(path)


if __name__ == "__main__":
    main()
