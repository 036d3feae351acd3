"""Recipes of address cards of still other phones, clouds and mail programs."""

import base64

from .phones import quoted
from .recipes import recipe, text

_PICTURE = base64.encodebytes(bytes(range(256)) * 3).decode()


@recipe("iphone-groups.vcf")
def an_iphone_with_labels_of_its_own(path):
    text(path, "BEGIN:VCARD\r\nVERSION:3.0\r\nPRODID:-//Apple Inc.//iPhone OS 18.1//EN\r\nN:李;娜;;;\r\nFN:\r\n"
         "ORG:苏州恒达科技有限公司;市场部;华东区;\r\nTITLE:市场总监\r\n"
         "item1.TEL;type=pref:+86 139 0000 0002\r\nitem1.X-ABLabel:_$!<Mobile>!$_\r\n"
         "item2.TEL:0512-6666 8888,801\r\nitem2.X-ABLabel:前台\r\n"
         "item3.URL;type=pref:https://www.hd.com\r\nitem3.X-ABLabel:_$!<HomePage>!$_\r\n"
         "item4.ADR;type=WORK;type=pref:;;星湖街2号\\n3栋502室;苏州市;江苏省;215000;中国\r\nitem4.X-ABADR:cn\r\n"
         "X-SOCIALPROFILE;type=weixin;x-user=lina_2:x-apple:lina_2\r\n"
         "IMPP;X-SERVICE-TYPE=QQ;type=HOME;type=pref:x-apple:12345678\r\nBDAY;value=date:1985-03-05\r\n"
         "NOTE:第一行\\n第二行\\; 分号\\, 逗号\r\nREV:2025-03-05T09:12:33Z\r\nEND:VCARD\r\n"
         "BEGIN:VCARD\r\nVERSION:3.0\r\nN:;;;;\r\nFN:深圳鼎盛电子有限公司\r\nORG:深圳鼎盛电子有限公司;\r\n"
         "TEL;type=WORK;type=VOICE:0755-26668888\r\nX-ABShowAs:COMPANY\r\nEND:VCARD\r\n")  # fmt: skip
    return [("contacts", [
        {"contact.name": "李娜", "contact.phones": "13900000002, 0512-66668888-801", "customer.name": "苏州恒达科技有限公司",
         "position.department": "市场部 华东区", "position.job": "市场总监", "contact.address": "江苏省苏州市星湖街2号 3栋502室",
         "contact.birthday": "1985-03-05", "contact.wechat": "lina_2", "contact.qq": "12345678",
         "contact.remarks": "第一行\n第二行; 分号, 逗号"},
        {"customer.name": "深圳鼎盛电子有限公司", "contact.phones": "0755-26668888"},
    ])]  # fmt: skip


@recipe("huawei.vcf")
def a_huawei_with_a_picture(path):
    picture = "\r\n".join(f" {line}" for line in _PICTURE.split("\n") if line)
    nick = quoted("娜姐")
    text(path, "BEGIN:VCARD\r\nVERSION:2.1\r\n"
         f"N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{quoted('李')};{quoted('娜')};;;\r\n"
         f"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{quoted('李娜')}\r\n"
         f"X-ANDROID-CUSTOM;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:vnd.android.cursor.item/nickname;{nick};1;;;;;;;;;;;;;\r\n"
         "TEL;CELL;PREF:139 0000 0002\r\nTEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,"
         f"{quoted('小号')}):13700000002\r\nTEL;WORK;FAX:0512-66668889\r\nEMAIL;WORK:lina@hd.com\r\n"
         f"ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{quoted('苏州恒达科技有限公司')};{quoted('市场部')}\r\n"
         f"ADR;WORK;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:;;{quoted('苏州市星湖街2号')};;;;\r\n"
         f"NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{quoted('要发票')}=0A{quoted('周末勿扰')}\r\n"
         f"BDAY:1985-03-05\r\nPHOTO;ENCODING=BASE64;JPEG:{picture}\r\n\r\nEND:VCARD\r\n")  # fmt: skip
    return [("contacts", [{
        "contact.name": "李娜", "contact.phones": "13900000002, 13700000002, 0512-66668889", "contact.email": "lina@hd.com",
        "customer.name": "苏州恒达科技有限公司", "position.department": "市场部", "contact.address": "苏州市星湖街2号",
        "contact.remarks": "要发票\n周末勿扰", "contact.birthday": "1985-03-05",
    }])]  # fmt: skip


@recipe("qq-sync.vcf")
def a_sync_program_in_gbk(path):
    text(path, "BEGIN:VCARD\nVERSION:2.1\nN:李娜\nFN:李娜\nTEL;CELL:13900000002\nTEL;HOME:0512-66668888\n"
         "ORG:苏州恒达科技有限公司\nTITLE:市场总监\nNOTE:同学介绍\nEND:VCARD\n\n"
         "BEGIN:VCARD\nVERSION:2.1\nN:;王强;;;\nTEL;CELL:13800000003\nEND:VCARD\n", "gbk")  # fmt: skip
    return [("contacts", [
        {"contact.name": "李娜", "contact.phones": "13900000002, 0512-66668888", "position.job": "市场总监", "contact.remarks": "同学介绍"},
        {"contact.name": "王强", "contact.phones": "13800000003"},
    ])]  # fmt: skip


@recipe("fastmail-4.vcf")
def version_four_with_everything(path):
    text(path, "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1\r\nFN;PREF=1:Mary O’Brien\r\n"
         "N:O’Brien;Mary;Anne;Dr.;Jr.\r\nGENDER:F\r\nLANG;PREF=1:en\r\nORG;SORT-AS=\"Pacific\":Pacific Tools\\, Inc.;Purchasing\r\n"
         "TITLE:Senior Buyer\r\nROLE:Purchasing\r\nTEL;VALUE=uri;PREF=1;TYPE=\"cell,text\":tel:+1-212-555-0100\r\n"
         "TEL;VALUE=uri;PREF=2;TYPE=work:tel:+1-212-555-0199;ext=12\r\nEMAIL;PREF=1;TYPE=work:mary@pt.com\r\nEMAIL;PREF=2:mary@home.org\r\n"
         "ADR;TYPE=work;LABEL=\"5 Main St\\nNew York, NY: USA\":;;5 Main St;New York;NY;10001;USA\r\n"
         "BDAY:19850305T000000Z\r\nANNIVERSARY:20100612\r\nURL:https://pt.com\r\nPHOTO:data:image/jpeg;base64,AAAA\r\n"
         "NOTE:Prefers\r\n  e-mail\r\nCATEGORIES:Buyers,US\r\nEND:VCARD\r\n")  # fmt: skip
    return [("contacts", [{
        "contact.name": "Mary O’Brien", "customer.name": "Pacific Tools, Inc.", "position.department": "Purchasing",
        "position.job": "Senior Buyer", "contact.email": "mary@pt.com", "contact.birthday": "1985-03-05",
        "contact.phones": "+12125550100, +12125550199", "contact.remarks": "Prefers e-mail",
        "contact.address": "5 Main St, New York, NY, USA",
    }])]  # fmt: skip


@recipe("outlook-us.vcf")
def outlook_with_lines_in_its_address(path):
    text(path, "BEGIN:VCARD\r\nVERSION:2.1\r\nX-MS-SIGNATURE:YES\r\nN;LANGUAGE=en-us:Li;Bob;;Mr.\r\nFN:Mr. Bob Li\r\nORG:Lone Star Supply LLC;Sales\r\n"
         "TITLE:Owner\r\nTEL;WORK;VOICE:(512) 555-0123\r\nTEL;CELL;VOICE:\r\nTEL;WORK;FAX:\r\n"
         "ADR;WORK;PREF;ENCODING=QUOTED-PRINTABLE:;;7 Oak Ave=0D=0ASuite 3;Austin;TX;78701;United States of America\r\n"
         "LABEL;WORK;PREF;ENCODING=QUOTED-PRINTABLE:7 Oak Ave=0D=0A=\r\nSuite 3=0D=0A=\r\nAustin, TX  78701\r\n"
         "X-MS-OL-DEFAULT-POSTAL-ADDRESS:2\r\nURL;WORK:http://lonestar.example\r\nEMAIL;PREF;INTERNET:bob@ls.com\r\n"
         "X-MS-CARDPICTURE;TYPE=JPEG;ENCODING=BASE64:\r\n AAAA\r\n\r\nREV:20250305T091233Z\r\nEND:VCARD\r\n")  # fmt: skip
    return [("contacts", [{
        "contact.name": "Bob Li", "customer.name": "Lone Star Supply LLC", "contact.email": "bob@ls.com", "position.job": "Owner",
        "contact.phones": "+15125550123", "contact.address": "7 Oak Ave Suite 3, Austin, TX, United States of America",
    }])]  # fmt: skip


@recipe("xiaomi-twice.vcf")
def the_same_person_on_several_cards(path):
    card = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:李;娜;;;\r\nFN:李娜\r\nTEL;TYPE=CELL:{}\r\n{}END:VCARD\r\n"
    text(path, card.format("139-0000-0002", "EMAIL:lina@hd.com\r\n") + card.format("+8613900000002", "ORG:苏州恒达科技有限公司\r\n")
         + card.format("13900000002", "NICKNAME:娜姐\r\n"))  # fmt: skip
    return [("contacts", [
        {"contact.name": "李娜", "contact.phones": "13900000002", "contact.email": "lina@hd.com"},
        {"contact.name": "李娜", "contact.phones": "13900000002", "customer.name": "苏州恒达科技有限公司"},
        {"contact.name": "李娜", "contact.phones": "13900000002"},
    ])]  # fmt: skip


@recipe("names-only.vcf")
def cards_with_next_to_nothing(path):
    text(path, "BEGIN:VCARD\nVERSION:3.0\nN:欧阳;娜娜\nTEL:13900000002\nEND:VCARD\n"
         "BEGIN:VCARD\nVERSION:3.0\nFN: \nNICKNAME:老王\nTEL:13800000003\nEND:VCARD\n"
         "BEGIN:VCARD\nVERSION:3.0\nFN:13700000004\nTEL:13700000004\nEND:VCARD\n"
         "BEGIN:VCARD\nVERSION:3.0\nEMAIL:bob@ls.com\nEND:VCARD\n")  # fmt: skip
    return [("contacts", [
        {"contact.name": "欧阳娜娜", "contact.phones": "13900000002"},
        {"contact.name": "老王", "contact.phones": "13800000003"},
        {"contact.name": "13700000004", "contact.phones": "13700000004"},
        {"contact.name": "bob@ls.com", "contact.email": "bob@ls.com"},
    ])]  # fmt: skip


@recipe("nokia-photo.vcf")
def a_nokia_whose_picture_is_not_indented(path):
    picture = "\r\n".join(line for line in _PICTURE.split("\n") if line)
    text(path, "BEGIN:VCARD\r\nVERSION:2.1\r\n"
         f"N;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:{quoted('李')};{quoted('娜')}\r\n"
         "TEL;PREF;VOICE:13900000002\r\nTEL;HOME;VOICE:051266668888\r\n"
         f"PHOTO;TYPE=JPEG;ENCODING=BASE64:\r\n{picture}\r\n\r\n"
         f"NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:{quoted('生日送花')}\r\nEND:VCARD\r\n")  # fmt: skip
    return [
        (
            "contacts",
            [{"contact.name": "李娜", "contact.phones": "13900000002, 0512-66668888", "contact.remarks": "生日送花"}],
        )
    ]


@recipe("with-agent.vcf")
def a_card_inside_a_card(path):
    text(path, "BEGIN:VCARD\nVERSION:3.0\nFN:李娜\nORG:苏州恒达科技有限公司\nTEL:13900000002\n"
         "AGENT:BEGIN:VCARD\\nVERSION:3.0\\nFN:秘书小周\\nTEL:13800000009\\nEND:VCARD\\n\nTITLE:市场总监\nEND:VCARD\n")  # fmt: skip
    return [("contacts", [{"contact.name": "李娜", "contact.phones": "13900000002", "position.job": "市场总监"}])]


@recipe("emoji-names.vcf")
def names_with_pictures_and_notes(path):
    text(path, "BEGIN:VCARD\r\nVERSION:3.0\r\nN:;🌸李娜🌸;;;\r\nFN:🌸李娜🌸\r\nTEL;TYPE=CELL:139 0000 0002\r\nEND:VCARD\r\n"
         "BEGIN:VCARD\r\nVERSION:3.0\r\nN:A甲公司张三采购;;;;\r\nFN:A甲公司张三采购\r\nTEL;TYPE=CELL:13800000001\r\nTEL;TYPE=CELL:13700000001\r\n"
         "TEL;TYPE=OTHER:95588\r\nEND:VCARD\r\n")  # fmt: skip
    return [("contacts", [
        {"contact.name": "🌸李娜🌸", "contact.phones": "13900000002"},
        {"contact.name": "A甲公司张三采购"},
    ])]  # fmt: skip


@recipe("outlook-gbk-quoted.vcf")
def outlook_in_chinese(path):
    def q(words):
        return quoted(words, "gbk", 60)

    text(path, "BEGIN:VCARD\r\nVERSION:2.1\r\n"
         f"N;LANGUAGE=zh-cn;CHARSET=gb2312;ENCODING=QUOTED-PRINTABLE:{q('王')};{q('强')};;{q('先生')}\r\n"
         f"FN;CHARSET=gb2312;ENCODING=QUOTED-PRINTABLE:{q('王强先生')}\r\n"
         f"ORG;CHARSET=gb2312;ENCODING=QUOTED-PRINTABLE:{q('深圳鼎盛电子有限公司')};{q('采购部')}\r\n"
         f"TITLE;CHARSET=gb2312;ENCODING=QUOTED-PRINTABLE:{q('经理')}\r\nTEL;WORK;VOICE:+86 (755) 2666-8888\r\nTEL;CELL;VOICE:13800000003\r\n"
         f"ADR;WORK;PREF;CHARSET=gb2312;ENCODING=QUOTED-PRINTABLE:;;{q('深南大道3号')};{q('深圳')};{q('广东')};518000;{q('中国')}\r\n"
         "EMAIL;PREF;INTERNET:wq@ds.com\r\nBDAY:19790405\r\nREV:20250305T091233Z\r\nEND:VCARD\r\n", "gbk")  # fmt: skip
    return [("contacts", [{
        "contact.name": "王强先生", "customer.name": "深圳鼎盛电子有限公司", "position.department": "采购部", "position.job": "经理",
        "contact.phones": "0755-26668888, 13800000003", "contact.address": "广东深圳深南大道3号", "contact.birthday": "1979-04-05",
    }])]  # fmt: skip
