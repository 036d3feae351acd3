"""What is due today: nothing that is done, nothing twice, the most pressing first."""

from datetime import date

import pytest

from crm_desktop import contact_rhythm, today
from crm_desktop.i18n import N_
from crm_desktop.models import Complaint, Contact, Customer, Interaction, Position
from crm_desktop.models.office import save_settings
from crm_desktop.store.change import change

DAY = date(2026, 3, 10)


def saved(user, target, **values):
    with change(user, N_("Edit customer")) as c:
        return c.save(target, values)


def contact(user, customer, at, **values):
    return saved(user, Interaction, customer=customer.id, at=at, channel="phone", content="谈了报价", **values)


def customer(user, name, created, **values):
    return saved(user, Customer, name=name, created_at=f"{created}T09:00:00", **{"tier": "diamond", **values})


def due(key, owner=None):
    return today.due(DAY, owner).section(key)


def test_next_contacts_are_overdue_due_or_soon(wang_fang):
    for name, at in (("甲", "2026-03-09T17:00"), ("乙", "2026-03-10T23:59"), ("丙", "2026-03-17T08:00")):
        saved(wang_fang, Customer, name=name, next_contact_at=f"{at}:00", next_contact_what="拜访")
    saved(wang_fang, Customer, name="丁", next_contact_at="2026-03-18T00:00:00")
    section = due("contacts")
    assert [(item.customer_name, item.tone) for item in section.items] == [
        ("甲", "overdue"),
        ("乙", "due"),
        ("丙", "soon"),
    ]
    assert section.count == 3


def test_a_contact_that_took_place_is_no_longer_due(wang_fang, li_ming):
    saved(wang_fang, li_ming, next_contact_at="2026-03-09T00:00:00")
    contact(wang_fang, li_ming, "2026-03-08T10:00:00")
    assert due("contacts").count == 1
    contact(wang_fang, li_ming, "2026-03-09T10:00:00")
    assert due("contacts").count == 0


def test_the_next_step_of_a_contact_is_due_until_somebody_gets_in_touch(wang_fang, li_ming):
    contact(wang_fang, li_ming, "2026-03-02T10:00:00", next_at="2026-03-05T09:00:00", next_what="送样品")
    assert [(item.what, item.table, item.tone) for item in due("contacts").items] == [
        ("送样品", "interaction", "overdue")
    ]
    contact(wang_fang, li_ming, "2026-03-04T10:00:00")
    assert due("contacts").count == 1
    contact(wang_fang, li_ming, "2026-03-06T10:00:00")
    assert due("contacts").count == 0


def test_a_next_step_written_on_the_customer_too_is_told_once(wang_fang, li_ming):
    contact(wang_fang, li_ming, "2026-03-02T10:00:00", next_at="2026-03-11T09:00:00", next_what="送样品")
    saved(wang_fang, li_ming, next_contact_at="2026-03-11T14:00:00", next_contact_what="送样品")
    assert due("contacts").count == 1


def test_deleting_the_contact_that_did_it_makes_it_due_again(wang_fang, li_ming):
    contact(wang_fang, li_ming, "2026-03-02T10:00:00", next_at="2026-03-05T09:00:00")
    done = contact(wang_fang, li_ming, "2026-03-06T10:00:00")
    with change(wang_fang, N_("Delete contact record")) as c:
        c.delete(done)
    assert due("contacts").count == 1


def test_archived_customers_are_left_alone(wang_fang):
    saved(wang_fang, Customer, name="甲", next_contact_at="2026-03-09", archived=True)
    customer(wang_fang, "乙", "2025-01-01", archived=True)
    assert due("contacts").count == due("neglected").count == 0


def test_a_colleague_sees_her_own(wang_fang, li_qiang):
    saved(wang_fang, Customer, name="甲", owner=wang_fang.id, next_contact_at="2026-03-09")
    mine = saved(wang_fang, Customer, name="乙", owner=li_qiang.id, next_contact_at="2026-03-09")
    contact(li_qiang, mine, "2026-03-01T10:00:00", next_at="2026-03-10T10:00:00")
    assert [item.customer_name for item in due("contacts", li_qiang.id).items] == ["乙", "乙"]
    assert [item.customer_name for item in due("contacts", wang_fang.id).items] == ["甲"]


def test_open_complaints_come_by_deadline_then_tier_then_severity(wang_fang, li_ming):
    diamond = customer(wang_fang, "甲", "2026-01-01", tier="diamond")

    def complain(who, severity, at="2026-03-09T09:00:00", **values):
        values = {"description": f"{who.tier} {severity}", "severity": severity, "received_at": at, **values}
        saved(wang_fang, Complaint, customer=who.id, owner=wang_fang.id, **values)

    same = {"acknowledged_at": "2026-03-09T09:10:00", "replied_at": "2026-03-09T09:20:00"}
    agreed = {"agreed_by": "2026-03-10T09:00:00", "state": "handling"}
    complain(li_ming, "normal", "2026-03-10T09:00:00")
    complain(li_ming, "normal", **same, **agreed)
    complain(li_ming, "major", **same, **agreed)
    complain(diamond, "normal", **same, **agreed)
    complain(li_ming, "urgent", "2026-02-01T09:00:00")
    complain(li_ming, "urgent", state="closed")
    assert [item.what for item in due("complaints").items] == [
        "gold urgent", "diamond normal", "gold major", "gold normal", "gold normal",
    ]  # fmt: skip


def test_a_complaint_nobody_looks_after_is_red_for_everybody(wang_fang, li_ming, li_qiang):
    saved(wang_fang, Complaint, customer=li_ming.id, description="坏了", received_at="2026-03-10T09:00:00")
    for owner in (None, li_qiang.id):
        [item] = due("complaints", owner).items
        assert item.tone == "overdue"
        assert "nobody looks after it" in item.detail


def test_a_missing_calendar_is_told_from_november_on(office):
    assert today.due(date(2026, 11, 22)).calendar_lacks == 2027
    assert today.due(date(2026, 10, 22)).calendar_lacks is None


def test_improvement_actions_that_are_due_are_told_until_they_are_verified(wang_fang, li_ming, li_qiang):
    action = {"what": "检验加严", "kind": "corrective", "owner": "李强", "due": "2026-03-12"}
    case = saved(wang_fang, Complaint, customer=li_ming.id, description="坏了", improvements=[action])
    assert [(item.what, item.due) for item in due("improvements", li_qiang.id).items] == [("检验加严", "2026-03-12")]
    saved(wang_fang, case, improvements=[action | {"verified": "2026-03-10", "effective": True}])
    assert "improvements" not in [section.key for section in today.due(DAY).sections]


def test_a_complaint_past_its_day_is_overdue(wang_fang, li_ming):
    saved(wang_fang, Complaint, customer=li_ming.id, description="坏了", agreed_by="2026-03-09T17:30:00")
    assert [item.tone for item in due("complaints").items] == ["overdue"]


def test_answers_owed_are_told_until_they_are_given(wang_fang, li_ming):
    asked = contact(wang_fang, li_ming, "2026-03-08T10:00:00", answer_needed=True, answer_due="2026-03-09T17:00:00")
    assert [(item.what, item.tone) for item in due("answers").items] == [("谈了报价", "overdue")]
    saved(wang_fang, asked, answered_at="2026-03-10T08:00:00")
    assert due("answers").count == 0


@pytest.mark.parametrize(
    ("birthday", "when"),
    [
        ("1980-03-10", "2026-03-10"),
        ("--03-17", "2026-03-17"),
        ("1980-03-18", None),
        ("1980-03-09", None),
        ("lunar:--01-22", "2026-03-10"),
        ("lunar:1975-01-29", "2026-03-17"),
        ("lunar:--02-01", None),
    ],
)
def test_birthdays_of_both_calendars_come_in_the_next_seven_days(wang_fang, li_ming, ming, birthday, when):
    saved(wang_fang, ming, birthday=birthday)
    assert [(item.who, item.due) for item in due("birthdays").items] == ([("李明", when)] if when else [])


def test_a_birthday_tells_who_it_is_and_how_old(wang_fang, li_ming, ming):
    saved(wang_fang, ming, birthday="1980-03-12")
    (item,) = due("birthdays").items
    assert (item.customer_name, item.detail, item.tone) == ("杭州长荣机电有限公司", "采购经理 · turns 46", "soon")


def test_29_february_is_celebrated_on_the_28th_where_there_is_none(wang_fang, li_ming, ming):
    saved(wang_fang, ming, birthday="2000-02-29")
    items, count = today.birthdays(date(2026, 2, 25), date(2026, 3, 3))
    assert (count, items[0].due) == (1, "2026-02-28")


def test_the_thirtieth_of_a_short_lunar_month_is_celebrated_on_its_last_day(wang_fang, li_ming, ming):
    saved(wang_fang, ming, birthday="lunar:--12-30")  # the year 2025's twelfth month has 29 days
    items, _count = today.birthdays(date(2026, 2, 10), date(2026, 2, 20))
    assert [item.due for item in items] == ["2026-02-16"]


def test_who_was_born_in_a_leap_month_celebrates_in_it_where_the_year_has_one(wang_fang, li_ming, ming):
    saved(wang_fang, ming, birthday="lunar:--06-10+leap")  # 2025 has a leap sixth month
    in_june, _count = today.birthdays(date(2025, 6, 25), date(2025, 7, 20))
    in_leap, _count = today.birthdays(date(2025, 7, 25), date(2025, 8, 20))
    assert in_june == []
    assert [item.due for item in in_leap] == ["2025-08-03"]


def test_somebody_who_has_left_has_no_birthday_here(wang_fang, li_ming, ming):
    saved(wang_fang, ming, birthday="1980-03-12")
    place = Position.get(Position.contact == ming.id)
    saved(wang_fang, place, left=True)
    assert due("birthdays").count == 0


def test_somebody_at_two_customers_has_one_birthday(wang_fang, li_ming, ming):
    other = saved(wang_fang, Customer, name="另一家")
    saved(wang_fang, Position, contact=ming.id, customer=other.id, primary=True)
    saved(wang_fang, ming, birthday="1980-03-12")
    assert [item.customer_name for item in due("birthdays").items] == ["另一家"]


def test_a_contact_person_of_nobody_is_not_told(wang_fang):
    saved(wang_fang, Contact, name="路人", birthday="1980-03-12")
    assert due("birthdays").count == 0


@pytest.mark.parametrize(
    ("tier", "last", "late"),
    [
        ("diamond", "2026-02-24", False),
        ("diamond", "2026-02-23", True),
        ("gold", "2026-02-08", False),
        ("gold", "2026-02-07", True),
        ("silver", "2026-01-08", True),
        ("regular", "2025-09-11", False),
        ("regular", "2025-09-10", True),
        ("", "2025-09-10", True),
        ("platinum", "2025-09-11", False),
    ],
)
def test_each_tier_has_its_rhythm(wang_fang, tier, last, late):
    firm = customer(wang_fang, "甲", "2024-01-01", tier=tier)
    contact(wang_fang, firm, f"{last}T10:00:00")
    assert len(contact_rhythm.not_contacted(DAY)) == contact_rhythm.count_not_contacted(DAY) == late
    assert contact_rhythm.state(Customer.get_row(firm.id), DAY).kind == ("under" if late else "ok")


def test_a_customers_own_rhythm_is_stronger_than_its_tiers(wang_fang):
    often = customer(wang_fang, "甲", "2024-01-01", tier="regular", contact_every=7)
    never = customer(wang_fang, "乙", "2024-01-01", tier="diamond", contact_every=0)
    for firm in (often, never):
        contact(wang_fang, firm, "2026-03-01T10:00:00")
    assert [late.name for late in contact_rhythm.not_contacted(DAY)] == ["甲"]
    assert contact_rhythm.count_not_contacted(DAY) == 1


def test_the_office_can_change_the_rhythm_of_a_tier(wang_fang):
    firm = customer(wang_fang, "甲", "2024-01-01", tier="gold")
    contact(wang_fang, firm, "2026-03-01T10:00:00")
    assert contact_rhythm.count_not_contacted(DAY) == 0
    save_settings(wang_fang, {"contact_every_gold": 5})
    assert contact_rhythm.count_not_contacted(DAY) == 1


def test_the_sentence_says_for_how_long_and_what_was_agreed(wang_fang):
    firm = customer(wang_fang, "甲", "2024-01-01")
    contact(wang_fang, firm, "2026-01-28T10:00:00")
    state = contact_rhythm.state(Customer.get_row(firm.id), DAY)
    assert state.text == "not contacted for 41 days (Diamond: 14)"
    assert due("neglected").items[0].what == state.text


def test_somebody_never_contacted_is_late_counted_from_the_day_of_writing_down(wang_fang):
    customer(wang_fang, "甲", "2026-02-01")
    customer(wang_fang, "乙", "2026-03-01")
    (late,) = contact_rhythm.not_contacted(DAY)
    assert (late.name, late.text) == ("甲", "never contacted in 37 days (Diamond: 14)")


def test_more_contacts_than_welcome_are_noticed(wang_fang):
    firm = customer(wang_fang, "甲", "2024-01-01", contact_cap=2)
    for day in ("2026-03-01", "2026-03-02", "2026-03-10"):
        contact(wang_fang, firm, f"{day}T10:00:00")
    state = contact_rhythm.state(Customer.get_row(firm.id), DAY)
    assert (state.kind, state.text) == ("over", "3 contacts in 30 days (at most 2)")


def test_nobody_asks_for_calls_to_customers_who_are_lost(wang_fang):
    customer(wang_fang, "甲", "2024-01-01", stage="lost")
    assert contact_rhythm.count_not_contacted(DAY) == 0


def test_a_day_gone_by_is_judged_by_what_was_known_then(wang_fang):
    firm = customer(wang_fang, "甲", "2024-01-01")
    contact(wang_fang, firm, "2026-01-05T10:00:00")
    contact(wang_fang, firm, "2026-03-09T10:00:00")
    then = date(2026, 1, 31)
    assert [late.days for late in contact_rhythm.not_contacted(then)] == [26]
    assert contact_rhythm.count_not_contacted(then) == 1
    assert contact_rhythm.count_not_contacted(date(2026, 1, 15)) == 0
    assert contact_rhythm.count_not_contacted(DAY) == 0


def test_the_most_neglected_come_first_and_only_so_many_are_told(wang_fang):
    for number in range(25):
        firm = customer(wang_fang, f"公司{number:02}", "2024-01-01")
        contact(wang_fang, firm, f"2026-01-{number + 1:02}T10:00:00")
    section = due("neglected")
    assert (section.count, len(section.items)) == (25, 20)
    assert [item.customer_name for item in section.items][:2] == ["公司00", "公司01"]


def test_an_empty_office_has_nothing_due(office):
    assert [section.count for section in today.due(DAY).sections] == [0, 0, 0, 0, 0]


def test_a_day_agreed_with_a_contact_person_is_due_at_their_customer(wang_fang, li_ming, ming):
    saved(wang_fang, ming, next_contact_at=f"{DAY}T10:00:00")
    section = due("contacts")
    assert [(item.customer, item.who, item.tone) for item in section.items] == [(li_ming.id, ming.name, "due")]
    assert section.count == 1


@pytest.mark.parametrize(
    ("tier", "due_at"),
    [("diamond", "2026-03-10T12:00:00"), ("gold", "2026-03-10T15:00:00"), ("", "2026-03-12T10:00:00")],
)
def test_an_answer_that_is_needed_is_due_within_the_first_response_of_the_tier(wang_fang, li_ming, tier, due_at):
    saved(wang_fang, Customer.get_row(li_ming.id), tier=tier)
    asked = contact(wang_fang, li_ming, "2026-03-10T10:00:00", answer_needed=True)
    assert asked.answer_due == due_at
    later = contact(wang_fang, li_ming, "2026-03-10T10:00:00")
    assert later.answer_due is None
    assert saved(wang_fang, later, answer_needed=True).answer_due == due_at
    own = contact(wang_fang, li_ming, "2026-03-10T10:00:00", answer_needed=True, answer_due="2026-03-11T09:00:00")
    assert own.answer_due == "2026-03-11T09:00:00"
