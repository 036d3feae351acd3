"""The customer file: open or create it, ask it, and say in plain words what is wrong with a file that is not one."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import peewee

from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.store import migrations, search
from crm_desktop.store.record import Row, Table, chunks, database, leaves, tables

APPLICATION_ID = 0x43524D44  # "CRMD"
SUFFIX = ".crm"

# shared-drive.md, rule 2: the same everywhere, because the PC that owns a shared folder sees it as a local disk
PRAGMAS = (
    ("page_size", 16384),
    ("journal_mode", "PERSIST"),
    ("synchronous", "FULL"),
    ("foreign_keys", "ON"),
    ("mmap_size", 0),
    ("temp_store", "MEMORY"),
    ("cache_size", -16000),
)
BUSY_SECONDS = 8

_path: Path | None = None
_raw: sqlite3.Connection | None = None  # for interrupt(): peewee knows a connection only in its own thread
opened: list[Callable[[], None]] = []
"""Called after a file was opened, in the thread that owns it: what is kept in memory is read again."""


def path() -> Path:
    """The open customer file; RuntimeError when none is open."""
    if _path is None:
        raise RuntimeError("no customer file is open")
    return _path


def is_open() -> bool:
    return _path is not None


def _header(target: Path) -> bytes:
    with target.open("rb") as stream:
        return stream.read(100)


def _refuse_what_is_no_file(target: Path) -> bytes:
    """The first 100 bytes of a customer file; UserError with the sentence that fits what it is instead."""
    if not os.path.isdir(target.parent):  # pathlib lets some errors of a vanished network drive fly
        raise UserError(
            _("The folder {folder} cannot be reached. Check that the drive is connected, then try again.").format(
                folder=target.parent
            )
        )
    if not os.path.exists(target):
        raise UserError(_("There is no file {file}. Choose another one or create a new file.").format(file=target))
    if os.path.isdir(target):
        raise UserError(_("{file} is a folder. Choose the customer file inside it.").format(file=target))
    try:
        header = _header(target)
    except OSError as error:
        raise UserError(
            _("{file} cannot be read: {reason}. Ask whoever looks after the computers for access to it.").format(
                file=target, reason=error.strerror or error
            )
        ) from error
    if not header:
        raise UserError(
            _(
                "{file} is empty (0 bytes), so it is not a customer file. Look for a backup, or create a new file."
            ).format(file=target)
        )
    if not header.startswith(b"SQLite format 3\0"):
        raise UserError(
            _("{file} is not a customer file ({kind}). To bring in a list, use Import instead.").format(
                file=target, kind=_kind_of(header, target)
            )
        )
    return header


def _kind_of(header: bytes, target: Path) -> str:
    """What a stranger's file seems to be, in words."""
    for start, kind in (
        (b"\xff\xd8\xff", _("a photo")),
        (b"\x89PNG", _("a picture")),
        (b"GIF8", _("a picture")),
        (b"%PDF", _("a PDF document")),
        (b"PK\x03\x04", _("an Excel workbook or a zip archive")),
        (b"\xd0\xcf\x11\xe0", _("an old Excel or Word file")),
    ):
        if header.startswith(start):
            return kind
    text = not any(byte < 9 for byte in header)
    return _("a text file") if text else _("an unknown kind of file, or a damaged one")


def _refuse_strangers(target: Path, header: bytes) -> int:
    """The file's version; UserError for another program's database or a file from the future."""
    application, version = int.from_bytes(header[68:72], "big"), int.from_bytes(header[60:64], "big")
    if len(header) < 100 or (application == APPLICATION_ID and version < migrations.FIRST):
        raise UserError(_damaged(target))
    if application != APPLICATION_ID:
        raise UserError(
            _("{file} is a database of another program, not a customer file. It was left as it is.").format(file=target)
        )
    if version > migrations.version():
        raise UserError(
            _(
                "{file} was made by a newer version of this program "
                "(file version {theirs}, this program knows {ours}). "
                "Update the program on this computer, then open it again."
            ).format(file=target, theirs=version, ours=migrations.version())
        )
    return version


def _refuse_read_only(target: Path) -> None:
    # the mode bits, too: an administrator may write anything, and a file marked read-only was marked on purpose
    writable = os.access(target, os.W_OK) and stat.S_IMODE(target.stat().st_mode) & 0o222
    if not writable or not os.access(target.parent, os.W_OK):
        raise UserError(
            _(
                "{file} is read-only, so nothing could be saved in it. "
                "Remove the write protection of the file and its folder, or copy it to another place."
            ).format(file=target)
        )


def version_of(target: Path) -> int:
    """The version of a customer file that may be read-only; UserError with its own sentence for everything else."""
    return _refuse_strangers(target, _refuse_what_is_no_file(target))


def inspect(target: Path) -> int:
    """The version of a customer file, without touching it; UserError with its own sentence for everything else."""
    version = version_of(target)
    _refuse_read_only(target)
    return version


def open_file(target: Path) -> None:
    """Open a customer file in this thread, bringing an older one up to date; UserError when it cannot be opened."""
    target = Path(target).absolute()
    version = inspect(target)
    close()
    with troubles(target):
        _connect(target)
        try:
            _refuse_wal()
            migrations.upgrade(connection(), target, version)
            for listener in opened:
                listener()
        except BaseException:
            close()
            raise


def _refuse_wal() -> None:
    """Two PCs cannot share a file in WAL mode; connecting turns it off unless somebody else has the file open."""
    if one("PRAGMA journal_mode") == "wal":
        raise UserError(
            _(
                "{file} is open in another program that must be closed first. Close it on all computers, "
                "then open the file again."
            ).format(file=path())
        )


def create(target: Path) -> None:
    """Create a new, empty customer file and open it; an existing file is never overwritten."""
    target = Path(target).absolute()
    if os.path.isdir(target) or (os.path.exists(target) and target.stat().st_size):
        raise UserError(_("{file} exists already. Choose another name, or open it.").format(file=target))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch()
    except OSError as error:
        raise UserError(
            _("{file} cannot be created: {reason}. Choose another folder.").format(
                file=target, reason=error.strerror or error
            )
        ) from error
    close()
    with troubles(target):
        _connect(target)
        try:
            with transaction():
                make_tables()
                connection().execute(f"PRAGMA application_id={APPLICATION_ID}")
                connection().execute(f"PRAGMA user_version={migrations.version()}")
        except BaseException:
            close()
            raise
    for listener in opened:
        listener()


def make_tables() -> None:
    """Today's tables and search indexes, in the open database."""
    database.create_tables(leaves(Table))
    for model in tables().values():
        if model.searchable:
            search.create(connection(), model.table())


def _connect(target: Path) -> None:
    global _path, _raw
    plain = peewee.SqliteDatabase(
        str(target), pragmas=PRAGMAS, timeout=BUSY_SECONDS, autoconnect=False, cached_statements=256
    )
    database.initialize(plain)
    plain.connect()
    _path, _raw = target, database.connection()
    search.prepare(connection())


def close() -> None:
    """Close the customer file, if one is open."""
    global _path, _raw
    if _path is not None:
        _path, _raw = None, None
        database.close()


def connection() -> sqlite3.Connection:
    """The raw connection, for bulk work and lists; only in the thread that opened the file."""
    raw: sqlite3.Connection = database.connection()
    return raw


def interrupt() -> None:
    """Break off the query that is running; from any thread, never while something is written."""
    if _raw is not None:
        _raw.interrupt()


def ask(sql: str, params: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
    """All rows of a query."""
    with troubles():
        return connection().execute(sql, tuple(params)).fetchall()


def one(sql: str, params: Iterable[Any] = ()) -> Any:
    """The first value of a query's first row, or None."""
    rows = ask(sql, params)
    return rows[0][0] if rows else None


def rows(table: str, ids: Sequence[int], columns: Iterable[str] = ()) -> dict[int, Row]:
    """Stored rows by id (just these columns and the id, if any are named); ids that are not there are left out."""
    wanted = ",".join(f'"{name}"' for name in dict.fromkeys(["id", *columns])) if columns else "*"
    found: dict[int, Row] = {}
    with troubles():
        for part in chunks(ids):
            marks = ",".join("?" * len(part))
            cursor = connection().execute(f'SELECT {wanted} FROM "{table}" WHERE id IN ({marks})', tuple(part))
            names = [column[0] for column in cursor.description]
            for values in cursor:
                row = dict(zip(names, values, strict=True))
                found[row["id"]] = row
    return found


@contextmanager
def transaction() -> Iterator[None]:
    """One short write transaction; everything or nothing."""
    raw = connection()
    with troubles():
        raw.execute("BEGIN IMMEDIATE")
        try:
            yield
            raw.execute("COMMIT")
        except BaseException:
            if raw.in_transaction:
                raw.execute("ROLLBACK")
            raise


@contextmanager
def troubles(target: Path | None = None) -> Iterator[None]:
    """Disk, lock and network troubles as sentences; anything else flies on."""
    try:
        yield
    except (sqlite3.DatabaseError, peewee.DatabaseError) as error:
        sentence = _sentence(error, target or _path or Path("?"))
        if sentence is None:
            raise
        raise UserError(sentence) from error


def _sentence(error: Exception, target: Path) -> str | None:
    """What a database error means for the user, or None when it is a bug of ours."""
    cause = error.__context__ if isinstance(error, peewee.PeeweeException) else error
    code = getattr(cause, "sqlite_errorname", "") or ""
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return _("{file} is being saved by somebody else. Nothing is lost; try again in a moment.").format(file=target)
    if code.startswith("SQLITE_FULL"):
        return _("The disk with {file} is full. Free some space, then save again.").format(file=target)
    if code.startswith("SQLITE_READONLY"):
        return _("{file} has become read-only. Check its write protection, then save again.").format(file=target)
    if code.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN")):
        return _("{file} cannot be reached just now. Check the drive or the network, then try again.").format(
            file=target
        )
    if code.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return _damaged(target)
    if code == "SQLITE_CONSTRAINT_FOREIGNKEY":
        return _("Something this belongs to was deleted in the meantime. Nothing was saved; look again and choose.")
    if code == "SQLITE_CONSTRAINT_UNIQUE":
        return _("There is another entry with this number or name already. Nothing was saved; choose another one.")
    return None


def _damaged(target: Path) -> str:
    return _("{file} is damaged. Close the program, copy the file to a safe place and restore a backup.").format(
        file=target
    )
