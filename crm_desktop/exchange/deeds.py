"""Headings of logs and ledgers made of a deed and a role (签到时间, 报障人, 表扬事由), read without a word for each.

Who does a deed tells who the person is: 报修人 is the customer's, 维修人 is ours; 来访时间 is when it began, 维修时间
when it was done.
"""

from __future__ import annotations

import re
from typing import Final

from crm_desktop.models.base import Record
from crm_desktop.models.complaint import Complaint
from crm_desktop.models.customer import Customer
from crm_desktop.models.feedback import Feedback
from crm_desktop.models.interaction import Interaction
from crm_desktop.models.service import ServiceRequest

Place = tuple[type[Record], str]

_THEIRS: Final = (
    "来访|到访|来电|来函|来信|来人|咨询|投诉|客诉|诉求|急修|抢修|报修|报障|报案|反馈|反映|意见|建议|表扬|求助|求诉|申请|退货|退换货|换货|请求|提问"
    "|评价|评论|被调查|受访|被访|故障|不良|缺陷|异常|质量问题|问题|索赔"
)
"""What customers do, or what happens to them."""
_OURS: Final = (
    "会议|交谈|面谈|会面|接通|回复|上门|拜访|回访|走访|随访|巡访|巡店|催款|催收|催办|外呼|拨打|呼叫|通话|电访|陌拜|接待|处理|处置|维修|修理|检修|受理|登记|跟进|沟通|洽谈|会谈|交流|联系|签到|记录|录入"
    "|服务|派单|接单|派工|指派|接线|接听|安装|配送|送货|发货|施工|保养|巡检|办理|调查|解决|恢复|解答|答复|工作|日志|汇报|消息|会话|聊天|发送|邮件|销售|销售记录|访问|关联|讨论|实施"
)
"""What we do."""
_TALKS: Final = (
    "会议|交谈|面谈|会面|接通|拜访|回访|走访|随访|巡访|巡店|催款|催收|来访|到访|来电|外呼|拨打|呼叫|通话|电访|陌拜|接待|沟通|洽谈|会谈|交流|联系|跟进|签到|消息|会话|聊天|咨询|销售|销售记录"
    "|工作|日志|汇报|邮件|访问|关联|讨论|记录|发送"
)
"""What a contact is made of, whoever began it."""
_DONE: Final = "处理|处置|维修|修理|检修|办理|解决|恢复|解答|答复|实施"

_DEFECTS: Final = frozenset(["故障", "不良", "缺陷", "异常", "问题", "质量问题", "质量"])
"""What has a cause; of a complaint or a return the cause is what it is about."""

_ROLES: Final = (
    ("person", "人|人员|人姓名|者|员|师傅|技师|技工|工程师|顾问|专员|对象"),
    ("customer", "客户|客户名称|单位|单位名称|公司|企业|顾客"),
    ("contact", "联系人"),
    ("phones", "电话|手机|手机号|号码|联系方式|联系电话|人电话|人手机|人联系方式|人联系电话"),
    ("moment", "时间|日期|起始时间|开始时间|开始日期|发起时间"),
    ("text", "内容|描述|事由|原因|现象|说明|事项|情况|详情|摘要|小结|纪要|明细|诉求|要点|记录|问题|项目"),
    ("kind", "类型|类别|分类|性质"),
    ("channel", "方式|渠道|途径|来源|形式"),
    ("direction", "方向"),
    ("code", "编号|单号|单编号"),
    ("place", "地点|位置|地址"),
    ("result", "结果|状态"),
)
_THEIR_SIDE: Final = re.compile(rf"(?:客户|顾客|用户)?(?:{_THEIRS})")
_OUR_SIDE: Final = re.compile(rf"(?:{_OURS})")
_PATTERNS: Final = tuple(
    (role, re.compile(rf"(?P<deed>(?:客户|顾客|用户)?(?:{_THEIRS}|{_OURS})(?:登记|受理)?)(?:的)?(?:{words})"))
    for role, words in _ROLES
)

_BEGUN: Final[dict[type[Record], dict[str, Place]]] = {
    Interaction: {
        "person": (Interaction, "contact"), "moment": (Interaction, "at"), "text": (Interaction, "content"),
        "channel": (Interaction, "channel"), "direction": (Interaction, "direction"),
        "place": (Interaction, "place"), "result": (Interaction, "outcome"), "contact": (Interaction, "contact"),
    },
    Complaint: {
        "person": (Complaint, "complainant"), "moment": (Complaint, "received_at"), "text": (Complaint, "description"),
        "channel": (Complaint, "channel"), "kind": (Complaint, "category"), "code": (Complaint, "code"),
        "contact": (Complaint, "complainant"),
    },
    ServiceRequest: {
        "person": (ServiceRequest, "caller"), "moment": (ServiceRequest, "received_at"),
        "text": (ServiceRequest, "description"), "channel": (ServiceRequest, "channel"),
        "kind": (ServiceRequest, "type"), "code": (ServiceRequest, "code"), "contact": (ServiceRequest, "caller"),
    },
    Feedback: {
        "person": (Feedback, "who"), "moment": (Feedback, "at"), "text": (Feedback, "text"),
        "channel": (Feedback, "channel"), "kind": (Feedback, "kind"), "code": (Feedback, "code"),
        "contact": (Feedback, "who"),
    },
}  # fmt: skip
"""What a column of the customer's own deed holds, by its role."""
_ENDED: Final[dict[type[Record], dict[str, Place]]] = {
    Complaint: {"moment": (Complaint, "solved_at"), "text": (Complaint, "solution"), "result": (Complaint, "solution"),
                "person": (Complaint, "owner")},
    ServiceRequest: {"moment": (ServiceRequest, "solved_at"), "text": (ServiceRequest, "solution"),
                     "result": (ServiceRequest, "solution"), "person": (ServiceRequest, "owner")},
    Feedback: {"moment": (Feedback, "answered_at"), "text": (Feedback, "answer"), "result": (Feedback, "answer"),
               "person": (Feedback, "owner")},
}  # fmt: skip
"""What a column of our own deed holds, where that deed ends the matter."""
_COLLEAGUE: Final[dict[type[Record], str]] = {
    Interaction: "by", Complaint: "registered_by", ServiceRequest: "registered_by", Feedback: "owner",
}  # fmt: skip


def find(model: type[Record], heading: str) -> Place | None:
    """The field such a heading means in a list of these records, None for other headings."""
    if len(heading) < 3 or len(heading) > 12:
        return None
    for role, pattern in _PATTERNS:
        if found := pattern.fullmatch(heading):
            return _place(model, role, found["deed"], heading)
    return None


def _place(model: type[Record], role: str, deed: str, heading: str) -> Place | None:
    if role == "customer":
        return model, "customer"
    if role == "phones":
        return (Customer, "phones") if _THEIR_SIDE.match(deed) else None
    if heading.endswith("原因") and deed in _DEFECTS:
        return (Complaint, "analysis") if model is Complaint else None
    if _THEIR_SIDE.fullmatch(deed):
        return _BEGUN[model].get(role)
    if model is Interaction:
        if role == "person":
            return None if deed.startswith("关联") else (model, _COLLEAGUE[model])
        return _BEGUN[model].get(role) if re.fullmatch(_TALKS, deed) else None
    if re.match(_DONE, deed):
        return _ENDED[model].get(role)
    if role == "person":
        sent = deed in ("派单", "派工", "指派", "安装", "施工", "保养", "服务", "上门")
        return model, "owner" if sent and "owner" in model.described() else _COLLEAGUE[model]
    return _BEGUN[model].get(role) if re.fullmatch("登记|受理|记录|调查|派单|接单", deed) and role == "moment" else None
