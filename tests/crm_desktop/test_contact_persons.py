"""The contact persons of a customer: one of them is the main one."""

import pytest

from crm_desktop import contact_persons
from crm_desktop.models import Contact, Customer, Position
from crm_desktop.store.change import change

NOTHING_SEEN = {"contact": {}, "position": {}}


@pytest.fixture
def changrong(office, wang_fang):
    with change(wang_fang, "New") as c:
        return c.save(Customer, {"name": "长荣机电"})


@pytest.fixture
def person(wang_fang, changrong):
    """Writes a contact person down."""

    def write(name, customer=changrong, **place):
        with change(wang_fang, "New") as c:
            contact_persons.save(c, None, customer.id, {"contact": {"name": name}, "position": place}, NOTHING_SEEN)
        return next(it for it in contact_persons.of_customer(customer.id) if it.contact.name == name)

    return write


def main_ones(customer):
    return [it.contact.name for it in contact_persons.of_customer(customer.id) if it.position.primary]


def test_who_is_written_down_as_the_main_one_is_the_only_one(person, changrong):
    person("曾家辉", primary=True)
    person("李明朗", primary=True)
    assert main_ones(changrong) == ["李明朗"]


def test_a_person_changed_into_the_main_one_is_the_only_one(person, changrong, wang_fang):
    person("曾家辉", primary=True)
    li = person("李明朗")
    with change(wang_fang, "Edit") as c:
        contact_persons.save(c, li, changrong.id, {"contact": {}, "position": {"primary": True}}, NOTHING_SEEN)
    assert main_ones(changrong) == ["李明朗"]


def test_who_serves_another_customer_is_only_taken_away_here(person, changrong, wang_fang):
    zeng = person("曾家辉")
    with change(wang_fang, "New") as c:
        hengda = c.save(Customer, {"name": "恒达科技"})
        c.save(Position, {"contact": zeng.contact.id, "customer": hengda.id})
    with change(wang_fang, "Remove") as c:
        contact_persons.take_away(c, zeng)
    assert contact_persons.of_customer(changrong.id) == []
    assert contact_persons.customer_of(zeng.contact.id) == hengda.id
    with change(wang_fang, "Remove") as c:
        contact_persons.take_away(c, contact_persons.of_customer(hengda.id)[0])
    assert Contact.get_row(zeng.contact.id) is None
