"""Rows that go on with the firm of the row above: further contact persons below a name written once."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from crm_desktop.exchange.mapping import Mapping
from crm_desktop.exchange.reading import Row
from crm_desktop.exchange.rows import is_serial_heading
from crm_desktop.exchange.table import Table
from crm_desktop.exchange.words import CONTACTS, CUSTOMERS, Target
from crm_desktop.models.contact import Contact, Position
from crm_desktop.models.customer import Customer
from crm_desktop.values import is_blank

_AS_ABOVE: Final = "〃"
"""What the empty cell says; it is read, and told in the preview, like one where somebody wrote it."""


def filled_down(table: Table, mapping: Mapping) -> Table:
    """The table with the firm in rows that name only a person: all that is told in them is the person's, and a list
    that counts its firms does not count them.
    """
    named = next((c.index for c, target in mapping.targets() if target == Target(Customer, "name")), None)
    person = next((c.index for c, target in mapping.targets() if target == Target(Contact, "name")), None)
    if mapping.kind not in (CUSTOMERS, CONTACTS) or named is None or person is None:
        return table
    serial = next((at for at, heading in enumerate(table.heading) if is_serial_heading(heading)), None)
    if mapping.kind == CONTACTS and serial is None:
        return table  # in an address book people without a firm have none
    persons = {c.index for c, target in mapping.targets() if target.model in (Contact, Position)}
    own = [at for at in range(len(table.heading)) if at not in persons and at != named]
    told = any(cells[at] is not None for _number, cells in table.rows[:1] for at in own)
    if not told or not table.rows or is_blank(table.rows[0][1][named]):
        return table

    def goes_on(cells: Row) -> bool:
        return (
            cells[named] is None
            and not is_blank(cells[person])
            and all(cells[at] is None for at in (own if mapping.kind == CUSTOMERS or serial is None else [serial]))
        )

    if not any(goes_on(cells) for _number, cells in table.rows):
        return table
    rows = [
        (number, [*cells[:named], _AS_ABOVE, *cells[named + 1 :]] if goes_on(cells) else cells)
        for number, cells in table.rows
    ]
    return replace(table, rows=rows)
