"""Where in a sheet the table is: its heading (one to three rows, perhaps merged), its rows of data, and what is neither."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from crm_desktop.exchange import rows as kinds_of_row
from crm_desktop.exchange.reading import Cell, Row, Sheet
from crm_desktop.exchange.rows import filled, looks_like_heading
from crm_desktop.values import clean, plain

Known = Callable[[str], bool]

_SEARCHED: Final = 60  # rows from the top in which a heading is looked for
_MARKS: Final = re.compile(r"[*★☆●※:：\s]+$|^[*★☆●※\s]+|[((\[【]\s*(?:必填|选填|可选|必须|必填项|非必填|required|optional)[^))\]】]*[))\]】]", re.I)
_MONEY_UNIT: Final = r"(?:人民币)?(?:亿|千万|百万|十万|万|千|百)?元|万|亿|RMB|CNY"
_UNIT: Final = re.compile(rf"\s*(?:[((\[【]\s*(?:单位\s*[::]?)?\s*({_MONEY_UNIT}|[人个名家台件套次天月年%岁分]|小时|分钟|工作日)\s*[))\]】]|[/_]\s*({_MONEY_UNIT}))$", re.I)
_SHEET_UNIT: Final = re.compile(rf"单位\s*[::]\s*({_MONEY_UNIT})(?![\w])", re.I)


@dataclass(frozen=True)
class Table:
    """A table found in a sheet. Row numbers are the ones Excel shows; heading, groups, units and every row have the same width.

    `heading` is what stands directly over a column, without marks and units; `groups` what stands over several columns ("联系方式");
    `units` the unit a heading names (万元), `unit` the one of the whole sheet ("单位：万元"). Every row of the sheet between the first and
    the last of the table is in exactly one of heading_rows, rows and skipped (with a word what it is).
    """

    sheet: str
    heading: list[str]
    groups: list[str]
    units: list[str]
    heading_rows: list[int]
    rows: list[tuple[int, Row]]
    skipped: list[tuple[int, str]]
    unit: str = ""

    @property
    def titles(self) -> list[str]:
        """The headings with their groups, as a person reads them: 联系方式 / 手机."""
        return [f"{group} / {name}" if group and name else name for group, name in zip(self.groups, self.heading, strict=True)]


@dataclass(frozen=True)
class _Heading:
    first: int  # 0-based in Sheet.rows
    depth: int
    names: list[str]
    groups: list[str]
    units: list[str]
    known: int

    def score(self) -> tuple[float, int, int]:
        """Known headings count most; of equals the one with fewer unknown cells, then the one with groups, then the upper one."""
        counted = sum(1 for name in self.names if name and kinds_of_row.is_serial_heading(name))
        unknown = sum(1 for name in self.names if name) - self.known - counted
        return self.known + counted - 0.2 * max(0, unknown), self.depth, -self.first


def find_tables(sheets: Sequence[Sheet], known: Known) -> list[Table]:
    """The tables of a workbook in its order: hidden sheets, covers and sheets that know far fewer headings than the best are left out.

    `known` tells whether a text is a heading the program knows. No table at all: an empty list.
    """
    found = [table for sheet in sheets if not sheet.hidden for table in tables_of(sheet, known)]
    if not found:
        found = [table for sheet in sheets if sheet.hidden for table in tables_of(sheet, known)]
    best = max((_known_in(table.heading, known) for table in found), default=0)
    return [table for table in found if _known_in(table.heading, known) * 3 >= best and (table.rows or len(found) == 1)]


def find_table(sheet: Sheet, known: Known) -> Table | None:
    """The first table of a sheet, None if there is none."""
    return next(iter(tables_of(sheet, known)), None)


def tables_of(sheet: Sheet, known: Known) -> list[Table]:
    """All tables of a sheet: one under the other where a new heading begins, or side by side under the same headings twice."""
    heading = _find_heading(sheet, known, 0, min(len(sheet.rows), _SEARCHED))
    if heading is None:
        return []
    found: list[Table] = []
    above = 0
    while heading:
        end, following = _next_heading(sheet, heading, known)
        found += _side_by_side(_table(sheet, heading, above, end))
        above, heading = end, following
    return found


def heading_text(cell: Cell) -> str:
    """A heading as it is compared and shown: on one line, without required-marks, 姓  名 as 姓名."""
    text = clean(cell if isinstance(cell, str) else "" if cell is None else str(cell))
    text = re.sub(r"(?<=[\u3000-\u9fff]) (?=[\u3000-\u9fff])", "", text)
    return _MARKS.sub("", _MARKS.sub("", text)).strip()


def split_unit(heading: str) -> tuple[str, str]:
    """A heading without its unit, and the unit: "年销售额(万元)" is 年销售额 in 万元."""
    found = _UNIT.search(plain(heading))
    if not found or not plain(heading)[: found.start()]:
        return heading, ""
    return plain(heading)[: found.start()].strip(), found[1] or found[2]


def _known_in(names: Sequence[str], known: Known) -> int:
    return sum(1 for name in set(names) if name and known(name))


def _find_heading(sheet: Sheet, known: Known, start: int, stop: int) -> _Heading | None:
    """The best heading among some rows; without any known word, the first row of labels over rows of data."""
    candidates = [_heading(sheet, first, depth, known) for first in range(start, stop) if looks_like_heading(sheet.rows[first])
                  for depth in range(1, 4) if _stacked(sheet, first, depth)]
    candidates = [each for each in candidates if _has_data_below(sheet, each)]
    best = max(candidates, key=_Heading.score, default=None)
    if best is None or best.known:
        return best
    plausible = [each for each in candidates if each.depth == 1 and sum(1 for name in each.names if name) >= 2 and _differs_below(sheet, each)]
    return plausible[0] if plausible else None


def _stacked(sheet: Sheet, first: int, depth: int) -> bool:
    """Whether these rows together make one heading: each lower row is of labels and hangs under merged or wide cells of the one above."""
    for upper in range(first, first + depth - 1):
        if upper + 1 >= len(sheet.rows) or not looks_like_heading(sheet.rows[upper + 1]):
            return False
        above, below = {column for column, _cell in filled(sheet.rows[upper])}, {column for column, _cell in filled(sheet.rows[upper + 1])}
        if len(above) < 2:
            return False
        wide = [merge for merge in sheet.merged if merge[0] <= upper <= merge[2] and merge[3] > merge[1] and merge[1] in above]
        tall = [merge for merge in sheet.merged if merge[0] <= upper < merge[2]]
        covered = {column for _top, left, _bottom, right in wide for column in range(left, right + 1)}
        if sheet.merged and not (wide or tall):
            return False
        if (wide or tall) and not below <= covered | (below - above):
            return False
        if not sheet.merged and not (below - above and len(below) >= 2 and min(below - above) > min(above) and len(above) <= len(below) + 3):
            return False
    return True


def _heading(sheet: Sheet, first: int, depth: int, known: Known) -> _Heading:
    """The heading made of `depth` rows: a column's name is its lowest text, its group what stands above that."""
    levels = [_spread(sheet, row, last=row == first + depth - 1) for row in range(first, first + depth)]
    width = max(len(level) for level in levels)
    names, groups, units = [], [], []
    for column in range(width):
        stack = list(dict.fromkeys(level[column] for level in levels if column < len(level) and level[column]))
        name, unit = split_unit(stack[-1]) if stack else ("", "")
        if stack and known(stack[-1]):
            name = stack[-1]
        names.append(name)
        units.append(unit)
        groups.append(" / ".join(stack[:-1]))
    return _Heading(first, depth, names, groups, units, _known_in(names, known))


def _spread(sheet: Sheet, row: int, last: bool) -> list[str]:
    """The texts of one heading row, a group repeated over the columns it covers (in files without merged cells: up to the next one)."""
    texts = [heading_text(cell) for cell in sheet.rows[row]]
    for top, left, bottom, right in sheet.merged:
        if top <= row <= bottom and left < len(texts) and texts[left] and top == row and not last:
            texts += [""] * (right + 1 - len(texts))
            texts[left:right + 1] = [texts[left]] * (right + 1 - left)
    if not sheet.merged and not last:
        below = [heading_text(cell) for cell in sheet.rows[row + 1]]
        texts += [""] * (len(below) - len(texts))
        for column in range(1, len(texts)):
            if not texts[column] and column < len(below) and below[column]:
                texts[column] = texts[column - 1]
    return texts


def _has_data_below(sheet: Sheet, heading: _Heading) -> bool:
    """At least one of the next rows holds something under the heading; a title over nothing is no heading."""
    named = {column for column, name in enumerate(heading.names) if name}
    if len(named) < 2 and not heading.known:
        return False
    below = sheet.rows[heading.first + heading.depth:][:12]
    at_the_end = heading.known >= 2 and not any(filled(row) for row in below)  # a list not yet begun
    return at_the_end or any(named & {column for column, _cell in filled(row)} for row in below)


def _differs_below(sheet: Sheet, heading: _Heading) -> bool:
    """Whether the rows below look unlike labels: a number, a date or a longer text in some of them."""
    below = [row for row in sheet.rows[heading.first + 1:][:10] if filled(row)]
    named = sum(1 for name in heading.names if name)
    return any(not looks_like_heading(row) for row in below) or any(len(filled(row)) >= max(2, named - 2) for row in below)


def _next_heading(sheet: Sheet, heading: _Heading, known: Known) -> tuple[int, _Heading | None]:
    """Where the rows of a table end, and the different heading that begins there, if one does."""
    same = set(heading.names)
    for row in range(heading.first + heading.depth, len(sheet.rows)):
        cells = filled(sheet.rows[row])
        if len(cells) < 2 or not all(isinstance(cell, str) for _column, cell in cells):
            continue
        names = {split_unit(heading_text(cell))[0] for _column, cell in cells}
        count = _known_in(list(names), known)
        if count < 2 or count * 5 < len(names) * 3 or len(names & same) * 2 >= len(names):
            continue
        following = _find_heading(sheet, known, row, row + 1)
        if following:
            return row, following
    return len(sheet.rows), None


def _table(sheet: Sheet, heading: _Heading, above: int, end: int) -> Table:
    start = heading.first + heading.depth
    body = _filled_down(sheet, start, end)
    width = max([len(heading.names), *(len(row) for row in body)])
    names = heading.names + [""] * (width - len(heading.names))
    skipped = [(sheet.first_row + row, kinds_of_row.TITLE if filled(sheet.rows[row]) else kinds_of_row.BLANK) for row in range(above, heading.first)]
    again = {_signature(sheet.rows[row]) for row in range(heading.first, start)}
    titles = {_signature(sheet.rows[row]) for row in range(above, heading.first)} - {()}
    wide = {row: max(merge[3] - merge[1] + 1 for merge in sheet.merged if merge[0] <= row <= merge[2]) for merge_ in sheet.merged
            for row in range(merge_[0], merge_[2] + 1) if start <= row < end} if len(sheet.merged) < 2000 else {}
    last = max((row for row in range(start, end) if len(filled(sheet.rows[row])) > 1), default=start)
    rows: list[tuple[int, Row]] = []
    for row, cells in enumerate(body, start):
        mark = _signature(sheet.rows[row])
        what = (kinds_of_row.HEADING if mark in again else kinds_of_row.TITLE if mark in titles
                else kinds_of_row.EXAMPLE if not rows and kinds_of_row.is_example(cells, names)
                else kinds_of_row.other_than_data(sheet.rows[row], names, wide.get(row, 1), row < last))
        if what:
            skipped.append((sheet.first_row + row, what))
        else:
            rows.append((sheet.first_row + row, cells + [None] * (width - len(cells))))
    pad = [""] * (width - len(heading.names))
    numbers = [sheet.first_row + row for row in range(heading.first, start)]
    return Table(sheet.name, names, heading.groups + pad, heading.units + pad, numbers, rows, skipped, _unit_above(sheet, above, heading.first))


def _signature(row: Row) -> tuple[tuple[int, str], ...]:
    return tuple((column, heading_text(cell)) for column, cell in filled(row) if isinstance(cell, str))[:40] if row else ()


def _filled_down(sheet: Sheet, start: int, end: int) -> list[Row]:
    """The rows of data, a cell merged over several rows standing in each of them (one firm, three contact persons)."""
    body = [list(row) for row in sheet.rows[start:end]]
    for top, left, bottom, right in sheet.merged:
        if left != right or top < start or bottom >= end or left >= len(sheet.rows[top]):
            continue
        for row in range(top + 1 - start, bottom + 1 - start):
            if filled(body[row]):
                body[row] += [None] * (left + 1 - len(body[row]))
                body[row][left] = sheet.rows[top][left]
    return body


def _unit_above(sheet: Sheet, above: int, first: int) -> str:
    texts = (plain(cell) for row in sheet.rows[above:first] for cell in row if isinstance(cell, str))
    return next((found[1] for text in texts if (found := _SHEET_UNIT.search(text))), "")


def _side_by_side(table: Table) -> list[Table]:
    """Two blocks with the same headings beside each other become two tables."""
    names = table.heading
    first = next((column for column, name in enumerate(names) if name), 0)
    second = next((column for column in range(first + 2, len(names)) if names[column] == names[first]), None)
    if second is None:
        return [table]
    left, right = [name for name in names[first:second] if name], [name for name in names[second:] if name]
    if len(left) < 2 or left != right:
        return [table]
    return [_cut(table, 0, second), _cut(table, second, len(names))]


def _cut(table: Table, start: int, stop: int) -> Table:
    rows = [(number, cells[start:stop]) for number, cells in table.rows if filled(cells[start:stop])]
    return Table(table.sheet, table.heading[start:stop], table.groups[start:stop], table.units[start:stop], table.heading_rows, rows,
                 table.skipped, table.unit)
