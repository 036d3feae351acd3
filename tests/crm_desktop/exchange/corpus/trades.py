"""Recipes of lists from particular trades and other people's programs."""

from datetime import date

import xlwt

from .recipes import book, recipe, text


@recipe("保险客户.xlsx")
def policies_of_an_agent(path):
    book(path, [
        ["序号", "投保人", "被保险人", "险种", "保单号", "保费", "生效日期", "续期日期", "手机", "出生日期", "备注"],
        [1, "张三", "张小宝", "重疾险", "P0001234567890", 6800, "2020-03-05", "3月5日", "13800000001", 19850203, "老客户介绍"],
        [2, "李四", "李四", "车险", "P0001234567891", "3,200.00", "2023/8/1", "8月1日", "13800000002", "1990.12.1", None],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": "张三", "customer.phones": "13800000001", "customer.remarks": "老客户介绍"},
        {"customer.name": "李四", "customer.phones": "13800000002"},
    ])]  # fmt: skip


@recipe("业主名册.xlsx")
def owners_of_flats(path):
    book(path, [
        ["阳光花园业主名册"],
        ["楼号", "单元", "房号", "业主姓名", "联系电话", "面积(㎡)", "入住日期", "备注"],
        [1, 1, 101, "张三", "13800000001", 89.5, "2019.5", None],
        [1, 1, 102, "李四/王五", "13800000002/13900000002", 120, "2019.6.1", "夫妻"],
        [1, 2, 201, "空置", None, 89.5, None, None],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": "张三", "customer.phones": "13800000001"},
        {"customer.phones": "13800000002, 13900000002", "customer.remarks": "夫妻"},
        {"customer.name": "空置"},
    ])]  # fmt: skip


@recipe("招生登记.xlsx")
def pupils_and_their_parents(path):
    book(path, [
        ["学员姓名", "年级", "家长姓名", "关系", "家长电话", "意向课程", "来源", "课程顾问", "首次咨询日期", "最近跟进时间", "跟进情况"],
        ["张小宝", "三年级", "张三", "父亲", "13800000001", "奥数", "朋友介绍", "王芳", "2024-03-05", "2024-03-08", "下周试听"],
        ["李小贝", "初一", "王五", "母亲", "13800000002", "英语", "抖音", "李强", "2024-03-06", None, None],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": "张小宝", "contact.name": "张三", "contact.phones": "13800000001"},
        {"customer.name": "李小贝", "contact.name": "王五", "contact.phones": "13800000002"},
    ])]  # fmt: skip


@recipe("代账客户.xlsx")
def clients_of_a_bookkeeper(path):
    book(path, [
        ["公司名称", "纳税人类型", "税号", "法人", "法人电话", "办税人", "办税人电话", "代理费/月", "收费到期", "地址"],
        ["杭州天成机电有限公司", "一般纳税人", "913301086739523450", "周天成", "13800000001", "张会计", "13900000001", 500, "2025-03-31",
         "杭州市文三路1号"],
        ["苏州恒达科技有限公司", "小规模", None, "李恒达", "13800000002", None, None, "300元", "2025.6", None],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": "杭州天成机电有限公司", "customer.legal_rep": "周天成", "customer.addresses": "杭州市文三路1号"},
        {"customer.name": "苏州恒达科技有限公司", "customer.legal_rep": "李恒达"},
    ])]  # fmt: skip


@recipe("hubspot-contacts.csv")
def contacts_of_a_foreign_crm(path):
    text(path, "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status,Company Name,Job Title,Create Date\n"
         '51,Mary,"O\'Brien",mary@pt.com,+1 212-555-0100,Wang Fang,New,"Pacific Tools, Inc.",Buyer,2024-03-05 10:11\n'
         "52,Wei,Zhang,wei@tc.com,13800000001,Li Qiang,Connected,杭州天成机电有限公司,,2024-03-06 09:00\n")  # fmt: skip
    return [("contacts", [
        {"contact.name": "Mary O'Brien", "contact.email": "mary@pt.com", "customer.name": "Pacific Tools, Inc.", "position.job": "Buyer"},
        {"contact.name": "Wei Zhang", "contact.phones": "13800000001", "customer.name": "杭州天成机电有限公司"},
    ])]  # fmt: skip


@recipe("accounts.csv")
def accounts_of_a_foreign_crm(path):
    text(path, "Account Name,Account Owner,Phone,Fax,Website,Billing Street,Billing City,Billing State/Province,Billing Zip/Postal Code,"
         "Billing Country,Industry,Annual Revenue,Employees,Description,Created Date\n"
         'Pacific Tools Inc.,Wang Fang,(212) 555-0100,,www.pt.com,"5 Main St",New York,NY,10001,USA,Retail,"1,200,000",25,Pays late,3/25/2024\n'
         "杭州天成机电有限公司,Li Qiang,0571-88886666,0571-88886667,,文三路1号,杭州,浙江,310012,China,Manufacturing,,,,4/1/2024\n")  # fmt: skip
    return [("customers", [
        {"customer.name": "Pacific Tools Inc.", "customer.owner": "(colleague)", "customer.website": "www.pt.com",
         "customer.addresses": "5 Main St", "customer.staff": 25, "customer.remarks": "Pays late", "customer.revenue": 120_000_000},
        {"customer.name": "杭州天成机电有限公司", "customer.phones": "0571-88886666, 0571-88886667"},
    ])]  # fmt: skip


@recipe("热线工单.xlsx")
def cases_of_a_hotline(path):
    book(path, [
        ["工单编号", "来电时间", "来电人", "联系方式", "诉求内容", "承办部门", "办理时限", "办理结果", "是否办结", "回访结果", "满意度"],
        ["GD20240305001", "2024-03-05 09:12:33", "张三", "13800000001", "电机三天没人来修", "售后部", "2024-03-08", "已上门修好", "是",
         "客户认可", "满意"],
        ["GD20240306002", "2024-03-06 10:00:00", "李女士", "0571-88886666", "多收安装费", "财务部", "2024-03-11", None, "否", None, None],
    ])  # fmt: skip
    return [("complaints", [
        {"complaint.customer": "张三", "complaint.received_at": "2024-03-05T09:12:33", "complaint.description": "电机三天没人来修",
         "complaint.solution": "已上门修好", "complaint.state": "closed", "complaint.code": "GD20240305001"},
        {"complaint.customer": "李女士", "complaint.state": "handling"},
    ])]  # fmt: skip


@recipe("通话记录.csv")
def calls_of_a_telephone_system(path):
    text(path, "呼叫时间,呼叫类型,客户名称,客户号码,坐席,通话时长,通话结果,通话小结\n"
         "2024-03-05 09:12:33,呼出,甲公司,13800000001,王芳,00:03:25,已接通,询价20台\n"
         "2024-03-05 10:00:00,呼入,乙公司,057188886666,李强,00:00:00,未接通,\n", "gb18030")  # fmt: skip
    return [("interactions", [
        {"interaction.customer": "甲公司", "interaction.at": "2024-03-05T09:12:33", "interaction.direction": "out",
         "interaction.content": "询价20台", "interaction.by": "(colleague)"},
        {"interaction.customer": "乙公司", "interaction.direction": "in"},
    ])]  # fmt: skip


@recipe("日期还能怎么写.xlsx")
def more_shapes_of_days(path):
    written = ["二〇二四年三月五日", "2024年三月五日", "20240305.0", "2024-03-05T00:00:00+08:00", "5-Mar-24", "2024/3/5(周二)",
               "2024.03.05.", "2024 3 5", "24年3月5日", "2024-3-5上午", "March 5, 2024", "2024年3月5号左右"]  # fmt: skip
    book(path, [["客户名称", "首次合作日期"], *([f"第{i}号公司", day] for i, day in enumerate(written))])
    return [("customers", [{"customer.since": "2024-03-05"}] * 11 + [{}])]


@recipe("金额还能怎么写.xlsx")
def more_shapes_of_money(path):
    written = ["壹万贰仟元整", "1.2w", "12k", "约1.2万", "¥12000元", "12,000元/年", "RMB 12,000", "人民币12000元", "1万2", "12000.00元整",
               "１２０００", "12 000"]  # fmt: skip
    book(path, [["客户名称", "年销售额"], *([f"第{i}号公司", amount] for i, amount in enumerate(written))])
    return [("customers", [{"customer.annual_sales": 1_200_000}] * 12)]


@recipe("电话还能怎么写.xlsx")
def more_shapes_of_phones(path):
    written = {"86-571-88886666": "0571-88886666", "(86)13800000001": "13800000001", "０５７１—８８８８６６６６": "0571-88886666",
               "0571-8888 6666": "0571-88886666", "400-888-6666": "4008886666", "+852-2345-6789": "+85223456789",
               "微信:zhang001 手机13800000001": "13800000001", "13800000001（王）13900000001（李）": "13800000001, 13900000001",
               "手机：138 0000 0001；座机：0571-88886666": "13800000001, 0571-88886666", "13800000001(空号)": "13800000001",
               "tel.0571-88886666 ext 801": "0571-88886666-801", "138.0000.0001": "13800000001"}  # fmt: skip
    book(path, [["客户名称", "电话"], *([f"第{i}号公司", phone] for i, phone in enumerate(written))])
    return [("customers", [{"customer.phones": phone} for phone in written.values()])]


@recipe("车主档案.xls")
def cars_and_their_owners(path):
    made = xlwt.Workbook()
    sheet = made.add_sheet("车主")
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    rows = [["车牌号", "车主", "车主电话", "车型", "购车日期", "上次进店", "下次保养", "积分"],
            ["浙A12345", "张三", "13800000001", "轩逸", date(2020, 3, 5), date(2024, 1, 5), date(2024, 7, 5), 120],
            ["浙A67890", "天成机电", "13800000002", "奥德赛", date(2021, 5, 1), date(2024, 2, 1), None, 0]]  # fmt: skip
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value is not None:
                sheet.write(r, c, value, day) if isinstance(value, date) else sheet.write(r, c, value)
    made.save(str(path))
    return [("customers", [
        {"customer.name": "张三", "customer.phones": "13800000001"}, {"customer.name": "天成机电", "customer.phones": "13800000002"},
    ])]  # fmt: skip


@recipe("微信好友.csv")
def friends_of_a_messenger(path):
    text(path, "昵称,备注名,微信号,标签,地区,手机号,添加时间\n"
         "风清扬,张伟-天成机电-采购,zhangwei001,客户/机电,浙江 杭州,13800000001,2024-03-05\n"
         "小娜,李娜 恒达,lina_88,客户,江苏 苏州,,2024-03-06\n", "utf-8-sig")  # fmt: skip
    return [("customers", [
        {"customer.wechat": "zhangwei001", "customer.phones": "13800000001", "customer.region": "浙江省 杭州市"},
        {"customer.wechat": "lina_88", "customer.region": "江苏省 苏州市"},
    ])]  # fmt: skip
