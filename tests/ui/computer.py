"""A computer of the office with the program's window on it, as tests know it: a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

SHOTS = os.environ.get("CRM_SHOTS", "")
"""A folder for pictures of both windows; without it none are taken."""
LANG = os.environ.get("CRM_SHOTS_LANG", "en")


class Computer:
    """One of the two."""

    def __init__(self, path, person, pc, home):
        environment = {**os.environ, "CRM_DESKTOP_HOME": str(home), "HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
        self.process = subprocess.Popen(
            [sys.executable, Path(__file__).with_name("colleague_window.py"), path, person, pc, LANG],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True, encoding="utf-8",
        )  # fmt: skip
        self.pc = pc
        assert self._answer() == "ready"

    def _answer(self):
        line = self.process.stdout.readline()
        assert line, f"the window of {self.pc} is gone"
        return json.loads(line)

    def do(self, what):
        """Do it over there, and what it gives."""
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()
        return self._answer()

    def sees(self, what, seconds=20):
        """Whether this becomes so over there, within so many seconds."""
        return self.do(f"see(lambda: {what}, {seconds})")

    def shoot(self, name):
        if SHOTS:
            self.do(f"shot({str(Path(SHOTS) / f'two-windows-{name}-{self.pc}.png')!r})")

    def end(self):
        if self.process.poll() is None:
            self.process.stdin.close()
            self.process.wait(20)
        self.process.stdout.close()


def types(computer, field, value):
    """Somebody edits the customer and types a value; nothing is saved yet."""
    computer.do("page.edit()")
    assert computer.sees("panel.form is not None")
    computer.do(f"panel.form.editor({field!r}).set_raw({value!r})")
    computer.do(f"panel.form.editor({field!r}).edited.emit()")


def saves(computer):
    computer.do("panel.save()")
    assert computer.sees("panel.form is None"), computer.do("[app.window.message_bar.label.text(), str(panel.form)]")
