"""Lists that have no row of headings: columns told by the look of their cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from crm_desktop.exchange.contents import look
from crm_desktop.exchange.reading import Row, Sheet
from crm_desktop.exchange.rows import TITLE, Judge, filled
from crm_desktop.exchange.table import Table
from crm_desktop.values import is_blank

NAMES: Final = {
    "phones": "电话", "email": "邮箱", "credit_code": "统一社会信用代码", "website": "网址", "person": "姓名",
    "firm": "公司名称", "region": "所在地区", "addresses": "地址",
}  # fmt: skip
"""What a column is called by the look of its cells; words of our own that are recognised again."""
_SAMPLE: Final = 200


def bare_table(sheet: Sheet) -> Table | None:
    """The table of a sheet whose first row is data already; None unless two columns can be told by their look."""
    rows = [(sheet.first_row + at, row) for at, row in enumerate(sheet.rows) if len(filled(row)) > 1]
    width = max((len(row) for _number, row in rows), default=0)
    if not rows or len(rows) * 2 < len([row for row in sheet.rows if filled(row)]):
        return None
    heading: list[str] = []
    for column in range(width):
        cells = [row[column] for _number, row in rows[:_SAMPLE] if column < len(row) and not is_blank(row[column])]
        name = NAMES.get(look(cells), "") if len(cells) * 3 >= len(rows[:_SAMPLE]) else ""
        heading.append(name if name and (name not in heading or name == "电话") else _letter(column))
    known = sum(1 for name in heading if name in NAMES.values())
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
