"""Lists of feedback as offices keep them: recognised, judged, brought in once; written out and read again the same."""

from crm_desktop import i18n
from crm_desktop.exchange import exporting, importing, templates
from crm_desktop.i18n import N_
from crm_desktop.models import Feedback
from crm_desktop.store import file
from crm_desktop.store.change import change

HEAD = [
    "反馈时间",
    "客户名称",
    "反馈人",
    "联系电话",
    "反馈类型",
    "反馈内容",
    "责任人",
    "回复内容",
    "回复时间",
    "是否采纳",
    "备注",
]
ROWS = [
    [
        "2025-03-05",
        "甲公司",
        "张三",
        "13800000001",
        "建议",
        "希望微信通知发货",
        "王芳",
        "已安排",
        "2025-03-07",
        "采纳",
        "",
    ],
    ["2025-03-06", "甲公司", "李四", "", "表扬", "师傅很耐心", "", "谢谢", "", "", "已在例会表扬"],
    ["2025-03-08", "乙公司", "", "", "意见", "电话难打通", "王芳", "", "", "", ""],
]


def told(*columns):
    listed = ", ".join(columns)
    return file.ask(f"SELECT {listed} FROM feedback r JOIN customer k ON k.id = r.customer ORDER BY r.at, r.id")


def test_a_list_of_feedback_is_brought_in_with_the_offices_own_words(office, sheet):
    plan = importing.read(sheet([HEAD, *ROWS]), create_missing=True)
    (table,) = plan.tables
    assert (table.kind, table.mapping.not_imported()) == ("feedback", [])
    assert plan.save(None).files[0]["created"]["feedback"] == 3
    assert told("k.name", "r.who", "r.kind", "r.state", "r.answered_at", "r.adopted") == [
        ("甲公司", "张三 13800000001", "suggestion", "answered", "2025-03-07T00:00:00", "adopted"),
        ("甲公司", "李四", "praise", "answered", "2025-03-06T00:00:00", ""),
        ("乙公司", "", "displeasure", "new", None, ""),
    ]
    assert told("r.remarks")[1] == ("已在例会表扬",)


def test_importing_twice_changes_nothing(office, sheet):
    path = sheet([HEAD, *ROWS])
    importing.read(path, create_missing=True).save(None)
    plan = importing.read(path, create_missing=True)
    assert [c for row in plan.rows for c in row.changes] == []
    assert plan.counts()["same"] == 3


def test_a_row_without_words_is_refused_with_the_reason(office, sheet):
    plan = importing.read(
        sheet([HEAD, ["2025-03-05", "甲公司", "", "", "建议", "", "", "", "", "", ""]]), create_missing=True
    )
    assert plan.counts()["refused"] == 1


def test_a_ledger_of_complaints_is_not_taken_for_feedback(office, sheet):
    head = ["投诉日期", "客户名称", "反馈人", "反馈内容", "处理结果"]
    plan = importing.read(sheet([head, ["2025-03-05", "甲公司", "张三", "漏油", "已换"]]), create_missing=True)
    assert plan.tables[0].kind == "complaints"


def test_what_is_written_out_is_read_again_the_same(li_ming, ming, wang_fang, tmp_path):
    with change(wang_fang, N_("New feedback")) as c:
        said = {"customer": li_ming.id, "contact": ming.id, "text": "建议\n两行", "at": "2026-11-16T09:00:00"}
        kept = c.save(Feedback, said | {"kind": "praise", "thanks": "gift", "thanks_cost": 6800, "owner": wang_fang.id})
    for language in ("en", "zh_CN"):
        i18n.set_language(language)
        path = exporting.to_excel(tmp_path / f"{language}.xlsx", Feedback, [kept.id])
        plan = importing.read(path)
        assert plan.tables[0].kind == "feedback", language
        assert plan.counts()["same"] == 1, language


def test_an_empty_list_can_be_had_and_is_recognised(office, tmp_path):
    path = templates.write(tmp_path / "a.xlsx", "feedback")
    assert path.exists()
