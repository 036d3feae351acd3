"""What window tests share: the store thread, and a source of invented records."""

import time
from array import array

import pytest

from ui import tasks, theme
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
