"""Invented service requests with the course of their handling, reusable solutions and checklists."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from crm_desktop.demo import invention
from crm_desktop.demo.calendar import Calendar
from crm_desktop.demo.customers import Firm
from crm_desktop.demo.invention import Bag
from crm_desktop.demo.talks import choose, words_of
from crm_desktop.i18n import text_in
from crm_desktop.models import ServiceNote, ServiceRequest, ServiceStep
from crm_desktop.models.base import Record
from crm_desktop.service import checklist
from crm_desktop.store.change import Change

Values = dict[str, Any]
Ids = Callable[[str, int], Sequence[int]]
Write = Callable[[type[Record], Iterable[Values], str, str], None]

SHARE: Final = 0.4
"""Requests a customer, where nobody says how many."""
MOST: Final = 20_000
_PART: Final = 5000
_SHOWN: Final = ("new", "new", "assigned", "working", "working", "waiting", "solved", "reopened", "cancelled")
_ENOUGH: Final = 20
"""From so many requests on, each of these states is among them."""
_OPEN: Final = Bag(("new", "assigned", "working", "waiting", "solved", "reopened"), (4, 5, 7, 3, 4, 1))
_ENDED: Final = Bag(("closed", "cancelled"), (96, 4))
_VERDICTS: Final = Bag(("5", "4", "3", "2", "1", ""), (38, 40, 9, 4, 1, 8))
_SAID: Final = {
    "5": ("来得很快，讲解清楚", "师傅很专业，谢谢", ""),
    "4": ("问题解决了", "还可以", ""),
    "3": ("能用了，就是等得久了点", "一般"),
    "2": ("等了三天才来人", "修好又坏了一次"),
    "1": ("反复三次才修好，影响生产",),
}
_PATHS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "new": (),
    "assigned": (("assign", "assigned"),),
    "working": (("assign", "assigned"), ("begin", "working")),
    "waiting": (("assign", "assigned"), ("begin", "working"), ("wait", "waiting")),
    "solved": (("assign", "assigned"), ("begin", "working"), ("solve", "solved")),
    "closed": (("assign", "assigned"), ("begin", "working"), ("solve", "solved"), ("close", "closed")),
    "reopened": (("assign", "assigned"), ("begin", "working"), ("solve", "solved"), ("reopen", "reopened")),
    "cancelled": (("cancel", "cancelled"),),
}
_AGAIN: Final = (("reopen", "reopened"), ("begin", "working"), ("solve", "solved"), ("close", "closed"))
_WHY: Final = {
    "wait": "等客户停机，约好时间再上门",
    "reopen": "客户来电说问题又出现了",
    "cancel": "客户自己解决了",
}
_MACHINES: Final = ("自动包装机", "封口机", "输送线", "空压机", "条码打印机", "减速电机", "数控切割机", "电动叉车")
_CHANNELS: Final = ("phone", "phone", "phone", "wechat", "wechat", "online", "email")


def fill(
    c: Change,
    seed: str,
    calendar: Calendar,
    ids: Ids,
    firms: Sequence[Firm],
    authors: Bag[int],
    count: int,
    write: Write,
) -> int:
    """Write so many requests; how many. `ids` gives ids of a moment, `write` writes numbered records in their order."""
    rng = random.Random(f"service {seed}")
    for kind, lines in checklist.READY_MADE.items():
        checklist.save(c, kind, [text_in("zh_CN", line) for line in lines])
    making = _Services(rng, calendar, firms, authors)
    notes = making.notes(ids) if count else []
    c.insert_many(ServiceNote, notes)
    made = making.requests(count)
    for values in made:
        values["id"] = ids(values["received_at"], 1)[0]
    steps = sorted(({**s, "request": v["id"]} for v in made for s in v.pop("steps")), key=lambda s: str(s["at"]))
    for step in steps:
        step["id"] = ids(step["at"], 1)[0]
    write(ServiceRequest, made, "FW", "received_at")
    for start in range(0, len(steps), _PART):
        c.insert_many(ServiceStep, steps[start : start + _PART])
    return len(made)


class _Services:
    """Makes the requests of the firms."""

    def __init__(self, rng: random.Random, calendar: Calendar, firms: Sequence[Firm], authors: Bag[int]) -> None:
        self.rng, self.calendar, self.firms, self.authors = rng, calendar, firms, authors
        self._kinds = invention.table("requests")
        self._bag = Bag(self._kinds, [float(kind["weight"]) for kind in self._kinds])
        self._notes: dict[str, int] = {}

    def notes(self, ids: Ids) -> list[Values]:
        """The reusable solutions the office has gathered."""
        found = []
        at = f"{self.calendar.days[max(0, self.calendar.today - 200)]}T16:30:00"
        for kind in self._kinds:
            if not kind["note"]:
                continue
            self._notes[kind["note"]] = ids(at, 1)[0]
            text = kind["solution"].format_map(_Same())
            found.append({"id": self._notes[kind["note"]], "name": kind["note"], "type": kind["type"], "text": text,
                          "words": kind["subject"].format_map(_Same()), "created_at": at})  # fmt: skip
        return found

    def requests(self, count: int) -> list[Values]:
        """So many requests, the oldest first, each with its steps under "steps"."""
        shown = _SHOWN if count >= _ENOUGH else ()
        chosen = choose(self.rng, self.firms, self.calendar, count) if count else []
        made = [self._request(self.firms[n], shown[i] if i < len(shown) else "") for i, n in enumerate(chosen)]
        return sorted(made, key=lambda values: str(values["received_at"]))

    def _request(self, firm: Firm, state: str) -> Values:
        rng, calendar = self.rng, self.calendar
        kind = self._bag.draw(rng)
        human = rng.choice(firm.people) if rng.random() < 0.8 else None
        words = words_of(rng, firm, human, "phone")
        if kind["type"].startswith(("after_sales", "technical", "training")):
            words["product"] = rng.choice(_MACHINES)
        lately = rng.random() < 0.1 or bool(state)
        start = calendar.days[max(0, calendar.today - 9)] if lately and firm.created < calendar.date else firm.created
        at = calendar.past(rng, max(start, firm.created))
        age = calendar.today - calendar.index(at)
        if not state:
            state = (
                _OPEN if rng.random() < (0.8 if age < 3 else 0.3 if age < 10 else 0.02 if age < 40 else 0) else _ENDED
            ).draw(rng)
        by = self.authors.draw(rng)
        values: Values = {
            "customer": firm.id, "contact": human.id if human else None, "caller": human.name.full if human else "",
            "received_at": at, "registered_by": by, "channel": rng.choice(_CHANNELS), "type": kind["type"],
            "priority": "urgent" if rng.random() < 0.03 else kind["priority"],
            "subject": kind["subject"].format_map(words), "description": kind["description"].format_map(words),
            "product": words["product"], "state": state, "created_at": at, "created_by": by,
            "owner": None if state == "new" else firm.owner if rng.random() < 0.7 else by,
        }  # fmt: skip
        if kind["type"].startswith("after_sales"):
            values["serial_no"] = f"SN{at[2:4]}{rng.randrange(10**6):06}"
        values["steps"] = self._course(values, kind, words)
        return values

    def _course(self, values: Values, kind: dict[str, str], words: dict[str, object]) -> list[Values]:
        """The steps up to the state, and what they bring with them."""
        rng, state = self.rng, str(values["state"])
        path = list(_PATHS[state])
        if state == "closed" and rng.random() < 0.06:
            path[-1:] = _AGAIN
            values["reopened"] = 1
        moments = self._moments(str(values["received_at"]), len(path), kind)
        steps, before = list[Values](), "new"
        for (move, after), at in zip(path, moments, strict=True):
            steps.append({"at": at, "by": values["owner"] or values["registered_by"], "move": move, "before": before,
                          "after": after, "why": _WHY.get(move, ""), "created_at": at})  # fmt: skip
            before = after
        at_of = {step["move"]: step["at"] for step in steps}
        if "wait" in at_of:
            steps[-1]["until"] = self.calendar.days[min(self.calendar.today + 2, len(self.calendar.days) - 1)]
        if "assign" in at_of:
            values["acknowledged_at"] = at_of["assign"]
        if "begin" in at_of:
            values["replied_at"] = next(step["at"] for step in steps if step["move"] == "begin")
        if state in ("solved", "closed"):
            self._solve(values, kind, words, at_of["solve"])
        if state == "closed":
            self._close(values, at_of["close"])
        elif state == "cancelled":
            values["closed_at"] = at_of["cancel"]
        elif state == "reopened":
            values |= {"reopened": 1, "satisfaction": "2"}
        return steps

    def _solve(self, values: Values, kind: dict[str, str], words: dict[str, object], at: str) -> None:
        values |= {"solution": kind["solution"].format_map(words), "solved_at": at,
                   "minutes": max(5, round(int(kind["minutes"]) * self.rng.uniform(0.6, 1.6) / 5) * 5)}  # fmt: skip
        if kind["parts"]:
            values["parts"] = kind["parts"]
        if int(kind["charge"]) and self.rng.random() < 0.6:
            values |= {"chargeable": True, "cost": int(kind["charge"])}
        if kind["note"] and self.rng.random() < 0.5:
            values["solution_note"] = self._notes[kind["note"]]
        lines = checklist.READY_MADE.get(kind["type"], ())
        done = {"done": at, "by": values["owner"]}
        values["checks"] = [{"what": text_in("zh_CN", line), **done} for line in lines]

    def _close(self, values: Values, at: str) -> None:
        verdict = _VERDICTS.draw(self.rng)
        values |= {"closed_at": at, "satisfaction": verdict}
        if verdict:
            values["feedback"] = self.rng.choice(_SAID[verdict])

    def _moments(self, received: str, count: int, kind: dict[str, str]) -> list[str]:
        """When the steps were taken, in working hours: quickly taken on, solved after a day or three, then asked."""
        rng, calendar = self.rng, self.calendar
        latest = datetime.fromisoformat(f"{calendar.days[max(0, calendar.today - 1)]}T17:20:00")
        at, found = datetime.fromisoformat(received), list[str]()
        quick = kind["type"] in ("consulting", "technical", "presales", "billing")
        for place in range(count):
            if place < 2:
                at += timedelta(minutes=rng.choice((5, 10, 20, 40, 60, 90, 150)))
            else:
                days = rng.choice((0, 0, 1) if quick and place == 2 else (0, 1, 1, 2, 3, 5))
                at = (
                    datetime.fromisoformat(calendar.after(rng, at.isoformat(), days))
                    if days
                    else at + timedelta(hours=1)
                )
            if at.hour >= 18:
                at = datetime.fromisoformat(calendar.after(rng, at.isoformat(), 1))
            least = datetime.fromisoformat(found[-1] if found else received) + timedelta(minutes=1)
            at = max(min(at, latest), least)
            found.append(at.isoformat(timespec="seconds"))
        return found


class _Same(dict[str, str]):
    """Fills the holes of a text with the word for any product, any customer."""

    def __missing__(self, name: str) -> str:
        return {"product": "设备", "days": "几", "trade": "现场", "amount": "", "month": ""}.get(name, "")
