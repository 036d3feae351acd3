"""Recipes of lists that are about something else and name customers: orders, parcels, contracts, guests, inquiries."""

from .programs import quoted
from .recipes import book, recipe, text

TIANCHENG, HENGDA = "杭州天成机电有限公司", "苏州恒达科技有限公司"


@recipe("七段地址.xlsx")
def addresses_in_pieces(path):
    book(path, [
        ["姓名", "手机号码", "省", "市", "区/县", "街道/乡镇", "小区/村", "楼栋门牌", "邮编", "备注"],
        ["张伟", "13800000001", "浙江省", "杭州市", "西湖区", "翠苑街道", "翠苑一区", "12幢3单元401", "310012", "老客户"],
        ["李娜", "13800000002", "江苏省", "苏州市", "吴中区", "木渎镇", "金山新村", "5-302", "215000", None],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": "张伟", "customer.phones": "13800000001", "customer.region": "浙江省 杭州市 西湖区",
         "customer.addresses": "翠苑街道翠苑一区12幢3单元401"},
        {"customer.name": "李娜", "customer.region": "江苏省 苏州市 吴中区", "customer.addresses": "木渎镇金山新村5-302"},
    ])]  # fmt: skip


@recipe("拼多多订单.csv")
def orders_with_the_street_apart(path):
    quoted(path, [
        ["商品", "订单号", "订单状态", "商家实收金额(元)", "收货人", "手机", "省", "市", "区", "街道", "详细地址", "快递单号", "快递公司", "商家备注"],
        ["电机", "240305-1", "已签收", "128", "张伟", "13800000001", "浙江省", "杭州市", "西湖区", "翠苑街道", "文三路1号", "SF1000000000001", "顺丰", ""],
        ["水泵", "240306-2", "已签收", "1280.5", "李娜", "13800000002", "江苏省", "苏州市", "吴中区", "木渎镇", "星湖街2号", "YT1000000000002", "圆通", "VIP"],
    ], "utf-8-sig")  # fmt: skip
    return [("customers", [
        {"customer.name": "张伟", "customer.region": "浙江省 杭州市 西湖区", "customer.addresses": "翠苑街道文三路1号"},
        {"customer.name": "李娜", "customer.phones": "13800000002", "customer.addresses": "木渎镇星湖街2号"},
    ])]  # fmt: skip


@recipe("京东订单.xlsx")
def orders_by_customers_names(path):
    book(path, [
        ["订单号", "商品名称", "订购数量", "下单时间", "客户姓名", "客户地址", "联系电话", "订单状态", "京东价", "结算金额", "下单帐号"],
        ["290000000001", "电机", "1", "2024-03-05 10:11:12", "张伟", "浙江杭州市西湖区文三路1号", "13800000001", "完成", "128.00", "128.00", "jd_wei88"],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": "张伟", "customer.phones": "13800000001", "customer.addresses": "浙江杭州市西湖区文三路1号",
         "customer.bill_account": None},
    ])]  # fmt: skip


@recipe("快递面单.xlsx")
def parcels_from_us_to_them(path):
    us = ["王芳", "0571-12345678", "杭州市东风路9号"]
    book(path, [
        ["运单号", "寄件人", "寄件电话", "寄件地址", "收件人", "收件电话", "收件公司", "收件地址", "重量", "运费", "寄件日期"],
        ["SF1000000000001", *us, "张伟", "13800000001", TIANCHENG, "杭州市文三路1号", 1.2, 12, "2024-03-05"],
        ["SF1000000000002", *us, "李娜", "13800000002", HENGDA, "苏州市星湖街2号", 0.5, 10, "2024-03-06"],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": TIANCHENG, "contact.name": "张伟", "contact.phones": "13800000001", "customer.addresses": "杭州市文三路1号",
         "customer.phones": None, "customer.region": None},
        {"customer.name": HENGDA, "contact.name": "李娜", "customer.addresses": "苏州市星湖街2号"},
    ])]  # fmt: skip


@recipe("合同台账.xlsx")
def contracts_with_their_customers(path):
    book(path, [
        ["2024年销售合同台账"],
        ["序号", "合同编号", "合同名称", "甲方", "签订日期", "合同金额(元)", "已收款", "未收款", "负责人", "甲方联系人", "甲方电话", "乙方", "备注"],
        [1, "HT2024001", "水泵采购合同", TIANCHENG, "2024.3.5", 125000, 100000, 25000, "王芳", "张伟", "13800000001", "东风机电有限公司", None],
        [2, "HT2024002", "电机采购合同", HENGDA, "2024.4.1", 80000, 0, 80000, "李强", "李娜", "13800000002", "东风机电有限公司", "质保金5%"],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": TIANCHENG, "customer.owner": "(colleague)", "contact.name": "张伟", "contact.phones": "13800000001"},
        {"customer.name": HENGDA, "contact.name": "李娜", "customer.remarks": "质保金5%"},
    ])]  # fmt: skip


@recipe("开票资料汇总.xlsx")
def invoice_titles_in_one_cell(path):
    book(path, [
        ["序号", "单位名称", "开票信息", "联系人及电话", "收件地址"],
        [1, TIANCHENG, "税号：91330106776600123X 地址：杭州市文三路1号 电话：0571-88886666 开户行：工行文三路支行 账号：1202026209900012345",
         "张伟 13800000001", "杭州市西湖区文三路1号"],
        [2, HENGDA, "税号：91320500MA1XXXXX2B\n地址：苏州市星湖街2号\n电话：0512-66668888\n开户行：建行苏州分行\n账号：32250198824600001234",
         "李娜 13800000002", None],
        [3, "丙商行", "普票，税号91320500MA1XXXXX3C", None, None],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": TIANCHENG, "customer.bill_bank": "工行文三路支行", "customer.bill_account": "1202026209900012345",
         "customer.bill_address": "杭州市文三路1号 0571-88886666", "contact.name": "张伟", "contact.phones": "13800000001"},
        {"customer.name": HENGDA, "customer.bill_bank": "建行苏州分行", "customer.bill_account": "32250198824600001234"},
        {"customer.name": "丙商行", "customer.bill_bank": None},
    ])]  # fmt: skip


@recipe("储值会员.csv")
def members_and_the_shop_they_joined_at(path):
    text(path, "会员卡号,会员姓名,会员等级,储值余额,积分,累计消费,最近消费时间,开卡门店,手机号,生日,性别,备注\n"
         "888001,张伟,金卡,500.00,1200,8600.00,2024-03-05,文三店,13800000001,08-15,男,\n"
         "888002,李女士,银卡,0,20,300,2024-01-02,文三店,13800000002,,女,要发票\n", "gb18030")  # fmt: skip
    return [("customers", [
        {"customer.code": "888001", "customer.name": "张伟", "customer.tier": "gold", "customer.phones": "13800000001",
         "customer.total_sales": 860_000},
        {"customer.name": "李女士", "customer.tier": "silver", "customer.remarks": "要发票"},
    ])]  # fmt: skip


@recipe("业务员写一次.xlsx")
def owners_written_once(path):
    book(path, [
        ["业务员", "区域", "客户名称", "联系人", "手机"],
        ["王芳", "浙江", "甲机电有限公司", "张伟", "13800000001"], [None, None, "乙机电有限公司", "李娜", "13800000002"],
        [None, None, "丙机电有限公司", "孙丽", "13800000005"],
        ["李强", "广东", "丁机电有限公司", "王强", "13800000003"], [None, None, "戊机电有限公司", "赵敏", "13800000004"],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": f"{name}机电有限公司", "customer.owner": "(colleague)", "customer.region": "浙江省" if at < 3 else "广东省"}
        for at, name in enumerate("甲乙丙丁戊")
    ])]  # fmt: skip


@recipe("Inquiries.xlsx")
def inquiries_of_a_market_place(path):
    book(path, [
        ["Inquiry ID", "Date", "Buyer Name", "Company", "Country", "Email", "Mobile", "Product", "Quantity", "Message", "Owner"],
        ["100001", "2024-03-05", "Mary O'Brien", "Pacific Tools Inc.", "United States", "mary@pt.com", "1-917-555-0100", "Pump", "100",
         "Please quote", "Wang Fang"],
        ["100002", "2024-03-06", "Ahmed Hassan", "Al Noor LLC", "UAE", "a@an.ae", "+971-50-1234567", "Motor", "20", "Price?", "Li Qiang"],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": "Pacific Tools Inc.", "contact.name": "Mary O'Brien", "customer.region": "United States",
         "customer.phones": "+19175550100", "customer.owner": "(colleague)"},
        {"customer.name": "Al Noor LLC", "contact.name": "Ahmed Hassan", "customer.phones": "+971501234567"},
    ])]  # fmt: skip


@recipe("Connections.csv")
def connections_of_a_network(path):
    text(path, 'Notes:\n"When exporting your connection data, you may notice that some of the email addresses are missing."\n\n'
         "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
         "Mary,O'Brien,https://www.linkedin.com/in/mary,mary@pt.com,Pacific Tools Inc.,Buyer,05 Mar 2024\n"
         "Ahmed,Hassan,https://www.linkedin.com/in/ahmed,,Al Noor LLC,Managing Director,06 Mar 2024\n")  # fmt: skip
    return [("contacts", [
        {"contact.name": "Mary O'Brien", "contact.email": "mary@pt.com", "customer.name": "Pacific Tools Inc.", "position.job": "Buyer"},
        {"contact.name": "Ahmed Hassan", "customer.name": "Al Noor LLC", "position.job": "Managing Director"},
    ])]  # fmt: skip


@recipe("leads.txt")
def leads_of_an_advertisement(path):
    text(path, "id\tcreated_time\tad_name\tcampaign_name\tplatform\tfull_name\tphone_number\temail\tcompany_name\tjob_title\n"
         "l:1234567890\t2024-03-05T10:11:12+0800\tpump ad\tspring\tfb\tMary O'Brien\tp:+12125550100\tmary@pt.com\tPacific Tools Inc.\tBuyer\n"
         "l:1234567891\t2024-03-06T10:11:12+0800\tpump ad\tspring\tig\tAhmed Hassan\tp:+971501234567\ta@an.ae\t\t\n", "utf-16")  # fmt: skip
    return [("contacts", [
        {"contact.name": "Mary O'Brien", "contact.phones": "+12125550100", "customer.name": "Pacific Tools Inc.", "position.job": "Buyer"},
        {"contact.name": "Ahmed Hassan", "contact.phones": "+971501234567", "contact.email": "a@an.ae"},
    ])]  # fmt: skip


@recipe("Kunden.xlsx")
def customers_of_a_german_partner(path):
    book(path, [
        ["KdNr", "Firma", "Ansprechpartner", "Telefon", "E-Mail", "Straße", "PLZ", "Ort", "Land", "Bemerkung"],
        ["10001", "Müller Werkzeuge GmbH", "Hans Müller", "+49 89 123456", "hm@mueller.de", "Hauptstr. 1", "80331", "München", "Deutschland", None],
        ["10002", "Schmidt AG", "Anna Schmidt", "+49 30 654321", "as@schmidt.de", "Ring 2", "10115", "Berlin", "Deutschland", "Messe 2024"],
    ])  # fmt: skip
    return [("customers", [
        {"customer.code": "10001", "customer.name": "Müller Werkzeuge GmbH", "contact.name": "Hans Müller", "customer.phones": "+4989123456",
         "customer.addresses": "Hauptstr. 1"},
        {"customer.name": "Schmidt AG", "contact.name": "Anna Schmidt", "customer.remarks": "Messe 2024"},
    ])]  # fmt: skip


@recipe("거래처.xlsx")
def customers_of_a_korean_partner(path):
    book(path, [
        ["회사명", "담당자", "직급", "전화번호", "휴대폰", "이메일", "주소", "비고"],
        ["주식회사 한빛", "김민수", "과장", "+82-2-123-4567", "+82-10-1234-5678", "kim@hanbit.kr", "서울시 강남구 1", None],
        ["대성무역", "이영희", "대리", "+82-2-765-4321", None, "lee@ds.kr", "부산시 2", "박람회"],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": "주식회사 한빛", "contact.name": "김민수", "position.job": "과장", "customer.email": "kim@hanbit.kr"},
        {"customer.name": "대성무역", "contact.name": "이영희", "customer.remarks": "박람회"},
    ])]  # fmt: skip
