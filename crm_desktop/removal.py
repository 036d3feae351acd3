"""Deleting customers with what belongs to them, and saying beforehand what that is."""

from __future__ import annotations

import json
from collections.abc import Sequence

from crm_desktop.models import Contact, Customer, Position
from crm_desktop.store import file
from crm_desktop.store.change import Change
from crm_desktop.store.record import children

_ALONE = (
    "SELECT DISTINCT contact FROM position WHERE customer IN (SELECT value FROM json_each(?)) AND contact NOT IN"
    " (SELECT contact FROM position WHERE customer NOT IN (SELECT value FROM json_each(?)))"
)


def _persons(customers: Sequence[int]) -> list[int]:
    """The contact persons who serve no other customer."""
    ids = json.dumps(list(customers))
    return [i for (i,) in file.ask(_ALONE, (ids, ids))]


def belongings(customers: Sequence[int]) -> dict[str, int]:
    """How many records of each table would be deleted together with these customers; contact persons of theirs alone.

    Whatever kind of record hangs on a customer is among them by itself.
    """
    ids = json.dumps(list(customers))
    found = {Contact.table(): len(_persons(customers))}
    for child, column, end in children(Customer.table()):
        if end == "cascade" and child is not Position:
            asked = f'SELECT count(*) FROM "{child.table()}" WHERE "{column}" IN (SELECT value FROM json_each(?))'
            found[child.table()] = int(file.one(asked, (ids,)))
    return {table: n for table, n in found.items() if n}


def delete_customers(c: Change, customers: Sequence[int]) -> None:
    """Delete customers, their history, and the contact persons who serve nobody else."""
    persons = _persons(customers)
    c.delete_many(Customer, list(customers))
    c.delete_many(Contact, persons)
