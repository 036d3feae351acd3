"""A backup comes back wholly or not at all, and a single customer without the rest."""

import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from crm_desktop import demo
from crm_desktop.errors import UserError
from crm_desktop.models import Complaint, Contact, Customer, Interaction
from crm_desktop.store import backup, checking, file, history, link, migrations, restore, retrieve, taken
from crm_desktop.store.change import change
from crm_desktop.store.record import tables


@pytest.fixture
def shelf(tmp_path):
    return tmp_path / "backups"


@pytest.fixture
def made(li_ming, visit, shelf):
    """A backup with 李明's company and one visit."""
    return backup.make(shelf, "daily")


def add(name, who=None):
    with change(who, "New customer") as c:
        return c.save(Customer, {Customer.name: name})


def names():
    return {name for (name,) in file.ask("SELECT name FROM customer")}


def records():
    return {table: file.ask(f'SELECT * FROM "{table}" ORDER BY id') for table in tables()}


def broken(path, start, length=16384):
    with path.open("r+b") as stream:
        stream.seek(start)
        stream.write(b"\x5a" * length)


# the whole file


def test_the_preview_puts_counts_and_last_dates_side_by_side(made, li_qiang):
    add("后来的客户", li_qiang)
    shown = restore.preview(made.path)
    assert shown.same_file
    assert (shown.theirs.counts["customer"], shown.ours.counts["customer"]) == (1, 2)
    assert shown.ours.last_by == "李强"
    assert shown.theirs.last_change <= shown.ours.last_change
    file.close()
    assert restore.preview(made.path).ours is None


def test_the_preview_says_when_it_is_the_backup_of_another_office(made, tmp_path):
    file.create(tmp_path / "other.crm")
    add("另一家")
    assert not restore.preview(made.path).same_file


def test_a_restored_file_is_as_it_was_and_its_log_says_so(made, office, shelf, li_ming, li_qiang):
    before = {table: rows for table, rows in records().items() if table != "user"}
    add("后来的客户", li_qiang)
    done = restore.run(made.path, office.path, li_qiang, folder=shelf)
    assert file.path() == office.path
    assert {table: rows for table, rows in records().items() if table != "user"} == before
    assert checking.problems() == []
    assert history.action_of(done.change) == "Restore backup"
    assert file.one('SELECT user_name FROM "change" WHERE id = ?', (done.change,)) == "李强"
    assert not file.one("SELECT 1 FROM sqlite_master WHERE name = 'backup_note'")


def test_what_was_there_before_is_kept_as_a_safety_backup(made, office, shelf):
    add("后来的客户")
    done = restore.run(made.path, office.path, folder=shelf)
    assert backup.read(done.safety).reason == "restore"
    restore.run(done.safety, office.path, folder=shelf)
    assert "后来的客户" in names()


def test_nothing_is_left_lying_about_and_the_journal_stays_small(made, office, shelf, tmp_path):
    demo_path = tmp_path / "demo.crm"
    file.close()
    demo.make(demo_path, customers=60, interactions=3000)
    file.close()
    restore.run(demo_path, office.path, folder=shelf)
    assert file.one("SELECT count(*) FROM interaction") == 3000
    assert not list(shelf.glob("*.part"))
    assert Path(f"{office.path}-journal").stat().st_size <= 4 << 20


def test_a_larger_file_shrinks_to_the_backup(made, office, shelf):
    with change(None, "Import") as c:
        c.insert_many(Customer, [{Customer.name: f"很多客户{n}", Customer.remarks: "长" * 2000} for n in range(300)])
    large = office.path.stat().st_size
    restore.run(made.path, office.path, folder=shelf)
    assert office.path.stat().st_size < large
    assert checking.problems() == []


def test_colleagues_who_have_the_file_open_see_the_restored_one(made, office, shelf):
    add("后来的客户")
    with sqlite3.connect(office.path) as theirs:
        assert theirs.execute("SELECT count(*) FROM customer").fetchone() == (2,)
        restore.run(made.path, office.path, folder=shelf)
        assert theirs.execute("SELECT count(*) FROM customer").fetchone() == (1,)
    theirs.close()


def test_a_colleague_who_is_saving_is_waited_for_and_then_it_is_said(made, office, shelf, monkeypatch):
    add("后来的客户")
    monkeypatch.setattr(backup, "PATIENCE", 0.3)
    monkeypatch.setattr(link, "BUSY_SECONDS", 0.1)
    theirs = sqlite3.connect(office.path, isolation_level=None)
    theirs.execute("BEGIN IMMEDIATE")
    with pytest.raises(UserError, match="Others are using the file"):
        restore.run(made.path, office.path, folder=shelf)
    theirs.execute("ROLLBACK")
    theirs.close()
    assert file.path() == office.path
    assert "后来的客户" in names()


def test_stopping_at_any_step_leaves_the_old_file_open_and_whole(made, office, shelf, monkeypatch):
    monkeypatch.setattr(backup, "STEP", 20)
    add("后来的客户")
    before = records()

    def run(last):
        calls = []

        def step(_done, _total, what):
            calls.append(what)
            if len(calls) == last:
                raise KeyboardInterrupt

        restore.run(made.path, office.path, progress=step, folder=shelf)
        return len(calls)

    for last in range(1, 100):
        try:
            run(last)
            break
        except KeyboardInterrupt:
            assert file.is_open()
            assert records() == before
            assert not list(shelf.glob("*.part"))
    assert last > 15
    assert "后来的客户" not in names()


@pytest.mark.parametrize("harm", ["photo", "cut", "zero", "newer", "missing", "itself", "rows"])
def test_what_is_no_sound_backup_is_refused_before_anything_happens(made, office, shelf, harm, tmp_path):
    path = made.path
    if harm == "photo":
        path = tmp_path / "photo.crm"
        path.write_bytes(b"\xff\xd8\xff")
    elif harm == "cut":
        path.write_bytes(path.read_bytes()[: made.size // 2])
    elif harm == "zero":
        broken(path, made.size // 32768 * 16384)
    elif harm == "newer":
        with sqlite3.connect(path) as raw:
            raw.execute(f"PRAGMA user_version={migrations.version() + 1}")
        raw.close()
    elif harm == "missing":
        path = tmp_path / "gone.crm"
    elif harm == "itself":
        path = office.path
    else:
        with sqlite3.connect(path) as raw:
            raw.execute("DELETE FROM interaction")
        raw.close()
    before = office.path.read_bytes()
    with pytest.raises(UserError):
        restore.run(path, office.path, folder=shelf)
    assert office.path.read_bytes() == before
    assert file.path() == office.path
    assert [p.name for p in shelf.iterdir()] == [made.path.name]


def test_a_missing_file_comes_back(made, office, shelf):
    file.close()
    office.path.unlink()
    assert restore.run(made.path, office.path, folder=shelf).safety is None
    assert checking.problems() == []


@pytest.mark.parametrize("harm", ["header", "first page", "cut", "inside", "empty", "text"])
def test_a_damaged_file_is_replaced_and_kept_byte_for_byte(made, office, shelf, harm):
    file.close()
    if harm == "header":
        broken(office.path, 0, 16)
    elif harm == "first page":
        broken(office.path, 100, 16000)
    elif harm == "cut":
        office.path.write_bytes(office.path.read_bytes()[:50000])
    elif harm == "inside":
        for page in range(2, office.path.stat().st_size // 16384, 2):
            broken(office.path, page * 16384)
    elif harm == "empty":
        office.path.write_bytes(b"")
    else:
        office.path.write_text("a shopping list")
    before = office.path.read_bytes()
    done = restore.run(made.path, office.path, folder=shelf)
    assert done.safety.read_bytes() == before
    assert "damaged" in done.safety.name
    assert len(names()) == 1
    assert checking.problems() == []


def test_a_journal_of_the_damaged_file_never_meets_the_new_one(made, office, shelf):
    """Killed in the middle of a save, then cut off: the journal that would mend the old file ruins any other."""
    with change(None, "Import") as c:
        c.insert_many(Customer, [{Customer.name: f"很多客户{n}"} for n in range(50)])
    file.close()
    code = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute('PRAGMA journal_mode=PERSIST'); c.execute('PRAGMA cache_size=2'); c.execute('BEGIN');"
        "c.execute('UPDATE customer SET remarks = ?', ('x' * 9000,)); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code, office.path], check=True)
    journal = Path(f"{office.path}-journal")
    assert journal.read_bytes()[:4] == b"\xd9\xd5\x05\xf9"
    broken(office.path, 0, 16)
    done = restore.run(made.path, office.path, folder=shelf)
    assert Path(f"{done.safety}-journal").read_bytes()[:4] == b"\xd9\xd5\x05\xf9"
    file.close()
    file.open_file(office.path)
    assert len(names()) == 1
    assert checking.problems() == []


def test_a_database_of_another_program_is_never_overwritten(made, shelf, tmp_path):
    other = tmp_path / "music.crm"
    with sqlite3.connect(other) as raw:
        raw.execute("CREATE TABLE song (title)")
    raw.close()
    before = other.read_bytes()
    for target in (other, tmp_path / "photo.jpg"):
        if not target.exists():
            target.write_bytes(b"\xff\xd8\xff")
        with pytest.raises(UserError):
            restore.run(made.path, target, folder=shelf)
    assert other.read_bytes() == before


def test_an_older_backup_is_brought_up_to_date(made, office, shelf, monkeypatch):
    def add_colour(raw):
        raw.execute("ALTER TABLE customer ADD COLUMN colour TEXT NOT NULL DEFAULT 'red'")

    monkeypatch.setattr(migrations, "STEPS", [*migrations.STEPS, add_colour])
    restore.run(made.path, office.path, folder=shelf)
    assert file.one("PRAGMA user_version") == migrations.version()
    assert file.ask("SELECT colour FROM customer") == [("red",)]
    assert backup.read(made.path).version == migrations.version() - 1


def killed(folder, count, harm=None):
    folder.mkdir(exist_ok=True)
    demo.make(folder / "office.crm", customers=50, interactions=900, seed=1)
    file.close()
    demo.make(folder / "backup.crm", customers=40, interactions=400, seed=2)
    file.close()
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("killed_restores.py"), folder, str(count)],
        capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    return json.loads(done.stdout)


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_a_restore_killed_at_any_moment_leaves_the_file_wholly_old_or_wholly_new(tmp_path):
    found = killed(tmp_path / "killed", 24)
    assert found["wrong"] == []
    assert found["killed"] >= 10
    assert found["old"] > 0 < found["new"]
    assert found["hot"] > 0, "none was killed in the middle of writing"


# single records


def test_a_deleted_customer_comes_back_with_everything_and_can_be_undone(made, li_ming, visit, ming, li_qiang):
    before = {table: rows for table, rows in records().items() if table != "user"}
    with change(None, "Delete") as c:
        c.delete(li_ming)
        c.delete(ming)
    done = retrieve.retrieve(li_qiang, made.path, "customer", [li_ming.id])
    assert (done.restored, done.kept) == (4, [])
    assert {table: rows for table, rows in records().items() if table != "user"} == before
    assert checking.problems() == []
    assert file.ask('SELECT action, user_name FROM "change" WHERE id = ?', (done.change,)) == [
        ("Restore from backup", "李强")
    ]
    history.undo(li_qiang, done.change)
    assert names() == set()
    assert checking.problems() == []


def test_what_was_changed_since_is_kept_and_named_or_set_back(made, li_ming, visit, li_qiang):
    with change(li_qiang, "Edit") as c:
        c.save(li_ming, {Customer.tier: "diamond"})
        c.delete(visit)
    shown = retrieve.differences(taken.read(made.path, "customer", [li_ming.id]))
    assert {(d.table, None if d.missing else tuple(d.fields.items())) for d in shown} == {
        ("customer", (("tier", ("gold", "diamond")),)),
        ("interaction", None),
    }
    done = retrieve.retrieve(None, made.path, "customer", [li_ming.id])
    assert done.restored == 1
    assert [(k.table, k.record, k.who) for k in done.kept] == [("customer", li_ming.id, "李强")]
    again = retrieve.retrieve(None, made.path, "customer", [li_ming.id], overwrite=True)
    assert (again.restored, again.kept) == (1, [])
    assert Customer.get_row(li_ming.id).tier == "gold"
    assert retrieve.retrieve(None, made.path, "customer", [li_ming.id]).change == 0
    assert checking.problems() == []


def test_what_is_newer_than_the_backup_stays(made, li_ming, wang_fang):
    with change(wang_fang, "New") as c:
        newer = c.save(
            Interaction,
            {Interaction.customer: li_ming.id, Interaction.channel: "phone", Interaction.content: "问了交货期"},
        )
    retrieve.retrieve(None, made.path, "customer", [li_ming.id], overwrite=True)
    assert Interaction.get_row(newer.id) is not None


def test_one_record_comes_back_alone_or_with_the_owner_it_needs(made, li_ming, visit):
    with change(None, "Delete") as c:
        c.delete(visit)
    assert retrieve.retrieve(None, made.path, "interaction", [visit.id]).restored == 1
    with change(None, "Delete") as c:
        c.delete(li_ming)
    done = retrieve.retrieve(None, made.path, "interaction", [visit.id], alone=True)
    assert done.restored == 2
    assert names() == {li_ming.name}
    assert checking.problems() == []


def test_a_link_to_somebody_deleted_since_is_emptied(made, visit, ming):
    with change(None, "Delete") as c:
        c.delete(visit)
        c.delete(ming)
    retrieve.retrieve(None, made.path, "interaction", [visit.id])
    assert Interaction.get_row(visit.id).contact is None
    assert Contact.get_row(ming.id) is None


def test_a_customer_whose_number_another_one_has_by_now_stays_away_and_is_named(made, li_ming, li_qiang):
    code = li_ming.code
    with change(None, "Delete") as c:
        c.delete(li_ming)
    with change(li_qiang, "New") as c:
        c.save(Customer, {Customer.name: "新来的", Customer.code: code})
    done = retrieve.retrieve(None, made.path, "customer", [li_ming.id])
    assert ("customer", li_ming.id) in {(k.table, k.record) for k in done.kept}
    assert names() == {"新来的"}
    assert checking.problems() == []


def test_a_record_from_an_older_backup_has_todays_columns(made, li_ming, monkeypatch, own_home):
    with change(None, "Delete") as c:
        c.delete(li_ming)
    before = shutil.copy(made.path, made.path.with_name("kept"))
    steps = [*migrations.STEPS, lambda raw: raw.execute("UPDATE customer SET remarks = 'upgraded'")]
    monkeypatch.setattr(migrations, "STEPS", steps)
    file.connection().execute(f"PRAGMA user_version={migrations.version()}")
    retrieve.retrieve(None, made.path, "customer", [li_ming.id])
    assert Customer.get_row(li_ming.id).remarks == "upgraded"
    assert made.path.read_bytes() == Path(before).read_bytes()


def test_complaints_come_back_with_their_customer(li_ming, shelf):
    with change(None, "New") as c:
        c.save(Complaint, {Complaint.customer: li_ming.id, Complaint.description: "交货晚了"})
    made = backup.make(shelf)
    with change(None, "Delete") as c:
        c.delete(li_ming)
    assert file.one("SELECT count(*) FROM complaint") in (0, 1)
    retrieve.retrieve(None, made.path, "customer", [li_ming.id], overwrite=True)
    assert file.ask("SELECT customer, description FROM complaint") == [(li_ming.id, "交货晚了")]
    assert checking.problems() == []
