"""Move an office with its whole history: from a file to a server, back, or into a backup; compared row by row.

Everything is written in one transaction: what does not come over exactly as it was does not come over at all.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import peewee

from crm_desktop.errors import UserError
from crm_desktop.i18n import _, ngettext
from crm_desktop.store import file, mending, migrations, search, wrong_files
from crm_desktop.store.address import Address, Place
from crm_desktop.store.record import Table, leaves, tables

Progress = Callable[[int, int, str], None]
STEP: Final = 2000


@dataclass
class Moved:
    """What came over: records by table, the lines of the log among them."""

    counts: dict[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return sum(self.counts.values())

    def in_words(self, target: Place) -> str:
        """How much went where."""
        customers = self.counts["customer"]
        return ngettext(
            "{n} customer and everything else ({rows} rows) moved to {target} and compared row by row.",
            "{n} customers and everything else ({rows} rows) moved to {target} and compared row by row.",
            customers,
        ).format(n=f"{customers:,}", rows=f"{self.rows:,}", target=target)


def move(source: Place, target: Place, progress: Progress | None = None, password: str | None = None) -> Moved:
    """Copy a whole office to a new place and compare it there row by row; the old one stays and is left open.

    UserError when the target is taken already, cannot be reached, or colleagues save meanwhile; then it is as it was.
    """
    if not (file.is_open() and file.place() == source):
        file.open_file(source)
    before = file.version_seen()
    with _new(target, password) as raw:
        moved = fill(raw, progress)
        if file.version_seen() != before:
            raise UserError(_("A colleague saved meanwhile, so nothing was moved. Ask everybody to close the program."))
    return moved


def fill(raw: sqlite3.Connection, progress: Progress | None = None) -> Moved:
    """Bring all of the open office into an empty one, inside its running transaction, and compare every row."""
    moved = Moved()
    models = leaves(Table)
    with file.troubles(), _as_of_now() as here:
        total = 2 * sum(here.execute(f'SELECT count(*) FROM "{_table(model)}"').fetchone()[0] for model in models)
        done = 0

        def tell(count: int, what: str) -> None:
            nonlocal done
            done += count
            if progress:
                progress(done, total, what)

        for model in models:
            name, columns, key = _table(model), list(model._meta.columns), _key(model)
            names, marks = ",".join(f'"{c}"' for c in columns), ",".join("?" * len(columns))
            for rows in _pages(here, name, columns, key):
                raw.executemany(f'INSERT INTO "{name}" ({names}) VALUES ({marks})', rows)
                tell(len(rows), _("Copying the records"))
        for name in _searched():
            for rows in _pages(here, f"{name}_hay", ["id", "hay"], "id"):
                search.save(raw, name, rows)
                tell(0, _("Making everything findable"))
        for model in models:
            moved.counts[_table(model)] = _compare(
                here, raw, _table(model), list(model._meta.columns), _key(model), tell
            )
        for name in _searched():
            _compare(here, raw, f"{name}_hay", ["id", "hay"], "id", lambda _count, _what: None)
    return moved


def _table(model: type[Table]) -> str:
    return str(model._meta.table_name)


def _key(model: type[Table]) -> str:
    key: Any = model._meta.primary_key
    return str(key.column_name)


def _searched() -> list[str]:
    return [name for name, model in tables().items() if model.searchable]


@contextmanager
def _as_of_now() -> Iterator[sqlite3.Connection]:
    """A connection that sees the open office as it is now, whoever saves meanwhile.

    To a server it is another one: `progress` may ask and write on ours, and nobody waits.
    """
    place = file.place()
    if isinstance(place, Address):
        # who moves from file to file does not wait for the libraries of a server
        from crm_desktop.store import server

        other: Any = server.connect(place, place.given)
        with closing(other):
            other.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield other
        return
    raw = file.connection()
    raw.execute("BEGIN")
    try:
        yield raw
    finally:
        with suppress(sqlite3.Error):
            if raw.in_transaction:
                raw.execute("ROLLBACK")


def _pages(raw: sqlite3.Connection, table: str, columns: Sequence[str], key: str) -> Iterator[list[tuple[Any, ...]]]:
    """All rows of a table in the order of its key, a few at a time."""
    names, at = ",".join(f'"{c}"' for c in columns), columns.index(key)
    sql = f'SELECT {names} FROM "{table}"{{}} ORDER BY "{key}" LIMIT {STEP}'
    rows = raw.execute(sql.format("")).fetchall()
    while rows:
        yield rows
        rows = raw.execute(sql.format(f' WHERE "{key}" > ?'), (rows[-1][at],)).fetchall()


def _compare(
    here: sqlite3.Connection,
    raw: sqlite3.Connection,
    table: str,
    columns: Sequence[str],
    key: str,
    tell: Callable[[int, str], None],
) -> int:
    """How many rows a table has, the same here and there; UserError naming the first that is not."""
    count, at = 0, columns.index(key)
    theirs = _pages(raw, table, columns, key)
    for rows in _pages(here, table, columns, key):
        there = next(theirs, [])
        if rows != there:
            odd = next((a[at] for a, b in zip(rows, there, strict=False) if a != b), rows[-1][at])
            raise UserError(
                _("“{table}” did not come over exactly as it was (record {record}), so nothing was moved.").format(
                    table=mending.title(table), record=odd
                )
            )
        count += len(rows)
        tell(len(rows), _("Comparing every record"))
    if next(theirs, None):
        raise UserError(
            _("“{table}” has more records there than here, so nothing was moved.").format(table=mending.title(table))
        )
    return count


@contextmanager
def _new(target: Place, password: str | None) -> Iterator[sqlite3.Connection]:
    """A new office at that place, to be filled: there when all went well, otherwise not."""
    if isinstance(target, Address):
        with _new_on_server(target, password) as raw:
            yield raw
        return
    target = Path(target).absolute()
    if target.exists():
        raise UserError(_("{file} exists already. Choose another name, or open it.").format(file=target))
    part = target.with_name(f"{target.name}.{os.getpid()}-{time.time_ns()}.part")
    try:
        with file.troubles(target), closing(sqlite3.connect(part, isolation_level=None)) as raw, new_in_file(raw):
            yield raw
        os.rename(part, target)
    except OSError as error:
        raise UserError(
            _("{file} cannot be created: {reason}. Choose another folder.").format(
                file=target, reason=error.strerror or error
            )
        ) from error
    finally:
        for leftover in (part, part.with_name(f"{part.name}-journal")):
            leftover.unlink(missing_ok=True)


@contextmanager
def new_in_file(raw: sqlite3.Connection) -> Iterator[None]:
    """Make an empty database an office, to be filled inside: one transaction, with our marks in the file's head."""
    for name, value in file.PRAGMAS:
        # no journal is left lying beside a new file
        raw.execute(f"PRAGMA {name}={'MEMORY' if name == 'journal_mode' else value}")
    raw.execute("BEGIN IMMEDIATE")
    _make_tables(_Borrowed(raw), raw)
    yield
    raw.execute(f"PRAGMA application_id={wrong_files.APPLICATION_ID}")
    raw.execute(f"PRAGMA user_version={migrations.version()}")
    raw.execute("COMMIT")


class _Borrowed(peewee.SqliteDatabase):
    """peewee over a connection that somebody else opened."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        super().__init__(":memory:", autoconnect=False)
        self._raw = raw

    def _connect(self) -> sqlite3.Connection:
        return self._raw


def _make_tables(database: Any, raw: sqlite3.Connection) -> None:
    models = leaves(Table)
    if database.is_closed():
        database.connect()
    with database.bind_ctx(models, bind_refs=False, bind_backrefs=False):
        database.create_tables(models)
    for name in _searched():
        search.create(raw, name)


@contextmanager
def _new_on_server(target: Address, password: str | None) -> Iterator[sqlite3.Connection]:
    # who moves from file to file does not wait for the libraries of a server
    from crm_desktop.store import server

    database: Any = server.database(target, password, make=True)
    with file.troubles(target):
        database.connect()
        raw: sqlite3.Connection = database.connection()
        try:
            raw.execute("BEGIN IMMEDIATE")
            server.refuse_full(target, raw)
            server.prepare(raw)
            _make_tables(database, raw)
            yield raw
            server.make_links(database)
            server.count_on(raw)
            raw.execute("COMMIT")
            raw.execute("VACUUM (ANALYZE)")  # or the server would guess for some minutes how to find things
        finally:
            with suppress(sqlite3.Error):
                if raw.in_transaction:
                    raw.execute("ROLLBACK")
            database.close()
