"""The connection to the customer file, or to the server an office lies on: made, asked, lost and made anew.

Everybody asks through `file`, which is this and what opens, creates and writes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType
from typing import Any

import peewee

from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.store import lock_proof, search, sharing, wrong_files
from crm_desktop.store.address import Address, Place
from crm_desktop.store.reconnecting import Way
from crm_desktop.store.record import database
from crm_desktop.store.troubles import Away, Busy, Damaged, busy, is_broken, is_damage, told

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

way = Way()
"""Whether the open file can be reached."""
_path: Place | None = None
_raw: sqlite3.Connection | None = None  # for interrupt(): peewee knows a connection only in its own thread
_instead: sqlite3.Connection | None = None
_instead_of: object = None
_writing = False
_only_reading = False


def place() -> Place:
    """The open customer file, or the address of the office on a server; RuntimeError when none is open."""
    if _path is None:
        raise RuntimeError("no customer file is open")
    return _path


def path() -> Path:
    """The open customer file; UserError where the office lies on a server, RuntimeError when nothing is open."""
    found = place()
    if isinstance(found, Address):
        raise UserError(_("This works with a customer file only; this office lies on a server ({address}).").format(
            address=found))  # fmt: skip
    return found


def is_server() -> bool:
    """Whether the open office lies on a PostgreSQL server."""
    return isinstance(_path, Address)


def is_open() -> bool:
    return _path is not None


def is_far() -> bool:
    """Whether the open file lies on a network drive, where each page that is read costs a round trip."""
    shared = sharing.current()
    return _path is not None and _instead is None and shared is not None and shared.place.remote


def connection() -> sqlite3.Connection:
    """The raw connection, for bulk work and lists; only in the thread that opened the file.

    After a trouble on the way it is made anew; Away as long as the file cannot be reached.
    """
    if _instead is not None:
        return _instead
    if _raw is not None and only_reads() != _only_reading and not _writing and not _raw.in_transaction:
        disconnect()  # something else is known of the locks now
    if _raw is None and _path is not None:
        _reconnect(_path)
    raw: sqlite3.Connection = database.connection()
    return raw


def interrupt() -> None:
    """Break off the query that is running; from any thread, never while something is written."""
    if (reader := _instead or _raw) is not None:
        reader.interrupt()


def server_door() -> ModuleType:
    """What knows servers; UserError when its libraries are not installed."""
    try:
        # who works with a file does not wait for them
        from crm_desktop.store import server
    except ImportError as error:
        raise UserError(
            _(
                "Working with a server needs two more libraries. "
                "Install them with: pip install 'psycopg[binary]' keyring"
            )
        ) from error
    return server


def connect_server(target: Address, password: str | None, make: bool = False) -> None:
    global _path, _raw, _only_reading
    plain = server_door().database(target, password, make)
    database.initialize(plain)
    plain.connect()
    _path, _raw, _only_reading = target, database.connection(), False
    way.connections += 1


def only_reads() -> bool:
    """Whether the file is not even opened for writing: its drive gives no locks, or they lie, or that is not known."""
    shared = sharing.current()
    return shared is not None and shared.verdict in ("refused", "lying", "checking") and not is_server()


def connect(target: Path) -> None:
    global _path, _raw, _only_reading
    name = str(target)
    options: dict[str, Any] = {}
    if only_reads():
        # nobody writes there, so reading needs no lock either; and it must not take back what seems half saved
        name, options = lock_proof.without_locks(target), {"uri": True}
    plain = peewee.SqliteDatabase(
        name, pragmas=PRAGMAS, timeout=BUSY_SECONDS, autoconnect=False, cached_statements=256, **options
    )
    database.initialize(plain)
    plain.connect()
    _path, _raw, _only_reading = target, database.connection(), only_reads()
    way.connections += 1
    search.prepare(connection())


def disconnect() -> None:
    global _raw
    if _raw is not None:
        gone, _raw = _raw, None
        with suppress(sqlite3.Error):
            if gone.in_transaction:
                gone.execute("ROLLBACK")
        with suppress(sqlite3.Error, peewee.PeeweeException):
            database.close()


def _reconnect(target: Place) -> None:
    """Make the connection anew when the time for it has come; Away when it cannot be made."""
    if _writing or not way.is_due:
        raise Away(way.sentence(target))
    try:
        if isinstance(target, Address):
            connect_server(target, None)
        else:
            wrong_files.version_of(target)
            connect(target)
        if way.suspect and not way.is_hopeless and connection().execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise Damaged
    except (UserError, OSError, sqlite3.Error, peewee.PeeweeException) as error:
        disconnect()
        way.failed(looked=isinstance(error, Damaged) or is_damage(error))
        raise Away(way.sentence(target)) from error
    if way.is_hopeless:
        way.damage = wrong_files.damaged(Path(str(target)))  # it stays open for reading what can be read
    way.again()


def _dropped(error: BaseException) -> None:
    """The way to the file broke, or its content looked broken over a network: nothing of the connection is kept."""
    shared = sharing.current()
    suspect = is_damage(error) and shared is not None and shared.place.remote and not way.damage
    if is_broken(error) or suspect:
        disconnect()
        way.broke(suspect)


@contextmanager
def troubles(target: Place | None = None) -> Iterator[None]:
    """Disk, lock and network troubles as sentences; anything else flies on. Without a target, of the open file."""
    try:
        yield
    except (sqlite3.DatabaseError, peewee.DatabaseError) as error:
        found = told(error, target or _path or Path("?"))
        if found is None:
            raise
        if target is None and _instead is None:
            _dropped(error)
            if way.since is not None and isinstance(found, Away | Damaged):
                found = Away(way.sentence(_path))
        if isinstance(found, Busy) and (shared := sharing.current()) is not None:
            found = busy(target or _path, shared.who_blocks())
        raise found from error


def begin_look(raw: sqlite3.Connection) -> None:
    """Begin a transaction that only reads."""
    if is_server():
        raw.look()  # type: ignore[attr-defined]  # postgres.Connection has the face of a file's
    else:
        raw.execute("BEGIN")


def roll_back(raw: sqlite3.Connection) -> None:
    # a connection that was dropped has rolled back already
    if raw in (_raw, _instead) and raw.in_transaction:
        with suppress(sqlite3.Error):
            raw.execute("ROLLBACK")


@contextmanager
def reading_from(copy: sqlite3.Connection, mark: object, *, long: bool = True) -> Iterator[None]:
    """Questions inside are answered by a private copy of the open file; nothing may be written.

    `mark` differs from copy to copy. While something `long` is read, no look at the file itself stays open.
    """
    global _instead, _instead_of
    if _raw is not None and long:
        roll_back(_raw)  # a look at the file that has begun: colleagues do not wait for what follows
    _instead, _instead_of = copy, mark
    try:
        yield
    finally:
        _instead = _instead_of = None


def instead_of() -> object:
    """The mark of the private copy that answers just now; None when the file does."""
    return _instead_of


def let_go() -> None:
    """Forget the file: its connection and what was known of the way to it."""
    global _path
    _path = None
    disconnect()
    way.forget()


def is_writing() -> bool:
    """Whether a change is being written: what is asked meanwhile sees what it has written so far."""
    return _writing


def write_now(writing: bool) -> None:
    """Whether something is being written: a connection that breaks then is not made anew before it ended."""
    global _writing
    _writing = writing
