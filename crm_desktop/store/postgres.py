"""A PostgreSQL server with the face of SQLite's connection, so that everything above the store knows only one.

What goes wrong over there is raised as the error SQLite raises for the same trouble (see `_NAMED`).
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import Any, Final, Self

from crm_desktop.store.dialect import for_server, turned
from crm_desktop.store.driver import Buffer, Dumper, Loader, TransactionStatus, psycopg

WRITING: Final = 0x43524D01
"""The advisory lock of whoever writes: one at a time, so that the order of the log is the order of the commits."""
CHANGED: Final = "crm_desktop_changed"
"""What the server calls out to everybody when somebody has saved."""
_PATIENCE: Final = 2.0  # seconds for a server to take note that a query is to be broken off
_MANY: Final = 20  # from so many rows on they are streamed
_NAMED: Final = {
    "55P03": "SQLITE_BUSY",  # somebody else has been saving for longer than we wait
    "40001": "SQLITE_BUSY",
    "40P01": "SQLITE_BUSY",
    "53100": "SQLITE_FULL",
    "25006": "SQLITE_READONLY",
    "42501": "SQLITE_READONLY",
    "57014": "SQLITE_INTERRUPT",
    "23503": "SQLITE_CONSTRAINT_FOREIGNKEY",
    "23505": "SQLITE_CONSTRAINT_UNIQUE",
    "XX001": "SQLITE_CORRUPT",
    "XX002": "SQLITE_CORRUPT",
}
"""What SQLite calls a trouble that PostgreSQL has a number for (its appendix A)."""


class ServerError(sqlite3.OperationalError):
    """A trouble of the server, named as SQLite names it."""

    def __init__(self, error: psycopg.Error, name: str) -> None:
        super().__init__(str(error))
        self.sqlite_errorname = name


@contextmanager
def named() -> Iterator[None]:
    """Raise what psycopg raises as a ServerError."""
    try:
        yield
    except psycopg.Error as error:
        state = error.sqlstate or ""
        lost = isinstance(error, psycopg.OperationalError) and (not state or state[:2] in ("08", "57"))
        raise ServerError(error, _NAMED.get(state, "SQLITE_IOERR" if lost else "SQLITE_ERROR")) from error


class _Flag(Dumper):
    """Yes and no are 1 and 0, as in the file."""

    oid = 21  # int2

    def dump(self, obj: Any) -> Buffer:
        return b"1" if obj else b"0"


class _Bool(Loader):
    def load(self, data: Buffer) -> int:
        return int(bytes(data) == b"t")


class _Numeric(Loader):
    """Sums of whole numbers come as numeric."""

    def load(self, data: Buffer) -> int | float:
        text = bytes(data)
        return int(text) if text.lstrip(b"-").isdigit() else float(text)


class Cursor(psycopg.Cursor[tuple[Any, ...]]):
    """A cursor that has no rows, rather than an error, after what gives none."""

    def fetchall(self) -> list[tuple[Any, ...]]:
        return super().fetchall() if self.description else []

    def fetchmany(self, size: int = 0) -> list[tuple[Any, ...]]:
        return super().fetchmany(size) if self.description else []

    def fetchone(self) -> tuple[Any, ...] | None:
        return super().fetchone() if self.description else None

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> tuple[Any, ...]:
        if not self.description:
            raise StopIteration
        return super().__next__()


_INSERT: Final = re.compile(r'INSERT INTO ("?\w+"? \([^)]*\)) VALUES \((.*)\)', re.DOTALL)
_VALUE: Final = re.compile(r"\s*(?:(\?)|(NULL)|'((?:[^']|'')*)'|(-?[\d.]+))\s*(?:,|$)")
_GIVEN: Final = object()
_LOOK: Final = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"


@lru_cache(100)
def _streamed(sql: str) -> tuple[str, tuple[Any, ...]] | None:
    """An insertion as a stream: into which table and columns, and what each holds (_GIVEN, or always the same)."""
    found = _INSERT.fullmatch(sql)
    if not found:
        return None
    values: list[Any] = []
    at = 0
    while at < len(found[2]):
        value = _VALUE.match(found[2], at)
        if not value:
            return None  # an expression
        mark, nothing, text, number = value.groups()
        values.append(_GIVEN if mark else None if nothing else number if number else text.replace("''", "'"))
        at = value.end()
    return found[1], tuple(values)


def _filled(values: tuple[Any, ...], row: Sequence[Any]) -> Sequence[Any]:
    if len(values) == len(row):
        return row
    given = iter(row)
    return [next(given) if value is _GIVEN else value for value in values]


class Connection:
    """One connection to a server: `execute` takes the SQL the file takes."""

    def __init__(self, conninfo: str, **options: Any) -> None:
        with named():
            self.raw = psycopg.connect(conninfo, autocommit=True, cursor_factory=Cursor, **options)
        adapters = self.raw.adapters
        adapters.register_dumper(bool, _Flag)
        adapters.register_loader("bool", _Bool)
        adapters.register_loader("numeric", _Numeric)
        self.total_changes = 0
        self._breaking: threading.Thread | None = None
        self._looking = False
        self._rollbacks = 0

    @property
    def in_transaction(self) -> bool:
        return self.raw.info.transaction_status in (TransactionStatus.INTRANS, TransactionStatus.INERROR)

    def execute(self, sql: str, params: Sequence[Any] = ()) -> Cursor:
        """One statement."""
        statement, turns = for_server(sql)
        if self._breaking is not None:
            self._let_it_arrive()
        with named():
            cursor = self._asked(statement, turned(turns, tuple(params)))
            if sql.startswith("BEGIN IMMEDIATE"):
                self._wait_for_turn()
        if not cursor.description and cursor.rowcount > 0:
            self.total_changes += cursor.rowcount
        return cursor  # type: ignore[return-value]

    def look(self) -> None:
        """Begin a transaction that only reads: all its answers are of one moment."""
        with named():
            self.raw.execute(_LOOK)
        self._looking = True

    def _asked(self, statement: str, params: Sequence[Any]) -> psycopg.Cursor[tuple[Any, ...]]:
        alone = not self.in_transaction
        looking = self._looking = self._looking and not alone
        if looking and self.raw.info.transaction_status == TransactionStatus.INERROR:
            # a question that was broken off, or was wrong, does not spoil those after it
            self._begin_anew(looking)
        try:
            return self.raw.execute(statement, params)
        except psycopg.errors.FeatureNotSupported:
            if not alone and not looking:
                raise
            # a colleague's upgrade has widened a table
            self._begin_anew(looking)
            return self.raw.execute(statement, params)

    def _begin_anew(self, looking: bool) -> None:
        # after a rollback psycopg forgets what it had prepared, but only after one it has never seen before
        self._rollbacks += 1
        self.raw.execute(f"ROLLBACK /* {self._rollbacks} */")
        if looking:
            self.raw.execute(_LOOK)

    def _wait_for_turn(self) -> None:
        try:
            self.raw.execute("SELECT pg_advisory_xact_lock(%s)", (WRITING,))
        except psycopg.Error:
            self.raw.execute("ROLLBACK")
            raise

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """One statement for each of the rows."""
        given = rows if isinstance(rows, list) else list(rows)
        if not given:
            return
        if len(given) >= _MANY and (streamed := _streamed(sql)):
            into, values = streamed
            self.copy(into, (_filled(values, row) for row in given))
            return
        statement, turns = for_server(sql)
        with named(), self.raw.cursor() as cursor:
            cursor.executemany(statement, [turned(turns, row) for row in given])
        self.total_changes += len(given)

    def copy(self, into: str, rows: Iterable[Sequence[Any]]) -> None:
        """Stream rows into a table ("name" (columns)): many at once cost a tenth."""
        with named(), self.raw.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN") as stream:
            for row in rows:
                stream.write_row(row)
                self.total_changes += 1

    def commit(self) -> None:
        """Finish the running transaction, if there is one."""
        if self.in_transaction:
            self.execute("COMMIT")

    def cursor(self) -> Cursor:
        """A cursor of the driver, for peewee."""
        return self.raw.cursor()  # type: ignore[return-value]

    def interrupt(self) -> None:
        """Break off the query that is running; from any thread, and without waiting for the server."""
        self._breaking = threading.Thread(target=self._break_off, name="break off", daemon=True)
        self._breaking.start()

    def _break_off(self) -> None:
        with suppress(psycopg.Error):
            self.raw.cancel_safe(timeout=_PATIENCE)

    def _let_it_arrive(self) -> None:
        """Breaking off takes its own way to the server: what comes next must not be hit by it."""
        breaking, self._breaking = self._breaking, None
        if breaking is not None:
            breaking.join()
            with suppress(psycopg.Error):
                self.raw.execute("SELECT 1")

    def close(self) -> None:
        self.raw.close()
