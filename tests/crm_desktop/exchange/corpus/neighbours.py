"""Recipes of lists as old programs, shops, exhibitions and neighbours keep them."""

import xlwt

from .recipes import book, recipe, text


@recipe("全能名片王.xlsx")
def cards_scanned_by_an_app(path):
    book(path, [
        ["姓名", "职位", "部门", "公司", "手机", "电话", "传真", "邮箱", "地址", "网址", "分组", "创建时间", "备注"],
        ["张伟", "采购经理\n工程师", "采购部", "杭州天成机电有限公司", "13800000001\n13900000001", "0571-88886666-801", "0571-88886667",
         "zw@tc.com", "杭州市文三路1号", "www.tc.com", "客户", "2024-03-05 10:11:12", "广交会认识"],
        ["Mary O'Brien", "Buyer", None, "Pacific Tools Inc.", None, "+1 212 555 0100", None, "mary@pt.com", "5 Main St, New York", None, None,
         "2024-03-06 09:00:00", None],
    ])  # fmt: skip
    return [("customers", [
        {"contact.name": "张伟", "customer.name": "杭州天成机电有限公司", "position.department": "采购部", "contact.email": "zw@tc.com",
         "contact.phones": "13800000001, 13900000001", "customer.phones": "0571-88886666-801, 0571-88886667", "customer.remarks": "广交会认识"},
        {"contact.name": "Mary O'Brien", "customer.name": "Pacific Tools Inc.", "position.job": "Buyer"},
    ])]  # fmt: skip


@recipe("用友客户档案.xls")
def customers_of_an_accounting_program(path):
    made = xlwt.Workbook()
    sheet = made.add_sheet("客户档案")
    rows = [
        ["客户编码", "客户名称", "客户简称", "所属分类", "税号", "开户银行", "银行账号", "法人", "联系人", "电话", "手机", "邮政编码", "地址",
         "专营业务员", "发展日期", "停用日期", "信用额度", "付款条件"],
        ["01001", "杭州天成机电有限公司", "天成机电", "经销商", "91330100MA27XXXX1A", "工行文三路支行", "1202026209900012345", "周天成",
         "张伟", "88886666", "13800000001", "310012", "杭州市文三路1号", "王芳", "2019-03-05", "", 50000.0, "月结30天"],
        ["01002", "苏州恒达科技有限公司", "恒达", "终端", "", "", "", "", "李娜", "0512-66668888", "", "215000", "", "李强", "2020-05-01",
         "2024-01-31", "", "现结"],
    ]  # fmt: skip
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            sheet.write(r, c, value)
    made.save(str(path))
    return [("customers", [
        {"customer.code": "01001", "customer.name": "杭州天成机电有限公司", "customer.short_name": "天成机电", "customer.bill_bank": "工行文三路支行",
         "customer.bill_account": "1202026209900012345", "contact.name": "张伟", "customer.owner": "(colleague)", "customer.since": "2019-03-05",
         "customer.addresses": "杭州市文三路1号"},
        {"customer.code": "01002", "customer.short_name": "恒达", "contact.name": "李娜", "customer.since": "2020-05-01"},
    ])]  # fmt: skip


@recipe("抖店订单.csv")
def orders_with_veiled_numbers(path):
    text(path, "订单编号,下单时间,收件人,收件人手机号,省,市,区,详细地址,商品,实付金额,买家留言\n"
         "=\"6920001\",2024-03-05 10:11:12,张*,138****0001,浙江省,杭州市,西湖区,文三路**,电机,¥128.00,\n"
         "=\"6920002\",2024-03-06 10:11:12,李小娜,13800000002-1234,江苏省,苏州市,吴中区,星湖街2号[1234],水泵,¥1280.50,快点发货\n", "gb18030")  # fmt: skip
    return [("customers", [
        {"customer.name": "张*", "customer.phones": None, "customer.region": "浙江省 杭州市 西湖区"},
        {"customer.name": "李小娜", "customer.region": "江苏省 苏州市 吴中区", "customer.phones": "13800000002"},
    ])]  # fmt: skip


@recipe("广交会意向客户.xlsx")
def who_came_to_the_stand(path):
    book(path, [
        ["第135届广交会意向客户登记"],
        ["日期", "公司", "国家/地区", "客人", "邮箱/WhatsApp", "感兴趣产品", "意向程度", "寄样", "跟进人"],
        ["4.15", "Pacific Tools Inc.", "美国", "Mary", "mary@pt.com", "水泵", "A", "√", "王芳"],
        ["4.16", "德信贸易（香港）", "香港", "陈生", "+852 2345 6789", "电机", "B", "×", "李强"],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": "Pacific Tools Inc.", "contact.name": "Mary"},
        {"customer.name": "德信贸易（香港）"},
    ])]  # fmt: skip


@recipe("拜访记录单.xlsx")
def forms_one_under_the_other(path):
    rows = []
    for firm, day, who, said in (
        ("甲公司", "2024-3-5", "张三", "询价，月底报价"),
        ("乙公司", "2024-3-6", "李四", "对账无误"),
    ):
        rows += [["客户拜访记录单"], ["客户名称", firm, "拜访日期", day], ["接待人", who, "拜访人", "王芳"],
                 ["拜访内容", said], ["下步计划", "跟进"], []]  # fmt: skip
    book(path, rows)
    return [("interactions", [
        {"interaction.customer": "甲公司", "interaction.at": "2024-03-05T00:00:00", "interaction.content": "询价，月底报价",
         "interaction.contact": "张三"},
        {"interaction.customer": "乙公司", "interaction.at": "2024-03-06T00:00:00", "interaction.content": "对账无误"},
    ])]  # fmt: skip


@recipe("客诉汇总.xlsx")
def complaints_under_groups(path):
    book(path, [
        ["2024年客户投诉汇总表"],
        ["编号", "投诉信息", None, None, None, "处理信息", None, None, None, "回访", None],
        [None, "日期", "客户", "产品", "问题描述", "责任部门", "原因", "处理方案", "完成日期", "回访日期", "结果"],
        ["TS-01", "1月5日", "甲公司", "电机", "异响", "品质部", "轴承不良", "换货", "1月9日", "1月20日", "满意"],
        ["TS-02", "12.28", "乙公司", "水泵", "漏水", "生产部", "密封圈老化", "返修", None, None, None],
        ["说明：本表每月5日前报总经理", None, None, None, None, None, None, None, None, None, None],
    ], ["A2:A3", "B2:E2", "F2:I2", "J2:K2"])  # fmt: skip
    return [("complaints", [
        {"complaint.code": "TS-01", "complaint.customer": "甲公司", "complaint.received_at": "2024-01-05T00:00:00",
         "complaint.description": "异响", "complaint.solution": "换货", "complaint.follow_up_on": "2024-01-20"},
        {"complaint.code": "TS-02", "complaint.customer": "乙公司", "complaint.received_at": "2024-12-28T00:00:00",
         "complaint.solution": "返修"},
    ])]  # fmt: skip


@recipe("横着排.xlsx")
def customers_side_by_side(path):
    book(path, [
        ["客户名称", "甲机械公司", "乙电子公司", "丙商贸公司"],
        ["联系人", "张三", "李四", "王五"],
        ["手机", "13800000001", "13800000002", "13800000003"],
        ["地址", "文三路1号", "人民路2号", "解放路3号"],
        ["首次合作", "2020-1-5", "2021-3-4", None],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": "甲机械公司", "contact.name": "张三", "contact.phones": "13800000001", "customer.addresses": "文三路1号",
         "customer.since": "2020-01-05"},
        {"customer.name": "乙电子公司", "contact.name": "李四", "customer.since": "2021-03-04"},
        {"customer.name": "丙商贸公司", "contact.name": "王五", "contact.phones": "13800000003"},
    ])]  # fmt: skip


@recipe("四段地址.xlsx")
def addresses_in_four_columns(path):
    book(path, [
        ["客户名称", "省份", "城市", "区县", "详细地址", "邮编", "联系电话"],
        ["甲公司", "浙江", "杭州", "西湖区", "文三路1号", 310012, "0571-88886666"],
        ["乙公司", "内蒙古", "呼和浩特", "赛罕区", "人民路2号", "010010", "0471-6666888"],
        ["丙公司", "上海", "上海", "浦东新区", "世纪大道3号", None, "021-58886666"],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": "甲公司", "customer.region": "浙江省 杭州市 西湖区"},
        {"customer.name": "乙公司", "customer.region": "内蒙古自治区 呼和浩特市 赛罕区"},
        {"customer.name": "丙公司", "customer.region": "上海市 浦东新区"},
    ])]  # fmt: skip


@recipe("客戶資料.csv")
def a_list_from_taiwan(path):
    text(path, "客戶編號,客戶名稱,統一編號,聯絡人,電話,手機,地址,首次交易日,備註\r\n"
         "T001,台達貿易股份有限公司,12345678,陳志明,02-2345-6789,0912-345-678,台北市中山區民生東路1號,113/3/5,每月5日請款\r\n"
         "T002,順發五金行,,林小姐,(04)2345-6789,,台中市西區公益路2號,民國112年12月1日,\r\n", "cp950")  # fmt: skip
    return [("customers", [
        {"customer.code": "T001", "customer.name": "台達貿易股份有限公司", "contact.name": "陳志明", "customer.since": "2024-03-05",
         "customer.remarks": "每月5日請款"},
        {"customer.code": "T002", "customer.name": "順發五金行", "customer.since": "2023-12-01"},
    ])]  # fmt: skip


@recipe("Complaint Log FY24.xlsx")
def an_english_complaint_log(path):
    book(path, [
        ["Customer Complaint Log"],
        ["No.", "Date Received", "Customer Name", "Product", "Complaint Description", "Root Cause", "Corrective Action", "Owner", "Status",
         "Date Closed"],
        [1, "2024-03-05", "Pacific Tools Inc.", "Pump", "Leaks at the seal", "Wrong gasket", "Replaced", "Wang Fang", "Closed", "2024-03-12"],
        [2, "2024-04-01", "Lone Star Supply LLC", "Motor", "Late delivery", None, None, "Li Qiang", "Open", None],
        [3, "2024-04-02", "Zhang & Sons", "Motor", "Noise", None, None, "Li Qiang", "In Progress", None],
    ])  # fmt: skip
    return [("complaints", [
        {"complaint.customer": "Pacific Tools Inc.", "complaint.received_at": "2024-03-05T00:00:00", "complaint.state": "closed",
         "complaint.description": "Leaks at the seal", "complaint.closed_at": "2024-03-12T00:00:00"},
        {"complaint.customer": "Lone Star Supply LLC", "complaint.state": "new"},
        {"complaint.customer": "Zhang & Sons", "complaint.state": "handling"},
    ])]  # fmt: skip


@recipe("合并跟进.xlsx")
def one_merged_customer_for_many_contacts(path):
    book(path, [
        ["客户", "联系人", "跟进时间", "跟进情况"],
        ["甲公司", "张三", "2024-03-05 14:30", "电话询价"],
        [None, None, "2024/3/8 星期五", "寄样品\n快递单号 SF123"],
        [None, "李四", "3月12日", "催报价"],
        ["乙公司", "王五", "2024-03-05", "拜访"],
        [None, None, "以下空白", None],
    ], ["A2:A4", "B2:B3", "A5:A6"])  # fmt: skip
    return [("interactions", [
        {"interaction.customer": "甲公司", "interaction.contact": "张三", "interaction.at": "2024-03-05T14:30:00"},
        {"interaction.customer": "甲公司", "interaction.contact": "张三", "interaction.at": "2024-03-08T00:00:00"},
        {"interaction.customer": "甲公司", "interaction.contact": "李四", "interaction.at": "2024-03-12T00:00:00"},
        {"interaction.customer": "乙公司", "interaction.contact": "王五", "interaction.content": "拜访"},
    ])]  # fmt: skip


@recipe("SAP清单.txt")
def a_list_between_bars(path):
    text(path, "2024.12.31                动态清单显示                 1\n"
         "-----------------------------------------------------\n"
         "|客户      |名称 1                 |城市    |电话 1          |\n"
         "-----------------------------------------------------\n"
         "|0000100001|杭州天成机电有限公司   |杭州    |0571-88886666   |\n"
         "|0000100002|苏州恒达科技有限公司   |苏州    |0512-66668888   |\n"
         "-----------------------------------------------------\n", "gb18030")  # fmt: skip
    return [("customers", [
        {"customer.code": "0000100001", "customer.name": "杭州天成机电有限公司", "customer.phones": "0571-88886666"},
        {"customer.code": "0000100002", "customer.name": "苏州恒达科技有限公司"},
    ])]  # fmt: skip


@recipe("一格全写.xlsx")
def persons_and_numbers_in_one_cell(path):
    book(path, [
        ["单位", "联系方式", "情况"],
        ["甲机械厂", "张三13800000001、李四13900000001", "老客户"],
        ["乙电子厂", "王工 13800000002（微信同号）", None],
        ["丙商店", "0571-88886666转801 找赵姐", "难缠"],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": "甲机械厂", "customer.phones": "13800000001, 13900000001"},
        {"customer.name": "乙电子厂", "customer.phones": "13800000002"},
        {"customer.name": "丙商店", "customer.phones": "0571-88886666-801"},
    ])]  # fmt: skip


@recipe("跟进都写一格.xlsx")
def all_contacts_in_one_cell(path):
    book(path, [
        ["客户名称", "联系人", "电话", "跟进记录"],
        ["甲公司", "张三", "13800000001", "2024.3.5 电话询价\n2024.3.8 寄样品\n2024.3.20 下单"],
        ["乙公司", "李四", "13800000002", "3月5日 拜访；3月20日 催款"],
        ["丙公司", "王五", "13800000003", "还没跟进"],
    ])  # fmt: skip
    return [("customers", [
        {"customer.name": "甲公司", "contact.name": "张三"},
        {"customer.name": "乙公司", "contact.name": "李四"},
        {"customer.name": "丙公司", "contact.name": "王五"},
    ]), ("interactions", [
        {"interaction.customer": "甲公司", "interaction.at": "2024-03-05T00:00:00", "interaction.content": "电话询价"},
        {"interaction.content": "寄样品"}, {"interaction.content": "下单"},
        {"interaction.customer": "乙公司", "interaction.content": "拜访"}, {"interaction.content": "催款"},
    ])]  # fmt: skip


@recipe("身份证登记.xlsx")
def persons_with_identity_numbers(path):
    book(path, [
        ["序号", "姓名", "身份证号码", "手机号", "工作单位", "职务"],
        [1, "张三", "330106198502030012", "13800000001", "甲公司", "经理"],
        [2, "李四", 3.30106199e17, "13800000002", "乙公司", "会计"],
    ])  # fmt: skip
    return [("contacts", [
        {"contact.name": "张三", "contact.phones": "13800000001", "customer.name": "甲公司", "position.job": "经理"},
        {"contact.name": "李四", "contact.phones": "13800000002", "customer.name": "乙公司"},
    ])]  # fmt: skip


@recipe("群接龙.txt")
def a_chain_in_wechat(path):
    text(
        path,
        "#接龙\n中秋礼盒登记，写单位、姓名、电话\n\n1. 甲公司 张三 13800000001\n2. 乙公司 李四 13800000002\n3. 丙商店 王五 13900000003\n",
    )
    return [("customers", [
        {"customer.name": "甲公司", "contact.name": "张三", "contact.phones": "13800000001"},
        {"customer.name": "乙公司", "contact.name": "李四", "contact.phones": "13800000002"},
        {"customer.name": "丙商店", "contact.name": "王五", "contact.phones": "13900000003"},
    ])]  # fmt: skip


@recipe("QQ邮箱通讯录.csv")
def addresses_of_a_mailbox(path):
    text(path, "姓名,Email地址,移动电话,公司,公司电话,公司地址,生日,备注,微信\n"
         "张三,zs@jia.com,13800000001,甲公司,0571-88886666,文三路1号,1985-2-3,老同学,zs001\n"
         "李四,ls@yi.com,,,,,,,\n", "gb18030")  # fmt: skip
    return [("contacts", [
        {"contact.name": "张三", "contact.email": "zs@jia.com", "contact.phones": "13800000001, 0571-88886666", "customer.name": "甲公司",
         "contact.birthday": "1985-02-03", "contact.wechat": "zs001", "contact.remarks": "老同学"},
        {"contact.name": "李四", "contact.email": "ls@yi.com"},
    ])]  # fmt: skip


@recipe("售后登记.xlsx")
def calls_of_the_after_sales_desk(path):
    book(path, [
        ["来电时间", "来电号码", "客户姓名", "问题类型", "问题描述", "处理结果", "是否解决", "客服"],
        ["2024/3/5 9:05", "13800000001", "张三", "质量", "电机不转", "已换新", "是", "小刘"],
        ["2024/3/5 16:40", "057188886666", "甲公司", "咨询", "问保修期", "已答复", "√", "小刘"],
        ["2024/3/6 8:55", "13800000003", "王五", "物流", "三天没到", None, "否", "小陈"],
    ])  # fmt: skip
    return [("complaints", [
        {"complaint.customer": "张三", "complaint.received_at": "2024-03-05T09:05:00", "complaint.description": "电机不转",
         "complaint.solution": "已换新"},
        {"complaint.customer": "甲公司", "complaint.description": "问保修期"},
        {"complaint.customer": "王五", "complaint.description": "三天没到"},
    ])]  # fmt: skip
