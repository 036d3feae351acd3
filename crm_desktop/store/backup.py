"""Backups: a copy through SQLite's own backup, proved to be sound before it gets its name."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

import crm_desktop
from crm_desktop import paths
from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.store import file, moving
from crm_desktop.store.backups import (
    KINDS,
    NOTE,
    Backup,
    Progress,
    before_upgrades,
    counts,
    first_change,
    forget_note,
    found_in,
    needs_room,
    office_of,
    read,
    verify,
)
from crm_desktop.store.record import tables

__all__ = [
    "KINDS",
    "Backup",
    "Progress",
    "Unsound",
    "also_in",
    "before_upgrades",
    "copy",
    "folder",
    "found_in",
    "make",
    "origin",
    "read",
    "seal",
    "verify",
]


STEP: Final = 256
"""Pages copied at a time; in between, colleagues can save."""
_RESTARTS: Final = 3  # a colleague's save makes SQLite begin again; after so many, they wait for us once
PATIENCE: Final = 60  # seconds without any progress
_PART: Final = ".part"
_ABANDONED: Final = 24 * 3600  # seconds after which an unfinished copy belongs to nobody


class Unsound(UserError):
    """A copy that is not sound: the file it was taken from is damaged, or the drive it was written to."""


class _Restarted(Exception):
    """Colleagues save so often that a copy in small steps never ends."""


def folder() -> Path:
    """The folder of this computer for backups."""
    return paths.backups()


def make(target: Path, reason: str = "manual", note: str = "", progress: Progress | None = None) -> Backup:
    """Back the open file up into a folder and prove that the copy is sound; UserError when that fails.

    `progress` is called between small steps and may itself ask or write on the open connection: SQLite brings such
    writes into the copy.
    """
    part = copy(target, reason, note, progress)
    return seal(part, progress)


def copy(target: Path, reason: str = "manual", note: str = "", progress: Progress | None = None) -> Path:
    """The first half of `make`, for the thread that owns the file: the copy under a temporary name."""
    target = Path(target).absolute()
    if file.connection().in_transaction:
        raise RuntimeError("a backup inside a change would hold what may still be taken back")
    _refuse_folder(target)
    _sweep(target)
    part = target / f"{file.place().stem} {os.getpid()}-{time.time_ns()}{_PART}"
    with _or_nothing(part), closing(sqlite3.connect(part, isolation_level=None)) as taken:
        if file.is_server():
            with moving.new_in_file(taken):  # a backup of a server is a file, compared with it row by row
                moving.fill(taken, progress)
            _write_note(taken, reason, note, counts(taken))
            return part
        taken.execute("PRAGMA journal_mode=OFF")  # an unfinished copy is thrown away
        before = _state()
        try:
            _copy_pages(file.connection(), taken, progress, STEP)
        except _Restarted:
            _copy_pages(file.connection(), taken, progress, -1)
        _write_note(taken, reason, note, _rows_when_copied(taken, before))
    return part


def seal(part: Path, progress: Progress | None = None) -> Backup:
    """The second half of `make`, in any thread: the copy is proved sound and gets its name."""
    with _or_nothing(part):
        if wrong := verify(part, progress):
            raise Unsound(
                _("The backup in {folder} did not come out sound and was thrown away: {reason}").format(
                    folder=part.parent, reason=wrong[0]
                )
            )
        made = read(part)
        path = _free_name(part.parent, part.name.rsplit(" ", 1)[0], made)
        os.replace(part, path)
        sync(part.parent)
    return read(path)


def also_in(made: Backup, target: Path, progress: Progress | None = None) -> Backup:
    """Put a finished backup into a second folder, too, and prove it there; needs no open file, for any thread.

    UserError when the folder cannot be reached (it is never made: a drive that is missing must not become a folder of
    this computer), or when the copy is not sound there.
    """
    target = Path(target).absolute()
    part = target / f"{made.path.stem[:40].strip()} {os.getpid()}-{time.time_ns()}{_PART}"
    with _or_nothing(part):
        needs_room(target, made.size)
        with made.path.open("rb") as source, part.open("xb") as taken:
            while piece := source.read(1 << 20):
                taken.write(piece)
                if progress:
                    progress(taken.tell(), made.size, _("Copying the backup to {folder}").format(folder=target))
            taken.flush()
            os.fsync(taken.fileno())
        if wrong := verify(part, progress):
            raise Unsound(wrong[0])
        path, number = target / made.path.name, 1
        while path.exists():
            number += 1
            path = target / f"{made.path.stem} {number}{file.SUFFIX}"
        os.replace(part, path)
        sync(target)
    return read(path)


def origin() -> int | None:
    """What tells the open file from all others: the number of its first change."""
    with file.troubles():
        return first_change(file.connection())


def copy_pages(source: sqlite3.Connection, target: sqlite3.Connection, progress: Progress | None, what: str) -> None:
    """Copy a whole database into another in one transaction of the target, in steps that can be stopped."""
    _copy_pages(source, target, progress, STEP, what, restarts=10**9)


def _copy_pages(
    source: sqlite3.Connection,
    target: sqlite3.Connection,
    progress: Progress | None,
    step: int,
    what: str = "",
    restarts: int = _RESTARTS,
) -> None:
    least, begun_again, moved = 1 << 62, 0, time.monotonic()

    def watch(status: int, remaining: int, total: int) -> None:
        nonlocal least, begun_again, moved
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            if time.monotonic() - moved > PATIENCE:
                raise UserError(
                    _("Others are using the file. Close it on all computers, then try again; nothing was changed.")
                )
        else:
            begun_again += remaining > least
            least, moved = remaining, time.monotonic()
            if begun_again > restarts:
                raise _Restarted
        if progress and status != sqlite3.SQLITE_DONE:  # it has been committed: too late to stop
            progress(total - remaining, total, what or _("Copying the file"))

    source.backup(target, pages=step, progress=watch, sleep=0.05)


def _state() -> tuple[int, int]:
    """Moves whenever anybody writes into the open file."""
    return int(file.one("PRAGMA data_version")), file.connection().total_changes


def _rows_when_copied(taken: sqlite3.Connection, before: tuple[int, int]) -> dict[str, int]:
    """How many rows the open file had when it was copied: now, less what the log says was written since."""
    last = taken.execute("SELECT coalesce(max(id), 0) FROM change_entry").fetchone()[0]
    raw = file.connection()
    raw.execute("BEGIN")
    try:
        now = counts(raw)
        since = raw.execute(
            "SELECT \"table\", sum(op = '+') - sum(op = '-') FROM change_entry WHERE id > ? GROUP BY 1", (last,)
        ).fetchall()
    finally:
        raw.execute("ROLLBACK")
    if _state() == before:
        return now
    more = dict(since)
    return {table: n - more.get(table, 0) for table, n in now.items() if table in tables()}


def _write_note(raw: sqlite3.Connection, reason: str, note: str, rows: Mapping[str, int]) -> None:
    noted = {
        "at": datetime.now().isoformat(timespec="seconds"),
        "reason": reason if reason in KINDS else "manual",
        "note": note,
        "office": office_of(raw),
        "origin": first_change(raw),
        "program": crm_desktop.__version__,
        "file": str(file.place()),
        "counts": rows,
    }
    forget_note(raw)
    raw.execute(f"CREATE TABLE {NOTE} (note TEXT NOT NULL)")
    raw.execute(f"INSERT INTO {NOTE} VALUES (?)", (json.dumps(noted, ensure_ascii=False),))


def _refuse_folder(target: Path) -> None:
    try:
        target.mkdir(parents=True, exist_ok=True)
        needs_room(target, file.size())
    except OSError as error:
        raise UserError(_cannot_write(target, error)) from error


def _cannot_write(target: Path, error: OSError) -> str:
    return _("Nothing can be written into {folder}: {reason}. Check the drive, or choose another folder.").format(
        folder=target, reason=error.strerror or error
    )


def _sweep(target: Path) -> None:
    """Remove copies that a crash left unfinished."""
    with suppress(OSError):
        for path in target.glob(f"*{_PART}"):
            if re.search(r" \d+-\d{15,}\.part$", path.name) and time.time() - path.stat().st_mtime > _ABANDONED:
                path.unlink()


@contextmanager
def _or_nothing(part: Path) -> Iterator[None]:
    """A copy that was not finished disappears; disk troubles become sentences."""
    try:
        with file.troubles(part.parent):
            yield
    except BaseException as error:
        with suppress(OSError):
            part.unlink()
        if isinstance(error, OSError):
            raise UserError(_cannot_write(part.parent, error)) from error
        raise


def _free_name(target: Path, stem: str, made: Backup) -> Path:
    """`office 2026-11-22 011200 before import.crm`: people see what it is, and it sorts by time."""
    at = made.at[:19].replace("T", " ").replace(":", "")
    why = re.sub(r'[<>:"/\\|?*\x00-\x1f]', "", made.note or _(KINDS[made.reason]))[:60].strip(" .")
    name = f"{stem} {at} {why}".strip()
    path, number = target / f"{name}{file.SUFFIX}", 1
    while path.exists():
        number += 1
        path = target / f"{name} {number}{file.SUFFIX}"
    return path


def sync(target: Path) -> None:
    """The new name survives a power cut, too, where folders can be synced."""
    with suppress(OSError):
        handle = os.open(target, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
