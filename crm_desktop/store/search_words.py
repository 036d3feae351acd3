"""The words of a search: how texts are compared, what one word may mean, and which records have it by the index."""

import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from crm_desktop.store import pinyin
from crm_desktop.store.typed import Opening, Typed

_LAST = "\U0010ffff"
_OURS = re.compile(f"[\0{chr(pinyin.FIRST_INITIAL)}-{chr(pinyin.LAST_CODE)}]")

RARE = 4000  # up to so many records their ids cost less than a scan that meets 50 of them in 100,000
MANY = 10_000  # up to so many are worth reading where several common words must meet
FAR = 60_000  # up to so many on a network drive: their numbers lie close together in the index, the texts do not
SPELLED = 30_000  # up to so many for a longer pinyin word, whose condition is slow to scan by
_FEW_LETTERS = 3  # letters that half the names have
SAMPLE = 250  # so many candidates are read to see whether most of them are found
_FEW_RANGES = 40  # up to so many ranges of terms are quicker than checking all names with these initials


def normal(text: str) -> str:
    """The text as it is compared: half width, without difference of case."""
    if text.isascii():
        return text.lower().replace("\0", " ")
    text = unicodedata.normalize("NFKC", text).casefold()
    return _OURS.sub(" ", text)


_PUNCTUATION = re.compile(r"[^0-9a-z+]+")
_CHINA = re.compile(r"^(?:\+86|0086|86(?=1[3-9]\d{9}$))")


def bare(number: str) -> str:
    """A number or code (normal) without dashes, spaces, brackets and China's +86."""
    digits = number.replace("-", "")
    if digits.isascii() and digits.isdigit() and digits[:2] not in ("86", "00"):
        return digits  # as nearly all are
    return _CHINA.sub("", _PUNCTUATION.sub("", number)).replace("+", "")


@dataclass(frozen=True)
class Word:
    """What one typed word may mean."""

    needles: list[str]  # a text that has one of these matches,
    typed: Typed | None  # and one that has a run that can be typed so

    def limit(self, least: int = 0) -> int:
        """Up to so many records that have the word, and up to `least` of them, are worth reading from the index."""
        if self.typed is not None and len(self.needles[0]) > _FEW_LETTERS:
            return max(least, MANY if self.typed.one_syllable else SPELLED)
        return max(least, RARE)

    def where(self) -> tuple[str, list[str]]:
        conditions = ["instr(h.hay, ?) > 0"] * len(self.needles)
        if self.typed is None:
            return " OR ".join(conditions), self.needles
        return " OR ".join([*conditions, "pinyin_found(h.hay, ?)"]), [*self.needles, self.typed.word]


@lru_cache(256)
def _typed(word: str) -> Typed:
    return Typed(word)


def pinyin_found(text: str, word: str) -> bool:
    return _typed(word).found(text)


def pinyin_regex(word: str) -> str:
    """The same as a pattern for a server, which cannot call us: one way to go on after the other."""
    return _typed(word).pattern()


def read(word: str) -> Word:
    """Every way to take one typed word: literally, as a number with dashes, as pinyin."""
    needles = [word]
    if re.search(r"\d", word) and not re.search(r"[^\d+()./-]", word) and (number := bare(word)):
        needles.append(number)
    typed = None
    spelled = word.replace("ü", "v").rstrip("'")
    if re.fullmatch(r"[a-z0-9']+", spelled):
        if run := pinyin.initials(spelled):
            needles.append(run)
        typed = _typed(spelled)
        if typed.only_initials:
            typed = None
    return Word(list(dict.fromkeys(needles)), typed)


def all_of(words: Iterable[Word]) -> tuple[str, list[str]]:
    conditions, params = [], []
    for condition, values in (word.where() for word in words):
        conditions.append(f"({condition})")
        params += values
    return " AND ".join(conditions), params


class Index:
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

    def find(self, word: Word, limit: int) -> set[int] | None:
        """All records that have a word, or None if they are more than `limit`."""
        sure: set[int] = set()
        for needle in word.needles:
            sure |= self._having(needle, limit)
            if len(sure) > limit:
                return None
        if word.typed:
            sure |= self._read_as(word.typed, limit)
        return sure if len(sure) <= limit else None

    def _read_as(self, typed: Typed, limit: int) -> set[int]:
        """All records with a name that can be typed so; more than `limit` of them may be any."""
        sure: set[int] = set()
        maybe: set[int] = set()
        for opening, whole in typed.openings():
            ranges = _ranges(opening)
            if len(ranges) > 1 and not self._any(*_initials(opening)):
                continue
            ids = self._beginning(ranges or [_initials(opening)], limit)
            if whole and ranges:
                sure |= ids
            elif len(ids) <= limit:
                maybe |= ids
            elif self._mostly(ids, typed):
                return ids
            else:
                maybe |= self._beginning(ranges or [_initials(opening)], None)
            if len(sure) > limit:
                return sure
        maybe -= sure
        if len(maybe) > SAMPLE:
            closings = (_ranges(closing) or [_initials(closing)] for closing in typed.closings())
            maybe.intersection_update(set().union(*(self._beginning(ranges, None) for ranges in closings)))
        if len(sure) + len(maybe) > limit and self._mostly(maybe, typed):
            return sure | maybe
        return sure | self._typed_so(maybe, typed)

    def _mostly(self, ids: set[int], typed: Typed) -> bool:
        """Whether at least half of the first few of these records have a name that can be typed so."""
        sample = set(islice(ids, SAMPLE))
        return len(self._typed_so(sample, typed)) * 2 >= len(sample)

    def _typed_so(self, ids: set[int], typed: Typed) -> set[int]:
        sql = f'SELECT h.id, h.hay FROM json_each(?) j CROSS JOIN "{self.table}_hay" h ON h.id = j.value'
        rows = self.connection.execute(sql, (json.dumps(list(ids)),)) if ids else ()
        return {i for i, text in rows if typed.found(text)}

    def _beginning(self, ranges: Iterable[tuple[str, str]], limit: int | None) -> set[int]:
        return set().union(*(self._between(low, high, limit) for low, high in ranges))

    def _between(self, low: str, high: str, limit: int | None) -> set[int]:
        return self._ids(f'SELECT doc FROM "{self.table}_vocab" WHERE term >= ? AND term <= ?', (low, high), limit)

    def _any(self, low: str, high: str) -> bool:
        sql = f'SELECT 1 FROM "{self.table}_vocab" WHERE term >= ? AND term <= ? LIMIT 1'
        return self.connection.execute(sql, (low, high)).fetchone() is not None

    def _having(self, needle: str, limit: int) -> set[int]:
        if len(needle) < 3:
            return self._between(needle, needle + _LAST, limit)
        trigrams = dict.fromkeys(needle[i : i + 3] for i in range(len(needle) - 2))
        terms = " AND ".join('"' + trigram.replace('"', '""') + '"' for trigram in trigrams)
        if len(needle) == 3:
            return self._ids(f'SELECT rowid FROM "{self.table}_fts" (?)', (terms,), limit)
        sql = f'SELECT h.id FROM "{self.table}_fts" (?) f CROSS JOIN "{self.table}_hay" h ON h.id = f.rowid'
        return self._ids(f"{sql} WHERE instr(h.hay, ?) > 0", (terms, needle), limit)

    def verified(self, ids: Iterable[int], where: str, params: Sequence[str]) -> set[int]:
        """Those of the ids that meet the condition."""
        sql = f'SELECT h.id FROM json_each(?) j CROSS JOIN "{self.table}_hay" h ON h.id = j.value WHERE {where}'
        return self._ids(sql, (json.dumps(list(ids)), *params))


def _ranges(opening: Opening) -> list[tuple[str, str]]:
    """The ranges of terms that begin with these syllables, nothing if they would be too many."""
    *before, (low, high) = opening
    starts = [""]
    for first, last in before:
        starts = [start + code for start in starts for code in pinyin.between(first, last)]
        if len(starts) > _FEW_RANGES:
            return []
    return [(start + low, start + high + _LAST) for start in starts]


def _initials(opening: Opening) -> tuple[str, str]:
    run = "".join(pinyin.initial(low) for low, _high in opening)
    return run, run + _LAST
