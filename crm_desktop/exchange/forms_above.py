"""A form over the list of its people: 客户档案表 with name and address above, 姓名, 职务 and 手机 below."""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import replace
from typing import Final

from crm_desktop.exchange import words
from crm_desktop.exchange.forms import pairs_of
from crm_desktop.exchange.heading_rows import MONEY_UNIT, Known, known_among, split_unit
from crm_desktop.exchange.reading import Cell, Row, Sheet
from crm_desktop.exchange.rows import NOTE, TITLE
from crm_desktop.exchange.table import Table
from crm_desktop.exchange.words import CONTACTS, CUSTOMERS, INTERACTIONS, Target
from crm_desktop.models.contact import Contact
from crm_desktop.models.customer import Customer
from crm_desktop.models.interaction import Interaction
from crm_desktop.values import plain

_NAME, _PERSON = Target(Customer, "name"), Target(Contact, "name")
_UNIT: Final = re.compile(rf"{MONEY_UNIT}|[人个名家户台件套次天吨]", re.I)
"""Above a list 单位：万元 and 单位：人 say in what it counts, and name no firm."""


def completed(sheet: Sheet, table: Table, known: Known) -> Table:
    """A list of people with columns for what a form above it, or one above each of its parts, tells of their firm; the
    table itself where there is none, or the list is about something else.
    """
    is_list = table.heading_rows and known_among(table.heading, known) > 1  # no title of the next part of a form
    forms = _forms(sheet, table, known) if is_list and _is_of_people(table) else []
    if not forms:
        return table
    labels = list(dict.fromkeys(label for _number, told in forms for label in told))
    parts = [(label, "") if known(label) and not split_unit(label)[1] else split_unit(label) for label in labels]
    rows: list[tuple[int, Row]] = []
    coming = forms[::-1]
    now: dict[str, Cell] = {}
    for number, cells in table.rows:
        while coming and coming[-1][0] < number:
            now = coming.pop()[1]
        rows.append((number, [*map(now.get, labels), *cells]))
    return replace(
        table,
        heading=[*(name for name, _unit in parts), *table.heading],
        groups=[""] * len(labels) + table.groups,
        units=[*(unit for _name, unit in parts), *table.units],
        rows=rows,
    )


def _forms(sheet: Sheet, table: Table, known: Known) -> list[tuple[int, dict[str, Cell]]]:
    """What the rows above the heading and between the parts tell of a firm, with the row each form begins in."""
    data = [number for number, _cells in table.rows]
    found: list[tuple[int, dict[str, Cell]]] = []
    for number, what in sorted(table.skipped):
        pairs = pairs_of(sheet.rows[number - sheet.first_row], known) if what in (TITLE, NOTE) else []
        told: dict[str, Cell] = {
            label: value
            for label, value in pairs
            if value is not None and label not in table.heading and _is_of_firm(label) and not _is_unit(value)
        }
        if any(words.find(CUSTOMERS, label)[:1] == [_NAME] for label in told):
            found.append((number, told))
        elif found and bisect(data, number) == bisect(data, found[-1][0]):
            found[-1][1].update(told)  # the form goes on
    return found


def _is_of_people(table: Table) -> bool:
    """Whether a list has a column of people, none of firms, and tells nothing that was said to them."""
    of_people = [found[0] for name in table.heading if name and (found := words.find(CONTACTS, name))]
    named = any(
        words.find(CUSTOMERS, name)[:1] == [_NAME] and words.find(CONTACTS, name)[:1] != [_PERSON]
        for name in table.heading
        if name
    )
    said = Target(Interaction, "content")
    talks = any(found[0] == said for name in table.heading if name and (found := words.find(INTERACTIONS, name)))
    return _PERSON in of_people and _NAME not in of_people and not named and not talks


def _is_of_firm(label: str) -> bool:
    """Whether a label of the form is about the firm, or a word we have no field for."""
    found = words.find(CUSTOMERS, label)[:1]
    return not found or found[0].model is Customer


def _is_unit(value: Cell) -> bool:
    """Whether a value is what amounts are counted in."""
    return isinstance(value, str) and _UNIT.fullmatch(plain(value)) is not None
