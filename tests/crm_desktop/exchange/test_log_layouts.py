"""How logs are laid out: what stands around them, across them, and what they leave out."""

import pytest

from crm_desktop.exchange import importing
from crm_desktop.models.customer import Customer
from crm_desktop.store import file

SAID = (
    "SELECT k.name, substr(i.at, 1, 10), i.content FROM interaction i JOIN customer k ON k.id = i.customer"
    " ORDER BY i.at"
)


@pytest.mark.parametrize(
    ("unit", "cell", "minutes"),
    [
        ("(秒)", 205, 3),
        ("（秒）", "40", 1),
        ("(小时)", 1.2, 72),
        ("(分钟)", 12, 12),
        ("", 12, 12),
        ("", "3分25秒", 3),
        ("(秒)", 0, 0),
    ],
)
def test_how_long_a_call_took_is_counted_as_its_heading_says(office, sheet, unit, cell, minutes):
    path = sheet([["通话时间", "客户", f"通话时长{unit}", "通话内容"], ["2025-03-05 09:12", "甲公司", cell, "询价"]])
    importing.read(path, create_missing=True).save(None)
    assert file.ask("SELECT minutes FROM interaction") == [(minutes,)]


def test_what_was_said_across_a_list_comes_in_beside_its_customers(office, sheet):
    rows = [["客户名称", "手机", "2025-03-04", "2025-03-05"], ["甲公司", "13800000001", "询价", None],
            ["乙公司", "13800000002", "送样", "收到样品"]]  # fmt: skip
    importing.read(sheet(rows)).save(None)
    assert file.ask(SAID) == [
        ("甲公司", "2025-03-04", "询价"),
        ("乙公司", "2025-03-04", "送样"),
        ("乙公司", "2025-03-05", "收到样品"),
    ]
    assert file.ask("SELECT count(*) FROM customer") == [(2,)]
    assert importing.read(sheet(rows)).counts()["new"] == 0


def test_what_was_said_on_a_month_says_the_month(office, sheet):
    importing.read(sheet([["客户名称", "2025年1月", "2025年2月"], ["甲公司", "询价中", "下单了"]])).save(None)
    assert [(day, words) for _name, day, words in file.ask(SAID)] == [
        ("2025-01-01", "2025年1月: 询价中"), ("2025-02-01", "2025年2月: 下单了"),
    ]  # fmt: skip


def test_words_that_do_not_begin_with_a_day_stay_with_the_customer(office, sheet):
    rows = [
        ["客户名称", "跟进记录"],
        ["甲公司", "3月5日 询价\n3月8日 报价"],
        ["乙公司", "3月6日 来访\n3月7日 送样"],
        ["丙公司", "一直没联系上"],
    ]
    [customers, log] = importing.read(sheet(rows)).tables
    assert len(log.rows) == 4
    assert [cells[1] for _number, cells in customers.table.rows] == [None, None, "一直没联系上"]


def test_a_sheet_of_a_colleague_is_not_taken_for_a_customer_where_customers_are_named(office, tmp_path, add):
    import openpyxl

    add(Customer, name="甲公司")
    book = openpyxl.Workbook()
    book.active.title = "王芳"
    for row in (["日期", "客户", "跟进内容"], ["2025-03-05", "甲公司", "询价"]):
        book.active.append(row)
    book.create_sheet("李强").append(["日期", "客户", "跟进内容"])
    book.save(tmp_path / "log.xlsx")
    importing.read(tmp_path / "log.xlsx").save(None)
    assert file.ask(SAID) == [("甲公司", "2025-03-05", "询价")]


def test_the_day_of_printing_is_no_day_of_a_report(office, sheet):
    rows = [["打印日期：2025-03-31"], ["客户", "沟通内容", "跟进人"], ["甲公司", "询价", "王芳"]]
    [table] = importing.read(sheet(rows), create_missing=True).tables
    assert "2025-03-31" not in [cell for _number, cells in table.table.rows for cell in cells]


def test_a_number_that_is_the_same_in_every_row_is_our_own(office, sheet, add):
    add(Customer, name="张记面馆", phones=[{"number": "13800000001", "type": "mobile"}])
    head = ["呼叫时间", "被叫号码", "主叫号码", "通话时长(秒)"]
    rows = [
        ["2025-03-05 09:00", "4008000000", "13800000001", 60],
        ["2025-03-05 10:00", "4008000000", "13800000009", 30],
    ]
    plan = importing.read(sheet([head, *rows]))
    assert [(row.status, "13800000009" in row.reason) for row in plan.rows] == [("new", False), ("refused", True)]


def test_a_firm_saved_as_a_person_becomes_a_customer(office, tmp_path, add):
    add(Customer, name="恒达科技有限公司")
    cards = ("恒达科技有限公司", "13800000001"), ("天成机电厂", "13800000002"), ("天成机电厂张师傅", "13800000003")
    (tmp_path / "phone.vcf").write_text(
        "".join(f"BEGIN:VCARD\nFN:{name}\nTEL:{phone}\nEND:VCARD\n" for name, phone in cards), encoding="utf-8"
    )
    importing.read(tmp_path / "phone.vcf").save(None)
    assert file.ask("SELECT name, main_phone FROM customer ORDER BY main_phone") == [
        ("恒达科技有限公司", "13800000001"), ("天成机电厂", "13800000002"),
    ]  # fmt: skip
    assert file.ask("SELECT name FROM contact") == [("天成机电厂张师傅",)]
    assert importing.read(tmp_path / "phone.vcf").counts()["same"] == 3


def test_the_day_in_a_name_of_a_list_of_customers_makes_no_log_of_it(office, sheet):
    rows = [
        ["客户名称", "联系人", "电话", "地址", "客户等级", "跟进情况"],
        ["甲公司", "张三", "13800000001", "文三路1号", "重点", "已报价"],
    ]
    [table] = importing.read(sheet(rows, "客户跟进表20250305.xlsx")).tables
    assert table.kind == "customers"


def test_a_ledger_of_one_customer_is_that_customers(office, sheet):
    head = ["报修时间", "客户名称", "报修人", "联系电话", "故障现象"]
    rows = [
        ["2025-03-05", "甲公司", "张三", "13800000001", "不转"],
        ["2025-03-06", "甲公司", "李四", "13800000002", "漏水"],
    ]
    importing.read(sheet([head, *rows]), create_missing=True).save(None)
    said = "SELECT k.name, r.caller FROM service_request r JOIN customer k ON k.id = r.customer ORDER BY r.id"
    assert file.ask(said) == [("甲公司", "张三 13800000001"), ("甲公司", "李四 13800000002")]


def test_a_day_with_its_own_word_counts_before_one_that_is_made_out(office, sheet):
    head = ["客户", "购买日期", "评价时间", "投诉日期", "投诉内容"]
    rows = [["甲公司", "2025-01-02", "2025-02-03", "2025-03-05", "外壳有划痕"]]
    importing.read(sheet([head, *rows]), create_missing=True).save(None)
    assert file.ask("SELECT received_at FROM complaint") == [("2025-03-05T00:00:00",)]
