"""Recipes of workshops, shops and schools: what was reported, asked and answered, in still other words."""

from datetime import datetime

from .logs import said
from .recipes import book, recipe, text


@recipe("设备报修微信接龙.txt")
def a_chain_of_customers_who_come(path):
    text(path, "#接龙\n周六体验课报名（姓名 电话 孩子年级）\n例：王妈妈 13800000000 三年级\n\n1. 张妈妈 13800000001 三年级\n2. 李爸爸13800000002 初一\n"
         "3. 小王老师 13800000003\n")  # fmt: skip
    return [
        (
            "contacts",
            [
                {"contact.name": "张妈妈", "contact.phones": "13800000001"},
                {"contact.name": "李爸爸"},
                {"contact.name": "小王老师"},
            ],
        )
    ]


@recipe("电梯维保急修.xlsx")
def urgent_repairs_of_lifts(path):
    book(path, [
        ["急修单号", "报修时间", "使用单位", "报修人", "报修电话", "梯号", "故障现象", "到场时间", "修复时间", "停梯时长(小时)", "故障原因", "维修人员", "用户签字"],
        ["JX001", "2025/3/5 9:10", "阳光花园物业", "张三", "13800000001", "3#", "困人", "2025/3/5 9:35", "2025/3/5 10:20", 1.2, "门锁回路", "刘师傅",
         "张三"],
        ["JX002", "2025/3/6 14:00", "恒达大厦", "李四", "13800000002", "1#", "异响", "2025/3/6 15:00", None, None, None, "陈师傅", None],
    ])  # fmt: skip
    return [("requests", [
        {"service_request.code": "JX001", "service_request.customer": "阳光花园物业", "service_request.caller": "张三",
         "service_request.description": "困人", "service_request.received_at": "2025-03-05T09:10:00",
         "service_request.solved_at": "2025-03-05T10:20:00", "service_request.replied_at": "2025-03-05T09:35:00"},
        {"service_request.customer": "恒达大厦", "service_request.description": "异响"},
    ])]  # fmt: skip


@recipe("投诉建议箱.xlsx")
def complaints_and_suggestions_in_one(path):
    book(path, [
        ["日期", "姓名", "联系方式", "投诉/建议内容", "处理部门", "处理结果", "回复日期"],
        ["2025.3.5", "张三", "13800000001", "等位太久", "门店部", "增加叫号", "2025.3.6"],
        ["2025.3.7", "李四", "13800000002", "菜里有头发", "厨房", "道歉并退款", "2025.3.7"],
    ])  # fmt: skip
    return [("complaints", [
        {"complaint.customer": "张三", "complaint.received_at": "2025-03-05T00:00:00", "complaint.description": "等位太久",
         "complaint.solution": "增加叫号", "complaint.department": "门店部", "customer.phones": "13800000001"},
        {"complaint.customer": "李四"},
    ])]  # fmt: skip


@recipe("家长沟通记录.xlsx")
def talks_with_parents(path):
    book(path, [
        ["学员姓名", "家长称呼", "沟通日期", "沟通方式", "沟通内容", "家长反馈", "班主任"],
        ["张小宝", "张妈妈", "2025-03-05", "电话", "上周缺课一次", "会补上", "王芳"],
        ["李小贝", "李爸爸", "2025-03-06", "微信", "续费提醒", "下周交", "李强"],
    ])  # fmt: skip
    return [("interactions", [
        {"interaction.customer": "张小宝", "interaction.at": "2025-03-05T00:00:00", "interaction.channel": "phone"},
        {"interaction.customer": "李小贝", "interaction.channel": "wechat"},
    ])]  # fmt: skip


@recipe("Meeting minutes.xlsx")
def minutes_of_meetings(path):
    book(path, [
        ["Date", "Start Time", "Client", "Attendees", "Agenda", "Minutes", "Action Owner", "Next Meeting"],
        [datetime(2025, 3, 5), "14:00", "Pacific Tools Inc.", "Mary O'Brien", "Prices 2025", "5% from April", "Wang Fang", datetime(2025, 4, 5)],
        [datetime(2025, 3, 6), "09:30", "Lone Star Supply LLC", "Bob Li", "Claims", "Two pumps back", "Li Qiang", None],
    ])  # fmt: skip
    return [("interactions", [
        {"interaction.customer": "Pacific Tools Inc.", "interaction.at": "2025-03-05T14:00:00", "interaction.contact": "Mary O'Brien",
         "interaction.next_at": "2025-04-05T00:00:00"},
        {"interaction.customer": "Lone Star Supply LLC", "interaction.at": "2025-03-06T09:30:00"},
    ])]  # fmt: skip


@recipe("微信朋友圈线索.csv")
def leads_with_their_first_talk(path):
    text(path, "线索来源,线索时间,微信昵称,微信号,手机,意向,首次沟通内容,跟进人,跟进状态\n"
         "抖音,2025-03-05 09:12,小太阳,sun_1,13800000001,高,要报价,王芳,已加微信\n朋友圈,2025-03-06 10:00,老王,wang8,,低,先看看,李强,未通过\n", "utf-8-sig")  # fmt: skip
    return [("customers", [
        {"customer.name": "小太阳", "customer.wechat": "sun_1", "customer.phones": "13800000001", "customer.owner": "(colleague)"},
        {"customer.name": "老王", "customer.wechat": "wang8"},
    ])]  # fmt: skip


@recipe("回访录音登记.xls.xlsx")
def calls_back_with_marks(path):
    book(path, [
        ["回访编号", "回访日期", "客户名称", "联系人", "联系电话", "回访方式", "服务态度", "产品质量", "总体评价", "客户建议", "回访人"],
        ["HF01", "2025-03-05", "甲公司", "张三", "13800000001", "电话", "5分", "4分", "满意", "包装改进", "小刘"],
        ["HF02", "2025-03-06", "乙公司", "李四", "13800000002", "电话", "3分", "3分", "一般", "送货慢", "小刘"],
    ])  # fmt: skip
    return [("interactions", [
        said("甲公司", "2025-03-05", "包装改进", channel="phone", by="(colleague)") | {"interaction.contact": "张三"},
        said("乙公司", "2025-03-06", "送货慢"),
    ])]  # fmt: skip


@recipe("RMA list.csv")
def goods_sent_back_in_english(path):
    text(path, "RMA No,RMA Date,Customer,Model,Serial No,Qty,Reason for Return,Test Result,Action,Closed On,Status\n"
         "R-1001,2025-03-05,Pacific Tools Inc.,P-20,SN001,2,Leaks,Seal torn,Replaced,2025-03-12,Closed\n"
         "R-1002,2025-03-08,Lone Star Supply LLC,M-100,SN002,1,No power,,,,Open\n")  # fmt: skip
    return [("complaints", [
        {"complaint.code": "R-1001", "complaint.received_at": "2025-03-05T00:00:00", "complaint.customer": "Pacific Tools Inc.",
         "complaint.description": "Leaks", "complaint.closed_at": "2025-03-12T00:00:00"},
        {"complaint.customer": "Lone Star Supply LLC", "complaint.description": "No power"},
    ])]  # fmt: skip


@recipe("客户催收跟踪.xlsx")
def dunning_with_promises(path):
    book(path, [
        ["客户名称", "欠款金额", "催款日期", "催款方式", "对方答复", "承诺付款日", "催款人"],
        ["甲公司", 12500, "2025-03-05", "电话", "月底付一半", "2025-03-31", "王芳"],
        ["乙公司", 800, "2025-03-06", "上门", "老板不在", None, "李强"],
    ])  # fmt: skip
    return [("interactions", [
        said("甲公司", "2025-03-05", "月底付一半", channel="phone", by="(colleague)"),
        said("乙公司", "2025-03-06", "老板不在", channel="visit"),
    ])]  # fmt: skip
