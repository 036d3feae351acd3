"""Recipes of logs, ledgers and address lists in still other people's habits."""

from datetime import date, datetime, time

from .recipes import book, recipe, text


@recipe("周报.xlsx")
def a_weekly_report_of_visits(path):
    book(path, [
        ["销售周报（2024年3月4日-3月8日）"],
        ["姓名：王芳", None, None, "部门：销售一部"],
        ["星期", "日期", "拜访客户", "客户联系人", "拜访情况", "下周计划"],
        ["周一", "3/4", "甲公司", "张三", "送样品，反馈良好", "跟进试用"],
        ["周二", "3/5", "乙公司", "李四", "催款，答应月底付", None],
        [None, None, "丙公司", "王五", "新客户，介绍产品", "报价"],
        ["周三", "3/6", "请假", None, None, None],
    ], ["A5:A6", "B5:B6"])  # fmt: skip
    return [("interactions", [
        {"interaction.customer": "甲公司", "interaction.at": "2024-03-04T00:00:00", "interaction.contact": "张三",
         "interaction.content": "送样品，反馈良好"},
        {"interaction.customer": "乙公司", "interaction.at": "2024-03-05T00:00:00"},
        {"interaction.customer": "丙公司", "interaction.at": "2024-03-05T00:00:00", "interaction.content": "新客户，介绍产品"},
        {"interaction.customer": "请假"},
    ])]  # fmt: skip


@recipe("电话回访表.xlsx")
def calls_after_the_sale(path):
    book(path, [
        ["序号", "回访日期", "客户姓名", "联系电话", "购买产品", "使用情况", "满意度", "客户意见及建议", "回访人"],
        [1, "2024-03-05", "张三", "13800000001", "热水器", "正常", "满意", "希望送滤芯", "小刘"],
        [2, "2024-03-06", "李四", "13800000002", "油烟机", "噪音大", "不满意", "要求上门", "小刘"],
    ])  # fmt: skip
    return [("interactions", [
        {"interaction.customer": "张三", "interaction.at": "2024-03-05T00:00:00", "interaction.by": "(colleague)"},
        {"interaction.customer": "李四"},
    ])]  # fmt: skip


@recipe("日期时间分列.xlsx")
def day_and_time_in_two_columns(path):
    book(path, [
        ["日期", "时间", "客户", "沟通方式", "沟通内容", "下次联系日期"],
        [date(2024, 3, 5), time(14, 30), "甲公司", "电话", "询价", date(2024, 3, 12)],
        [datetime(2024, 3, 6), "9:05", "乙公司", "微信", "对账", None],
    ])  # fmt: skip
    return [("interactions", [
        {"interaction.customer": "甲公司", "interaction.at": "2024-03-05T14:30:00", "interaction.next_at": "2024-03-12T00:00:00"},
        {"interaction.customer": "乙公司", "interaction.at": "2024-03-06T09:05:00"},
    ])]  # fmt: skip


@recipe("部门通讯录.xlsx")
def telephones_by_department(path):
    book(path, [
        ["天成机电有限公司通讯录"],
        ["部门", "姓名", "职务", "办公电话", "手机", "邮箱"],
        ["总经办", "周天成", "总经理", "8001", "13800000001", "zhou@tc.com"],
        [None, "刘秘书", "秘书", "8002", "13800000002", None],
        ["采购部", "张伟", "经理", "8101", "13800000003", "zw@tc.com"],
    ], ["A1:F1", "A3:A4"])  # fmt: skip
    return [("contacts", [
        {"contact.name": "周天成", "position.job": "总经理", "position.department": "总经办", "contact.email": "zhou@tc.com"},
        {"contact.name": "刘秘书", "position.department": "总经办"},
        {"contact.name": "张伟", "position.department": "采购部"},
    ])]  # fmt: skip


@recipe("客户分级.xlsx")
def tiers_in_many_words(path):
    words = ["钻石", "VIP", "A", "金牌", "★★★", "普通客户", "D级", "重点"]
    book(path, [["客户名称", "客户等级"], *([f"第{i}号公司", word] for i, word in enumerate(words))])
    return [("customers", [{"customer.name": f"第{i}号公司"} for i in range(8)])]


@recipe("带批注换行.csv")
def cells_with_breaks_and_quotes(path):
    text(
        path,
        '客户名称,联系人,备注\r\n"甲公司\r\n（原乙公司）",张三,"他说：""便宜点"""\r\n丙公司,"李四\r\n王五","a\tb"\r\n',
        "gb18030",
    )
    return [("customers", [
        {"customer.name": "甲公司 （原乙公司）", "contact.name": "张三", "customer.remarks": '他说："便宜点"'},
        {"customer.name": "丙公司", "contact.name": "李四", "contact101.name": "王五"},
    ])]  # fmt: skip


@recipe("英文日志.csv")
def an_english_call_log(path):
    text(path, "Date,Time,Account,Contact,Type,Subject,Notes,Next Step,Next Date,Owner\n"
         "03/25/2024,2:30 PM,Pacific Tools Inc.,Mary O'Brien,Call,Quote,Asked for 20 pumps,Send quote,04/01/2024,Wang Fang\n"
         "03/26/2024,9:05 AM,Lone Star Supply LLC,Bob Li,Email,Invoice,Sent invoice 12,,,Li Qiang\n")  # fmt: skip
    return [("interactions", [
        {"interaction.customer": "Pacific Tools Inc.", "interaction.at": "2024-03-25T14:30:00", "interaction.channel": "phone",
         "interaction.content": "Asked for 20 pumps", "interaction.next_what": "Send quote", "interaction.next_at": "2024-04-01T00:00:00"},
        {"interaction.customer": "Lone Star Supply LLC", "interaction.at": "2024-03-26T09:05:00", "interaction.channel": "email"},
    ])]  # fmt: skip


@recipe("客户生日提醒.xlsx")
def birthdays_by_month(path):
    book(path, [
        ["一月份客户生日"],
        ["客户单位", "姓名", "职务", "生日", "属相", "送什么", "电话"],
        ["甲公司", "张三", "经理", "1月5日", "龙", "蛋糕", "13800000001"],
        ["乙公司", "李四", "会计", "01-20", "虎", "鲜花", "13800000002"],
        ["二月份客户生日"],
        ["丙公司", "王五", "老板", "二月十四", "马", "酒", "13800000003"],
    ])  # fmt: skip
    return [("customers", [
        {"contact.name": "张三", "customer.name": "甲公司", "contact.birthday": "--01-05", "contact.phones": "13800000001"},
        {"contact.name": "李四", "contact.birthday": "--01-20"},
        {"contact.name": "王五", "customer.name": "丙公司"},
    ])]  # fmt: skip


@recipe("欠款催收.xlsx")
def a_list_of_who_owes(path):
    book(path, [
        ["客户", "欠款金额", "账龄(天)", "业务员", "第一次催收", "第二次催收", "承诺还款日"],
        ["甲公司", 12500, 45, "王芳", "3.5 电话，说月底付", "3.20 上门", "2024-03-31"],
        ["乙公司", "8千", 10, "李强", None, None, None],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": "甲公司", "customer.owner": "(colleague)"}, {"customer.name": "乙公司", "customer.owner": "(colleague)"},
    ])]  # fmt: skip


@recipe("全角表头.xlsx")
def full_width_everything(path):
    book(path, [
        ["客　户　名　称", "联 系 人", "ＱＱ号码", "Ｅ－ｍａｉｌ", "电 话 ／ 手 机", "地　　址"],
        ["甲公司", "张　三", "１２３４５６７", "ｚｓ＠ｊｉａ．ｃｏｍ", "１３８００００００１１／０５７１－８８８８６６６６", "文三路１号"],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": "甲公司", "contact.name": "张三", "customer.addresses": "文三路1号"},
    ])]  # fmt: skip


@recipe("产品客诉8D.xlsx")
def complaints_of_a_factory(path):
    book(path, [
        ["客诉编号", "接收日期", "客户代码", "客户名称", "产品型号", "批号", "不良数量", "问题描述", "原因分析", "临时对策", "永久对策", "责任部门",
         "回复客户日期", "结案日期", "状态"],
        ["CC2403001", "2024/3/5", "K01", "甲公司", "M-100", "B2402", 12, "轴承异响", "供应商来料不良", "全检", "更换供应商", "品质部", "2024/3/7",
         "2024/3/20", "Closed"],
        ["CC2403002", "2024/3/8", "K02", "乙公司", "P-20", "B2403", "3pcs", "漏水", None, "换货", None, "生产部", None, None, "Open"],
    ])  # fmt: skip
    return [("complaints", [
        {"complaint.code": "CC2403001", "complaint.received_at": "2024-03-05T00:00:00", "complaint.customer": "甲公司",
         "complaint.description": "轴承异响", "complaint.batch": "B2402", "complaint.department": "品质部", "complaint.state": "closed",
         "complaint.closed_at": "2024-03-20T00:00:00", "customer.code": "K01"},
        {"complaint.code": "CC2403002", "complaint.customer": "乙公司", "complaint.state": "new"},
    ])]  # fmt: skip


@recipe("外贸客户.xlsx")
def customers_abroad(path):
    book(path, [
        ["Company", "Country", "Contact Person", "Position", "Tel", "Mobile/WhatsApp", "Email", "Website", "Products", "Last Contact", "Status"],
        ["Müller GmbH", "Germany", "Hans Müller", "CEO", "+49 89 1234567", "+49 171 2345678", "hans@mueller.de", "mueller.de", "Pumps", "2024-03-05",
         "Active"],
        ["شركة النور", "UAE", "Ahmed", None, "+971-4-1234567", None, "a@noor.ae", None, "Motors", "05.03.2024", "Lead"],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": "Müller GmbH", "contact.name": "Hans Müller", "position.job": "CEO", "customer.phones": "+49891234567",
         "customer.website": "mueller.de"},
        {"customer.name": "شركة النور", "contact.name": "Ahmed", "customer.phones": "+97141234567"},
    ])]  # fmt: skip
