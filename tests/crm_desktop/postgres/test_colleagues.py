"""Several people in one office on a server: who is there, what they save, and what happens when a connection breaks."""

import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from crm_desktop.errors import UserError
from crm_desktop.i18n import N_
from crm_desktop.models import Customer
from crm_desktop.store import checking, file, moving, news, postgres, screen, sharing
from crm_desktop.store.change import Conflict, change, committed
from crm_desktop.store.driver import psycopg
from crm_desktop.store.server_presence import ServerSharing
from crm_desktop.store.troubles import Away, Busy

WRITERS = Path(__file__).with_name("writers.py")
PROJECT = Path(__file__).parents[3]


@pytest.fixture
def served(li_ming, empty):
    """The office with 李明's company, on a server and open there."""
    address = empty()
    moving.move(file.place(), address)
    file.open_file(address)
    return address


def rename(customer, name, seen=None):
    with change(None, N_("Edit customer")) as c:
        c.save(Customer.get_row(customer.id), {Customer.name: name}, seen=seen)


def test_many_writers_lose_nothing_and_their_changes_stand_in_the_order_of_their_commits(served, li_ming):
    command = [sys.executable, str(WRITERS), str(served), str(li_ming.id), "15"]
    there = [
        subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _n in range(3)
    ]
    told = [one.communicate(timeout=60) for one in there]
    assert [err for _out, err in told] == ["", "", ""]
    acknowledged = [int(line) for out, _err in told for line in out.split()]
    assert len(acknowledged) == 45
    in_log = [i for (i,) in file.ask('SELECT id FROM "change" WHERE action = ?', ("New contact record",))]
    assert sorted(in_log) == sorted(acknowledged)
    assert Customer.get_row(li_ming.id).remarks == "45"
    assert file.one("SELECT count(DISTINCT code) FROM interaction") == 45
    entries = [c for (c,) in file.ask("SELECT change FROM change_entry ORDER BY id")]
    changes = [c for at, c in enumerate(entries) if at == 0 or entries[at - 1] != c]
    assert len(changes) == len(set(changes)), "one change after the other, never mixed"
    assert checking.problems() == []


def test_the_same_field_changed_by_two_is_a_conflict(served, li_ming):
    seen = {Customer.name: li_ming.name}
    rename(li_ming, "甲")
    with pytest.raises(Conflict):
        rename(li_ming, "乙", seen)
    assert Customer.get_row(li_ming.id).name == "甲"


def test_who_waits_too_long_for_a_colleague_is_told(served, li_ming):
    other = postgres.Connection(str(served))
    other.execute("BEGIN IMMEDIATE")
    file.connection().execute("SET lock_timeout = '200ms'")
    with pytest.raises(Busy):
        rename(li_ming, "甲")
    other.execute("ROLLBACK")
    other.close()
    rename(li_ming, "甲")
    assert Customer.get_row(li_ming.id).name == "甲"


def test_colleagues_see_each_other_and_who_is_cut_off_is_gone(served):
    mine, theirs = ServerSharing(served, "王芳"), ServerSharing(served, "李强")
    try:
        assert (mine.beat(), theirs.beat()) == ("alone", "shared")
        theirs.show("customer", 7, True)
        with theirs.doing("importing"):
            theirs.beat()
            assert mine.beat() == "shared"
        [seen] = mine.colleagues
        assert (seen.sign.person, seen.sign.table, seen.sign.record, seen.sign.editing) == ("李强", "customer", 7, True)
        assert "李强" in mine.who_blocks()
        theirs._raw.raw.close()  # the computer is switched off
        until = time.monotonic() + 5
        while mine.beat() != "alone" and time.monotonic() < until:
            time.sleep(0.05)
        assert mine.colleagues == []
    finally:
        mine.leave()
        theirs.leave()


def test_what_a_colleague_saves_is_heard_at_once_and_named(served, li_ming, monkeypatch):
    called, heard = threading.Event(), []
    monkeypatch.setattr(sharing, "heard", [called.set])
    sharing.current().beat()
    news.look()
    until = time.monotonic() + 5
    command = [sys.executable, str(WRITERS), str(served), str(li_ming.id), "1"]
    while not called.is_set() and time.monotonic() < until:  # until it listens
        subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    assert called.is_set()
    committed.append(heard.append)
    try:
        assert news.look()
        assert not news.look()
    finally:
        committed.remove(heard.append)
    assert ("customer", li_ming.id) in heard[-1].records


def test_a_connection_that_breaks_is_made_again(served, li_ming, postgres):
    postgres.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'moved'")
    with pytest.raises(Away):
        Customer.get_row(li_ming.id)
    assert eventually(lambda: Customer.get_row(li_ming.id).name) == li_ming.name
    rename(li_ming, "甲")
    assert Customer.get_row(li_ming.id).name == "甲"


@pytest.mark.parametrize("arrived", [True, False])
def test_a_save_whose_answer_is_lost_is_there_once_or_told_as_not_saved(served, li_ming, monkeypatch, arrived):
    execute, broken = postgres.Connection.execute, []

    def breaks(raw, sql, params=()):
        if sql == "COMMIT" and not broken:
            broken.append(sql)
            if arrived:
                execute(raw, sql)
            raw.raw.close()
        return execute(raw, sql, params)

    monkeypatch.setattr(postgres.Connection, "execute", breaks)
    before = file.one('SELECT count(*) FROM "change"')
    if arrived:
        rename(li_ming, "甲")
    else:
        with pytest.raises(Away):
            rename(li_ming, "甲")
    assert eventually(lambda: Customer.get_row(li_ming.id).name) == ("甲" if arrived else li_ming.name)
    assert file.one('SELECT count(*) FROM "change"') == before + arrived


def eventually(work):
    """What work gives as soon as the way is there again."""
    until = time.monotonic() + 10
    while True:
        try:
            return work()
        except Away:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def test_a_long_question_is_broken_off_and_what_is_saved_next_is_not_hit(served, li_ming):
    for number in range(5):
        threading.Timer(0.1, file.interrupt).start()
        began = time.monotonic()
        with pytest.raises(sqlite3.OperationalError, match="cancel"):
            file.ask("SELECT pg_sleep(20)")
        rename(li_ming, f"甲{number}")
        assert time.monotonic() - began < 10
    file.interrupt()  # nothing was asked just now
    rename(li_ming, "乙")
    assert Customer.get_row(li_ming.id).name == "乙"


def test_a_screen_shows_one_moment(served, li_ming, postgres):
    with screen.looking():
        assert Customer.get_row(li_ming.id).name == li_ming.name
        with psycopg.connect(str(served), autocommit=True) as colleague:  # and holds up nobody
            colleague.execute("UPDATE customer SET name = '乙' WHERE id = %s", (li_ming.id,))
        assert Customer.get_row(li_ming.id).name == li_ming.name
    assert Customer.get_row(li_ming.id).name == "乙"


def test_a_question_that_fails_does_not_spoil_the_others_of_the_screen(served, li_ming):
    with screen.looking():
        with pytest.raises(sqlite3.OperationalError):
            file.ask("SELECT nonsense")
        assert Customer.get_row(li_ming.id).name == li_ming.name
    rename(li_ming, "甲")


def test_a_screen_cannot_write(served, li_ming):
    with screen.looking(), pytest.raises(UserError):
        file.ask("UPDATE customer SET name = '' WHERE id = ?", (li_ming.id,))
    assert Customer.get_row(li_ming.id).name == li_ming.name


def test_a_table_that_a_colleagues_upgrade_widened_is_read_all_the_same_by_a_screen(served, li_ming):
    for _n in range(8):  # psycopg prepares what is asked often
        file.ask("SELECT * FROM customer")
    with psycopg.connect(str(served), autocommit=True) as colleague:
        colleague.execute("ALTER TABLE customer ADD COLUMN later TEXT")
    with screen.looking():
        assert len(file.ask("SELECT * FROM customer")) == 1
