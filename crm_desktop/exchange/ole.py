"""The streams inside an old Office file (compound file, MS-CFB), taken out with every number in it checked.

A damaged number must not lead a reader to ask for more memory than the file can fill.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final, NamedTuple

_END: Final = 0xFFFFFFFA  # what is no sector number: end of chain, free, FAT, DIFAT


class Damaged(ValueError):
    """A number in the file cannot be right."""


class _Entry(NamedTuple):
    name: str
    kind: int
    first: int
    size: int


class Container:
    """A compound file; raises `Damaged`."""

    def __init__(self, data: bytes) -> None:
        if len(data) < 1536:
            raise Damaged
        self.data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise Damaged
        self.size = 1 << shift
        self.sectors = (len(data) + self.size - 1) // self.size  # the last one may be cut short
        fats, self._directory, _transaction, cutoff, mini, minis, more, mores = struct.unpack_from(
            "<II4sIIIII", data, 44
        )
        if max(fats, minis, mores) > self.sectors or cutoff != 4096:
            raise Damaged
        table = [each for each in struct.unpack_from("<109I", data, 76) if each < _END]
        for _block in range(mores):
            block = self._numbers(more)
            table += [each for each in block[:-1] if each < _END]
            more = block[-1]
        self.fat = [number for sector in table[:fats] for number in self._numbers(sector)]
        self.mini_fat = [number for sector in self._chain(mini) for number in self._numbers(sector)] if minis else []
        self.entries = list(self._entries())
        if any(entry.size > len(data) for entry in self.entries if entry.kind in (2, 5)):
            raise Damaged

    def stream(self, *names: str) -> bytes:
        """The content of the stream called so (the first of the names there is); raises `Damaged` without one."""
        for name in names:
            for entry in self.entries:
                if entry.kind == 2 and entry.name.casefold() == name.casefold():
                    return self._content(entry)
        raise Damaged

    def _content(self, entry: _Entry) -> bytes:
        if entry.size >= 4096:
            return b"".join(self._sector(each) for each in self._chain(entry.first))[: entry.size]
        root = next((each for each in self.entries if each.kind == 5), None)
        if root is None:
            raise Damaged
        store = b"".join(self._sector(each) for each in self._chain(root.first))[: root.size]
        parts = (store[each * 64 : each * 64 + 64] for each in _followed(entry.first, self.mini_fat))
        return b"".join(parts)[: entry.size]

    def _sector(self, number: int) -> bytes:
        if number >= self.sectors:
            raise Damaged
        return self.data[(number + 1) * self.size : (number + 2) * self.size]

    def _numbers(self, sector: int) -> tuple[int, ...]:
        part = self._sector(sector)
        if len(part) < self.size:
            raise Damaged
        return struct.unpack(f"<{self.size // 4}I", part)

    def _chain(self, first: int) -> Iterator[int]:
        return _followed(first, self.fat)

    def _entries(self) -> Iterator[_Entry]:
        for sector in self._chain(self._directory):
            part = self._sector(sector)
            for at in range(0, len(part) - 127, 128):
                length, kind = struct.unpack_from("<HB", part, at + 64)
                first, size = struct.unpack_from("<II", part, at + 116)
                if kind and length <= 64:
                    name = part[at : at + max(0, length - 2)].decode("utf-16-le", "replace")
                    yield _Entry(name, kind, first, size)


def _followed(number: int, table: list[int]) -> Iterator[int]:
    """The sectors of a chain; a chain that runs in a circle or out of its table is damaged."""
    for _step in range(len(table) + 1):
        if number >= _END:
            return
        if number >= len(table):
            raise Damaged
        yield number
        number = table[number]
    raise Damaged
