"""What was typed and not yet saved: kept beside the logs a second after the last key, offered again later."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer

from crm_desktop import paths, values
from crm_desktop.i18n import _
from crm_desktop.store import file
from ui import tasks
from ui.parts.notice import Notice

SOON = 1000
"""Milliseconds after the last key."""


@dataclass(frozen=True)
class Draft:
    """What somebody typed into a form, and when."""

    at: str
    raw: dict[str, Any]

    def in_words(self) -> str:
        """The sentence that offers it."""
        return _("Typed at {time} and not saved.").format(time=values.show_when(self.at))


def path_of(table: str, record: int | None) -> Path:
    """Where the draft of a record's form lies (None: a new record), apart for every customer file."""
    name = str(file.path()) if file.is_open() else ""
    return paths.drafts() / f"{hashlib.sha256(name.encode()).hexdigest()[:16]}-{table}-{record or 'new'}.json"


def read(path: Path) -> Draft | None:
    """The draft that lies there; None where there is none, or nothing that can be read."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return Draft(found["at"], found["raw"]) if found["raw"] else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write(path: Path, raw: dict[str, Any]) -> None:
    """Keep a draft; a power cut leaves the old one or the new one."""
    beside = path.with_suffix(".new")
    # a full disk must not stop anybody's typing
    with suppress(OSError):
        text = json.dumps({"at": datetime.now().isoformat(timespec="seconds"), "raw": raw}, ensure_ascii=False)
        with beside.open("w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(beside, path)


def remove(path: Path) -> None:
    """Forget a draft."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


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
        path, raw = self._path, self._raw()
        # without a place: an older draft is written before a newer one, and nothing is left out when the window closes
        tasks.elsewhere(self, lambda: write(path, raw) if raw else remove(path))

    def drop(self) -> None:
        """What was typed is saved, or not wanted."""
        self._timer.stop()
        path = self._path
        tasks.elsewhere(self, lambda: remove(path))

    def offer(self, notice: Notice, go_on: Callable[[dict[str, Any]], object]) -> None:
        """Where a draft was left, ask whether to go on with it."""
        path = self._path
        tasks.elsewhere(self, lambda: read(path), lambda draft: self._offer(draft, notice, go_on), place="offer")

    def _offer(self, draft: Draft | None, notice: Notice, go_on: Callable[[dict[str, Any]], object]) -> None:
        if draft is None:
            return

        def take() -> None:
            notice.hide()
            go_on(draft.raw)

        def discard() -> None:
            notice.hide()
            self.drop()

        notice.say(draft.in_words(), [(_("Continue"), take), (_("Discard"), discard)], "accent")
