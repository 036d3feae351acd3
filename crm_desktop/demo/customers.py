"""The customers of the invented office and their contact persons, as rows to insert."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from crm_desktop.demo import invention
from crm_desktop.demo.calendar import Calendar
from crm_desktop.demo.invention import Bag, District, PersonName, Trade, words

Values = dict[str, Any]

TIERS = Bag(("diamond", "gold", "silver", "regular", ""), (3, 10, 25, 57, 5))
ACTIVITY = {"diamond": 6.0, "gold": 3.5, "silver": 2.0, "regular": 1.0, "": 0.6}
"""How often people of each tier are spoken to, compared with regular customers."""
_OLD_STAGES = Bag(("steady", "won", "proposal", "needs", "sleeping", "lost", "blacklist"), (38, 30, 6, 5, 12, 8, 1))
_NEW_STAGES = Bag(
    ("prospect", "identified", "first_contact", "needs", "proposal", "won", "steady", "lost"),
    (12, 8, 14, 14, 14, 26, 8, 4),
)
_GOOD_STAGES = Bag(("steady", "won"), (3, 1))
_SIZES = Bag(("large", "medium", "small", "micro", ""), (3, 17, 45, 25, 10))
_TITLES = {"boss": "总", "manager": "经理", "engineer": "工", "mr": "先生", "ms": "女士"}
_CHANNELS = Bag(("phone", "wechat", "visit", "email", "wecom", ""), (34, 36, 10, 4, 4, 12))


@dataclass(slots=True)
class Firm:
    """An invented customer while the office is being made: what contacts and complaints need to know of it."""

    since: str
    created: str
    district: District
    trade: Trade
    tier: str
    stage: str
    owner: int
    new: bool
    id: int = 0
    name: str = ""
    people: list[Human] = field(default_factory=list)


class Human(NamedTuple):
    """An invented contact person of some firm."""

    id: int
    name: PersonName
    call: str
    """How we address them: 陈总, 王经理."""


class Society:
    """Makes firms and their people, one after the other in the order they became customers."""

    def __init__(self, rng: random.Random, calendar: Calendar, owners: Bag[int]) -> None:
        self.rng, self.calendar, self.owners = rng, calendar, owners
        self._names = invention.Names(rng)
        self._numbers = 0
        self._planned = 0.3
        self._last: tuple[Firm, Human] | None = None

    def firms(self, count: int) -> list[Firm]:
        """So many firms; a little less than half of them new in the last two years."""
        firms = [self._firm() for _ in range(count)]
        self._planned = min(0.3, 90 * len(self.owners.things) / max(1, count))  # nobody plans for hundreds
        firms.sort(key=lambda firm: firm.created)
        return firms

    def _firm(self) -> Firm:
        rng, calendar = self.rng, self.calendar
        new = rng.random() < 0.45
        if new:
            created = calendar.past(rng, calendar.days[0])
        else:
            year = int(calendar.days[0][:4]) - 1 - int(8 * rng.random() ** 2)
            day, hour, minute = rng.randrange(1, 29), rng.randrange(9, 17), rng.randrange(60)
            created = f"{year}-{rng.randrange(1, 13):02}-{day:02}T{hour:02}:{minute:02}:00"
        tier = TIERS.draw(rng)
        stages = _GOOD_STAGES if tier in ("diamond", "gold") else _NEW_STAGES if new else _OLD_STAGES
        district, trade = invention.districts().draw(rng), invention.trades().draw(rng)
        return Firm(created[:10], created, district, trade, tier, stages.draw(rng), self.owners.draw(rng), new)

    def customer(self, firm: Firm) -> Values:
        """The firm as a customer's row."""
        rng = self.rng
        firm.name, short = self._names.company(firm.district, firm.trade)
        sole = firm.name.endswith(("商行", "经营部"))
        values: Values = {
            "id": firm.id,
            "name": firm.name,
            "short_name": short if rng.random() < 0.6 else "",
            "kind": "sole_trader" if sole else "company",
            "relation": ["customer"],
            "tier": firm.tier,
            "stage": firm.stage,
            "industry": firm.trade.industry if rng.random() < 0.96 else "",
            "size": "individual" if sole else _SIZES.draw(rng),
            "source": words("source").draw(rng),
            "owner": firm.owner,
            "region": firm.district.region,
            "phones": [{"number": invention.landline(rng, firm.district), "type": "phone"}],
            "since": firm.since if rng.random() < 0.9 else None,
            "tags": [tag for tag in words("tag").draw(rng).split("/") if tag],
            "channel": _CHANNELS.draw(rng),
            "remarks": words("remark").draw(rng),
            "starred": rng.random() < 0.03,
            "archived": rng.random() < 0.02,
            "created_at": firm.created,
            "created_by": firm.owner,
        }
        if rng.random() < 0.85:
            values["addresses"] = [{"street": invention.address(rng, firm.district), "type": "office"}]
        if rng.random() < 0.7:
            values["credit_code"] = invention.credit_code(rng, firm.district, sole)
            values["legal_rep"] = invention.person(rng).full
        if firm.tier in ACTIVITY and firm.stage in ("won", "steady"):
            values["annual_sales"] = int(ACTIVITY[firm.tier] ** 2 * rng.uniform(0.3, 3) * 20_000) * 100
            values["payment_terms"] = rng.choice(("monthly", "monthly", "cash", "prepaid", "credit"))
        if firm.stage not in ("lost", "blacklist") and rng.random() < self._planned:
            ahead = rng.choice((-6, -4, -3, -2, -1, 0, 0, 1, 1, 2, 3, 4, 5, 7, 9, 12, 16, 22))
            day = self.calendar.days[self.calendar.today + ahead] if ahead else self.calendar.date
            hour = rng.choice(("09:00", "10:00", "14:00", "15:30"))
            values["next_contact_at"] = f"{day}T{hour}:00"
            values["next_contact_what"] = words("next").draw(rng)
        if rng.random() < 0.03:
            values["contact_every"] = rng.choice((7, 10, 21, 45, 90))
        return values

    def people(self, firm: Firm, ids: Sequence[int], position_ids: Sequence[int]) -> tuple[list[Values], list[Values]]:
        """The contact persons of a firm and their positions; now and then somebody who serves another firm too."""
        rng = self.rng
        contacts: list[Values] = []
        positions: list[Values] = []
        count = rng.choices((1, 2, 3), (50, 33, 17))[0]
        stamp = {"created_at": firm.created, "created_by": firm.owner}
        if self._last and rng.random() < 0.04:
            firm.people.append(self._last[1])
            positions.append(
                {"contact": self._last[1].id, "customer": firm.id, "job": "总经理", "primary": True, **stamp}
            )
            count -= 1
        for number in range(count):
            job, department, salutation, role, level = words("job").draw(rng).split("/")
            name = invention.person(rng)
            salutation = salutation or ("mr" if name.gender == "male" else "ms")
            human = Human(ids[number], name, name.surname + _TITLES[salutation])
            firm.people.append(human)
            contacts.append({"id": human.id, **self._contact(name, salutation), "role": role, "level": level, **stamp})
            positions.append(
                {
                    "contact": human.id,
                    "customer": firm.id,
                    "job": job,
                    "department": department,
                    "primary": not positions,
                    "left": number == 2 and rng.random() < 0.2,
                    **stamp,
                }
            )
        if contacts and firm.people[-1].id == ids[0]:
            self._last = firm, firm.people[-1]
        for position, fresh in zip(positions, position_ids, strict=False):
            position["id"] = fresh
        return contacts, positions

    def _contact(self, name: PersonName, salutation: str) -> Values:
        rng = self.rng
        self._numbers += 1
        number = invention.mobile(self._numbers)
        values: Values = {
            "name": name.full,
            "salutation": salutation,
            "gender": name.gender,
            "phones": [{"number": number, "type": "mobile"}] if rng.random() < 0.94 else [],
            "wechat": f"wx_demo{self._numbers:06}" if rng.random() < 0.55 else "",
            "email": f"demo{self._numbers}@example.com" if rng.random() < 0.3 else "",
            "qq": str(100_000_000 + self._numbers * 7) if rng.random() < 0.1 else "",
            "hobbies": words("hobby").draw(rng),
        }
        if rng.random() < 0.42:
            lunar = rng.random() < 0.28
            year = "-" if rng.random() < 0.35 else str(rng.randrange(1958, 2001))
            day = rng.randrange(1, 30 if lunar else 29)
            values["birthday"] = f"{'lunar:' if lunar else ''}{year}-{rng.randrange(1, 13):02}-{day:02}"
        return values
