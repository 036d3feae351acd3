"""The program proves with a colleague's computer that a drive keeps its promise about locks, and else refuses to share.

Signs of life and proofs come oftener here than in an office, so that the tests are quick.
"""

import json
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from crm_desktop.models import Customer
from crm_desktop.models import office as offices
from crm_desktop.store import attempt, checking, file, presence, sharing, snapshot
from crm_desktop.store.troubles import ReadOnly

WRITER = Path(__file__).with_name("writers.py")


@pytest.fixture(autouse=True)
def oftener(monkeypatch):
    """Time goes faster."""
    for name, seconds in (("SETTLED", 2.0), ("AGAIN", 1.0), ("SOONER", 0.5)):
        monkeypatch.setattr(presence.Watch, name, seconds)
    monkeypatch.setattr(sharing, "BEAT", 0.5)


@pytest.fixture
def office(share):
    """The office's file on the server; twenty customers."""
    file.create(share / "office.crm")
    offices.found_office("华东商贸")
    attempt.Attempt(
        None,
        "New customer",
        lambda c: c.insert_many(
            Customer,
            [{"code": f"COUNT{n}", "name": f"计数{n}", "remarks": "0"} for n in range(4)]
            + [{"name": f"客户{n}", "remarks": "-"} for n in range(16)],
        ),
    ).go()
    file.close()
    yield share / "office.crm"
    file.close()


class Colleague:
    """A process that works in the file on another computer."""

    def __init__(self, drive, folder):
        self.out = folder / f"{drive.path.parent.name}.said"
        with self.out.open("w") as out:
            self.process = subprocess.Popen(
                [sys.executable, WRITER, drive.path / "office.crm", "B", "1", str(time.time() + 40)], stdout=out
            )

    def said(self, what):
        found = []
        for line in self.out.read_text().splitlines():
            with suppress(json.JSONDecodeError):
                found.append(json.loads(line))
        return [each for each in found if what in each]

    def end(self):
        self.process.kill()
        self.process.wait(20)


@pytest.fixture
def colleague(office, mount, tmp_path):
    """Start a colleague on a drive of this behaviour; all are ended."""
    working = []

    def at(drive):
        working.append(Colleague(drive, tmp_path))
        wait(lambda: working[-1].said("opened"))
        return working[-1]

    yield at
    for one in working:
        one.end()


def wait(true, seconds=25):
    """Until it is true, giving signs of life meanwhile."""
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, f"{sharing.current() and sharing.current().verdict}"
        time.sleep(0.3)
        if (current := sharing.current()) is not None:
            current.beat()


def verdict():
    return sharing.current().verdict


def save(name):
    return attempt.patiently(
        attempt.Attempt(None, "New customer", lambda c: c.save(Customer, {"name": name})), patience=10
    )


def test_on_an_honest_drive_both_save(office, mount, colleague):
    there = colleague(mount())
    file.open_file(mount().path / "office.crm")
    wait(lambda: verdict() == "shared")
    save("温州正泰")
    before = len(there.said("saved"))
    wait(lambda: len(there.said("saved")) > before + 2)
    assert there.said("refused") == []
    assert [one.held for one in sharing.current().colleagues] == [True]


@pytest.mark.parametrize("how", ["mount", "ignored"])
def test_where_locks_lie_both_only_read_and_say_why(office, mount, colleague, how):
    there = colleague(mount(locks=how))
    file.open_file(mount(locks=how).path / "office.crm")
    wait(lambda: verdict() == "lying")
    with pytest.raises(ReadOnly, match="does not keep its locks"):
        save("温州正泰")
    assert file.one("SELECT count(*) FROM customer") >= 20
    before = len(there.said("saved"))
    wait(lambda: any("does not keep its locks" in each["text"] for each in there.said("refused")))
    assert len(there.said("saved")) <= before + 3, "the colleague went on saving"
    there.end()
    file.close()
    file.open_file(office)
    assert checking.problems() == []
    saved = {each["saved"] for each in there.said("saved")}
    assert saved <= {i for (i,) in file.ask('SELECT id FROM "change"')}


def test_where_locks_are_refused_the_file_can_be_read_at_once(office, mount):
    file.open_file(mount(locks="refused").path / "office.crm")
    assert verdict() == "refused"
    assert file.one("SELECT count(*) FROM customer") == 20
    with pytest.raises(ReadOnly, match="gives no locks"):
        save("温州正泰")


def test_a_drive_that_is_mounted_anew_without_locks_is_found_out(office, mount, colleague):
    here, other = mount(), mount()
    colleague(other)
    file.open_file(here.path / "office.crm")
    wait(lambda: verdict() == "shared")
    save("温州正泰")
    for drive in (here, other):
        drive.behave(locks="mount")
    wait(lambda: verdict() == "lying")
    with pytest.raises(ReadOnly):
        save("苏州恒远")


def test_a_session_that_is_silently_reopened_between_two_saves_does_no_harm(office, mount, colleague):
    here, other = mount(), mount()
    there = colleague(other)
    file.open_file(here.path / "office.crm")
    wait(lambda: verdict() == "shared")
    other.lose(locks="dropped")
    other.come_back(handles="reopened", locks="dropped")
    before = len(there.said("saved"))
    wait(lambda: verdict() == "lying" or len(there.said("saved")) > before)
    there.end()
    file.close()
    file.open_file(office)
    assert checking.problems() == []


def test_a_private_copy_is_sound_and_holds_nobody_up(office, mount, colleague):
    there = colleague(mount())
    here = mount()
    file.open_file(here.path / "office.crm")
    wait(lambda: verdict() == "shared")
    here.behave(delay=0.005)
    before = len(there.said("saved"))
    for _round in range(3):
        snapshot.refresh()
        with snapshot.instead() as at:
            assert at is not None
            assert [line for (line,) in file.ask("PRAGMA integrity_check")] == ["ok"]
            assert checking._log() == []
    snapshot.drop()
    assert len(there.said("saved")) > before + 3
    assert there.said("refused") == []


def test_a_computer_that_died_holds_nobody_up_for_long(office, mount, colleague):
    drive = mount()
    there = colleague(drive)
    file.open_file(mount().path / "office.crm")
    wait(lambda: verdict() == "shared")
    there.end()
    drive.lose(locks="kept")
    start = time.monotonic()
    wait(lambda: not sharing.current().colleagues or time.monotonic() - start > 4)
    drive.come_back(locks="dropped")
    wait(lambda: verdict() == "alone")
    save("温州正泰")
