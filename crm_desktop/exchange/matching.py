"""Who a row speaks of: customers by number, credit code or name, contact persons within their customer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from crm_desktop import values
from crm_desktop.exchange.deciding import Rules
from crm_desktop.exchange.deciding import key as key_of
from crm_desktop.exchange.drafts import MULTI, Difference, Draft
from crm_desktop.exchange.known_persons import Person, Persons, digits_of, plain_digits
from crm_desktop.models import people
from crm_desktop.models.base import Record
from crm_desktop.models.customer import Customer
from crm_desktop.models.office import User
from crm_desktop.store import file
from crm_desktop.store.ids import new_ids
from crm_desktop.store.record import chunks

LEAST_DIGITS: Final = 7
"""A number with fewer digits is no phone number somebody is found by."""


@dataclass
class Found:
    """The customer a row speaks of, if it is known; `others` could have been meant as well."""

    id: int | None
    how: str = ""
    others: list[int] = field(default_factory=list)


Known = dict[str, int | list[int]]
"""Records by what they are known by: nearly always one, which stands there itself."""


class Vanished(Exception):
    """A colleague deleted a record since the import read which ones there are."""


class Office(Persons):
    """What the open file knows and what the import has added so far; asked, never written."""

    def __init__(self, empty: bool = False, rules: Rules | None = None) -> None:
        """`empty`: nothing is known yet, and the file is not asked."""
        super().__init__()
        self.rules = rules or Rules()
        self.names: dict[int, str] = {}
        self.codes: dict[str, int] = {}
        self.credits: dict[str, int] = {}
        self.keys: Known = {}
        self.shorts: Known = {}
        self._cores: Known = {}
        self._coreless: list[int] = []
        """Customers of this import whose core nobody has asked for yet: most never are."""
        self.planned: set[int] = set()
        """Customers whose next contact a list of customers tells."""
        self.numbered: dict[int, str] = {}
        """Numbers that rows of this import gave to new customers."""
        self._users: dict[str, int] = {}
        self._ids: Iterator[int] = iter(())
        self._loaded: list[Draft] = []
        self._made: list[Draft] = []
        self._numbers: Known | None = None
        sql = "SELECT id, code, name, short_name, aliases, credit_code, core FROM customer"
        for i, code, name, short, aliases, credit, core in () if empty else file.ask(sql):
            self.old.add(i)
            self.learn(i, name, code, credit, [short, *json.loads(aliases)] if short or aliases != "[]" else (), core)

    def learn(
        self, customer: int, name: str, code: str = "", credit: str = "", shorts: Iterable[str] = (), core: str = ""
    ) -> None:
        """Remember how a customer is called."""
        key = values.name_key(name)
        self.names[customer] = name
        _note(self.keys, key, customer)
        if core:
            _note(self._cores, core, customer)
        else:
            self._coreless.append(customer)
        if code:
            folded = code.casefold()
            folded = code if folded == code else folded  # one object for both, as nearly all numbers stand
            self.codes[folded] = customer
            if customer not in self.old:
                self.numbered[customer] = folded
        if len(credit) == 18 and values.check_credit_code(credit) is None:
            self.credits.setdefault(credit, customer)
        for short in shorts:
            if short:
                _note(self.shorts, values.name_key(short), customer)

    def _like(self, name: str) -> list[int]:
        """The customers whose names have the same core."""
        for customer in self._coreless:
            _note(self._cores, values.name_core(self.names[customer]), customer)
        self._coreless.clear()
        return _known(self._cores, values.name_core(name))

    def same_customer(self, name: str, code: str, credit: str) -> Found:
        """The customer a row of a customers' list is about; a like name counts only if it can be no other one's."""
        if decided := self.decided(name):
            return decided
        if code and (known := self.codes.get(code.casefold())) is not None:
            return Found(known, "code")
        exact = _known(self.keys, values.name_key(name))
        if code:  # two rows with different numbers are two firms, whatever they are called
            exact = [i for i in exact if self.numbered.get(i, code.casefold()) == code.casefold()]
        if credit and (known := self.credits.get(credit)) is not None and (known in exact or not exact):
            return Found(known, "credit_code")
        if exact:
            return Found(exact[0], "name", exact[1:])
        like = [i for i in self._like(name) if i in self.old] if self.old else []
        fitting = self._alike(name, like)
        return Found(fitting[0], "core") if len(like) == len(fitting) == 1 else Found(None, "", like)

    def meant(self, word: str, code: str = "", narrow: Callable[[list[int]], list[int]] | None = None) -> Found:
        """The customer another list means by a full or short name, a former name, a number, the core of a name, or a
        phone.
        """
        if decided := self.decided(word):
            return decided
        if code and (known := self.codes.get(code.casefold())) is not None:
            return Found(known, "code")
        key = values.name_key(word)
        for how in ("name", "short", "core"):
            if how == "core":
                found = self._alike(word, self._like(word))
            else:
                found = _known(self.keys if how == "name" else self.shorts, key)
            if len(found) > 1 and narrow:
                found = narrow(found)
            if found:
                return Found(found[0], how, found[1:])
        known = self.codes.get(word.casefold())
        if known is None and len(plain_digits(word)) >= LEAST_DIGITS:
            found = self.with_number(plain_digits(word))
            return Found(found[0], "phone", found[1:]) if found else Found(None)
        return Found(known, "code") if known is not None else Found(None)

    def ask(
        self, word: str, why: str, candidates: Sequence[int], row: int, taken: int | None, given: dict[str, Any]
    ) -> None:
        """Note that somebody should decide who a name means; some of the candidates may be new themselves."""
        new = {i: self.names[i] for i in candidates if i not in self.old}
        self.rules.ask(word, why, candidates, row, taken, given, new)

    def decided(self, word: str) -> Found | None:
        """Who the user said is meant by a name."""
        decision = self.rules.decision(word)
        if decision is None:
            return None
        if decision.name:
            same = _known(self.keys, values.name_key(decision.name))
            return Found(same[0], "decided") if same else None
        if decision.customer is None:
            return Found(self.rules.made.get(key_of(word)), "decided")
        return Found(decision.customer, "decided") if decision.customer in self.old else None

    def with_number(self, digits: str) -> list[int]:
        """The customers of the file that are reached under a number, themselves or through a contact person."""
        if self._numbers is None:
            self._numbers = {}
            sql = (
                "SELECT id, phones FROM customer WHERE phones <> '[]' UNION ALL SELECT p.customer, c.phones"
                " FROM contact c JOIN position p ON p.contact = c.id WHERE c.phones <> '[]'"
            )
            for customer, phones in file.ask(sql):
                for number in digits_of(json.loads(phones)):
                    _note(self._numbers, number, customer)
        return _known(self._numbers, digits)

    def near(self, word: str, least: int) -> list[int]:
        """The customers whose names are written most like this one, the likeliest first; `least` of 100 is needed."""
        from rapidfuzz import fuzz, process  # lazily: only who misspells waits for it

        if len(word) < 2:
            return []
        self._like("")  # the cores of all names are known
        found = process.extract(
            values.name_core(word), self._cores.keys(), scorer=fuzz.ratio, score_cutoff=least, limit=3
        )
        return [customer for core, _score, _at in found for customer in _known(self._cores, core)][:3]

    def _alike(self, name: str, customers: Sequence[int]) -> list[int]:
        """Those of customers with the same core that are not of another place."""
        place = _place(name) if customers else ""
        return [i for i in customers if not place or not (other := _place(self.names[i])) or other == place]

    def who(self, name: str) -> int:
        """A colleague's id; one who is not known yet is drafted."""
        text = values.clean(name)
        key = values.plain(text).casefold()
        known = people.find(text) or self._users.get(key)
        if known is None:
            known = self._users[key] = self.draft_new(User, {"name": text}).id
        return known

    def draft_new(self, model: type[Record], changes: dict[str, Any]) -> Draft:
        """A record to be inserted."""
        fresh = next(self._ids, None)
        if fresh is None:
            self._ids = iter(new_ids(1000))
            fresh = next(self._ids)
        draft = Draft(model, fresh, True)
        draft.changes = changes
        self._made.append(draft)
        self.drafts[model.table()][draft.id] = draft
        return draft

    def load(self, model: type[Record], ids: Sequence[int], columns: Sequence[str]) -> None:
        """Have the stored values of these existing records at hand."""
        drafts = self.drafts[model.table()]
        missing = [i for i in dict.fromkeys(ids) if not ((known := drafts.get(i)) and (known.new or known.before))]
        names = ["id", *dict.fromkeys(c for c in columns if c != "id")]
        listed = ",".join(f'"{name}"' for name in names)
        for part in chunks(missing):
            for stored in file.ask(
                f'SELECT {listed} FROM "{model.table()}" WHERE id IN ({",".join("?" * len(part))})', part
            ):
                row = dict(zip(names, stored, strict=True))
                draft = drafts.setdefault(row["id"], Draft(model, row["id"], False))
                draft.before = row
                self._loaded.append(draft)

    def forget(self) -> None:
        """Let go of the stored values of records that do not change, and put those of new ones away."""
        for draft in self._made:
            if draft.claimed:
                draft.pack()
        self._made.clear()
        for draft in self._loaded:
            if not draft.changes:
                draft.before = None
        self._loaded.clear()

    def release(self) -> None:
        """Forget how everybody is called: all rows are judged, and what is left to do needs the drafts alone."""
        tables: list[dict[Any, Any]] = [self.names, self.codes, self.credits, self.keys, self.shorts, self._cores]
        tables += [self.numbered, self._persons, self._numbers or {}, self._everybody or {}, self._loners or {}]
        for known in tables:
            while known:  # one by one: a hundred thousand at once would stop the window for a tenth of a second
                known.popitem()
            known.clear()  # an empty one still has the room of what was in it
        self._coreless, self._numbers, self._everybody, self._loners = [], None, None, None

    def draft(self, model: type[Record], record: int) -> Draft:
        """The draft of a record, its stored values at hand."""
        drafts = self.drafts[model.table()]
        known = drafts.get(record)
        if known is None or not (known.new or known.before):
            self.load(model, [record], model.columns())
        if (found := drafts.get(record)) is None:
            raise Vanished(model.table(), record)
        return found

    def facts(self, customer: int) -> tuple[Any, Any]:
        """Owner and first day of a customer, to tell firms with the same short name apart."""
        draft = self.drafts[Customer.table()].get(customer)
        if draft and draft.new:
            return draft.value("owner"), draft.value("since")
        row = file.rows(Customer.table(), [customer]).get(customer, {})
        return row.get("owner"), row.get("since")


def _note(table: Known, key: str, record: int) -> None:
    if not key:
        return
    found = table.get(key)
    if found is None:
        table[key] = record
    elif isinstance(found, int):
        if found != record:
            table[key] = [found, record]
    elif record not in found:
        found.append(record)


def _known(table: Known, key: str) -> list[int]:
    """All records of a key, the first first."""
    found = table.get(key)
    return [] if found is None else [found] if isinstance(found, int) else found


def _place(name: str) -> str:
    """What stands before the core of a name: the place."""
    key, core = values.name_key(name), values.name_core(name)
    return key[: key.find(core)] if core in key else ""


__all__ = ["MULTI", "Difference", "Draft", "Found", "Office", "Person"]
