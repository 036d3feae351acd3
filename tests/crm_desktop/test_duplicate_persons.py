"""Contact persons that may be one, found over the whole file with the reason; dismissed pair by pair, in words."""

import pytest

from crm_desktop import different, duplicate_persons, log_words
from crm_desktop.i18n import N_
from crm_desktop.models import Contact, Customer, Position
from crm_desktop.models import office as offices
from crm_desktop.store import file, history, log
from crm_desktop.store.change import change


@pytest.fixture
def hengda(wang_fang):
    """Another customer."""
    with change(wang_fang, N_("New customer")) as c:
        return c.save(Customer, {"name": "苏州恒达化工有限公司"})


@pytest.fixture
def add(wang_fang, hengda):
    """A contact person with these values, at 苏州恒达 unless elsewhere."""

    def add(at=hengda, **values):
        with change(wang_fang, N_("New contact person")) as c:
            person = c.save(Contact, values)
            if at is not None:
                c.save(Position, {"contact": person.id, "customer": at.id})
        return person

    return add


def told():
    return [
        ([m.name for m in group.members], [reason.in_words() for reason in group.reasons])
        for group in duplicate_persons.find()
    ]


MOBILE = [{"number": "13912345678"}]


def test_the_same_mobile_wechat_or_email_is_a_reason_and_the_same_name_makes_it_surer(add):
    add(name="王伟", phones=MOBILE)
    add(name="王伟", at=None, phones=[{"number": "139 1234 5678"}])
    assert told() == [(["王伟", "王伟"], ["same phone 139 1234 5678", "same name 王伟"])]
    add(name="刘洋", wechat="LiuYang8", email="a@example.com")
    add(name="小刘", wechat="liuyang8", email="A@example.com")
    assert told()[1] == (["刘洋", "小刘"], ["same WeChat liuyang8", "same e-mail a@example.com"])


def test_the_same_name_alone_tells_nothing_but_at_one_customer_it_does(add, li_ming, hengda):
    add(name="陳靜")
    add(name="陈静", at=li_ming)
    assert told() == []
    add(name="陈静")
    assert [reasons for _names, reasons in told()] == [[f"same name at {hengda.name}"]]


def test_the_landline_and_mobile_of_an_office_tell_nothing(add):
    for name in ("甲一", "乙二"):
        add(name=name, phones=[{"number": "0571-66880001"}])
    for name in ("丙", "丁", "戊", "己", "庚", "辛"):
        add(name=f"{name}三", phones=MOBILE)
    assert told() == []


def test_the_person_of_whom_most_is_known_is_the_one_to_keep(add):
    add(name="王伟", phones=MOBILE)
    add(name="王伟", phones=MOBILE, wechat="wangwei8", email="w@example.com")
    (group,) = duplicate_persons.find()
    assert Contact.get_row(group.members[0].id).wechat == "wangwei8"
    assert group.score == 97


def test_each_pair_is_dismissed_and_asked_about_again_by_itself(add, wang_fang):
    one, other, third = (add(name="王伟", phones=MOBILE) for _n in range(3))
    first = different.say(wang_fang, [one.id, other.id], "contact")
    different.say(wang_fang, [one.id, third.id], "contact")
    different.say(wang_fang, [other.id, third.id], "contact")
    assert told() == []
    assert history.undo(wang_fang, first).restored == 1
    assert len(told()) == 1


def in_words(number):
    (entry,) = log.entries(number)
    event = log.events([entry])[entry]
    key = (event.table, event.record)
    return log_words.names([key])[key], log_words.summary(event)


def test_the_log_says_who_was_said_to_be_different(add, wang_fang):
    one, other = add(name="王伟"), add(name="王薇")
    number = different.say(wang_fang, [one.id, other.id], "contact")
    assert in_words(number) == ("王伟 · 王薇", "Said that 王伟 and 王薇 are different.")
    with change(wang_fang, N_("Delete")) as c:
        c.delete(other)
    assert in_words(number)[1] == "Said that 王伟 and 王薇 are different."
    undone = history.undo(wang_fang, number)
    assert in_words(undone.change)[1] == "王伟 and 王薇 may be asked about again."


def test_what_was_dismissed_with_the_first_release_counts_and_is_said_in_words_too(add, wang_fang):
    one, other, third = (add(name="王伟", phones=MOBILE) for _n in range(3))
    offices.save_settings(wang_fang, {"not_duplicates": [[one.id, other.id]]})
    offices.save_settings(wang_fang, {"not_duplicates": [[one.id, other.id], [one.id, third.id], [other.id, third.id]]})
    assert told() == []
    number = file.one('SELECT max(id) FROM "change"')
    assert in_words(number)[1].count("Said that 王伟 and 王伟 are different.") == 2
