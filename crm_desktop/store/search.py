"""Find records by any part of a name, number or note, or by pinyin, from the first character on.

Each searched table T has T_hay, one text a record: every searched field and the pinyin runs of its names, joined by
\\x1f and ended by two more. T_fts indexes its trigrams; thanks to the two at the end every one or two characters
*begin* a trigram, so T_vocab, the index's terms in order, finds them too. A rare word gives the ids of all records
that have it; a common one gives a condition: the list scans in its own order and stops at the page's end.
Never LIKE against T_fts: it silently finds nothing for one or two characters.
"""

import json
import sqlite3
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from crm_desktop.store import pinyin, search_server
from crm_desktop.store.search_words import (
    FAR,
    MANY,
    SAMPLE,
    SPELLED,
    Index,
    Word,
    all_of,
    bare,
    normal,
    pinyin_found,
    read,
)

END = "\x1f"
_CHUNK = 1000
_BULK = 10_000  # so many texts are put in order at once: left to FTS5, some later small save would pay for it in one go
_GATHERED = 8 << 20  # bytes of new index kept in memory before they are written: eight times FTS5's, a third faster

_swollen: set[int] = set()  # connections, by id(), that saved many texts since they last searched

_CREATE = """
CREATE TABLE IF NOT EXISTS "{t}_hay" (id INTEGER PRIMARY KEY, hay TEXT NOT NULL);
CREATE VIRTUAL TABLE IF NOT EXISTS "{t}_fts" USING fts5(
    hay, content='{t}_hay', content_rowid='id', tokenize='trigram case_sensitive 1', detail=none, columnsize=0);
CREATE VIRTUAL TABLE IF NOT EXISTS "{t}_vocab" USING fts5vocab('{t}_fts', 'instance')
"""


def _on_server(connection: sqlite3.Connection) -> bool:
    """Whether this is a server's connection (which has the face of a file's)."""
    return not isinstance(connection, sqlite3.Connection)


def prepare(connection: sqlite3.Connection) -> None:
    """Teach a new connection to a file the condition on pinyin that SQL cannot express."""
    connection.create_function("pinyin_found", 2, pinyin_found, deterministic=True)


def create(connection: sqlite3.Connection, table: str) -> None:
    """Make the search index of a table, if it has none yet (inside the running transaction)."""
    if _on_server(connection):
        search_server.create(connection, table)
        return
    for statement in _CREATE.format(t=table).split(";"):
        connection.execute(statement)
    connection.execute(f'INSERT INTO "{table}_fts" ("{table}_fts", rank) VALUES (\'hashsize\', {_GATHERED})')


def drop(connection: sqlite3.Connection, table: str) -> None:
    """Remove the search index of a table."""
    if _on_server(connection):
        search_server.drop(connection, table)
        return
    for part in ("vocab", "fts", "hay"):
        connection.execute(f'DROP TABLE IF EXISTS "{table}_{part}"')


def rebuild(connection: sqlite3.Connection, table: str) -> None:
    """Make the index anew from the texts."""
    if _on_server(connection):
        search_server.rebuild(connection, table)
        return
    connection.execute(f'INSERT INTO "{table}_fts" ("{table}_fts") VALUES (\'rebuild\')')
    _swollen.add(id(connection))


def check(connection: sqlite3.Connection, table: str) -> bool:
    """Whether the index agrees with the texts."""
    if _on_server(connection):
        return search_server.check(connection, table)
    try:
        connection.execute(f'INSERT INTO "{table}_fts" ("{table}_fts", rank) VALUES (\'integrity-check\', 1)')
    except sqlite3.DatabaseError as error:
        if "malformed" in str(error):
            return False
        raise
    return True


def save(connection: sqlite3.Connection, table: str, pairs: Iterable[tuple[int, str]]) -> None:
    """Keep the texts of these records, (id, hay); those that did not change cost next to nothing."""
    rest = iter(pairs)
    written = 0
    server = _on_server(connection)
    while chunk := dict(islice(rest, _CHUNK)):
        old = _texts(connection, table, chunk)
        changed = [(i, text) for i, text in chunk.items() if old.get(i) != text]
        if server:
            search_server.write(connection, table, changed, old)
            continue
        _forget(connection, table, [(i, old[i]) for i, _text in changed if i in old])
        connection.executemany(f'INSERT INTO "{table}_hay" (id, hay) VALUES (?, ?)', changed)
        connection.executemany(f'INSERT INTO "{table}_fts" (rowid, hay) VALUES (?, ?)', changed)
        written += len(changed)
    if written > _CHUNK:
        _swollen.add(id(connection))
    if written >= _BULK:
        connection.execute(f'INSERT INTO "{table}_fts" ("{table}_fts") VALUES (\'optimize\')')


def add(connection: sqlite3.Connection, table: str, pairs: Iterable[tuple[int, str]]) -> None:
    """As `save`, of new records that surely have no text yet."""
    rest = iter(pairs)
    while chunk := list(islice(rest, _CHUNK)):
        if _on_server(connection):
            search_server.write(connection, table, chunk, ())
            continue
        connection.executemany(f'INSERT INTO "{table}_hay" (id, hay) VALUES (?, ?)', chunk)
        connection.executemany(f'INSERT INTO "{table}_fts" (rowid, hay) VALUES (?, ?)', chunk)
        _swollen.add(id(connection))


def remove(connection: sqlite3.Connection, table: str, ids: Iterable[int]) -> None:
    """Forget the texts of these records, whether or not they have one."""
    _forget(connection, table, list(_texts(connection, table, ids).items()))


def _texts(connection: sqlite3.Connection, table: str, ids: Iterable[int]) -> dict[int, str]:
    sql = f'SELECT id, hay FROM "{table}_hay" WHERE id IN (SELECT value FROM json_each(?))'
    return dict(connection.execute(sql, (json.dumps(list(ids)),)))


def _forget(connection: sqlite3.Connection, table: str, pairs: Sequence[tuple[int, str]]) -> None:
    if _on_server(connection):
        search_server.forget(connection, table, [i for i, _text in pairs])
    elif pairs:  # a trigger would do it three times slower: FTS5 flushes what it has gathered before every trigger
        sql = f'INSERT INTO "{table}_fts" ("{table}_fts", rowid, hay) VALUES (\'delete\', ?, ?)'
        connection.executemany(sql, pairs)
        connection.executemany(f'DELETE FROM "{table}_hay" WHERE id = ?', [(i,) for i, _text in pairs])


def hay(texts: Iterable[str], names: Iterable[str] = (), digits: Iterable[str] = ()) -> str:
    """The search text of a record: texts, names (found by pinyin too), phones and codes (found without dashes too)."""
    named = normal(END.join(names))
    parts = [normal(END.join(texts)), named]
    for number in normal(END.join(digits)).split(END):
        parts.append(number)
        if number and not number.isalnum():
            parts.append(bare(number))
    for name in dict.fromkeys(named.split(END)):
        parts += pinyin.runs(name)
    return END.join([*filter(None, parts), END, ""])


@dataclass(frozen=True)
class Match:
    """What a search found: the `ids` of all records, ascending, or else the exact condition `where` over T_hay AS h."""

    table: str
    ids: "array[int] | None"
    where: str = "1 = 1"
    params: Sequence[str] = ()

    def condition(self, column: str, scan: bool = False) -> tuple[str, list[str]]:
        """The match as condition with its parameters, for any query that has a column with the record's id."""
        if self.ids is not None:
            # "+" is SQLite's "do not look this up": it goes through the list in its order
            through = "+" if scan or len(self.ids) > MANY else ""
            return f"{through}{column} IN (SELECT value FROM json_each(?))", [json.dumps(self.ids.tolist())]
        if self.where == "1 = 1":
            return self.where, []
        # no EXISTS: a server would look through all texts for it before the first row of the list
        found = f'(SELECT {self.where} FROM "{self.table}_hay" h WHERE h.id = {column})'
        return found, list(self.params)


def freshen(connection: sqlite3.Connection) -> None:
    """Let FTS5 forget the memory it grew for many texts: it would walk all of it for every range of terms.

    Taking back a change of the schema makes SQLite read the schema again; a temporary table locks nothing.
    """
    if id(connection) not in _swollen or connection.in_transaction:
        return
    connection.execute("BEGIN")
    connection.execute("CREATE TEMP TABLE search_is_fresh (id)")
    connection.execute("ROLLBACK")
    _swollen.discard(id(connection))


def match(connection: sqlite3.Connection, table: str, text: str, far: bool = False) -> Match:
    """What matches all the words of a text typed into a search box; a blank text matches everything.

    On a network drive (`far`) common words are looked up in the index, too: reading texts one by one costs more there.
    """
    words = [read(word) for word in dict.fromkeys(normal(text).split())]
    if not words:
        return Match(table, None)
    freshen(connection)
    index = search_server.ServerIndex(connection, table) if _on_server(connection) else Index(connection, table)
    known, common = _read(index, words, FAR if far else 0)
    if known is None and len(words) > 1 and not far:
        known, common = _read(index, words, MANY)
    if known is None:
        return Match(table, None, *all_of(words))
    for word in [word for word in common if word.typed is not None and len(known) > SAMPLE]:
        ids = index.find(word, SPELLED)  # quicker than reading the names of all that are known
        if ids is not None:
            known &= ids
            common.remove(word)
    if common:
        known = index.verified(known, *all_of(common))
    return Match(table, array("q", sorted(known)))


def _read(index: Index, words: list[Word], limit: int) -> tuple[set[int] | None, list[Word]]:
    """The records that have all the words that are not too common (None if all are), and the words that are."""
    known: set[int] | None = None
    common: list[Word] = []
    for word in words:
        ids = None if limit == MANY and len(word.needles[0]) == 1 else index.find(word, word.limit(limit))
        if ids is None:
            common.append(word)
        else:
            known = ids if known is None else known & ids
    return known, common


def find(connection: sqlite3.Connection, table: str, text: str) -> "array[int]":
    """The ids of all records that match, ascending, however many."""
    found = match(connection, table, text)
    if found.ids is not None:
        return found.ids
    rows = connection.execute(f'SELECT h.id FROM "{table}_hay" h WHERE {found.where} ORDER BY h.id', found.params)
    return array("q", [i for (i,) in rows])
