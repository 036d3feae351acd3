"""Feedback (客户反馈, product.md C22): what customers suggest, praise or dislike, and what we answered."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from crm_desktop.i18n import N_
from crm_desktop.models.base import Extended, give_codes, search_text, searched
from crm_desktop.models.fields import Choice, Date, DateTime, Link, LongText, Money, Person, Text
from crm_desktop.models.improvements import Actions, next_due
from crm_desktop.store import file
from crm_desktop.store.record import Row, chunks

ENDED: Final = ("answered", "closed")
"""States in which the customer waits for nothing more."""


class Feedback(Extended):
    """What one customer told us about ourselves."""

    title = N_("Feedback")
    searchable = True
    derives = True

    code = Text(N_("Feedback no."), search="text", unique=True, computed=True, headings="反馈编号 编号")
    at = DateTime(N_("Told us at"), required=True, headings="反馈时间 反馈日期 日期 时间 建议日期 表扬日期 date when")
    customer = Link(
        N_("Customer"),
        "customer",
        end="cascade",
        required=True,
        index=False,  # the first column of an index below
        headings="客户 客户名称 单位名称 公司名称 customer company",
    )
    contact = Link(N_("Contact person"), "contact", headings="contact_person")
    who = Text(N_("Who said it"), search="text", headings="反馈人 联系人 建议人 提出人")
    kind = Choice(
        N_("Kind of feedback"),
        "feedback_kind",
        required=True,
        width=14,
        default="suggestion",
        headings="反馈类型 类型 类别 性质 kind type",
    )
    channel = Choice(N_("Channel"), "channel", headings="渠道 方式 来源 channel")
    text = LongText(
        N_("What they told us"),
        search="text",
        required=True,
        headings="反馈内容 内容 意见内容 建议内容 意见建议 text feedback",
    )
    product = Text(N_("Product"), search="text", headings="产品 产品名称")
    about = Person(N_("About colleague"), headings="涉及人员 表扬人员 被表扬人")

    state = Choice(N_("State"), "feedback_state", default="new", width=12, headings="状态 处理状态 进度 state status")
    owner = Person(N_("Owner"), wanted=True, headings="责任人 处理人 负责人 经办人 handler owner")
    answer = LongText(
        N_("Reply to the customer"),
        search="text",
        headings="回复 答复 回复内容 答复内容 处理结果 处理意见 reply answer",
    )
    answered_at = DateTime(N_("Replied at"), headings="回复时间 回复日期 答复时间 答复日期")
    answered_how = Choice(N_("Replied by"), "channel", headings="回复方式 答复方式")
    adopted = Choice(N_("Adopted?"), "adoption", headings="是否采纳 采纳情况 采纳")
    thanks = Choice(N_("Thanks"), "feedback_thanks", headings="致谢方式 感谢方式 奖励方式 奖励")
    thanks_cost = Money(N_("Value of the thanks"), headings="奖励金额 礼品金额")
    thanked_on = Date(N_("Thanked on"), headings="致谢日期 奖励日期")
    improvements = Actions(N_("Improvement actions"), headings="改进措施 整改措施")
    improve_by = Date(N_("Improvement due"), computed=True)
    complaint = Link(N_("Complaint that came of it"), "complaint")
    remarks = LongText(N_("Remarks"), search="text", headings="备注 说明 备注说明 remarks")

    sections = (
        (
            N_("What they told us"),
            ("customer", "contact", "who", "at", "kind", "channel", "text", "product", "about"),
        ),
        (
            N_("Our reply"),
            ("owner", "state", "answer", "answered_at", "answered_how", "thanks", "thanks_cost", "thanked_on"),
        ),
        (N_("What comes of it"), ("adopted", "improvements", "complaint", "remarks")),
    )

    class Meta:
        indexes = (
            (("customer", "at", "id"), False),
            # figures from the index alone
            (("at", "kind", "state", "owner", "about", "answered_at", "adopted"), False),
        )

    @classmethod
    def complete(cls, rows: list[Row], user: int | None, now: str) -> None:
        super().complete(rows, user, now)
        give_codes(rows, cls.table(), "FK", now)
        for row in rows:
            row["at"] = row["at"] or now
            row["owner"] = row["owner"] or user
            row.update(_settled(row, row, now))

    @classmethod
    def mend(cls, before: Row, changes: Row, user: int | None, now: str) -> None:
        super().mend(before, changes, user, now)
        changes.update(_settled({**before, **changes}, changes, now))

    @classmethod
    def derive(cls, ids: Sequence[int], fresh: Collection[int] = ()) -> None:
        for part in chunks(ids):
            rows = file.rows(cls.table(), part, ["improvements", "improve_by"])
            due = {i: next_due(json.loads(row["improvements"] or "[]")) for i, row in rows.items()}
            changed = [(day, i) for i, day in due.items() if day != rows[i]["improve_by"]]
            file.connection().executemany("UPDATE feedback SET improve_by = ? WHERE id = ?", changed)

    @classmethod
    def hays(cls, ids: Sequence[int]) -> Iterable[tuple[int, str]]:
        for part in chunks(ids):
            for i, row in file.rows(cls.table(), part, searched(cls)).items():
                yield i, search_text(cls, row)


def _settled(row: Row, written: Row, now: str) -> Row:
    """State and day of the reply agree, whichever of the two was written."""
    answered = row["state"] == "answered"
    if answered and not row["answered_at"]:
        cleared = "answered_at" in written and "state" not in written
        return {"state": "working"} if cleared else {"answered_at": now}
    if row["answered_at"] and row["state"] not in ENDED:
        return {"state": "answered"} if written.get("answered_at") else {"answered_at": None}
    return {}


# what a customer still waits for, few among many
Feedback.add_index(
    Feedback.at,
    Feedback.owner,
    where=(Feedback.answered_at.is_null() & Feedback.state.not_in(ENDED)),
    name="feedback_waiting",
)
Feedback.add_index(Feedback.improve_by, where=Feedback.improve_by.is_null(False), name="feedback_improve_by")
