"""Workbooks of our own making, read by others."""

import io
from datetime import date, datetime

import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from crm_desktop.exchange.xlsx import DAY, MOMENT, MONEY, WARNING, Book, Head

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t"), max_size=30)
CELLS = st.one_of(
    st.none(),
    TEXTS,
    st.integers(-(2**53), 2**53),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.dates(date(1901, 1, 1), date(2100, 1, 1)),
)


def written(*sheets):
    stream = io.BytesIO()
    book = Book(stream)
    for title, heads, rows in sheets:
        book.sheet(title, heads, rows)
    book.close()
    stream.seek(0)
    return stream


def as_read(value):
    return None if value in ("", None) else value


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=8))
def test_what_is_written_is_what_openpyxl_reads(rows):
    stream = written(("名单", [Head(name) for name in "甲乙丙"], rows))
    sheet = load_workbook(stream)["名单"]
    read = [[cell.value for cell in row[:3]] for row in sheet.iter_rows(min_row=2, max_row=1 + len(rows), max_col=3)]
    for row, found in zip(rows, read, strict=True):
        for value, other in zip(row, found, strict=True):
            if type(value) is date:
                assert other.date() == value
            elif type(value) is str:
                assert (other or "") == value
            elif type(value) is float:
                assert other == pytest.approx(value)
            else:
                assert other == value


@given(st.lists(TEXTS.filter(lambda text: text.strip() == text and "_x" not in text), min_size=1, max_size=6))
def test_what_is_written_is_what_calamine_reads(texts):
    stream = written(("Sheet", [Head("Text")], [[text] for text in texts]))
    rows = python_calamine.load_workbook(stream).get_sheet_by_index(0).to_python()
    read = [row[0] for row in rows[1:]]
    assert [text for text in read if text] == [text for text in texts if text]


def test_cells_are_shown_as_their_column_says():
    heads = [Head("A", form=MONEY), Head("B", form=DAY), Head("C", form=MOMENT), Head("D", form=WARNING)]
    sheet = load_workbook(written(("S", heads, [[12.5, date(2024, 3, 5), datetime(2024, 3, 5, 9, 30), "why"]])))["S"]
    row = next(iter(sheet.iter_rows(min_row=2)))
    assert [cell.value for cell in row] == [12.5, datetime(2024, 3, 5), datetime(2024, 3, 5, 9, 30), "why"]
    assert [cell.number_format for cell in row[:3]] == ["#,##0.00", "yyyy-mm-dd", "yyyy-mm-dd hh:mm"]
    assert row[3].font.color.rgb == "FFB42318"


def test_more_columns_than_letters_and_sheets_of_one_name():
    heads = [Head(f"h{n}") for n in range(800)]
    book = load_workbook(written(("a/b:c", heads, [list(range(800))]), ("A b c", heads, [])))
    assert book.sheetnames == ["a b c", "A b c 2"]
    assert book["a b c"]["ADT2"].value == 799


def test_signs_no_sheet_can_hold_are_left_out():
    sheet = load_workbook(written(("S", [Head("A")], [["a\x00b\x1fc"], ["x" * 40000]])))["S"]
    assert sheet["A2"].value == "abc"
    assert len(sheet["A3"].value) == 32767
