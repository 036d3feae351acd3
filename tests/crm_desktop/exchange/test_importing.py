"""Lists to records: what each row becomes, said before anything is written."""

import json
from datetime import date, timedelta

import pytest

from crm_desktop import i18n
from crm_desktop.errors import UserError
from crm_desktop.exchange import headings, importing
from crm_desktop.exchange.matching import Office, Vanished
from crm_desktop.exchange.words import Target
from crm_desktop.models.complaint import Complaint
from crm_desktop.models.contact import Contact, Position
from crm_desktop.models.customer import Customer
from crm_desktop.models.interaction import Interaction
from crm_desktop.models.office import User
from crm_desktop.store import file, history
from crm_desktop.store.change import change


def customer(name):
    return Customer.get_row(file.one("SELECT id FROM customer WHERE name = ?", (name,)))


def notes(plan):
    return [" ".join(row.notes) for row in plan.rows]


def test_odd_values_are_read_and_said(office, sheet, bring_in):
    path = sheet(
        [
            ["客户名称", "首次合作日期", "年销售额", "手机"],
            ["南京天诚", "2019.3.5", "12.5万", "1.38E+10"],
            ["苏州华信", 45356, "", "13800001234/0512-66880001"],
        ]
    )
    plan = importing.read(path)
    assert "2019.3.5 → 2019-03-05" in notes(plan)[0]
    assert "12.5万 → 125,000.00" in notes(plan)[0]
    assert "lost its last digits" in notes(plan)[0]
    assert "45356 → 2024-03-05" in notes(plan)[1]
    plan.save(None)
    assert (customer("南京天诚").since, customer("南京天诚").annual_sales) == ("2019-03-05", 12500000)
    assert "1.38E+10" in customer("南京天诚").remarks
    assert [p["number"] for p in customer("苏州华信").phones] == ["13800001234", "0512-66880001"]


def test_a_column_in_ten_thousands_is_read_in_yuan(office, sheet, bring_in):
    bring_in(sheet([["客户名称", "年销售额(万元)"], ["南京天诚", 12.5]]))
    assert customer("南京天诚").annual_sales == 12500000


def test_a_word_no_list_knows_loses_neither_the_row_nor_the_word(office, sheet):
    plan = importing.read(sheet([["客户名称", "客户等级", "备注"], ["南京天诚", "特约", "老朋友"]]))
    assert plan.counts()["new"] == 1
    assert "“特约” is not in the list Tier" in notes(plan)[0]
    plan.save(None)
    assert (customer("南京天诚").tier, customer("南京天诚").remarks) == ("", "老朋友\n客户等级: 特约")
    assert importing.read(plan.tables[0].path).counts()["same"] == 1


def test_new_colleagues_are_part_of_the_change(office, sheet):
    plan = importing.read(sheet([["客户名称", "负责人"], ["南京天诚", "王芳"], ["苏州华信", "王芳 "]]))
    assert plan.new_colleagues == ["王芳"]
    done = plan.save(None)
    assert customer("苏州华信").shown("owner") == "王芳"
    history.undo(None, done.change)
    assert file.one("SELECT count(*) FROM user") == 0


def test_full_cells_overwrite_and_empty_cells_never_erase(add, sheet):
    add(
        Customer,
        name="南京天诚",
        tier="gold",
        email="a@b.com",
        tags=["老客户"],
        phones=[{"number": "02566880001", "type": "phone"}],
    )
    plan = importing.read(
        sheet(
            [
                ["公司名称", "等级", "邮箱", "标签", "电话"],
                ["南京天诚 ", "钻石", None, "重点", "025-66880001、13800001234"],
            ]
        )
    )
    row = next(iter(plan.rows))
    assert row.status == importing.UPDATE
    assert next((c.field, c.before, c.after) for c in row.changes) == ("tier", "gold", "diamond")
    plan.save(None)
    kept = customer("南京天诚")
    assert (kept.tier, kept.email, kept.tags) == ("diamond", "a@b.com", ["老客户", "重点"])
    assert [p["number"] for p in kept.phones] == ["02566880001", "13800001234"]


def test_a_second_row_of_a_customer_adds_a_contact_person(office, sheet, bring_in):
    told = bring_in(
        sheet(
            [
                ["客户名称", "联系人", "职务", "手机"],
                ["南京天诚", "王芳", "经理", "13800000001"],
                ["南京天诚", "李强", "", "13800000002"],
            ]
        )
    )
    assert {kind: n for kind, n in told[0]["created"].items() if n} == {"customers": 1, "contacts": 2}
    assert file.ask("SELECT name, position_title, customers FROM contact ORDER BY id") == [
        ("王芳", "经理", "南京天诚"),
        ("李强", "", "南京天诚"),
    ]


def test_several_contact_persons_stand_in_one_row(office, sheet, bring_in):
    path = sheet(
        [
            ["客户名称", "联系人1", "手机1", "联系人2", "手机2"],
            ["南京天诚", "王芳", "13800000001", "李强", "13800000002"],
        ]
    )
    assert bring_in(path)[0]["created"]["contacts"] == 2
    numbers = [json.loads(phones)[0]["number"] for (phones,) in file.ask("SELECT phones FROM contact ORDER BY id")]
    assert numbers == ["13800000001", "13800000002"]


def test_mobiles_are_the_persons_and_landlines_the_firms(office, sheet, bring_in):
    bring_in(
        sheet(
            [
                ["单位", "联系人", "联系人职务", "手机号码", "公司电话", "传真"],
                ["南京天诚", "王芳", "经理", 13800000001, "025-66880001", "025-66880002"],
            ]
        )
    )
    assert [(p["number"], p["type"]) for p in customer("南京天诚").phones] == [
        ("025-66880001", "phone"),
        ("025-66880002", "fax"),
    ]
    assert file.ask("SELECT phones, position_title FROM contact") == [
        ('[{"number":"13800000001","type":"mobile"}]', "经理")
    ]


def test_what_stands_beside_an_empty_contact_name_is_not_lost(office, sheet, bring_in):
    path = sheet(
        [
            ["公司名称", "姓名", "手机", "微信", "职务", "备注"],
            ["苏州甲厂", None, "13812345678", "wx_abc", "采购经理", "月结30天"],
            ["苏州乙厂", "张三", "13912345678", "wx_def", "厂长", None],
        ]
    )
    row = next(importing.read(path).rows)
    assert row.doubtful
    assert row.notes == ("职务: no name stands beside it; it is kept in the remarks.",)
    bring_in(path)
    found = customer("苏州甲厂")
    assert [each["number"] for each in found.phones] == ["13812345678"]
    assert (found.wechat, found.remarks.split("\n")) == ("wx_abc", ["月结30天", "职务: 采购经理"])
    assert file.ask("SELECT name, wechat FROM contact") == [("张三", "wx_def")]
    [again] = bring_in(path)
    assert again["updated"]["customers"] == again["created"]["contacts"] == 0


def test_a_mobile_without_a_contact_column_is_the_customers(office, sheet, bring_in):
    bring_in(sheet([["客户名称", "手机"], ["南京天诚", "13800000001"]]))
    assert customer("南京天诚").phones == [{"number": "13800000001", "type": "mobile"}]


@pytest.mark.parametrize(
    "written", ["青岛龙腾餐饮管理有限公司", "青岛龙腾餐饮管理（有限）公司", " 青岛龙腾餐饮管理 (有限) 公司"]
)
def test_brackets_and_blanks_make_no_second_customer(add, sheet, written):
    add(Customer, name="青岛龙腾餐饮管理（有限）公司")
    assert importing.read(sheet([["客户名称", "等级"], [written, None]])).counts()["same"] == 1


def test_firms_of_two_cities_with_one_core_stay_two(add, sheet):
    add(Customer, name="南京天诚科技有限公司")
    plan = importing.read(sheet([["客户名称", "等级"], ["宁波天诚科技有限公司", "金"]]))
    assert plan.counts()["new"] == 1
    assert "Similar to 南京天诚科技有限公司" in notes(plan)[0]


def test_the_same_phone_does_not_make_the_same_customer(add, sheet):
    add(Customer, name="南京天诚", phones=[{"number": "13800000001", "type": "mobile"}])
    assert importing.read(sheet([["客户名称", "电话"], ["苏州华信", "13800000001"]])).counts()["new"] == 1


def test_a_known_number_renames_the_customer(add, sheet):
    firm = add(Customer, name="南京天诚", code="K1")
    plan = importing.read(sheet([["客户编号", "客户名称"], ["K1", "南京新天诚"]]))
    assert plan.counts()["update"] == 1
    plan.save(None)
    assert Customer.get_row(firm.id).name == "南京新天诚"


def test_running_numbers_are_no_customer_numbers(office, sheet, bring_in):
    bring_in(sheet([["编号", "客户名称", "等级"], [1, "南京天诚", "金"], [2, "苏州华信", "银"]]))
    assert customer("南京天诚").code.startswith("C-")


def test_a_list_of_private_customers_is_a_list_of_customers(office, sheet, bring_in):
    told = bring_in(
        sheet(
            [
                ["姓名", "手机", "会员等级", "地址", "累计金额"],
                ["王小明", "13800000001", "金卡", "南京市中山路1号", 300],
            ]
        )
    )
    assert (told[0]["kind"], told[0]["created"]["customers"]) == ("customers", 1)
    assert customer("王小明").kind == "individual"


def test_english_headings_are_known(office, sheet, bring_in):
    told = bring_in(
        sheet(
            [
                ["Company", "Contact", "Mobile", "E-mail", "Address"],
                ["Acme Ltd", "John Smith", "+49 30 123456", "a@b.com", "Berlin"],
            ]
        )
    )
    assert (told[0]["created"]["customers"], told[0]["created"]["contacts"]) == (1, 1)


def test_contacts_may_come_before_their_customers(office, sheet, bring_in):
    people = sheet([["姓名", "单位名称", "手机"], ["王芳", "天诚", "13800000001"]], "a联系人.xlsx")
    firms = sheet([["客户名称", "简称", "等级"], ["南京天诚有限公司", "天诚", "金"]], "z客户.xlsx")
    told = bring_in(people, firms)
    assert [each["kind"] for each in told] == ["customers", "contacts"]
    assert file.one("SELECT count(*) FROM customer") == 1


def test_a_person_whose_customer_is_not_named_comes_in_alone_and_the_preview_says_so(office, sheet):
    path = sheet([["姓名", "公司", "手机"], ["张三", "苏州甲厂", "13812345678"], ["李四", None, "13912345678"]])
    plan = importing.read(path, kind="contacts")
    assert notes(plan)[-1] == "No customer stands in this row: 李四 comes in alone."
    plan.save(None)
    assert file.ask("SELECT name, customers FROM contact ORDER BY id") == [("张三", "苏州甲厂"), ("李四", "")]


def test_one_person_may_work_for_two_customers(office, sheet, bring_in):
    bring_in(
        sheet(
            [
                ["姓名", "单位名称", "手机"],
                ["王芳", "甲公司", "13800000001"],
                ["王芳", "乙公司", "13800000001"],
                ["王芳", "丙公司", "13800000009"],
            ]
        )
    )
    assert file.ask("SELECT customers FROM contact ORDER BY id") == [("甲公司, 乙公司",), ("丙公司",)]


def test_history_keeps_its_author_and_its_day(add, sheet, bring_in, tmp_path):
    add(Customer, name="南京天诚")
    me = add(User, name="我")
    path = sheet([["日期", "客户", "方式", "内容", "跟进人"], ["2020-01-02 10:00", "南京天诚", "电话", "问价", "王芳"]])
    importing.read(path).save(me)
    assert file.ask('SELECT at, u.name FROM interaction i JOIN user u ON u.id = i."by"') == [
        ("2020-01-02T10:00:00", "王芳")
    ]
    assert customer("南京天诚").last_contact_at == "2020-01-02T10:00:00"


def test_a_planned_day_ahead_becomes_the_next_contact_and_a_past_one_does_not(add, sheet, bring_in):
    add(Customer, name="南京天诚")
    add(Customer, name="苏州华信")
    ahead = date.today() + timedelta(days=9)
    told = bring_in(
        sheet(
            [
                ["日期", "客户", "方式", "内容", "下次跟进日期"],
                [date(2024, 1, 2), "南京天诚", "电话", "问价", ahead],
                [date(2024, 1, 2), "苏州华信", "电话", "问价", date(2024, 2, 1)],
            ]
        )
    )
    assert customer("南京天诚").next_contact_at == f"{ahead}T00:00:00"
    assert customer("苏州华信").next_contact_at is None
    assert told[0]["updated"]["customers"] == 1


@pytest.mark.parametrize(
    ("result", "state"), [("处理中", "handling"), ("未处理", "handling"), (None, "new"), ("换货", "closed")]
)
def test_without_a_day_of_completion_the_words_decide(add, sheet, bring_in, result, state):
    add(Customer, name="南京天诚")
    bring_in(
        sheet([["投诉日期", "客户名称", "投诉内容", "处理结果"], [date(2025, 1, 2), "南京天诚", "电机异响", result]])
    )
    assert file.one("SELECT state FROM complaint") == state


def test_a_ledger_does_not_reopen_or_close_what_is_handled_here(add, sheet, bring_in):
    firm = add(Customer, name="南京天诚")
    add(Complaint, customer=firm.id, received_at="2025-01-02", description="电机异响", state="escalated")
    told = bring_in(
        sheet([["投诉日期", "客户名称", "投诉内容", "完成日期"], [date(2025, 1, 2), "南京天诚", "电机异响", None]])
    )
    assert told[0]["unchanged"]["complaints"] == 1
    told = bring_in(
        sheet(
            [
                ["投诉日期", "客户名称", "投诉内容", "完成日期"],
                [date(2025, 1, 2), "南京天诚", "电机异响", date(2025, 2, 1)],
            ]
        )
    )
    assert (told[0]["updated"]["complaints"], file.one("SELECT state FROM complaint")) == (1, "closed")


def test_links_may_point_to_later_rows(office, sheet, bring_in):
    bring_in(sheet([["客户名称", "推荐人", "等级"], ["南京天诚", "苏州华信", "金"], ["苏州华信", "谁也不是", "银"]]))
    assert customer("南京天诚").referrer == customer("苏州华信").id
    assert "推荐人: 谁也不是" in customer("苏州华信").remarks


def test_a_corrected_mapping_is_judged_again(office, sheet):
    plan = importing.read(sheet([["客户名称", "等级", "甲"], ["南京天诚", "金", "小天"]]))
    assert plan.tables[0].mapping.not_imported() == ["甲"]
    plan.tables[0].mapping.set(2, Target(Customer, "short_name"))
    plan.judge()
    plan.save(None)
    assert customer("南京天诚").short_name == "小天"
    assert Target(Customer, "short_name") in headings.targets("customers")


def test_several_lists_of_a_workbook_are_all_imported(office, tmp_path, bring_in):
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "客户"
    for row in (["客户名称", "等级", "行业", "负责人"], ["南京天诚", "金", "制造业", "王芳"]):
        book.active.append(row)
    other = book.create_sheet("跟进")
    for row in (["日期", "客户", "方式", "内容"], [date(2024, 1, 2), "南京天诚", "电话", "问价"]):
        other.append(row)
    book.save(tmp_path / "all.xlsx")
    told = bring_in(tmp_path / "all.xlsx")
    assert len(told) == 1
    assert (told[0]["created"]["customers"], told[0]["created"]["interactions"]) == (1, 1)


def test_a_change_by_a_colleague_before_the_save_makes_no_double(add, sheet):
    plan = importing.read(sheet([["客户名称", "等级"], ["南京天诚", "金"]]))
    add(Customer, name="南京天诚")
    done = plan.save(None).as_json()["files"][0]
    assert (done["created"]["customers"], done["updated"]["customers"]) == (0, 1)
    assert file.one("SELECT count(*) FROM customer") == 1


def test_what_a_colleague_deletes_while_the_rows_are_checked_is_new_again(add, sheet, monkeypatch):
    gone, load = [add(Customer, name="南京天诚")], Office.load

    def slowly(office, *asked):
        while gone:
            with change(None, "Delete customer") as c:
                c.delete(gone.pop())
        load(office, *asked)

    monkeypatch.setattr(Office, "load", slowly)
    plan = importing.read(sheet([["客户名称", "等级"], ["南京天诚", "金"]]))
    assert plan.counts()["new"] == 1
    plan.save(None)
    assert file.one("SELECT tier FROM customer") == "gold"


def test_a_record_that_is_not_there_though_nobody_deleted_it_is_a_bug(add, sheet, monkeypatch):
    add(Customer, name="南京天诚")
    monkeypatch.setattr(Office, "load", lambda office, *asked: None)
    with pytest.raises(Vanished):
        importing.read(sheet([["客户名称", "等级"], ["南京天诚", "金"]]))


@pytest.mark.parametrize("when", ["Checking rows", "Saving", "Making everything findable"])
def test_stopping_leaves_nothing_behind(office, sheet, when):
    class Stopped(Exception):
        pass

    def stop(_done, _total, text):
        if text == when:
            raise Stopped

    def run():
        rows = [["客户名称", "负责人", "最近联系时间"], ["南京天诚", "王芳", "2024-03-05"]]
        importing.read(sheet(rows), progress=stop).save(None, stop)

    before = file.one('SELECT count(*) FROM "change"')
    with pytest.raises(Stopped):
        run()
    assert [file.one(f'SELECT count(*) FROM "{t}"') for t in ("customer", "user", "change")] == [0, 0, before]
    with change(None, "Test") as c:
        c.save(Customer, {"name": "nothing is locked"})


def test_a_file_that_is_no_list_has_its_sentence(office, tmp_path):
    (tmp_path / "a.csv").write_text("just one word", encoding="utf-8")
    with pytest.raises(UserError):
        importing.read(tmp_path / "a.csv")


def test_a_list_nobody_can_place_says_so(office, sheet):
    plan = importing.read(sheet([["甲", "乙"], ["一", 2], ["二", 3]]))
    assert plan.tables[0].kind == headings.UNKNOWN
    assert "not clear" in plan.result().as_json()["files"][0]["refused"][0]["reason"]


def test_the_kind_can_be_said(office, sheet):
    path = sheet([["联系人", "客户名称", "电话"], ["王芳", "南京天诚", "13800000001"]])
    assert importing.read(path, kind="contacts").tables[0].kind == "contacts"
    assert importing.read(path).tables[0].kind == "customers"


def test_the_preview_shows_rows_beside_what_becomes_of_them(office, sheet):
    plan = importing.read(sheet([["客户名称", "等级"], ["南京天诚", "金"], [None, "银"], ["苏州华信", "银"]]))
    seen = [(row.number, row.status, cells) for _table, row, cells in plan.preview(2)]
    assert seen == [(2, "new", ["南京天诚", "金"]), (3, "refused", [None, "银"])]
    assert plan.counts() == {"new": 2, "update": 0, "same": 0, "refused": 1, "skipped": 0}


def test_chinese_offices_see_chinese_kinds_in_their_order(office):
    i18n.set_language("en")
    lists = ["auto", "customers", "contacts", "interactions", "complaints", "requests", "feedback", "solutions"]
    assert list(importing.kinds()) == lists


def test_interactions_imported_again_with_a_result_are_updated(add, sheet, bring_in):
    firm = add(Customer, name="南京天诚")
    person = add(Contact, name="李明")
    add(Position, customer=firm.id, contact=person.id)
    add(Interaction, customer=firm.id, at="2024-01-02T10:00:00", channel="phone", content="问价", by=None)
    told = bring_in(
        sheet(
            [
                ["日期", "客户", "联系人", "方式", "内容", "结果"],
                ["2024-01-02 10:00", "南京天诚", "李明", "电话", "问价", "达成"],
            ]
        )
    )
    assert told[0]["updated"]["interactions"] == 1
    assert file.ask("SELECT outcome, contact FROM interaction") == [("agreed", person.id)]


def test_the_time_of_day_may_stand_in_a_column_of_its_own(add, sheet, bring_in):
    add(Customer, name="杭州西湖茶叶有限公司", short_name="西湖茶叶")
    rows = [
        ["拜访日期", "拜访时间", "客户名称", "拜访人", "拜访情况"],
        ["2024.5.6", "14:30", "西湖茶叶", "张三", "要样品"],
    ]
    told = bring_in(sheet([*rows, [None, "15:00", "西湖茶叶", "张三", "要样品"]]))
    assert file.ask("SELECT at, content FROM interaction") == [("2024-05-06T14:30:00", "要样品")]
    assert "date is missing" in told[0]["refused"][0]["reason"]


def test_a_day_under_an_unknown_heading_is_the_day_of_the_record(add, sheet, bring_in):
    add(Customer, name="南京天诚")
    bring_in(sheet([["客诉发生", "客户", "问题描述", "处理状态"], ["2024/5/1", "南京天诚", "包装破损", "已结案"]]))
    assert file.ask("SELECT received_at, state FROM complaint") == [("2024-05-01T00:00:00", "closed")]


def test_a_contact_column_does_not_take_the_firms_switchboard(office, sheet, bring_in):
    bring_in(sheet([["客户", "联系人", "电话/手机", "公司总机"], ["南京天诚", "王芳", "13812345678", "025-66880001"]]))
    assert customer("南京天诚").phones == [{"number": "025-66880001", "type": "phone"}]
    assert file.one("SELECT phones FROM contact") == '[{"number":"13812345678","type":"mobile"}]'


def test_one_sheet_tells_of_customers_their_people_their_tags_and_the_latest_contact(office, sheet):
    path = sheet(
        [
            ["客户名称", "联系人1", "手机1", "联系人2", "手机2", "标签", "负责人", "最近跟进时间", "最近跟进内容"],
            ["南京天诚", "王芳", "13800000001", "李强", "13800000002", "老客户、展会", "周敏", "2024.3.5", "寄了样品"],
            ["苏州华信", "", "", "", "", "", "", "", "没有日期"],
            ["无锡恒达", "", "", "", "", "", "", "2024-04-01", ""],
        ]
    )
    plan = importing.read(path)
    assert "the day is missing" in notes(plan)[1]
    plan.save(None)
    kept = customer("南京天诚")
    assert (kept.tags, kept.last_contact_at[:10], kept.last_contact_text) == (
        ["老客户", "展会"],
        "2024-03-05",
        "寄了样品",
    )
    assert kept.shown("last_contact_by") == "周敏"
    assert file.one("SELECT count(*) FROM contact") == 2
    assert customer("无锡恒达").last_contact_at[:10] == "2024-04-01"
    assert customer("苏州华信").last_contact_at is None
    assert importing.read(path).counts()["same"] == 3


def test_a_new_customer_takes_the_region_from_the_address_where_the_list_has_no_column_for_it(office, sheet):
    path = sheet([["客户名称", "地址"], ["甲公司", "江苏省苏州市昆山市人民路1号"], ["乙公司", "人民路2号"]])
    plan = importing.read(path)
    assert [row.notes for row in plan.rows] == [("Region: 江苏省 苏州市 昆山市 (from the address)",), ()]
    plan.save(None)
    stored = file.ask("SELECT region, province FROM customer ORDER BY id")
    assert stored == [("江苏省 苏州市 昆山市", "江苏省"), ("", "")]
    assert importing.read(path).counts()["same"] == 2


def test_several_people_of_one_cell_become_persons_unless_one_is_called_so_already(office, sheet, add):
    path = sheet([["客户名称", "联系人", "手机"], ["甲公司", "王芳/李强", "13800000001/13800000002"]])
    importing.read(path).save(None)
    assert file.ask("SELECT name, main_phone FROM (SELECT name, phones AS main_phone FROM contact) ORDER BY name") == [
        ("李强", '[{"number":"13800000002","type":"mobile"}]'),
        ("王芳", '[{"number":"13800000001","type":"mobile"}]'),
    ]
    assert importing.read(path).counts()["same"] == 1
    firm = add(Customer, name="乙公司")
    both = add(Contact, name="赵敏/钱进")
    add(Position, contact=both.id, customer=firm.id)
    assert importing.read(sheet([["客户名称", "联系人"], ["乙公司", "赵敏/钱进"]])).counts()["new"] == 0
    assert file.one("SELECT count(*) FROM contact") == 3


def test_who_stands_for_no_firm_is_the_customer(bring_in, sheet):
    rows = [
        ["单位", "联系人", "职务", "手机"],
        ["天成机电有限公司", "张伟", "经理", "13800000001"],
        ["个人", "赵敏", None, "13800000004"],
    ]
    told = bring_in(sheet(rows))[0]
    assert told["created"]["customers"] == 2
    assert told["notes"] == [{"row": 3, "note": "赵敏 is the customer: no firm is named."}]
    found = file.ask("SELECT name, kind, main_phone FROM customer ORDER BY id")
    assert found[1] == ("赵敏", "individual", "13800000004")
    assert sum(bring_in(sheet(rows))[0]["created"].values()) == 0
