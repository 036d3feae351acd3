"""Recipes of labels and values in turns, wide cells in a second line, notes beside a list, guests, dealers, suppliers."""

from .recipes import book, recipe, text

FIRMS = ["杭州天成机电有限公司", "苏州恒达科技有限公司", "深圳鼎盛电子有限公司"]
PEOPLE = ["张伟", "李娜", "王强"]
STREETS = ["杭州市文三路1号", "苏州市星湖街2号", "深圳市科技路3号"]
MOBILES = ["13800000001", "13800000002", "13800000003"]


@recipe("地址跨三列.xlsx")
def a_second_line_with_wide_cells(path):
    rows = [["客户档案表"], ["编号", "客户名称", "联系人", "职务", "电话"], [None, "地址", None, None, "备注"]]
    merged = ["A1:E1", "A2:A3", "B3:D3"]
    for at in range(3):
        rows += [
            [f"K{at}", FIRMS[at], PEOPLE[at], "经理", MOBILES[at]],
            [None, STREETS[at], None, None, "老客户" if at else None],
        ]
        merged += [f"A{4 + 2 * at}:A{5 + 2 * at}", f"B{5 + 2 * at}:D{5 + 2 * at}"]
    book(path, rows, merged)
    return [("customers", [
        {"customer.code": f"K{at}", "customer.name": FIRMS[at], "contact.name": PEOPLE[at], "customer.addresses": STREETS[at],
         "contact.phones": MOBILES[at], "customer.remarks": "老客户" if at else None}
        for at in range(3)
    ])]  # fmt: skip


@recipe("标签行和内容行.xlsx")
def labels_and_values_in_turns(path):
    rows = [["客户卡片汇总"], []]
    for at in range(3):
        rows += [["客户名称", "联系人", "电话"], [FIRMS[at], PEOPLE[at], MOBILES[at]], ["地址", "客户等级", "备注"],
                 [STREETS[at], "金", "老客户" if at else None], []]  # fmt: skip
    book(path, rows)
    return [("customers", [
        {"customer.name": FIRMS[at], "contact.name": PEOPLE[at], "contact.phones": MOBILES[at], "customer.addresses": STREETS[at],
         "customer.tier": "gold", "customer.remarks": "老客户" if at else None}
        for at in range(3)
    ])]  # fmt: skip


@recipe("单位行和人员行.xlsx")
def a_row_for_the_firm_and_rows_for_its_people(path):
    book(path, [
        ["单位名称", "地址", "姓名", "职务", "电话"],
        [FIRMS[0], STREETS[0]], [None, None, "张伟", "经理", MOBILES[0]], [None, None, "李娜", "会计", MOBILES[1]],
        [FIRMS[1], STREETS[1]], [None, None, "王强", "总经理", MOBILES[2]],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": FIRMS[0], "customer.addresses": STREETS[0], "contact.name": None},
        {"customer.name": FIRMS[0], "contact.name": "张伟", "contact.phones": MOBILES[0]},
        {"customer.name": FIRMS[0], "contact.name": "李娜", "position.job": "会计"},
        {"customer.name": FIRMS[1], "customer.addresses": STREETS[1]},
        {"customer.name": FIRMS[1], "contact.name": "王强"},
    ])]  # fmt: skip


@recipe("旁边有说明.xlsx")
def a_note_beside_the_list(path):
    book(path, [
        ["客户名称", "联系人", "手机", None, None, "说明：1、绿色为重点客户"],
        [FIRMS[0], "张伟", MOBILES[0], None, None, "2、红色为停用"], [FIRMS[1], "李娜", MOBILES[1]],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": FIRMS[0], "contact.name": "张伟", "contact.phones": MOBILES[0], "customer.remarks": None},
        {"customer.name": FIRMS[1], "contact.name": "李娜"},
    ])]  # fmt: skip


@recipe("账龄分析.xlsx")
def days_overdue_under_one_heading(path):
    book(path, [
        ["应收账款账龄分析表"], ["单位：元"],
        ["客户名称", "应收余额", "账龄", None, None, "业务员", "联系人", "电话"], [None, None, "30天内", "31-60天", "60天以上"],
        [FIRMS[0], 12500, 12500, 0, 0, "王芳", "张伟", MOBILES[0]], [FIRMS[1], 8000, 0, 8000, 0, "李强", "李娜", MOBILES[1]],
        ["合计", 20500, 12500, 8000, 0],
    ], ["A3:A4", "B3:B4", "C3:E3", "F3:F4", "G3:G4", "H3:H4"])  # fmt: skip
    return [("customers", [
        {"customer.name": FIRMS[0], "customer.owner": "(colleague)", "contact.name": "张伟", "contact.phones": MOBILES[0]},
        {"customer.name": FIRMS[1], "contact.name": "李娜"},
    ])]  # fmt: skip


@recipe("住店客人.xlsx")
def guests_of_a_hotel(path):
    book(path, [
        ["房号", "客人姓名", "性别", "证件类型", "证件号码", "联系电话", "单位", "抵店日期", "离店日期", "房价"],
        ["301", "张伟", "男", "身份证", "330106198008150011", MOBILES[0], FIRMS[0], "2024-03-05", "2024-03-06", 388],
        ["302", "李娜", "女", "身份证", "330106198508150022", MOBILES[1], FIRMS[1], "2024-03-05", "2024-03-06", 388],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": FIRMS[0], "contact.name": "张伟", "customer.addresses": None}, {"customer.name": FIRMS[1], "contact.name": "李娜"},
    ])]  # fmt: skip


@recipe("经销商授权.xlsx")
def dealers_and_their_areas(path):
    book(path, [
        ["省份", "城市", "经销商", "授权区域", "联系人", "手机", "授权期限", "年度任务（万元）", "完成"],
        ["浙江", "杭州", FIRMS[0], "杭州、湖州", "张伟", MOBILES[0], "2024.1.1-2024.12.31", 100, "85%"],
        ["江苏", "苏州", FIRMS[1], "苏州", "李娜", MOBILES[1], "2024.1.1-2024.12.31", 50, "110%"],
        ["广东", "深圳", FIRMS[2], "宁波", "王强", MOBILES[2], "2024.1.1-2024.12.31", 80, "60%"],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": FIRMS[0], "contact.name": "张伟", "contact.phones": MOBILES[0], "customer.region": "浙江省 杭州市"},
        {"customer.name": FIRMS[1], "contact.name": "李娜", "customer.region": "江苏省 苏州市"},
        {"customer.name": FIRMS[2], "contact.name": "王强", "customer.region": "广东省 深圳市"},
    ])]  # fmt: skip


@recipe("华为手机.csv")
def contacts_of_a_phone_in_halves(path):
    text(path, "名字,姓氏,手机,电话,电子邮件,公司,职位,地址,备注,群组\n"
         f"伟,张,{MOBILES[0]},,zw@tc.com,{FIRMS[0]},经理,,,客户\n,王师傅,13800000009,,,,,,送货,\n")  # fmt: skip
    return [("contacts", [
        {"contact.name": "张伟", "contact.phones": MOBILES[0], "customer.name": FIRMS[0], "contact.tags": "客户"},
        {"contact.name": "王师傅", "contact.phones": "13800000009", "contact.remarks": "送货"},
    ])]  # fmt: skip


@recipe("供应商名录.xlsx")
def suppliers(path):
    book(path, [
        ["供应商编码", "供应商名称", "主要供应产品", "联系人", "联系电话", "付款方式", "合作状态"],
        ["G001", FIRMS[0], "铜线", "张伟", MOBILES[0], "月结30天", "合作中"], ["G002", FIRMS[1], "轴承", "李娜", MOBILES[1], "现款", None],
    ])  # fmt: skip
    return [("customers", [
        {"customer.code": "G001", "customer.name": FIRMS[0], "contact.name": "张伟", "contact.phones": MOBILES[0]},
        {"customer.code": "G002", "customer.name": FIRMS[1], "contact.name": "李娜"},
    ])]  # fmt: skip


@recipe("序号在名称里.xlsx")
def running_numbers_before_the_names(path):
    book(path, [
        ["客户名称", "联系人", "电话"],
        *[[f"{at + 1}、{FIRMS[at]}", PEOPLE[at], MOBILES[at]] for at in range(3)],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": FIRMS[at], "contact.name": PEOPLE[at], "contact.phones": MOBILES[at]} for at in range(3)
    ])]  # fmt: skip


@recipe("单位通讯录.xlsx")
def people_of_the_same_firms_with_what_is_their_own(path):
    people = ["张伟", "李娜", "王强", "赵敏", "孙丽"]
    rows = [
        [
            name,
            FIRMS[at // 3],
            f"0571-8888100{at}",
            f"p{at}@firm.com",
            f"wx_p{at}",
            "采购部" if at % 2 else None,
            "爱喝茶",
        ]
        for at, name in enumerate(people)
    ]
    book(path, [["联系人", "单位", "办公电话", "邮箱", "微信", "部门", "备注"], *rows])
    return [("contacts", [
        {"contact.name": name, "customer.name": FIRMS[at // 3], "contact.email": f"p{at}@firm.com", "contact.wechat": f"wx_p{at}",
         "contact.phones": f"0571-8888100{at}", "position.department": "采购部" if at % 2 else None, "contact.remarks": "爱喝茶"}
        for at, name in enumerate(people)
    ])]  # fmt: skip


@recipe("客户及各联系人.xlsx")
def customers_with_several_people_and_what_is_their_own(path):
    people = ["张伟", "李娜", "王强", "赵敏", "孙丽"]
    rows = [
        [FIRMS[at // 3], "金" if at < 3 else "银", STREETS[at // 3], name, MOBILES[at % len(MOBILES)], f"p{at}@firm.com", f"wx_p{at}"]
        for at, name in enumerate(people)
    ]  # fmt: skip
    book(path, [["客户名称", "客户等级", "地址", "联系人", "手机", "邮箱", "微信"], *rows])
    return [("customers", [
        {"customer.name": FIRMS[at // 3], "customer.tier": "gold" if at < 3 else "silver", "contact.name": name,
         "contact.email": f"p{at}@firm.com", "contact.wechat": f"wx_p{at}", "customer.email": None}
        for at, name in enumerate(people)
    ])]  # fmt: skip


@recipe("联系人的部门.xlsx")
def a_department_beside_a_job(path):
    book(path, [
        ["公司名称", "联系人", "部门", "职务", "手机"],
        [FIRMS[0], "张伟", "采购部", "经理", MOBILES[0]], [FIRMS[1], "李娜", "财务部", "会计", MOBILES[1]],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": FIRMS[0], "contact.name": "张伟", "position.department": "采购部", "customer.department": None},
        {"customer.name": FIRMS[1], "contact.name": "李娜", "position.department": "财务部", "position.job": "会计"},
    ])]  # fmt: skip


@recipe("业务员的部门.xlsx")
def a_department_beside_the_colleague_whose_it_is(path):
    book(path, [
        ["公司名称", "联系人", "职务", "手机", "业务员", "部门"],
        [FIRMS[0], "张伟", "经理", MOBILES[0], "王芳", "销售一部"], [FIRMS[1], "李娜", "会计", MOBILES[1], "李强", "销售二部"],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": FIRMS[0], "contact.name": "张伟", "customer.department": "销售一部", "position.department": None},
        {"customer.name": FIRMS[1], "customer.owner": "(colleague)", "customer.department": "销售二部"},
    ])]  # fmt: skip
