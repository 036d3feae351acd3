"""The customer file: open or create it, ask it, and say troubles with its disk or network in plain words.

It may as well lie on a PostgreSQL server (an Address): `connection()` then has the same face and takes the same SQL.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.store import migrations, search, sharing, wrong_files
from crm_desktop.store.address import Address, Place
from crm_desktop.store.asking import ask, at_once, one, rows, size, state, version, version_seen
from crm_desktop.store.link import (
    PRAGMAS,
    connect,
    connect_server,
    connection,
    instead_of,
    interrupt,
    is_far,
    is_open,
    is_server,
    is_writing,
    let_go,
    path,
    place,
    reading_from,
    server_door,
    troubles,
    way,
)
from crm_desktop.store.record import Table, database, leaves, tables
from crm_desktop.store.transactions import has_arrived, read_only, refuse_writing, transaction
from crm_desktop.store.troubles import ReadOnly

__all__ = [
    "PRAGMAS",
    "SUFFIX",
    "ask",
    "at_once",
    "close",
    "closed",
    "connection",
    "create",
    "has_arrived",
    "instead_of",
    "interrupt",
    "is_far",
    "is_open",
    "is_server",
    "is_writing",
    "make_tables",
    "one",
    "open_file",
    "opened",
    "path",
    "place",
    "read_only",
    "reading_from",
    "refuse_writing",
    "reread",
    "rows",
    "settled",
    "size",
    "state",
    "transaction",
    "troubles",
    "version",
    "version_seen",
    "way",
]

SUFFIX = ".crm"
before_upgrade: Path | None = None
"""The copy of the open file from before it was brought up to date on opening; None when it was as it should be."""
opened: list[Callable[[], None]] = []
"""Called after a file was opened, in the thread that owns it: what is kept in memory is read again."""
settled: list[Callable[[], None]] = []
"""Called after those; these may write."""
closed: list[Callable[[], None]] = []
"""Called after a file was closed, in the thread that owned it: what was copied of it is deleted."""


def open_file(target: Place, password: str | None = None) -> None:
    """Open a customer file in this thread, bringing an older one up to date; UserError when it cannot be opened."""
    if isinstance(target, Address):
        _open_server(target, password)
        return
    target = Path(target).absolute()
    global before_upgrade
    version, before_upgrade = wrong_files.inspect(target), None
    close()
    with troubles(target):
        try:
            shared = sharing.begin(target)
            if shared.place.remote:
                wrong_files.refuse_wal(target)  # connecting would turn it off while others are in it
            connect(target)
            _refuse_wal()
            with at_once():
                _refuse_unfinished()
                if version == migrations.version():
                    _tell(opened)
            if version < migrations.version():
                before_upgrade = migrations.upgrade(connection(), target, version)
                _tell(opened)
            _tell(settled)
        except BaseException:
            close()
            raise


def _open_server(target: Address, password: str | None, new: bool = False) -> None:
    """Open the office at this address, or make a new one there."""
    server = server_door()
    from crm_desktop.store import server_presence

    close()
    with troubles(target):
        try:
            connect_server(target, password, make=new)
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
            if reason := sharing.begin(target).reason():
                target.unlink()
                raise ReadOnly(reason)
            connect(target)
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


def reread() -> None:
    """Read again what is kept in memory: another program may have written into the file."""
    with troubles():
        with at_once():
            _tell(opened)
        _tell(settled)


def _tell(listeners: Iterable[Callable[[], None]]) -> None:
    for listener in listeners:
        listener()


def close() -> None:
    """Close the customer file, if one is open."""
    let_go()
    sharing.end()
    _tell(closed)
