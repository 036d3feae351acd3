"""The steps that bring an older customer file up to date; a copy is taken first, and the list only ever grows."""

from __future__ import annotations

import glob
import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from crm_desktop.errors import UserError
from crm_desktop.i18n import _

Step = Callable[[sqlite3.Connection], None]

FIRST = 1
STEPS: list[Step] = []
"""Step n turns a file of version FIRST + n into FIRST + n + 1; append, never edit what has been released."""


def version() -> int:
    """The newest file version this program knows."""
    return FIRST + len(STEPS)


def copy_before(connection: sqlite3.Connection, path: Path, old: int) -> Path:
    """A copy of the file beside it, made through the connection, before the upgrade from version `old`.

    It gets its name when it is whole: a computer that dies meanwhile leaves nothing that looks like a copy.
    """
    target = path.with_name(f"{path.stem}.before-upgrade-{old}{path.suffix}")
    number = 1
    while target.exists():
        number += 1
        target = path.with_name(f"{path.stem}.before-upgrade-{old}-{number}{path.suffix}")
    part = target.with_name(f"{target.stem} {os.getpid()}-{time.time_ns()}.part")
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
    os.replace(part, target)
    return target


def _sweep(path: Path) -> None:
    """Remove copies that a computer which died in an upgrade left unfinished."""
    for part in path.parent.glob(f"{glob.escape(path.stem)}.before-upgrade-*.part*"):
        with suppress(OSError):  # on Windows, where another computer is still writing it
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
        for step in STEPS[old - FIRST :]:
            step(connection)
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
