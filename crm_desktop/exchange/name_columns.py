"""Names in two columns, as address books keep them: 姓 and 名, First Name and Last Name, as one column."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from crm_desktop.exchange.reading import Cell, Row
from crm_desktop.exchange.table import Table
from crm_desktop.values import as_text, clean

_FAMILY: Final = re.compile(r"姓氏?|(?:last|family)\s*_?name|surname", re.I)
_WHOLE: Final = re.compile(r"姓名|全名|(?:full|display|contact)[ _]?name|name", re.I)
_GIVEN: Final = re.compile(r"名字?|(?:first|given)\s*_?name", re.I)


def joined(table: Table) -> Table:
    """The table with one column for the name where it has one for each half; the other half stays, without heading."""
    family = next((at for at, name in enumerate(table.heading) if _FAMILY.fullmatch(name)), None)
    given = next((at for at, name in enumerate(table.heading) if _GIVEN.fullmatch(name)), None)
    if family is None or given is None:
        return table
    written = next((at for at, name in enumerate(table.heading) if _WHOLE.fullmatch(name)), None)
    if written is not None:
        return _without_halves(table, written, family, given)
    whole, half = sorted((family, given))
    heading = list(table.heading)
    heading[whole], heading[half] = "姓名" if re.search("[姓名]", heading[whole]) else "Name", ""
    rows = []
    for number, cells in table.rows:
        row = list(cells)
        row[whole], row[half] = _name(cells[family], cells[given]), None
        rows.append((number, row))
    return replace(table, heading=heading, rows=rows)


def _without_halves(table: Table, written: int, family: int, given: int) -> Table:
    """The table whose name stands in a column of its own, too: that one, filled where only the halves are."""
    heading = ["" if at in (family, given) else name for at, name in enumerate(table.heading)]
    rows: list[tuple[int, Row]] = []
    for number, cells in table.rows:
        row = list(cells)
        row[written] = row[written] or _name(cells[family], cells[given])
        row[family] = row[given] = None
        rows.append((number, row))
    return replace(table, heading=heading, rows=rows)


def _name(family: Cell, given: Cell) -> str | None:
    """Both halves together: as they follow in Chinese, the given name first in other languages."""
    first, last = clean(as_text(family)), clean(as_text(given))
    if re.search(r"[\u3400-\u9fff]", first + last):
        return first + last
    return f"{last} {first}".strip() or None
