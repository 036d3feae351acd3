"""What went wrong in the invented office: complaints with the course of their handling."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from crm_desktop.demo import courses, invention
from crm_desktop.demo.calendar import Calendar
from crm_desktop.demo.customers import Firm
from crm_desktop.demo.invention import Bag
from crm_desktop.demo.talks import choose, words_of

Values = dict[str, Any]

_SEVERITIES = Bag(("normal", "major", "urgent"), (80, 16, 4))
_OPEN_STATES = Bag(
    ("new", "accepted", "investigating", "approval", "handling", "solved", "hold", "reopened", "escalated"),
    (5, 4, 3, 2, 7, 3, 1, 1, 1),
)
_SHOWN = (
    "new",
    "accepted",
    "investigating",
    "approval",
    "handling",
    "hold",
    "reopened",
    "escalated",
    "solved",
    "withdrawn",
)
_ENOUGH = 30
"""From so many complaints on, each of these states is among them."""
_CHANNELS = ("phone", "phone", "wechat", "visit", "online", "email")


class Troubles:
    """Makes the complaints of the firms."""

    def __init__(self, rng: random.Random, calendar: Calendar, firms: Sequence[Firm], authors: Bag[int]) -> None:
        self.rng, self.calendar, self.firms, self.authors = rng, calendar, firms, authors
        kinds = invention.table("complaints")
        self._kinds = Bag(kinds, [float(kind["weight"]) for kind in kinds])
        self._lately = calendar.days[calendar.today - 30]

    def complaints(self, count: int) -> list[Values]:
        """So many complaints, the oldest first; each knows its firm (index) and its steps under "firm" and "steps"."""
        shown = _SHOWN if count >= _ENOUGH else ()  # in every state there is one to look at
        chosen = choose(self.rng, self.firms, self.calendar, count)
        made = [self._complaint(firm, shown[n] if n < len(shown) else "") for n, firm in enumerate(chosen)]
        made.sort(key=lambda values: str(values["received_at"]))
        return made

    def _complaint(self, number: int, state: str) -> Values:
        rng, calendar, firm = self.rng, self.calendar, self.firms[number]
        kind = self._kinds.draw(rng)
        human = rng.choice(firm.people) if rng.random() < 0.85 else None
        words = words_of(rng, firm, human, "phone")
        at = calendar.past(rng, self._lately if rng.random() < 0.2 and firm.created < self._lately else firm.created)
        if state:
            since = max(firm.created, calendar.days[calendar.today - (3 if state == "new" else 9)])
            at = calendar.past(rng, since)
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
            "order_no": f"DD{at[2:4]}{at[5:7]}{rng.randrange(1, 1000):03}" if rng.random() < 0.6 else "",
            "created_at": at,
            "created_by": by,
            "solved_at": None,
        }
        if rng.random() < 0.04:
            day = calendar.after(rng, at, 10)[:10]
            values |= {"addressee": "12315", "external_no": f"1231520{at[2:4]}{rng.randrange(10**6):06}"}
            values["agreed_by"] = f"{day}T17:00:00"
        elif rng.random() < 0.05:
            values |= {"nature": "implicit", "found_by_us": True}
        if state in ("solved", "withdrawn"):
            values |= {"state": state, "closed_at": None}
            self._solve(values, kind, words, calendar.moment(rng, max(calendar.index(at), calendar.today - 1)))
            values |= (
                {"follow_up_on": calendar.after(rng, values["solved_at"], 2)[:10]}
                if state == "solved"
                else {
                    "closed_at": values["solved_at"],
                    "solved_at": None,
                }
            )
        elif state:
            values["state"] = state
        else:
            self._handle(values, kind, words)
        known = {
            "cause": kind["cause"],
            "analysis": kind["analysis"].format_map(words),
            "solution": kind["solution"].format_map(words),
            "solution_types": kind["solution_types"].split(),
            "founded": "yes",
        }
        values["steps"] = courses.walk(rng, calendar, values, known)
        return values

    def _handle(self, values: Values, kind: dict[str, str], words: dict[str, object]) -> None:
        """How far the complaint has come: the old ones are closed as a rule."""
        rng, calendar, at = self.rng, self.calendar, str(values["received_at"])
        took = max(1, round(rng.lognormvariate(0.75, 0.6)))
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
        self._solve(values, kind, words, solved)
        closed = calendar.after(rng, solved, rng.randrange(2, 9))
        if calendar.index(closed) > yesterday or rng.random() < 0.02:
            values["follow_up_on"] = closed[:10]
            return
        lot = rng.random()
        values |= {
            "state": "not_founded" if lot < 0.03 else "withdrawn" if lot < 0.05 else "closed",
            "closed_at": closed,
            "follow_up": kind["follow_up"],
            "satisfaction": rng.choice(("5", "5", "5", "4", "4", "4", "4", "3", "3")),
        }
        if values["state"] == "not_founded":
            values |= {"founded": "no", "cause": "", "compensation": None, "compensation_kind": ""}

    def _solve(self, values: Values, kind: dict[str, str], words: dict[str, object], solved: str) -> None:
        """What is written down when a complaint is solved."""
        rng = self.rng
        values |= {
            "solved_at": solved,
            "state": values.get("state") or "solved",
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
