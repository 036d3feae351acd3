"""Changing one field of many records, and handing one colleague's work to another."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop import bulk_edit, due, handover
from crm_desktop.bulk_edit import Edit
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_
from crm_desktop.models import Complaint, Customer, Interaction, ServiceRequest
from crm_desktop.store import file, history
from crm_desktop.store.change import change
from tests.crm_desktop.store.test_history import content

DAY = due.date(2026, 3, 10)


@pytest.fixture
def three(wang_fang):
    """Three customers with tags of their own."""
    with change(wang_fang, N_("New customer")) as c:
        return c.insert_many(
            Customer,
            [
                {"name": "甲公司", "tier": "gold", "tags": ["华东"]},
                {"name": "乙公司", "tier": "silver", "tags": ["华东", "展会"]},
                {"name": "丙公司", "tier": "silver"},
            ],
        )


def apply(user, edit, ids):
    with change(user, N_("Change many")) as c:
        return bulk_edit.apply(c, Customer, edit, ids), c.id


def tags(ids):
    return [Customer.get_row(i).tags for i in ids]


def test_the_preview_tells_how_many_really_change_and_names_some(three):
    seen = bulk_edit.preview(Customer, Edit("tier", "set", "silver"), three)
    assert (seen.changing, seen.same) == (1, 2)
    assert seen.examples == [("甲公司", "Gold", "Silver")]


def test_only_what_differs_is_written_and_one_undo_takes_it_back(three, wang_fang):
    before = content()
    written, number = apply(wang_fang, Edit("tier", "set", "silver"), three)
    assert written == 1
    assert {Customer.get_row(i).tier for i in three} == {"silver"}
    assert file.one("SELECT count(*) FROM change_entry WHERE change = ?", (number,)) == 1
    history.undo(wang_fang, number)
    assert content() == before


def test_tags_are_added_and_removed_and_the_others_stay(three, wang_fang):
    apply(wang_fang, Edit("tags", "add", ["展会"]), three)
    assert tags(three) == [["华东", "展会"], ["华东", "展会"], ["展会"]]
    apply(wang_fang, Edit("tags", "remove", ["华东"]), three)
    assert tags(three) == [["展会"], ["展会"], ["展会"]]


def test_nothing_is_changed_in_many_records_that_one_record_may_not_have(three, visit, wang_fang):
    with pytest.raises(UserError, match="needed"), change(wang_fang, N_("Change many")) as c:
        bulk_edit.apply(c, Interaction, Edit("channel", "set", ""), [visit.id])
    assert Interaction.get_row(visit.id).channel == "visit"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    edit=st.one_of(
        st.builds(Edit, st.just("tier"), st.just("set"), st.sampled_from(["gold", "silver", ""])),
        st.builds(
            Edit,
            st.just("tags"),
            st.sampled_from(["set", "add", "remove"]),
            st.lists(st.sampled_from(["a", "b", "华东"])),
        ),
    )
)
def test_as_many_are_written_as_the_preview_said_and_doing_it_twice_changes_nothing(three, wang_fang, edit):
    promised = bulk_edit.preview(Customer, edit, three).changing
    assert apply(wang_fang, edit, three)[0] == promised
    assert bulk_edit.preview(Customer, edit, three).changing == 0
    assert apply(wang_fang, edit, three)[0] == 0


def test_all_that_one_colleague_has_in_hand_goes_to_another_and_nothing_is_reset(li_ming, visit, wang_fang, li_qiang):
    with change(wang_fang, N_("Plan")) as c:
        c.save(li_ming, {"next_contact_at": "2026-03-09T10:00:00", "next_contact_what": "报价"})
        step = c.save(
            Interaction,
            {
                "customer": li_ming.id,
                "at": "2026-03-05T15:00:00",
                "channel": "phone",
                "content": "价格",
                "by": wang_fang.id,
                "next_at": "2026-03-08T09:00:00",
                "next_what": "寄样品",
                "answer_needed": True,
            },
        )
        open_one = c.save(Complaint, {"customer": li_ming.id, "description": "漏油", "owner": wang_fang.id})
        closed = c.save(
            Complaint,
            {"customer": li_ming.id, "description": "噪音", "owner": wang_fang.id, "state": "closed"},
        )
        request = c.save(ServiceRequest, {"customer": li_ming.id, "description": "报修", "owner": wang_fang.id})
    assert handover.items(wang_fang.id) == (1, 1, 1, 0, 0, 0, 1)
    before = content()
    with change(li_qiang, N_("Hand over")) as c:
        assert handover.hand_over(c, wang_fang.id, li_qiang.id) == (1, 1, 1, 0, 0, 0, 1)
    assert handover.items(wang_fang.id) == (0, 0, 0, 0, 0, 0, 0)
    customer = Customer.get_row(li_ming.id)
    assert (customer.owner, customer.next_contact_at, customer.stage) == (li_qiang.id, "2026-03-09T10:00:00", "steady")
    assert Complaint.get_row(open_one.id).owner == ServiceRequest.get_row(request.id).owner == li_qiang.id
    assert Complaint.get_row(closed.id).owner == wang_fang.id
    assert Interaction.get_row(step.id).by == wang_fang.id
    assert [i.what for i in due.next_contacts(DAY, DAY, li_qiang.id)[0]] == ["寄样品", "报价"]
    assert due.next_contacts(DAY, DAY, wang_fang.id)[1] == 0
    assert [i.who for i in due.answers_owed(DAY, DAY, li_qiang.id)] == ["李强"]
    history.undo(li_qiang, c.id)
    assert content() == before


def test_parts_of_the_work_can_be_handed_over_alone(li_ming, wang_fang, li_qiang):
    with change(wang_fang, N_("New complaint")) as c:
        c.save(Complaint, {"customer": li_ming.id, "description": "漏油", "owner": wang_fang.id})
    with change(wang_fang, N_("Hand over")) as c:
        assert handover.hand_over(c, wang_fang.id, li_qiang.id, ["complaints"]) == (0, 1, 0, 0, 0, 0, 0)
    assert Customer.get_row(li_ming.id).owner == wang_fang.id


def test_nobody_hands_over_to_oneself(li_ming, wang_fang):
    with pytest.raises(UserError, match="two different"), change(wang_fang, N_("Hand over")) as c:
        handover.hand_over(c, wang_fang.id, wang_fang.id)
