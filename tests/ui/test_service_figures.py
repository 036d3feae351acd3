"""Figures of service requests on the tab Statistics: shown where there are any, each opens its requests."""

from crm_desktop.statistics import Period, compute
from crm_desktop.store import file


def requests_of(tab):
    return {key: card for key, card in tab.cards.items() if card.about == "service_request"}


def is_quiet(month):
    return not any(compute("requests_by_month", Period.month(month)).total)


def test_figures_of_requests_are_shown_in_periods_that_have_some(program):
    tab = program.tab("statistics")
    tab.period.setCurrentIndex(tab.period.findData("months"))
    program.idle()
    shown = requests_of(tab)
    assert all(card.isVisibleTo(tab) for card in shown.values())
    months = [str(tab.period.itemData(i)) for i in range(tab.period.count())]
    quiet = program.ask(lambda: next(month for month in months if month[:2] == "20" and is_quiet(month)))
    tab.period.setCurrentIndex(tab.period.findData(quiet))
    program.idle()
    assert not any(card.isVisibleTo(tab) for card in shown.values())
    assert tab.cards["customers_by_tier"].isVisibleTo(tab)


def test_a_figure_opens_its_requests_in_their_tab(program):
    tab = program.tab("statistics")
    tab.period.setCurrentIndex(tab.period.findData("months"))
    program.idle()
    asked = []
    tab.asked.connect(asked.append)
    card = tab.cards["request_targets"]
    card.view.clicked.emit(card.view.model().index(1, 2))  # solved in time, what was reached
    program.idle()
    (wish,) = asked
    assert wish.table == "service_request"
    solved = program.ask(lambda: file.one("SELECT count(*) FROM service_request WHERE solved_at <= solve_by"))
    assert 0 < len(wish.filters[0].value) <= solved
