"""Recipes of files on one customer each: a form over the list of its people, long forms, a sheet called by the firm."""

from .recipes import book, recipe, text

FIRMS = ["杭州天成机电有限公司", "苏州恒达科技有限公司", "深圳鼎盛电子有限公司"]
PEOPLE = ["张伟", "李娜", "王强"]


@recipe("档案表带联系人.xlsx")
def a_form_over_a_list_of_people(path):
    def form(at):
        return [
            ["客户档案表"],
            ["客户名称", FIRMS[at], None, "客户编号", f"K{at}"],
            ["地址", f"文三路{at}号", None, "电话", f"0571-8888666{at}"],
            ["客户等级", "金", None, "业务员", "王芳"],
            ["联系人信息"],
            ["序号", "姓名", "职务", "手机", "微信"],
            [1, PEOPLE[at], "经理", f"1380000000{at}", None],
            [2, "钱进", "会计", f"1390000000{at}", "qj88_hz"],
            ["备注：月底对账"],
            ["填表人：王芳", None, None, "日期：2024-03-05"],
        ]

    book(path, form(0), ["A1:E1", "A5:E5"], title="天成", 恒达=form(1))
    return [
        ("customers", [
            {"customer.name": FIRMS[at], "customer.code": f"K{at}", "customer.addresses": f"文三路{at}号", "customer.tier": "gold",
             "customer.owner": "(colleague)", "customer.phones": f"0571-8888666{at}", "contact.name": name, "contact.phones": phone}
            for name, phone in ((PEOPLE[at], f"1380000000{at}"), ("钱进", f"1390000000{at}"))
        ])
        for at in range(2)
    ]  # fmt: skip


@recipe("公司名是表名.xlsx")
def sheets_called_by_their_firms(path):
    heads = ["姓名", "职务", "手机"]
    book(path, [heads, ["张伟", "经理", "13800000001"], ["李娜", "会计", "13800000002"]], title=FIRMS[0],
         **{FIRMS[1]: [heads, ["王强", "总经理", "13800000003"]]})  # fmt: skip
    return [
        ("customers", [{"customer.name": FIRMS[0], "contact.name": "张伟", "position.job": "经理"},
                       {"customer.name": FIRMS[0], "contact.name": "李娜"}]),
        ("customers", [{"customer.name": FIRMS[1], "contact.name": "王强", "contact.phones": "13800000003"}]),
    ]  # fmt: skip


@recipe("大登记表.xlsx")
def a_long_form_in_sections(path):
    book(path, [
        ["客户信息登记表"],
        ["客户基本信息"],
        ["客户名称", FIRMS[0], None, None, "成立日期", "2005-08-15"],
        ["统一社会信用代码", "91330106776600123X", None, None, "注册资本（万元）", 1000],
        ["注册地址", "杭州市文三路1号"],
        ["经营范围", "电机"],
        ["联系人信息"],
        ["联系人", "张伟", None, None, "职务", "经理"],
        ["手机", "13800000001", None, None, "邮箱", "zw@tc.com"],
        ["开票信息"],
        ["开户行", "工行文三路支行", None, None, "账号", "1202026209900012345"],
        ["客户签字：", None, None, "业务员签字：", "王芳"],
    ], ["A1:F1", "A2:F2", "B3:D3", "B4:D4", "B5:F5", "B6:F6", "A7:F7", "B8:D8", "B9:D9", "A10:F10", "B11:D11"])  # fmt: skip
    return [("customers", [
        {"customer.name": FIRMS[0], "customer.founded": "2005-08-15", "customer.capital": 1_000_000_000, "customer.bill_bank": "工行文三路支行",
         "customer.addresses": "杭州市文三路1号", "contact.name": "张伟", "contact.phones": "13800000001", "position.job": "经理"},
    ])]  # fmt: skip


@recipe("名字带电话.xlsx")
def phones_behind_the_names(path):
    book(path, [
        ["客户", "地址"],
        ["张伟13800000001", "杭州文三路1号"], ["李娜 13800000002", "苏州星湖街2号"], ["王总（13800000003）", "深圳科技路3号"], ["赵敏", "宁波港口路4号"],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": "张伟", "customer.phones": "13800000001"}, {"customer.name": "李娜", "customer.phones": "13800000002"},
        {"customer.name": "王总", "customer.phones": "13800000003"}, {"customer.name": "赵敏", "customer.phones": None},
    ])]  # fmt: skip


@recipe("单位带联系人.xlsx")
def people_in_brackets_behind_their_firms(path):
    book(path, [
        ["客户名称", "电话", "地址"],
        [f"{FIRMS[0]}（张伟）", "13800000001", None], [f"{FIRMS[1]}(李娜)", "13800000002", "苏州"], ["深圳鼎盛电子（集团）有限公司", "0755-26668888", None],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": FIRMS[0], "contact.name": "张伟"}, {"customer.name": FIRMS[1], "contact.name": "李娜"},
        {"customer.name": "深圳鼎盛电子（集团）有限公司"},
    ])]  # fmt: skip


@recipe("一户一段.txt")
def blocks_of_labelled_lines(path):
    text(
        path,
        "\n\n".join(
            f"公司：{FIRMS[at]}\n联系人：{PEOPLE[at]}\n电话：1380000000{at}\n地址：文三路{at}号" for at in range(3)
        ),
    )
    return [("customers", [
        {"customer.name": FIRMS[at], "contact.name": PEOPLE[at], "contact.phones": f"1380000000{at}", "customer.addresses": f"文三路{at}号"}
        for at in range(3)
    ])]  # fmt: skip


@recipe("类别合并.xlsx")
def a_class_merged_over_its_customers(path):
    book(path, [
        ["类别", "客户名称", "联系人", "手机"],
        ["经销商", FIRMS[0], "张伟", "13800000001"], [None, FIRMS[1], "李娜", "13800000002"], ["终端", FIRMS[2], "王强", "13800000003"],
    ], ["A2:A3"])  # fmt: skip
    return [("customers", [
        {"customer.name": FIRMS[at], "customer.tags": "经销商" if at < 2 else "终端", "contact.name": PEOPLE[at]} for at in range(3)
    ])]  # fmt: skip


@recipe("单位只写一次.csv")
def a_firm_written_once_over_its_people(path):
    text(path, "单位,姓名,手机\n"
         f"{FIRMS[0]},张伟,13800000001\n,李娜,13800000002\n,孙丽,13800000003\n{FIRMS[1]},王强,13800000004\n,赵敏,13800000005\n", "gb18030")  # fmt: skip
    firms = [FIRMS[0]] * 3 + [FIRMS[1]] * 2
    return [("contacts", [
        {"customer.name": firm, "contact.name": name, "contact.phones": f"1380000000{at}"}
        for at, (firm, name) in enumerate(zip(firms, ["张伟", "李娜", "孙丽", "王强", "赵敏"], strict=True), 1)
    ])]  # fmt: skip


@recipe("部门只写一次.csv")
def a_department_written_once_over_its_people(path):
    text(path, "部门,姓名,职务,办公电话,手机\n总经办,周天成,总经理,8888001,13800000001\n,刘芳,秘书,8888002,13800000002\n"
         ",陈晨,司机,,13800000003\n采购部,张伟,经理,8888101,13800000004\n,李娜,采购,8888102,13800000005\n")  # fmt: skip
    return [("contacts", [
        {"contact.name": name, "position.department": "总经办" if at < 3 else "采购部"}
        for at, name in enumerate(["周天成", "刘芳", "陈晨", "张伟", "李娜"])
    ])]  # fmt: skip


@recipe("第二行带标签.xlsx")
def second_lines_that_name_themselves(path):
    rows = [["序号", "客户名称", "联系人", "电话"]]
    for at in range(3):
        rows += [[at + 1, FIRMS[at], PEOPLE[at], f"1380000000{at}"], [None, f"地址：文三路{at}号"]]
    book(path, rows, [f"B{3 + 2 * at}:D{3 + 2 * at}" for at in range(3)])
    return [("customers", [
        {"customer.name": FIRMS[at], "contact.name": PEOPLE[at], "customer.addresses": f"文三路{at}号"} for at in range(3)
    ])]  # fmt: skip


def people_of(at):
    return [PEOPLE[at], "经理", f"1380000000{at}"], ["钱进", "会计", f"1390000000{at}"]


def read_of_both():
    return [("contacts", [
        {"customer.name": FIRMS[at], "contact.name": name, "contact.phones": phone} for at in range(2) for name, _job, phone in people_of(at)
    ])]  # fmt: skip


@recipe("一家一段.xlsx")
def a_list_of_people_below_each_firm(path):
    rows = []
    for at in range(2):
        rows += [[f"{at + 1}、{FIRMS[at]}"], ["姓名", "职务", "手机"], *people_of(at), []]
    book(path, rows, ["A1:C1", "A6:C6"])
    return read_of_both()


@recipe("一家一段带标签.xlsx")
def a_list_of_people_below_each_labelled_firm(path):
    rows = []
    for at in range(2):
        rows += [[f"客户名称：{FIRMS[at]}", None, f"地址：文三路{at}号"], ["姓名", "职务", "手机"], *people_of(at), []]
    book(path, rows)
    return read_of_both()


@recipe("分等级的表.xlsx")
def sheets_called_by_classes(path):
    heads = ["客户名称", "联系人", "手机"]
    book(
        path,
        [heads, [FIRMS[0], "张伟", "13800000001"]],
        title="成交客户",
        意向客户=[heads, [FIRMS[1], "李娜", "13800000002"]],
    )
    return [
        ("customers", [{"customer.name": FIRMS[0], "customer.tags": "成交客户"}]),
        ("customers", [{"customer.name": FIRMS[1], "customer.tags": "意向客户"}]),
    ]
