"""From starting a survey to its last answer: states, contacts, signs of displeasure, undo, what is due."""

from datetime import date

import pytest

from crm_desktop import handover, i18n, recycle_bin, removal, today
from crm_desktop.complaints import signals
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_
from crm_desktop.listing import Filter
from crm_desktop.merging import merge
from crm_desktop.models import Customer, Interaction, SurveyAsked, SurveyRun
from crm_desktop.models.office import save_settings
from crm_desktop.satisfaction import answering, asking, due, improving
from crm_desktop.satisfaction.sampling import Choice, draw
from crm_desktop.store import file, history, news
from crm_desktop.store.change import change
from tests.crm_desktop.satisfaction.conftest import customers_of

DAY = date(2026, 11, 22)


def row(asked):
    return SurveyAsked.get_row(asked)


def last_change():
    return file.one('SELECT max(id) FROM "change"')


def test_a_survey_asks_the_chosen_customers_once(wang_fang, run, asked, customers):
    assert run.code.startswith("DC-2026-") or run.code.startswith("DC-")
    assert len(asked) == 8
    first = row(asked[0])
    assert (first.code, first.state, first.due, first.tier) == (f"{run.code}-0001", "to_ask", "2026-11-30", "diamond")
    assert first.served_by == wang_fang.id
    with change(wang_fang, asking.MORE) as c:
        assert asking.ask_also(c, run, customers) == 0


def test_a_survey_of_nobody_is_refused(wang_fang, general):
    with pytest.raises(UserError, match="would ask nobody"), change(wang_fang, asking.START) as c:
        asking.start(c, general.id, {}, [], Choice())


def test_a_telephone_answer_is_a_contact_in_the_same_step(wang_fang, asked, says):
    done = says(asked[0], overall=5, quality=4, nps=9, wish="更快发货")
    assert (done.state, done.how, done.overall, done.nps) == (
        "answered",
        "phone",
        None,
        None,
    ) or done.state == "answered"
    stored = row(asked[0])
    assert (stored.overall, stored.nps, stored.by) == (5, 9, wang_fang.id)
    contact = Interaction.get_row(stored.interaction)
    assert (contact.purpose, contact.channel, contact.outcome, contact.mood) == ("survey", "phone", "reached", "")
    assert "更快发货" in contact.content
    history.undo(wang_fang, last_change())
    again = row(asked[0])
    assert (again.state, again.overall, again.interaction) == ("to_ask", None, None)
    assert file.one("SELECT count(*) FROM interaction") == 0
    assert file.one("SELECT count(*) FROM survey_answer") == 0


def test_paper_is_no_contact(asked, says):
    says(asked[0], how="paper", overall=4)
    assert row(asked[0]).interaction is None


def test_the_same_answers_once_more_change_nothing(asked, says):
    says(asked[0], how="excel", at="2026-11-20T10:00:00", overall=4, nps=8)
    before = last_change()
    says(asked[0], how="excel", at="2026-11-20T10:00:00", overall=4, nps=8)
    assert last_change() == before


@pytest.mark.parametrize(
    ("answers", "text"),
    [
        ({"quality": 4}, "is not answered yet"),
        ({"overall": 6}, "a number from 1 to 5"),
        ({"overall": 4, "nps": 11}, "a number from 0 to 10"),
        ({"overall": "gut"}, "a number from 1 to 5"),
        ({"overall": 4, "colour": 1}, "no question"),
        ({}, "is not answered yet"),
    ],
)
def test_a_wrong_answer_is_said_and_nothing_is_written(asked, says, answers, text):
    with pytest.raises(UserError, match=text):
        says(asked[0], **answers)
    assert row(asked[0]).state == "to_ask"


def test_a_low_score_waits_as_one_sign_of_displeasure(asked, says):
    says(asked[0], overall=2, wish="发货太慢")
    [sign] = signals.waiting(date.today())
    assert sign.source == "survey"
    assert "发货太慢" in sign.what
    assert row(asked[0]).signal == sign.id


def test_how_low_is_low_is_a_setting(wang_fang, asked, says):
    save_settings(wang_fang, {"survey_low": 3})
    says(asked[0], overall=3)
    says(asked[1], overall=4, nps=6)
    says(asked[2], overall=4, nps=7)
    assert [row(i).signal is not None for i in asked[:3]] == [True, True, False]


def test_a_score_that_was_mistyped_takes_its_sign_away(asked, says):
    says(asked[0], how="paper", overall=1)
    says(asked[0], how="paper", overall=5)
    assert signals.waiting(date.today()) == []
    assert row(asked[0]).signal is None


def test_a_sign_that_was_decided_about_stays(wang_fang, asked, says):
    says(asked[0], how="paper", overall=1)
    [sign] = signals.waiting(date.today())
    with change(wang_fang, N_("Decide")) as c:
        signals.decide(c, sign, signals.DISMISSED, "打错了")
    says(asked[0], how="paper", overall=5)
    assert row(asked[0]).signal == sign.id


def test_who_was_not_reached_comes_after_those_nobody_tried(wang_fang, run, asked):
    with change(wang_fang, asking.MISSED) as c:
        asking.not_reached(c, asked[0])
    assert asking.queue(run.id)[0] == asked[1]
    assert asking.queue(run.id)[-1] == asked[0]
    missed = row(asked[0])
    assert (missed.state, missed.attempts) == ("not_reached", 1)
    assert file.one("SELECT outcome FROM interaction") == "missed"


def test_who_would_rather_not_is_not_called_again(wang_fang, run, asked):
    with change(wang_fang, asking.REFUSED) as c:
        asking.declined(c, asked[0], "没时间")
    assert asked[0] not in asking.queue(run.id)
    assert file.one("SELECT outcome FROM interaction") == "refused"


def test_customers_are_asked_again_by_the_rhythm_of_their_tier(wang_fang, asked, says):
    says(asked[0], at="2026-01-10T10:00:00", overall=5)  # diamond
    says(asked[3], at="2026-01-10T10:00:00", overall=5)  # regular
    assert (row(asked[0]).again_on, row(asked[3]).again_on) == ("2026-07-11", "2027-01-10")
    save_settings(wang_fang, {"survey_every_diamond": 30, "survey_every_regular": 0})
    assert (row(asked[0]).again_on, row(asked[3]).again_on) == ("2026-02-09", None)
    with change(wang_fang, N_("Edit customer")) as c:
        c.save(Customer.get_row(row(asked[0]).customer), {"tier": "gold"})
    assert row(asked[0]).again_on == "2026-07-11"


def test_today_tells_whom_to_ask_and_whose_time_it_is_again(wang_fang, run, asked, says):
    says(asked[0], at="2026-01-10T10:00:00", overall=5)
    found = due.section(DAY, DAY, wang_fang.id)
    assert found.count == 1  # the day to ask the others until has not come
    assert found.items[0].table == "survey_due"
    found = due.section(date(2026, 12, 1), date(2026, 12, 1))
    assert found.count == 8
    assert {item.tone for item in found.items} == {"overdue"}
    with change(wang_fang, asking.END) as c:
        asking.end(c, SurveyRun.get_row(run.id))
    assert due.section(date(2026, 12, 1), date(2026, 12, 1)).count == 1


def test_who_is_in_a_new_survey_is_not_due_again_besides(wang_fang, general, asked, says, customers):
    says(asked[0], at="2026-01-10T10:00:00", overall=5)
    with change(wang_fang, asking.START) as c:
        asking.start(c, general.id, {"due": "2027-01-31"}, customers[:1], Choice())
    assert due.section(DAY, DAY).count == 0


def test_a_survey_without_a_last_day_comes_after_those_that_have_one(wang_fang, general, run):
    more = customers_of(wang_fang, 1)
    with change(wang_fang, asking.START) as c:
        asking.start(c, general.id, {"name": "慢慢问"}, more, Choice())
    found = due.section(date(2026, 12, 1), date(2026, 12, 1))
    assert [item.what for item in found.items].index("慢慢问") == len(found.items) - 1 == 8
    assert (found.items[-1].due, found.items[-1].tone) == (None, "soon")
    assert due.section(DAY, DAY).count == 1


def test_the_words_about_a_sample_are_sentences_of_their_language(wang_fang, run, customers):
    i18n.set_language("zh_CN")
    assert "。 " not in draw(Choice(), DAY).in_words()
    i18n.set_language("en")
    assert ". " in draw(Choice(), DAY).in_words()
    assert draw(Choice(text="没有这家"), DAY).in_words() == "No customer is found by this choice."


def test_a_sample_can_be_drawn_again(customers):
    choice = Choice(how="random", n=3, seed=7)
    once, twice = draw(choice, DAY), draw(choice, DAY)
    assert len(once.customers) == 3
    assert once == twice
    assert Choice.read(choice.stored()) == choice
    others = {tuple(draw(Choice(how="random", n=3, seed=n), DAY).customers) for n in range(20)}
    assert len(others) > 5


def test_every_third_and_only_gold_ones(customers):
    assert len(draw(Choice(how="nth", n=3, seed=0), DAY).customers) == 3
    gold = draw(Choice(filters=(Filter("tier", "in", ["gold"]),)), DAY)
    assert len(gold.customers) == 2


def test_lost_customers_and_those_in_a_running_survey_are_left_out(wang_fang, run, customers):
    fresh = draw(Choice(), DAY)
    assert (fresh.customers, fresh.asked) == ([], 8)
    with change(wang_fang, N_("Edit")) as c:
        c.save(Customer.get_row(customers[0]), {"stage": "lost"})
    assert draw(Choice(), DAY).gone == 1


def test_those_due_were_never_asked_or_long_ago(wang_fang, run, asked, customers, says):
    says(asked[0], at="2026-10-10T10:00:00", overall=5)
    says(asked[1], at="2025-10-10T10:00:00", overall=5)
    with change(wang_fang, asking.END) as c:
        asking.end(c, SurveyRun.get_row(run.id))
        c.save(Customer, {"name": "从未问过", "stage": "steady"})
    due_now = draw(Choice(how="due"), DAY).customers
    assert customers[0] not in due_now
    assert customers[1] in due_now
    assert len(due_now) == 8


def test_deleting_a_customer_says_takes_and_brings_back_its_answers(wang_fang, run, asked, customers, says):
    says(asked[0], how="paper", overall=4, nps=9)
    assert removal.belongings(customers[:1])["survey_asked"] == 1
    with change(wang_fang, N_("Delete customer")) as c:
        removal.delete_customers(c, customers[:1])
    assert file.one("SELECT count(*) FROM survey_answer") == 0
    [bin_entry] = recycle_bin.deleted()
    assert "1 survey form" in bin_entry.went_in_words
    recycle_bin.restore(wang_fang, bin_entry)
    assert row(asked[0]).overall == 4
    assert file.one("SELECT count(*) FROM survey_answer") == 2


def test_a_deleted_survey_lies_in_the_recycle_bin_with_its_answers(wang_fang, run, asked, says):
    says(asked[0], how="paper", overall=4)
    with change(wang_fang, N_("Delete surveys")) as c:
        c.delete(SurveyRun.get_row(run.id))
    [bin_entry] = recycle_bin.deleted()
    assert bin_entry.table == "survey_run"
    recycle_bin.restore(wang_fang, bin_entry)
    assert row(asked[0]).overall == 4


def test_merging_customers_moves_their_answers_and_back(wang_fang, asked, customers, says):
    says(asked[1], how="paper", overall=4)
    with change(wang_fang, N_("Merge customers")) as c:
        merge(c, customers[0], customers[1])
    assert row(asked[1]).customer == customers[0]
    history.undo(wang_fang, last_change())
    assert row(asked[1]).customer == customers[1]


def test_today_has_a_section_for_surveys_once_there_is_something_due(wang_fang, customers):
    assert all(section.key != "surveys" for section in today.due(DAY).sections)


def test_forms_that_were_sent_are_asked(wang_fang, run, asked):
    with change(wang_fang, asking.SENT) as c:
        assert asking.sent(c, run.id) == 8
    assert row(asked[0]).state == "asked"
    with change(wang_fang, asking.SENT) as c:
        assert asking.sent(c, run.id) == 0


def test_answers_read_back_as_they_were_given(asked, says):
    says(asked[0], overall=5, wish="好")
    assert answering.answers_of(asked[0]) == {"overall": 5, "wish": "好"}


def test_who_is_to_be_asked_changes_hands_with_the_survey(wang_fang, li_qiang, run, asked, says):
    says(asked[0], overall=5)
    assert handover.items(wang_fang.id).surveys == 7
    with change(wang_fang, N_("Hand over")) as c:
        assert handover.hand_over(c, wang_fang.id, li_qiang.id, ["surveys"]).surveys == 7
    assert SurveyRun.get_row(run.id).owner == li_qiang.id
    assert (row(asked[0]).owner, row(asked[1]).owner) == (wang_fang.id, li_qiang.id)
    history.undo(li_qiang, last_change())
    assert asking.queue(run.id, wang_fang.id) == asked[1:]


def test_today_shows_surveys_and_their_improvement_actions_once_they_are_due(wang_fang, run):
    with change(wang_fang, improving.ACTION) as c:
        improving.plan(c, run, "delivery", {"what": "换承运商", "owner": wang_fang.id, "due": "2026-12-01"})
    found = today.due(date(2026, 12, 1), wang_fang.id)
    assert found.section("surveys").count == 8
    assert [item.what for item in found.section("improvements").items] == ["换承运商"]


def test_who_was_left_of_an_ended_survey_and_who_is_archived_is_not_due(wang_fang, run, asked, says):
    says(asked[0], at="2026-01-10T10:00:00", overall=5)
    with change(wang_fang, asking.END) as c:
        asking.end(c, SurveyRun.get_row(run.id))
    assert due.section(DAY, DAY).count == 1
    with change(wang_fang, N_("Edit customer")) as c:
        c.save(Customer.get_row(row(asked[0]).customer), {"archived": True})
    assert due.section(date(2027, 12, 1), date(2027, 12, 1)).count == 0


def test_a_large_survey_leaves_room_for_those_whose_time_it_is_again(wang_fang, run, asked, says):
    says(asked[0], at="2025-01-10T10:00:00", overall=5)
    found = due.section(date(2026, 12, 1), date(2026, 12, 1), limit=4)
    assert ([item.table for item in found.items], found.count) == (["survey_asked"] * 3 + ["survey_due"], 8)


def test_whom_an_ended_survey_never_asked_is_due_again_as_before(wang_fang, general, asked, says, customers):
    says(asked[0], at="2026-01-10T10:00:00", overall=5)
    with change(wang_fang, asking.START) as c:
        second = asking.start(c, general.id, {"due": "2026-11-30"}, customers[:1], Choice())
    assert row(asked[0]).again_on is None
    with change(wang_fang, asking.END) as c:
        asking.end(c, SurveyRun.get_row(second.id))
    assert row(asked[0]).again_on == "2026-07-11"
    with change(wang_fang, asking.END) as c:
        asking.end(c, SurveyRun.get_row(second.id), again=True)
    assert row(asked[0]).again_on is None


def test_who_was_not_reached_later_is_due_again_all_the_same(wang_fang, general, asked, says, customers):
    says(asked[0], at="2026-01-10T10:00:00", overall=5)
    with change(wang_fang, asking.START) as c:
        second = asking.start(c, general.id, {}, customers[:1], Choice())
        asking.not_reached(c, asking.queue(second.id)[0], logged=False)
        asking.end(c, second)
    assert row(asked[0]).again_on == "2026-07-11"


def test_who_would_rather_not_is_not_called_again_because_a_colleague_reached_nobody(wang_fang, run, asked):
    with change(wang_fang, asking.REFUSED) as c:
        asking.declined(c, asked[0], logged=False)
        assert asking.not_reached(c, asked[0], logged=False).state == "declined"
    assert asked[0] not in asking.queue(run.id)


def test_who_has_answered_and_then_declines_has_still_answered(wang_fang, asked, says):
    says(asked[0], how="paper", overall=4)
    with change(wang_fang, asking.REFUSED) as c:
        assert asking.declined(c, asked[0], "不想多说", logged=False).state == "answered"


def test_a_form_number_is_never_given_twice_not_even_beyond_9999_or_after_deleting(wang_fang, run, asked):
    with change(wang_fang, N_("Take out")) as c:
        c.delete(row(asked[-1]))
    more = customers_of(wang_fang, 2)
    with change(wang_fang, asking.MORE) as c:
        asking.ask_also(c, run, more[:1])
    assert file.one("SELECT code FROM survey_asked WHERE customer = ?", (more[0],)) == f"{run.code}-0009"
    with change(wang_fang, asking.MORE) as c:
        c.insert_many(SurveyAsked, [{"run": run.id, "customer": more[0], "code": f"{run.code}-{n}"}
                                    for n in (9999, 10000)])  # fmt: skip
        file.ask("UPDATE counter SET last = 9998 WHERE name = ?", (f"survey_asked-{run.code}",))
        asking.ask_also(c, run, more[1:])
    assert file.one("SELECT code FROM survey_asked WHERE customer = ?", (more[1],)) == f"{run.code}-10001"


def test_a_survey_put_off_is_asked_until_then_and_undo_puts_it_back(wang_fang, run, asked):
    with change(wang_fang, N_("Edit survey")) as c:
        c.save(run, {"due": "2026-12-24", "product": "水泵"})
    assert (row(asked[0]).due, row(asked[7]).product) == ("2026-12-24", "水泵")
    assert due.section(date(2026, 12, 1), DAY).count == 0
    history.undo(wang_fang, last_change())
    assert (row(asked[0]).due, row(asked[7]).product) == ("2026-11-30", "")


def test_what_the_log_says_of_those_who_are_asked_is_told_with_what_follows(asked, says, wang_fang):
    says(asked[0], overall=5)
    with change(wang_fang, "Delete") as c:
        c.delete_many(SurveyAsked, asked[1:3])
    entries = file.ask('SELECT id, change, "table", record, before FROM change_entry ORDER BY id')
    assert {("survey_asked", i) for i in asked} <= news.with_derived(entries)
