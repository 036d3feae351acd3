"""Recipes from clinics, gyms, garages, hotels, agencies and offices abroad: diaries, complaints, requests, praise."""

from datetime import datetime

from .logs import said
from .recipes import book, recipe, text


@recipe("汽修接车单.xlsx")
def cars_that_came_in(path):
    book(path, [
        ["工单号", "进厂时间", "车主", "车牌号", "手机", "车型", "报修项目", "检测结果", "维修技师", "交车时间", "金额", "回访情况"],
        ["W2503001", "2025-03-05 09:12", "张三", "浙A12345", "13800000001", "凯美瑞", "刹车异响", "更换刹车片", "刘师傅", "2025-03-05 16:00", 680, "满意"],
        ["W2503002", "2025-03-06 10:00", "李四", "浙B54321", "13800000002", "途观", "保养", None, "陈师傅", None, None, None],
    ])  # fmt: skip
    return [("requests", [
        {"service_request.code": "W2503001", "service_request.customer": "张三", "service_request.description": "刹车异响",
         "service_request.received_at": "2025-03-05T09:12:00", "customer.phones": "13800000001", "service_request.owner": "(colleague)",
         "service_request.cost": 68000},
        {"service_request.customer": "李四", "service_request.description": "保养"},
    ])]  # fmt: skip


@recipe("酒店宾客意见.xlsx")
def what_guests_said(path):
    book(path, [
        ["宾客意见登记表（2025年3月）"],
        ["日期", "房号", "客人姓名", "联系方式", "意见类别", "意见内容", "处理人", "处理结果", "客人反馈"],
        ["3月5日", "801", "张三", "13800000001", "表扬", "前台热情", "王芳", "已转达", None],
        ["3月6日", "902", "Mr. Smith", "smith@x.com", "建议", "早餐增加素食", "李强", "已采纳", "感谢"],
    ])  # fmt: skip
    return [("feedback", [
        {"feedback.at": "2025-03-05T00:00:00", "feedback.customer": "张三", "feedback.text": "前台热情", "feedback.answer": "已转达"},
        {"feedback.customer": "Mr. Smith", "feedback.text": "早餐增加素食"},
    ])]  # fmt: skip


@recipe("健身房私教跟进.xlsx")
def trainers_and_their_members(path):
    book(path, [
        ["会员姓名", "手机", "教练", "第1次体测", "第1次体测日期", "第2次体测", "第2次体测日期"],
        ["张三", "13800000001", "小刘", "体脂22%，建议有氧", "2025-03-05", "体脂20%", "2025-04-05"],
        ["李四", "13800000002", "小陈", "肩颈紧张", "2025-03-06", None, None],
    ])  # fmt: skip
    return [("customers", [{"customer.name": "张三", "customer.phones": "13800000001"}, {"customer.name": "李四"}])]


@recipe("Support mailbox.csv")
def a_mailbox_of_requests(path):
    text(path, "Received,From,Subject,Body,Assigned To,Status\n"
         "2025-03-05 09:12,Pacific Tools Inc.,Pump stops,It stops after 5 minutes,Wang Fang,Open\n"
         "2025-03-06 10:00,Lone Star Supply LLC,Invoice copy,Please resend invoice 12,Li Qiang,Closed\n")  # fmt: skip
    return [("requests", [
        {"service_request.customer": "Pacific Tools Inc.", "service_request.description": "It stops after 5 minutes",
         "service_request.subject": "Pump stops", "service_request.received_at": "2025-03-05T09:12:00"},
        {"service_request.customer": "Lone Star Supply LLC", "service_request.description": "Please resend invoice 12"},
    ])]  # fmt: skip


@recipe("诊所随访.xlsx")
def visits_after_treatment(path):
    book(path, [
        ["患者姓名", "电话", "就诊日期", "随访日期", "随访方式", "随访内容", "随访人"],
        ["张三", "13800000001", "2025-02-20", "2025-03-05", "电话", "恢复良好", "小刘"],
        ["李四", "13800000002", "2025-02-21", "2025-03-06", "微信", "仍有疼痛，约复诊", "小刘"],
    ])  # fmt: skip
    return [("interactions", [
        said("张三", "2025-03-05", "恢复良好", channel="phone", by="(colleague)"), said("李四", "2025-03-06", "仍有疼痛，约复诊"),
    ])]  # fmt: skip


@recipe("物流异常登记.xlsx")
def parcels_that_went_wrong(path):
    book(path, [
        ["登记时间", "运单号", "客户名称", "异常类型", "异常描述", "责任方", "处理方案", "处理状态", "赔付金额", "登记人"],
        [datetime(2025, 3, 5, 9, 12), "SF1234567890123", "甲公司", "破损", "外箱压坏", "承运商", "补发", "已完结", 120, "王芳"],
        [datetime(2025, 3, 6, 10, 0), "SF1234567890124", "乙公司", "延误", "晚到三天", "承运商", None, "处理中", None, "李强"],
    ])  # fmt: skip
    return [("complaints", [
        {"complaint.received_at": "2025-03-05T09:12:00", "complaint.customer": "甲公司", "complaint.description": "外箱压坏",
         "complaint.solution": "补发", "complaint.state": "closed", "complaint.compensation": 12000, "complaint.category": "delivery.damaged"},
        {"complaint.customer": "乙公司", "complaint.state": "handling"},
    ])]  # fmt: skip


@recipe("電話接聽紀錄.csv")
def calls_in_taiwan(path):
    text(path, "日期,時間,來電公司,來電者,電話,事由,處理情形,處理人員\n114/03/05,09:12,德信貿易股份有限公司,陳小姐,02-2345-6789,詢價,已報價,王芳\n"
         "114/03/06,14:30,永豐五金行,林老闆,0912-345-678,催貨,已通知倉庫,李強\n", "big5")  # fmt: skip
    return [("interactions", [
        {"interaction.customer": "德信貿易股份有限公司", "interaction.at": "2025-03-05T09:12:00", "interaction.contact": "陳小姐",
         "interaction.by": "(colleague)"},
        {"interaction.customer": "永豐五金行", "interaction.at": "2025-03-06T14:30:00"},
    ])]  # fmt: skip
