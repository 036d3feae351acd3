"""Recipes of the files that offices send when asked for "the list": printed pages, ledgers, phones, other people's exports."""

import openpyxl
import xlwt

from .recipes import book, recipe, text


@recipe("WPS打印区域.xlsx")
def two_row_headings_on_each_page(path):
    top = [["东风机电2024年客户台账"], ["序号", "单位名称", "联系方式", None, "成交情况", None],
           [None, None, "联系人", "手机", "首次成交日期", "年成交额(万元)"]]  # fmt: skip
    rows, merged, expected = [], [], []
    for page in range(3):
        first = len(rows) + 1
        rows += [list(row) for row in top]
        merged += [f"A{first}:F{first}", f"A{first + 1}:A{first + 2}", f"B{first + 1}:B{first + 2}", f"C{first + 1}:D{first + 1}",
                   f"E{first + 1}:F{first + 1}"]  # fmt: skip
        if page:
            rows.append([None, "承前页", None, None, None, page * 20])
        for at in range(2):
            number = page * 2 + at
            rows.append(
                [
                    number + 1,
                    f"宏达{number}号机械厂",
                    f"张{'一二三四五六'[number]}",
                    13800000000 + number,
                    f"2024.{number + 1}.5",
                    10,
                ]
            )
            expected.append({"customer.name": f"宏达{number}号机械厂", "contact.name": f"张{'一二三四五六'[number]}",
                             "contact.phones": str(13800000000 + number), "customer.since": f"2024-0{number + 1}-05",
                             "customer.annual_sales": 10_000_000})  # fmt: skip
        rows.append([None, "本页小计", None, None, None, 20])
        rows.append([None, "过次页" if page < 2 else "累　计", None, None, None, (page + 1) * 20])
        rows.append(["制表：王芳", None, "审核：", None, "2024年12月31日", f"第{page + 1}页"])
        rows.append([])
    book(path, rows, merged)
    return [("customers", expected)]


@recipe("手机通讯录.csv")
def one_persons_phone_contacts(path):
    text(path, "姓名,手机号码1,手机号码2,家庭电话,公司,职位,分组,备注\n"
         "老王 修空调,138 0000 0001,,,,,生活,上次收 150\n"
         "张伟-天成机电,+8613800000002,13900000002,,杭州天成机电有限公司,采购经理,客户,\n"
         "妈,13800000003,,0571-88886666,,,家人,\n"
         "李姐,106900001234,,,苏州恒达科技有限公司,,客户,爱喝龙井\n", "utf-8-sig")  # fmt: skip
    return [("contacts", [
        {"contact.name": "老王 修空调", "contact.phones": "13800000001", "contact.remarks": "上次收 150", "contact.tags": "生活"},
        {"contact.name": "张伟-天成机电", "contact.phones": "13800000002, 13900000002", "customer.name": "杭州天成机电有限公司",
         "position.job": "采购经理", "contact.tags": "客户"},
        {"contact.name": "妈", "contact.phones": "13800000003, 0571-88886666"},
        {"contact.name": "李姐", "customer.name": "苏州恒达科技有限公司", "contact.remarks": "爱喝龙井"},
    ])]  # fmt: skip


@recipe("老板的本子.xlsx")
def a_ledger_with_lunar_days_and_wan(path):
    book(path, [
        ["单位", "老板", "老板电话", "老板生日(农历)", "去年做了多少", "欠款", "备注"],
        ["城东五金店", "周建国", "13800000001", "八月十五", "12万", "3千", "中秋送月饼"],
        ["大桥镇农机站", "吴桂花", "13800000002", "腊月廿三", "8万5", None, None],
        ["鑫源建材经营部", "郑强", "13800000003", "一九七五年正月初一", "1.2百万", "2万", None],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": "城东五金店", "contact.name": "周建国", "contact.phones": "13800000001",
         "contact.birthday": "lunar:--08-15", "customer.remarks": "中秋送月饼"},
        {"customer.name": "大桥镇农机站", "contact.name": "吴桂花", "contact.birthday": "lunar:--12-23"},
        {"customer.name": "鑫源建材经营部", "contact.name": "郑强", "contact.birthday": "lunar:1975-01-01"},
    ])]  # fmt: skip


@recipe("三组联系人.xlsx")
def three_persons_under_groups(path):
    book(
        path,
        [
            ["客户名称", "第一联系人", None, None, "第二联系人", None, None, "第三联系人", None, None, "地址"],
            [None, "姓名", "职务", "电话", "姓名", "职务", "电话", "姓名", "职务", "电话", None],
            [
                "甲公司",
                "张三",
                "经理",
                13800000001,
                "李四",
                "财务",
                13800000002,
                "王五",
                "仓管",
                13800000003,
                "文三路1号",
            ],
            ["乙公司", "赵六", None, 13800000004, None, None, None, "孙七", "司机", 13800000005, "人民路2号"],
        ],
        ["A1:A2", "B1:D1", "E1:G1", "H1:J1", "K1:K2"],
    )
    return [("customers", [
        {"customer.name": "甲公司", "contact.name": "张三", "position.job": "经理", "contact.phones": "13800000001",
         "contact2.name": "李四", "position2.job": "财务", "contact2.phones": "13800000002", "contact3.name": "王五",
         "position3.job": "仓管", "contact3.phones": "13800000003", "customer.addresses": "文三路1号"},
        {"customer.name": "乙公司", "contact.name": "赵六", "contact.phones": "13800000004", "contact2.name": None,
         "contact3.name": "孙七", "position3.job": "司机", "contact3.phones": "13800000005"},
    ])]  # fmt: skip


@recipe("跟进2023-2025.xlsx")
def a_sheet_for_each_year(path):
    head = ["日期", "客户名称", "方式", "内容", "业务员"]
    book(
        path,
        [head, ["3月5日", "甲公司", "电话", "询价", "王芳"], ["12.30", "乙公司", "微信", "对账", "李强"]],
        title="2023",
        **{
            "2024年": [head, ["1/6", "甲公司", "上门", "送样品", "王芳"]],
            "2025": [head, ["2月8日", "乙公司", "电话", "催款", "李强"]],
        },
    )
    return [
        ("interactions", [{"interaction.customer": "甲公司", "interaction.at": "2023-03-05T00:00:00", "interaction.channel": "phone"},
                          {"interaction.customer": "乙公司", "interaction.at": "2023-12-30T00:00:00"}]),
        ("interactions", [{"interaction.customer": "甲公司", "interaction.at": "2024-01-06T00:00:00", "interaction.content": "送样品"}]),
        ("interactions", [{"interaction.customer": "乙公司", "interaction.at": "2025-02-08T00:00:00"}]),
    ]  # fmt: skip


@recipe("ERP导出.csv")
def a_text_with_a_title_quotes_and_line_breaks(path):
    text(path, '客户资料明细表,,,,,\r\n"查询条件：全部, 停用除外",,,,,\r\n,,,,,\r\n'
         '客户编码,客户名称,联系人,电话,地址,备注\r\n'
         '="00012","天成""老字号""机电有限公司",张伟,"0571-88886666,\r\n13800000001",杭州市文三路1号,"第一行\r\n第二行, 有逗号"\r\n'
         "=\"00013\",恒达科技有限公司,李娜,13800000002,'苏州市星湖街2号\r\n"
         '"00014",缺列的公司\r\n共 3 条记录,,,,,\r\n', "gb18030")  # fmt: skip
    return [("customers", [
        {"customer.code": "00012", "customer.name": '天成"老字号"机电有限公司', "contact.name": "张伟",
         "customer.remarks": "第一行\n第二行, 有逗号", "customer.addresses": "杭州市文三路1号"},
        {"customer.code": "00013", "customer.name": "恒达科技有限公司", "contact.name": "李娜", "customer.addresses": "苏州市星湖街2号"},
        {"customer.code": "00014", "customer.name": "缺列的公司"},
    ])]  # fmt: skip


@recipe("数字变文本.xls")
def numbers_kept_as_text(path):
    made = xlwt.Workbook()
    sheet = made.add_sheet("Sheet1")
    rows = [
        ["客户编号", "客户名称", "手机", "成交日期", "成交金额"],
        ["0007", "甲公司", "1.3800001234E+10", "45356", "12,500.00"],
        ["0008", "乙公司", "1.38E+10", "2024/3/6 0:00", "8000 "],
        ["0009", "丙公司", 13800001236.0, "20240307", "¥9,000"],
        ["0010", "丁公司", "13800001237\u00a0", "2024-3-8", "1.25E+04"],
    ]
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            sheet.write(r, c, value)
    made.save(str(path))
    return [("customers", [
        {"customer.code": "0007", "customer.phones": "13800001234", "customer.since": "2024-03-05", "customer.annual_sales": 1_250_000},
        {"customer.code": "0008", "customer.phones": None, "customer.since": "2024-03-06", "customer.annual_sales": 800_000},
        {"customer.code": "0009", "customer.phones": "13800001236", "customer.since": "2024-03-07", "customer.annual_sales": 900_000},
        {"customer.code": "0010", "customer.phones": "13800001237", "customer.since": "2024-03-08", "customer.annual_sales": 1_250_000},
    ])]  # fmt: skip


@recipe("括号.xlsx")
def names_with_brackets(path):
    book(path, [
        ["客户名称（全称）", "联系人（职务）", "联系电话（区号）"],
        ["杭州天成机电（集团）有限公司", "张伟（采购经理）", "（0571）88886666"],
        ["（香港）德信贸易公司", "李娜（女士）", "（00852）23456789"],
        ["苏州恒达科技有限公司（苏州分公司）", "王强（老板）", "0512－66668888转801"],
        ["王记面馆（老客户，已搬）", "王师傅", "１３８００００１２３４（微信同号）"],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": "杭州天成机电（集团）有限公司", "contact.name": "张伟", "position.job": "采购经理", "customer.phones": "0571-88886666"},
        {"customer.name": "（香港）德信贸易公司", "contact.name": "李娜"},
        {"customer.name": "苏州恒达科技有限公司（苏州分公司）", "contact.name": "王强", "position.job": "老板"},
        {"customer.name": "王记面馆（老客户，已搬）", "contact.name": "王师傅"},
    ])]  # fmt: skip


@recipe("us customers.xlsx")
def an_english_list_with_american_days(path):
    book(path, [
        ["Customer", "Contact", "Title", "Phone", "First Order", "Industry", "Notes"],
        ["Pacific Tools Inc.", "Mary O'Brien", "Buyer", "(212) 555-0100", "3/25/2024", "Retail", "Pays late"],
        ["Lone Star Supply LLC", "Bob Li", "Owner", "+1 713 555 0111", "4/5/2024", None, None],
        ["Zhang & Sons", "Wei Zhang", None, "138-0000-0001", "12/1/2023", None, "speaks Chinese"],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": "Pacific Tools Inc.", "contact.name": "Mary O'Brien", "position.job": "Buyer", "customer.since": "2024-03-25",
         "customer.remarks": "Pays late"},
        {"customer.name": "Lone Star Supply LLC", "contact.name": "Bob Li", "customer.since": "2024-04-05"},
        {"customer.name": "Zhang & Sons", "contact.name": "Wei Zhang", "customer.since": "2023-12-01"},
    ])]  # fmt: skip


@recipe("送货线路.xlsx")
def columns_nobody_knows(path):
    book(path, [
        ["线路", "门店", "店长", "店长电话", "周几送", "车牌", "押金", "钥匙在哪"],
        ["城西线", "老王烧烤", "王大力", "13800000001", "一三五", "浙A12345", 500, "门垫下"],
        ["城西线", "阿香米线（文一店）", "陈香", "13800000002", "二四六", "浙A12345", 0, None],
        ["城东线", "蜜雪冰城下沙店", "小刘", "13800000003", "每天", "浙A67890", 1000, "物业"],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": "老王烧烤", "contact.name": "王大力", "contact.phones": "13800000001"},
        {"customer.name": "阿香米线（文一店）", "contact.name": "陈香", "contact.phones": "13800000002"},
        {"customer.name": "蜜雪冰城下沙店", "contact.name": "小刘", "contact.phones": "13800000003"},
    ])]  # fmt: skip


@recipe("2024年投诉登记本.xlsx")
def complaints_in_the_offices_own_words(path):
    book(path, [
        ["序号", "投诉日期", "投诉客户", "投诉人及电话", "反映的问题", "问题归类", "处理情况", "办结情况", "办结日期", "客户满意吗"],
        [1, "3月5日", "甲公司", "张三13800000001", "电机有异响", "质量", "换货", "已办结", "3月9日", "满意"],
        [2, "3.20", "乙公司", "李四 0571-88886666", "送货晚三天", "送货", "赔礼道歉", "已经办完", "3.22", "还行"],
        [3, "4/2", "丙公司", None, "发票开错", "发票", "重开中", "正在办", None, None],
        [4, "5月6日", "丁公司", "王五", "说我们少发一箱", "数量", "查监控，没少发", "不属实", "5月8日", None],
        [5, "6月1日", "戊公司", "赵六", "态度不好", "态度", None, "未办", None, None],
        [6, "6月3日", "己公司", "孙七", "电机漏油", "质量", "客户自己撤了", "客户撤诉", "6月4日", None],
    ])  # fmt: skip
    return [("complaints", [
        {"complaint.customer": "甲公司", "complaint.received_at": "2024-03-05T00:00:00", "complaint.description": "电机有异响",
         "complaint.category": "quality", "complaint.solution": "换货", "complaint.state": "closed",
         "complaint.solved_at": "2024-03-09T00:00:00", "complaint.satisfaction": "4", "complaint.complainant": "张三13800000001"},
        {"complaint.customer": "乙公司", "complaint.received_at": "2024-03-20T00:00:00", "complaint.state": "closed"},
        {"complaint.customer": "丙公司", "complaint.received_at": "2024-04-02T00:00:00", "complaint.state": "handling"},
        {"complaint.customer": "丁公司", "complaint.state": "not_founded"},
        {"complaint.customer": "戊公司", "complaint.state": "new"},
        {"complaint.customer": "己公司", "complaint.state": "withdrawn"},
    ])]  # fmt: skip


@recipe("筛选后.xlsx")
def hidden_rows_and_columns(path):
    made = book(path, [
        ["客户编号", "客户名称", "内部代码", "电话", "备注"],
        ["K01", "甲公司", "x1", "0571-88886666", None],
        ["K02", "乙公司", "x2", "0571-88886667", None],
        ["K03", "丙公司", "x3", "0571-88886668", "停用"],
    ])  # fmt: skip
    sheet = made.active
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet.auto_filter.ref = "A1:E4"
    sheet.freeze_panes = "B2"
    made.save(path)
    return [("customers", [
        {"customer.code": "K01", "customer.name": "甲公司", "customer.phones": "0571-88886666"},
        {"customer.code": "K02", "customer.name": "乙公司", "customer.phones": "0571-88886667"},
        {"customer.code": "K03", "customer.name": "丙公司", "customer.remarks": "停用"},
    ])]  # fmt: skip


@recipe("第七行才是表头.xlsx")
def the_heading_is_in_row_seven(path):
    book(path, [
        ["杭州东风机电有限公司"],
        ["地址：杭州市文三路100号", None, None, "电话：0571-87654321"],
        [],
        ["客户一览表"],
        ["查询条件：", "全部客户", None, "打印人：", "王芳"],
        ["打印时间：", "2024-12-31 10:11", None, "单位：", "元"],
        ["编码", "客户名称", "联系人", "联系电话", "年销售额"],
        ["A001", "甲公司", "张三", "13800000001", 120000],
        ["A002", "乙公司", "李四", "13800000002", "80,000.00"],
        ["合计", "2 家", None, None, 200000],
    ], ["A1:E1", "A4:E4"])  # fmt: skip
    return [("customers", [
        {"customer.code": "A001", "customer.name": "甲公司", "contact.name": "张三", "contact.phones": "13800000001",
         "customer.annual_sales": 12_000_000},
        {"customer.code": "A002", "customer.name": "乙公司", "customer.annual_sales": 8_000_000},
    ])]  # fmt: skip


@recipe("应收账款.xlsx")
def a_list_of_debts(path):
    book(path, [
        ["客户往来余额表"],
        ["单位：东风机电", None, None, "2024年12月", None, "金额单位：元"],
        ["客户编码", "客户名称", "期初余额", "本期借方", "本期贷方", "期末余额"],
        ["1122.01", "甲公司", 1000, 200, 300, 900],
        ["1122.02", "乙公司", 0, 500, 0, 500],
        ["合计", None, 1000, 700, 300, 1400],
    ])  # fmt: skip
    return [("customers", [
        {"customer.code": "1122.01", "customer.name": "甲公司", "customer.annual_sales": None, "customer.total_sales": None},
        {"customer.code": "1122.02", "customer.name": "乙公司"},
    ])]  # fmt: skip


@recipe("12315平台.xlsx")
def cases_of_the_authority(path):
    book(path, [
        ["登记编号", "登记时间", "投诉人", "投诉人电话", "被投诉企业", "投诉内容", "消费者诉求", "处理状态", "办结时间", "处理结果"],
        ["2024030500012345", "2024-03-05 09:12:33", "张三", "13800000001", "杭州东风机电有限公司", "电机保修期内拒修", "免费维修",
         "已办结", "2024-03-12 16:00:00", "达成调解协议"],
        ["2024040100054321", "2024-04-01 10:00:00", "李四", "13800000002", "杭州东风机电有限公司", "宣传与实物不符", "退款", "处理中", None, None],
    ])  # fmt: skip
    return [("complaints", [
        {"complaint.customer": "张三", "complaint.received_at": "2024-03-05T09:12:33", "complaint.description": "电机保修期内拒修",
         "complaint.demand": "免费维修", "complaint.solution": "达成调解协议", "complaint.state": "closed"},
        {"complaint.customer": "李四", "complaint.demand": "退款", "complaint.state": "handling"},
    ])]  # fmt: skip


@recipe("一人两行.xlsx")
def two_phones_under_each_other(path):
    book(
        path,
        [
            ["序号", "客户名称", "联系人", "联系电话", "地址"],
            [1, "甲公司", "张三", "13800000001", "文三路1号"],
            [None, None, None, "0571-88886666", None],
            [2, "乙公司", "李四", "13800000002", "人民路2号"],
            [None, None, None, "13900000002", None],
        ],
        ["A2:A3", "B2:B3", "C2:C3", "E2:E3", "A4:A5", "B4:B5", "C4:C5", "E4:E5"],
    )
    return [("customers", [
        {"customer.name": "甲公司", "contact.name": "张三"}, {"customer.name": "甲公司", "contact.name": "张三"},
        {"customer.name": "乙公司", "contact.name": "李四"}, {"customer.name": "乙公司", "contact.name": "李四"},
    ])]  # fmt: skip


@recipe("双语表头.xlsx")
def headings_in_two_languages(path):
    book(path, [
        ["序号\nNo.", "公司名称\nCompany Name", "联系人\nContact Person", "手机\nMobile", "邮箱\nE-mail", "国家\nCountry", "备注 Remarks"],
        [1, "Pacific Tools Inc.", "Mary O'Brien", "+1 212 555 0100", "mary@pt.com", "USA", "广交会"],
        [2, "杭州天成机电有限公司", "张伟", "13800000001", "zw@tc.com", "中国", None],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": "Pacific Tools Inc.", "contact.name": "Mary O'Brien", "customer.remarks": "广交会"},
        {"customer.name": "杭州天成机电有限公司", "contact.name": "张伟", "contact.phones": "13800000001"},
    ])]  # fmt: skip


@recipe("美容院会员.xlsx")
def members_of_a_salon(path):
    book(path, [
        ["姓名", "性别", "手机", "生日", "卡类型", "开卡日期", "到期日期", "卡内余额", "累计消费", "介绍人", "备注"],
        ["王小姐", "女", "13800000001", "8.15", "年卡", "2024-03-05", "2025-03-04", 1200, 8600, "张姐", "皮肤敏感"],
        ["刘芳", "女", "13800000002", "农历三月初三", "次卡", "2024.5.1", "2025.4.30", 300, 1500, None, "不喜欢推销"],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": "王小姐", "customer.phones": "13800000001", "customer.total_sales": 860_000, "customer.remarks": "皮肤敏感"},
        {"customer.name": "刘芳", "customer.phones": "13800000002", "customer.total_sales": 150_000},
    ])]  # fmt: skip


@recipe("等于没写.xlsx")
def cells_that_say_nothing(path):
    book(path, [
        ["客户名称", "联系人", "手机", "邮箱", "地址", "首次合作日期", "年销售额", "客户等级"],
        ["甲公司", "待补", "不详", "无", "——", "待定", "暂无", "未评级"],
        ["乙公司", "#N/A", "#REF!", "N/A", "空", "-", "0", "无"],
        ["丙公司", "没有", "未留", "none", "null", "0000-00-00", "/", "NULL"],
    ])  # fmt: skip
    nothing = {"contact.name": None, "customer.phones": None, "contact.phones": None, "customer.email": None, "contact.email": None,
               "customer.addresses": None, "customer.since": None}  # fmt: skip
    return [("customers", [{"customer.name": name, **nothing} for name in ("甲公司", "乙公司", "丙公司")])]


@recipe("月份和旬.xlsx")
def days_nobody_wrote_exactly(path):
    book(path, [
        ["客户名称", "首次合作日期"],
        ["甲公司", "2024年3月"], ["乙公司", "2024.3"], ["丙公司", "2024年"], ["丁公司", "2024/03"], ["戊公司", "24.3.5"],
        ["己公司", "2024-03-05 下午3点"], ["庚公司", "2024年3月上旬"], ["辛公司", "2024年初"], ["壬公司", "大概2024年3月5号"],
    ])  # fmt: skip
    days = ["2024-03-01", "2024-03-01", "2024-01-01", "2024-03-01", "2024-03-05", "2024-03-05"]
    return [("customers", [*({"customer.since": day} for day in days), {}, {}, {}])]


@recipe("老板微信发来的.txt")
def lines_typed_in_wechat(path):
    text(path, "杭州天成机电有限公司 张伟 13800000001 杭州市西湖区文三路1号\n"
         "苏州恒达科技有限公司 李娜 13800000002 苏州市工业园区星湖街2号\n"
         "深圳鼎盛电子有限公司 王强 13800000003 深圳市南山区深南大道3号\n")  # fmt: skip
    return [("customers", [
        {"customer.name": "杭州天成机电有限公司", "contact.name": "张伟", "contact.phones": "13800000001",
         "customer.addresses": "杭州市西湖区文三路1号"},
        {"customer.name": "苏州恒达科技有限公司", "contact.name": "李娜"},
        {"customer.name": "深圳鼎盛电子有限公司", "contact.name": "王强"},
    ])]  # fmt: skip


@recipe("客户拜访计划与记录.xlsx")
def plan_and_record_in_one(path):
    book(path, [
        ["客户拜访计划与记录表（2024年3月）"],
        ["部门：销售一部", None, None, "姓名：王芳"],
        ["计划日期", "实际日期", "客户名称", "拜访对象", "拜访目的", "拜访结果", "下次拜访时间"],
        ["3.4", "3.5", "甲公司", "张三", "送样品", "客户满意，准备下单", "3.15"],
        ["3.11", "3.12", "乙公司", "李四", "催款", "答应月底付款", None],
    ])  # fmt: skip
    return [("interactions", [
        {"interaction.customer": "甲公司", "interaction.at": "2024-03-05T00:00:00"},
        {"interaction.customer": "乙公司", "interaction.at": "2024-03-12T00:00:00"},
    ])]  # fmt: skip


@recipe("每月跟进表.xlsx")
def a_column_for_each_month(path):
    book(path, [
        ["客户名称", "联系人", "手机", "1月", "2月", "3月"],
        ["甲公司", "张三", "13800000001", "询价", None, "下单"],
        ["乙公司", "李四", "13800000002", None, "寄样", None],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": "甲公司", "contact.name": "张三", "contact.phones": "13800000001"},
        {"customer.name": "乙公司", "contact.name": "李四"},
    ]), ("interactions", [
        {"interaction.customer": "甲公司", "interaction.content": "1月: 询价"}, {"interaction.content": "3月: 下单"},
        {"interaction.customer": "乙公司", "interaction.content": "2月: 寄样"},
    ])]  # fmt: skip


@recipe("表格.et")
def a_wps_workbook_of_old(path):
    made = xlwt.Workbook()
    sheet = made.add_sheet("客户")
    sheet.write_merge(0, 0, 0, 2, "客户表")
    for r, row in enumerate([["客户名称", "联系人", "手机"], ["甲公司", "张三", 13800000001]], 1):
        for c, value in enumerate(row):
            sheet.write(r, c, value)
    made.save(str(path))
    return [("customers", [{"customer.name": "甲公司", "contact.name": "张三", "contact.phones": "13800000001"}])]


@recipe("学校.xlsx")
def a_heading_with_explanations(path):
    made = openpyxl.Workbook()
    sheet = made.active
    for row in [
        [
            "*客户名称（请填写营业执照全称）",
            "*客户类型（企业/个人）",
            "联系人姓名\n（必填）",
            "联系人手机号（11位）",
            "所在省市区",
            "首次合作日期（格式：2024-01-01）",
        ],
        ["示例：杭州某某有限公司", "企业", "张三", "13800000000", "浙江省杭州市西湖区", "2024-01-01"],
        ["实验中学", "企业", "李四", "13800000001", "江苏省苏州市", "2024-03-05"],
    ]:
        sheet.append(row)
    made.save(path)
    return [("customers", [
        {"customer.name": "实验中学", "customer.kind": "company", "contact.name": "李四", "contact.phones": "13800000001",
         "customer.region": "江苏省 苏州市", "customer.since": "2024-03-05"},
    ])]  # fmt: skip
