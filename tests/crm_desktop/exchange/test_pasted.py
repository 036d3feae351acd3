"""What people copy from a sheet, a chat or an e-mail and paste: read like a file that held it."""

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.errors import UserError
from crm_desktop.exchange import headings, pasted, tables, words


def pasted_rows(text):
    [sheet] = pasted.read(text)
    return sheet.rows


def first(text):
    heading, *rows = pasted_rows(text)
    return {name: cell for name, cell in zip(heading, rows[0], strict=True) if cell}


@pytest.mark.parametrize(
    "text",
    [
        "张三 13812345678 江苏省苏州市工业园区星湖街328号3栋502室",
        "13812345678，张三，江苏省苏州市工业园区星湖街328号3栋502室",
        "江苏省苏州市工业园区星湖街328号3栋502室\n张三\n13812345678",
        "姓 名：张三\n电  话：13812345678\n地址：江苏省苏州市工业园区星湖街328号3栋502室",
        "江苏省苏州市工业园区星湖街328号3栋502室（张三收）13812345678",
        "收件人: 张三 手机号码: 13812345678 所在地区: 江苏省苏州市工业园区 详细地址: 星湖街328号3栋502室",
    ],
)
def test_a_contact_from_a_chat_is_a_name_a_phone_and_an_address_in_any_order(text):
    assert first(text) == {
        "姓名": "张三",
        "电话": "13812345678",
        "地址": "江苏省苏州市工业园区星湖街328号3栋502室",
    }


def test_several_contacts_may_stand_one_a_line_or_parted_by_blank_lines():
    lines = pasted_rows("1. 张三 13812345678 苏州市\n2. 王总 0512-66880001转8 恒达公司")
    assert lines == [
        ["姓名", "公司", "电话", "地址"],
        ["张三", None, "13812345678", "苏州市"],
        ["王总", "恒达公司", "0512-66880001转8", None],
    ]
    blocks = pasted_rows("欧阳锋\n13812345678\n\n司马光\n13912345678")
    assert blocks[1:] == [["欧阳锋", "13812345678"], ["司马光", "13912345678"]]
    labelled = pasted_rows("姓名：张三\n电话：13812345678\n姓名：李四\n电话：13912345678")
    assert labelled[1:] == [["张三", "13812345678"], ["李四", "13912345678"]]


def test_a_signature_of_an_e_mail_gives_job_firm_phones_and_address():
    text = (
        "张三\n销售经理\n苏州恒达科技有限公司\n手机：138 1234 5678\n电话：0512-66880001\n"
        "邮箱：zs@hd.com\n地址：苏州市星湖街8号"
    )
    assert first(text) == {
        "姓名": "张三", "公司": "苏州恒达科技有限公司", "职务": "销售经理",
        "电话": "138 1234 5678、0512-66880001", "邮箱": "zs@hd.com", "地址": "苏州市星湖街8号",
    }  # fmt: skip


INVOICE = {
    "公司名称": "苏州恒达科技有限公司",
    "统一社会信用代码": "91320594MA1M0000X0",
    "地址电话": "苏州市星湖街328号 0512-66880001",
    "开户行": "中国工商银行苏州园区支行",
    "银行账号": "1102020109000012345",
}


@pytest.mark.parametrize(
    "text",
    [
        "名称：苏州恒达科技有限公司\n税号：91320594MA1M0000X0\n地址电话：苏州市星湖街328号 0512-66880001\n"
        "开户行账号：中国工商银行苏州园区支行 1102 0201 0900 0012 345",
        "苏州恒达科技有限公司\n91320594MA1M0000X0\n苏州市星湖街328号 0512-66880001\n"
        "中国工商银行苏州园区支行 1102020109000012345",
        "【单位名称】苏州恒达科技有限公司\n【纳税人识别号】 91320594ma1m0000x0\n"
        "地址 苏州市星湖街328号\n电话 0512-66880001\n"
        "开户银行 中国工商银行苏州园区支行\n银行账户 1102020109000012345",
        "开票信息：\n名称:苏州恒达科技有限公司 税号:91320594MA1M0000X0 地址:苏州市星湖街328号 电话:0512-66880001 "
        "开户行:中国工商银行苏州园区支行 账号:1102020109000012345",
    ],
)
def test_an_invoice_title_is_a_customer_with_tax_number_and_bank(text):
    if "【" in text:
        text = text.replace("】苏", "】：苏").replace("】 9", "】：9")
    assert first(text) == INVOICE


def test_a_contact_above_an_invoice_title_loses_nothing_of_it():
    firm = first("张三 13812345678\n名称：苏州明基有限公司\n税号：91320594MA1MABCD1X\n"
                 "地址电话：苏州市星湖街1号 0512-66880000\n开户行账号：工行苏州分行 1102020000001")  # fmt: skip
    assert (firm["公司名称"], firm["开户行"], firm["银行账号"]) == ("苏州明基有限公司", "工行苏州分行", "1102020000001")
    assert "13812345678" in firm["地址电话"]
    assert "星湖街1号" in firm["地址电话"]


@pytest.mark.parametrize(
    "text",
    [
        "姓名\t手机\t公司\r\n张三\t13812345678\t恒达公司\r\n",
        "姓名,手机,公司\n张三,13812345678,恒达公司",
        "姓名  手机  公司\n张三  13812345678  恒达公司",
        "| 姓名 | 手机 | 公司 |\n|---|:-:|---|\n| 张三 | 13812345678 | 恒达公司 |",
        "姓名，手机，公司\n张三，13812345678，恒达公司",
    ],
)
def test_a_table_is_read_whatever_parts_its_columns(text):
    assert pasted_rows(text)[:2] == [["姓名", "手机", "公司"], ["张三", "13812345678", "恒达公司"]]


def test_line_breaks_inside_cells_of_a_copied_table_stay_in_their_cell():
    assert pasted_rows('姓名\t备注\n张三\t"第一行\n第二行"') == [["姓名", "备注"], ["张三", "第一行\n第二行"]]


def test_a_copied_address_card_is_read():
    assert first("BEGIN:VCARD\nFN:张三\nTEL:13812345678\nEND:VCARD") == {"Name": "张三", "Phones": "13812345678"}


@pytest.mark.parametrize("text", ["", " \n\t", "今天天气不错，我们去吃饭吧", "hello world", "\0\0"])
def test_text_without_anything_to_import_is_refused_with_a_sentence(text):
    with pytest.raises(UserError, match=r"no text to paste|No table, contact or invoice title"):
        pasted.read(text)


def test_what_was_pasted_is_recognised_like_a_list():
    contact, invoice = (
        headings.recognise(tables.find_tables(pasted.read(text), words.known)[0])
        for text in (
            "张三 13812345678 恒达公司",
            "名称：甲公司\n税号：91320594MA1M0000X0\n开户行及账号：工行 1102020109000012",
        )
    )
    assert (contact.kind, invoice.kind) == ("customers", "customers")
    assert contact.not_imported() == invoice.not_imported() == []


PIECES = [
    "张三",
    "13812345678",
    "\n",
    "\t",
    "：",
    "名称：",
    "税号：",
    "江苏省苏州市",
    "有限公司",
    "收",
    "|",
    ",",
    "  ",
    '"',
    "地址",
]


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=40).map("".join))
def test_any_text_is_read_or_refused_with_a_sentence(text):
    with suppress(UserError):
        [sheet] = pasted.read(text)
        assert sheet.rows


@pytest.mark.parametrize("piece", ["张三 ", "0512-", "1 ", "地址：", "路", "(", "a.", '\t"', "名称", "1102 0201 "])
def test_no_text_takes_long(piece):
    start = time.process_time()
    line = piece * (900 // len(piece))
    with suppress(UserError):
        pasted.read("\n".join([line] * 200))
    assert time.process_time() - start < 10
