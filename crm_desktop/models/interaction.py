"""The contact history: one record of something said between a customer and us (product.md 4.3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import peewee

from crm_desktop.i18n import N_
from crm_desktop.models import calendar, complaint_clock
from crm_desktop.models.base import Extended, Record, give_codes, search_text, searched
from crm_desktop.models.fields import Choice, DateTime, Integer, Link, LongText, Money, Person, Text, YesNo
from crm_desktop.models.manifold import People, Texts
from crm_desktop.store import file
from crm_desktop.store.record import Row, chunks


class Interaction(Extended):
    """One contact: a call, a visit, a message."""

    title = N_("Contact record")
    searchable = True

    code = Text(N_("Record no."), search="text", unique=True, computed=True, headings="记录编号")
    at = DateTime(
        N_("When"),
        required=True,
        headings="日期 时间 联系时间 联系日期 跟进时间 跟进日期 拜访日期 拜访时间 沟通时间 沟通日期 记录时间 date time when",
    )
    customer = Link(
        N_("Customer"),
        "customer",
        end="cascade",
        required=True,
        index=False,  # the first column of two indexes below
        headings="客户 客户名称 单位 单位名称 公司 公司名称 客户简称 customer company",
    )
    contact = Link(N_("Contact person"), "contact", headings="联系人 对方联系人 沟通对象 contact")
    direction = Choice(N_("Direction"), "direction", default="out", headings="方向 呼叫方向")
    channel = Choice(
        N_("Channel"),
        "channel",
        required=True,
        headings="方式 联系方式 跟进方式 沟通方式 渠道 联系渠道 跟进类型 拜访方式 channel way type",
    )
    purpose = Choice(N_("Purpose"), "purpose", headings="目的 联系目的 跟进目的 类型 事由 purpose")
    subject = Text(N_("Subject"), search="text", width=18, headings="主题 标题 subject")
    content = LongText(
        N_("What was said"),
        search="text",
        required=True,
        headings="跟进内容 内容 联系内容 沟通内容 跟进情况 拜访内容 跟进记录 记录 情况 备注 content notes text summary",
    )
    outcome = Choice(N_("Outcome"), "outcome", headings="结果 跟进结果 联系结果 outcome result")
    mood = Choice(N_("Customer's mood"), "mood", headings="客户情绪 客户态度 情绪")
    next_what = Text(
        N_("Next step"), search="text", width=18, headings="下一步 下一步计划 下次跟进内容 后续计划 next_step"
    )
    next_at = DateTime(
        N_("Next contact"),
        future=True,
        index=True,
        headings="下次跟进 下次跟进日期 下次跟进时间 下次联系时间 下次联系日期 下次联系 next_date next_contact",
    )
    next_by = Person(
        N_("Next step by"), help=N_("Who does what was agreed, and answers; whoever wrote it down if nobody is named.")
    )
    answer_needed = YesNo(N_("Answer needed"), headings="需回复 是否需要回复")
    answer_due = DateTime(N_("Answer by"), future=True, headings="回复时限 时限")
    answered_at = DateTime(N_("Answered at"), headings="回复时间")
    minutes = Integer(N_("Minutes"), most=100_000, headings="时长 时长(分) 通话时长 分钟")
    episode = Text(N_("Matter"), search="text", headings="事项 关联事项 项目")
    place = Text(N_("Place"), headings="地点 拜访地点")
    our_people = People(N_("Our people"), headings="参与人 同行人 我方人员")
    cost = Money(N_("Cost"), headings="费用 花费")
    complaint = Link(N_("Complaint"), "complaint", index=False, headings="投诉编号")
    tags = Texts(N_("Tags"), search="text", headings="标签")
    by = Person(
        N_("By"),
        wanted=True,
        index=True,
        headings="跟进人 联系人员 记录人 业务员 负责人 拜访人 销售 我方 经办人 by user author owner",
    )

    month = Text(N_("Month"), computed=True)

    sections = (
        (
            N_("What happened"),
            ("customer", "contact", "at", "channel", "direction", "purpose", "subject", "content", "outcome", "mood"),
        ),
        (N_("What follows"), ("next_at", "next_what", "next_by", "answer_needed", "answer_due", "answered_at")),
        (N_("More"), ("by", "our_people", "minutes", "episode", "place", "cost", "complaint", "tags")),
    )

    class Meta:
        indexes = (
            (("customer", "at", "id"), False),
            (("at", "id"), False),
            (("month", "channel", "by", "customer", "direction"), False),
        )

    kept = Record.kept | {"month"}

    @classmethod
    def complete(cls, rows: list[Row], user: int | None, now: str) -> None:
        super().complete(rows, user, now)
        give_codes(rows, cls.table(), "R", now)
        for row in rows:
            row["at"] = row["at"] or now
            row["by"] = row["by"] or user
            row["month"] = row["at"][:7]
        _owe_answers([row for row in rows if row["answer_needed"] and not row["answer_due"]])

    @classmethod
    def mend(cls, before: Row, changes: Row, user: int | None, now: str) -> None:
        super().mend(before, changes, user, now)
        if "at" in changes:
            changes["month"] = (changes["at"] or "")[:7]
        if changes.get("answer_needed") and not changes.get("answer_due", before["answer_due"]):
            now_so = {**before, **changes}
            _owe_answers([now_so])
            changes["answer_due"] = now_so["answer_due"]

    @classmethod
    def affects(cls, rows: Sequence[Row]) -> dict[str, set[int]]:
        return {
            "customer": {row["customer"] for row in rows},
            "contact": {row["contact"] for row in rows if row["contact"]},
        }

    @classmethod
    def hays(cls, ids: Sequence[int]) -> Iterable[tuple[int, str]]:
        for part in chunks(ids):
            for i, row in file.rows(cls.table(), part, searched(cls)).items():
                yield i, search_text(cls, row)


# answers owed to customers, few among many; SQLite and PostgreSQL know partial indexes
Interaction.add_index(
    peewee.SQL(
        "CREATE INDEX IF NOT EXISTS interaction_owed ON interaction (answer_due)"
        " WHERE answer_needed = 1 AND answered_at IS NULL"
    )
)


def _owe_answers(rows: list[Row]) -> None:
    """An answer a customer waits for is due within the first response of the tier (product.md C05), in working time."""
    if not rows:
        return
    tiers = {i: row["tier"] for i, row in file.rows("customer", [r["customer"] for r in rows], ["tier"]).items()}
    office, work = complaint_clock.rules(), calendar.in_store()
    for row in rows:
        span = complaint_clock.tier_span("acknowledge", tiers.get(row["customer"], ""), office)
        try:
            due = work.deadline(datetime.fromisoformat(row["at"]), span) if span else None
        except ValueError:  # what is no moment is refused by its own field
            due = None
        row["answer_due"] = due.isoformat(timespec="seconds") if due else None


# who was displeased is looked for among half a million contacts
Interaction.add_index(
    Interaction.at,
    Interaction.customer,
    Interaction.complaint,
    Interaction.mood,
    where=(Interaction.mood == "displeased"),
    name="interaction_displeased",
)

# most contacts belong to no complaint and agree on no next step: they cost nothing to save here
Interaction.add_index(Interaction.complaint, where=Interaction.complaint.is_null(False), name="interaction_complaint")
Interaction.add_index(
    Interaction.customer,
    Interaction.next_at,
    Interaction.by,
    Interaction.next_by,
    where=Interaction.next_at.is_null(False),
    name="interaction_next",
)
