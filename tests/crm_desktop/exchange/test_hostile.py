"""Files that are no lists, or more than they seem: read, or refused with a sentence that says what to do."""

import io
import re
import struct
import zipfile

import openpyxl
import pytest

from crm_desktop.errors import UserError
from crm_desktop.exchange import importing, reading

from .corpus.foreign import LISTS

HEAD = ["客户名称", "联系人", "手机", "地址"]
FIRM = ["甲公司", "张三", "13800000001", "文三路1号"]


def zipped(members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def old_office(stream):
    """An old Office file as far as its kind can be told: the name of a stream in it."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    return head + b"\0" * 1000 + stream.encode("utf-16-le") + b"\0" * 1000


NO_LISTS = {
    "清单.numbers": (zipped({"Index/Document.iwa": b"x", "preview.jpg": b"x"}), "Numbers.*Export To"),
    "改名.xlsx": (zipped({"Index/Document.iwa": b"x"}), "Numbers.*Export To"),
    "介绍.pptx": (zipped({"ppt/presentation.xml": "<a/>"}), "presentation"),
    "介绍.ppt": (old_office("PowerPoint Document"), "presentation"),
    "信.docx": (zipped({"word/document.xml": "<a/>"}), "text document"),
    "信.wps": (old_office("WordDocument"), "text document"),
    "信.odt": (zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}), "text document"),
    "邮件.msg": (old_office("__nameid_version1.0"), "not a list"),
    "加密.xlsx": (old_office("EncryptedPackage"), "password"),
    "照片.heic": (b"\0\0\0\x2cftypmif1" + b"\0" * 100, "picture"),
    "录像.mp4": (b"\0\0\0\x20ftypisom" + b"\0" * 100, "not a list"),
    "~$客户.xlsx": (b"\x05admin" + b" " * 49 + b"\x05\0a\0d\0m\0i\0n\0" + b"\0" * 90, r"without ~\$"),
    "数据.json": ('[{"客户名称":"甲公司"}]'.encode(), "JSON"),
    "压缩.rar": (b"Rar!\x1a\x07\x01\0" + b"x" * 100, "Unpack"),
}


@pytest.mark.parametrize("name", NO_LISTS)
def test_what_is_no_list_is_refused_with_what_to_do(tmp_path, name):
    content, sentence = NO_LISTS[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UserError, match=sentence):
        reading.read(tmp_path / name)


@pytest.fixture
def workbook(tmp_path):
    """Make a workbook, its parts changed: `workbook(part=change)`."""

    def make(change, rows=(HEAD, FIRM)):
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        stream = io.BytesIO()
        book.save(stream)
        with zipfile.ZipFile(stream) as source:
            parts = {name: change(name, source.read(name)) for name in source.namelist()}
        (tmp_path / "list.xlsx").write_bytes(zipped(parts))
        return tmp_path / "list.xlsx"

    return make


def test_a_number_of_texts_that_cannot_be_does_not_end_the_program(tmp_path):
    with zipfile.ZipFile(LISTS / "pandas-index.xlsx") as source:
        parts = {name: source.read(name) for name in source.namelist()}
    texts = "xl/sharedStrings.xml"
    parts[texts] = re.sub(rb'uniqueCount="\d+"', b'uniqueCount="4294967295"', parts[texts])
    assert b"4294967295" in parts[texts]
    (tmp_path / "list.xlsx").write_bytes(zipped(parts))
    with pytest.raises(UserError, match="damaged"):
        reading.read(tmp_path / "list.xlsx")


def test_one_sign_far_below_the_list_is_said_to_be_there(workbook):
    far = b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    path = workbook(lambda _name, part: part.replace(b"</sheetData>", far))
    with pytest.raises(UserError, match="far below"):
        reading.read(path)


def test_formats_down_to_the_last_row_are_no_rows(workbook):
    formats = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (n, n) for n in range(4, 400_001))
    path = workbook(lambda _name, part: part.replace(b"</sheetData>", formats + b"</sheetData>"))
    [sheet] = reading.read(path)
    assert sheet.rows == [HEAD, FIRM]


def test_the_date_system_of_a_mac_is_counted_from_1904(workbook):
    system = (b"<workbookPr", b'<workbookPr date1904="1"')
    path = workbook(lambda name, part: part.replace(*system) if name == "xl/workbook.xml" else part)
    assert reading.read(path)[0].rows == [HEAD, FIRM]


def test_names_abroad_keep_their_letters(tmp_path):
    path = tmp_path / "abroad.csv"
    path.write_bytes("Company,Contact,City\nMüller GmbH,Jörg Weiß,Köln\nGarçon SA,Éric,Orléans\n".encode("cp1252"))
    [sheet] = reading.read(path)
    assert (sheet.rows[1], sheet.rows[2], sheet.encoding) == (
        ["Müller GmbH", "Jörg Weiß", "Köln"], ["Garçon SA", "Éric", "Orléans"], "windows-1252",
    )  # fmt: skip


@pytest.mark.parametrize("names", [["王镕", "喆"], ["张三", "镕基"], ["ABC公司", "x"]])
def test_rare_characters_are_not_taken_for_letters_abroad(tmp_path, names):
    path = tmp_path / "chinese.csv"
    path.write_bytes(("Name,Tel\n" + "".join(f"{name},13800000001\n" for name in names)).encode("gb18030"))
    [sheet] = reading.read(path)
    assert [row[0] for row in sheet.rows[1:]] == names


@pytest.mark.usefixtures("office")
def test_signs_nobody_sees_are_not_part_of_a_name(sheet):
    path = sheet([HEAD, ["\u200b甲公司\ufeff", "\u202a张三\u202c", "\u200e13800000001\u200f", "\xa0文三路1号\u3000"]])
    importing.read(path).save(None)
    assert importing.read(sheet([HEAD, FIRM], "again.xlsx")).counts()["same"] == 1
