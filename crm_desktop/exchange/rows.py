"""What a row of a sheet is besides data: blank, a total, a note, a signature, the heading printed once more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from crm_desktop.exchange.reading import Cell
from crm_desktop.i18n import N_
from crm_desktop.values import plain

BLANK: Final = N_("blank")
TITLE: Final = N_("title")
HEADING: Final = N_("heading again")
SUBTOTAL: Final = N_("subtotal")
TOTAL: Final = N_("total")
NOTE: Final = N_("note")
EXAMPLE: Final = N_("example")

_TOTAL: Final = re.compile(
    r"(?:.{0,8})(?:合计|总计|共计|累计|总数|总额)(?:数|金额)?(?:[:(].{0,16})?|共\d+[家个条人行笔户](?:.{0,12})?|(?:grand)?totals?:?|sum:?",
    re.I,
)
_SUBTOTAL: Final = re.compile(r"(?:.{0,12})小计(?:[:(].{0,16})?|sub-?totals?:?", re.I)
_SIGNATURE: Final = re.compile(
    r"(?:制表|填表|填报|编制|审核|审批|复核|批准|经办|负责|主管|统计|录入|打印|导出|更新|截止|报送|联系)(?:人|者|单位|部门|日期|时间|领导)?\s*(?::|$)|"
    r"(?:签字|签名|签章|盖章|公章|日期|时间|年月日|单位负责人|部门负责人|财务负责人|"
    r"prepared by|approved by|checked by|printed|date|signature)\s*(?::|$)",
    re.I,
)
_REMARK: Final = re.compile(
    r"(?:备注|注意?|说明|填表说明|填写说明|注意事项|提示|附注|附|单位|数据来源|remarks?|notes?|source)\s*[:.]|以上|以下(?:空白|无)|\*+\s*\S|※",
    re.I,
)
_PAGE: Final = re.compile(
    r"-?\s*第\s*[\d一二三四五六七八九十]+\s*页.*|共\s*\d+\s*页.*|page\s*\d+.*|-\s*\d+\s*-|\d+\s*/\s*\d+\s*页?", re.I
)
_EXAMPLE: Final = re.compile(
    r"(?:示例|样例|范例|举例|填写示例|例)(?:\d*|[:(].*)$|(?:必填|选填|请填写|请选择|格式).*|e\.g\..*|example.*", re.I
)
_SERIAL: Final = re.compile(r"序号?|编号|no\.?|#|行号|项次|number|s/?n", re.I)


def is_serial_heading(heading: str) -> bool:
    """Whether a column only counts its rows."""
    return _SERIAL.fullmatch(plain(heading)) is not None and plain(heading) != "编号"


def filled(row: Sequence[Cell]) -> list[tuple[int, Cell]]:
    """The cells of a row that hold something, with their column."""
    return [
        (column, cell)
        for column, cell in enumerate(row)
        if not (cell is None or (isinstance(cell, str) and not cell.strip(" \t\r\n\u3000\xa0\u200b\ufeff")))
    ]


def is_number(cell: Cell) -> bool:
    """Whether a cell holds a number, also one written as text (847,000 or ¥1,250.00)."""
    return isinstance(cell, int | float) or (
        isinstance(cell, str) and re.fullmatch(r"[¥￥]?\s*-?[\d,]*\.?\d+\s*(?:元|万元?|%)?", plain(cell)) is not None
    )


def looks_like_heading(row: Sequence[Cell]) -> bool:
    """Whether a row could be (part of) a heading: short texts only, no numbers, dates or phones."""
    cells = filled(row)
    return bool(cells) and all(isinstance(cell, str) and _is_label(cell) for _column, cell in cells)


def _is_label(text: str) -> bool:
    bare = re.sub(r"[((\[【].*?[))\]】]", "", "".join(plain(text).split()))
    return (
        len(bare) <= 22
        and not re.search(r"\d{4}|^\d+([.,]\d+)?$|@|[。!?]|https?:|:.", bare)
        and not re.match(r"\d{1,2}[-/.月]\d", bare)
    )


def other_than_data(row: Sequence[Cell], headings: Sequence[str], widest_merge: int, followed: bool) -> str | None:
    """What a row is if it is no data, None for data.

    `widest_merge` is how many columns its widest merged cell covers; `followed` whether data rows come after it.
    """
    cells = filled(row)
    serials = {column for column, heading in enumerate(headings) if is_serial_heading(heading)}
    own = [(column, cell) for column, cell in cells if column not in serials]
    if not own and all(is_number(cell) for _column, cell in cells):
        return BLANK  # nothing, or a running number prepared for a row not yet written
    if kind := _total(cells, own):
        return kind
    texts = [plain(cell) for _column, cell in cells if isinstance(cell, str)]
    width = sum(1 for heading in headings if heading)
    if len(texts) == len(cells) and _is_remark(texts, width):
        return NOTE
    if len(cells) == 1 and width > 2:
        column, cell = cells[0]
        if widest_merge > max(2, width // 2) or (isinstance(cell, str) and column in serials):
            return NOTE  # a caption across the table: 一、华东区
        if isinstance(cell, str) and len(cell) > 40 and not followed:
            return NOTE
        if column >= len(headings) or not headings[column]:
            return NOTE
    return None


def is_example(row: Sequence[Cell], headings: Sequence[str]) -> bool:
    """Whether the row below the heading only explains it: 示例, 必填 …, or the columns counted 1 2 3 4."""
    cells = filled(row)
    if not cells:
        return False
    numbers = [plain(str(cell)).strip("()") for _column, cell in cells]
    if len(cells) > 2 and numbers == [str(place) for place in range(1, len(cells) + 1)]:
        return True
    first = cells[0][1]
    return (
        isinstance(first, str)
        and _EXAMPLE.match(plain(first)) is not None
        and (len(headings) > 1 or plain(first).startswith(("示例", "样例", "范例")))
    )


def _total(cells: list[tuple[int, Cell]], own: list[tuple[int, Cell]]) -> str | None:
    """A row that adds up the others: labelled so near its beginning, or bare numbers with no name before them."""
    others = [cell for _column, cell in cells if isinstance(cell, str) and not is_number(cell)]
    for _column, cell in cells[:3]:
        if not isinstance(cell, str) or len(others) > 3:
            continue
        label = "".join(plain(cell).split())
        if _SUBTOTAL.fullmatch(label):
            return SUBTOTAL
        if _TOTAL.fullmatch(label):
            return TOTAL
    bare = own and all(isinstance(cell, int | float) and not isinstance(cell, bool) for _column, cell in own)
    return TOTAL if bare and own[0][0] > 1 and not any(isinstance(cell, date) for _column, cell in own) else None


def _is_remark(texts: list[str], width: int) -> bool:
    if len(texts) > max(4, width // 2) or not texts:
        return False
    first = texts[0]
    if _PAGE.fullmatch(first) and len(texts) == 1:
        return True
    if len(texts) <= 2 and _REMARK.match(first):
        return True
    signed = [bool(_SIGNATURE.match("".join(text.split())) or _SIGNATURE.match(text)) for text in texts]
    return signed[0] and (all(signed) or sum(signed) * 2 >= len(texts))
