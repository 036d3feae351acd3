"""Where a line of Chinese, English or both may end."""

import unicodedata
from collections.abc import Iterator

from crm_desktop.reports import fonts

# never at the start of a line, never at its end (GB/T 15834, W3C Requirements for Chinese Text Layout 3.1.3)
_CLOSING = frozenset("。，、；：？！．）》〉」』】〕｝〗”’…—～·‰％℃%,.;:?!)]}")
_OPENING = frozenset("（《〈「『【〔｛〖“‘￥¥([{")
_JOINTS = frozenset("-/@_&")


def _wide(char: str) -> bool:
    return char >= "\u2e80"


def _may_break(before: str, after: str) -> bool:
    if after == " ":
        return False
    if before == " ":
        return True
    if after in _CLOSING or before in _OPENING or unicodedata.combining(after):
        return False
    return _wide(before) or _wide(after) or (before in _JOINTS and after.isalpha())


def pieces(text: str) -> Iterator[str]:
    """The parts of a line that stay whole; spaces stay at the end of theirs."""
    start = 0
    for place in range(1, len(text)):
        if _may_break(text[place - 1], text[place]):
            yield text[start:place]
            start = place
    yield text[start:]


def wrap(text: str, width: float, size: float, bold: bool = False) -> list[str]:
    """Printable text as lines not wider than `width` points; a single glyph wider than that stands alone."""
    most = width * 1000 / size + 0.001
    lines: list[str] = []
    for paragraph in text.split("\n"):
        if fonts.units(paragraph, bold) <= most:
            lines.append(paragraph.rstrip(" "))
        else:
            lines += _wrapped(paragraph, most, bold)
    return lines


def _wrapped(text: str, most: float, bold: bool) -> Iterator[str]:
    line, used = "", 0
    for piece in pieces(text):
        bare = fonts.units(piece.rstrip(" "), bold)
        if used + bare > most:
            if line.strip(" "):
                yield line.rstrip(" ")
            line, used = "", 0
        if bare > most:
            *whole, piece = _cut(piece, most, bold)
            yield from whole
        line += piece
        used += fonts.units(piece, bold)
    if line.strip(" "):
        yield line.rstrip(" ")


def _cut(word: str, most: float, bold: bool) -> Iterator[str]:
    """A word wider than the line, cut where the line is full."""
    part, used = "", 0
    for char in word:
        step = fonts.units(char, bold)
        if part and used + step > most and char != " ":
            yield part
            part, used = "", 0
        part += char
        used += step
    yield part


def shortened(text: str, width: float, size: float, bold: bool = False) -> str:
    """One line of printable text, ending in … where it would be wider than `width` points; for headers only."""
    text = text.replace("\n", " ")
    if fonts.width(text, size, bold) <= width:
        return text
    room = width * 1000 / size - fonts.units("…", bold)
    return next(iter(_cut(text, room, bold)), "").rstrip(" ") + "…"
