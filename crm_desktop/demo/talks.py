"""What was said in the invented office: contacts in the order of time."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from crm_desktop.demo import invention
from crm_desktop.demo.calendar import Calendar
from crm_desktop.demo.customers import ACTIVITY, Firm, Human
from crm_desktop.demo.invention import Bag

Values = dict[str, Any]

_SAID = {"phone": "电话", "wechat": "微信", "email": "邮件", "wecom": "企业微信", "qq": "QQ", "sms": "短信"}


@dataclass(frozen=True, slots=True)
class Talk:
    """A kind of contact: how it happens, what is said, what follows."""

    purpose: str
    channels: tuple[str, ...]
    direction: str
    outcome: str
    mood: str
    minutes: int
    subject: str
    content: str
    next_what: str
    next_days: int


class Told(NamedTuple):
    """A contact that took place: when, at which firm, because of which complaint (index) and which step of it."""

    at: str
    firm: int
    complaint: int = -1
    step: int = 0


def _talks() -> tuple[list[Talk], list[float]]:
    rows = invention.table("talks")
    talks = [
        Talk(
            row["purpose"],
            tuple(row["channels"].split()),
            row["direction"],
            row["outcome"] or "",
            row["mood"] or "",
            int(row["minutes"]),
            row["subject"],
            row["content"],
            row["next_what"] or "",
            int(row["next_days"]),
        )
        for row in rows
    ]
    return talks, [float(row["weight"]) for row in rows]


def choose(rng: random.Random, firms: Sequence[Firm], calendar: Calendar, count: int) -> list[int]:
    """So many firms (indexes): the higher the tier and the longer they are customers, the more often."""
    weights = [
        ACTIVITY[firm.tier]
        * (0.25 if firm.stage in ("lost", "sleeping", "blacklist") else 1.0)
        * max(1, calendar.today - calendar.index(firm.created))
        for firm in firms
    ]
    return Bag(range(len(firms)), weights).draw_many(rng, count)


def words_of(rng: random.Random, firm: Firm, human: Human | None, channel: str) -> dict[str, object]:
    """What the holes in the texts are filled with."""
    amount = f"{rng.choice((20, 50, 80, 100, 200, 300, 500))}{rng.choice(('件', '箱', '套'))}"
    return {
        "call": human.call if human else "对方",
        "product": rng.choice(firm.trade.products),
        "place": rng.choice(("本地", "上海", "广东", "浙江")),
        "cycle": rng.choice(("每周", "每月", "每季度")),
        "month": rng.randrange(1, 13),
        "days": rng.choice((3, 5, 7, 10, 15, 30)),
        "amount": amount,
        "percent": rng.randrange(2, 16),
        "channel": _SAID.get(channel, "微信"),
        "trade": firm.trade.word,
    }


class Conversations:
    """Makes the contacts with the firms."""

    def __init__(self, rng: random.Random, calendar: Calendar, firms: Sequence[Firm], authors: Bag[int]) -> None:
        self.rng, self.calendar, self.firms, self.authors = rng, calendar, firms, authors
        talks, weights = _talks()
        self._first = Bag([t for t in talks if t.purpose == "first"], [1.0] * sum(t.purpose == "first" for t in talks))
        later = [(t, w) for t, w in zip(talks, weights, strict=True) if t.purpose != "first"]
        self._later = Bag([t for t, _w in later], [w for _t, w in later])
        self._met: set[int] = set()

    def plan(self, count: int, complaints: Sequence[Values]) -> list[Told]:
        """When exactly `count` contacts took place, in the order of time, those about complaints among them."""
        if not self.firms:
            return []
        told: list[Told] = []
        for number, complaint in enumerate(complaints[-(count // 2) :] if count > 1 else ()):
            index = len(complaints) - min(len(complaints), count // 2) + number
            told.append(Told(complaint["received_at"], complaint["firm"], index, 0))
            if complaint["solved_at"]:
                told.append(Told(complaint["solved_at"], complaint["firm"], index, 1))
        del told[count:]
        for firm in choose(self.rng, self.firms, self.calendar, count - len(told)):
            told.append(Told(self.calendar.past(self.rng, self.firms[firm].created), firm))
        told.sort()
        return told

    def rows(self, told: Sequence[Told], complaints: Sequence[Values]) -> Iterator[Values]:
        """The contacts as rows."""
        followed: list[str] = [""] * len(told)
        later: dict[int, str] = {}
        for number in range(len(told) - 1, -1, -1):
            followed[number] = later.get(told[number].firm, "")
            later[told[number].firm] = told[number].at
        for one, then in zip(told, followed, strict=True):
            if one.complaint >= 0:
                yield self._about_complaint(one, complaints[one.complaint])
            else:
                yield self._usual(one, then)

    def _usual(self, told: Told, then: str) -> Values:
        """A contact that may agree on a next step: as a rule the contact that really followed."""
        rng, firm = self.rng, self.firms[told.firm]
        talk = (self._first if firm.new and told.firm not in self._met else self._later).draw(rng)
        self._met.add(told.firm)
        human = rng.choice(firm.people) if rng.random() < 0.9 else None
        channel = rng.choice(talk.channels)
        words = words_of(rng, firm, human, channel)
        by = firm.owner if rng.random() < 0.86 else self.authors.draw(rng)
        values: Values = {
            "at": told.at,
            "customer": firm.id,
            "contact": human.id if human else None,
            "direction": talk.direction,
            "channel": channel,
            "purpose": talk.purpose,
            "subject": talk.subject.format_map(words),
            "content": talk.content.format_map(words),
            "outcome": talk.outcome,
            "mood": talk.mood,
            "by": by,
            "created_at": told.at,
            "created_by": by,
        }
        if talk.minutes and rng.random() < 0.7:
            values["minutes"] = max(1, round(talk.minutes * rng.uniform(0.5, 1.8)))
        if talk.next_days and rng.random() < 0.5:
            planned = min(self.calendar.after(rng, told.at, talk.next_days), then or "9")
            if then or self.calendar.index(planned) >= self.calendar.today - 4:
                values["next_what"] = talk.next_what.format_map(words)
                values["next_at"] = planned[:13] + ":00:00"
        if talk.outcome == "waiting" and talk.direction != "out" and rng.random() < 0.3:
            due = self.calendar.after(rng, told.at, 3)
            answered = due[:10] < self.calendar.days[self.calendar.today] or None
            values |= {"answer_needed": True, "answer_due": due, "answered_at": answered and due}
        return values

    def _about_complaint(self, told: Told, complaint: Values) -> Values:
        firm, first = self.firms[told.firm], told.step == 0
        by = complaint["registered_by"] if first else complaint["owner"]
        text = complaint["description"] if first else complaint["solution"]
        call = complaint["complainant"] or "客户"
        return {
            "at": told.at,
            "customer": firm.id,
            "contact": complaint["contact"],
            "direction": "in" if first else "out",
            "channel": complaint["channel"] if first else "phone",
            "purpose": "complaint",
            "by": by,
            "subject": f"投诉：{complaint['product'] or '服务'}" if first else "投诉处理结果",
            "content": f"{call}投诉：{text}" if first else f"告知{call}处理结果：{text}",
            "outcome": "reached",
            "mood": "displeased" if first else "neutral",
            "complaint": complaint["id"],
            "created_at": told.at,
            "created_by": by,
        }
