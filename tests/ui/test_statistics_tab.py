"""Statistics: every figure opens exactly the records it counted."""

import pytest
from PySide6.QtCore import Qt

from crm_desktop import paths, statistics
from crm_desktop.models import Customer, people
from crm_desktop.store import backup, file, snapshot
from crm_desktop.store.change import change
from ui import tasks
from ui.parts import heavy

TABS = {
    "customer": "customers",
    "interaction": "interactions",
    "complaint": "complaints",
    "feedback": "feedback",
    "service_request": "requests",
    "survey_asked": "satisfaction",
}


@pytest.fixture
def tab(program):
    return program.tab("statistics")


def shown(program):
    """What a click led to: the tab's name and how many records it lists."""
    program.idle()
    tab = program.window.tab()
    return tab.NAME, listed(tab).list.list_model.rowCount()


def listed(tab):
    """Where a tab lists the records behind a figure."""
    return getattr(tab, "answers", tab)


@pytest.mark.parametrize("key", [s.key for s in statistics.STATISTICS])
def test_each_figure_of_a_table_opens_the_records_it_counted(program, tab, key):
    card = tab.cards[key]
    table = card.table
    assert table is not None
    about = statistics.statistic(key).about
    cells = [(r, c) for r in range(len(table.rows) + 1) for c in range(len(table.columns) + 1)]
    few = cells[:: max(1, len(cells) // 6)] + cells[-2:]
    for row, column in few:
        values = table.total if row == len(table.rows) else table.rows[row].values
        value = values[max(column, 1) - 1]
        program.tab("statistics")
        card._clicked(card.view.model().index(row, column))
        name, number = shown(program)
        assert name == TABS[about]
        single = len(table.columns) == 1
        counts = isinstance(value, int) and (single or (column and not table.columns[column - 1].measure))
        if counts:
            assert number == value, (row, column)
        opened = listed(program.window.tab())
        assert opened.banner.isVisible()
        assert opened.banner_text.text().startswith(statistics.statistic(key).title)
        assert not opened.filters.isVisible()


def test_each_key_figure_opens_its_records(program, tab):
    month = tab._month()
    figures = program.ask(lambda: statistics.month_figures(month, None))
    for figure in figures:
        program.tab("statistics")
        tab.tiles.picked.emit(month, figure.key, figure.label)
        _name, number = shown(program)
        if isinstance(figure.value, int):
            assert number == figure.value, figure.key
        assert program.window.tab().banner_text.text() == f"{figure.label} · {month}"


def test_search_and_filters_of_before_do_not_hide_what_was_counted_and_come_back(program, tab):
    customers = program.tab("customers")
    customers.filters._buttons[0]._take(["gold"])
    program.idle()
    gold = customers.list.list_model.rowCount()
    customers.line.setText("zzz")
    program.idle()
    program.tab("statistics")
    card = tab.cards["customers_by_tier"]
    total = card.table.total[0]
    card._clicked(card.view.model().index(len(card.table.rows), 1))
    assert shown(program) == ("customers", total)
    assert customers.line.text() == ""
    customers.line.setText("a")  # searching among them
    program.idle()
    assert customers.list.list_model.rowCount() <= total
    customers.show_all()
    program.idle()
    assert not customers.banner.isVisible()
    assert customers.filters.isVisible()
    assert customers.list.list_model.rowCount() == gold
    customers.show_all()
    program.idle()
    assert customers.list.list_model.rowCount() == total


def test_period_and_colleague_change_all_figures(program, tab):
    owner = program.ask(lambda: file.one("SELECT owner FROM customer WHERE archived = 0 AND owner IS NOT NULL LIMIT 1"))
    person = next(p for p in people.everybody() if p.id == owner)
    tab.owner.setCurrentIndex(tab.owner.findData(person.id))
    tab.period.setCurrentIndex(tab.period.findData("last_month"))
    program.idle()
    period = tab.chosen()
    assert period.start[:7] == period.end[:7]
    for key, card in tab.cards.items():
        expected = program.ask(lambda: statistics.compute(key, period, person.id))  # noqa: B023
        assert card.table == expected
    card = tab.cards["customers_by_tier"]
    card._clicked(card.view.model().index(len(card.table.rows), 1))
    assert shown(program) == ("customers", card.table.total[0])
    assert person.name in program.window.tab().banner_text.text()
    assert "Last month" in program.window.tab().banner_text.text()


def test_a_click_while_new_figures_are_on_their_way_opens_what_was_clicked(program, tab):
    card = tab.cards["new_customers_by_month"]
    row = next(n for n, r in enumerate(card.table.rows) if r.values[0])
    value = card.table.rows[row].values[0]
    tab.period.setCurrentIndex(tab.period.findData("this_month"))
    card._clicked(card.view.model().index(row, 1))
    assert shown(program) == ("customers", value)


def test_the_chart_can_be_clicked_and_walked_with_the_keyboard(program, tab):
    card = tab.cards["customers_by_tier"]
    regions = card.chart.regions()
    assert [region.key[0] for region in regions] == [row.key for row in card.table.rows if row.values[0]]
    card.chart.setFocus()
    program.qtbot.keyClick(card.chart, Qt.Key.Key_Down)
    program.qtbot.keyClick(card.chart, Qt.Key.Key_Return)
    name, number = shown(program)
    assert name == "customers"
    assert number in [row.values[0] for row in card.table.rows]


def test_what_is_written_is_counted_when_one_looks_again(program, tab):
    total = tab.cards["customers_by_tier"].table.total[0]
    program.tab("customers")

    def archive():
        with change(None, "Edit") as c:
            c.save(Customer.get_row(file.one("SELECT id FROM customer WHERE archived = 0 LIMIT 1")), {"archived": True})

    program.ask(archive)
    program.idle()
    program.tab("statistics")
    assert tab.cards["customers_by_tier"].table.total[0] == total - 1


def test_on_a_network_drive_figures_come_from_a_private_copy_and_say_as_of_when(program, tab, monkeypatch):
    monkeypatch.setattr(file, "is_far", lambda: True)
    tab.reload()
    program.idle()
    assert not tab.as_of.isVisible()  # the copy is made afterwards
    tab.reload()
    program.idle()
    assert tab.as_of.isVisible()
    assert tab.as_of.text().startswith("As of ")
    program.ask(file.reread)  # F5
    tab.reload()
    program.idle()
    assert not tab.as_of.isVisible()
    program.ask(snapshot.drop)


def test_a_copy_of_a_file_that_is_closed_meanwhile_is_given_up(program, monkeypatch, tmp_path):
    monkeypatch.setattr(file, "is_far", lambda: True)
    monkeypatch.setattr(backup, "STEP", 1)
    other = tmp_path / "other.crm"
    given = []

    def open_other():
        given.append(True)
        path = file.path()
        file.create(other)
        file.open_file(path)

    refreshing = snapshot.refresh

    def refresh(progress):
        tasks.run(program.window, open_other)  # somebody opens another file while the copy is being made
        return refreshing(progress)

    monkeypatch.setattr(snapshot, "refresh", refresh)
    heavy.prepare()
    program.idle()
    assert given == [True]
    assert list(paths.copies().iterdir()) == []
