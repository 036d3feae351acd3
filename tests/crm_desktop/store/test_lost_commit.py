"""A save whose answer is lost is looked up before anything is said: never twice, never silently dropped."""

import itertools
import sqlite3
import subprocess
import sys
import threading

import peewee
import pytest

from crm_desktop.errors import UserError
from crm_desktop.models import Customer
from crm_desktop.models import office as offices
from crm_desktop.store import attempt, change, file, places, reconnecting, sharing, transactions
from crm_desktop.store.attempt import Attempt
from crm_desktop.store.places import Place
from crm_desktop.store.troubles import Away, Busy, Damaged, ReadOnly, Unsettled


def trouble(name):
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorname = name
    return error


class Drive:
    """What happens on the way to the file."""

    def __init__(self):
        self.commit = ""
        """How the next commit fails: "before" or "after" it arrived."""
        self.gone = False
        """Nothing can be opened."""
        self.question = ""
        """How the next questions fail."""
        self.connected = 0


@pytest.fixture
def drive(monkeypatch):
    """The drive that the file lies on."""
    drive = Drive()
    connect = sqlite3.connect

    class Connection(sqlite3.Connection):
        def execute(self, sql, *params):
            if sql == "COMMIT" and drive.commit:
                how, drive.commit = drive.commit, ""
                if how == "after":
                    super().execute(sql)
                if how.startswith("gone"):
                    drive.gone = True
                    if how == "gone after":
                        super().execute(sql)
                raise trouble("SQLITE_IOERR_FSYNC")
            if drive.question and not sql.startswith(("PRAGMA page_size", "PRAGMA journal_mode")):
                raise trouble(drive.question)
            return super().execute(sql, *params)

    def connecting(target, *arguments, **named):
        drive.connected += 1
        if drive.gone:
            raise trouble("SQLITE_CANTOPEN")
        return connect(target, *arguments, factory=Connection, **named)

    monkeypatch.setattr(peewee.sqlite3, "connect", connecting)
    return drive


@pytest.fixture
def office(drive, tmp_path):
    """An office whose file lies on the drive."""
    file.create(tmp_path / "office.crm")
    offices.found_office("华东商贸")
    yield drive
    drive.gone, drive.question = False, ""
    file.close()


@pytest.fixture
def clock(monkeypatch):
    """Time, as the way to the file sees it; it passes when the test says so."""

    class Clock:
        now = 0.0

    monkeypatch.setattr(file.way, "_clock", lambda: Clock.now)
    return Clock


@pytest.fixture
def heard():
    """The changes that the windows are told of."""
    told = []
    change.committed.append(told.append)
    yield told
    change.committed.remove(told.append)


def new_customer(c):
    return c.save(Customer, {Customer.name: "宁波大榭石化有限公司"})


def saved():
    return file.one("SELECT count(*) FROM customer")


def test_a_save_that_arrived_although_its_answer_was_lost_is_a_save(office, heard):
    office.commit = "after"
    with change.change(None, "New customer") as c:
        new_customer(c)
    assert saved() == 1
    assert len(heard) == 1
    assert file.way.since is None


def test_a_save_that_did_not_arrive_is_told_and_the_next_try_saves_it_once(office, heard):
    office.commit = "before"
    trying = Attempt(None, "New customer", new_customer)
    with pytest.raises(Away, match="nothing was saved"):
        trying.go()
    assert saved() == 0
    assert heard == []
    done = trying.go()
    assert done.result.name == "宁波大榭石化有限公司"
    assert (saved(), len(heard)) == (1, 1)


def test_a_save_whose_drive_went_away_is_looked_up_when_it_is_back_and_found(office, heard, clock):
    trying = Attempt(None, "New customer", new_customer)
    office.commit = "gone after"
    with pytest.raises(Unsettled):
        trying.go()
    assert heard == []
    clock.now += 100
    with pytest.raises(Unsettled):
        trying.go()
    office.gone = False
    clock.now += 100
    done = trying.go()
    assert saved() == 1
    assert done.number == heard[0].change
    assert len(heard) == 1


def test_a_save_whose_drive_went_away_before_it_arrived_is_made_when_it_is_back(office, heard, clock):
    trying = Attempt(None, "New customer", new_customer)
    office.commit = "gone before"
    with pytest.raises(Unsettled):
        trying.go()
    office.gone = False
    clock.now += 100
    trying.go()
    assert (saved(), len(heard)) == (1, 1)


def test_a_save_that_comes_through_late_is_not_made_twice(office, heard, clock, monkeypatch):
    trying = Attempt(None, "New customer", new_customer)
    office.commit = "gone after"
    with pytest.raises(Unsettled):
        trying.go()
    office.gone = False
    clock.now += 100
    looks = []

    def blind_at_first(number):
        looks.append(number)
        return len(looks) > 1

    monkeypatch.setattr(file, "has_arrived", blind_at_first)
    done = trying.go()
    assert done.number == trying.number
    assert (saved(), len(heard)) == (1, 1), "the log takes each number once"


def test_a_change_that_found_nothing_to_write_has_no_number(office):
    customer = Attempt(None, "New customer", new_customer).go().result
    done = Attempt(None, "Edit customer", lambda c: c.save(customer, {Customer.name: customer.name})).go()
    assert done.number is None


def test_nothing_can_be_written_beside_a_change_whose_connection_broke(office):
    def careless(c):
        new_customer(c)
        office.question = "SQLITE_IOERR_READ"
        with pytest.raises(UserError):
            file.one("SELECT 1")
        office.question = ""
        file.connection()

    with pytest.raises(Away):
        Attempt(None, "New customer", careless).go()
    assert saved() == 0


def test_while_the_drive_is_away_it_is_asked_again_with_growing_pauses_and_everybody_is_told_at_once(office, clock):
    office.question, office.gone = "SQLITE_IOERR_READ", True
    with pytest.raises(Away, match="no connection to"):
        saved()
    office.question, office.connected = "", 0
    tries = []
    for second in range(120):
        clock.now = float(second)
        with pytest.raises(Away, match="no connection to"):
            saved()
        if office.connected:
            tries.append(second)
            office.connected = 0
    pauses = [after - before for before, after in itertools.pairwise(tries)]
    assert tries[0] == 0
    assert pauses[:5] == sorted(pauses[:5])
    assert 24 <= pauses[-1] <= 37
    office.gone = False
    clock.now += 40
    assert saved() == 0
    assert file.way.since is None


@pytest.fixture
def on_a_share(monkeypatch, clock, tmp_path):
    monkeypatch.setattr(places, "of", lambda path: Place("smb", "SMB", "Z:"))
    path = tmp_path / "office.crm"
    file.create(path)
    offices.found_office("华东商贸")
    yield path
    file.close()


def test_a_page_that_looked_broken_over_the_network_is_looked_at_again_and_all_is_well(drive, on_a_share, clock):
    drive.question = "SQLITE_CORRUPT"
    with pytest.raises(Away, match="looked at again"):
        saved()
    drive.question = ""
    with pytest.raises(Away, match="looked at again"):
        saved()
    clock.now += 1
    assert saved() == 0
    assert file.read_only() == ""


def test_a_file_that_is_broken_each_time_it_is_looked_at_is_damaged_and_only_read(drive, on_a_share, clock):
    drive.question = "SQLITE_CORRUPT"
    for pause in (0, *reconnecting.LOOKS):
        clock.now += pause
        with pytest.raises(Away, match="looked at again"):
            saved()
    drive.question = ""
    assert saved() == 0
    assert "restore a backup" in file.read_only()
    with pytest.raises(ReadOnly, match="restore a backup"), change.change(None, "New customer") as c:
        new_customer(c)


def test_on_this_computer_a_broken_page_is_damage_at_once(office):
    office.question = "SQLITE_CORRUPT"
    with pytest.raises(Damaged):
        saved()
    assert file.read_only() == ""


def test_a_file_that_can_only_be_read_says_why_before_anything_is_begun(office, monkeypatch):
    monkeypatch.setattr(sharing.current(), "verdict", "lying")
    with pytest.raises(ReadOnly, match="does not keep its locks"), change.change(None, "New customer"):
        pytest.fail("it was begun")


HOLDER = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def holder(office):
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, file.path()], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holding:
        assert holding.stdout.readline() == "held\n"
        yield holding
        holding.kill()


def test_who_waits_for_a_colleague_saves_as_soon_as_the_colleague_is_through(holder):
    file.ask("PRAGMA busy_timeout=50")
    trying = Attempt(None, "New customer", new_customer)
    with pytest.raises(Busy, match="being saved by somebody else"):
        trying.go()
    threading.Timer(0.4, holder.kill).start()
    assert attempt.patiently(trying, 20).number == trying.number
    assert saved() == 1


def test_the_patience_of_a_command_has_an_end(holder):
    file.ask("PRAGMA busy_timeout=50")
    with pytest.raises(Busy):
        attempt.patiently(Attempt(None, "New customer", new_customer), 0.3)
    assert saved() == 0


def test_a_command_waits_for_colleagues_and_a_window_asks_again_by_itself(holder, monkeypatch):
    file.ask("PRAGMA busy_timeout=50")
    monkeypatch.setattr(transactions, "patience", 20.0)
    threading.Timer(0.4, holder.kill).start()
    with change.change(None, "New customer") as c:
        new_customer(c)
    assert saved() == 1
