"""The pages of a customer file, read without SQLite and trusting none of them: what a damaged file still holds.

The format: https://www.sqlite.org/fileformat2.html, sections 1.3, 1.5, 1.6 and 2.1.
"""

from __future__ import annotations

import mmap
import struct
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final

Values = list[Any]
Cell = tuple[int, Values]
"""A row's number and its values as stored."""
Fits = Callable[[Values], bool]

LEAF, INTERIOR = 13, 5  # pages of tables; 10 and 2 are those of indexes
_INTS: Final = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}


class Unreadable(Exception):
    """These bytes are no record."""


class Pages:
    """A database file as a row of pages."""

    def __init__(self, path: Path) -> None:
        self._stream = path.open("rb")
        self.length = path.stat().st_size
        self._bytes: mmap.mmap | bytes = (
            mmap.mmap(self._stream.fileno(), 0, access=mmap.ACCESS_READ) if self.length else b""
        )
        self.size = self._page_size()
        reserved = self._bytes[20] if self.length > 20 else 0
        self.usable = self.size - (reserved if self._bytes[:16] == b"SQLite format 3\0" and reserved < 33 else 0)
        self.count = -(-self.length // self.size)

    def __enter__(self) -> Pages:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if isinstance(self._bytes, mmap.mmap):
            self._bytes.close()
        self._stream.close()

    def _page_size(self) -> int:
        """What the header says if pages begin there, else the size at which most pages do."""

        def begun(size: int) -> float:
            starts = range(size, self.length, size)
            seen = Counter(self._bytes[at] for at in starts)
            return sum(seen[kind] for kind in (2, 5, 10, 13)) / max(1, len(starts))

        said = int.from_bytes(self._bytes[16:18], "big")
        sizes = (16384, 4096, 8192, 32768, 1024, 2048, 512)
        if said in sizes and (begun(said) > 0.02 or self.length <= 4 * said):
            return said
        return max(sizes, key=begun)

    def page(self, number: int) -> bytes:
        """The bytes of page `number` (the first is 1); fewer than `size`, or none, where the file ends."""
        return self._bytes[(number - 1) * self.size : number * self.size] if number > 0 else b""

    def free(self) -> set[int]:
        """The pages that hold nothing any more, as far as their list can be read."""
        found: set[int] = set()
        trunk = int.from_bytes(self._bytes[32:36], "big")
        while 1 < trunk <= self.count and trunk not in found:
            found.add(trunk)
            page = self.page(trunk)
            if len(page) < 8:
                break
            trunk, leaves = struct.unpack(">II", page[:8])
            if leaves > self.usable // 4 - 2 or len(page) < 8 + 4 * leaves:
                break
            found.update(struct.unpack(f">{leaves}I", page[8 : 8 + 4 * leaves]))
        return found

    def kind(self, number: int) -> int:
        """What a page says it is: LEAF, INTERIOR or anything else."""
        at = (number - 1) * self.size + (100 if number == 1 else 0)
        return self._bytes[at] if 0 <= at < self.length else 0

    def _starts(self, number: int, page: bytes, head: int) -> list[int]:
        """Where the cells of a page begin; Unreadable when that cannot be."""
        base = 100 if number == 1 else 0
        if len(page) < base + head:
            raise Unreadable
        (cells,) = struct.unpack_from(">H", page, base + 3)
        end = base + head + 2 * cells
        if end > len(page):
            raise Unreadable
        return [at if end <= at < self.usable else -1 for at in struct.unpack_from(f">{cells}H", page, base + head)]

    def children(self, number: int) -> list[int]:
        """The pages below an interior page, in order."""
        page, base = self.page(number), 100 if number == 1 else 0
        below = []
        for at in self._starts(number, page, 12):
            below.append(int.from_bytes(page[at : at + 4], "big") if at >= 0 else 0)
        return [*below, int.from_bytes(page[base + 8 : base + 12], "big")]

    def cells(self, number: int) -> list[Cell | None]:
        """The rows on a leaf page; None for each that cannot be read. Unreadable when the page cannot."""
        page = self.page(number)
        found: list[Cell | None] = []
        for at in self._starts(number, page, 8):
            try:
                found.append(self._cell(page, at) if at >= 0 else None)
            except (Unreadable, IndexError, struct.error, MemoryError, OverflowError):
                found.append(None)
        return found

    def _cell(self, page: bytes, at: int) -> Cell:
        length, at = _varint(page, at)
        row, at = _varint(page, at)
        if row >= 1 << 63:
            row -= 1 << 64
        most = self.usable - 35
        if length <= most:
            payload = page[at : at + length]
        else:
            least = (self.usable - 12) * 32 // 255 - 23
            local = least + (length - least) % (self.usable - 4)
            local = local if local <= most else least
            payload = self._overflow(page[at : at + local], int.from_bytes(page[at + local : at + local + 4], "big"),
                                     length)  # fmt: skip
        if len(payload) != length or not length:
            raise Unreadable
        return row, _record(payload)

    def _overflow(self, begun: bytes, number: int, length: int) -> bytes:
        """A payload that goes on on other pages."""
        if length > self.length:
            raise Unreadable
        parts, missing, seen = [begun], length - len(begun), set()
        while missing > 0:
            page = self.page(number)
            if number in seen or len(page) < 4:
                raise Unreadable
            seen.add(number)
            part = page[4 : min(self.usable, 4 + missing)]
            parts.append(part)
            missing -= len(part)
            number = int.from_bytes(page[:4], "big")
            if not part:
                raise Unreadable
        return b"".join(parts)

    def walk(self, root: int, fits: Fits, seen: set[int], torn: list[int]) -> Iterator[Cell]:
        """The rows of the table whose first page is `root`; `torn` gets each page or row that could not be read."""
        waiting = [root]
        while waiting:
            number = waiting.pop()
            try:
                if number in seen or not 0 < number <= self.count:
                    raise Unreadable
                if self.kind(number) == INTERIOR:
                    seen.add(number)
                    waiting += reversed(self.children(number))
                    continue
                yield from self.leaf(number, fits, seen, torn)
            except Unreadable:
                torn.append(number)

    def leaf(self, number: int, fits: Fits, seen: set[int], torn: list[int]) -> Iterator[Cell]:
        """The rows of one leaf page; Unreadable when it is none of this table's."""
        if self.kind(number) != LEAF:
            raise Unreadable
        cells = self.cells(number)
        good = [cell for cell in cells if cell is not None and fits(cell[1])]
        if cells and not good:
            raise Unreadable  # of another table, or nonsense
        seen.add(number)
        torn += [number] * (len(cells) - len(good))
        yield from good

    def below(self, root: int) -> set[int]:
        """All pages of a table, whatever is on them."""
        seen: set[int] = set()
        waiting = [root]
        while waiting:
            number = waiting.pop()
            if number in seen or self.kind(number) not in (INTERIOR, LEAF):
                continue
            seen.add(number)
            if self.kind(number) == INTERIOR:
                try:
                    waiting += self.children(number)
                except Unreadable:
                    continue
        return seen


def _varint(page: Sequence[int], at: int) -> tuple[int, int]:
    value = page[at]
    if value < 128:
        return value, at + 1
    value &= 127
    for step in range(1, 8):
        byte = page[at + step]
        value = value << 7 | byte & 127
        if byte < 128:
            return value, at + step + 1
    return value << 8 | page[at + 8], at + 9


def _record(payload: bytes) -> Values:
    """The values of a record; Unreadable where the bytes are none."""
    values: Values = []
    end, at = _varint(payload, 0)
    if not at <= end <= len(payload):
        raise Unreadable
    body = end
    while at < end:
        kind, at = _varint(payload, at)
        if kind >= 12:
            length = (kind - 12) // 2
            raw = payload[body : body + length]
            body += length
            if len(raw) != length:
                raise Unreadable
            values.append(raw.decode("utf-8", "replace") if kind % 2 else raw)
        elif kind in _INTS:
            values.append(int.from_bytes(payload[body : body + _INTS[kind]], "big", signed=True))
            body += _INTS[kind]
        elif kind == 7:
            values.append(struct.unpack_from(">d", payload, body)[0])
            body += 8
        elif kind in (0, 8, 9):
            values.append(None if kind == 0 else kind - 8)
        else:
            raise Unreadable
    if body != len(payload) or at != end:
        raise Unreadable
    return values
