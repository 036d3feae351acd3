"""The course of invented complaints: who did which step when, and what was written down with it."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any, Final

from crm_desktop.demo.calendar import Calendar
from crm_desktop.demo.invention import words

Values = dict[str, Any]

_BEGUN: Final = (("accept", "accepted"), ("investigate", "investigating"))
_DONE: Final = (*_BEGUN, ("begin", "handling"), ("solve", "solved"))
_PATHS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "new": (),
    "accepted": _BEGUN[:1],
    "investigating": _BEGUN,
    "approval": (*_BEGUN, ("propose", "approval")),
    "handling": (*_BEGUN, ("begin", "handling")),
    "solved": _DONE,
    "closed": (*_DONE, ("close", "closed")),
    "not_founded": (*_BEGUN, ("dismiss", "not_founded")),
    "withdrawn": (*_BEGUN[:1], ("withdraw", "withdrawn")),
    "hold": (*_BEGUN, ("hold", "hold")),
    "reopened": (*_DONE, ("reopen", "reopened")),
    "escalated": (*_BEGUN[:1], ("escalate", "escalated")),
}
_AGAIN: Final = (("reopen", "reopened"), *_DONE, ("close", "closed"))
"""What follows where the first solution did not last."""
_WHY: Final = {
    "hold": "等客户寄回样品做检测",
    "reopen": "客户反映问题再次出现",
    "escalate": "超出处理权限，请主管协调供应商",
    "withdraw": "客户自行解决，撤回投诉",
}
_WHYS: Final = (
    ("为什么会出现这个问题？", "出厂前没有逐件检查"),
    ("为什么没有逐件检查？", "检验规程只要求抽检"),
    ("为什么只要求抽检？", "规程三年没有更新"),
)
_FAMILIES: Final = {
    "quality.packing_and_transport": "包装运输破损",
    "quality.out_of_stock": "缺货延误交期",
    "quality.material": "原料批次不合格",
    "quality.process_flaw": "流程缺陷",
}
_ACTIONS: Final = (
    ("修订检验规程，重点工序改为全检", "corrective"),
    ("给相关岗位做一次培训并考核", "preventive"),
    ("与供应商签订质量协议，每批附检测报告", "preventive"),
    ("发货前电话确认规格和数量", "preventive"),
)
_NAMED: Final = ("cause", "analysis", "solution", "solution_types", "founded")


def walk(rng: random.Random, calendar: Calendar, values: Values, known: Values) -> list[Values]:
    """The steps of a complaint up to its state, in order; `known` is what was found out and is written when it is time.

    Fills in what the steps bring: when it was acknowledged and answered, the hold, the apology, the improvements.
    """
    state = str(values["state"])
    path = list(_PATHS.get(state, ()))
    if state == "closed" and rng.random() < 0.06:
        path = [*_DONE, *_AGAIN]
        values["reopened"] = 1
    if state in ("approval", "handling", "reopened"):
        values |= {name: known[name] for name in _NAMED}
    moments = _moments(rng, calendar, values, len(path))
    found: list[Values] = []
    before = "new"
    for (move, after), at in zip(path, moments, strict=True):
        step = {"at": at, "by": values["owner"], "move": move, "before": before, "after": after}
        step["why"] = _WHY.get(move, "")
        found.append(step)
        before = after
    _stamp(rng, values, found)
    if values.get("solved_at") and values.get("founded") != "no":
        _learn(rng, calendar, values)
    return found


def _moments(rng: random.Random, calendar: Calendar, values: Values, count: int) -> list[str]:
    """So many moments in working order: the first soon after receipt, the last ones when it was solved and closed."""
    if not count:
        return []
    start = datetime.fromisoformat(values["received_at"])
    yesterday = f"{calendar.days[calendar.today - 1]}T17:30:00"
    last = values.get("closed_at") or values.get("solved_at") or max(yesterday, values["received_at"])
    end = datetime.fromisoformat(last)
    first = start + min(timedelta(minutes=rng.choice((10, 20, 35, 50, 70, 110, 200, 400))), (end - start) / 2)
    found = sorted([first, *(_worked(rng, first, end) for _n in range(count - 1))])
    if values.get("closed_at"):
        found[-1] = end
    if values.get("solved_at"):
        place = -2 if values.get("closed_at") and count > 1 else -1
        solved = datetime.fromisoformat(values["solved_at"])
        found = sorted([*(min(each, solved) for each in found[:place]), solved, *found[len(found) + place + 1 :]])
    for place in range(1, count):
        found[place] = max(found[place], found[place - 1] + timedelta(seconds=1))
    return [each.isoformat(timespec="seconds") for each in found]


def _worked(rng: random.Random, first: datetime, end: datetime) -> datetime:
    """A moment between two others, in working hours where that is possible."""
    at = first + (end - first) * rng.random()
    return min(max(at.replace(hour=9 + at.hour * 8 // 24), first), end)


def _stamp(rng: random.Random, values: Values, steps: list[Values]) -> None:
    """What the steps write by themselves."""
    at = {step["move"]: step["at"] for step in reversed(steps)}
    informed = []
    if "accept" in at:
        values["acknowledged_at"] = at["accept"]
        informed.append({"on": at["accept"][:10], "what": "已收到您的投诉，正在核实"})
    if "begin" in at or "propose" in at or "dismiss" in at:
        values["replied_at"] = at.get("begin") or at.get("propose") or at["dismiss"]
        informed.append({"on": values["replied_at"][:10], "what": "已告知原因和处理方案"})
    if "hold" in at:
        steps[-1]["until"] = (
            (datetime.fromisoformat(at["hold"]) + timedelta(days=rng.randrange(3, 15))).date().isoformat()
        )
    if "reopen" in at:
        values["reopened"] = 1
        if values["state"] == "reopened":
            values["satisfaction"] = "2"
    values["informed"] = informed


def _learn(rng: random.Random, calendar: Calendar, values: Values) -> None:
    """Apology, five whys, like complaints and improvement actions of some that were founded."""
    solved = str(values["solved_at"])
    if rng.random() < 0.6:
        values |= {"apology_at": solved, "apology_by": values["owner"]}
    if str(values["cause"]).startswith("quality"):
        if rng.random() < 0.3:
            values["whys"] = [{"why": why, "because": because} for why, because in _WHYS]
        if rng.random() < 0.4:
            values["family"] = _FAMILIES.get(str(values["cause"]), "出厂检验漏检")
    if rng.random() < 0.3:
        people = words("colleague").things[:6]
        what, kind = rng.choice(_ACTIONS)
        due = calendar.after(rng, solved, rng.randrange(5, 25))[:10]
        action: Values = {"what": what, "kind": kind, "owner": rng.choice(people), "due": due}
        if due < calendar.date and rng.random() < 0.85:
            action |= {"done": due, "verified": due, "by": rng.choice(people), "effective": rng.random() < 0.85}
        values["improvements"] = [action]
