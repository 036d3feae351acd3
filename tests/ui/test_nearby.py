"""On a network drive the window has all customers on this computer, too, soon after the file was opened."""

import pytest

from crm_desktop import paths
from crm_desktop.listing import Listing
from crm_desktop.models import Customer
from crm_desktop.store import file, nearby
from ui import tasks
from ui.parts import heavy


@pytest.fixture
def far(program, monkeypatch):
    monkeypatch.setattr(file, "is_far", lambda: file.instead_of() is None)
    yield program
    program.ask(nearby.drop)


def answers():
    with nearby.instead("customer", "contact", "position") as near:
        return near


def test_customers_are_copied_while_nobody_asks_for_anything(far):
    before = far.ask(lambda: list(Listing(Customer, text="公司").ids()))
    heavy.gather()
    far.idle()
    assert far.ask(answers)
    assert far.ask(lambda: list(Listing(Customer, text="公司").ids())) == before


def test_a_file_that_is_closed_meanwhile_leaves_no_copy(far, monkeypatch, tmp_path):
    stepping = nearby.step

    def open_other():
        path = file.path()
        file.create(tmp_path / "other.crm")
        file.open_file(path)

    def step():
        if not list(paths.copies().iterdir()):
            tasks.run(far.window, open_other)  # somebody opens another file while the copy is being made
        return stepping()

    monkeypatch.setattr(nearby, "step", step)
    heavy.gather()
    far.idle()
    assert list(paths.copies().iterdir()) == []
