"""Colleagues: the nine abilities, training that closes a gap, and the figures their work is evaluated by."""

from contextlib import nullcontext
from datetime import date, timedelta

import pytest

from crm_desktop import log_words, recycle_bin, staff
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_
from crm_desktop.models import Complaint, Evaluation, Feedback, Interaction, Invalid
from crm_desktop.models.competence import ABILITIES, CHECKS
from crm_desktop.models.complaint_step import ComplaintStep
from crm_desktop.models.office import save_settings
from crm_desktop.statistics import Period
from crm_desktop.statistics import staff as figures
from crm_desktop.store import checking, file, history
from crm_desktop.store.change import Conflict, change

DAY = date(2026, 11, 23)
NOVEMBER = Period.month("2026-11")
COUNTS = {"contacts.made", "complaints.received", "complaints.closed", "complaints.open", "feedback.praise"}
GOOD = dict.fromkeys(ABILITIES, (4, ""))


def save(user, target, **values):
    with change(user, N_("Edit")) as c:
        return c.save(target, values)


def assess(user, colleague, day="2026-11-20", **scores):
    with change(user, N_("Assess abilities")) as c:
        return staff.assess(c, colleague.id, GOOD | scores, day)


def test_there_are_nine_abilities_each_with_what_to_look_at():
    assert len(ABILITIES) == 9
    assert CHECKS.keys() == ABILITIES.keys()


def test_an_assessment_stands_beside_the_one_before_it(office, wang_fang, li_qiang):
    assess(li_qiang, wang_fang, "2026-05-20", listening=(2, "打断客户"))
    assess(li_qiang, wang_fang, listening=(3, "好多了"))
    assess(li_qiang, li_qiang)
    found = staff.profile(wang_fang.id)
    assert [one.day for one in found.assessments] == ["2026-11-20", "2026-05-20"]
    listening = next(one for one in found.scores if one.ability == "listening")
    assert (listening.score, listening.before, listening.remark) == (3, 2, "好多了")
    assert staff.mean(found.assessments[0]) == 3.9
    assert found.assessments[0].assessor == li_qiang.id


def test_an_assessment_needs_a_score_and_scores_go_from_one_to_five(office, wang_fang):
    with pytest.raises(Invalid, match="at least one score"), change(wang_fang, N_("Assess abilities")) as c:
        staff.assess(c, wang_fang.id, {})
    with pytest.raises(Invalid, match="between 1 and 5"), change(wang_fang, N_("Assess abilities")) as c:
        staff.assess(c, wang_fang.id, {"listening": (6, "")})


def test_of_two_colleagues_who_change_an_assessment_the_second_one_looks_again(office, wang_fang, li_qiang):
    seen_by_both = assess(li_qiang, wang_fang)
    for user, listening in ((wang_fang, 5), (li_qiang, 2)):
        work = change(user, N_("Assess abilities"))
        with pytest.raises(Conflict) if user is li_qiang else nullcontext(), work as c:
            staff.assess(c, wang_fang.id, GOOD | {"listening": (listening, "")}, "2026-11-20", record=seen_by_both)
    [found] = staff.profile(wang_fang.id).assessments
    assert next(one["score"] for one in found.scores if one["ability"] == "listening") == 5


def test_a_low_score_is_a_gap_until_training_is_planned_and_again_if_it_stays_low(office, wang_fang, li_qiang):
    low = assess(li_qiang, wang_fang, comforting=(2, ""))
    assert [one.ability for one in staff.profile(wang_fang.id).gaps] == ["comforting"]
    with change(li_qiang, N_("Plan training")) as c:
        planned = staff.plan(c, wang_fang.id, "安抚情绪的谈话", "2026-12-01", "comforting", low.id)
    assert staff.profile(wang_fang.id).gaps == []
    week = staff.trainings(DAY + timedelta(days=10), DAY, wang_fang.id)
    assert [(item.what, item.due) for item in week] == [("安抚情绪的谈话", "2026-12-01")]
    assert staff.trainings(DAY + timedelta(days=10), DAY, li_qiang.id) == []
    with change(li_qiang, N_("Training done")) as c:
        staff.learnt(c, planned.id, "角色扮演三次", "2026-11-30")
    assert staff.trainings(DAY + timedelta(days=10), DAY) == []
    assert [one.ability for one in staff.profile(wang_fang.id).gaps] == ["comforting"]


def test_deleting_an_assessment_keeps_the_training_and_undo_links_it_again(office, wang_fang):
    made = assess(wang_fang, wang_fang)
    with change(wang_fang, N_("Plan training")) as c:
        planned = staff.plan(c, wang_fang.id, "倾听", None, "listening", made.id)
    with change(wang_fang, N_("Delete assessment")) as c:
        c.delete(made)
    assert staff.profile(wang_fang.id).trainings[0].assessment is None
    history.undo(wang_fang, file.one('SELECT max(id) FROM "change"'))
    assert file.rows("training", [planned.id])[planned.id]["assessment"] == made.id
    assert checking.problems() == []


@pytest.fixture
def work(li_ming, wang_fang, li_qiang):
    """A November of 王芳: two contacts, two complaints of which one was in time, praise, and a colleague's case."""
    for day in ("02", "03"):
        save(wang_fang, Interaction, customer=li_ming.id, at=f"2026-11-{day}T10:00:00", channel="phone", content="谈")
    start = {"customer": li_ming.id, "description": "异响", "received_at": "2026-11-02T09:00:00"}
    ended = {"state": "closed", "solved_at": "2026-11-03T09:00:00", "closed_at": "2026-11-05T09:00:00"}
    first = save(wang_fang, Complaint, **start, **ended, owner=wang_fang.id, satisfaction="5")
    late = ended | {"solved_at": "2026-11-20T09:00:00", "closed_at": "2026-11-21T09:00:00"}
    save(wang_fang, Complaint, **start, **late, owner=wang_fang.id, satisfaction="2")
    save(wang_fang, Complaint, **start, owner=li_qiang.id, about=wang_fang.id)
    save(wang_fang, Feedback, customer=li_ming.id, at="2026-11-09", kind="praise", text="耐心", about=wang_fang.id)
    for at, before, after in (
        ("2026-11-02T10:00:00", "new", "accepted"),
        ("2026-11-02T14:30:00", "accepted", "handling"),
        ("2026-11-03T09:00:00", "handling", "solved"),
    ):
        save(wang_fang, ComplaintStep, complaint=first.id, at=at, before=before, after=after, move="x")


def shown(colleague):
    return {one.key: one for one in figures.sheet(NOVEMBER, colleague.id)}


def test_the_figures_of_a_month_are_as_counted_by_hand(work, wang_fang, li_qiang):
    hers = shown(wang_fang)
    assert (hers["contacts.made"].value, hers["contacts.customers"].value) == (2, 1)
    assert (hers["complaints.received"].value, hers["complaints.received"].office) == (2, "3")
    assert hers["complaints.on_time"].value == 50.0
    assert hers["complaints.verdict"].value == 3.5
    assert hers["complaints.about"].value == 1
    assert hers["feedback.praise"].value == 1
    assert shown(li_qiang)["complaints.received"].value == 1
    assert "requests.received" not in hers  # nothing was asked of her: the group is left out


def test_every_figure_opens_the_records_it_is_about(work, wang_fang, li_ming):
    assess(wang_fang, wang_fang)
    for one in figures.sheet(NOVEMBER, wang_fang.id):
        table, ids = figures.records(one.key, NOVEMBER, wang_fang.id)
        assert len(file.rows(table, list(ids))) == len(ids), one.key
        if one.key in COUNTS:
            assert len(ids) == one.value, one.key
    assert len(figures.records("complaints.on_time", NOVEMBER, wang_fang.id)[1]) == 1


def test_each_state_of_a_course_says_how_many_working_hours_it_took(work, wang_fang):
    taken = {one.state: (one.number, one.median) for one in figures.durations(NOVEMBER, wang_fang.id)}
    # 9:00 to 18:00 with an hour of lunch
    assert taken == {"new": (1, 1.0), "accepted": (1, 3.5), "handling": (1, 3.5)}


def test_the_mean_of_the_abilities_is_that_of_the_newest_assessment_of_the_period(work, wang_fang, li_qiang):
    assess(li_qiang, wang_fang, "2026-10-01", **dict.fromkeys(ABILITIES, (1, "")))
    assess(li_qiang, wang_fang, "2026-11-20")
    assess(li_qiang, wang_fang, "2026-12-20", **dict.fromkeys(ABILITIES, (5, "")))
    assert shown(wang_fang)["abilities.mean"].value == 4.0


def test_an_evaluation_keeps_the_figures_of_its_day(work, wang_fang, li_qiang, li_ming):
    with change(li_qiang, N_("Evaluate")) as c:
        made = staff.evaluate(c, wang_fang.id, NOVEMBER, figures.sheet(NOVEMBER, wang_fang.id), "跟进及时", "")
    save(wang_fang, Interaction, customer=li_ming.id, at="2026-11-04T10:00:00", channel="phone", content="又谈")
    [kept] = staff.evaluations(wang_fang.id)
    assert (kept.id, kept.comment, kept.by) == (made.id, "跟进及时", li_qiang.id)
    said = next(row for row in kept.figures if row["key"] == "contacts.made")
    assert said["shown"] == "2"
    assert shown(wang_fang)["contacts.made"].value == 3
    with pytest.raises(UserError, match="comment or a decision"), change(li_qiang, N_("Evaluate")) as c:
        staff.evaluate(c, wang_fang.id, NOVEMBER, [], " ", "")
    with change(li_qiang, N_("Delete evaluation")) as c:
        c.delete(Evaluation.get_row(made.id))
    assert staff.evaluations(wang_fang.id) == []


def test_what_is_written_about_colleagues_lies_in_the_bin_by_their_names(office, wang_fang, li_qiang):
    made = assess(li_qiang, wang_fang)
    with change(li_qiang, N_("Plan training")) as c:
        planned = staff.plan(c, wang_fang.id, "倾听", None, "listening")
    for record, name in ((made, "王芳 · 2026-11-20"), (planned, "王芳 · 倾听")):
        with change(li_qiang, N_("Delete")) as c:
            c.delete(record)
        [gone] = recycle_bin.deleted()
        assert gone.name == name
        recycle_bin.restore(li_qiang, gone)
    assert len(staff.profile(wang_fang.id).trainings) == 1


def test_the_history_names_the_abilities(office, wang_fang, li_qiang):
    made = assess(li_qiang, wang_fang)
    told = next(line for line in log_words.history("assessment", made.id) if line.label == "Scores")
    assert "Ending a relation to satisfaction 4" in told.after


def test_who_was_assessed_long_ago_is_to_be_assessed_again(office, wang_fang, li_qiang):
    assess(li_qiang, wang_fang, "2026-05-01")
    assess(li_qiang, wang_fang, "2026-06-01")
    assess(wang_fang, li_qiang, "2026-11-01")
    later = date(2026, 12, 10)
    found = staff.due(later, DAY)
    assert [(item.id, item.due, item.tone) for item in found.items] == [(wang_fang.id, "2026-11-30", "soon")]
    assert staff.due(later, DAY, li_qiang.id).count == 1  # who assessed her the last time
    assert staff.due(later, DAY, wang_fang.id).count == 0
    assert staff.due(DAY, DAY).count == 0
    save_settings(li_qiang, {"assess_days": 0})
    assert staff.due(later, DAY).count == 0
