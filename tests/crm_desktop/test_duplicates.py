"""Who is there already: by name, credit code, phone or WeChat; asked again in the save itself."""

import pytest

from crm_desktop import duplicates
from crm_desktop.models import Contact, Customer, Position
from crm_desktop.store.change import change

CODE = "9144030071526726XG"


def reasons(found):
    return [(it.name, it.owner, it.reason) for it in found]


@pytest.mark.parametrize("name", ["长荣机电", "杭州长荣机电", "杭州长荣机电（有限公司）", "杭州市长荣机电有限责任公司"])
def test_the_same_name_written_otherwise_is_found_with_its_owner(li_ming, name):
    assert reasons(duplicates.like({"name": name})) == [("杭州长荣机电有限公司", "王芳", duplicates.NAME)]


def test_another_name_is_no_duplicate(li_ming):
    assert duplicates.like({"name": "苏州恒达科技有限公司"}) == []
    assert duplicates.like({"name": ""}) == []


@pytest.mark.parametrize("number", ["0571-88886666", "057188886666", "138 0000 1234"])
def test_a_phone_of_the_customer_or_of_its_people_is_found(li_ming, number):
    assert reasons(duplicates.like({"phones": [{"number": number}]})) == [
        ("杭州长荣机电有限公司", "王芳", duplicates.PHONE)
    ]


def test_a_few_digits_are_no_phone(li_ming):
    assert duplicates.like({"phones": [{"number": "8888"}]}) == []


def test_a_credit_code_and_a_wechat_are_found(wang_fang):
    with change(wang_fang, "New") as c:
        c.save(Customer, {"name": "甲乙", "wechat": "JiaYi", "credit_code": CODE})
        other = c.save(Customer, {"name": "丙丁"})
        person = c.save(Contact, {"name": "赵", "wechat": "zhao_88"})
        c.save(Position, {"customer": other.id, "contact": person.id})
    assert [it.reason for it in duplicates.like({"credit_code": CODE})] == [duplicates.CODE]
    assert [it.name for it in duplicates.like({"wechat": "jiayi"})] == ["甲乙"]
    assert [it.name for it in duplicates.like({"wechat": "zhao_88"})] == ["丙丁"]
    assert duplicates.like({"wechat": "zhao_8"}) == []


def test_a_customer_is_not_its_own_duplicate(li_ming):
    assert duplicates.like({"name": li_ming.name}, except_id=li_ming.id) == []


def test_saving_a_second_file_of_a_customer_asks_first(li_ming, wang_fang):
    with pytest.raises(duplicates.Similar) as trouble, change(wang_fang, "New") as c:
        duplicates.save(c, Customer, {"name": "长荣机电"})
    assert [it.id for it in trouble.value.found] == [li_ming.id]
    with change(wang_fang, "New") as c:
        saved = duplicates.save(c, Customer, {"name": "长荣机电"}, known={li_ming.id})
    assert saved.name == "长荣机电"


def test_changing_something_else_never_asks(li_ming, wang_fang):
    with change(wang_fang, "New") as c:
        twin = c.save(Customer, {"name": "长荣机电"})
    with change(wang_fang, "Edit") as c:
        assert duplicates.save(c, twin, {"remarks": "x"}).remarks == "x"
