"""Recipes of lists from abroad: foreign trade, Taiwan, Hong Kong, Japan, address books and programs in English."""

from .programs import old_book, quoted
from .recipes import book, recipe, text


@recipe("Customer list export dept.xlsx")
def customers_of_an_export_department(path):
    book(path, [
        ["CUSTOMER LIST – EXPORT DEPT.", None, None, None], ["Updated: 2024-12-31"],
        ["S/N", "Company", "Contact", "Position", "Mobile", "Tel / Fax", "E-mail", "Country", "Incoterms", "Payment Terms", "Sales Rep", "Remarks"],
        [1, "Pacific Tools Inc.", "Mary O'Brien", "Buyer", "+1 917 555 0100", "+1 212 555 0100 / +1 212 555 0101", "mary@pt.com", "USA",
         "FOB Ningbo", "30% T/T deposit, 70% before shipment", "Wang Fang", "Canton Fair 2019"],
        [2, "Müller Werkzeuge GmbH", "Hans Müller", "Einkauf", "+49 171 1234567", "+49 89 123456", "hm@mueller-werkzeuge.de", "Germany",
         "CIF Hamburg", "L/C at sight", "Wang Fang", None],
        [3, "Al Noor Trading LLC", "Mr. Ahmed Hassan", "Managing Director", "+971 50 123 4567", None, "ahmed@alnoor.ae; sales@alnoor.ae", "UAE",
         "EXW", "T/T", "Li Qiang", None],
    ], ["A1:L1"])  # fmt: skip
    return [("customers", [
        {"customer.name": "Pacific Tools Inc.", "contact.name": "Mary O'Brien", "position.job": "Buyer", "contact.phones": "+19175550100",
         "customer.phones": "+12125550100, +12125550101", "customer.region": "USA", "customer.owner": "(colleague)",
         "customer.remarks": "Canton Fair 2019"},
        {"customer.name": "Müller Werkzeuge GmbH", "contact.name": "Hans Müller", "contact.phones": "+491711234567", "customer.region": "Germany"},
        {"customer.name": "Al Noor Trading LLC", "contact.phones": "+971501234567", "customer.region": "UAE"},
    ])]  # fmt: skip


@recipe("往來客戶.xlsx")
def customers_in_taiwan(path):
    book(path, [
        ["往來客戶一覽表", None, None], ["製表日期：113/12/31"],
        ["客戶代號", "客戶簡稱", "公司全名", "統一編號", "負責人", "聯絡人", "職稱", "電話", "分機", "行動電話", "傳真", "送貨地址", "開始往來日", "業務員", "備註"],
        ["A001", "台達貿", "台達貿易股份有限公司", "12345678", "陳大同", "陳志明", "採購", "(02)2345-6789", "123", "0912-345-678", "(02)2345-6780",
         "台北市中山區民生東路1號", "105/03/05", "王小姐", "月結60天"],
        ["A002", "順發", "順發五金行", "87654321", "林順發", "林順發", None, "+886-4-2345-6789", None, "+886 912 345 679", None, "台中市西區公益路2號",
         "民國112年12月1日", "李先生", None],
    ])  # fmt: skip
    return [("customers", [
        {"customer.code": "A001", "customer.name": "台達貿易股份有限公司", "customer.short_name": "台達貿", "contact.name": "陳志明",
         "position.job": "採購", "customer.since": "2016-03-05", "customer.owner": "(colleague)", "customer.remarks": "月結60天",
         "customer.addresses": "台北市中山區民生東路1號"},
        {"customer.code": "A002", "customer.name": "順發五金行", "contact.name": "林順發", "customer.since": "2023-12-01",
         "customer.phones": "+886423456789", "contact.phones": "+886912345679"},
    ])]  # fmt: skip


@recipe("HK clients.csv")
def customers_in_hong_kong(path):
    text(path, "公司名稱,Company Name,商業登記號碼,聯絡人,職銜,電話,WhatsApp,傳真,電郵,地址,國家/地區\r\n"
         "德信貿易有限公司,Tak Shun Trading Ltd.,12345678-000,陳大文,董事,+852 2345 6789,+852 9123 4567,2345 6780,tm@takshun.hk,"
         "九龍尖沙咀彌敦道1號8樓,香港\r\n"
         "永興行,Wing Hing & Co.,,李小姐,,2555 1234,,,,香港中環德輔道中2號,香港\r\n", "big5hkscs")  # fmt: skip
    return [("customers", [
        {"customer.name": "德信貿易有限公司", "contact.name": "陳大文", "position.job": "董事", "customer.addresses": "九龍尖沙咀彌敦道1號8樓",
         "customer.region": "香港特别行政区"},
        {"customer.name": "永興行", "contact.name": "李小姐", "customer.addresses": "香港中環德輔道中2號"},
    ])]  # fmt: skip


@recipe("顧客名簿.xlsx")
def customers_in_japan(path):
    book(path, [
        ["顧客名簿（2024年度）"],
        ["No.", "会社名", "部署名", "役職", "担当者名", "フリガナ", "電話番号", "FAX番号", "携帯電話", "メールアドレス", "郵便番号", "住所", "取引開始日", "備考"],
        [1, "株式会社山田製作所", "購買部", "課長", "田中太郎", "タナカタロウ", "+81-3-1234-5678", "+81-3-1234-5679", "+81-90-1234-5678",
         "tanaka@yamada.co.jp", "100-0001", "東京都千代田区千代田1-1", "2019年4月1日", "年末挨拶"],
        [2, "有限会社鈴木商店", None, "代表取締役", "鈴木一郎", "スズキイチロウ", "+81-6-1234-5678", None, None, None, "530-0001", "大阪府大阪市北区梅田1-1",
         "2020年10月15日", None],
    ], ["A1:N1"])  # fmt: skip
    return [("customers", [
        {"customer.name": "株式会社山田製作所", "contact.name": "田中太郎", "position.job": "課長", "position.department": "購買部",
         "customer.phones": "+81312345678, +81312345679", "contact.phones": "+819012345678", "customer.email": "tanaka@yamada.co.jp",
         "customer.addresses": "東京都千代田区千代田1-1", "customer.since": "2019-04-01", "customer.remarks": "年末挨拶"},
        {"customer.name": "有限会社鈴木商店", "contact.name": "鈴木一郎", "position.job": "代表取締役", "customer.since": "2020-10-15"},
    ])]  # fmt: skip


@recipe("contacts.csv")
def google_contacts_of_today(path):
    heads = ["First Name", "Middle Name", "Last Name", "Phonetic First Name", "Phonetic Middle Name", "Phonetic Last Name", "Name Prefix",
             "Name Suffix", "Nickname", "File As", "Organization Name", "Organization Title", "Organization Department", "Birthday", "Notes",
             "Photo", "Labels", "E-mail 1 - Label", "E-mail 1 - Value", "Phone 1 - Label", "Phone 1 - Value", "Phone 2 - Label", "Phone 2 - Value",
             "Address 1 - Label", "Address 1 - Formatted", "Address 1 - Street", "Address 1 - City", "Address 1 - PO Box", "Address 1 - Region",
             "Address 1 - Postal Code", "Address 1 - Country", "Address 1 - Extended Address"]  # fmt: skip
    rows = [["Mary", "", "O'Brien", "", "", "", "", "", "", "", "Pacific Tools Inc.", "Buyer", "Purchasing", "1980-08-15", "met at fair", "",
             "Customers ::: * myContacts", "* Work", "mary@pt.com", "Mobile", "+1 917-555-0100", "Work", "+1 212-555-0100", "Work",
             "5 Main St\nNew York, NY 10001\nUS", "5 Main St", "New York", "", "NY", "10001", "US", ""],
            ["伟", "", "张", "", "", "", "", "", "", "", "杭州天成机电有限公司", "", "", "", "", "", "* myContacts", "", "", "Mobile",
             "138 0000 0001 ::: 139 0000 0001", "", "", "", "", "", "", "", "", "", "", ""]]  # fmt: skip
    quoted(path, [heads, *rows], "utf-8")
    return [("contacts", [
        {"contact.name": "Mary O'Brien", "customer.name": "Pacific Tools Inc.", "position.job": "Buyer", "position.department": "Purchasing",
         "contact.birthday": "1980-08-15", "contact.email": "mary@pt.com", "contact.phones": "+19175550100, +12125550100",
         "contact.tags": "Customers", "contact.remarks": "met at fair"},
        {"contact.name": "张伟", "customer.name": "杭州天成机电有限公司", "contact.phones": "13800000001, 13900000001", "contact.tags": None},
    ])]  # fmt: skip


@recipe("Contacts.CSV")
def contacts_of_an_english_outlook(path):
    heads = ["Title", "First Name", "Middle Name", "Last Name", "Suffix", "Company", "Department", "Job Title", "Business Street",
             "Business Street 2", "Business City", "Business State", "Business Postal Code", "Business Country/Region", "Home Street",
             "Business Fax", "Business Phone", "Business Phone 2", "Home Phone", "Mobile Phone", "Anniversary", "Birthday", "Categories",
             "E-mail Address", "E-mail Type", "E-mail Display Name", "Gender", "Notes", "Web Page"]  # fmt: skip
    rows = [["Ms.", "Mary", "", "O'Brien", "", "Pacific Tools Inc.", "Purchasing", "Buyer", "5 Main St", "", "New York", "NY", "10001",
             "United States of America", "", "+1 (212) 555-0101", "+1 (212) 555-0100", "", "", "+1 (917) 555-0100", "0/0/00", "8/15/1980",
             "Customer;VIP", "mary@pt.com", "SMTP", "Mary O'Brien (mary@pt.com)", "Unspecified", "met at fair\r\n", "http://www.pt.com"],
            ["", "Wei", "", "Zhang", "", "Tiancheng Ltd.", "", "", "", "", "", "", "", "", "", "", "", "", "", "138-0000-0001", "0/0/00",
             "0/0/00", "", "wei@tc.com", "SMTP", "Wei Zhang", "Unspecified", "", ""]]  # fmt: skip
    quoted(path, [heads, *rows], "utf-8")
    return [("contacts", [
        {"contact.name": "Mary O'Brien", "customer.name": "Pacific Tools Inc.", "position.job": "Buyer", "position.department": "Purchasing",
         "contact.email": "mary@pt.com", "contact.birthday": "1980-08-15", "contact.remarks": "met at fair"},
        {"contact.name": "Wei Zhang", "customer.name": "Tiancheng Ltd.", "contact.phones": "13800000001", "contact.birthday": None},
    ])]  # fmt: skip


@recipe("report1735689600.csv")
def a_report_of_salesforce(path):
    rows = [["Salutation", "First Name", "Last Name", "Title", "Account Name", "Mailing Street", "Mailing City", "Mailing State/Province",
             "Mailing Zip/Postal Code", "Mailing Country", "Phone", "Fax", "Mobile", "Email", "Account Owner"],
            ["Ms.", "Mary", "O'Brien", "Buyer", "Pacific Tools Inc.", "5 Main St", "New York", "NY", "10001", "USA", "(212) 555-0100", "",
             "(917) 555-0100", "mary@pt.com", "Wang Fang"],
            ["", "Wei", "Zhang", "", "Tiancheng Ltd.", "", "", "", "", "China", "", "", "13800000001", "wei@tc.com", "Li Qiang"],
            [], [], ["Contacts of My Accounts"], ["Copyright (c) 2000-2024 salesforce.com, inc. All rights reserved."],
            ["Confidential Information - Do Not Distribute"], ["Generated By:  Wang Fang  12/31/2024 10:11 AM"], ["Dongfeng Motors"]]  # fmt: skip
    quoted(path, rows, "utf-8")
    return [("contacts", [
        {"contact.name": "Mary O'Brien", "position.job": "Buyer", "customer.name": "Pacific Tools Inc.", "contact.email": "mary@pt.com"},
        {"contact.name": "Wei Zhang", "customer.name": "Tiancheng Ltd.", "contact.phones": "13800000001"},
    ])]  # fmt: skip


@recipe("hubspot-crm-exports-all-companies.csv")
def companies_of_hubspot(path):
    quoted(path, [
        ["Record ID", "Company name", "Company owner", "Create Date", "Phone Number", "Last Activity Date", "City", "Country/Region", "Industry",
         "Website URL", "Number of Employees", "Annual Revenue", "Street Address", "Postal Code", "Description", "Lifecycle Stage"],
        ["9001", "Pacific Tools Inc.", "Wang Fang", "2024-03-05 10:11", "+12125550100", "2024-04-01 09:00", "New York", "United States", "RETAIL",
         "http://www.pt.com", "25", "1200000", "5 Main St", "10001", "Pays late", "Customer"],
        ["9002", "Tiancheng Ltd.", "Li Qiang", "2024-03-06 09:00", "", "", "Hangzhou", "China", "", "", "", "", "", "", "", "Lead"],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": "Pacific Tools Inc.", "customer.owner": "(colleague)", "customer.phones": "+12125550100", "customer.staff": 25,
         "customer.website": "http://www.pt.com", "customer.addresses": "5 Main St", "customer.remarks": "Pays late",
         "customer.revenue": 120_000_000},
        {"customer.name": "Tiancheng Ltd.", "customer.owner": "(colleague)"},
    ])]  # fmt: skip


@recipe("Contacts_zoho.csv")
def contacts_of_zoho(path):
    quoted(path, [
        ["Record Id", "Contact Owner.id", "Contact Owner", "Lead Source", "First Name", "Last Name", "Account Name.id", "Account Name", "Email",
         "Title", "Department", "Phone", "Home Phone", "Mobile", "Date of Birth", "Mailing Street", "Mailing City", "Mailing State", "Mailing Zip",
         "Mailing Country", "Description", "Email Opt Out", "Created Time", "Tag"],
        ["zcrm_4150868000000225013", "zcrm_4150868000000225001", "Wang Fang", "Trade Show", "Mary", "O'Brien", "zcrm_4150868000000225010",
         "Pacific Tools Inc.", "mary@pt.com", "Buyer", "Purchasing", "+1 212-555-0100", "", "+1 917-555-0100", "1980-08-15", "5 Main St", "New York",
         "NY", "10001", "USA", "met at fair", "false", "2024-03-05 10:11:12", "VIP,Tools"],
        ["zcrm_4150868000000225014", "zcrm_4150868000000225002", "Li Qiang", "", "Wei", "Zhang", "zcrm_4150868000000225011", "Tiancheng Ltd.",
         "wei@tc.com", "", "", "", "", "13800000001", "", "", "", "", "", "", "", "false", "2024-03-06 09:00:00", ""],
    ], "utf-8")  # fmt: skip
    return [("contacts", [
        {"contact.name": "Mary O'Brien", "customer.name": "Pacific Tools Inc.", "contact.email": "mary@pt.com", "position.job": "Buyer",
         "position.department": "Purchasing", "contact.phones": "+12125550100, +19175550100", "contact.birthday": "1980-08-15",
         "contact.tags": "VIP, Tools", "contact.remarks": "met at fair", "customer.code": None},
        {"contact.name": "Wei Zhang", "customer.name": "Tiancheng Ltd.", "contact.phones": "13800000001"},
    ])]  # fmt: skip


@recipe("CamCard.xls")
def cards_scanned_by_a_foreign_app(path):
    rows = [
        ["Created Time", "Full Name", "First Name", "Last Name", "Job Title", "Company", "Mobile1", "Mobile2", "Tel1", "Fax1", "Email1", "Website1",
         "Address1", "Nickname", "Note1", "Group"],
        ["2024-03-05 10:11", "Mary O'Brien", "Mary", "O'Brien", "Buyer", "Pacific Tools Inc.", "+19175550100", "", "+12125550100", "", "mary@pt.com",
         "www.pt.com", "5 Main St, New York", "", "Canton Fair", "Customers"],
        ["2024-03-06 09:00", "张伟", "伟", "张", "采购经理", "杭州天成机电有限公司", "13800000001", "13900000001", "0571-88886666", "0571-88886667",
         "zw@tc.com", "", "杭州市文三路1号", "", "", ""],
    ]  # fmt: skip
    old_book(path, rows, "CamCard")
    return [("contacts", [
        {"contact.name": "Mary O'Brien", "position.job": "Buyer", "customer.name": "Pacific Tools Inc.", "contact.email": "mary@pt.com",
         "contact.phones": "+19175550100, +12125550100", "contact.remarks": "Canton Fair"},
        {"contact.name": "张伟", "position.job": "采购经理", "customer.name": "杭州天成机电有限公司", "contact.email": "zw@tc.com"},
    ])]  # fmt: skip


@recipe("廠商客戶.csv")
def partners_in_taiwan_with_two_addresses(path):
    text(path, "客戶編號,客戶簡稱,客戶全稱,統編,聯絡人,聯絡電話,行動電話,傳真號碼,郵遞區號,公司地址,送貨地址,結帳日,付款條件,建檔日期,備註說明\n"
         "0001,台達,台達貿易股份有限公司,12345678,陳志明,02-23456789,0912-345-678,02-23456781,104,台北市中山區民生東路1號,桃園市蘆竹區南崁路2號,"
         "25,月結60天,105.03.05,請款附明細\n", "cp950")  # fmt: skip
    return [("customers", [
        {"customer.code": "0001", "customer.name": "台達貿易股份有限公司", "customer.short_name": "台達", "contact.name": "陳志明",
         "contact.phones": "+886912345678", "customer.phones": "+886223456789, +886223456781", "customer.since": "2016-03-05",
         "customer.addresses": "台北市中山區民生東路1號; 桃園市蘆竹區南崁路2號", "customer.remarks": "請款附明細"},
    ])]  # fmt: skip


@recipe("會員名冊.xlsx")
def members_of_a_club_in_hong_kong(path):
    book(path, [
        ["會員編號", "中文姓名", "英文姓名", "性別", "手提電話", "電郵", "通訊地址", "入會日期", "會籍級別"],
        ["M001", "陳大文", "CHAN Tai Man", "男", "+852 9123 4567", "ctm@hk.hk", "九龍彌敦道1號", "2019/03/05", "金卡"],
        ["M002", "李小姐", "LEE", "女", "+852 6123 4567", None, "香港德輔道中2號", "2020/05/01", "銀卡"],
    ])  # fmt: skip
    return [("customers", [
        {"customer.code": "M001", "customer.name": "陳大文", "customer.phones": "+85291234567", "customer.since": "2019-03-05",
         "customer.addresses": "九龍彌敦道1號"},
        {"customer.name": "李小姐", "customer.phones": "+85261234567", "customer.since": "2020-05-01"},
    ])]  # fmt: skip
