"""Old Office files: their streams are found, and damaged numbers in them told."""

import struct
from contextlib import suppress

import pytest
import xlwt
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.errors import UserError
from crm_desktop.exchange import ole, reading

from .corpus.foreign import LISTS


def old_book(path, rows=3):
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    for row in range(rows):
        sheet.write(row, 0, f"第{row}公司")
    book.save(str(path))
    return path.read_bytes()


@pytest.mark.parametrize("rows", [1, 3000])
def test_the_stream_of_a_workbook_is_found_small_or_large(tmp_path, rows):
    stream = ole.Container(old_book(tmp_path / "a.xls", rows)).stream("Workbook", "Book")
    assert stream[:2] == b"\x09\x08"
    assert b"\x0a\x00\x00\x00" in stream


@pytest.mark.parametrize("name", ["excel-95.xls", "excel-97.xls"])
def test_workbooks_of_other_programs_have_their_stream_too(name):
    assert ole.Container((LISTS / name).read_bytes()).stream("Workbook", "Book")[:1] == b"\x09"


@pytest.mark.parametrize("at", [44, 64, 72])
def test_a_count_that_the_file_cannot_hold_is_damage(tmp_path, at):
    data = bytearray(old_book(tmp_path / "a.xls"))
    data[at : at + 4] = struct.pack("<I", 0x7FFFFFF0)
    (tmp_path / "a.xls").write_bytes(data)
    with pytest.raises(UserError, match="damaged"):
        reading.read(tmp_path / "a.xls")


def test_a_chain_that_runs_in_a_circle_ends(tmp_path):
    data = bytearray(old_book(tmp_path / "a.xls", 3000))
    [fat] = struct.unpack_from("<I", data, 76)
    struct.pack_into("<128I", data, (fat + 1) * 512, *[1] * 128)
    with pytest.raises(ole.Damaged):
        ole.Container(bytes(data)).stream("Workbook")


@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), max_size=8))
def test_any_damage_is_read_or_told(tmp_path_factory, damage):
    path = tmp_path_factory.getbasetemp() / "damaged.xls"
    data = bytearray(old_book(path))
    for at, byte in damage:
        data[at % len(data)] = byte
    with suppress(ole.Damaged):
        assert ole.Container(bytes(data)).stream("Workbook", "Book") is not None
