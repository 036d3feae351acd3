"""A list of any length: painted from pages, kept in place, copied to Excel."""

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLabel, QStyleOptionHeaderV2

from tests.ui.conftest import COLUMNS, Customers
from ui import preferences, tasks
from ui.parts.badges import Badge
from ui.parts.list_delegates import Compact, CompactDelegate
from ui.parts.list_model import PAGE, PAGES
from ui.parts.list_view import ListView


@pytest.fixture
def shown(qtbot, store, dressed):
    """A list with these customers on screen, everything read."""

    def show(source, **more):
        view = ListView(source, "customers", "Customers", **more)
        qtbot.addWidget(view)
        view.resize(600, 400)
        view.show()
        view.show_source(source)
        settle(qtbot, view)
        return view

    return show


def settle(qtbot, view):
    qtbot.waitUntil(lambda: tasks.idle() and not view.list_model._ask.isActive() and view.list_model.complete)
    view.viewport().repaint()
    qtbot.waitUntil(lambda: tasks.idle() and not view.list_model._ask.isActive())


def press(qtbot, view, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(view, key, modifier)
    settle(qtbot, view)


def test_a_million_records_are_counted_and_only_those_looked_at_are_read(qtbot, shown):
    source = Customers(range(1, 1_000_001))
    view = shown(source)
    assert view.list_model.rowCount() == 1_000_000
    view.scrollToBottom()
    settle(qtbot, view)
    assert view.list_model.text(999_999, 0) == "Customer 1000000"
    assert len(source.asked) < 1000


def test_the_cache_of_pages_stays_small_however_far_one_scrolls(qtbot, shown):
    view = shown(Customers(range(1, 50_001)))
    bar = view.verticalScrollBar()
    for place in range(40):
        bar.setValue(bar.maximum() * place // 40)
        settle(qtbot, view)
    assert len(view.list_model._pages) <= PAGES


def test_the_first_page_is_there_before_the_ids_of_all(qtbot, store, dressed):
    source = Customers(range(1, 5001))
    view = ListView(source, "customers", "Customers")
    qtbot.addWidget(view)
    counts = []
    view.counted.connect(lambda count: counts.append((count, view.list_model.complete, view.list_model.text(0, 0))))
    view.show_source(source)
    settle(qtbot, view)
    assert counts == [(5000, False, "Customer 1"), (5000, True, "Customer 1")]


def test_an_empty_row_shows_a_placeholder_only_after_a_moment(qtbot, shown):
    source = Customers(range(1, 5001))
    view = shown(source)
    source.slow = 0.5
    view.scrollToBottom()
    view.viewport().repaint()
    assert view.list_model.row(4999) is None
    assert not view.list_model.is_late()
    before = view.viewport().grab().toImage()
    qtbot.waitUntil(view.list_model.is_late)
    view.viewport().repaint()
    assert view.viewport().grab().toImage() != before
    settle(qtbot, view)
    assert view.list_model.text(4999, 0) == "Customer 5000"


def test_another_record_in_front_keeps_the_selection_and_the_place(qtbot, shown):
    source = Customers(range(1, 5001))
    view = shown(source)
    chosen = []
    view.choose(3000)
    view.chosen.connect(chosen.append)
    top = view.list_model.ids[view.rowAt(0)]
    source.all.insert(0, 9999)
    view.reload()
    settle(qtbot, view)
    assert view.list_model.rowCount() == 5001
    assert list(view.selected_ids()) == [3000]
    assert view.current_id() == 3000
    assert view.list_model.ids[view.rowAt(0)] == top
    assert chosen == []


def test_who_stands_at_the_top_sees_what_is_new_there(qtbot, shown):
    source = Customers(range(1, 5001))
    view = shown(source)
    source.all.insert(0, 9999)
    view.reload()
    settle(qtbot, view)
    assert view.list_model.ids[view.rowAt(0)] == 9999
    view.choose(1)  # held on to: it stays where the eye is
    source.all.insert(0, 9998)
    view.scrollToTop()
    view.reload()
    settle(qtbot, view)
    assert view.list_model.ids[view.rowAt(0)] == 9999
    view.newest_first = True
    view.scrollToTop()
    source.all.insert(0, 9997)
    view.reload()
    settle(qtbot, view)
    assert view.list_model.ids[view.rowAt(0)] == 9997
    assert list(view.selected_ids()) == [1]


def test_a_changed_value_is_read_again_without_moving_anything(qtbot, shown):
    source = Customers(range(1, 301))
    view = shown(source)
    source.row = lambda id: (f"Renamed {id}", "上海", 1)
    view.reload()
    assert view.list_model.text(5, 0) == "Customer 6"  # painted until the new one is there
    settle(qtbot, view)
    assert view.list_model.text(5, 0) == "Renamed 6"


def test_a_record_that_is_gone_is_no_longer_chosen(qtbot, shown):
    source = Customers(range(1, 301))
    view = shown(source)
    view.choose(7)
    chosen = []
    view.chosen.connect(chosen.append)
    source.all.remove(7)
    view.reload()
    settle(qtbot, view)
    assert chosen == [None]
    assert list(view.selected_ids()) == []


def test_another_search_starts_at_the_top_and_keeps_who_is_selected(qtbot, shown):
    view = shown(Customers(range(1, 5001)))
    view.choose(4000)
    view.show_source(Customers(range(5000, 0, -1)))
    settle(qtbot, view)
    assert view.rowAt(0) == 0
    assert list(view.selected_ids()) == [4000]


def test_a_click_on_a_heading_asks_for_the_order_and_selects_nothing(qtbot, shown):
    view = shown(Customers(range(1, 301)))
    asked = []
    view.sort_asked.connect(lambda key, descending: asked.append((key, descending)))
    where = QPoint(view.header.sectionViewportPosition(1) + 20, 10)
    for _click in range(2):
        qtbot.mouseClick(view.header.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert asked == [("city", False), ("city", True)]
    assert not view.selectionModel().hasSelection()


def test_the_arrow_of_the_order_stands_beside_the_heading_of_numbers(qtbot, shown):
    view = shown(Customers(range(1, 31)))
    view.header.mark_sort("since", True)
    option = QStyleOptionHeaderV2()
    view.header.initStyleOptionForIndex(option, 2)
    assert option.text.startswith("Days")
    assert option.text != "Days"
    view.header.initStyleOptionForIndex(option, 0)
    assert option.text == "Name"


def test_everything_can_be_selected_and_what_is_added_later_is_not_meant(qtbot, shown):
    source = Customers(range(1, 100_001))
    view = shown(source)
    view.selectAll()
    assert len(view.selected_ids()) == 100_000
    source.all.insert(50_000, 999_999)
    view.reload()
    settle(qtbot, view)
    assert len(view.selected_ids()) == 100_000
    assert 999_999 not in view.selected_ids()


def test_copied_rows_carry_headings_also_when_they_were_never_on_screen(qtbot, shown):
    view = shown(Customers(range(1, 1001), gone=[999]))
    view.selectionModel().setCurrentIndex(view.list_model.index(997, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
    for number in (997, 998, 999):
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        view.selectionModel().select(view.list_model.index(number, 0), flags)
    press(qtbot, view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    text = QApplication.clipboard().text()
    assert text == "Name\tTown\tDays\nCustomer 998\t苏州\t38\nCustomer 1000\t苏州\t40"


def test_home_and_end_go_to_the_first_and_last_record(qtbot, shown):
    view = shown(Customers(range(1, 100_001)))
    press(qtbot, view, Qt.Key.Key_End)
    assert view.current_id() == 100_000
    press(qtbot, view, Qt.Key.Key_Home)
    assert view.current_id() == 1
    assert list(view.selected_ids()) == [1]


def test_moving_tells_the_record_and_enter_opens_it(qtbot, shown):
    view = shown(Customers([2**62 + 1, 2**62 + 2]))
    view.choose(2**62 + 1)
    told, opened = [], []
    view.chosen.connect(told.append)
    view.opened.connect(opened.append)
    press(qtbot, view, Qt.Key.Key_Down)
    press(qtbot, view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert told == [2**62 + 2]
    assert opened == [2**62 + 2]


def test_columns_are_remembered_on_this_computer(qtbot, shown):
    view = shown(Customers(range(1, 10)))
    view.header.moveSection(2, 0)
    view.header.resizeSection(0, 222)
    view.header.show_column(1, False)
    again = shown(Customers(range(1, 10)))
    assert [COLUMNS[number].key for number in again.header.visible_columns()] == ["since", "name"]
    again.header.forget()
    assert [COLUMNS[number].key for number in again.header.visible_columns()] == ["name", "city", "since"]
    assert preferences.COLUMNS.of("customers").get() == {}


def test_the_last_column_cannot_be_hidden(shown):
    view = shown(Customers(range(1, 10)))
    view.header.show_column(1, False)
    view.header.show_column(2, False)
    menu = view.header.menu()
    assert [action.isEnabled() for action in menu.actions()[:3]] == [False, True, True]
    menu.deleteLater()


def test_an_empty_list_says_what_to_do(qtbot, shown):
    source = Customers([])
    view = shown(source)
    words = QLabel("Import your Excel list")
    view.set_empty(words)
    assert words.isVisible()
    source.all.append(1)
    view.reload()
    settle(qtbot, view)
    assert not words.isVisible()


def test_a_narrow_list_shows_one_column_and_copies_all(qtbot, shown):
    view = shown(
        Customers(range(1, 100)),
        compact=CompactDelegate(lambda row: Compact(row[0], row[1], Badge("◆", "Diamond", "#2563EB"))),
    )
    assert view.header.visible_columns() == [0]
    assert not view.header.isVisible()
    view.choose(5)
    press(qtbot, view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text().splitlines()[1] == "Customer 5\t苏州\t5"


def test_the_menu_of_a_row_knows_the_selected_records(qtbot, shown):
    view = shown(Customers(range(1, 100)))
    view.choose(5)
    given = []
    view.fill_menu = lambda menu, ids: given.append((menu.title(), list(ids)))
    view.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5)))
    assert given == [("", [5])]
    QApplication.activePopupWidget().close()


def test_a_page_holds_what_a_screen_shows(shown):
    view = shown(Customers(range(1, 1001)))
    assert view.height() // view.verticalHeader().defaultSectionSize() < PAGE
