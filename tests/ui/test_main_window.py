"""The window as a whole: every command by menu and key, every control named, no text cut off."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QTabBar,
    QWidget,
)

from crm_desktop.models import Customer
from crm_desktop.store import file
from crm_desktop.store.change import change
from ui import main_window, menus, theme
from ui.dialogs.contact_log import ContactLog
from ui.dialogs.jump import Jump

NAMES = [tab.name for tab in main_window.TABS]
COMMANDS = [c for _title, commands in menus.MENUS for c in commands if c.does]
CONTROL, NONE, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture
def chosen(program):
    """The customers tab with a customer shown."""
    tab = program.tab("customers")
    tab.list.selectRow(1)
    program.idle()
    return tab


def dialogs():
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]


def key(program, keys, widget=None):
    """Press a shortcut where the keyboard is."""
    pressed = QKeySequence(keys)[0]
    if not dialogs():
        with program.qtbot.waitActive(program.window):
            program.window.activateWindow()
    program.qtbot.keyClick(
        widget or QApplication.focusWidget() or program.window, pressed.key(), pressed.keyboardModifiers()
    )
    program.idle()


def test_the_title_names_the_office_and_the_tab_one_is_at(program):
    for number, title in ((1, "Customers"), (3, "Complaints"), (0, "Today")):
        program.window.tabs.setCurrentIndex(number)
        assert program.window.windowTitle() == f"华东商贸有限公司 · {title}"


def test_who_is_there_and_that_all_is_saved_stands_below(program):
    assert program.window.message_bar._status.text() == "王芳 · office.crm"

    def write():
        with change(None, "Edit") as c:
            c.save(Customer.get_row(file.one("SELECT id FROM customer LIMIT 1")), {"remarks": "!"})

    program.ask(write)
    program.idle()
    assert program.window.message_bar._status.text().startswith("王芳 · office.crm · all saved · ")


@pytest.mark.parametrize("command", [c.does for c in COMMANDS if c.does not in ("close",)])
@pytest.mark.parametrize("name", NAMES)
def test_every_command_of_the_menus_works_on_every_tab(program, monkeypatch, command, name):
    program.tab(name)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_n: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_n: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a, **_n: ([], ""))
    opened = []
    monkeypatch.setattr(main_window.QDesktopServices, "openUrl", opened.append)
    program.command(command)
    assert command != "open_logs" or opened
    for dialog in dialogs():
        dialog.reject()
    program.idle()


def test_quit_closes_the_window(program):
    program.command("close")
    assert not program.window.isVisible()


def test_no_key_is_claimed_twice():
    keys = [c.keys for c in COMMANDS if c.keys]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("number", range(5))
def test_alt_and_a_number_goes_to_a_tab(program, number):
    program.window.tabs.setCurrentIndex((number + 1) % 5)
    program.idle()
    key(program, f"Alt+{number + 1}", program.window)
    assert program.window.tabs.currentIndex() == number


@pytest.mark.parametrize("name", ["customers", "interactions", "complaints"])
def test_ctrl_f_puts_the_cursor_into_the_search_box(program, name):
    tab = program.tab(name)
    tab.list.setFocus()
    key(program, "Ctrl+F", tab.list)
    assert QApplication.focusWidget() is tab.line


def test_ctrl_k_and_ctrl_l_work_also_from_the_search_box(program, chosen):
    chosen.search()
    key(program, "Ctrl+K", chosen.line)
    assert [type(d) for d in dialogs()] == [Jump]
    key(program, "Esc", dialogs()[0])
    assert dialogs() == []
    key(program, "Ctrl+L", chosen.line)
    assert [type(d) for d in dialogs()] == [ContactLog]
    dialogs()[0].reject()


def test_f2_edits_ctrl_s_saves_and_esc_asks_before_it_throws_away(program, chosen):
    id = chosen.page.customer_id
    key(program, "F2", chosen.list)
    panel = chosen.page.panel
    assert panel.form is not None
    panel.form.editor("remarks").text.setPlainText("mit der Tastatur")
    key(program, "Esc", panel)
    assert panel.notice.isVisible()
    assert panel.is_dirty()
    key(program, "Ctrl+S", panel.form.editor("remarks").text)
    assert panel.form is None
    assert program.ask(lambda: Customer.get_row(id).remarks) == "mit der Tastatur"


def test_ctrl_n_starts_and_esc_leaves_what_is_untouched(program, chosen):
    key(program, "Ctrl+N", chosen.list)
    assert chosen.page.panel.form is not None
    key(program, "Esc", chosen.page.panel)
    assert chosen.page.panel.form is None


def test_ctrl_z_takes_back_the_last_action_only_once(program, chosen):
    key(program, "Ctrl+Z", chosen.list)
    assert program.bar == "There is nothing to undo."


def test_f5_reads_again(program, chosen):
    def unseen():
        file.connection().execute(
            "UPDATE customer SET name = 'AAA 改了' WHERE id = ?", (chosen.list.list_model.ids[0],)
        )

    program.ask(unseen)
    key(program, "F5", chosen.list)
    index = chosen.list.list_model.index(0, 0)
    program.qtbot.waitUntil(lambda: index.data() == "AAA 改了")


def test_the_menus_tick_the_language_and_the_colours_that_are_shown(program):
    theme.choose("light")
    program.app.switch_language("zh_CN")
    program.tidy()
    program.idle()
    assert program.window.findChild(menus.QAction, "zh_CN").isChecked()
    program.window.findChild(menus.QAction, "dark").trigger()
    assert theme.is_dark()


def test_a_figure_and_its_tab_are_reached_from_the_corner(program):
    find = next(b for b in program.window.findChildren(QPushButton) if b.text().startswith("Find anything"))
    find.click()
    assert [type(d) for d in dialogs()] == [Jump]
    dialogs()[0].reject()


# what everybody must be able to read and reach


def everything(program, name):
    """The window on a tab, with a record shown and typed where there is one."""
    tab = program.tab(name)
    yield tab
    if hasattr(tab, "list") and hasattr(tab.list, "selectRow"):
        tab.list.selectRow(1)
        program.idle()
        yield tab
        if hasattr(tab, "page"):
            for number in range(tab.page.tabs.count()):
                tab.page.tabs.setCurrentIndex(number)
                program.idle()
                yield tab
        tab.edit()
        program.idle()
        yield tab


def place(widget):
    """Where a widget stands, for the message of a failing test."""
    path = []
    while widget is not None:
        path.append(type(widget).__name__)
        widget = widget.parentWidget()
    return " < ".join(path[:6])


def reached_by_tab(widget):
    return bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value) and widget.focusProxy() is None


def is_inner(widget):
    """Parts Qt builds into its own widgets: the box they belong to has the name."""
    parent = widget.parentWidget()
    return isinstance(parent, QComboBox | QLineEdit) or widget.objectName().startswith("qt_")


@pytest.mark.parametrize("name", NAMES)
def test_everything_the_keyboard_reaches_has_a_name(program, name):
    nameless = set()
    for _shown in everything(program, name):
        for widget in program.window.findChildren(QWidget):
            if not widget.isVisible() or not reached_by_tab(widget) or is_inner(widget):
                continue
            if isinstance(widget, QTabBar) or type(widget) in (QWidget,):
                continue
            text = widget.text() if isinstance(widget, QAbstractButton | QLabel) else ""
            if not (widget.accessibleName() or text or labelled(program.window, widget)):
                nameless.add(place(widget))
    assert nameless == set()


def labelled(window, widget):
    return any(label.buddy() is widget for label in window.findChildren(QLabel))


def cut_off(window):
    """Labels and buttons on one line that are narrower than their text."""
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, QLabel | QAbstractButton):
            continue
        text = widget.text()
        if is_inner(widget):
            continue
        if not text or (isinstance(widget, QLabel) and (widget.wordWrap() or "\n" in text)):
            continue
        if isinstance(widget, QLabel) and widget.sizePolicy().horizontalPolicy() == widget.sizePolicy().Policy.Ignored:
            continue  # the message bar: its tooltip has all of it
        needed = (
            QFontMetrics(widget.font()).horizontalAdvance(text)
            if isinstance(widget, QLabel)
            else widget.sizeHint().width()
        )
        if widget.width() < needed - 1:
            found.append(f"{text!r} has {widget.width()} of {needed}: {place(widget)}")
        elif not beyond_a_scroll_area(widget) and not inside(widget):
            found.append(f"{text!r} lies outside: {place(widget)}")
    return found


def beyond_a_scroll_area(widget):
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QAbstractScrollArea):
            return True
        parent = parent.parentWidget()
    return False


def inside(widget):
    window = widget.window()
    corner = widget.mapTo(window, QPoint(widget.width(), widget.height()))
    return corner.x() <= window.width() + 1 and corner.y() <= window.height() + 1


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("name", NAMES)
def test_no_text_is_cut_off_at_1280_by_720(program, name, language):
    if language != "en":
        program.app.switch_language(language)
        program.tidy()
        program.idle()
    program.window.resize(1280, 720)
    found = set()
    for _shown in everything(program, name):
        program.window.grab()  # lays everything out
        found |= set(cut_off(program.window))
    assert found == set()
    assert program.window.minimumSizeHint().width() <= 1280
    assert program.window.minimumSizeHint().height() <= 720


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_dialogs_cut_nothing_off(program, language):
    program.app.switch_language(language)
    program.tidy()
    program.idle()
    for command in ("show_keys", "about", "jump", "print_month", "show_backups", "show_health"):
        program.command(command)
        (dialog,) = dialogs()
        dialog.grab()
        assert cut_off(dialog) == []
        assert dialog.width() <= 1280
        assert dialog.height() <= 720
        dialog.reject()
        program.tidy()


def test_the_keys_page_knows_every_shortcut(program):
    program.command("show_keys")
    (dialog,) = dialogs()
    texts = {label.text() for label in dialog.findChildren(QLabel)}
    assert {c.keys for c in COMMANDS if c.keys} <= texts
    dialog.reject()
