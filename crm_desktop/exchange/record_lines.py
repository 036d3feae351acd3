"""Lists that give each record two or three lines (地址 and 手机 below 客户名称 and 电话), read with a row for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final, NamedTuple

from crm_desktop.exchange import words
from crm_desktop.exchange.bare_tables import NAMES
from crm_desktop.exchange.contents import look, share
from crm_desktop.exchange.heading_rows import Known, heading_text, known_among, split_unit
from crm_desktop.exchange.reading import Cell, Row, Sheet
from crm_desktop.exchange.rows import filled, is_number, is_serial_heading, looks_like_heading
from crm_desktop.exchange.words import CUSTOMERS, Target
from crm_desktop.models.customer import Customer

_SEARCHED: Final = 30  # rows from the top in which such a heading is looked for
_MOST: Final = 3
_SAMPLE: Final = 300  # so many lines tell whether the pattern holds


class _Lines(NamedTuple):
    """Headings in `written` rows from `first` on; `anchors` are columns that only the first line of a record fills,
    `sign` without any the column and the look of its cells that tell first lines from further ones.
    """

    first: int
    names: list[list[str]]
    anchors: list[int]
    written: int
    sign: tuple[int, str] | None = None

    @property
    def depth(self) -> int:
        return len(self.names)


def on_one_line(sheet: Sheet, known: Known) -> tuple[Sheet, frozenset[int]]:
    """The sheet with a row for each record, further lines standing to the right of the first, and the numbers of the
    rows that so became empty; the sheet itself where records have one line each.
    """
    lines = _heading(sheet, known) or _unheaded(sheet, known)
    if lines is None:
        return sheet, frozenset()
    wide = max(max(map(len, lines.names)), max(map(len, sheet.rows[lines.first :])))
    rows = list(sheet.rows)
    columns = [_columns(lines, at) for at in range(lines.depth)]
    emptied: set[int] = set()
    at = lines.first
    while at < len(rows):
        own = list(range(at, at + lines.written)) if at == lines.first else _lines_at(sheet, lines, at)
        if len(own) > 1 or at == lines.first:
            joined: Row = _padded(_line(sheet, at), wide)
            if lines.written == 1 and at == lines.first:
                joined += [name for line in lines.names[1:] for name in line if name]
            for row, headed in zip(own[1:], columns[1:], strict=False):
                further = _line(sheet, row)
                joined += [further[column] if column < len(further) else None for column in headed]
                emptied.add(sheet.first_row + row)
                rows[row] = []
            rows[at] = joined
        at = max([at, *own]) + 1
    merged = [merge for merge in sheet.merged if merge[0] == merge[2] and (sheet.first_row + merge[0]) not in emptied]
    merged = [merge for merge in merged if merge[0] < lines.first or len(filled(sheet.rows[merge[0]])) == 1]
    return replace(sheet, rows=rows, merged=merged), frozenset(emptied)


def _padded(row: Sequence[object], width: int) -> Row:
    return [*row, *[None] * (width - len(row))]  # type: ignore[list-item]


def _columns(lines: _Lines, at: int) -> list[int]:
    """The columns of a further line that have a heading of their own."""
    return [column for column, name in enumerate(lines.names[at]) if name]


def _line(sheet: Sheet, row: int) -> Row:
    return sheet.rows[row] if row < len(sheet.rows) else []


def _heading(sheet: Sheet, known: Known) -> _Lines | None:
    """The heading of a list whose records have several lines; the deepest that holds."""
    for first in range(min(len(sheet.rows), _SEARCHED)):
        if len(filled(sheet.rows[first])) < 2 or not looks_like_heading(sheet.rows[first]):
            continue
        for depth in range(_MOST, 1, -1):
            lines = _named(sheet, first, depth, known)
            if lines and not lines.anchors:
                lines = lines._replace(sign=_sign(sheet, lines))
            if lines and _holds(sheet, lines):
                return lines
    return None


def _named(sheet: Sheet, first: int, depth: int, known: Known) -> _Lines | None:
    """The headings of so many rows, if each row names other fields than the ones above it."""
    if first + depth >= len(sheet.rows):
        return None
    names = [[split_unit(heading_text(cell))[0] for cell in sheet.rows[row]] for row in range(first, first + depth)]
    every = [name for line in names for name in line if name]
    if len(set(every)) < len(every) or known_among(every, known) * 4 < len(every) * 3:
        return None
    for at, line in enumerate(names):
        own = [name for name in line if name]
        if not own or not looks_like_heading(sheet.rows[first + at]) or not any(known(name) for name in own):
            return None
    if not any(
        name and column < len(names[0]) and names[0][column] for line in names[1:] for column, name in enumerate(line)
    ):
        return None  # nothing stands below anything: a heading with gaps
    if any(_is_group(merge, names, first) for merge in sheet.merged) or any(
        mean_the_same(names[0], line) for line in names[1:]
    ):
        return None
    width = max(map(len, names))
    below = {column for line in names[1:] for column, name in enumerate(line) if name}
    return _Lines(
        first, names, [c for c in range(width) if c not in below and c < len(names[0]) and names[0][c]], depth
    )


def _is_group(merge: tuple[int, int, int, int], names: list[list[str]], first: int) -> bool:
    """Whether a merged cell of the heading stands over several names: a group, not the name of a field."""
    top, left, bottom, right = merge
    if left == right or not first <= top < first + len(names):
        return False
    below = names[bottom + 1 - first :]
    return any(sum(1 for name in line[left : right + 1] if name) > 1 for line in below)


def _unheaded(sheet: Sheet, known: Known) -> _Lines | None:
    """Records that are counted on every second or third row, where an address or a phone stands below the name."""
    for first in range(min(len(sheet.rows), _SEARCHED)):
        cells = sheet.rows[first]
        if len(filled(cells)) < 3 or not looks_like_heading(cells):
            continue
        names = [heading_text(cell) for cell in cells]
        serial = next((at for at, name in enumerate(names) if name and is_serial_heading(name)), None)
        named = next(
            (at for at, name in enumerate(names) if Target(Customer, "name") in words.find(CUSTOMERS, name)), None
        )
        if serial is None or named is None or known_among(names, known) < 2:
            continue
        body = range(first + 1, min(len(sheet.rows), first + 1 + _SAMPLE))
        begun = [at for at in body if len(_line(sheet, at)) > serial and is_number(sheet.rows[at][serial])]
        steps = {sum(1 for row in sheet.rows[one:other] if filled(row)) for one, other in pairwise(begun)}
        if len(begun) < 2 or len(steps) != 1 or not 2 <= (depth := steps.pop()) <= _MOST:
            continue
        further = [_named_by_look(sheet, names, begun, line) for line in range(1, depth)]
        if any(named < len(line) and line[named] in ("地址", "电话", "所在地区", "邮箱") for line in further):
            return _Lines(first, [names, *further], [serial], 1)
    return None


def _named_by_look(sheet: Sheet, names: list[str], begun: list[int], line: int) -> list[str]:
    """What the columns of a further line are called: by the look of their cells, else as remarks."""
    lines: list[Row] = []
    for one, other in zip(begun, [*begun[1:], len(sheet.rows)], strict=True):
        lines += [row for row in sheet.rows[one:other] if filled(row)][line : line + 1]
    found = []
    for column in range(len(names)):
        own = [row[column] for row in lines if column < len(row) and row[column] is not None]
        found.append(NAMES.get(look(own), "备注") if own else "")
    return found


def mean_the_same(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether a heading is written twice, in two languages or for a program and for people."""
    pairs = [(one, other) for one, other in zip(upper, lower, strict=False) if one and other]
    alike = sum(1 for one, other in pairs if _meanings(one) & _meanings(other) or words.key(one) == words.key(other))
    return alike * 2 > len(pairs) > 1


def _meanings(heading: str) -> set[words.Target]:
    return {target for kind in (words.CUSTOMERS, words.CONTACTS) for target in words.find(kind, heading)[:1]}


def _holds(sheet: Sheet, lines: _Lines) -> bool:
    """Whether the rows below come in turns as the headings say."""
    start = lines.first + lines.written
    rows = sheet.rows[start : start + _SAMPLE]
    records = _records(sheet, lines)
    if not records or len([row for row in rows if filled(row)]) < lines.depth:
        return False
    if lines.anchors:
        begun = [at for at in range(start, start + len(rows)) if _begins(sheet, lines, at)]
        told = [row for row in rows if len(filled(row)) > 1]
        alone = sum(1 for one, other in pairwise(begun) if other - one < lines.depth)
        further = sum(1 for own in records for row in own[1:] if filled(_line(sheet, row)))
        return not alone and further > 0 and len(begun) * lines.depth + 2 >= len(told)
    return len(records) > 1 and _looks_differ(sheet, lines, records)


def _records(sheet: Sheet, lines: _Lines) -> list[list[int]]:
    """The rows of the first records that have all their lines."""
    start = lines.first + lines.written
    records: list[list[int]] = []
    for at in range(start, min(len(sheet.rows), start + _SAMPLE)):
        if not records or at > records[-1][-1]:
            records += [own] if len(own := _lines_at(sheet, lines, at)) == lines.depth else []
    return records


def _looks_differ(sheet: Sheet, lines: _Lines, records: list[list[int]]) -> bool:
    """Whether a column holds one thing in first lines and another in second ones: firms over addresses."""
    for column in range(len(lines.names[0])):
        held = [
            [
                cell
                for own in records
                if column < len(_line(sheet, own[line])) and (cell := sheet.rows[own[line]][column])
            ]
            for line in range(lines.depth)
        ]
        looks = [look(cells) for cells in held if cells]
        if len(looks) > 1 and looks[0] and looks[0] not in looks[1:]:
            return True
        numbers = [share(cells, is_number) for cells in held if cells]
        if len(numbers) > 1 and max(numbers) - min(numbers) > 0.8:
            return True
    return False


def _sign(sheet: Sheet, lines: _Lines) -> tuple[int, str] | None:
    """The column, and the look of its cells in the first record, by which first lines are known: a record may lack its
    further ones, as few do.
    """
    start = lines.first + lines.written
    rows = [row for row in sheet.rows[start : start + _SAMPLE] if len(filled(row)) > 1]
    for column in range(len(lines.names[0])):
        looks = [look([row[column]]) if column < len(row) and row[column] is not None else "" for row in rows]
        first, others = looks[0] if looks else "", looks[1 : lines.depth]
        begun, again = looks.count(first), sum(1 for one, other in pairwise(looks) if one == other == first)
        if first and others and all(others) and first not in others and again * 3 <= begun:
            return column, first
    return None


def _begins(sheet: Sheet, lines: _Lines, row: int) -> bool:
    """Whether a record begins here: a column is filled that only first lines fill."""
    cells = sheet.rows[row]
    return len(filled(cells)) > 1 and any(
        column < len(cells) and cells[column] is not None
        for column in lines.anchors
        if not is_serial_heading(lines.names[0][column]) or len(lines.anchors) == 1
    )


def _lines_at(sheet: Sheet, lines: _Lines, row: int) -> list[int]:
    """The rows of the record that begins here, blank ones between them left out; none where no record begins."""
    if lines.anchors and not _begins(sheet, lines, row):
        return []
    if not lines.anchors and len(filled(sheet.rows[row])) < 2:
        return []
    if lines.anchors and row + 1 < len(sheet.rows) and filled(sheet.rows[row + 1]):
        after = range(row + 1, min(row + lines.depth, len(sheet.rows)))
        end = next((at for at in after if _begins(sheet, lines, at)), after.stop)
        return list(range(row, end))
    own = [row]
    for at in range(row + 1, min(row + 2 * lines.depth, len(sheet.rows))):
        if len(own) == lines.depth or (lines.anchors and _begins(sheet, lines, at)) or _is_first(sheet, lines, at):
            break
        if (cells := filled(sheet.rows[at])) and _fits(lines.names[len(own)], cells):
            own.append(at)
        elif cells:
            break
    return own if lines.anchors or lines.sign or len(own) == lines.depth else []


def _is_first(sheet: Sheet, lines: _Lines, row: int) -> bool:
    """Whether a row looks like the first line of a record where nothing but the look tells."""
    if lines.sign is None:
        return False
    column, what = lines.sign
    cells = _line(sheet, row)
    return column < len(cells) and look([cells[column]]) == what


def _fits(names: list[str], cells: list[tuple[int, Cell]]) -> bool:
    """Whether all that a row holds stands under a heading of that line."""
    return all(column < len(names) and names[column] for column, _cell in cells)
