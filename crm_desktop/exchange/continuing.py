"""Rows that go on with the one above: further contact persons below a firm written once, a second phone below the
first.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final, NamedTuple

from crm_desktop.exchange.mapping import Mapping, takes_many
from crm_desktop.exchange.reading import Cell, Row
from crm_desktop.exchange.rows import LINE, is_serial_heading
from crm_desktop.exchange.table import Table
from crm_desktop.exchange.words import CONTACTS, CUSTOMERS, Target
from crm_desktop.models.contact import Contact, Position
from crm_desktop.models.customer import Customer
from crm_desktop.values import as_text, is_blank

_REGION: Final = Target(Customer, "region")
_GROUPS: Final = ("owner", "region", "tier", "stage", "industry", "source", "tags")
AS_ABOVE: Final = "〃"
"""What the empty cell says; it is read, and told in the preview, like one where somebody wrote it."""


class _Columns(NamedTuple):
    """Where the names stand, and which columns must be empty in rows that go on."""

    named: int
    person: int | None
    others: list[int]
    """Those a further person does not fill."""
    single: list[int]
    """Those a further line does not fill: fields that take one value only."""


def filled_down(table: Table, mapping: Mapping) -> Table:
    """The table with the firm in rows that name only a person, with rows that only add a phone or a remark joined to
    the one above, and with what is written once over many rows in each of them.
    """
    return _groups_filled(_names_filled(table, mapping), mapping)


def _names_filled(table: Table, mapping: Mapping) -> Table:
    columns = _columns(table, mapping)
    if columns is None or not table.rows or is_blank(table.rows[0][1][columns.named]):
        return table
    named = columns.named
    if not any(cells[named] is None for _number, cells in table.rows):
        return table
    rows: list[tuple[int, Row]] = []
    joined: list[int] = []
    for number, cells in table.rows:
        if cells[named] is None and _is_further_person(cells, columns):
            rows.append((number, [*cells[:named], AS_ABOVE, *cells[named + 1 :]]))
        elif cells[named] is None and rows and _is_further_line(cells, columns):
            above, own = rows[-1]
            rows[-1] = above, [_below(one, other) for one, other in zip(own, cells, strict=True)]
            joined.append(number)
        else:
            rows.append((number, cells))
    skipped = sorted([*table.skipped, *((number, LINE) for number in joined)]) if joined else table.skipped
    return replace(table, rows=rows, skipped=skipped)


def _groups_filled(table: Table, mapping: Mapping) -> Table:
    """The table with owners, regions and tiers in every row, where each is written once over the rows it is about; in a
    list of people also their departments and firms.
    """
    model, further = {CUSTOMERS: (Customer, _GROUPS), CONTACTS: (Contact, (*_GROUPS, "name", "department"))}.get(
        mapping.kind, (Customer, ())
    )
    named = next((c.index for c, target in mapping.targets() if target == Target(model, "name")), 0)
    groups = [
        column.index
        for column, target in mapping.targets()
        if column.index < named
        and target.model in (Customer, Position)
        and target.field in further
        and _is_once(table, column.index)
    ]
    if not groups:
        return table
    rows = [
        (number, [AS_ABOVE if at in groups and cell is None else cell for at, cell in enumerate(cells)])
        if cells[named] is not None
        else (number, cells)
        for number, cells in table.rows
    ]
    return replace(table, rows=rows)


def _is_once(table: Table, column: int) -> bool:
    """Whether a column begins with a word and no word in it comes twice, while most rows have none."""
    seen: set[Cell] = set()
    for _number, cells in table.rows:
        if (cell := cells[column]) is not None and cell != AS_ABOVE:
            if cell in seen:
                return False
            seen.add(cell)
    return len(seen) > 1 and table.rows[0][1][column] is not None and len(seen) * 2 <= len(table.rows)


def _are_many(table: Table, column: int) -> bool:
    """Whether so many cells of a column are empty that this cannot have been forgotten."""
    return sum(1 for _number, cells in table.rows if cells[column] is None) * 4 >= len(table.rows)


def _columns(table: Table, mapping: Mapping) -> _Columns | None:
    """What tells rows that go on; None in lists where an empty name means that there is none."""
    targets = mapping.targets()
    named = next((c.index for c, target in targets if target == Target(Customer, "name")), None)
    person = next((c.index for c, target in targets if target == Target(Contact, "name")), None)
    serial = [at for at, heading in enumerate(table.heading) if is_serial_heading(heading)]
    if named is not None and person is not None and person < named and not serial:
        return None  # an address book: who is without a firm has none
    if named is None or mapping.kind not in (CUSTOMERS, CONTACTS) or (mapping.kind == CONTACTS and not serial):
        return None
    persons = {c.index for c, target in targets if target.model in (Contact, Position)}
    others = [at for at in range(len(table.heading)) if at not in persons and at != named]
    many = {
        c.index for c, target in targets if takes_many(target) and target != _REGION
    }  # its columns lie side by side
    single = [at for at in range(len(table.heading)) if at not in many]
    if mapping.kind == CONTACTS:
        return _Columns(named, person, serial, single)
    return _Columns(named, person, others, single) if others or _are_many(table, named) else None


def _is_further_person(cells: Row, columns: _Columns) -> bool:
    return (
        columns.person is not None
        and not is_blank(cells[columns.person])
        and all(cells[at] is None for at in columns.others)
    )


def _is_further_line(cells: Row, columns: _Columns) -> bool:
    return all(cells[at] is None for at in columns.single)


def _below(one: Cell, other: Cell) -> Cell:
    """Two cells as one, the lower below the upper."""
    if one is None or other is None:
        return other if one is None else one
    return f"{as_text(one)}\n{as_text(other)}"
