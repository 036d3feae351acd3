"""Addresses in pieces (街道, 小区, 门牌; Address Line 1 and 2), as one column."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from crm_desktop.exchange.reading import Cell, Row
from crm_desktop.exchange.table import Table
from crm_desktop.values import as_text, clean

_MAIN: Final = re.compile(
    r"(?:(?:客户|公司|单位|收货|收件|送货|注册|办公|联系|通讯|家庭|经营|企业)?(?:详细)?地址|住址|道路|路名?|具体地址|门牌地址)"
)
_PIECES: Final = re.compile(
    r"(?:所[在属])?(?:街道|乡镇|镇乡?|镇街|村|社区|小区|村居|路名?|道路|弄|门牌|楼栋|楼号|楼宇|楼层|单元|室|室号|房号|房间号|楼|栋|号)"
    r"(?:[/、或及]?(?:街道|乡镇|镇|村|社区|小区|门牌|楼栋|单元|室))*(?:名称|号码?|地址)?"
)
_FIRST_LINE: Final = re.compile(
    r"((?:business|mailing|billing|shipping|home|street)?\s*(?:street\s*)?(?:address)?)\s*(?:line\s*)?1?", re.I
)
_NEXT_LINE: Final = re.compile(
    r"(?:business|mailing|billing|shipping|home)?\s*(?:street|address)?\s*(?:address)?\s*(?:line\s*)?[23]", re.I
)


_RANKS: Final = (
    ("室|房", 9, "室"),
    ("楼层", 8, "楼"),
    ("单元", 7, "单元"),
    ("楼号|楼宇|^楼$", 6, "号楼"),
    ("栋", 5, "栋"),
    ("门牌", 4, "号"),
    ("弄", 3, "弄"),
    ("路|地址|住址", 2, ""),
    ("社区|村|小区|花园", 1, ""),
    ("街道|镇", 0, ""),
    ("号$", 4, "号"),
)
"""Pieces by their headings: where each stands in an address, and what follows a bare number in it."""


def joined(table: Table) -> Table:
    """The table with one column for the address where it has several for its pieces; the others stay, without
    heading.
    """
    pieces = _pieces(table.heading)
    if len(pieces) < 2:
        return table
    whole = next((at for at in pieces if _MAIN.fullmatch(table.heading[at])), pieces[0])
    chinese = any("\u3400" <= sign <= "\u9fff" for at in pieces for sign in table.heading[at])
    order = sorted(pieces, key=lambda at: _place(table.heading[at])[0]) if chinese else pieces
    heading = ["" if at in pieces else name for at, name in enumerate(table.heading)]
    heading[whole] = table.heading[whole] if whole != pieces[0] or not chinese else "详细地址"
    rows: list[tuple[int, Row]] = []
    for number, cells in table.rows:
        row: Row = [None if at in pieces else cell for at, cell in enumerate(cells)]
        row[whole] = _together([(table.heading[at], cells[at]) for at in order], "" if chinese else ", ")
        rows.append((number, row))
    return replace(table, heading=heading, rows=rows)


def _pieces(heading: list[str]) -> list[int]:
    """The columns that hold the pieces of an address, in their order."""
    found = [at for at, name in enumerate(heading) if _PIECES.fullmatch(name)]
    if found:
        main = [at for at, name in enumerate(heading) if _MAIN.fullmatch(name) and at not in found]
        return sorted([*found, *main]) if len(main) == 1 else found
    further = [
        at for at, name in enumerate(heading) if _NEXT_LINE.fullmatch(name) and re.search("street|address", name, re.I)
    ]
    first = (
        [at for at in (further[0] - 1,) if at >= 0 and _FIRST_LINE.fullmatch(heading[at]) and heading[at]]
        if further
        else []
    )
    return [*first, *further] if first else []


def _place(heading: str) -> tuple[int, str]:
    """Where a piece stands in an address, and what follows its number."""
    return next(((rank, sign) for words, rank, sign in _RANKS if re.search(words, heading)), (9, ""))


def _together(cells: list[tuple[str, Cell]], sign: str) -> str | None:
    """The pieces as one address; what a later piece says again is left out, and numbers say of what they are."""
    parts: list[str] = []
    for heading, cell in cells:
        part = "" if cell is None else clean(as_text(cell))
        if part.isdigit() and not sign:
            part += _place(heading)[1]
        if part and not any(part in other for other in parts):
            parts.append(part)
    return sign.join(parts) or None
