"""Every figure is the count of the records it shows, whatever the office holds."""

import itertools
import shutil
import sqlite3
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop import demo, statistics
from crm_desktop.i18n import N_
from crm_desktop.models import Complaint, Customer, Interaction, lists
from crm_desktop.statistics import NOT_GIVEN, STATISTICS, Period, compute, month_figures, records
from crm_desktop.store import file
from crm_desktop.store.change import change

DAY = date(2026, 11, 21)
KEYS = [statistic.key for statistic in STATISTICS]
BY_KIND = ("contacts_by_month", "feedback_by_month")
NO_SUMS = ("complaints_by_month", "requests_by_month", "time_to_solve", "request_targets")
SUMS = [key for key in KEYS if key not in NO_SUMS]


@pytest.fixture(scope="module")
def demo_office(tmp_path_factory):
    path = tmp_path_factory.mktemp("demo") / "demo.crm"
    demo.make(path, customers=60, interactions=500, complaints=40, today=DAY)
    file.close()
    return path


@pytest.fixture
def demo_file(demo_office):
    file.open_file(demo_office)
    yield demo_office
    file.close()


def saved(user, model, **values):
    with change(user, N_("Edit customer")) as c:
        return c.save(model, values)


def contact(user, customer, at, channel="phone"):
    return saved(user, Interaction, customer=customer.id, at=at, channel=channel, content="谈了报价")


def complaint(user, customer, **values):
    return saved(user, Complaint, customer=customer.id, description="少发了一箱", **values)


def total(key, period, owner=None):
    """The whole of a statistic: of months divided by channel the column that sums them up, else the only one."""
    table = compute(key, period, owner)
    columns = [column.key for column in table.columns]
    return table.total[columns.index("total") if "total" in columns else 0]


def test_a_month_has_the_days_of_the_calendar():
    assert Period.month("2024-02") == Period("2024-02-01", "2024-02-29")
    assert Period.year(2026) == Period("2026-01-01", "2026-12-31")
    assert Period.last_month(date(2026, 1, 15)) == Period("2025-12-01", "2025-12-31")
    assert Period.months(3, DAY) == Period("2026-09-01", "2026-11-30")


def test_a_period_is_split_into_months_without_losing_a_day():
    parts = Period("2025-12-15", "2026-02-03").split()
    assert parts == [
        ("2025-12", Period("2025-12-15", "2025-12-31")),
        ("2026-01", Period("2026-01-01", "2026-01-31")),
        ("2026-02", Period("2026-02-01", "2026-02-03")),
    ]
    assert not Period("2025-12-15", "2026-02-03").whole_months


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("period", [Period.months(24, DAY), Period("2026-03-10", "2026-08-20")], ids=["months", "days"])
def test_every_figure_can_show_the_records_it_counted(demo_file, key, period):
    table = compute(key, period)
    uncounted = {"median", "mean"}
    for column, whole in zip(table.columns, table.total, strict=True):
        if column.key not in uncounted and not column.measure:
            assert len(records(key, None, period, column=column.key)[1]) == whole
            for row in table.rows:
                value = dict(zip([c.key for c in table.columns], row.values, strict=True))[column.key]
                assert len(records(key, row.key, period, column=column.key)[1]) == value


@pytest.mark.parametrize("key", SUMS)
def test_the_rows_add_up_to_the_total(demo_file, key):
    table = compute(key, Period.months(24, DAY))
    assert table.total[0] > 0
    for place, column in enumerate(table.columns):
        assert column.measure or sum(row.values[place] for row in table.rows) == table.total[place]


def test_the_owners_parts_add_up_to_the_office(demo_file):
    owners = [i for (i,) in file.ask("SELECT id FROM user")]
    period = Period("2026-03-10", "2026-08-20")
    for key in SUMS:
        assert sum(total(key, period, owner) for owner in owners) == total(key, period)


def test_the_key_figures_of_a_month_equal_the_statistics_of_that_month(demo_file):
    period = Period.month("2026-10")
    figures = {figure.key: figure for figure in month_figures("2026-10")}
    assert figures["customers"].value == total("customers_by_tier", period)
    assert figures["new_customers"].value == total("new_customers_by_month", period)
    assert figures["contacts"].value == compute("contacts_by_month", period).total[-1]
    received, closed, still_open = compute("complaints_by_month", period).total
    assert [figures[key].value for key in ("received", "closed", "open")] == [received, closed, still_open]
    assert figures["days_to_solve"].value == compute("time_to_solve", period).total[1]


def test_the_key_figures_stand_beside_last_month_and_last_year(demo_file):
    now, before, year = ({f.key: f.value for f in month_figures(month)} for month in ("2026-10", "2026-09", "2025-10"))
    for figure in month_figures("2026-10"):
        assert (figure.value, figure.last_month, figure.last_year) == (
            now[figure.key], before[figure.key], year[figure.key]
        )  # fmt: skip


def test_each_key_figure_can_show_its_records(demo_file):
    for figure in month_figures("2026-10"):
        if figure.unit == "":
            assert len(statistics.figure_records(figure.key, "2026-10")[1]) == figure.value


def test_before_the_first_record_there_is_nothing_to_compare_with(wang_fang, li_ming):
    contact(wang_fang, li_ming, "2026-10-05T09:00:00")
    contacts = next(figure for figure in month_figures("2026-10") if figure.key == "contacts")
    assert (contacts.value, contacts.last_month, contacts.last_year) == (1, None, None)


def test_the_last_moment_of_a_day_belongs_to_it(wang_fang, li_ming):
    contact(wang_fang, li_ming, "2026-10-31T23:59:59")
    contact(wang_fang, li_ming, "2026-11-01T00:00:00")
    assert compute("contacts_by_month", Period.month("2026-10")).total[-1] == 1
    assert total("contacts_by_person", Period("2026-10-31", "2026-10-31")) == 1
    assert total("contacts_by_person", Period("2026-11-01", "2026-11-01")) == 1


def test_what_is_not_given_has_a_row_of_its_own(wang_fang, li_ming):
    saved(wang_fang, Customer, name="无级公司", owner=None)
    table = compute("customers_by_tier", Period.year(2099))
    assert table.row(NOT_GIVEN).values == (1,)
    assert table.row(NOT_GIVEN).label == "(not given)"
    assert compute("customers_by_owner", Period.year(2099)).row(NOT_GIVEN).values == (1,)


def test_a_code_that_is_in_no_list_is_counted_under_its_own_name(wang_fang, li_ming):
    saved(wang_fang, Customer, name="白金公司", tier="platinum")
    table = compute("customers_by_tier", Period.year(2099))
    assert table.row("platinum").label == "platinum"
    assert table.total == (2,)


def test_tiers_keep_the_order_of_their_list_and_show_empty_ones(li_ming):
    rows = compute("customers_by_tier", Period.year(2099)).rows
    assert [row.key for row in rows] == [entry.code for entry in lists.entries("tier")]
    assert [row.values for row in rows] == [(0,), (1,), (0,), (0,)]


def test_an_industry_is_counted_in_its_section(wang_fang):
    saved(wang_fang, Customer, name="甲", industry="34")
    saved(wang_fang, Customer, name="乙", industry="C")
    saved(wang_fang, Customer, name="丙", industry="51")
    table = compute("customers_by_industry", Period.year(2099))
    assert {row.key: row.values[0] for row in table.rows} == {"C": 2, "F": 1}
    assert len(records("customers_by_industry", "C", Period.year(2099))[1]) == 2


def test_archived_customers_are_not_counted(wang_fang, li_ming):
    saved(wang_fang, li_ming.__class__, name="旧公司", archived=True)
    assert total("customers_by_tier", Period.year(2099)) == 1


def test_a_customer_counts_from_the_day_it_became_one(wang_fang):
    saved(wang_fang, Customer, name="老公司", since="2020-03-05")
    assert total("customers_by_stage", Period.month("2020-02")) == 0
    assert total("customers_by_stage", Period.month("2020-03")) == 1
    assert total("new_customers_by_month", Period.year(2020)) == 1


def test_a_complaint_is_open_at_the_end_of_each_month_until_it_is_closed(wang_fang, li_ming):
    complaint(
        wang_fang, li_ming, received_at="2026-01-20", state="closed", solved_at="2026-03-01", closed_at="2026-03-02"
    )
    rows = compute("complaints_by_month", Period("2026-01-01", "2026-03-31")).rows
    assert [row.values for row in rows] == [(1, 0, 1), (0, 0, 1), (0, 1, 0)]


def test_time_to_solve_gives_count_median_and_mean_in_days(wang_fang, li_ming):
    for days in (1, 2, 9):
        complaint(
            wang_fang, li_ming, received_at="2026-03-01", state="solved", solved_at=f"2026-03-{1 + days:02}T00:00:00"
        )
    assert compute("time_to_solve", Period.month("2026-03")).total == (3, 2.0, 4.0)
    assert compute("time_to_solve", Period.month("2026-04")).total == (0, None, None)


def test_a_contact_written_after_the_figures_were_read_is_in_the_next_ones(wang_fang, li_ming):
    period = Period.month("2026-03")
    assert total("contacts_by_channel", period) == 0
    contact(wang_fang, li_ming, "2026-03-03T10:00:00")
    assert total("contacts_by_channel", period) == 1
    assert compute("contacts_by_month", period).row("2026-03").values == (1, 1)


def test_an_unfinished_period_with_nothing_in_it_is_all_noughts(office):
    for key in KEYS:
        assert not any(compute(key, Period.month("2026-03")).total)
    assert [figure.value for figure in month_figures("2026-03")] == [0, 0, 0, 0, 0, 0, 0, None]


def test_what_is_due_next_month_is_told(wang_fang, li_ming, ming):
    with change(wang_fang, N_("Edit customer")) as c:
        c.save(ming, {"birthday": "--12-24"})
        c.save(li_ming, {"next_contact_at": "2026-12-03", "next_contact_what": "拜访"})
    complaint(wang_fang, li_ming, received_at="2026-11-20", promised_at="2026-12-05")
    complaint(wang_fang, li_ming, received_at="2026-11-20", follow_up_on="2026-12-06")
    sections = {section.key: section for section in statistics.due_next_month("2026-11")}
    assert [item.what for item in sections["contacts"].items] == ["拜访"]
    assert [(item.who, item.due) for item in sections["birthdays"].items] == [("李明", "2026-12-24")]
    assert sections["promises"].count == sections["follow_ups"].count == 1
    assert all(section.count == 0 for section in statistics.due_next_month("2026-09"))


CUSTOMERS = st.fixed_dictionaries(
    {
        "tier": st.sampled_from(["diamond", "regular", "", "platinum"]),
        "stage": st.sampled_from(["won", "lost", "", "dreaming"]),
        "industry": st.sampled_from(["34", "C", "", "99x"]),
        "source": st.sampled_from(["search", "", "radio"]),
        "region": st.sampled_from(["江苏省 苏州市", "", "火星"]),
        "archived": st.booleans(),
        "since": st.sampled_from([None, "2025-12-31", "2026-01-01", "2026-02-28"]),
    }
)
MOMENTS = st.sampled_from(["2025-12-31T23:59:59", "2026-01-01T00:00:00", "2026-01-31T23:59:59", "2026-02-01T00:00:00"])
CONTACTS = st.fixed_dictionaries({"at": MOMENTS, "channel": st.sampled_from(["phone", "visit", "pigeon"])})
COMPLAINTS = st.fixed_dictionaries(
    {
        "received_at": MOMENTS,
        "category": st.sampled_from(["quality", "quality.blemish", "", "noise"]),
        "cause": st.sampled_from(["staff.attitude", "", "weather"]),
        "state": st.sampled_from(["new", "solved", "closed", "lost"]),
        "solved_at": st.sampled_from([None, "2026-01-31T23:59:59", "2026-02-15T00:00:00"]),
    }
)
PERIODS = st.sampled_from(
    [Period.month("2026-01"), Period("2025-12-31", "2026-02-01"), Period("2026-01-31", "2026-01-31"), Period.year(2026)]
)
SEQUENCE = itertools.count()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(CUSTOMERS, min_size=1, max_size=6),
    st.lists(CONTACTS, max_size=6),
    st.lists(COMPLAINTS, max_size=6),
    PERIODS,
)
def test_no_record_is_lost_from_any_breakdown(wang_fang, li_qiang, customers, contacts, complaints, period):
    with change(wang_fang, N_("Edit customer")) as c:
        ids = c.insert_many(
            Customer, [{"name": f"公司{next(SEQUENCE)}", "owner": li_qiang.id, **values} for values in customers]
        )
        c.insert_many(Interaction, [{"customer": ids[0], "content": "谈", **values} for values in contacts])
        c.insert_many(Complaint, [{"customer": ids[0], "description": "坏了", **values} for values in complaints])
    try:
        after = period.after
        counted = {
            "interaction": file.one("SELECT count(*) FROM interaction WHERE at >= ? AND at < ?", (period.start, after)),
            "complaint": file.one(
                "SELECT count(*) FROM complaint WHERE received_at >= ? AND received_at < ?", (period.start, after)
            ),
        }
        for key in KEYS:
            table, statistic = compute(key, period), statistics.statistic(key)
            assert len(records(key, None, period)[1]) == table.total[-1 if key in BY_KIND else 0]
            if key in SUMS:
                last = max(place for place, column in enumerate(table.columns) if not column.measure)
                assert sum(row.values[last] for row in table.rows) == table.total[last]
            if statistic.about in counted and key != "time_to_solve":
                assert len(records(key, None, period)[1]) == counted[statistic.about]
    finally:
        with change(wang_fang, N_("Delete customer")) as c:
            c.delete_many(Customer, ids)


def test_a_file_opened_again_is_counted_again(demo_office, tmp_path):
    path, whole = tmp_path / "office.crm", Period("2000-01-01", "2099-12-31")
    shutil.copy(demo_office, path)
    file.open_file(path)
    before = total("contacts_by_channel", whole)
    file.close()
    elsewhere = sqlite3.connect(path)
    elsewhere.execute("DELETE FROM interaction WHERE id = (SELECT max(id) FROM interaction)")
    elsewhere.commit()
    elsewhere.close()
    file.open_file(path)
    assert total("contacts_by_channel", whole) == before - 1
    file.close()
