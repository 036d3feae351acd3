"""The long texts of a dBase or FoxPro table, which lie in a file beside it (.dbt, .fpt)."""

from __future__ import annotations

import struct
from functools import cached_property
from pathlib import Path
from typing import Final

from crm_desktop.models import limits

_LONGEST: Final = 1_000_000
"""Bytes of one text; more is no remark."""
_END: Final = b"\x1a"


class Memos:
    """The texts by the number that stands in the table; without the file beside it there are none."""

    def __init__(self, table: Path) -> None:
        self._table = table

    def text(self, raw: bytes) -> bytes:
        """The text a cell names, by ten digits or four bytes."""
        block = self._block(raw)
        if block <= 0 or not self._data:
            return b""
        if self._is_foxpro:
            size = int.from_bytes(self._data[6:8], "big") or 1
            start = block * size
            if start + 8 > len(self._data):
                return b""
            _kind, length = struct.unpack_from(">II", self._data, start)
            return self._data[start + 8 : start + 8 + min(length, _LONGEST)]
        start = block * 512
        if self._data[start : start + 4] == b"\xff\xff\x08\x00":  # dBase IV tells the length
            length = int.from_bytes(self._data[start + 4 : start + 8], "little")
            return self._data[start + 8 : start + min(length, _LONGEST)]
        end = self._data.find(_END, start, start + _LONGEST)
        return self._data[start : end if end >= 0 else start + 512]

    @staticmethod
    def _block(raw: bytes) -> int:
        if len(raw) == 4:
            return int.from_bytes(raw, "little")
        digits = raw.strip(b" \0")
        return int(digits) if digits.isdigit() else 0

    @cached_property
    def _beside(self) -> Path | None:
        """The file of the same name, whatever letters its ending is written in."""
        try:
            near = {path.name.casefold(): path for path in self._table.parent.iterdir()}
        except OSError:
            return None
        stem = self._table.stem.casefold()
        return near.get(f"{stem}.fpt") or near.get(f"{stem}.dbt")

    @cached_property
    def _is_foxpro(self) -> bool:
        return self._beside is not None and self._beside.suffix.lower() == ".fpt"

    @cached_property
    def _data(self) -> bytes:
        most = limits.most(limits.MEGABYTES) * 1024**2
        try:
            if self._beside is None or self._beside.stat().st_size > most:
                return b""
            return self._beside.read_bytes()
        except OSError:
            return b""
