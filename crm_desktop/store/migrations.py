"""The steps that bring an older customer file up to date; a copy is taken first, and the list only ever grows."""

from __future__ import annotations

import glob
import os
import platform
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from crm_desktop.errors import UserError
from crm_desktop.i18n import N_, _
from crm_desktop.store import (
    steps_complaints,
    steps_covering,
    steps_own_fields,
    steps_service,
    steps_staff,
    steps_surveys,
)
from crm_desktop.store.ids import new_id

UPGRADED: Final = N_("Upgrade")
"""What bringing a file up to date is called in the log (msgid)."""
Step = Callable[[sqlite3.Connection], None]

FIRST = 1
STEPS: list[Step] = [
    steps_own_fields.add_own_fields,
    steps_complaints.add_calendar,
    steps_complaints.add_course_of_complaints,
    steps_covering.cover_lists,
    steps_surveys.add_surveys,
    steps_service.add_service_requests,
    steps_staff.add_staff,
    steps_covering.cover_today,
    steps_covering.cover_saves,
]
"""Step n turns a file of version FIRST + n into FIRST + n + 1; append, never edit what has been released."""


def version() -> int:
    """The newest file version this program knows."""
    return FIRST + len(STEPS)


def copy_before(connection: sqlite3.Connection, path: Path, old: int) -> Path:
    """A copy of the file beside it, made through the connection, before the upgrade from version `old`.

    It gets its name when it is whole: a computer that dies meanwhile leaves nothing that looks like a copy.
    """
    part = path.with_name(f"{path.stem}.before-upgrade-{old} {platform.node()} {os.getpid()}-{time.time_ns()}.part")
    copy = sqlite3.connect(part)
    try:
        connection.backup(copy)
        if copy.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise UserError(
                _("{file} was not upgraded: the copy that is made first is not sound. Repair the file first.").format(
                    file=path
                )
            )
    except BaseException:
        copy.close()
        part.unlink()
        raise
    copy.close()
    target = _free_name(path, old)
    part.rename(target)
    return target


def leave_line(connection: sqlite3.Connection, old: int) -> None:
    """The operation log says that the file was brought up to date from version `old`, and on which computer."""
    (last,) = connection.execute('SELECT coalesce(max(id), 0) FROM "change"').fetchone()
    number = max(new_id(), last + 1)  # a clock that is behind must not make it the first: that tells files apart
    at, what = datetime.now().isoformat(timespec="seconds"), f"{old} → {version()}"
    connection.execute(
        'INSERT INTO "change" (id, at, user_name, pc, action, note) VALUES (?,?,?,?,?,?)',
        (number, at, "", platform.node(), UPGRADED, what),
    )


def _free_name(path: Path, old: int) -> Path:
    """A name for the copy; asked for at the end, because another computer may have finished its own meanwhile."""
    target, number = path.with_name(f"{path.stem}.before-upgrade-{old}{path.suffix}"), 1
    while target.exists():
        number += 1
        target = path.with_name(f"{path.stem}.before-upgrade-{old}-{number}{path.suffix}")
    return target


def _sweep(path: Path) -> None:
    """Remove copies that this computer left unfinished when it died in an upgrade; others may be at theirs."""
    for part in path.parent.glob(
        f"{glob.escape(f'{path.stem}.before-upgrade-')}*{glob.escape(platform.node())} *.part*"
    ):
        with suppress(OSError):
            part.unlink()


def upgrade(connection: sqlite3.Connection, path: Path, old: int) -> Path | None:
    """Run the missing steps in one transaction; the copy that was taken first, or None when nothing was to do."""
    if old >= version():
        return None
    copy = copy_before(connection, path, old)
    connection.execute("PRAGMA foreign_keys=OFF")  # only works outside a transaction; tables may be rebuilt
    try:
        connection.execute("BEGIN IMMEDIATE")
        # another computer may have been quicker while we copied
        (old,) = connection.execute("PRAGMA user_version").fetchone()
        if old > version():  # and newer than we are: the next try says so
            raise UserError(
                _("{file} is being saved by somebody else. Nothing is lost; try again in a moment.").format(file=path)
            )
        for step in STEPS[old - FIRST :]:
            step(connection)
        if old < version():
            leave_line(connection, old)
        if torn := connection.execute("PRAGMA foreign_key_check").fetchall():
            raise RuntimeError(f"an upgrade step left links to nothing: {torn[:5]}")
        connection.execute(f"PRAGMA user_version={version()}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute("PRAGMA foreign_keys=ON")
    _sweep(path)
    return copy
