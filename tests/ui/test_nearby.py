"""On a network drive the window has all customers on this computer, too, soon after the file was opened."""

import time

import pytest

from crm_desktop import paths
from crm_desktop.listing import Listing
from crm_desktop.models import Customer
from crm_desktop.store import file, nearby, news
from ui import tasks
from ui.parts import heavy
from ui.parts.pulse import pulse


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


def test_while_a_long_job_runs_in_the_background_colleagues_are_looked_after(program, qtbot, monkeypatch):
    looked, seen = [], []
    monkeypatch.setattr(news, "look", lambda: looked.append(1))

    def backup():
        until = time.monotonic() + 5
        while not looked and time.monotonic() < until:
            heavy.let_through()
            time.sleep(0.01)
        return bool(looked)

    tasks.run(program.window, backup, seen.append, background=True)
    pulse.look()
    qtbot.waitUntil(lambda: seen != [], timeout=8000)
    assert seen == [True]


def test_copying_leaves_off_when_somebody_asks_something(far, monkeypatch):
    stepping, asked = nearby.step, []

    def step():
        if len(asked) == 0:
            tasks.run(far.window, lambda: asked.append(1))
        return stepping()

    monkeypatch.setattr(nearby, "step", step)
    heavy.gather()
    far.idle()
    assert asked == [1]
    assert far.ask(nearby.is_wanted)
    heavy.gather()
    far.idle()
    assert not far.ask(nearby.is_wanted)
