"""How well service requests were handled, in figures counted by hand, and the records behind each of them."""

import pytest

from crm_desktop import statistics
from crm_desktop.i18n import N_
from crm_desktop.models import ServiceRequest
from crm_desktop.models.office import save_settings
from crm_desktop.statistics import Period
from crm_desktop.statistics.requests import REQUESTS, figure_records, figures
from crm_desktop.store import file
from crm_desktop.store.change import change

OCTOBER = Period.month("2026-10")
BY_MONTH = "requests_handled_by_month"


def ask(user, customer, **values):
    start = {
        "customer": customer.id,
        "description": "异响",
        "type": "after_sales.repair",
        "received_at": "2026-10-12T09:00:00",
        "owner": user.id,
    }
    with change(user, N_("Edit")) as c:
        return c.save(ServiceRequest, start | values)


def solved(user, customer, replied, at, **values):
    done = {"state": "closed", "replied_at": replied, "solved_at": at, "closed_at": at}
    return ask(user, customer, **(done | values))


@pytest.fixture
def served(wang_fang, li_qiang, li_ming):
    """Six requests of a Monday by a gold customer: to be answered by 14:00 and solved by Thursday 9:00."""
    return [
        solved(wang_fang, li_ming, "2026-10-12T10:00:00", "2026-10-12T11:00:00", satisfaction="5", cost=100_00),
        solved(wang_fang, li_ming, "2026-10-12T11:00:00", "2026-10-13T09:00:00", satisfaction="4"),
        solved(wang_fang, li_ming, "2026-10-13T09:00:00", "2026-10-16T09:00:00", satisfaction="3", reopened=1),
        solved(li_qiang, li_ming, "2026-10-12T15:00:00", "2026-10-12T16:00:00", satisfaction="2", cost=50_50,
               type="consulting"),
        ask(li_qiang, li_ming, type="consulting"),
        ask(li_qiang, li_ming, state="cancelled", closed_at="2026-10-20T09:00:00"),
    ]  # fmt: skip


def values(key, row=None, owner=None):
    table = statistics.compute(key, OCTOBER, owner)
    found = table.total if row is None else table.row(row).values
    return dict(zip([column.key for column in table.columns], found, strict=True))


def test_the_figures_of_a_month_are_as_counted_by_hand(served):
    found = values(BY_MONTH)
    assert found["count"] == 6
    assert found["reply"] == 40.0  # two in time, two late, one not answered yet; the cancelled one was not owed
    assert found["solve"] == 60.0
    assert found["first"] == 50.0  # two of four: one was opened again, one customer was displeased
    assert found["again"] == 25.0
    assert (found["score"], found["satisfied"]) == (3.5, 50.0)
    assert found["cost"] == 150.5


def test_the_times_are_working_hours(served):
    found = values("request_times")
    assert (found["reply_median"], found["reply_most"]) == (3.5, 8.0)  # 1, 2, 5 and 8 hours
    assert (found["solve_median"], found["solve_most"]) == (7.0, 32.0)  # 2, 6, 8 and 32 hours


def test_the_figures_are_told_apart_by_type_person_and_tier(served, wang_fang, li_qiang):
    assert values("requests_handled_by_type", "after_sales")["count"] == 4  # repairs are after-sales service
    assert values("requests_handled_by_type", "consulting")["cost"] == 50.5
    assert values("requests_handled_by_owner", str(li_qiang.id))["reply"] == 0.0
    assert values("requests_handled_by_tier", "gold")["count"] == 6
    assert values(BY_MONTH, owner=wang_fang.id)["count"] == 3


def test_what_was_kept_stands_beside_the_standard(served):
    tier = values("request_standards_by_tier", "gold")
    assert (tier["reply_standard"], tier["solve_standard"]) == (4, 24.0)  # 4 working hours, 3 days of 8 hours
    assert (tier["reply_most"], tier["reply"], tier["solve"]) == (8.0, 40.0, 60.0)
    consulting = values("request_standards_by_type", "consulting")
    assert (consulting["reply_standard"], consulting["solve_standard"]) == (None, 16.0)


def test_the_targets_of_the_office_stand_beside_what_was_reached(served, wang_fang):
    assert values("request_targets", "reply") == {"actual": 40.0, "target": 95.0, "difference": -55.0, "count": 5}
    save_settings(wang_fang, {"target_first_fix": 50})
    assert values("request_targets", "first") == {"actual": 50.0, "target": 50.0, "difference": 0.0, "count": 4}
    assert values("request_targets", "satisfied")["count"] == 4


@pytest.mark.parametrize(
    ("key", "row", "column", "places"),
    [
        (BY_MONTH, "2026-10", "reply", [0, 1]),
        (BY_MONTH, "2026-10", "solve", [0, 1, 3]),
        (BY_MONTH, "2026-10", "first", [0, 1]),
        (BY_MONTH, "2026-10", "again", [2]),
        (BY_MONTH, "2026-10", "satisfied", [0, 1]),
        (BY_MONTH, "2026-10", "cost", [0, 3]),
        (BY_MONTH, "2026-10", "count", [0, 1, 2, 3, 4, 5]),
        ("request_targets", "reply", None, [0, 1, 2, 3, 4]),
        ("request_targets", "reply", "actual", [0, 1]),
        ("request_targets", "first", None, [0, 1, 2, 3]),
        ("request_targets", "first", "actual", [0, 1]),
        ("request_standards_by_type", "consulting", "solve", [3]),
        ("request_standards_by_tier", "gold", "reply_standard", [0, 1, 2, 3, 4, 5]),
        ("requests_by_month", "2026-10", "closed", [0, 1, 2, 3, 5]),
        ("requests_by_type", "after_sales", None, [0, 1, 2, 5]),
    ],
)
def test_each_number_opens_the_records_it_is_about(served, key, row, column, places):
    table, ids = statistics.records(key, row, OCTOBER, column=column)
    assert table == "service_request"
    assert set(ids) == {served[place].id for place in places}


def test_one_that_becomes_a_complaint_was_not_solved_at_once(served, wang_fang):
    with change(wang_fang, N_("Edit")) as c:
        c.save(served[0], {"state": "complaint"})
    found = values(BY_MONTH)
    assert (found["first"], found["converted"]) == (25.0, 1)


def test_a_period_is_summed_up_in_words_and_opens_its_records(served, li_qiang):
    found = {figure.key: figure for figure in figures(OCTOBER)}
    assert (found["received"].shown, found["closed"].shown, found["open"].shown) == ("6", "5", "1")
    assert (found["reply"].shown, found["reply_time"].shown, found["time"].shown) == ("40 %", "3.5 h", "0.9 days")
    assert (found["satisfied"].value, found["score"].value) == (50.0, 3.5)
    hers = {figure.key: figure.value for figure in figures(OCTOBER, li_qiang.id)}
    assert (hers["received"], hers["reply"], hers["solve"]) == (3, 0.0, 50.0)
    assert list(figure_records("open", OCTOBER)) == [served[4].id]
    assert set(figure_records("again", OCTOBER)) == {served[2].id}
    assert set(figure_records("reply_time", OCTOBER, li_qiang.id)) == {served[3].id}
    for figure in figures(OCTOBER):
        assert figure_records(figure.key, OCTOBER) is not None
    with pytest.raises(KeyError):
        figure_records("weather", OCTOBER)


def test_an_office_without_requests_has_nothing_to_say(office):
    assert {figure.shown for figure in figures(OCTOBER)} == {"0", "–"}
    for each in REQUESTS:
        assert not any(each.table(OCTOBER, None).total[-1:]) or each.key == "requests_handled_by_month"


def test_all_figures_come_from_one_index(served):
    if file.is_server():
        pytest.skip("a server plans for itself")
    statistic = next(each for each in REQUESTS if each.key == BY_MONTH)
    where, params = statistic.where("2026-10", "reply", OCTOBER, None)
    plan = file.ask(f"EXPLAIN QUERY PLAN SELECT id FROM service_request WHERE {where}", params)
    assert all("COVERING INDEX service_request_figures" in step[3] for step in plan)
