"""Makes the file of the invented office, in one change, through the one way to write."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from crm_desktop.demo import service, staff, surveys
from crm_desktop.demo.calendar import Calendar
from crm_desktop.demo.customers import Firm, Society
from crm_desktop.demo.invention import Bag, words
from crm_desktop.demo.talks import Conversations
from crm_desktop.demo.troubles import Troubles
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_, _
from crm_desktop.models import Complaint, ComplaintStep, Contact, Customer, Interaction, Position, Record, User, office
from crm_desktop.models.base import next_code
from crm_desktop.store import file
from crm_desktop.store.address import Place, place
from crm_desktop.store.change import Change, change
from crm_desktop.store.ids import Source

OFFICE = "华东商贸有限公司"
MOST_CUSTOMERS = 200_000
_PART = 5000

Progress = Callable[[int, int, str], object]
Values = dict[str, Any]


def make(
    path: Place | str,
    customers: int = 300,
    interactions: int | None = None,
    complaints: int | None = None,
    requests: int | None = None,
    seed: int = 1,
    today: date | None = None,
    progress: Progress | None = None,
) -> dict[str, int]:
    """Make a new customer file with an invented office and leave it open; how many records of each kind it has.

    The records are the same for the same numbers, seed and day. Without a number there are 8 contacts (at most 500,000
    altogether), 0.15 complaints and 0.4 service requests (at most 20,000) a customer; without customers the office is
    empty. `progress` gets (done, total, what). Raises UserError when the file exists already or the numbers make no
    sense.
    """
    if not 0 <= customers <= MOST_CUSTOMERS or min(interactions or 0, complaints or 0, requests or 0) < 0:
        raise UserError(_("An invented office has between 0 and {most} customers.").format(most=f"{MOST_CUSTOMERS:,}"))
    path = place(path) if isinstance(path, str) else path
    file.create(path)
    try:
        office.found_office(OFFICE if customers else "")
        if not customers:
            return dict.fromkeys(("customers", "contacts", "interactions", "complaints"), 0)
        talks = min(customers * 8, 500_000) if interactions is None else interactions
        wrongs = round(customers * 0.15) if complaints is None else complaints
        asked = min(round(customers * service.SHARE), service.MOST) if requests is None else requests
        with change(None, N_("Invented office")) as c:
            return _Office(c, seed, today or date.today(), progress).fill(customers, talks, wrongs, asked)
    except BaseException:
        file.close()
        if isinstance(path, Path):
            path.unlink(missing_ok=True)
            path.with_name(path.name + "-journal").unlink(missing_ok=True)
        raise


class _Office:
    """Fills a new file."""

    def __init__(self, writing: Change, seed: int, today: date, progress: Progress | None) -> None:
        self.writing = writing
        self.seed = f"{seed} {today}"
        self.rng = random.Random(self.seed)
        self.calendar = Calendar(today)
        self.day = today
        self.progress = progress or (lambda done, total, what: None)
        self.done = self.total = 0

    def fill(self, customers: int, interactions: int, complaints: int, requests: int) -> dict[str, int]:
        """Write colleagues, customers with their people, complaints, contacts and service requests."""
        self.total = customers + interactions + complaints + requests
        owners, authors = self._colleagues(customers)
        society = Society(self.rng, self.calendar, owners)
        firms = society.firms(customers)
        for firm, fresh in zip(firms, self._ids((f.created for f in firms), 0), strict=True):
            firm.id = fresh
        self._write(Customer, (society.customer(firm) for firm in firms), "C", "created_at")
        contacts = self._people(society, firms)
        talking = Conversations(self.rng, self.calendar, firms, authors)
        wrongs = Troubles(self.rng, self.calendar, firms, authors).complaints(complaints)
        for values, fresh in zip(wrongs, self._ids((v["received_at"] for v in wrongs), 300), strict=True):
            values["id"] = fresh
        rows = ({k: v for k, v in values.items() if k not in ("firm", "steps")} for values in wrongs)
        steps = sorted(({**s, "complaint": v["id"]} for v in wrongs for s in v["steps"]), key=lambda s: str(s["at"]))
        for values, fresh in zip(steps, self._ids((s["at"] for s in steps), 400), strict=True):
            values["id"] = fresh
        self._write(Complaint, rows, "TS", "received_at")
        for start in range(0, len(steps), _PART):
            self.writing.insert_many(ComplaintStep, steps[start : start + _PART])
        told = talking.plan(interactions, wrongs)
        ids = self._ids((t.at for t in told), 600)
        rows = ({"id": fresh, **v} for fresh, v in zip(ids, talking.rows(told, wrongs), strict=True))
        self._write(Interaction, rows, "R", "at")
        ids_of = self._source(650)
        service.fill(self.writing, self.seed, self.calendar, ids_of, firms, authors, requests, self._write)
        surveys.fill(self.writing, self.seed, self.calendar, self._source(700))
        staff.fill(self.writing, self.seed, self.day, self._source(800))
        self.progress(self.total, self.total, _("Making the search index …"))
        return {"customers": customers, "contacts": contacts, "interactions": len(told), "complaints": complaints}

    def _colleagues(self, customers: int) -> tuple[Bag[int], Bag[int]]:
        """The people of the office, the last of whom has left: who owns customers, and who speaks with them."""
        count = 8 if customers <= 1000 else 16 if customers <= 20_000 else 30
        start = f"{int(self.calendar.days[0][:4]) - 10}-03-01T09:00:00"
        departments = ("销售部", "销售部", "销售部", "客服部")
        rows: list[Values] = [
            {
                "id": fresh,
                "name": name,
                "active": number < count - 1,
                "department": departments[number % 4],
                "created_at": start,
            }
            for number, (name, fresh) in enumerate(
                zip(words("colleague").things, self._ids([start] * count, 0), strict=False)
            )
        ]
        ids = self.writing.insert_many(User, rows)
        weights = [1 / (2 + number) for number in range(count)]
        return Bag(ids[:-1], weights[:-1]), Bag(ids, weights)

    def _people(self, society: Society, firms: Sequence[Firm]) -> int:
        contacts: list[Values] = []
        positions: list[Values] = []
        count = 0
        person_ids, place_ids = self._source(100), self._source(200)
        for number, firm in enumerate(firms, 1):
            mine, theirs = society.people(firm, person_ids(firm.created, 3), place_ids(firm.created, 3))
            contacts += mine
            positions += theirs
            if len(contacts) >= _PART or number == len(firms):
                self.writing.insert_many(Contact, contacts)
                self.writing.insert_many(Position, positions)
                count += len(contacts)
                contacts, positions = [], []
        return count

    def _write(self, model: type[Record], rows: Iterable[Values], letter: str, day: str) -> None:
        """Insert rows in the order they come, numbered by the year of `day`, part by part."""
        waiting = iter(rows)
        while part := list(islice(waiting, _PART)):
            for year, these in groupby(part, key=lambda values: str(values[day])[:4]):
                numbered = list(these)
                table = model.table()
                codes = next_code(f"{table}-{year}", f"{letter}-{year}-{{:04d}}", table, len(numbered))
                for values, code in zip(numbered, codes, strict=True):
                    values["code"] = code
            self.writing.insert_many(model, part)
            self.done += len(part)
            self.progress(self.done, self.total, _(model.title))

    def _source(self, later_ms: int) -> Callable[[str, int], Sequence[int]]:
        """Ids of a moment (office time), `later_ms` milliseconds after it so that tables do not share theirs."""
        at = 0.0
        source = Source(lambda: at, self.rng)
        first = datetime(2020, 1, 1, 9)

        def ids(moment: str, count: int) -> Sequence[int]:
            nonlocal at
            at = max(datetime.fromisoformat(moment), first).timestamp() + later_ms / 1000
            return source.next(count)

        return ids

    def _ids(self, moments: Iterable[str], later_ms: int) -> Iterator[int]:
        source = self._source(later_ms)
        return (source(moment, 1)[0] for moment in moments)
