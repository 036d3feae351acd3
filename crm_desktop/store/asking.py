"""What the customer file is asked, and what it says of itself; everybody asks through `file`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from crm_desktop.store.link import begin_look, connection, instead_of, is_server, place, roll_back, troubles, way
from crm_desktop.store.record import Row, chunks


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
def at_once() -> Iterator[None]:
    """Questions inside are one look at the file: over a network each costs a dozen trips by itself.

    All answers are of one moment, and nothing may be written meanwhile.
    """
    raw = connection()
    if raw.in_transaction:  # such as a repair that reads what it has just written
        yield
        return
    begin_look(raw)
    try:
        yield
    finally:
        roll_back(raw)  # it only read


def state() -> object:
    """What differs from before when this or another program has written since."""
    raw = connection()
    # a new connection counts from the beginning, and may come to the same numbers
    return place(), instead_of(), way.connections, version_seen(), raw.total_changes


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
