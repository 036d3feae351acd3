"""The recycle bin: who deleted what and why, and how it comes back with all that hung on it."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop import log_words, recycle_bin, removal
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_
from crm_desktop.models import Complaint, Contact, Customer, Interaction, Position
from crm_desktop.models import office as offices
from crm_desktop.store import file, history, log, thinning
from crm_desktop.store.change import change
from crm_desktop.store.ids import new_id
from crm_desktop.store.record import tables

TABLES = ("customer", "contact", "position", "interaction", "complaint")


def content():
    return {table: file.ask(f'SELECT * FROM "{table}" ORDER BY id') for table in TABLES if table in tables()}


@pytest.fixture
def hengda(wang_fang, li_ming):
    """A second customer with its own contact person; 长荣 recommended it."""
    with change(wang_fang, N_("New customer")) as c:
        customer = c.save(Customer, {"name": "苏州恒达科技有限公司", "referrer": li_ming.id})
        contact = c.save(Contact, {"name": "赵敏"})
        c.save(Position, {"contact": contact.id, "customer": customer.id})
        c.save(Complaint, {"customer": customer.id, "description": "漏油", "received_at": "2026-03-05T10:00:00"})
    return Customer.get_row(customer.id)


def delete(user, *customers, why=""):
    with change(user, N_("Delete customers")) as c:
        c.note = why
        removal.delete_customers(c, [customer.id for customer in customers])
    return c.id


def test_the_bin_says_who_deleted_what_when_and_why_and_what_went_with_it(li_ming, visit, wang_fang):
    delete(wang_fang, li_ming, why="closed down")
    (found,) = recycle_bin.deleted()
    assert (found.name, found.who, found.note) == ("杭州长荣机电有限公司", "王芳", "closed down")
    assert found.at[:10] == date.today().isoformat()
    assert found.went == {"contact": 1, "position": 1, "interaction": 1}
    assert found.went_in_words == "1 contact person, 1 contact"


def test_restoring_brings_back_the_record_with_everything_that_hung_on_it(li_ming, hengda, visit, wang_fang, li_qiang):
    before = content()
    delete(wang_fang, li_ming)
    assert Customer.get_row(hengda.id).referrer is None
    (found,) = recycle_bin.deleted()
    recycle_bin.restore(li_qiang, found)
    after = content()
    assert {t: len(rows) for t, rows in after.items()} == {t: len(rows) for t, rows in before.items()}
    assert Customer.get_row(hengda.id).referrer == li_ming.id
    assert after["interaction"] == before["interaction"]
    assert recycle_bin.deleted() == []


@pytest.fixture
def call_about_a_complaint(li_ming, wang_fang):
    """A contact that belongs to a complaint of the same customer."""
    with change(wang_fang, N_("New complaint")) as c:
        about = {"customer": li_ming.id, "description": "异响", "received_at": "2026-03-05T10:00:00"}
        complaint = c.save(Complaint, about)
        said = {"customer": li_ming.id, "complaint": complaint.id, "at": "2026-03-06T10:00:00"}
        return c.save(Interaction, {**said, "channel": "phone", "content": "道歉"})


def test_a_contact_comes_back_with_the_complaint_it_belonged_to(li_ming, call_about_a_complaint, wang_fang):
    before = content()
    delete(wang_fang, li_ming)
    recycle_bin.restore(wang_fang, recycle_bin.deleted()[0])
    assert content()["interaction"] == before["interaction"]
    assert Interaction.get_row(call_about_a_complaint.id).complaint is not None


def test_one_of_two_customers_deleted_together_can_come_back_alone(li_ming, hengda, visit, wang_fang):
    before = content()
    delete(wang_fang, li_ming, hengda)
    found = {f.record: f for f in recycle_bin.deleted()}
    assert found.keys() == {li_ming.id, hengda.id}
    number = recycle_bin.restore(wang_fang, found[li_ming.id])
    history.undo(wang_fang, number)
    assert {f.record for f in recycle_bin.deleted()} == {li_ming.id, hengda.id}
    recycle_bin.restore(wang_fang, found[li_ming.id])
    assert [row[0] for row in file.ask("SELECT id FROM customer")] == [li_ming.id]
    assert file.one("SELECT count(*) FROM contact") == 1
    assert [f.record for f in recycle_bin.deleted()] == [hengda.id]
    recycle_bin.restore(wang_fang, recycle_bin.deleted()[0])
    assert {t: len(rows) for t, rows in content().items()} == {t: len(rows) for t, rows in before.items()}
    assert Customer.get_row(hengda.id).referrer == li_ming.id


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    tied=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=4),
    parts=st.permutations(range(3)).flatmap(lambda order: st.sampled_from([[order], [order[:1], order[1:]]])),
    back=st.permutations(range(3)),
)
def test_what_was_deleted_together_comes_back_one_by_one_in_any_order(wang_fang, tied, parts, back):
    """Three customers with persons, contacts and recommendations across them: the content is as it was.

    What was deleted in two actions comes back from the later one first.
    """
    with change(wang_fang, N_("New customer")) as c:
        ids = c.insert_many(Customer, [{"name": f"公司{n}"} for n in range(3)])
        persons = c.insert_many(Contact, [{"name": f"人{n}"} for n in range(3)])
        c.insert_many(Position, [{"contact": p, "customer": i} for p, i in zip(persons, ids, strict=True)])
        for one, other in tied:
            at = {"at": "2026-03-05T14:30:00", "channel": "visit", "content": "谈了"}
            c.save(Interaction, {"customer": ids[one], "contact": persons[other], **at})
            if one != other:
                c.save(Customer.get_row(ids[one]), {"referrer": ids[other]})
    before = content()
    for part in parts:
        delete(wang_fang, *(Customer.get_row(ids[n]) for n in part))
    for n in sorted(back, key=lambda n: n in parts[0]):
        (found,) = [f for f in recycle_bin.deleted() if f.record == ids[n]]
        recycle_bin.restore(wang_fang, found)
    assert content() == before
    assert not [f for f in recycle_bin.deleted() if f.record in ids]


def test_a_contact_of_a_customer_that_is_gone_is_told_to_wait_for_it(li_ming, visit, wang_fang):
    with change(wang_fang, N_("Delete contact record")) as c:
        c.delete(visit)
    delete(wang_fang, li_ming)
    found = {f.record: f for f in recycle_bin.deleted()}
    with pytest.raises(UserError, match="restore the customer it belongs to first"):
        recycle_bin.restore(wang_fang, found[visit.id])
    recycle_bin.restore(wang_fang, found[li_ming.id])
    recycle_bin.restore(wang_fang, found[visit.id])
    assert Interaction.get_row(visit.id).content == "谈了新的报价"


def test_several_come_back_as_one_change_and_who_cannot_is_named(li_ming, visit, hengda, wang_fang):
    with change(wang_fang, N_("Delete record")) as c:
        c.delete(visit)
    with change(wang_fang, N_("Delete customers")) as c:
        removal.delete_customers(c, [li_ming.id, hengda.id])
    found = {f.record: f for f in recycle_bin.deleted()}
    before = content()
    alone = recycle_bin.restore_all(wang_fang, [found[visit.id], found[hengda.id]])
    assert alone.back == 1
    assert ["cannot come back alone" in told for told in alone.troubles] == [True]
    history.undo(wang_fang, alone.change)
    every = recycle_bin.restore_all(wang_fang, list(found.values()))
    assert (every.back, every.troubles) == (3, [])
    assert Interaction.get_row(visit.id).content == "谈了新的报价"
    history.undo(wang_fang, every.change)
    assert content() == before


def test_a_cancel_while_several_come_back_or_the_bin_is_emptied_leaves_nothing_behind(li_ming, hengda, wang_fang):
    with change(wang_fang, N_("Delete customers")) as c:
        removal.delete_customers(c, [li_ming.id, hengda.id])
    before, log_before = content(), file.ask("SELECT * FROM change_entry ORDER BY id")

    def stop(done, total, _text):
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        recycle_bin.restore_all(wang_fang, recycle_bin.deleted(), stop)

    def stop_at_once(*_told):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        recycle_bin.empty(wang_fang, 1, date.today() + timedelta(thinning.LEAST_DAYS + 1), stop_at_once)
    assert content() == before
    assert file.ask("SELECT * FROM change_entry ORDER BY id") == log_before


def test_what_was_restored_meanwhile_is_not_restored_twice(li_ming, wang_fang):
    delete(wang_fang, li_ming)
    (found,) = recycle_bin.deleted()
    recycle_bin.restore(wang_fang, found)
    with pytest.raises(UserError, match="there again already"):
        recycle_bin.restore(wang_fang, found)


def test_taking_back_something_new_is_no_deleting_but_deleting_again_is(li_ming, wang_fang):
    with change(wang_fang, N_("New customer")) as c:
        c.save(Customer, {"name": "苏州恒达科技有限公司"})
    history.undo(wang_fang, c.id)
    assert recycle_bin.deleted() == []
    undo = history.undo(wang_fang, delete(wang_fang, li_ming))
    history.undo(wang_fang, undo.change)
    assert [f.record for f in recycle_bin.deleted()] == [li_ming.id]


def test_who_went_in_a_merge_comes_back_by_taking_the_merge_back_and_not_from_the_bin(li_ming, wang_fang):
    with change(wang_fang, N_("Merge customers")) as c:
        c.delete(li_ming)
    assert recycle_bin.deleted() == []


def test_emptying_forgets_for_good_what_is_old_and_the_log_remembers_who_did_it(li_ming, wang_fang):
    delete(wang_fang, li_ming)
    assert recycle_bin.empty(wang_fang, 0) == 0
    assert len(recycle_bin.deleted()) == 1
    future = date.today() + timedelta(thinning.LEAST_DAYS + 1)
    assert recycle_bin.empty(wang_fang, 0, future) == 3
    assert recycle_bin.deleted() == []
    last = log.Operations().first(1)
    assert log.Operations().rows(last)[last[0]].action == recycle_bin.EMPTYING


def test_the_office_decides_how_long_the_bin_remembers_and_for_ever_is_the_standard(li_ming, wang_fang):
    delete(wang_fang, li_ming)
    next_year = date.today() + timedelta(365)
    assert recycle_bin.tidy(wang_fang, next_year) == 0
    offices.save_settings(wang_fang, {"keep_deleted_days": 400})
    assert recycle_bin.tidy(wang_fang, next_year) == 0
    offices.save_settings(wang_fang, {"keep_deleted_days": 10})
    assert recycle_bin.tidy(wang_fang, date.today() + timedelta(80)) == 0
    assert recycle_bin.tidy(wang_fang, next_year) == 3
    assert recycle_bin.tidy(wang_fang, next_year) == 0
    assert recycle_bin.deleted() == []


def test_history_is_told_in_words_and_links_by_name_also_of_what_is_gone(li_ming, hengda, wang_fang, li_qiang):
    with change(li_qiang, N_("Edit customer")) as c:
        c.save(li_ming, {"tier": "silver", "owner": li_qiang.id, "starred": True})
    lines = {
        line.field: (line.label, line.before, line.after) for line in log_words.history("customer", li_ming.id)[:3]
    }
    assert lines["tier"] == ("Tier", "Gold", "Silver")
    assert lines["owner"] == ("Owner", "王芳", "李强")
    assert lines["starred"] == ("Starred", "", "yes")
    delete(wang_fang, li_ming)
    back = log_words.history("customer", hengda.id)[0]
    assert (back.label, back.before, back.after) == ("Referred by", "杭州长荣机电有限公司", "")


def test_thousands_of_deleted_customers_are_all_listed(office, wang_fang):
    with change(wang_fang, N_("Import")) as c:
        ids = c.insert_many(Customer, [{"name": f"客户{n}"} for n in range(3000)])
    with change(wang_fang, N_("Delete customers")) as c:
        removal.delete_customers(c, ids)
    assert len(recycle_bin.deleted()) == 3000


def everything():
    return {table: file.ask(f'SELECT * FROM "{table}" ORDER BY id') for table in tables()}


def test_all_that_hangs_on_a_record_of_any_kind_comes_back_with_it(li_ming, wang_fang):
    """Whatever tables there are: each record that goes with another one comes back with it."""
    with change(wang_fang, N_("New complaint")) as c:
        complaint = c.save(
            Complaint, {"customer": li_ming.id, "description": "漏油", "received_at": "2026-03-05T10:00:00"}
        )
        for table, model in tables().items():
            links = [column for column, (target, _end) in model.links.items() if target == "complaint"]
            if links and table not in ("interaction", "complaint_signal"):
                values = {"note": "x"} if "note" in model.typed() else {}
                c.put(model, [{**model.blank(), "id": new_id(), links[0]: complaint.id, **values}])
    before, hung = everything(), file.one("SELECT count(*) FROM complaint_step")
    assert hung
    with change(wang_fang, N_("Delete complaint")) as c:
        c.delete(complaint)
    (found,) = recycle_bin.deleted()
    recycle_bin.restore(wang_fang, found)
    assert everything() == before
