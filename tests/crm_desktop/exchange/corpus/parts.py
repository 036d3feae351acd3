"""Recipes of lists in parts, where a row or the sheet's name says of all rows below it whose they are."""

from .programs import old_book
from .recipes import book, recipe, text

PEOPLE = ["张伟", "李娜", "王强", "赵敏", "孙丽", "钱进"]
FIRMS = [
    "天成机电有限公司",
    "恒达科技有限公司",
    "鼎盛电子有限公司",
    "海港物流有限公司",
    "万利食品有限公司",
    "新华印务有限公司",
]


def rows_of(start, stop, *more):
    return [[at + 1, FIRMS[at], PEOPLE[at], f"1380000000{at + 1}", *more] for at in range(start, stop)]


def read(field, values):
    return [("customers", [
        {"customer.name": FIRMS[at], "contact.name": PEOPLE[at], "contact.phones": f"1380000000{at + 1}", field: value}
        for at, value in enumerate(values)
    ])]  # fmt: skip


HEADS = ["序号", "客户名称", "联系人", "手机"]


@recipe("按大区.xlsx")
def parts_by_region(path):
    book(path, [["客户名录"], HEADS, ["一、华东区（2家）"], *rows_of(0, 2), ["小计", "2家"], ["二、华南区（3家）"], *rows_of(2, 5),
                ["小计", "3家"], ["三、西北区（1家）"], *rows_of(5, 6), ["合计", "6家"]], ["A1:D1", "A3:D3", "A7:D7", "A12:D12"])  # fmt: skip
    return read("customer.region", ["华东区"] * 2 + ["华南区"] * 3 + ["西北区"])


@recipe("按省份.csv")
def parts_by_province(path):
    lines = [HEADS, ["浙江省"], *rows_of(0, 3), ["江苏省"], *rows_of(3, 5), ["广东"], *rows_of(5, 6)]
    text(path, "\n".join(",".join(map(str, line)) for line in lines) + "\n", "gb18030")
    return read("customer.region", ["浙江省"] * 3 + ["江苏省"] * 2 + ["广东省"])


@recipe("谁的客户.xlsx")
def parts_by_colleague(path):
    book(path, [HEADS, ["王芳的客户"], *rows_of(0, 2), [], ["李强的客户"], *rows_of(2, 6)])
    return read("customer.owner", ["(colleague)"] * 6)


@recipe("业务员分段.xls")
def parts_by_salesperson(path):
    rows = [HEADS, ["业务员：王芳"], *rows_of(0, 3), ["业务员：李强"], *rows_of(3, 6)]
    old_book(path, rows, "Sheet1")
    return read("customer.owner", ["(colleague)"] * 6)


@recipe("按等级.xlsx")
def parts_by_tier(path):
    book(path, [HEADS, ["钻石客户"], *rows_of(0, 1), ["金牌客户"], *rows_of(1, 4), ["普通客户"], *rows_of(4, 6)],
         ["A2:D2", "A4:D4", "A8:D8"])  # fmt: skip
    return read("customer.tier", ["diamond"] + ["gold"] * 3 + ["regular"] * 2)


@recipe("分类客户.xlsx")
def parts_by_something_else(path):
    book(path, [HEADS, ["（一）经销商"], *rows_of(0, 3), ["（二）终端用户"], *rows_of(3, 5), ["（三）设计院"], *rows_of(5, 6)],
         ["A2:D2", "A6:D6", "A9:D9"])  # fmt: skip
    return read("customer.tags", ["经销商"] * 3 + ["终端用户"] * 2 + ["设计院"])


@recipe("区域在地址前.xlsx")
def regions_of_sales_beside_addresses(path):
    heads = ["客户名称", "联系人", "手机", "地址"]
    rows = (
        [row[1:] for row in rows_of(0, 2, "浙江省杭州市文三路1号")],
        [row[1:] for row in rows_of(2, 6, "广东省深圳市科技路3号")],
    )
    book(path, [heads, ["华东大区"], *rows[0], ["华南大区"], *rows[1]], ["A2:D2", "A5:D5"])
    return read("customer.tags", ["华东大区"] * 2 + ["华南大区"] * 4)


@recipe("一人一张表.xlsx")
def a_sheet_for_each_colleague(path):
    book(path, [HEADS, *rows_of(0, 2)], title="王芳", 李强=[HEADS, *rows_of(2, 4)], 陈晨=[HEADS, *rows_of(4, 6)])
    (_kind, rows), = read("customer.owner", ["(colleague)"] * 6)  # fmt: skip
    return [("customers", rows[:2]), ("customers", rows[2:4]), ("customers", rows[4:])]


@recipe("部门分组通讯录.xlsx")
def a_phone_book_in_parts(path):
    book(path, [
        ["合作单位通讯录"],
        ["单位", "姓名", "职务", "办公电话", "手机"],
        ["政府部门"],
        ["市市场监督管理局", "周明", "科长", "0571-87001001", "13900000001"],
        ["市税务局", "吴敏", "主任", "0571-87001002", "13900000002"],
        ["银行"],
        ["工商银行文三支行", "郑洁", "客户经理", "0571-87002001", "13900000003"],
        ["物流公司"],
        ["顺达物流有限公司", "冯刚", "站长", "0571-87003001", "13900000004"],
    ], ["A1:E1", "A3:E3", "A6:E6", "A8:E8"])  # fmt: skip
    return [("contacts", [
        {"customer.name": "市市场监督管理局", "contact.name": "周明", "contact.tags": "政府部门"},
        {"customer.name": "市税务局", "contact.name": "吴敏", "contact.tags": "政府部门"},
        {"customer.name": "工商银行文三支行", "contact.name": "郑洁", "contact.tags": "银行"},
        {"customer.name": "顺达物流有限公司", "contact.name": "冯刚", "contact.tags": "物流公司"},
    ])]  # fmt: skip


@recipe("没有合并单元格的分组.csv")
def parts_in_a_text(path):
    text(path, "单位,姓名,职务,办公电话,手机\n政府部门\n市市场监督管理局,周明,科长,0571-87001001,13900000001\n"
         "市税务局,吴敏,主任,0571-87001002,13900000002\n银行\n工商银行文三支行,郑洁,客户经理,0571-87002001,13900000003\n"
         "物流公司\n顺达物流有限公司,冯刚,站长,0571-87003001,13900000004\n", "gb18030")  # fmt: skip
    return [("customers", [
        {"customer.name": "市市场监督管理局", "contact.name": "周明", "customer.tags": "政府部门"},
        {"customer.name": "市税务局", "contact.name": "吴敏", "customer.tags": "政府部门"},
        {"customer.name": "工商银行文三支行", "contact.name": "郑洁", "customer.tags": "银行"},
        {"customer.name": "顺达物流有限公司", "contact.name": "冯刚", "customer.tags": "物流公司"},
    ])]  # fmt: skip
