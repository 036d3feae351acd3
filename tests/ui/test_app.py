"""Start-up and what lasts: the last file, the newcomer's questions, another language, other colours, closing."""

import itertools
import shutil
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from crm_desktop import paths
from crm_desktop.models import Customer, office
from crm_desktop.store import file
from ui import preferences, tasks, theme
from ui.dialogs.import_files import ImportDialog
from ui.parts import desk, drafts


def test_a_file_that_a_computer_left_without_its_lists_when_it_died_gets_them(newcomer, tmp_path):
    preferences.USER.set("王芳")
    path = tmp_path / "begun.crm"
    file.create(path)
    file.close()
    newcomer.begin(path)
    assert newcomer.ask(office.is_founded)
    assert newcomer.ask(lambda: file.one("SELECT count(*) FROM choice")) > 50


def test_the_last_file_is_opened(newcomer):
    preferences.USER.set("王芳")
    preferences.LAST_FILE.set(str(newcomer.path))
    newcomer.begin()
    assert newcomer.window.info.path == newcomer.path
    assert newcomer.window.windowTitle().startswith("华东商贸")
    assert newcomer.app.welcome is None


def test_a_file_given_is_opened_instead_of_the_last_one(newcomer, tmp_path):
    other = Path(shutil.copy(newcomer.path, tmp_path / "other.crm"))
    preferences.USER.set("王芳")
    preferences.LAST_FILE.set(str(newcomer.path))
    newcomer.begin(other)
    assert newcomer.window.info.path == other
    assert preferences.LAST_FILE.get() == str(other)


def test_who_is_named_at_the_start_sits_at_the_keyboard(newcomer):
    preferences.USER.set("王芳")
    newcomer.begin(newcomer.path, user="李强")
    assert desk.user().name == "李强"
    assert preferences.USER.get() == "李强"


def test_a_newcomer_is_asked_for_name_and_office_and_gets_the_office(newcomer):
    welcome = newcomer.begin().welcome
    assert newcomer.window is None
    welcome.name.setCurrentText("王芳")
    welcome.office.setText("华东商贸")
    welcome.create_button.click()
    newcomer.qtbot.waitUntil(lambda: newcomer.window is not None)
    newcomer.idle()
    assert newcomer.window.windowTitle().startswith("华东商贸")
    assert paths.default_file().exists()
    assert desk.user().name == "王芳"
    assert preferences.USER.get() == "王芳"
    assert newcomer.ask(lambda: office.setting("office_name")) == "华东商贸"
    assert newcomer.tab("customers").list.list_model.rowCount() == 0
    assert "Import from Excel" in newcomer.tab("customers").empty.button.text()


def test_clicking_twice_makes_one_office(newcomer):
    welcome = newcomer.begin().welcome
    welcome.name.setCurrentText("王芳")
    welcome.create_button.click()
    welcome.create_button.click()
    newcomer.qtbot.waitUntil(lambda: newcomer.window is not None)
    newcomer.idle()
    assert len(list(paths.default_file().parent.glob("*.crm"))) == 1


def test_the_invented_office_is_one_click_away(newcomer):
    welcome = newcomer.begin().welcome
    welcome.name.setCurrentText("新来的")
    welcome.demo_button.click()
    newcomer.qtbot.waitUntil(lambda: newcomer.window is not None, timeout=20_000)
    newcomer.idle()
    assert desk.user().name == "新来的"
    assert newcomer.tab("customers").list.list_model.rowCount() > 200


def test_a_wrong_file_says_its_sentence_in_the_welcome_window(newcomer, tmp_path):
    photo = tmp_path / "photo.crm"
    photo.write_bytes(b"\xff\xd8\xff" + b"0" * 200)
    preferences.USER.set("王芳")
    welcome = newcomer.begin(photo).welcome
    assert "a photo" in welcome.trouble.text()
    assert welcome.trouble.isVisible()
    assert welcome.isEnabled()
    assert photo.read_bytes().startswith(b"\xff\xd8\xff0")


def test_a_last_file_that_vanished_is_named(newcomer, tmp_path):
    preferences.USER.set("王芳")
    preferences.LAST_FILE.set(str(tmp_path / "gone" / "office.crm"))
    welcome = newcomer.begin().welcome
    assert str(tmp_path / "gone") in welcome.trouble.text()


def test_who_opens_a_colleagues_file_for_the_first_time_is_asked_for_the_name_only(newcomer):
    welcome = newcomer.begin(newcomer.path).welcome
    names = [welcome.name.itemText(n) for n in range(welcome.name.count())]
    assert "王芳" in names
    assert not welcome.office.isVisible()
    welcome.name.setCurrentText("王芳")
    welcome._go_on()
    newcomer.qtbot.waitUntil(lambda: newcomer.window is not None)
    newcomer.idle()
    assert desk.user().name == "王芳"


def test_a_wrong_file_leaves_the_open_one_open(program, tmp_path):
    (tmp_path / "letter.crm").write_text("Dear all")
    program.window.file_chosen.emit(tmp_path / "letter.crm")
    program.idle()
    assert "a text file" in program.bar
    assert program.window.info.path == program.path
    program.tab("customers").line.setText("a")
    program.idle()
    assert program.ask(file.path) == program.path


def test_a_new_file_with_a_name_that_is_taken_leaves_the_open_one_open(program):
    program.window.new_file_asked.emit(program.path)
    program.idle()
    assert "exists already" in program.bar
    assert program.ask(lambda: Customer.select().count()) == 40


def test_a_file_that_breaks_while_it_is_opened_leaves_the_open_one_open(program, tmp_path, monkeypatch):
    other = Path(shutil.copy(program.path, tmp_path / "other.crm"))

    def fail():
        if file.path() == other:
            raise file.UserError("The disk is full.")

    monkeypatch.setattr(file, "_refuse_unfinished", fail)
    program.window.file_chosen.emit(other)
    program.idle()
    assert program.bar == "The disk is full."
    assert program.ask(file.path) == program.path


def test_another_language_is_shown_in_place_with_tab_and_record(program):
    tab = program.tab("customers")
    tab.list.selectRow(3)
    program.idle()
    chosen = tab.page.customer_id
    tab.page.tabs.setCurrentIndex(1)
    tab.line.setText("公司")
    program.idle()
    program.app.switch_language("zh_CN")
    program.tidy()
    program.idle()
    assert program.window.menuBar().actions()[0].text().startswith("文件")
    tab = program.window.tab()
    assert type(tab).NAME == "customers"
    assert tab.page.customer_id == chosen
    assert tab.page.tabs.currentIndex() == 1
    assert tab.line.text() == "公司"
    assert tab.list.current_id() == chosen
    assert preferences.LANGUAGE.get() == "zh_CN"


def test_what_is_typed_into_an_existing_customer_survives_another_language(program):
    tab = program.tab("customers")
    tab.list.selectRow(3)
    program.idle()
    tab.edit()
    program.idle()
    type_into(tab.page.panel, "remarks", "等老板回来再谈")
    chosen = tab.page.customer_id
    program.app.switch_language("zh_CN")
    program.tidy()
    program.idle()
    panel = program.window.tab().page.panel
    assert panel.is_dirty()
    assert panel.record.id == chosen
    assert panel.form.raw()["remarks"] == "等老板回来再谈"
    assert not panel.notice.isVisible()
    panel.save()
    program.idle()
    assert program.ask(lambda: Customer.get_row(chosen).remarks) == "等老板回来再谈"


def test_what_is_typed_into_a_new_customer_survives_another_language(program):
    program.tab("customers").new()
    program.idle()
    type_into(program.window.tab().page.panel, "name", "绍兴新客户有限公司")
    program.app.switch_language("zh_CN")
    program.tidy()
    program.idle()
    panel = program.window.tab().page.panel
    assert panel.isVisible()
    assert panel.form.raw()["name"] == "绍兴新客户有限公司"


def test_what_is_typed_into_a_complaint_survives_another_language(program):
    tab = program.tab("complaints")
    tab.list.selectRow(0)
    program.idle()
    tab.edit()
    type_into(tab.panel, "description", "又坏了")
    program.app.switch_language("zh_CN")
    program.tidy()
    program.idle()
    assert program.window.tab().panel.form.raw()["description"] == "又坏了"


def test_what_is_typed_in_a_window_of_its_own_survives_another_language(program):
    tab = program.tab("customers")
    id = tab.list.list_model.ids[2]
    tab.open_record(id)
    program.idle()
    own = own_windows()[0]
    own.panel.edit()
    type_into(own.panel, "remarks", "在自己的窗口里")
    program.app.switch_language("zh_CN")
    program.tidy()
    program.idle()
    (own,) = own_windows()
    assert own.parentWidget() is program.window
    assert own.panel.record.id == id
    assert own.panel.form.raw()["remarks"] == "在自己的窗口里"


def test_after_another_language_the_old_window_hears_nothing_more(program):
    program.tab("today")
    program.tab("statistics")
    program.tab("customers")
    old = program.window
    program.app.switch_language("zh_CN")
    program.tidy()
    program.idle()
    assert old is not program.window
    program.command("refresh")  # a lambda of a window that is gone would raise here


def test_other_colours_are_painted_at_once(program):
    program.tab("customers").list.selectRow(1)
    program.idle()
    light = program.window.grab().toImage()
    theme.choose("dark")
    program.idle()
    switched = program.window.grab().toImage()
    assert switched.pixelColor(5, 300).lightness() < 60 < light.pixelColor(5, 300).lightness()
    program.app.rebuild()
    program.tidy()
    program.idle()
    fresh = program.window.grab().toImage()
    assert differences(switched, fresh) < 0.002


def test_a_closed_window_asks_about_what_is_typed_and_goes_when_it_is_saved(program):
    tab = program.tab("customers")
    tab.list.selectRow(0)
    program.idle()
    tab.edit()
    panel = tab.page.panel
    type_into(panel, "remarks", "快要丢了")
    tab.page.tabs.setCurrentIndex(0)
    program.tab("today")
    assert not program.window.close()
    assert program.window.isVisible()
    assert program.window.tab() is tab
    assert panel.notice.isVisible()
    assert panel.notice.text() == "What you typed is not saved yet."
    id = tab.page.customer_id
    panel.notice.buttons[0].click()
    program.qtbot.waitUntil(lambda: not program.window.isVisible())
    assert program.ask(lambda: Customer.get_row(id).remarks) == "快要丢了"


def test_a_window_closed_twice_keeps_the_draft_and_offers_it_next_time(program):
    program.tab("customers").new()
    program.idle()
    type_into(program.window.tab().page.panel, "name", "宁波没写完有限公司")
    assert not program.window.close()
    assert program.window.close()
    program.idle()
    assert drafts.read(drafts.path_of("customer", None)).raw["name"] == "宁波没写完有限公司"
    program.end()
    program.begin()
    program.tab("customers").new()
    program.idle()
    panel = program.window.tab().page.panel
    assert "not saved" in panel.notice.text()
    panel.notice.buttons[0].click()
    assert panel.form.raw()["name"] == "宁波没写完有限公司"


def test_a_window_of_its_own_with_something_typed_is_asked_about_too(program):
    tab = program.tab("customers")
    tab.open_record(tab.list.list_model.ids[2])
    program.idle()
    (own,) = own_windows()
    own.panel.edit()
    type_into(own.panel, "remarks", "nebenan")
    assert not program.window.close()
    assert own.panel.notice.isVisible()
    own.panel.notice.buttons[1].click()  # Discard
    program.idle()
    assert not program.window.isVisible()


def test_a_window_with_nothing_typed_closes_at_once_and_remembers_its_tab_and_size(program):
    program.tab("complaints")
    program.window.resize(777, 700)  # the screen of the tests is 800 wide
    assert program.window.close()
    program.end()
    program.begin()
    assert type(program.window.tab()).NAME == "complaints"
    assert program.window.size().width() == 777


def test_another_file_keeps_what_was_typed_as_a_draft_of_the_first(program, tmp_path):
    other = Path(shutil.copy(program.path, tmp_path / "other.crm"))
    program.tab("customers").new()
    program.idle()
    type_into(program.window.tab().page.panel, "name", "第一个文件的客户")
    program.window.file_chosen.emit(other)
    program.qtbot.waitUntil(lambda: program.window.info.path == other)
    program.idle()
    assert drafts.read(drafts.path_of("customer", None)) is None
    program.window.file_chosen.emit(program.path)
    program.qtbot.waitUntil(lambda: program.window.info.path == program.path)
    program.idle()
    assert drafts.read(drafts.path_of("customer", None)).raw["name"] == "第一个文件的客户"


def test_somebody_else_sits_down(program):
    program.command("switch_user")
    welcome = program.app.welcome
    welcome.name.setCurrentText("李强")
    welcome._go_on()
    program.qtbot.waitUntil(lambda: desk.user().name == "李强")
    program.idle()
    program.tab("customers").new()
    assert program.window.message_bar._status.text().startswith("李强")


def test_the_window_goes_on_while_the_store_is_slow(program):
    ticks = []
    timer = QTimer(interval=10)
    timer.timeout.connect(lambda: ticks.append(time.monotonic()))
    timer.start()
    tasks.run(program.app, lambda: time.sleep(0.6))
    tab = program.tab_without_waiting("customers")
    tab.line.setText("gs")
    tab.list.selectRow(1)
    program.qtbot.waitUntil(tasks.idle)
    timer.stop()
    gaps = [after - before for before, after in itertools.pairwise(ticks)]
    assert len(ticks) > 20
    assert max(gaps) < 0.5


def type_into(panel, name, text):
    """Type into a field as the keyboard does."""
    editor = panel.form.editor(name)
    if hasattr(editor, "line"):
        editor.line.setText(text)
        editor.edited.emit()
    else:
        editor.text.setPlainText(text)


def own_windows():
    from ui.parts.record_window import RecordWindow

    return [w for w in QApplication.topLevelWidgets() if isinstance(w, RecordWindow) and w.isVisible()]


def differences(one, other):
    """The share of pixels that differ."""
    assert one.size() == other.size()
    step = 3
    points = [(x, y) for x in range(0, one.width(), step) for y in range(0, one.height(), step)]
    return sum(one.pixel(x, y) != other.pixel(x, y) for x, y in points) / len(points)


@pytest.fixture(autouse=True)
def no_own_windows_left():
    """The records' own windows of one test are not found by the next."""
    from ui.parts import record_window

    yield
    record_window._open.clear()


def test_an_empty_office_offers_to_bring_in_the_list_from_excel(newcomer):
    newcomer.begin()
    newcomer.app.welcome.name.setCurrentText("王芳")
    newcomer.app.welcome.create_button.click()
    newcomer.idle()
    tab = newcomer.tab("customers")
    assert tab.empty.button.text() == "Import from Excel…"
    tab.empty.button.click()
    dialog = newcomer.window.findChild(ImportDialog)
    assert dialog.isVisible()
    dialog.close()
