"""The customer file: open or create it, ask it, and say troubles with its disk or network in plain words.

It may as well lie on a PostgreSQL server (an Address): `connection()` then has the same face and takes the same SQL.
"""

from __future__ import annotations

import os
import random
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType
from typing import Any

import peewee

from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.store import lock_proof, migrations, search, sharing, wrong_files
from crm_desktop.store.address import Address, Place
from crm_desktop.store.reconnecting import Way
from crm_desktop.store.record import Row, Table, chunks, database, leaves, tables
from crm_desktop.store.troubles import Away, Busy, Damaged, ReadOnly, Unsettled, busy, code, is_broken, is_damage, told

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
patience = 0.0
"""Seconds a change waits for colleagues beyond BUSY_SECONDS; a window asks again by itself, a command waits here."""

way = Way()
"""Whether the open file can be reached."""
_path: Place | None = None
_raw: sqlite3.Connection | None = None  # for interrupt(): peewee knows a connection only in its own thread
_instead: sqlite3.Connection | None = None
_instead_of: object = None
_writing = False
opened: list[Callable[[], None]] = []
"""Called after a file was opened, in the thread that owns it: what is kept in memory is read again."""
settled: list[Callable[[], None]] = []
"""Called after those; these may write."""


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


def open_file(target: Place, password: str | None = None) -> None:
    """Open a customer file in this thread, bringing an older one up to date; UserError when it cannot be opened."""
    if isinstance(target, Address):
        _open_server(target, password)
        return
    target = Path(target).absolute()
    version = wrong_files.inspect(target)
    close()
    with troubles(target):
        try:
            shared = sharing.begin(target)
            if shared.place.remote:
                wrong_files.refuse_wal(target)  # connecting would turn it off while others are in it
            _connect(target)
            _refuse_wal()
            with at_once():
                _refuse_unfinished()
                if version == migrations.version():
                    _tell(opened)
            if version < migrations.version():
                migrations.upgrade(connection(), target, version)
                _tell(opened)
            _tell(settled)
        except BaseException:
            close()
            raise


def _open_server(target: Address, password: str | None, new: bool = False) -> None:
    """Open the office at this address, or make a new one there."""
    server = _server()
    from crm_desktop.store import server_presence

    close()
    with troubles(target):
        try:
            _connect_server(target, password, make=new)
            if new:
                with transaction():
                    server.refuse_full(target, connection())
                    server.prepare(connection())
                    make_tables()
                    server.make_links(database.obj)
            else:
                server.upgrade(connection(), server.refuse_strangers(target, connection()))
                reread()
        except BaseException:
            close()
            raise
    server_presence.begin(target)
    if new:
        reread()


def _server() -> ModuleType:
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


def _connect_server(target: Address, password: str | None, make: bool = False) -> None:
    global _path, _raw
    plain = _server().database(target, password, make)
    database.initialize(plain)
    plain.connect()
    _path, _raw = target, database.connection()
    way.connections += 1


def _refuse_wal() -> None:
    """Two PCs cannot share a file in WAL mode; connecting turns it off unless somebody else has the file open."""
    if one("PRAGMA journal_mode") == "wal":
        raise UserError(
            _(
                "{file} is open in another program that must be closed first. Close it on all computers, "
                "then open the file again."
            ).format(file=place())
        )


def _refuse_unfinished() -> None:
    """A computer that died while it created the file left an empty one: connecting took the half of it back."""
    if not one("SELECT count(*) FROM sqlite_master"):
        raise UserError(wrong_files.empty(path()))


def create(target: Place, password: str | None = None) -> None:
    """Create a new, empty customer file and open it; an existing file is never overwritten."""
    if isinstance(target, Address):
        _open_server(target, password, new=True)
        return
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
        try:
            sharing.begin(target)
            _connect(target)
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
    shared = sharing.current()
    name = str(target)
    options: dict[str, Any] = {}
    if shared is not None and shared.verdict == "refused":
        # nobody can write there, so reading needs no lock either
        name, options = lock_proof.without_locks(target), {"uri": True}
    plain = peewee.SqliteDatabase(
        name, pragmas=PRAGMAS, timeout=BUSY_SECONDS, autoconnect=False, cached_statements=256, **options
    )
    database.initialize(plain)
    plain.connect()
    _path, _raw = target, database.connection()
    way.connections += 1
    search.prepare(connection())


def reread() -> None:
    """Read again what is kept in memory: another program may have written into the file."""
    with troubles():
        with at_once():
            _tell(opened)
        _tell(settled)


def _tell(listeners: Iterable[Callable[[], None]]) -> None:
    for listener in listeners:
        listener()


@contextmanager
def at_once() -> Iterator[None]:
    """Questions inside are one look at the file: over a network each costs a dozen trips by itself.

    All answers are of one moment, and nothing may be written meanwhile.
    """
    raw = connection()
    if raw.in_transaction or is_server():  # such as a repair that reads what it has just written
        yield
        return
    raw.execute("BEGIN")
    try:
        yield
    finally:
        _roll_back(raw)  # it only read


def close() -> None:
    """Close the customer file, if one is open."""
    global _path, way
    _path = None
    _disconnect()
    way = Way()
    sharing.end()


def _disconnect() -> None:
    global _raw
    if _raw is not None:
        gone, _raw = _raw, None
        with suppress(sqlite3.Error):
            if gone.in_transaction:
                gone.execute("ROLLBACK")
        with suppress(sqlite3.Error, peewee.PeeweeException):
            database.close()


def connection() -> sqlite3.Connection:
    """The raw connection, for bulk work and lists; only in the thread that opened the file.

    After a trouble on the way it is made anew; Away as long as the file cannot be reached.
    """
    if _instead is not None:
        return _instead
    if _raw is None and _path is not None:
        _reconnect(_path)
    raw: sqlite3.Connection = database.connection()
    return raw


def _reconnect(target: Place) -> None:
    """Make the connection anew when the time for it has come; Away when it cannot be made."""
    if _writing or not way.is_due:
        raise Away(way.sentence(target))
    try:
        if isinstance(target, Address):
            _connect_server(target, None)
        else:
            wrong_files.version_of(target)
            _connect(target)
        if way.suspect and not way.is_hopeless and connection().execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise Damaged
    except (UserError, OSError, sqlite3.Error, peewee.PeeweeException) as error:
        _disconnect()
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
        _disconnect()
        way.broke(suspect)


def read_only() -> str:
    """Why nothing may be written into the open file, and what to do; "" when it may. From any thread."""
    shared = sharing.current()
    return way.damage or (shared.reason() if shared is not None else "")


@contextmanager
def reading_from(copy: sqlite3.Connection, mark: object) -> Iterator[None]:
    """Questions inside are answered by a private copy of the open file (snapshot.py); nothing may be written.

    `mark` differs from copy to copy.
    """
    global _instead, _instead_of
    if _raw is not None:
        _roll_back(_raw)  # a look at the file that has begun: colleagues do not wait for what follows
    _instead, _instead_of = copy, mark
    try:
        yield
    finally:
        _instead = _instead_of = None


def state() -> object:
    """What differs from before when this or another program has written since."""
    return place(), _instead_of, version_seen(), connection().total_changes


def version_seen() -> Any:
    """What differs from before when another program has written since; a look that costs next to nothing."""
    return one("SELECT max(id) FROM change_entry") if is_server() else one("PRAGMA data_version")


def size() -> int:
    """Bytes of the open file, or of the database on its server."""
    if is_server():
        return int(one("SELECT pg_database_size(current_database())"))
    return int(one("PRAGMA page_count")) * int(one("PRAGMA page_size"))


def version() -> int:
    """The version of the open office."""
    return int(one("SELECT version FROM crm_desktop_office") if is_server() else one("PRAGMA user_version"))


def interrupt() -> None:
    """Break off the query that is running; from any thread, never while something is written."""
    if (reader := _instead or _raw) is not None:
        reader.interrupt()


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
def transaction(number: int | None = None) -> Iterator[None]:
    """One short write transaction; everything or nothing.

    Where the answer to the commit is lost, the change of that number is looked up: if it arrived, all is well, if not,
    it is told as Away. Unsettled when that cannot be known yet, ReadOnly where nothing may be written.
    """
    global _writing
    refuse_writing()
    with sharing.doing("saving"), troubles():
        raw = connection()
        _begin(raw)
        _writing = True
        try:
            yield
        except BaseException:
            _roll_back(raw)
            raise
        finally:
            _writing = False
        _commit(raw, number)


def refuse_writing() -> None:
    """ReadOnly, with the reason, where nothing may be written; Busy while that is being found out."""
    shared = sharing.current()
    if shared is not None and not shared.settle(BUSY_SECONDS):
        raise busy(place(), _("It is just being found out whether the drive can be shared."))
    if reason := read_only():
        raise ReadOnly(reason)


def _begin(raw: sqlite3.Connection) -> None:
    """Wait for our turn to write; computers that wait together do not come back in step."""
    until = time.monotonic() + patience
    if raw.in_transaction:
        raw.execute("COMMIT")  # it was only reading
    while True:
        try:
            raw.execute("BEGIN IMMEDIATE")
            return
        except sqlite3.OperationalError as error:
            if not code(error).startswith("SQLITE_BUSY") or time.monotonic() >= until:
                raise
        time.sleep(random.uniform(0.05, 0.4))


def _roll_back(raw: sqlite3.Connection) -> None:
    # a connection that was dropped has rolled back already
    if raw in (_raw, _instead) and raw.in_transaction:
        with suppress(sqlite3.Error):
            raw.execute("ROLLBACK")


def _commit(raw: sqlite3.Connection, number: int | None) -> None:
    try:
        if number is not None and is_server():
            raw.execute(f"NOTIFY {_server().CHANGED}")
        raw.execute("COMMIT")
    except sqlite3.Error as error:
        if not is_broken(error) and not is_damage(error):
            _roll_back(raw)
            raise
        _disconnect()
        way.broke()
        if number is not None and has_arrived(number):
            return
        if is_damage(error):
            raise
        raise Away(
            _("The connection to {file} broke while saving, and nothing was saved. Save again.").format(file=_path)
        ) from error


def has_arrived(number: int) -> bool:
    """Whether a change whose answer was lost is in the log after all; Unsettled when it cannot be asked just now.

    Asked with the lock of a writer: neither a colleague's half-finished save nor an old copy in this computer's memory
    of the drive can answer.
    """
    try:
        with troubles():
            raw = connection()
            _begin(raw)
            try:
                found = raw.execute('SELECT 1 FROM "change" WHERE id = ?', (number,)).fetchone()
            finally:
                _roll_back(raw)
    except UserError as error:
        raise Unsettled(str(error)) from error
    return found is not None


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
