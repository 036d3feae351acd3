"""All that a screen asks is answered of one moment, and a colleague's save waits no longer than that."""

import sqlite3
from contextlib import closing

import pytest

from crm_desktop import demo
from crm_desktop.models import Customer
from crm_desktop.store import file, screen, search
from crm_desktop.store.change import change


@pytest.fixture
def colleague(office):
    """A colleague's connection to the same file."""
    with closing(sqlite3.connect(office.path, isolation_level=None, timeout=0)) as raw:
        yield raw


def customers():
    return file.one("SELECT count(*) FROM customer")


def test_a_screen_shows_one_moment(office, colleague):
    with screen.looking():
        assert customers() == 0
        colleague.execute("BEGIN IMMEDIATE")
        colleague.execute("UPDATE setting SET name = name")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            colleague.execute("COMMIT")
        assert customers() == 0
    colleague.execute("COMMIT")


def test_a_look_that_failed_holds_nobody_up(office, colleague):
    with pytest.raises(sqlite3.OperationalError), screen.looking():
        file.ask("SELECT nonsense")
    colleague.execute("BEGIN EXCLUSIVE")
    colleague.execute("ROLLBACK")


def test_looks_in_a_look_and_without_a_file_are_harmless(office):
    with screen.looking(), screen.looking():
        assert customers() == 0
    with screen.looking():
        assert customers() == 0
    file.close()
    with screen.looking():
        pass


def test_one_can_save_after_a_look(office, wang_fang):
    with screen.looking():
        customers()
    with change(wang_fang, "New customer") as c:
        c.save(Customer, {"name": "温州正泰"})
    assert customers() == 1


def test_searching_in_a_look_is_as_quick_after_an_import(tmp_path):
    demo.make(tmp_path / "a.crm", customers=1500, interactions=0, complaints=0)
    assert id(file.connection()) in search._swollen
    with screen.looking():
        assert id(file.connection()) not in search._swollen
        assert len(search.find(file.connection(), "customer", "公司")) > 100
    file.close()
