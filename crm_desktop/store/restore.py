"""Restore: a backup takes the place of the customer file, wholly or not at all.

The restored copy is made ready beside the backups, then written into the file through SQLite in one transaction: its
journal brings the old file back whenever that is interrupted, colleagues are locked out meanwhile and read anew
afterwards, and no journal of the old file can meet the new one. Only a file that is gone or too damaged for a
transaction is exchanged for the copy, after its journal was put away with it.
"""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import peewee

from crm_desktop.errors import UserError
from crm_desktop.i18n import N_, _
from crm_desktop.store import backup, backups, file, link, migrations, sharing, traces, wrong_files
from crm_desktop.store.address import Address
from crm_desktop.store.backup import Backup, Progress
from crm_desktop.store.change import Person, now
from crm_desktop.store.ids import new_id
from crm_desktop.store.record import tables
from crm_desktop.store.troubles import ReadOnly

_JOURNAL_KEPT = 4 << 20  # bytes: the journal of a whole file is not left lying beside it
USUAL = ("customer", "contact", "interaction", "complaint")
"""What is compared even where there is none."""
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")


@dataclass(frozen=True)
class Side:
    """What a customer file holds, to be compared with another one."""

    counts: Mapping[str, int]
    """Records by table."""
    last_change: str
    """When somebody last wrote into it, ISO text; "" for never."""
    last_by: str
    office: str
    """What the office is called; "" where nobody said so."""


@dataclass(frozen=True)
class Preview:
    """A backup beside the file it would replace."""

    backup: Backup
    theirs: Side
    ours: Side | None
    """None when no file is open."""
    same_file: bool
    """Whether the backup was made of the open file and not of another office's."""

    def kinds(self) -> list[str]:
        """The tables to compare: all that stand for themselves and that one of the two has, and the usual ones."""
        sides = [side.counts for side in (self.theirs, self.ours) if side is not None]
        known = (t for t, model in tables().items() if model.searchable and t not in USUAL)
        return [*USUAL, *(t for t in known if any(side.get(t) for side in sides))]


@dataclass(frozen=True)
class Restored:
    """What a restore did."""

    backup: Backup
    safety: Path | None
    """The copy of the file as it was before; None when there was no file."""
    change: int
    """The line in the log."""


def preview(path: Path) -> Preview:
    """What restoring a backup would bring, beside the open file; UserError when it is no sound customer file."""
    found = backup.read(path)
    with file.troubles(path), closing(backups.reader(path)) as raw:
        theirs = _side(raw)
        origin = backups.first_change(raw)
    if not file.is_open():
        return Preview(found, theirs, None, False)
    with file.troubles():
        return Preview(found, theirs, _side(file.connection()), origin == backup.origin())


def _side(raw: sqlite3.Connection) -> Side:
    there = set(tables())  # a server's office is always of today
    if isinstance(raw, sqlite3.Connection):
        there = {name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    counts = {t: raw.execute(f'SELECT count(*) FROM "{t}"').fetchone()[0] for t in tables() if t in there}
    return Side(counts, *traces.last_written(raw), backups.office_of(raw) if "setting" in there else "")


def run(
    path: Path,
    current: Path,
    user: Person | None = None,
    progress: Progress | None = None,
    folder: Path | None = None,
) -> Restored:
    """Put a backup in the place of the customer file `current` and open it; a safety backup is made first.

    The safety backup goes into `folder` (this computer's own without one). If `progress` raises, or anything fails,
    the file is as it was; it is opened again when it was open. UserError says what went wrong.
    """
    path, current = Path(path).absolute(), Path(current).absolute()
    found = backup.read(path)
    if path == current:
        raise UserError(_("{file} is the file itself. Choose a backup of it.").format(file=path))
    if wrong := backup.verify(path, progress):
        raise UserError(_("{reason} Nothing was restored; choose another backup.").format(reason=wrong[0]))
    folder = Path(folder or backup.folder()).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    was_open = file.is_open() and file.place() == current
    if was_open and (shared := sharing.current()) is not None and (reason := shared.reason()):
        raise ReadOnly(reason)
    try:
        sound, safety = _safety(current, folder, progress)
        # colleagues are told why they have to wait, and our sign stays while the file is closed
        with sharing.staying("restoring"), ready(path, folder, progress) as part:
            change = _log(part, user)
            file.close()
            with file.troubles(current):
                if not (safety and _write_over(part, current, progress)) or (not sound and backups.verify(current)):
                    _exchange(part, current)
    except BaseException:
        if was_open and not file.is_open():
            with suppress(UserError):
                file.open_file(current)
        raise
    file.open_file(current)
    return Restored(found, safety, change)


def _safety(current: Path, folder: Path, progress: Progress | None) -> tuple[bool, Path | None]:
    """Whether the current file is sound, and where its copy is."""
    if not os.path.exists(current):
        return False, None
    try:
        if not (file.is_open() and file.path() == current):
            file.open_file(current)
        return True, backup.make(folder, "restore", progress=progress).path
    except (backup.Unsound, ValueError, sqlite3.DatabaseError):  # texts that are none, in rows or in SQLite's own words
        file.close()
    except UserError as error:
        if not is_damaged(error, current):
            raise
        file.close()
    return False, _plain_copy(current, folder)


def here() -> Path:
    """The open file, whose place a backup may take; UserError where the office lies on a server."""
    if isinstance(found := file.place(), Address):
        raise UserError(not_on_server(found))
    return found


def not_on_server(address: object) -> str:
    """Why a backup cannot take the place of an office on a server, and what does instead."""
    return _(
        "An office on a server is not overwritten by a backup. Move the backup into a new, empty database instead: "
        "crm-desktop move BACKUP {address}"
    ).format(address=address)


def is_damaged(error: UserError, current: Path) -> bool:
    """Whether the file could not be opened because it is damaged, and not because it is somebody else's."""
    if isinstance(error, wrong_files.DamagedHeader):
        return True
    cause: BaseException | None = error.__cause__
    if isinstance(cause, peewee.PeeweeException):
        cause = cause.__context__
    if isinstance(cause, sqlite3.DatabaseError):
        return (getattr(cause, "sqlite_errorname", "") or "").startswith(_DAMAGED)
    if cause is not None or not os.path.isfile(current) or current.suffix != file.SUFFIX:
        return False
    with current.open("rb") as stream:
        header = stream.read(100)
    return not header.startswith(b"SQLite format 3\0")


def _plain_copy(current: Path, folder: Path) -> Path:
    """A damaged file with its journal, byte for byte: nothing that SQLite could still mend is lost."""
    backups.needs_room(folder, current.stat().st_size)
    at = datetime.now().strftime("%Y-%m-%d %H%M%S")
    name = _("{office} {at} damaged").format(office=current.stem, at=at)
    target = folder / f"{name}{file.SUFFIX}"
    for source, copied in ((current, target), (_journal(current), _journal(target))):
        if source.exists():
            shutil.copy2(source, copied)
    return target


def _journal(path: Path) -> Path:
    return path.with_name(path.name + "-journal")


@contextmanager
def ready(path: Path, folder: Path, progress: Progress | None = None) -> Iterator[Path]:
    """A private copy of a backup, brought up to date and without its note; it disappears afterwards."""
    part = folder / f"restore {os.getpid()}-{time.time_ns()}.part"
    try:
        backups.needs_room(folder, path.stat().st_size)
        with file.troubles(part):
            with closing(backups.reader(path)) as source, closing(connect(part)) as raw:
                raw.execute("PRAGMA journal_mode=OFF")
                backup.copy_pages(source, raw, progress, _("Reading the backup"))
                backups.forget_note(raw)
            version = wrong_files.version_of(part)
            if version < migrations.version():
                with closing(connect(part)) as raw:
                    copied = migrations.upgrade(raw, part, version)
                if copied:
                    copied.unlink()
        yield part
    except OSError as error:
        raise UserError(
            _("The restored file cannot be written: {reason}. Nothing was changed.").format(
                reason=error.strerror or error
            )
        ) from error
    finally:
        for rest in (part, _journal(part)):
            with suppress(OSError):
                rest.unlink()


def connect(path: Path) -> sqlite3.Connection:
    """A bare connection to a file that is not the open one."""
    return sqlite3.connect(path, isolation_level=None, timeout=link.BUSY_SECONDS)


def _log(part: Path, user: Person | None) -> int:
    """The restored file's log says that it was restored."""
    change = new_id()
    values = (change, now(), user.id if user else None, user.name if user else "", platform.node())
    with closing(connect(part)) as raw:
        raw.execute(
            'INSERT INTO "change" (id, at, "user", user_name, pc, action) VALUES (?,?,?,?,?,?)',
            (*values, N_("Restore backup")),
        )
    return change


def _write_over(part: Path, current: Path, progress: Progress | None) -> bool:
    """Write the copy into the file in one transaction; False when the file is too damaged for one."""
    try:
        with closing(connect(part)) as source, closing(connect(current)) as target:
            for name, value in (("journal_mode", "PERSIST"), ("synchronous", "FULL"), ("temp_store", "MEMORY")):
                target.execute(f"PRAGMA {name}={value}")
            target.execute(f"PRAGMA journal_size_limit={_JOURNAL_KEPT}")
            backup.copy_pages(source, target, progress, _("Writing the restored file"))
    except sqlite3.DatabaseError as error:
        if (getattr(error, "sqlite_errorname", "") or "").startswith(_DAMAGED):
            return False
        raise
    except UnicodeDecodeError:
        return False
    return True


def _exchange(part: Path, current: Path) -> None:
    """Put the copy in the place of a file that is gone or past mending; its own copy lies with the backups."""
    near = current.with_name(f"{current.name}.{os.getpid()}.part")
    try:
        current.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(part, near)
        with near.open("rb+") as stream:
            os.fsync(stream.fileno())
        # before the new file comes: a journal of the old one would be played back into it
        with suppress(FileNotFoundError):
            _journal(current).unlink()
        os.replace(near, current)
    finally:
        with suppress(OSError):
            near.unlink()
    backup.sync(current.parent)
