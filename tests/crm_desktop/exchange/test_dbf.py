"""Tables of dBase and FoxPro, as old programs leave them."""

import struct
from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.errors import UserError
from crm_desktop.exchange import importing, reading


def table(fields, records, version=0x03, driver=0, count=None):
    """The bytes of a table of (name, kind, length) fields and records of bytes; "*" in front of one deletes it."""
    width = 1 + sum(field[2] for field in fields)
    head = 32 + 32 * len(fields) + 1
    data = struct.pack("<BBBBIHH", version, 124, 3, 5, len(records) if count is None else count, head, width)
    data += bytes(17) + bytes([driver]) + bytes(2)
    for name, kind, length, *decimals in fields:
        data += name.encode("gbk").ljust(11, b"\0") + kind.encode() + bytes(4) + bytes([length, *(decimals or [0])])
        data += bytes(14)
    data += b"\r"
    for record in records:
        deleted, cells = (b"*", record[1:]) if record[0] == "*" else (b" ", record)
        data += deleted + b"".join(cell.ljust(field[2])[: field[2]] for cell, field in zip(cells, fields, strict=True))
    return data + b"\x1a"


FIELDS = [("客户名称", "C", 30), ("联系电话", "C", 20), ("首单日期", "D", 8), ("年销售额", "N", 12, 2)]


def gbk(*texts):
    return [text.encode("gb18030") for text in texts]


def read(path, data):
    path.write_bytes(data)
    return reading.read(path)[0]


def test_texts_days_and_numbers_are_read_and_deleted_rows_left_out(tmp_path):
    rows = [
        gbk("杭州天成机电有限公司", "0571-88886666", "20240305", "12500.50"),
        ["*", *gbk("删掉的公司", "", "", "")],
        gbk("苏州恒达科技有限公司", "", "        ", "************"),
    ]
    sheet = read(tmp_path / "KH.DBF", table(FIELDS, rows))
    assert sheet.rows == [
        ["客户名称", "联系电话", "首单日期", "年销售额"],
        ["杭州天成机电有限公司", "0571-88886666", date(2024, 3, 5), 12500.5],
        [],
        ["苏州恒达科技有限公司"],
    ]
    assert sheet.encoding == "gb18030"


@pytest.mark.usefixtures("office")
def test_a_table_is_imported_and_a_second_time_changes_nothing(tmp_path):
    path = tmp_path / "kh.dbf"
    path.write_bytes(table(FIELDS, [gbk("甲公司", "0571-88886666", "20240305", "12500")]))
    importing.read(path).save(None)
    assert importing.read(path).counts()["same"] == 1


def test_half_a_character_at_the_end_of_a_narrow_column_is_left_out(tmp_path):
    data = table([("KHMC", "C", 9), ("DH", "C", 11)], [gbk("杭州天成机电", "13800000001")])
    assert read(tmp_path / "a.dbf", data).rows[1] == ["杭州天成", "13800000001"]


def test_the_characters_a_table_names_are_believed(tmp_path):
    data = table([("KHMC", "C", 30), ("DH", "C", 11)], [["台達電子".encode("cp950"), b"0223456789"]], driver=0x4F)
    sheet = read(tmp_path / "a.dbf", data)
    assert (sheet.rows[1][0], sheet.encoding) == ("台達電子", "big5")


def test_the_types_of_foxpro_are_read(tmp_path):
    fields = [("I", "I", 4), ("B", "B", 8), ("Y", "Y", 8), ("T", "T", 8), ("L", "L", 1), ("_NullFlags", "0", 1)]
    values = [struct.pack("<i", -7), struct.pack("<d", 1.25), struct.pack("<q", 123_400)]
    moment = struct.pack("<ii", 2_460_375, 52_215_000)  # 5 March 2024 14:30:15
    sheet = read(tmp_path / "a.dbf", table(fields, [[*values, moment, b"T", b"\0"]], version=0x30))
    assert sheet.rows[1] == [-7, 1.25, 12.34, datetime(2024, 3, 5, 14, 30, 15), "是"]


def test_long_texts_are_read_from_the_file_beside(tmp_path):
    fields = [("KHMC", "C", 20), ("BZ", "M", 10)]
    told = "第一行\r\n第二行".encode("gb18030")
    (tmp_path / "KH.DBT").write_bytes(bytes(512) + told + b"\x1a\x1a")
    assert read(tmp_path / "kh.dbf", table(fields, [[*gbk("甲公司"), b"         1"]], version=0x83)).rows[1] == [
        "甲公司", "第一行\n第二行",
    ]  # fmt: skip
    (tmp_path / "fox.fpt").write_bytes(bytes(6) + b"\0\x40" + bytes(504) + struct.pack(">II", 1, len(told)) + told)
    data = table([("KHMC", "C", 20), ("BZ", "M", 4)], [[*gbk("甲公司"), struct.pack("<i", 8)]], version=0x30)
    assert read(tmp_path / "fox.dbf", data).rows[1] == ["甲公司", "第一行\n第二行"]


def test_without_the_file_beside_the_long_texts_are_empty(tmp_path):
    data = table([("KHMC", "C", 20), ("BZ", "M", 10)], [[*gbk("甲公司"), b"         1"]], version=0x83)
    assert read(tmp_path / "kh.dbf", data).rows[1] == ["甲公司"]


def test_a_table_cut_short_is_refused(tmp_path):
    data = table(FIELDS, [gbk("甲公司", "", "", "")] * 20)
    with pytest.raises(UserError, match="not copied completely"):
        read(tmp_path / "a.dbf", data[:-100])


def test_a_table_that_claims_millions_of_rows_is_refused_at_once(tmp_path):
    with pytest.raises(UserError):
        read(tmp_path / "a.dbf", table(FIELDS, [gbk("甲公司", "", "", "")], count=2**32 - 1))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_is_broken_in_it_a_table_is_read_or_refused(tmp_path, data):
    sound = table(FIELDS, [gbk("甲公司", "13800000001", "20240305", "1.5")] * 3)
    broken = bytearray(sound)
    for _again in range(data.draw(st.integers(1, 4))):
        broken[data.draw(st.integers(0, len(sound) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "a.dbf"
    path.write_bytes(bytes(broken[: data.draw(st.integers(1, len(sound)))]))
    with suppress(UserError):
        assert len(reading.read(path)) == 1
