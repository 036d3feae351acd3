"""The customer file: open or create it, ask it, and say troubles with its disk or network in plain words."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import peewee

from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.store import migrations, search, wrong_files
from crm_desktop.store.record import Row, Table, chunks, database, leaves, tables

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


def open_file(target: Path) -> None:
    """Open a customer file in this thread, bringing an older one up to date; UserError when it cannot be opened."""
    target = Path(target).absolute()
    version = wrong_files.inspect(target)
    close()
    with troubles(target):
        _connect(target)
        try:
            _refuse_wal()
            _refuse_unfinished()
            migrations.upgrade(connection(), target, version)
            reread()
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


def _refuse_unfinished() -> None:
    """A computer that died while it created the file left an empty one: connecting took the half of it back."""
    if not one("SELECT count(*) FROM sqlite_master"):
        raise UserError(wrong_files.empty(path()))


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
                connection().execute(f"PRAGMA application_id={wrong_files.APPLICATION_ID}")
                connection().execute(f"PRAGMA user_version={migrations.version()}")
        except BaseException:
            close()
            raise
    reread()


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


def reread() -> None:
    """Read again what is kept in memory: another program may have written into the file."""
    for listener in opened:
        listener()


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
        return wrong_files.damaged(target)
    if code == "SQLITE_CONSTRAINT_FOREIGNKEY":
        return _("Something this belongs to was deleted in the meantime. Nothing was saved; look again and choose.")
    if code == "SQLITE_CONSTRAINT_UNIQUE":
        return _("There is another entry with this number or name already. Nothing was saved; choose another one.")
    return None
