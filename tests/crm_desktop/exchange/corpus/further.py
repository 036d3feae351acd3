"""Recipes of rows that go on with the one above, of titles of parts on two levels, of cells that hold two things."""

from .recipes import book, recipe, text

FIRMS = ["杭州天成机电有限公司", "苏州恒达科技有限公司", "深圳鼎盛电子有限公司", "宁波海港物流有限公司"]
PEOPLE = ["张伟", "李娜", "王强", "赵敏"]
STREETS = ["杭州市文三路1号", "苏州市星湖街2号", "深圳市科技路3号", "宁波市港口路4号"]
MOBILES = [f"1380000000{at + 1}" for at in range(4)]
HEADS = ["序号", "客户名称", "联系人", "手机"]


@recipe("地址写在名称下面.xlsx")
def a_second_line_nobody_named(path):
    rows = [["序号", "客户名称", "联系人", "电话"]]
    for at in range(4):
        rows += [[at + 1, FIRMS[at], PEOPLE[at], f"0571-8888666{at}"], [None, STREETS[at], None, MOBILES[at]]]
    book(path, rows)
    return [("customers", [
        {"customer.name": FIRMS[at], "contact.name": PEOPLE[at], "customer.addresses": STREETS[at], "contact.phones": MOBILES[at],
         "customer.phones": f"0571-8888666{at}"}
        for at in range(4)
    ])]  # fmt: skip


@recipe("第二个电话.xlsx")
def a_second_phone_below_the_first(path):
    book(path, [
        ["序号", "客户名称", "联系人", "电话", "备注"],
        [1, FIRMS[0], "张伟", "13800000001", "老客户"],
        [None, None, None, "0571-88886666", "月结30天"],
        [2, FIRMS[1], "李娜", 13800000002, None],
        [3, FIRMS[2], "王强", "13800000003", None],
        [None, None, "钱进", "13900000003", None],
        [None, None, None, "0755-26668888", None],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": FIRMS[0], "contact.name": "张伟", "contact.phones": "13800000001, 0571-88886666", "customer.remarks": "老客户\n月结30天"},
        {"customer.name": FIRMS[1], "contact.name": "李娜", "contact.phones": "13800000002"},
        {"customer.name": FIRMS[2], "contact.name": "王强", "contact.phones": "13800000003"},
        {"customer.name": FIRMS[2], "contact.name": "钱进", "contact.phones": "13900000003, 0755-26668888"},
    ])]  # fmt: skip


@recipe("一格两行.xlsx")
def two_things_in_one_cell(path):
    book(path, [
        ["序号", "客户名称/地址", "联系人/职务", "电话/手机"],
        *[[at + 1, f"{FIRMS[at]}\n{STREETS[at]}", f"{PEOPLE[at]}\n经理", f"0571-8888666{at}\n{MOBILES[at]}"] for at in range(3)],
        [4, FIRMS[3], "赵敏", MOBILES[3]],
    ])  # fmt: skip
    return [("customers", [
        *({"customer.name": FIRMS[at], "customer.addresses": STREETS[at], "contact.name": PEOPLE[at], "position.job": "经理"} for at in range(3)),
        {"customer.name": FIRMS[3], "contact.name": "赵敏", "customer.addresses": None},
    ])]  # fmt: skip


@recipe("两级分段.xlsx")
def parts_on_two_levels(path):
    rows = [[at + 1, FIRMS[at], PEOPLE[at], MOBILES[at]] for at in range(4)]
    book(path, [HEADS, ["华东区"], ["王芳"], rows[0], ["李强"], rows[1], ["华南区"], rows[2], ["陈晨"], rows[3]],
         ["A2:D2", "A3:D3", "A5:D5", "A7:D7", "A9:D9"])  # fmt: skip
    return [("customers", [
        {"customer.name": FIRMS[0], "customer.region": "华东区", "customer.owner": "(colleague)"},
        {"customer.name": FIRMS[1], "customer.region": "华东区", "customer.owner": "(colleague)"},
        {"customer.name": FIRMS[2], "customer.region": "华南区", "customer.owner": None},
        {"customer.name": FIRMS[3], "customer.region": "华南区", "customer.owner": "(colleague)"},
    ])]  # fmt: skip


@recipe("分段带户数.csv")
def parts_with_a_count_beside(path):
    text(path, "序号,客户名称,联系人,手机\n浙江省,,,2家\n"
         f"1,{FIRMS[0]},张伟,13800000001\n2,{FIRMS[3]},赵敏,13800000004\n江苏省,,,1家\n1,{FIRMS[1]},李娜,13800000002\n", "gb18030")  # fmt: skip
    return [("customers", [
        {"customer.name": FIRMS[0], "customer.region": "浙江省", "contact.phones": "13800000001"},
        {"customer.name": FIRMS[3], "customer.region": "浙江省"},
        {"customer.name": FIRMS[1], "customer.region": "江苏省"},
    ])]  # fmt: skip


@recipe("公司单独一行.csv")
def people_below_their_firm_in_a_text(path):
    text(
        path,
        f"姓名,职务,手机\n{FIRMS[0]},,\n张伟,经理,13800000001\n李娜,会计,13800000002\n{FIRMS[1]},,\n王强,总经理,13800000003\n",
        "utf-16",
    )
    return [("contacts", [
        {"customer.name": FIRMS[0], "contact.name": "张伟", "position.job": "经理", "contact.phones": "13800000001"},
        {"customer.name": FIRMS[0], "contact.name": "李娜"},
        {"customer.name": FIRMS[1], "contact.name": "王强"},
    ])]  # fmt: skip


@recipe("三年销售额.xlsx")
def the_last_of_several_years(path):
    book(path, [
        ["客户名称", "2022年销售额(万元)", "2023年销售额(万元)", "2024年销售额(万元)", "联系人"],
        [FIRMS[0], 100, 200, 300, "张伟"], [FIRMS[1], 1, 2, None, "李娜"],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": FIRMS[0], "customer.annual_sales": 300_000_000}, {"customer.name": FIRMS[1], "customer.annual_sales": None},
    ])]  # fmt: skip


@recipe("编号的卡片.xlsx")
def cards_with_a_title_each(path):
    rows = []
    for at in range(3):
        rows += [
            [f"客户{at + 1}"],
            ["名称：", FIRMS[at]],
            ["联系人：", PEOPLE[at]],
            ["电话：", MOBILES[at]],
            ["地址：", STREETS[at]],
            ["备注：", None],
            [],
        ]
    book(path, rows)
    return [("customers", [
        {"customer.name": FIRMS[at], "contact.name": PEOPLE[at], "contact.phones": MOBILES[at], "customer.addresses": STREETS[at]}
        for at in range(3)
    ])]  # fmt: skip


@recipe("三张卡片并排.xlsx")
def three_cards_beside_each_other(path):
    told = {"公司名称": FIRMS, "联系人": PEOPLE, "手机": MOBILES, "地址": STREETS}
    book(path, [[cell for at in range(3) for cell in (label, values[at], None)] for label, values in told.items()])
    return [("customers", [
        {"customer.name": FIRMS[at], "contact.name": PEOPLE[at], "contact.phones": MOBILES[at], "customer.addresses": STREETS[at]}
        for at in range(3)
    ])]  # fmt: skip
