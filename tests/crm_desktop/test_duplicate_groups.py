"""Customers that may be one, found over the whole file with the reason; what is not the same is asked once only."""

import pytest

from crm_desktop import different, duplicate_groups, merging
from crm_desktop.i18n import N_
from crm_desktop.models import Contact, Customer, Position
from crm_desktop.store import history
from crm_desktop.store.change import change

CODE, OTHER_CODE = "9144030071526726XG", "91330000142913112M"


@pytest.fixture
def add(wang_fang):
    """A customer with these values."""

    def add(**values):
        with change(wang_fang, N_("New customer")) as c:
            return c.save(Customer, values)

    return add


def told():
    """Each group as (names, reasons in words)."""
    return [
        ({member.name for member in group.members}, [reason.in_words() for reason in group.reasons])
        for group in duplicate_groups.find()
    ]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("杭州长荣机电有限公司", "杭州长荣机电有限公司", "same name 杭州长荣机电有限公司"),
        ("杭州长荣机电（有限公司）", "杭州长荣机电(有限公司) ", "same name 杭州长荣机电有限公司"),
        ("ＡＢＣ电子有限公司", "Abc电子有限公司", "same name abc电子有限公司"),
        ("長榮機電有限公司", "长荣机电有限公司", "same name 长荣机电有限公司"),
        ("杭州长荣机电有限公司", "长荣机电", "same core of the name 长荣机电"),
        ("长荣机电(杭州)有限公司", "杭州长荣机电厂", "same core of the name 长荣机电"),
        ("杭州長榮機電有限公司", "长荣机电", "same core of the name 长荣机电"),
        ("长荣机电", "长容机电", "names that sound the same"),
        ("上海和盛网络科技商行", "上海和盛森网络科技有限公司", "names alike 92 %"),
    ],
)
def test_names_written_otherwise_are_one_group_with_the_reason(add, one, other, why):
    add(name=one)
    add(name=other)
    ((names, reasons),) = told()
    assert (len(names), reasons) == (len({Customer.stored({"name": name})["name"] for name in (one, other)}), [why])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("杭州兴润机电设备有限公司", "杭州兴宇机电设备有限公司"),
        ("大宇服饰(苏州)有限公司", "银川服饰(苏州)有限公司"),
        ("杭州恒达科技有限公司", "杭州长荣机电有限公司"),
    ],
)
def test_a_common_trade_or_place_makes_no_names_alike(add, one, other):
    add(name=one)
    add(name=other)
    assert told() == []


def test_a_credit_code_a_phone_and_a_wechat_are_told_surest_first(add):
    add(name="甲甲", credit_code=CODE, wechat="JiaYi8", phones=[{"number": "138 0000 1234"}])
    add(name="乙乙", credit_code=CODE, wechat="jiayi8", phones=[{"number": "13800001234"}])
    assert told() == [
        ({"甲甲", "乙乙"}, [f"same credit code {CODE}", "same WeChat jiayi8", "same phone 138 0000 1234"])
    ]


def test_two_credit_codes_are_two_companies_whatever_they_are_called(add):
    add(name="长荣机电", credit_code=CODE)
    add(name="长荣机电", credit_code=OTHER_CODE)
    assert told() == []


def test_the_phone_of_a_contact_person_counts_but_not_one_person_who_serves_both(add, wang_fang, li_ming, ming):
    friend = add(name="苏州恒达")
    with change(wang_fang, N_("Add")) as c:
        c.save(Position, {"customer": friend.id, "contact": ming.id})
    assert told() == []
    double = add(name="宁波海天")
    with change(wang_fang, N_("Add")) as c:
        person = c.save(Contact, {"name": "小李", "phones": [{"number": "13800001234"}]})
        c.save(Position, {"customer": double.id, "contact": person.id})
    assert [reasons for _names, reasons in told()] == [["same phone 138 0000 1234"]]


def test_a_former_name_and_a_short_name_are_compared_too(add):
    add(name="新名实业", aliases=["长荣机电"])
    add(name="杭州某某公司", short_name="长荣机电")
    assert [names for names, _reasons in told()] == [{"新名实业", "杭州某某公司"}]


def test_a_phone_that_very_many_share_tells_nothing(add):
    for number in range(21):
        add(name=f"{chr(0x4E00 + 37 * number)}店", phones=[{"number": "400-800-1234"}])
    assert told() == []


def test_three_that_hang_together_are_one_group_the_fullest_file_first(add):
    add(name="甲甲", phones=[{"number": "13800001234"}])
    full = add(name="乙乙", phones=[{"number": "13800001234"}], wechat="jiayi8", tier="gold", stage="steady")
    add(name="丙丙", wechat="jiayi8")
    (group,) = duplicate_groups.find()
    assert (len(group.members), group.members[0].id) == (3, full.id)


def test_the_same_name_in_another_place_comes_after_the_same_name_here(add):
    for name, region in (
        ("长荣机电", "浙江省 杭州市"),
        ("上海长荣机电厂", "上海市"),
        ("恒达化工", ""),
        ("苏州恒达化工厂", ""),
    ):
        add(name=name, region=region)
    assert [group.members[0].name for group in duplicate_groups.find()] == ["恒达化工", "长荣机电"]


def test_what_was_said_not_to_be_the_same_is_not_asked_again_until_that_is_taken_back(add, wang_fang):
    one, other = add(name="长荣机电"), add(name="长荣机电")
    number = different.say(wang_fang, [other.id, one.id])
    assert told() == []
    third = add(name="长荣机电")
    (group,) = duplicate_groups.find()
    assert {member.id for member in group.members} == {one.id, other.id, third.id}
    with change(wang_fang, N_("Delete")) as c:
        c.delete(third)
    history.undo(wang_fang, number)
    assert len(told()) == 1


def test_what_was_merged_is_no_group_any_more(add, wang_fang):
    one, other = add(name="长荣机电"), add(name="杭州长荣机电有限公司")
    with change(wang_fang, merging.ACTION) as c:
        merging.merge(c, one.id, other.id)
    assert told() == []


def test_looking_can_be_stopped(add):
    add(name="长荣机电")

    def stop(*_told):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        duplicate_groups.find(stop)
