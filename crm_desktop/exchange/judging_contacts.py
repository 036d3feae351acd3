"""Rows of contact persons: new, an update, the same, or refused with the reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from crm_desktop.exchange import deciding, nobody
from crm_desktop.exchange.deciding import ASK
from crm_desktop.exchange.judging import Judge
from crm_desktop.exchange.parsing import Parsed
from crm_desktop.i18n import _
from crm_desktop.models.contact import Contact, Position
from crm_desktop.models.customer import Customer
from crm_desktop.values.persons import is_company, is_person

_ENDS: Final = re.compile(
    r"(?:公司|集团|[厂店行]|中心|学校|酒店|医院|事务所|工作室|合作社|Ltd\.?|Limited|Inc\.?|Co\.?|GmbH|LLC|Corp\.?)$",
    re.I,
)
"""Names that can only be those of firms; 甲公司张三 is a person."""
_ALIKE: Final = ("phones", "email", "wechat", "qq", "remarks")


def _of_firm(person: dict[str, Any], given: dict[str, Any]) -> dict[str, Any] | None:
    """What a row tells of a firm that stands in it as if it were a person, as in the address books of phones."""
    name, firm = person.get("name", ""), given.get("name")
    if (name != firm if firm else not _ENDS.search(name)) or not is_company(name) or is_person(name):
        return None
    told: dict[str, Any] = {each: person[each] for each in _ALIKE if person.get(each)}
    if person.get("address") and not given.get("addresses"):
        told["addresses"] = [{"street": person["address"]}]
    return {**told, **given, "name": name}


class Contacts(Judge):
    """A list of contact persons."""

    def prepare(self, batch: Sequence[Parsed]) -> None:
        for parsed in batch:
            if parsed.of(Customer).get("name") in nobody.NO_FIRM:
                parsed.of(Customer).pop("name")
        given = [parsed.of(Customer) for parsed in batch]
        ids = [
            i
            for one in given
            if one.get("name") and (i := self.office.meant(one["name"], one.get("code", "")).id) in self.office.old
        ]
        self.learn_numbers(batch)
        persons = self.office.load_persons([i for i in ids if i is not None])
        self._load_firms(batch)
        self.office.load(Contact, [contact for contact, _place in persons], self.columns(Contact, "name", "phones"))
        self.office.load(
            Position, [place for _contact, place in persons], self.columns(Position, "contact", "customer")
        )

    def _load_firms(self, batch: Sequence[Parsed]) -> None:
        firms = (told for each in batch if (told := _of_firm(each.of(Contact), each.of(Customer))))
        ids = [self.office.meant(told["name"], told.get("code", "")).id for told in firms]
        self.office.load(
            Customer, [i for i in ids if i in self.office.old], self.columns(Customer, "name", "addresses", *_ALIKE)
        )

    def decide(self, parsed: Parsed) -> None:
        given, person, row = parsed.of(Customer), parsed.of(Contact), parsed.row
        if not person.get("name"):
            row.refuse(_("The name of the contact person is missing."))
            return
        if of_firm := _of_firm(person, given):
            self._take_firm(of_firm, parsed)
            return
        customer: int | None = None
        if not given.get("name") and self.mapping.has(Customer, "name"):
            row.note(_("No customer stands in this row: {name} comes in alone.").format(name=person["name"]), False)
        if given.get("name"):
            if self.is_left_out(given["name"], row):
                return
            found = self.office.meant(given["name"], given.get("code", ""))
            self.ask_whose(found, given["name"], row, True)
            customer = found.id
            if customer is None:
                draft = self.new_customer(given)
                if found.how == "decided":
                    self.office.rules.made[deciding.key(given["name"])] = draft.id
                self.fill(draft, given, parsed)
                row.note(_("The customer {name} is new.").format(name=given["name"]), False)
                customer = draft.id
            elif found.others:
                row.note(
                    _("“{written}” is taken for {name}.").format(
                        written=given["name"], name=self.office.names[customer]
                    )
                )
            elif found.how == "core":
                row.note(
                    _("“{written}” is taken for {name}.").format(
                        written=given["name"], name=self.office.names[customer]
                    ),
                    False,
                )
        if not self._is_undecided(customer, person, parsed):
            self.person(customer, person, parsed.of(Position), parsed)

    def _take_firm(self, given: dict[str, Any], parsed: Parsed) -> None:
        """A card of a firm itself: what it tells goes to the customer, new or known."""
        if self.is_left_out(given["name"], parsed.row):
            return
        found = self.office.meant(given["name"], given.get("code", "")).id
        draft = self.new_customer(given) if found is None else self.office.draft(Customer, found)
        self.fill(draft, given, parsed)
        parsed.row.note(_("{name} is a firm, not a person: taken as a customer.").format(name=given["name"]), False)

    def _is_undecided(self, customer: int | None, person: dict[str, Any], parsed: Parsed) -> bool:
        """Whether the row is left out, or waits for the user, who wants to be asked before anybody changes."""
        rules, row = self.office.rules, parsed.row
        if rules.existing != ASK or customer is None:
            return False
        known, _elsewhere = self.office.person(customer, person)
        if known is None:
            return False
        word = _("{name} ({customer})").format(name=person["name"], customer=self.office.names[customer])
        if rules.decision(word):
            return self.is_left_out(word, row)
        if not self.would_change_person(known, person, parsed.of(Position)):
            return False
        given = {**person, "position_title": parsed.of(Position).get("job", "")}
        rules.ask(word, deciding.CHANGES_PERSON, [known.id], row.number, known.id, given)
        row.refuse(_("You want to decide about {name} yourself.").format(name=word))
        return True
