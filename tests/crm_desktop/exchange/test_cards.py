"""vCards as phones write them."""

import base64
import json
import quopri
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.exchange import cards, reading

SAMPLES = Path(__file__).parents[2] / "samples"


def card(*lines, encoding="utf-8"):
    return cards.parse("\r\n".join(["BEGIN:VCARD", *lines, "END:VCARD", ""]).encode(encoding))


def test_the_sample_of_three_versions():
    expected = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))["名片.vcf"]
    found = cards.parse((SAMPLES / "名片.vcf").read_bytes())
    assert [{"name": each["name"], "mobile": each["phones"][0]["number"]} for each in found] == expected["rows"]
    assert found[1]["note"] == "第一行\n第二行, 带逗号"
    assert (found[1]["birthday"], found[2]["birthday"]) == ("1980-08-11", "--08-15")
    assert found[1]["address"] == "江苏省无锡创业路1号"


def test_quoted_printable_in_gbk_over_several_lines():
    coded = quopri.encodestring("南京锦程贸易有限公司".encode("gbk")).decode().replace("=\n", "")
    half = len(coded) // 6 * 3
    [found] = card("VERSION:2.1", "N:x", f"ORG;CHARSET=GBK;ENCODING=QUOTED-PRINTABLE:{coded[:half]}=", coded[half:])
    assert found["org"] == "南京锦程贸易有限公司"


def test_a_character_set_that_is_declared_wrongly_does_not_spoil_the_name():
    [found] = card("FN;CHARSET=GBK:李明朗", encoding="utf-8")
    assert found["name"] == "李明朗"
    [found] = card("FN:李明朗", encoding="gb18030")
    assert found["name"] == "李明朗"


def test_folded_lines_and_a_note_continued_without_indent():
    [found] = card("FN:Li", " Ming", "NOTE:first", "second line", "TEL:13800001234")
    assert (found["name"], found["note"]) == ("LiMing", "first\nsecond line")
    assert found["phones"] == [{"type": "mobile", "number": "13800001234"}]


def test_one_bad_card_does_not_lose_the_others():
    bad = b"BEGIN:VCARD\n\xff\xfe\x00::;;\nEND:VCARD\n"
    data = b"BEGIN:VCARD\nFN:A\nTEL:13800001234\n" + bad + b"BEGIN:VCARD\nFN:B\nEND:VCARD\n"
    assert [each["name"] for each in cards.parse(data)] == ["A", "B"]


def test_what_cannot_be_read_is_kept_in_the_note():
    [found] = card("FN:A", "TEL:ask him", "BDAY:in spring", "NOTE:x")
    assert found == {"name": "A", "note": "ask him\nin spring\nx"}


def test_the_usual_fields():
    [found] = card(
        "N:Smith;John;;;", "ORG:Acme;Sales", "TITLE:Manager", "item1.EMAIL;TYPE=INTERNET:a@b.com", "EMAIL:c@d.com",
        "TEL;TYPE=WORK,FAX:0571-66880001", "TEL;TYPE=CELL:138 0000 1234", "X-WECHAT:lm_8", "URL:www.acme.com",
        "BDAY:1980-08-11T00:00:00Z", "ADR;TYPE=HOME:;;1 Main St;Springfield;;12345;USA",
        "PHOTO;ENCODING=b;TYPE=JPEG:" + base64.b64encode(b"x" * 90).decode(), "TEL;TYPE=CELL:13800001234",
    )  # fmt: skip
    assert found == {
        "name": "John Smith", "org": "Acme", "department": "Sales", "title": "Manager", "emails": ["a@b.com",
        "c@d.com"],
        "phones": [{"type": "fax", "number": "0571-66880001"}, {"type": "mobile", "number": "13800001234"}],
        "wechat": "lm_8", "url": "www.acme.com", "birthday": "1980-08-11", "address": "1 Main St, Springfield, USA",
    }  # fmt: skip


def test_as_a_sheet_row_one_is_the_first_card():
    [sheet] = reading.read(SAMPLES / "名片.vcf")
    assert (sheet.first_row, len(sheet.rows)) == (0, 7)
    assert sheet.rows[1][:2] == ["陈明", "宁波海纳医疗器械有限公司"]


LINES = st.lists(st.one_of(st.text(max_size=30), st.builds("{}{}:{}".format, st.sampled_from(
    ["FN", "N", "TEL", "ADR", "BDAY", "NOTE", "ORG", "EMAIL"]), st.sampled_from(["", ";CHARSET=GBK",
     ";ENCODING=QUOTED-PRINTABLE"]),
    st.text(max_size=20))), max_size=6)  # fmt: skip


@given(LINES, st.sampled_from(["utf-8", "gb18030", "utf-16"]))
def test_any_card_is_read_without_trouble(lines, encoding):
    cards.parse("\n".join(["BEGIN:VCARD", *lines, "END:VCARD"]).encode(encoding, "replace"))


@given(st.text("李明abc ", min_size=1).map(str.strip).filter(bool))
def test_a_name_comes_back_whole(name):
    [found] = card(f"FN:{name}")
    assert found["name"] == " ".join(name.split())


@pytest.mark.parametrize("data", [b"", b"BEGIN:VCARD", b"END:VCARD\nBEGIN:VCARD\nEND:VCARD"])
def test_a_file_without_cards_gives_none(data):
    assert cards.parse(data) == []


def test_a_damaged_name_of_an_encoding_does_not_lose_the_card():
    [card] = cards.parse("BEGIN:VCARD\nFN;CHARSET=\0GBK:张三\nTEL:13800000001\nEND:VCARD\n".encode())
    assert card["name"] == "张三"


def test_a_pause_before_an_extension_is_no_second_number():
    [card] = cards.parse(b"BEGIN:VCARD\nFN:x\nTEL:0512-6666 8888,801\nTEL:+1-212-555-0199;ext=12\nEND:VCARD\n")
    assert [phone["number"] for phone in card["phones"]] == ["0512-66668888-801", "+12125550199"]
    assert card["phones"][1]["note"] == "转12"
