"""Ordinary lists with what ordinary lists have besides: nothing is taken for more than it is, and nothing goes lost."""

import pytest

from crm_desktop.exchange import importing
from crm_desktop.store import file

A, B, C = "杭州天成机电有限公司", "苏州恒达科技有限公司", "深圳鼎盛电子有限公司"


@pytest.fixture
def read(office, sheet):
    def tables(rows, **more):
        return importing.read(sheet(rows, **more)).tables

    return tables


def cells(plan):
    return [dict(zip(plan.table.heading, row, strict=True)) for _number, row in plan.table.rows]


def target(plan, heading):
    column = next(each for each in plan.mapping.columns if each.heading == heading)
    return f"{column.target.model.table()}.{column.target.field}" if column.target else ""


@pytest.mark.parametrize("unit", ["单位：元", "单位：万元", "单位：家"])
@pytest.mark.parametrize("named", ["名称", "往来单位"])
def test_what_amounts_are_counted_in_is_no_firm(read, unit, named):
    (plan,) = read(
        [
            ["2025年客户信息一览表"],
            [unit],
            ["No.", named, "对接人", "年销售额", "所在地区"],
            [1, A, "王宇", 443000, "浙江 杭州"],
            [2, B, "张秀鹏", 718000, "江苏 苏州"],
        ]
    )
    assert plan.table.heading[1] == named
    assert [row.status for row in plan.rows] == ["new", "new"]
    assert target(plan, named) == "customer.name"


def test_a_field_goes_to_the_column_that_holds_something(read):
    (plan,) = read([["客户名称", "等级", "客户级别"], [A, None, "金"], [B, None, "银"]])
    assert (target(plan, "等级"), target(plan, "客户级别")) == ("", "customer.tier")


@pytest.mark.parametrize("words", ["以下为外地客户", "——以下客户待确认——", "以下客户由王芳负责"])
def test_what_is_said_of_the_rows_below_is_no_customer(read, words):
    (plan,) = read(
        [["客户名称", "电话", "地址"], [A, "0571-88886666", "文三路1号"], [words], [B, "0512-62000001", None]]
    )
    assert [row[0] for _number, row in plan.table.rows] == [A, B]
    assert [number for number, _what in plan.skipped] == [3]


def test_words_alone_are_no_second_line_of_a_region(read):
    (plan,) = read(
        [
            ["城市", "客户名称", "地址"],
            ["杭州", A, "文三路1号"],
            ["待跟进"],
            ["苏州", B, "星湖街1号"],
            ["深圳", C, "深南路1号"],
        ]
    )
    assert cells(plan)[0]["城市"] == "杭州"


def test_a_note_with_a_phone_below_a_single_row_makes_no_form_of_the_list(read):
    (plan,) = read([["客户名称", "联络人"], [A, "蒋建"], [], ["联系人：王芳  电话：13800138000"]])
    assert cells(plan) == [{"客户名称": A, "联络人": "蒋建"}]


def test_a_label_is_taken_off_and_other_words_before_a_colon_stay(read):
    remarks = ["备注：月结", "备注：现结", "备注：老客户", "备注：自提", "张总：先打电话再去"]
    (plan,) = read(
        [["客户名称", "电话", "备注"], *([f"杭州天成{i}公司", "0571-88886666", each] for i, each in enumerate(remarks))]
    )
    assert [row["备注"] for row in cells(plan)] == ["月结", "现结", "老客户", "自提", "张总：先打电话再去"]


def test_a_cell_with_two_receivers_stays_whole(read):
    both = "李四 13800000002 江苏省苏州市人民路2号；王五 13900000003 江苏省无锡市中山路3号"
    one = [f"张三 1380000000{i} 江苏省苏州市人民路1号" for i in range(3)]
    (plan,) = read([["客户名称", "收货信息"], [A, one[0]], [B, one[1]], [C, one[2]], ["苏州甲机械厂", both]])
    assert [row["手机"] for row in cells(plan)] == ["13800000000", "13800000001", "13800000002", None]
    assert cells(plan)[3]["收货信息"] == both


def test_a_month_without_a_day_is_kept(read):
    (plan,) = read(
        [
            ["客户名称", "月", "日", "跟进内容"],
            [A, 3, 5, "报价"],
            [B, None, 6, "拜访"],
            [C, 4, None, "送样"],
            [A, None, "月底", "签合同"],
        ],
        name="跟进记录.xlsx",
    )
    assert [row["日期"] for row in cells(plan)] == ["3月5日", "3月6日", "4月", "4月月底"]


def test_who_was_to_come_a_second_time_is_not_lost(read):
    plans = read(
        [
            ["客户名称", "第一次跟进日期", "第一次跟进内容", "第二次跟进日期", "第二次跟进内容", "第二次跟进人"],
            [A, "2025-3-5", "报价", "2025-3-9", "成交", "王芳"],
            [B, "2025-3-5", "报价", None, None, "李强"],
        ]
    )
    said = next(plan for plan in plans if plan.kind == "interactions")
    assert [row["跟进人"] for row in cells(said)] == [None, "王芳", None, "李强"]


def test_a_single_row_of_a_log_that_names_days_is_one_contact(read):
    (plan,) = read(
        [["客户", "跟进时间", "沟通内容", "跟进人"], [A, "2025-10-14", "2025.3.1电话；3.5拜访，3.8报价", "王芳"]],
        name="跟进.xlsx",
    )
    assert len(plan.table.rows) == 1
    assert cells(plan)[0]["沟通内容"] == "2025.3.1电话；3.5拜访，3.8报价"


def test_however_few_people_their_numbers_are_their_own(read):
    (plan,) = read(
        [
            ["联系人姓名", "性别", "职务", "微信", "E-mail", "单位名称"],
            ["张伟", "男", "经理", "zhangwei_88", "zw@tc.com", A],
            ["李娜", "女", "会计", "lina_2020", "ln@hd.com", B],
        ]
    )
    assert {target(plan, heading) for heading in ("微信", "E-mail")} == {"contact.wechat", "contact.email"}


def test_an_import_that_was_stopped_while_it_wrote_can_be_saved_again(office, sheet):
    rows = [[f"苏州第{i}机械有限公司", f"张{i}", f"138{i:08}"] for i in range(1500)]
    plan = importing.read(sheet([["客户名称", "联系人", "手机"], *rows]))

    def stop(done, _total, _what):
        if done > 2000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        plan.save(None, stop)
    assert file.one("SELECT count(*) FROM customer") == 0
    plan.save(None)
    written = file.ask(
        "SELECT k.name, c.name FROM position p JOIN customer k ON k.id = p.customer JOIN contact c ON c.id = p.contact"
    )
    assert set(written) == {(name, person) for name, person, _phone in rows}


@pytest.mark.parametrize("missing", [1, 3])
def test_a_record_without_its_second_line_does_not_take_the_next_one_for_it(read, missing):
    rows = [["客户名称", "电话", "地址"], ["联系人", "手机", "备注"]]
    people = ["张伟", "李娜", "王强", "刘洋", "陈静", "杨光"]
    for i, person in enumerate(people):
        rows.append([f"苏州第{'甲乙丙丁戊己'[i]}机械有限公司", f"0512-6200000{i}", f"人民路{i + 1}号"])
        rows += [[person, f"1380000000{i}", "月结"]] if i != missing else []
    (plan,) = read(rows)
    assert [row["联系人"] for row in cells(plan)] == [None if i == missing else who for i, who in enumerate(people)]
    assert [row["客户名称"][3] for row in cells(plan)] == list("甲乙丙丁戊己")


def test_the_department_somebody_is_in_is_the_persons(read):
    (plan,) = read(
        [
            ["联系人", "公司名称", "手机号", "单位地址", "所在部门"],
            ["张伟", A, "13800000001", "文三路1号", "财务部"],
            ["李娜", B, "13800000002", "星湖街2号", "采购部"],
        ]
    )
    assert target(plan, "所在部门") == "position.department"


def filled(plan):
    return [{name: cell for name, cell in row.items() if cell is not None} for row in cells(plan)]


def test_a_second_person_in_a_form_is_no_second_form(read):
    (plan,) = read(
        [
            ["客户名称", A, "地址", "人民路1号"],
            ["联系人", "张伟", "电话", "13800000001"],
            ["联系人", "李娜", "电话", "13900000002"],
            ["备注", "月结"],
        ]
    )
    assert filled(plan) == [
        {
            "客户名称": A,
            "地址": "人民路1号",
            "联系人": "张伟",
            "电话": "13800000001",
            "联系人2": "李娜",
            "电话2": "13900000002",
            "备注": "月结",
        }
    ]
    assert {target(plan, heading) for heading in ("联系人", "联系人2")} == {"contact.name"}


def test_nothing_of_a_form_goes_lost(read):
    (plan,) = read(
        [
            ["客户登记表"],
            ["一、基本信息"],
            ["客户名称", A, "等级", "金"],
            ["电话", "0512-62000001", "电话", "0512-62000002"],
            ["客户来源", "电话", "行业", "制造业"],
            ["二、联系人"],
            ["联系人", "张伟", "13800000001"],
        ]
    )
    assert filled(plan) == [
        {
            "客户名称": A,
            "等级": "金",
            "电话": "0512-62000001",
            "电话2": "0512-62000002",
            "客户来源": "电话",
            "行业": "制造业",
            "联系人": "张伟 13800000001",
        }
    ]


def test_a_row_with_a_number_somebody_is_reached_under_is_no_heading(read):
    (plan,) = read(
        [
            ["客户名称", A, "等级", "☑金 □银"],
            ["联系人", "张伟", "手机", "13800000001", "微信", "zw"],
            ["是否开票", "是", "税号", "91320500MA1MT12345"],
        ]
    )
    assert filled(plan)[0]["客户名称"] == A
    assert filled(plan)[0]["手机"] == "13800000001"


@pytest.mark.parametrize("alone", [("老李五金店", "王记商行"), ("苏州百得", "无锡金龙")])
def test_a_firm_of_which_only_the_name_is_known_is_no_title_of_the_rows_below(read, alone):
    def whole(name, i):
        return [name, f"张伟{i}", f"1380000000{i}", "人民路1号", "月结"]

    one, other = alone
    (plan,) = read(
        [
            ["客户名称", "联系人", "手机", "地址", "备注"],
            [one],
            whole(A, 1),
            whole(B, 2),
            [other],
            whole(C, 3),
            whole(f"{C}二部", 4),
        ]
    )
    assert [row["客户名称"] for row in cells(plan)] == [one, A, B, other, C, f"{C}二部"]
    assert plan.table.heading == ["客户名称", "联系人", "手机", "地址", "备注"]


def test_a_place_alone_is_still_a_title(read):
    rows = [[name, "0571-88886666", "文三路1号"] for name in (A, B, C)]
    (plan,) = read([["客户名称", "电话", "地址"], ["杭州地区"], rows[0], ["苏州"], rows[1], ["广东 深圳"], rows[2]])
    assert [row["所在地区"] for row in cells(plan)] == ["杭州地区", "苏州", "广东 深圳"]


def test_one_firm_amid_people_is_not_the_firm_of_those_below(read):
    (plan,) = read(
        [
            ["姓名", "手机", "备注"],
            ["张伟", "13800000001", "老客户"],
            ["王记商行"],
            ["李娜", "13800000002", None],
            ["王强", "13800000003", None],
        ]
    )
    assert [row["姓名"] for row in cells(plan)] == ["张伟", "王记商行", "李娜", "王强"]
    assert plan.table.heading == ["姓名", "手机", "备注"]


def test_an_owner_written_once_is_not_lost_below_a_second_person(read):
    (plan,) = read(
        [
            ["业务员", "客户名称", "联系人", "电话"],
            ["王芳", A, "张伟", "13800000001"],
            [None, None, "李娜", "13800000002"],
            [None, B, "王强", "13800000003"],
            ["李强", C, "刘洋", "13800000004"],
            [None, None, "陈静", "13800000005"],
            [None, f"{C}二部", "杨光", "13800000006"],
        ]
    )
    assert [row.notes[-1] for row in plan.rows if row.number in (4, 7)] == ["业务员: 〃 → 王芳", "业务员: 〃 → 李强"]


def test_a_day_written_once_is_not_lost_below_a_row_that_says_nothing(read):
    (plan,) = read(
        [
            ["日期", "客户名称", "跟进内容", "备注"],
            ["2025-3-5", A, "报价", None],
            [None, B, "送样", None],
            [None, None, None, "下午内部会议"],
            [None, C, "拜访", None],
            ["2025-3-7", A, "催款", None],
            [None, B, "签合同", None],
        ],
        name="跟进.xlsx",
    )
    assert dict(plan.table.rows)[5][0] == "2025-3-5"
    assert dict(plan.table.rows)[7][0] == "〃"
