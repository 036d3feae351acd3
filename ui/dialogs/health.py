"""The state of the customer file: where it lies, how large it is, when it was backed up, and whether it is sound."""

from __future__ import annotations

import platform
import sqlite3
from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QPlainTextEdit, QWidget
from typing_extensions import override

import crm_desktop
from crm_desktop import values
from crm_desktop.i18n import _, ngettext
from crm_desktop.store import backup, checking, file, traces
from ui import tasks
from ui.parts import safekeeping
from ui.parts.dialog import Dialog
from ui.parts.notice import Notice


class Facts(NamedTuple):
    """What is known of the file without checking it."""

    place: str
    size: int
    """Bytes."""
    free: int
    """Bytes of it that are empty pages."""
    written: str
    """When somebody last wrote into it."""
    backed_up: str
    version: int

    @classmethod
    def read(cls) -> Facts:
        """Read them in the store thread."""
        page, origin = int(file.one("PRAGMA page_size")), backup.origin()
        made = [one.at for one in backup.found_in(backup.folder()) if one.verified and one.origin == origin]
        return cls(
            str(file.path()),
            int(file.one("PRAGMA page_count")) * page,
            int(file.one("PRAGMA freelist_count")) * page,
            traces.last_written(file.connection())[0],
            max(made, default=""),
            int(file.one("PRAGMA user_version")),
        )


class Health(Dialog):
    """Facts above, what a check found below."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, _("State of the file"), "health", QSize(760, 460))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._progress: tasks.Progress | None = None
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(24)
        self.grid.setVerticalSpacing(8)
        self.grid.setColumnStretch(1, 1)
        self._values: list[QLabel] = []
        self.content.addLayout(self.grid)
        self.notice = Notice()
        self.content.addSpacing(8)
        self.content.addWidget(self.notice)
        self.found = QPlainTextEdit()
        self.found.setReadOnly(True)
        self.found.setAccessibleName(_("What was found"))
        self.found.hide()
        self.content.addWidget(self.found, 1)
        self.content.addStretch()
        self.compact_button = self.add_button(_("Compact"), self.compact)
        self.compact_button.setToolTip(_("Write the file anew without its empty parts"))
        self.add_button(_("Close"), self.reject)
        self.check_button = self.add_button(_("Check now"), self.check, primary=True)
        safekeeping.keeper.changed.connect(self.reload)
        self.reload()

    def reload(self) -> None:
        """Read the facts."""
        tasks.run(self, Facts.read, self.show_facts, place="facts")

    def show_facts(self, facts: Facts) -> None:
        """Show them."""
        size = _("{size} MB, of which {free} MB are empty").format(
            size=f"{facts.size / 1e6:,.1f}", free=f"{facts.free / 1e6:,.1f}"
        )
        versions = f"CRM Desktop {crm_desktop.__version__} · SQLite {sqlite3.sqlite_version} · {platform.system()}"
        lines = (
            (_("Customer file"), facts.place),
            (_("File size"), size),
            (_("Last change"), values.show_datetime(facts.written) if facts.written else _("never")),
            (_("Last backup"), values.show_datetime(facts.backed_up) if facts.backed_up else _("never")),
            (_("Version of the file"), str(facts.version)),
            (_("Version of the program"), versions),
        )
        for number, (title, text) in enumerate(lines):
            if number == len(self._values):
                name = QLabel(title)
                name.setProperty("tone", "muted")
                self.grid.addWidget(name, number, 0, Qt.AlignmentFlag.AlignTop)
                self._values.append(QLabel())
                self._values[-1].setWordWrap(True)
                self._values[-1].setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                self.grid.addWidget(self._values[-1], number, 1)
            self._values[number].setText(text)

    def check(self) -> None:
        """Check everything; it only reads and can be stopped at any time."""
        progress = self._begin()
        self.message_bar.follow(progress, _("Checking the file"))
        tasks.run(
            self,
            lambda: checking.problems(progress),
            self.show_problems,
            ended=self._end,
            reading=True,
            progress=progress,
        )

    def show_problems(self, problems: list[str]) -> None:
        """Say what was found."""
        at = datetime.now().strftime("%H:%M")
        if problems:
            text = ngettext("{n} problem was found.", "{n} problems were found.", len(problems)).format(n=len(problems))
            self.notice.say(text, tone="overdue")
        else:
            text = _("The file is sound: its pages, its links, the search index and the log were checked at {at}.")
            self.notice.say(text.format(at=at), tone="good")
        self.found.setPlainText("\n".join(problems))
        self.found.setVisible(bool(problems))

    def compact(self) -> None:
        """Write the file anew without its empty pages."""
        progress = self._begin()
        tasks.run(self, checking.compact, self._compacted, ended=self._end, progress=progress)

    def _compacted(self, won: int) -> None:
        self.message_bar.say(_("The file is {size} MB smaller.").format(size=f"{max(won, 0) / 1e6:,.1f}"))
        self.reload()

    def _begin(self) -> tasks.Progress:
        self._progress = tasks.Progress(self)
        for button in (self.check_button, self.compact_button):
            button.setEnabled(False)
        return self._progress

    def _end(self) -> None:
        self._progress = None
        for button in (self.check_button, self.compact_button):
            button.setEnabled(True)

    @override
    def reject(self) -> None:
        if self._progress is not None:
            self._progress.cancel()  # a check stops at once; what is being written is finished
        super().reject()
