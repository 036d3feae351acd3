"""The customer file says in plain words what is wrong with it, and loses nothing."""

import hashlib
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from crm_desktop.errors import UserError
from crm_desktop.models import Customer
from crm_desktop.models import office as offices
from crm_desktop.store import file, link, wrong_files
from crm_desktop.store.change import change

ROOT = Path(__file__).parents[3]
PAGE = 16384


@pytest.fixture(autouse=True)
def closed_afterwards():
    yield
    file.close()


@pytest.fixture
def customer_file(tmp_path):
    """A customer file with its lists, closed."""
    path = tmp_path / "客户 档案.crm"
    file.create(path)
    offices.found_office("华东商贸")
    file.close()
    return path


def fingerprint(path):
    return hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns, sorted(os.listdir(path.parent))


def refused(path):
    """The sentence with which opening is refused; nothing is open and nothing was touched afterwards."""
    before = fingerprint(path) if path.is_file() else None
    with pytest.raises(UserError) as caught:
        file.open_file(path)
    assert not file.is_open()
    assert before is None or fingerprint(path) == before
    sentence = str(caught.value)
    assert path.name in sentence or str(path.parent) in sentence
    return sentence


def set_header(path, place, number):
    with path.open("r+b") as stream:
        stream.seek(place)
        stream.write(number.to_bytes(4, "big"))


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("合影.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF" + b"\0" * 2000, "a photo"),
        ("图.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 200, "a picture"),
        ("合同.pdf", b"%PDF-1.7\n" + b"x" * 200, "a PDF document"),
        ("名单.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "an old Excel"),
        ("名单.csv", "姓名,电话\n李明,13800001234\n".encode(), "a text file"),
        ("乱.crm", bytes(range(256)) * 8, "an unknown kind of file"),
    ],
)
def test_a_strangers_file_is_called_by_its_kind(tmp_path, name, content, kind):
    path = tmp_path / name
    path.write_bytes(content)
    sentence = refused(path)
    assert kind in sentence
    assert "Import" in sentence


def test_an_excel_workbook_is_sent_to_import(tmp_path):
    path = tmp_path / "客户名单.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert "an Excel workbook or a zip archive" in refused(path)


def test_an_empty_file_is_called_empty(tmp_path):
    path = tmp_path / "empty.crm"
    path.touch()
    assert "is empty (0 bytes)" in refused(path)


def test_another_programs_database_is_left_as_it_is(tmp_path):
    path = tmp_path / "places.sqlite"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE history (url TEXT)")
    other.commit()
    other.close()
    assert "a database of another program" in refused(path)


def test_a_customer_file_whose_mark_was_lost_is_damaged_and_no_strangers(customer_file):
    for mark in (0, 0x12345678):
        set_header(customer_file, 68, mark)
        assert "is damaged" in refused(customer_file)


def test_a_file_from_the_future_asks_for_a_newer_program(customer_file):
    set_header(customer_file, 60, 4711)
    sentence = refused(customer_file)
    assert "newer version of this program" in sentence
    assert "4711" in sentence


def test_a_customer_file_without_a_version_is_called_damaged(customer_file):
    set_header(customer_file, 60, 0)
    assert "is damaged" in refused(customer_file)


def test_a_file_marked_read_only_is_not_opened(customer_file):
    customer_file.chmod(0o444)
    assert "is read-only" in refused(customer_file)


def test_a_file_in_a_read_only_folder_is_not_opened_because_its_journal_could_not_be_written(
    customer_file, monkeypatch
):
    may = os.access  # an administrator may write everywhere, so the folder only pretends
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != customer_file.parent and may(path, mode))
    assert "is read-only" in refused(customer_file)


def test_a_folder_instead_of_a_file_is_called_a_folder(tmp_path):
    (tmp_path / "客户.crm").mkdir()
    assert "is a folder" in refused(tmp_path / "客户.crm")


def test_a_missing_folder_asks_whether_the_drive_is_connected(tmp_path):
    assert "Check that the drive is connected" in refused(tmp_path / "Z" / "office.crm")


def test_a_drive_that_vanished_is_told_like_a_missing_folder(customer_file, monkeypatch):
    def gone(path, *, follow_symlinks=True):
        raise OSError(22, "The specified network name is no longer available", str(path))

    monkeypatch.setattr(os, "stat", gone)
    with pytest.raises(UserError, match="Check that the drive is connected"):
        wrong_files.inspect(customer_file)


def test_a_missing_file_is_told_by_name(tmp_path):
    assert "There is no file" in refused(tmp_path / "office.crm")


@pytest.mark.parametrize("length", [16, 50, 99])
def test_a_file_cut_off_in_its_first_line_is_called_damaged(customer_file, length):
    customer_file.write_bytes(customer_file.read_bytes()[:length])
    assert "is damaged" in refused(customer_file)


@pytest.mark.parametrize("pages", [0.5, 1, 5, 5.5])
def test_a_cut_off_customer_file_is_called_damaged(customer_file, pages):
    customer_file.write_bytes(customer_file.read_bytes()[: int(pages * PAGE)])
    assert "is damaged" in refused(customer_file)


def test_a_customer_file_whose_pages_are_lost_is_called_damaged(customer_file):
    whole = customer_file.read_bytes()
    customer_file.write_bytes(whole[:PAGE] + bytes(len(whole) - PAGE))
    assert "is damaged" in refused(customer_file)


def test_a_lost_page_in_the_middle_is_told_when_it_is_read(customer_file, wang_fang_page):
    whole = bytearray(customer_file.read_bytes())
    whole[wang_fang_page * PAGE : (wang_fang_page + 1) * PAGE] = bytes(PAGE)
    customer_file.write_bytes(whole)
    before = fingerprint(customer_file)[0]
    file.open_file(customer_file)
    with pytest.raises(UserError, match="is damaged"):
        file.ask("SELECT * FROM customer")
    file.close()
    assert fingerprint(customer_file)[0] == before


@pytest.fixture
def wang_fang_page(customer_file):
    """The number of the page (from 0) where the customers begin."""
    plain = sqlite3.connect(customer_file)
    [(page,)] = plain.execute("SELECT rootpage FROM sqlite_master WHERE name = 'customer'")
    plain.close()
    return page - 1


def test_creating_never_overwrites(customer_file, tmp_path):
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"\xff\xd8\xff")
    for path in (customer_file, photo, tmp_path):
        before = fingerprint(path) if path.is_file() else None
        with pytest.raises(UserError, match="exists already"):
            file.create(path)
        assert before is None or fingerprint(path) == before


def test_creating_where_nothing_can_be_written_says_so(tmp_path):
    (tmp_path / "a file").write_text("x")
    with pytest.raises(UserError, match="Choose another folder"):
        file.create(tmp_path / "a file" / "office.crm")


def test_creating_makes_the_folder(tmp_path):
    file.create(tmp_path / "客户" / "2026" / "office.crm")
    assert file.path() == tmp_path / "客户" / "2026" / "office.crm"


def test_a_creation_that_failed_leaves_nothing_open(tmp_path, monkeypatch):
    monkeypatch.setattr(file, "make_tables", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        file.create(tmp_path / "office.crm")
    assert not file.is_open()


def test_what_was_saved_is_there_after_reopening(customer_file):
    file.open_file(customer_file)
    with change(None, "New customer") as c:
        customer = c.save(Customer, {Customer.name: "宁波大榭石化有限公司"})
    file.close()
    file.open_file(customer_file)
    assert Customer.get_row(customer.id).name == "宁波大榭石化有限公司"


def test_a_file_can_be_opened_again_while_it_is_open(customer_file):
    file.open_file(customer_file)
    file.open_file(customer_file)
    assert offices.setting("office_name") == "华东商贸"


def test_a_refused_file_leaves_the_open_one_open(customer_file, tmp_path):
    file.open_file(customer_file)
    with pytest.raises(UserError):
        file.open_file(tmp_path / "missing.crm")
    assert file.path() == customer_file


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "persist"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("page_size", PAGE),
        ("mmap_size", 0),
        ("temp_store", 2),
        ("busy_timeout", 8000),
    ],
)
def test_every_connection_keeps_the_rules_of_a_shared_drive(customer_file, pragma, value):
    file.open_file(customer_file)
    assert file.one(f"PRAGMA {pragma}") == value


def test_the_header_tells_other_computers_that_there_is_no_wal(customer_file):
    assert customer_file.read_bytes()[18:20] == b"\1\1"


def test_the_journal_stays_beside_the_file_because_windows_would_miss_a_new_one(customer_file):
    assert Path(f"{customer_file}-journal").exists()


def as_wal(path):
    """A connection that has switched the file to WAL, and wrote something into the WAL only."""
    other = sqlite3.connect(path, isolation_level=None)
    assert other.execute("PRAGMA journal_mode=WAL").fetchone() == ("wal",)
    other.execute("INSERT INTO counter (name, last) VALUES ('from the wal', 7)")
    return other


def test_a_wal_file_is_turned_back_when_nobody_else_has_it_open(customer_file):
    as_wal(customer_file).close()
    assert customer_file.read_bytes()[18:20] == b"\2\2"
    file.open_file(customer_file)
    assert customer_file.read_bytes()[18:20] == b"\1\1"
    assert file.one("SELECT last FROM counter WHERE name = 'from the wal'") == 7


def test_a_wal_file_left_behind_by_a_crash_keeps_what_its_wal_holds(customer_file, tmp_path):
    other = as_wal(customer_file)
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for name in (customer_file.name, f"{customer_file.name}-wal"):
        shutil.copy(customer_file.parent / name, crashed / name)
    other.close()
    file.open_file(crashed / customer_file.name)
    assert file.one("SELECT last FROM counter WHERE name = 'from the wal'") == 7
    assert (crashed / customer_file.name).read_bytes()[18:20] == b"\1\1"


def test_a_wal_file_that_somebody_has_open_is_refused(customer_file, monkeypatch):
    monkeypatch.setattr(link, "BUSY_SECONDS", 0.1)
    other = as_wal(customer_file)
    with pytest.raises(UserError, match=r"somebody else|another program"):
        file.open_file(customer_file)
    assert not file.is_open()
    other.close()


HOLDER = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


def test_a_file_that_another_computer_is_saving_in_says_so_and_loses_nothing(customer_file, monkeypatch):
    monkeypatch.setattr(link, "BUSY_SECONDS", 0.1)
    file.open_file(customer_file)
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, customer_file], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(UserError, match="is being saved by somebody else"), change(None, "New customer") as c:
            c.save(Customer, {Customer.name: "宁波大榭石化有限公司"})
        assert file.one("SELECT count(*) FROM customer") == 0
    with change(None, "New customer") as c:
        c.save(Customer, {Customer.name: "宁波大榭石化有限公司"})
    assert file.one("SELECT count(*) FROM customer") == 1


def test_a_full_disk_says_so_and_leaves_the_file_as_it_was(customer_file):
    file.open_file(customer_file)
    pages = file.one("PRAGMA page_count")
    file.one(f"PRAGMA max_page_count={pages}")
    with pytest.raises(UserError, match="is full"), change(None, "New customer") as c:
        c.save(Customer, {Customer.name: "宁波大榭石化有限公司", Customer.remarks: "很长" * 100_000})
    assert file.one("SELECT count(*) FROM customer") == 0
    assert file.one("PRAGMA quick_check") == "ok"


@pytest.mark.parametrize("sql", ["SELECT full_name FROM customer", "SELECT locked, readonly FROM customer"])
def test_a_bug_of_ours_is_not_told_as_a_trouble_of_the_disk(customer_file, sql):
    file.open_file(customer_file)
    with pytest.raises(sqlite3.OperationalError, match="no such column"):
        file.ask(sql)


HALFWAY = """
import sys
from crm_desktop.models import Customer
from crm_desktop.store import file
from crm_desktop.store.change import change
from pathlib import Path
file.open_file(Path(sys.argv[1]))
for number in range(5):
    with change(None, "New customer") as c:
        c.save(Customer, {Customer.name: f"公司{number}"})
    print(number, flush=True)
file.connection().execute("PRAGMA cache_size=5")  # so that pages reach the disk before the commit
with change(None, "Import") as c:
    c.insert_many(Customer, [{Customer.name: f"半途{number}", Customer.remarks: "备注" * 500} for number in range(500)])
    print("halfway", flush=True)
    sys.stdin.read()
"""


def test_a_computer_that_dies_while_saving_loses_only_what_was_not_yet_acknowledged(customer_file):
    before = customer_file.stat().st_size
    with subprocess.Popen(
        [sys.executable, "-c", HALFWAY, customer_file],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    ) as writer:  # fmt: skip
        acknowledged = [
            line for line in iter(writer.stdout.readline, "halfway\n") if line or pytest.fail("the writer died")
        ]
        writer.send_signal(signal.SIGKILL)
    assert len(acknowledged) == 5
    journal = Path(f"{customer_file}-journal")
    assert journal.read_bytes()[:8] == bytes.fromhex("d9d505f920a163d7"), "the journal is hot"
    assert customer_file.stat().st_size > before + 10 * PAGE, "half a save reached the disk"
    file.open_file(customer_file)
    assert [name for (name,) in file.ask("SELECT name FROM customer ORDER BY id")] == [f"公司{n}" for n in range(5)]
    assert file.one("PRAGMA integrity_check") == "ok"
    assert file.one("SELECT count(*) FROM change WHERE action = 'Import'") == 0


def test_a_rule_says_file_names_with_spaces_and_chinese_just_work(customer_file):
    assert re.search(r"[^\x00-\x7f] ", customer_file.name)
    file.open_file(customer_file)
    assert file.path().name == "客户 档案.crm"
