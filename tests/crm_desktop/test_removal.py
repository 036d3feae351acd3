"""Deleting customers: what goes with them, what stays, and that it is said beforehand."""

import pytest

from crm_desktop import counted
from crm_desktop.i18n import N_
from crm_desktop.models import Complaint, Contact, Customer, Interaction, Position
from crm_desktop.removal import belongings, delete_customers
from crm_desktop.store import file, history
from crm_desktop.store.change import change
from crm_desktop.store.record import children


@pytest.fixture
def other(wang_fang, ming):
    """A second customer whom 李明 serves, too."""
    with change(wang_fang, N_("New customer")) as c:
        customer = c.save(Customer, {"name": "苏州恒达科技有限公司"})
        c.save(Position, {"contact": ming.id, "customer": customer.id})
    return customer


def count(model):
    return file.one(f'SELECT count(*) FROM "{model.table()}"')


def delete(user, *customers):
    with change(user, N_("Delete customer")) as c:
        delete_customers(c, [customer.id for customer in customers])
    return c.id


def test_contact_persons_contacts_and_complaints_go_with_a_customer(li_ming, visit, wang_fang):
    with change(wang_fang, N_("New complaint")) as c:
        c.save(Complaint, {"customer": li_ming.id, "description": "漏油", "received_at": "2026-03-05T10:00:00"})
    assert belongings([li_ming.id]) == {"contact": 1, "interaction": 1, "complaint": 1}
    delete(wang_fang, li_ming)
    assert [count(m) for m in (Customer, Contact, Position, Interaction, Complaint)] == [0, 0, 0, 0, 0]


def test_who_serves_another_customer_stays(li_ming, ming, other, wang_fang):
    assert belongings([li_ming.id]) == {}
    delete(wang_fang, li_ming)
    assert Contact.get_row(ming.id).name == "李明"
    assert file.ask("SELECT customer FROM position") == [(other.id,)]


def test_who_serves_only_deleted_customers_goes(li_ming, ming, other, wang_fang):
    assert belongings([li_ming.id, other.id]) == {"contact": 1}
    delete(wang_fang, li_ming, other)
    assert count(Contact) == 0


def test_undo_brings_all_of_it_back(li_ming, ming, visit, other, wang_fang):
    def content():
        return {
            m.table(): sorted(map(str, file.ask(f'SELECT * FROM "{m.table()}"')))
            for m in (Customer, Contact, Position, Interaction)
        }

    before = content()
    number = delete(wang_fang, li_ming, other)
    assert count(Customer) == 0
    history.undo(wang_fang, number)
    assert content() == before


def test_every_kind_of_record_that_goes_with_a_customer_is_counted_in_words():
    kinds = {child.table() for child, _column, end in children("customer") if end == "cascade"} - {"position"}
    assert not kinds - set(counted.KINDS)
    assert counted.in_words({"complaint": 1, "contact": 3, "service_request": 0}) == "3 contact persons, 1 complaint"
    assert counted.in_words({"news": 2}) == "News: 2"  # a kind without words of its own is told all the same


def test_nobody_has_no_belongings(office):
    assert belongings([]) == {}


def test_many_customers_are_asked_about_at_once(office, wang_fang):
    with change(wang_fang, N_("New customer")) as c:
        ids = [c.save(Customer, {"name": f"客户{n}有限公司"}).id for n in range(1200)]
    assert belongings(ids) == {}
    with change(wang_fang, N_("Delete customer")) as c:
        delete_customers(c, ids)
    assert count(Customer) == 0
