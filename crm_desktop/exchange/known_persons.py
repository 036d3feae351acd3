"""The contact persons an import knows: those of the file and those it has added so far."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crm_desktop import values
from crm_desktop.exchange.drafts import Draft
from crm_desktop.exchange.words import PERSON_NO
from crm_desktop.models.contact import Contact
from crm_desktop.store import file
from crm_desktop.store.record import chunks


@dataclass(slots=True)
class Person:
    """A contact person of a customer, as far as matching needs it."""

    id: int
    name: str
    digits: tuple[str, ...]
    position: int


class Persons:
    """Who works where, by name and number; asked, never written."""

    def __init__(self) -> None:
        self.drafts: dict[str, dict[int, Draft]] = defaultdict(dict)
        """Records as the import will leave them, by table and id."""
        self.old: set[int] = set()
        """The customers of the file."""
        self._persons: dict[int, Person | list[Person]] = {}
        """Who works for a customer: nearly always one, who stands there alone."""
        self._everybody: dict[tuple[str, str], int] | None = None
        self._loners: dict[str, list[int]] | None = None
        self._numbered: dict[str, int] = {}
        """Contact persons by the number a list gives them."""
        self._taken: set[int] = set()
        """Those of them: they are nobody else of that name."""

    def load_persons(self, customers: Sequence[int]) -> list[tuple[int, int]]:
        """Have the contact persons of these customers at hand: (contact, position) ids."""
        for part in chunks([i for i in dict.fromkeys(customers) if i in self.old and i not in self._persons]):
            found: dict[int, list[Person]] = {i: [] for i in part}
            for customer, contact, position, name, phones in file.ask(
                "SELECT p.customer, c.id, p.id, c.name, c.phones FROM position p JOIN contact c ON c.id = p.contact"
                f" WHERE p.customer IN ({','.join('?' * len(part))}) ORDER BY p.id",
                part,
            ):
                digits = tuple(digits_of(json.loads(phones)))
                found[customer].append(Person(contact, values.name_key(name), digits, position))
            self._persons |= found
        return [(person.id, person.position) for i in customers for person in self._at(i)]

    def _at(self, customer: int | None) -> list[Person]:
        known = self._persons.get(customer) if customer is not None else None
        return [] if known is None else [known] if isinstance(known, Person) else known

    def learn_numbers(self, numbers: Sequence[str]) -> None:
        """Remember whom of the file these numbers mean: a list that was written from this file has its own."""
        for part in chunks([int(each) for each in numbers if each.isdecimal() and int(each) < 1 << 63]):
            marks = ",".join("?" * len(part))
            for (i,) in file.ask(f"SELECT id FROM contact WHERE id IN ({marks})", part):
                self.note_number(str(i), i)

    def note_number(self, number: str, contact: int) -> None:
        """Remember whom a number means."""
        self._numbered[number] = contact
        self._taken.add(contact)

    def of_number(self, number: str) -> int | None:
        """Whom a number means, as far as is known."""
        return self._numbered.get(number)

    def person(self, customer: int | None, given: Mapping[str, Any]) -> tuple[Person | None, int | None]:
        """The contact person a row speaks of: at this customer, else (the id alone) at another one or at none."""
        name, number = given.get("name", ""), given.get(PERSON_NO, "")
        if number:
            return self._numbered_person(customer, given, name, number)
        known = self.person_of(customer, name, given.get("phones", ())) if customer is not None else None
        if known is not None:
            return known, None
        elsewhere = self.person_anywhere(given)
        if elsewhere is None and customer is None:
            elsewhere = next(iter(self.alone().get(name, ())), None)
        return None, elsewhere

    def _numbered_person(
        self, customer: int | None, given: Mapping[str, Any], name: str, number: str
    ) -> tuple[Person | None, int | None]:
        """As `person`, of a row with a number: nobody whom another number means."""
        meant, here = self._numbered.get(number), self._at(customer)
        if meant is not None:
            return next((one for one in here if one.id == meant), None), meant
        key, digits = values.name_key(name), digits_of(given.get("phones", ()))
        free = [one for one in here if one.name == key and one.id not in self._taken]
        if free:
            return min(free, key=lambda one: (digits.isdisjoint(one.digits), bool(one.digits))), None
        elsewhere = self.person_anywhere(given)
        alone = [i for i in self.alone().get(name, ()) if i not in self._taken] if customer is None else []
        return None, next((i for i in (*alone, elsewhere) if i not in self._taken), None)

    def person_of(self, customer: int, name: str, phones: Sequence[dict[str, Any]]) -> Person | None:
        """The contact person of a customer by name, or without a name by number."""
        known = self._at(customer)
        digits = digits_of(phones)
        named = [person for person in known if person.name == values.name_key(name)] if name else known
        reached = (person for person in named if not digits.isdisjoint(person.digits))
        return next(reached, named[0] if named and name else None)

    def person_anywhere(self, given: Mapping[str, Any]) -> int | None:
        """The contact person with this name and one of these numbers or addresses, whomever he or she works for."""
        if self._everybody is None:
            self._everybody = {}
            for i, known, numbers, email, wechat in file.ask("SELECT id, name, phones, email, wechat FROM contact"):
                for reach in _reached({"phones": json.loads(numbers), "email": email, "wechat": wechat}):
                    self._everybody[values.name_key(known), reach] = i
        if not self._everybody:
            return None
        key = values.name_key(given["name"])
        return next((found for reach in _reached(given) if (found := self._everybody.get((key, reach)))), None)

    def only_person(self, name: str) -> int | None:
        """The contact person of that name, if there is just one."""
        found = {i for (i,) in file.ask("SELECT id FROM contact WHERE name = ?", (name,))}
        drafted = self.drafts[Contact.table()].values()
        found |= {draft.id for draft in drafted if draft.new and draft.value("name") == name}
        return found.pop() if len(found) == 1 else None

    def alone(self) -> dict[str, list[int]]:
        """The contact persons who work for no customer, by name; the import adds its own."""
        if self._loners is None:
            sql = "SELECT name, id FROM contact c WHERE NOT EXISTS (SELECT 1 FROM position WHERE contact = c.id)"
            self._loners = {}
            for name, i in file.ask(f"{sql} ORDER BY id"):
                self._loners.setdefault(name, []).append(i)
        return self._loners

    def add_person(self, customer: int | None, contact: Draft, position: Draft | None) -> None:
        """Remember a contact person drafted by this import."""
        name, digits = values.name_key(contact.value("name") or ""), digits_of(contact.value("phones") or ())
        if customer is not None and position is not None:
            person = Person(contact.id, name, tuple(digits), position.id)
            self._persons[customer] = [*known, person] if (known := self._at(customer)) else person
        if self._everybody is not None:
            for each in _reached({name: contact.value(name) for name in ("phones", "email", "wechat")}):
                self._everybody.setdefault((name, each), contact.id)


def _reached(given: Mapping[str, Any]) -> set[str]:
    """How a person is reached, for comparing."""
    return digits_of(given.get("phones") or ()) | {str(given[name]) for name in ("email", "wechat") if given.get(name)}


def digits_of(phones: Iterable[dict[str, Any]]) -> set[str]:
    """The numbers somebody is reached under, for comparing."""
    return {plain_digits(row["number"]) for row in phones if row.get("number")}


def plain_digits(number: str) -> str:
    """A number without what it may be written with."""
    return number if len(number) == 11 and number.isdigit() else values.phone_digits(number)
