"""Recipes of address cards as phones and address books export them, quirks and all."""

import base64
import quopri

from .recipes import recipe, text


def quoted(words, encoding="utf-8", width=72):
    """A value in quoted-printable, broken into lines as phones break it."""
    coded = "".join(f"={byte:02X}" for byte in words.encode(encoding))
    pieces = [coded[at : at + width] for at in range(0, len(coded), width)]
    return "=\r\n".join(pieces)


ZHANG = {"contact.name": "张伟", "contact.phones": "13800000001"}


@recipe("iphone.vcf")
def an_iphone(path):
    picture = base64.encodebytes(b"x" * 300).decode().replace("\n", "\r\n ").rstrip()
    text(path, "BEGIN:VCARD\r\nVERSION:3.0\r\nPRODID:-//Apple Inc.//iPhone OS 17.4//EN\r\nN:张;伟;;;\r\nFN:张伟\r\n"
         "ORG:杭州天成机电有限公司;采购部\r\nTITLE:采购经理\r\nTEL;type=CELL;type=VOICE;type=pref:138 0000 0001\r\n"
         "item1.TEL:0571-8888 6666\r\nitem1.X-ABLabel:办公室\r\nitem2.EMAIL;type=INTERNET;type=pref:zw@tc.com\r\n"
         "item2.X-ABLabel:_$!<Other>!$_\r\nitem3.ADR;type=WORK;type=pref:;;文三路1号;杭州市;浙江省;310012;中国\r\n"
         "BDAY;X-APPLE-OMIT-YEAR=1604:1604-08-15\r\n"
         f"PHOTO;ENCODING=b;TYPE=JPEG:{picture}\r\nNOTE:老客户\\, 要开票\\n每月结算\r\nEND:VCARD\r\n")  # fmt: skip
    return [("contacts", [{
        **ZHANG, "contact.phones": "13800000001, 0571-88886666", "customer.name": "杭州天成机电有限公司", "position.job": "采购经理",
        "contact.email": "zw@tc.com", "contact.birthday": "--08-15", "contact.remarks": "老客户, 要开票\n每月结算",
        "contact.address": "浙江省杭州市文三路1号",
    }])]  # fmt: skip


@recipe("android-21.vcf")
def an_android_in_quoted_printable(path):
    cards = "".join(
        f"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{quoted(name[0])};{quoted(name[1:])};;;\r\n"
        f"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{quoted(name)}\r\nTEL;CELL:{phone}\r\n"
        f"NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{quoted('第一行' * 12)}\r\nEND:VCARD\r\n"
        for name, phone in (("张伟", "13800000001"), ("欧阳娜娜", "+86 138-0000-0002"))
    )
    text(path, cards)
    return [("contacts", [
        {**ZHANG, "contact.remarks": "第一行" * 12}, {"contact.name": "欧阳娜娜", "contact.phones": "13800000002"},
    ])]  # fmt: skip


@recipe("old-nokia-gbk.vcf")
def an_old_phone_in_gbk(path):
    text(path, "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=GB2312;ENCODING=QUOTED-PRINTABLE:"
         f"{quoted('张伟', 'gbk')}\r\nTEL;CELL;VOICE:13800000001\r\nORG;CHARSET=GB2312;ENCODING=QUOTED-PRINTABLE:"
         f"{quoted('杭州天成机电有限公司', 'gbk', 30)}\r\nEND:VCARD\r\n")  # fmt: skip
    return [("contacts", [{**ZHANG, "customer.name": "杭州天成机电有限公司"}])]


@recipe("outlook-gb2312.vcf")
def outlook_without_a_word_about_its_encoding(path):
    text(path, "BEGIN:VCARD\r\nVERSION:2.1\r\nX-MS-SIGNATURE:YES\r\nN;LANGUAGE=zh-cn:张;伟\r\nFN:张伟\r\n"
         "ORG:杭州天成机电有限公司\r\nTEL;WORK;VOICE:(0571) 88886666\r\nTEL;CELL;VOICE:13800000001\r\n"
         "ADR;WORK;PREF:;;文三路1号;杭州市;浙江省;310012;中华人民共和国\r\nREV:20240305T101112Z\r\nEND:VCARD\r\n", "gb18030")  # fmt: skip
    return [
        (
            "contacts",
            [
                {
                    "contact.name": "张伟",
                    "contact.phones": "0571-88886666, 13800000001",
                    "customer.name": "杭州天成机电有限公司",
                }
            ],
        )
    ]


@recipe("version-4.vcf")
def version_four(path):
    text(path, "BEGIN:VCARD\nVERSION:4.0\nKIND:individual\nFN:张伟\nN:张;伟;;;\nORG:杭州天成机电有限公司\n"
         "TEL;VALUE=uri;PREF=1;TYPE=\"voice,cell\":tel:+86-138-0000-0001\nBDAY:--0815\nEMAIL;TYPE=work:zw@tc.com\n"
         "IMPP:wechat:zhang_wei\nNOTE:一条很长的说明，\n 折成了两行\nEND:VCARD\n"
         "BEGIN:VCARD\nVERSION:4.0\nKIND:group\nFN:同事\nMEMBER:urn:uuid:x\nEND:VCARD\n")  # fmt: skip
    return [("contacts", [
        {**ZHANG, "contact.birthday": "--08-15", "contact.wechat": "zhang_wei", "contact.remarks": "一条很长的说明，折成了两行"},
    ])]  # fmt: skip


@recipe("xiaomi-utf16.vcf")
def a_utf_16_file(path):
    text(
        path,
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:张伟\r\nTEL;TYPE=CELL:13800000001\r\nX-WECHAT:zw_1\r\nEND:VCARD\r\n",
        "utf-16",
    )
    return [("contacts", [{**ZHANG, "contact.wechat": "zw_1"}])]


@recipe("business-card-app.vcf")
def a_card_scanned_by_an_app(path):
    note = quopri.encodestring("由名片全能王创建".encode()).decode().replace("\n", "")
    text(path, "begin:vcard\nversion:3.0\nfn:张伟\norg:杭州天成机电有限公司\ntitle:采购经理;总监\ntel;type=cell:13800000001\n"
         "tel;type=fax,work:0571-88886667\nurl:www.tc.com\nadr;type=work:;;浙江省杭州市文三路1号;;;;\n"
         f"note;encoding=quoted-printable:{note}\nend:vcard\n")  # fmt: skip
    return [("contacts", [{
        **ZHANG, "contact.phones": "13800000001, 0571-88886667", "customer.name": "杭州天成机电有限公司",
        "contact.remarks": "由名片全能王创建",
    }])]  # fmt: skip


@recipe("without-ends.vcf")
def cards_without_their_ends(path):
    text(
        path,
        "BEGIN:VCARD\nFN:张伟\nTEL:13800000001\nBEGIN:VCARD\nFN:李娜\nTEL:13800000002\n\n\nBEGIN:VCARD\nN:王;强\nTEL:abc\n",
    )
    return [("contacts", [ZHANG, {"contact.name": "李娜", "contact.phones": "13800000002"}, {"contact.name": "王强"}])]
