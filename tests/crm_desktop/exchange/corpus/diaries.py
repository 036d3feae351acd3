"""Recipes of diaries, calendars and forms in still other hands: what was said, complained of and repaired."""

from datetime import datetime

import xlwt

from .logs import said
from .recipes import book, recipe, text


@recipe("往来账簿式.xlsx")
def month_and_day_in_columns_of_their_own(path):
    book(path, [
        ["2025年客户联系登记簿"],
        ["月", "日", "客户", "联系方式", "摘要", "经办"],
        [3, 4, "甲公司", "电话", "询价", "王芳"],
        [None, 8, "乙公司", "上门", "送样", "王芳"],
        [4, 2, "甲公司", "微信", "下单", "李强"],
    ])  # fmt: skip
    return [("interactions", [said("甲公司", "2025-03-04", "询价", channel="phone"), said("乙公司", "2025-03-08", "送样"),
                              said("甲公司", "2025-04-02", "下单", by="(colleague)")])]  # fmt: skip


@recipe("数字日期表头.xlsx")
def days_as_numbers_in_the_heading(path):
    book(path, [
        ["2025年3月回访跟踪"],
        ["客户名称", "电话", 3.4, 3.5, 3.11],
        ["甲公司", "0571-88886666", "通了，要样品", None, "样品已收"],
        ["乙公司", "0512-66668888", None, "不需要", None],
    ])  # fmt: skip
    return [
        ("customers", [{"customer.name": "甲公司", "customer.phones": "0571-88886666"}, {"customer.name": "乙公司"}]),
        ("interactions", [said("甲公司", "2025-03-04", "通了，要样品"), said("甲公司", "2025-03-11", "样品已收"),
                          said("乙公司", "2025-03-05", "不需要")]),
    ]  # fmt: skip


@recipe("矩阵.csv")
def days_across_as_a_text_file(path):
    text(
        path,
        "客户名称,业务员,2025-03-04,2025-03-05,2025-03-06\n甲公司,王芳,电话询价,,寄样\n乙公司,李强,,拜访王总,\n",
        "gb18030",
    )
    return [
        ("customers", [{"customer.name": "甲公司"}, {"customer.name": "乙公司"}]),
        ("interactions", [said("甲公司", "2025-03-04", "电话询价", by="(colleague)"), said("甲公司", "2025-03-06", "寄样"),
                          said("乙公司", "2025-03-05", "拜访王总")]),
    ]  # fmt: skip


@recipe("月度拜访.xls")
def real_days_across_in_an_old_workbook(path):
    made = xlwt.Workbook()
    sheet = made.add_sheet("三月")
    day = xlwt.easyxf(num_format_str="m/d")
    for c, heading in enumerate(["客户名称", "联系人"]):
        sheet.write(0, c, heading)
    for c, date in enumerate((4, 5, 6), 2):
        sheet.write(0, c, datetime(2025, 3, date), day)
    for r, row in enumerate([["甲公司", "张三", "送样", "", "回访满意"], ["乙公司", "李四", "", "收款五千", ""]], 1):
        for c, cell in enumerate(row):
            sheet.write(r, c, cell)
    made.save(str(path))
    return [
        ("customers", [{"customer.name": "甲公司", "contact.name": "张三"}, {"customer.name": "乙公司"}]),
        ("interactions", [said("甲公司", "2025-03-04", "送样"), said("甲公司", "2025-03-06", "回访满意"),
                          said("乙公司", "2025-03-05", "收款五千")]),
    ]  # fmt: skip


@recipe("出勤打卡.xlsx")
def ticks_across_are_no_contacts(path):
    book(path, [
        ["客户名称", "送货员", "3/4", "3/5", "3/6"],
        ["甲公司", "小刘", "√", None, "√"],
        ["乙公司", "小陈", "已送", "√", "未送"],
    ])  # fmt: skip
    return [("customers", [{"customer.name": "甲公司"}, {"customer.name": "乙公司"}])]


@recipe("客戶拜訪紀錄.xlsx")
def a_log_in_traditional_characters(path):
    book(path, [
        ["拜訪日期", "客戶名稱", "聯絡人", "拜訪方式", "洽談內容", "下次拜訪日期", "業務員"],
        ["114/3/5", "德信貿易股份有限公司", "陳小姐", "電話", "報價確認", "114/3/20", "王芳"],
        ["114/3/6", "永豐五金行", "林老闆", "親訪", "收款", None, "李強"],
    ])  # fmt: skip
    return [("interactions", [
        said("德信貿易股份有限公司", "2025-03-05", "報價確認", contact="陳小姐", channel="phone", next_at="2025-03-20T00:00:00"),
        said("永豐五金行", "2025-03-06", "收款", by="(colleague)"),
    ])]  # fmt: skip


@recipe("客户投诉处理单.xlsx")
def a_complaint_form_with_merged_cells(path):
    book(path, [
        ["客户投诉处理单", None, None, None],
        ["编号", "TS-2503-01", "投诉日期", "2025年3月5日"],
        ["客户名称", "甲公司", "联系电话", "0571-88886666"],
        ["产品名称", "电机M-100", "批号", "B2502"],
        ["投诉内容", "运行十分钟后冒烟", None, None],
        ["原因分析", "绕组短路", None, None],
        ["处理结果", "退货并赔偿运费", None, None],
        ["处理人", "王芳", "完成日期", "2025年3月8日"],
    ], ["A1:D1", "B5:D5", "B6:D6", "B7:D7"])  # fmt: skip
    return [("complaints", [{
        "complaint.code": "TS-2503-01", "complaint.customer": "甲公司", "complaint.received_at": "2025-03-05T00:00:00",
        "complaint.description": "运行十分钟后冒烟", "complaint.solution": "退货并赔偿运费", "complaint.product": "电机M-100",
        "complaint.solved_at": "2025-03-08T00:00:00", "complaint.owner": "(colleague)",
    }])]  # fmt: skip


@recipe("售后台账2025.xlsx")
def after_sales_with_warranty(path):
    book(path, [
        ["序号", "接单日期", "客户单位", "联系人/电话", "设备型号", "出厂编号", "故障描述", "是否保内", "派工工程师", "维修日期", "维修结果", "更换配件",
         "收费金额", "客户评价"],
        [1, "2025.3.5", "甲公司", "张三13800000001", "M-100", "SN0001", "不转", "是", "刘工", "2025.3.6", "更换电容后正常", "电容", 0, "满意"],
        [2, "2025.3.7", "乙公司", "李四13800000002", "P-20", "SN0002", "漏水", "否", "陈工", None, None, None, "120元", None],
    ])  # fmt: skip
    return [("requests", [
        {"service_request.customer": "甲公司", "service_request.received_at": "2025-03-05T00:00:00", "service_request.description": "不转",
         "service_request.serial_no": "SN0001", "service_request.solution": "更换电容后正常", "service_request.parts": "电容",
         "service_request.solved_at": "2025-03-06T00:00:00", "service_request.owner": "(colleague)", "service_request.product": "M-100"},
        {"service_request.customer": "乙公司", "service_request.cost": 12000},
    ])]  # fmt: skip


@recipe("客服日报.xlsx")
def a_helpline_with_kinds_of_calls(path):
    book(path, [
        ["客服中心来电日报表  2025年3月5日"],
        ["来电时间", "来电号码", "来电人", "来电类型", "来电内容", "处理结果", "接线员"],
        ["09:12", "13800000001", "张三", "咨询", "问保修期", "已答复", "小刘"],
        ["10:30", "13800000002", "李四", "投诉", "三天没人来修", "转售后", "小刘"],
    ])  # fmt: skip
    return [("interactions", [
        said("张三", "2025-03-05T09:12:00", "问保修期", by="(colleague)"),
        said("李四", "2025-03-05T10:30:00", "三天没人来修"),
    ])]  # fmt: skip


@recipe("客户建议汇总.xlsx")
def suggestions_of_customers(path):
    book(path, [
        ["提出日期", "客户名称", "建议人", "联系电话", "建议内容", "责任部门", "采纳情况", "答复内容", "答复日期"],
        ["2025/3/5", "甲公司", "张三", "13800000001", "说明书加大字号", "技术部", "采纳", "下版改", "2025/3/7"],
        ["2025/3/6", "乙公司", "李四", "13800000002", "周末也送货", "物流部", None, None, None],
    ])  # fmt: skip
    return [("feedback", [
        {"feedback.at": "2025-03-05T00:00:00", "feedback.customer": "甲公司", "feedback.who": "张三", "feedback.text": "说明书加大字号",
         "feedback.answer": "下版改", "feedback.answered_at": "2025-03-07T00:00:00"},
        {"feedback.customer": "乙公司", "feedback.text": "周末也送货"},
    ])]  # fmt: skip


@recipe("call notes.txt")
def calls_written_line_by_line(path):
    text(path, "Date\tCustomer\tCaller\tDuration\tNotes\n2025-03-05 09:12\tPacific Tools Inc.\tMary\t00:03:25\tAsked for 20 pumps\n"
         "2025-03-06 10:00\tLone Star Supply LLC\tBob\t00:00:40\tCancelled order\n")  # fmt: skip
    return [("interactions", [
        said("Pacific Tools Inc.", "2025-03-05T09:12:00", "Asked for 20 pumps", minutes=3),
        said("Lone Star Supply LLC", "2025-03-06T10:00:00", "Cancelled order", minutes=1),
    ])]  # fmt: skip


@recipe("项目跟踪.xlsx")
def projects_with_a_note_of_each_week(path):
    book(path, [
        ["项目名称", "客户", "负责人", "进展情况"],
        ["一期泵房", "甲公司", "王芳", "【3月4日】报方案；【3月11日】客户确认图纸"],
        ["二期配电", "乙公司", "李强", "【3月5日】现场勘查"],
    ])  # fmt: skip
    return [
        ("customers", [{"customer.name": "甲公司", "customer.owner": "(colleague)"}, {"customer.name": "乙公司"}]),
        ("interactions", [
            {"interaction.customer": "甲公司", "interaction.content": "报方案"},
            {"interaction.customer": "甲公司", "interaction.content": "客户确认图纸"},
            {"interaction.customer": "乙公司", "interaction.content": "现场勘查"},
        ]),
    ]  # fmt: skip


@recipe("上门安装.xlsx")
def visits_to_install(path):
    book(path, [
        ["预约日期", "客户姓名", "客户电话", "安装地址", "产品型号", "安装师傅", "完成时间", "客户签收", "备注"],
        ["2025-03-05", "张三", "13800000001", "文三路1号", "热水器R60", "刘师傅", "2025-03-05 11:00", "已签", None],
        ["2025-03-06", "李四", "13800000002", "人民路2号", "油烟机Y3", "陈师傅", None, None, "改约"],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": "张三", "customer.phones": "13800000001", "customer.addresses": "文三路1号"},
        {"customer.name": "李四", "customer.phones": "13800000002"},
    ])]  # fmt: skip


@recipe("NCR register.csv")
def a_register_of_complaints(path):
    text(path, "Case No,Date of Complaint,Client,Contact,Product,Nature of Complaint,Root Cause,Corrective Action,Responsible,Due Date,Date Closed,Status\n"
         "C-001,05/03/2025,Müller GmbH,Hans,Pump P-20,Leaks after 2 days,Seal,Replaced seal,Wang Fang,19/03/2025,18/03/2025,Closed\n"
         "C-002,25/03/2025,Garçon SA,Éric,Motor M-100,Wrong voltage,,,Li Qiang,08/04/2025,,Open\n", "cp1252")  # fmt: skip
    return [("complaints", [
        {"complaint.code": "C-001", "complaint.received_at": "2025-03-05T00:00:00", "complaint.customer": "Müller GmbH",
         "complaint.description": "Leaks after 2 days", "complaint.closed_at": "2025-03-18T00:00:00", "complaint.state": "closed"},
        {"complaint.code": "C-002", "complaint.received_at": "2025-03-25T00:00:00", "complaint.customer": "Garçon SA"},
    ])]  # fmt: skip


@recipe("流水跟进.csv")
def day_and_customer_written_once(path):
    text(path, "日期,客户名称,方式,跟进内容,跟进人\n2025-03-04,甲公司,电话,询价,王芳\n,,电话,补充规格,王芳\n,乙公司,上门,送样,王芳\n"
         "2025-03-05,甲公司,电话,催单,李强\n,丙公司,微信,对账,李强\n", "gb18030")  # fmt: skip
    return [("interactions", [
        said("甲公司", "2025-03-04", "询价"), said("甲公司", "2025-03-04", "补充规格"),
        said("乙公司", "2025-03-04", "送样"), said("甲公司", "2025-03-05", "催单"), said("丙公司", "2025-03-05", "对账"),
    ])]  # fmt: skip


@recipe("周计划.xlsx")
def weekdays_across_in_a_week_with_dates(path):
    book(path, [
        ["客户拜访周报（2025年3月3日—2025年3月7日）"],
        ["客户名称", "业务员", "周一", "周二", "周三", "周四", "周五"],
        ["甲公司", "王芳", "送样", None, "电话确认", None, None],
        ["乙公司", "李强", None, None, None, None, "催款，答应下周付"],
    ])  # fmt: skip
    return [
        ("customers", [{"customer.name": "甲公司"}, {"customer.name": "乙公司"}]),
        ("interactions", [said("甲公司", "2025-03-03", "送样"), said("甲公司", "2025-03-05", "电话确认"),
                          said("乙公司", "2025-03-07", "催款，答应下周付", by="(colleague)")]),
    ]  # fmt: skip


@recipe("漏填一格.xlsx")
def one_customer_forgotten(path):
    book(path, [
        ["日期", "客户", "跟进内容"],
        ["2025-03-04", "甲公司", "询价"], ["2025-03-04", "甲公司", "报价"], ["2025-03-05", None, "催单"], ["2025-03-06", "乙公司", "对账"],
        ["2025-03-07", "乙公司", "付款"], ["2025-03-08", "丙公司", "来访"],
    ])  # fmt: skip
    return [("interactions", [said("甲公司", "2025-03-04", "询价"), {"interaction.customer": "甲公司"}, {"interaction.customer": None},
                              {"interaction.customer": "乙公司"}, {}, {}])]  # fmt: skip
