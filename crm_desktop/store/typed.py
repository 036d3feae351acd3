"""A word typed into a search box, read as pinyin in every way that makes sense."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from crm_desktop.store import pinyin

Opening = tuple[tuple[str, str], ...]  # syllables, each a range of codes
Step = tuple[str, str, int]  # the next syllable's code is from … to …, and the word is read up to here


class Typed:
    """A typed word read as pinyin in every way: syllables in full, their initials, zh, ch, sh; the last one unfinished.

    An apostrophe ends a syllable (xi'an).
    """

    def __init__(self, word: str) -> None:
        self.word = word
        self.steps = _steps(word)
        self._plain = self._only_initials_from()
        first = self.steps.get(0, [])
        second = [step for _low, _high, after in first for step in self.steps.get(after, [])]
        self.one_syllable = any(after == len(word) for _low, _high, after in first)
        self._begins = re.compile(_one_of(first) + ("" if self.one_syllable else _one_of(second))) if first else None

    def _only_initials_from(self) -> set[int]:
        plain = {len(self.word)}
        for start, steps in self.steps.items():  # from the end to the beginning
            if all(after == start + 1 and after in plain for _low, _high, after in steps):
                plain.add(start)
        return plain

    @property
    def only_initials(self) -> bool:
        """Whether each way to read it is a run of single initials (their own run finds those), or there is no way."""
        return not self.steps or 0 in self._plain

    def found(self, text: str) -> bool:
        """Whether a run in this text has the word, beginning at a syllable."""
        begin = self._begins.search(text) if self._begins else None
        while begin:
            if self._reads(text, begin.start(), 0):
                return True
            begin = begin.re.search(text, begin.start() + 1)
        return False

    def _reads(self, text: str, at: int, position: int) -> bool:
        if at >= len(text):
            return False
        code = text[at]
        for low, high, after in self.steps[position]:
            if low <= code <= high and (after == len(self.word) or self._reads(text, at + 1, after)):
                return True
        return False

    def pattern(self) -> str:
        """A regular expression that finds what `found` finds; nothing is found where the word cannot be read."""
        known: dict[int, str] = {len(self.word): ""}
        for start in sorted(self.steps, reverse=True):
            ways: dict[str, list[str]] = {}
            for low, high, after in self.steps[start]:
                ways.setdefault(known[after], []).append(f"{low}-{high}")
            each = [f"[{''.join(sorted(set(codes)))}]{rest}" for rest, codes in ways.items()]
            known[start] = each[0] if len(each) == 1 else f"(?:{'|'.join(each)})"
        return known[0] if self.steps else "(?!)"

    def openings(self) -> set[tuple[Opening, bool]]:
        """The first three syllables, or fewer, of every way to read it, and whether they are the whole word.

        Ways that are a run of single initials are left out.
        """
        return set(self._openings(0, 3, True))

    def closings(self) -> set[Opening]:
        """The last three syllables, or fewer where the word has not more, of the same ways."""
        reached = {0}.union(*({after for _low, _high, after in steps} for steps in self.steps.values()))
        found = [(start, *way) for start in reached for way in self._openings(start, 3, start == 0)]
        return {opening for start, opening, whole in found if whole and (len(opening) == 3 or start == 0)}

    def _openings(self, position: int, count: int, plain: bool) -> Iterator[tuple[Opening, bool]]:
        for low, high, after in self.steps.get(position, ()):
            initial_so_far = plain and after == position + 1
            if initial_so_far and after in self._plain:
                continue
            if count == 1 or after == len(self.word):
                yield ((low, high),), after == len(self.word)
            else:
                for rest, whole in self._openings(after, count - 1, initial_so_far):
                    yield ((low, high), *rest), whole


def _one_of(steps: Iterable[Step]) -> str:
    return f"[{''.join(sorted({f'{low}-{high}' for low, high, _after in steps}))}]"


# Other ways to type ü after l and n.
_TYPED_SO = {"lyu": "lv", "nyu": "nv", "lue": "lve", "nue": "nve"}
_LONGEST = 6  # zhuang, chuang, shuang


def _steps(word: str) -> dict[int, list[Step]]:
    """From each position of the word that a way to read it passes: the steps that lead on to its end."""
    steps: dict[int, list[Step]] = {}
    end = len(word)
    for start in range(end - 1, -1, -1):
        found = []
        for stop in range(start + 1, min(start + _LONGEST, end) + 1):
            after = stop + 1 if word[stop : stop + 1] == "'" and stop + 1 < end else stop
            codes = _stands_for(word[start:stop], last=stop == end)
            if codes and (after == end or after in steps):
                found.append((*codes, after))
        if found:
            steps[start] = found
    return steps if 0 in steps else {}


@cache
def _stands_for(piece: str, last: bool) -> tuple[str, str] | None:
    """The range of syllable codes that a typed piece stands for: nothing if it is neither syllable nor initial."""
    known = pinyin.table()
    piece = _TYPED_SO.get(piece, piece)
    if last or len(piece) == 1 or piece in ("zh", "ch", "sh"):
        return _range(s for s in known.syllables if s.startswith(piece))
    return _range([piece] if piece in known.code else [])


def _range(syllables: Iterable[str]) -> tuple[str, str] | None:
    codes = [pinyin.table().code[s] for s in syllables]
    return (codes[0], codes[-1]) if codes else None
