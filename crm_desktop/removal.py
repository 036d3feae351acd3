"""Deleting customers with what belongs to them, and saying beforehand what that is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from crm_desktop.models import Contact, Customer
from crm_desktop.store import file
from crm_desktop.store.change import Change


class Belongings(NamedTuple):
    """What goes when these customers go."""

    persons: int
    """Contact persons who serve no other customer."""
    interactions: int
    complaints: int
    requests: int
    surveys: int
    """In how many surveys they were asked."""
    feedback: int


_ALONE = (
    "SELECT DISTINCT contact FROM position WHERE customer IN (SELECT value FROM json_each(?)) AND contact NOT IN"
    " (SELECT contact FROM position WHERE customer NOT IN (SELECT value FROM json_each(?)))"
)


def _persons(customers: Sequence[int]) -> list[int]:
    ids = json.dumps(list(customers))
    return [i for (i,) in file.ask(_ALONE, (ids, ids))]


def belongings(customers: Sequence[int]) -> Belongings:
    """What would be deleted together with these customers."""
    ids = json.dumps(list(customers))
    counts = [
        int(file.one(f"SELECT count(*) FROM {table} WHERE customer IN (SELECT value FROM json_each(?))", (ids,)))
        for table in ("interaction", "complaint", "service_request", "survey_asked", "feedback")
    ]
    return Belongings(len(_persons(customers)), *counts)


def delete_customers(c: Change, customers: Sequence[int]) -> None:
    """Delete customers, their history, and the contact persons who serve nobody else."""
    persons = _persons(customers)
    c.delete_many(Customer, list(customers))
    c.delete_many(Contact, persons)
