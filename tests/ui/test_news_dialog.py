"""Office news as colleagues write and read them."""

from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QApplication

from crm_desktop import news
from crm_desktop.complaints import evidence
from crm_desktop.models import News, NewsFile
from crm_desktop.store import file
from crm_desktop.store.change import change
from ui.dialogs.news import NewsDialog
from ui.parts import desk
from ui.parts.record_dialog import RecordDialog


@pytest.fixture
def empty(program):
    """No news at all."""

    def clear():
        with change(None, "Test") as c:
            c.delete_many(News, [i for (i,) in file.ask("SELECT id FROM news")])

    program.ask(clear)
    return program


def published(program, **values):
    def write():
        with change(None, "Test") as c:
            return c.save(News, {"name": "盘库", "text": "周五下午", "start": "2026-01-05", **values})

    return program.ask(write)


def opened(kind):
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
    assert len(found) == 1, found
    return found[0]


@pytest.fixture
def dialog(empty):
    empty.command("news.NewsDialog")
    return opened(NewsDialog)


def names(dialog):
    return [dialog.list.item(n).text() for n in range(dialog.list.count())]


def test_an_empty_list_offers_to_write_news(empty, dialog):
    assert "Tell your colleagues" in dialog.empty.sentence.text()
    dialog.new()
    form = opened(RecordDialog)
    form.button.click()
    empty.idle()
    assert form.isVisible()  # a title is needed
    form.form.editor("name").set_raw("新品到货")
    form.button.click()
    empty.idle()
    assert names(dialog) == ["新品到货"]
    assert dialog.title.text() == "新品到货"
    assert dialog.readers.text().startswith("Not yet")


def test_reading_is_one_click_and_can_be_undone(empty, dialog):
    one = published(empty)
    dialog.reload()
    empty.idle()
    dialog.read_button.click()
    empty.idle()
    assert desk.user().name in dialog.readers.text().split("\n")[0]
    assert not dialog.read_button.isEnabled()
    empty.command("undo")
    assert empty.ask(lambda: news.readers(one.id)).read == []


def test_news_are_filtered_changed_and_deleted(empty, dialog):
    published(empty, name="差旅制度", category="rule")
    published(empty, name="旧闻", until="2026-01-06")
    dialog.reload()
    empty.idle()
    assert names(dialog) == ["差旅制度"]
    dialog.when.setCurrentIndex(0)
    empty.idle()
    assert set(names(dialog)) == {"差旅制度", "旧闻"}
    dialog.category.setCurrentIndex(dialog.category.findData("rule"))
    empty.idle()
    assert names(dialog) == ["差旅制度"]
    dialog.edit()
    form = opened(RecordDialog)
    form.form.editor("text").set_raw("高铁二等座")
    form.button.click()
    empty.idle()
    assert dialog.text.text() == "高铁二等座"
    dialog.ask_to_delete()
    dialog.notice.buttons[0].click()
    empty.idle()
    assert names(dialog) == []


def test_a_file_is_attached(empty, dialog, tmp_path):
    one = published(empty)
    dialog.reload()
    empty.idle()
    paper = tmp_path / "排班.txt"
    paper.write_text("王芳", encoding="utf-8")
    dialog.add_files([paper])
    empty.idle()
    assert [kept.name for kept in empty.ask(lambda: evidence.of(one.id, NewsFile))] == ["排班.txt"]
    assert dialog.files.isVisibleTo(dialog)


def test_today_shows_what_is_not_read_until_it_is(empty):
    tab = empty.tab("today")
    assert not tab.news.isVisible()
    published(empty, name="第二条")
    published(empty, name="第一条", pinned=True)
    published(empty, name="明天", start=(date.today() + timedelta(days=1)).isoformat())
    tab.news.reload()
    empty.idle()
    assert tab.news.text().startswith("第一条")
    assert tab.news.buttons[1].text() == "Show, and 1 more"
    tab.news.mark_read()
    empty.idle()
    assert tab.news.text().startswith("第二条")
    tab.news.show_all()
    empty.idle()
    assert opened(NewsDialog).title.text() == "第二条"
    opened(NewsDialog).read_button.click()
    empty.idle()
    assert not tab.news.isVisible()
