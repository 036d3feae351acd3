"""A form over the list of its people: 客户档案表 with name and address above, 姓名, 职务 and 手机 below."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from crm_desktop.exchange import words
from crm_desktop.exchange.forms import form
from crm_desktop.exchange.heading_rows import Known
from crm_desktop.exchange.reading import Cell, Sheet
from crm_desktop.exchange.table import Table
from crm_desktop.exchange.words import CONTACTS, CUSTOMERS, INTERACTIONS, Target
from crm_desktop.models.contact import Contact
from crm_desktop.models.customer import Customer
from crm_desktop.models.interaction import Interaction

_NAME: Final = Target(Customer, "name")


def completed(sheet: Sheet, table: Table, above: int, known: Known) -> Table:
    """A list of people with columns for what a form above it (from row `above` on) tells of their firm; the table
    itself where there is none, or the list is about something else.
    """
    if not table.heading_rows or not _is_of_people(table):
        return table
    rows = sheet.rows[above : table.heading_rows[0] - sheet.first_row]
    found = form(Sheet(sheet.name, rows, first_row=sheet.first_row + above), known) if rows else None
    if found is None or len(found.rows) != 1:
        return table
    told = dict(zip(found.heading, found.rows[0][1], strict=True))
    units = dict(zip(found.heading, found.units, strict=True))
    named: dict[str, Cell] = {
        label: value
        for label, value in told.items()
        if value is not None and label not in table.heading and _is_of_firm(label)
    }
    if not any(words.find(CUSTOMERS, label)[:1] == [_NAME] for label in named):
        return table
    more = list(named)
    return replace(
        table,
        heading=[*more, *table.heading],
        groups=[""] * len(more) + table.groups,
        units=[*(units[label] for label in more), *table.units],
        rows=[(number, [*named.values(), *cells]) for number, cells in table.rows],
    )


def _is_of_people(table: Table) -> bool:
    """Whether a list has a column of people, none of firms, and tells nothing that was said to them."""
    of_people = [found[0] for name in table.heading if name and (found := words.find(CONTACTS, name))]
    said = Target(Interaction, "content")
    talks = any(found[0] == said for name in table.heading if name and (found := words.find(INTERACTIONS, name)))
    return Target(Contact, "name") in of_people and _NAME not in of_people and not talks


def _is_of_firm(label: str) -> bool:
    """Whether a label of the form is about the firm, or a word we have no field for."""
    found = words.find(CUSTOMERS, label)[:1]
    return not found or found[0].model is Customer
