"""Rows judged one by one, for all kinds of lists: drafts of the records they speak of, and what becomes of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

from crm_desktop.exchange import deciding
from crm_desktop.exchange.deciding import ASK, KEEP, key
from crm_desktop.exchange.deciding import UPDATE as OVERWRITE
from crm_desktop.exchange.headings import Mapping
from crm_desktop.exchange.matching import Difference, Draft, Found, Office, Person
from crm_desktop.exchange.parsing import NEW, REFUSED, SAME, UPDATE, Parsed, Reader, RowPlan
from crm_desktop.exchange.reading import Row
from crm_desktop.exchange.words import PERSON_NO
from crm_desktop.i18n import _
from crm_desktop.models import own_fields
from crm_desktop.models.base import Record
from crm_desktop.models.complaint import Complaint
from crm_desktop.models.contact import Contact, Position
from crm_desktop.models.customer import Customer
from crm_desktop.models.feedback import Feedback
from crm_desktop.models.fields import Link
from crm_desktop.models.interaction import Interaction
from crm_desktop.models.service import ServiceRequest
from crm_desktop.models.service_parts import ServiceNote
from crm_desktop.values import name_key

CREATED, UPDATED, UNCHANGED = "created", "updated", "unchanged"
BATCH: Final = 500
LIKE, VERY_LIKE = 60, 80
"""How much alike two names are, of 100: to be offered for one that is missing, and to doubt that one is new."""

KEPT_IN: Final[dict[type[Record], str]] = {
    Customer: "remarks",
    Contact: "remarks",
    Position: "remarks",
    Interaction: "tags",
    Complaint: "analysis",
    ServiceRequest: "remarks",
    ServiceNote: "text",
    Feedback: "remarks",
}
"""Where words go that fit nowhere."""


class Pending(NamedTuple):
    """A link to a record that may come later in the import."""

    judge: Judge
    draft: Draft
    field: str
    word: str
    row: RowPlan
    heading: str
    customer: int | None


class Judge:
    """What all kinds of lists share: drafts of the records a row speaks of."""

    def __init__(self, office: Office, mapping: Mapping, pending: list[Pending]) -> None:
        self.office, self.mapping, self.pending = office, mapping, pending
        self.outcomes: dict[Draft, str] = {}
        """What this list does to each record it speaks of: created, updated or unchanged."""
        self.owners: dict[Draft, Draft] = {}
        """Whose a position is, of contact persons that were there before this list."""
        self.usual = OVERWRITE if office.rules.existing == ASK else office.rules.existing
        self.existing: str = self.usual
        """What becomes of the records that the row at hand speaks of."""
        self.headings = {(t.model, t.field): column.heading for column, t in mapping.targets()}

    def judge(self, rows: Sequence[tuple[int, Row]], tick: Callable[[int], None]) -> list[RowPlan]:
        """The rows in their order; `tick` is told how many are done and may raise to stop."""
        self.reader = Reader(self.mapping, self.office, rows)
        done: list[RowPlan] = []
        for start in range(0, len(rows), BATCH):
            batch = [self.reader.parse(number, row) for number, row in rows[start : start + BATCH]]
            self.prepare(batch)
            for parsed in batch:
                self.existing = self.usual
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
        return list(dict.fromkeys([*own, *more, *([KEPT_IN[model]] if model is not Position else [])]))

    def fill(
        self, draft: Draft, given: dict[str, Any], parsed: Parsed, lost: Sequence[str] = (), customer: int | None = None
    ) -> None:
        """Take the values of a row over into a draft."""
        again, fresh = draft in self.outcomes, not draft.claimed
        fields, links = draft.model.described(), _links(draft.model)
        given = _with_names_kept(draft, _with_lost(draft, given, lost), links)
        made = draft.own_changes() if draft.new and fresh else None
        for name, value in given.items():
            if name in links and isinstance(value, str):
                heading = self.headings.get((draft.model, name), "")
                self.pending.append(Pending(self, draft, name, value, parsed.row, heading, customer))
            elif made is not None and name not in made:
                made[name] = value
            elif not self.stays(draft, name):
                self.change(draft, draft.put(name, fields[name], value, again), parsed.row, fresh)
        self.claim(draft, parsed.row)

    def stays(self, draft: Draft, name: str) -> bool:
        """Whether a field of a record that was there before is to be left as it is."""
        if draft.new or self.existing == OVERWRITE:
            return False
        return self.existing == KEEP or not draft.model.described()[name].is_empty(draft.value(name))

    def change(self, draft: Draft, difference: Difference | None, row: RowPlan, fresh: bool = False) -> None:
        """Note that a row changes a field of a record that was there before."""
        if difference and not (draft.new and fresh):
            row.add(difference)
            if self.outcomes.get(draft) != CREATED:
                self.outcomes[draft] = UPDATED

    def would_change(self, draft: Draft, given: dict[str, Any]) -> list[Difference]:
        """What these values change of a record that was there before."""
        if draft.new or draft in self.outcomes:
            return []
        trial = Draft(draft.model, draft.id, False, draft.before)
        fields = draft.model.described()
        tried = [trial.put(n, fields[n], v) for n, v in given.items() if not isinstance(fields[n], Link)]
        return [difference for difference in tried if difference]

    def would_change_person(self, known: Person, given: dict[str, Any], place: dict[str, Any]) -> list[Difference]:
        """What these values change of a contact person who was there before."""
        told = {n: v for n, v in given.items() if n != PERSON_NO and (n != "name" or name_key(v) != known.name)}
        person, position = self.office.draft(Contact, known.id), self.office.draft(Position, known.position)
        return self.would_change(person, told) + self.would_change(position, place)

    def claim(self, draft: Draft, row: RowPlan) -> None:
        """Note that a row speaks of a record."""
        if draft.new and not draft.claimed:
            row.status, self.outcomes[draft] = NEW, CREATED
        self.outcomes.setdefault(draft, UNCHANGED)
        draft.claimed = True

    def is_left_out(self, word: str, row: RowPlan) -> bool:
        """Whether the user decided to leave out what is about this name; else how the decision wants it done."""
        decision = self.office.rules.decision(word)
        if decision is None:
            return False
        if decision.how == deciding.LEAVE:
            row.refuse(_("Left out, as you decided."))
            return True
        self.existing = decision.how
        return False

    def ask_whose(self, found: Found, word: str, row: RowPlan, added: bool) -> None:
        """Let the user decide which customer a name in a list of something else means; `added`: who is not there
        becomes a new one.
        """
        ask = self.office.ask
        if found.how == "decided":
            return
        if found.id is None and self.office.old:
            near = self.office.near(word, VERY_LIKE if added else LIKE) if self.office.rules.looks(word) else []
            if not added or near or key(word) in self.office.rules.questions:
                ask(word, deciding.LIKE if added else deciding.MISSING, near, row.number, None, {"name": word})
        elif found.id is not None and (found.others or found.how == "core"):
            why = deciding.SEVERAL if found.others else deciding.SAME_CORE
            ask(word, why, [found.id, *found.others], row.number, found.id, {"name": word})

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

    def learn_numbers(self, batch: Sequence[Parsed]) -> None:
        """Have at hand whom of the file the numbers of contact persons mean."""
        if self.mapping.has(Contact, PERSON_NO):
            self.office.learn_numbers([n for parsed in batch if (n := parsed.of(Contact).get(PERSON_NO))])

    def person(self, customer: int | None, given: dict[str, Any], place: dict[str, Any], parsed: Parsed) -> Draft:
        """The contact person a row speaks of, drafted if new, and the place at the customer."""
        office, name = self.office, given.get("name", "")
        known, elsewhere = office.person(customer, given)
        number = given.pop(PERSON_NO, "")
        lost = [*parsed.lost.get(Contact, ()), *parsed.lost.get(Position, ())]
        if known:
            contact, position = office.draft(Contact, known.id), office.draft(Position, known.position)
        else:
            if elsewhere:
                office.load(Contact, [elsewhere], self.columns(Contact, "name", "phones"))
            contact = office.draft(Contact, elsewhere) if elsewhere else office.draft_new(Contact, {})
            position = None
            if customer is not None:
                position = office.draft_new(Position, {"contact": contact.id, "customer": customer})
        given = {
            key: value for key, value in given.items() if key != "name" or not known or name_key(value) != known.name
        }
        self.fill(contact, given, parsed, lost, customer)
        if position:
            if self.outcomes[contact] != CREATED:
                self.owners.setdefault(position, contact)
            status, fresh = parsed.row.status, not position.claimed
            self.fill(position, place, parsed)
            if position.new and fresh and self.outcomes[contact] != CREATED:
                parsed.row.status = UPDATE if status == SAME else status
        if not known:
            office.add_person(customer, contact, position)
            if customer is None:
                office.alone().setdefault(name, []).append(contact.id)
        if number:
            office.note_number(number, contact.id)
        return contact


@own_fields.until_changed
def _links(model: type[Record]) -> frozenset[str]:
    return frozenset(name for name, described in model.described().items() if isinstance(described, Link))


def _with_lost(draft: Draft, given: dict[str, Any], lost: Sequence[str]) -> dict[str, Any]:
    """The values of a row with the words that fit nowhere added to its remarks."""
    if not lost:
        return given
    name = KEPT_IN[draft.model]
    if name == "tags":
        return {**given, name: [*given.get(name, ()), *lost]}
    text = given.get(name) or draft.value(name) or ""
    lines = [line for line in lost if line not in text]
    return {**given, name: "\n".join([*([text] if text else []), *lines])}


def _with_names_kept(draft: Draft, given: dict[str, Any], links: frozenset[str]) -> dict[str, Any]:
    """The values of a row with remarks that keep the names nobody bore when the same row came before (`linking`)."""
    if links.isdisjoint(given):
        return given
    text, before = given.get("remarks"), draft.value("remarks")
    names = [str(given[name]) for name in links & given.keys()]
    if not (text and before and before.startswith(f"{text}\n")):
        return given
    added = before[len(text) + 1 :].split("\n")
    return {**given, "remarks": before} if all(line.endswith(tuple(names)) for line in added) else given


__all__ = [
    "CREATED",
    "NEW",
    "REFUSED",
    "SAME",
    "UNCHANGED",
    "UPDATE",
    "UPDATED",
    "Judge",
    "Pending",
    "RowPlan",
]
