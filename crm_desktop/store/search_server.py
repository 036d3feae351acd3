"""The search index of an office on a PostgreSQL server, which needs no extension there.

Each text's trigrams lie in a column `terms` beside it (a tsvector made by us: no dictionary, no language) under a GIN
index, which finds a term or all that begin with one: what the trigram index of a file does, from one character on.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any, Final

from crm_desktop.store.search_words import Index, Word

_END: Final = "\x1f"
_MOST_BYTES: Final = 900_000  # of terms: PostgreSQL takes 1 MB; what a text says beyond 100,000 characters is not found
_EVERY: Final = 1 << 60
_LONG: Final = 8  # letters: a longer pinyin word is always looked up, as its pattern would grow without end
_COPIED: Final = 50
_CHECKED: Final = 2000

_CREATE: Final = (
    'CREATE TABLE IF NOT EXISTS "{t}_hay" (id BIGINT PRIMARY KEY, hay TEXT COLLATE "C" NOT NULL,'
    " terms TSVECTOR NOT NULL) WITH (toast_tuple_target = 128)",
    # the terms, ten times as large, lie elsewhere: looking through ids and texts does not read them
    'ALTER TABLE "{t}_hay" ALTER COLUMN hay SET STORAGE MAIN, ALTER COLUMN terms SET STORAGE EXTERNAL',
    # and what the server would know of them makes it read them all, for want of knowing that they lie there
    'ALTER TABLE "{t}_hay" ALTER COLUMN terms SET STATISTICS 0',
    'CREATE INDEX IF NOT EXISTS "{t}_terms" ON "{t}_hay" USING gin (terms) WITH (gin_pending_list_limit = 256)',
)


def create(connection: sqlite3.Connection, table: str) -> None:
    """Make the search index of a table, if it has none yet (inside the running transaction)."""
    for statement in _CREATE:
        connection.execute(statement.format(t=table))


def drop(connection: sqlite3.Connection, table: str) -> None:
    """Remove the search index of a table."""
    connection.execute(f'DROP TABLE IF EXISTS "{table}_hay"')


def terms(text: str) -> list[str]:
    """What a search text is found by: three characters from each place, or fewer where a part of it ends."""
    found = dict.fromkeys(text[at : at + 3].partition(_END)[0] for at in range(len(text)))
    found.pop("", None)
    if len(found) * 12 > _MOST_BYTES:
        kept, size = [], 0
        for term in found:
            size += len(term.encode()) + 4
            if size > _MOST_BYTES:
                break
            kept.append(term)
        return kept
    return list(found)


def _quoted(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"


def _vector(text: str) -> str:
    return " ".join(map(_quoted, terms(text)))


def rebuild(connection: sqlite3.Connection, table: str) -> None:
    """Make the index anew from the texts."""
    last = -1
    while rows := _texts_after(connection, table, last):
        connection.executemany(
            f'UPDATE "{table}_hay" SET terms = CAST(? AS tsvector) WHERE id = ?',
            [(_vector(text), i) for i, text, _stored in rows],
        )
        last = rows[-1][0]


def check(connection: sqlite3.Connection, table: str) -> bool:
    """Whether the index agrees with the texts."""
    last = -1
    while rows := _texts_after(connection, table, last):
        if any(set(stored) != set(terms(text)) for _id, text, stored in rows):
            return False
        last = rows[-1][0]
    return True


def _texts_after(connection: sqlite3.Connection, table: str, last: int) -> list[tuple[int, str, list[str]]]:
    return connection.execute(
        f'SELECT id, hay, tsvector_to_array(terms) FROM "{table}_hay" WHERE id > ? ORDER BY id LIMIT {_CHECKED}',
        (last,),
    ).fetchall()


def write(connection: Any, table: str, changed: Sequence[tuple[int, str]], known: Iterable[int]) -> None:
    """Keep these texts; those of the `known` have another one so far."""
    there = set(known)
    fresh = [(i, text, _vector(text)) for i, text in changed if i not in there]
    other = [(text, _vector(text), i) for i, text in changed if i in there]
    if len(fresh) >= _COPIED:
        connection.copy(f'"{table}_hay" (id, hay, terms)', fresh)
    else:
        connection.executemany(f'INSERT INTO "{table}_hay" (id, hay, terms) VALUES (?, ?, CAST(? AS tsvector))', fresh)
    connection.executemany(f'UPDATE "{table}_hay" SET hay = ?, terms = CAST(? AS tsvector) WHERE id = ?', other)


def forget(connection: sqlite3.Connection, table: str, ids: Sequence[int]) -> None:
    """Remove the texts of these records."""
    connection.executemany(f'DELETE FROM "{table}_hay" WHERE id = ?', [(i,) for i in ids])


class ServerIndex(Index):
    """The same questions, asked of `terms`."""

    def find(self, word: Word, limit: int) -> set[int] | None:
        long = word.typed is not None and len(word.typed.word) > _LONG
        return super().find(word, _EVERY if long else limit)

    def _asked(self, query: str, limit: int | None, more: str = "", *params: str) -> set[int]:
        sql = f'SELECT h.id FROM "{self.table}_hay" h WHERE h.terms @@ CAST(? AS tsquery){more}'
        sql += f" LIMIT {limit + 1}" if limit is not None and limit < _EVERY else ""
        return {i for (i,) in self.connection.execute(sql, (query, *params))}

    def _between(self, low: str, high: str, limit: int | None) -> set[int]:
        return self._asked(_prefixes(low, high), limit)

    def _beginning(self, ranges: Iterable[tuple[str, str]], limit: int | None) -> set[int]:
        queries = [_prefixes(low, high) for low, high in ranges]
        return self._asked(" | ".join(queries), limit) if queries else set()

    def _any(self, low: str, high: str) -> bool:
        return bool(self._asked(_prefixes(low, high), 0))

    def _having(self, needle: str, limit: int) -> set[int]:
        if len(needle) < 3:
            return self._asked(f"{_quoted(needle)}:*", limit)
        each = dict.fromkeys(needle[at : at + 3] for at in range(len(needle) - 2))
        query = " & ".join(map(_quoted, each))
        if len(needle) == 3:
            return self._asked(query, limit)
        return self._asked(query, limit, " AND instr(h.hay, ?) > 0", needle)


def _prefixes(low: str, high: str) -> str:
    """The query for the terms from `low` to `high`, whose last character stands for "and all that begin so"."""
    last = high[:-1]
    codes = range(ord(low[-1]), ord(last[-1]) + 1)
    return " | ".join(f"{_quoted(low[:-1] + chr(code))}:*" for code in codes)
