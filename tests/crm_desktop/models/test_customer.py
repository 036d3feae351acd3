"""What a customer's file knows by itself: how complete it is, where it is, by what it is found."""

import pytest

from crm_desktop.i18n import N_
from crm_desktop.models import Contact, Customer, Position
from crm_desktop.models import customer as customers
from crm_desktop.models.customer_derived import CONTACT_WEIGHT, WEIGHTS
from crm_desktop.store import file, search
from crm_desktop.store.change import change


def save(user, target, values):
    with change(user, N_("Save")) as c:
        number = c.save(target, values).id
    return Customer.get_row(number)


FULL = {
    "name": "温州正泰",
    "tier": "gold",
    "stage": "steady",
    "industry": "C",
    "source": "exhibition",
    "region": "浙江省 温州市",
    "phones": [{"number": "0577-88886666"}],
    "addresses": [{"street": "车站大道1号"}],
    "since": "2020-05-01",
    "size": "small",
    "channel": "phone",
    "next_contact_at": "2026-12-01T09:00:00",
}


def test_a_name_alone_is_hardly_a_file(wang_fang):
    customer = save(wang_fang, Customer, {"name": "温州正泰"})
    assert customer.completeness == round(100 * WEIGHTS["name"] / (sum(WEIGHTS.values()) + CONTACT_WEIGHT))
    assert set(customers.missing(customer)) == set(WEIGHTS) - {"name"}


def test_a_file_with_everything_and_a_contact_person_is_complete(wang_fang):
    customer = save(wang_fang, Customer, FULL | {"owner": wang_fang.id})
    assert customers.missing(customer) == []
    assert customer.completeness < 100
    with change(wang_fang, N_("Save")) as c:
        contact = c.save(Contact, {"name": "李明"})
        c.save(Position, {"contact": contact.id, "customer": customer.id})
    assert Customer.get_row(customer.id).completeness == 100


@pytest.mark.parametrize("name", [name for name in FULL if name not in ("name", "addresses")])
def test_each_emptied_field_costs_its_weight(wang_fang, name):
    whole = save(wang_fang, Customer, FULL)
    less = save(wang_fang, whole, {name: Customer.described()[name].python_value(Customer.blank()[name])})
    if name == "region":  # the address does not tell it either
        assert less.province == ""
    assert less.completeness < whole.completeness


def test_phones_without_a_number_do_not_count(wang_fang):
    empty = save(wang_fang, Customer, {"name": "甲"}).completeness
    assert save(wang_fang, Customer, {"name": "乙", "phones": [{"number": ""}]}).completeness == empty


def test_the_region_is_read_from_the_address_where_none_was_typed(li_ming):
    assert (li_ming.region, li_ming.province) == ("浙江省 杭州市 西湖区", "浙江省")


def test_a_region_somebody_emptied_stays_empty_until_the_address_changes(li_ming, wang_fang):
    assert save(wang_fang, li_ming, {"region": ""}).region == ""
    assert save(wang_fang, li_ming, {"remarks": "老客户"}).region == ""
    assert save(wang_fang, li_ming, {"addresses": [{"street": "江苏省苏州市干将路2号"}]}).province == "江苏省"


def test_a_typed_region_stays(wang_fang):
    values = {"name": "甲", "region": "江苏省 苏州市", "addresses": [{"street": "浙江省杭州市西湖区文三路1号"}]}
    assert save(wang_fang, Customer, values).region == "江苏省 苏州市"


@pytest.mark.parametrize(
    "word", ["长荣", "jd", "changrong", "zr", "李明", "liming", "13800001234", "138-0000-1234", "88886666", "文三路"]
)
def test_a_customer_is_found_by_its_names_its_contact_persons_and_all_their_numbers(li_ming, word):
    assert list(search.find(file.connection(), "customer", word)) == [li_ming.id]


def test_values_are_what_people_filled_in(li_ming, wang_fang):
    assert li_ming.values() | {"kind": "company", "relation": ["customer"]} == li_ming.values()
    assert "code" not in li_ming.values()
    copy = save(wang_fang, Customer, li_ming.values())
    assert copy.values() == li_ming.values()
