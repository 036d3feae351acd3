"""The service form and the service ledger on paper: what they say, and what may be written by hand."""

from datetime import datetime
from io import BytesIO

import pypdfium2
import pytest

from crm_desktop import i18n
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_
from crm_desktop.models import ServiceRequest
from crm_desktop.reports import customer_card, monthly, service_ledger, service_month, service_request
from crm_desktop.service import checklist, moves
from crm_desktop.statistics import Period
from crm_desktop.store import change as changes
from crm_desktop.store.change import change

MONDAY = "2026-10-12T09:00:00"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr(changes, "now", lambda: MONDAY)
    monkeypatch.setattr(monthly, "now", lambda: datetime(2026, 10, 20, 9))


@pytest.fixture
def request_(li_ming, wang_fang):
    with change(wang_fang, N_("Edit")) as c:
        checklist.save(c, "after_sales.repair", ["核对保修", "试机"])
        return c.save(
            ServiceRequest,
            {
                "customer": li_ming.id,
                "caller": "张三",
                "description": "电机异响",
                "received_at": MONDAY,
                "type": "after_sales.repair",
                "product": "卧式电机",
                "owner": wang_fang.id,
            },
        )


def solve(user, request):
    with change(user, N_("Step")) as c:
        checklist.tick(c, request.id, "核对保修", True)
        moves.make(c, request.id, "begin")
        done = {"solution": "换了轴承", "solved_at": "2026-10-12T15:00:00", "parts": "轴承 6204", "cost": 12000}
        moves.make(c, request.id, "solve", done | {"chargeable": True})
        moves.make(c, request.id, "close", {"satisfaction": "5", "feedback": "很快"})


def words(draw, data):
    target = BytesIO()
    pages = draw(target, data)
    document = pypdfium2.PdfDocument(target.getvalue())
    assert len(document) == pages
    said = "".join(page.get_textpage().get_text_bounded() for page in document)
    return said.replace("\r", "").replace("\n", "")


def test_a_new_request_is_taken_along_with_room_to_write(request_):
    said = words(service_request.draw, service_request.collect(request_.id))
    for text in ("Service form", request_.code, "张三", "电机异响", "卧式电机", "王芳", "核对保修", "□",
                 "Customer's signature", "Parts used: __", "Very dissatisfied"):  # fmt: skip
        assert text in said, text
    assert "Course" not in said
    assert service_request.draw(BytesIO(), service_request.collect(request_.id)) == 1


def test_a_closed_request_says_its_whole_course(request_, wang_fang):
    solve(wang_fang, request_)
    said = words(service_request.draw, service_request.collect(request_.id))
    for text in ("换了轴承", "轴承 6204", "¥120.00", "✓", "Very satisfied", "很快", "Course", "Closed", "Solve by"):
        assert text in said, text
    assert "Parts used: __" not in said
    assert service_request.make.__doc__


def test_the_form_speaks_chinese(request_):
    i18n.set_language("zh_CN")
    said = words(service_request.draw, service_request.collect(request_.id))
    assert "维修" in said
    assert "很不满意" in said


def test_a_request_that_is_gone_is_said(request_, wang_fang):
    with change(wang_fang, N_("Delete")) as c:
        c.delete(request_)
    with pytest.raises(UserError):
        service_request.collect(request_.id)


def test_the_ledger_has_every_request_of_the_month_with_its_figures(request_, wang_fang, tmp_path):
    solve(wang_fang, request_)
    data = service_ledger.collect(Period.month("2026-10"), None, "2026-10")
    assert [row[0] for row in data.rows] == [request_.code]
    assert dict(data.figures)["Answered in time"] == "0 %"  # answered when it was solved: an hour after the deadline
    said = words(service_ledger.draw, data)
    for text in ("Service ledger", request_.code, "电机异响", "换了轴承", "2026-10-12"):
        assert text in said, text
    with change(wang_fang, N_("Edit")) as c:
        c.save(request_, {"solved_at": "2026-10-19T09:00:00"})
    late = service_ledger.collect(Period.month("2026-10"), wang_fang.id, "2026-10")
    assert late.rows[0][9] == "2026-10-19 ▲"
    assert "solved after the deadline" in words(service_ledger.draw, late)
    assert service_ledger.make(tmp_path / "a.pdf", Period.month("2026-09")) == 1


def test_the_card_of_a_customer_tells_its_requests(request_, li_ming, wang_fang):
    solve(wang_fang, request_)
    said = words(customer_card.draw, customer_card.collect(li_ming.id))
    for text in ("Service requests", request_.code, "电机异响", "换了轴承", "Closed"):
        assert text in said, text


def test_the_month_tells_targets_standards_and_what_is_overdue(request_, li_ming, wang_fang):
    solve(wang_fang, request_)
    with change(wang_fang, N_("Edit")) as c:
        about = {
            "customer": li_ming.id,
            "description": "漏油",
            "received_at": MONDAY,
            "agreed_at": "2026-10-15T09:00:00",
        }
        late = c.save(ServiceRequest, about | {"owner": wang_fang.id})
    month, year = Period.month("2026-10"), Period("2025-11-01", "2026-10-31")
    data = service_month.read(month, year, None, datetime(2026, 10, 20, 9))
    assert [row[0] for row in data.late] == [late.code]
    assert service_month.read(month, year, None, datetime(2026, 10, 14, 9)).late == []
    targets = {row.key: row.values for row in data.targets.rows}
    assert targets["solve"] == (2, 50.0, 90.0, -40.0)
    nobody = service_month.read(month, year, li_ming.id, datetime(2026, 10, 20, 9))
    assert nobody.trend is None
    said = words(monthly.draw, monthly.collect("2026-10"))
    for text in ("reached against target", "kept against standard", "Overdue service requests", late.code):
        assert text in said, text
