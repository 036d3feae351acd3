"""Lists kept as text: their encoding, the sign between their columns, and their rows."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from crm_desktop.errors import UserError
from crm_desktop.exchange import kinds
from crm_desktop.exchange.sheet import Row, Sheet, from_text, share_texts, trimmed, watch, without_empty_end
from crm_desktop.i18n import _
from crm_desktop.models import limits

_DELIMITERS: Final = ",\t;|"
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$")
_LONGEST: Final = 4_000_000  # signs in a line; each could be a column
_GAP: Final = re.compile(r" {2,}|[\u3000 ]*\u3000[\u3000 ]*")


def decode(name: str, data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """A text and the name of its encoding: by its mark, else UTF-8 or GB18030, judged on the whole of it; raises
    UserError.
    """
    if encoding:
        bare = "utf-8-sig" if encoding == "utf-8" else encoding
        return data.decode(bare, errors="replace").removeprefix("\ufeff"), encoding
    if flavour := kinds.looks_utf16(data):
        return data.decode(flavour, errors="replace").removeprefix("\ufeff"), "utf-16"
    if _seems_western(data):
        return data.decode("cp1252", errors="replace"), "windows-1252"
    order = [("utf-8", "utf-8-sig"), ("gb18030", "gb18030"), ("big5", "cp950"), ("big5", "big5hkscs")]
    if _seems_big5(data):
        order.insert(1, ("big5", "cp950"))
    for name_, codec in order:
        with suppress(UnicodeDecodeError):
            return data.decode(codec), name_
    # a file cut in the middle of a character, or one bad byte in thousands, is still worth reading
    best = min(
        (("utf-8", data.decode("utf-8-sig", "replace")), ("gb18030", data.decode("gb18030", "replace"))),
        key=lambda it: it[1].count("\ufffd"),
    )
    if best[1].count("\ufffd") > 3 + len(best[1]) // 500:
        raise UserError(_("“{file}” is not a list that can be read. Save it as .xlsx or .csv.").format(file=name))
    return best[1], best[0]


def _seems_western(data: bytes) -> bool:
    """Whether the bytes beyond ASCII stand alone among letters, as in Müller and Garçon; Chinese ones come in pairs."""
    beyond = re.findall(rb"[\x80-\xff]+", data[:200_000])
    alone = sum(1 for run in beyond if len(run) == 1)
    if not beyond or alone * 20 < len(beyond) * 19:
        return False
    within = re.findall(rb"(?<=[A-Za-z])[\xc0-\xff](?=[a-z])|(?<![\w\x80-\xff])[\xc0-\xde](?=[a-z])", data[:200_000])
    return len(within) * 2 > len(beyond)


def _seems_big5(data: bytes) -> bool:
    """Whether the second bytes of the characters lie where Big5 has two in five of them and GBK (simplified) hardly
    any.
    """
    pairs = re.findall(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]", data[:200_000])
    low = sum(1 for pair in pairs if pair[1] < 0x7F)
    common = sum(1 for pair in pairs if 0xA4 <= pair[0] <= 0xC6 or 0xA1 <= pair[0] <= 0xA3)
    return len(pairs) >= 6 and low * 5 > len(pairs) and common * 4 > len(pairs) * 3


def read_text(
    path: Path, data: bytes, encoding: str | None, limit: int | None, progress: Callable[[int], None] | None
) -> Sheet:
    text, written_in = decode(path.name, data, encoding)
    text = text.replace("\0", "")
    text, delimiter = _tax_list(text), ""
    if text[:4].lower() == "sep=":  # Excel's own hint; it does not count as a row
        hint, _newline, text = text.partition("\n")
        delimiter = hint[4:5]
    rows: list[Row] = []
    again: dict[str, str] = {}
    csv.field_size_limit(10 * 1024**2)
    try:
        delimiter = delimiter or sniff(text)
        if delimiter not in text[:100_000] and (apart := _by_blanks(text, limit)):
            return Sheet(path.stem, apart, encoding=written_in)
        for raw in csv.reader(_lines(path.name, text), delimiter=delimiter):
            row = trimmed(map(from_text, raw))
            if len(row) > limits.most(limits.COLUMNS):
                raise kinds.too_many_columns(path.name)
            share_texts(row, again)
            rows.append(row)
            if limit is not None and len(rows) >= limit:
                break
            watch(path.name, rows, progress)
    except csv.Error:
        raise kinds.damaged(path.name) from None
    return Sheet(path.stem, without_empty_end(rows), encoding=written_in)


def _lines(name: str, text: str) -> Iterator[str]:
    """The lines of a text with their ends, one at a time: all of them at once would be in memory twice."""
    for line in _LINE.finditer(text):
        if line.end() - line.start() > _LONGEST:
            raise kinds.too_many_columns(name)
        yield line[0]


def _tax_list(text: str) -> str:
    """A customers' list of the tax control program: the sign between its columns is named in its first line."""
    named = re.match(r"\{[^\n]{1,20}\}\[分隔符\]\"([^\"\n]{1,4})\"", text)
    if not named:
        return text
    lines = [line for line in text.split("\n")[1:] if named[1] in line]
    return "\n".join(lines).replace("\t", " ").replace(named[1], "\t").removeprefix("//").lstrip()


def _by_blanks(text: str, limit: int | None) -> list[Row]:
    """The rows of a list whose columns are held apart by blanks, as database programs print it, or none."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    told = [line for line in lines[:200] if line.strip()]
    if len(told) < 2 or sum(1 for line in told if _GAP.search(line.strip())) * 3 < len(told) * 2:
        return []
    parted = [_GAP.split(line.strip()) for line in lines[:limit] if not re.fullmatch(r"[\s\-=+]+", line) or not line]
    return without_empty_end([trimmed(map(from_text, parts)) for parts in parted])


def sniff(text: str) -> str:
    """The sign that parts the columns: the one by which most of the first records have the same number of columns,
    and many.
    """

    def score(delimiter: str) -> tuple[float, int]:
        records: list[int] = []
        with suppress(csv.Error):
            for record in csv.reader(io.StringIO(text[:100_000], newline=""), delimiter=delimiter):
                records.append(len(record))
                if len(records) == 50:
                    break
        many = Counter(count for count in records if count > 1)
        if not many:
            return 0.0, 0
        columns, times = many.most_common(1)[0]
        return times / len(records) * min(columns, 6), columns

    return max(_DELIMITERS, key=score)
