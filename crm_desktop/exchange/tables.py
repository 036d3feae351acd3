"""Where in a sheet the table is: its heading (one to three rows, perhaps merged), its rows of data, and what is
neither.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from crm_desktop.exchange import forms_above, sections
from crm_desktop.exchange.bare_tables import bare_table, is_data
from crm_desktop.exchange.forms import forms_of
from crm_desktop.exchange.heading_rows import (
    MONEY_UNIT,
    Heading,
    Known,
    find_heading,
    heading_text,
    known_among,
    split_unit,
)
from crm_desktop.exchange.label_rows import in_turns
from crm_desktop.exchange.reading import Row, Sheet
from crm_desktop.exchange.record_lines import mean_the_same, on_one_line
from crm_desktop.exchange.rows import (
    BLANK,
    EXAMPLE,
    HEADING,
    LINE,
    NOTE,
    TITLE,
    Judge,
    filled,
    is_example,
    looks_like_heading,
)
from crm_desktop.exchange.table import Table
from crm_desktop.exchange.tidying import tidied
from crm_desktop.exchange.turned import upright
from crm_desktop.values import plain

_SEARCHED: Final = 60  # rows from the top in which a heading is looked for
_SHEET_UNIT: Final = re.compile(rf"单位\s*[::]\s*({MONEY_UNIT})(?![\w])", re.I)

_LONG: Final = 200
"""Rows after which two lists of the same shape no longer follow each other without a gap."""
_LONGEST_FORMS: Final = 5000  # rows
_CLEAR: Final = 5
"""A row of a form may seem a heading, its values known as labels, too: 来源 | 电话 | 行业 | 制造业."""
ENOUGH: Final = 10
"""A sheet that knows so many headings is a list, however many more another one knows."""


def find_tables(sheets: Sequence[Sheet], known: Known) -> list[Table]:
    """The tables of a workbook in its order: hidden sheets, covers and sheets that know far fewer headings than the
    best are left out.

    `known` tells whether a text is a heading the program knows. Where nothing has headings, forms and tables without
    any are looked for. No table at all: an empty list.
    """
    sheets = [upright(each, known) for each in sheets]
    for some in ([each for each in sheets if not each.hidden], [each for each in sheets if each.hidden]):
        found = [table for sheet in some for table in tables_of(sheet, known)]
        best = max((known_among(table.heading, known) for table in found), default=0)
        if best < _CLEAR and (forms := _forms(some, found, known, 1 if best < 3 else 2)):
            return forms
        begins_with_data = not found or all(is_data(table.heading, table.rows) for table in found)
        if not best and begins_with_data and (bare := [table for sheet in some if (table := bare_table(sheet))]):
            return bare
        if found:
            return sections.told_by_sheets(
                [
                    tidied(table)
                    for table in found
                    if _knows_enough(table, known, best) and (table.rows or len(found) == 1)
                ]
            )
    return []


def _forms(sheets: Sequence[Sheet], found: Sequence[Table], known: Known, times: int) -> list[Table]:
    """The forms of these sheets, if they tell so many times more than the tables found, none longer than forms are."""
    if any(len(table.rows) > _LONGEST_FORMS for table in found):
        return []
    forms = forms_of(sheets, known)
    told = [sum(cell is not None for cell in cells) > 1 for form in forms for _number, cells in form.rows]
    labels = max((known_among(form.heading, known) for form in forms), default=0)
    best = max((known_among(table.heading, known) for table in found), default=0)
    long = any(len(table.rows) > 1 for table in found)  # one form may be what stands above a list
    enough = len(told) > 1 or not long or labels > max(4, 2 * best)
    better = _told(forms, known) > times * _told(found, known)  # a short list may have a line of labels beside it
    return forms if sum(told) * 2 > len(told) and enough and better else []


def _told(some: Sequence[Table], known: Known) -> int:
    """How many values stand under headings we know."""
    return sum(
        1
        for table in some
        for _number, cells in table.rows
        for name, cell in zip(table.heading, cells, strict=False)
        if name and cell is not None and known(name) and not (isinstance(cell, str) and known(heading_text(cell)))
    )


def _knows_enough(table: Table, known: Known, best: int) -> bool:
    """Whether a table is a list beside the best one: not far fewer known headings, or narrow and all known."""
    named = known_among(table.heading, known)
    return named >= min(ENOUGH, best / 3) or 3 <= named == len(set(filter(None, table.heading)))


def find_table(sheet: Sheet, known: Known) -> Table | None:
    """The first table of a sheet, None if there is none."""
    return next(iter(tables_of(sheet, known)), None)


def tables_of(sheet: Sheet, known: Known) -> list[Table]:
    """All tables of a sheet: one under the other where a new heading begins, or side by side under the same headings
    twice.
    """
    sheet, lines = in_turns(sheet, known)
    sheet, lines = (sheet, lines) if lines else on_one_line(sheet, known)
    heading = find_heading(sheet, known, 0, min(len(sheet.rows), _SEARCHED))
    if heading is None:
        return []
    found: list[Table] = []
    above = 0
    while heading:
        end, following = _next_heading(sheet, heading, known)
        found += _side_by_side(sheet, forms_above.completed(sheet, _table(sheet, heading, above, end), known))
        above, heading = end, following
    return [_with_lines(table, lines) for table in found] if lines else found


def _with_lines(table: Table, lines: frozenset[int]) -> Table:
    """The table, further lines of its heading and its records told from blank rows."""
    headed = list(table.heading_rows)
    while headed and headed[-1] + 1 in lines:
        headed.append(headed[-1] + 1)
    skipped = [(number, LINE if number in lines else what) for number, what in table.skipped if number not in headed]
    return replace(table, heading_rows=headed, skipped=skipped)


def _next_heading(sheet: Sheet, heading: Heading, known: Known) -> tuple[int, Heading | None]:
    """Where the rows of a table end, and the different heading that begins there, if one does."""
    same = set(heading.names)
    sparse = max(2, sum(1 for name in heading.names if name) // 2)
    above = sparse + 1
    columns: list[int] = []
    for row in range(heading.first + heading.depth, len(sheet.rows)):
        cells, before = filled(sheet.rows[row]), above
        above = len(cells)
        if before > sparse:
            continue  # a new list begins after a gap, a title or a total
        columns, shape = [column for column, _cell in cells], columns
        if columns == shape and row > heading.first + _LONG:
            continue  # one more row like the one before
        if len(cells) < 2 or not all(isinstance(cell, str) for _column, cell in cells):
            continue
        if not looks_like_heading(sheet.rows[row]):
            continue
        names = {split_unit(heading_text(cell))[0] for _column, cell in cells}
        count = known_among(list(names), known)
        if count < 2 or count * 5 < len(names) * 3 or len(names & same) * 2 >= len(names):
            continue
        following = find_heading(sheet, known, row, row + 1)
        if following:
            return _caption_of(sheet, row, heading.first + heading.depth), following
    return len(sheet.rows), None


def _caption_of(sheet: Sheet, heading: int, start: int) -> int:
    """Where the title of a further list stands: above its heading, perhaps after blank rows; else the heading."""
    row = heading - 1
    while row > start and not filled(sheet.rows[row]):
        row -= 1
    return row if row > start and len(filled(sheet.rows[row])) == 1 and not filled(sheet.rows[row - 1]) else heading


def _table(sheet: Sheet, heading: Heading, above: int, end: int) -> Table:
    start = heading.first + heading.depth
    body = _filled_down(sheet, start, end)
    width = max([len(heading.names), *(len(row) for row in body)])
    pad = [""] * (width - len(heading.names))
    names = heading.names + pad
    skipped = [
        (sheet.first_row + row, TITLE if filled(sheet.rows[row]) else BLANK) for row in range(above, heading.first)
    ]
    judge = Judge(names, sheet.rows[heading.first : start], sheet.rows[above : heading.first])
    rows, others = _sorted(sheet, start, body, names, judge)
    return Table(
        sheet.name,
        names,
        heading.groups + pad,
        heading.units + pad,
        [sheet.first_row + row for row in range(heading.first, start)],
        rows,
        skipped + others,
        _unit_above(sheet, above, heading.first),
        " ".join(cell for row in sheet.rows[above : heading.first] for cell in row if type(cell) is str)[:200],
    )


def _sorted(
    sheet: Sheet, start: int, body: list[Row], names: list[str], judge: Judge
) -> tuple[list[tuple[int, Row]], list[tuple[int, str]]]:
    """The rows below a heading: data, all of the same width, and what is none."""
    end = start + len(body)
    wide = _widest_merges(sheet, start, end)
    last = next((row for row in range(end - 1, start, -1) if len(filled(sheet.rows[row])) > 1), start)
    rows: list[tuple[int, Row]] = []
    others: list[tuple[int, str]] = []
    for row, cells in enumerate(body, start):
        number = sheet.first_row + row
        if not rows and is_example(cells, names):
            what: str | None = EXAMPLE
        elif row == start and looks_like_heading(cells) and mean_the_same(names, list(map(heading_text, cells))):
            what = HEADING  # in another language
        else:
            what = judge.other_than_data(sheet.rows[row], wide.get(row, 1), row < last)
        if not what and row > last and len(filled(cells)) == 1 and (number - 1, NOTE) in others[-1:]:
            what = NOTE  # the notes at the end go on: 2、……
        if what:
            others.append((number, what))
        elif row > last + 1 and (not filled(sheet.rows[last + 1]) and _is_imprint(sheet, last + 1)):
            others.append((number, NOTE))
        else:
            missing = len(names) - len(cells)
            rows.append((number, cells + [None] * missing if missing > 0 else cells))
    return rows, others


def _is_imprint(sheet: Sheet, end: int) -> bool:
    """Whether what stands below a list and a gap are the words of the program that wrote it, a long one among them."""
    words = [cells for row in sheet.rows[end : end + 20] if (cells := filled(row))]
    alone = all(len(cells) == 1 and isinstance(cells[0][1], str) for cells in words)
    return alone and len(words) > 1 and any(len(str(cells[0][1])) > 40 for cells in words)


def _widest_merges(sheet: Sheet, start: int, end: int) -> dict[int, int]:
    """How many columns the widest merged cell of a row covers, for the rows that have one."""
    widest: dict[int, int] = {}
    for top, left, bottom, right in sheet.merged:
        for row in range(max(top, start), min(bottom + 1, end)):
            widest[row] = max(widest.get(row, 1), right - left + 1)
    return widest


def _filled_down(sheet: Sheet, start: int, end: int) -> list[Row]:
    """The rows of data, a cell merged over several rows standing in each of them (one firm, three contact persons)."""
    body = sheet.rows[start:end]
    for top, left, bottom, right in sheet.merged:
        if left != right or top < start or bottom >= end or left >= len(sheet.rows[top]):
            continue
        for row in range(top + 1 - start, bottom + 1 - start):
            if filled(body[row]):
                # a row of its own, and never the sheet's, that others read
                body[row] = body[row] + [None] * (left + 1 - len(body[row]))
                body[row][left] = sheet.rows[top][left]
    return body


def _unit_above(sheet: Sheet, above: int, first: int) -> str:
    texts = (plain(cell) for row in sheet.rows[above:first] for cell in row if isinstance(cell, str))
    return next((found[1] for text in texts if (found := _SHEET_UNIT.search(text))), "")


def _side_by_side(sheet: Sheet, table: Table) -> list[Table]:
    """Two blocks with the same headings beside each other become two tables; one block learns what its parts tell."""
    names = table.heading
    first = next((column for column, name in enumerate(names) if name), 0)
    second = next((column for column in range(first + 2, len(names)) if names[column] == names[first]), None)
    if second is None:
        return [sections.told(sheet, table)]
    left, right = [name for name in names[first:second] if name], [name for name in names[second:] if name]
    if len(left) < 2 or left != right:
        return [sections.told(sheet, table)]
    return [cut(table, 0, second), cut(table, second, len(names))]


def cut(table: Table, start: int, stop: int) -> Table:
    """Some columns of a table, as a table of its own."""
    rows = [(number, cells[start:stop]) for number, cells in table.rows if filled(cells[start:stop])]
    return Table(
        table.sheet,
        table.heading[start:stop],
        table.groups[start:stop],
        table.units[start:stop],
        table.heading_rows,
        rows,
        table.skipped,
        table.unit,
        table.caption,
    )


__all__ = ["Table", "find_table", "find_tables", "tables_of"]
