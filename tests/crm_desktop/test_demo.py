"""The invented office is lifelike, whole, and always the same."""

import sqlite3
from datetime import date

import pytest

from crm_desktop import contact_rhythm, demo, today, values
from crm_desktop.demo import invention
from crm_desktop.errors import UserError
from crm_desktop.models import Complaint, Contact, Customer, Interaction, Position, lists
from crm_desktop.satisfaction import templates
from crm_desktop.statistics import surveys
from crm_desktop.statistics.drivers import items
from crm_desktop.store import file, history, search
from crm_desktop.store.record import tables

DAY = date(2026, 11, 21)
RECORDS = (
    "user",
    "customer",
    "contact",
    "position",
    "interaction",
    "complaint",
    "service_note",
    "service_request",
    "service_step",
    "survey_run",
    "survey_asked",
    "survey_answer",
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("demo") / "demo.crm"
    demo.make(path, customers=300, today=DAY)
    file.close()
    return path


@pytest.fixture
def office_file(made):
    file.open_file(made)
    yield made
    file.close()


def content(path):
    connection = sqlite3.connect(path)
    try:
        return {
            table: connection.execute(f'SELECT * FROM "{table}" ORDER BY id').fetchall()
            for table in (*RECORDS, "customer_hay", "interaction_hay")
        }
    finally:
        connection.close()


def test_the_same_seed_and_day_make_the_same_records(tmp_path):
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        demo.make(tmp_path / name, customers=25, seed=seed, today=DAY)
        file.close()
    first = content(tmp_path / "a")
    again = content(tmp_path / "b")
    for table, rows in first.items():
        if table != "user":
            assert rows == again[table]
    assert first["customer"] != content(tmp_path / "c")["customer"]


def test_as_many_records_are_made_as_asked_for(tmp_path):
    counts = demo.make(tmp_path / "a.crm", customers=12, interactions=345, complaints=67, today=DAY)
    assert (counts["customers"], counts["interactions"], counts["complaints"]) == (12, 345, 67)
    assert [file.one(f"SELECT count(*) FROM {table}") for table in ("customer", "interaction", "complaint")] == [
        12, 345, 67
    ]  # fmt: skip
    assert counts["contacts"] == file.one("SELECT count(*) FROM contact")


@pytest.mark.parametrize("numbers", [(1, 0, 0), (1, 1, 5), (3, 2, 9)])
def test_few_records_are_possible_too(tmp_path, numbers):
    customers, interactions, complaints = numbers
    demo.make(tmp_path / "a.crm", customers, interactions, complaints, today=DAY)
    assert file.one("SELECT count(*) FROM interaction") == interactions
    file.close()


def test_an_office_without_customers_has_its_lists_and_nothing_else(tmp_path):
    demo.make(tmp_path / "a.crm", customers=0)
    assert len(lists.entries("tier")) == 4
    assert [file.one(f'SELECT count(*) FROM "{table}"') for table in RECORDS] == [0] * len(RECORDS)
    file.close()


def test_an_existing_file_is_left_alone(tmp_path):
    path = tmp_path / "a.crm"
    path.write_text("mine")
    with pytest.raises(UserError):
        demo.make(path, customers=1)
    assert path.read_text() == "mine"


def test_a_cancelled_office_leaves_no_file(tmp_path):
    def cancel(*_progress):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        demo.make(tmp_path / "a.crm", customers=5, progress=cancel)
    assert list(tmp_path.iterdir()) == []


def test_progress_is_told_to_its_end(tmp_path):
    told = []
    demo.make(tmp_path / "a.crm", customers=5, today=DAY, progress=lambda *step: told.append(step))
    assert told[-1][0] == told[-1][1]
    assert [done for done, _total, _what in told] == sorted(done for done, _total, _what in told)
    file.close()


def test_every_record_keeps_the_rules_of_its_fields(office_file):
    for model in (Customer, Contact, Position, Interaction, Complaint):
        ids = [i for (i,) in file.ask(f'SELECT id FROM "{model.table()}"')]
        for row in file.rows(model.table(), ids).values():
            assert model.problems(row, row) == {}


def test_every_code_is_in_its_list(office_file):
    for model in (Customer, Contact, Interaction, Complaint):
        for name, field in model.described().items():
            if hasattr(field, "list_name") and type(field).__name__ == "Choice":
                codes = {code for (code,) in file.ask(f'SELECT DISTINCT "{name}" FROM "{model.table()}"')} - {"", None}
                assert all(lists.entry(field.list_name, code) for code in codes), (name, codes)


def test_customers_have_distinct_names_and_valid_credit_codes(office_file):
    names = [name for (name,) in file.ask("SELECT name FROM customer")]
    assert len(set(names)) == len(names) == 300
    codes = [code for (code,) in file.ask("SELECT credit_code FROM customer WHERE credit_code <> ''")]
    assert len(codes) > 100
    assert [values.check_credit_code(code) for code in codes] == [None] * len(codes)


def test_regions_are_written_as_addresses_are_read(office_file):
    for region, name in file.ask("SELECT region, name FROM customer"):
        assert values.read_region(region.replace(" ", "")).value == region
        assert any(part[:2] in name for part in region.split())


def test_mobile_numbers_are_invented_and_distinct():
    numbers = {invention.mobile(number) for number in range(50_000)}
    assert len(numbers) == 50_000
    assert all(number[3:7] == "0000" and values.read_phone(number).value == number for number in list(numbers)[:100])


def test_tiers_form_a_pyramid(office_file):
    sizes = dict(file.ask("SELECT tier, count(*) FROM customer GROUP BY tier"))
    assert sizes["diamond"] < sizes["gold"] < sizes["silver"] < sizes["regular"]


def test_everybody_is_spoken_with_in_working_hours_before_today(office_file):
    moments = [at for (at,) in file.ask("SELECT at FROM interaction")]
    assert all("08:30" <= at[11:16] <= "17:30" for at in moments)
    assert all(date.fromisoformat(at[:10]).weekday() < 5 for at in moments)
    assert max(moments) < DAY.isoformat()
    assert min(moments) < "2025-03"


def test_nobody_is_spoken_with_before_becoming_a_customer(office_file):
    sql = "SELECT count(*) FROM interaction i JOIN customer k ON k.id = i.customer"
    assert file.one(f"{sql} WHERE i.at < substr(k.created_at, 1, 10)") == 0


def test_complaints_go_their_course_in_order(office_file):
    rows = file.ask("SELECT received_at, solved_at, closed_at, state FROM complaint")
    for received, solved, closed, state in rows:
        assert not solved or received <= solved
        assert not closed or not solved or solved <= closed
        assert bool(closed) == (state in ("closed", "not_founded", "withdrawn"))
    assert any(closed is None for _received, _solved, closed, _state in rows)


def test_no_text_has_a_hole_left_unfilled(office_file):
    texts = file.ask("SELECT content || subject || next_what FROM interaction")
    texts += file.ask("SELECT description || solution FROM complaint")
    assert not [text for (text,) in texts if "{" in text]


def test_there_is_something_due_of_every_kind(office_file):
    due = today.due(DAY)
    assert {item.tone for item in due.section("contacts").items} == {"overdue", "due", "soon"}
    for key in ("contacts", "complaints", "birthdays", "neglected"):
        assert 0 < due.section(key).count < 150
    assert 0 < contact_rhythm.count_not_contacted(DAY) < 150


def test_some_people_serve_two_customers_and_some_birthdays_are_lunar(office_file):
    assert file.one("SELECT count(*) FROM (SELECT contact FROM position GROUP BY contact HAVING count(*) > 1)") > 0
    assert file.one("SELECT count(*) FROM contact WHERE birthday LIKE 'lunar:%'") > 0


def test_the_search_index_and_the_log_know_all_of_it(office_file):
    assert all(search.check(file.connection(), model.table()) for model in tables().values() if model.searchable)
    for table in ("customer", "interaction", "complaint"):
        logged = file.one('SELECT count(*) FROM change_entry WHERE "table" = ? AND op = ?', (table, "+"))
        assert logged == file.one(f"SELECT count(*) FROM {table}")


def test_the_whole_office_can_be_undone(tmp_path):
    demo.make(tmp_path / "a.crm", customers=5, today=DAY)
    change = file.one("""SELECT id FROM "change" WHERE action = 'Invented office'""")
    history.undo(None, change)
    assert file.one("SELECT count(*) FROM customer") == 0
    file.close()


def test_in_every_state_there_is_a_complaint_with_its_course_to_look_at(tmp_path):
    demo.make(tmp_path / "a.crm", customers=60, interactions=100, complaints=40, today=DAY)
    states = {state for (state,) in file.ask("SELECT DISTINCT state FROM complaint")}
    assert {"new", "accepted", "investigating", "approval", "handling", "solved", "closed", "hold", "escalated",
            "reopened", "withdrawn"} <= states  # fmt: skip
    last = dict(file.ask("SELECT complaint, after FROM complaint_step s WHERE at = (SELECT max(at) FROM complaint_step"
                         " WHERE complaint = s.complaint)"))  # fmt: skip
    assert all(last.get(i, "new") == state for i, state in file.ask("SELECT id, state FROM complaint"))
    assert file.one("SELECT count(*) FROM complaint_step s JOIN complaint c ON c.id = s.complaint"
                    " WHERE s.at < c.received_at") == 0  # fmt: skip
    file.close()


def test_two_surveys_have_ended_and_one_is_running(office_file):
    found = file.ask("SELECT id, state FROM survey_run ORDER BY started_on")
    assert [state for _i, state in found] == ["closed", "closed", "open"]
    for run, _state in found:
        assert all(figure.n >= 20 for figure in surveys.figures(surveys.Scope(run=run))[:3])
    first = surveys.Scope(run=found[0][0])
    weakest = min(items(first, templates.of_run(found[0][0]).items)[1:8], key=lambda one: one.score.mean)
    assert weakest.key == "delivery"
    assert file.one("SELECT count(*) FROM survey_asked WHERE state = 'to_ask'") > 5
    assert {"waiting", "decided"} == {
        "decided" if decision else "waiting"
        for (decision,) in file.ask("SELECT decision FROM complaint_signal WHERE source = 'survey'")
    }


def test_service_requests_are_in_every_state_with_their_course_and_some_are_late(office_file):
    def rows(sql, *params):
        return file.ask(sql, params)

    told = dict(rows("SELECT state, count(*) FROM service_request GROUP BY state"))
    assert {"new", "assigned", "working", "waiting", "solved", "closed", "reopened", "cancelled"} == told.keys()
    assert sum(told.values()) == 120
    steps = "SELECT after FROM service_step s WHERE s.request = r.id ORDER BY s.at DESC, s.id DESC LIMIT 1"
    assert not rows(f"SELECT r.code FROM service_request r WHERE r.state <> 'new' AND r.state <> ({steps})")
    late = "SELECT count(*) FROM service_request WHERE closed_at IS NULL AND due_at < ?"
    assert rows(late, DAY.isoformat())[0][0] > 2
    assert rows("SELECT count(*) FROM service_note WHERE used > 0")[0][0] > 3
    assert rows("SELECT count(*) FROM service_request WHERE state = 'closed' AND solve_minutes IS NULL") == [(0,)]
