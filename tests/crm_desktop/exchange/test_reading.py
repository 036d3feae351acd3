"""Files as offices have them: read with the row numbers people see, or refused with a sentence of their own."""

import io
import zipfile
from contextlib import suppress
from datetime import date, datetime

import openpyxl
import pytest
import xlwt
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.errors import UserError
from crm_desktop.exchange import kinds, reading
from crm_desktop.exchange.reading import Sheet
from crm_desktop.models import limits


def workbook(path, rows, merged=(), title="Sheet"):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    book.save(path)
    return path


def test_rows_keep_the_numbers_excel_shows(tmp_path):
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.active["C4"], book.active["C6"] = "x", 7
    book.save(path)
    [sheet] = reading.read(path)
    assert sheet.rows == [[], [], [], [None, None, "x"], [], [None, None, 7]]


def test_cells_come_as_plain_python_values(tmp_path):
    moment = datetime(2024, 3, 5, 14, 30)
    path = workbook(tmp_path / "a.xlsx", [["x", 17700006955, 1.5, date(2024, 3, 5), moment, True, None, "#N/A", "end"]])
    book = openpyxl.load_workbook(path)
    book.active["H1"].data_type = "e"
    book.save(path)
    whole = ["x", 17700006955, 1.5, date(2024, 3, 5), moment, True, None, None, "end"]
    assert reading.read(path)[0].rows == reading.preview(path)[0].rows == [whole]


def test_old_xls_files_are_read_whatever_their_name(tmp_path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("旧")
    sheet.write(0, 0, "单位名称")
    sheet.write(1, 0, "甲公司")
    book.save(str(tmp_path / "a.xls"))
    (tmp_path / "a.xls").rename(tmp_path / "b.xlsx")
    assert reading.read(tmp_path / "b.xlsx") == [Sheet("旧", [["单位名称"], ["甲公司"]])]


@pytest.mark.parametrize(
    ("encoding", "found"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("gb18030", "gb18030"), ("utf-16", "utf-16"), ("utf-16-le", "utf-16")],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_files_are_read_in_their_encoding_and_with_their_separator(tmp_path, encoding, found, delimiter):
    rows = [["姓名", "单位名称", "备注"], ["徐䶮", "甲，乙公司", f"第一行\n第二{delimiter}行"], ["李明", "丙公司", "x"]]
    text = "\r\n".join(delimiter.join(f'"{cell}"' if "\n" in cell else cell for cell in row) for row in rows)
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    [sheet] = reading.read(tmp_path / "a.csv")
    assert (sheet.rows, sheet.encoding) == (rows, found)


def test_the_encoding_can_be_overridden(tmp_path):
    (tmp_path / "a.csv").write_bytes("客戶,電話".encode("big5"))
    assert reading.read(tmp_path / "a.csv", encoding="big5")[0].rows == [["客戶", "電話"]]


def test_tricks_that_keep_excel_from_taking_text_for_numbers_are_undone(tmp_path):
    (tmp_path / "a.csv").write_text('sep=;\n="0571";\'13800001234;"13900005678\t"\n', encoding="utf-8")
    assert reading.read(tmp_path / "a.csv")[0].rows == [["0571", "13800001234", "13900005678"]]


def zipped(**files):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), text)
    return target.getvalue()


def truncated():
    target = io.BytesIO()
    openpyxl.Workbook().save(target)
    return target.getvalue()[:2000]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b" \r\n", "is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "is a picture"),
        (b"%PDF-1.7 ...", "is a PDF"),
        (truncated(), "is damaged"),
        (zipped(a_txt="x"), "is packed"),
        (zipped(word__document_xml="<x/>"), "is a text document"),
        (zipped(xl__workbook_xml="<x/>"), "is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (b"<html><p>1</p></html>", "is a web page"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "is a web page"),
        (b'<?xml version="1.0"?><Workbook/>', "is an XML file"),
        (b"SQLite format 3\0" + b"\0" * 90, "is a database"),
        (bytes(range(256)) * 20, "cannot be read|not a list that can be read"),
    ],
)
def test_every_wrong_file_has_its_own_sentence(tmp_path, content, sentence):
    (tmp_path / "名单.xls").write_bytes(content)
    for read in (reading.read, reading.preview):
        with pytest.raises(UserError, match=sentence):
            read(tmp_path / "名单.xls")


def test_a_vanished_file_and_a_folder_are_told(tmp_path):
    with pytest.raises(UserError, match="not there any more"):
        reading.read(tmp_path / "weg.xlsx")
    with pytest.raises(UserError, match="is a folder"):
        reading.read(tmp_path)


STARTS = [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"BEGIN:VCARD\n"]


@given(st.binary(max_size=300), st.sampled_from(STARTS))
def test_any_bytes_are_read_or_refused_with_a_sentence(tmp_path_factory, content, start):
    path = tmp_path_factory.getbasetemp() / "any.xls"
    path.write_bytes(start + content)
    with suppress(UserError):
        assert reading.read(path)


def test_a_stray_cell_at_the_end_of_the_world_does_not_eat_the_memory(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "客户名称", "x"
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(UserError, match="far apart"):
        reading.read(tmp_path / "a.xlsx")


def test_formats_down_to_the_last_row_do_no_harm(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"] = "客户名称"
    book.active["Z1048576"].number_format = "0.00"
    book.save(tmp_path / "a.xlsx")
    assert reading.read(tmp_path / "a.xlsx")[0].rows == [["客户名称"]]


def test_a_zip_bomb_and_too_many_rows_are_refused(tmp_path, monkeypatch):
    path = workbook(tmp_path / "a.xlsx", [["x"]] * 30)
    monkeypatch.setitem(limits._now, limits.ROWS, 20)
    with pytest.raises(UserError, match="more than 20 rows"):
        reading.read(path)
    assert len(reading.read(path, limit=5)[0].rows) == 5
    monkeypatch.setattr(kinds, "MAX_UNPACKED", 1000)
    with pytest.raises(UserError, match="enormous"):
        reading.read(path)


def test_formulas_that_were_never_computed_are_told_and_a_total_of_them_is_not(tmp_path):
    rows = [["客户名称", "年销售额"], ['="甲"&"公司"', "=1+2"], ['="乙"&"公司"', "=3+4"]]
    with pytest.raises(UserError, match="never computed"):
        reading.read(workbook(tmp_path / "a.xlsx", rows))
    listed = [["客户名称", "年销售额"], ["甲公司", 3], ["乙公司", 7], ["合计", "=SUM(B2:B3)"]]
    assert reading.read(workbook(tmp_path / "b.xlsx", listed))[0].rows[3] == ["合计"]


def test_a_text_of_nothing_but_separators_is_refused(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"a" + b"," * 600)
    assert reading.read(tmp_path / "a.csv")[0].rows == [["a"]]
    (tmp_path / "b.csv").write_bytes(b"a" + b",b" * 600)
    (tmp_path / "c.csv").write_bytes(b"a" + b"," * 5_000_000 + b"b\nx")
    for name in ("b.csv", "c.csv"):
        with pytest.raises(UserError, match="more than 500 columns"):
            reading.read(tmp_path / name)
