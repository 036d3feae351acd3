"""How well complaints were handled, in figures counted by hand; letters; papers; the lists that are worked off."""

from datetime import datetime

import pytest

from crm_desktop import i18n, statistics
from crm_desktop.complaints import due, letters
from crm_desktop.i18n import N_
from crm_desktop.listing import Listing
from crm_desktop.models import Complaint, Customer, Interaction
from crm_desktop.reports import complaint_form, complaint_ledger
from crm_desktop.statistics import Period, counting
from crm_desktop.statistics.complaints import figures
from crm_desktop.store import change as changes
from crm_desktop.store import file, history
from crm_desktop.store.change import change

OCTOBER = Period.month("2026-10")


def save(user, target, **values):
    with change(user, N_("Edit")) as c:
        return c.save(target, values)


def complain(user, customer, **values):
    start = {"customer": customer.id, "description": "异响", "received_at": "2026-10-12T09:00:00", "owner": user.id}
    return save(user, Complaint, **(start | values))


def solved(user, customer, at, **values):
    return complain(user, customer, state="closed", solved_at=at, closed_at=at, **values)


@pytest.fixture
def handled(wang_fang, li_qiang, li_ming):
    """Five complaints of a Monday: gold and normal, so solved in time until Thursday 9:00."""
    return [
        solved(wang_fang, li_ming, "2026-10-12T11:00:00", satisfaction="5", product="电机", compensation=100_00,
               acknowledged_at="2026-10-12T09:30:00"),
        solved(wang_fang, li_ming, "2026-10-13T09:00:00", satisfaction="4", product="电机",
               acknowledged_at="2026-10-12T10:00:00"),
        solved(wang_fang, li_ming, "2026-10-16T09:00:00", satisfaction="4", reopened=1, product="轴承",
               acknowledged_at="2026-10-12T11:00:00"),
        solved(li_qiang, li_ming, "2026-10-12T15:00:00", satisfaction="2", compensation=50_50),
        complain(li_qiang, li_ming),
    ]  # fmt: skip


def values(key, row=None, owner=None):
    table = statistics.compute(key, OCTOBER, owner)
    found = table.total if row is None else table.row(row).values
    return dict(zip([column.key for column in table.columns], found, strict=True))


def test_the_figures_of_a_month_are_as_counted_by_hand(handled):
    found = values("handling_by_month")
    assert found["count"] == 5
    assert found["on_time"] == 60.0  # three in time, one late, one still open and past its deadline
    assert found["solve"] == 6.5  # 2, 5, 8 and 32 working hours
    assert found["reopened"] == 25.0
    assert found["first"] == 50.0  # two of four: one was opened again, one customer was displeased
    assert found["second"] == 100.0
    assert found["cost"] == 150.5


def test_what_was_withdrawn_or_not_founded_was_not_late(handled, wang_fang, li_ming):
    ended = {"received_at": "2026-10-12T09:00:00", "closed_at": "2026-10-12T11:00:00"}
    complain(wang_fang, li_ming, **ended, state="withdrawn")
    complain(wang_fang, li_ming, **ended, state="not_founded")
    found = values("handling_by_month")
    assert (found["count"], found["on_time"]) == (7, 60.0)


def test_the_times_are_working_hours(handled):
    found = values("handling_times")
    assert (found["acknowledge_median"], found["acknowledge_most"]) == (1.0, 2.0)
    assert found["solve_most"] == 32.0


def test_the_figures_are_told_apart_by_product_person_and_tier(handled, wang_fang, li_qiang):
    assert values("handling_by_product", "电机")["count"] == 2
    assert values("handling_by_product", "")["cost"] == 50.5
    assert values("handling_by_owner", str(li_qiang.id))["on_time"] == 50.0
    assert values("handling_by_tier", "gold")["count"] == 5
    assert values("handling_by_month", owner=wang_fang.id)["count"] == 3


@pytest.mark.parametrize(
    ("column", "places"),
    [
        ("on_time", [0, 1, 3]),
        ("reopened", [2]),
        ("first", [0, 1]),
        ("second", [2]),
        ("cost", [0, 3]),
        ("count", [0, 1, 2, 3, 4]),
    ],
)
def test_each_number_opens_the_records_it_is_about(handled, column, places):
    _table, ids = statistics.records("handling_by_month", "2026-10", OCTOBER, column=column)
    assert set(ids) == {handled[place].id for place in places}


def test_paper_says_the_same_numbers(handled):
    shown = {figure.key: figure.shown for figure in figures(OCTOBER)}
    assert (shown["received"], shown["on_time"], shown["acknowledge"]) == ("5", "60 %", "1 h")
    assert (shown["solve"], shown["cost"]) == ("0.8 days", "¥150.50")
    data = complaint_ledger.collect(OCTOBER, None, "2026-10")
    assert len(data.rows) == 5
    assert [row[10] for row in data.rows if row[10].endswith("▲")] == ["2026-10-16 ▲"]


def test_a_hold_does_not_count_as_time_we_took(wang_fang, li_ming, monkeypatch):
    from crm_desktop.complaints import moves

    case = complain(wang_fang, li_ming, category="quality", severity="normal", acknowledged_at="2026-10-12T09:30:00")
    filled = {"founded": "yes", "cause": "quality", "solution_types": ["rework"], "solution": "修好"}
    for at, key, values in (
        ("2026-10-12T09:30:00", "accept", {}),
        ("2026-10-12T10:00:00", "hold", {}),
        ("2026-10-14T10:00:00", "resume", {}),
        ("2026-10-14T10:10:00", "investigate", {}),
        ("2026-10-14T10:20:00", "begin", filled),
        ("2026-10-14T11:00:00", "solve", {"solved_at": "2026-10-14T11:00:00", "told_at": "2026-10-14T11:00:00",
                                          "told_how": "phone"}),
    ):  # fmt: skip
        monkeypatch.setattr(changes, "now", lambda at=at: at)
        with change(wang_fang, N_("Step")) as c:
            moves.make(c, case.id, key, values, "等样品")
    assert Complaint.get_row(case.id).solve_minutes == 120
    assert Complaint.get_row(case.id).solve_by == "2026-10-19T09:00:00"  # two working days later than Thursday


def test_the_work_list_goes_by_deadline_tier_and_severity_and_ends_with_what_has_ended(wang_fang, li_ming):
    diamond = save(wang_fang, Customer, name="甲", tier="diamond")
    same = {"received_at": "2026-10-12T09:00:00", "agreed_by": "2026-10-12T12:00:00", "state": "handling"}
    done = {"acknowledged_at": "2026-10-12T09:10:00", "replied_at": "2026-10-12T09:20:00"}
    old = solved(wang_fang, diamond, "2026-10-01T09:00:00", received_at="2026-09-01")
    late = solved(wang_fang, li_ming, "2026-10-11T09:00:00", received_at="2026-10-10")
    normal = complain(wang_fang, li_ming, **same, **done)
    major = complain(wang_fang, li_ming, **same, **done, severity="major")
    first = complain(wang_fang, diamond, **same, **done)
    earlier = complain(wang_fang, li_ming, **(same | {"agreed_by": "2026-10-12T11:00:00"}), **done)
    listed = list(Listing(Complaint, sort="due_at").ids())
    assert listed == [one.id for one in (earlier, first, major, normal, late, old)]


@pytest.mark.parametrize(
    ("moment", "tone", "text"),
    [
        ("2026-10-12T10:00:00", "due", "solve: 3 working hours left"),
        ("2026-10-12T13:30:00", "due", "solve: 30 minutes left"),
        ("2026-10-09T14:00:00", "soon", "solve: 2 working days left"),
        ("2026-10-12T16:00:00", "overdue", "solve: overdue by 2 working hours"),
        ("2026-10-15T14:00:00", "overdue", "solve: overdue by 3 working days"),
    ],
)
def test_the_countdown_is_in_working_time(moment, tone, text):
    found = due.countdown("solve", "2026-10-12T14:00:00", datetime.fromisoformat(moment))
    assert (found.tone, found.text) == (tone, text)


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        ("2026-10-11T10:05:00", "solve: 2 hours left"),
        ("2026-10-11T11:25:00", "solve: 40 minutes left"),
        ("2026-10-11T15:20:00", "solve: overdue by 3 hours"),
    ],
)
def test_the_countdown_of_a_sunday_is_in_hours_of_the_clock(moment, text):
    found = due.countdown("solve", "2026-10-11T12:05:00", datetime.fromisoformat(moment))
    assert found.text == text


def test_my_complaints_are_reminded_of_once_they_are_near(wang_fang, li_qiang, li_ming):
    complain(wang_fang, li_ming, agreed_by="2026-10-12T10:20:00", state="handling")
    now = datetime(2026, 10, 12, 10)
    assert len(due.pressing(now, wang_fang.id)) == 1
    assert due.pressing(now, li_qiang.id) == []
    assert due.pressing(datetime(2026, 10, 12, 9, 30), wang_fang.id) == []


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("kind", list(letters.KINDS))
def test_a_letter_has_the_facts_of_the_case(handled, li_ming, wang_fang, kind, language):
    i18n.set_language(language)
    case = save(wang_fang, handled[0], complainant="李明", analysis="轴承装反", solution="换了新电机",
                improvements=[{"what": "装配后听音检查"}])  # fmt: skip
    text = letters.text(kind, case, "2026-10-13")
    assert "李明" in text
    assert "异响" in text
    assert "华东商贸" in text
    assert "{" not in text
    if kind == "result":
        assert "¥100.00" in text
        assert "轴承装反。" in text
    if kind == "apology":
        assert "装配后听音检查" in text


def test_what_was_sent_is_logged_and_taken_back_together(handled, wang_fang):
    case = handled[4]
    with change(wang_fang, N_("Write to the complainant")) as c:
        letters.send(c, case.id, "result", "亲爱的客户", "wechat")
    found = Complaint.get_row(case.id)
    assert (bool(found.told_at), found.told_how, bool(found.replied_at)) == (True, "wechat", True)
    contact = Interaction.get_row(file.one("SELECT max(id) FROM interaction"))
    assert (contact.complaint, contact.purpose, contact.content) == (case.id, "complaint", "亲爱的客户")
    history.undo(wang_fang, file.one('SELECT max(id) FROM "change"'))
    assert Complaint.get_row(case.id).told_at is None
    assert file.one("SELECT count(*) FROM interaction") == 0


def test_the_form_says_the_whole_course_with_places_to_sign(tmp_path, handled):
    data = complaint_form.collect(handled[0].id)
    said = {label: text for _title, pairs in data.groups for label, text in pairs}
    assert said["Customer"] == "杭州长荣机电有限公司"
    assert said["Compensation amount"] == "¥100.00"
    assert complaint_form.make(tmp_path / "form.pdf", handled[0].id) <= 2
    assert complaint_ledger.make(tmp_path / "ledger.pdf", OCTOBER) == 1


@pytest.mark.parametrize(
    "period", [Period.year(2026), Period("2026-01-15", "2026-03-10"), Period("2026-02-01", "2026-02-01")]
)
def test_the_cases_of_each_month_are_those_counted_one_by_one(wang_fang, li_qiang, li_ming, period):
    days = ["2025-12-31T23:59:59", "2026-01-15T00:00:00", "2026-02-01T08:00:00", "2026-03-11T00:00:00", None]
    for number, (received, closed) in enumerate((a, b) for a in days[:-1] for b in days):  # odd ones among them
        owner = (wang_fang, li_qiang)[number % 2].id
        complain(wang_fang, li_ming, received_at=received, closed_at=closed, owner=owner,
                 state="closed" if closed else "new")  # fmt: skip
    for owner in (None, wang_fang.id):
        table = statistics.compute("complaints_by_month", period, owner)
        bases = (counting.cases_received, counting.cases_closed, counting.cases_open)
        for row, (_month, part) in zip(table.rows, period.split(), strict=True):
            assert row.values == tuple(counting.count("complaint", base(part, owner)) for base in bases)
        assert table.total == tuple(counting.count("complaint", base(period, owner)) for base in bases)
