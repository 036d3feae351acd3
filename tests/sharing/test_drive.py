"""The drive of the test bed does what the tests command: else they would prove nothing."""

import contextlib
import os
import sqlite3
import threading
import time

import pytest


@pytest.fixture
def connect():
    """A connection to the file that is nobody's shared file yet, as another computer would have it."""
    opened = []

    def connected(computer):
        opened.append(sqlite3.connect(computer.path / "a.db", isolation_level=None, timeout=0, check_same_thread=False))
        opened[-1].execute("PRAGMA journal_mode=PERSIST")
        return opened[-1]

    yield connected
    for one in opened:
        with contextlib.suppress(sqlite3.Error):
            one.close()


@pytest.fixture
def here(mount):
    return mount()


@pytest.fixture
def there(mount):
    return mount()


@pytest.fixture
def ours(here, connect):
    """Our connection, to a file with one row."""
    raw = connect(here)
    raw.execute("CREATE TABLE t (a)")
    raw.execute("INSERT INTO t VALUES (1)")
    return raw


@pytest.fixture
def theirs(ours, there, connect):
    """Their connection to the same file, through their own mount."""
    return connect(there)


def values(raw):
    return [a for (a,) in raw.execute("SELECT a FROM t ORDER BY a")]


def test_what_one_computer_writes_the_other_reads(ours, theirs):
    ours.execute("INSERT INTO t VALUES (2)")
    assert values(theirs) == [1, 2]
    theirs.execute("INSERT INTO t VALUES (3)")
    assert values(ours) == [1, 2, 3]


def test_locks_are_shared_between_computers_and_with_the_server_itself(ours, theirs, share):
    at_the_server = sqlite3.connect(share / "a.db", isolation_level=None, timeout=0)
    with contextlib.closing(at_the_server):
        ours.execute("BEGIN IMMEDIATE")
        for other in (theirs, at_the_server):
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")
        ours.execute("COMMIT")
        at_the_server.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            ours.execute("BEGIN IMMEDIATE")
        at_the_server.execute("COMMIT")


@pytest.mark.parametrize("how", ["ignored", "mount"])
def test_lying_locks_let_two_computers_write_at_once(ours, theirs, here, there, how):
    for computer in (here, there):
        computer.behave(locks=how)
    ours.execute("BEGIN IMMEDIATE")
    theirs.execute("BEGIN IMMEDIATE")


def test_locks_per_computer_still_hold_on_that_computer(ours, here, connect):
    here.behave(locks="mount")
    ours.execute("BEGIN IMMEDIATE")
    done = os.fork()  # a process of its own: two connections of one process share their locks
    if not done:
        try:
            connect(here).execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            os._exit(7)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(done, 0)[1]) == 7


def test_refused_locks_look_like_a_database_that_is_locked_for_ever(ours, here):
    here.behave(locks="refused")
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        values(ours)


@pytest.mark.parametrize("how", ["error", "half"])
def test_a_write_that_fails_is_taken_back(ours, theirs, here, how):
    here.behave(fail_write=4, fail_how=how)
    with pytest.raises(sqlite3.OperationalError, match="I/O"):
        ours.execute("INSERT INTO t VALUES (2)")
    assert here.faults() == {how: 1}
    assert values(theirs) == [1]
    assert values(ours) == [1]


def test_an_answer_that_gets_lost_leaves_the_writer_in_doubt(ours, theirs, here):
    writes = here.counts()["write"]
    ours.execute("INSERT INTO t VALUES (2)")
    here.behave(fail_write=here.counts()["write"] - writes, fail_how="lost")  # the last one ends the journal
    with pytest.raises(sqlite3.OperationalError, match="I/O"):
        ours.execute("INSERT INTO t VALUES (3)")
    assert values(theirs) == [1, 2, 3]


def test_a_lost_connection_fails_everything_and_leaves_dead_handles(ours, theirs, here, connect):
    ours.execute("BEGIN IMMEDIATE")
    ours.execute("INSERT INTO t VALUES (9)")
    here.lose(locks="kept")
    with pytest.raises(sqlite3.OperationalError):
        ours.execute("COMMIT")
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        theirs.execute("BEGIN IMMEDIATE")  # the server still believes in us
    here.come_back(handles="dead", locks="dropped")
    theirs.execute("BEGIN IMMEDIATE")
    theirs.execute("INSERT INTO t VALUES (2)")
    theirs.execute("COMMIT")
    with pytest.raises(sqlite3.OperationalError, match="I/O"):
        values(ours)
    ours.close()
    assert values(connect(here)) == [1, 2]


def test_a_handle_that_is_silently_reopened_has_no_locks(ours, theirs, here):
    ours.execute("BEGIN IMMEDIATE")
    here.lose(locks="dropped")
    here.come_back(handles="reopened", locks="dropped")
    theirs.execute("BEGIN IMMEDIATE")  # the danger: both believe that they alone write
    ours.execute("INSERT INTO t VALUES (2)")


def test_a_drive_may_hang_until_it_is_back(ours, here):
    here.lose("hang")
    told = []
    asking = threading.Thread(target=lambda: told.append(values(ours)))
    asking.start()
    asking.join(0.3)
    assert asking.is_alive()
    here.come_back(handles="reopened", locks="kept")
    asking.join(5)
    assert told == [[1]]


def test_stale_sizes_are_told_for_a_while(ours, theirs, here, there):
    os.stat(there.path / "a.db")
    there.behave(stale=0.4)
    size = os.stat(there.path / "a.db").st_size
    ours.execute("CREATE TABLE wide AS SELECT zeroblob(300000) AS b")
    assert os.stat(here.path / "a.db").st_size > size
    assert os.stat(there.path / "a.db").st_size == size
    time.sleep(0.45)
    assert os.stat(there.path / "a.db").st_size > size


def test_operations_are_counted_and_can_be_slow(ours, here):
    values(ours)
    before, start = here.trips(), time.perf_counter()
    values(ours)
    trips, quick = here.trips() - before, time.perf_counter() - start
    assert trips >= 5
    here.behave(delay=0.01)
    before, start = here.trips(), time.perf_counter()
    values(ours)
    slow = time.perf_counter() - start
    trips = here.trips() - before  # its own: the system asks a question more or less each time
    assert trips >= 5
    assert slow >= 0.01 * trips > quick
