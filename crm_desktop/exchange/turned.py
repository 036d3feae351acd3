"""Lists laid on their side: the headings one under the other, a column for each record."""

from __future__ import annotations

import re
from typing import Final

from crm_desktop.exchange.heading_rows import Known, heading_text
from crm_desktop.exchange.reading import Row, Sheet
from crm_desktop.exchange.rows import filled
from crm_desktop.exchange.sheet import trimmed

_COUNT: Final = re.compile(r"\s*(?:\d+|[一二三四五六七八九十]|[A-Z])$")
_MOST: Final = 80  # so many headings a list may have that lies on its side
_FEWEST: Final = 3


def upright(sheet: Sheet, known: Known) -> Sheet:
    """The sheet, a list on its side turned so that each record is a row (and its number that of its column)."""
    if not _FEWEST <= len(sheet.rows) <= _MOST or sheet.merged:
        return sheet
    rows = [row for row in sheet.rows if len(filled(row)) > 1]
    left = min((filled(row)[0][0] for row in rows), default=0)
    rows = [row[left:] for row in rows]
    width = max(map(len, rows), default=0)
    if len(rows) < _FEWEST or width < 3 or any(row[0] is None for row in rows):
        return sheet
    if _are_numbered(rows[0][1:]):
        rows = rows[1:]  # 客户一, 客户二 over their columns
    named = sum(1 for row in rows if isinstance(row[0], str) and known(heading_text(row[0])))
    if named < _FEWEST or named * 5 < len(rows) * 4:
        return sheet
    others = [cell for row in rows for cell in row[1:] if isinstance(cell, str)]
    if any(isinstance(cell, str) and known(heading_text(cell)) for cell in rows[0][1:]):
        return sheet
    if sum(1 for cell in others if known(heading_text(cell))) * 10 > len(others):
        return sheet  # labels stand there, too: a form
    turned = [trimmed(row[at] if at < len(row) else None for row in rows) for at in range(width)]
    return Sheet(sheet.name, turned, sheet.hidden, 1, [], sheet.encoding)


def _are_numbered(cells: Row) -> bool:
    """Whether cells only count what stands below them: 客户一, 客户二; 公司A, 公司B."""
    told = [_COUNT.sub("", cell.strip()) for cell in cells if isinstance(cell, str)]
    return len(told) > 1 and len(set(told)) == 1 and len({*cells}) == len(cells) == len(told)
