"""The invented office's own life: feedback of customers, news, assessments with training, evaluations."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, Final

from crm_desktop.models import Assessment, Evaluation, Feedback, News, NewsRead, Training
from crm_desktop.models.base import next_code
from crm_desktop.models.competence import ABILITIES
from crm_desktop.store import file
from crm_desktop.store.change import Change

Values = dict[str, Any]
Ids = Callable[[str], int]

_SAID: Final = (
    ("suggestion", "建议在微信群里同步发货进度，省得我们来回打电话问", "已安排跟单员每天 17 点在群里报进度", "adopted"),
    ("suggestion", "报价单能否附上最小起订量和交期", "新报价模板已加这两栏", "adopted"),
    ("suggestion", "希望样品单独编号，方便我们试用后反馈", "采纳，下月起样品贴编号", "adopted"),
    ("suggestion", "能不能开放周六下午提货", "仓库周六只到 12 点，暂时做不到，节前会加开", "later"),
    ("suggestion", "希望每季度做一次产品培训", "与技术部排期，先在杭州试办", "partly"),
    ("suggestion", "对账单改成电子版发邮箱", "", ""),
    ("praise", "张工上门两次，态度好，问题一次解决", "谢谢，已转达并在例会上表扬", ""),
    ("praise", "春节前加急订单按时到货，帮了大忙", "谢谢支持，节后给您寄一份小礼品", ""),
    ("praise", "客服很耐心，讲解清楚", "谢谢，我们会继续保持", ""),
    ("displeasure", "电话响了很久没人接", "已调整中午值班，保证有人接", ""),
    ("displeasure", "包装箱总有破损，卸货麻烦", "", ""),
    ("other", "问一下明年的价格政策什么时候出", "十二月中旬统一通知", ""),
)
_REMARKS: Final = {1: "需要带教", 2: "做得不够，需要练习", 3: "基本做到", 4: "稳定", 5: "可以带新人"}
_TOPICS: Final = {
    "listening": "倾听与复述：角色扮演",
    "comforting": "安抚情绪的三步谈话",
    "boundary": "在客户与公司之间说话的分寸",
    "parting": "好好结束一次合作",
    "responding": "承诺时间与回电纪律",
}
_NEWS: Final = (
    (0, None, "notice", True, "本周五下午盘库", "周五 14:00 起仓库盘点，急单请在中午前出库。"),
    (-2, 20, "product", False, "新款变频器到货", "YX 系列新款到货，样机在展厅，资料找技术部领取。"),
    (-9, None, "rule", False, "客户投诉受理新规定", "接到投诉当场登记，2 小时内确认；升级规则见办公室公告栏。"),
    (-30, 25, "event", False, "年会报名", "年会定在 1 月 9 日，家属可参加，请向行政部报名。"),
    (-70, -40, "training", False, "服务礼仪培训", "10 月 12 日 9:00，会议室二。"),
    (5, 30, "notice", False, "元旦放假安排", "1 月 1 日至 3 日放假，值班表另发。"),
)
_DECISIONS: Final = (
    ("回访及时，投诉处理有两件超时，主要卡在等配件。", "下季度重点跟进配件到货；维持现岗位。"),
    ("联系频率达标，客户评价稳定。", "推荐为带教老师。"),
    ("新客户开拓较多，老客户联系偏少。", "下季度每周固定半天回访老客户。"),
)


def fill(c: Change, seed: str, today: date, source: Callable[[str, int], Sequence[int]]) -> dict[str, int]:
    """Write all of it for the colleagues and customers there are; how many of each. `source` gives ids of a moment."""
    return _Life(c, random.Random(f"staff {seed}"), today, lambda at: source(at, 1)[0]).fill()


class _Life:
    """Writes the office's own life."""

    def __init__(self, c: Change, rng: random.Random, today: date, ids: Ids) -> None:
        self.c, self.rng, self.today, self.ids = c, rng, today, ids
        self.people = [i for (i,) in file.ask('SELECT id FROM "user" WHERE active = 1 ORDER BY id')]

    def fill(self) -> dict[str, int]:
        """Feedback, news, abilities, evaluations."""
        return {"feedback": self._feedback(), "news": self._news(), "assessments": self._abilities()} | {
            "evaluations": self._evaluations()
        }

    def _on(self, days: int) -> str:
        return (self.today + timedelta(days=days)).isoformat()

    def _insert(self, model: Any, rows: Sequence[Values], day: str) -> list[int]:
        """Write rows in the order of their moment, which their ids follow."""
        ordered = sorted(rows, key=lambda row: str(row[day]))
        for row in ordered:
            row["id"] = self.ids(str(row[day])[:10] + "T09:00:00")
            row.setdefault("created_at", str(row[day])[:10] + "T09:00:00")
        return self.c.insert_many(model, ordered)

    def _feedback(self) -> int:
        customers = file.ask("SELECT id, owner FROM customer WHERE archived = 0 ORDER BY id LIMIT 2000")
        if not customers:
            return 0
        number = max(len(_SAID), min(240, len(customers) // 4))
        rows = [self._said(_SAID[n % len(_SAID)], self.rng.choice(customers), n) for n in range(number)]
        rows.sort(key=lambda row: str(row["at"]))
        for year in sorted({row["at"][:4] for row in rows}):
            these = [row for row in rows if row["at"][:4] == year]
            codes = next_code(f"feedback-{year}", f"FK-{year}-{{:04d}}", "feedback", len(these))
            for row, code in zip(these, codes, strict=True):
                row["code"] = code
        self._insert(Feedback, rows, "at")
        return len(rows)

    def _said(self, said: tuple[str, str, str, str], whose: tuple[int, int | None], number: int) -> Values:
        (kind, text, answer, adopted), (customer, owner) = said, whose
        rng = self.rng
        ago = rng.randrange(8, 40) if number < len(_SAID) else rng.randrange(2, 360)
        at = f"{self._on(-ago)}T{rng.randrange(9, 18):02}:{rng.randrange(0, 60, 5):02}:00"
        by = owner if owner in self.people else rng.choice(self.people)
        row: Values = {"customer": customer, "at": at, "kind": kind, "text": text, "owner": by, "adopted": adopted}
        row["channel"] = rng.choice(("wechat", "phone", "phone", "visit", "email"))
        row["state"] = "new"
        if answer:
            answered = self._on(-max(0, ago - rng.randrange(0, 6)))
            row |= {"answer": answer, "answered_at": f"{answered}T17:00:00", "answered_how": row["channel"]}
            row["state"] = "answered"
        if kind in ("praise", "displeasure") and rng.random() < 0.7:
            row["about"] = rng.choice(self.people)
        if kind == "praise" and rng.random() < 0.5:
            row |= {"thanks": "gift", "thanks_cost": 6800, "thanked_on": self._on(-max(0, ago - 7))}
        if adopted == "adopted":
            done = self._on(-max(1, ago - 20)) if ago > 25 else ""
            action = {"what": answer, "kind": "preventive", "owner": by, "due": self._on(21 - ago), "done": done}
            row["improvements"] = [action]
        return row

    def _news(self) -> int:
        rows = [
            {
                "name": name,
                "text": text,
                "category": category,
                "pinned": pinned,
                "start": self._on(start),
                "until": None if until is None else self._on(until),
                "by": self.people[-1],
                "created_at": f"{self._on(min(start, 0))}T08:30:00",
            }
            for start, until, category, pinned, name, text in _NEWS
        ]
        made = self._insert(News, rows, "start")
        days = sorted(str(row["start"]) for row in rows)
        seen = [
            {"news": one, "who": who, "at": f"{day}T10:00:00"}
            for one, day in zip(made[:-2], days[:-2], strict=True)
            for who in self.people
            if self.rng.random() < 0.6
        ]
        self._insert(NewsRead, seen, "at")
        return len(rows)

    def _abilities(self) -> int:
        leader, rows, learning = self.people[0], list[Values](), list[Values]()
        for who in self.people[1:]:
            base = self.rng.choice((3, 4, 4))
            for days in (-200, -20):
                scores = {key: min(5, max(1, base + self.rng.choice((-2, -1, 0, 0, 0, 1)))) for key in ABILITIES}
                told = [
                    {"ability": key, "score": n, "remark": _REMARKS[n] if n != 4 else ""} for key, n in scores.items()
                ]
                rows.append({"colleague": who, "day": self._on(days), "assessor": leader, "scores": told})
                for key in [key for key, n in scores.items() if n < 3 and key in _TOPICS][:2]:
                    due = self._on(days + 45)
                    row = {"colleague": who, "ability": key, "topic": _TOPICS[key], "due": due, "day": self._on(days)}
                    row["done"] = due if days < -100 else None
                    learning.append(row | ({"result": "两次演练后明显好转"} if row["done"] else {}))
        self._insert(Assessment, rows, "day")
        for row in learning:
            row["created_at"] = f"{row['day']}T09:00:00"
        ordered = sorted(learning, key=lambda row: str(row.pop("day")))
        for row in ordered:
            row["id"] = self.ids(str(row["created_at"]))
        self.c.insert_many(Training, ordered)
        return len(rows)

    def _evaluations(self) -> int:
        month = self.today.replace(day=1)
        until = month - timedelta(days=1)
        start = (month - timedelta(days=80)).replace(day=1)
        rows: list[Values] = []
        for n, who in enumerate(self.people[1:4]):
            comment, decision = _DECISIONS[n % len(_DECISIONS)]
            rows.append(
                {"colleague": who, "start": start.isoformat(), "until": until.isoformat(), "comment": comment,
                 "decision": decision, "by": self.people[0], "day": month.isoformat()}
            )  # fmt: skip
        self._insert(Evaluation, rows, "day")
        return len(rows)
