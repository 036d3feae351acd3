"""What window tests share: the store thread, and a source of invented records."""

import time
from array import array

import pytest
from PySide6.QtCore import QObject, Qt, Signal

from crm_desktop.models import Contact, Customer, Position
from crm_desktop.models import office as offices
from crm_desktop.store import file
from crm_desktop.store.change import change, committed
from ui import refresh, tasks, theme
from ui.parts import desk
from ui.parts.list_source import Column, Page

COLUMNS = (
    Column("name", "Name", 20),
    Column("city", "Town", 10),
    Column("since", "Days", 6, right=True, tone=lambda value: "overdue" if value > 30 else None),
)


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
    tasks.start()
    yield tasks
    tasks.interrupt_with(None)
    assert tasks.stop(5)


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
def office(qtbot, store, dressed, tmp_path):
    """An invented office, its file open in the store thread; windows are told what changed."""
    office = Office(qtbot, tmp_path / "office.crm")
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
