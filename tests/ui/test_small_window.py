"""A small screen (1280×720 at 150 %, which leaves 853×480): everything is there, only smaller."""

import pytest
from PySide6.QtWidgets import QLabel

from ui.parts.tile import Tile

SCREEN = (853, 480)


@pytest.fixture
def small(program):
    program.window.resize(*SCREEN)
    program.idle()
    return program.window


@pytest.mark.parametrize("number", range(8))
def test_no_tab_makes_the_window_larger_than_a_small_screen(program, small, number):
    small.tabs.setCurrentIndex(number)
    program.idle()
    hint = small.minimumSizeHint()
    assert (hint.width() <= SCREEN[0], hint.height() <= SCREEN[1]) == (True, True), hint
    assert (small.width(), small.height()) == SCREEN


def test_where_not_all_tabs_fit_they_go_without_pictures_and_the_search_is_its_keys(program, small):
    bar = small.tabs.tabBar()
    assert small.tabs.tabIcon(0).isNull()
    assert small.tabs.cornerWidget().text() == "Ctrl+K"
    assert small.tabs.cornerWidget().toolTip() == "Find anything   Ctrl+K"
    assert bar.tabRect(bar.count() - 1).right() <= SCREEN[0] - small.tabs.cornerWidget().width()
    small.resize(1280, 720)
    program.idle()
    assert not small.tabs.tabIcon(0).isNull()
    assert small.tabs.cornerWidget().text() == "Find anything   Ctrl+K"


def test_the_tiles_of_today_are_flat_in_a_small_window_and_count_the_same(program, small):
    def told():
        return [[label.text() for label in tile.findChildren(QLabel) if label.text()] for tile in tab.tiles.tiles]

    small.tabs.setCurrentIndex(0)
    program.idle()
    tab = small.tab(0)
    before = told()
    assert before
    assert {tile.height() for tile in tab.tiles.tiles} == {tab.tiles.tiles[0].height()}
    assert all(tab.tiles.rect().contains(tile.geometry()) for tile in tab.tiles.tiles)
    small.resize(1600, 900)
    program.qtbot.waitUntil(lambda: tab.tiles.tiles[0].height() > tab.tiles.tiles[-1].height())
    assert told() == before
    assert all(isinstance(tile, Tile) and tile.isVisible() for tile in tab.tiles.tiles)
