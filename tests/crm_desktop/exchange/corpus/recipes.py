"""Recipes of real-shaped files: each writes its file and returns what a careful clerk reads in it.

`RECIPES` maps a file's name to its recipe; what a clerk reads is a list of (kind, rows), a row being the fields it must
have. Files that need another program to be made lie ready in tests/files/lists (recipes: foreign.py).
"""

import csv
import io
from datetime import date, datetime

import openpyxl
import xlwt

RECIPES = {}


def recipe(name):
    def keep(make):
        RECIPES[name] = make
        return make

    return keep


def book(path, rows, merged=(), title="Sheet1", **more):
    """A workbook of one sheet (and more sheets by name)."""
    made = openpyxl.Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(row)
    for cells in merged:
        made.active.merge_cells(cells)
    for name, others in more.items():
        sheet = made.create_sheet(name)
        for row in others:
            sheet.append(row)
    made.save(path)
    return made


def text(path, content, encoding="utf-8"):
    path.write_bytes(content.encode(encoding))


# ---- layouts -------------------------------------------------------------------------------------------------------


@recipe("分区客户表.xlsx")
def regions_with_subtotals_and_signature(path):
    book(
        path,
        [
            ["华东机电有限公司2024年客户明细表", None, None, None, None],
            ["编制部门：销售部", None, None, "单位：万元", None],
            ["序号", "客户信息", None, "2024年销售额", "备注"],
            [None, "单位名称", "联系电话", None, None],
            ["一、华东区", None, None, None, None],
            [1, "杭州天成机电有限公司", "0571-88886666", 12.5, None],
            [2, "苏州恒达科技有限公司", "0512-66668888", 8, "老客户"],
            ["小计", None, None, 20.5, None],
            ["二、华南区", None, None, None, None],
            [3, "深圳鼎盛电子有限公司", "0755-26668888", 100, None],
            ["小计", None, None, 100, None],
            ["总计", None, None, 120.5, None],
            ["制表：王芳", None, "审核：李强", None, "2024年12月31日"],
        ],
        ["A1:E1", "B3:C3", "A3:A4", "D3:D4", "E3:E4", "A5:E5", "A9:E9"],
    )
    names = ["杭州天成机电有限公司", "苏州恒达科技有限公司", "深圳鼎盛电子有限公司"]
    sales = [12_500_000, 8_000_000, 100_000_000]
    phones = ["0571-88886666", "0512-66668888", "0755-26668888"]
    return [("customers", [
        {"customer.name": name, "customer.phones": phone, "customer.annual_sales": fen}
        for name, phone, fen in zip(names, phones, sales, strict=True)
    ])]  # fmt: skip


@recipe("打印稿.xlsx")
def heading_repeated_on_each_page(path):
    top = ["序号", "客户名称", "联系人", "手机"]
    rows = [["客户通讯录"], top]
    for page in range(3):
        rows += [
            [page * 2 + i + 1, f"第{page * 2 + i + 1}食品厂", "张三", f"1380000000{page * 2 + i}"] for i in range(2)
        ]
        rows += [[f"第 {page + 1} 页，共 3 页"], ["客户通讯录"], top] if page < 2 else [["第 3 页，共 3 页"]]
    book(path, rows)
    return [("customers", [
        {"customer.name": f"第{i + 1}食品厂", "contact.name": "张三", "contact.phones": f"1380000000{i}"} for i in range(6)
    ])]  # fmt: skip


@recipe("集团客户.xlsx")
def one_firm_over_several_rows(path):
    book(
        path,
        [
            ["客户名称", "联系人", "职务", "手机"],
            ["甲集团有限公司", "张伟", "采购经理", 13800000001],
            [None, "李娜", "财务", 13800000002],
            [None, "王强", "总经理", 13800000003],
            ["乙商行", "赵敏", None, 13800000004],
        ],
        ["A2:A4"],
    )
    people = ["张伟", "李娜", "王强", "赵敏"]
    return [("customers", [
        {"customer.name": "甲集团有限公司" if i < 3 else "乙商行", "contact.name": name, "contact.phones": f"1380000000{i + 1}"}
        for i, name in enumerate(people)
    ])]  # fmt: skip


@recipe("一行多人.xlsx")
def several_people_in_one_row(path):
    book(path, [
        ["公司名称", "联系人", "联系电话"],
        ["甲公司", "张三、李四", "13800000001、13800000002"],
        ["乙公司", "王五/赵六", "13800000003"],
        ["丙公司", "孙七 13800000004", None],
        ["丁公司", "周总", "13800000005\n0571-88886666"],
        ["戊公司", "吴九（采购经理）13800000006；郑十（财务）13800000007", None],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": "甲公司", "contact.name": "张三", "contact.phones": "13800000001", "contact101.name": "李四",
         "contact101.phones": "13800000002"},
        {"customer.name": "乙公司", "contact.name": "王五", "contact.phones": "13800000003", "contact101.name": "赵六"},
        {"customer.name": "丙公司", "contact.name": "孙七", "contact.phones": "13800000004"},
        {"customer.name": "丁公司", "contact.name": "周总", "contact.phones": "13800000005, 0571-88886666"},
        {"customer.name": "戊公司", "contact.name": "吴九", "position.job": "采购经理", "contact.phones": "13800000006",
         "contact101.name": "郑十", "position101.job": "财务", "contact101.phones": "13800000007"},
    ])]  # fmt: skip


@recipe("同上.xlsx")
def the_same_as_above(path):
    book(path, [
        ["客户名称", "地址", "业务员", "电话", "备注"],
        ["甲公司", "江苏省苏州市星湖街1号", "王芳", "无", "/"],
        ["乙公司", "同上", "〃", "0512-66668888", "-"],
        ["丙公司", "″", "同上", "/", "无"],
        ["丁公司", "上海市浦东新区张江路2号", "李强", "暂无", "未知"],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": "甲公司", "customer.addresses": "江苏省苏州市星湖街1号", "customer.owner": "(colleague)", "customer.phones": None},
        {"customer.name": "乙公司", "customer.addresses": "江苏省苏州市星湖街1号", "customer.owner": "(colleague)",
         "customer.phones": "0512-66668888", "customer.remarks": None},
        {"customer.name": "丙公司", "customer.addresses": "江苏省苏州市星湖街1号", "customer.phones": None},
        {"customer.name": "丁公司", "customer.addresses": "上海市浦东新区张江路2号", "customer.phones": None},
    ])]  # fmt: skip


@recipe("工作簿.xlsx")
def the_list_is_on_the_third_sheet(path):
    made = book(
        path,
        [["XX公司"], ["客户管理手册"], ["2024年版"]],
        title="封面",
        填表说明=[["填表说明"], ["1. 请如实填写。"], ["2. 手机号为11位。"]],
        客户表=[["客户名称", "手机"], ["甲公司", "13800000001"], ["隐藏的公司", "13800000002"]],
        下拉选项=[["等级"], ["金"], ["银"]],
    )
    made["下拉选项"].sheet_state = "hidden"
    made["客户表"].row_dimensions[3].hidden = True
    made.save(path)
    return [("customers", [
        {"customer.name": "甲公司", "customer.phones": "13800000001"},
        {"customer.name": "隐藏的公司", "customer.phones": "13800000002"},
    ])]  # fmt: skip


@recipe("一月一张.xlsx")
def a_sheet_for_each_month(path):
    head = ["日期", "客户", "跟进方式", "跟进内容", "跟进人"]
    book(
        path,
        [head, ["1月5日", "甲公司", "电话", "询价", "王芳"]],
        title="1月",
        **{"2月": [head, ["2月6日", "乙公司", "微信", "报价", "李强"]], "3月": [head]},
    )
    return [
        ("interactions", [{"interaction.customer": "甲公司", "interaction.content": "询价", "interaction.channel": "phone"}]),
        ("interactions", [{"interaction.customer": "乙公司", "interaction.content": "报价", "interaction.channel": "wechat"}]),
    ]  # fmt: skip


@recipe("两百列.xlsx")
def two_hundred_columns(path):
    heads = ["客户名称", "手机", *(f"指标{i}" for i in range(198))]
    book(path, [heads, *([f"第{row}公司", f"1380000000{row}", *range(198)] for row in range(3))])
    return [
        ("customers", [{"customer.name": f"第{row}公司", "customer.phones": f"1380000000{row}"} for row in range(3)])
    ]


@recipe("无标题行.xlsx")
def no_heading_at_all(path):
    book(path, [
        ["张伟", 13800000001, "杭州天成机电有限公司", "zw@tc.com"],
        ["李娜", 13800000002, "苏州恒达科技有限公司", None],
        ["王强", 13800000003, "深圳鼎盛电子有限公司", "wq@ds.com"],
    ])  # fmt: skip
    return [("customers", [
        {"contact.name": "张伟", "contact.phones": "13800000001", "customer.name": "杭州天成机电有限公司", "customer.email": "zw@tc.com"},
        {"contact.name": "李娜", "contact.phones": "13800000002", "customer.name": "苏州恒达科技有限公司"},
        {"contact.name": "王强", "contact.phones": "13800000003", "customer.name": "深圳鼎盛电子有限公司"},
    ])]  # fmt: skip


@recipe("看内容认列.xlsx")
def headings_nobody_knows(path):
    book(path, [
        ["对方", "何人", "号", "十八位", "网页", "在哪", "落户处"],
        ["杭州天成机电有限公司", "张伟", "13800000001", "91350100M000100Y43", "www.tc.com", "浙江杭州", "浙江省杭州市文三路1号"],
        ["苏州恒达科技有限公司", "李娜", "13800000002", "91350100M000100Y43", "www.hd.com", "江苏苏州", "江苏省苏州市星湖街2号"],
        ["深圳鼎盛电子有限公司", "王强", "13800000003", "", "", "广东深圳", "广东省深圳市深南大道3号"],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": "杭州天成机电有限公司", "contact.name": "张伟", "contact.phones": "13800000001",
         "customer.credit_code": "91350100M000100Y43", "customer.website": "www.tc.com", "customer.region": "浙江省 杭州市",
         "customer.addresses": "浙江省杭州市文三路1号"},
        {"customer.name": "苏州恒达科技有限公司", "contact.name": "李娜"},
        {"customer.name": "深圳鼎盛电子有限公司", "contact.name": "王强"},
    ])]  # fmt: skip


@recipe("客户登记表.xlsx")
def a_form_for_one_customer(path):
    book(
        path,
        [
            ["客户信息登记表", None, None, None],
            ["客户名称", "杭州天成机电有限公司", "客户编号", "K001"],
            ["联系人", "张伟", "职务", "采购经理"],
            ["联系电话", "13800000001", "电子邮箱", "zw@tc.com"],
            ["公司地址", "浙江省杭州市文三路1号", None, None],
            ["客户等级", "金", "业务员", "王芳"],
            ["备注", "每年中秋送礼", None, None],
            ["填表人：", "王芳", "日期：", "2024-03-05"],
        ],
        ["A1:D1", "B5:D5", "B7:D7"],
    )
    return [("customers", [
        {"customer.name": "杭州天成机电有限公司", "customer.code": "K001", "contact.name": "张伟", "position.job": "采购经理",
         "contact.phones": "13800000001", "customer.tier": "gold", "customer.remarks": "每年中秋送礼",
         "customer.addresses": "浙江省杭州市文三路1号"},
    ])]  # fmt: skip


# ---- values --------------------------------------------------------------------------------------------------------


@recipe("日期大全.xlsx")
def every_shape_of_day(path):
    written = [
        "2024.3.5", "2024年3月5日", 45356, "20240305", datetime(2024, 3, 5, 14, 30), date(2024, 3, 5), "2024/3/5 0:00:00",
        "二〇二四年三月五日", "２０２４-３-５", "Mar 5, 2024", "2024年正月廿五", "2024-03-05（周二）", "民国113年3月5日",
    ]  # fmt: skip
    book(path, [["客户名称", "首次合作日期"], *([f"第{i}公司", day] for i, day in enumerate(written))])
    return [
        ("customers", [{"customer.name": f"第{i}公司", "customer.since": "2024-03-05"} for i in range(len(written))])
    ]


@recipe("金额大全.xlsx")
def every_shape_of_money(path):
    written = [
        "12.5万",
        "¥125,000.00",
        "125000元",
        "１２５０００",
        125000,
        "壹拾贰万伍仟元整",
        "RMB 125000",
        "12万5千",
        "125千元",
        "0.00125亿",
    ]
    book(path, [["客户名称", "年销售额"], *([f"第{i}公司", money] for i, money in enumerate(written))])
    return [
        (
            "customers",
            [{"customer.name": f"第{i}公司", "customer.annual_sales": 12_500_000} for i in range(len(written))],
        )
    ]


@recipe("电话大全.xlsx")
def every_shape_of_phone(path):
    written = [
        13800001234, 1.3800001234e10, "+86 138 0000 1234", "138-0000-1234", "８６－１３８００００１２３４", "13800001234.0",
        "手机：13800001234", "13800001234(微信同号)", "'13800001234", " 138 0000 1234 ", "86-13800001234",
    ]  # fmt: skip
    book(path, [["客户名称", "电话"], *([f"第{i}公司", phone] for i, phone in enumerate(written))])
    return [
        ("customers", [{"customer.name": f"第{i}公司", "customer.phones": "13800001234"} for i in range(len(written))])
    ]


@recipe("勾选与等级.xlsx")
def ticks_and_tiers(path):
    book(path, [
        ["客户名称", "重点客户", "客户等级", "客户来源", "客户类型"],
        ["甲公司", "√", "VIP", "老客户介绍", "企业"],
        ["乙公司", "×", "金牌客户", "展会", "个体"],
        ["丙公司", "是", "gold", "百度", "个人"],
        ["丁公司", "否", "A类", "转介绍", "公司"],
    ])  # fmt: skip
    return [("customers", [
        {"customer.starred": True, "customer.tier": "diamond", "customer.source": "customer_referral", "customer.kind": "company"},
        {"customer.starred": False, "customer.tier": "gold", "customer.source": "exhibition", "customer.kind": "sole_trader"},
        {"customer.starred": True, "customer.tier": "gold", "customer.source": "search", "customer.kind": "individual"},
        {"customer.starred": False, "customer.lost": "客户等级: A类", "customer.source": "referral"},
    ])]  # fmt: skip


@recipe("地区.xlsx")
def province_city_and_address(path):
    book(path, [
        ["客户名称", "省份", "城市", "区县", "详细地址"],
        ["甲公司", "江苏", "苏州", "昆山市", "玉山镇人民路1号"],
        ["乙公司", "浙江省", "杭州市", "西湖区", "文三路2号"],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": "甲公司", "customer.region": "江苏省 苏州市 昆山市", "customer.addresses": "玉山镇人民路1号"},
        {"customer.name": "乙公司", "customer.region": "浙江省 杭州市 西湖区", "customer.addresses": "文三路2号"},
    ])]  # fmt: skip


# ---- exports of programs offices have ------------------------------------------------------------------------------


@recipe("企查查导出.xlsx")
def company_register(path):
    book(
        path,
        [
            ["企查查-高级搜索“机电”的企业信息（数据来源于公开信息，仅供参考）"],
            ["企业名称", "登记状态", "法定代表人", "注册资本", "成立日期", "统一社会信用代码", "企业地址", "所属省份", "所属城市",
             "电话", "更多电话", "邮箱", "企业类型", "经营范围"],
            ["杭州天成机电有限公司", "存续", "张伟", "500万元人民币", "2008-03-05", "91350100M000100Y43", "杭州市西湖区文三路1号",
             "浙江省", "杭州市", "0571-88886666", "13800000001；13800000002", "tc@tc.com", "有限责任公司", "机电设备销售"],
        ],
        ["A1:N1"],
    )  # fmt: skip
    return [("customers", [
        {"customer.name": "杭州天成机电有限公司", "customer.legal_rep": "张伟", "customer.capital": 500_000_000,
         "customer.founded": "2008-03-05", "customer.credit_code": "91350100M000100Y43", "customer.region": "浙江省 杭州市",
         "customer.phones": "0571-88886666, 13800000001, 13800000002", "customer.email": "tc@tc.com"},
    ])]  # fmt: skip


@recipe("金税盘客户编码.txt")
def tax_control_customers(path):
    text(path, "{客户编码}[分隔符]\"~~\"\n// 每行格式 :\n// 编码~~名称~~简码~~税号~~地址电话~~银行账号\n"
         "001~~杭州天成机电有限公司~~TC~~91350100M000100Y43~~杭州市文三路1号 0571-88886666~~工行西湖支行 1202020109000012345\n"
         "002~~苏州恒达科技有限公司~~HD~~91350100M000100Y43~~苏州市星湖街2号 0512-66668888~~建行园区支行 3200020109000012345\n",
         "gb18030")  # fmt: skip
    return [("customers", [
        {"customer.name": "杭州天成机电有限公司", "customer.credit_code": "91350100M000100Y43", "customer.code": "001"},
        {"customer.name": "苏州恒达科技有限公司", "customer.code": "002"},
    ])]  # fmt: skip


@recipe("金蝶客户.xls")
def accounting_program(path):
    made = xlwt.Workbook(encoding="gbk")
    sheet = made.add_sheet("客户资料")
    heads = [
        "代码",
        "名称",
        "全名",
        "状态",
        "地址",
        "联系人",
        "电话",
        "传真",
        "邮政编码",
        "开户银行",
        "银行账号",
        "税务登记号",
    ]
    rows = [
        ["01.001", "天成机电", "杭州天成机电有限公司", "使用", "杭州市文三路1号", "张伟", "0571-88886666", "0571-88886667", 310012,
         "工行西湖支行", "1202020109000012345", "91350100M000100Y43"],
    ]  # fmt: skip
    for r, row in enumerate([heads, *rows]):
        for c, value in enumerate(row):
            sheet.write(r, c, value)
    made.save(str(path))
    return [("customers", [
        {"customer.code": "01.001", "customer.name": "杭州天成机电有限公司", "customer.short_name": "天成机电",
         "contact.name": "张伟", "customer.bill_bank": "工行西湖支行", "customer.bill_account": "1202020109000012345",
         "customer.credit_code": "91350100M000100Y43"},
    ])]  # fmt: skip


@recipe("问卷星.xlsx")
def survey_answers(path):
    book(path, [
        ["序号", "提交答卷时间", "所用时间", "来源", "1、您的姓名：", "2、您的手机号码：", "3、您的公司名称：", "4、您的职务："],
        [1, "2024/3/5 10:11:12", "35秒", "微信", "张伟", "13800000001", "杭州天成机电有限公司", "采购经理"],
        [2, "2024/3/6 11:12:13", "40秒", "手机提交", "李娜", "13800000002", "苏州恒达科技有限公司", "财务"],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": "杭州天成机电有限公司", "contact.name": "张伟", "contact.phones": "13800000001", "position.job": "采购经理"},
        {"customer.name": "苏州恒达科技有限公司", "contact.name": "李娜", "contact.phones": "13800000002"},
    ])]  # fmt: skip


@recipe("企业微信客户.xlsx")
def wecom_customers(path):
    book(path, [
        ["客户列表"],
        ["客户名称", "备注名", "手机", "企业", "标签", "添加人", "添加时间", "来源", "描述"],
        ["张伟", "张伟-天成", "13800000001", "杭州天成机电有限公司", "重点、展会", "王芳", "2024-03-05 10:11", "扫一扫", "要报价"],
    ])  # fmt: skip
    return [
        (
            "customers",
            [{"customer.name": "杭州天成机电有限公司", "contact.name": "张伟", "contact.phones": "13800000001"}],
        )
    ]


@recipe("网店订单收货人.csv")
def shop_orders(path):
    text(path, "订单号,收货人姓名,联系手机,收货地址,买家留言\n"
         "'2024030500001,张伟,'13800000001,浙江省 杭州市 西湖区 文三路1号,\n"
         "'2024030500002,李娜,'13800000002,江苏省 苏州市 昆山市 人民路2号,请送到门卫\n", "gb18030")  # fmt: skip
    return [("customers", [
        {"customer.name": "张伟", "customer.phones": "13800000001", "customer.addresses": "浙江省 杭州市 西湖区 文三路1号"},
        {"customer.name": "李娜", "customer.phones": "13800000002"},
    ])]  # fmt: skip


@recipe("google-contacts.csv")
def google_contacts(path):
    heads = ["First Name", "Last Name", "Organization Name", "Organization Title", "Birthday", "Notes", "E-mail 1 - Value",
             "Phone 1 - Label", "Phone 1 - Value", "Phone 2 - Value", "Address 1 - Formatted", "Website 1 - Value"]  # fmt: skip
    rows = [["伟", "张", "杭州天成机电有限公司", "采购经理", "1980-08-15", "老客户", "zw@tc.com", "Mobile", "+86 138 0000 0001",
             "0571-88886666", "浙江省杭州市文三路1号", "http://www.tc.com"],
            ["John", "Smith", "Acme Ltd", "CEO", "", "", "john@acme.com", "Work", "+1 212 555 0100", "", "", ""]]  # fmt: skip
    out = io.StringIO()
    csv.writer(out).writerows([heads, *rows])
    text(path, out.getvalue())
    return [("contacts", [
        {"contact.name": "张伟", "customer.name": "杭州天成机电有限公司", "contact.phones": "13800000001, 0571-88886666"},
        {"contact.name": "John Smith", "customer.name": "Acme Ltd", "contact.email": "john@acme.com"},
    ])]  # fmt: skip


@recipe("outlook.csv")
def outlook_contacts(path):
    text(path, '"称谓","名","姓","单位","部门","职务","商务电话","移动电话","电子邮件地址","附注"\r\n'
         '"先生","伟","张","杭州天成机电有限公司","采购部","采购经理","0571-88886666","13800000001","zw@tc.com","第一行\r\n第二行"\r\n',
         "gb18030")  # fmt: skip
    return [("customers", [
        {"contact.name": "张伟", "customer.name": "杭州天成机电有限公司", "position.job": "采购经理",
         "contact.phones": "13800000001", "customer.phones": "0571-88886666", "contact.email": "zw@tc.com",
         "customer.remarks": "第一行\n第二行"},
    ])]  # fmt: skip


@recipe("四列英文.xlsx")
def an_english_list(path):
    book(path, [
        ["Customer List 2024"],
        ["No.", "Company Name", "Contact Person", "Mobile", "E-mail", "Address", "Grade"],
        [1, "Acme Trading Co., Ltd.", "John Smith", "+86 138-0000-0001", "john@acme.com", "12 Main St, Shanghai", "Gold"],
        [2, "Beta GmbH", "Anna Schmidt", "+49 30 123456", "anna@beta.de", "Berlin", "Silver"],
        [None, "Total: 2"],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": "Acme Trading Co., Ltd.", "contact.name": "John Smith", "contact.phones": "13800000001", "customer.tier": "gold"},
        {"customer.name": "Beta GmbH", "contact.name": "Anna Schmidt", "contact.phones": "+4930123456", "customer.tier": "silver"},
    ])]  # fmt: skip


@recipe("拜访记录.xlsx")
def visits_with_times(path):
    book(path, [
        ["2024年3月拜访记录表"],
        ["日期", "时间", "拜访客户", "拜访方式", "沟通内容", "下次计划", "业务员"],
        ["3月5日", "14:30", "甲公司", "上门", "谈了报价\n对方要样品", "寄样品", "王芳"],
        ["3月6日", "上午9点", "乙公司", "电话", "确认订单", None, "李强"],
        ["3.7", None, "丙公司", "微信", "对账", "/", "李强"],
    ])  # fmt: skip
    return [("interactions", [
        {"interaction.customer": "甲公司", "interaction.at": "2024-03-05T14:30:00", "interaction.content": "谈了报价\n对方要样品"},
        {"interaction.customer": "乙公司", "interaction.at": "2024-03-06T09:00:00", "interaction.channel": "phone"},
        {"interaction.customer": "丙公司", "interaction.at": "2024-03-07T00:00:00", "interaction.channel": "wechat"},
    ])]  # fmt: skip


@recipe("客诉处理单.xlsx")
def complaints_with_states(path):
    book(path, [
        ["客诉编号", "接诉日期", "客户名称", "联系人", "投诉类别", "投诉内容", "处理状态", "处理结果", "关闭日期", "责任人"],
        ["KS-001", "2024-03-05", "甲公司", "张三", "质量", "外壳有划痕", "处理中", None, "2024-03-09", "王芳"],
        ["KS-002", "2024/3/6", "乙公司", "李四", "物流", "晚到三天", "已关闭", "赔付运费", "2024-03-08", "李强"],
    ])  # fmt: skip
    return [("complaints", [
        {"complaint.customer": "甲公司", "complaint.received_at": "2024-03-05T00:00:00", "complaint.state": "handling",
         "complaint.code": "KS-001"},
        {"complaint.customer": "乙公司", "complaint.state": "closed", "complaint.closed_at": "2024-03-08T00:00:00"},
    ])]  # fmt: skip


@recipe("两张表.xlsx")
def two_lists_on_one_sheet(path):
    book(path, [
        ["客户名单"], ["客户名称", "电话", "地址"], ["甲公司", "0571-88886666", "文三路1号"], ["乙公司", "0512-66668888", "星湖街2号"],
        [], [], ["联系人名单"], ["姓名", "手机", "职务", "所属客户"], ["张三", 13800000001, "经理", "甲公司"],
    ])  # fmt: skip
    return [
        ("customers", [{"customer.name": "甲公司", "customer.phones": "0571-88886666"}, {"customer.name": "乙公司"}]),
        ("contacts", [{"contact.name": "张三", "contact.phones": "13800000001", "customer.name": "甲公司", "position.job": "经理"}]),
    ]  # fmt: skip


@recipe("左右两栏.xlsx")
def two_blocks_side_by_side(path):
    book(path, [
        ["公司通讯录"], ["姓名", "手机", None, "姓名", "手机"],
        ["张三", 13800000001, None, "李四", 13800000002], ["王五", 13800000003, None, None, None],
    ])  # fmt: skip
    return [
        ("contacts", [{"contact.name": "张三", "contact.phones": "13800000001"}, {"contact.name": "王五"}]),
        ("contacts", [{"contact.name": "李四", "contact.phones": "13800000002"}]),
    ]


@recipe("三级表头.xlsx")
def a_heading_of_three_rows(path):
    book(
        path,
        [
            ["客户档案", None, None, None, None],
            ["单位名称", "联系方式", None, None, "经营情况"],
            [None, "联系人", "电话", None, "年销售额"],
            [None, None, "手机", "座机", "（万元）"],
            ["甲公司", "张三", 13800000001, "0571-88886666", 12],
        ],
        ["A1:E1", "B2:D2", "A2:A4", "B3:B4", "C3:D3"],
    )
    return [("customers", [
        {"customer.name": "甲公司", "contact.name": "张三", "contact.phones": "13800000001", "customer.phones": "0571-88886666",
         "customer.annual_sales": 12_000_000},
    ])]  # fmt: skip


@recipe("多个联系人.xlsx")
def three_contact_persons_in_columns(path):
    book(path, [
        ["客户名称", "联系人1", "电话1", "职务1", "联系人2", "电话2", "联系人3", "电话3"],
        ["甲公司", "张三", 13800000001, "经理", "李四", 13800000002, "王五", "无"],
        ["乙公司", "赵六", 13800000003, "财务", None, None, None, None],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": "甲公司", "contact.name": "张三", "contact.phones": "13800000001", "contact2.name": "李四",
         "contact2.phones": "13800000002", "contact3.name": "王五", "position.job": "经理"},
        {"customer.name": "乙公司", "contact.name": "赵六", "contact2.name": None},
    ])]  # fmt: skip


@recipe("会员生日.xlsx")
def members_with_birthdays(path):
    book(path, [
        ["会员卡号", "会员姓名", "性别", "手机号", "生日", "会员等级"],
        ["V001", "张三", "男", 13800000001, "农历八月十五", "金卡"],
        ["V002", "李四", "女", 13800000002, "1980.8.15", "银卡"],
        ["V003", "王五", "男", 13800000003, "8月15日", "普卡"],
        ["V004", "赵六", "女", 13800000004, 29448, "钻石卡"],
    ])  # fmt: skip
    return [("customers", [
        {"customer.code": "V001", "customer.name": "张三", "customer.tier": "gold", "customer.phones": "13800000001"},
        {"customer.name": "李四", "customer.tier": "silver"},
        {"customer.name": "王五", "customer.tier": "regular"},
        {"customer.name": "赵六", "customer.tier": "diamond"},
    ])]  # fmt: skip


@recipe("空白与怪字符.xlsx")
def odd_blanks_and_signs(path):
    book(path, [
        [" 客户\u3000名称 ", "联 系 人", "电\n话", "备　注"],
        ["\u200b甲公司\u00a0", " 张 三 ", "\u202d13800000001\u202c", "第一行\r\n第二行"],
        ["Ａｃｍｅ（中国）有限公司", "李四", "１３８０００００００２", "\t"],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": "甲公司", "contact.phones": "13800000001", "customer.remarks": "第一行\n第二行"},
        {"customer.name": "Acme（中国）有限公司", "contact.name": "李四", "contact.phones": "13800000002"},
    ])]  # fmt: skip


@recipe("门店负责人.xlsx")
def shops_and_who_is_in_charge(path):
    book(path, [
        ["学校名称", "学校电话", "负责人", "负责人电话", "区", "首次成交时间"],
        ["第一小学", "0571-88886666", "张三", 13800000001, "杭州市西湖区", "2024年3月5日"],
        ["实验中学", "0571-88886667", "李四", 13800000002, "杭州市拱墅区", "2024.3.6"],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": "第一小学", "customer.phones": "0571-88886666", "contact.name": "张三", "contact.phones": "13800000001",
         "customer.region": "浙江省 杭州市 西湖区", "customer.since": "2024-03-05"},
        {"customer.name": "实验中学", "contact.name": "李四", "contact.phones": "13800000002"},
    ])]  # fmt: skip


@recipe("业主投诉.xlsx")
def complaints_of_people(path):
    book(path, [
        ["投诉时间", "投诉人", "联系电话", "投诉内容", "处理结果", "满意度", "回访人"],
        ["2024-3-5 10:20", "张三", "13800000001", "水管漏水", "已更换", "满意", "王芳"],
    ])  # fmt: skip
    return [("complaints", [
        {"complaint.customer": "张三", "complaint.description": "水管漏水", "complaint.received_at": "2024-03-05T10:20:00"},
    ])]  # fmt: skip


@recipe("两组联系人.xlsx")
def the_same_headings_for_a_second_person(path):
    book(path, [
        ["客户名称", "联系人", "职务", "电话", "联系人", "职务", "电话"],
        ["甲公司", "张三", "经理", 13800000001, "李四", "财务", 13800000002],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": "甲公司", "contact.name": "张三", "position.job": "经理", "contact.phones": "13800000001",
         "contact2.name": "李四", "position2.job": "财务", "contact2.phones": "13800000002"},
    ])]  # fmt: skip


@recipe("第一第二联系人.xlsx")
def a_first_and_a_second_person(path):
    book(path, [
        ["客户名称", "第一联系人", "第一联系人电话", "第二联系人", "第二联系人电话"],
        ["甲公司", "张三", 13800000001, "李四", 13800000002],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": "甲公司", "contact.name": "张三", "contact.phones": "13800000001", "contact2.name": "李四",
         "contact2.phones": "13800000002"},
    ])]  # fmt: skip


@recipe("联系人及电话.xlsx")
def name_and_phone_in_one_column(path):
    book(path, [
        ["企业名称（盖章）", "联系人/电话", "开户行及账号", "地址"],
        ["甲公司", "张三/13800000001", "工行西湖支行 1202020109000012345", "文三路1号"],
        ["乙公司", "李四 0571-88886666", "建行园区支行 3200020109000012345", "星湖街2号"],
        ["丙公司", "王五13800000003、赵六13800000004", None, "人民路3号"],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": "甲公司", "contact.name": "张三", "contact.phones": "13800000001",
         "customer.bill_bank": "工行西湖支行 1202020109000012345"},
        {"customer.name": "乙公司", "contact.name": "李四", "contact.phones": "0571-88886666"},
        {"customer.name": "丙公司", "contact.name": "王五", "contact.phones": "13800000003", "contact101.name": "赵六",
         "contact101.phones": "13800000004"},
    ])]  # fmt: skip


@recipe("来电登记.xlsx")
def calls_that_came_in(path):
    book(path, [
        ["2024年来电登记表"],
        ["时间", "来电人", "来电号码", "来电内容", "处理人"],
        ["3月5日 10:00", "张三", "13800000001", "咨询价格", "王芳"],
    ])  # fmt: skip
    return [("interactions", [
        {"interaction.customer": "张三", "interaction.at": "2024-03-05T10:00:00", "interaction.content": "咨询价格"},
    ])]  # fmt: skip


# ---- other formats -------------------------------------------------------------------------------------------------

PLAIN = [["客户名称", "联系人", "手机", "首次合作日期", "年销售额"],
         ["杭州天成机电有限公司", "张伟", 13800000001, date(2024, 3, 5), 125000.5],
         ["苏州恒达科技有限公司", "李娜", 13800000002, date(2024, 3, 6), 80000]]  # fmt: skip
CLERK = [("customers", [
    {"customer.name": "杭州天成机电有限公司", "contact.name": "张伟", "contact.phones": "13800000001", "customer.since": "2024-03-05",
     "customer.annual_sales": 12_500_050},
    {"customer.name": "苏州恒达科技有限公司", "contact.name": "李娜", "contact.phones": "13800000002", "customer.since": "2024-03-06",
     "customer.annual_sales": 8_000_000},
])]  # fmt: skip
"""What a clerk reads in each of the files that hold PLAIN."""


def lines(delimiter, end="\r\n"):
    return end.join(delimiter.join(map(str, row)) for row in PLAIN) + end


@recipe("excel-unicode-text.txt")
def unicode_text_of_excel(path):
    path.write_bytes(b"\xff\xfe" + lines("\t").encode("utf-16-le"))
    return CLERK


@recipe("gbk.csv")
def csv_of_excel(path):
    text(path, lines(","), "gbk")
    return CLERK


@recipe("utf-8-bom.csv")
def csv_with_a_mark(path):
    text(path, lines(","), "utf-8-sig")
    return CLERK


@recipe("semicolon.csv")
def csv_of_a_european_excel(path):
    text(path, lines(";"))
    return CLERK


@recipe("utf-16-be.txt")
def big_endian_text(path):
    text(path, lines("\t"), "utf-16-be")
    return CLERK


@recipe("mac-line-ends.csv")
def carriage_returns_alone(path):
    text(path, lines(",", "\r"), "gb18030")
    return CLERK


@recipe("big5.csv")
def traditional_characters(path):
    text(
        path,
        "客戶名稱,聯絡人,手機\r\n台北華碩電腦有限公司,陳大文,13800000001\r\n高雄貿易行,林小姐,13800000002\r\n",
        "big5",
    )
    return [("customers", [
        {"customer.name": "台北華碩電腦有限公司", "contact.name": "陳大文", "contact.phones": "13800000001"},
        {"customer.name": "高雄貿易行", "contact.name": "林小姐"},
    ])]  # fmt: skip


@recipe("quotes.csv")
def line_breaks_and_quotes_in_cells(path):
    rows = [
        ["客户名称", "联系人", "备注"],
        ['甲"老字号"公司', "张三", "第一行\n第二行, 还有逗号"],
        ["乙公司", "李四", ""],
    ]
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, quoting=csv.QUOTE_ALL).writerows(rows)
    return [("customers", [
        {"customer.name": '甲"老字号"公司', "customer.remarks": "第一行\n第二行, 还有逗号"}, {"customer.name": "乙公司"},
    ])]  # fmt: skip


@recipe("no-heading.csv")
def text_without_headings(path):
    text(path, "张伟,13800000001,杭州天成机电有限公司\n李娜,13800000002,苏州恒达科技有限公司\n", "gbk")
    return [("customers", [
        {"contact.name": "张伟", "contact.phones": "13800000001", "customer.name": "杭州天成机电有限公司"},
        {"contact.name": "李娜"},
    ])]  # fmt: skip


@recipe("columns-by-blanks.txt")
def columns_held_apart_by_blanks(path):
    text(path, "客户名称              联系人    手机\n"
         "--------------------  --------  -----------\n"
         "杭州天成机电有限公司  张伟      13800000001\n"
         "苏州恒达科技有限公司  李娜      13800000002\n\n(2 行受影响)\n", "gbk")  # fmt: skip
    return [("customers", [
        {"customer.name": "杭州天成机电有限公司", "contact.name": "张伟", "contact.phones": "13800000001"},
        {"customer.name": "苏州恒达科技有限公司", "contact.name": "李娜"},
    ])]  # fmt: skip


@recipe("老系统.xls")
def a_web_page_called_xls(path):
    text(path, '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta http-equiv="Content-Type" '
         'content="text/html; charset=gb2312"><style>td{mso-number-format:"\\@"}</style></head><body><table border=1>'
         '<tr><td colspan=3 align=center>客户资料</td></tr>'
         '<tr><th>客户名称</th><th rowspan=1>联系人</th><th>手机</th></tr>'
         '<tr><td>杭州天成机电&nbsp;有限公司</td><td>张伟</td><td style="x">13800000001</td></tr>'
         '<tr><td>苏州恒达<br>科技有限公司<td>李娜<td>13800000002</table></body></html>', "gb18030")  # fmt: skip
    return [("customers", [
        {"customer.name": "杭州天成机电 有限公司", "contact.name": "张伟", "contact.phones": "13800000001"},
        {"customer.name": "苏州恒达 科技有限公司", "contact.name": "李娜"},
    ])]  # fmt: skip


@recipe("excel-2003.xml")
def the_xml_of_excel_2003(path):
    def cell(value):
        kind = "Number" if isinstance(value, int | float) else "DateTime" if isinstance(value, date) else "String"
        shown = f"{value}T00:00:00.000" if isinstance(value, date) else value
        return f'<Cell><Data ss:Type="{kind}">{shown}</Data></Cell>'

    rows = "".join(f"<Row>{''.join(map(cell, row))}</Row>" for row in PLAIN)
    text(path, '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Excel.Sheet"?>'
         '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
         'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="客户"><Table>'
         f'{rows}</Table></Worksheet></Workbook>')  # fmt: skip
    return CLERK
