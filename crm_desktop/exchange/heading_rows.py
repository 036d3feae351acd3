"""Which rows of a sheet are the heading of its table: one to three of them, perhaps with merged cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from crm_desktop.exchange import heading_days
from crm_desktop.exchange.reading import Cell, Row, Sheet
from crm_desktop.exchange.rows import filled, is_serial_heading, looks_like_heading
from crm_desktop.values import clean, plain

Known = Callable[[str], bool]

_MARKS: Final = re.compile(
    r"[*★☆●※:：\s]+$|^[*★☆●※\s]+|[(（\[【]\s*(?:必填|选填|可选|必须|必填项|非必填|required|optional)[^)）\]】]*[)）\]】]",
    re.I,
)
MONEY_UNIT: Final = r"(?:人民币)?(?:亿|千万|百万|十万|万|千|百)?元|万|亿|RMB|CNY"
_UNIT: Final = re.compile(
    rf"\s*(?:[(\[【]\s*(?:单位\s*:?)?\s*({MONEY_UNIT}|[人个名家台件套次天月年%岁分]|小时|分钟|秒钟?|seconds?|secs?|工作日)\s*[)\]】]|[/_]\s*({MONEY_UNIT}))$",
    re.I,
)


@dataclass(frozen=True)
class Heading:
    first: int  # 0-based in Sheet.rows
    depth: int
    names: list[str]
    groups: list[str]
    units: list[str]
    known: int

    def score(self) -> tuple[float, int, int]:
        """Known headings count most; of equals the one with fewer unknown cells, then the one with groups, then the
        upper one.
        """
        counted = sum(1 for name in self.names if name and is_serial_heading(name))
        unknown = len({name for name in self.names if name}) - self.known - counted
        return self.known + counted - 0.2 * max(0, unknown), self.depth, -self.first


def find_heading(sheet: Sheet, known: Known, start: int, stop: int) -> Heading | None:
    """The best heading among some rows; without any known word, the first row of labels over rows of data."""
    candidates = [
        _heading(sheet, first, depth, known)
        for first in range(start, stop)
        if looks_like_heading(sheet.rows[first]) or _names_days(sheet.rows[first], known)
        for depth in range(1, 4)
        if _stacked(sheet, first, depth)
    ]
    candidates = [each for each in candidates if _has_data_below(sheet, each) and not _is_form(sheet, each, known)]
    best = max(candidates, key=Heading.score, default=None)
    best = best and next((it for it in candidates if _reaches(sheet, best, it)), best)
    if best and best.known:
        earlier = (
            each for each in candidates if each.first + each.depth < best.first and _stands_alone(sheet, each, best)
        )
        return max(earlier, key=lambda each: (-each.first, each.score()), default=best)
    plausible = [
        each
        for each in candidates
        if each.depth == 1 and sum(1 for name in each.names if name) >= 2 and _differs_below(sheet, each)
    ]
    return plausible[0] if plausible else None


def _names_days(row: Row, known: Known) -> bool:
    """Whether a row names days beside headings we know: 客户名称, 3/4, 3/5."""
    if not heading_days.among(row, lambda cell: isinstance(cell, str) and looks_like_heading([cell])):
        return False
    return any(isinstance(cell, str) and known(heading_text(cell)) for cell in row)


def _stands_alone(sheet: Sheet, heading: Heading, best: Heading) -> bool:
    """Whether a heading above the best one has a list of its own between: two lists one below the other."""
    named = sum(1 for name in heading.names if name)
    between = sheet.rows[heading.first + heading.depth : best.first]
    own = any(len(filled(row)) >= max(2, (named + 1) // 2) for row in between)
    return own and heading.known >= 2 and heading.known * 5 >= named * 3


def heading_text(cell: Cell) -> str:
    """A heading as it is compared and shown: on one line, without required-marks, 姓  名 as 姓名."""
    text = clean(cell if isinstance(cell, str) else heading_days.text_of(cell))
    text = re.sub(r"(?<=[\u3000-\u9fff]) (?=[\u3000-\u9fff])", "", text)
    return _MARKS.sub("", _MARKS.sub("", text)).strip()


def split_unit(heading: str) -> tuple[str, str]:
    """A heading without its unit, and the unit: "年销售额(万元)" is 年销售额 in 万元."""
    found = _UNIT.search(plain(heading))
    if not found or not plain(heading)[: found.start()]:
        return heading, ""
    return plain(heading)[: found.start()].strip(), found[1] or found[2]


def known_among(names: Sequence[str], known: Known) -> int:
    return sum(1 for name in set(names) if name and known(name))


def _stacked(sheet: Sheet, first: int, depth: int) -> bool:
    """Whether these rows together make one heading: each lower row is of labels and hangs under merged or wide cells
    of the one above.
    """
    for upper in range(first, first + depth - 1):
        if upper + 1 >= len(sheet.rows):
            return False
        row = sheet.rows[upper + 1]
        if not (looks_like_heading(row) or heading_days.among(row, bool) or _is_held(sheet, first, upper + 1)):
            return False
        above, below = (
            {column for column, _cell in filled(sheet.rows[upper])},
            {column for column, _cell in filled(sheet.rows[upper + 1])},
        )
        if len(above) < 2:
            return False
        below -= {column for column in below & above if _only_adds(sheet.rows[upper + 1][column])}
        wide = [
            merge
            for merge in sheet.merged
            if merge[0] <= upper <= merge[2] and merge[3] > merge[1] and merge[1] in above
        ]
        tall = [merge for merge in sheet.merged if merge[0] <= upper < merge[2]]
        covered = {column for _top, left, _bottom, right in wide for column in range(left, right + 1)}
        if sheet.merged and not (wide or tall):
            return False
        if (wide or tall) and not below <= covered | (below - above):
            return False
        if not sheet.merged and not (
            below - above and len(below) >= 2 and min(below - above) > min(above) and len(above) <= len(below) + 3
        ):
            return False
    return True


def _reaches(sheet: Sheet, best: Heading, deeper: Heading) -> bool:
    """Whether merged cells of the best heading reach down to the last row of a deeper one."""
    return (
        deeper.first == best.first
        and deeper.depth > best.depth
        and _is_held(sheet, best.first, deeper.first + deeper.depth - 1)
    )


def _is_held(sheet: Sheet, first: int, row: int) -> bool:
    """Whether merged cells of the heading reach down into a row of texts: 31-60天 under 账龄."""
    tall = sum(1 for top, _left, bottom, _right in sheet.merged if top == first and bottom >= row)
    return tall > 1 and all(isinstance(cell, str) for _column, cell in filled(sheet.rows[row]))


def _heading(sheet: Sheet, first: int, depth: int, known: Known) -> Heading:
    """The heading made of `depth` rows: a column's name is its lowest text, its group what stands above that."""
    levels = [_spread(sheet, row, last=row == first + depth - 1) for row in range(first, first + depth)]
    width = max(len(level) for level in levels)
    names, groups, units = [], [], []
    for column in range(width):
        stack = list(dict.fromkeys(level[column] for level in levels if column < len(level) and level[column]))
        if len(stack) > 1 and _only_adds(stack[-1]):
            stack[-2:] = [stack[-2] + stack[-1]]
        name, unit = split_unit(stack[-1]) if stack else ("", "")
        if stack and known(stack[-1]):
            name = stack[-1]
        names.append(name)
        units.append(unit)
        groups.append(" / ".join(stack[:-1]))
    count = known_among(names, known)
    days = sum(1 for name in names if heading_days.day_of(name, None))
    return Heading(first, depth, names, groups, units, count + days if count and days > 1 else count)


def _only_adds(cell: Cell) -> bool:
    """Whether a cell of a heading only adds to the one above it: （万元）, (必填)."""
    return isinstance(cell, str) and re.fullmatch(r"[(（\[【][^()（）]{1,8}[)）\]】]", cell.strip()) is not None


def _spread(sheet: Sheet, row: int, last: bool) -> list[str]:
    """The texts of one heading row, a group repeated over the columns it covers (in files without merged cells: up to
    the next one).
    """
    texts = [heading_text(cell) for cell in sheet.rows[row]]
    for top, left, bottom, right in sheet.merged:
        if top <= row <= bottom and left < len(texts) and texts[left] and top == row and not last:
            texts += [""] * (right + 1 - len(texts))
            texts[left : right + 1] = [texts[left]] * (right + 1 - left)
    if not sheet.merged and not last:
        below = [heading_text(cell) for cell in sheet.rows[row + 1]]
        texts += [""] * (len(below) - len(texts))
        for column in range(1, len(texts)):
            if not texts[column] and column < len(below) and below[column]:
                texts[column] = texts[column - 1]
    return texts


def _has_data_below(sheet: Sheet, heading: Heading) -> bool:
    """At least one of the next rows holds something under the heading; a title over nothing is no heading."""
    named = {column for column, name in enumerate(heading.names) if name}
    if len(named) < 2 and not heading.known:
        return False
    below = sheet.rows[heading.first + heading.depth :][:12]
    at_the_end = heading.known >= 2 and not any(filled(row) for row in below)  # a list not yet begun
    return at_the_end or any(named & {column for column, _cell in filled(row)} for row in below)


def _is_form(sheet: Sheet, heading: Heading, known: Known) -> bool:
    """Whether the "headings" are labels of a form with one customer a sheet: more labels stand below them."""
    labelled = [column for column, name in enumerate(heading.names) if name and known(name)]
    below = sheet.rows[heading.first + heading.depth :][:6]
    texts = [heading_text(row[column]) for row in below for column in labelled if column < len(row) and row[column]]
    return len(labelled) < sum(1 for name in heading.names if name) and sum(map(known, texts)) * 2 > len(texts)


def _differs_below(sheet: Sheet, heading: Heading) -> bool:
    """Whether the rows below look unlike labels: a number, a date or a longer text in some of them."""
    below = [row for row in sheet.rows[heading.first + 1 :][:10] if filled(row)]
    named = sum(1 for name in heading.names if name)
    return any(not looks_like_heading(row) for row in below) or any(
        len(filled(row)) >= max(2, named - 2) for row in below
    )
