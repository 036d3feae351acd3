"""Where the table is in a sheet: headings of one to three rows, data, totals, notes."""

import json
from datetime import date
from itertools import chain
from pathlib import Path

import pytest
import xlwt
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.exchange import reading
from crm_desktop.exchange.reading import Sheet
from crm_desktop.exchange.tables import find_table, find_tables, tables_of

SAMPLES = Path(__file__).parents[2] / "samples"
EXPECTED = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))
WORDS = """客户名称 单位名称 客户 公司 姓名 联系人 职务 手机 手机号码 电话 座机 联系电话 电子邮箱 邮箱 地址 客户等级
等级 所属行业
简称 年销售额 负责人 备注 日期 方式 跟进内容 跟进人 投诉日期
投诉内容 首次合作日期 生日 税号 Name Company Phone"""
KNOWN = frozenset(WORDS.split()).__contains__


def table(rows, merged=()):
    return find_table(Sheet("S", [list(row) for row in rows], merged=list(merged)), KNOWN)


def test_the_sample_with_cover_title_and_two_heading_rows():
    path, expected = SAMPLES / "客户名单2025.xlsx", EXPECTED["客户名单2025.xlsx"]
    [found] = find_tables(reading.read(path), KNOWN)
    assert (found.sheet, found.heading_rows) == (expected["sheet"], expected["header_rows"])
    assert found.skipped == [(1, "title"), (2, "title"), (25, "blank"), (46, "subtotal"), (69, "total")]
    # 60 customers, a second contact person of one of them, and a row without a customer
    names = [str(row[found.heading.index("客户名称")] or "").strip() for _number, row in found.rows]
    assert names == [row["name"] for row in expected["rows"]] + [expected["second_contact_of"], ""]
    assert found.titles[7] == "联系方式 / 手机"


@pytest.mark.parametrize(
    ("name", "rows"), [("联系人.csv", 30), ("跟进记录.xlsx", 200), ("老系统导出.xls", 25), ("投诉台账2025.xlsx", 40)]
)
def test_the_plain_samples(name, rows):
    [found] = find_tables(reading.read(SAMPLES / name), KNOWN)
    assert (found.heading_rows, len(found.rows), found.skipped) == ([1], rows, [])


def test_a_title_and_notes_above_the_heading_are_skipped():
    found = table(
        [["2025年客户名单"], ["制表人：王芳", None, "单位：万元"], [], ["客户名称", "年销售额"], ["甲公司", 3]]
    )
    assert (found.heading_rows, found.rows, found.unit) == ([4], [(5, ["甲公司", 3])], "万元")
    assert found.skipped == [(1, "title"), (2, "title"), (3, "blank")]


def test_marks_breaks_and_units_are_taken_out_of_headings():
    found = table([["*客户 名称", "联系\n电话（必填）", "年销售额(万元)", "Phone *"], ["甲", "1", 2, 3]])
    assert found.heading == ["客户名称", "联系电话", "年销售额", "Phone"]
    assert found.units == ["", "", "万元", ""]


def test_vertically_merged_upper_headings_are_the_headings_of_their_columns():
    rows = [["客户名称", "联系方式", None, "地址"], [None, "手机", "座机", None], ["甲", 1, 2, "x"]]
    merged = [(0, 1, 0, 2), (0, 0, 1, 0), (0, 3, 1, 3)]
    for ranges in (merged, []):
        found = table(rows, ranges)
        assert found.titles == ["客户名称", "联系方式 / 手机", "联系方式 / 座机", "地址"]
        assert [number for number, _row in found.rows] == [3]


def test_totals_signatures_pages_and_repeated_headings_are_no_data():
    found = table([
        ["序号", "客户名称", "年销售额"], [1, "甲公司", 5], ["华东区小计", None, 5], [], ["第 1 页 共 2 页"],
        ["序号", "客户名称", "年销售额"], [2, "乙公司", 6], [3, None, None], ["合 计", None, 11], ["共2家"],
        ["备注：含税"], ["制表人：王芳", "审核人：李强", "日期：2025-12-31"],
    ])  # fmt: skip
    assert [row[1] for _number, row in found.rows] == ["甲公司", "乙公司"]
    assert found.skipped == [
        (3, "subtotal"), (4, "blank"), (5, "note"), (6, "heading again"), (8, "blank"), (9, "total"), (10, "total"),
        (11, "note"),
        (12, "note"),
    ]  # fmt: skip


def test_notes_that_go_on_below_the_list_are_no_customers():
    found = table(
        [["客户名称", "电话", "地址"], ["甲公司", 1, "x"], ["乙公司"], ["注：1、电话为办公电话"], ["2、地址以合同为准"]]
    )
    assert [row[0] for _number, row in found.rows] == ["甲公司", "乙公司"]
    assert found.skipped == [(4, "note"), (5, "note")]


def test_a_heading_of_two_rows_repeated_on_each_page_is_no_data():
    top, low = ["客户名称", "联系方式", None], [None, "手机", "座机"]
    merged = [(row, 1, row, 2) for row in (1, 4)] + [(row, 0, row + 1, 0) for row in (1, 4)]
    found = table([["客户名单"], top, low, ["甲", 1, 2], top, low, ["乙", 3, 4]], merged)
    assert [number for number, _row in found.rows] == [4, 7]
    assert found.skipped == [(1, "title"), (5, "heading again"), (6, "heading again")]


def test_years_and_questions_may_stand_in_a_heading():
    question = "是否已签订年度框架合作协议以及保密协议和廉洁协议等文件"
    found = table(
        [["客户名称", "电话", "2024年销售额（万元）", 2025, question, "地址"], ["甲公司", 1, 2, 3, "是", "x"]]
    )
    assert found.heading == ["客户名称", "电话", "2024年销售额", "2025", question, "地址"]
    assert found.units[2] == "万元"


def test_a_row_of_units_below_the_heading_and_a_date_at_the_end_are_no_data():
    found = table(
        [["客户名称", "年销售额", "地址"], [None, "（万元）"], ["甲公司", 3, "x"], ["2025年12月31日"], ["——以下空白——"]]
    )
    assert (len(found.rows), found.skipped) == (1, [(2, "example"), (4, "note"), (5, "note")])


def test_merged_headings_of_an_old_xls_are_understood(tmp_path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("名单")
    sheet.write_merge(0, 0, 0, 3, "客户名单")
    sheet.write_merge(1, 2, 0, 0, "客户名称")
    sheet.write_merge(1, 1, 1, 2, "联系方式")
    sheet.write_merge(1, 2, 3, 3, "地址")
    for row, values in ((2, ["", "手机", "座机"]), (3, ["甲公司", 13800001234, "0571-66880001", "某路"])):
        for column, value in enumerate(values):
            if value:
                sheet.write(row, column, value)
    book.save(str(tmp_path / "a.xls"))
    [found] = find_tables(reading.read(tmp_path / "a.xls"), KNOWN)
    assert (found.heading_rows, found.titles) == ([2, 3], ["客户名称", "联系方式 / 手机", "联系方式 / 座机", "地址"])
    assert found.rows == [(4, ["甲公司", 13800001234, "0571-66880001", "某路"])]


def test_a_form_for_one_customer_is_no_list():
    rows = [
        ["客户信息表"],
        ["客户名称", "甲公司", "联系人", "王芳"],
        ["电话", "0571-66880001", "职务", "经理"],
        ["地址", "某路"],
    ]
    assert table(rows) is None


def test_a_firm_that_merely_begins_like_a_total_or_a_note_is_data():
    names = [
        "合计划科技有限公司",
        "总计量仪器厂",
        "备注网络有限公司",
        "联系人力资源公司",
        "日期钟表行",
        "以上品质贸易公司",
    ]
    found = table([["客户名称", "电话", "地址"], *([name, "0571-66880001", "x"] for name in names)])
    assert [row[0] for _number, row in found.rows] == names


def test_a_customer_of_whom_only_the_name_is_known_is_data():
    found = table([["客户名称", "电话", "地址"], ["甲公司"], ["乙公司", "1", "x"], ["丙公司"]])
    assert len(found.rows) == 3


def test_an_empty_first_column_and_extra_columns_keep_their_places():
    found = table([[None, "客户名称", "电话"], [None, "甲公司", 1, "extra"]])
    assert found.heading == ["", "客户名称", "电话", ""]
    assert found.rows == [(2, [None, "甲公司", 1, "extra"])]


def test_an_example_row_below_the_heading_is_skipped():
    found = table([["客户名称", "电话"], ["示例：某某公司", "13800001234"], ["甲公司", 1]])
    assert (found.skipped, len(found.rows)) == ([(2, "example")], 1)


def test_a_name_merged_over_several_contact_persons_stands_in_each_row():
    found = table([["客户名称", "联系人"], ["甲公司", "王"], [None, "李"], ["乙公司", "张"]], [(1, 0, 2, 0)])
    assert [row for _number, row in found.rows] == [["甲公司", "王"], ["甲公司", "李"], ["乙公司", "张"]]


def test_two_lists_below_each_other_are_two_tables():
    rows = [["客户名称", "地址"], ["甲公司", "x"], [], ["联系人名单"], ["姓名", "手机", "职务"], ["王芳", 1, "经理"]]
    first, second = tables_of(Sheet("S", [list(row) for row in rows]), KNOWN)
    assert (first.heading, second.heading) == (["客户名称", "地址"], ["姓名", "手机", "职务"])
    assert [number for number, _row in second.rows] == [6]


def test_two_blocks_side_by_side_are_two_tables():
    rows = [["姓名", "手机", None, "姓名", "手机"], ["王芳", 1, None, "李强", 2], ["张敏", 3]]
    left, right = tables_of(Sheet("S", [list(row) for row in rows]), KNOWN)
    assert [row[0] for _number, row in left.rows + right.rows] == ["王芳", "张敏", "李强"]


def test_hidden_sheets_and_sheets_that_are_no_lists_are_left_out():
    rows = [["客户名称", "电话"], ["甲公司", 1]]
    sheets = [
        Sheet("封面", [["客户名单"]]),
        Sheet("旧", rows, hidden=True),
        Sheet("说明", [["请填写下表"], ["谢谢"]]),
        Sheet("名单", rows),
    ]
    assert [found.sheet for found in find_tables(sheets, KNOWN)] == ["名单"]


def test_without_any_known_heading_the_first_row_of_labels_is_taken():
    found = table([["报表"], ["Kundenname", "Ort", "Umsatz"], ["Alpha", "Bonn", 3], ["Beta", "Köln", 4]])
    assert (found.heading_rows, len(found.rows)) == ([2], 2)


def test_channel_words_in_the_data_are_not_taken_for_a_heading():
    found = table([["日期", "客户", "方式"], ["今天", "电话", "电话"], [date(2025, 1, 1), "甲", "手机"]])
    assert (found.heading_rows, len(found.rows)) == ([1], 2)


CELLS = st.one_of(
    st.none(), st.sampled_from(["客户名称", "电话", "合计", "甲公司", "备注：x", "序号", ""]), st.integers(0, 5)
)


@given(st.lists(st.lists(CELLS, max_size=5), max_size=12), st.lists(st.tuples(*[st.integers(0, 4)] * 4), max_size=3))
def test_every_row_is_heading_data_or_skipped_exactly_once(rows, merged):
    merged = [(a, b, a + c, b + d) for a, b, c, d in merged if a + c < len(rows) and c + d]
    tables = tables_of(Sheet("S", rows, merged=merged), KNOWN)
    numbers = [[*each.heading_rows, *dict(each.rows), *dict(each.skipped)] for each in tables]
    if len({tuple(each.heading_rows) for each in tables}) == len(tables):
        assert sorted(chain.from_iterable(numbers)) == (list(range(1, len(rows) + 1)) if tables else [])
    assert all(len(row) == len(each.heading) for each in tables for _number, row in each.rows)
