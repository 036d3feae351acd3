"""The course of a service request: only allowed steps, each with what it must bring, each stamped and taken back."""

import random
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop import bulk_edit
from crm_desktop.complaints import signals
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_
from crm_desktop.models import Complaint, Customer, Interaction, ListEntry, ServiceNote, ServiceRequest
from crm_desktop.models.base import Invalid
from crm_desktop.models.office import save_settings
from crm_desktop.service import checklist, converting, moves, notes
from crm_desktop.store import change as changes
from crm_desktop.store import checking, file, history
from crm_desktop.store.change import change

MONDAY = "2026-11-23T10:00:00"
SOLVED = {"solution": "换了轴承", "solved_at": MONDAY}


@pytest.fixture
def clock(monkeypatch):
    """Office time, as the test sets it."""

    class Clock:
        now = MONDAY

    monkeypatch.setattr(changes, "now", lambda: Clock.now)
    return Clock


def begun(user, customer, **values):
    start = {"customer": customer.id, "description": "电机异响", "received_at": MONDAY, "type": "after_sales.repair"}
    with change(user, N_("New service request")) as c:
        return c.save(ServiceRequest, start | values)


@pytest.fixture
def request_(li_ming, wang_fang, clock):
    return begun(wang_fang, li_ming)


def step(user, request, key, why="", until=None, **values):
    with change(user, N_("Step of a service request")) as c:
        return moves.make(c, request.id, key, values, why, until)


def as_it_is(request):
    return ServiceRequest.get_row(request.id)


def take_back(user):
    history.undo(user, file.one('SELECT max(id) FROM "change"'))


def test_an_ordinary_course_from_the_call_to_the_verdict(request_, wang_fang, clock):
    assert request_.code.startswith("FW-2026-")
    assert request_.state == "new"
    step(wang_fang, request_, "assign", owner=wang_fang.id)
    step(wang_fang, request_, "begin")
    clock.now = "2026-11-24T15:00:00"
    step(wang_fang, request_, "solve", **(SOLVED | {"solved_at": clock.now}))
    solved = as_it_is(request_)
    assert (solved.due_what, solved.due_at) == ("follow_up", "2026-11-26T17:00:00")
    assert solved.replied_at == clock.now
    assert solved.solve_minutes == 720  # six and a half hours of the first day, five and a half of the second
    clock.now = "2026-11-26T09:00:00"
    done = step(wang_fang, request_, "close", satisfaction="5", feedback="很快")
    assert (done.state, done.closed_at, done.reopened) == ("closed", clock.now, 0)
    course = moves.course(request_.id)
    assert [each.after for each in course] == ["assigned", "working", "solved", "closed"]
    assert {each.by for each in course} == {wang_fang.id}


def test_who_is_given_a_request_at_once_has_it_assigned(li_ming, wang_fang, clock):
    given_ = begun(wang_fang, li_ming, owner=wang_fang.id)
    assert (given_.state, given_.acknowledged_at) == ("assigned", MONDAY)
    assert moves.allowed(given_.state)[0].key == "begin"


def test_a_question_is_answered_at_once(request_, wang_fang):
    done = step(wang_fang, request_, "answer", **SOLVED)
    assert (done.state, done.owner, done.replied_at) == ("solved", wang_fang.id, MONDAY)


def test_every_state_has_an_obvious_next_step_but_for_what_became_a_complaint(office):
    for state in (*moves.OPEN, "closed", "cancelled"):
        assert moves.allowed(state)[0].key == moves._FIRST[state]
    assert moves.allowed("complaint") == []
    assert {move.key for move in moves.allowed("in the workshop")} == {"begin", "cancel"}


def test_a_colleague_whose_clock_is_slow_does_not_stop_the_clock_for_ever(request_, wang_fang, li_qiang, clock):
    step(wang_fang, request_, "begin" if request_.state == "assigned" else "assign", owner=wang_fang.id)
    clock.now = "2026-11-23T11:05:00"
    step(wang_fang, request_, "wait", "等客户")
    clock.now = "2026-11-23T11:03:00"  # later in truth
    assert step(li_qiang, request_, "resume").state == "assigned"
    assert [each.after for each in moves.course(request_.id)] == ["assigned", "waiting", "assigned"]
    assert as_it_is(request_).solve_by, "the clock runs again"


def test_who_was_given_a_waiting_request_has_it_assigned_when_it_goes_on(request_, wang_fang, li_qiang):
    step(wang_fang, request_, "wait", "等客户")
    with change(wang_fang, N_("Edit service request")) as c:
        c.save(as_it_is(request_), {"owner": li_qiang.id})
    assert step(wang_fang, request_, "resume").state == "assigned"
    assert moves.course(request_.id)[-1].after == "assigned"


def test_a_verdict_the_office_made_itself_closes_a_request_without_a_sign(request_, wang_fang):
    with change(wang_fang, N_("Edit list")) as c:
        c.save(ListEntry, {"list": "satisfaction", "code": "own", "zh": "未表态", "sort": 9})
    step(wang_fang, request_, "answer", **SOLVED)
    assert step(wang_fang, request_, "close", satisfaction="own").state == "closed"
    assert file.one("SELECT count(*) FROM complaint_signal") == 0


def test_a_request_whose_complaint_was_deleted_can_be_opened_again(request_, wang_fang):
    with change(wang_fang, N_("Step of a service request")) as c:
        made = converting.to_complaint(c, request_.id, "要求退货")
    with pytest.raises(UserError, match="gone on meanwhile"):
        step(wang_fang, request_, "reopen", "弄错了")
    with change(wang_fang, N_("Delete complaint")) as c:
        c.delete(made)
    assert step(wang_fang, request_, "reopen", "弄错了").state == "reopened"


def test_what_was_cancelled_by_mistake_was_not_tried_in_vain(request_, wang_fang):
    step(wang_fang, request_, "cancel", "重复登记")
    assert step(wang_fang, request_, "reopen", "弄错了").reopened == 0
    step(wang_fang, request_, "answer", **SOLVED)
    assert step(wang_fang, request_, "reopen", "又响了").reopened == 1


def test_a_step_that_is_not_allowed_is_refused(request_, wang_fang):
    with pytest.raises(UserError, match="gone on meanwhile"):
        step(wang_fang, request_, "close", satisfaction="5")
    assert as_it_is(request_).state == "new"


def test_no_solving_without_a_solution_and_no_closing_without_a_verdict(request_, wang_fang):
    step(wang_fang, request_, "assign", owner=wang_fang.id)
    step(wang_fang, request_, "begin")
    with pytest.raises(Invalid) as refused:
        step(wang_fang, request_, "solve", solved_at=MONDAY)
    assert set(refused.value.problems) == {"solution"}
    step(wang_fang, request_, "solve", **SOLVED)
    with pytest.raises(Invalid) as refused:
        step(wang_fang, request_, "close")
    assert set(refused.value.problems) == {"satisfaction"}
    with pytest.raises(UserError, match="Say why"):
        step(wang_fang, request_, "close_unasked")
    assert step(wang_fang, request_, "close_unasked", why="三次无人接听").state == "closed"


def test_a_low_verdict_is_a_sign_of_displeasure(request_, wang_fang, li_ming):
    step(wang_fang, request_, "answer", **SOLVED)
    step(wang_fang, request_, "close", satisfaction="2", feedback="等了太久")
    [sign] = signals.waiting(datetime.fromisoformat(MONDAY).date())
    assert (sign.source, sign.customer) == ("request", li_ming.id)
    assert "等了太久" in sign.what
    take_back(wang_fang)
    assert signals.waiting(datetime.fromisoformat(MONDAY).date()) == []
    assert as_it_is(request_).state == "solved"


def test_waiting_for_the_customer_needs_a_reason_stops_the_clock_and_goes_back(request_, wang_fang, clock):
    step(wang_fang, request_, "assign", owner=wang_fang.id)
    step(wang_fang, request_, "begin")
    before = as_it_is(request_).solve_by
    assert before == "2026-11-26T10:00:00"  # three working days: gold
    with pytest.raises(UserError, match="Say why"):
        step(wang_fang, request_, "wait")
    clock.now = "2026-11-23T16:30:00"
    step(wang_fang, request_, "wait", why="等客户寄回样机", until="2026-12-01")
    held = as_it_is(request_)
    assert (held.state, held.due_what, held.due_at, held.solve_by) == ("waiting", "resume", "2026-12-01T09:00:00", None)
    clock.now = "2026-11-25T09:30:00"
    assert step(wang_fang, request_, "resume").state == "working"
    assert as_it_is(request_).solve_by == "2026-11-27T12:00:00"


def test_a_customer_told_how_it_stands_has_had_its_first_reply(request_, wang_fang):
    assert as_it_is(request_).due_what == "reply"
    told = step(wang_fang, request_, "reply", why="明天上午上门")
    assert (told.state, told.replied_at) == ("new", MONDAY)
    assert as_it_is(request_).due_what == "solve"


@pytest.mark.parametrize(
    ("tier", "kind", "priority", "due"),
    [
        ("diamond", "after_sales.repair", "normal", ("2026-11-23T12:00:00", "2026-11-25T10:00:00")),
        ("regular", "after_sales.repair", "normal", ("2026-11-25T10:00:00", "2026-12-02T10:00:00")),
        ("regular", "presales", "normal", ("2026-11-23T15:00:00", "2026-11-25T10:00:00")),
        ("silver", "other", "high", ("2026-11-23T15:00:00", "2026-11-25T10:00:00")),
        ("", "", "urgent", ("2026-11-23T12:00:00", "2026-11-24T10:00:00")),
    ],
)
def test_the_strictest_of_tier_type_and_priority_holds(request_, li_ming, wang_fang, tier, kind, priority, due):
    with change(wang_fang, N_("Edit")) as c:
        c.save(Customer.get_row(li_ming.id), {"tier": tier})
        c.save(as_it_is(request_), {"type": kind, "priority": priority})
    now = as_it_is(request_)
    assert (now.reply_by, now.solve_by, now.tier) == (*due, tier)


def test_a_kind_of_after_sales_service_without_a_rule_follows_the_whole_group(request_, wang_fang):
    save_settings(wang_fang, {"std_solve_type_after_sales": "1wd"})
    assert as_it_is(request_).solve_by == "2026-11-24T10:00:00"
    save_settings(wang_fang, {"std_solve_type_after_sales.repair": "2wd"})
    assert as_it_is(request_).solve_by == "2026-11-25T10:00:00"


def test_an_appointment_takes_the_place_of_the_standard(request_, wang_fang):
    with change(wang_fang, N_("Edit")) as c:
        c.save(as_it_is(request_), {"agreed_at": "2026-12-15T09:00:00"})
    assert as_it_is(request_).solve_by == "2026-12-15T09:00:00"


def test_what_was_solved_keeps_the_deadline_it_had(request_, wang_fang, li_ming):
    step(wang_fang, request_, "answer", **SOLVED)
    before = as_it_is(request_).solve_by
    save_settings(wang_fang, {"std_solve_tier_gold": "1wh"})
    with change(wang_fang, N_("Edit")) as c:
        c.save(Customer.get_row(li_ming.id), {"tier": "diamond"})
    assert as_it_is(request_).solve_by == before


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32))
def test_whatever_steps_are_taken_each_is_undone_one_by_one_and_the_file_stays_sound(li_ming, wang_fang, clock, seed):
    dice = random.Random(seed)
    moment = datetime.fromisoformat(MONDAY)
    clock.now = MONDAY
    request = begun(wang_fang, li_ming)
    filled = {**SOLVED, "owner": wang_fang.id, "type": "technical", "satisfaction": str(dice.randrange(1, 6))}
    seen = []
    for _step in range(dice.randrange(1, 10)):
        moment += timedelta(minutes=dice.randrange(1, 3000))
        clock.now = moment.isoformat(timespec="seconds")
        possible = moves.allowed(as_it_is(request).state)
        if not possible:
            break
        each = dice.choice(possible)
        seen.append(stored(request))
        if each.key == moves.CONVERT:
            with change(wang_fang, N_("Make it a complaint")) as c:
                converting.to_complaint(c, request.id, "因为")
        else:
            step(wang_fang, request, each.key, why="因为", **{n: filled[n] for n in each.needs})
        now = as_it_is(request)
        assert (now.closed_at is not None) == (now.state in ("closed", "cancelled", "complaint"))
        assert now.due_what or now.closed_at
        if now.solve_by and now.state != "waiting":
            assert now.solve_by >= "2026-11-25T10:00:00"
    for before in reversed(seen):
        undoable = 'SELECT max(id) FROM "change" c WHERE undoes IS NULL AND NOT EXISTS' \
                   ' (SELECT 1 FROM "change" u WHERE u.undoes = c.id)'  # fmt: skip
        history.undo(wang_fang, file.one(undoable))
        assert stored(request) == before
    assert moves.course(request.id) == []
    assert file.one("SELECT count(*) FROM complaint WHERE customer = ?", (li_ming.id,)) == 0
    assert checking.problems() == []


def stored(request):
    row = file.rows("service_request", [request.id])[request.id]
    return {name: value for name, value in row.items() if name not in ("updated_at", "updated_by")}


def test_a_request_that_becomes_a_complaint_hands_all_facts_over_and_undo_takes_both_back(request_, wang_fang):
    with change(wang_fang, N_("Edit")) as c:
        c.save(
            as_it_is(request_),
            {"caller": "陈总", "product": "YX-200", "serial_no": "SN-7", "priority": "urgent", "channel": "phone"},
        )
    before = stored(request_)
    with change(wang_fang, N_("Make it a complaint")) as c:
        complaint = converting.to_complaint(c, request_.id, "第三次返修")
    found = Complaint.get_row(complaint.id)
    assert (found.complainant, found.product, found.batch, found.severity) == ("陈总", "YX-200", "SN-7", "urgent")
    assert "电机异响" in found.description
    assert "第三次返修" in found.description
    assert request_.code in found.description
    now = as_it_is(request_)
    assert (now.state, now.complaint, now.due_what) == ("complaint", complaint.id, "")
    assert converting.of_complaint(complaint.id).id == request_.id
    take_back(wang_fang)
    assert Complaint.get_row(complaint.id) is None
    assert stored(request_) == before
    with pytest.raises(UserError, match="Say why"), change(wang_fang, N_("Make it a complaint")) as c:
        converting.to_complaint(c, request_.id, " ")


def test_a_contact_becomes_a_request_once(li_ming, wang_fang, clock):
    with change(wang_fang, N_("New contact record")) as c:
        told = c.save(
            Interaction,
            {
                "customer": li_ming.id,
                "channel": "phone",
                "content": "机器不转了，请派人",
                "subject": "报修",
                "at": MONDAY,
            },
        )
    with change(wang_fang, N_("New service request")) as c:
        made = converting.from_interaction(c, told.id, {"type": "after_sales.repair"})
    assert (made.description, made.subject, made.channel) == ("机器不转了，请派人", "报修", "phone")
    assert (made.customer, made.interaction) == (li_ming.id, told.id)
    with pytest.raises(UserError, match=made.code), change(wang_fang, N_("New service request")) as c:
        converting.from_interaction(c, told.id)


def test_the_checklist_of_its_type_is_ticked_off_on_the_request(li_ming, wang_fang, clock):
    with change(wang_fang, N_("Edit checklists")) as c:
        checklist.save(c, "after_sales.repair", ["确认保修期", " ", "与客户一起试机"])
    request = begun(wang_fang, li_ming)
    assert [one["what"] for one in request.checks] == ["确认保修期", "与客户一起试机"]
    with change(wang_fang, N_("Tick off")) as c:
        ticked = checklist.tick(c, request.id, "确认保修期", True)
    assert checklist.state(ticked) == (1, 2)
    assert ticked.checks[0] == {"what": "确认保修期", "done": MONDAY, "by": wang_fang.id}
    with change(wang_fang, N_("Edit")) as c:
        c.save(as_it_is(request), {"type": "consulting"})
    assert checklist.state(as_it_is(request)) == (1, 2)  # what was done is not forgotten
    with change(wang_fang, N_("Tick off")) as c:
        checklist.tick(c, request.id, "确认保修期", False)
        c.save(as_it_is(request), {"type": "training"})
    assert as_it_is(request).checks == []
    with pytest.raises(UserError, match="not there any more"), change(wang_fang, N_("Tick off")) as c:
        checklist.tick(c, request.id, "确认保修期", True)


def test_a_solution_is_kept_found_by_pinyin_and_put_into_the_next_request(request_, li_ming, wang_fang):
    step(wang_fang, request_, "answer", **SOLVED)
    with change(wang_fang, N_("Keep the solution")) as c:
        note = notes.keep(c, request_.id, "轴承异响", "电机 噪音")
    assert ServiceNote.get_row(note.id).used == 1
    for words in ("轴承", "zcyx", "zhouchengyixiang", "噪音", "轴承 噪音", "换了"):
        assert [found.id for found in notes.find(words)] == [note.id], words
    assert notes.find("发票") == []
    other = begun(wang_fang, li_ming)
    with change(wang_fang, N_("Put in a solution")) as c:
        assert notes.take(c, other.id, note.id).solution == "换了轴承"
    assert ServiceNote.get_row(note.id).used == 2
    take_back(wang_fang)
    assert ServiceNote.get_row(note.id).used == 1
    assert as_it_is(other).solution == ""
    with pytest.raises(UserError, match="already"), change(wang_fang, N_("Keep the solution")) as c:
        notes.keep(c, request_.id, "轴承异响")
    with pytest.raises(UserError, match="no solution yet"), change(wang_fang, N_("Keep the solution")) as c:
        notes.keep(c, other.id, "别的")


def test_deleting_the_customer_takes_requests_and_their_course_along_and_brings_them_back(request_, li_ming, wang_fang):
    from crm_desktop import recycle_bin, removal

    step(wang_fang, request_, "answer", **SOLVED)
    before = stored(request_)
    assert removal.belongings([li_ming.id])["service_request"] == 1
    with change(wang_fang, N_("Delete customer")) as c:
        removal.delete_customers(c, [li_ming.id])
    assert file.one("SELECT count(*) FROM service_step") == 0
    [gone] = recycle_bin.deleted()
    assert "1 service request" in gone.went_in_words
    take_back(wang_fang)
    assert stored(request_) == before
    assert [each.after for each in moves.course(request_.id)] == ["solved"]
    assert checking.problems() == []


def test_the_state_of_many_requests_is_not_changed_past_the_course():
    assert "state" not in bulk_edit.fields(ServiceRequest)
    assert "checks" not in bulk_edit.fields(ServiceRequest)
    assert "owner" in bulk_edit.fields(ServiceRequest)
