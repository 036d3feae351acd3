"""Over a network, customers are looked up in a copy of them on this computer, and found as the file has them now."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections import namedtuple
from contextlib import closing
from pathlib import Path

import pytest

from crm_desktop import paths
from crm_desktop.listing import Filter, Listing
from crm_desktop.models import Contact, Customer, Interaction, Position
from crm_desktop.store import file, ids, link, nearby
from crm_desktop.store.change import change
from crm_desktop.store.troubles import Away
from tests.crm_desktop.store.elsewhere import elsewhere


@pytest.fixture
def far(office, monkeypatch):
    """The office's file lies on a network drive."""
    monkeypatch.setattr(file, "is_far", lambda: file.instead_of() is None)
    yield office
    nearby.drop()


def gather():
    while nearby.step():
        pass
    assert answers()


def answers():
    """Whether the copy answers."""
    with nearby.instead("customer", "contact", "position") as near:
        return near


def found(text="", **how):
    return list(Listing(Customer, text=text, **how).ids())


def new(name, **values):
    with change(None, "New customer") as c:
        return c.save(Customer, {"name": name, **values})


def test_on_a_local_disk_there_is_no_copy(office):
    assert not nearby.is_wanted()
    assert nearby.step() is False
    assert list(paths.copies().iterdir()) == []


def test_until_all_customers_are_there_the_file_answers(far, li_ming):
    assert nearby.step()
    assert not answers()
    assert found("li") == [li_ming.id]
    gather()
    assert found("li") == [li_ming.id]


def test_what_the_copy_finds_is_read_from_it_alone(far, li_ming):
    gather()
    file.connection().execute("BEGIN")
    file.connection().execute("DELETE FROM customer_hay")
    file.connection().execute("ROLLBACK")
    asked = []
    file.connection().set_trace_callback(asked.append)
    assert found("li") == [li_ming.id]
    file.connection().set_trace_callback(None)
    assert not [sql for sql in asked if "customer" in sql]


def test_our_own_saves_are_found_at_once(far, li_ming):
    gather()
    made = new("温州正泰")
    assert found("正泰") == [made.id] == found("wzzt")
    with change(None, "Edit customer") as c:
        c.save(made, {"name": "宁波海天"})
    assert found("正泰") == []
    assert found("海天") == [made.id]
    with change(None, "Delete customer") as c:
        c.delete(made)
    assert found("海天") == []
    assert answers()


def test_a_colleagues_saves_are_found_at_once(far, li_ming):
    gather()
    elsewhere(far, "c.save(Customer, {'name': '温州正泰'})")
    assert len(found("正泰")) == 1
    elsewhere(far, f"c.save(Customer.get_row({li_ming.id}), {{'remarks': '回款快'}})")
    assert found("回款快") == [li_ming.id]
    elsewhere(far, f"c.delete(Customer.get_row({li_ming.id}))")
    assert li_ming.id not in found()
    assert answers()


def test_a_customer_is_found_by_the_new_name_of_its_contact_person(far, li_ming):
    with change(None, "New contact person") as c:
        person = c.save(Contact, {"name": "赵云"})
        c.save(Position, {"contact": person.id, "customer": li_ming.id})
    gather()
    elsewhere(far, f"c.save(Contact.get_row({person.id}), {{'name': '马超'}})")
    assert found("马超") == [li_ming.id]
    assert found("赵云") == []


def test_a_contact_moves_its_customer_up_in_the_list(far, li_ming, wang_fang):
    gather()
    values = f"'customer': {li_ming.id}, 'at': '2026-03-05T14:30:00', 'channel': 'call', 'content': '询价'"
    elsewhere(far, f"c.save(Interaction, {{{values}}})")
    assert found(sort="last_contact_at", descending=True)[0] == li_ming.id
    assert answers()


def test_a_colleagues_import_is_copied_step_by_step(far, li_ming):
    gather()
    elsewhere(far, "c.insert_many(Customer, [{'name': f'进口{n}'} for n in range(700)])")
    assert len(found("进口")) == 700
    assert not answers()
    assert nearby.is_wanted()
    gather()
    assert len(found("进口")) == 700


def test_after_a_backup_was_restored_the_customers_are_copied_anew(far, li_ming, tmp_path):
    older = tmp_path / "older.crm"
    shutil.copy(far.path, older)
    new("温州正泰")
    gather()
    file.close()
    shutil.copy(older, far.path)
    file.open_file(far.path)
    assert found("正泰") == []
    assert not answers()
    gather()
    assert found("正泰") == []


def test_another_log_is_noticed_without_being_told(far, li_ming):
    gather()
    file.connection().execute("DELETE FROM change_entry")
    assert not answers()
    assert nearby.is_wanted()


def test_a_file_that_was_widened_is_copied_anew(far, li_ming):
    gather()
    with closing(sqlite3.connect(far.path)) as newer:
        newer.execute("ALTER TABLE customer ADD COLUMN later TEXT")
    assert not answers()
    gather()


def test_what_a_change_has_written_so_far_is_what_it_reads(far, li_ming):
    gather()
    with change(None, "New customer") as c:
        c.save(Customer, {"name": "温州正泰"})
        assert not answers()
        assert len(found()) == 2


def test_without_room_on_this_computer_the_file_itself_is_asked(far, li_ming, monkeypatch):
    disk = namedtuple("disk", "free")
    monkeypatch.setattr(nearby.shutil, "disk_usage", lambda _path: disk(free=1000))
    assert nearby.step() is False
    assert not answers()
    assert found("li") == [li_ming.id]
    assert list(paths.copies().iterdir()) == []


def test_nothing_stays_behind_when_the_file_is_closed(far, li_ming):
    gather()
    assert len(list(paths.copies().iterdir())) == 1
    file.close()
    assert list(paths.copies().iterdir()) == []


def test_a_program_that_ends_in_the_middle_of_its_work_leaves_nothing_behind(far, li_ming):
    command = [sys.executable, Path(__file__).with_name("ended_copiers.py"), far.path]
    assert subprocess.run(command, check=False).returncode == 0
    assert list(paths.copies().iterdir()) == []


def test_a_copy_that_cannot_be_read_any_more_is_given_up_and_not_taken_for_damage_of_the_file(far, li_ming):
    gather()
    [path] = paths.copies().iterdir()
    path.write_bytes(b"\0" * path.stat().st_size)
    nearby._copy.raw.execute("PRAGMA shrink_memory")
    with pytest.raises(Away, match="customers"):
        found("li")
    assert found("li") == [li_ming.id]
    assert not answers()
    assert not nearby.is_wanted()
    assert list(paths.copies().iterdir()) == []


def test_without_locks_the_file_itself_is_asked(far, li_ming, monkeypatch):
    gather()
    monkeypatch.setattr(link, "only_reads", lambda: True)
    assert not answers()
    assert not nearby.is_wanted()


def test_numbers_and_next_steps_that_change_hands_while_customers_are_copied_do_no_harm(far, li_ming):
    with change(None, "Import") as c:
        ids = c.insert_many(Customer, [{"name": f"进口{n}", "code": f"K{n}"} for n in range(250)])
        agreed = {"at": "2026-03-05T14:30:00", "channel": "call", "content": "谈", "next_at": "2026-08-01"}
        talk = c.save(Interaction, {"customer": ids[0], **agreed})
    assert nearby.step()
    assert nearby.step()
    assert not nearby._copy.has(["customer"])
    for record, code in ((ids[0], "~"), (ids[-1], "K0"), (ids[0], "K249")):
        with change(None, "Edit customer") as c:
            c.save(Customer.get_row(record), {"code": code})
            c.save(talk, {"customer": ids[-1]})
    gather()
    assert nearby._copy.raw.execute("SELECT id, customer FROM open_step").fetchall() == [(talk.id, ids[-1])]
    assert found(filters=(Filter("code", "in", ["K249"]),)) == [ids[0]]


def test_customers_of_a_computer_whose_clock_is_years_behind_are_found(far, li_ming, monkeypatch):
    with change(None, "Import") as c:
        c.insert_many(Customer, [{"name": f"进口{n}"} for n in range(250)])
    for _n in range(2):
        assert nearby.step()
        monkeypatch.setattr(ids, "_source", ids.Source(clock=lambda: 1_600_000_000))
        new("温州正泰")
    gather()
    assert len(found("正泰")) == 2


def test_what_a_program_that_was_killed_left_behind_goes_with_the_next_start(far):
    for name in (f"1-1{nearby.MARK}.crm", "1-2.crm"):
        (paths.copies() / name).touch()
    file.open_file(far.path)
    assert list(paths.copies().iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a user's folder from others by itself")
def test_nobody_else_can_read_the_copy(far, li_ming):
    gather()
    [path] = paths.copies().iterdir()
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_colleague_who_brings_the_file_up_to_date_has_it_copied_anew(far, li_ming):
    gather()
    with closing(sqlite3.connect(far.path)) as newer:
        newer.execute(f"PRAGMA user_version = {file.version() + 1}")
    assert not answers()


def test_a_backup_that_a_colleague_restores_is_what_is_found(far, li_ming, tmp_path):
    gather()
    older = tmp_path / "older.crm"
    shutil.copy(far.path, older)
    made = new("温州正泰")
    assert found("正泰") == [made.id]
    whole(older, far.path)
    assert found("正泰") == []
    elsewhere(far, "c.save(Customer, {'name': '宁波海天'})")
    assert found("正泰") == []
    assert len(found("海天")) == 1


def test_after_a_colleague_compacted_the_file_the_copy_says_what_the_file_says(far, li_ming):
    gather()
    with closing(sqlite3.connect(far.path, isolation_level=None)) as other:
        other.execute("VACUUM")
    assert found("li") == [li_ming.id]
    gather()
    assert found("li") == [li_ming.id]


def whole(source, target):
    """Write one file over another in one transaction, as a restore does."""
    with closing(sqlite3.connect(source)) as backup, closing(sqlite3.connect(target)) as over:
        backup.backup(over)


def test_a_disk_that_fills_up_while_customers_are_copied_keeps_nothing(far, li_ming):
    assert nearby.step()
    raw = nearby._copy.raw
    (pages,) = raw.execute("PRAGMA page_count").fetchone()
    raw.execute(f"PRAGMA max_page_count = {pages}")
    with change(None, "Import") as c:
        c.insert_many(Customer, [{"name": f"进口{n}"} for n in range(700)])
    while nearby.step():
        assert not answers()
    assert len(found("进口")) == 700
    assert not nearby.is_wanted()
    assert list(paths.copies().iterdir()) == []
