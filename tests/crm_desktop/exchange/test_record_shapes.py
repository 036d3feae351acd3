"""Records of several lines, titles of parts, rows that go on: what is joined, what is told, what is left alone."""

import pytest

from crm_desktop.exchange import importing

A, B, C = "杭州天成机电有限公司", "苏州恒达科技有限公司", "深圳鼎盛电子有限公司"


@pytest.fixture
def plan(office, sheet):
    def read(rows, **more):
        found = importing.read(sheet(rows, **more))
        assert len(found.tables) == 1
        return found.tables[0]

    return read


def cells(plan):
    return [dict(zip(plan.table.heading, row, strict=True)) for _number, row in plan.table.rows]


def test_the_preview_says_what_became_of_further_lines(plan):
    found = plan(
        [
            ["序号", "客户名称", "电话"],
            [None, "地址", "手机"],
            [1, A, "0571-88886666"],
            [None, "文三路1号", "13800000001"],
        ]
    )
    assert [number for number, _row in found.table.rows] == [3]
    assert found.table.heading_rows == [1, 2]
    assert found.skipped == [(4, "further line of the row above")]
    assert cells(found)[0]["地址"] == "文三路1号"


def test_the_preview_says_what_became_of_titles_of_parts(plan):
    found = plan(
        [
            ["客户名称", "联系人", "手机"],
            ["王芳的客户"],
            [A, "张伟", "13800000001"],
            ["李强的客户"],
            [B, "李娜", "13800000002"],
        ]
    )
    assert found.table.titles[-1] == "分组行 / 业务员"
    assert [row["业务员"] for row in cells(found)] == ["王芳", "李强"]
    assert [what for _number, what in found.skipped] == ["title of a part, told in a column of its own"] * 2


def test_titles_of_parts_of_an_english_list_have_an_english_column(plan):
    found = plan([["Company", "Contact", "Mobile"], ["Owner: Wang Fang"], ["Acme Ltd", "John Smith", "+12125550100"]])
    assert found.table.titles[-1] == "Titles of parts / Owner"


@pytest.mark.parametrize("titles", [("高端客户", "常规客户"), ("高端", "连锁"), ("成交客户", "意向客户")])
def test_classes_that_begin_like_names_are_no_colleagues(plan, titles):
    found = plan([["序号", "客户名称", "手机"], [titles[0]], [1, A, "13800000001"], [titles[1]], [2, B, "13800000002"]])
    assert found.table.titles[-1] == "分组行 / 分组"
    assert [row["分组"] for row in cells(found)] == list(titles)


def test_names_alone_between_the_rows_are_colleagues(plan):
    found = plan([["序号", "客户名称", "手机"], ["王芳"], [1, A, "13800000001"], ["高明"], [2, B, "13800000002"]])
    assert [row["业务员"] for row in cells(found)] == ["王芳", "高明"]


def test_a_remark_between_the_rows_is_nobody_elses(plan):
    found = plan(
        [["客户名称", "联系人", "手机"], [A, "张伟", "13800000001"], ["备注：以上为老客户"], [B, "李娜", "13800000002"]]
    )
    assert found.table.heading == ["客户名称", "联系人", "手机"]
    assert len(found.table.rows) == 2


def test_a_heading_in_two_languages_is_no_record_of_two_lines(plan):
    found = plan(
        [
            ["公司名称", "联系人", "手机"],
            ["Company", "Contact", "Mobile"],
            [A, "张伟", "13800000001"],
            [B, "李娜", "13800000002"],
        ]
    )
    assert [number for number, _row in found.table.rows] == [3, 4]


def test_people_without_a_firm_in_an_address_book_have_none(plan):
    found = plan(
        [
            ["姓名", "手机", "公司"],
            ["张伟", "13800000001", A],
            ["老王", "13800000002", None],
            ["李娜", "13800000003", B],
        ]
    )
    assert cells(found)[1]["公司"] is None


def test_a_row_without_a_name_but_with_an_address_is_of_nobody(plan):
    rows = [
        ["客户名称", "地址", "联系人", "手机"],
        [A, "文三路1号", "张伟", "13800000001"],
        [None, "人民路2号", "李娜", "13800000002"],
    ]
    found = plan(rows)
    assert [row.status for row in found.rows] == ["new", "refused"]


def test_names_alone_in_a_list_of_people_are_people(plan):
    found = plan(
        [
            ["姓名", "手机", "地址"],
            ["张伟"],
            ["李娜", "13800000001", "文三路1号"],
            ["王强"],
            ["赵敏", "13800000002", "人民路2号"],
        ]
    )
    assert len(found.table.rows) == 4


def test_customers_of_whom_only_the_name_is_known_are_no_titles(plan):
    found = plan(
        [["客户名称", "联系人", "手机"], [A, "张伟", "13800000001"], [B], [C, "李娜", "13800000002"], ["浙江物流公司"]]
    )
    assert [row["客户名称"] for row in cells(found)] == [A, B, C, "浙江物流公司"]


def test_a_title_that_tells_what_a_column_tells_already_adds_none(plan):
    found = plan(
        [
            ["客户名称", "业务员", "手机"],
            ["王芳的客户", None, None],
            [A, "王芳", "13800000001"],
            [B, "王芳", "13800000002"],
        ]
    )
    assert found.table.heading.count("业务员") == 2 or "业务员" in found.table.heading
    assert [row.status for row in found.rows if row.status != "refused"] == ["new", "new"]


def test_a_further_person_is_told_with_the_firm_above(plan):
    found = plan(
        [
            ["客户名称", "地址", "联系人", "手机"],
            [A, "文三路1号", "张伟", "13800000001"],
            [None, None, "李娜", "13800000002"],
        ]
    )
    assert found.rows[1].notes == (f"客户名称: 〃 → {A}",)
    assert not found.rows[1].doubtful


def test_the_address_in_pieces_stands_in_its_order(plan):
    found = plan([["姓名", "手机", "室", "单元", "楼栋", "小区"], ["张伟", "13800000001", 401, 3, 12, "翠苑一区"]])
    assert cells(found)[0]["详细地址"] == "翠苑一区12栋3单元401室"


def test_the_same_form_on_each_sheet_is_one_list(office, tmp_path):
    from .corpus.recipes import book

    forms = [[["客户名称", firm], ["联系人", "张伟"], ["手机", f"1380000000{at}"]] for at, firm in enumerate((A, B, C))]
    book(tmp_path / "forms.xlsx", forms[0], title="甲", 乙=forms[1], 丙=forms[2])
    (found,) = importing.read(tmp_path / "forms.xlsx").tables
    assert [number for number, _row in found.table.rows] == [1, 2, 3]
    assert [row["客户名称"] for row in cells(found)] == [A, B, C]


def test_what_was_taken_back_is_gone_with_its_parts(office, sheet):
    from crm_desktop.models.customer import Customer
    from crm_desktop.store import file, history

    path = sheet(
        [["客户名称", "联系人", "手机"], ["华东区"], [A, "张伟", "13800000001"], ["华南区"], [C, "李娜", "13800000002"]]
    )
    result = importing.read(path).save(None)
    assert file.ask(f'SELECT name, region FROM "{Customer.table()}" ORDER BY id') == [(A, "华东区"), (C, "华南区")]
    history.undo(None, result.change)
    assert file.one(f'SELECT count(*) FROM "{Customer.table()}"') == 0
