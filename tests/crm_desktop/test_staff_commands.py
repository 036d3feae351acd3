"""`feedback` and `staff`: what customers say, colleagues' figures, abilities and office news without a window."""

import pytest

from crm_desktop import news, staff
from crm_desktop.i18n import N_
from crm_desktop.models import News
from crm_desktop.models.competence import ABILITIES
from crm_desktop.store.change import change

pytestmark = pytest.mark.usefixtures("li_ming")


def test_feedback_is_written_down_listed_answered_and_made_a_complaint(answer, command, li_ming):
    made = answer("feedback", "new", li_ming.code, "希望夜间值班", "--kind", "suggestion", "--channel", "WeChat")
    code = made["feedback"]
    assert code.startswith("FK-")
    assert [row["code"] for row in answer("feedback", "list", "--waiting")] == [code]
    assert code in command("feedback", "list", "--search", "夜间")[1]
    done = answer("feedback", "reply", code, "下月起安排")
    assert (done["feedback"], done["state"]) == (code, "answered")
    assert answer("feedback", "list", "--waiting") == []
    assert answer("feedback", "complaint", code)["complaint"].startswith("TS-")
    status, _out, err = command("feedback", "complaint", code)
    assert (status, "already" in err) == (1, True)


def test_a_number_nobody_has_is_told_in_a_sentence(command):
    status, _out, err = command("feedback", "reply", "FK-2020-0001", "x")
    assert status == 1
    assert "FK-2020-0001" in err


def test_the_figures_of_a_colleague_are_told_and_written(answer, command, visit, tmp_path):
    told = answer("staff", "figures", "王芳", "--month", "2026-03")
    assert told["colleague"] == "王芳"
    made = next(one for one in told["figures"] if one["key"] == "contacts.made")
    assert (made["value"], made["office"]) == (1, "1")
    assert answer("staff", "figures", "王芳", "--from", "2026-04-01", "--until", "2026-04-30")["figures"] == []
    for name in ("a.xlsx", "a.pdf"):
        answer("staff", "figures", "王芳", "--month", "2026-03", "--out", tmp_path / name)
        assert (tmp_path / name).stat().st_size > 1000
    assert command("staff", "figures", "王芳", "--out", tmp_path / "a.txt")[0] == 1
    status, _out, err = command("staff", "figures", "王芳", "--from", "2026-04-30", "--until", "2026-04-01")
    assert (status, "before the first" in err) == (1, True)
    status, _out, err = command("staff", "figures", "没有这人")
    assert (status, "没有这人" in err) == (1, True)


def test_abilities_and_news_are_told(answer, command, wang_fang, tmp_path):
    assert "Not assessed" in command("staff", "abilities", "王芳")[1]
    assert "No news" in command("staff", "news")[1]


def test_abilities_and_news_that_are_there(answer, office, wang_fang, tmp_path):
    with change(wang_fang, N_("Assess abilities")) as c:
        staff.assess(c, wang_fang.id, {"listening": (2, "打断客户")})
        one = c.save(News, {"name": "盘库", "start": "2026-01-05"})
        news.read(c, one.id, wang_fang.id)
    told = answer("staff", "abilities", "王芳")
    assert len(told["scores"]) == len(ABILITIES)
    assert next(s for s in told["scores"] if s["ability"] == "listening")["score"] == 2
    assert answer("staff", "abilities", "王芳", "--out", tmp_path / "a.pdf")["pages"] >= 1
    [found] = answer("staff", "news")
    assert (found["title"], found["read"]) == ("盘库", ["王芳"])
