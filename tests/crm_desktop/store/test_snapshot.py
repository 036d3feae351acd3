"""Heavy readings work on a private copy of a file on a network drive, and say as of when they are."""

import sqlite3
from contextlib import closing
from datetime import datetime

import pytest

from crm_desktop import paths, statistics
from crm_desktop.models import Customer, Interaction
from crm_desktop.store import backup, file, link, search, snapshot
from crm_desktop.store.change import change
from crm_desktop.store.troubles import Away
from tests.crm_desktop.store.elsewhere import elsewhere


@pytest.fixture
def far(office, monkeypatch):
    """The office's file lies on a network drive."""
    monkeypatch.setattr(file, "is_far", lambda: True)
    yield office
    snapshot.drop()


@pytest.fixture
def colleague(far):
    """A colleague's connection to the same file."""
    with closing(sqlite3.connect(far.path, isolation_level=None)) as raw:
        yield raw


def customers():
    return file.one("SELECT count(*) FROM customer")


def new(name):
    with change(None, "New customer") as c:
        return c.save(Customer, {"name": name})


def test_on_a_local_disk_there_is_no_copy(office):
    assert not snapshot.is_wanted()
    with snapshot.instead() as at:
        assert at is None
    assert list(paths.copies().iterdir()) == []


def test_the_copy_answers_as_of_when_it_was_made(far, colleague):
    new("温州正泰")
    assert snapshot.is_wanted()
    at = snapshot.refresh()
    assert abs((datetime.now() - at).total_seconds()) < 5
    colleague.execute("DELETE FROM customer_hay")
    colleague.execute("DELETE FROM customer")
    with snapshot.instead() as found:
        assert found == at
        assert customers() == 1
        assert len(search.find(file.connection(), "customer", "正泰")) == 1
    assert customers() == 0


def test_nobody_misses_a_save_of_their_own(far):
    snapshot.refresh()
    new("温州正泰")
    with snapshot.instead() as at:
        assert at is None
        assert customers() == 1


def test_who_needs_it_exact_gets_no_copy_after_a_colleague_saved(far, colleague):
    snapshot.refresh()
    with snapshot.instead(exact=True) as at:
        assert at is not None
    colleague.execute("UPDATE setting SET name = name")
    with snapshot.instead(exact=True) as at:
        assert at is None
    with snapshot.instead() as at:
        assert at is not None


def test_an_old_copy_is_made_anew_only_when_somebody_saved(far, colleague, monkeypatch):
    snapshot.refresh()
    monkeypatch.setattr(snapshot, "FRESH", -1.0)
    assert not snapshot.is_wanted()
    colleague.execute("UPDATE setting SET name = name")
    with snapshot.instead() as at:
        assert at is None
    assert snapshot.is_wanted()
    snapshot.refresh()
    assert len(list(paths.copies().glob("*.crm"))) == 1


def test_a_large_file_is_not_copied(far, monkeypatch):
    monkeypatch.setattr(snapshot, "LARGEST", 1000)
    assert not snapshot.is_wanted()


def test_nothing_can_be_written_into_a_copy_and_colleagues_save_meanwhile(far, colleague):
    snapshot.refresh()
    with file.at_once():
        assert customers() == 0
        with snapshot.instead():
            colleague.execute("UPDATE setting SET name = name")  # our look at the file has ended
            with pytest.raises(sqlite3.OperationalError, match="readonly"):
                file.connection().execute("DELETE FROM setting")


def test_figures_of_a_copy_are_not_taken_for_those_of_the_file(far, colleague):
    month = statistics.Period.this_month()
    snapshot.refresh()
    with snapshot.instead():
        statistics.compute("contacts_by_channel", month)
    new("温州正泰")
    with change(None, "Contact") as c:
        c.save(Interaction, {"customer": file.one("SELECT id FROM customer"), "channel": "phone", "content": "谈"})
    assert "1" in str(statistics.compute("contacts_by_channel", month))


def test_a_copy_that_is_given_up_leaves_nothing(far, monkeypatch):
    monkeypatch.setattr(backup, "STEP", 1)

    def stop(*_step):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        snapshot.refresh(stop)
    assert list(paths.copies().iterdir()) == []
    with snapshot.instead() as at:
        assert at is None


def test_another_file_has_no_copy(far, tmp_path):
    snapshot.refresh()
    file.create(tmp_path / "other.crm")
    with snapshot.instead() as at:
        assert at is None
    assert list(paths.copies().iterdir()) == []


def test_nobody_misses_a_save_of_their_own_after_the_connection_was_made_anew(far):
    link.disconnect()
    snapshot.refresh()
    new("温州正泰")
    link.disconnect()
    with snapshot.instead() as at:
        assert at is None
        assert customers() == 1


def test_what_was_saved_while_the_connection_was_lost_is_another_state_of_the_file(far):
    link.disconnect()
    before = file.state()
    link.disconnect()
    elsewhere(far, "c.save(Customer, {'name': '温州正泰'})")
    assert file.state() != before


def test_a_copy_that_cannot_be_read_any_more_is_not_taken_for_damage_of_the_file(far):
    new("温州正泰")
    snapshot.refresh()
    [path] = paths.copies().iterdir()
    path.write_bytes(b"\0" * path.stat().st_size)
    with pytest.raises(Away), snapshot.instead():
        customers()
    with snapshot.instead() as at:
        assert at is None
        assert customers() == 1
