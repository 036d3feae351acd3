"""What colleagues save on other computers is noticed, and told record by record."""

import pytest

from crm_desktop.models import Customer, people
from crm_desktop.store import change, file, history, link, news
from tests.crm_desktop.store.elsewhere import elsewhere


@pytest.fixture
def told():
    """What the windows are told."""
    told = []
    change.committed.append(told.append)
    yield told
    change.committed.remove(told.append)


def test_while_nobody_saves_there_are_no_news(office, li_ming, told):
    assert news.look() is False
    assert told == []


def test_a_colleagues_save_is_told_with_the_records_that_follow_from_it(office, li_ming, told):
    elsewhere(office, f"c.save(Customer.get_row({li_ming.id}), {{Customer.remarks: '回款快'}})")
    assert news.look() is True
    assert ("customer", li_ming.id) in told[0].records
    assert news.look() is False
    elsewhere(
        office,
        "c.save(Interaction, {'at': '2026-03-05T14:30:00', 'channel': 'call', 'content': '询价', "
        f"'customer': {li_ming.id}}})",
    )
    assert news.look() is True
    assert {table for table, _id in told[1].records} >= {"customer", "interaction"}


def test_our_own_saves_are_no_news(office, li_ming, wang_fang, told):
    elsewhere(office, "c.save(Customer, {Customer.name: '苏州恒达'})")
    with change.change(wang_fang, "Edit customer") as c:
        c.save(li_ming, {Customer.remarks: "自己写的"})
    told.clear()
    assert news.look() is True
    [theirs] = told
    assert ("customer", li_ming.id) not in theirs.records
    assert [table for table, _id in theirs.records].count("customer") == 1


def test_a_record_that_a_colleague_deleted_is_told_with_whom_it_belonged_to(office, li_ming, visit, told):
    elsewhere(office, f"c.delete(Interaction.get_row({visit.id}))")
    assert news.look() is True
    assert {("interaction", visit.id), ("customer", li_ming.id)} <= told[0].records


def test_a_contact_that_was_moved_and_then_edited_is_told_with_both_customers(office, li_ming, visit, told):
    elsewhere(
        office,
        f"c.save(Interaction.get_row({visit.id}), {{'customer': c.save(Customer, {{'name': '正泰'}}).id}});"
        f"c.save(Interaction.get_row({visit.id}), {{'content': '改了'}})",
    )
    assert news.look() is True
    assert ("customer", li_ming.id) in told[0].records


def test_a_new_colleague_is_known_by_name_afterwards(office, told):
    elsewhere(office, "c.save(office.User, {'name': '赵新来'})")
    assert people.find("赵新来") is None
    news.look()
    assert people.find("赵新来") is not None


def test_an_import_of_thousands_is_told_as_anything_may_have_changed(office, told, monkeypatch):
    monkeypatch.setattr(news, "MANY", 20)
    elsewhere(office, "c.insert_many(Customer, [{Customer.name: f'公司{n}'} for n in range(30)])")
    assert news.look() is True
    assert told[-1].records is None
    assert news.look() is False


def test_what_was_saved_while_there_was_no_connection_is_told_when_it_is_back(office, li_ming, told):
    mark = news._last
    elsewhere(office, f"c.save(Customer.get_row({li_ming.id}), {{Customer.remarks: '回款快'}})")
    link.disconnect()
    file.way.broke()
    assert news.look() is True
    assert news._last > mark
    assert told


def test_an_undo_by_a_colleague_is_news_too(office, li_ming, wang_fang, told):
    with change.change(wang_fang, "Edit customer") as c:
        c.save(li_ming, {Customer.remarks: "写错了"})
    news.look()
    told.clear()
    elsewhere(office, f"history._Undo(c, {c.id}, history.Undone(), None).run()")
    assert news.look() is True
    assert ("customer", li_ming.id) in told[0].records
    assert history.is_written(c.id)
