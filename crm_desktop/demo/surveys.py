"""Invented satisfaction surveys: two that ended, one that runs; delivery is what their customers complain of."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from crm_desktop.demo.calendar import Calendar
from crm_desktop.models import (
    ComplaintSignal,
    SurveyAction,
    SurveyAnswer,
    SurveyAsked,
    SurveyRun,
    SurveyTemplate,
)
from crm_desktop.models.base import next_code
from crm_desktop.models.survey import CHOICE, NPS, SCALE, TEXT, Item
from crm_desktop.satisfaction.asking import main_persons
from crm_desktop.satisfaction.ready import ready
from crm_desktop.store import file
from crm_desktop.store.change import Change

LEAST: Final = 6
"""With fewer customers nobody makes a survey."""
MOST: Final = 400
"""So many customers are asked in one survey at most."""
Values = dict[str, Any]
Ids = Callable[[str], int]


class _Kind(NamedTuple):
    """One survey: which questionnaire, when, how many of the customers, how far it is."""

    template: str
    title: str
    days_ago: int
    days: int
    share: float
    answering: float
    """What part of those asked has answered."""
    running: bool
    mood: float
    """How much better than usual customers think of deliveries."""


_SURVEYS: Final = (
    _Kind("general", "上半年客户满意度调查", 200, 30, 0.35, 0.72, False, -0.6),
    _Kind("delivery", "交付与服务回访", 75, 21, 0.15, 0.8, False, 0.0),
    _Kind("general", "下半年客户满意度调查", 12, 17, 0.4, 0.55, True, 0.3),
)
_LEANS: Final = {"quality": 0.9, "response": 0.7, "delivery": 0.8, "after_sales": 0.6, "attitude": 0.5, "solved": 0.6}
"""How closely answers follow what a customer thinks altogether."""
_BELOW: Final = {"delivery": -0.7, "price": -0.5, "on_time": -0.6, "attitude": 0.4}
_WISHES: Final = (
    "希望交货再快一些，上个月晚了三天",
    "旺季备货要充足一点",
    "发货前提前一天通知我们安排卸货",
    "价格能不能再优惠一些",
    "售后电话有时打不通",
    "送货司机态度很好，继续保持",
    "对账单能不能每月 5 号前发过来",
    "包装可以再结实一点，有两箱破损",
    "小王服务很及时，非常满意",
    "没有，继续合作",
    "希望多推荐一些新产品",
    "技术支持的响应再快一点就更好了",
)
_POOR: Final = ("连续两次延期交货，耽误了我们生产", "质量问题反映了一周没人回复", "换货来回折腾，没人负责到底")


def fill(c: Change, seed: str, calendar: Calendar, source: Callable[[str, int], Sequence[int]]) -> int:
    """Write the surveys of an invented office; how many. `source` gives ids of a moment."""
    customers = file.ask("SELECT id, owner FROM customer WHERE stage NOT IN ('lost', 'blacklist') ORDER BY id")
    if len(customers) < LEAST:
        return 0
    rng = random.Random(f"surveys {seed}")
    making = _Surveys(c, rng, calendar, lambda at: source(at, 1)[0])
    for kind in _SURVEYS:
        number = max(LEAST, min(MOST, round(len(customers) * kind.share)))
        making.survey(kind, sorted(rng.sample(customers, min(number, len(customers)))))
    return len(_SURVEYS)


class _Surveys:
    """Writes one survey after the other."""

    def __init__(self, c: Change, rng: random.Random, calendar: Calendar, ids: Ids) -> None:
        self.c, self.rng, self.calendar, self.ids = c, rng, calendar, ids
        self.templates: dict[str, tuple[int, tuple[Item, ...]]] = {}

    def survey(self, kind: _Kind, customers: Sequence[tuple[int, int | None]]) -> None:
        """One survey with those asked, their answers, and what came of it."""
        today = date.fromisoformat(self.calendar.date)
        started, due = today - timedelta(days=kind.days_ago), today - timedelta(days=kind.days_ago - kind.days)
        at = f"{started}T09:10:00"
        template, items = self._template(kind.template, at)
        asker = next((owner for _i, owner in customers if owner), None)
        year = str(started.year)
        [code] = next_code(f"survey_run-{year}", f"DC-{year}-{{:04d}}", "survey_run")
        run: Values = {
            "id": self.ids(at), "code": code, "name": kind.title, "template": template, "started_on": str(started),
            "due": str(due), "owner": asker, "whom": "全部客户", "created_at": at,
        }  # fmt: skip
        if not kind.running:
            run |= {"state": "closed", "closed_on": str(due)}
        self.c.insert_many(SurveyRun, [run])
        persons = main_persons([i for i, _owner in customers])
        asked, answers, signals = list[Values](), list[Values](), list[Values]()
        for number, (customer, owner) in enumerate(customers, 1):
            row: Values = {
                "id": self.ids(at), "code": f"{code}-{number:04}", "run": run["id"], "customer": customer,
                "contact": persons.get(customer), "due": run["due"], "owner": owner or asker, "created_at": at,
            }  # fmt: skip
            row |= self._course(kind, str(started), min(str(due), self.calendar.date))
            if row["state"] == "answered":
                given = list(self._answers(kind, items))
                answers += [{"id": self.ids(row["answered_at"]), "asked": row["id"], **one, "at": row["answered_at"],
                             "created_at": row["answered_at"],
                             "by": row["owner"], "how": row["how"]} for one in given]  # fmt: skip
                row["by"] = row["owner"]
                signals += self._signal(run, row, given, kind.running)
            asked.append(row)
        self.c.insert_many(ComplaintSignal, signals)
        self.c.insert_many(SurveyAsked, asked)
        self.c.insert_many(SurveyAnswer, answers)
        if not kind.running:
            self._act(run, items)

    def _template(self, key: str, at: str) -> tuple[int, tuple[Item, ...]]:
        if key not in self.templates:
            made, number = ready()[key], self.ids(at)
            values = {"id": number, "name": made.zh, "name_en": made.en, "purpose": made.purpose_zh, "created_at": at,
                      "languages": ["zh_CN", "en"], "items": list(made.items)}  # fmt: skip
            self.c.insert_many(SurveyTemplate, [values])
            self.templates[key] = (number, made.items)
        return self.templates[key]

    def _course(self, kind: _Kind, start: str, end: str) -> Values:
        """How far one customer is: most answer on the telephone, some on paper, some nobody reaches."""
        low = self.calendar.index(start)
        high = max(low + 1, min(self.calendar.index(end), self.calendar.today))
        at = self.calendar.moment(self.rng, low + int(self.rng.random() * (high - low)))
        luck = self.rng.random()
        if luck < kind.answering:
            how = self.rng.choices(("phone", "paper", "excel", "wechat", "visit"), (6, 2, 1.5, 1, 1))[0]
            tries = self.rng.choices((1, 2, 3), (7, 2, 1))[0]
            return {"state": "answered", "answered_at": at, "tried_at": at, "how": how, "attempts": tries}
        if luck < kind.answering + 0.06:
            return {"state": "declined", "tried_at": at, "attempts": 1, "note": "没有时间"}
        if luck < kind.answering + 0.14:
            return {"state": "not_reached", "tried_at": at, "attempts": self.rng.choice((1, 1, 2, 3))}
        return {"state": "to_ask"} if kind.running else {"state": "asked", "tried_at": at}

    def _answers(self, kind: _Kind, items: Sequence[Item]) -> Iterator[Values]:
        """What one customer says: what it thinks altogether, and more or less of that about each question."""
        content = min(5.0, max(1.0, self.rng.gauss(4.0, 0.85)))
        for item in items:
            key, lean = str(item["key"]), _LEANS.get(str(item["key"]), 0.35)
            thinks = 4 + (content - 4) * lean + _BELOW.get(key, 0.0) + (kind.mood if key == "delivery" else 0.0)
            if item["kind"] == TEXT:
                if self.rng.random() < 0.4:
                    said = _POOR if content < 2.6 else _WISHES
                    yield {"item": key, "words": self.rng.choice(said)}
            elif item["kind"] == NPS:
                yield {"item": key, "score": round(min(10, max(0, content * 2.3 - 1.4 + self.rng.gauss(0, 1.0))))}
            elif item["kind"] == SCALE:
                score = content if item.get("overall") else thinks + self.rng.gauss(0, 0.55)
                if item.get("overall") or self.rng.random() < 0.95:
                    yield {"item": key, "score": round(min(5, max(1, score)))}
            elif item["kind"] == CHOICE:
                place = 1 if thinks > 3.4 else 2 if thinks > 2.6 else 3
                yield {"item": key, "score": place, "words": ("全部解决", "部分解决", "没有解决")[place - 1]}

    def _signal(self, run: Values, row: Values, given: Sequence[Values], waiting: bool) -> list[Values]:
        """A low overall score waits as a sign of displeasure; in surveys that ended somebody has decided about it."""
        overall = next((one["score"] for one in given if one["item"] in ("overall", "nps")), 5)
        if overall > 2:
            return []
        told = next((one["words"] for one in given if one.get("words")), "")
        what = "：".join(filter(None, (f"{run['code']} {run['name']} 总体 {overall} 分", told)))
        sign: Values = {"id": self.ids(row["answered_at"]), "customer": row["customer"], "source": "survey",
                        "at": row["answered_at"], "created_at": row["answered_at"], "what": what}  # fmt: skip
        if not waiting:
            sign |= {"decision": "dismissed", "reason": "已电话沟通，客户表示理解", "decided_by": row["owner"],
                     "decided_at": self.calendar.after(self.rng, row["answered_at"], 2)}  # fmt: skip
        row["signal"] = sign["id"]
        return [sign]

    def _act(self, run: Values, items: Sequence[Item]) -> None:
        """What the office did about the weakest question."""
        key = next(str(item["key"]) for item in items if item.get("area") == "delivery")
        first = date.fromisoformat(run["due"]) + timedelta(days=5)
        for n, (what, kind) in enumerate((("换承运商，签订准时送达条款", "corrective"),
                                          ("发货当天短信通知客户车牌和到达时间", "preventive"))):  # fmt: skip
            due = first + timedelta(days=20 * (n + 1))
            action: Values = {"id": self.ids(f"{first}T10:00:00"), "run": run["id"], "item": key, "what": what,
                              "kind": kind, "owner": run["owner"], "due": str(due)}  # fmt: skip
            if str(due) < self.calendar.date:
                action["done"] = str(due)
                if n == 0:
                    action |= {"verified": str(due), "by": run["owner"], "effective": True}
            self.c.insert_many(SurveyAction, [action])
