"""Forms and cards: a label before each value, one record a sheet, or many below and beside each other."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from itertools import count
from typing import Final

from crm_desktop.exchange.heading_rows import Known, heading_text, split_unit
from crm_desktop.exchange.reading import Cell, Row, Sheet
from crm_desktop.exchange.rows import BLANK, NOTE, TITLE, filled
from crm_desktop.exchange.sheet import trimmed
from crm_desktop.exchange.table import Table
from crm_desktop.values import as_text

_FEWEST: Final = 3  # labels we know that make a form
_MOST_BESIDE: Final = 6
_LABEL: Final = re.compile(
    r"(?:^|(?<=[\s\u3000,，;；、]))([^\s:：,，;；、]{2,12}|[A-Za-z][A-Za-z\- ]{1,20})[:：][ \t\u3000]*"
)


def forms_of(sheets: Sequence[Sheet], known: Known) -> list[Table]:
    """The forms of a workbook, one table a sheet; those of one customer each, laid out alike, are one table of all."""
    found = [(place, table) for place, sheet in enumerate(sheets, 1) if (table := form(sheet, known))]
    return (
        [_as_one(found)]
        if len(found) > 1 and _are_alike([table for _place, table in found])
        else [t for _p, t in found]
    )


def _are_alike(forms: Sequence[Table]) -> bool:
    """Whether these are the same form filled in for one customer a sheet."""
    first = set(forms[0].heading)
    return all(len(each.rows) == 1 and len(first & set(each.heading)) * 5 >= len(first) * 4 for each in forms)


def _as_one(forms: Sequence[tuple[int, Table]]) -> Table:
    """One table of forms on a sheet each; the number of a row is the place of its sheet."""
    units = {name: unit for _place, each in forms for name, unit in zip(each.heading, each.units, strict=True)}
    told = [(place, dict(zip(each.heading, each.rows[0][1], strict=True))) for place, each in forms]
    rows: list[tuple[int, Row]] = [(place, [cells.get(name) for name in units]) for place, cells in told]
    return Table(forms[0][1].sheet, list(units), [""] * len(units), list(units.values()), [], rows, [])


def form(sheet: Sheet, known: Known) -> Table | None:
    """The records of a sheet laid out as a form (客户名称 | 甲公司 | 联系人 | 张三), a row for each, or None."""
    rows = [_taken_apart(row, known) for row in sheet.rows]
    blocks = _blocks(rows, known)
    found: list[tuple[int, dict[str, Cell]]] = []
    told: set[int] = set()
    for start, stop in zip(blocks, [*blocks[1:], None], strict=True):
        pairs = [(at, _pairs(row[start:stop], known)) for at, row in enumerate(rows)]
        told |= {at for at, some in pairs if some}
        found += _records(pairs)
    found = sorted(((sheet.first_row + at, labelled) for at, labelled in found), key=lambda it: it[0])
    first = found[0][0] if found else 0
    skipped = [
        (number, BLANK if not filled(row) else NOTE if first < number else TITLE)
        for at, row in enumerate(rows)
        if at not in told and (number := sheet.first_row + at)
    ]
    found = [(number, labelled) for number, labelled in found if sum(map(known, labelled)) >= _FEWEST]
    if not found:
        return None
    labels = list(dict.fromkeys(label for _number, labelled in found for label in labelled))
    parts = [(label, "") if known(label) and not split_unit(label)[1] else split_unit(label) for label in labels]
    body: list[tuple[int, Row]] = [(number, [labelled.get(name) for name in labels]) for number, labelled in found]
    heading, units = [name for name, _unit in parts], [unit for _name, unit in parts]
    return Table(sheet.name, heading, [""] * len(heading), units, [], body, skipped)


def pairs_of(row: Row, known: Known) -> list[tuple[str, Cell]]:
    """The labels of a row, each with the value behind it or in the same cell; none for a row of something else."""
    return _pairs(_taken_apart(row, known), known)


def _records(pairs: Sequence[tuple[int, list[tuple[str, Cell]]]]) -> Iterator[tuple[int, dict[str, Cell]]]:
    """The records of a block, each with the row it begins in: its first label come again begins the next, and any other
    one after a gap; right below, that is one more of the same (联系人 and 电话 of a second person).
    """
    begun, last, labelled = 0, 0, dict[str, Cell]()
    for at, some in pairs:
        again = [label for label, _value in some if label in labelled]
        if again and (next(iter(labelled)) in again or at > last + 1):
            yield begun, labelled
            labelled = {}
        begun = begun if labelled else at
        last = at if some else last
        for label, value in some:
            labelled[_one_more(label, labelled)] = value
    if labelled:
        yield begun, labelled


def _one_more(label: str, labelled: Container[str]) -> str:
    """The label itself, or with a number where a record has it already: 联系人, 联系人2."""
    numbered = (f"{label}{number}" for number in count(2))
    return label if label not in labelled else next(each for each in numbered if each not in labelled)


def _blocks(rows: Sequence[Row], known: Known) -> list[int]:
    """The first columns of blocks beside each other: where most labels of a row come again."""
    counted: dict[int, int] = {}
    told = 0
    for row in rows:
        labels = [(column, heading_text(cell)) for column, cell in filled(row) if isinstance(cell, str)]
        labels = [(column, label) for column, label in labels if known(label)]
        told += bool(labels)
        first = labels[0][1] if labels else ""
        for column in [column for column, label in labels[1:] if label == first]:
            counted[column] = counted.get(column, 0) + 1
    again = sorted(column for column, count in counted.items() if count * 3 > told)
    return [0, *again[: _MOST_BESIDE - 1]]


def _taken_apart(row: Row, known: Known) -> Row:
    """A row whose cells of a label and its value (客户名称：甲公司) are two cells each."""
    found: Row = []
    for cell in row:
        found += _label_and_value(cell, known) if isinstance(cell, str) and re.search("[:：]", cell) else [cell]
    return trimmed(found)


def _label_and_value(cell: str, known: Known) -> Row:
    labels = [found for found in _LABEL.finditer(cell) if known(heading_text(found[1]))]
    if not labels or cell[: labels[0].start()].strip():
        return [cell]
    found: Row = []
    for label, end in zip(labels, [*(each.start() for each in labels[1:]), len(cell)], strict=True):
        value = cell[label.end() : end].strip(" \t\u3000,，;；、")
        found += [label[1], value or None] if value or len(labels) > 1 else [label[1]]
    return found


def _pairs(row: Row, known: Known) -> list[tuple[str, Cell]]:
    """The labels of a row, each with the value behind it; none where no label is known, or words stand that are
    neither.
    """
    cells = [cell for _column, cell in filled(row)]
    if len(cells) == 1 and not str(cells[0]).rstrip().endswith((":", "：")):
        return []  # the title of a card
    if _in_turns(row, known):
        return [(heading_text(label), value) for label, value in zip(cells[::2], cells[1::2], strict=True)]
    found: list[tuple[str, Cell]] = []
    at = sure = 0
    while at < len(cells):
        label = heading_text(cells[at])
        beyond = cells[at + 1] if at + 1 < len(cells) else None
        if isinstance(cells[at], str) and known(split_unit(label)[0]):
            empty = isinstance(beyond, str) and known(heading_text(beyond))
            found.append((label, None if empty else beyond))
            at += 1 if empty else 2
            sure += 1
        elif isinstance(cells[at], str) and len(label) < 12 and at + 1 < len(cells):
            found.append((label, beyond))  # a label of a column we have no field for
            at += 2
        elif sure and at == len(cells) - 1:
            label, value = found.pop()  # one more value behind the last: 联系人 | 张三 | 13800000001
            return [*found, (label, " ".join(as_text(each) for each in (value, cells[at]) if each is not None))]
        else:
            return []
    return found if sure else []


def _in_turns(row: Row, known: Known) -> bool:
    """Whether labels and values take turns without a gap, so that a value may be a word we know as a label, too: 来源 |
    电话 | 行业 | 制造业.
    """
    cells = filled(row)
    labels, values = ([heading_text(cell) for _column, cell in some] for some in (cells[::2], cells[1::2]))
    whole = len(labels) == len(values) > 1 and cells[-1][0] - cells[0][0] == len(cells) - 1
    return whole and all(map(known, labels)) and not all(map(known, values))
