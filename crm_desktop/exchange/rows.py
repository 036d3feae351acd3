"""What a row of a sheet is besides data: blank, a total, a note, a signature, the heading printed once more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from crm_desktop.exchange.reading import Cell, Row
from crm_desktop.i18n import N_
from crm_desktop.values import plain

BLANK: Final = N_("blank")
TITLE: Final = N_("title")
HEADING: Final = N_("heading again")
SUBTOTAL: Final = N_("subtotal")
TOTAL: Final = N_("total")
NOTE: Final = N_("note")
EXAMPLE: Final = N_("example")
LINE: Final = N_("further line of the row above")
SECTION: Final = N_("title of a part, told in a column of its own")

_BLANKS: Final = " \t\r\n\u3000\xa0\u200b\ufeff"
_TOTAL: Final = re.compile(
    r"(?:承|接|续)(?:前|上)页|(?:过|转)(?:次|下)页|上(?:页|年|月)结转|结转下(?:页|年|月)|"
    r"(?:.{0,8})(?:合计|总计|共计|累计|总数|总额)(?:数|金额)?(?:[:(].{0,16})?|共\d+[家个条人行笔户](?:.{0,12})?|(?:grand)?totals?(?:[:(].{0,16})?|sum:?",
    re.I,
)
_MAYBE_TOTAL: Final = re.compile(r"计|總|总|共|页|结转|total|sum", re.I)
_REST: Final = re.compile("其[他它余](?:客户|单位)?")
"""All those a ranking does not name."""
_SUBTOTAL: Final = re.compile(r"(?:.{0,12})小计(?:[:(].{0,16})?|sub-?totals?:?", re.I)
_SIGNATURE: Final = re.compile(
    r"(?:制表|填表|填报|编制|审核|审批|复核|批准|经办|负责|主管|统计|录入|打印|导出|更新|截止|报送|联系)(?:人|者|单位|部门|日期|时间|领导)?\s*(?::|$)|"
    r"(?:签字|签名|签章|盖章|公章|日期|时间|年月日|单位负责人|部门负责人|财务负责人|"
    r"prepared by|approved by|checked by|printed|date|signature)\s*(?::|$)",
    re.I,
)
_REMARK: Final = re.compile(
    r"(?:备注|注意?|说明|填表说明|填写说明|注意事项|提示|附注|附|单位|数据来源|remarks?|notes?|source)\s*[:.]|以上|[-—=]*\s*以下|\*+\s*\S|※",
    re.I,
)
_PAGE: Final = re.compile(
    r"-?\s*第\s*[\d一二三四五六七八九十]+\s*页.*|共\s*\d+\s*页.*|page\s*\d+.*|-\s*\d+\s*-|"
    r"\(?\d+ (?:行|rows?)(?: ?受影响| affected| selected)?\.?\)?|\d+\s*/\s*\d+\s*页?",
    re.I,
)
_REACHED: Final = re.compile(r"\+?[\d\- ]{7,}|\S+@\S+\.\w+")
"""A number or an address somebody is reached under."""
_EXAMPLE: Final = re.compile(
    r"(?:示例|样例|范例|举例|填写示例|例)(?:\d*|[:(].*)$|(?:必填|选填|请填写|请选择|格式).*|e\.g\..*|example.*", re.I
)
_SAMPLE: Final = re.compile(r"(?:示例|样例|范例|填写示例|举例)[:：]|例[:：]|e\.g\.")
_LABELLED: Final = re.compile(r"[a-z\u3400-\u9fff][a-z\u3400-\u9fff ]{1,13}\s*:\s*\S.*", re.I)
_SERIAL: Final = re.compile(r"序号?(?: *no\.?)?|编号|no\.?|#|行号|项次|number|s/?n", re.I)


def is_serial_heading(heading: str) -> bool:
    """Whether a column only counts its rows."""
    return _SERIAL.fullmatch(plain(heading)) is not None and plain(heading) != "编号"


def filled(row: Sequence[Cell]) -> list[tuple[int, Cell]]:
    """The cells of a row that hold something, with their column."""
    return [
        it for it in enumerate(row) if (cell := it[1]) is not None and (type(cell) is not str or cell.strip(_BLANKS))
    ]


def is_number(cell: Cell) -> bool:
    """Whether a cell holds a number, also one written as text (847,000 or ¥1,250.00)."""
    return isinstance(cell, int | float) or (
        isinstance(cell, str) and re.fullmatch(r"[¥￥]?\s*-?[\d,]*\.?\d+\s*(?:元|万元?|%)?", plain(cell)) is not None
    )


def looks_like_heading(row: Sequence[Cell]) -> bool:
    """Whether a row could be (part of) a heading: short texts, no numbers but years, no dates or phones.

    One cell in five may be longer: a question instead of a name for its column.
    """
    cells = [cell for _column, cell in filled(row)]
    if len(cells) > 2 and isinstance(cells[-1], str) and _REMARK.match(plain(cells[-1])):
        del cells[-1]  # what somebody noted beside the list
    if not cells or not all(isinstance(cell, str) or _is_year(cell) for cell in cells):
        return False
    if any(isinstance(cell, str) and _REACHED.fullmatch(plain(cell)) for cell in cells):
        return False
    labels = sum(1 for cell in cells if not isinstance(cell, str) or _is_label(cell))
    return labels * 5 >= len(cells) * 4


def _is_year(cell: Cell) -> bool:
    return isinstance(cell, int) and not isinstance(cell, bool) and 1990 <= cell <= 2100


def _is_label(text: str) -> bool:
    bare = re.sub(r"[(\[【].*?[)\]】]", "", "".join(plain(text).split()))
    return (
        len(bare) <= 22
        and not re.search(r"\d{5}|\d{4}(?!年|/)|^\d+([.,]\d+)?$|@|[。!?]|https?:|:.", bare)
        and not re.match(r"\d{1,2}[-/.月]\d(?!\d*(?:天|日内|岁|人|万|千|%))|\d{4}年\d{1,2}月\d|\d{4}/\d", bare)
    )


class Judge:
    """Tells the rows of one table apart. Most rows are data and have to be passed quickly: 100,000 of them in a
    second.
    """

    def __init__(self, headings: Sequence[str], heading_rows: Sequence[Row], rows_above: Sequence[Row]) -> None:
        self.headings = headings
        self.width = sum(1 for heading in headings if heading)
        self.serials = {column for column, heading in enumerate(headings) if is_serial_heading(heading)}
        self._again = dict.fromkeys((_signature(row) for row in rows_above if filled(row)), TITLE)
        self._again |= dict.fromkeys((_signature(row) for row in heading_rows), HEADING)
        self._titles = {_without_numbers(row[0][1]) for each in rows_above if len(row := filled(each)) == 1} - {""}
        self._beginnings = {signature[0][1] for signature in self._again if signature}

    def other_than_data(self, row: Row, widest_merge: int = 1, followed: bool = True) -> str | None:
        """What a row is if it is no data, None for data.

        `widest_merge` is how many columns its widest merged cell covers; `followed` whether data rows come after it.
        """
        cells = filled(row)
        if not cells:
            return BLANK
        first = cells[0][1]
        if isinstance(first, str) and first.strip() in self._beginnings and (again := self._again.get(_signature(row))):
            return again
        if len(cells) == 1 and self._titles and _without_numbers(first) in self._titles:
            return TITLE  # that of the next part: 二月份客户生日 after 一月份客户生日
        if len(cells) == 1 and cells[0][0] in self.serials and is_number(first):
            return BLANK  # a running number prepared for a row not yet written
        if kind := _total(cells, self.serials):
            return kind
        if len(cells) > max(4, self.width // 2):
            return None
        texts = [plain(cell) for _column, cell in cells if isinstance(cell, str)]
        if len(texts) == len(cells) and _is_remark(texts, self.width):
            return NOTE
        if len(texts) == len(cells) and self.width > 2 and ":" in texts[0] and all(map(_LABELLED.fullmatch, texts)):
            return TITLE  # whose the rows below are: 客户名称：甲公司
        return (
            NOTE if len(cells) == 1 and self.width > 2 and self._is_caption(cells[0], widest_merge, followed) else None
        )

    def _is_caption(self, lone: tuple[int, Cell], widest_merge: int, followed: bool) -> bool:
        """Whether the only cell of a row stands for no customer: a caption across the table (一、华东区), a long last
        word.
        """
        column, cell = lone
        if widest_merge > max(2, self.width // 2) or column >= len(self.headings) or not self.headings[column]:
            return True
        if not isinstance(cell, str):
            return False
        last_word = len(cell) > 40 or re.fullmatch(r"\d{4}年\d{1,2}月(\d{1,2}日)?", "".join(plain(cell).split()))
        return column in self.serials or (bool(last_word) and not followed)


def _without_numbers(cell: Cell) -> str:
    """A title as it comes again over the next month or page; "" for what is too short to tell."""
    bare = re.sub(r"[\d一二三四五六七八九十〇零]+", "#", "".join(plain(cell).split())) if isinstance(cell, str) else ""
    return bare if "#" in bare and len(bare) > 3 else ""


def _signature(row: Row) -> tuple[tuple[int, str], ...]:
    """The texts of a row, to know it when it is printed again."""
    return tuple((column, cell.strip()) for column, cell in filled(row) if isinstance(cell, str))


def is_example(row: Sequence[Cell], headings: Sequence[str]) -> bool:
    """Whether the row below the heading only explains it: 示例, 必填 …, or the columns counted 1 2 3 4."""
    cells = filled(row)
    if not cells:
        return False
    numbers = [plain(str(cell)).strip("()") for _column, cell in cells]
    if len(cells) > 2 and numbers == [str(place) for place in range(1, len(cells) + 1)]:
        return True
    if all(isinstance(cell, str) and re.fullmatch(r"[(\[].*[)\]]", plain(cell)) for _column, cell in cells):
        return True  # (元) (必填) (人): a word on each column
    if any(isinstance(cell, str) and _SAMPLE.match(plain(cell)) for _column, cell in cells):
        return True
    first = cells[0][1]
    return (
        isinstance(first, str)
        and _EXAMPLE.match(plain(first)) is not None
        and (len(headings) > 1 or plain(first).startswith(("示例", "样例", "范例")))
    )


def _total(cells: list[tuple[int, Cell]], serials: set[int]) -> str | None:
    """A row that adds up the others: labelled so near its beginning, or bare numbers with no name before them."""
    told = [it for it in cells if type(it[1]) is str]
    for _column, cell in told if len(told) == 1 else cells[:3]:
        if not isinstance(cell, str) or len(cell) > 40 or not _MAYBE_TOTAL.search(cell):
            continue
        label = "".join(plain(cell).split())
        kind = SUBTOTAL if _SUBTOTAL.fullmatch(label) else TOTAL if _TOTAL.fullmatch(label) else None
        if kind and sum(1 for _column, other in told if not is_number(other)) <= 3:
            return kind
    if (
        told
        and _REST.fullmatch(str(told[0][1]).strip())
        and all(is_number(cell) for at, cell in cells if at != told[0][0])
    ):
        return SUBTOTAL
    own = [it for it in cells if it[0] not in serials]
    bare = own and own[0][0] > 1 and all(isinstance(cell, int | float) and cell is not True for _column, cell in own)
    return TOTAL if bare else None


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
