"""Today: what is due, whose, and where a click leads."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from crm_desktop import today
from crm_desktop.models import Complaint, Contact, Customer, Interaction
from crm_desktop.satisfaction import answering, asking, templates
from crm_desktop.satisfaction.sampling import Choice
from crm_desktop.store import file
from crm_desktop.store.change import change
from ui.parts import desk


@pytest.fixture
def tab(program):
    return program.tab("today")


def something_of_everything():
    """A birthday, an answer owed, a complaint and an agreed contact, all of today."""
    customer = file.one("SELECT id FROM customer WHERE archived = 0 LIMIT 1")
    person = file.one("SELECT contact FROM position WHERE customer = ? LIMIT 1", (customer,))
    day = date.today()
    with change(None, "New") as c:
        c.save(Contact.get_row(person), {"birthday": f"1980-{day:%m-%d}"})
        c.save(Customer.get_row(customer), {"next_contact_at": f"{day}T23:59:00"})
        c.save(Complaint, {"customer": customer, "description": "漏油", "received_at": f"{day}T00:00:00"})
        asked = {
            "customer": customer,
            "at": f"{day}T00:00:00",
            "channel": "phone",
            "content": "?",
            "answer_needed": True,
        }
        c.save(Interaction, asked)


def items(tab, table=None):
    return [line for line in tab.list._lines.lines if isinstance(line, today.Item) and table in (None, line.table)]


def tiles(tab):
    return tab.tiles.tiles


def test_the_tiles_count_what_the_list_holds(program, tab):
    found = program.ask(lambda: today.due(date.today()))
    assert [tile.figure.text() for tile in tiles(tab)] == [str(section.count) for section in found.sections]
    assert len(items(tab)) == sum(len(section.items) for section in found.sections)
    assert tab.day.text().startswith(date.today().isoformat())


def test_a_section_with_nothing_says_so(program, tab):
    texts = [line for line in tab.list._lines.lines if isinstance(line, str)]
    empty = [tile for tile in tiles(tab) if tile.figure.text() == "0"]
    assert len([text for text in texts if text.startswith("✓")]) == len(empty)


@pytest.mark.parametrize("table", ["customer", "interaction", "complaint", "contact"])
def test_a_click_leads_to_the_record(program, tab, table):
    program.ask(something_of_everything)
    program.idle()
    found = items(tab, table)
    item = found[0]
    tab.list.picked.emit(item)
    program.idle()
    shown = program.window.tab()
    if table in ("customer", "contact"):
        assert shown.NAME == "customers"
        assert shown.page.customer_id == item.customer
    else:
        assert {"interaction": "interactions", "complaint": "complaints"}[table] == shown.NAME
        assert shown.panel.record.id == item.id


def test_enter_on_an_item_leads_there_too(program, tab):
    number = next(n for n, line in enumerate(tab.list._lines.lines) if isinstance(line, today.Item) and line.customer)
    tab.list.setCurrentIndex(tab.list.model().index(number))
    assert tab.current_customer() == tab.list._lines.lines[number].customer
    program.qtbot.keyClick(tab.list, Qt.Key.Key_Return)
    program.idle()
    assert program.window.tab() is not tab


def test_mine_shows_only_mine_and_is_remembered(program, tab):
    everybody = [tile.figure.text() for tile in tiles(tab)]
    tab.whose.setCurrentIndex(1)
    program.idle()
    me = desk.user().id
    mine = program.ask(lambda: today.due(date.today(), me))
    assert [tile.figure.text() for tile in tiles(tab)] == [str(section.count) for section in mine.sections]
    assert [tile.figure.text() for tile in tiles(tab)] != everybody
    program.app.switch_language("zh_CN")
    program.tidy()
    program.idle()
    assert program.window.tab().whose.currentIndex() == 1


def test_a_tile_brings_its_section_into_sight(program, tab):
    tiles(tab)[1].clicked.emit()
    assert tab.list.hasFocus()
    program.qtbot.keyClick(tiles(tab)[0], Qt.Key.Key_Space)
    section = program.ask(lambda: today.due(date.today())).sections[0]
    if section.items:
        assert tab.list.current().id == section.items[0].id


def test_what_is_written_elsewhere_is_seen_at_once_or_when_one_comes_back(program, tab):
    customer = program.ask(lambda: file.one("SELECT id FROM customer WHERE archived = 0 LIMIT 1"))
    complaints = tiles(tab)[1].figure.text()

    def complain():
        with change(None, "New") as c:
            c.save(Complaint, {"customer": customer, "description": "漏油", "received_at": "2026-01-05T10:00:00"})

    program.ask(complain)
    program.idle()
    assert tiles(tab)[1].figure.text() == str(int(complaints) + 1)
    program.tab("customers")
    program.ask(complain)
    program.idle()
    assert tiles(tab)[1].figure.text() == str(int(complaints) + 1)  # nobody looks: nothing is read
    program.tab("today")
    assert tiles(tab)[1].figure.text() == str(int(complaints) + 2)


def test_an_agreed_contact_of_yesterday_is_late(program, tab):
    customer = program.ask(lambda: file.one("SELECT id FROM customer WHERE archived = 0 LIMIT 1"))
    yesterday = f"{(date.today() - timedelta(days=1)).isoformat()}T10:00:00"

    def agree():
        with change(None, "Edit") as c:
            c.save(
                Customer.get_row(customer),
                {"next_contact_at": yesterday, "next_contact_what": "送样品上门", "last_contact_at": None},
            )

    program.ask(agree)
    program.idle()
    found = [item for item in items(tab) if item.what == "送样品上门"]
    assert [item.tone for item in found] == ["overdue"]


def test_ctrl_f_goes_to_the_list_and_ctrl_n_writes_down_a_contact(program, tab):
    asked = []
    tab.contact_asked.disconnect()
    tab.contact_asked.connect(asked.append)
    program.command("search_here")
    assert tab.list.hasFocus()
    program.command("new_record")
    assert asked == [None]


def test_who_is_to_be_asked_leads_to_the_survey_and_who_again_to_the_customer(program, tab):
    def something():
        free = "archived = 0 AND stage = 'steady' AND id NOT IN (SELECT customer FROM survey_asked)"
        customers = [i for (i,) in file.ask(f"SELECT id FROM customer WHERE {free} LIMIT 2")]
        with change(None, "New") as c:
            template = templates.make_ready(c, "nps").id
            due = {"due": date.today().isoformat()}
            run = asking.start(c, template, due, customers, Choice())
            first = file.one("SELECT id FROM survey_asked WHERE run = ? AND customer = ?", (run.id, customers[0]))
            answering.answer(c, first, {"nps": 9}, "paper", at="2020-01-02T10:00:00")
        return run.id, customers[0]

    run, again = program.ask(something)
    program.idle()
    [item] = [item for item in items(tab, "survey_asked") if item.what.startswith("Recommendation")]
    tab.list.picked.emit(item)
    program.idle()
    assert (program.window.tab().NAME, program.window.tab().page.wanted) == ("satisfaction", run)
    [item] = [item for item in items(tab, "survey_due") if item.customer == again]
    tab.list.picked.emit(item)
    program.idle()
    assert (program.window.tab().NAME, program.window.tab().page.customer_id) == ("customers", again)
