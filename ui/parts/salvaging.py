"""Repair of a customer file in the window: where to, how far, and what was lost; the damaged file is not touched."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import QFileDialog

from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.store import file, repair
from crm_desktop.store.repair import Salvage
from ui import tasks
from ui.parts.dialog import Dialog
from ui.parts.saving_as import ending


class Repaired(NamedTuple):
    """What came out of it."""

    target: Path
    told: Salvage
    reopened: bool
    """Whether the file that was open before is open again."""

    @property
    def text(self) -> str:
        """What was lost or may be wrong, one sentence a line."""
        return "\n".join(self.told.sentences)


def start(dialog: Dialog, damaged: Path, done: Callable[[Repaired | None], object]) -> tasks.Progress | None:
    """Ask for the new file's place and fill it; `done` is told what came of it, nothing when it failed or was stopped.

    None when no place was chosen.
    """
    # a name nobody has yet, without asking a drive that may not answer
    at = datetime.now().strftime("%Y-%m-%d %H%M%S")
    free = damaged.with_stem(_("{file} repaired").format(file=damaged.stem) + f" {at}")
    pattern = _("Customer files ({pattern})").format(pattern=f"*{file.SUFFIX}")
    chosen, _kind = QFileDialog.getSaveFileName(dialog, _("Repair into a new file"), str(free), pattern)
    if not chosen:
        return None
    target = ending(chosen, file.SUFFIX)
    progress, came = tasks.Progress(dialog), list[Repaired]()

    def work() -> None:
        before = file.place() if file.is_open() else None
        reopened = before is None
        try:
            told = repair.salvage(damaged, target, progress)
        finally:
            file.close()
            if before is not None:
                with suppress(UserError):  # it is the damaged one, and was open since it was still sound
                    file.open_file(before)
                    reopened = True
        came.append(Repaired(target, told, reopened))

    dialog.message_bar.follow(progress, _("Reading the damaged file"))
    # the answer stands in `came`: a Cancel that came too late must not hide what was done
    tasks.run(dialog, work, ended=lambda: done(came[0] if came else None), progress=progress)
    return progress
