"""Recipes of complaints, repairs, praise and returns, as workshops, hotlines and helpdesks keep them."""

from datetime import datetime

from .recipes import book, recipe, text


@recipe("8D Tracker.xlsx")
def eight_d_reports_in_english(path):
    book(path, [
        ["Customer Complaint / 8D Tracking List"],
        ["8D No.", "Date Received", "Customer", "Part No.", "Defect Description", "Qty NG", "D3 Containment", "D4 Root Cause",
         "D5 Corrective Action", "Owner", "Target Date", "Closure Date", "Status"],
        ["8D-25-001", datetime(2025, 3, 5), "Pacific Tools Inc.", "M-100", "Shaft noise", 12, "Sort stock", "Bearing grease missing",
         "Add grease check", "Wang Fang", datetime(2025, 3, 19), datetime(2025, 3, 18), "Closed"],
        ["8D-25-002", datetime(2025, 3, 8), "Lone Star Supply LLC", "P-20", "Seal leaks", 3, "Replace", None, None, "Li Qiang",
         datetime(2025, 3, 22), None, "Open"],
    ])  # fmt: skip
    return [("complaints", [
        {"complaint.code": "8D-25-001", "complaint.received_at": "2025-03-05T00:00:00", "complaint.customer": "Pacific Tools Inc.",
         "complaint.description": "Shaft noise", "complaint.closed_at": "2025-03-18T00:00:00", "complaint.state": "closed",
         "complaint.owner": "(colleague)"},
        {"complaint.code": "8D-25-002", "complaint.customer": "Lone Star Supply LLC", "complaint.description": "Seal leaks"},
    ])]  # fmt: skip


@recipe("12345工单.xlsx")
def cases_of_the_city_hotline(path):
    book(path, [
        ["工单编号", "派单时间", "诉求人", "联系电话", "诉求分类", "诉求标题", "诉求内容", "承办单位", "办理期限", "办结时间", "办理意见", "是否满意"],
        ["HZ250305000123", "2025-03-05 09:12:33", "张先生", "13800000001", "投诉", "电机维修", "保修期内拒绝维修", "售后部", "2025-03-12",
         "2025-03-10 16:00:00", "已上门更换", "满意"],
        ["HZ250306000456", "2025-03-06 10:00:00", "李女士", "13800000002", "投诉", "安装收费", "多收安装费80元", "财务部", "2025-03-13", None, None,
         None],
    ])  # fmt: skip
    return [("complaints", [
        {"complaint.code": "HZ250305000123", "complaint.customer": "张先生", "complaint.description": "保修期内拒绝维修",
         "complaint.received_at": "2025-03-05T09:12:33", "complaint.solution": "已上门更换", "complaint.department": "售后部",
         "complaint.solved_at": "2025-03-10T16:00:00", "customer.phones": "13800000001"},
        {"complaint.customer": "李女士", "complaint.description": "多收安装费80元"},
    ])]  # fmt: skip


@recipe("退换货登记.xlsx")
def goods_that_came_back(path):
    book(path, [
        ["退换货登记表"],
        ["登记日期", "客户名称", "产品名称", "型号", "数量", "退货原因", "处理方式", "处理结果", "经办人"],
        ["2025-03-05", "甲公司", "电机", "M-100", 2, "异响", "换货", "已换新发出", "王芳"],
        ["2025-03-06", "乙公司", "水泵", "P-20", 1, "型号发错", "退货", None, "李强"],
    ])  # fmt: skip
    return [("complaints", [
        {"complaint.received_at": "2025-03-05T00:00:00", "complaint.customer": "甲公司", "complaint.description": "异响",
         "complaint.product": "电机", "complaint.solution": "已换新发出"},
        {"complaint.customer": "乙公司", "complaint.description": "型号发错"},
    ])]  # fmt: skip


@recipe("质量反馈台账.xlsx")
def what_was_wrong_with_the_goods(path):
    book(path, [
        ["客户质量信息反馈台账"],
        ["序号", "反馈日期", "客户名称", "产品型号", "批号", "不良现象", "不良数", "原因分析", "纠正措施", "责任部门", "完成日期", "验证结果"],
        [1, "2025.3.5", "甲公司", "M-100", "B2502", "轴承异响", 3, "润滑不足", "增加检验", "装配车间", "2025.3.15", "有效"],
        [2, "2025.3.6", "乙公司", "P-20", "B2503", "漏水", 1, None, None, "质检部", None, None],
    ])  # fmt: skip
    return [("complaints", [
        {"complaint.received_at": "2025-03-05T00:00:00", "complaint.customer": "甲公司", "complaint.description": "轴承异响",
         "complaint.batch": "B2502", "complaint.department": "装配车间", "complaint.solved_at": "2025-03-15T00:00:00"},
        {"complaint.customer": "乙公司", "complaint.description": "漏水"},
    ])]  # fmt: skip


@recipe("维修服务单.xlsx")
def a_sheet_for_each_repair(path):
    def form(number, firm, person, phone, day, model, fault, done, man):
        return [
            ["售后维修服务单", None, None, None],
            ["单号", number, "报修日期", day],
            ["客户名称", firm, "联系人", person],
            ["联系电话", phone, "产品型号", model],
            ["故障现象", fault, None, None],
            ["维修内容", done, None, None],
            ["维修人员", man, "客户签字", None],
        ]

    book(path, form("WX001", "甲公司", "张三", "13800000001", "2025-03-05", "M-100", "不转", "换电容", "刘师傅"), title="WX001",
         WX002=form("WX002", "乙公司", "李四", "13800000002", "2025-03-06", "P-20", "漏水", "换密封圈", "陈师傅"))  # fmt: skip
    return [("requests", [
        {"service_request.code": "WX001", "service_request.customer": "甲公司", "service_request.description": "不转",
         "service_request.received_at": "2025-03-05T00:00:00", "service_request.solution": "换电容",
         "service_request.caller": "张三", "service_request.product": "M-100"},
        {"service_request.code": "WX002", "service_request.customer": "乙公司", "service_request.description": "漏水"},
    ])]  # fmt: skip


@recipe("tickets-export.csv")
def tickets_of_a_helpdesk(path):
    text(path, "Ticket ID,Subject,Requester,Requester Email,Organization,Created At,Updated At,Status,Priority,Assignee,Group,Solved At,Satisfaction\n"
         "1041,Pump stops after 5 min,Mary O'Brien,mary@pt.com,Pacific Tools Inc.,2025-03-05 09:12:33 UTC,2025-03-06 10:00:00 UTC,Solved,High,"
         "Wang Fang,Support,2025-03-06 10:00:00 UTC,Good\n"
         "1042,Need manual,Bob Li,bob@ls.com,Lone Star Supply LLC,2025-03-07 08:00:00 UTC,2025-03-07 08:00:00 UTC,Open,Normal,Li Qiang,Support,,\n")  # fmt: skip
    return [("requests", [
        {"service_request.code": "1041", "service_request.customer": "Pacific Tools Inc.", "service_request.description": "Pump stops after 5 min",
         "service_request.caller": "Mary O'Brien", "service_request.solved_at": "2025-03-06T10:00:00",
         "service_request.received_at": "2025-03-05T09:12:33", "service_request.owner": "(colleague)"},
        {"service_request.code": "1042", "service_request.customer": "Lone Star Supply LLC"},
    ])]  # fmt: skip


@recipe("物业报修.xlsx")
def repairs_in_a_house(path):
    book(path, [
        ["阳光花园报修登记（2025年3月）"],
        ["日期", "时间", "房号", "业主姓名", "电话", "报修内容", "派单时间", "维修人员", "完成时间", "业主评价"],
        ["3月5日", "9:10", "3-1-502", "张三", "13800000001", "水管漏水", "9:20", "刘师傅", "10:30", "满意"],
        ["3月6日", "14:00", "5-2-101", "李四", "13800000002", "门锁坏", "14:10", "陈师傅", None, None],
    ])  # fmt: skip
    return [("requests", [
        {"service_request.customer": "张三", "service_request.received_at": "2025-03-05T09:10:00", "service_request.description": "水管漏水",
         "service_request.owner": "(colleague)", "customer.phones": "13800000001", "service_request.solved_at": "2025-03-05T10:30:00"},
        {"service_request.customer": "李四", "service_request.received_at": "2025-03-06T14:00:00"},
    ])]  # fmt: skip


@recipe("表扬登记.xlsx")
def letters_of_thanks(path):
    book(path, [
        ["客户表扬登记表"],
        ["日期", "客户名称", "表扬方式", "被表扬人", "表扬事由", "奖励金额"],
        ["2025-03-05", "甲公司", "锦旗", "王芳", "半夜送货救急", 200],
        ["2025-03-06", "乙公司", "感谢信", "李强", "修机器不收费", None],
    ])  # fmt: skip
    return [("feedback", [
        {"feedback.at": "2025-03-05T00:00:00", "feedback.customer": "甲公司", "feedback.text": "半夜送货救急", "feedback.thanks_cost": 20000},
        {"feedback.customer": "乙公司", "feedback.text": "修机器不收费"},
    ])]  # fmt: skip


@recipe("店铺评价.csv")
def what_buyers_wrote(path):
    text(path, "评价时间,买家昵称,订单编号,商品名称,评分,评价内容,商家回复\n"
         "2025-03-05 09:12:33,小太阳**,6920001234567890123,静音水泵,5,很安静👍，客服耐心,谢谢支持\n"
         "2025-03-06 20:01:00,t***8,6920001234567890124,静音水泵,1,用了两天就漏水,\n", "utf-8-sig")  # fmt: skip
    return [("feedback", [
        {"feedback.at": "2025-03-05T09:12:33", "feedback.customer": "小太阳**", "feedback.text": "很安静👍，客服耐心", "feedback.answer": "谢谢支持"},
        {"feedback.customer": "t***8", "feedback.text": "用了两天就漏水"},
    ])]  # fmt: skip


@recipe("满意度回访表.xlsx")
def marks_and_opinions(path):
    book(path, [
        ["2025年一季度顾客满意度调查汇总表"],
        ["调查日期", "客户名称", "被调查人", "产品质量", "交货期", "服务态度", "综合得分", "意见与建议"],
        ["2025.3.5", "甲公司", "张三", 9, 8, 10, 90, "包装再结实些"],
        ["2025.3.6", "乙公司", "李四", 7, 6, 9, 73, "交货慢"],
    ])  # fmt: skip
    return [("feedback", [
        {"feedback.at": "2025-03-05T00:00:00", "feedback.customer": "甲公司", "feedback.who": "张三", "feedback.text": "包装再结实些"},
        {"feedback.customer": "乙公司", "feedback.text": "交货慢"},
    ])]  # fmt: skip


@recipe("投诉流水.xlsx")
def two_rows_for_each_complaint_heading(path):
    book(path, [
        ["客户投诉处理流水账"],
        ["投诉单号", "投诉", None, None, "处理", None, None],
        [None, "时间", "单位", "内容", "人员", "措施", "时间"],
        ["T25-01", "2025-03-05 09:10", "甲公司", "少发两件", "王芳", "补发", "2025-03-06"],
        ["T25-02", "2025-03-07 15:00", "乙公司", "开票错误", "李强", "重开", None],
    ], ["A1:G1", "A2:A3", "B2:D2", "E2:G2"])  # fmt: skip
    return [("complaints", [
        {"complaint.code": "T25-01", "complaint.received_at": "2025-03-05T09:10:00", "complaint.customer": "甲公司",
         "complaint.description": "少发两件", "complaint.owner": "(colleague)", "complaint.solution": "补发",
         "complaint.solved_at": "2025-03-06T00:00:00"},
        {"complaint.code": "T25-02", "complaint.description": "开票错误", "complaint.received_at": "2025-03-07T15:00:00"},
    ])]  # fmt: skip


@recipe("IT报障.xlsx")
def faults_told_by_departments(path):
    book(path, [
        ["报障时间", "报障单位", "报障人", "联系方式", "故障描述", "处理人", "处理过程", "恢复时间", "当前状态"],
        ["2025/3/5 9:05", "甲公司", "张三", "8001", "打印机卡纸", "刘工", "清理纸屑", "2025/3/5 9:40", "已完成"],
        ["2025/3/6 8:55", "乙公司", "李四", "13800000002", "网络断了", "陈工", None, None, "处理中"],
    ])  # fmt: skip
    return [("requests", [
        {"service_request.customer": "甲公司", "service_request.received_at": "2025-03-05T09:05:00", "service_request.description": "打印机卡纸",
         "service_request.caller": "张三", "service_request.solution": "清理纸屑", "service_request.solved_at": "2025-03-05T09:40:00"},
        {"service_request.customer": "乙公司", "service_request.description": "网络断了"},
    ])]  # fmt: skip
