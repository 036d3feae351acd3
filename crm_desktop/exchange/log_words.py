"""Further headings people write over the columns of logs of contacts."""

from __future__ import annotations

from typing import Final

from crm_desktop.exchange.more_words import OF_WHOM, Headings
from crm_desktop.models.customer import Customer
from crm_desktop.models.interaction import Interaction

OF_INTERACTIONS: Final[Headings] = {
    (
        Interaction,
        "at",
    ): "visit_date meeting_date date_of_visit start_time 实际日期 实际时间 呼叫时间 通话时间 拨打时间 拨号时间 "
    "来电时间 "
    "来电日期 call_time call_date",
    (Interaction, "our_people"): "陪同人员 陪同人 陪访人 随行人员",
    (Interaction, "direction"): "呼叫类型 通话类型 呼入呼出 call_type",
    (Interaction, "minutes"): "通话时长 通话时间长度 duration",
    (Interaction, "content"): "客户意见 客户意见及建议 意见及建议 意见建议 使用情况 回访内容 通话小结 小结 "
    "通话内容 通话记录 通话备注 来电内容 call_notes body message remarks 备忘 客户反馈 客户需求 客户建议 "
    "对方答复 对方反馈 客户答复 客户反应 "
    "discussion "
    "discussion_summary minutes_of_meeting "
    "meeting_notes 摘要 邮件摘要",
    (Interaction, "next_what"): "next_action 下次跟进计划 action_items next_steps 待办 待办事项 下周计划 明日计划",
    (
        Interaction,
        "next_at",
    ): "follow-up_date next_follow_up next_visit next_meeting 下次提醒时间 提醒时间 下次回访时间 下次回访日期 "
    "下次拜访时间 "
    "下次拜访日期",
    (Interaction, "purpose"): "目标 agenda purpose_of_visit visit_purpose",
    (Interaction, "place"): "visit_location",
    (Interaction, "outcome"): "结论 通话结果 呼叫结果 接通状态 call_result",
    (Interaction, "contact"): "met_with attendees caller 联络人 "
    "关联联系人 对方人员 对方联系人 客户方人员 受访人 被访人 接待人 对接人 拜访对象 沟通对象 客户联系人",
    (
        Interaction,
        "customer",
    ): "被访客户 回访客户 受访单位 拜访单位 沟通客户 来电人 来访人 咨询人 客户姓名 发件人 收件人 发件单位 收件单位",
    (
        Interaction,
        "by",
    ): "经办 处理人 接听人 接线人 受理人 回访人 回访员 坐席 坐席姓名 座席 话务员 员工 员工姓名 成员 成员姓名 提交人 "
    "填报人 visited_by sales_rep agent",
    (Customer, "code"): "客户编号 客户代码 客户号",
    (Customer, "phones"): OF_WHOM,
}
