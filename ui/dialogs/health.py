"""The state of the customer file: where it lies, how large it is, when it was backed up, and whether it is sound."""

from __future__ import annotations

import platform
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QSize, Qt, Signal, qVersion
from PySide6.QtWidgets import QGridLayout, QLabel, QPlainTextEdit, QPushButton, QWidget
from typing_extensions import override

import crm_desktop
from crm_desktop import values
from crm_desktop.i18n import _, ngettext
from crm_desktop.store import backup, checking, file, places, server_state, traces
from crm_desktop.store.address import Address, Place
from ui import preferences, tasks
from ui.parts import safekeeping, salvaging
from ui.parts.dialog import Dialog
from ui.parts.notice import Notice
from ui.parts.salvaging import Repaired

CHECKED = preferences.Preference[dict[str, Any]]("checked", {})
"""By customer file: when it was checked last, whether all of it, and how many problems were found."""


class Facts(NamedTuple):
    """What is known of the file without checking it."""

    path: Place
    size: int
    """Bytes."""
    free: int
    """Bytes of it that are empty pages."""
    written: str
    """When somebody last wrote into it."""
    backed_up: str
    version: int
    product: str
    """The database with its version."""

    @classmethod
    def read(cls) -> Facts:
        """Read them in the store thread."""
        origin = backup.origin()
        made = [one.at for one in backup.found_in(backup.folder()) if one.verified and one.origin == origin]
        return cls(
            file.place(),
            file.size(),
            0 if file.is_server() else int(file.one("PRAGMA freelist_count")) * int(file.one("PRAGMA page_size")),
            traces.last_written(file.connection())[0],
            max(made, default=""),
            file.version(),
            server_state.product() if file.is_server() else f"SQLite {sqlite3.sqlite_version}",
        )


def _kind_of_place(place: Place) -> str:
    known = places.Place("server", place.host or place.name) if isinstance(place, Address) else places.of(place)
    return known.sentence()


class Health(Dialog):
    """Facts above, what a check found below."""

    file_chosen = Signal(Path)
    """This file is to be opened: what was salvaged."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, _("State of the file"), "health", QSize(820, 520))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._path: Place = Path()
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
        self.repair_button = self._button(_("Repair…"), self.repair)
        self.repair_button.setToolTip(_("Bring what can be read into a new file; this one stays as it is"))
        self.compact_button = self._button(_("Compact"), self.compact)
        self.compact_button.setToolTip(_("Write the file anew without its empty parts"))
        self.add_button(_("Close"), self.reject)
        self.quick_button = self._button(_("Quick check"), partial(self.check, True))
        self.quick_button.setToolTip(_("Read every page of the file"))
        self.check_button = self.add_button(_("Check everything"), self.check, primary=True)
        self.check_button.setToolTip(_("Read every page and compare records, links, search and log with each other"))
        self.check_button.setFocus()
        safekeeping.keeper.changed.connect(self.reload)
        self.reload()

    def _button(self, verb: str, do: Any) -> QPushButton:
        button = self.add_button(verb, do)
        button.setAutoDefault(False)
        return button

    def reload(self) -> None:
        """Read the facts."""
        tasks.run(self, Facts.read, self.show_facts, place="facts")

    def show_facts(self, facts: Facts) -> None:
        """Show them; the system is asked in the other thread what kind of drive that is: it may take long to say."""
        if facts.path != self._path:
            self._path = facts.path
            tasks.elsewhere(self, partial(_kind_of_place, facts.path), partial(self._set, 1), place="drive")
            for button in (self.repair_button, self.compact_button, self.quick_button):
                button.setVisible(isinstance(facts.path, Path))
        much = _("{size} MB, of which {free} MB are empty") if isinstance(facts.path, Path) else _("{size} MB")
        size = much.format(size=f"{facts.size / 1e6:,.1f}", free=f"{facts.free / 1e6:,.1f}")
        versions = (
            f"CRM Desktop {crm_desktop.__version__}",
            _("file format {n}").format(n=facts.version),
            facts.product,
            f"Qt {qVersion()}",
            f"Python {platform.python_version()}",
            platform.system(),
        )
        never = _("never")
        lines = (
            (_("Customer file"), str(facts.path)),
            (_("Kind of drive"), None),
            (_("File size"), size),
            (_("Last change"), values.show_datetime(facts.written) if facts.written else never),
            (_("Last backup"), values.show_datetime(facts.backed_up) if facts.backed_up else never),
            (_("Last check"), self._last_check()),
            (_("Versions"), " · ".join(versions)),
        )
        for number, (title, text) in enumerate(lines):
            if number == len(self._values):
                self._add_line(title)
            if text is not None:
                self._set(number, text)

    def _add_line(self, title: str) -> None:
        number, name = len(self._values), QLabel(title)
        name.setProperty("tone", "muted")
        self.grid.addWidget(name, number, 0, Qt.AlignmentFlag.AlignTop)
        value = QLabel("…")
        value.setWordWrap(True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._values.append(value)
        self.grid.addWidget(value, number, 1)

    def _set(self, number: int, text: str) -> None:
        self._values[number].setText(text)

    # checking

    def _last_check(self) -> str:
        """When it was checked on this computer, and what came of it."""
        last = CHECKED.of(str(self._path)).get()
        if not last:
            return _("never on this computer")
        what = _("quick check: pages") if last.get("quick") else _("pages, links, search index and log")
        number = int(last.get("problems", 0))
        found = ngettext("{n} problem", "{n} problems", number).format(n=number) if number else _("sound")
        return f"{values.show_datetime(str(last.get('at', '')))} · {what} · {found}"

    def check(self, quick: bool = False) -> None:
        """Check everything, or only the pages; it only reads and can be stopped at any time."""
        progress = self._begin(_("Checking the file"))
        tasks.run(
            self,
            lambda: checking.problems(progress, quick),
            partial(self.show_problems, quick=quick),
            ended=self._end,
            reading=True,
            progress=progress,
        )

    def show_problems(self, problems: Sequence[str], quick: bool = False) -> None:
        """Say what was found, and what to do."""
        now = datetime.now()
        at = now.isoformat(timespec="seconds")
        CHECKED.of(str(self._path)).set({"at": at, "quick": quick, "problems": len(problems)})
        self._set(5, self._last_check())
        if problems:
            text = ngettext("{n} problem was found.", "{n} problems were found.", len(problems)).format(n=len(problems))
            self.notice.say(text, [(_("Repair…"), self.repair)], tone="overdue")
        elif quick:
            text = _("Every page of the file can be read ({at}). Links, search and log were not looked at.")
            self.notice.say(text.format(at=now.strftime("%H:%M")), tone="good")
        else:
            text = _("The file is sound: its pages, its links, the search index and the log were checked at {at}.")
            self.notice.say(text.format(at=now.strftime("%H:%M")), tone="good")
        self._list(problems)

    def _list(self, sentences: Sequence[str]) -> None:
        self.found.setPlainText("\n".join(sentences))
        self.found.setVisible(bool(sentences))

    # mending

    def compact(self) -> None:
        """Write the file anew without its empty pages; until it is done it can be stopped."""
        progress, won = self._begin(_("Compacting")), list[int]()

        def ended() -> None:
            # the answer stands in `won`: a Cancel that came too late must not hide what was done
            self._end()
            if won:
                size = f"{max(won[0], 0) / 1e6:,.1f}"
                self.message_bar.say(_("The file is {size} MB smaller.").format(size=size))
            self.reload()

        tasks.run(self, lambda: won.append(checking.compact(progress)), ended=ended, progress=progress)

    def repair(self) -> None:
        """Bring what can be read into a new file."""
        progress = salvaging.start(self, self._path, self._repaired) if isinstance(self._path, Path) else None
        if progress is not None:
            self._busy(progress)

    def _repaired(self, came: Repaired | None) -> None:
        self._end()
        if came is None:
            return
        if not came.reopened:  # nothing else can be worked in
            self.file_chosen.emit(came.target)
        ready = _("{file} is ready.").format(file=came.target)
        way = _("Open the repaired file"), lambda: self.file_chosen.emit(came.target)
        self.notice.say(ready, [way], "good" if came.told.sound else "due")
        self._list(came.told.sentences)

    def _begin(self, what: str) -> tasks.Progress:
        progress = tasks.Progress(self)
        self.message_bar.follow(progress, what)
        self._busy(progress)
        return progress

    def _busy(self, progress: tasks.Progress | None) -> None:
        self._progress = progress
        for button in (self.check_button, self.quick_button, self.compact_button, self.repair_button):
            button.setEnabled(progress is None)

    def _end(self) -> None:
        self._busy(None)

    @override
    def reject(self) -> None:
        if self._progress is not None:
            self._progress.cancel()  # a check stops at once, and what was begun in writing is taken back
        super().reject()
