"""The timeline: newest first, page by page, filtered and searched, never empty without saying what to do."""

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QModelIndex

from crm_desktop.models import Complaint, Interaction
from crm_desktop.store.change import change
from crm_desktop.timeline import PAGE
from ui import tasks
from ui.parts.timeline import Timeline
from ui.parts.timeline_list import follow_up, title


@pytest.fixture
def shown(qtbot, office):
    def show():
        line = Timeline(office.changrong.id)
        qtbot.addWidget(line)
        line.resize(700, 500)
        line.show()
        qtbot.waitUntil(tasks.idle)
        return line

    yield show
    qtbot.waitUntil(tasks.idle)


def contact(office, text="询价", at="2026-03-05T10:00:00", **more):
    return office.write(
        Interaction,
        {
            "customer": office.changrong.id,
            "contact": office.zeng.id,
            "at": at,
            "channel": "phone",
            "content": text,
            **more,
        },
    )


def many(office, number):
    start = datetime(2026, 1, 1)

    def work():
        with change(office.li_qiang, "Many") as c:
            c.insert_many(
                Interaction,
                [
                    {
                        "customer": office.changrong.id,
                        "at": (start - timedelta(hours=n)).isoformat(),
                        "channel": "phone",
                        "content": f"第 {n} 次",
                    }
                    for n in range(number)
                ],
            )

    office.ask(work)


def test_an_empty_history_says_what_to_do(qtbot, office, shown):
    line = shown()
    assert line.empty.isVisible()
    assert line.empty.button.text() == "Write down a contact"
    with qtbot.waitSignal(line.write_asked):
        line.empty.button.click()


def test_an_entry_says_channel_people_text_and_what_follows(office, shown):
    contact(office, next_at="2024-11-24T00:00:00", next_what="报价")
    (entry,) = shown().model.entries
    assert title(entry) == "Phone · 李强 → 曾家辉"
    assert entry.text == "询价"
    assert follow_up(entry) == "↳ 2024-11-24 报价"


def test_contacts_and_complaints_stand_in_one_line_newest_first_and_apart_on_demand(qtbot, office, shown):
    contact(office, "早", "2026-03-01T10:00:00")
    contact(office, "晚", "2026-03-09T10:00:00")
    office.write(
        Complaint, {"customer": office.changrong.id, "received_at": "2026-03-05T10:00:00", "description": "异响"}
    )
    line = shown()
    assert [entry.text for entry in line.model.entries] == ["晚", "异响", "早"]
    assert [line._kinds.button(n).text() for n in range(3)] == ["All", "Contacts 2", "Complaints 1"]
    line._kinds.button(2).click()
    qtbot.waitUntil(lambda: [entry.text for entry in line.model.entries] == ["异响"])
    line.show_kind("interaction")
    qtbot.waitUntil(lambda: [entry.text for entry in line.model.entries] == ["晚", "早"])


def test_it_is_searched_and_a_search_without_hits_can_be_taken_back(qtbot, office, shown):
    contact(office, "询价 20 台电机")
    contact(office, "寄样本")
    line = shown()
    line.search.setText("电机")
    qtbot.waitUntil(lambda: [entry.text for entry in line.model.entries] == ["询价 20 台电机"])
    line.search.setText("没有这个")
    qtbot.waitUntil(line.empty.isVisible)
    line.empty.button.click()
    qtbot.waitUntil(lambda: len(line.model.entries) == 2)


def test_a_click_opens_the_entry(qtbot, office, shown):
    written = contact(office)
    line = shown()
    with qtbot.waitSignal(line.opened) as told:
        line.list.clicked.emit(line.model.index(0))
    assert told.args == ["interaction", written.id]


def test_a_long_history_comes_page_by_page_without_a_gap(qtbot, office, shown):
    many(office, 2 * PAGE + 10)
    line = shown()
    assert len(line.model.entries) == PAGE
    while line.model.canFetchMore(QModelIndex()):
        line.model.fetchMore(QModelIndex())
        qtbot.waitUntil(tasks.idle)
    assert [entry.text for entry in line.model.entries] == [f"第 {n} 次" for n in range(2 * PAGE + 10)]


def test_what_a_colleague_writes_appears_at_once(qtbot, office, shown):
    line = shown()
    contact(office, "新的")
    qtbot.waitUntil(lambda: [entry.text for entry in line.model.entries] == ["新的"])
    assert line.list.isVisible()


def test_the_next_contact_stands_on_top_and_says_when_it_is_overdue(qtbot, office, shown):
    office.write(office.changrong, {"next_contact_at": "2026-01-05T00:00:00", "next_contact_what": "报价"})
    line = shown()
    assert line.next.text().startswith("Overdue since")
    assert line.next.text().endswith(": 报价")
