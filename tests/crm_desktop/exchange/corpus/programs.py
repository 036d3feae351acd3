"""Recipes of lists as the programs of offices write them: accounting, chat, shops, other customer programs, banks."""

import csv
import io

import openpyxl
import xlwt

from .recipes import book, recipe, text

TIANCHENG, HENGDA = "杭州天成机电有限公司", "苏州恒达科技有限公司"


def old_book(path, rows, title="Sheet1"):
    made = xlwt.Workbook()
    sheet = made.add_sheet(title)
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value is not None:
                sheet.write(r, c, value)
    made.save(str(path))


def quoted(path, rows, encoding="utf-8-sig"):
    """A .csv with every cell in quotation marks and Windows' line ends."""
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    text(path, out.getvalue(), encoding)


@recipe("管家婆往来单位.xls")
def business_partners_of_a_stock_program(path):
    old_book(path, [
        ["往来单位列表"], ["打印日期：2024-12-31", None, None, "操作员：王芳"],
        ["行号", "单位编号", "单位全名", "单位简名", "联系人", "联系电话", "手机", "地址", "税号", "开户行", "银行帐号", "经手人", "地区全名", "应收款", "应付款"],
        [1, "00001", TIANCHENG, "天成机电", "张伟", "0571-88886666", "13800000001", "文三路1号", "91330100MA27XXXX1A", "工行文三路支行",
         "1202026209900012345", "王芳", "浙江杭州", 12500.0, 0.0],
        [2, "00002", HENGDA, "恒达", "李娜", "", "13800000002", "", "", "", "", "李强", "江苏苏州", 0.0, 300.0],
        [None, None, "合计", None, None, None, None, None, None, None, None, None, None, 12500.0, 300.0],
    ], "往来单位")  # fmt: skip
    return [("customers", [
        {"customer.code": "00001", "customer.name": TIANCHENG, "customer.short_name": "天成机电", "contact.name": "张伟",
         "customer.bill_bank": "工行文三路支行", "customer.bill_account": "1202026209900012345", "customer.owner": "(colleague)",
         "customer.region": "浙江省 杭州市", "contact.phones": "13800000001", "customer.phones": "0571-88886666"},
        {"customer.code": "00002", "customer.name": HENGDA, "customer.short_name": "恒达", "customer.region": "江苏省 苏州市"},
    ])]  # fmt: skip


@recipe("速达客户资料.xls")
def customers_of_a_small_accounting_program(path):
    old_book(path, [
        ["客户代码", "客户名称", "助记码", "类别", "地区", "联系人", "电话1", "电话2", "移动电话", "传真", "邮政编码", "联系地址", "电子邮件", "税务登记号",
         "业务员", "信用额度", "结算期限(天)", "停用"],
        ["C001", TIANCHENG, "HZTC", "经销商", "浙江", "张伟", "0571-88886666", "0571-88886660", "13800000001", "0571-88886667", "310012",
         "杭州市文三路1号", "zw@tc.com", "330100123456789", "王芳", "50,000.00", "30", "否"],
        ["C002", HENGDA, "SZHD", "终端", "江苏", "李娜", "0512-66668888", "", "", "", "215000", "苏州市星湖街2号", "", "", "李强", "0.00", "0", "否"],
    ], "客户资料")  # fmt: skip
    return [("customers", [
        {"customer.code": "C001", "customer.name": TIANCHENG, "customer.tags": "经销商", "customer.region": "浙江省", "contact.name": "张伟",
         "customer.phones": "0571-88886666, 0571-88886660, 0571-88886667", "contact.phones": "13800000001",
         "customer.credit_limit": 5_000_000, "customer.credit_days": 30},
        {"customer.code": "C002", "customer.name": HENGDA, "contact.name": "李娜", "customer.addresses": "苏州市星湖街2号"},
    ])]  # fmt: skip


@recipe("云星空客户.xlsx")
def a_template_with_technical_names_above(path):
    book(path, [
        ["FBillHead(BD_Customer)", "FCreateOrgId", "FNumber", "FName", "FShortName", "FADDRESS", "FTEL", "FFAX", "FSELLER#Name", "FContactName", "FMobile"],
        ["*基本信息(序号)", "(基本信息)创建组织#编码", "(基本信息)客户编码", "*(基本信息)客户名称", "(基本信息)简称", "(基本信息)通讯地址",
         "(基本信息)联系电话", "(基本信息)传真", "(基本信息)销售员#名称", "(联系人)联系人", "(联系人)移动电话"],
        [100001, 100, "CUST0001", TIANCHENG, "天成机电", "杭州市文三路1号", "0571-88886666", "0571-88886667", "王芳", "张伟", "13800000001"],
        [100002, 100, "CUST0002", HENGDA, None, "苏州市星湖街2号", "0512-66668888", None, "李强", "李娜", "13800000002"],
    ], title="客户#基本信息(FBillHead)")  # fmt: skip
    return [("customers", [
        {"customer.code": "CUST0001", "customer.name": TIANCHENG, "customer.short_name": "天成机电", "customer.addresses": "杭州市文三路1号",
         "customer.phones": "0571-88886666, 0571-88886667", "contact.name": "张伟", "contact.phones": "13800000001",
         "customer.owner": "(colleague)"},
        {"customer.code": "CUST0002", "customer.name": HENGDA, "contact.name": "李娜", "contact.phones": "13800000002"},
    ])]  # fmt: skip


@recipe("T+往来单位.xlsx")
def partners_of_another_accounting_program(path):
    book(path, [
        ["往来单位", None, None, None], ["导出时间：2024-12-31 10:11:12"],
        ["往来单位编码", "往来单位名称", "往来单位简称", "往来单位性质", "所属类", "所属地区", "分管人员", "联系人", "手机号", "电话", "送货地址", "纳税号",
         "开户银行", "账号", "信用额度", "建档日期"],
        ["0001", TIANCHENG, "天成", "客户", "重点客户", "浙江省", "王芳", "张伟", "13800000001", "0571-88886666", "杭州市文三路1号",
         "91330100MA27XXXX1A", "工行", "1202026209900012345", "50000", "2019-03-05"],
        ["0002", HENGDA, "恒达", "客户", "一般客户", "江苏省", "李强", "李娜", "13800000002", None, "苏州市星湖街2号", None, None, None, None, "2020-05-01"],
    ], ["A1:P1"], title="往来单位")  # fmt: skip
    return [("customers", [
        {"customer.code": "0001", "customer.name": TIANCHENG, "customer.short_name": "天成", "customer.owner": "(colleague)",
         "contact.name": "张伟", "contact.phones": "13800000001", "customer.addresses": "杭州市文三路1号", "customer.since": "2019-03-05",
         "customer.region": "浙江省"},
        {"customer.code": "0002", "customer.name": HENGDA, "customer.short_name": "恒达", "customer.since": "2020-05-01"},
    ])]  # fmt: skip


@recipe("天眼查批量.xlsx")
def firms_with_a_banner_and_links(path):
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.append(["天眼查 - 商业查询平台 https://www.tianyancha.com   本报告由用户导出，数据仅供参考"])
    sheet.append([])
    sheet.append(["公司名称", "经营状态", "法定代表人", "注册资本", "实缴资本", "成立日期", "所属省份", "所属城市", "所属区县", "电话", "更多电话", "邮箱",
                  "更多邮箱", "统一社会信用代码", "纳税人识别号", "注册号", "参保人数", "公司类型", "所属行业", "曾用名", "英文名", "网址", "注册地址", "经营范围"])  # fmt: skip
    sheet.append([TIANCHENG, "存续", "周天成", "1000万人民币", "1000万人民币", "2005-08-15", "浙江省", "杭州市", "西湖区", "0571-88886666",
                  "13800000001;13900000001", "zw@tc.com", "hr@tc.com;-", "91330106776600123X", "91330106776600123X", "330106000012345", 86,
                  "有限责任公司(自然人投资或控股)", "通用设备制造业", "-", "Hangzhou Tiancheng", "www.tc.com", "浙江省杭州市西湖区文三路1号",
                  "一般项目：电机制造；泵及真空设备销售。"])  # fmt: skip
    sheet.append([HENGDA, "注销", "李恒达", "-", "-", "2010-01-20", "江苏省", "苏州市", "-", "-", "-", "-", "-", "-", "-", "-", "-", "-", "-",
                  "苏州恒达五金厂", "-", "-", "苏州市星湖街2号", "-"])  # fmt: skip
    sheet.merge_cells("A1:X1")
    sheet["A4"].hyperlink = "https://www.tianyancha.com/company/1"
    made.save(path)
    return [("customers", [
        {"customer.name": TIANCHENG, "customer.legal_rep": "周天成", "customer.capital": 1_000_000_000, "customer.founded": "2005-08-15",
         "customer.region": "浙江省 杭州市 西湖区", "customer.phones": "0571-88886666, 13800000001, 13900000001", "customer.email": "zw@tc.com",
         "customer.staff": 86, "customer.addresses": "浙江省杭州市西湖区文三路1号", "customer.website": "www.tc.com"},
        {"customer.name": HENGDA, "customer.region": "江苏省 苏州市", "customer.aliases": "苏州恒达五金厂", "customer.phones": None,
         "customer.capital": None},
    ])]  # fmt: skip


@recipe("钉钉外部联系人.xlsx")
def outside_contacts_of_a_chat_program(path):
    book(path, [
        ["填写须知：\n1.不能在该Excel表中对外部联系人信息类别进行增加、删除、修改；\n2.红色字段为必填字段，黑色字段为选填字段；\n3.手机号：支持国内、国际手机号"],
        ["姓名", "手机号", "职位", "公司名称", "地址", "备注", "标签", "负责人", "共享给同事"],
        ["张伟", "13800000001", "采购经理", TIANCHENG, "杭州市文三路1号", None, "客户", "王芳", "李强"],
        ["Mary", "+852-91234567", "Buyer", "Pacific Tools Ltd.", None, "香港", "客户", "王芳", None],
    ], ["A1:I1"])  # fmt: skip
    return [("customers", [
        {"contact.name": "张伟", "contact.phones": "13800000001", "position.job": "采购经理", "customer.name": TIANCHENG,
         "customer.tags": "客户", "customer.addresses": "杭州市文三路1号", "customer.owner": "(colleague)"},
        {"contact.name": "Mary", "contact.phones": "+85291234567", "customer.name": "Pacific Tools Ltd.", "customer.remarks": "香港"},
    ])]  # fmt: skip


@recipe("企微客户列表.xlsx")
def customers_of_colleagues_in_a_chat_program(path):
    book(path, [
        ["导出时间：2024-12-31 10:11，共2个客户"],
        ["客户昵称", "客户备注", "备注企业", "备注手机号", "描述", "性别", "添加人", "添加人所属部门", "添加时间", "添加来源", "客户类型", "标签"],
        ["A0伟哥", "张伟", TIANCHENG, "13800000001", "要样品", "男", "王芳", "销售一部", "2024-03-05 10:11:12", "扫描二维码", "微信用户", "意向客户、机电"],
        ["小娜～", "李娜", None, None, None, "女", "李强", "销售二部", "2024-03-06 09:00:00", "搜索手机号", "微信用户", None],
    ], ["A1:L1"], title="客户列表")  # fmt: skip
    return [("customers", [
        {"contact.name": "张伟", "customer.name": TIANCHENG, "customer.owner": "(colleague)", "customer.tags": "意向客户, 机电"},
        {"contact.name": "李娜", "customer.owner": "(colleague)"},
    ])]  # fmt: skip


@recipe("有赞订单.csv")
def orders_of_a_shop_with_receivers(path):
    rows = [["订单号", "订单状态", "买家", "收货人/提货人", "收货人手机号/提货人手机号", "收货人省份/提货人省份", "收货人城市/提货人城市", "收货人地区/提货人地区",
             "详细收货地址/提货地址", "全部商品名称", "商品种类数", "订单实付金额", "买家付款时间", "买家备注", "商家订单备注"],
            ["E20240305101112001\t", "交易完成", "伟哥", "张伟", "13800000001", "浙江省", "杭州市", "西湖区", "文三路1号", "电机(1件)", "1", "128.00",
             "2024-03-05 10:11:12", "", ""],
            ["E20240306101112002\t", "已发货", "", "李娜", "13800000002", "江苏省", "苏州市", "吴中区", "星湖街2号", "水泵(2件)", "1", "1280.50",
             "2024-03-06 10:11:12", "送到门卫", "VIP"]]  # fmt: skip
    quoted(path, rows, "gb18030")
    return [("customers", [
        {"customer.name": "张伟", "customer.phones": "13800000001", "customer.region": "浙江省 杭州市 西湖区", "customer.addresses": "文三路1号"},
        {"customer.name": "李娜", "customer.phones": "13800000002", "customer.region": "江苏省 苏州市 吴中区"},
    ])]  # fmt: skip


@recipe("ExportOrderList.csv")
def orders_of_a_big_shop(path):
    rows = [["订单编号", "买家会员名", "买家支付宝账号", "买家应付货款", "总金额", "订单状态", "收货人姓名", "收货地址 ", "运送方式", "联系电话 ", "联系手机",
             "订单创建时间", "宝贝标题 ", "订单备注", "店铺名称"],
            ['="2000000001"', "tb_wei88", "13800000001", "128.00", "128.00", "交易成功", "张伟", "浙江省 杭州市 西湖区 翠苑街道 文三路1号(310012)", "快递",
             "", "'13800000001", "2024-03-05 10:11:12", "电机", "", "东风旗舰店"],
            ['="2000000002"', "lina_06", "ln@qq.com", "1280.50", "1280.50", "交易成功", "李娜", "江苏省 苏州市 吴中区 星湖街2号(215000)", "快递",
             "0512-66668888", "'13800000002", "2024-03-06 10:11:12", "水泵", "急", "东风旗舰店"]]  # fmt: skip
    quoted(path, rows, "gb18030")
    return [("customers", [
        {"customer.name": "张伟", "customer.phones": "13800000001", "customer.tier": None},
        {"customer.name": "李娜", "customer.phones": "0512-66668888, 13800000002"},
    ])]  # fmt: skip


@recipe("销售易客户.xlsx")
def accounts_of_a_customer_program(path):
    book(path, [
        ["客户名称", "客户所有人", "所属部门", "客户级别", "行业", "省份", "城市", "详细地址", "电话", "公司网址", "总人数", "年销售额", "最新活动记录时间",
         "最新跟进记录", "创建人", "创建日期", "锁定状态", "备注"],
        [TIANCHENG, "王芳", "销售一部", "A（重点客户）", "制造业", "浙江省", "杭州市", "文三路1号", "0571-88886666", "www.tc.com", 86, 1250000,
         "2024-03-05 10:11", "询价", "王芳", "2019-03-05 08:00", "未锁定", None],
        [HENGDA, "李强", "销售二部", "B（普通客户）", "批发业", "江苏省", "苏州市", "星湖街2号", "0512-66668888", None, None, None, None, None, "李强",
         "2020-05-01 08:00", "未锁定", "现款"],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": TIANCHENG, "customer.owner": "(colleague)", "customer.region": "浙江省 杭州市", "customer.addresses": "文三路1号",
         "customer.phones": "0571-88886666", "customer.website": "www.tc.com", "customer.staff": 86, "customer.annual_sales": 125_000_000,
         "interaction100.at": "2024-03-05T10:11:00", "interaction100.content": "询价"},
        {"customer.name": HENGDA, "customer.owner": "(colleague)", "customer.region": "江苏省 苏州市", "customer.remarks": "现款"},
    ])]  # fmt: skip


@recipe("纷享销客.xlsx")
def accounts_of_another_customer_program(path):
    book(path, [
        ["客户名称（必填）", "负责人（必填）", "成交状态", "客户级别", "1级行业", "2级行业", "国家", "省", "市", "区", "详细地址", "电话", "传真", "最后跟进时间",
         "下次跟进时间", "客户来源", "税号", "开户银行", "银行账户", "归属部门", "生命状态"],
        [TIANCHENG, "王芳", "已成交", "重要客户", "制造业", "通用设备", "中国", "浙江省", "杭州市", "西湖区", "文三路1号", "0571-88886666",
         "0571-88886667", "2024-03-05 10:11", "2024-04-05", "展会", "91330106776600123X", "工行", "1202026209900012345", "销售一部", "正常"],
        [HENGDA, "李强", "未成交", "普通客户", None, None, "中国", "江苏省", "苏州市", None, "星湖街2号", None, None, None, None, "老客户介绍", None,
         None, None, "销售二部", "正常"],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": TIANCHENG, "customer.owner": "(colleague)", "customer.region": "浙江省 杭州市 西湖区", "customer.addresses": "文三路1号",
         "customer.phones": "0571-88886666, 0571-88886667", "customer.bill_bank": "工行", "customer.bill_account": "1202026209900012345",
         "interaction100.at": "2024-03-05T10:11:00", "customer.next_contact_at": "2024-04-05T00:00:00"},
        {"customer.name": HENGDA, "customer.owner": "(colleague)", "customer.region": "江苏省 苏州市"},
    ])]  # fmt: skip


@recipe("EC客户.csv")
def people_of_a_calling_program(path):
    quoted(path, [
        ["姓名", "手机", "公司", "职务", "固话", "QQ", "微信", "邮箱", "跟进人", "客户阶段", "标签", "最近联系时间", "最近跟进记录", "创建时间"],
        ["张伟", "13800000001", TIANCHENG, "采购经理", "0571-88886666", "88886666", "zhangwei88", "zw@tc.com", "王芳", "意向客户", "机电,大客户",
         "2024-03-05 10:11", "已寄样", "2024-01-01 08:00"],
        ["李娜", "13800000002", HENGDA, "", "", "", "", "", "李强", "潜在客户", "", "", "", "2024-01-02 08:00"],
    ], "gb18030")  # fmt: skip
    return [("customers", [
        {"contact.name": "张伟", "contact.phones": "13800000001", "customer.name": TIANCHENG, "position.job": "采购经理",
         "customer.owner": "(colleague)", "customer.tags": "机电, 大客户", "interaction100.at": "2024-03-05T10:11:00",
         "interaction100.content": "已寄样", "customer.phones": "0571-88886666"},
        {"contact.name": "李娜", "customer.name": HENGDA, "customer.owner": "(colleague)"},
    ])]  # fmt: skip


@recipe("银行收款明细.xlsx")
def payers_of_a_bank_statement(path):
    book(path, [
        ["中国工商银行账户明细清单"], ["账号：1202026209900099999", None, None, "户名：东风机电有限公司"], ["起始日期：2024-03-01", None, None, "截止日期：2024-03-31"],
        ["序号", "交易日期", "付款方名称", "付款方账号", "付款方开户行", "收入金额", "余额", "摘要", "附言"],
        [1, "2024-03-05", TIANCHENG, "1202026209900012345", "工行文三路支行", "12,500.00", "112,500.00", "货款", "3月货款"],
        [2, "2024-03-06", HENGDA, "32250198824600001234", "建行苏州分行", "8,000.00", "120,500.00", "货款", None],
        [3, "2024-03-20", TIANCHENG, "1202026209900012345", "工行文三路支行", "5,000.00", "125,500.00", "定金", None],
        ["合计", None, None, None, None, "25,500.00"],
    ], ["A1:I1"])  # fmt: skip
    return [("customers", [
        {"customer.name": TIANCHENG, "customer.bill_account": "1202026209900012345", "customer.bill_bank": "工行文三路支行"},
        {"customer.name": HENGDA, "customer.bill_account": "32250198824600001234", "customer.bill_bank": "建行苏州分行"},
        {"customer.name": TIANCHENG},
    ])]  # fmt: skip


@recipe("QQ同步助手.csv")
def contacts_of_a_phone_kept_by_a_program(path):
    text(path, "姓名,手机1,手机2,手机3,家庭电话,单位电话,邮箱1,公司,部门,职位,地址,生日,备注,分组\r\n"
         f"张伟,13800000001,13900000001,,,0571-88886666,zw@tc.com,{TIANCHENG},采购部,采购经理,杭州市文三路1号,1980-08-15,,客户\r\n"
         "老王,,,,0571-88001122,,,,,,,,装修师傅,\r\n")  # fmt: skip
    return [("contacts", [
        {"contact.name": "张伟", "contact.phones": "13800000001, 13900000001, 0571-88886666", "contact.email": "zw@tc.com",
         "customer.name": TIANCHENG, "position.job": "采购经理", "position.department": "采购部", "contact.birthday": "1980-08-15",
         "contact.tags": "客户", "contact.address": "杭州市文三路1号"},
        {"contact.name": "老王", "contact.phones": "0571-88001122", "contact.remarks": "装修师傅"},
    ])]  # fmt: skip


@recipe("foxmail.csv")
def contacts_of_a_mail_program(path):
    text(path, "姓名,姓,名,昵称,电子邮件地址,家庭所在地,家庭电话,移动电话,个人网页,公司,公司所在地,公司电话,公司传真,职位,部门,办公地点,附注\r\n"
         f"张伟,,,,zw@tc.com,,,13800000001,,{TIANCHENG},杭州,0571-88886666,0571-88886667,采购经理,采购部,,\r\n"
         f"李娜,,,娜娜,ln@hd.cn,,,,,{HENGDA},,,,,,,发票寄她\r\n", "gb18030")  # fmt: skip
    return [("customers", [
        {"contact.name": "张伟", "contact.email": "zw@tc.com", "customer.name": TIANCHENG, "position.job": "采购经理",
         "position.department": "采购部"},
        {"contact.name": "李娜", "contact.email": "ln@hd.cn", "customer.name": HENGDA, "customer.remarks": "发票寄她"},
    ])]  # fmt: skip


@recipe("outlook中文.csv")
def contacts_of_a_chinese_outlook(path):
    heads = ["称谓", "名", "中间名", "姓", "中文称谓", "单位", "部门", "职务", "商务地址 街道", "商务地址 市/县", "商务地址 省/市/自治区", "商务地址 邮政编码",
             "商务地址 国家/地区", "住宅地址 街道", "商务传真", "商务电话", "商务电话 2", "住宅电话", "移动电话", "附注", "电子邮件地址", "电子邮件类型",
             "电子邮件显示名称", "生日", "纪念日", "网页", "性别", "敏感度", "优先级"]  # fmt: skip
    quoted(path, [heads,
        ["", "伟", "", "张", "", TIANCHENG, "采购部", "采购经理", "文三路1号", "杭州", "浙江", "310012", "中国", "", "0571-88886667", "0571-88886666", "",
         "", "13800000001", "", "zw@tc.com", "SMTP", "张伟 (zw@tc.com)", "1980/8/15", "0/0/00", "", "未指定", "普通", "普通"],
        ["", "娜", "", "李", "", HENGDA, "", "", "", "", "", "", "", "", "", "", "", "", "13800000002", "发票寄她", "", "", "", "0/0/00", "0/0/00", "",
         "未指定", "普通", "普通"]], "gb18030")  # fmt: skip
    return [("customers", [
        {"contact.name": "张伟", "customer.name": TIANCHENG, "position.department": "采购部", "position.job": "采购经理",
         "contact.email": "zw@tc.com", "contact.birthday": "1980-08-15"},
        {"contact.name": "李娜", "customer.name": HENGDA, "contact.phones": "13800000002", "customer.remarks": "发票寄她",
         "contact.birthday": None},
    ])]  # fmt: skip
