"""The course of a complaint: only allowed steps, each with what it must bring, each stamped and taken back."""

import random
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop import bulk_edit
from crm_desktop.complaints import moves, reading
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_
from crm_desktop.models import Complaint, ComplaintStep, Customer, User
from crm_desktop.models.base import Invalid
from crm_desktop.models.office import save_settings
from crm_desktop.store import change as changes
from crm_desktop.store import checking, file, history
from crm_desktop.store.change import change

MONDAY = "2026-11-23T10:00:00"
SOLUTION = {"founded": "yes", "cause": "quality.production", "solution_types": ["exchange"], "solution": "换了新电机"}
TOLD = {"solved_at": MONDAY, "told_at": MONDAY, "told_how": "phone"}
ACCEPTED = {"category": "quality", "severity": "normal", "acknowledged_at": MONDAY}


@pytest.fixture
def clock(monkeypatch):
    """Office time, as the test sets it."""

    class Clock:
        now = MONDAY

    monkeypatch.setattr(changes, "now", lambda: Clock.now)
    return Clock


@pytest.fixture
def complaint(li_ming, wang_fang, clock):
    with change(wang_fang, N_("New complaint")) as c:
        return c.save(
            Complaint,
            {"customer": li_ming.id, "description": "电机异响", "owner": wang_fang.id, "received_at": MONDAY},
        )


def step(user, complaint, key, why="", until=None, **values):
    with change(user, N_("Step of a complaint")) as c:
        return moves.make(c, complaint.id, key, values, why, until)


def as_it_is(complaint):
    return Complaint.get_row(complaint.id)


def test_an_ordinary_course_from_the_first_call_to_the_end(complaint, wang_fang, clock):
    step(wang_fang, complaint, "accept", **ACCEPTED)
    step(wang_fang, complaint, "investigate")
    step(wang_fang, complaint, "begin", **SOLUTION)
    clock.now = "2026-11-24T15:00:00"
    step(wang_fang, complaint, "solve", **(TOLD | {"solved_at": clock.now}))
    assert as_it_is(complaint).follow_up_on == "2026-11-27"
    clock.now = "2026-11-27T09:00:00"
    done = step(wang_fang, complaint, "close", satisfaction="5", follow_up="运转正常")
    assert (done.state, done.closed_at, done.reopened) == ("closed", clock.now, 0)
    course = moves.course(complaint.id)
    assert [each.after for each in course] == ["accepted", "investigating", "handling", "solved", "closed"]
    assert {each.by for each in course} == {wang_fang.id}
    assert [each.at[:10] for each in course][-2:] == ["2026-11-24", "2026-11-27"]


def test_every_state_has_an_obvious_next_step(office):
    for state in (*moves.OPEN, "closed", "not_founded", "withdrawn"):
        possible = moves.allowed(state)
        assert possible
        assert possible[0].key == moves._FIRST[state]


def test_a_step_that_is_not_allowed_is_refused(complaint, wang_fang):
    with pytest.raises(UserError, match="gone on meanwhile"):
        step(wang_fang, complaint, "close", satisfaction="5", follow_up="好", cause="quality")
    assert as_it_is(complaint).state == "new"


def test_no_solution_without_cause_and_no_closing_without_the_customer_asked(complaint, wang_fang):
    step(wang_fang, complaint, "accept", **ACCEPTED)
    step(wang_fang, complaint, "investigate")
    with pytest.raises(Invalid) as refused:
        step(wang_fang, complaint, "begin", founded="yes", solution="换货")
    assert set(refused.value.problems) == {"cause", "solution_types"}
    step(wang_fang, complaint, "begin", **SOLUTION)
    step(wang_fang, complaint, "solve", **TOLD)
    with pytest.raises(Invalid) as refused:
        step(wang_fang, complaint, "close")
    assert set(refused.value.problems) == {"satisfaction", "follow_up"}


def test_who_is_not_satisfied_is_not_done_with(complaint, wang_fang):
    for key, values in (("accept", ACCEPTED), ("investigate", {}), ("begin", SOLUTION), ("solve", TOLD)):
        step(wang_fang, complaint, key, **values)
    with pytest.raises(Invalid, match="open the complaint again"):
        step(wang_fang, complaint, "close", satisfaction="2", follow_up="还是响")
    again = step(wang_fang, complaint, "reopen", why="还是响", satisfaction="2", follow_up="还是响")
    assert (again.state, again.reopened, again.solved_at) == ("reopened", 1, None)
    step(wang_fang, complaint, "accept", acknowledged_at=MONDAY)
    step(wang_fang, complaint, "investigate")
    step(wang_fang, complaint, "begin", solution="整机更换")
    step(wang_fang, complaint, "solve", **TOLD)
    done = step(wang_fang, complaint, "close", satisfaction="4", follow_up="好了")
    assert (done.state, done.reopened) == ("closed", 1)


def test_a_hold_needs_a_reason_and_goes_back_to_where_it_was(complaint, wang_fang):
    step(wang_fang, complaint, "accept", **ACCEPTED)
    with pytest.raises(UserError, match="Say why"):
        step(wang_fang, complaint, "hold")
    step(wang_fang, complaint, "hold", why="等待外部鉴定", until="2026-12-01")
    held = as_it_is(complaint)
    assert (held.state, held.due_what, held.due_at, held.solve_by) == ("hold", "resume", "2026-12-01T09:00:00", None)
    assert step(wang_fang, complaint, "resume").state == "accepted"


def test_a_hold_moves_the_deadline_by_its_working_time(complaint, wang_fang, clock):
    assert as_it_is(complaint).solve_by == "2026-11-26T10:00:00"  # three working days, gold and normal
    step(wang_fang, complaint, "accept", **ACCEPTED)
    clock.now = "2026-11-23T16:30:00"
    step(wang_fang, complaint, "hold", why="等客户寄回样品")
    clock.now = "2026-11-25T09:30:00"
    step(wang_fang, complaint, "resume")
    assert as_it_is(complaint).solve_by == "2026-11-27T12:00:00"


def test_compensation_above_ones_limit_needs_somebody_who_may(complaint, wang_fang, li_qiang):
    with change(None, N_("Change colleague")) as c:
        c.save(User.get_row(li_qiang.id), {"role": "manager"})
        c.save(User.get_row(wang_fang.id), {"role": "staff"})
    step(wang_fang, complaint, "accept", **ACCEPTED)
    step(wang_fang, complaint, "investigate")
    generous = SOLUTION | {"compensation_kind": "refund", "compensation": 500_00}
    with pytest.raises(UserError, match=r"up to ¥200\.00"):
        step(wang_fang, complaint, "begin", **generous)
    step(wang_fang, complaint, "propose", **generous)
    with pytest.raises(UserError, match=r"¥500\.00 needs the approval"):
        step(wang_fang, complaint, "approve")
    approved = step(li_qiang, complaint, "approve")
    assert (approved.state, approved.approved_by) == ("handling", li_qiang.id)


def test_an_office_without_a_manager_trusts_everybody(complaint, wang_fang):
    step(wang_fang, complaint, "accept", **ACCEPTED)
    step(wang_fang, complaint, "investigate")
    assert step(wang_fang, complaint, "begin", **SOLUTION, compensation=9_000_00).state == "handling"


def test_a_proposal_can_be_sent_back_with_a_reason(complaint, wang_fang):
    step(wang_fang, complaint, "accept", **ACCEPTED)
    step(wang_fang, complaint, "investigate")
    step(wang_fang, complaint, "propose", **SOLUTION)
    assert step(wang_fang, complaint, "send_back", why="先问供应商").state == "investigating"


def test_what_is_not_founded_is_closed_when_the_customer_was_told_why(complaint, wang_fang):
    step(wang_fang, complaint, "accept", **ACCEPTED)
    with pytest.raises(Invalid) as refused:
        step(wang_fang, complaint, "dismiss")
    assert set(refused.value.problems) == {"founded_reason", "told_at", "told_how"}
    done = step(wang_fang, complaint, "dismiss", founded_reason="安装反了", told_at=MONDAY, told_how="phone")
    assert (done.state, done.founded, done.closed_at) == ("not_founded", "no", MONDAY)


def test_an_implicit_complaint_is_accepted_when_the_customer_was_asked(complaint, wang_fang):
    with change(wang_fang, N_("Edit complaint")) as c:
        c.save(as_it_is(complaint), {"nature": "implicit"})
    with pytest.raises(Invalid, match="ask the customer"):
        step(wang_fang, complaint, "accept", **ACCEPTED)
    assert step(wang_fang, complaint, "accept", **ACCEPTED, demand="换一台").state == "accepted"


def test_a_step_is_taken_back_with_everything_that_was_written_with_it(complaint, wang_fang):
    before = as_it_is(complaint)
    step(wang_fang, complaint, "accept", **ACCEPTED)
    history.undo(wang_fang, file.one('SELECT max(id) FROM "change"'))
    after = as_it_is(complaint)
    changed = {n for n in Complaint.described() if getattr(after, n) != getattr(before, n)}
    assert changed <= {"updated_at", "updated_by"}
    assert moves.course(complaint.id) == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32))
def test_whatever_steps_are_taken_each_is_undone_one_by_one_and_the_file_stays_sound(li_ming, wang_fang, clock, seed):
    dice = random.Random(seed)
    moment = datetime.fromisoformat(MONDAY)
    clock.now = MONDAY
    with change(wang_fang, N_("New complaint")) as c:
        record = c.save(Complaint, {"customer": li_ming.id, "description": "坏了", "received_at": MONDAY})
    filled = {**SOLUTION, **TOLD, **ACCEPTED, "owner": wang_fang.id, "satisfaction": "4", "follow_up": "好",
              "founded_reason": "没有问题"}  # fmt: skip
    seen = []
    for _step in range(dice.randrange(1, 9)):
        moment += timedelta(minutes=dice.randrange(1, 3000))
        clock.now = moment.isoformat(timespec="seconds")
        each = dice.choice(moves.allowed(as_it_is(record).state))
        seen.append(stored(record))
        step(wang_fang, record, each.key, why="因为", **{n: filled[n] for n in each.needs})
        now = as_it_is(record)
        assert (now.closed_at is not None) == (now.state in ("closed", "not_founded", "withdrawn"))
        assert now.due_what or now.closed_at
        if now.solve_by and now.state != "hold":
            assert now.solve_by >= "2026-11-26T10:00:00"
    for before in reversed(seen):
        undoable = 'SELECT max(id) FROM "change" c WHERE undoes IS NULL AND NOT EXISTS' \
                   ' (SELECT 1 FROM "change" u WHERE u.undoes = c.id)'  # fmt: skip
        history.undo(wang_fang, file.one(undoable))
        assert stored(record) == before
    assert moves.course(record.id) == []
    assert checking.problems() == []


def stored(record):
    row = file.rows("complaint", [record.id])[record.id]
    return {name: value for name, value in row.items() if name not in ("updated_at", "updated_by")}


@pytest.mark.parametrize(
    ("tier", "severity", "due"),
    [
        ("diamond", "normal", ("2026-11-23T12:00:00", "2026-11-24T10:00:00", "2026-11-25T10:00:00")),
        ("gold", "normal", ("2026-11-23T15:00:00", "2026-11-25T10:00:00", "2026-11-26T10:00:00")),
        ("silver", "major", ("2026-11-23T22:00:00", "2026-11-25T10:00:00", "2026-11-30T10:00:00")),
        ("regular", "urgent", ("2026-11-23T12:00:00", "2026-11-23T14:00:00", "2026-11-24T10:00:00")),
        ("", "", ("2026-11-24T10:00:00", "2026-11-25T10:00:00", "2026-11-26T10:00:00")),
    ],
)
def test_the_stricter_of_tier_and_severity_holds(li_ming, wang_fang, complaint, tier, severity, due):
    with change(wang_fang, N_("Edit")) as c:
        c.save(Customer.get_row(li_ming.id), {"tier": tier})
        c.save(as_it_is(complaint), {"severity": severity})
    now = as_it_is(complaint)
    assert (now.acknowledge_by, now.reply_by, now.solve_by) == due
    assert now.tier == tier


def test_open_deadlines_move_with_the_tier_the_rule_and_the_calendar_and_back_with_undo(complaint, wang_fang, li_ming):
    from datetime import date

    from crm_desktop import working_time

    def solve_by():
        return as_it_is(complaint).solve_by

    assert solve_by() == "2026-11-26T10:00:00"
    with change(wang_fang, N_("Edit customer")) as c:
        c.save(Customer.get_row(li_ming.id), {"tier": "diamond"})
    assert solve_by() == "2026-11-25T10:00:00"
    history.undo(wang_fang, file.one('SELECT max(id) FROM "change"'))
    assert solve_by() == "2026-11-26T10:00:00"
    save_settings(wang_fang, {"sla_solve_normal": "8wh"})
    assert solve_by() == "2026-11-24T10:00:00"
    save_settings(wang_fang, {"sla_solve_normal": "3wd"})
    with change(wang_fang, N_("Change the calendar")) as c:
        working_time.set_day(c, date(2026, 11, 24), False)
    assert solve_by() == "2026-11-27T10:00:00"
    save_settings(wang_fang, {"work_hours": "10:00-12:00"})
    assert solve_by() == "2026-11-26T12:00:00"  # a day is two hours now, and the 24th is off


def test_what_was_solved_keeps_the_deadline_it_had(complaint, wang_fang):
    for key, values in (("accept", ACCEPTED), ("investigate", {}), ("begin", SOLUTION), ("solve", TOLD)):
        step(wang_fang, complaint, key, **values)
    before = as_it_is(complaint).solve_by
    save_settings(wang_fang, {"sla_solve_normal": "1wh"})
    assert as_it_is(complaint).solve_by == before
    assert as_it_is(complaint).solve_minutes == 0


def test_a_day_that_was_agreed_is_never_passed(complaint, wang_fang):
    with change(wang_fang, N_("Edit")) as c:
        c.save(as_it_is(complaint), {"agreed_by": "2026-11-24T12:00:00"})
    assert as_it_is(complaint).solve_by == "2026-11-24T12:00:00"
    with change(wang_fang, N_("Edit")) as c:
        c.save(as_it_is(complaint), {"agreed_by": "2027-11-24T12:00:00"})
    assert as_it_is(complaint).solve_by == "2026-11-26T10:00:00"


def test_deleting_a_complaint_takes_its_course_along_and_brings_it_back(complaint, wang_fang):
    step(wang_fang, complaint, "accept", **ACCEPTED)
    before = stored(complaint)
    with change(wang_fang, N_("Delete complaint")) as c:
        c.delete(as_it_is(complaint))
    assert file.one("SELECT count(*) FROM complaint_step") == 0
    history.undo(wang_fang, file.one('SELECT max(id) FROM "change"'))
    assert stored(complaint) == before
    assert [s.after for s in moves.course(complaint.id)] == ["accepted"]
    assert isinstance(moves.course(complaint.id)[0], ComplaintStep)


def test_the_state_of_many_complaints_is_not_changed_past_the_course():
    assert "state" not in bulk_edit.fields(Complaint)
    assert "owner" in bulk_edit.fields(Complaint)


def test_telling_the_customer_how_it_stands_is_the_first_reply_and_changes_no_state(complaint, wang_fang, clock):
    step(wang_fang, complaint, "accept", **ACCEPTED)
    clock.now = "2026-11-23T15:00:00"
    told = step(wang_fang, complaint, "inform", why="样品已送检", told_how="wechat")
    assert (told.state, told.replied_at, told.informed[-1]["what"]) == ("accepted", clock.now, "样品已送检")
    clock.now = "2026-11-24T15:00:00"
    assert step(wang_fang, complaint, "inform", why="明天出结果").replied_at == "2026-11-23T15:00:00"
    with pytest.raises(UserError, match="Say why"):
        step(wang_fang, complaint, "inform")
    assert [stamp.title for stamp in reading.case(complaint.id).course] == [
        "Registered", "Accepted", "Customer told", "Customer told",
    ]  # fmt: skip
