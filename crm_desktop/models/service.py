"""Service requests: what a customer asks of us, who sees to it, and how it ended (product.md 4.8, O10–O13)."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from crm_desktop.i18n import N_
from crm_desktop.models import service_clock
from crm_desktop.models.base import Extended, Record, give_codes, search_text, searched
from crm_desktop.models.fields import Choice, Date, DateTime, Integer, Link, LongText, Money, Person, Text, YesNo
from crm_desktop.models.improvements import Somebody
from crm_desktop.models.manifold import Rows
from crm_desktop.store import file
from crm_desktop.store.record import Row, chunks

CLOSED: Final = service_clock.ENDED
"""States in which nothing more is to be done."""


class ServiceRequest(Extended):
    """One service request."""

    title = N_("Service request")
    searchable = True
    derives = True

    code = Text(
        N_("Request no."), search="text", unique=True, computed=True, headings="服务单号 单号 工单号 编号 请求编号"
    )
    received_at = DateTime(
        N_("Received at"),
        required=True,
        headings="受理时间 报修时间 报修日期 登记日期 登记时间 请求日期 服务日期 日期 时间 date received",
    )
    registered_by = Person(N_("Registered by"), headings="登记人 受理人 接单人 记录人")
    customer = Link(
        N_("Customer"),
        "customer",
        end="cascade",
        required=True,
        index=False,  # the first column of an index below
        headings="客户 客户名称 单位名称 公司名称 报修单位 customer company",
    )
    contact = Link(N_("Customer's contact person"), "contact", headings="contact_person")
    caller = Text(N_("Who asked"), search="text", headings="联系人 报修人 请求人 提出人 caller contact")
    channel = Choice(N_("Channel"), "channel", headings="渠道 方式 来源 channel")
    type = Choice(N_("Type of request"), "request_type", headings="服务类型 类型 请求类型 类别 分类 type category")
    priority = Choice(
        N_("Priority"), "request_priority", default="normal", headings="优先级 紧急程度 级别 priority urgency"
    )
    subject = Text(N_("Subject"), search="text", width=20, headings="主题 标题 subject title")
    description = LongText(
        N_("Problem or wish"),
        search="text",
        required=True,
        headings="问题描述 描述 服务内容 内容 故障描述 故障现象 请求内容 需求 description content",
    )
    product = Text(N_("Product"), search="text", headings="产品 产品名称 设备 设备名称 机型 型号 product")
    serial_no = Text(N_("Serial no."), search="text", headings="序列号 机号 出厂编号 serial")
    warranty_until = Date(N_("Warranty until"), future=True, headings="保修期至 质保期至 保修到期 warranty")
    interaction = Link(N_("From contact record"), "interaction", index=False)

    owner = Person(N_("Assigned to"), wanted=True, headings="处理人 责任人 负责人 工程师 服务人员 经办人 handler owner")
    agreed_at = DateTime(
        N_("Appointment"),
        future=True,
        help=N_("What was agreed with the customer: the request is to be solved by then, sooner or later than usual."),
        headings="约定时间 预约时间 约定日期 预约日期 appointment",
    )
    reply_by = DateTime(N_("First reply by"), computed=True)
    solve_by = DateTime(N_("Solve by"), computed=True)
    due_at = DateTime(N_("Due next"), help=N_("The next thing that is due, and by when."), computed=True)
    due_what = Text("", computed=True)
    sla = Text("", computed=True)
    tier = Choice(
        N_("Customer's tier"), "tier", help=N_("While the request is open, the tier of today."), computed=True
    )
    acknowledged_at = DateTime(N_("Taken on at"), headings="派单时间 接单时间")
    replied_at = DateTime(N_("First replied at"), headings="首次响应时间 响应时间 首次答复时间 答复时间")
    reply_minutes = Integer("", computed=True)
    solve_minutes = Integer("", computed=True)
    state = Choice(
        N_("State"), "request_state", default="new", width=12, headings="状态 处理状态 进度 处理进度 state status"
    )
    checks = Rows(
        N_("Checklist"),
        {"what": Text(N_("To do"), width=30), "done": DateTime(N_("Done")), "by": Somebody(N_("Done by"))},
    )
    solution = LongText(
        N_("Solution"),
        search="text",
        headings="处理结果 解决方案 处理措施 处理情况 处理过程 维修内容 解决办法 solution result",
    )
    solution_note = Link(N_("Reusable solution"), "service_note")
    parts = Text(N_("Parts used"), search="text", headings="配件 更换配件 备件")
    minutes = Integer(N_("Minutes spent"), most=100_000, headings="工时 工时(分) 用时 分钟")
    chargeable = YesNo(N_("Charged to the customer"), headings="是否收费 收费")
    cost = Money(N_("Charge"), headings="费用 服务费 收费金额 金额 amount")
    solved_at = DateTime(N_("Solved at"), headings="完成时间 完成日期 解决时间 解决日期 处理完成日期 solved")
    closed_at = DateTime(N_("Closed at"), headings="关闭时间 关闭日期 结案日期 closed")
    satisfaction = Choice(
        N_("Satisfaction"), "satisfaction", headings="满意度 客户满意度 是否满意 客户评价 satisfaction"
    )
    feedback = LongText(
        N_("What the customer says"), search="text", headings="客户意见 客户反馈 回访情况 评价 feedback"
    )
    remarks = LongText(N_("Remarks"), search="text", headings="备注 说明 备注说明 其他 remarks notes")
    reopened = Integer(N_("Times reopened"), default=0, headings="重开次数")
    complaint = Link(N_("Complaint that came of it"), "complaint")

    kept = Record.kept
    by_steps = frozenset({"state", "closed_at", "reopened", "checks", "complaint"})

    sections = (
        (
            N_("What is asked"),
            (
                "customer",
                "caller",
                "received_at",
                "channel",
                "type",
                "priority",
                "subject",
                "description",
                "product",
                "serial_no",
                "warranty_until",
            ),
        ),
        (
            N_("Handling"),
            (
                "owner",
                "agreed_at",
                "reply_by",
                "solve_by",
                "state",
                "checks",
                "solution",
                "solution_note",
                "parts",
                "minutes",
                "chargeable",
                "cost",
                "acknowledged_at",
                "replied_at",
                "solved_at",
                "closed_at",
            ),
        ),
        (N_("Satisfaction"), ("satisfaction", "feedback", "reopened", "complaint")),
        (N_("More"), ("remarks", "registered_by", "contact", "interaction")),
    )

    class Meta:
        table_name = "service_request"
        indexes = (
            (("customer", "received_at", "id"), False),
            (("owner", "closed_at"), False),
            (("closed_at", "owner", "received_at"), False),
        )

    @classmethod
    def complete(cls, rows: list[Row], user: int | None, now: str) -> None:
        super().complete(rows, user, now)
        give_codes(rows, cls.table(), "FW", now, "received_at")
        lists: dict[str, str] = {}
        for row in rows:
            row["received_at"] = row["received_at"] or now
            row["registered_by"] = row["registered_by"] or user
            if row["closed_at"] and row["state"] == cls.state.default:
                row["state"] = "closed"
            if row["checks"] == "[]" and row["state"] not in CLOSED:
                row["checks"] = _checks(row["type"], lists)
            _settle(row, row, now, row["received_at"])

    @classmethod
    def mend(cls, before: Row, changes: Row, user: int | None, now: str) -> None:
        super().mend(before, changes, user, now)
        if changes.get("closed_at") and "state" not in changes and before["state"] not in CLOSED:
            changes["state"] = "closed"  # who writes down when it was closed means that it is
        after = {**before, **changes}
        if {"state", "closed_at", "solved_at", "owner"} & changes.keys():
            _settle(after, changes, now, now)
        if "type" in changes and "checks" not in changes and not _ticked(before["checks"]):
            changes["checks"] = _checks(after["type"], {})

    @classmethod
    def affects(cls, rows: Sequence[Row]) -> dict[str, set[int]]:
        return {"service_note": {row["solution_note"] for row in rows if row["solution_note"]}}

    @classmethod
    def derive(cls, ids: Sequence[int], fresh: Collection[int] = ()) -> None:
        for part in chunks(ids):
            service_clock.derive(part, fresh)

    @classmethod
    def hays(cls, ids: Sequence[int]) -> Iterable[tuple[int, str]]:
        for part in chunks(ids):
            for i, row in file.rows(cls.table(), part, searched(cls)).items():
                yield i, search_text(cls, row)


def _settle(row: Row, into: Row, now: str, given: str) -> None:
    """What somebody was `given` to do is assigned; closing has a date; what is not closed has none."""
    if row["owner"] and row["state"] == ServiceRequest.state.default:
        into["state"] = row["state"] = "assigned"
        into["acknowledged_at"] = row["acknowledged_at"] or given
    if row["state"] in CLOSED:
        into["closed_at"] = row["closed_at"] or row["solved_at"] or now
    else:
        into["closed_at"] = None


def _checks(kind: str, known: dict[str, str]) -> str:
    """The checklist of a type, as it is stored."""
    if kind not in known:
        known[kind] = str(ServiceRequest.checks.db_value(service_clock.checks(kind)))
    return known[kind]


def _ticked(stored: str | None) -> bool:
    return any(one.get("done") for one in json.loads(stored or "[]"))


# what is open, by deadline, from the index alone; what is the same everywhere comes first (see models/complaint.py)
ServiceRequest.add_index(
    ServiceRequest.closed_at,
    ServiceRequest.due_at,
    ServiceRequest.tier,
    ServiceRequest.priority,
    ServiceRequest.received_at,
    ServiceRequest.owner,
    where=ServiceRequest.closed_at.is_null(),
    name="service_request_due",
)
# all statistics from the index alone
ServiceRequest.add_index(
    ServiceRequest.received_at,
    ServiceRequest.owner,
    ServiceRequest.closed_at,
    ServiceRequest.type,
    ServiceRequest.tier,
    ServiceRequest.priority,
    ServiceRequest.state,
    ServiceRequest.reply_by,
    ServiceRequest.replied_at,
    ServiceRequest.reply_minutes,
    ServiceRequest.solve_by,
    ServiceRequest.solved_at,
    ServiceRequest.solve_minutes,
    ServiceRequest.reopened,
    ServiceRequest.satisfaction,
    ServiceRequest.cost,
    name="service_request_figures",
)
# most requests come of no contact record
ServiceRequest.add_index(
    ServiceRequest.interaction,
    where=ServiceRequest.interaction.is_null(False),
    name="service_request_interaction",
)
