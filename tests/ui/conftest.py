"""What window tests share: the store thread, a source of invented records, and the running program."""

import itertools
import shutil
import time
from array import array

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from crm_desktop import demo
from crm_desktop.models import Contact, Customer, Position
from crm_desktop.models import office as offices
from crm_desktop.store import file, moving, screen
from crm_desktop.store.address import Address
from crm_desktop.store.change import change, committed
from ui import app as apps
from ui import preferences, refresh, tasks, theme
from ui.main_window import TABS
from ui.parts import desk
from ui.parts.list_source import Column, Page
from ui.parts.pulse import pulse

COLUMNS = (
    Column("name", "Name", 20),
    Column("city", "Town", 10),
    Column("since", "Days", 6, right=True, tone=lambda value: "overdue" if value > 30 else None),
)
_number = itertools.count()


class Customers:
    """A list of `ids`, each with a name, a town and a number; remembers what it was asked."""

    columns = COLUMNS

    def __init__(self, ids, slow=0.0, gone=()):
        self.all = array("q", ids)
        self.slow = slow
        self.gone = set(gone)
        self.asked = []

    def row(self, id):
        return (f"Customer {id}", "苏州", id % 60)

    def first(self, n):
        time.sleep(self.slow)
        some = self.all[:n]
        return Page(some, [self.row(id) for id in some], len(self.all))

    def ids(self):
        return array("q", self.all)

    def rows(self, ids):
        time.sleep(self.slow)
        self.asked += ids
        return {id: self.row(id) for id in ids if id not in self.gone}


@pytest.fixture
def store(qtbot):
    """The store thread, running."""
    tasks.look_with(screen.looking)
    tasks.start()
    yield tasks
    tasks.interrupt_with(None)
    tasks.look_with(None)
    ended = tasks.stop(5)
    pulse.stop()  # what was asked is never answered now
    assert ended


@pytest.fixture
def dressed(qapp):
    """The program's own look."""
    theme.start(qapp)
    yield theme
    theme.choose("light")


class Office:
    """A customer file in the store thread: 王芳 is at the keyboard, 李强 is her colleague, 长荣 their customer."""

    def __init__(self, qtbot, path):
        self.qtbot, self.path = qtbot, path

    def ask(self, work):
        """What `work` returns over there."""
        answers, troubles = [], []
        tasks.run(self.bridge, work, answers.append, failed=troubles.append)
        self.qtbot.waitUntil(lambda: bool(answers or troubles))
        if troubles:
            raise troubles[0]
        return answers[0]

    def write(self, target, values, who=None, seen=None):
        """Write a record, as 李强 if nobody is named."""

        def work():
            with change(who or self.li_qiang, "Edit") as c:
                return c.save(target, values, seen)

        return self.ask(work)

    def found(self):
        file.create(self.path)
        offices.found_office("华东商贸")
        self.wang_fang = offices.colleague(None, "王芳")
        self.li_qiang = offices.colleague(None, "李强")
        with change(self.li_qiang, "New") as c:
            self.changrong = c.save(
                Customer,
                {
                    "name": "杭州长荣机电有限公司",
                    "tier": "gold",
                    "owner": self.wang_fang.id,
                    "phones": [{"number": "13800001234", "type": "mobile"}],
                    "wechat": "changrong01",
                },
            )
            self.zeng = c.save(Contact, {"name": "曾家辉"})
            c.save(Position, {"contact": self.zeng.id, "customer": self.changrong.id, "primary": True})


class Bridge(QObject):
    """Brings what was committed to the windows, as the program does."""

    told = Signal(object)


@pytest.fixture
def new_database(request):
    """With --postgres: makes a database for one test, empty or like another one, and gives its address."""
    if not request.config.getoption("--postgres"):
        yield None
        return
    server, made = request.getfixturevalue("postgres"), []

    def make(like="template0"):
        made.append(f"window_{next(_number)}")
        server.sql(f"CREATE DATABASE {made[-1]} TEMPLATE {like}")
        return Address(server.conninfo(made[-1]))

    yield make
    for name in made:
        server.sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def office(qtbot, store, dressed, tmp_path, new_database):
    """An invented office, its file open in the store thread; windows are told what changed."""
    office = Office(qtbot, new_database() if new_database else tmp_path / "office.crm")
    office.bridge = Bridge()
    office.bridge.told.connect(refresh.signal.changed.emit, Qt.ConnectionType.QueuedConnection)

    def tell(done):
        office.bridge.told.emit(done.records)

    office.ask(office.found)
    committed.append(tell)
    desk.sit_down(office.wang_fang.id, "王芳")
    yield office
    committed.remove(tell)
    office.ask(file.close)
    desk.forget()


@pytest.fixture(scope="session")
def invented(tmp_path_factory):
    """The file of an invented office of 40 customers; copy it before it is opened."""
    path = tmp_path_factory.mktemp("invented") / "office.crm"
    demo.make(path, customers=40, interactions=400, complaints=12)
    file.close()
    return path


class Program:
    """The running program, as somebody at the keyboard knows it."""

    def __init__(self, qtbot, path):
        self.qtbot, self.path, self.app = qtbot, path, None

    def begin(self, wish=None, user=None):
        """Start it, and wait until a window is there."""
        self.app = apps.App(wish, user)
        self.qtbot.waitUntil(lambda: (self.app.window or self.app.welcome) is not None)
        self.idle()
        return self.app

    def end(self):
        """Close all windows, as a killed program does."""
        self.idle()
        for window in QApplication.topLevelWidgets():
            if shiboken6.isValid(window) and window.parent() is None:
                window.hide()
                window.deleteLater()
        self.app.other.deleteLater()
        self.app.deleteLater()
        self.tidy()
        self.idle()
        self.app = None

    def tidy(self):
        """Let go of what was replaced, as the event loop does."""
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    @property
    def window(self):
        return self.app.window

    @property
    def bar(self):
        """What the message bar says."""
        return self.window.message_bar.label.text()

    def tab(self, name):
        """Go to the tab of that name."""
        tab = self.tab_without_waiting(name)
        self.idle()
        return tab

    def tab_without_waiting(self, name):
        """Go to the tab of that name, and do not wait for its answers."""
        number = next(n for n in range(self.window.tabs.count()) if name == TABS[n].name)
        self.window.tabs.setCurrentIndex(number)
        return self.window.tab(number)

    def command(self, name):
        """Choose the menu entry of that name."""
        action = self.window.findChild(apps.QObject, name)
        action.trigger()
        self.idle()

    def press(self, widget, key, modifiers=Qt.KeyboardModifier.ControlModifier):
        self.qtbot.keyClick(widget, key, modifiers)
        self.idle()

    def idle(self):
        """Wait until all was asked and answered."""
        for _again in range(3):  # an answer may ask the next question
            QApplication.processEvents()
            self.qtbot.waitUntil(tasks.idle, timeout=10_000)

    def ask(self, work):
        """What `work` returns in the store thread."""
        answers = []
        tasks.run(self.app, work, answers.append)
        self.qtbot.waitUntil(lambda: bool(answers))
        return answers[0]


@pytest.fixture(scope="session")
def invented_there(request, invented):
    """With --postgres: the name of a database with the invented office, to make others from."""
    if not request.config.getoption("--postgres"):
        return None
    server = request.getfixturevalue("postgres")
    server.sql("CREATE DATABASE invented")
    moving.move(invented, Address(server.conninfo("invented")))
    file.close()
    return "invented"


@pytest.fixture
def newcomer(qtbot, store, dressed, tmp_path, invented, invented_there, new_database):
    """The program on a computer that never saw it; `path` is an invented office's file."""
    path = tmp_path / "office.crm"
    shutil.copy(invented, path)
    if new_database:
        path = new_database(invented_there)
    program = Program(qtbot, path)
    before = list(committed)
    yield program
    if program.app is not None:
        program.end()
    committed[:] = before
    bridge = QObject()
    tasks.run(bridge, file.close)
    qtbot.waitUntil(tasks.idle)
    desk.forget()


@pytest.fixture
def program(newcomer):
    """The program with the invented office open; 王芳 is at the keyboard."""
    preferences.USER.set("王芳")
    newcomer.begin(newcomer.path)
    newcomer.window.resize(1280, 720)
    with newcomer.qtbot.waitActive(newcomer.window):
        newcomer.window.activateWindow()
    newcomer.idle()
    return newcomer
