"""How complaints of a ledger ended, where its columns contradict each other."""

from crm_desktop.exchange import importing
from crm_desktop.models.customer import Customer
from crm_desktop.store import file

HEAD = ["投诉日期", "客户", "投诉内容", "处理状态", "关闭日期"]


def test_a_day_of_closing_beside_an_open_state_is_said_and_kept(office, sheet):
    path = sheet([HEAD, ["2024-03-05", "甲公司", "外壳有划痕", "处理中", "2024-03-09"]])
    plan = importing.read(path, create_missing=True)
    [row] = plan.rows
    assert row.doubtful
    assert any("关闭日期 2024-03-09" in note and "stays open" in note for note in row.notes)
    plan.save(None)
    assert file.ask("SELECT state, closed_at, analysis FROM complaint") == [("handling", None, "关闭日期: 2024-03-09")]
    assert importing.read(path).counts()["same"] == 1


def test_a_day_of_closing_beside_a_closed_state_is_taken(office, sheet):
    path = sheet([HEAD, ["2024-03-05", "甲公司", "外壳有划痕", "已关闭", "2024-03-09"]])
    importing.read(path, create_missing=True).save(None)
    assert file.ask("SELECT state, closed_at, analysis FROM complaint") == [("closed", "2024-03-09T00:00:00", "")]


CASES = ["登记时间", "投诉人", "投诉人电话", "投诉内容"]


def test_who_complains_by_phone_is_found_by_the_number(office, sheet, add):
    add(Customer, name="张记面馆", phones=[{"number": "13800000001", "type": "mobile"}])
    plan = importing.read(sheet([CASES, ["2024-03-05", "张老板", "138 0000 0001", "少发一箱"]]))
    [row] = plan.rows
    assert row.doubtful
    assert any("张老板" in note and "张记面馆" in note for note in row.notes)
    plan.save(None)
    assert file.ask("SELECT k.name FROM complaint c JOIN customer k ON k.id = c.customer") == [("张记面馆",)]


def test_a_firm_of_another_name_is_another_one_though_the_number_is_the_same(office, sheet, add):
    add(Customer, name="张记面馆", phones=[{"number": "13800000001", "type": "mobile"}])
    [row] = importing.read(sheet([CASES, ["2024-03-05", "李记酒店", "13800000001", "少发一箱"]])).rows
    assert row.status == "refused"


def test_a_new_customer_of_a_ledger_keeps_the_number(office, sheet):
    importing.read(sheet([CASES, ["2024-03-05", "张三", "13800000001", "少发一箱"]]), create_missing=True).save(None)
    assert file.ask("SELECT name, main_phone FROM customer") == [("张三", "13800000001")]


def test_the_number_of_whoever_complains_for_a_firm_stands_beside_the_name(office, sheet):
    path = sheet(
        [
            ["投诉日期", "客户", "投诉人", "联系电话", "投诉内容"],
            ["2024-03-05", "甲公司", "张三", "13800000001", "少发"],
        ]
    )
    importing.read(path, create_missing=True).save(None)
    assert file.ask("SELECT complainant FROM complaint") == [("张三 13800000001",)]
    assert file.ask("SELECT main_phone FROM customer") == [("",)]
    assert importing.read(path).counts()["same"] == 1


def test_a_number_in_a_log_belongs_to_the_person_spoken_to(office, sheet):
    head = ["日期", "客户", "联系人", "联系方式", "跟进内容"]
    path = sheet([head, *([f"2024-03-0{day}", "甲公司", "张三", "13800000001", f"询价{day}"] for day in (5, 6))])
    importing.read(path, create_missing=True).save(None)
    assert file.ask("SELECT name, phones FROM contact")[0][1].count("13800000001") == 1
    assert importing.read(path).counts()["same"] == 2


def test_a_row_known_by_its_number_alone_comes_in_once(office, sheet, add):
    add(Customer, name="张记面馆", phones=[{"number": "13800000001", "type": "mobile"}])
    log = [["日期", "客户", "电话", "跟进内容"], ["2024-03-05", None, "13800000001", "要发票"]]
    ledger = [["投诉日期", "客户名称", "联系电话", "投诉内容"], ["2024-03-05", None, "13800000001", "少发一箱"]]
    for rows in (ledger, log):
        path = sheet(rows)
        assert importing.read(path).counts()["new"] == 1
        importing.read(path).save(None)
        assert importing.read(path).counts()["same"] == 1
