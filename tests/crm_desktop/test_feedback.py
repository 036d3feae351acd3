"""Feedback of customers: replied to, made an action or a complaint, told when it waits; known to the whole house."""

from datetime import date, timedelta

import pytest

from crm_desktop import bulk_edit, feedback, handover, merging, news, recycle_bin, removal, staff, statistics
from crm_desktop.complaints import due
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_
from crm_desktop.listing import Listing
from crm_desktop.models import Complaint, Customer, Feedback, Interaction, SurveyAction, SurveyRun, SurveyTemplate
from crm_desktop.models.office import save_settings
from crm_desktop.statistics import Period
from crm_desktop.statistics import feedback as statistics_of_feedback
from crm_desktop.store import checking, file, history
from crm_desktop.store.change import Conflict, Gone, change

DAY = date(2026, 11, 23)


def save(user, target, **values):
    with change(user, N_("Edit feedback")) as c:
        return c.save(target, values)


def told(user, customer, **values):
    start = {"customer": customer.id, "text": "希望增加夜间值班", "at": "2026-11-16T09:00:00"}
    return save(user, Feedback, **(start | values))


@pytest.fixture
def idea(li_ming, wang_fang):
    """A suggestion of last Monday that 王芳 looks after."""
    return told(wang_fang, li_ming, owner=wang_fang.id)


def last_change():
    return file.one('SELECT max(id) FROM "change"')


def test_feedback_has_a_number_a_state_and_somebody_who_looks_after_it(idea, wang_fang):
    assert idea.code.startswith("FK-20")
    assert (idea.state, idea.kind, idea.owner) == ("new", "suggestion", wang_fang.id)


def test_a_reply_is_written_down_as_a_contact_and_taken_back_with_it(idea, li_ming, wang_fang):
    with change(wang_fang, N_("Reply to feedback")) as c:
        done = feedback.reply(c, idea.id, "下月起安排", "phone", "2026-11-20T10:00:00")
    assert (done.state, done.answered_at, done.answered_how) == ("answered", "2026-11-20T10:00:00", "phone")
    contact = Interaction.get_row(file.one("SELECT max(id) FROM interaction"))
    assert (contact.customer, contact.channel, contact.direction) == (li_ming.id, "phone", "out")
    assert idea.code in contact.subject
    history.undo(wang_fang, last_change())
    assert Feedback.get_row(idea.id).state == "new"
    assert file.one("SELECT count(*) FROM interaction") == 0
    with pytest.raises(UserError, match="what the customer was told"), change(wang_fang, N_("Reply to feedback")) as c:
        feedback.reply(c, idea.id, "  ", "phone")


def test_a_reply_does_not_write_over_that_of_a_colleague_unseen(idea, wang_fang, li_qiang):
    seen = {"answer": idea.answer, "answered_at": idea.answered_at}
    with change(wang_fang, N_("Reply to feedback")) as c:
        feedback.reply(c, idea.id, "下月起安排", "phone")
    with pytest.raises(Conflict), change(li_qiang, N_("Reply to feedback")) as c:
        feedback.reply(c, idea.id, "暂不考虑", "phone", seen=seen)
    assert Feedback.get_row(idea.id).answer == "下月起安排"
    assert file.one("SELECT count(*) FROM interaction WHERE content = '暂不考虑'") == 0


def test_state_and_day_of_the_reply_agree_whichever_was_written(idea, wang_fang):
    assert save(wang_fang, idea, state="answered").answered_at
    again = save(wang_fang, Feedback.get_row(idea.id), answered_at=None)
    assert again.state == "working"
    assert save(wang_fang, again, answered_at="2026-11-20").state == "answered"


def test_a_suggestion_becomes_an_improvement_action_that_is_told_when_due(idea, wang_fang, li_qiang):
    with change(wang_fang, N_("Make it an action")) as c:
        feedback.to_action(c, idea.id, "排夜班表", li_qiang.id, "2026-11-25")
    done = Feedback.get_row(idea.id)
    assert (done.state, done.adopted, done.improve_by) == ("working", "adopted", "2026-11-25")
    section = due.improvements(DAY + timedelta(days=7), DAY, li_qiang.id)
    assert [(item.table, item.what, item.who) for item in section.items] == [("feedback", "排夜班表", "李强")]
    assert due.improvements(DAY + timedelta(days=7), DAY, wang_fang.id).count == 0
    with pytest.raises(UserError, match="what is to be done"), change(wang_fang, N_("Make it an action")) as c:
        feedback.to_action(c, idea.id, "", None, None)


def test_displeasure_becomes_a_complaint_with_all_its_facts_once(li_ming, ming, wang_fang):
    said = told(wang_fang, li_ming, kind="displeasure", contact=ming.id, product="YX-200", channel="wechat")
    with change(wang_fang, N_("Make it a complaint")) as c:
        made = feedback.to_complaint(c, said.id)
    found = Complaint.get_row(made.id)
    assert (found.description, found.product, found.contact) == (said.text, "YX-200", ming.id)
    now = Feedback.get_row(said.id)
    assert (now.complaint, now.kind, now.state) == (made.id, "complaint", "closed")
    with pytest.raises(UserError, match=found.code), change(wang_fang, N_("Make it a complaint")) as c:
        feedback.to_complaint(c, said.id)
    history.undo(wang_fang, file.one("SELECT change FROM change_entry WHERE record = ?", (made.id,)))
    assert Complaint.get_row(made.id) is None
    assert Feedback.get_row(said.id).kind == "displeasure"


def test_feedback_nobody_replied_to_is_told_after_some_days(idea, li_ming, wang_fang, li_qiang):
    told(wang_fang, li_ming, at="2026-11-22T09:00:00")
    told(li_qiang, li_ming, at="2026-11-10T09:00:00", state="closed")
    found = feedback.waiting(DAY)
    assert [item.id for item in found.items] == [idea.id]
    assert feedback.waiting(DAY, li_qiang.id).count == 0
    save(wang_fang, Feedback.get_row(idea.id), owner=None)
    assert feedback.waiting(DAY, li_qiang.id).count == 1  # what nobody looks after comes to everybody
    save_settings(wang_fang, {"feedback_days": 10})
    assert feedback.waiting(DAY).count == 0


def test_a_list_finds_feedback_by_its_words_and_its_customer(idea, li_ming):
    for words in ("夜间", "长荣", "changrong", idea.code):
        assert list(Listing(Feedback, ("code",), text=words, sort="at").ids()) == [idea.id], words
    assert list(Listing(Feedback, ("code",), text="发票", sort="at").ids()) == []


def test_feedback_goes_with_its_customer_and_comes_back(idea, li_ming, wang_fang):
    before = file.rows("feedback", [idea.id])
    assert removal.belongings([li_ming.id])["feedback"] == 1
    with change(wang_fang, N_("Delete customer")) as c:
        removal.delete_customers(c, [li_ming.id])
    [gone] = recycle_bin.deleted()
    assert "1 piece of feedback" in gone.went_in_words
    recycle_bin.restore(wang_fang, gone)
    assert file.rows("feedback", [idea.id]) == before
    assert checking.problems() == []


def test_feedback_moves_when_customers_are_merged_and_back(idea, li_ming, wang_fang):
    other = save(wang_fang, Customer, name="杭州长荣机电")
    with change(wang_fang, merging.ACTION) as c:
        merging.merge(c, other.id, li_ming.id)
    assert Feedback.get_row(idea.id).customer == other.id
    merging.undo(wang_fang, last_change())
    assert Feedback.get_row(idea.id).customer == li_ming.id


def test_open_feedback_and_actions_are_handed_over_and_names_of_old_too(idea, li_ming, wang_fang, li_qiang):
    hers, old = {"owner": wang_fang.id, "due": "2026-12-01"}, {"owner": "顾问", "due": "2026-12-02"}
    both = [{"what": "a", **hers}, {"what": "b", **old}]
    case = save(wang_fang, Complaint, customer=li_ming.id, description="异响", owner=li_qiang.id, improvements=both)
    done = [{"what": "c", **hers, "verified": "2026-11-20"}]
    past = save(wang_fang, Complaint, customer=li_ming.id, description="异响", owner=li_qiang.id, improvements=done)
    template = save(wang_fang, SurveyTemplate, name="回访", family="f", version=1)
    run = save(wang_fang, SurveyRun, template=template.id, name="回访")
    wish = save(wang_fang, SurveyAction, run=run.id, item="q1", what="d", owner=wang_fang.id)
    held = handover.items(wang_fang.id)
    assert (held.feedback, held.actions) == (1, 2)
    with change(wang_fang, N_("Hand over")) as c:
        handover.hand_over(c, wang_fang.id, li_qiang.id, ["feedback", "actions"])
    assert Feedback.get_row(idea.id).owner == li_qiang.id
    assert [one["owner"] for one in Complaint.get_row(case.id).improvements] == [li_qiang.id, "顾问"]
    assert Complaint.get_row(past.id).improvements[0]["owner"] == wang_fang.id
    assert SurveyAction.get_row(wish.id).owner == li_qiang.id
    assert handover.items(wang_fang.id)[5:7] == (0, 0)


def test_many_pieces_of_feedback_change_their_owner_at_once(idea, li_qiang, wang_fang):
    assert {"owner", "kind", "state", "adopted"} <= bulk_edit.fields(Feedback).keys()
    with change(wang_fang, N_("Change many")) as c:
        bulk_edit.apply(c, Feedback, bulk_edit.Edit("owner", "set", li_qiang.id), [idea.id])
    assert Feedback.get_row(idea.id).owner == li_qiang.id


NOVEMBER = Period.month("2026-11")


@pytest.fixture
def month(li_ming, wang_fang, li_qiang):
    """Two suggestions, one adopted after four days, one waiting; praise answered the same day; one of October."""
    told(wang_fang, li_ming, at="2026-11-02T09:00:00", answered_at="2026-11-06T17:00:00", adopted="adopted")
    told(wang_fang, li_ming, at="2026-11-10T09:00:00", owner=li_qiang.id)
    told(wang_fang, li_ming, at="2026-11-12T09:00:00", kind="praise", answered_at="2026-11-12T10:00:00")
    told(wang_fang, li_ming, at="2026-10-30T09:00:00")


def figures(key, row=None, owner=None):
    table = statistics.compute(key, NOVEMBER, owner)
    found = table.total if row is None else table.row(row).values
    return dict(zip([column.key for column in table.columns], found, strict=True))


def test_the_figures_of_a_month_are_as_counted_by_hand(month, wang_fang, li_qiang):
    assert figures("feedback_by_month") == {"suggestion": 2, "praise": 1, "total": 3}
    everything = {"count": 3, "replied": 66.7, "days": 2.0, "waits": 1, "adopted": 1}
    assert figures("feedback_by_kind") == everything
    assert figures("feedback_by_kind", "suggestion") == everything | {"count": 2, "replied": 50.0, "days": 4.0}
    assert figures("feedback_by_owner", str(li_qiang.id))["waits"] == 1
    assert figures("feedback_by_kind", owner=li_qiang.id)["count"] == 1


@pytest.mark.parametrize("key", ["feedback_by_month", "feedback_by_kind", "feedback_by_owner"])
def test_each_number_opens_the_records_it_counted(month, key):
    table = statistics.compute(key, NOVEMBER)
    for row in (None, *(row.key for row in table.rows)):
        found = table.total if row is None else table.row(row).values
        for column, value in zip(table.columns, found, strict=True):
            about, ids = statistics.records(key, row, NOVEMBER, column=column.key)
            assert about == "feedback"
            assert column.measure or len(ids) == value, (key, row, column.key)


@pytest.fixture
def plans(office, monkeypatch):
    """How the database goes about what is asked: its plans, as text; a server plans by itself."""
    if file.is_server():
        pytest.skip("a server plans by what is in its tables")
    found, ask = [], file.ask

    def told(sql, params=()):
        found.extend(row[-1] for row in ask(f"EXPLAIN QUERY PLAN {sql}", params))
        return ask(sql, params)

    monkeypatch.setattr(file, "ask", told)
    return found


def test_the_figures_come_from_one_index(month, plans):
    statistics_of_feedback.of_period(Period.month("2026-10"), None)
    assert len(plans) == 1
    assert "COVERING INDEX" in plans[0]


def test_what_today_asks_about_feedback_training_and_news_is_found_in_indexes(idea, wang_fang, plans):
    feedback.waiting(DAY, wang_fang.id)
    staff.due(DAY, DAY, wang_fang.id)
    news.unread(wang_fang.id, DAY)
    assert len(plans) >= 4
    assert [plan for plan in plans if plan.startswith("SCAN") and "COVERING INDEX" not in plan] == []


def test_what_was_said_in_a_contact_is_kept_as_feedback(visit, li_ming, ming, wang_fang):
    with change(wang_fang, N_("New feedback")) as c:
        made = feedback.from_interaction(c, visit.id)
    assert (made.customer, made.contact, made.text, made.at, made.channel) == (
        li_ming.id, ming.id, "谈了新的报价", "2026-03-05T14:30:00", "visit",
    )  # fmt: skip
    assert made.owner == wang_fang.id
    with change(wang_fang, N_("Delete contact record")) as c:
        c.delete(visit)
    with pytest.raises(Gone, match="deleted"), change(wang_fang, N_("New feedback")) as c:
        feedback.from_interaction(c, visit.id)
