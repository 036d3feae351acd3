"""Complaints: what went wrong for a customer, who sees to it, and how it ended (product.md 4.6)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from crm_desktop.i18n import N_
from crm_desktop.models import complaint_clock
from crm_desktop.models.base import Extended, Record, give_codes, search_text, searched
from crm_desktop.models.fields import Choice, Date, DateTime, Integer, Link, LongText, Money, Person, Text, YesNo
from crm_desktop.models.improvements import Actions
from crm_desktop.models.manifold import Choices, People, Rows
from crm_desktop.store import file
from crm_desktop.store.record import Row, chunks

CLOSED = complaint_clock.ENDED
"""States in which nothing more is to be done."""


class Complaint(Extended):
    """One complaint."""

    title = N_("Complaint")
    searchable = True
    derives = True

    code = Text(N_("Complaint no."), search="text", unique=True, computed=True, headings="投诉编号 编号 工单号 单号")
    received_at = DateTime(
        N_("Received at"),
        required=True,
        headings="受理时间 投诉日期 投诉时间 受理日期 日期 接诉日期 登记日期 反馈日期 date received",
    )
    registered_by = Person(N_("Registered by"), headings="登记人 受理人 接待人 记录人")
    customer = Link(
        N_("Customer"),
        "customer",
        end="cascade",
        required=True,
        headings="客户 客户名称 单位名称 公司名称 投诉客户 投诉单位 customer company",
    )
    contact = Link(N_("Customer's contact person"), "contact", headings="contact_person")
    complainant = Text(N_("Complainant"), search="text", headings="投诉人 投诉人姓名 联系人 反馈人 complainant")
    complainant_is = Choice(N_("Complainant is"), "complainant", headings="投诉人身份")
    nature = Choice(N_("Explicit or implicit"), "complaint_nature", default="explicit", headings="显性/隐性 投诉性质")
    form = Choice(N_("Form"), "complaint_form", headings="投诉形式 书面/口头")
    addressee = Choice(N_("Addressed to"), "addressee", default="us", headings="投诉对象")
    external_no = Text(N_("External no."), search="text", headings="外部编号")
    channel = Choice(N_("Channel"), "channel", headings="渠道 投诉渠道 投诉方式 来源")
    category = Choice(
        N_("Category"),
        "complaint_category",
        index=True,
        headings="类别 投诉类别 投诉类型 分类 类型 问题类型 category type",
    )
    severity = Choice(
        N_("Severity"), "severity", default="normal", index=True, headings="等级 严重程度 紧急程度 投诉等级 severity"
    )
    description = LongText(
        N_("Description"),
        search="text",
        required=True,
        headings="投诉内容 描述 内容 问题描述 投诉描述 投诉事由 情况说明 反馈内容 description content",
    )
    demand = LongText(N_("Customer's demand"), search="text", headings="客户诉求 诉求 客户要求")
    evidence = LongText(N_("Evidence"), headings="证据")
    order_no = Text(N_("Order no."), search="text", headings="关联订单 订单号 订单编号")
    product = Text(N_("Product"), search="text", headings="产品 产品名称 商品 关联产品")
    batch = Text(N_("Batch"), search="text", headings="批号 批次")
    about = Person(N_("About colleague"), headings="涉及人员")

    owner = Person(N_("Owner"), index=True, wanted=True, headings="责任人 处理人 负责人 经办人 跟进人 handler owner")
    department = Text(N_("Department"), headings="责任部门 部门")
    collaborators = People(N_("Collaborators"), headings="协作人")
    agreed_by = DateTime(
        N_("Latest by agreement or law"),
        future=True,
        help=N_("A day the customer, a contract or an authority sets: the case is never due later than that."),
        headings="解决时限 处理时限 要求完成日期 法定时限 约定时限",
    )
    acknowledge_by = DateTime(N_("Acknowledge by"), computed=True)
    reply_by = DateTime(N_("First reply by"), computed=True)
    solve_by = DateTime(N_("Solve by"), computed=True, index=True)
    due_at = DateTime(N_("Due next"), help=N_("The next thing that is due, and by when."), computed=True, index=True)
    due_what = Text("", computed=True)
    sla = Text("", computed=True)
    tier = Choice(
        N_("Customer's tier"), "tier", help=N_("While the complaint is open, the tier of today."), computed=True
    )
    acknowledged_at = DateTime(N_("Acknowledged at"), headings="已受理时间 确认时间")
    replied_at = DateTime(N_("First replied at"), headings="首次答复时间 答复时间")
    acknowledge_minutes = Integer("", computed=True)
    reply_minutes = Integer("", computed=True)
    solve_minutes = Integer("", computed=True)
    state = Choice(
        N_("State"),
        "complaint_state",
        default="new",
        index=True,
        width=14,
        headings="状态 处理状态 进度 处理进度 state status",
    )
    founded = Choice(N_("Founded?"), "founded", headings="是否成立 投诉是否成立")
    founded_reason = Text(N_("Why (not) founded"), width=20)
    cause = Choice(
        N_("Cause"), "complaint_cause", index=True, headings="原因 原因分类 投诉原因 原因分析 责任原因 cause reason"
    )
    analysis = LongText(N_("Cause analysis"), search="text", headings="原因说明 5-why 原因分析说明")
    whys = Rows(
        N_("Five whys"),
        {"why": Text(N_("Why?"), width=20), "because": Text(N_("Because"), width=30)},
        headings="五个为什么 5个为什么",
    )
    family = Text(
        N_("Family of like complaints"),
        help=N_("A name for complaints that are alike and have one cause, such as “motor noise, batch 24”."),
        search="text",
        index=True,
        width=18,
        headings="同类投诉",
    )
    solution_types = Choices(N_("Kind of solution"), "solution_type", headings="处理方式 解决方式")
    solution = LongText(
        N_("Solution"), search="text", headings="处理结果 处理措施 解决方案 处理意见 处理情况 处理过程 solution result"
    )
    promised_at = DateTime(N_("Promised for"), future=True, headings="承诺时间 承诺日期 承诺完成日期")
    solved_at = DateTime(
        N_("Solved at"), headings="完成时间 完成日期 解决日期 解决时间 处理完成日期 办结日期 处理日期 solved"
    )
    closed_at = DateTime(N_("Closed at"), headings="关闭日期 关闭时间 结案日期 closed")
    compensation_kind = Choice(N_("Compensation"), "compensation", headings="补偿方式 赔偿方式")
    compensation = Money(N_("Compensation amount"), headings="补偿金额 赔偿金额 赔付金额 金额 损失金额 amount")
    approved_by = Person(N_("Approved by"), headings="批准人 审批人")
    approved_at = DateTime(N_("Approved at"), headings="批准时间 审批时间")
    found_by_us = YesNo(N_("Found by us first"), headings="主动发现")
    apology_at = DateTime(N_("Apologised"), headings="致歉时间 道歉时间")
    apology_by = Person(N_("Apologised by"), headings="致歉人")
    informed = Rows(
        N_("Customer informed"),
        {"on": Date(N_("Date")), "what": Text(N_("What was told"), width=24), "by": Text(N_("Informed by"))},
        headings="客户知情",
    )
    told_at = DateTime(N_("Customer told the result"), headings="告知时间")
    told_how = Choice(N_("Told by"), "channel", headings="告知方式")
    agrees = Choice(N_("Customer agrees"), "agreement", headings="客户意见")
    follow_up_on = Date(N_("Follow up on"), future=True, headings="回访日期 回访时间")
    follow_up = LongText(N_("Follow-up"), headings="回访 回访结果 回访情况")
    satisfaction = Choice(
        N_("Satisfaction"), "satisfaction", headings="满意度 客户是否满意 是否满意 客户满意度 satisfaction satisfied"
    )
    reopened = Integer(N_("Times reopened"), default=0, headings="重开次数")
    improvements = Actions(N_("Improvement actions"), headings="改进措施 纠正措施 预防措施 整改措施")
    improve_by = Date(N_("Improvement due"), computed=True, index=True)
    recovery_score = Integer(
        N_("Recovery score"),
        help=N_("Prevention, promptness, initiative, apology and keeping the customer informed: 20 points each."),
        computed=True,
    )

    kept = Record.kept
    by_steps = frozenset({"state", "closed_at", "reopened"})

    sections = (
        (
            N_("What happened"),
            (
                "customer",
                "complainant",
                "received_at",
                "channel",
                "category",
                "severity",
                "description",
                "demand",
                "product",
                "order_no",
                "batch",
            ),
        ),
        (
            N_("Handling"),
            (
                "owner",
                "department",
                "acknowledge_by",
                "reply_by",
                "solve_by",
                "agreed_by",
                "founded",
                "founded_reason",
                "cause",
                "analysis",
                "whys",
                "family",
                "solution_types",
                "solution",
                "promised_at",
                "state",
                "acknowledged_at",
                "replied_at",
                "solved_at",
                "closed_at",
            ),
        ),
        (
            N_("Recovery"),
            (
                "compensation_kind",
                "compensation",
                "approved_by",
                "approved_at",
                "found_by_us",
                "apology_at",
                "apology_by",
                "informed",
                "told_at",
                "told_how",
                "agrees",
            ),
        ),
        (
            N_("Follow-up and improvement"),
            ("follow_up_on", "follow_up", "satisfaction", "reopened", "recovery_score", "improvements"),
        ),
        (
            N_("More"),
            (
                "registered_by",
                "contact",
                "complainant_is",
                "nature",
                "form",
                "addressee",
                "external_no",
                "evidence",
                "about",
                "collaborators",
            ),
        ),
    )

    class Meta:
        indexes = (
            (("customer", "received_at", "id"), False),
            (("received_at", "id"), False),
            (("closed_at", "owner", "severity", "received_at"), False),
            (("solved_at", "owner", "received_at"), False),
        )

    @classmethod
    def complete(cls, rows: list[Row], user: int | None, now: str) -> None:
        super().complete(rows, user, now)
        give_codes(rows, cls.table(), "TS", now, "received_at")
        for row in rows:
            row["received_at"] = row["received_at"] or now
            row["registered_by"] = row["registered_by"] or user
            if row["closed_at"] and row["state"] == cls.state.default:
                row["state"] = "closed"
            _close(row, row, now)

    @classmethod
    def mend(cls, before: Row, changes: Row, user: int | None, now: str) -> None:
        super().mend(before, changes, user, now)
        if changes.get("closed_at") and "state" not in changes and before["state"] not in CLOSED:
            changes["state"] = "closed"  # who writes down when it was closed means that it is
        if {"state", "closed_at", "solved_at"} & changes.keys():
            _close({**before, **changes}, changes, now)

    @classmethod
    def affects(cls, rows: Sequence[Row]) -> dict[str, set[int]]:
        return {"customer": {row["customer"] for row in rows}}

    @classmethod
    def derive(cls, ids: Sequence[int], fresh: Collection[int] = ()) -> None:
        for part in chunks(ids):
            complaint_clock.derive(part, fresh)

    @classmethod
    def hays(cls, ids: Sequence[int]) -> Iterable[tuple[int, str]]:
        for part in chunks(ids):
            for i, row in file.rows(cls.table(), part, searched(cls)).items():
                yield i, search_text(cls, row)


def _close(row: Row, into: Row, now: str) -> None:
    """Closing has a date; what is not closed has none."""
    if row["state"] in CLOSED:
        into["closed_at"] = row["closed_at"] or row["solved_at"] or now
    else:
        into["closed_at"] = None


# after an upgrade those are looked for at every start; what is the same everywhere comes first in these indexes, because
# SQLite counts such columns when it chooses one
Complaint.add_index(
    Complaint.closed_at,
    Complaint.due_at,
    Complaint.due_what,
    where=(Complaint.closed_at.is_null() & Complaint.due_at.is_null() & (Complaint.due_what == "")),
    name="complaint_no_clock",
)
# all statistics from the index alone
Complaint.add_index(
    Complaint.received_at,
    Complaint.owner,
    Complaint.closed_at,
    Complaint.category,
    Complaint.cause,
    Complaint.state,
    Complaint.product,
    Complaint.tier,
    Complaint.solved_at,
    Complaint.solve_by,
    Complaint.acknowledge_minutes,
    Complaint.reply_minutes,
    Complaint.solve_minutes,
    Complaint.reopened,
    Complaint.satisfaction,
    Complaint.compensation,
    Complaint.customer,
    Complaint.about,
    name="complaint_figures",
)
# what is due, from the index alone
Complaint.add_index(
    Complaint.closed_at,
    Complaint.due_at,
    Complaint.tier,
    Complaint.severity,
    Complaint.received_at,
    Complaint.owner,
    where=(Complaint.closed_at.is_null() & Complaint.due_at.is_null(False)),
    name="complaint_due",
)
Complaint.add_index(
    Complaint.state,
    Complaint.follow_up_on,
    Complaint.customer,
    where=(Complaint.state == "solved"),
    name="complaint_solved",
)
