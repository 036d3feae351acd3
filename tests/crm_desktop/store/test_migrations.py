"""An older customer file is brought up to date, and nothing happens to it if that fails."""

import gzip
import json
import platform
import sqlite3
from pathlib import Path

import pytest

from crm_desktop.errors import UserError
from crm_desktop.models import Customer
from crm_desktop.models import office as office_model
from crm_desktop.store import checking, file, history, migrations
from crm_desktop.store.change import change


def structure(connection):
    """The tables, columns, links, indexes and triggers of a file, whatever way they were made."""
    found = {}
    for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_master"):
        if kind == "table" and not name.startswith("sqlite_"):
            columns = {column[1:] for column in connection.execute(f'PRAGMA table_info("{name}")')}
            links = {link[2:] for link in connection.execute(f'PRAGMA foreign_key_list("{name}")')}
            found[kind, name] = (columns, links)
        elif kind == "index" and sql:
            found[kind, name] = [column[2] for column in connection.execute(f'PRAGMA index_info("{name}")')]
        elif kind == "trigger":
            found[kind, name] = " ".join(sql.split())
    return found


def dump(path):
    plain = sqlite3.connect(path)
    try:
        return list(plain.iterdump()), plain.execute("PRAGMA user_version").fetchone()
    finally:
        plain.close()


@pytest.fixture
def old_file(office):
    """A customer file of version 1 with one customer, closed."""
    with change(None, "New customer") as c:
        c.save(Customer, {Customer.name: "宁波大榭石化"})
    file.close()
    return office.path


def add_colour(connection):
    connection.execute("ALTER TABLE customer ADD COLUMN colour TEXT NOT NULL DEFAULT ''")


def fill_colour(connection):
    connection.execute("UPDATE customer SET colour = 'red'")


def fails(connection):
    connection.execute("DROP TABLE position")
    raise ZeroDivisionError


def leaves_links_to_nothing(connection):
    connection.execute("INSERT INTO position (id, contact, customer, job, department, \"primary\", \"left\")"
                       " VALUES (1, 2, 3, '', '', 0, 0)")  # fmt: skip


@pytest.fixture
def newer(monkeypatch):
    """The program as it will be when it has two more steps."""
    monkeypatch.setattr(migrations, "STEPS", [*migrations.STEPS, add_colour, fill_colour])
    return migrations.version()


def copies(path):
    return sorted(path.parent.glob("*before-upgrade*.crm"))


def test_a_file_of_today_is_not_copied(old_file):
    file.open_file(old_file)
    assert copies(old_file) == []


def test_an_older_file_is_brought_up_to_date_step_by_step(old_file, newer):
    file.open_file(old_file)
    assert file.ask("SELECT name, colour FROM customer") == [("宁波大榭石化", "red")]
    assert file.one("PRAGMA user_version") == newer
    assert file.one("PRAGMA foreign_keys") == 1


def test_a_copy_is_taken_first_and_equals_the_old_file(old_file, newer):
    before = dump(old_file)
    file.open_file(old_file)
    [copy] = copies(old_file)
    assert dump(copy) == before
    assert dump(old_file) != before


def test_the_copy_is_a_customer_file_that_the_older_program_opens(old_file, newer, monkeypatch):
    file.open_file(old_file)
    monkeypatch.setattr(migrations, "STEPS", migrations.STEPS[:-2])
    with pytest.raises(UserError, match="newer version"):
        file.open_file(old_file)
    file.open_file(copies(old_file)[0])
    assert file.ask("SELECT name FROM customer") == [("宁波大榭石化",)]


def test_an_older_copy_is_never_overwritten(old_file, newer):
    first = old_file.with_name("office.before-upgrade-1.crm")
    first.write_text("precious")
    file.open_file(old_file)
    assert first.read_text() == "precious"
    assert len(copies(old_file)) == 2


def test_the_copy_of_another_computer_that_was_quicker_is_not_overwritten(old_file, newer, monkeypatch):
    theirs = old_file.with_name("office.before-upgrade-1.crm")

    class Slow(sqlite3.Connection):
        def backup(self, copy):
            theirs.write_text("precious")
            super().backup(copy)

    slow = sqlite3.connect(old_file, factory=Slow)
    mine = migrations.copy_before(slow, old_file, 1)
    slow.close()
    assert theirs.read_text() == "precious"
    assert dump(mine) == dump(old_file)


def test_a_copy_that_another_computer_is_still_writing_is_left_alone(old_file, newer, monkeypatch):
    theirs = old_file.with_name("office.before-upgrade-1 PC-2 4711-1795312629591601819.part")
    mine = old_file.with_name("office.before-upgrade-1 PC-1 4711-1795312629591601819.part")
    for part in (theirs, mine):
        part.write_text("half")
    monkeypatch.setattr(platform, "node", lambda: "PC-1")
    file.open_file(old_file)
    assert theirs.exists()
    assert not mine.exists()


@pytest.mark.parametrize(("step", "error"), [(fails, ZeroDivisionError), (leaves_links_to_nothing, RuntimeError)])
def test_an_upgrade_that_fails_changes_nothing(old_file, monkeypatch, step, error):
    before = dump(old_file)
    monkeypatch.setattr(migrations, "STEPS", [*migrations.STEPS, add_colour, step])
    with pytest.raises(error):
        file.open_file(old_file)
    assert not file.is_open()
    assert dump(old_file) == before
    monkeypatch.undo()
    file.open_file(old_file)
    assert file.ask("SELECT name FROM customer") == [("宁波大榭石化",)]


def test_a_copy_that_fails_leaves_no_half_copy_behind(old_file, newer, monkeypatch):
    class Full:
        def backup(self, copy):
            raise sqlite3.OperationalError("database or disk is full")

    with pytest.raises(sqlite3.OperationalError):
        migrations.copy_before(Full(), old_file, 1)
    assert copies(old_file) == []


def test_two_computers_that_upgrade_at_once_run_each_step_once(old_file, newer, monkeypatch):
    copy_before = migrations.copy_before

    def slowly(connection, path, old):
        copy = copy_before(connection, path, old)
        quicker = sqlite3.connect(path, isolation_level=None)
        for step in migrations.STEPS[old - migrations.FIRST :]:
            step(quicker)
        quicker.execute(f"PRAGMA user_version={newer}")
        quicker.close()
        return copy

    monkeypatch.setattr(migrations, "copy_before", slowly)
    file.open_file(old_file)
    assert file.ask("SELECT name, colour FROM customer") == [("宁波大榭石化", "red")]


def test_a_newer_program_that_upgrades_while_we_copy_keeps_its_version(old_file, newer, monkeypatch):
    copy_before = migrations.copy_before

    def slowly(connection, path, old):
        newest = sqlite3.connect(path, isolation_level=None)
        newest.execute(f"PRAGMA user_version={newer + 1}")
        newest.close()
        return copy_before(connection, path, old)

    monkeypatch.setattr(migrations, "copy_before", slowly)
    with pytest.raises(UserError, match="try again"):
        file.open_file(old_file)
    with pytest.raises(UserError, match="newer version of this program"):
        file.open_file(old_file)


def test_links_are_not_enforced_while_a_step_rebuilds_a_table(old_file, monkeypatch):
    seen = []
    monkeypatch.setattr(
        migrations, "STEPS", [*migrations.STEPS, lambda c: seen.extend(c.execute("PRAGMA foreign_keys").fetchall())]
    )
    file.open_file(old_file)
    assert seen == [(0,)]


def test_the_comparison_of_files_sees_a_missing_column_and_a_missing_index(office):
    whole = structure(file.connection())
    assert ("table", "customer") in whole
    add_colour(file.connection())
    assert structure(file.connection()) != whole
    other = sqlite3.connect(":memory:")
    assert structure(other) == {}
    other.close()


def differences(old, new):
    """What an upgraded file lacks or has too much beside a new one, as lines; empty when nothing."""
    found = []
    for kind, name in sorted(old.keys() | new.keys()):
        was, wanted = old.get((kind, name)), new.get((kind, name))
        if was is None or wanted is None:
            found.append(f"{kind} {name}: {'is missing' if was is None else 'is not wanted any more'}")
        elif was != wanted and kind == "table":
            for what, there, due in zip(("columns", "links"), was, wanted, strict=True):
                found += [f"table {name}: {what} lack {each}" for each in sorted(due - there, key=str)]
                found += [f"table {name}: {what} still have {each}" for each in sorted(there - due, key=str)]
        elif was != wanted:
            found.append(f"{kind} {name}: {was} instead of {wanted}")
    return found


WITHOUT_STEP = """
An office that comes from an earlier release would work in a file that differs from a new one.
Append a step to STEPS in crm_desktop/store/migrations.py that brings such a file up to date; never edit a step that
was released. See "When the customer file changes" in CONTRIBUTING.md.
"""

KEPT = sorted((Path(__file__).parents[2] / "files").glob("office-*.crm.gz"))


@pytest.fixture(params=KEPT, ids=lambda path: path.name.split(".")[0])
def kept(request, tmp_path):
    """The customer file of an earlier release, opened by today's program, and what is known to be in it."""
    path = tmp_path / "kept.crm"
    path.write_bytes(gzip.decompress(request.param.read_bytes()))
    file.open_file(path)
    yield json.loads(request.param.with_name(request.param.name.replace(".crm.gz", ".json")).read_text("utf-8"))
    file.close()


def test_the_file_of_the_first_release_is_kept():
    assert KEPT[0].name == "office-1.crm.gz"


def test_the_file_of_every_release_becomes_like_a_new_one(kept, tmp_path):
    old = structure(file.connection())
    assert file.one("PRAGMA user_version") == migrations.version()
    file.create(tmp_path / "new.crm")
    found = differences(old, structure(file.connection()))
    assert found == [], "\n".join([WITHOUT_STEP, *found])


def test_the_file_of_every_release_keeps_its_customers_and_its_log(kept):
    assert sorted(name for (name,) in file.ask("SELECT name FROM customer")) == kept["customers"]
    assert sorted(name for (name,) in file.ask("SELECT name FROM contact")) == kept["contacts"]
    assert {table: file.one(f"SELECT count(*) FROM {table}") for table in kept["records"]} == kept["records"]
    upgraded = ("Lists of a newer program", migrations.UPGRADED)
    log = file.ask('SELECT user_name, action FROM "change" WHERE action NOT IN (?, ?) ORDER BY id', upgraded)
    assert [list(row) for row in log] == kept["log"]
    found = checking.problems()
    assert found == [], "\n".join([WITHOUT_STEP, *found])


def test_an_office_of_an_earlier_release_has_the_lists_of_today(kept):
    known = {name for (name,) in file.ask("SELECT DISTINCT list FROM choice")}
    assert {entry["list"] for entry in office_model.starting_lists()} <= known


def test_what_was_done_with_an_earlier_release_is_still_undone(kept):
    taken_back = file.ask('SELECT undoes FROM "change" WHERE undoes IS NOT NULL')
    for action in ("Delete customer", "Delete customer", "Merge customers"):
        waiting = 'SELECT max(id) FROM "change" WHERE action = ? AND id NOT IN (SELECT value FROM json_each(?))'
        change_id = file.one(waiting, (action, json.dumps([i for (i,) in taken_back])))
        done = history.undo(None, change_id)
        assert done.restored
        assert done.kept == []
        taken_back.append((change_id,))
    assert file.one("SELECT count(*) FROM customer") == len(kept["customers"]) + 3
    assert checking.problems() == []


def test_who_adds_a_column_without_a_step_is_told_which_one(office):
    old = structure(file.connection())
    add_colour(file.connection())
    file.connection().execute("DROP INDEX change_entry_deleted")
    new = structure(file.connection())
    assert differences(old, old) == []
    assert differences(old, new) == [
        "index change_entry_deleted: is not wanted any more",
        "table customer: columns lack ('colour', 'TEXT', 1, \"''\", 0)",
    ]


def test_a_damaged_file_is_not_upgraded_before_it_is_repaired(old_file, newer):
    plain = sqlite3.connect(old_file)
    (page,) = plain.execute("SELECT rootpage FROM sqlite_master WHERE name = 'choice'").fetchone()
    plain.close()
    with old_file.open("r+b") as stream:
        stream.seek((page - 1) * 16384)
        stream.write(b"\0" * 16384)
    before = old_file.read_bytes()
    with pytest.raises(UserError, match="Repair the file first"):
        file.open_file(old_file)
    assert copies(old_file) == []
    assert old_file.read_bytes() == before
