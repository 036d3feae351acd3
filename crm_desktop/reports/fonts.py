"""The Chinese font on paper and in charts: parsed once per process, measured, and copied out of a PDF rightly.

reportlab costs 0.1 s to import and the fonts 0.1 s to parse, so both wait for the first paper (or for `warm`).
"""

import re
import threading
from collections.abc import Sequence

from crm_desktop.paths import resource

REGULAR, BOLD = "NotoSansSC", "NotoSansSC-Bold"
FAMILY = "Noto Sans SC"
_FILES = {REGULAR: "NotoSansSC-Regular.ttf", BOLD: "NotoSansSC-Bold.ttf"}

# what has no shape of its own: controls, zero-width marks, directions, variation selectors, halves of characters
_SHAPELESS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ud800-\udfff\U000e0000-\U000e01ef]"
)
_SPACES = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f]")

_lock = threading.Lock()
_widths: dict[str, dict[int, int]] = {}
_glyphs: dict[str, dict[int, int]] = {}
_known: set[str] = set()


def warm() -> None:
    """Import reportlab and parse the fonts now, in a background thread, so that the first paper does not wait."""
    with _lock:
        if _widths:
            return
        # lazy: start-up time
        from reportlab.pdfbase import pdfmetrics, ttfonts

        # reportlab writes characters beyond U+FFFF as five digits, which readers take for another character
        ttfonts.makeToUnicodeCMap = unicode_map
        widths: dict[str, dict[int, int]] = {}
        for name, file in _FILES.items():
            font = ttfonts.TTFont(name, str(resource("fonts", file)))
            pdfmetrics.registerFont(font)
            _glyphs[name] = font.face.charToGlyph
            widths[name] = font.face.charWidths
        _widths.update(widths)


def unicode_map(fontname: str, subset: Sequence[int]) -> str:
    """The table by which readers copy text out of a PDF (ISO 32000-1, 9.10.3): UTF-16BE, at most 100 lines a block."""
    pairs = [f"<{code:02X}> <{chr(char).encode('utf-16-be').hex()}>" for code, char in enumerate(subset) if char]
    blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            f"/CIDSystemInfo << /Registry ({fontname}) /Ordering ({fontname}) /Supplement 0 >> def",
            f"/CMapName /{fontname} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            f"<00> <{len(subset) - 1:02X}>",
            "endcodespacerange",
            *(line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )


def printable(text: str) -> str:
    """The text as it can be printed: without what has no shape, line breaks kept, any odd space a plain one."""
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SHAPELESS.sub("", _SPACES.sub(" ", text))


def width(text: str, size: float, bold: bool = False) -> float:
    """How wide printable text is on one line, in points."""
    return units(text, bold) * size / 1000


def units(text: str, bold: bool = False) -> int:
    """How wide printable text is on one line, in thousandths of its size."""
    if not _widths:
        warm()
    if not _known.issuperset(text):
        _learn(text)
    known = _widths[BOLD if bold else REGULAR]
    return sum([known[ord(char)] for char in text])


def _learn(text: str) -> None:
    """Let characters the font lacks print as its empty box; their true code stays for copying."""
    for char in set(text) - _known:
        for name in _FILES:
            if ord(char) not in _glyphs[name]:
                _widths[name][ord(char)] = 1000
                _glyphs[name][ord(char)] = 0
        _known.add(char)
