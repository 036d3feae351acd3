"""Recipes of logs: who was called, visited and written to, as colleagues, telephones and other programs keep it."""

from datetime import datetime, time

from .recipes import book, recipe, text


def said(customer, at, content, **more):
    """One contact as a clerk reads it."""
    at = at if "T" in at else f"{at}T00:00:00"
    return {"interaction.customer": customer, "interaction.at": at, "interaction.content": content,
            **{f"interaction.{name}": value for name, value in more.items()}}  # fmt: skip


@recipe("三月跟进.xlsx")
def customers_down_and_days_across(path):
    book(path, [
        ["2025年3月客户跟进表"],
        ["序号", "客户名称", "联系人", "电话", "3/4", "3/5", "3/6", "备注"],
        [1, "甲公司", "张三", "13800000001", "电话询价", None, "报价单已发", "老客户"],
        [2, "乙公司", "李四", "13800000002", None, "上门，未遇", None, None],
        [3, "丙公司", "王五", "13800000003", None, None, None, None],
        ["填表：王芳"],
    ])  # fmt: skip
    return [
        ("customers", [{"customer.name": "甲公司", "contact.name": "张三", "contact.phones": "13800000001", "customer.remarks": "老客户"},
                       {"customer.name": "乙公司"}, {"customer.name": "丙公司"}]),
        ("interactions", [said("甲公司", "2025-03-04", "电话询价"), said("甲公司", "2025-03-06", "报价单已发"),
                          said("乙公司", "2025-03-05", "上门，未遇")]),
    ]  # fmt: skip


@recipe("周跟进.xlsx")
def real_days_across_under_a_group(path):
    book(path, [
        ["客户名称", "业务员", "跟进情况", None, None, None],
        [None, None, *(datetime(2025, 3, day) for day in (3, 4, 5, 6))],
        ["甲公司", "王芳", "询价", None, "寄样", None],
        ["乙公司", "李强", None, "催款\n答应周五付", None, None],
    ], ["A1:A2", "B1:B2", "C1:F1"])  # fmt: skip
    return [
        ("customers", [{"customer.name": "甲公司", "customer.owner": "(colleague)"}, {"customer.name": "乙公司"}]),
        ("interactions", [said("甲公司", "2025-03-03", "询价"), said("甲公司", "2025-03-05", "寄样"),
                          said("乙公司", "2025-03-04", "催款\n答应周五付", by="(colleague)")]),
    ]  # fmt: skip


@recipe("2025年销售台账.xlsx")
def amounts_of_each_month_are_no_contacts(path):
    book(path, [
        ["客户名称", "联系人", "电话", "1月", "2月", "3月", "合计"],
        ["甲公司", "张三", "13800000001", 1200, None, 800, 2000],
        ["乙公司", "李四", "13800000002", 300.5, 20, "/", 320.5],
    ])  # fmt: skip
    return [("customers", [{"customer.name": "甲公司", "contact.name": "张三"}, {"customer.name": "乙公司"}])]


@recipe("三次跟进.xlsx")
def the_first_second_and_third_contact(path):
    book(path, [
        ["客户名称", "联系人", "手机", "第一次跟进时间", "第一次跟进内容", "第二次跟进时间", "第二次跟进内容", "第三次跟进时间", "第三次跟进内容"],
        ["甲公司", "张三", "13800000001", "2025-03-04", "加微信", "2025-03-08", "报价", None, None],
        ["乙公司", "李四", "13800000002", "2025-03-05", "无人接听", None, None, None, None],
    ])  # fmt: skip
    return [
        ("customers", [{"customer.name": "甲公司", "contact.name": "张三", "contact.phones": "13800000001"}, {"customer.name": "乙公司"}]),
        ("interactions", [said("甲公司", "2025-03-04", "加微信"), said("甲公司", "2025-03-08", "报价"),
                          said("乙公司", "2025-03-05", "无人接听")]),
    ]  # fmt: skip


@recipe("回访分组.xlsx")
def groups_of_day_and_words(path):
    book(path, [
        ["单位名称", "电话", "首次回访", None, "二次回访", None],
        [None, None, "日期", "内容", "日期", "内容"],
        ["甲公司", "0571-88886666", "2025.3.4", "设备正常", "2025.4.4", "要换滤芯"],
        ["乙公司", "0512-66668888", "2025.3.5", "满意", None, None],
    ], ["A1:A2", "B1:B2", "C1:D1", "E1:F1"])  # fmt: skip
    return [
        ("customers", [{"customer.name": "甲公司", "customer.phones": "0571-88886666"}, {"customer.name": "乙公司"}]),
        ("interactions", [said("甲公司", "2025-03-04", "设备正常"), said("甲公司", "2025-04-04", "要换滤芯"),
                          said("乙公司", "2025-03-05", "满意")]),
    ]  # fmt: skip


@recipe("意向客户.xlsx")
def dated_lines_in_one_cell(path):
    book(path, [
        ["客户名称", "联系人", "电话", "意向产品", "跟进记录"],
        ["甲公司", "张三", "13800000001", "水泵", "2025.3.4 电话询价\n2025.3.8 寄样品，王总签收\n2025.3.20 下单"],
        ["乙公司", "李四", "13800000002", "电机", "2025年3月5日：拜访\n没见到人\n2025年3月20日：再访"],
        ["丙公司", "王五", "13800000003", "电机", None],
    ])  # fmt: skip
    return [
        ("customers", [{"customer.name": "甲公司", "contact.name": "张三"}, {"customer.name": "乙公司"}, {"customer.name": "丙公司"}]),
        ("interactions", [said("甲公司", "2025-03-04", "电话询价"), said("甲公司", "2025-03-08", "寄样品，王总签收"),
                          said("甲公司", "2025-03-20", "下单"), said("乙公司", "2025-03-05", "拜访\n没见到人"),
                          said("乙公司", "2025-03-20", "再访")]),
    ]  # fmt: skip


@recipe("销售日报0305.xlsx")
def a_daily_report_with_its_day_above(path):
    book(path, [
        ["销售日报"],
        ["日期：2025年3月5日", None, "填报人：王芳", None, None],
        ["序号", "客户", "时间", "方式", "沟通内容"],
        [1, "甲公司", "9:30", "电话", "确认交期"],
        [2, "乙公司", "14:00", "上门", "演示新品"],
        [3, "丙公司", None, "微信", "发报价单"],
        ["明日计划：拜访丁公司"],
    ])  # fmt: skip
    return [("interactions", [
        said("甲公司", "2025-03-05T09:30:00", "确认交期", channel="phone"),
        said("乙公司", "2025-03-05T14:00:00", "演示新品", channel="visit"),
        said("丙公司", "2025-03-05", "发报价单", channel="wechat"),
    ])]  # fmt: skip


@recipe("2025年日报.xlsx")
def a_sheet_for_each_day(path):
    head = ["客户名称", "拜访方式", "拜访内容", "下一步"]
    book(path, [head, ["甲公司", "电话", "询价", "报价"], ["乙公司", "上门", "送样", None]], title="3.4",
         **{"3.5": [head, ["丙公司", "电话", "对账", None], ["甲公司", "电话", "催单", None]],
            "3月6日": [head, ["乙公司", "微信", "确认图纸", None]]})  # fmt: skip
    return [
        ("interactions", [said("甲公司", "2025-03-04", "询价", next_what="报价"), said("乙公司", "2025-03-04", "送样")]),
        ("interactions", [said("丙公司", "2025-03-05", "对账"), said("甲公司", "2025-03-05", "催单")]),
        ("interactions", [said("乙公司", "2025-03-06", "确认图纸")]),
    ]  # fmt: skip


@recipe("一户一表.xlsx")
def a_sheet_for_each_customer(path):
    head = ["日期", "沟通方式", "沟通内容", "跟进人"]
    book(path, [head, ["2025-03-04", "电话", "询价", "王芳"], ["2025-03-08", "上门", "送样", "王芳"]], title="杭州天成机电",
         **{"苏州恒达科技有限公司": [["苏州恒达科技有限公司 跟进记录"], head, ["2025-03-05", "微信", "对账", "李强"]]})  # fmt: skip
    return [
        ("interactions", [said("杭州天成机电", "2025-03-04", "询价", channel="phone"), said("杭州天成机电", "2025-03-08", "送样")]),
        ("interactions", [said("苏州恒达科技有限公司", "2025-03-05", "对账")]),
    ]  # fmt: skip


@recipe("客户往来卡.xlsx")
def sections_of_customers_in_one_sheet(path):
    head = ["日期", "经办人", "事项", "结果"]
    book(path, [
        ["客户往来记录"],
        ["客户名称：杭州天成机电有限公司", None, "联系人：张伟", None],
        head,
        ["2025-03-04", "王芳", "对账", "一致"],
        ["2025-03-18", "王芳", "送发票", "签收"],
        [],
        ["客户名称：苏州恒达科技有限公司", None, "联系人：李娜", None],
        head,
        ["2025-03-05", "李强", "上门安装", "完成"],
    ])  # fmt: skip
    return [("interactions", [
        said("杭州天成机电有限公司", "2025-03-04", "对账"), said("杭州天成机电有限公司", "2025-03-18", "送发票"),
        said("苏州恒达科技有限公司", "2025-03-05", "上门安装"),
    ])]  # fmt: skip


@recipe("呼叫中心明细.csv")
def calls_counted_in_seconds(path):
    text(path, "流水号,呼叫开始时间,呼叫结束时间,主叫号码,被叫号码,呼叫方向,坐席工号,坐席姓名,振铃时长(秒),通话时长(秒),满意度,录音文件\n"
         "1741137153001,2025-03-05 09:12:33,2025-03-05 09:15:58,13800000001,4008000000,呼入,8001,王芳,6,205,1,20250305091233.wav\n"
         "1741140000002,2025-03-05 10:00:00,2025-03-05 10:00:40,057188886666,4008000000,呼入,8002,李强,12,40,,20250305100000.wav\n"
         "1741140000003,2025-03-05 11:00:00,2025-03-05 11:00:20,13800000003,4008000000,呼入,8002,李强,20,0,,\n", "gb18030")  # fmt: skip
    return [("interactions", [
        {"interaction.at": "2025-03-05T09:12:33", "customer.phones": "13800000001", "interaction.direction": "in", "interaction.minutes": 3,
         "interaction.by": "(colleague)"},
        {"interaction.at": "2025-03-05T10:00:00", "customer.phones": "0571-88886666", "interaction.minutes": 1},
        {"interaction.at": "2025-03-05T11:00:00", "customer.phones": "13800000003", "interaction.minutes": 0},
    ])]  # fmt: skip


@recipe("外呼结果.xlsx")
def durations_in_words(path):
    book(path, [
        ["拨打时间", "客户姓名", "客户手机号", "通话时长", "接通状态", "客户意向", "通话备注", "外呼人员"],
        ["2025/3/5 9:12:33", "张三", "13800000001", "3分25秒", "已接通", "A-有意向", "要样品册", "王芳"],
        ["2025/3/5 9:20:01", "李四", "13800000002", "45秒", "已接通", "C-无意向", "已有供应商", "王芳"],
        ["2025/3/5 9:25:40", "王五", "13800000003", "0秒", "空号", None, None, "王芳"],
        ["2025/3/5 9:31:00", "赵六", "13800000004", "1小时2分", "已接通", "A-有意向", "详谈参数", "王芳"],
    ])  # fmt: skip
    return [("interactions", [
        said("张三", "2025-03-05T09:12:33", "要样品册", minutes=3, by="(colleague)"),
        said("李四", "2025-03-05T09:20:01", "已有供应商", minutes=1),
        {"interaction.customer": "王五", "interaction.minutes": 0},
        said("赵六", "2025-03-05T09:31:00", "详谈参数", minutes=62),
    ])]  # fmt: skip


@recipe("企业微信会话.xlsx")
def messages_kept_by_wecom(path):
    book(path, [
        ["消息时间", "客户名称", "员工", "发送方", "消息类型", "消息内容"],
        ["2025-03-05 09:12:33", "张三@微信", "王芳", "客户", "文本", "在吗，电机多少钱一台"],
        ["2025-03-05 09:13:10", "张三@微信", "王芳", "员工", "文本", "您好😊 M-100 是 1280 元"],
    ])  # fmt: skip
    return [("interactions", [
        said("张三@微信", "2025-03-05T09:12:33", "在吗，电机多少钱一台", by="(colleague)"),
        said("张三@微信", "2025-03-05T09:13:10", "您好😊 M-100 是 1280 元"),
    ])]  # fmt: skip


@recipe("钉钉外勤签到.xlsx")
def colleagues_who_signed_in_at_customers(path):
    book(path, [
        ["姓名", "部门", "签到日期", "签到时间", "签到地点", "拜访客户", "备注", "图片"],
        ["王芳", "销售一部", "2025-03-05", "09:12", "杭州市西湖区文三路1号", "杭州天成机电有限公司", "谈年度合同", "http://x.cn/1.jpg"],
        ["李强", "销售二部", "2025-03-05", "14:30", "苏州市吴中区星湖街2号", "苏州恒达科技有限公司", "装机回访", None],
    ])  # fmt: skip
    return [("interactions", [
        said("杭州天成机电有限公司", "2025-03-05T09:12:00", "谈年度合同", by="(colleague)", place="杭州市西湖区文三路1号"),
        said("苏州恒达科技有限公司", "2025-03-05T14:30:00", "装机回访", place="苏州市吴中区星湖街2号"),
    ])]  # fmt: skip


@recipe("销售记录导出.csv")
def records_of_another_crm(path):
    text(path, "\ufeff记录类型,关联客户,关联联系人,跟进方式,销售记录内容,创建人,创建时间,下次提醒时间,评论数,附件\n"
         "销售记录,杭州天成机电有限公司,张伟,电话,客户要求3月底交货,王芳,2025-03-05 09:12,2025-03-20 09:00,0,\n"
         "销售记录,苏州恒达科技有限公司,李娜,拜访,\"现场看了设备\n约下周试机\",李强,2025-03-06 16:00,,2,现场.jpg\n")  # fmt: skip
    return [("interactions", [
        said("杭州天成机电有限公司", "2025-03-05T09:12:00", "客户要求3月底交货", contact="张伟", channel="phone",
             next_at="2025-03-20T09:00:00", by="(colleague)"),
        said("苏州恒达科技有限公司", "2025-03-06T16:00:00", "现场看了设备\n约下周试机", channel="visit"),
    ])]  # fmt: skip


@recipe("visit reports.xlsx")
def visit_reports_in_english(path):
    book(path, [
        ["Visit Report Register 2025"],
        ["Visit Date", "Customer Name", "Met With", "Visited By", "Purpose of Visit", "Discussion Summary", "Action Items", "Follow-up Date"],
        [datetime(2025, 3, 5), "Pacific Tools Inc.", "Mary O'Brien", "Wang Fang", "Annual review", "Wants 10% discount", "Send new prices",
         datetime(2025, 3, 12)],
        [datetime(2025, 3, 6), "Lone Star Supply LLC", "Bob Li", "Li Qiang", "Claim", "Two pumps leak", None, None],
    ])  # fmt: skip
    return [("interactions", [
        said("Pacific Tools Inc.", "2025-03-05", "Wants 10% discount", contact="Mary O'Brien", next_what="Send new prices",
             next_at="2025-03-12T00:00:00", by="(colleague)"),
        said("Lone Star Supply LLC", "2025-03-06", "Two pumps leak", contact="Bob Li"),
    ])]  # fmt: skip


@recipe("往来邮件.csv")
def mails_that_were_exchanged(path):
    text(path, "日期,发件人,收件人,主题,摘要,附件\n"
         "2025-03-05 09:12,甲公司,sales@dongfeng.com,询价：M-100电机,请报20台含税价,有\n"
         "2025-03-06 10:00,乙公司,sales@dongfeng.com,对账单,2月对账单请确认,\n", "gb18030")  # fmt: skip
    return [("interactions", [
        said("甲公司", "2025-03-05T09:12:00", "请报20台含税价", subject="询价：M-100电机"),
        said("乙公司", "2025-03-06T10:00:00", "2月对账单请确认", subject="对账单"),
    ])]  # fmt: skip


@recipe("接待登记本.xlsx")
def the_visitors_book(path):
    book(path, [
        ["来访登记表"],
        ["日期", "来访单位", "来访人", "人数", "联系电话", "来访事由", "接待人", "到达时间", "离开时间"],
        ["2025/3/5", "甲公司", "张三", 2, "13800000001", "验厂", "王芳", time(9, 30), time(11, 0)],
        ["2025/3/6", "乙公司", "李四", 1, "13800000002", "提货", "李强", time(14, 0), None],
    ])  # fmt: skip
    return [("interactions", [
        {"interaction.customer": "甲公司", "interaction.contact": "张三", "interaction.content": "验厂", "interaction.by": "(colleague)"},
        {"interaction.customer": "乙公司", "interaction.contact": "李四", "interaction.content": "提货"},
    ])]  # fmt: skip


@recipe("周工作汇报.xlsx")
def a_report_by_weekday(path):
    book(path, [
        ["周工作汇报"],
        ["部门：销售部", None, "姓名：李强", None, "2025.3.3—2025.3.7"],
        ["日期", "时间", "客户名称", "工作内容", "完成情况", "备注"],
        ["3月3日（周一）", "上午", "甲公司", "送合同", "已签", None],
        ["3月3日（周一）", "下午", "乙公司", "催款", "推迟", "再约"],
        ["3月4日（周二）", "全天", "丙公司", "装机", "完成", None],
    ])  # fmt: skip
    return [("interactions", [
        {"interaction.customer": "甲公司", "interaction.at": "2025-03-03T00:00:00", "interaction.content": "送合同"},
        {"interaction.customer": "乙公司", "interaction.at": "2025-03-03T00:00:00", "interaction.content": "催款\n再约"},
        {"interaction.customer": "丙公司", "interaction.at": "2025-03-04T00:00:00", "interaction.content": "装机"},
    ])]  # fmt: skip
