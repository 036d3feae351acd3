"""The whole house knows service requests: deleted, brought back, merged, handed over, retrieved, told in the log."""

import pytest

from crm_desktop import counted, duplicate_persons, handover, log_words, merging, recycle_bin, removal, timeline
from crm_desktop.i18n import N_
from crm_desktop.models import Contact, Customer, Position, ServiceNote, ServiceRequest, ServiceStep
from crm_desktop.service import checklist, converting, moves, notes
from crm_desktop.store import backup, checking, file, history, retrieve, taken
from crm_desktop.store.change import change

TABLES = ("service_request", "service_step", "service_note", "complaint", "customer")


def saved(user, model, **values):
    with change(user, N_("Edit")) as c:
        return c.save(model, values)


def step(user, request, key, why="", **values):
    with change(user, N_("Step")) as c:
        moves.make(c, request.id, key, values, why)


@pytest.fixture
def request_(wang_fang, li_ming, ming):
    """A request of 李明's that has been begun and has a reusable solution."""
    with change(wang_fang, N_("Checklists")) as c:
        checklist.save(c, "after_sales.repair", ["核对保修", "试机"])
    note = saved(wang_fang, ServiceNote, name="异响排查", text="更换轴承")
    begun = {"customer": li_ming.id, "contact": ming.id, "description": "电机异响", "type": "after_sales.repair"}
    request = saved(wang_fang, ServiceRequest, **begun, owner=wang_fang.id)
    step(wang_fang, request, "begin")
    with change(wang_fang, N_("Solution")) as c:
        notes.take(c, request.id, note.id)
    return request


def content():
    return {table: file.ask(f'SELECT * FROM "{table}" ORDER BY id') for table in TABLES}


def same_but_stamps(one, other):
    """Who changed a row last is not what it says."""
    return [row[5:] for row in one["service_request"]] == [row[5:] for row in other["service_request"]]


def test_deleting_a_customer_says_and_takes_the_requests_and_the_bin_brings_them_back(request_, li_ming, wang_fang):
    before = content()
    assert removal.belongings([li_ming.id])["service_request"] == 1
    assert "1 service request" in counted.in_words(removal.belongings([li_ming.id]))
    with change(wang_fang, N_("Delete customers")) as c:
        removal.delete_customers(c, [li_ming.id])
    assert file.one("SELECT count(*) FROM service_request") == file.one("SELECT count(*) FROM service_step") == 0
    assert file.one("SELECT used FROM service_note") == 0
    (found,) = recycle_bin.deleted()
    assert found.table == "customer"
    recycle_bin.restore(wang_fang, found)
    assert same_but_stamps(content(), before)
    assert content()["service_step"] == before["service_step"]
    assert file.one("SELECT used FROM service_note") == 1
    assert checking.problems() == []


def test_a_deleted_request_is_in_the_bin_with_its_course(request_, wang_fang):
    before = content()
    with change(wang_fang, N_("Delete service request")) as c:
        c.delete(request_)
    (found,) = recycle_bin.deleted()
    assert (found.table, request_.code in found.name) == ("service_request", True)
    recycle_bin.restore(wang_fang, found)
    assert same_but_stamps(content(), before)
    assert content()["service_step"] == before["service_step"]


def test_a_reusable_solution_goes_without_taking_what_it_helped_with(request_, wang_fang):
    with change(wang_fang, N_("Delete reusable solution")) as c:
        c.delete(ServiceNote.get_row(ServiceRequest.get_row(request_.id).solution_note))
    assert (ServiceRequest.get_row(request_.id).solution, ServiceRequest.get_row(request_.id).solution_note) == (
        "更换轴承",
        None,
    )
    (found,) = recycle_bin.deleted()
    recycle_bin.restore(wang_fang, found)
    assert ServiceRequest.get_row(request_.id).solution_note == found.record
    assert file.one("SELECT used FROM service_note") == 1


def test_merging_moves_requests_with_their_deadlines_and_unmerging_gives_them_back(request_, li_ming, wang_fang):
    keep = saved(wang_fang, Customer, name="长荣机电", tier="diamond")
    before = ServiceRequest.get_row(request_.id)
    with change(wang_fang, N_("Merge customers")) as c:
        merging.merge(c, keep.id, li_ming.id)
    moved = ServiceRequest.get_row(request_.id)
    assert (moved.customer, moved.tier) == (keep.id, "diamond")
    assert moved.solve_by < before.solve_by
    merging.unmerge(wang_fang, c.id)
    back = ServiceRequest.get_row(request_.id)
    assert (back.customer, back.tier, back.solve_by) == (li_ming.id, "gold", before.solve_by)
    assert checking.problems() == []


def test_two_contact_persons_become_one_who_asked(request_, li_ming, ming, wang_fang):
    other = saved(wang_fang, Contact, name="李明", phones=[{"number": "13800000009", "type": "mobile"}])
    saved(wang_fang, Position, customer=li_ming.id, contact=other.id)
    with change(wang_fang, N_("Merge contact persons")) as c:
        merging.merge(c, other.id, ming.id, model=Contact)
    assert ServiceRequest.get_row(request_.id).contact == other.id
    assert duplicate_persons.find() == []


def test_hand_over_gives_open_requests_and_leaves_closed_ones(request_, li_ming, wang_fang, li_qiang):
    closed = saved(
        wang_fang, ServiceRequest, customer=li_ming.id, description="旧事", owner=wang_fang.id, state="closed"
    )
    assert handover.items(wang_fang.id).requests == 1
    with change(wang_fang, N_("Hand over")) as c:
        handover.hand_over(c, wang_fang.id, li_qiang.id)
    assert ServiceRequest.get_row(request_.id).owner == li_qiang.id
    assert ServiceRequest.get_row(closed.id).owner == wang_fang.id


def test_a_customer_taken_out_of_a_backup_brings_its_requests(request_, li_ming, wang_fang, tmp_path):
    if file.is_server():
        pytest.skip("backups of a server are the server's own")
    made = backup.make(tmp_path / "backups", "daily")
    before = content()
    with change(wang_fang, N_("Delete customers")) as c:
        removal.delete_customers(c, [li_ming.id])
    done = retrieve.bring(wang_fang, taken.read(made.path, "customer", [li_ming.id]))
    assert same_but_stamps(content(), before)
    assert content()["service_step"] == before["service_step"]
    assert done.restored > 3
    assert checking.problems() == []


def test_the_log_tells_steps_and_fields_in_words(request_, wang_fang):
    step(wang_fang, request_, "solve", solution="换了轴承", solved_at="2026-11-22T15:00:00")
    told = log_words.history("service_request", request_.id)
    said = [(line.label, line.before, line.after) for line in told]
    assert ("State", "In progress", "Solved") in said
    assert ("Solution", "更换轴承", "换了轴承") in said
    (number,) = {line.event.change for line in told if line.after == "Solved"}
    history.undo(wang_fang, number)
    assert ServiceRequest.get_row(request_.id).state == "working"
    assert log_words.by_code(request_.code) == ("service_request", request_.id)


def test_a_complaint_made_of_a_request_is_taken_back_with_it_and_both_go_with_the_customer(
    request_, li_ming, wang_fang
):
    with change(wang_fang, N_("Make it a complaint")) as c:
        converting.to_complaint(c, request_.id, "客户要求赔偿")
    with change(wang_fang, N_("Delete customers")) as c:
        removal.delete_customers(c, [li_ming.id])
    assert file.one("SELECT count(*) FROM complaint") == 0
    (found,) = recycle_bin.deleted()
    recycle_bin.restore(wang_fang, found)
    record = ServiceRequest.get_row(request_.id)
    assert record.complaint == file.one("SELECT id FROM complaint")
    assert [each.after for each in moves.course(request_.id)][-1] == "complaint"
    assert ServiceStep.table() == "service_step"


def test_the_line_of_time_of_a_customer_tells_its_requests(request_, li_ming):
    told = timeline.page(li_ming.id)
    assert ("service_request", request_.id) in {(entry.table, entry.id) for entry in told}
    assert timeline.head(li_ming.id).requests == 1
