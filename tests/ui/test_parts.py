"""The parts windows are built from: bar, picker, chart, badges, dialog, empty place."""

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListView, QMessageBox, QVBoxLayout, QWidget

from ui import preferences, tasks, theme
from ui.parts import message_bar
from ui.parts.badges import SHAPES, Badge, BadgeLabel, colour_of
from ui.parts.chart_view import ChartView, Region
from ui.parts.dialog import Dialog
from ui.parts.empty import Empty
from ui.parts.field_grid import FieldGrid
from ui.parts.message_bar import MessageBar
from ui.parts.notice import Notice
from ui.parts.picker import Picker

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><rect x="0" y="0" width="100" height="100"/></svg>'
)


@pytest.fixture
def bar(qtbot, dressed):
    bar = MessageBar()
    qtbot.addWidget(bar)
    bar.resize(700, 38)
    bar.show()
    return bar


def test_good_news_bring_their_way_back_and_go_by_themselves(qtbot, bar, monkeypatch):
    undone = []
    monkeypatch.setattr(message_bar, "SECONDS", 0.03)
    bar.say("Saved.", action="Undo", do=lambda: undone.append(True))
    assert bar.label.text() == "Saved."
    qtbot.mouseClick(bar.action, Qt.MouseButton.LeftButton)
    assert undone == [True]
    assert bar.label.text() == ""
    bar.say("Saved again.")
    qtbot.waitUntil(lambda: bar.label.text() == "")


def test_an_error_stays_until_it_is_put_away_and_then_the_next_comes(qtbot, bar):
    bar._fade.setInterval(1)
    bar.error("The drive is gone.")
    bar.error("The drive is gone.")
    bar.error("The file is read-only.")
    bar.say("Saved.")
    qtbot.wait(30)
    assert bar.label.text() == "The drive is gone."
    assert bar.close_button.toolTip() == "Put away; 2 more"
    bar.close_button.click()
    assert bar.label.text() == "The file is read-only."
    bar._fade.setInterval(1000)
    bar.close_button.click()
    assert bar.label.text() == "Saved."


def test_a_long_job_shows_how_far_it_is_and_can_be_cancelled(qtbot, bar):
    progress = tasks.Progress()
    bar._progress._late.setInterval(1)
    bar.follow(progress, "Reading the file …")
    qtbot.waitUntil(bar._progress.isVisible)
    progress(3, 10, "Row 3")
    assert bar._progress._text.text() == "Row 3"
    bar._progress._cancel.click()
    assert progress.was_cancelled
    progress.ended.emit()
    assert not bar._progress.isVisible()


CUSTOMERS = [(2**62 + n, f"杭州长荣 {n}", "王芳") for n in range(30)]


@pytest.fixture
def page(qtbot, store, dressed):
    """A window with a picker and another field."""
    page = QWidget()
    layout = QVBoxLayout(page)
    asked = []

    def find(text, limit):
        asked.append((text, limit))
        return [hit for hit in CUSTOMERS if text in hit[1]]

    page.picker = Picker(find, "Customer", may_create=True)
    page.asked = asked
    layout.addWidget(page.picker)
    layout.addWidget(QLineEdit())
    qtbot.addWidget(page)
    page.show()
    page.picker.setFocus()
    qtbot.waitUntil(page.picker.hasFocus)
    return page


def popup(picker):
    return picker._popup


def type_in(qtbot, page, text):
    # as an input method does it: keys alone write no Chinese
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(page.picker, event)
    qtbot.waitUntil(tasks.idle)


def test_a_customer_is_picked_with_the_keyboard_alone(qtbot, page):
    picked = []
    page.picker.picked.connect(picked.append)
    type_in(qtbot, page, "杭州")
    qtbot.keyClick(page.picker, Qt.Key.Key_Down)
    qtbot.keyClick(page.picker, Qt.Key.Key_Return)
    assert picked == [2**62 + 1]
    assert (page.picker.value(), page.picker.text()) == (2**62 + 1, "杭州长荣 1")
    assert not popup(page.picker).isVisible()


def test_at_most_ten_hits_are_asked_for_and_shown(qtbot, page):
    type_in(qtbot, page, "杭")
    assert page.asked == [("杭", 10)]
    assert len(popup(page.picker).offered()) == 11  # and a new one


def test_few_hits_stand_there_without_a_scroll_bar(qtbot, page):
    type_in(qtbot, page, "长荣 1")
    hits = popup(page.picker).findChild(QListView)
    assert not hits.verticalScrollBar().isVisible()
    assert hits.verticalScrollBar().maximum() == 0


def test_who_is_not_there_can_be_made(qtbot, page):
    wanted = []
    page.picker.new_asked.connect(wanted.append)
    type_in(qtbot, page, "Nobody")
    assert [option.label for option in popup(page.picker).offered()] == ["＋ New “Nobody”"]
    qtbot.keyClick(page.picker, Qt.Key.Key_Down)
    qtbot.keyClick(page.picker, Qt.Key.Key_Return)
    assert wanted == ["Nobody"]


def test_esc_closes_the_hits_and_not_the_dialog_around_them(qtbot, store, dressed):
    dialog = Dialog(None, "Write down")
    picker = Picker(lambda text, limit: CUSTOMERS[:2], "Customer")
    dialog.content.addWidget(picker)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    picker.setFocus()
    qtbot.keyClicks(picker, "x")
    qtbot.waitUntil(popup(picker).isVisible)
    qtbot.keyClick(picker, Qt.Key.Key_Escape)
    assert not popup(picker).isVisible()
    assert dialog.isVisible()
    qtbot.keyClick(picker, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_what_is_typed_and_not_picked_is_no_value(qtbot, page):
    picked = []
    page.picker.set_value(5, "苏州恒达")
    page.picker.picked.connect(picked.append)
    page.picker.setCursorPosition(4)
    type_in(qtbot, page, "x")
    assert page.picker.value() is None
    assert picked == [None]
    assert page.picker.unfinished()
    page.picker.clearFocus()
    assert page.picker.property("wrong")


@pytest.fixture
def chart(qtbot, dressed):
    chart = ChartView("Contacts by month")
    qtbot.addWidget(chart)
    chart.resize(400, 200)
    chart.show_drawing(SVG, [Region("may", 0, 0, 100, 100, "May: 12"), Region("june", 100, 0, 100, 100, "June: 9")])
    chart.show()
    return chart


def test_a_click_on_a_bar_picks_it(qtbot, chart):
    with qtbot.waitSignal(chart.picked) as picked:
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(300, 100))
    assert picked.args == ["june"]


def test_bars_are_walked_through_and_read_out_without_a_mouse(qtbot, chart):
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert chart.accessibleDescription() == "June: 9"
    with qtbot.waitSignal(chart.picked) as picked:
        qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert picked.args == ["june"]


def test_a_chart_is_drawn_in_the_pixels_of_the_screen_and_keeps_its_shape(chart):
    picture = chart.grab().toImage()
    assert picture.pixelColor(198, 100) == Qt.GlobalColor.black
    assert picture.pixelColor(202, 100) != Qt.GlobalColor.black
    assert chart.heightForWidth(600) == 300


@pytest.mark.parametrize("choice", ["light", "dark"])
@pytest.mark.parametrize("colour", ["#FFD700", "#C0C0C0", "#00FFFF", "#101010", "overdue", "good", "no colour"])
def test_a_badge_reads_well_whatever_colour_people_chose(dressed, choice, colour):
    theme.choose(choice)
    assert theme.contrast(colour_of(Badge("◆", "Diamond", colour)), theme.tone("surface")) >= 4.5


def test_every_shape_of_a_badge_is_drawn_differently(qtbot, dressed):
    pictures = []
    for shape in SHAPES:
        label = BadgeLabel(Badge(shape, ""))
        qtbot.addWidget(label)
        label.resize(label.sizeHint())
        pictures.append(bytes(label.grab().toImage().constBits()))
    assert len(set(pictures)) == len(SHAPES)


class Typed(Dialog):
    def is_dirty(self):
        return True


def test_esc_asks_when_something_was_typed(qtbot, dressed, monkeypatch):
    dialog = Typed(None, "New customer")
    qtbot.addWidget(dialog)
    dialog.show()
    answers = iter(["Keep editing", "Discard"])

    def answer(box):
        wanted = next(answers)
        next(button for button in box.buttons() if button.text() == wanted).click()

    monkeypatch.setattr(QMessageBox, "exec", answer)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_dialog_remembers_how_large_it_was_made(qtbot, dressed):
    first = Dialog(None, "Import", name="import")
    qtbot.addWidget(first)
    first.resize(777, 555)
    first.show()
    first.close()
    second = Dialog(None, "Import", name="import")
    qtbot.addWidget(second)
    assert (second.width(), second.height()) == (777, 555)


def test_enter_presses_the_primary_verb(qtbot, dressed):
    dialog = Dialog(None, "Import")
    qtbot.addWidget(dialog)
    did = []
    dialog.add_button("Cancel", dialog.reject)
    dialog.add_button("Import 58 rows", lambda: did.append(58), primary=True)
    dialog.show()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert did == [58]


def test_an_empty_place_offers_what_to_do(qtbot, dressed):
    did = []
    empty = Empty("users", "No customers yet.", "Import an Excel list", lambda: did.append(True))
    qtbot.addWidget(empty)
    empty.show()
    empty.button.click()
    assert did == [True]
    empty.say("search", "Nobody fits this search.")
    assert not empty.button.isVisible()
    assert QApplication.focusWidget() is not empty.button


def test_a_dialog_fits_on_the_screen_with_its_buttons(qtbot, dressed):
    dialog = Dialog(None, "Large", "", QSize(5000, 5000))
    qtbot.addWidget(dialog)
    dialog.add_button("Close", dialog.accept)
    dialog.show()
    assert dialog.screen().availableGeometry().contains(dialog.frameGeometry())


def test_fields_arranged_anew_still_grow_with_what_is_written_into_them(qtbot, dressed):
    window, grid = QWidget(), FieldGrid()
    texts = []
    for _number in range(2):
        cell = QWidget()
        texts.append(QLabel("short"))
        texts[-1].setWordWrap(True)
        QVBoxLayout(cell).addWidget(texts[-1])
        grid.add(cell)
    column = QVBoxLayout(window)
    column.addWidget(grid)
    column.addStretch()
    qtbot.addWidget(window)
    window.resize(900, 700)
    window.show()
    for width in (400, 900):  # side by side, below each other, side by side
        window.resize(width, 700)
        qtbot.wait(20)
    low = grid.height()
    texts[0].setText("long enough for several lines " * 12)
    qtbot.waitUntil(lambda: grid.height() > low)
    assert texts[0].height() >= texts[0].heightForWidth(texts[0].width())


def test_a_dialog_that_was_made_smaller_by_the_screen_is_remembered_as_somebody_left_it(qtbot, dressed):
    memory = preferences.GEOMETRY.of("large")
    memory.set({"width": 5000, "height": 5000})
    dialog = Dialog(None, "Large", "large")
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.reject()
    assert memory.get() == {"width": 5000, "height": 5000}
    dialog.show()
    dialog.resize(400, 300)
    dialog.reject()
    assert memory.get() == {"width": 400, "height": 300}


def test_a_long_notice_takes_its_lines_in_a_narrow_window_and_asks_no_height_of_a_wide_one(qtbot, dressed):
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    notice = Notice()
    column.addWidget(notice)
    column.addStretch(1)
    page.show()
    page.resize(2000, 400)
    notice.say("The last backup is twelve days old. " * 5, [("Back up now", bool)])
    qtbot.waitUntil(lambda: notice.height() == notice.minimumSizeHint().height())
    assert page.minimumSizeHint().height() < 80
    page.resize(360, 400)
    qtbot.waitUntil(lambda: notice.label.height() >= notice.label.heightForWidth(notice.label.width()) > 50)
