"""Recipes of lists whose records are no rows: two or three lines a customer, cards, forms, people below their firm."""

from .recipes import book, recipe, text

TIANCHENG, HENGDA, DINGSHENG = "杭州天成机电有限公司", "苏州恒达科技有限公司", "深圳鼎盛电子有限公司"


@recipe("两行一户.xlsx")
def two_lines_a_customer(path):
    book(path, [
        ["2024年客户档案"],
        ["序号", "客户名称", "联系人", "电话", "客户等级"],
        [None, "地址", "职务", "手机", "备注"],
        [1, TIANCHENG, "张伟", "0571-88886666", "金"],
        [None, "杭州市文三路1号", "采购经理", 13800000001, "每月月底对账"],
        [2, HENGDA, "李娜", "0512-66668888", "银"],
        [None, "苏州市星湖街2号", "财务", 13800000002, None],
        [3, DINGSHENG, "王强", "0755-26668888", None],
        [None, "深圳市科技路3号", None, None, "款到发货"],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": TIANCHENG, "customer.addresses": "杭州市文三路1号", "contact.name": "张伟", "position.job": "采购经理",
         "contact.phones": "13800000001", "customer.phones": "0571-88886666", "customer.tier": "gold", "customer.remarks": "每月月底对账"},
        {"customer.name": HENGDA, "customer.addresses": "苏州市星湖街2号", "contact.name": "李娜", "position.job": "财务",
         "contact.phones": "13800000002", "customer.phones": "0512-66668888", "customer.tier": "silver", "customer.remarks": None},
        {"customer.name": DINGSHENG, "contact.name": "王强", "position.job": None, "customer.phones": "0755-26668888",
         "customer.remarks": "款到发货"},
    ])]  # fmt: skip


@recipe("两行一户合并.xlsx")
def two_lines_a_customer_with_merged_cells(path):
    rows = [
        ["序号", "客户名称", "联系人", "电话", "公司地址"],
        [None, None, None, "手机", "备注"],
        [1, TIANCHENG, "张伟", "0571-88886666", "杭州市文三路1号"],
        [None, None, None, "13800000001", "老客户"],
        [2, HENGDA, "李娜", "0512-66668888", "苏州市星湖街2号"],
        [None, None, None, "13800000002", None],
        [3, DINGSHENG, "王强", None, "深圳市科技路3号"],
        [None, None, None, "13800000003", "现款"],
    ]
    book(path, rows, [f"{column}{row}:{column}{row + 1}" for row in (1, 3, 5, 7) for column in "ABC"])
    return [("customers", [
        {"customer.name": TIANCHENG, "customer.phones": "0571-88886666", "contact.name": "张伟", "contact.phones": "13800000001",
         "customer.addresses": "杭州市文三路1号", "customer.remarks": "老客户"},
        {"customer.name": HENGDA, "customer.phones": "0512-66668888", "contact.phones": "13800000002", "customer.addresses": "苏州市星湖街2号"},
        {"customer.name": DINGSHENG, "customer.phones": None, "contact.phones": "13800000003", "customer.remarks": "现款"},
    ])]  # fmt: skip


@recipe("三行一户.csv")
def three_lines_a_customer(path):
    text(path, "客户编号,客户名称,业务员\n,地址,邮编\n,联系人,联系电话\n"
         f"K001,{TIANCHENG},王芳\n,杭州市文三路1号,310012\n,张伟,13800000001\n"
         f"K002,{HENGDA},李强\n,苏州市星湖街2号,215000\n,李娜,\n"
         f"K003,{DINGSHENG},王芳\n,深圳市科技路3号,\n,王强,0755-26668888\n", "gb18030")  # fmt: skip
    return [("customers", [
        {"customer.code": "K001", "customer.name": TIANCHENG, "customer.addresses": "杭州市文三路1号", "contact.name": "张伟",
         "customer.owner": "(colleague)"},
        {"customer.code": "K002", "customer.name": HENGDA, "customer.addresses": "苏州市星湖街2号", "contact.name": "李娜"},
        {"customer.code": "K003", "customer.name": DINGSHENG, "customer.addresses": "深圳市科技路3号", "contact.name": "王强"},
    ])]  # fmt: skip


@recipe("两行一户有空行.xlsx")
def two_lines_a_customer_and_a_gap(path):
    book(path, [
        ["公司名称", "联系人", "手机", "微信"],
        ["详细地址", None, "传真", "邮箱"],
        [],
        [TIANCHENG, "张伟", "13800000001", "zhangwei88"],
        ["杭州市文三路1号", None, "0571-88886667", "zw@tc.com"],
        [],
        [HENGDA, "李娜", "13800000002", None],
        ["苏州市星湖街2号", None, None, "ln@hd.cn"],
        [],
        [DINGSHENG, "王强", "13800000003", "wangqiang_sz"],
        ["深圳市科技路3号", None, "0755-26668889", None],
        ["合计：3户"],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": TIANCHENG, "customer.addresses": "杭州市文三路1号", "contact.name": "张伟", "contact.phones": "13800000001",
         "customer.phones": "0571-88886667"},
        {"customer.name": HENGDA, "customer.addresses": "苏州市星湖街2号", "contact.name": "李娜"},
        {"customer.name": DINGSHENG, "customer.addresses": "深圳市科技路3号", "customer.phones": "0755-26668889"},
    ])]  # fmt: skip


FIRMS = [
    (TIANCHENG, "张伟", "13800000001", "杭州市文三路1号", "金"),
    (HENGDA, "李娜", "13800000002", "苏州市星湖街2号", "银"),
    (DINGSHENG, "王强", "13800000003", "深圳市科技路3号", "普通"),
    ("宁波海港物流有限公司", "赵敏", "13800000004", "宁波市港口路4号", "金"),
]
READ = [
    {"customer.name": firm, "contact.name": who, "contact.phones": phone, "customer.addresses": street}
    for firm, who, phone, street, _tier in FIRMS
]


@recipe("客户卡片.xlsx")
def cards_one_under_the_other(path):
    rows = []
    for firm, who, phone, street, tier in FIRMS:
        rows += [["客户名称", firm, None, "等级", tier], ["联系人", who, None, "手机", phone], ["地址", street],
                 ["备注", "", None, "开户行", "工商银行"], []]  # fmt: skip
    book(path, rows)
    return [("customers", [{**each, "customer.bill_bank": "工商银行"} for each in READ])]


@recipe("卡片两栏.xlsx")
def cards_beside_each_other(path):
    rows = [["客户通讯录"]]
    for left, right in ((FIRMS[0], FIRMS[1]), (FIRMS[2], FIRMS[3])):
        for label, at in (("客户名称", 0), ("联系人", 1), ("手机", 2), ("地址", 3)):
            rows.append([label, left[at], None, label, right[at]])
        rows.append([])
    book(path, rows)
    return [("customers", READ)]


@recipe("标签在格内.xlsx")
def labels_and_values_in_one_cell(path):
    rows = [["客户资料汇总"]]
    for firm, who, phone, street, tier in FIRMS:
        rows += [
            [f"客户名称：{firm}"],
            [f"联系人：{who}", f"手机：{phone}"],
            [f"地址：{street}", f"客户等级：{tier}"],
            [],
        ]
    book(path, rows)
    return [("customers", READ)]


@recipe("一户一张表.xlsx")
def a_sheet_for_each_customer(path):
    def form(at):
        return [
            ["客户信息表"],
            ["客户名称：", f"第{at}机械厂", "客户编号：", f"K{at:03}"],
            ["联系人：", f"张{'一二三四五六七八九十'[at % 10]}", "手机：", f"138000000{at:02}"],
            ["地址：", f"杭州市文三路{at}号"],
            ["主要产品：", "电机", "年采购额（万元）：", at],
            ["填表日期：", "2024-03-05", "填表人：", "王芳"],
        ]

    book(path, form(1), title="第1机械厂", **{f"第{at}机械厂": form(at) for at in range(2, 21)})
    return [("customers", [
        {"customer.name": f"第{at}机械厂", "customer.code": f"K{at:03}", "contact.phones": f"138000000{at:02}",
         "customer.annual_sales": at * 1_000_000, "customer.addresses": f"杭州市文三路{at}号"}
        for at in range(1, 21)
    ])]  # fmt: skip


@recipe("公司下面是人.xlsx")
def people_below_their_merged_firm(path):
    book(path, [
        ["姓名", "职务", "手机", "邮箱"],
        [TIANCHENG],
        ["张伟", "采购经理", 13800000001, "zw@tc.com"],
        ["李娜", "会计", 13800000002, None],
        [HENGDA],
        ["王强", "总经理", 13800000003, None],
        ["赵敏", "采购", 13800000004, "zm@hd.cn"],
        ["孙丽", None, 13800000005, None],
    ], ["A2:D2", "A5:D5"])  # fmt: skip
    firms = [TIANCHENG] * 2 + [HENGDA] * 3
    names = ["张伟", "李娜", "王强", "赵敏", "孙丽"]
    return [("contacts", [
        {"customer.name": firm, "contact.name": name, "contact.phones": f"1380000000{at}"}
        for at, (firm, name) in enumerate(zip(firms, names, strict=True), 1)
    ])]  # fmt: skip


@recipe("只写第一行公司.xlsx")
def the_firm_only_in_its_first_row(path):
    book(path, [
        ["序号", "单位名称", "单位地址", "联系人", "职务", "手机", "备注"],
        [1, TIANCHENG, "杭州市文三路1号", "张伟", "采购经理", "13800000001", None],
        [None, None, None, "李娜", "会计", "13800000002", None],
        [2, HENGDA, "苏州市星湖街2号", "王强", "总经理", "13800000003", "现款"],
        [None, None, None, "赵敏", "采购", "13800000004", None],
        [None, None, None, "孙丽", None, "13800000005", None],
        [3, DINGSHENG, "深圳市科技路3号", "钱进", None, "13800000006", None],
    ])  # fmt: skip
    firms = [TIANCHENG] * 2 + [HENGDA] * 3 + [DINGSHENG]
    names = ["张伟", "李娜", "王强", "赵敏", "孙丽", "钱进"]
    return [("customers", [
        {"customer.name": firm, "contact.name": name, "contact.phones": f"1380000000{at}"}
        for at, (firm, name) in enumerate(zip(firms, names, strict=True), 1)
    ])]  # fmt: skip


@recipe("名片扫描.xlsx")
def a_card_in_each_cell(path):
    cards = [
        f"{TIANCHENG}\n张伟 采购经理\n手机：13800000001\n电话：0571-88886666\n邮箱：zw@tc.com\n地址：杭州市文三路1号",
        f"李娜\n财务总监\n{HENGDA}\nTel: 0512-66668888\nMobile: 13800000002\n苏州市星湖街2号",
        f"王强\n销售经理\n{DINGSHENG}\n13800000003\nwq@ds.com",
    ]
    book(path, [["名片汇总"], [], cards[:2], cards[2:]])
    return [("contacts", [
        {"customer.name": TIANCHENG, "contact.name": "张伟", "contact.phones": "13800000001, 0571-88886666", "contact.email": "zw@tc.com"},
        {"customer.name": HENGDA, "contact.name": "李娜"},
        {"customer.name": DINGSHENG, "contact.name": "王强", "contact.phones": "13800000003"},
    ])]  # fmt: skip


@recipe("会议签到表.xlsx")
def a_sign_in_sheet(path):
    book(path, [
        ["2024年新品发布会签到表"],
        ["时间：2024年3月5日 14:00", None, None, "地点：杭州国际会议中心三楼"],
        ["序号", "单位", "姓名", "职务", "联系电话", "签名"],
        [1, TIANCHENG, "张伟", "采购经理", "13800000001", None],
        [2, TIANCHENG, "李娜", None, "13800000002", None],
        [3, HENGDA, "王强", "总经理", "13800000003", None],
        [4, "个人", "赵敏", None, "13800000004", None],
        [5], [6], [7],
        ["主办方：东风机电有限公司"],
    ], ["A1:F1", "A2:C2", "D2:F2"])  # fmt: skip
    return [("contacts", [
        {"customer.name": TIANCHENG, "contact.name": "张伟", "position.job": "采购经理", "contact.phones": "13800000001"},
        {"customer.name": TIANCHENG, "contact.name": "李娜"},
        {"customer.name": HENGDA, "contact.name": "王强"},
        {"contact.name": "赵敏", "contact.phones": "13800000004"},
    ])]  # fmt: skip
