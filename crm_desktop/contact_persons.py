"""The contact persons of a customer: who they are, who is the main one, and taking one away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from crm_desktop.models import Contact, Position
from crm_desktop.store import file
from crm_desktop.store.change import Change

Values = Mapping[str, Mapping[str, Any]]
"""Values by field, of both tables a contact person is written in."""


class Person(NamedTuple):
    """A contact person and their place at one customer."""

    contact: Contact
    position: Position


def of_customer(customer: int) -> list[Person]:
    """The contact persons of a customer, the main one first and who left last."""
    rows = file.ask(
        'SELECT id, contact FROM position WHERE customer = ? ORDER BY "left", "primary" DESC, id', (customer,)
    )
    contacts = file.rows("contact", [contact for _id, contact in rows])
    places = file.rows("position", [place for place, _contact in rows])
    return [
        Person(Contact.from_row(contacts[contact]), Position.from_row(places[place]))
        for place, contact in rows
        if contact in contacts
    ]


def customer_of(contact: int) -> int | None:
    """The customer a contact person mainly serves; None for nobody's."""
    found = file.one(
        'SELECT customer FROM position WHERE contact = ? ORDER BY "left", "primary" DESC, id LIMIT 1', (contact,)
    )
    return None if found is None else int(found)


def make_main(c: Change, position: Position) -> None:
    """Make the person in this place the main one of the customer: there is only one."""
    for (i,) in file.ask('SELECT id FROM position WHERE customer = ? AND "primary" = 1', (position.customer,)):
        if i != position.id:
            c.save(Position.get_row(i), {Position.primary: False})
    c.save(position, {Position.primary: True})


def serves_elsewhere(person: Person) -> bool:
    """Whether a person is a contact person of another customer, too."""
    other = "SELECT 1 FROM position WHERE contact = ? AND id <> ? LIMIT 1"
    return file.one(other, (person.contact.id, person.position.id)) is not None


def take_away(c: Change, person: Person) -> None:
    """Take a person away from the customer; who serves nobody else goes altogether."""
    if serves_elsewhere(person):
        c.delete(person.position)
    else:
        c.delete(person.contact)


def save(c: Change, person: Person | None, customer: int, typed: Values, seen: Values) -> Contact:
    """Write a person (None: a new one) and their place at a customer; who becomes the main one is the only one.

    `typed` are the values of "contact" and "position", `seen` what both looked like when typing began; raises as
    Change.save.
    """
    contact, place = typed["contact"], typed["position"]
    if person is None:
        written = c.save(Contact, contact)
        at = c.save(Position, {**place, "contact": written.id, "customer": customer})
    else:
        at = c.save(person.position, place, seen["position"])
        written = c.save(person.contact, contact, seen["contact"])
    if place.get("primary"):
        make_main(c, at)
    return written


def add_known(c: Change, contact: int, customer: int, place: Mapping[str, Any]) -> Position:
    """Give somebody who is known already a place at another customer; who serves there already keeps that place."""
    there = file.one("SELECT id FROM position WHERE contact = ? AND customer = ?", (contact, customer))
    if there is None:
        position = c.save(Position, {**place, "contact": contact, "customer": customer})
    else:
        position = c.save(Position.get_row(there), {**place, "left": False})
    if place.get("primary"):
        make_main(c, position)
    return position
