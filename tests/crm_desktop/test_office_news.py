"""Office news: published for a time, pinned, read by each colleague once, with attachments."""

from datetime import date

import pytest

from crm_desktop import news
from crm_desktop.complaints import evidence
from crm_desktop.i18n import N_
from crm_desktop.models import Invalid, News, NewsFile
from crm_desktop.store import checking, file, history
from crm_desktop.store.change import Gone, change

DAY = date(2026, 11, 23)


def write(user, **values):
    with change(user, N_("New news")) as c:
        return c.save(News, {"name": "国庆值班", "text": "10 月 1 日起轮班", "start": "2026-11-20", **values})


def mark(user, one):
    with change(user, N_("Read news")) as c:
        news.read(c, one.id, user.id)


def names(lines):
    return [line.name for line in lines]


def test_what_is_published_and_not_read_is_told_pinned_ones_first(office, wang_fang, li_qiang):
    write(wang_fang, name="旧", until="2026-11-22")
    write(wang_fang, name="今天还在", until="2026-11-23")
    write(wang_fang, name="明天", start="2026-11-24")
    write(wang_fang, name="置顶", pinned=True, start="2026-10-01")
    seen = write(wang_fang, name="已读")
    mark(li_qiang, seen)
    assert names(news.unread(li_qiang.id, DAY)) == ["置顶", "今天还在"]
    assert names(news.unread(wang_fang.id, DAY)) == ["置顶", "已读", "今天还在"]


def test_reading_is_written_down_once_and_can_be_taken_back(office, wang_fang, li_qiang):
    one = write(wang_fang)
    mark(li_qiang, one)
    mark(li_qiang, one)
    found = news.readers(one.id)
    assert [name for name, _at in found.read] == ["李强"]
    assert found.waiting == ["王芳"]
    history.undo(li_qiang, file.one("SELECT change FROM change_entry WHERE \"table\" = 'news_read'"))
    assert news.readers(one.id).read == []


def test_the_list_is_filtered_by_state_category_and_words(office, wang_fang):
    write(wang_fang, name="制度：差旅", category="rule", until="2026-11-21")
    write(wang_fang, name="新品培训", category="training", text="请带样品", start="2026-12-01")
    write(wang_fang, name="值班", category="notice")

    def found(**wanted):
        return names(news.found(wang_fang.id, DAY, **wanted))

    assert found() == ["新品培训", "值班", "制度：差旅"]
    assert found(when="now") == ["值班"]
    assert found(when="later") == ["新品培训"]
    assert found(when="over") == ["制度：差旅"]
    assert found(category="rule") == ["制度：差旅"]
    assert found(text="样品") == ["新品培训"]
    assert found(text="xinpin") == ["新品培训"]


def test_news_that_end_before_they_begin_are_refused(office, wang_fang):
    with pytest.raises(Invalid, match="before the first"):
        write(wang_fang, until="2026-11-19")


def test_an_attachment_goes_with_its_news_and_comes_back(office, wang_fang, tmp_path):
    one = write(wang_fang)
    paper = tmp_path / "排班.txt"
    paper.write_text("王芳 10-01", encoding="utf-8")
    with change(wang_fang, N_("Attach a file")) as c:
        evidence.add(c, one.id, evidence.read(paper), NewsFile)
    [kept] = evidence.of(one.id, NewsFile)
    assert evidence.content(kept.id, NewsFile).decode() == "王芳 10-01"
    mark(wang_fang, one)
    with change(wang_fang, N_("Delete news")) as c:
        c.delete(News.get_row(one.id))
    assert [file.one(f"SELECT count(*) FROM {table}") for table in ("news", "news_file", "news_read")] == [0, 0, 0]
    history.undo(wang_fang, file.one('SELECT max(id) FROM "change"'))
    assert evidence.of(one.id, NewsFile) == [kept]
    assert checking.problems() == []


def test_news_deleted_meanwhile_says_so(office, wang_fang):
    one = write(wang_fang)
    with change(wang_fang, N_("Delete news")) as c:
        c.delete(News.get_row(one.id))
    with pytest.raises(Gone, match="deleted"):
        mark(wang_fang, one)
