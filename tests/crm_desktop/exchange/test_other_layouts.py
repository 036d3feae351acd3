"""The same list laid out otherwise is the same list: columns in another order, an empty one before, a title above."""

import csv
import random
import zlib
from contextlib import suppress
from datetime import date, datetime, time

import openpyxl
import pytest
import xlwt

from crm_desktop.exchange import importing

from .corpus import clerk, recipes, tables  # noqa: F401 (tables fill RECIPES)

BY_PLACE = {
    "周工作汇报.xlsx",
    "往来账簿式.xlsx",
    "维修服务单.xlsx",
    "两组联系人.xlsx",
    "全能名片王.xlsx",
    "拜访记录单.xlsx",
    "横着排.xlsx",
    "代账客户.xlsx",
    "电话回访表.xlsx",
    "客户卡片.xlsx",
    "卡片两栏.xlsx",
    "一户一张表.xlsx",
    "云星空客户.xlsx",
    "纷享销客.xlsx",
    "往來客戶.xlsx",
    "第二个电话.xlsx",
    "三张卡片并排.xlsx",
    "业务员写一次.xlsx",
    "客户一客户二.xlsx",
    "核算项目客户.xlsx",
    "单位行和人员行.xlsx",
    "旁边有说明.xlsx",
    "Kunden.xlsx",
    "거래처.xlsx",
}
"""In these the order of the columns says who is first, or what belongs together."""


def sheets_of(path):
    """The rows of every sheet, all of the same width; None for workbooks whose merged cells tell something."""
    book = openpyxl.load_workbook(path)
    if any(sheet.merged_cells.ranges for sheet in book):
        return None
    found = {}
    for sheet in book:
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        width = max((len(row) for row in rows), default=0)
        found[sheet.title] = [row + [None] * (width - len(row)) for row in rows]
    return found


def shuffled(rows, rnd):
    order = list(range(len(rows[0]))) if rows else []
    rnd.shuffle(order)
    return [row if sum(cell is not None for cell in row) < 2 else [row[i] for i in order] for row in rows]


def moved(rows, _rnd):
    """An empty column before, a title and a gap above, and gaps between the last rows."""
    half = len(rows) // 2
    body = [line for at, row in enumerate(rows) for line in ([None, *row], *([[]] if at > half else []))]
    return [["东风机电有限公司"], [], *body]


def understood(path):
    """What a clerk reads in it, without the words that fit nowhere (they stand in the order of the columns)."""
    return [
        (
            each["kind"],
            [{name: value for name, value in row.items() if not name.endswith(".lost")} for row in each["rows"]],
        )
        for each in clerk.understood(path)
    ]


NAMES = [name for name in recipes.RECIPES if name.endswith(".xlsx") and name not in BY_PLACE]


@pytest.mark.parametrize("lay_out", [shuffled, moved])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.usefixtures("office")
def test_the_same_list_laid_out_otherwise_is_the_same(tmp_path, name, lay_out):
    path = tmp_path / name
    recipes.RECIPES[name](path)
    found = None
    with suppress(Exception):  # dialects openpyxl cannot read
        found = sheets_of(path)
    if not found or max(len(row) for rows in found.values() for row in rows) not in range(3, 40):
        pytest.skip("its layout tells something")
    before = understood(path)
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in found.items():
        page = book.create_sheet(title)
        for row in lay_out(rows, random.Random(zlib.crc32(name.encode()))):
            page.append(row)
    book.save(path)
    assert understood(path) == before
    assert importing.read(path).tables


def as_text(rows):
    """Everything as text, as other programs write it, with blanks nobody sees."""
    return [[None if cell is None else f"\u3000{_written(cell)}\xa0" for cell in row] for row in rows]


def _written(cell):
    if isinstance(cell, datetime):
        return cell.strftime("%Y/%m/%d %H:%M") if cell.time() != time() else cell.strftime("%Y/%m/%d")
    if isinstance(cell, time):
        return cell.strftime("%H:%M")
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def as_csv(path, rows):
    with path.open("w", encoding="gb18030", newline="", errors="replace") as stream:
        csv.writer(stream).writerows([[cell.strip() if cell else "" for cell in row] for row in as_text(rows)])


def as_old_workbook(path, rows):
    book = xlwt.Workbook()
    page = book.add_sheet("Sheet1")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm")
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if cell is not None:
                page.write(r, c, cell, day) if isinstance(cell, date | time) else page.write(r, c, cell)
    book.save(str(path))


def as_new_workbook(path, rows):
    recipes.book(path, as_text(rows))


WAYS = ((as_csv, ".csv"), (as_old_workbook, ".xls"), (as_new_workbook, ".xlsx"))


@pytest.mark.parametrize("name", [name for name in recipes.RECIPES if name.endswith(".xlsx")])
@pytest.mark.usefixtures("office")
def test_the_same_list_written_by_another_program_is_the_same(tmp_path, name):
    path = tmp_path / name
    recipes.RECIPES[name](path)
    found = None
    with suppress(Exception):  # dialects openpyxl cannot read
        found = sheets_of(path)
    if not found or list(found) != ["Sheet1"]:
        pytest.skip("several sheets, merged cells or a title that tells something")
    before = understood(path)
    write, suffix = WAYS[zlib.crc32(name.encode()) % len(WAYS)]  # one of them each: all of them take a minute
    other = path.with_suffix(suffix)
    write(other, found["Sheet1"])
    assert understood(other) == before
