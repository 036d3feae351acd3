"""Light and dark: everything can be read, icons follow, and the choice is remembered."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QIcon
from PySide6.QtWidgets import QPushButton

from crm_desktop.paths import resource
from ui import preferences, theme

UI = Path(theme.__file__).parent


@pytest.mark.parametrize("choice", ["light", "dark"])
@pytest.mark.parametrize("ground", ["window", "surface", "hover", "selected"])
@pytest.mark.parametrize("word", theme.WORDS)
def test_words_of_every_meaning_can_be_read_on_every_ground(dressed, choice, ground, word):
    theme.choose(choice)
    assert theme.contrast(theme.tone(word), theme.tone(ground)) >= (4.5 if ground in ("window", "surface") else 4.0)


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_the_primary_button_can_be_read(dressed, choice):
    theme.choose(choice)
    assert theme.contrast(theme.tone("on_accent"), theme.tone("accent")) >= 4.5


def test_both_palettes_know_the_same_meanings():
    assert set(theme.LIGHT) == set(theme.DARK)


def test_contrast_is_measured_as_the_standard_says():
    assert round(theme.contrast(QColor("black"), QColor("white")), 2) == 21
    assert round(theme.contrast(QColor("#777777"), QColor("white")), 2) == 4.48


def test_the_choice_is_remembered_and_told(qtbot, dressed):
    with qtbot.waitSignal(theme.signal.changed):
        theme.choose("dark")
    assert theme.is_dark()
    assert preferences.THEME.get() == "dark"


def test_a_window_that_is_open_changes_its_colours_at_once(qtbot, dressed):
    theme.choose("light")
    button = QPushButton(theme.icon("users"), "")
    qtbot.addWidget(button)
    button.show()
    light = button.grab().toImage()
    theme.choose("dark")
    assert button.grab().toImage() != light


def ink(icon, size=18, ratio=1.0, mode=QIcon.Mode.Normal):
    image = icon.pixmap(QSize(size, size), ratio, mode).toImage()
    points = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return {colour.name() for colour in points if colour.alpha() == 255}


def test_an_icon_has_the_colour_of_its_meaning_in_the_palette_shown(dressed):
    icon = theme.icon("square" if resource("icons", "square.svg").exists() else "users", "overdue")
    theme.choose("light")
    assert ink(icon, 64) == {theme.LIGHT["overdue"].lower()}
    theme.choose("dark")
    assert ink(icon, 64) == {theme.DARK["overdue"].lower()}


def test_a_disabled_icon_is_quieter(dressed):
    assert ink(theme.icon("users"), 64, mode=QIcon.Mode.Disabled) == {theme.tone("edge").name()}


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_an_icon_is_drawn_in_the_pixels_of_the_screen(dressed, ratio):
    picture = theme.icon("users").pixmap(QSize(18, 18), ratio)
    assert picture.size() == QSize(18, 18) * ratio
    assert picture.devicePixelRatio() == ratio


def test_copied_icons_outlive_the_original(dressed):
    icon = theme.icon("users")
    copy = QIcon(icon)
    copy.addPixmap(theme.pixmap("users", 30))
    del icon
    assert not copy.pixmap(QSize(18, 18)).isNull()


def test_a_missing_icon_is_invisible_and_harmless(dressed):
    assert ink(theme.icon("there is no such icon")) == set()


def test_every_icon_the_windows_name_is_there():
    names = set()
    for file in UI.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        names |= set(re.findall(r"(?:theme\.)?\b(?:icon|pixmap)\(\s*\"([a-z0-9-]+)\"", text))
        names |= set(re.findall(r"\bEmpty\(\s*\"([a-z0-9-]+)\"", text))
    names |= {"circle-check", "alert-triangle", "alert-circle", "info-circle"}
    missing = sorted(name for name in names if not resource("icons", f"{name}.svg").exists())
    assert missing == []


def test_chinese_can_be_written_also_where_the_system_has_no_font_for_it(dressed, qapp):
    metrics = QFontMetrics(qapp.font())
    assert all(metrics.inFontUcs4(ord(sign)) for sign in "客户镕喆堃昇玥祎䶮")


def test_a_dark_system_is_followed_only_when_asked_to(dressed, qapp, monkeypatch):
    hints = type(qapp.styleHints())
    monkeypatch.setattr(hints, "colorScheme", lambda _hints: Qt.ColorScheme.Dark)
    theme.choose("light")
    assert not theme.is_dark()
    theme.choose("system")
    assert theme.is_dark()
