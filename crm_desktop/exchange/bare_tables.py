"""Lists that have no row of headings: tables without one, and forms with a label before each value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from crm_desktop.exchange.contents import look
from crm_desktop.exchange.heading_rows import Known, heading_text
from crm_desktop.exchange.reading import Cell, Row, Sheet
from crm_desktop.exchange.rows import BLANK, NOTE, TITLE, Judge, filled
from crm_desktop.exchange.table import Table
from crm_desktop.values import is_blank

_NAMES: Final = {
    "phones": "电话", "email": "邮箱", "credit_code": "统一社会信用代码", "website": "网址", "person": "姓名",
    "firm": "公司名称", "region": "所在地区", "addresses": "地址",
}  # fmt: skip
"""What a column is called by the look of its cells; words of our own that are recognised again."""
_SAMPLE: Final = 200
_FEWEST: Final = 3  # labels we know that make a form


def bare_table(sheet: Sheet) -> Table | None:
    """The table of a sheet whose first row is data already; None unless two columns can be told by their look."""
    rows = [(sheet.first_row + at, row) for at, row in enumerate(sheet.rows) if len(filled(row)) > 1]
    width = max((len(row) for _number, row in rows), default=0)
    if not rows or len(rows) * 2 < len([row for row in sheet.rows if filled(row)]):
        return None
    heading: list[str] = []
    for column in range(width):
        cells = [row[column] for _number, row in rows[:_SAMPLE] if column < len(row) and not is_blank(row[column])]
        name = _NAMES.get(look(cells), "") if len(cells) * 3 >= len(rows[:_SAMPLE]) else ""
        heading.append(name if name and (name not in heading or name == "电话") else _letter(column))
    known = sum(1 for name in heading if name in _NAMES.values())
    if known < 2 or not {"公司名称", "姓名"} & set(heading):
        return None
    judge = Judge(heading, [], [])
    data: list[tuple[int, Row]] = []
    others: list[tuple[int, str]] = []
    for at, row in enumerate(sheet.rows):
        number = sheet.first_row + at
        if not data and len(filled(row)) == 1 and width > 2:
            others.append((number, TITLE))
        elif what := judge.other_than_data(row):
            others.append((number, what))
        else:
            data.append((number, row + [None] * (width - len(row))))
    return Table(sheet.name, heading, [""] * width, [""] * width, [], data, others) if data else None


def is_data(heading: Sequence[str], rows: Sequence[tuple[int, Row]]) -> bool:
    """Whether what was taken for headings looks like the cells below it: names over names, firms over firms."""
    looks = [look([name]) for name in heading if name]
    below = [look([row[at] for _number, row in rows[:_SAMPLE] if not is_blank(row[at])]) for at in range(len(heading))]
    alike = [what for name, what in zip(heading, below, strict=True) if name and what and look([name]) == what]
    return len(alike) > 1 and len(alike) * 2 > len(looks)


def _letter(column: int) -> str:
    """The letters Excel shows over a column."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def form(sheet: Sheet, known: Known) -> Table | None:
    """The records of a sheet laid out as a form (客户名称 | 甲公司 | 联系人 | 张三), a row for each, or None."""
    found: list[tuple[int, dict[str, Cell]]] = []
    skipped: list[tuple[int, str]] = []
    for at, row in enumerate(sheet.rows):
        number, pairs = sheet.first_row + at, _pairs(row, known)
        if not pairs:
            skipped.append((number, BLANK if not filled(row) else NOTE if found else TITLE))
            continue
        if not found or any(label in found[-1][1] for label, _value in pairs):
            found.append((number, {}))
        found[-1][1].update((label, value) for label, value in pairs if label not in found[-1][1])
    found = [(number, labelled) for number, labelled in found if sum(map(known, labelled)) >= _FEWEST]
    if not found:
        return None
    heading = list(dict.fromkeys(label for _number, labelled in found for label in labelled))
    rows: list[tuple[int, Row]] = [(number, [labelled.get(name) for name in heading]) for number, labelled in found]
    return Table(sheet.name, heading, [""] * len(heading), [""] * len(heading), [], rows, skipped)


def _pairs(row: Row, known: Known) -> list[tuple[str, Cell]]:
    """The labels of a row we know, each with the value behind it; none where words stand that are neither."""
    cells = [cell for _column, cell in filled(row)]
    found: list[tuple[str, Cell]] = []
    at = 0
    while at < len(cells):
        label = heading_text(cells[at])
        if isinstance(cells[at], str) and known(label):
            beyond = cells[at + 1] if at + 1 < len(cells) else None
            empty = isinstance(beyond, str) and known(heading_text(beyond))
            found.append((label, None if empty else beyond))
            at += 1 if empty else 2
        elif isinstance(cells[at], str) and len(label) < 12 and at + 1 < len(cells) and found:
            found.append((label, cells[at + 1]))  # a label of a column we have no field for
            at += 2
        else:
            return found if found and at >= len(cells) - 1 else []
    return found


def forms_of(sheets: Sequence[Sheet], known: Known) -> list[Table]:
    """The forms of a workbook, one table a sheet."""
    return [table for sheet in sheets if (table := form(sheet, known))]
