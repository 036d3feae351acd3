"""What can be read of a damaged file is saved, and nothing is lost without a word."""

import gzip
import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from crm_desktop import demo
from crm_desktop.errors import UserError
from crm_desktop.models import Customer, Interaction
from crm_desktop.store import backup, checking, file, first_tables, history, repair, salvaged
from crm_desktop.store.change import change
from crm_desktop.store.record import tables

PAGE = 16384


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """An invented office in which somebody has worked for a while; closed."""
    path = tmp_path_factory.mktemp("whole") / "office.crm"
    demo.make(path, customers=150, interactions=1500, complaints=40)
    edit(6)
    file.close()
    return path


def edit(times):
    ids = [i for (i,) in file.ask("SELECT id FROM customer ORDER BY id")]
    for n in range(times):
        with change(None, "Edit") as c:
            c.save(Customer.get_row(ids[n]), {Customer.remarks: f"改过 {n} " * 200})
        with change(None, "Delete") as c:
            c.delete(Customer.get_row(ids[-1 - n]))


@pytest.fixture
def damaged(whole, tmp_path):
    return Path(shutil.copy(whole, tmp_path / "damaged.crm"))


@pytest.fixture(autouse=True)
def closed():
    yield
    file.close()


def content(path):
    raw = sqlite3.connect(path)
    try:
        return {t: {row[0]: row for row in raw.execute(f'SELECT * FROM "{t}"')} for t in tables()}
    finally:
        raw.close()


def roots(path):
    raw = sqlite3.connect(path)
    try:
        return dict(raw.execute("SELECT name, rootpage FROM sqlite_master WHERE rootpage > 0"))
    finally:
        raw.close()


def strike(path, page, data=b"\0" * PAGE, at=0):
    with path.open("r+b") as stream:
        stream.seek((page - 1) * PAGE + at)
        stream.write(data)


def mutate(path, kind, rng):
    """Damage a file as drives do; what was done."""
    size = path.stat().st_size
    pages = size // PAGE
    with path.open("r+b") as stream:
        if kind == "cut":
            stream.truncate(rng.randrange(1, size))
        elif kind == "bits":
            for _flip in range(rng.choice((1, 3, 30, 1000))):
                at = rng.randrange(size)
                stream.seek(at)
                byte = stream.read(1)[0]
                stream.seek(at)
                stream.write(bytes([byte ^ 1 << rng.randrange(8)]))
        elif kind == "headers":
            for _page in range(rng.choice((1, 5, 20))):
                stream.seek(rng.randrange(pages) * PAGE + rng.randrange(12))
                stream.write(bytes([rng.randrange(256)]))
        elif kind == "zeros":
            for _page in range(rng.choice((1, 4, 20))):
                stream.seek(rng.randrange(pages) * PAGE)
                stream.write(b"\0" * rng.choice((512, 4096, PAGE, 5 * PAGE)))
            stream.truncate(size)
        elif kind == "noise":
            for _place in range(rng.choice((1, 4, 20))):
                stream.seek(rng.randrange(size))
                stream.write(rng.randbytes(rng.choice((1, 16, 512, 4096))))
            stream.truncate(size)
        elif kind == "swapped":
            for _page in range(rng.choice((1, 4))):
                one, two = rng.randrange(pages), rng.randrange(pages)
                stream.seek(one * PAGE)
                page = stream.read(PAGE)
                stream.seek(two * PAGE)
                stream.write(page)
        else:  # half written: the rest is older
            stream.seek(rng.randrange(pages) * PAGE + 512 * rng.randrange(32))
            stream.write(b"\0" * 512 * rng.randrange(1, 200))
            stream.truncate(size)


KINDS = ("cut", "bits", "headers", "zeros", "noise", "swapped", "half")


def prove(damaged, target, before):
    """Repair, and hold the result against the truth; (rows missing, rows other than before)."""
    bytes_before = damaged.read_bytes()
    try:
        told = repair.salvage(damaged, target)
    except UserError:
        assert not target.exists()
        return None
    finally:
        assert damaged.read_bytes() == bytes_before
    problems = checking.problems()
    file.close()
    assert problems == []
    after = content(target)
    missing = altered = 0
    for table, rows in before.items():
        gone = rows.keys() - after[table].keys()
        part = told.tables[table]
        stand_ins = {i for i in rows if i in after[table] and str(after[table][i]).count(f"'?{i}'")}
        assert len(gone | stand_ins) <= part.lost or part.torn, (table, len(gone), part)
        if gone:
            assert not told.sound
        missing += len(gone | stand_ins)
        altered += sum(rows[i] != after[table][i] for i in rows if i in after[table] and i not in stand_ins)
    if missing:
        assert len(told.sentences) >= 2
    return missing, altered, told


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(4))
def test_whatever_happened_to_a_file_nothing_crashes_and_no_loss_is_silent(kind, seed, damaged, whole, tmp_path):
    mutate(damaged, kind, random.Random(f"{kind}{seed}"))
    prove(damaged, tmp_path / "new.crm", content(whole))


def test_a_sound_file_comes_out_equal(damaged, whole, tmp_path):
    told = repair.salvage(damaged, tmp_path / "new.crm")
    assert told.sound
    assert told.sentences == ["The file is not damaged; the new one is equal to it."]
    assert content(tmp_path / "new.crm") == content(whole)
    assert not any(part.lost or part.torn for part in told.tables.values())


def test_a_file_that_lost_only_its_mark_gets_it_back(damaged, whole, tmp_path):
    with damaged.open("r+b") as stream:
        stream.seek(68)
        stream.write(b"\0" * 4)
    told = repair.salvage(damaged, tmp_path / "new.crm")
    assert told.sentences == ["The mark that tells a customer file from others was damaged; it was made anew."]
    assert content(tmp_path / "new.crm") == content(whole)
    file.close()
    file.open_file(tmp_path / "new.crm")


def test_reading_page_by_page_finds_what_sqlite_finds(damaged, whole, tmp_path, monkeypatch):
    monkeypatch.setattr(repair, "_copy_sound", lambda *_: None)
    missing, altered, told = prove(damaged, tmp_path / "new.crm", content(whole))
    assert (missing, altered) == (0, 0)
    assert not any(part.lost or part.torn or part.astray for part in told.tables.values())
    assert told.tables["customer"].read == len(content(whole)["customer"])


def test_a_lost_page_of_contacts_costs_just_these_and_says_how_many(damaged, whole, tmp_path):
    before = content(whole)
    raw = sqlite3.connect(damaged)
    page = raw.execute("SELECT pageno FROM dbstat WHERE name = 'interaction' AND pagetype = 'leaf' LIMIT 1 OFFSET 2")
    (number,) = page.fetchone()
    (cells,) = raw.execute("SELECT ncell FROM dbstat WHERE name = 'interaction' AND pageno = ?", (number,)).fetchone()
    raw.close()
    strike(damaged, number)
    missing, _altered, told = prove(damaged, tmp_path / "new.crm", before)
    assert missing == told.tables["interaction"].lost == cells
    assert any("lost" in sentence and str(cells) in sentence for sentence in told.sentences)


def test_customers_below_a_broken_crossing_are_found_again(damaged, whole, tmp_path):
    before = content(whole)
    strike(damaged, roots(whole)["interaction"])
    missing, altered, told = prove(damaged, tmp_path / "new.crm", before)
    assert (missing, altered) == (0, 0)
    assert told.tables["interaction"].astray == len(before["interaction"])


def test_without_the_first_page_everything_is_still_found(damaged, whole, tmp_path):
    before = content(whole)
    strike(damaged, 1, b"\xa5" * PAGE)
    missing, _altered, told = prove(damaged, tmp_path / "new.crm", before)
    assert missing == 0
    assert any("list of tables" in sentence for sentence in told.sentences)


def test_a_lost_customer_has_a_stand_in_that_keeps_what_belongs_to_it(damaged, whole, tmp_path):
    before = content(whole)
    raw = sqlite3.connect(damaged)
    (number,) = raw.execute(
        "SELECT pageno FROM dbstat WHERE name = 'customer' AND pagetype = 'leaf' LIMIT 1"
    ).fetchone()
    raw.close()
    strike(damaged, number)
    missing, _altered, told = prove(damaged, tmp_path / "new.crm", before)
    assert missing == told.tables["customer"].lost > 0
    assert content(tmp_path / "new.crm")["interaction"].keys() == before["interaction"].keys()
    file.open_file(tmp_path / "new.crm")
    assert not any("altered" in sentence and "Lost record" in sentence for sentence in told.sentences)
    assert any(name.startswith("Lost record ") for (name,) in file.ask("SELECT name FROM customer"))


RELEASED = Path(__file__).parents[2] / "files" / "office-1.crm.gz"


@pytest.mark.parametrize("kept", sorted(RELEASED.parent.glob("office-*.crm.gz")), ids=lambda path: path.name[:8])
@pytest.mark.parametrize("lost", ["the place of the contacts", "the list of tables"])
def test_a_file_that_was_upgraded_keeps_the_rows_that_are_older_than_its_newest_columns(lost, kept, tmp_path):
    """Upgrades put new columns at the end and into no row that is there already."""
    old = tmp_path / "old.crm"
    old.write_bytes(gzip.decompress(kept.read_bytes()))
    file.open_file(old)
    page = (
        1 if lost == "the list of tables" else file.one("SELECT rootpage FROM sqlite_master WHERE name='interaction'")
    )
    named = {
        table: ",".join(f'"{c}"' for c in model.columns() if c not in model.derived)
        for table, model in tables().items()
        if table != "interaction" or page == 1
    }
    before = {t: file.ask(f'SELECT {columns} FROM "{t}" ORDER BY id') for t, columns in named.items()}
    file.close()
    with old.open("r+b") as stream:
        stream.seek((page - 1) * PAGE)
        stream.write(b"\x5a" * PAGE)
    told = repair.salvage(old, tmp_path / "new.crm")
    assert {t for t, part in told.tables.items() if part.lost} <= {"interaction"} - named.keys()
    assert {t: file.ask(f'SELECT {columns} FROM "{t}" ORDER BY id') for t, columns in named.items()} == before


def test_the_first_tables_are_those_of_the_first_released_file(tmp_path):
    old = tmp_path / "old.crm"
    old.write_bytes(gzip.decompress(RELEASED.read_bytes()))
    with closing(sqlite3.connect(old)) as raw, closing(sqlite3.connect(":memory:")) as made:
        for table, written in first_tables.FIRST.items():
            made.execute(f'CREATE TABLE "{table}" ({", ".join(map(first_tables._declared, written.split()))})')
        released = {t: shape for t, shape in salvaged.shapes(raw).items() if not t.endswith("_hay")}
        assert salvaged.shapes(made) == released


def test_what_was_deleted_does_not_rise_from_the_dead(damaged, whole, tmp_path):
    strike(damaged, roots(whole)["customer"])
    with damaged.open("r+b") as stream:  # the list of free pages is gone, too
        stream.seek(32)
        stream.write(b"\0" * 8)
    repair.salvage(damaged, tmp_path / "new.crm")
    file.close()
    assert content(tmp_path / "new.crm")["customer"].keys() <= content(whole)["customer"].keys()


def test_a_name_with_a_flipped_bit_is_named_as_doubtful(damaged, whole, tmp_path):
    whole_bytes = damaged.read_bytes()
    raw = sqlite3.connect(damaged)
    pages = [n for (n,) in raw.execute("SELECT pageno FROM dbstat WHERE name = 'customer' AND pagetype = 'leaf'")]
    text = raw.execute("SELECT name FROM customer ORDER BY id LIMIT 1").fetchone()[0].encode()
    raw.close()
    start = (pages[0] - 1) * PAGE
    at = whole_bytes.index(text, start)
    assert at < start + PAGE
    with damaged.open("r+b") as stream:
        stream.seek(at + 2)
        stream.write(bytes([whole_bytes[at + 2] ^ 1]))
    told = repair.salvage(damaged, tmp_path / "new.crm")
    assert not told.sound
    assert any("altered" in sentence for sentence in told.sentences)
    assert checking.problems() == []


def test_a_text_that_is_none_any_more_is_saved_with_a_hole_and_named(damaged, whole, tmp_path):
    raw = sqlite3.connect(damaged)
    (number,) = raw.execute(
        "SELECT pageno FROM dbstat WHERE name = 'position' AND pagetype = 'leaf' LIMIT 1"
    ).fetchone()
    raw.close()
    at = damaged.read_bytes().index("经理".encode(), (number - 1) * PAGE)
    assert at < number * PAGE
    strike(damaged, number, b"\xff", at - (number - 1) * PAGE)
    missing, altered, told = prove(damaged, tmp_path / "new.crm", content(whole))
    assert (missing, altered) == (0, 2)  # the position, and the job title of its person
    assert any("altered" in sentence for sentence in told.sentences)


def test_a_save_that_was_broken_off_is_taken_back_first(damaged, whole, tmp_path):
    code = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute('PRAGMA journal_mode=PERSIST'); c.execute('PRAGMA cache_size=2'); c.execute('BEGIN');"
        "c.execute('UPDATE customer SET remarks = ?', ('x' * 9000,)); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code, damaged], check=True)
    told = repair.salvage(damaged, tmp_path / "new.crm")
    assert told.sound
    assert content(tmp_path / "new.crm") == content(whole)
    assert Path(f"{damaged}-journal").read_bytes()[:4] == b"\xd9\xd5\x05\xf9"


def test_the_new_file_can_be_worked_in_and_its_log_says_repair(damaged, whole, tmp_path):
    strike(damaged, roots(whole)["position"])
    repair.salvage(damaged, tmp_path / "new.crm")
    assert "Repair" in {action for (action,) in file.ask('SELECT action FROM "change"')}
    with change(None, "New") as c:
        fresh = c.save(Customer, {Customer.name: "修好以后的客户"})
    (number,) = file.ask("SELECT max(change) FROM change_entry WHERE record = ?", (fresh.id,))[0]
    history.undo(None, number)
    assert checking.problems() == []


@pytest.mark.parametrize("kind", ["missing", "photo", "empty", "zeros", "folder"])
def test_what_holds_nothing_is_refused_and_leaves_no_file(kind, tmp_path):
    path = tmp_path / "damaged.crm"
    if kind == "photo":
        path.write_bytes(b"\xff\xd8\xff" + random.Random(1).randbytes(200_000))
    elif kind == "empty":
        path.touch()
    elif kind == "zeros":
        path.write_bytes(b"\0" * 500_000)
    elif kind == "folder":
        path.mkdir()
    with pytest.raises(UserError):
        repair.salvage(path, tmp_path / "new.crm")
    assert not (tmp_path / "new.crm").exists()


def test_an_existing_file_is_never_overwritten(damaged, whole, tmp_path):
    mine = Path(shutil.copy(whole, tmp_path / "mine.crm"))
    with pytest.raises(UserError, match="exists already"):
        repair.salvage(damaged, mine)
    assert content(mine) == content(whole)


def test_a_repair_that_is_stopped_leaves_no_new_file(damaged, whole, tmp_path):
    strike(damaged, roots(whole)["interaction"])

    def stop(*_progress):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        repair.salvage(damaged, tmp_path / "new.crm", stop)
    assert [path.name for path in tmp_path.iterdir()] == ["damaged.crm"]


def test_the_backup_of_a_repaired_file_is_sound(damaged, whole, tmp_path):
    strike(damaged, roots(whole)["contact"])
    repair.salvage(damaged, tmp_path / "new.crm")
    assert backup.verify(backup.make(tmp_path / "backups").path) == []
    assert file.one("SELECT count(*) FROM interaction WHERE contact IS NOT NULL") > 0
    assert Interaction.table() == "interaction"


def test_undoing_the_repair_brings_stand_ins_for_what_was_lost(damaged, whole, tmp_path):
    raw = sqlite3.connect(damaged)
    (number,) = raw.execute(
        "SELECT pageno FROM dbstat WHERE name = 'complaint' AND pagetype = 'leaf' LIMIT 1"
    ).fetchone()
    raw.close()
    strike(damaged, number)
    told = repair.salvage(damaged, tmp_path / "new.crm")
    lost = told.tables["complaint"].lost
    assert lost > 1
    before = file.one("SELECT count(*) FROM complaint")
    (change_id,) = file.ask("SELECT id FROM \"change\" WHERE action = 'Repair'")[0]
    history.undo(None, change_id)
    assert file.one("SELECT count(*) FROM complaint") in (before, before + lost)
    assert checking.problems() == []
