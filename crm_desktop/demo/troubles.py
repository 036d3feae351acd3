"""What went wrong in the invented office: complaints with the course of their handling."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from crm_desktop.demo import invention
from crm_desktop.demo.calendar import Calendar
from crm_desktop.demo.customers import Firm
from crm_desktop.demo.invention import Bag
from crm_desktop.demo.talks import choose, words_of

Values = dict[str, Any]

_SOLVE_WITHIN = {"diamond": 2, "gold": 3, "silver": 5, "regular": 7, "": 7}
"""Working days to solve a complaint by tier (product.md 4.10)."""
_SEVERITIES = Bag(("normal", "major", "urgent"), (80, 16, 4))
_OPEN_STATES = Bag(
    ("new", "accepted", "investigating", "handling", "solved", "hold", "reopened"), (5, 4, 3, 7, 3, 1, 1)
)
_CHANNELS = ("phone", "phone", "wechat", "visit", "online", "email")


class Troubles:
    """Makes the complaints of the firms."""

    def __init__(self, rng: random.Random, calendar: Calendar, firms: Sequence[Firm], authors: Bag[int]) -> None:
        self.rng, self.calendar, self.firms, self.authors = rng, calendar, firms, authors
        kinds = invention.table("complaints")
        self._kinds = Bag(kinds, [float(kind["weight"]) for kind in kinds])
        self._lately = calendar.days[calendar.today - 30]

    def complaints(self, count: int) -> list[Values]:
        """So many complaints, the oldest first; each knows its firm under the key "firm" (index)."""
        made = [self._complaint(firm) for firm in choose(self.rng, self.firms, self.calendar, count)]
        made.sort(key=lambda values: str(values["received_at"]))
        return made

    def _complaint(self, number: int) -> Values:
        rng, calendar, firm = self.rng, self.calendar, self.firms[number]
        kind = self._kinds.draw(rng)
        human = rng.choice(firm.people) if rng.random() < 0.85 else None
        words = words_of(rng, firm, human, "phone")
        at = calendar.past(rng, self._lately if rng.random() < 0.2 and firm.created < self._lately else firm.created)
        by = self.authors.draw(rng)
        severity = _SEVERITIES.draw(rng) if kind["severity"] == "normal" else kind["severity"]
        values: Values = {
            "firm": number,
            "customer": firm.id,
            "contact": human.id if human else None,
            "received_at": at,
            "complainant": human.name.full if human else "",
            "complainant_is": "self",
            "registered_by": by,
            "channel": rng.choice(_CHANNELS),
            "form": rng.choice(("oral", "oral", "written")),
            "category": kind["category"],
            "severity": severity,
            "description": kind["description"].format_map(words),
            "demand": kind["demand"] or "",
            "product": words["product"],
            "owner": firm.owner if rng.random() < 0.6 else by,
            "department": kind["department"],
            "solve_by": calendar.after(rng, at, _SOLVE_WITHIN[firm.tier])[:10] + "T17:30:00",
            "order_no": f"DD{at[2:4]}{at[5:7]}{rng.randrange(1, 1000):03}" if rng.random() < 0.6 else "",
            "created_at": at,
            "created_by": by,
            "solved_at": None,
        }
        self._handle(values, kind, words)
        return values

    def _handle(self, values: Values, kind: dict[str, str], words: dict[str, object]) -> None:
        """How far the complaint has come: the old ones are closed as a rule."""
        rng, calendar, at = self.rng, self.calendar, str(values["received_at"])
        took = max(1, round(rng.lognormvariate(1.2, 0.7)))
        solved = calendar.after(rng, at, took)
        yesterday = calendar.today - 1
        age = yesterday - calendar.index(at)
        if calendar.index(solved) > yesterday or rng.random() < (0.01 if age > 60 else 0.35):
            values["state"] = _OPEN_STATES.draw(rng) if age > 1 else "new"
            if values["state"] != "solved" or calendar.index(solved) > yesterday:
                values["state"] = "handling" if values["state"] == "solved" else values["state"]
                if age > 2 and rng.random() < 0.4:
                    values["promised_at"] = (
                        calendar.after(rng, calendar.days[yesterday], rng.randrange(1, 8))[:10] + "T17:00:00"
                    )
                return
        values |= {
            "solved_at": solved,
            "state": "solved",
            "cause": kind["cause"],
            "founded": "yes",
            "analysis": kind["analysis"].format_map(words),
            "solution": kind["solution"].format_map(words),
            "solution_types": kind["solution_types"].split(),
            "told_at": solved,
            "told_how": "phone",
            "agrees": rng.choice(("yes", "yes", "yes", "partly", "no")),
        }
        if "refund" in kind["solution_types"] or "compensation" in kind["solution_types"]:
            values |= {
                "compensation_kind": "refund",
                "compensation": rng.choice((200, 350, 500, 800, 1200, 2600)) * 100,
            }
        closed = calendar.after(rng, solved, rng.randrange(2, 9))
        if calendar.index(closed) > yesterday or rng.random() < 0.02:
            values["follow_up_on"] = closed[:10]
            return
        lot = rng.random()
        values |= {
            "state": "not_founded" if lot < 0.03 else "withdrawn" if lot < 0.05 else "closed",
            "closed_at": closed,
            "follow_up": kind["follow_up"],
            "satisfaction": rng.choice(("5", "5", "4", "4", "4", "3", "3", "2", "1")),
        }
        if values["state"] == "not_founded":
            values |= {"founded": "no", "cause": "", "compensation": None, "compensation_kind": ""}
