"""New customers and their contact persons, written together: what derives from what, worked out before it is written.

The same figures as `customer_derived` and `contact` find in the file afterwards, without asking it (test_newcomers.py).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from crm_desktop import values
from crm_desktop.models import customer_derived
from crm_desktop.models.base import Record, search_text, searched
from crm_desktop.models.fields import Field
from crm_desktop.store.record import Row, Together

_NOTHING = frozenset(["", "[]", None])
Pair = tuple[Row, Row]
"""A position, and the customer or contact person at its other end."""


@lru_cache(4096)
def _numbers(phones: str) -> tuple[str, ...]:
    return tuple([row.get("number", "") for row in json.loads(phones)]) if phones != "[]" else ()


def _pairs(together: Together, mine: str, other: str) -> dict[int, list[Pair]]:
    """The positions of each record of one end with the record at the other end, the oldest first."""
    others = {row["id"]: row for row in together.get(other, ())}
    found: dict[int, list[Pair]] = defaultdict(list)
    for position in sorted(together.get("position", ()), key=lambda row: row["id"]):
        found[position[mine]].append((position, others[position[other]]))
    return found


def derive_customers(customers: Sequence[Row], together: Together) -> None:
    """Main contact person, main phone and completeness of new customers, in place."""
    people = _pairs(together, "customer", "contact")
    for row in customers:
        working = [pair for pair in people.get(row["id"], ()) if not pair[0]["left"]]
        main = next((pair[1] for pair in working if pair[0]["primary"]), working[0][1] if working else None)
        numbers = (_numbers(main["phones"]) if main else ())[:1] + _numbers(row["phones"])[:1]
        row["main_contact"] = main["name"] if main else ""
        row["main_phone"] = next(filter(None, numbers), "")
        row["completeness"] = customer_derived.completeness(row, bool(main and main["name"]))


def customer_texts(model: type[Record], customers: Sequence[Row], together: Together) -> Iterable[tuple[int, str]]:
    """The search texts of new customers."""
    people = _pairs(together, "customer", "contact")
    filled = _filled(model, customers)
    for row in customers:
        known = [contact for _position, contact in people.get(row["id"], ())]
        texts = [contact[name] for contact in known for name in ("wechat", "email", "qq") if contact[name]]
        numbers = [number for contact in known for number in _numbers(contact["phones"])]
        names = [contact["name"] for contact in known]
        yield row["id"], search_text(model, row, names, numbers, texts, filled)


def derive_contacts(contacts: Sequence[Row], together: Together) -> None:
    """Where new contact persons work, as what, and the key of their birthday, in place."""
    places = _pairs(together, "contact", "customer")
    for row in contacts:
        mine = sorted(places.get(row["id"], ()), key=lambda pair: (pair[0]["left"], -pair[0]["primary"]))
        row["customers"] = ", ".join([customer["name"] for _position, customer in mine])
        row["position_title"] = mine[0][0]["job"] if mine else ""
        row["birthday_key"] = values.birthday_key(row["birthday"]) if row["birthday"] else ""


def contact_texts(model: type[Record], contacts: Sequence[Row], together: Together) -> Iterable[tuple[int, str]]:
    """The search texts of new contact persons."""
    places = _pairs(together, "contact", "customer")
    filled = _filled(model, contacts)
    for row in contacts:
        yield row["id"], search_text(model, row, _firms(places.get(row["id"], ())), fields=filled)


def _firms(mine: Sequence[Pair]) -> Iterator[str]:
    order = (
        sorted(mine, key=lambda pair: (pair[0]["left"], pair[0]["primary"], pair[1]["id"])) if len(mine) > 1 else mine
    )
    for _position, customer in order:
        yield from filter(None, (customer["name"], customer["short_name"]))


def _filled(model: type[Record], rows: Sequence[Row]) -> dict[str, Field[Any]]:
    """The searched fields that at least one of the rows has something in."""
    return {
        name: field for name, field in searched(model).items() if not _NOTHING.issuperset([row[name] for row in rows])
    }
