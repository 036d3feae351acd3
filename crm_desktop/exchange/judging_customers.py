"""Rows of customers and contact persons: new, an update, the same, or refused with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.exchange import deciding, nobody, words
from crm_desktop.exchange.deciding import ASK
from crm_desktop.exchange.drafts import merged
from crm_desktop.exchange.headings import Mapping
from crm_desktop.exchange.judging import Judge, Pending
from crm_desktop.exchange.judging_contacts import Contacts
from crm_desktop.exchange.matching import LEAST_DIGITS, MULTI, Draft, Found, Office
from crm_desktop.exchange.parsing import SAME, UPDATE, Parsed, RowPlan, apart
from crm_desktop.i18n import _
from crm_desktop.models.contact import Contact, Position
from crm_desktop.models.customer import Customer
from crm_desktop.models.interaction import Interaction
from crm_desktop.store import file
from crm_desktop.store.record import chunks
from crm_desktop.values import name_key, phone_digits, read_region
from crm_desktop.values.persons import is_company


class Customers(Judge):
    """A list of customers, with their contact persons."""

    def __init__(self, office: Office, mapping: Mapping, pending: list[Pending]) -> None:
        super().__init__(office, mapping, pending)
        self.private = words.key(self.headings.get((Customer, "name"), "")) in words.PERSON_NAME - {"name"}
        self.tells_latest = mapping.has(Interaction, "at") or mapping.has(Interaction, "content")
        self._standing_in: set[int] = set()
        self._latest: dict[int, dict[str, list[str]]] = {}
        self._taken: dict[str, str] = {}
        """The note for each region taken from an address: one text for all rows of a place."""
        self.tells_next = mapping.has(Customer, "next_contact_at")
        self.tells_region = mapping.has(Customer, "region")
        self.slots = sorted({t.slot for _column, t in mapping.targets() if t.model in (Contact, Position)})

    def _found(self, given: dict[str, Any]) -> Any:
        return self.office.same_customer(given["name"], given.get("code", ""), given.get("credit_code", ""))

    def prepare(self, batch: Sequence[Parsed]) -> None:
        for parsed in batch:
            if parsed.of(Customer).get("name") in nobody.NO_FIRM and _stand_in(parsed):
                self._standing_in.add(parsed.row.number)
        if not self.office.old:
            return
        named = [parsed.of(Customer) for parsed in batch if parsed.of(Customer).get("name")]
        ids = [found.id for given in named if (found := self._found(given)).id in self.office.old]
        self.office.load(
            Customer, ids, self.columns(Customer, "name", "code", "phones", "bill_tax_no", "owner", *nobody.REACHED)
        )
        if self.tells_latest:
            self._load_latest([i for i in ids if i not in self._latest])
        if self.slots:
            self.learn_numbers(batch)
            persons = self.office.load_persons(ids)
            told = self.columns(Contact, "name", "phones", "salutation", "gender")
            self.office.load(Contact, [contact for contact, _place in persons], told)
            self.office.load(
                Position, [place for _contact, place in persons], self.columns(Position, "contact", "customer", "job")
            )

    def _load_latest(self, customers: Sequence[int]) -> None:
        """What was said to these customers on which day, so that it is not written down twice."""
        self._latest |= {i: {} for i in customers}
        for part in chunks(list(dict.fromkeys(customers))):
            marks = ",".join("?" * len(part))
            sql = f"SELECT customer, substr(at, 1, 10), content FROM interaction WHERE customer IN ({marks})"
            for customer, day, content in file.ask(sql, part):
                self._latest[customer].setdefault(day, []).append(content)

    def decide(self, parsed: Parsed) -> None:
        given, row = parsed.of(Customer), parsed.row
        if not given.get("name"):
            row.refuse(_("The customer name is missing."))
            return
        if self.is_left_out(given["name"], row):
            return
        given, found, draft = self._whose(given, row)
        self._ask_who(found, given, row)
        if draft and self._is_undecided(draft, given, parsed):
            return
        if draft and (found.how in ("core", "decided") or name_key(draft.value("name")) == name_key(given["name"])):
            if found.how == "core":
                row.note(_("“{written}” is taken for {name}.").format(written=given["name"], name=draft.value("name")))
            given = {key: value for key, value in given.items() if key != "name"}
        if draft is None:
            if found.others:
                names = _(", ").join(self.office.names[i] for i in found.others[:3])
                row.note(_("Similar to {names}.").format(names=names))
            draft = self.new_customer(given)
            if found.how == "decided":
                self.office.rules.made[deciding.key(given["name"])] = draft.id
        elif draft in self.outcomes:
            given = {key: value for key, value in given.items() if key != "code"}
            self._note_ignored(draft, given, row)
        if self.tells_next:
            self.office.planned.add(draft.id)
        if draft.new and draft not in self.outcomes and not self.tells_region:
            given = self._with_region(given, row)
        private = (self.private or row.number in self._standing_in) and not is_company(parsed.of(Customer)["name"])
        if draft.new and private:
            given = {"kind": "individual", **given}
        if not all(parsed.of(Contact, slot).get("name") for slot in self.slots):
            given = nobody.left_to_customer(given, parsed, self.mapping, private)
        self.fill(draft, given, parsed, parsed.lost.get(Customer, ()))
        self._people(draft, parsed, private)
        if self.tells_latest:
            self._add_latest(draft, parsed, given)

    def _whose(self, given: dict[str, Any], row: RowPlan) -> tuple[dict[str, Any], Any, Draft | None]:
        """Whose row it is; a number that another customer of these lists has already is left out of what is given."""
        found = self._found(given)
        draft = self.office.draft(Customer, found.id) if found.id is not None else None
        if (
            draft
            and found.how == "code"
            and draft in self.outcomes
            and name_key(draft.value("name")) != name_key(given["name"])
        ):
            row.note(
                _("The number {code} is {name}'s; a new one is given.").format(
                    code=given["code"], name=draft.value("name")
                )
            )
            given = {key: value for key, value in given.items() if key != "code"}
            found = self._found(given)
            draft = self.office.draft(Customer, found.id) if found.id is not None else None
        return given, found, draft

    def _people(self, customer: Draft, parsed: Parsed, private: bool) -> None:
        """The contact persons of the row."""
        for slot in self.slots:
            name = parsed.of(Contact, slot).get("name", "")
            one = words.PERSON_NO in parsed.of(Contact, slot)
            if name and not one and not self.office.person_of(customer.id, name, ()):
                apart(parsed, slot, self.reader.headings.get((Contact, slot), ""))
        for slot in (*self.slots, *parsed.further):
            person, place = parsed.of(Contact, slot), parsed.of(Position, slot)
            if private and slot == 0 and person and not person.get("name"):
                person = {"name": parsed.of(Customer)["name"], **person}  # whose birthday it is
            if person.get("name"):
                self.person(customer.id, person, place, parsed)

    def _add_latest(self, customer: Draft, parsed: Parsed, given: dict[str, Any]) -> None:
        """The latest contact the row tells of, unless it is there already."""
        told, row = parsed.of(Interaction, words.LATEST), parsed.row
        day = (told.get("at") or "")[:10]
        if not day:
            if told.get("content"):
                row.note(_("What was said at the latest contact was left out: the day is missing."))
            return
        nothing_said = words.LATEST_CALLED["at"]
        content = told.get("content") or _(nothing_said)
        same = self._latest.setdefault(customer.id, {})
        if content in same.get(day, ()) or (day in same and not told.get("content")):
            return
        same.setdefault(day, []).append(content)
        values = {"customer": customer.id, "at": told["at"], "channel": "other", "content": content}
        if writer := given.get("owner") or customer.value("owner"):
            values["by"] = writer
        status = row.status
        self.fill(self.office.draft_new(Interaction, {}), values, parsed)
        row.status = UPDATE if status == SAME else status

    def _ask_who(self, found: Found, given: dict[str, Any], row: RowPlan) -> None:
        """Let the user decide where a name, or a number, is nearly that of somebody who is there."""
        ask, name = self.office.ask, given["name"]
        if found.how == "core" and found.id is not None:
            ask(name, deciding.SAME_CORE, [found.id], row.number, found.id, given)
        elif found.how == "name" and found.others:
            ask(name, deciding.SEVERAL, [i for i in (found.id, *found.others) if i], row.number, found.id, given)
        elif found.id is None and found.how != "decided" and self.office.old:
            same = [i for each in given.get("phones", ()) for i in self._reached(each)] if not found.others else []
            if same:
                names = _(", ").join(self.office.names[i] for i in dict.fromkeys(same[:3]))
                row.note(_("The same number as {names}.").format(names=names), False)
            if found.others or same:
                why = deciding.LIKE if found.others else deciding.SAME_PHONE
                ask(name, why, found.others or same, row.number, None, given)

    def _reached(self, phone: dict[str, Any]) -> list[int]:
        """Who of the file has this number."""
        digits = phone_digits(phone.get("number", ""))
        return self.office.with_number(digits) if len(digits) >= LEAST_DIGITS else []

    def _is_undecided(self, draft: Draft, given: dict[str, Any], parsed: Parsed) -> bool:
        """Whether the row waits for the user, who wants to be asked before a customer or its people change."""
        rules, row = self.office.rules, parsed.row
        if rules.existing != ASK or draft.new or draft in self.outcomes or rules.decision(given["name"]):
            return False
        found = self.would_change(draft, given)
        if [each.field for each in found] == ["name"] and name_key(given["name"]) == name_key(draft.value("name")):
            found = []
        people = self._changed_people(draft.id, parsed)
        if not found and not people:
            return False
        rules.ask(given["name"], deciding.CHANGES, [draft.id], row.number, draft.id, given)
        rules.tell(given["name"], people)
        row.refuse(_("You want to decide about {name} yourself.").format(name=draft.value("name")))
        return True

    def _changed_people(self, customer: int, parsed: Parsed) -> list[str]:
        """What the row would change of contact persons who are there, in words."""
        told: list[str] = []
        for slot in self.slots:
            person, place = parsed.of(Contact, slot), parsed.of(Position, slot)
            if not person.get("name"):
                continue
            known, _elsewhere = self.office.person(customer, person)
            for each in self.would_change_person(known, person, place) if known else ():
                field = each.model.described()[each.field]
                told.append(
                    _("{name}, {label}: {before} → {after}").format(
                        name=person["name"],
                        label=_(field.label),
                        before=field.show(each.before) or "–",
                        after=field.show(each.after),
                    )
                )
        return told

    def _note_ignored(self, draft: Draft, given: dict[str, Any], row: RowPlan) -> None:
        """Say which values of a second row about the same customer are not taken."""
        fields = Customer.described()
        for name, value in given.items():
            described, old = fields[name], draft.value(name)
            if (
                isinstance(described, MULTI)
                or described.is_empty(old)
                or name == "remarks"
                or described.show(value) == described.show(old)
            ):
                continue
            row.note(
                _("{label}: {kept} of the first row stays, not {other}.").format(
                    label=_(described.label), kept=described.show(old), other=described.show(value)
                )
            )

    def _with_region(self, given: dict[str, Any], row: RowPlan) -> dict[str, Any]:
        """Province and city of a new customer from the address, where the list has no column for them."""
        streets = (address.get("street", "") for address in given.get("addresses", ()))
        region = next((found.value for street in streets if (found := read_region(street))), "")
        if not region:
            return given
        if region not in self._taken:
            described = Customer.described()["region"]
            text = _("{label}: {value} (from the address)")
            self._taken[region] = text.format(label=_(described.label), value=region)
        row.note(self._taken[region], False)
        return {**given, "region": region}


def _stand_in(parsed: Parsed) -> bool:
    """Take the person of a row that says 个人 instead of a firm for the customer; whether there is one."""
    person, given = parsed.of(Contact), parsed.of(Customer)
    name = person.pop("name", "")
    if not name:
        return False
    described = Customer.described()["phones"]
    told: dict[str, Any] = {**given, "name": name}
    if phones := person.pop("phones", None):
        told["phones"] = merged(described, given["phones"], phones) if given.get("phones") else phones
    parsed.values[Customer, 0] = told
    if person or parsed.of(Position):
        person["name"] = name
    parsed.row.note(_("{name} is the customer: no firm is named.").format(name=name))
    return True


__all__ = ["Contacts", "Customers"]
