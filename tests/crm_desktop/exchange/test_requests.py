"""Ledgers of service requests as offices keep them: recognised, judged, brought in once."""

import pytest

from crm_desktop import i18n
from crm_desktop.exchange import exporting, importing
from crm_desktop.i18n import N_
from crm_desktop.models import Customer, ServiceRequest
from crm_desktop.store import file
from crm_desktop.store.change import change

HEAD = [
    "报修时间",
    "报修单位",
    "报修人",
    "联系电话",
    "设备名称",
    "故障现象",
    "维修人员",
    "处理结果",
    "完成时间",
    "状态",
    "满意度",
    "备注",
]
REPAIRS = [
    [
        "2025-03-05 09:20",
        "甲公司",
        "张三",
        "13800000001",
        "包装机",
        "不通电",
        "李明",
        "更换电源板",
        "2025-03-06",
        "已完成",
        "满意",
        "",
    ],
    ["2025-03-07", "甲公司", "李四", "", "包装机", "输送带跑偏", "李明", "", "", "维修中", "", "已下单配件"],
    ["2025-03-08", "乙公司", "", "", "封口机", "封口不牢", "", "", "", "未处理", "", ""],
    ["2025-03-09", "乙公司", "", "", "封口机", "温度过低", "王芳", "", "", "待派单", "", ""],
    ["2025-03-10", "丙公司", "", "", "封口机", "要求上门保养", "王芳", "", "", "取消", "", ""],
]


def told(*columns):
    listed = ", ".join(columns)
    return file.ask(
        f"SELECT {listed} FROM service_request r JOIN customer k ON k.id = r.customer"
        ' LEFT JOIN "user" u ON u.id = r.owner ORDER BY r.received_at, r.id'
    )


def test_a_ledger_of_repairs_is_brought_in_with_the_offices_own_words(office, sheet):
    plan = importing.read(sheet([HEAD, *REPAIRS]), create_missing=True)
    (table,) = plan.tables
    assert (table.kind, table.mapping.not_imported()) == ("requests", [])
    result = plan.save(None)
    assert result.files[0]["created"]["requests"] == 5
    assert told("k.name", "r.caller", "r.product", "r.state", "u.name") == [
        ("甲公司", "张三 13800000001", "包装机", "closed", "李明"),
        ("甲公司", "李四", "包装机", "working", "李明"),
        ("乙公司", "", "封口机", "new", None),
        ("乙公司", "", "封口机", "assigned", "王芳"),  # who is named for was given it
        ("丙公司", "", "封口机", "cancelled", "王芳"),
    ]
    assert told("r.solved_at", "r.closed_at", "r.satisfaction", "r.remarks")[:2] == [
        ("2025-03-06T00:00:00", "2025-03-06T00:00:00", "4", ""),
        (None, None, "", "已下单配件"),
    ]


def test_importing_twice_changes_nothing(office, sheet):
    path = sheet([HEAD, *REPAIRS])
    importing.read(path, create_missing=True).save(None)
    plan = importing.read(path, create_missing=True)
    assert [c for row in plan.rows for c in row.changes] == []
    assert plan.counts()["same"] == 5


def test_what_is_refused_says_why(office, sheet, add):
    add(Customer, name="甲公司")
    rows = [
        ["", "甲公司", "", "", "包装机", "不通电", *[""] * 6],
        ["2025-03-05", "", "", "", "包装机", "不通电", *[""] * 6],
        ["2025-03-05", "甲公司", "", "", "包装机", "", *[""] * 6],
        ["2025-03-05", "丁公司", "", "", "包装机", "不通电", *[""] * 6],
        ["2025-03-06", "甲公司", "", "", "包装机", "不通电", *[""] * 6],
    ]
    reasons = [row.reason for row in importing.read(sheet([HEAD, *rows])).rows]
    assert reasons == [
        "The date is missing or cannot be read.",
        "The customer is missing.",
        "The description of the request is missing.",
        "There is no customer called “丁公司”. Add it, or let this import add who is missing.",
        "",
    ]


def test_a_ledger_without_states_is_told_by_its_days_and_words(office, sheet):
    head = ["服务日期", "客户名称", "服务类型", "服务内容", "服务人员", "处理结果", "完成日期"]
    rows = [
        ["2025-03-05", "甲公司", "报修", "不通电", "李明", "换电源", "2025-03-06"],
        ["2025-03-06", "甲公司", "安装", "新机到货", "李明", "已约时间", ""],
        ["2025-03-07", "甲公司", "咨询", "参数怎么设", "", "", ""],
    ]
    importing.read(sheet([head, *rows]), create_missing=True).save(None)
    assert told("r.state", "r.type") == [
        ("closed", "after_sales.repair"),
        ("working", "after_sales.install"),
        ("new", "consulting"),
    ]


def test_a_list_with_subjects_alone_is_enough(office, sheet):
    head = ["Request no.", "Opened", "Customer", "Ticket type", "Subject", "Assignee", "State"]
    rows = [["FW-2025-0007", "2025-03-05", "Acme Ltd", "Repair", "Printer jams", "", "New"]]
    importing.read(sheet([head, *rows]), create_missing=True).save(None)
    assert told("r.code", "r.subject", "r.description", "r.type") == [
        ("FW-2025-0007", "", "Printer jams", "after_sales.repair")
    ]


def test_a_later_state_of_the_same_ledger_updates_what_is_there(office, sheet):
    importing.read(sheet([HEAD, REPAIRS[1]]), create_missing=True).save(None)
    done = [*REPAIRS[1]]
    done[7:11] = ["换皮带", "2025-03-12", "已完成", "很满意"]
    plan = importing.read(sheet([HEAD, done]))
    assert plan.counts()["update"] == 1
    plan.save(None)
    assert told("r.state", "r.solution", "r.solved_at") == [("closed", "换皮带", "2025-03-12T00:00:00")]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (["投诉日期", "客户", "投诉内容", "处理人", "处理结果", "维修情况"], "complaints"),
        (["日期", "客户", "沟通内容", "跟进人"], "interactions"),
        (["工单号", "客户", "故障描述", "工程师", "受理时间"], "requests"),
        (["登记日期", "客户名称", "报修内容", "派单人员"], "requests"),
        (["服务时间", "客户名称", "服务类型", "服务内容", "服务人员"], "requests"),
        (["received", "customer", "request", "technician", "resolution"], "requests"),
    ],
)
def test_ledgers_of_requests_are_told_from_complaints_and_contacts(office, sheet, head, kind):
    values = {"日期": "2025-03-05", "时间": "2025-03-05", "received": "2025-03-05"}
    row = [next((v for word, v in values.items() if word in each), "甲公司") for each in head]
    (table,) = importing.read(sheet([head, row, row])).tables
    assert table.kind == kind


def test_a_sheet_in_both_languages_has_the_same_columns(office):
    from crm_desktop.exchange import words

    for language in ("en", "zh_CN"):
        i18n.set_language(language)
        for heading in ("Type of request", "报修时间", "处理人", "Serial no."):
            assert words.find("requests", heading), heading
    assert words.find("requests", "Assigned to")[0].described is ServiceRequest.described()["owner"]


def test_rows_with_numbers_of_their_own_are_two_however_alike_they_are(office, sheet):
    head = ["服务单号", "报修时间", "客户", "故障现象"]
    rows = [[f"FW-2025-000{n}", "2025-03-05", "甲公司", "卡纸"] for n in (1, 2)]
    path = sheet([head, *rows, rows[1]])
    importing.read(path, create_missing=True).save(None)
    assert told("r.code") == [("FW-2025-0001",), ("FW-2025-0002",)]
    assert importing.read(path).counts()["same"] == 3


def test_ticks_of_a_checklist_come_back_to_the_second(office, add, tmp_path):
    firm = add(Customer, name="甲公司")
    checks = [{"what": "核对保修", "done": "2026-03-05T14:30:12"}, {"what": "试机"}]
    request = add(
        ServiceRequest, customer=firm.id, description="卡纸", received_at="2026-03-05T09:00:07", checks=checks
    )
    path = exporting.export(tmp_path / "a.xlsx", ServiceRequest, [request.id])
    plan = importing.read(path)
    assert (plan.counts()["same"], [c for row in plan.rows for c in row.changes]) == (1, [])
    with change(None, N_("Delete")) as c:
        c.delete(request)
    importing.read(path).save(None)
    assert told("r.checks") == [
        ('[{"done":"2026-03-05T14:30:12","what":"核对保修"},{"what":"试机"}]',),
    ]
