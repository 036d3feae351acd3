"""The filters above a list: each finds what it says, they are remembered, and one click clears them."""

from datetime import date, timedelta
from functools import partial

import pytest

from crm_desktop.models import Complaint, lists, people
from crm_desktop.store import file
from ui import preferences
from ui.parts.filter_bar import FilterBar, Offer


@pytest.fixture
def tab(program):
    return program.tab("customers")


def button(tab, key):
    return next(b for b in tab.filters._buttons if b.offer.key == key)


def menu(program, tab, key):
    """The open menu of a filter: text to action."""
    found = button(tab, key)
    found.menu().aboutToShow.emit()
    program.idle()
    return {action.text(): action for action in found.menu().actions() if action.text()}


def pick(program, tab, key, *texts):
    for text in texts:
        menu(program, tab, key)[text].trigger()
        program.idle()
    return set(tab.list.list_model.ids)


def ids(program, where, *params, table="customer"):
    return {id for (id,) in program.ask(lambda: file.ask(f"SELECT id FROM {table} WHERE {where}", params))}


LIVE = "archived = 0"


@pytest.mark.parametrize("key", ["tier", "stage", "source"])
def test_an_entry_of_a_list_finds_the_customers_that_have_it(program, tab, key):
    found = program.ask(
        lambda: file.ask(f"SELECT {key}, count(*) FROM customer WHERE {LIVE} AND {key} <> '' GROUP BY 1")
    )
    for code, number in found:
        shown = pick(program, tab, key, lists.label(key, code))
        assert shown == ids(program, f"{LIVE} AND {key} = ?", code)
        assert len(shown) == number
        assert tab.count.text() in (f"{number} customers", f"{number} customer")
        assert button(tab, key).text().endswith(lists.label(key, code))
        pick(program, tab, key, lists.label(key, code))  # a second click takes it off


def test_two_entries_find_the_customers_of_both(program, tab):
    gold, silver = lists.label("tier", "gold"), lists.label("tier", "silver")
    assert pick(program, tab, "tier", gold, silver) == ids(program, f"{LIVE} AND tier IN ('gold', 'silver')")
    assert button(tab, "tier").text().endswith("+1")


def test_owners_regions_and_tags_are_those_in_use(program, tab):
    owner = program.ask(lambda: file.one(f"SELECT owner FROM customer WHERE {LIVE} AND owner IS NOT NULL LIMIT 1"))
    assert pick(program, tab, "owner", people.name(owner)) == ids(program, f"{LIVE} AND owner = ?", owner)
    tab.filters.clear()
    texts = list(menu(program, tab, "province"))
    province, number = texts[0].rsplit(" (", 1)
    shown = pick(program, tab, "province", texts[0])
    assert shown == ids(program, f"{LIVE} AND province = ?", province)
    assert len(shown) == int(number.rstrip(")"))
    tab.filters.clear()
    tags = menu(program, tab, "tags")
    if not program.ask(lambda: file.one("SELECT count(*) FROM customer WHERE tags <> '[]' AND tags <> ''")):
        assert "Nothing to choose from yet" in tags
        return
    tag = next(iter(tags))
    assert pick(program, tab, "tags", tag) == ids(program, f"{LIVE} AND tags LIKE ?", f'%"{tag}"%')


def test_an_industry_finds_its_branches_too(program, tab):
    for text in list(menu(program, tab, "industry"))[:8]:
        code = next(e.code for e in lists.entries("industry") if e.label == text and not e.parent)
        below = [e.code for e in lists.entries("industry") if e.parent == code]
        marks = ",".join("?" * (len(below) + 1))
        assert pick(program, tab, "industry", text) == ids(program, f"{LIVE} AND industry IN ({marks})", code, *below)
        tab.filters.clear()


def test_not_contacted_for_over_30_days_finds_also_who_never_was(program, tab):
    day = (date.today() - timedelta(days=30)).isoformat()
    shown = pick(program, tab, "last_contact_at", "over 30 days")
    assert shown == ids(program, f"{LIVE} AND (last_contact_at IS NULL OR last_contact_at < ?)", day)
    assert shown
    assert button(tab, "last_contact_at").text() == "Not contacted: over 30 days"


def test_filters_and_search_work_together_and_are_remembered(program, tab):
    pick(program, tab, "tier", lists.label("tier", "silver"))
    pick(program, tab, "last_contact_at", "over 7 days")
    both = list(tab.list.list_model.ids)
    program.window.close()
    program.end()
    program.begin()
    tab = program.tab("customers")
    assert list(tab.list.list_model.ids) == both
    assert button(tab, "tier").text().endswith("Silver")
    assert tab.filters.clear_button.isVisible()
    tab.line.setText("a")
    program.idle()
    assert set(tab.list.list_model.ids) <= set(both)


def test_one_click_clears_them_all(program, tab):
    everybody = tab.list.list_model.rowCount()
    assert not tab.filters.clear_button.isVisible()
    pick(program, tab, "tier", lists.label("tier", "gold"))
    pick(program, tab, "last_contact_at", "over 7 days")
    tab.filters.clear_button.click()
    program.idle()
    assert tab.list.list_model.rowCount() == everybody
    assert not tab.filters.clear_button.isVisible()
    assert preferences.FILTERS.of("customers").get() == {}


def test_the_menu_takes_one_filter_back(program, tab):
    everybody = tab.list.list_model.rowCount()
    pick(program, tab, "tier", lists.label("tier", "gold"))
    pick(program, tab, "tier", "All")
    assert tab.list.list_model.rowCount() == everybody
    pick(program, tab, "last_contact_at", "over 90 days")
    pick(program, tab, "last_contact_at", "All")
    assert tab.list.list_model.rowCount() == everybody


@pytest.mark.parametrize(
    ("name", "table", "column"), [("interactions", "interaction", "at"), ("complaints", "complaint", "received_at")]
)
def test_from_and_until_are_two_filters_and_whole_days(program, name, table, column):
    tab = program.tab(name)
    days = [at[:10] for (at,) in program.ask(lambda: file.ask(f'SELECT "{column}" FROM {table} ORDER BY 1'))]
    first, last = days[len(days) // 4], days[len(days) * 3 // 4]
    button(tab, f"{column}/from")._take(first)
    button(tab, f"{column}/until")._take(last)
    program.idle()
    expected = ids(program, f'substr("{column}", 1, 10) BETWEEN ? AND ?', first, last, table=table)
    assert set(tab.list.list_model.ids) == expected
    assert 0 < len(expected) < len(days)
    # remembered apart
    again = FilterBar(name, tab.MODEL, tab.OFFERS)
    program.qtbot.addWidget(again)
    assert {f.how: f.value for f in again.filters()} == {"from": first, "until": last}


def test_the_calendar_of_a_day_filter_shows_the_day_that_is_chosen(program):
    tab = program.tab("complaints")
    button(tab, "received_at/from")._take("2026-03-05")
    program.idle()
    menu(program, tab, "received_at/from")
    calendar = button(tab, "received_at/from").menu().actions()[0].defaultWidget()
    assert calendar.selectedDate().toString("yyyy-MM-dd") == "2026-03-05"


@pytest.mark.parametrize(("name", "table"), [("interactions", "interaction"), ("complaints", "complaint")])
def test_the_other_lists_filter_by_their_entries_and_colleagues(program, name, table):
    tab = program.tab(name)
    for offer in tab.OFFERS:
        if offer.how != "in":
            continue
        given = ids(program, f"\"{offer.column}\" <> '' LIMIT 1", table=table)
        value = given and program.ask(
            partial(file.one, f'SELECT "{offer.column}" FROM {table} WHERE id = {min(given)}')
        )
        if not value:
            continue
        button(tab, offer.key)._take([value])
        program.idle()
        assert set(tab.list.list_model.ids) == ids(program, f'"{offer.column}" = ?', value, table=table)
        tab.filters.clear()
        program.idle()


def test_a_remembered_filter_of_a_colleague_who_is_gone_does_no_harm(program, qtbot):
    preferences.FILTERS.of("strange").set({"owner": [999], "tier": "gold?"})
    bar = FilterBar("strange", Complaint, [Offer("owner"), Offer("state")])
    qtbot.addWidget(bar)
    assert len(bar.filters()) == 1
