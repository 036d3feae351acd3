"""Rows of customers and contact persons, judged one by one: new, an update, the same, or refused with the reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from crm_desktop.exchange import cells, words
from crm_desktop.exchange.headings import Mapping
from crm_desktop.exchange.matching import MULTI, Difference, Draft, Office
from crm_desktop.exchange.reading import Row
from crm_desktop.exchange.words import Target
from crm_desktop.i18n import N_, _
from crm_desktop.models.base import Record
from crm_desktop.models.complaint import Complaint
from crm_desktop.models.contact import Contact, Position
from crm_desktop.models.customer import Customer
from crm_desktop.models.fields import Link
from crm_desktop.models.interaction import Interaction
from crm_desktop.values import name_key

NEW: Final = N_("new")
UPDATE: Final = N_("update")
SAME: Final = N_("same")
REFUSED: Final = N_("refused")
CREATED, UPDATED, UNCHANGED = "created", "updated", "unchanged"
BATCH: Final = 500

_KEPT_IN: Final[dict[type[Record], str]] = {
    Customer: "remarks",
    Contact: "remarks",
    Position: "remarks",
    Interaction: "tags",
    Complaint: "analysis",
}
"""Where words go that fit nowhere."""
_ADDRESS_TYPES: Final = {
    "收货": "delivery",
    "送货": "delivery",
    "注册": "registered",
    "办公": "office",
    "开票": "billing",
}


class RowPlan:
    """What becomes of one row: its number in Excel, its status, how odd values were read, what it changes."""

    __slots__ = ("changes", "doubtful", "notes", "number", "reason", "record", "status")

    def __init__(self, number: int) -> None:
        self.number = number
        self.status = SAME
        self.reason = ""
        self.notes: tuple[str, ...] = ()
        self.doubtful = False
        """Something could not be taken as it stands: a person should look."""
        self.changes: tuple[Difference, ...] = ()
        self.record: tuple[str, int] | None = None

    def refuse(self, reason: str) -> None:
        self.status, self.reason = REFUSED, reason

    def note(self, text: str, doubtful: bool = True) -> None:
        self.notes += (text,)
        self.doubtful = self.doubtful or doubtful

    def add(self, difference: Difference | None) -> None:
        if difference:
            self.changes += (difference,)
            if self.status == SAME:
                self.status = UPDATE


class Pending(NamedTuple):
    """A link to a record that may come later in the import."""

    judge: Judge
    draft: Draft
    field: str
    word: str
    row: RowPlan
    heading: str
    customer: int | None


@dataclass
class Parsed:
    """The cells of a row as values, by where they go."""

    row: RowPlan
    values: dict[tuple[type[Record], int], dict[str, Any]] = field(default_factory=dict)
    lost: dict[type[Record], list[str]] = field(default_factory=dict)

    def of(self, model: type[Record], slot: int = 0) -> dict[str, Any]:
        return self.values.get((model, slot), {})


class Reader:
    """Reads the rows of one table by its mapping."""

    def __init__(self, mapping: Mapping, office: Office) -> None:
        self._columns = [
            (
                column.index,
                target,
                target.described,
                column.heading,
                cells.reader(target.described, column.unit, office.who),
            )
            for column, target in mapping.targets()
        ]

    def parse(self, number: int, row: Row) -> Parsed:
        parsed = Parsed(RowPlan(number))
        for index, target, described, heading, read in self._columns:
            cell = row[index]
            if cell is None:
                continue
            value, note, lost = read(cell)
            if note:
                parsed.row.note(f"{heading}: {note}", lost is not None)
            if lost is not None:
                _keep(parsed, target, heading, lost)
            if value is not None:
                own = parsed.values.setdefault((target.model, target.slot), {})
                name = target.field
                value = _by_heading(name, heading, value)
                own[name] = value if name not in own else _together(described, name, own[name], value)
        return parsed


def _keep(parsed: Parsed, target: Target, heading: str, text: str) -> None:
    own = parsed.values.setdefault((Customer, 0), {})
    if target.field == "credit_code" and not own.get("bill_tax_no"):
        own["bill_tax_no"] = text
        parsed.row.note(_("The number is kept as billing tax number."))
    else:
        parsed.lost.setdefault(target.model, []).append(f"{heading}: {text}")


def _by_heading(name: str, heading: str, value: Any) -> Any:
    """What the heading tells about the kind of a phone or address."""
    if name == "phones" and re.search("传真|fax", heading, re.I):
        return [{**row, "type": "fax" if row.get("type") == "phone" else row.get("type", "")} for row in value]
    if name == "addresses":
        kind = next((code for word, code in _ADDRESS_TYPES.items() if word in heading), "")
        return [{"type": kind, **row} if kind else row for row in value]
    return value


def _together(described: Any, name: str, one: Any, other: Any) -> Any:
    """Two columns that go to the same field."""
    if isinstance(described, MULTI):
        return cells.merged(described, one, other)
    if name == "region":
        return cells._region(f"{one} {other}").value
    return f"{one}\n{other}" if name == "remarks" and other not in one else one


class Judge:
    """What all kinds of lists share: drafts of the records a row speaks of."""

    def __init__(self, office: Office, mapping: Mapping, pending: list[Pending]) -> None:
        self.office, self.mapping, self.pending = office, mapping, pending
        self.outcomes: dict[Draft, str] = {}
        """What this list does to each record it speaks of: created, updated or unchanged."""
        self.reader = Reader(mapping, office)
        self.headings = {(t.model, t.field): column.heading for column, t in mapping.targets()}

    def judge(self, rows: Sequence[tuple[int, Row]], tick: Callable[[int], None]) -> list[RowPlan]:
        """The rows in their order; `tick` is told how many are done and may raise to stop."""
        done: list[RowPlan] = []
        for start in range(0, len(rows), BATCH):
            batch = [self.reader.parse(number, row) for number, row in rows[start : start + BATCH]]
            self.prepare(batch)
            for parsed in batch:
                self.decide(parsed)
                done.append(parsed.row)
            self.office.forget()
            tick(len(done))
        return done

    def prepare(self, batch: Sequence[Parsed]) -> None:
        """Have at hand what the file knows about these rows."""

    def decide(self, parsed: Parsed) -> None:
        raise NotImplementedError

    def finish(self) -> None:
        """What follows when all rows have been judged."""

    def columns(self, model: type[Record], *more: str) -> list[str]:
        """The columns of a model that this list can change."""
        own = [t.field for _column, t in self.mapping.targets() if t.model is model]
        return list(dict.fromkeys([*own, *more, *([_KEPT_IN[model]] if model is not Position else [])]))

    def fill(
        self, draft: Draft, given: dict[str, Any], parsed: Parsed, lost: Iterable[str] = (), customer: int | None = None
    ) -> None:
        """Take the values of a row over into a draft."""
        again, fresh = draft in self.outcomes, not draft.claimed
        fields = draft.model.described()
        given = _with_lost(draft, given, list(lost))
        for name, value in given.items():
            described = fields[name]
            if isinstance(described, Link) and isinstance(value, str):
                heading = self.headings.get((draft.model, name), "")
                self.pending.append(Pending(self, draft, name, value, parsed.row, heading, customer))
                continue
            self.change(draft, draft.put(name, described, value, again), parsed.row, fresh)
        self.claim(draft, parsed.row)

    def change(self, draft: Draft, difference: Difference | None, row: RowPlan, fresh: bool = False) -> None:
        """Note that a row changes a field of a record that was there before."""
        if difference and not (draft.new and fresh):
            row.add(difference)
            if self.outcomes.get(draft) != CREATED:
                self.outcomes[draft] = UPDATED

    def claim(self, draft: Draft, row: RowPlan) -> None:
        """Note that a row speaks of a record."""
        if draft.new and not draft.claimed:
            row.status, self.outcomes[draft] = NEW, CREATED
        self.outcomes.setdefault(draft, UNCHANGED)
        draft.claimed = True
        row.record = row.record or (draft.model.table(), draft.id)

    def new_customer(self, given: dict[str, Any]) -> Draft:
        draft = self.office.draft_new(Customer, {})
        self.office.learn(
            draft.id,
            given["name"],
            given.get("code", ""),
            given.get("credit_code", ""),
            [given.get("short_name", ""), *given.get("aliases", ())],
        )
        return draft

    def person(self, customer: int | None, given: dict[str, Any], place: dict[str, Any], parsed: Parsed) -> Draft:
        """The contact person a row speaks of, drafted if new, and the place at the customer."""
        office, name, phones = self.office, given.get("name", ""), given.get("phones", ())
        known = office.person_of(customer, name, phones) if customer is not None else None
        lost = [*parsed.lost.get(Contact, ()), *parsed.lost.get(Position, ())]
        if known:
            contact, position = office.draft(Contact, known.id), office.draft(Position, known.position)
        else:
            elsewhere = office.person_anywhere(given) or (office.alone(name) if customer is None else None)
            if elsewhere:
                office.load(Contact, [elsewhere], self.columns(Contact, "name", "phones"))
            contact = office.draft(Contact, elsewhere) if elsewhere else office.draft_new(Contact, {})
            position = None
            if customer is not None:
                position = office.draft_new(Position, {"contact": contact.id, "customer": customer})
                position.owner = contact
        given = {
            key: value for key, value in given.items() if key != "name" or not known or name_key(value) != known.name
        }
        self.fill(contact, given, parsed, lost, customer)
        if position:
            position.owner = position.owner or contact
            status, fresh = parsed.row.status, not position.claimed
            self.fill(position, place, parsed)
            if position.new and fresh and self.outcomes[contact] != CREATED:
                parsed.row.status = UPDATE if status == SAME else status
        if not known:
            office.add_person(customer, contact, position)
            if customer is None:
                office.loners[name] = contact.id
        return contact


def _with_lost(draft: Draft, given: dict[str, Any], lost: list[str]) -> dict[str, Any]:
    """The values of a row with the words that fit nowhere added to its remarks."""
    if not lost:
        return given
    name = _KEPT_IN[draft.model]
    if name == "tags":
        return {**given, name: [*given.get(name, ()), *lost]}
    text = given.get(name) or draft.value(name) or ""
    lines = [line for line in lost if line not in text]
    return {**given, name: "\n".join([*([text] if text else []), *lines])}


class Customers(Judge):
    """A list of customers, with their contact persons."""

    def __init__(self, office: Office, mapping: Mapping, pending: list[Pending]) -> None:
        super().__init__(office, mapping, pending)
        self.private = words.key(self.headings.get((Customer, "name"), "")) in words.PERSON_NAME - {"name"}
        self.slots = sorted({t.slot for _column, t in mapping.targets() if t.model in (Contact, Position)})

    def _found(self, given: dict[str, Any]) -> Any:
        return self.office.same_customer(given["name"], given.get("code", ""), given.get("credit_code", ""))

    def prepare(self, batch: Sequence[Parsed]) -> None:
        if not self.office.old:
            return
        named = [parsed.of(Customer) for parsed in batch if parsed.of(Customer).get("name")]
        ids = [found.id for given in named if (found := self._found(given)).id in self.office.old]
        self.office.load(Customer, ids, self.columns(Customer, "name", "code", "phones", "bill_tax_no"))
        if self.slots:
            persons = self.office.load_persons(ids)
            self.office.load(Contact, [contact for contact, _place in persons], self.columns(Contact, "name", "phones"))
            self.office.load(
                Position, [place for _contact, place in persons], self.columns(Position, "contact", "customer")
            )

    def decide(self, parsed: Parsed) -> None:
        given, row = parsed.of(Customer), parsed.row
        if not given.get("name"):
            row.refuse(_("The customer name is missing."))
            return
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
        if draft and (found.how == "core" or name_key(draft.value("name")) == name_key(given["name"])):
            if found.how == "core":
                row.note(_("“{written}” is taken for {name}.").format(written=given["name"], name=draft.value("name")))
            given = {key: value for key, value in given.items() if key != "name"}
        if draft is None:
            if found.others:
                names = _(", ").join(self.office.names[i] for i in found.others[:3])
                row.note(_("Similar to {names}.").format(names=names))
            draft = self.new_customer(given)
        elif draft in self.outcomes:
            given = {key: value for key, value in given.items() if key != "code"}
            self._note_ignored(draft, given, row)
        if draft.new and self.private:
            given = {"kind": "individual", **given}
        given = self._with_phones_of_nobody(given, parsed)
        self.fill(draft, given, parsed, parsed.lost.get(Customer, ()))
        for slot in self.slots:
            person, place = parsed.of(Contact, slot), parsed.of(Position, slot)
            if person.get("name"):
                self.person(draft.id, person, place, parsed)
            elif place or person:
                row.note(_("A contact person without a name was left out."), bool(place))

    def _with_phones_of_nobody(self, given: dict[str, Any], parsed: Parsed) -> dict[str, Any]:
        """A mobile beside an empty contact name is the customer's."""
        for slot in self.slots:
            person = parsed.of(Contact, slot)
            if person.get("phones") and not person.get("name"):
                described = Customer.described()["phones"]
                phones = (
                    cells.merged(described, given["phones"], person["phones"])
                    if given.get("phones")
                    else person["phones"]
                )
                given = {**given, "phones": phones}
                del person["phones"]
        return given

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


class Contacts(Judge):
    """A list of contact persons."""

    def prepare(self, batch: Sequence[Parsed]) -> None:
        given = [parsed.of(Customer) for parsed in batch]
        ids = [
            i
            for one in given
            if one.get("name") and (i := self.office.meant(one["name"], one.get("code", "")).id) in self.office.old
        ]
        persons = self.office.load_persons([i for i in ids if i is not None])
        self.office.load(Contact, [contact for contact, _place in persons], self.columns(Contact, "name", "phones"))
        self.office.load(
            Position, [place for _contact, place in persons], self.columns(Position, "contact", "customer")
        )

    def decide(self, parsed: Parsed) -> None:
        given, person, row = parsed.of(Customer), parsed.of(Contact), parsed.row
        if not person.get("name"):
            row.refuse(_("The name of the contact person is missing."))
            return
        customer: int | None = None
        if given.get("name"):
            found = self.office.meant(given["name"], given.get("code", ""))
            customer = found.id
            if customer is None:
                draft = self.new_customer(given)
                self.fill(draft, given, parsed)
                parsed.row.record = None
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
        self.person(customer, person, parsed.of(Position), parsed)
