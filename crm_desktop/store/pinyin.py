"""Chinese names as people type them: readings of characters, spellings of names, and what search keeps of them.

A spelling is kept as a *run*: one private-use character a syllable, in the alphabet's order, so that all syllables
beginning with the same letters are one range of characters. A second run has the initials, in an alphabet of its own.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from itertools import combinations, islice, product

from crm_desktop.paths import resource

MOST_SPELLINGS = 12
PERSON = 4  # a name of at most so many characters begins, as a rule, with a surname

LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"
FIRST_INITIAL = 0xEE00  # neither GBK's own characters nor GB 18030's old private ones are from here to LAST_CODE
FIRST_SYLLABLE = 0xEE40
LAST_CODE = 0xF2FF

_INITIALS = str.maketrans({letter: chr(FIRST_INITIAL + i) for i, letter in enumerate(LETTERS)})


class _Lazy(dict[int, str | None]):
    """A translation table that works out each character when it first comes (most of the 42,000 never do)."""

    def __init__(self, work_out: Callable[[str], str | None]) -> None:
        super().__init__()
        self.work_out = work_out

    def __missing__(self, key: int) -> str | None:
        self[key] = made = self.work_out(chr(key))
        return made


class _Readings(dict[str, tuple[str, ...]]):
    """Each character's readings; those that have one only are noted when they first come."""

    def __init__(self, main: dict[str, str]) -> None:
        super().__init__((letter, (letter,)) for letter in LETTERS)
        self.main = main

    def __missing__(self, char: str) -> tuple[str, ...]:
        self[char] = known = (self.main[char],) if char in self.main else ()
        return known


class Table:
    """What resources/pinyin/ says, in the shapes that make reading a name fast."""

    def __init__(self) -> None:
        self.main: dict[str, str] = {}
        self.readings = _Readings(self.main)
        self.several: set[str] = set()
        self._read_readings()
        self.surnames = _spelled("surnames.txt")
        self.words = {word: spelled[0] for word, spelled in _spelled("words.txt").items()}
        self.word = re.compile("|".join(sorted(self.words, key=len, reverse=True)))
        self.special = self.several | self._read_otherwise()
        self.syllables = sorted({*self.main.values(), *LETTERS})
        self.code = {syllable: chr(FIRST_SYLLABLE + i) for i, syllable in enumerate(self.syllables)}
        self.codes = _Lazy(lambda char: self.code.get(self.main.get(char, char)))  # unreadable ones are dropped
        self.sorting = _Lazy(lambda char: f"{self.main[char]} {char}" if char in self.main else char)
        self.initials = _Lazy(lambda code: self.syllables[ord(code) - FIRST_SYLLABLE][0].translate(_INITIALS))

    def _read_readings(self) -> None:
        also: dict[str, list[str]] = {}
        columns = [line.split("\t") for line in _lines("readings.txt")]
        for syllable, first, *_rest in columns:
            self.main.update(dict.fromkeys(first, syllable))
        for rank in range(2, max(map(len, columns))):
            for column in columns:
                for char in column[rank] if rank < len(column) else "":
                    also.setdefault(char, [self.main[char]]).append(column[0])
        usual = set(self.main.values())  # 谁 as shei has no code, and none can be given: files hold those there are
        coded = {char: tuple(s for s in syllables if s in usual) for char, syllables in also.items()}
        self.readings.update(coded)
        self.several = {char for char, syllables in coded.items() if len(syllables) > 1}

    def _read_otherwise(self) -> set[str]:
        """Characters that open a surname, or stand in a word, in which one is not read as usual; a name without any
        of these (公 opens 公孙, and stands in every firm's name) is read character by character.
        """
        main = self.main
        names = [(name, syllables) for name, each in self.surnames.items() for syllables in each]
        found = {n[0] for n, syllables in names if any(main.get(c) != s for c, s in zip(n, syllables, strict=False))}
        for word, syllables in self.words.items():
            found.update(c for c, s in zip(word, syllables, strict=False) if main.get(c) != s)
        return found

    def of(self, char: str) -> tuple[str, ...]:
        """All kept readings of one character, none for what has no reading."""
        return self.readings[char]


def _lines(name: str) -> list[str]:
    return resource("pinyin", name).read_text(encoding="utf-8").splitlines()


def _spelled(name: str) -> dict[str, list[tuple[str, ...]]]:
    result: dict[str, list[tuple[str, ...]]] = {}
    for word, *syllables in map(str.split, _lines(name)):
        result.setdefault(word, []).append(tuple(syllables))
    return result


@cache
def table() -> Table:
    """The table, read on first use (it is not needed to show a window)."""
    return Table()


def readings(char: str) -> tuple[str, ...]:
    """The common readings of a character without tones, ü as v, the usual first; a letter or digit reads as itself."""
    return table().of(char)


def _choices(name: str) -> list[tuple[str, ...]]:
    """For each readable character of a name its readings, the one most likely in this name first."""
    known = table()
    readings = known.readings
    choices = [readings[char] for char in name]
    surnames = known.surnames
    for length in (2, 1):
        spelled = surnames.get(name[:length])
        if spelled and len(name) > length:
            for syllables in reversed(spelled):
                if len(name) <= PERSON:
                    _prefer(choices, 0, syllables)
                else:
                    choices[:length] = [(*dict.fromkeys((*c, s)),) for c, s in zip(choices, syllables, strict=False)]
            break
    for found in known.word.finditer(name):
        _prefer(choices, found.start(), known.words[found.group()])
    return [c for c in choices if c]


def _prefer(choices: list[tuple[str, ...]], start: int, syllables: tuple[str, ...]) -> None:
    for at, syllable in enumerate(syllables, start):
        choices[at] = (syllable, *[s for s in choices[at] if s != syllable])


def spellings(name: str) -> list[tuple[str, ...]]:
    """At most 12 spellings of a name, the likeliest first: all combinations of its characters' readings
    where there are no more than that, otherwise those that differ from the likeliest in one place, then in two."""
    choices = _choices(name.lower())
    if not choices:
        return []
    total = 1
    for choice in choices:
        total *= len(choice)
    if total <= MOST_SPELLINGS:
        return list(product(*choices))
    return list(islice(_nearest(choices), MOST_SPELLINGS))


def _nearest(choices: list[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    likeliest = tuple(choice[0] for choice in choices)
    yield likeliest
    places = [(at, other) for at, choice in enumerate(choices) for other in choice[1:]]
    places.sort(key=lambda place: choices[place[0]].index(place[1]))  # second readings before third ones
    for count in (1, 2):
        for changes in combinations(places, count):
            if len({at for at, _ in changes}) == count:
                spelling = list(likeliest)
                for at, other in changes:
                    spelling[at] = other
                yield tuple(spelling)


def sort_key(name: str) -> str:
    """A text whose plain order is the order a Chinese reader expects: by pinyin of the likeliest reading, one character
    after the other, the same character together; letters in lower case, digits before letters."""
    known = table()
    name = name.lower()
    if known.special.isdisjoint(name):
        return name.translate(known.sorting)
    parts = name.translate(known.sorting)
    likely = _likely(name)
    return parts if likely is None else "".join(likely)


def _likely(name: str) -> list[str] | None:
    """The sort key character by character where a surname or a word is not read as usual, otherwise nothing."""
    known = table()
    spelled = known.surnames.get(name[:2]) or known.surnames.get(name[:1]) if 1 < len(name) <= PERSON else None
    words = known.word.search(name)
    if not spelled and not words:
        return None
    parts = [char.translate(known.sorting) for char in name]
    for at, syllable in enumerate(spelled[0] if spelled else ()):
        parts[at] = f"{syllable} {name[at]}"
    for found in known.word.finditer(name) if words else ():
        for at, syllable in enumerate(known.words[found.group()], found.start()):
            parts[at] = f"{syllable} {name[at]}"
    return parts


@lru_cache(maxsize=8000)  # the name of a firm is in the texts of its people, too, and theirs in its own
def runs(name: str) -> tuple[str, ...]:
    """The runs of a name (lower case, half width) for the search text: each spelling's syllables, then its initials."""
    known = table()
    if known.special.isdisjoint(name):
        run = name.translate(known.codes)
        return (run, run.translate(known.initials)) if run else ()
    code = known.code
    found = ["".join([code[s] for s in spelling]) for spelling in spellings(name)]
    return tuple(dict.fromkeys([*found, *[run.translate(known.initials) for run in found]]))


def initials(word: str) -> str:
    """A typed word as a run of initials; empty if it has anything but letters a to z and digits."""
    return word.translate(_INITIALS) if word.isascii() and word.isalnum() else ""


def initial(code: str) -> str:
    """The initial, in the alphabet of initials, of a syllable's code."""
    return code.translate(table().initials)


def between(low: str, high: str) -> list[str]:
    """All syllable codes of a range."""
    return [chr(code) for code in range(ord(low), ord(high) + 1)]
