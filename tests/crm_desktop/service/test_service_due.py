"""What of the service requests is due: by deadline, tier, priority; on Today and as a reminder."""

from datetime import date, datetime

import pytest

from crm_desktop import today
from crm_desktop.i18n import N_
from crm_desktop.models import Customer, ServiceRequest
from crm_desktop.service import due, moves
from crm_desktop.store import change as changes
from crm_desktop.store import file
from crm_desktop.store.change import change

NOW = datetime(2026, 10, 12, 9, 30)  # a Monday


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr(changes, "now", lambda: NOW.isoformat())


def saved(user, model, **values):
    with change(user, N_("Edit")) as c:
        return c.save(model, values)


def ask(user, customer, subject, **values):
    start = {"customer": customer.id, "description": "异响", "received_at": "2026-10-12T09:00:00", "subject": subject}
    return saved(user, ServiceRequest, **(start | values))


def step(user, request, key, why="", until=None, **values):
    with change(user, N_("Step")) as c:
        return moves.make(c, request.id, key, values, why, until)


def test_open_requests_come_by_deadline_then_tier_then_priority(wang_fang, li_ming):
    diamond = saved(wang_fang, Customer, name="恒通集团", tier="diamond")
    agreed = {"replied_at": "2026-10-12T09:10:00", "agreed_at": "2026-10-12T16:00:00", "owner": wang_fang.id}
    for customer, subject, more in (
        (li_ming, "金客户", agreed),
        (li_ming, "金客户加急", agreed | {"priority": "high"}),
        (diamond, "钻石客户", agreed),
        (li_ming, "先到期", {"owner": wang_fang.id}),
        (li_ming, "已取消", {"state": "cancelled"}),
    ):
        ask(wang_fang, customer, subject, **more)
    section = due.open_requests(NOW)
    assert [item.what for item in section.items] == ["先到期", "钻石客户", "金客户加急", "金客户"]
    assert section.count == 4
    shown = due.open_requests(NOW, limit=2)
    assert ([item.what for item in shown.items], shown.count) == (["先到期", "钻石客户"], 4)
    assert section.items[0].detail.startswith("first reply: 3 working hours left")
    assert section.items[0].tone == "due"


def test_what_is_nobodys_is_everybodys_and_presses(wang_fang, li_qiang, li_ming):
    ask(wang_fang, li_ming, "无人处理")
    ask(wang_fang, li_ming, "王芳处理", owner=wang_fang.id)
    assert [item.what for item in due.open_requests(NOW, li_qiang.id).items] == ["无人处理"]
    (item,) = due.open_requests(NOW, li_qiang.id).items
    assert item.tone == "overdue"
    assert "nobody looks after it" in item.detail


def test_who_waits_for_the_customer_is_not_late(wang_fang, li_ming):
    request = ask(wang_fang, li_ming, "等样机", owner=wang_fang.id)
    step(wang_fang, request, "wait", "等客户寄回样机", "2026-10-20")
    (item,) = due.open_requests(NOW).items
    assert item.detail.startswith("waiting for the customer until 2026-10-20")
    assert (item.due, item.tone) == ("2026-10-20T09:00:00", "soon")


def test_a_reminder_names_what_is_due_in_half_an_hour_of_mine(wang_fang, li_qiang, li_ming):
    ask(wang_fang, li_ming, "今天答复", owner=wang_fang.id)
    just_before = datetime(2026, 10, 12, 13, 45)
    assert due.pressing(NOW, wang_fang.id) == []
    assert [item.what for item in due.pressing(just_before, wang_fang.id)] == ["今天答复"]
    assert due.pressing(just_before, li_qiang.id) == []
    assert len(due.pressing(just_before, None)) == 1


def test_many_that_wait_for_their_customers_do_not_hide_what_is_late(wang_fang, li_ming):
    for number in range(25):
        waiting = ask(wang_fang, li_ming, f"等客户 {number}", owner=wang_fang.id)
        step(wang_fang, waiting, "wait", "等客户", "2026-10-12")
    ask(wang_fang, li_ming, "今天答复", owner=wang_fang.id)
    just_before = datetime(2026, 10, 12, 13, 45)
    assert [item.what for item in due.pressing(just_before, wang_fang.id)] == ["今天答复"]


def test_today_tells_open_requests_where_the_office_has_some(wang_fang, li_ming):
    keys = [section.key for section in today.due(date(2026, 10, 12)).sections]
    assert "requests" not in keys  # an office that keeps none is not told of them
    ask(wang_fang, li_ming, "打印机卡纸")
    section = today.due(date(2026, 10, 12)).section("requests")
    assert [(item.table, item.what) for item in section.items] == [("service_request", "打印机卡纸")]


def test_what_is_due_comes_from_the_index_of_open_ones_in_one_question(wang_fang, li_ming):
    if file.is_server():
        pytest.skip("a server plans for itself")
    ask(wang_fang, li_ming, "打印机卡纸")
    asked = []
    file.connection().set_trace_callback(asked.append)
    due.open_requests(NOW, wang_fang.id)
    due.pressing(NOW, wang_fang.id)
    file.connection().set_trace_callback(None)
    assert len(asked) == 2
    for sql in asked:
        plan = " ".join(step[3] for step in file.ask(f"EXPLAIN QUERY PLAN {sql}"))
        assert "COVERING INDEX service_request_due" in plan, plan
        assert "SCAN service_request" not in plan, plan
        assert "SCAN k" not in plan, plan
