"""What every reading of typed or imported text shares: cleaning, "nothing written here", lists in one cell."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Final, NamedTuple

_CHINESE_PUNCTUATION: Final = "，：；！？（）"
_TO_ASCII: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in _CHINESE_PUNCTUATION}
# Zero-width signs and the marks of writing direction come along when text is copied from web pages and chats.
_INVISIBLE: Final = dict.fromkeys(
    [0x00AD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF]
)
_CONTROLS: Final = {code: " " for code in range(0x20) if chr(code) not in "\t\n\r"} | {0x7F: " "}
_DASHES: Final = dict.fromkeys([*range(0x2010, 0x2016), 0x2212, 0xFE58, 0xFE63], "-")
_CLEANING: Final[dict[int, Any]] = {**_TO_ASCII, **_INVISIBLE, **_CONTROLS}
_ODD: Final = re.compile(f"[{re.escape(''.join(map(chr, _CLEANING)))}]")
_UNTIDY: Final = re.compile(
    f"[{re.escape(''.join(map(chr, _CLEANING)))}\t\n\r\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
    "|^ |  | $"
)
"""What cleaning would change: odd signs, and any blank but a single space inside."""
_BLANKS: Final = frozenset(
    [
        "",
        *[
            "/",
            "\\",
            "-",
            "--",
            "---",
            "n/a",
            "na",
            "#n/a",
            "null",
            "none",
            "nan",
            "nil",
            "无",
            "暂无",
            "没有",
            "空",
            "未填",
            "未知",
            "不详",
            "待定",
            "待补",
        ],
    ]
)

_BLANK_STARTS: Final = frozenset(blank[0] for word in _BLANKS if word for blank in (word, word.upper()))
BLANK_STARTS: Final = re.escape("".join(sorted(_BLANK_STARTS)))
"""The signs that a cell with nothing to say may begin with, for a pattern."""


class Reading(NamedTuple):
    """What a written text means: the value to store, what was changed about it in one line, and whether a person
    should look at it.
    """

    value: Any
    note: str | None = None
    doubtful: bool = False


def clean(text: str, *, lines: bool = False) -> str:
    """The text without stray blanks, zero-width signs and full-width letters; Chinese punctuation stays.

    A line break becomes a space unless `lines` is true, for notes of several lines.
    """
    if not lines and _UNTIDY.search(text) is None:
        return text  # as nearly all text stands
    if _ODD.search(text):  # most text needs no cleaning, and looking is quicker than translating
        text = text.translate(_CLEANING)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not lines:
        return " ".join(text.split())
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip("\n")


def plain(text: str) -> str:
    """The text as a parser likes it: NFKC, so punctuation too is half-width, every dash a hyphen, blanks single."""
    return " ".join(unicodedata.normalize("NFKC", text.translate(_CLEANING)).translate(_DASHES).split())


def is_blank(value: object) -> bool:
    """Whether a cell says that there is nothing to say: empty, "无", "/", "-", "N/A" and the like."""
    if value is None:
        return True
    if not isinstance(value, str):
        return False
    first = value[:1]
    if ("!" <= first <= "~" or "\u4e00" <= first <= "\u9fa5") and first not in _BLANK_STARTS:
        return False  # nearly every cell, without folding it
    return plain(value).lower() in _BLANKS


def read_list(text: object) -> Reading:
    """The entries of one cell, split at 、，,;；/ and line breaks, each once, in the order written."""
    entries = [clean(part) for part in re.split(r"[、，,;；/\n\r]+", as_text(text))]
    return Reading(list(dict.fromkeys(entry for entry in entries if not is_blank(entry))))


def as_text(value: object) -> str:
    """A cell as the text a person sees: a whole number without `.0`, nothing for an empty cell."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e18:
        return str(int(value))
    return str(value)


def arrow(before: object, after: object, doubtful: bool = False) -> str | None:
    """The note "before → after", or nothing when both read the same and nobody needs to look."""
    old, new = clean(as_text(before)), str(after)
    return f"{old} → {new}" if old != new or doubtful else None
