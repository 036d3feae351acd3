"""An older customer file is brought up to date, and nothing happens to it if that fails."""

import sqlite3

import pytest

from crm_desktop.errors import UserError
from crm_desktop.models import Customer
from crm_desktop.store import file, migrations
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
        for step in migrations.STEPS:
            step(quicker)
        quicker.execute(f"PRAGMA user_version={newer}")
        quicker.close()
        return copy

    monkeypatch.setattr(migrations, "copy_before", slowly)
    file.open_file(old_file)
    assert file.ask("SELECT name, colour FROM customer") == [("宁波大榭石化", "red")]


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


def test_with_the_first_step_the_oldest_files_structure_is_written_down_and_compared(office):
    assert migrations.STEPS == [], "upgrade a file of version 1 here and compare its structure with a new file's"


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
