"""Find records by any part of a name, number or note, or by pinyin, from the first character on.

Each searched table T has T_hay, one text a record: every searched field and the pinyin runs of its names, joined by
\\x1f and ended by two more. T_fts indexes its trigrams; thanks to the two at the end every one or two characters
*begin* a trigram, so T_vocab, the index's terms in order, finds them too. A rare word gives the ids of all records
that have it; a common one gives a condition: the list scans in its own order and stops at the page's end.
Never LIKE against T_fts: it silently finds nothing for one or two characters.
"""

import json
import re
import sqlite3
import unicodedata
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from crm_desktop.store import pinyin

END = "\x1f"
_LAST = "\U0010ffff"
_OURS = re.compile(f"[\0{chr(pinyin.FIRST_INITIAL)}-{chr(pinyin.LAST_CODE)}]")

RARE = 4000  # up to so many records their ids cost less than a scan that meets 50 of them in 100,000
MANY = 10_000  # up to so many are worth reading where several common words must meet
SPELLED = 30_000  # up to so many for a longer pinyin word, whose condition is slow to scan by
_SYLLABLE = 3  # letters that are, as a rule, no more than one syllable, which half the names have
_SAMPLE = 250  # so many candidates are read to see whether most of them are found
_FEW_RANGES = 40  # up to so many ranges of terms are quicker than checking all names with these initials

_CREATE = """
CREATE TABLE IF NOT EXISTS "{t}_hay" (id INTEGER PRIMARY KEY, hay TEXT NOT NULL);
CREATE VIRTUAL TABLE IF NOT EXISTS "{t}_fts" USING fts5(
    hay, content='{t}_hay', content_rowid='id', tokenize='trigram case_sensitive 1', detail=none, columnsize=0);
CREATE VIRTUAL TABLE IF NOT EXISTS "{t}_vocab" USING fts5vocab('{t}_fts', 'instance');
CREATE TRIGGER IF NOT EXISTS "{t}_hay_new" AFTER INSERT ON "{t}_hay" BEGIN
    INSERT INTO "{t}_fts" (rowid, hay) VALUES (new.id, new.hay); END;
CREATE TRIGGER IF NOT EXISTS "{t}_hay_gone" AFTER DELETE ON "{t}_hay" BEGIN
    INSERT INTO "{t}_fts" ("{t}_fts", rowid, hay) VALUES ('delete', old.id, old.hay); END;
CREATE TRIGGER IF NOT EXISTS "{t}_hay_changed" AFTER UPDATE ON "{t}_hay" BEGIN
    INSERT INTO "{t}_fts" ("{t}_fts", rowid, hay) VALUES ('delete', old.id, old.hay);
    INSERT INTO "{t}_fts" (rowid, hay) VALUES (new.id, new.hay); END
"""


def prepare(connection: sqlite3.Connection) -> None:
    """Teach a new connection the condition on pinyin that SQL cannot express."""
    connection.create_function("pinyin_found", 2, _pinyin_found, deterministic=True)


def create(connection: sqlite3.Connection, table: str) -> None:
    """Make the search index of a table, if it has none yet (inside the running transaction)."""
    for statement in re.split(r";\n(?=CREATE)", _CREATE.format(t=table).strip()):
        connection.execute(statement)


def drop(connection: sqlite3.Connection, table: str) -> None:
    """Remove the search index of a table."""
    for part in ("vocab", "fts", "hay"):
        connection.execute(f'DROP TABLE IF EXISTS "{table}_{part}"')


def rebuild(connection: sqlite3.Connection, table: str) -> None:
    """Make the index anew from the texts."""
    connection.execute(f'INSERT INTO "{table}_fts" ("{table}_fts") VALUES (\'rebuild\')')


def check(connection: sqlite3.Connection, table: str) -> bool:
    """Whether the index agrees with the texts."""
    try:
        connection.execute(f'INSERT INTO "{table}_fts" ("{table}_fts", rank) VALUES (\'integrity-check\', 1)')
    except sqlite3.DatabaseError as error:
        if "malformed" in str(error):
            return False
        raise
    return True


def save(connection: sqlite3.Connection, table: str, pairs: Iterable[tuple[int, str]]) -> None:
    """Keep the texts of these records, (id, hay); those that did not change cost next to nothing."""
    connection.executemany(
        f'INSERT INTO "{table}_hay" (id, hay) VALUES (?, ?)'
        " ON CONFLICT (id) DO UPDATE SET hay = excluded.hay WHERE hay <> excluded.hay",
        pairs,
    )


def remove(connection: sqlite3.Connection, table: str, ids: Iterable[int]) -> None:
    """Forget the texts of these records."""
    connection.executemany(f'DELETE FROM "{table}_hay" WHERE id = ?', ((i,) for i in ids))


def normal(text: str) -> str:
    """The text as it is compared: half width, without difference of case."""
    if text.isascii():
        return text.lower().replace("\0", " ")
    text = unicodedata.normalize("NFKC", text).casefold()
    return _OURS.sub(" ", text)


_PUNCTUATION = re.compile(r"[^0-9a-z+]+")
_CHINA = re.compile(r"^(?:\+86|0086|86(?=1[3-9]\d{9}$))")


def _bare(number: str) -> str:
    """A number or code (normal) without dashes, spaces, brackets and China's +86."""
    return _CHINA.sub("", _PUNCTUATION.sub("", number)).replace("+", "")


def hay(texts: Iterable[str], names: Iterable[str] = (), digits: Iterable[str] = ()) -> str:
    """The search text of a record: texts, names (found by pinyin too), phones and codes (found without dashes too)."""
    named = normal(END.join(names))
    parts = [normal(END.join(texts)), named]
    for number in normal(END.join(digits)).split(END):
        parts.append(number)
        if not number.isalnum():
            parts.append(_bare(number))
    for name in dict.fromkeys(named.split(END)):
        parts += pinyin.runs(name)
    return END.join([*filter(None, parts), END, ""])


@dataclass(frozen=True)
class Match:
    """What a search found: the `ids` of all records, ascending, or else the exact condition `where` over T_hay AS h."""

    ids: "array[int] | None"
    where: str = ""
    params: Sequence[str] = ()

    def condition(self, column: str) -> tuple[str, list[str]]:
        """The match as SQL condition with its parameters, for a query with this id column and T_hay joined as h."""
        if self.ids is None:
            return f"({self.where})", list(self.params)
        scan = (
            "+" if len(self.ids) > RARE else ""
        )  # SQLite's "do not look this up": it goes through the list in its order
        return f"{scan}{column} IN (SELECT value FROM json_each(?))", [json.dumps(self.ids.tolist())]


def match(connection: sqlite3.Connection, table: str, text: str) -> Match:
    """What matches all the words of a text typed into a search box; a blank text matches everything."""
    words = [_word(word) for word in dict.fromkeys(normal(text).split())]
    if not words:
        return Match(None, "1")
    index = _Index(connection, table)
    common: list[_Word] = []
    known: set[int] | None = None
    for many in (False, True) if len(words) > 1 else (False,):
        common = []
        for word in words:
            ids = index.find(word, word.limit(many)) if not (many and len(word.needles[0]) == 1) else None
            if ids is None:
                common.append(word)
            else:
                known = ids if known is None else known & ids
        if known is not None:
            break
    where, params = _all_of(common if known is not None else words)
    if known is None:
        return Match(None, where, params)
    if common:
        known = index.verified(known, where, params)
    return Match(array("q", sorted(known)))


def find(connection: sqlite3.Connection, table: str, text: str) -> "array[int]":
    """The ids of all records that match, ascending, however many."""
    found = match(connection, table, text)
    if found.ids is not None:
        return found.ids
    rows = connection.execute(f'SELECT h.id FROM "{table}_hay" h WHERE {found.where} ORDER BY h.id', found.params)
    return array("q", [i for (i,) in rows])


@dataclass(frozen=True)
class _Word:
    needles: list[str]  # a text that has one of these matches,
    typed: pinyin.Typed | None  # and one that has a run that can be typed so

    def limit(self, many: bool) -> int:
        if self.typed is not None and len(self.needles[0]) > _SYLLABLE:
            return SPELLED
        return MANY if many else RARE

    def where(self) -> tuple[str, list[str]]:
        conditions = ["instr(h.hay, ?)"] * len(self.needles)
        if self.typed is None:
            return " OR ".join(conditions), self.needles
        return " OR ".join([*conditions, "pinyin_found(h.hay, ?)"]), [*self.needles, self.typed.word]


@lru_cache(256)
def _typed(word: str) -> pinyin.Typed:
    return pinyin.Typed(word)


def _pinyin_found(text: str, word: str) -> bool:
    return _typed(word).found(text)


def _word(word: str) -> _Word:
    """Every way to take one typed word: literally, as a number with dashes, as pinyin."""
    needles = [word]
    if re.search(r"\d", word) and not re.search(r"[^\d+()./-]", word) and (bare := _bare(word)):
        needles.append(bare)
    typed = None
    spelled = word.replace("ü", "v").rstrip("'")
    if re.fullmatch(r"[a-z0-9']+", spelled):
        if run := pinyin.initials(spelled):
            needles.append(run)
        typed = _typed(spelled)
        if typed.only_initials:
            typed = None
    return _Word(list(dict.fromkeys(needles)), typed)


def _all_of(words: Iterable[_Word]) -> tuple[str, list[str]]:
    conditions, params = [], []
    for condition, values in (word.where() for word in words):
        conditions.append(f"({condition})")
        params += values
    return " AND ".join(conditions), params


class _Index:
    """The index of one table, asked for the records that have a word."""

    def __init__(self, connection: sqlite3.Connection, table: str) -> None:
        self.connection = connection
        self.table = table

    def _ids(self, sql: str, params: Sequence[str | int], limit: int | None = None) -> set[int]:
        """All ids that a query gives (it may repeat them); it stops soon after it has more than `limit`."""
        cursor = self.connection.execute(sql, params)
        ids: set[int] = set()
        while rows := cursor.fetchmany(1000):
            ids.update([i for (i,) in rows])
            if limit is not None and len(ids) > limit:
                cursor.close()
                break
        return ids

    def find(self, word: _Word, limit: int) -> set[int] | None:
        """All records that have a word, or None if they are more than `limit`."""
        sure: set[int] = set()
        for needle in word.needles:
            sure |= self._having(needle, limit)
            if len(sure) > limit:
                return None
        if word.typed:
            sure |= self._read_as(word.typed, limit)
        return sure if len(sure) <= limit else None

    def _read_as(self, typed: pinyin.Typed, limit: int) -> set[int]:
        """All records with a name that can be typed so; more than `limit` of them may be any."""
        sure: set[int] = set()
        maybe: set[int] = set()
        for opening, whole in typed.openings():
            ranges = _ranges(opening)
            exact = whole and bool(ranges)
            (sure if exact else maybe).update(self._beginning(ranges or [_initials(opening)], limit if exact else None))
            if len(sure) > limit:
                return sure
        maybe -= sure
        if len(maybe) > _SAMPLE:
            closings = (_ranges(closing) or [_initials(closing)] for closing in typed.closings())
            maybe.intersection_update(set().union(*(self._beginning(ranges, None) for ranges in closings)))
        sample = set(islice(maybe, _SAMPLE))
        found = self._typed_so(sample, typed)
        if sample and len(sure) + len(maybe) * len(found) / len(sample) > limit:
            return sure | maybe
        return sure | found | self._typed_so(maybe - sample, typed)

    def _typed_so(self, ids: set[int], typed: pinyin.Typed) -> set[int]:
        sql = f'SELECT h.id, h.hay FROM json_each(?) j CROSS JOIN "{self.table}_hay" h ON h.id = j.value'
        rows = self.connection.execute(sql, (json.dumps(list(ids)),)) if ids else ()
        return {i for i, text in rows if typed.found(text)}

    def _beginning(self, ranges: Iterable[tuple[str, str]], limit: int | None) -> set[int]:
        return set().union(*(self._between(low, high, limit) for low, high in ranges))

    def _between(self, low: str, high: str, limit: int | None) -> set[int]:
        return self._ids(f'SELECT doc FROM "{self.table}_vocab" WHERE term >= ? AND term <= ?', (low, high), limit)

    def _having(self, needle: str, limit: int) -> set[int]:
        if len(needle) < 3:
            return self._between(needle, needle + _LAST, limit)
        trigrams = dict.fromkeys(needle[i : i + 3] for i in range(len(needle) - 2))
        terms = " AND ".join('"' + trigram.replace('"', '""') + '"' for trigram in trigrams)
        if len(needle) == 3:
            return self._ids(f'SELECT rowid FROM "{self.table}_fts" (?)', (terms,), limit)
        sql = f'SELECT h.id FROM "{self.table}_fts" (?) f CROSS JOIN "{self.table}_hay" h ON h.id = f.rowid'
        return self._ids(f"{sql} WHERE instr(h.hay, ?)", (terms, needle), limit)

    def verified(self, ids: Iterable[int], where: str, params: Sequence[str]) -> set[int]:
        """Those of the ids that meet the condition."""
        sql = f'SELECT h.id FROM json_each(?) j CROSS JOIN "{self.table}_hay" h ON h.id = j.value WHERE {where}'
        return self._ids(sql, (json.dumps(list(ids)), *params))


def _ranges(opening: pinyin.Opening) -> list[tuple[str, str]]:
    """The ranges of terms that begin with these syllables, nothing if they would be too many."""
    *before, (low, high) = opening
    starts = [""]
    for first, last in before:
        starts = [start + code for start in starts for code in pinyin.between(first, last)]
        if len(starts) > _FEW_RANGES:
            return []
    return [(start + low, start + high + _LAST) for start in starts]


def _initials(opening: pinyin.Opening) -> tuple[str, str]:
    run = "".join(pinyin.initial(low) for low, _high in opening)
    return run, run + _LAST
