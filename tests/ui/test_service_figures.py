"""Figures of service requests on the tab Statistics: shown where there are any, each opens its requests."""

from openpyxl import load_workbook
from PySide6.QtWidgets import QFileDialog

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


def test_the_figures_shown_are_saved_as_a_workbook(program, tmp_path, monkeypatch):
    tab = program.tab("statistics")
    tab.period.setCurrentIndex(tab.period.findData("months"))
    program.idle()
    path = tmp_path / "figures.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), ""))
    program.command("export_list")
    program.idle()
    assert program.bar.startswith("Saved: figures.xlsx")
    book = load_workbook(path)
    titles = [row[1].value for row in book.worksheets[0].iter_rows(min_row=2)]
    assert {"Customers by tier", "Service requests: reached against target"} <= set(titles)
    assert len(book.worksheets) == len(titles) + 1
    sheet = book.worksheets[titles.index("Service requests: reached against target") + 1]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    table = tab.cards["request_targets"].table
    assert rows[0][1:] == [column.label for column in table.columns]
    assert rows[1] == [table.rows[0].label, *table.rows[0].values]
    assert rows[-1][:2] == ["Total", table.total[0]]
