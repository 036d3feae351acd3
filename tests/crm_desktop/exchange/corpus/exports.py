"""Recipes of further exports: groups among customers, identifiers beside names, fields of entities, paths for names."""

from .recipes import book, recipe, text

TIANCHENG, HENGDA = "杭州天成机电有限公司", "苏州恒达科技有限公司"


@recipe("核算项目客户.xlsx")
def customers_below_their_groups(path):
    book(path, [
        ["核算项目——客户"], ["账套：东风机电", None, None, None, "打印日期：2024-12-31"],
        ["代码", "名称", "全名", "简称", "地址", "区域", "联系人", "电话", "移动电话", "传真", "开户银行", "银行账号", "增值税率", "信用额度"],
        ["01", "华东", "华东"],
        ["01.001", TIANCHENG, f"华东_{TIANCHENG}", "天成", "杭州文三路1号", "浙江", "张伟", "0571-88886666", "13800000001", "0571-88886667", "工行",
         "1202026209900012345", 13, 50000],
        ["01.002", HENGDA, f"华东_{HENGDA}", "恒达", "苏州星湖街2号", "江苏", "李娜", "0512-66668888", None, None, None, None, 13, 0],
        ["02", "华南", "华南"],
        ["02.001", "深圳鼎盛电子有限公司", "华南_深圳鼎盛电子有限公司", "鼎盛", "深圳科技路3号", "广东", "王强", "0755-26668888", None, None, None, None, 13, 0],
    ])  # fmt: skip
    return [("customers", [
        {"customer.code": "01.001", "customer.name": TIANCHENG, "customer.short_name": "天成", "customer.tags": "华东", "contact.name": "张伟",
         "contact.phones": "13800000001", "customer.bill_account": "1202026209900012345"},
        {"customer.code": "01.002", "customer.name": HENGDA, "customer.tags": "华东", "customer.region": "江苏省"},
        {"customer.code": "02.001", "customer.name": "深圳鼎盛电子有限公司", "customer.tags": "华南"},
    ])]  # fmt: skip


@recipe("U8客户档案.xlsx")
def names_of_classes_and_colleagues(path):
    book(path, [
        ["客户档案"],
        ["所属分类码", "所属分类名称", "客户编码", "客户名称", "客户简称", "所属地区名称", "税号", "联系人", "电话", "手机", "地址", "专管业务员名称",
         "发展日期", "停用日期", "信用额度"],
        ["01", "经销商", "0001", TIANCHENG, "天成", "浙江", "91330106776600123X", "张伟", "0571-88886666", "13800000001", "杭州文三路1号", "王芳",
         "2019-03-05", None, 50000],
        ["02", "终端", "0002", HENGDA, "恒达", "江苏", None, "李娜", None, "13800000002", "苏州星湖街2号", "李强", "2020-05-01", "2024-01-31", 0],
    ])  # fmt: skip
    return [("customers", [
        {"customer.code": "0001", "customer.name": TIANCHENG, "customer.tags": "经销商", "customer.owner": "(colleague)",
         "customer.region": "浙江省", "customer.since": "2019-03-05", "contact.phones": "13800000001"},
        {"customer.code": "0002", "customer.tags": "终端", "customer.owner": "(colleague)"},
    ])]  # fmt: skip


@recipe("数据库导出.csv")
def identifiers_beside_names(path):
    text(path, "ID,客户ID,创建时间,更新时间,客户名称,联系人ID,联系人,手机,负责人ID,负责人,是否删除\n"
         f"1,1001,2024-01-01 08:00:00,2024-02-01 08:00:00,{TIANCHENG},5001,张伟,13800000001,7,王芳,0\n"
         f"2,1002,2024-01-01 08:00:00,2024-02-01 08:00:00,{HENGDA},5002,李娜,13800000002,8,李强,0\n")  # fmt: skip
    return [("customers", [
        {"customer.code": "1001", "customer.name": TIANCHENG, "contact.name": "张伟", "contact.phones": "13800000001",
         "customer.owner": "(colleague)"},
        {"customer.code": "1002", "customer.name": HENGDA, "contact.name": "李娜"},
    ])]  # fmt: skip


@recipe("people.csv")
def fields_of_entities(path):
    text(path, "Person - ID,Person - Name,Person - Label,Person - Organization,Person - Email - Work,Person - Phone - Work,Person - Phone - Mobile,"
         "Person - Owner,Person - Open deals\n"
         "1,Mary O'Brien,Hot lead,Pacific Tools Inc.,mary@pt.com,+12125550100,+19175550100,Wang Fang,1\n"
         "2,Ahmed Hassan,,Al Noor LLC,a@an.ae,,+971501234567,Li Qiang,0\n")  # fmt: skip
    return [("customers", [
        {"customer.name": "Pacific Tools Inc.", "contact.name": "Mary O'Brien", "customer.email": "mary@pt.com",
         "customer.phones": "+12125550100, +19175550100", "customer.owner": "(colleague)"},
        {"customer.name": "Al Noor LLC", "contact.name": "Ahmed Hassan"},
    ])]  # fmt: skip


@recipe("收货信息一格.xlsx")
def receivers_in_one_cell(path):
    book(path, [
        ["客户", "收货信息", "业务员"],
        ["天成机电", "张伟，13800000001，浙江省杭州市西湖区文三路1号，310012", "王芳"],
        ["恒达科技", "李娜 13800000002 江苏省苏州市吴中区星湖街2号", "李强"],
        ["鼎盛电子", "自提", "王芳"],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": "天成机电", "contact.name": "张伟", "contact.phones": "13800000001", "customer.addresses": "浙江省杭州市西湖区文三路1号",
         "customer.owner": "(colleague)"},
        {"customer.name": "恒达科技", "contact.name": "李娜", "customer.addresses": "江苏省苏州市吴中区星湖街2号"},
        {"customer.name": "鼎盛电子", "contact.name": None, "customer.addresses": None},
    ])]  # fmt: skip


@recipe("客户一客户二.xlsx")
def customers_beside_each_other_with_numbers_above(path):
    book(path, [
        ["项目", "客户一", "客户二"], ["客户名称", TIANCHENG, HENGDA], ["联系人", "张伟", "李娜"], ["手机", "13800000001", "13800000002"],
        ["地址", "文三路1号", "星湖街2号"],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": TIANCHENG, "contact.name": "张伟", "contact.phones": "13800000001", "customer.addresses": "文三路1号"},
        {"customer.name": HENGDA, "contact.name": "李娜"},
    ])]  # fmt: skip


@recipe("销售排行.xlsx")
def a_ranking_with_the_others(path):
    book(path, [
        ["2024年客户销售排行"], ["排名", "客户", "销售额（万元）", "占比"],
        [1, TIANCHENG, 120.5, "40%"], [2, HENGDA, 80, "27%"], [None, "其他", 99.5, "33%"], ["合计", None, 300, "100%"],
    ], ["A1:D1"])  # fmt: skip
    return [("customers", [
        {"customer.name": TIANCHENG, "customer.annual_sales": 120_500_000}, {"customer.name": HENGDA, "customer.annual_sales": 80_000_000},
    ])]  # fmt: skip
