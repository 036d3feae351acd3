"""Texts copied from chats, shops, e-mails and invoices, each with what a careful clerk takes from it."""

ZHANG = {"name": "张三", "phones": "13812345678"}
HOME = "江苏省苏州市工业园区星湖街328号3栋502室"
HENGDA = "苏州恒达科技有限公司"

CHATS = {
    "taobao": ("收货人: 张三\n手机号码: 13812345678\n所在地区: 江苏省苏州市工业园区\n详细地址: 星湖街328号3栋502室\n邮编: 215000", [{**ZHANG, "address": HOME}]),
    "pinduoduo": ("收货人：张三 13812345678\n收货地址：江苏省苏州市工业园区星湖街328号3栋502室", [{**ZHANG, "address": HOME}]),
    "jd": ("张三  138****5678\n江苏省苏州市工业园区星湖街328号3栋502室", [{"name": "张三", "address": HOME}]),
    "veiled-with-virtual": ("张三，18412345678-1234，江苏省 苏州市 工业园区 星湖街328号3栋502室[1234]", [{"name": "张三", "phones": "18412345678"}]),
    "emoji": ("🏠收件人：张三\n📱电话：138 1234 5678\n📍地址：江苏省苏州市工业园区星湖街328号3栋502室", [{**ZHANG, "address": HOME}]),
    "emoji-without-labels": ("张三🌹\n☎️13812345678\n📍江苏省苏州市工业园区星湖街328号3栋502室", [{**ZHANG, "address": HOME}]),
    "full-width": ("收件人：张三　电话：１３８１２３４５６７８　地址：江苏省苏州市工业园区星湖街３２８号３栋５０２室", [ZHANG]),
    "zero-width": ("\u200b张三\u200b 138\u200b1234\u200b5678 \ufeff江苏省苏州市工业园区星湖街328号3栋502室\u200b", [{**ZHANG, "address": HOME}]),
    "86": ("张三 +86 138-1234-5678 江苏省苏州市工业园区星湖街328号3栋502室", [{**ZHANG, "address": HOME}]),
    "two-addresses": ("1、张三 13812345678 苏州市工业园区星湖街328号\n2、李四 13912345678 杭州市西湖区文三路1号", [
        {**ZHANG, "address": "苏州市工业园区星湖街328号"}, {"name": "李四", "phones": "13912345678", "address": "杭州市西湖区文三路1号"}]),
    "blocks": ("张三\n13812345678\n苏州市星湖街328号\n\n李四\n13912345678\n杭州市文三路1号", [
        {**ZHANG, "address": "苏州市星湖街328号"}, {"name": "李四", "phones": "13912345678", "address": "杭州市文三路1号"}]),
    "blocks-without-gaps": ("张三\n13812345678\n苏州市星湖街328号\n李四\n13912345678\n杭州市文三路1号", [
        {**ZHANG, "address": "苏州市星湖街328号"}, {"name": "李四", "phones": "13912345678", "address": "杭州市文三路1号"}]),
    "wechat-forwarded": ("王芳 2025/3/5 14:30:12\n张三 13812345678 苏州市星湖街328号\n王芳 2025/3/5 14:31:00\n李四 13912345678 杭州市文三路1号", [
        {**ZHANG, "address": "苏州市星湖街328号"}, {"name": "李四", "phones": "13912345678"}]),
    "wechat-card": ("微信号：zhangsan_88\n昵称：张三\n手机号：13812345678\n地区：江苏 苏州", [{**ZHANG, "wechat": "zhangsan_88"}]),
    "named-in-a-sentence": ("客户联系人张三，电话13812345678，公司是苏州恒达科技有限公司", [{**ZHANG, "firm": HENGDA}]),
    "solitaire": ("#接龙\n报名：单位+姓名+电话\n例 甲公司 王二 13800000000\n\n1. 恒达公司 张三 13812345678\n2. 乙公司 李四 13912345678 2人", [
        {**ZHANG, "firm": "恒达公司"}, {"name": "李四", "firm": "乙公司", "phones": "13912345678"}]),
    "signature": ("Best regards / 顺颂商祺\n\n张三\n销售经理\n苏州恒达科技有限公司\nTel: 0512-66880001-8012\nMobile: 138 1234 5678\nE-mail: zs@hd.com\n"
                  "Add: 苏州市工业园区星湖街328号\nWeb: www.hd.com", [
        {"name": "张三", "firm": HENGDA, "job": "销售经理", "email": "zs@hd.com", "address": "苏州市工业园区星湖街328号"}]),
    "signature-english": ("Mary O'Brien\nSenior Buyer | Purchasing\nPacific Tools, Inc.\n5 Main St, New York, NY 10001, USA\nT +1 (212) 555-0100 | M +1 917 555 0123\n"
                          "mary@pt.com | www.pt.com", [
        {"name": "Mary O'Brien", "firm": "Pacific Tools, Inc.", "email": "mary@pt.com", "phones": "+12125550100, +19175550123", "job": "Senior Buyer"}]),
    "card": ("苏州恒达科技有限公司\nSUZHOU HENGDA TECHNOLOGY CO., LTD.\n张三 San Zhang\n销售总监 Sales Director\n手机 13812345678\n电话 0512-66880001 传真 0512-66880002\n"
             "邮箱 zs@hd.com\n地址 苏州市工业园区星湖街328号 邮编 215000", [
        {"name": "张三", "firm": HENGDA, "email": "zs@hd.com", "address": "苏州市工业园区星湖街328号"}]),
    "from-mail": ("发件人: 张三 <zs@hd.com>\n发送时间: 2025年3月5日 14:30\n收件人: 李四 <ls@df.com>\n主题: 报价", [{"name": "张三", "email": "zs@hd.com"}]),
    "mail-addresses": ("张三 <zs@hd.com>; 李四 <ls@jia.com>; \"Mary O'Brien\" <mary@pt.com>", [
        {"name": "张三", "email": "zs@hd.com"}, {"name": "李四", "email": "ls@jia.com"}, {"name": "Mary O'Brien", "email": "mary@pt.com"}]),
    "web-table": ("企业名称\t法定代表人\t注册资本\t电话\n苏州恒达科技有限公司\t周恒\t500万元\t0512-66880001", [{"name": HENGDA, "phones": "0512-66880001"}]),
}  # fmt: skip

LINES = ["名称：苏州恒达科技有限公司", "税号：91320594MA1M0000X0", "地址：苏州市星湖街328号", "电话：0512-66880001",
         "开户行：中国工商银行苏州园区支行", "账号：1102020109000012345"]  # fmt: skip
INVOICE = {
    "name": HENGDA,
    "tax": "91320594MA1M0000X0",
    "bank": "中国工商银行苏州园区支行",
    "account": "1102020109000012345",
}
SECOND = [
    "名称：杭州天成机电有限公司",
    "税号：913301086739523450",
    "开户行：工行文三路支行",
    "账号：1202026209900012345",
]
OTHER = {
    "name": "杭州天成机电有限公司",
    "tax": "913301086739523450",
    "bank": "工行文三路支行",
    "account": "1202026209900012345",
}
INVOICES = {
    "turned-round": ("\n".join(reversed(LINES)), [INVOICE]),
    "shuffled": ("\n".join([LINES[3], LINES[0], LINES[5], LINES[1], LINES[4], LINES[2]]), [INVOICE]),
    "one-line": ("，".join(LINES), [INVOICE]),
    "bullets": ("开票资料如下：\n" + "\n".join(f"{n}、{line}" for n, line in enumerate(LINES, 1)), [INVOICE]),
    "emoji": ("\n".join(f"✅{line}" for line in LINES), [INVOICE]),
    "two": ("\n".join(LINES) + "\n\n" + "\n".join(SECOND), [INVOICE, OTHER]),
    "two-without-gap": ("\n".join(LINES + SECOND), [INVOICE, OTHER]),
    "tax-first-twice": ("\n".join([LINES[1], LINES[0], *LINES[2:], SECOND[1], SECOND[0], *SECOND[2:]]), [INVOICE, OTHER]),
    "bare-names": (f"{HENGDA}\n纳税人识别号 91320594MA1M0000X0\n开户行及账号 中国工商银行苏州园区支行1102020109000012345\n地址、电话 苏州市星湖街328号0512-66880001", [INVOICE]),
    "spaced": ("公司名称 : 苏州恒达科技有限公司\n税　　号 : 9132 0594 MA1M 0000 X0\n开 户 行 : 中国工商银行苏州园区支行\n账　　号 : 1102 0201 0900 0012 345", [INVOICE]),
}  # fmt: skip

CHATS |= {
    "row-without-headings": ("甲公司\t张三\t13812345678\t苏州市星湖街328号\n乙公司\t李四\t13912345678\t杭州市文三路1号", [
        {**ZHANG, "firm": "甲公司", "address": "苏州市星湖街328号"}, {"name": "李四", "firm": "乙公司", "phones": "13912345678"}]),
    "one-row-of-a-sheet": ("甲公司\t张三\t13812345678\t苏州市星湖街328号", [{**ZHANG, "firm": "甲公司", "address": "苏州市星湖街328号"}]),
    "addressed": ("联系人：张三 女士\n电话：13812345678", [{"phones": "13812345678"}]),
    "manager": ("恒达公司王经理 13812345678", [{"phones": "13812345678"}]),
    "traditional-card": ("德信貿易股份有限公司\n業務經理 陳大文\n電話：02-2345-6789\n手機：0912-345-678\nE-mail: chen@tx.com.tw\n地址：台北市中山路1號", [
        {"email": "chen@tx.com.tw", "firm": "德信貿易股份有限公司"}]),
    "labels-in-brackets": ("【姓名】张三\n【电话】13812345678\n【地址】苏州市星湖街328号", [{**ZHANG, "address": "苏州市星湖街328号"}]),
    "dashes": ("姓名-张三\n电话-13812345678\n地址-苏州市星湖街328号", [{**ZHANG, "address": "苏州市星湖街328号"}]),
    "equals": ("姓名=张三；电话=13812345678；地址=苏州市星湖街328号", [{**ZHANG, "address": "苏州市星湖街328号"}]),
    "two-phones": ("张三 13812345678/0512-66880001 苏州市星湖街328号", [{"name": "张三", "phones": "13812345678, 0512-66880001"}]),
    "company-first-lines": ("苏州恒达科技有限公司\n张三 13812345678\n李四 13912345678", [
        {**ZHANG, "firm": HENGDA}, {"name": "李四", "firm": HENGDA, "phones": "13912345678"}]),
    "parcel": ("【顺丰】收件人张三，13812345678，苏州市星湖街328号，SF1234567890123", [{**ZHANG}]),
    "reply-header": ("在 2025年3月5日，张三 <zs@hd.com> 写道：\n> 请报价\n> 谢谢", [{"name": "张三", "email": "zs@hd.com"}]),
    "web-contact": ("联系我们\n公司地址：苏州市星湖街328号\n联系电话：0512-66880001\n传真：0512-66880002\n邮箱：info@hd.com\n联系人：张三 经理\n"
                    "公司名称：苏州恒达科技有限公司", [{"firm": HENGDA, "email": "info@hd.com"}]),
}  # fmt: skip
