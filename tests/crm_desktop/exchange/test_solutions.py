"""Lists of reusable solutions: frequent questions are brought in once, go out and come back."""

import pytest

from crm_desktop.exchange import exporting, importing
from crm_desktop.i18n import N_
from crm_desktop.models import ServiceNote
from crm_desktop.service import notes
from crm_desktop.store import file
from crm_desktop.store.change import change

FAQ = [
    ["序号", "常见问题", "分类", "解决方案", "关键词"],
    [1, "开机无反应", "维修", "先查供电，再查急停按钮", "停机 黑屏"],
    [2, "参数怎么设置", "技术支持", "见参数对照表", ""],
    [3, "", "技术支持", "没有标题", ""],
    [4, "没有答案的问题", "", "", ""],
]


def told():
    return file.ask("SELECT name, type, text, words FROM service_note ORDER BY id")


def test_frequent_questions_become_reusable_solutions(office, sheet):
    plan = importing.read(sheet(FAQ))
    (table,) = plan.tables
    assert (table.kind, table.mapping.not_imported()) == ("solutions", [])
    assert [row.reason for row in plan.rows] == [
        "",
        "",
        "The title of the solution is missing.",
        "The solution itself is missing.",
    ]
    result = plan.save(None)
    assert result.files[0]["created"]["solutions"] == 2
    assert told() == [
        ("开机无反应", "after_sales.repair", "先查供电，再查急停按钮", "停机 黑屏"),
        ("参数怎么设置", "technical", "见参数对照表", ""),
    ]
    assert [note.name for note in notes.find("kjwfy")] == ["开机无反应"]


def test_bringing_them_in_twice_changes_nothing_and_a_better_answer_updates(office, sheet):
    importing.read(sheet(FAQ[:3])).save(None)
    plan = importing.read(sheet(FAQ[:3]))
    assert (plan.counts()["same"], [c for row in plan.rows for c in row.changes]) == (2, [])
    better = [FAQ[0], [1, "开机无反应", "维修", "先查供电；仍不行请报修", "停机 黑屏"]]
    plan = importing.read(sheet(better))
    assert plan.counts()["update"] == 1
    plan.save(None)
    assert told()[0][2] == "先查供电；仍不行请报修"
    assert len(told()) == 2


def test_they_go_out_and_come_back(office, tmp_path):
    with change(None, N_("New solution")) as c:
        made = c.save(ServiceNote, {"name": "渗漏", "type": "after_sales.repair", "words": "漏油", "text": "一\n二"})
    path = exporting.export(tmp_path / "a.xlsx", ServiceNote, [made.id])
    plan = importing.read(path)
    assert (plan.tables[0].kind, plan.counts()["same"]) == ("solutions", 1)
    with change(None, N_("Delete")) as c:
        c.delete(made)
    importing.read(path).save(None)
    assert told() == [("渗漏", "after_sales.repair", "一\n二", "漏油")]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (["Question", "Answer"], "solutions"),
        (["知识标题", "内容", "关键词"], "solutions"),
        (["投诉日期", "客户", "问题", "解决方案"], "complaints"),
        (["报修时间", "客户", "问题", "解决办法", "维修人员"], "requests"),
        (["日期", "客户", "主题", "沟通内容"], "interactions"),
        (["客户名称", "联系人", "标签"], "customers"),
    ],
)
def test_lists_of_solutions_are_told_from_ledgers(office, sheet, head, kind):
    row = ["2025-03-05" if each.endswith(("日期", "时间")) else "甲有限公司" for each in head]
    (table,) = importing.read(sheet([head, row, row])).tables
    assert table.kind == kind
