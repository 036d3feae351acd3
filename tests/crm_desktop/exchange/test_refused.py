"""Rows that were refused go out with their reasons, are put right there and come in again."""

from openpyxl import load_workbook

from crm_desktop import i18n
from crm_desktop.exchange import importing, refused
from crm_desktop.models import Customer
from crm_desktop.store import file

ROWS = [
    ["序号", "客户名称", "客户等级", "年销售额(万元)"],
    [1, "杭州长荣机电有限公司", "金", 12],
    [2, None, "银", 30],
    [3, None, "钻石", 1.5],
]


def test_refused_rows_are_corrected_beside_their_reasons_and_imported_again(office, sheet, tmp_path):
    for language in ("en", "zh_CN"):
        i18n.set_language(language)
        plan = importing.read(sheet(ROWS))
        plan.save(None)
        out = tmp_path / "refused.xlsx"
        assert refused.write(out, plan.tables) == 2
        book = load_workbook(out)
        page = book.active
        heading, first, second = ([cell.value for cell in row] for row in page.iter_rows())
        assert heading[1:] == ROWS[0]
        assert "3" in first[0]
        assert first[3:] == ["银", 30]
        assert second[3:] == ["钻石", 1.5]
        page["C2"].value = f"苏州华信{language}"
        book.save(out)
        again = importing.read(out)
        assert (again.counts()["new"], again.counts()["refused"]) == (1, 1)
        assert [column.heading for column in again.tables[0].mapping.columns][:2] == ["序号", "客户名称"]
        again.save(None)
        found = Customer.get_row(file.one("SELECT id FROM customer WHERE name = ?", (f"苏州华信{language}",)))
        assert (found.tier, found.annual_sales) == ("silver", 30000000)


def test_each_list_of_a_file_has_its_own_sheet_of_refused_rows(office, tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "客户"
    for row in ROWS:
        book.active.append(row)
    told = book.create_sheet("跟进")
    for row in (["客户", "跟进时间", "跟进内容"], ["没有的公司", "2024-03-05", "问价"]):
        told.append(row)
    book.save(tmp_path / "a.xlsx")
    plan = importing.read(tmp_path / "a.xlsx")
    assert refused.count(plan.tables) == 3
    refused.write(tmp_path / "out.xlsx", plan.tables)
    assert load_workbook(tmp_path / "out.xlsx").sheetnames == ["Customers", "Contact history"]
    again = importing.read(tmp_path / "out.xlsx")
    assert [each.kind for each in again.tables] == ["customers", "interactions"]


def test_the_log_says_which_files_an_import_brought(office, sheet):
    done = importing.read(sheet(ROWS, name="客户名单2025.xlsx")).save(None)
    assert file.one('SELECT note FROM "change" WHERE id = ?', (done.change,)) == "客户名单2025.xlsx"


def test_days_and_groups_of_a_ledger_mean_the_same_when_its_refused_rows_come_again(office, tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    for row in (
        ["2023年投诉台账"],
        ["投诉信息", None, None, "回访信息", None],
        ["日期", "客户", "内容", "日期", "结果"],
        ["3月5日", None, "少发一箱", "3月20日", "满意"],
        ["12月28日", None, "漏水", "1月5日", "还行"],
    ):
        book.active.append(row)
    for cells in ("A2:C2", "D2:E2"):
        book.active.merge_cells(cells)
    book.save(tmp_path / "a.xlsx")
    plan = importing.read(tmp_path / "a.xlsx")
    assert refused.write(tmp_path / "out.xlsx", plan.tables) == 2
    book = load_workbook(tmp_path / "out.xlsx")
    for row in (2, 3):
        book.active[f"C{row}"].value = "甲公司"
    book.save(tmp_path / "out.xlsx")
    importing.read(tmp_path / "out.xlsx", create_missing=True).save(None)
    told = file.ask("SELECT substr(received_at, 1, 10), follow_up_on, follow_up FROM complaint ORDER BY received_at")
    assert told == [("2023-03-05", "2023-03-20", "满意"), ("2023-12-28", "2024-01-05", "还行")]
