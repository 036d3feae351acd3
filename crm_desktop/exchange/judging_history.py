"""Rows of logs and ledgers: whose they are, and whether they are there already."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from crm_desktop.exchange import deciding
from crm_desktop.exchange.headings import Mapping
from crm_desktop.exchange.judging import Judge, Pending
from crm_desktop.exchange.matching import LEAST_DIGITS, Draft, Found, Office
from crm_desktop.exchange.parsing import SAME, UPDATE, Parsed
from crm_desktop.exchange.people_cells import people
from crm_desktop.exchange.words import PERSON_NO
from crm_desktop.i18n import _
from crm_desktop.models.base import Record
from crm_desktop.models.contact import Contact, Position
from crm_desktop.models.customer import Customer
from crm_desktop.store import file
from crm_desktop.store.record import chunks
from crm_desktop.values import phone_digits
from crm_desktop.values.persons import is_company

Key = tuple[int, str, str, int]


class History(Judge):
    """A list of records that belong to customers: told apart by customer, moment, channel and text."""

    model: ClassVar[type[Record]]
    moment: ClassVar[str]
    text: ClassVar[str]
    also: ClassVar[tuple[str, ...]] = ("code",)

    def __init__(self, office: Office, mapping: Mapping, pending: list[Pending]) -> None:
        super().__init__(office, mapping, pending)
        self.create_missing = office.rules.create_missing
        self._codes: dict[str, int] = {}
        self._known: dict[Key, int] = {}
        self._asked: set[int] = set()
        self._meant: dict[tuple[str, str], Found] = {}

    def key(self, customer: int, given: dict[str, Any]) -> Key:
        """What makes two rows the same record."""
        raise NotImplementedError

    def columns_of_key(self) -> tuple[str, ...]:
        return ("id", "customer", self.moment, self.text)

    def prepare(self, batch: Sequence[Parsed]) -> None:
        told = (p for p in batch if p.of(self.model).get("customer") or p.of(Customer))
        found = [self._customer(parsed) for parsed in told]
        self._learn([i.id for i in found if i.id in self.office.old and i.id not in self._asked])
        codes = [code for parsed in batch if (code := parsed.of(self.model).get("code"))]
        for part in chunks(codes):
            marks = ",".join("?" * len(part))
            self._codes |= dict(file.ask(f'SELECT code, id FROM "{self.model.table()}" WHERE code IN ({marks})', part))
        ids = [
            i
            for parsed in batch
            if (i := self._same(self._customer(parsed).id, parsed.of(self.model), False)) is not None
        ]
        self.office.load(self.model, ids, [*self.columns(self.model, *self.columns_of_key()), *self.also])
        if self.mapping.has(self.model, "contact"):
            self.learn_numbers(batch)
            customers = [i.id for i in found if i.id is not None]
            persons = self.office.load_persons(customers)
            self.office.load(Contact, [contact for contact, _place in persons], self.columns(Contact, "name", "phones"))
            self.office.load(Position, [place for _contact, place in persons], ["contact", "customer"])

    def _learn(self, customers: Sequence[int]) -> None:
        """Have the records of these customers at hand, as far as telling them apart needs it."""
        names = self.columns_of_key()
        for part in chunks(list(dict.fromkeys(customers))):
            self._asked.update(part)
            listed = ",".join(f'"{name}"' for name in names)
            marks = ",".join("?" * len(part))
            for stored in file.ask(f'SELECT {listed} FROM "{self.model.table()}" WHERE customer IN ({marks})', part):
                row = dict(zip(names, stored, strict=True))
                self._known.setdefault(self.key(row["customer"], row), row["id"])

    def _customer(self, parsed: Parsed) -> Found:
        given = parsed.of(self.model)
        word, code = str(given.get("customer", "")), parsed.of(Customer).get("code", "")
        by, at = given.get("by") or given.get("owner"), given.get(self.moment) or ""
        found = self._meant.get((word, code))
        if found is None:
            found = self._meant[word, code] = self.office.meant(word, code)
        if found.id is None and found.how != "decided":
            return self._reached(parsed, word) or found
        if found.others:
            return self.office.meant(word, code, lambda ids: self._likeliest(ids, by, at))
        return found

    def _reached(self, parsed: Parsed, word: str) -> Found | None:
        """The customer whose phone the row tells, unless it names a firm: that is another one then."""
        phones = parsed.of(Customer).get("phones", ()) if self.office.old and not is_company(word) else ()
        for phone in phones:
            digits = phone_digits(phone.get("number", ""))
            if len(digits) >= LEAST_DIGITS and (found := self.office.with_number(digits)):
                return Found(found[0], "phone", found[1:])
        return None

    def _likeliest(self, customers: list[int], by: int | None, at: str) -> list[int]:
        """Of several firms with the same short name: those the writer looks after, who were customers at that time."""
        facts = {i: self.office.facts(i) for i in customers}
        for fitting in (
            [i for i in customers if by is not None and facts[i][0] == by],
            [i for i in customers if at and facts[i][1] and facts[i][1] <= at[:10]],
        ):
            narrower = [i for i in fitting if i in customers]
            if narrower:
                customers = narrower
        return customers

    def _same(self, customer: int | None, given: dict[str, Any], drafted: bool = True) -> int | None:
        """The record a row repeats, if it is there already."""
        if customer is None or self._missing(given):
            return None
        code = given.get("code", "")
        by_code = self._codes.get(code)
        known = by_code if by_code is not None else self._known.get(self.key(customer, given))
        if known is None:
            return None
        place = self.office.drafts[self.model.table()].get(known)
        if place is None or not place.new:
            return known
        if by_code is None and code and place.value("code"):
            return None  # two rows of a list that number themselves are two, however alike they are
        return known if drafted else None

    def decide(self, parsed: Parsed) -> None:
        given, row = parsed.of(self.model), parsed.row
        customer = self._decide_customer(parsed, given)
        reason = self._missing(given)
        if customer is None or reason:
            row.refuse(row.reason or reason)
            return
        self.complete(parsed, given)
        known = self._same(customer, given)
        draft = self.office.draft(self.model, known) if known is not None else None
        if draft and draft.value("customer") != customer:
            row.note(_("The number {code} is taken; a new one is given.").format(code=given.get("code", "")))
            given.pop("code", None)
            known = self._known.get(self.key(customer, given))
            draft = self.office.draft(self.model, known) if known is not None else None
        if draft is None:
            draft = self.office.draft_new(self.model, {})
            self._known[self.key(customer, given)] = draft.id
            if given.get("code"):
                self._codes[given["code"]] = draft.id
        elif draft in self.outcomes:
            row.note(_("The same as an earlier row."), False)
        values = {**given, "customer": customer}
        contact = values.pop("contact", None)
        if contact:
            values["contact"] = self._contact(customer, contact, parsed)
        fresh = not draft.claimed and draft.new
        self.fill(draft, values, parsed, parsed.lost.get(self.model, ()), customer)
        if fresh:
            self.added(customer, draft)

    def _decide_customer(self, parsed: Parsed, given: dict[str, Any]) -> int | None:
        row, word = parsed.row, given.get("customer", "")
        code = parsed.of(Customer).get("code", "")
        found = self._customer(parsed) if word or code or parsed.of(Customer).get("phones") else Found(None)
        if not word and not code and found.id is None:
            numbers = _(", ").join(each.get("number", "") for each in parsed.of(Customer).get("phones", ()))
            text = _("No customer has the number {number}. Note it down at its customer, then import this row again.")
            reason = text.format(number=numbers) if numbers else ""
            row.refuse(reason or _("The customer is missing."))
            return None
        if self.is_left_out(word, row):
            return None
        if word:
            self.ask_whose(found, word, row, self.create_missing)
        if found.id is None and word and (self.create_missing or found.how == "decided"):
            draft = self.new_customer({"name": word})
            self.office.rules.made[deciding.key(word)] = draft.id
            phones = parsed.of(Customer).get("phones") if self._is_of_customer(given) else None
            self.fill(draft, {"name": word, "phones": phones} if phones else {"name": word}, parsed)
            row.note(_("The customer {name} is new.").format(name=word), False)
            self._meant.clear()
            return draft.id
        if found.id is None:
            rules = self.office.rules
            rules.missing[word] = rules.missing.get(word, 0) + 1
            reason = _("There is no customer called “{name}”. Add it, or let this import add who is missing.")
            row.refuse(reason.format(name=word))
            return None
        name = self.office.names[found.id]
        if found.others:
            others = _(", ").join(self.office.names[i] for i in found.others[:3])
            row.note(
                _("“{written}” is taken for {name}; it could also be {others}.").format(
                    written=word, name=name, others=others
                )
            )
        elif found.how in ("short", "core", "phone") and word != name:
            written = word or parsed.of(Customer)["phones"][0]["number"]
            row.note(_("“{written}” is taken for {name}.").format(written=written, name=name), found.how == "phone")
        return int(found.id)

    def _is_of_customer(self, given: dict[str, Any]) -> bool:
        """Whether the phone of a row is the customer's own, not a person's there."""
        return not given.get("contact")

    def _contact(self, customer: int, name: str, parsed: Parsed) -> int:
        """The contact person of a record; of several in one cell the first, but all of them are there then."""
        number = parsed.of(Contact).get(PERSON_NO, "")
        if number and (meant := self.office.of_number(number)) is not None:
            return meant
        if known := self.office.person_of(customer, name, ()):
            return known.id
        found = [self._one(customer, one.name, one.phones, parsed) for one in people(name)]
        return found[0] if found else self._one(customer, name, parsed.of(Customer).get("phones", []), parsed)

    def _one(self, customer: int, name: str, phones: list[dict[str, Any]], parsed: Parsed) -> int:
        status = parsed.row.status
        known = self.office.person_of(customer, name, phones)
        given = {"name": name, "phones": phones} if phones else {"name": name}
        contact = known.id if known else self.person(customer, given, {}, parsed).id
        if not known:
            parsed.row.note(_("The contact person {name} is new.").format(name=name), False)
            parsed.row.status = UPDATE if status == SAME else status
        return contact

    def _missing(self, given: dict[str, Any]) -> str:
        if len(given.get(self.moment) or "") < 10:
            return _("The date is missing or cannot be read.")
        return ""

    def complete(self, parsed: Parsed, given: dict[str, Any]) -> None:
        """Fill in what a row leaves out."""

    def added(self, customer: int, draft: Draft) -> None:
        """A new record of this customer was drafted."""
