"""A backup is a sound copy that says what it is; old ones are thinned, missing ones are told."""

import os
import shutil
import sqlite3
import threading
from dataclasses import replace
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest

from crm_desktop import retention
from crm_desktop.errors import UserError
from crm_desktop.models import Customer
from crm_desktop.models import office as offices
from crm_desktop.store import backup, checking, file, migrations, restore
from crm_desktop.store.change import change
from crm_desktop.store.record import inserting, tables


@pytest.fixture
def shelf(tmp_path):
    return tmp_path / "backups"


def names(shelf):
    return sorted(path.name for path in shelf.iterdir())


def rows(path):
    with sqlite3.connect(path) as raw:
        found = {table: raw.execute(f'SELECT * FROM "{table}" ORDER BY id').fetchall() for table in tables()}
    raw.close()
    return found


def add(name):
    with change(None, "New customer") as c:
        return c.save(Customer, {Customer.name: name})


def test_a_backup_is_equal_sound_and_says_what_it_is(li_ming, visit, office, shelf):
    made = backup.make(shelf, "import")
    assert made.verified
    assert (made.reason, made.title, made.office) == ("import", "before import", "华东商贸")
    assert made.counts["customer"] == made.counts["interaction"] == 1
    assert made.size == made.path.stat().st_size
    assert rows(made.path) == rows(office.path)
    assert backup.verify(made.path) == []
    assert names(shelf) == [made.path.name]
    assert made.path.name.startswith(f"office {made.at[:10]} ")
    assert made.path.name.endswith(" before import.crm")
    assert backup.found_in(shelf) == [made]


def test_the_name_is_in_the_language_of_the_office_and_never_takes_anothers_place(office, shelf):
    made = [backup.make(shelf, "manual", note="a/b: 年底?") for _time in range(3)]
    assert len({one.path for one in made}) == 3
    assert all("ab 年底" in one.path.name for one in made)
    assert made[0].title == "backup by hand (a/b: 年底?)"


def test_a_backup_opens_as_a_customer_file(li_ming, office, shelf):
    made = backup.make(shelf)
    file.open_file(made.path)
    assert checking.problems() == []
    assert Customer.get_row(li_ming.id).name == li_ming.name


def test_the_backup_of_a_restored_backup_says_the_new_reason(office, shelf):
    first = backup.make(shelf, "daily")
    file.open_file(first.path)
    assert backup.make(shelf, "exit").reason == "exit"


def test_what_is_saved_between_two_steps_is_in_the_backup(li_ming, shelf, monkeypatch):
    monkeypatch.setattr(backup, "STEP", 4)
    done = []

    def work(_done, _total, _what):
        if len(done) < 5:
            done.append(add(f"新客户{len(done)}"))

    made = backup.make(shelf, progress=work)
    assert len(done) == 5
    assert backup.verify(made.path) == []
    assert len(rows(made.path)["customer"]) == made.counts["customer"]


def test_colleagues_who_save_all_the_time_do_not_make_it_endless_and_the_counts_agree(
    li_ming, office, shelf, monkeypatch
):
    monkeypatch.setattr(backup, "STEP", 2)
    stop = threading.Event()
    saved = []

    def colleague():
        raw = sqlite3.connect(office.path, timeout=20, isolation_level=None)
        while not stop.is_set():
            raw.execute("BEGIN IMMEDIATE")
            raw.executemany(*inserting(tables()["user"], [{"id": 10**6 + len(saved), "name": "x"}]))
            raw.execute("INSERT INTO change_entry (change, \"table\", record, op) VALUES (1, 'user', ?, '+')",
                        (10**6 + len(saved),))  # fmt: skip
            raw.execute("COMMIT")
            saved.append(1)
            stop.wait(0.005)
        raw.close()

    worker = threading.Thread(target=colleague)
    worker.start()
    try:
        made = [backup.make(shelf) for _time in range(3)]
    finally:
        stop.set()
        worker.join()
    assert saved
    for one in made:
        assert backup.verify(one.path) == []
        assert len(rows(one.path)["user"]) == one.counts["user"]


def test_a_backup_that_is_stopped_leaves_nothing_behind(li_ming, shelf, monkeypatch):
    monkeypatch.setattr(backup, "STEP", 40)
    for last in (1, 2, 3):
        calls = []

        def stop(_done, _total, _what, calls=calls, last=last):
            calls.append(1)
            if len(calls) == last:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            backup.make(shelf, progress=stop)
    assert names(shelf) == []


def test_an_unsound_copy_is_thrown_away_and_said(li_ming, office, shelf):
    root = file.one("SELECT rootpage FROM sqlite_master WHERE name = 'customer'")
    size = file.one("PRAGMA page_size")
    file.close()
    with office.path.open("r+b") as stream:
        stream.seek((root - 1) * size)
        stream.write(b"\0" * size)
    file.open_file(office.path)
    with pytest.raises(UserError):
        backup.make(shelf)
    assert names(shelf) == []


@pytest.mark.parametrize("harm", ["flip", "cut", "rows"])
def test_harm_done_to_a_backup_later_is_found(li_ming, shelf, harm):
    made = backup.make(shelf)
    if harm == "rows":
        with sqlite3.connect(made.path) as raw:
            raw.execute("DELETE FROM position")
        raw.close()
    else:
        whole = made.path.read_bytes()
        if harm == "cut":
            made.path.write_bytes(whole[: len(whole) // 2])
        else:
            middle = len(whole) // 16384 // 2 * 16384
            made.path.write_bytes(whole[:middle] + b"\xff" * 16384 + whole[middle + 16384 :])
    (sentence,) = backup.verify(made.path)
    assert ("Position" if harm == "rows" else "damaged") in sentence


def test_a_folder_that_is_none_and_a_full_disk_are_told_in_a_sentence(office, tmp_path, monkeypatch):
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8")
    with pytest.raises(UserError, match="Nothing can be written into"):
        backup.make(tmp_path / "photo.jpg")
    monkeypatch.setattr("shutil.disk_usage", lambda _path: SimpleNamespace(free=10))
    with pytest.raises(UserError, match="not enough room"):
        backup.make(tmp_path / "b")
    assert names(tmp_path / "b") == []


def test_strangers_in_the_folder_are_left_out_of_the_list(li_ming, office, shelf):
    made = backup.make(shelf)
    (shelf / "photo.crm").write_bytes(b"\xff\xd8\xff")
    (shelf / "empty.crm").touch()
    (shelf / "cut.crm").write_bytes(made.path.read_bytes()[:5000])
    (shelf / "plain.crm").write_bytes(office.path.read_bytes())
    listed = {one.path.name: one for one in backup.found_in(shelf)}
    assert {"photo.crm", "empty.crm"}.isdisjoint(listed)
    assert listed["plain.crm"].reason == "copy"
    assert not listed["plain.crm"].verified
    assert backup.found_in(shelf / "nowhere") == []


def test_copies_that_a_crash_left_are_swept_away_after_a_day(office, shelf):
    shelf.mkdir()
    for name in ("office 12-1700000000000000000.part", "mine.part", "office 13-1700000000000000001.part"):
        (shelf / name).touch()
        if "13-" not in name:
            os.utime(shelf / name, (0, 0))
    backup.make(shelf)
    left = [name for name in names(shelf) if name.endswith(".part")]
    assert left == ["mine.part", "office 13-1700000000000000001.part"]


def test_a_backup_in_the_middle_of_a_change_is_a_bug(li_ming, shelf):
    with change(None, "Import"), pytest.raises(RuntimeError):
        backup.make(shelf)
    assert not shelf.exists()


# growing old

TODAY = date(2026, 11, 22)


@pytest.fixture
def aged(office, shelf):
    """Backups of the last 800 days, two a day, as far as thinning looks at them; without making them all."""
    made = backup.make(shelf)

    def at(day, hour="08:00:00", **more):
        when = f"{day.isoformat()}T{hour}"
        return replace(made, at=when, path=shelf / f"{when} {more}.crm", **more)

    return at


def days(paths):
    return sorted({path.name[:10] for path in paths}, reverse=True)


def test_all_of_today_seven_days_four_weeks_and_twelve_months_stay(aged):
    all_of_them = [aged(TODAY - timedelta(n), hour) for n in range(800) for hour in ("08:00:00", "17:00:00")]
    kept = retention.kept(all_of_them, TODAY)
    assert sum(path.name.startswith("2026-11-22") for path in kept) == 2
    older = [path for path in kept if not path.name.startswith("2026-11-22")]
    assert all("17:00:00" in path.name for path in older)
    assert days(older)[:7] == [(TODAY - timedelta(n)).isoformat() for n in range(1, 8)]
    months = {name[:7] for name in days(older)}
    assert len(months) == 12
    assert min(months) == "2025-12"
    assert len(kept) <= 2 + 7 + 4 + 12


def test_a_holiday_costs_no_backup(aged):
    """Days, weeks and months without a backup do not count."""
    yearly = [aged(date(year, 5, 1)) for year in range(2010, 2026)]
    assert len(retention.kept(yearly, TODAY)) == 12


def test_the_only_one_stays_however_old(aged):
    only = aged(date(2001, 1, 1))
    assert retention.kept([only], TODAY) == {only.path}


def test_the_last_three_from_before_an_upgrade_stay_however_old(aged):
    usual = [aged(TODAY - timedelta(n), "20:00:00") for n in range(1, 200)]
    upgrades = [aged(TODAY - timedelta(n), reason="upgrade") for n in (91, 200, 1000, 1001)]
    kept = retention.kept([*usual, *upgrades], TODAY)
    assert [one.path in kept for one in upgrades] == [True, True, True, False]


@pytest.fixture
def upgraded(li_ming, office, monkeypatch):
    """The office's file after five upgrades."""
    for n in range(5):
        monkeypatch.setattr(migrations, "STEPS", [*migrations.STEPS, lambda raw: None])
        file.open_file(office.path)
        newest = backup.before_upgrades(office.path)[0].path
        os.utime(newest, (1_700_000_000 + n, 1_700_000_000 + n))
    return office.path


def test_copies_from_before_an_upgrade_say_what_they_are(upgraded):
    found = backup.before_upgrades(upgraded)
    assert len(found) == 5
    assert {(one.reason, one.title, one.office, one.verified) for one in found} == {
        ("upgrade", "before upgrade", "华东商贸", True)
    }
    assert {one.origin for one in found} == {backup.origin()}
    assert [one.version for one in found] == list(range(migrations.version() - 1, migrations.version() - 6, -1))
    assert backup.found_in(upgraded.parent / "no") == []


def test_only_the_last_three_copies_from_before_upgrades_are_kept_and_nothing_else_is_touched(upgraded):
    stranger = upgraded.with_name("office.before-upgrade-notes.txt")
    stranger.write_text("keep me", encoding="utf-8")
    other = upgraded.with_name("office2.before-upgrade-1.crm")
    shutil.copyfile(backup.before_upgrades(upgraded)[0].path, other)
    gone = retention.thin_upgrades(upgraded)
    assert sorted(one.version for one in gone) == [migrations.version() - 5, migrations.version() - 4]
    assert len(backup.before_upgrades(upgraded)) == 3
    assert stranger.exists()
    assert other.exists()
    assert upgraded.exists()
    assert retention.thin_upgrades(upgraded) == []


def test_a_copy_from_before_an_upgrade_can_be_restored(upgraded, li_ming, tmp_path):
    add("新来的")
    oldest = backup.before_upgrades(upgraded)[-1]
    restore.run(oldest.path, upgraded, folder=tmp_path / "safe")
    assert file.ask("SELECT name FROM customer") == [(li_ming.name,)]
    assert file.one("PRAGMA user_version") == migrations.version()


def test_thinning_deletes_just_that_and_names_it(li_ming, shelf, monkeypatch):
    made = []
    for n in (400, 40, 3, 3, 0, 0):
        monkeypatch.setattr(backup, "datetime", At(datetime(2026, 11, 22, 9) - timedelta(n)))
        made.append(backup.make(shelf, "daily"))
    (shelf / "plain.crm").write_bytes(made[0].path.read_bytes()[:4000])
    gone = retention.thin(shelf, TODAY)
    assert len(gone) == 1
    assert gone[0].at[:10] == "2026-11-19"
    assert not gone[0].path.exists()
    assert len(backup.found_in(shelf)) == 5
    assert (shelf / "plain.crm").exists()
    assert retention.thin(shelf, TODAY) == []


class At:
    """A clock that stands still."""

    def __init__(self, moment):
        self.moment = moment

    def now(self):
        return self.moment


def test_each_customer_file_is_thinned_for_itself(li_ming, tmp_path, shelf, monkeypatch):
    monkeypatch.setattr(backup, "datetime", At(datetime(2020, 1, 1)))
    backup.make(shelf)
    file.create(tmp_path / "other.crm")
    add("另一家")
    monkeypatch.setattr(backup, "datetime", At(datetime(2020, 1, 1, 5)))
    backup.make(shelf)
    assert retention.thin(shelf, TODAY) == []


def test_today_says_when_there_is_no_backup_or_it_is_old(li_ming, shelf, monkeypatch, tmp_path):
    gone = retention.due(tmp_path / "usb", TODAY)
    assert gone.overdue
    assert "cannot be reached" in gone.sentence
    shelf.mkdir()
    assert retention.due(shelf, TODAY).sentence == "There is no backup of this file yet. Make one now."
    monkeypatch.setattr(backup, "datetime", At(datetime(2026, 11, 17, 9)))
    backup.make(shelf)
    old = retention.due(shelf, TODAY)
    assert old.overdue
    assert old.sentence == "The last backup is 5 days old (2026-11-17). Make one now."
    assert not retention.due(shelf, date(2026, 11, 18)).overdue
    assert retention.due(shelf, date(2026, 11, 17)) is None


def test_the_backup_of_another_file_does_not_count(li_ming, shelf, tmp_path):
    backup.make(shelf)
    file.create(tmp_path / "other.crm")
    add("另一家")
    assert retention.due(shelf, TODAY).last is None


def test_a_customer_file_that_only_lies_in_the_folder_says_whose_it_is(li_ming, tmp_path):
    offices.save_settings(None, {"office_name": "华东商贸"})
    shutil.copy(file.path(), tmp_path / "copy.crm")
    (found,) = backup.found_in(tmp_path, "copy.crm")
    assert (found.reason, found.office, found.verified) == ("copy", "华东商贸", False)
