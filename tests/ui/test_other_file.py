"""Another file is opened whole or not at all: the window and the store never speak of two."""

import shutil

import pytest

from crm_desktop.errors import UserError
from crm_desktop.models import office
from crm_desktop.store import file


@pytest.fixture
def other(program, tmp_path):
    """Another customer file."""
    return shutil.copy(program.path, tmp_path / "other.crm")


def test_a_file_nobody_can_sign_in_to_leaves_the_open_one_open(program, other, monkeypatch):
    def busy(_user, _name):
        raise UserError("It is being saved by somebody else.")

    monkeypatch.setattr(office, "colleague", busy)
    monkeypatch.setattr("crm_desktop.models.people.find", lambda _name: None)
    program.app.open(other)
    program.idle()
    assert program.bar == "It is being saved by somebody else."
    assert program.ask(file.path) == program.window.info.path != other
    assert program.window.isEnabled()


def test_a_new_file_that_stays_half_made_leaves_the_open_one_open(program, tmp_path, monkeypatch):
    def full(_name):
        raise UserError("The disk is full.")

    monkeypatch.setattr(office, "found_office", full)
    program.app.open(tmp_path / "new.crm", create=True)
    program.idle()
    assert program.bar == "The disk is full."
    assert program.ask(file.path) == program.window.info.path


def test_nothing_is_typed_into_the_old_window_while_another_file_opens(program, other):
    old = program.window
    program.app.open(other)
    assert not old.isEnabled()
    program.idle()
    assert program.window is not old
    assert program.window.isEnabled()
