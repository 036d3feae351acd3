"""One way to write: everything or nothing, logged field by field, and nobody's edit is overwritten unseen."""

import json

import pytest

from crm_desktop.errors import UserError
from crm_desktop.i18n import N_
from crm_desktop.models import (
    Complaint,
    Contact,
    Customer,
    Interaction,
    Invalid,
    ListEntry,
    Position,
    User,
    lists,
    people,
)
from crm_desktop.store import change as changes
from crm_desktop.store import file, history, search
from crm_desktop.store.change import Conflict, Gone, change


def save(user, target, values, seen=None):
    with change(user, N_("Save")) as c:
        return c.save(target, values, seen=seen)


def delete(user, record):
    with change(user, N_("Delete")) as c:
        c.delete(record)


def again(record):
    return type(record).get_row(record.id)


def log():
    """The log's entries, oldest first: (table, record, op, before, after)."""
    return [
        (table, record, op, json.loads(before or "null"), json.loads(after or "null"))
        for table, record, op, before, after in file.ask(
            'SELECT "table", record, op, before, after FROM change_entry ORDER BY id'
        )
    ]


def found(table, word):
    return list(search.find(file.connection(), table, word))


# everything or nothing


def test_a_change_that_fails_writes_nothing_at_all(office, wang_fang):
    before = log()
    with pytest.raises(ZeroDivisionError), change(wang_fang, N_("Save")) as c:
        assert c.save(Customer, {Customer.name: "温州正泰"}).id / 0
    assert file.one("SELECT count(*) FROM customer") == 0
    assert log() == before
    assert found("customer", "正泰") == []


def test_one_wrong_record_of_many_keeps_all_out(office, wang_fang):
    with pytest.raises(Invalid), change(wang_fang, N_("Import")) as c:
        c.insert_many(Customer, [{"name": "温州正泰"}, {"name": ""}])
    assert file.one("SELECT count(*) FROM customer") == 0


def test_listeners_hear_of_what_was_written_and_derived_but_not_of_what_failed(li_ming, visit, wang_fang, monkeypatch):
    heard = []
    monkeypatch.setattr(changes, "committed", [heard.append])
    save(wang_fang, visit, {Interaction.content: "降价"})
    assert ("interaction", visit.id) in heard[0].records
    assert ("customer", li_ming.id) in heard[0].records
    with pytest.raises(Invalid):
        save(wang_fang, visit, {Interaction.content: ""})
    assert len(heard) == 1


def test_an_edit_is_logged_with_before_after_who_when_and_where(li_ming, wang_fang, monkeypatch):
    monkeypatch.setattr(changes, "now", lambda: "2026-03-05T14:30:00")
    save(wang_fang, li_ming, {Customer.tier: "silver"})
    table, record, op, before, after = log()[-1]
    assert (table, record, op) == ("customer", li_ming.id, "~")
    assert (before["tier"], after["tier"]) == ("gold", "silver")
    assert set(before) == set(after) == {"tier", "updated_at"}, "nothing that stayed as it was"
    [*_older, (at, who, name, action, pc)] = file.ask('SELECT at, "user", user_name, action, pc FROM "change"')
    assert (at, who, name, action) == ("2026-03-05T14:30:00", wang_fang.id, "王芳", "Save")
    assert pc


def test_a_save_without_a_difference_writes_nothing_and_tells_nobody(li_ming, wang_fang, monkeypatch):
    heard, before, number = [], log(), file.one('SELECT count(*) FROM "change"')
    monkeypatch.setattr(changes, "committed", [heard.append])
    record = save(wang_fang, li_ming, li_ming.values())
    assert (log(), file.one('SELECT count(*) FROM "change"'), heard) == (before, number, [])
    assert record.updated_at == li_ming.updated_at


def test_only_what_really_changed_is_logged_when_a_rule_looks_at_the_other_fields(li_ming, wang_fang):
    complaint = save(wang_fang, Complaint, {"customer": li_ming.id, "description": "迟到", "state": "closed"})
    save(wang_fang, complaint, {Complaint.solved_at: "2026-03-05T10:00:00"})
    assert set(log()[-1][4]) - {"updated_at", "updated_by"} == {"solved_at"}


def test_what_is_kept_in_memory_follows_what_is_written_and_not_what_failed(office, wang_fang):
    entry = {"list": "tier", "code": "jade", "zh": "玉", "en": "Jade"}
    everything = [(ListEntry, entry), (User, {"name": "新人"}), (Position, {"contact": 1, "customer": 2})]
    with pytest.raises(UserError), change(wang_fang, N_("Save")) as c:  # fails at the end: there is no contact 1
        [c.insert_many(model, [values]) for model, values in everything]
    assert (lists.entry("tier", "jade"), people.find("新人")) == (None, None)
    save(wang_fang, ListEntry, entry)
    save(wang_fang, User, {"name": "新人"})
    assert lists.label("tier", "jade") == "Jade"
    assert people.find("新人")


# two colleagues


def test_two_who_change_the_same_field_are_asked(li_ming, wang_fang, li_qiang):
    save(li_qiang, li_ming, {Customer.tier: "diamond"})
    with pytest.raises(Conflict) as caught:
        save(wang_fang, li_ming, {Customer.tier: "silver"}, seen={Customer.tier: "gold"})
    conflict = caught.value
    assert conflict.clashes == [("tier", "gold", "diamond", "silver")]
    assert (conflict.table, conflict.record, conflict.who) == ("customer", li_ming.id, "李强")
    assert conflict.when == file.one('SELECT max(at) FROM "change"')
    assert "李强" in str(conflict)
    assert again(li_ming).tier == "diamond"


def test_the_conflict_names_who_changed_that_field_not_who_was_last(li_ming, wang_fang, li_qiang):
    save(li_qiang, li_ming, {Customer.tier: "diamond"})
    save(wang_fang, again(li_ming), {Customer.remarks: "老客户"})
    with pytest.raises(Conflict) as caught:
        save(wang_fang, li_ming, {Customer.tier: "silver"}, seen={Customer.tier: "gold"})
    assert caught.value.who == "李强"


@pytest.mark.parametrize(
    ("today", "told"), [("2026-03-05T16:00:00", "at 14:30."), ("2026-03-09T08:00:00", "at 2026-03-05 14:30.")]
)
def test_the_conflict_tells_the_day_when_it_was_not_today(li_ming, wang_fang, li_qiang, monkeypatch, today, told):
    monkeypatch.setattr(changes, "now", lambda: "2026-03-05T14:30:00")
    save(li_qiang, li_ming, {Customer.tier: "diamond"})
    monkeypatch.setattr(changes, "now", lambda: today)
    with pytest.raises(Conflict, match=told):
        save(wang_fang, li_ming, {Customer.tier: "silver"}, seen={Customer.tier: "gold"})


def test_a_conflict_in_one_field_writes_none_of_the_others(li_ming, wang_fang, li_qiang):
    save(li_qiang, li_ming, {Customer.tier: "diamond"})
    with pytest.raises(Conflict):
        save(wang_fang, li_ming, {"tier": "silver", "remarks": "新"}, seen={"tier": "gold", "remarks": ""})
    assert again(li_ming).remarks == ""


def test_two_who_change_different_fields_are_both_saved(li_ming, wang_fang, li_qiang):
    save(li_qiang, li_ming, {Customer.tier: "diamond"}, seen=li_ming.values())
    save(wang_fang, li_ming, {Customer.remarks: "老客户"}, seen={Customer.tier: "gold", Customer.remarks: ""})
    assert (again(li_ming).tier, again(li_ming).remarks) == ("diamond", "老客户")


def test_two_who_type_the_same_do_not_disagree(li_ming, wang_fang, li_qiang):
    save(li_qiang, li_ming, {Customer.tier: "silver"})
    save(wang_fang, li_ming, {Customer.tier: "silver"}, seen={Customer.tier: "gold"})
    assert again(li_ming).tier == "silver"


def test_saving_what_a_colleague_deleted_says_so(li_ming, wang_fang, li_qiang):
    delete(li_qiang, li_ming)
    with pytest.raises(Gone, match="deleted in the meantime"):
        save(wang_fang, li_ming, {Customer.tier: "silver"})


def test_writing_for_a_customer_whom_a_colleague_deleted_says_so(li_ming, wang_fang, li_qiang):
    delete(li_qiang, li_ming)
    values = {"customer": li_ming.id, "channel": "phone", "content": "询价"}
    with pytest.raises(UserError, match="deleted in the meantime"):
        save(wang_fang, Interaction, values)
    assert file.one("SELECT count(*) FROM interaction") == 0


# deleting


def test_deleting_logs_the_children_whole(li_ming, visit, wang_fang):
    delete(wang_fang, li_ming)
    gone = {(table, record): before for table, record, op, before, _after in log() if op == "-"}
    assert gone["interaction", visit.id]["content"] == "谈了新的报价"
    assert gone["customer", li_ming.id]["name"] == "杭州长荣机电有限公司"
    assert {table for table, _record in gone} == {"customer", "interaction", "position"}
    assert not Customer.derived & gone["customer", li_ming.id].keys()


def test_deleting_a_contact_person_keeps_the_contact_records_and_empties_the_link(li_ming, ming, visit, wang_fang):
    delete(wang_fang, ming)
    assert again(visit).contact is None
    assert file.one("SELECT count(*) FROM position") == 0
    assert again(li_ming) is not None


def test_deleting_the_parent_company_keeps_the_others(li_ming, wang_fang):
    child = save(wang_fang, Customer, {Customer.name: "子公司", Customer.parent: li_ming.id})
    delete(wang_fang, li_ming)
    assert again(child).parent is None


def test_what_was_deleted_is_not_found_any_more(li_ming, visit, wang_fang):
    assert found("interaction", "报价") == [visit.id]
    delete(wang_fang, li_ming)
    assert found("interaction", "报价") == found("customer", "长荣") == []


# numbers


def test_customers_are_numbered_by_year(wang_fang, monkeypatch):
    monkeypatch.setattr(changes, "now", lambda: "2026-03-05T14:30:00")
    assert [save(wang_fang, Customer, {"name": name}).code for name in "甲乙"] == ["C-2026-0001", "C-2026-0002"]
    monkeypatch.setattr(changes, "now", lambda: "2027-01-01T08:00:00")
    assert save(wang_fang, Customer, {"name": "丙"}).code == "C-2027-0001"


def test_a_number_is_never_given_twice_not_even_after_an_undo(wang_fang, monkeypatch):
    monkeypatch.setattr(changes, "now", lambda: "2026-03-05T14:30:00")
    with change(wang_fang, N_("Import")) as c:
        c.insert_many(Customer, [{"name": "甲"}, {"name": "乙"}])
    history.undo(wang_fang, c.id)
    assert save(wang_fang, Customer, {"name": "丙"}).code == "C-2026-0003"


def test_a_number_that_somebody_brought_along_is_passed_over(wang_fang, monkeypatch):
    monkeypatch.setattr(changes, "now", lambda: "2026-03-05T14:30:00")
    with change(wang_fang, N_("Import")) as c:
        c.insert_many(Customer, [{"name": "甲", "code": "C-2026-0002"}, {"name": "乙"}, {"name": "丙"}])
    codes = dict(file.ask("SELECT name, code FROM customer"))
    assert codes == {"甲": "C-2026-0002", "乙": "C-2026-0001", "丙": "C-2026-0003"}


def test_a_number_that_is_taken_is_refused_with_a_sentence(wang_fang):
    save(wang_fang, Customer, {"name": "甲", "code": "KH-7"})
    with pytest.raises(UserError, match="already"):
        save(wang_fang, Customer, {"name": "乙", "code": "KH-7"})


# rules


@pytest.mark.parametrize(
    ("model", "values", "field"),
    [
        (Customer, {"name": " "}, "name"),
        (Customer, {"name": "甲", "credit_code": "91330100MA2XXXXXX0"}, "credit_code"),
        (Customer, {"name": "甲", "email": "nobody"}, "email"),
        (Customer, {"name": "甲", "founded": "yesterday"}, "founded"),
        (Customer, {"name": "甲", "next_contact_at": "soon"}, "next_contact_at"),
        (Customer, {"name": "甲", "phones": [{"number": "call me"}]}, "phones"),
        (Customer, {"name": "甲", "staff": -1}, "staff"),
        (Contact, {"name": "李明", "birthday": "next week"}, "birthday"),
        (Contact, {"name": "李明", "influence": 6}, "influence"),
        (Interaction, {"channel": "phone", "content": "询价"}, "customer"),
        (Complaint, {"description": "迟到"}, "customer"),
    ],
)
def test_a_value_that_breaks_a_rule_is_named_by_its_field(wang_fang, model, values, field):
    with pytest.raises(Invalid) as caught:
        save(wang_fang, model, values)
    assert list(caught.value.problems) == [field]
    assert str(caught.value) == caught.value.problems[field]


def test_all_wrong_fields_are_named_at_once(wang_fang):
    with pytest.raises(Invalid) as caught:
        save(wang_fang, Customer, {"name": "", "email": "nobody"})
    assert set(caught.value.problems) == {"name", "email"}


def test_an_old_wrong_value_does_not_hinder_the_edit_of_another_field(li_ming, wang_fang):
    file.connection().execute("UPDATE customer SET email = 'nobody'")
    assert save(wang_fang, again(li_ming), {Customer.tier: "silver"}).tier == "silver"


def test_a_field_that_does_not_exist_is_a_bug(wang_fang):
    with pytest.raises(KeyError):
        save(wang_fang, Customer, {"nmae": "甲"})


# what derives


def last(customer):
    record = again(customer)
    return record.last_contact_at, record.last_contact_channel, record.last_contact_text


def test_the_last_contact_follows_new_edited_moved_and_deleted_contact_records(li_ming, visit, wang_fang):
    other = save(wang_fang, Customer, {Customer.name: "温州正泰"})
    assert last(li_ming) == ("2026-03-05T14:30:00", "visit", "谈了新的报价")
    call = {"customer": li_ming.id, "at": "2026-04-01T09:00:00", "channel": "phone", "content": "催款"}
    call = save(wang_fang, Interaction, call)
    assert last(li_ming) == ("2026-04-01T09:00:00", "phone", "催款")
    save(wang_fang, call, {Interaction.at: "2026-01-01T09:00:00"})
    assert last(li_ming)[0] == "2026-03-05T14:30:00"
    assert again(call).month == "2026-01"
    save(wang_fang, visit, {Interaction.customer: other.id})
    assert last(li_ming)[0] == "2026-01-01T09:00:00"
    assert last(other)[0] == "2026-03-05T14:30:00"
    delete(wang_fang, call)
    assert last(li_ming) == (None, "", "")


def test_a_contact_persons_last_contact_follows_the_records(ming, visit, wang_fang):
    assert again(ming).last_contact_at == "2026-03-05T14:30:00"
    save(wang_fang, visit, {Interaction.contact: None})
    assert again(ming).last_contact_at is None


def test_the_main_contact_person_follows_positions(li_ming, ming, wang_fang):
    assert (again(li_ming).main_contact, again(li_ming).main_phone) == ("李明", "13800001234")
    with change(wang_fang, N_("New contact person")) as c:
        boss = c.save(Contact, {"name": "曾家辉", "phones": [{"number": "13900005678"}]})
        place = c.save(Position, {"contact": boss.id, "customer": li_ming.id, "primary": True, "job": "总经理"})
    assert again(li_ming).main_contact == "曾家辉"
    assert (again(boss).customers, again(boss).position_title) == ("杭州长荣机电有限公司", "总经理")
    save(wang_fang, place, {Position.left: True})
    assert again(li_ming).main_contact == "李明"
    save(wang_fang, ming, {Contact.name: "李明远"})
    assert again(li_ming).main_contact == "李明远"
    delete(wang_fang, ming)
    assert (again(li_ming).main_contact, again(li_ming).main_phone) == ("", "0571-88886666")


def test_a_customer_is_found_by_its_contact_persons_and_no_longer_when_they_are_gone(li_ming, ming, wang_fang):
    for word in ("李明", "liming", "lm", "13800001234", "1234"):
        assert found("customer", word) == [li_ming.id]
    save(wang_fang, ming, {Contact.phones: [{"number": "13911112222"}]})
    assert (found("customer", "13800001234"), found("customer", "13911112222")) == ([], [li_ming.id])
    delete(wang_fang, ming)
    assert found("customer", "李明") == []


def test_a_contact_person_shows_and_is_found_by_the_new_name_of_its_customer(li_ming, ming, wang_fang):
    save(wang_fang, li_ming, {Customer.name: "绍兴黄酒集团", Customer.short_name: ""})
    assert again(ming).customers == "绍兴黄酒集团"
    assert (found("contact", "长荣"), found("contact", "黄酒")) == ([], [ming.id])


def test_open_complaints_are_counted_at_once(li_ming, wang_fang):
    complaint = save(wang_fang, Complaint, {"customer": li_ming.id, "description": "迟到"})
    assert again(li_ming).open_complaints == 1
    save(wang_fang, complaint, {Complaint.state: "closed"})
    assert again(li_ming).open_complaints == 0
    assert again(complaint).closed_at
    save(wang_fang, complaint, {Complaint.state: "reopened"})
    assert again(li_ming).open_complaints == 1
    assert again(complaint).closed_at is None
    delete(wang_fang, complaint)
    assert again(li_ming).open_complaints == 0
