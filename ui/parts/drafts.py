"""What was typed and not yet saved: kept beside the logs a second after the last key, offered again later."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer

from crm_desktop import paths, values
from crm_desktop.i18n import _
from crm_desktop.store import file, history
from crm_desktop.store.change import Change
from ui import tasks
from ui.parts.notice import Notice

R = TypeVar("R")
STARTED = time.time()
"""When this program began: what was typed before then was left when it ended."""
_taken_up: set[Path] = set()
SOON = 1000
"""Milliseconds after the last key."""


@dataclass(frozen=True)
class Draft:
    """What somebody typed into a form, and when."""

    at: str
    raw: dict[str, Any]
    saving: int = 0
    """The change it was being saved in when the program ended; 0 for none. If the log has it, it was saved."""

    def in_words(self) -> str:
        """The sentence that offers it."""
        return _("Typed at {time} and not saved.").format(time=values.show_when(self.at))


@dataclass(frozen=True)
class Left:
    """A draft from before this start."""

    path: Path
    table: str
    """Of which record the form was, or what its dialog calls its draft."""
    record: int | None
    draft: Draft
    name: str = ""
    """What the record is called."""


def path_of(table: str, record: int | None) -> Path:
    """Where the draft of a record's form lies (None: a new record), apart for every customer file."""
    return paths.drafts() / f"{_file_mark()}-{table}-{record or 'new'}.json"


def _file_mark() -> str:
    """What tells the drafts of the open file from those of others."""
    name = str(file.place()) if file.is_open() else ""
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def left() -> list[Left]:
    """What was typed into forms of the open file before this start and is not saved, the newest first."""
    found: list[Left] = []
    with suppress(OSError):
        for path in paths.drafts().glob(f"{_file_mark()}-*.json"):
            draft = read(path)
            _mark, _dash, rest = path.stem.partition("-")
            table, _dash, record = rest.rpartition("-")
            if draft is not None and path.stat().st_mtime < STARTED and (record == "new" or record.isdecimal()):
                found.append(Left(path, table, None if record == "new" else int(record), draft))
    return sorted(found, key=lambda one: one.draft.at, reverse=True)


def take_up(path: Path) -> None:
    """The next form that this draft is of takes it up without asking again."""
    _taken_up.add(path)


def read(path: Path) -> Draft | None:
    """The draft that lies there; None where there is none, or nothing that can be read."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if not found["raw"]:
            return None
        at, raw, moment = found["at"], found["raw"], float(found.get("moment", 0))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    number, when = 0, 0.0
    with suppress(OSError, ValueError):
        text, _gap, told = _mark_of(path).read_text(encoding="ascii").partition(" ")
        number, when = int(text), float(told)
    return Draft(at, raw, number if when >= moment else 0)


def write(path: Path, raw: dict[str, Any], moment: float | None = None) -> None:
    """Keep what was typed until that moment (seconds since 1970); a power cut leaves the old draft or the new one."""
    beside = path.with_suffix(".new")
    moment = time.time() if moment is None else moment
    at = datetime.fromtimestamp(moment).isoformat(timespec="seconds")
    # a full disk must not stop anybody's typing
    with suppress(OSError):
        text = json.dumps({"at": at, "moment": moment, "raw": raw}, ensure_ascii=False)
        with beside.open("w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(beside, path)


def mark(path: Path, change: int) -> None:
    """Note in which change a draft is being saved: killed after that, the next start sees whether it was."""
    with suppress(OSError):  # not forced onto the disk: each save would wait for it, and only a power cut loses it
        _mark_of(path).write_text(f"{change} {time.time()}", encoding="ascii")


def _mark_of(path: Path) -> Path:
    return path.with_suffix(".saving")


def remove(path: Path) -> None:
    """Forget a draft."""
    for each in (path, _mark_of(path)):
        with suppress(OSError):
            each.unlink(missing_ok=True)


class Keeper(QObject):
    """Keeps the draft of one form: `touch` after every change, `drop` when it was saved or thrown away."""

    def __init__(self, parent: QObject, table: str, record: int | None, raw: Callable[[], dict[str, Any]]) -> None:
        super().__init__(parent)
        self._path = path_of(table, record)
        self._raw = raw
        self._timer = QTimer(self, singleShot=True, interval=SOON)
        self._timer.timeout.connect(self.write)

    def touch(self) -> None:
        """Something was typed."""
        if not self._timer.isActive():
            self._timer.start()

    def write(self) -> None:
        """Keep what is written now, in the second thread."""
        self._timer.stop()
        path, raw, moment = self._path, self._raw(), time.time()
        # without a place: an older draft is written before a newer one, and nothing is left out when the window closes
        tasks.elsewhere(self, lambda: write(path, raw, moment) if raw else remove(path))

    def saving(self, work: Callable[[Change], R]) -> Callable[[Change], R]:
        """The work that saves what is typed here, with a note beside the draft in which change that is."""
        if self._timer.isActive():
            self.write()
        path = self._path

        def noted(c: Change) -> R:
            mark(path, c.id)
            return work(c)

        return noted

    def drop(self) -> None:
        """What was typed is saved, or not wanted."""
        self._timer.stop()
        path = self._path
        tasks.elsewhere(self, lambda: remove(path))

    def offer(self, notice: Notice, go_on: Callable[[dict[str, Any]], object]) -> None:
        """Where a draft was left, ask whether to go on with it."""
        path = self._path

        def look(draft: Draft | None) -> None:
            if draft is not None and draft.saving:
                number = draft.saving
                tasks.run(
                    self,
                    lambda: history.is_written(number),
                    lambda saved: self.drop() if saved else self._offer(draft, notice, go_on),
                    reading=True,
                )
            elif draft is not None:
                self._offer(draft, notice, go_on)

        tasks.elsewhere(self, lambda: read(path), look, place="offer")

    def _offer(self, draft: Draft, notice: Notice, go_on: Callable[[dict[str, Any]], object]) -> None:
        def take() -> None:
            notice.hide()
            go_on(draft.raw)

        def discard() -> None:
            notice.hide()
            self.drop()

        if self._path in _taken_up:
            _taken_up.discard(self._path)
            go_on(draft.raw)
            return
        notice.say(draft.in_words(), [(_("Continue"), take), (_("Discard"), discard)], "accent")
