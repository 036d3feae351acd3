"""Signs of displeasure, evidence, and families of like complaints."""

from datetime import date

import pytest

from crm_desktop import today
from crm_desktop.complaints import evidence, families, signals
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_
from crm_desktop.models import Complaint, ComplaintFile, Interaction
from crm_desktop.store import change as changes
from crm_desktop.store import file, history
from crm_desktop.store.change import change

DAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr(changes, "now", lambda: "2026-11-23T10:00:00")


def save(user, target, **values):
    with change(user, N_("Edit")) as c:
        return c.save(target, values)


def displeased(user, customer, at="2026-11-20T10:00:00"):
    return save(
        user, Interaction, customer=customer.id, at=at, channel="phone", content="抱怨送货慢", mood="displeased"
    )


def decide(user, decision, reason=""):
    [signal] = signals.waiting(DAY)
    with change(user, N_("Decide about a sign of displeasure")) as c:
        return signals.decide(c, signal, decision, reason)


def test_a_bad_mood_waits_for_a_decision(wang_fang, li_ming):
    displeased(wang_fang, li_ming)
    [signal] = signals.waiting(DAY)
    assert (signal.source, signal.customer, signal.what) == ("mood", li_ming.id, "抱怨送货慢")
    assert [item.customer for item in today.due(DAY).section("signals").items] == [li_ming.id]
    assert signals.waiting(DAY, wang_fang.id) == [signal]
    assert signals.waiting(DAY, -1) == []


def test_a_bad_mood_of_long_ago_or_followed_by_a_complaint_is_no_sign(wang_fang, li_ming):
    displeased(wang_fang, li_ming, "2026-10-01T10:00:00")
    displeased(wang_fang, li_ming, "2026-11-19T10:00:00")
    save(wang_fang, Complaint, customer=li_ming.id, description="送货慢", received_at="2026-11-19T15:00:00")
    assert signals.waiting(DAY) == []


def test_a_confirmed_sign_becomes_an_implicit_complaint_of_the_customers_owner(wang_fang, li_qiang, li_ming):
    displeased(li_qiang, li_ming)
    complaint = decide(li_qiang, signals.CONFIRMED)
    assert (complaint.nature, complaint.owner, complaint.state) == ("implicit", wang_fang.id, "new")
    assert "抱怨送货慢" in complaint.description
    assert signals.waiting(DAY) == []
    history.undo(li_qiang, file.one('SELECT max(id) FROM "change"'))
    assert len(signals.waiting(DAY)) == 1


def test_a_sign_is_dismissed_only_with_a_reason(wang_fang, li_ming):
    displeased(wang_fang, li_ming)
    with pytest.raises(UserError, match="Say why"):
        decide(wang_fang, signals.DISMISSED)
    assert decide(wang_fang, signals.DISMISSED, "当场解释清楚了") is None
    assert signals.waiting(DAY) == []
    assert file.one("SELECT reason FROM complaint_signal") == "当场解释清楚了"


def test_silence_after_a_solved_complaint_is_a_sign(wang_fang, li_ming):
    case = save(
        wang_fang,
        Complaint,
        customer=li_ming.id,
        description="漏油",
        state="solved",
        received_at="2026-10-20T09:00:00",
        solved_at="2026-10-22T09:00:00",
        follow_up_on="2026-10-27",
    )
    assert [(s.source, s.about) for s in signals.waiting(DAY)] == [("silence", case.id)]
    save(wang_fang, Interaction, customer=li_ming.id, at="2026-11-01T09:00:00", channel="phone", content="回访")
    assert signals.waiting(DAY) == []


def test_a_low_score_is_told_by_who_asked(wang_fang, li_ming):
    with change(wang_fang, N_("Survey")) as c:
        signals.report(c, li_ming.id, "survey", "总体 1 分：响应慢")
    complaint = decide(wang_fang, signals.COMPLAINT)
    assert complaint.nature == "explicit"
    assert signals.waiting(DAY) == []
    with pytest.raises(ValueError, match="no such source"), change(wang_fang, N_("Survey")) as c:
        signals.report(c, li_ming.id, "gossip", "听说")


def test_two_colleagues_do_not_decide_twice(wang_fang, li_qiang, li_ming):
    displeased(wang_fang, li_ming)
    [signal] = signals.waiting(DAY)
    for user, refused in ((wang_fang, False), (li_qiang, True)):
        if not refused:
            with change(user, N_("Decide")) as c:
                signals.decide(c, signal, signals.CONFIRMED)
        else:
            with pytest.raises(UserError, match="colleague has decided"), change(user, N_("Decide")) as c:
                signals.decide(c, signal, signals.CONFIRMED)
    assert file.one("SELECT count(*) FROM complaint") == 1


@pytest.fixture
def case(wang_fang, li_ming):
    return save(wang_fang, Complaint, customer=li_ming.id, description="漏油", cause="quality.production")


def test_a_small_file_travels_with_the_customer_file(tmp_path, wang_fang, case):
    photo = tmp_path / "漏油.jpg"
    photo.write_bytes(bytes(range(256)) * 10)
    with change(wang_fang, N_("Add evidence")) as c:
        evidence.add(c, case.id, evidence.read(photo))
    photo.unlink()
    [kept] = evidence.of(case.id)
    assert (kept.name, kept.size, kept.place) == ("漏油.jpg", 2560, "")
    assert evidence.content(kept.id) == bytes(range(256)) * 10
    with change(wang_fang, N_("Delete evidence")) as c:
        c.delete(ComplaintFile.get_row(kept.id))
    history.undo(wang_fang, file.one('SELECT max(id) FROM "change"'))
    assert evidence.content(kept.id) == bytes(range(256)) * 10


def test_of_a_large_file_only_the_place_is_kept(tmp_path, wang_fang, case):
    video = tmp_path / "异响.mp4"
    video.write_bytes(bytes(evidence.SMALL + 1))
    with change(wang_fang, N_("Add evidence")) as c:
        evidence.add(c, case.id, evidence.read(video))
    [kept] = evidence.of(case.id)
    assert (kept.size, kept.place) == (evidence.SMALL + 1, str(video))
    assert evidence.content(kept.id) == b""


def test_a_file_that_cannot_be_read_is_told_in_words(tmp_path):
    with pytest.raises(UserError, match="cannot be read"):
        evidence.read(tmp_path / "weg.jpg")


def family(user, customer, days, improvements=()):
    for day in days:
        save(user, Complaint, customer=customer.id, description="异响", received_at=day, cause="quality.design",
             family="电机异响")  # fmt: skip
    if improvements:
        first = Complaint.get_row(file.one("SELECT min(id) FROM complaint"))
        save(user, first, improvements=list(improvements))


BEFORE = ["2026-07-06", "2026-07-14", "2026-08-03", "2026-08-20", "2026-09-01", "2026-09-02"]
DONE = {"what": "改轴承", "kind": "corrective", "owner": "李强", "due": "2026-09-05", "done": "2026-09-04"}
VERIFIED = DONE | {"verified": "2026-10-10", "by": "王芳", "effective": True}


def test_a_family_shows_whether_it_shrank_after_its_action(wang_fang, li_ming):
    family(wang_fang, li_ming, [*BEFORE, "2026-10-20"], [VERIFIED])
    [one] = families.all_of_them(DAY)
    assert (one.name, one.cause, one.size, one.acted_on) == ("电机异响", "Design", 7, "2026-09-04")
    assert (one.before, one.after) == (3.0, 0.4)  # 6 in 60 days, 1 in 80
    assert one.improved


def test_a_family_is_not_improved_before_its_actions_are_verified(wang_fang, li_ming):
    family(wang_fang, li_ming, BEFORE, [DONE])
    [one] = families.all_of_them(DAY)
    assert (one.waiting, one.improved) == (1, False)


def test_a_family_that_did_not_shrink_is_not_improved(wang_fang, li_ming):
    since = [f"2026-{month:02}-{day:02}" for month in (10, 11) for day in range(1, 20, 3)]
    family(wang_fang, li_ming, [*BEFORE, *since], [VERIFIED])
    [one] = families.all_of_them(DAY)
    assert one.after > one.before
    assert not one.improved


def test_like_complaints_have_the_cause_or_the_product_in_common(wang_fang, li_ming, case):
    same_cause = save(wang_fang, Complaint, customer=li_ming.id, description="又漏油", cause="quality.production")
    save(wang_fang, Complaint, customer=li_ming.id, description="送错货", cause="staff.attitude")
    assert [one.id for one in families.like(case.id)] == [same_cause.id]
    with change(wang_fang, N_("Join")) as c:
        families.join(c, "漏油", [case.id, same_cause.id])
    assert families.names() == ["漏油"]
    assert [one.family for one in families.like(case.id)] == ["漏油"]


def test_many_signs_are_asked_for_in_as_few_questions_as_one(wang_fang, li_ming, monkeypatch):
    asked, ask = [], file.ask

    def counted(sql, params=()):
        asked.append(sql)
        return ask(sql, params)

    def silent(day):
        solved = {"state": "solved", "solved_at": f"2026-09-{day:02}", "follow_up_on": f"2026-10-{day:02}"}
        save(wang_fang, Complaint, customer=li_ming.id, description="异响", received_at="2026-09-01T10:00:00", **solved)

    silent(1)
    with change(wang_fang, N_("Report")) as c:
        signals.report(c, li_ming.id, "return", "退货两件")
    displeased(wang_fang, li_ming, "2026-09-30T10:00:00")
    monkeypatch.setattr(file, "ask", counted)
    signals.waiting(DAY)
    few = len(asked)
    for day in range(2, 12):
        silent(day)
        displeased(wang_fang, li_ming, f"2026-11-{day:02}T10:00:00")
        with change(wang_fang, N_("Report")) as c:
            signals.report(c, li_ming.id, "return", "退货")
    asked.clear()
    found = signals.waiting(DAY)
    assert len(found) > 20
    assert len(asked) <= few + 4  # moods are there now, too: their last complaints and decisions, and what was said
