"""Colleagues see each other, and the locks of the drive are proved between them."""

import itertools
import json
import subprocess
import sys
from pathlib import Path

import pytest

from crm_desktop.errors import UserError
from crm_desktop.store import lock_proof, presence, sharing, sharing_words
from crm_desktop.store.places import Place
from crm_desktop.store.sharing import Sharing

ROOT = Path(__file__).parents[3]
LOCAL, SHARE = Place("local"), Place("smb", "SMB", "Z:")

COLLEAGUE = """
import platform, sys, time
from pathlib import Path
platform.node = lambda: sys.argv[3]
from crm_desktop.store.places import Place
from crm_desktop.store.sharing import Sharing
one = Sharing(Path(sys.argv[1]), Place("local"), sys.argv[2])
one.join()
print(one.verdict, flush=True)
for line in sys.stdin:
    if line == "leave\\n":
        one.leave()
    else:
        print(one.beat(), flush=True)
"""


class Clock:
    """Time that passes when the test says so."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture(autouse=True)
def no_gap(monkeypatch):
    """The second try comes at once."""
    monkeypatch.setattr(presence, "GAP", (0, 0))


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "华东 客户.crm"


@pytest.fixture
def ours(path, clock):
    """Our own copy of the program."""
    one = Sharing(path, LOCAL, "王芳", clock)
    yield one
    one.leave()


class Other:
    """A colleague's running copy: a process of its own."""

    def __init__(self, path, person="李强", pc="PC-3"):
        self.process = subprocess.Popen(
            [sys.executable, "-c", COLLEAGUE, path, person, pc],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, encoding="utf-8",
        )  # fmt: skip
        self.joined = self.process.stdout.readline().strip()

    def beat(self):
        self.process.stdin.write("beat\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def leave(self):
        self.process.stdin.write("leave\n")
        self.process.stdin.close()
        self.process.wait()

    def die(self):
        self.process.kill()
        self.process.wait()


@pytest.fixture
def other(path):
    one = Other(path)
    yield one
    one.die()
    one.process.stdin.close()
    one.process.stdout.close()


def test_who_is_alone_knows_nothing_of_the_locks_and_leaves_nothing_behind(ours, path):
    assert ours.join() == "alone"
    assert ours.colleagues == []
    assert ours.reason() == ""
    folder = presence.folder_of(path)
    assert sorted(name.suffix for name in folder.iterdir()) == [".json", ".lock"]
    ours.leave()
    assert not folder.exists()


def test_two_colleagues_see_each_other_and_the_lock_between_them_is_proved(ours, other):
    assert other.joined == "alone"
    assert ours.join() == "shared"
    assert [sharing_words.name(one.sign) for one in ours.colleagues] == ["李强 (PC-3)"]
    assert other.beat() == "shared"


def test_who_leaves_is_gone_at_once(ours, other):
    ours.join()
    other.leave()
    assert ours.beat() == "alone"
    assert ours.colleagues == []


def test_a_computer_that_died_is_cleared_away_when_its_sign_stands_still(ours, other, clock, path):
    other.die()
    assert ours.join() == "checking", "its lock can be had: did it die, or do the locks lie?"
    clock.now += sharing.BEAT
    assert ours.beat() == "checking"
    clock.now += presence.Watch.SETTLED
    assert ours.beat() == "alone"
    assert len(list(presence.folder_of(path).glob("*.json"))) == 1, "only ours is left"


def test_a_computer_that_falls_asleep_is_named_and_a_colleague_who_died_later_disturbs_nobody(ours, other, clock):
    ours.join()
    clock.now += 40
    assert ours.beat() == "shared"
    assert ours.who_blocks().startswith("李强 (PC-3) gave no sign of life for 40 s")
    other.die()
    for _beat in range(30):
        clock.now += sharing.BEAT
        assert ours.beat() in ("shared", "alone")
    assert ours.colleagues == []


def test_locks_that_lie_are_found_by_both_and_both_only_read(ours, other, clock, monkeypatch):
    monkeypatch.setattr(lock_proof, "is_held", lambda path: False)
    assert ours.join() == "checking"
    for _beat in range(2):
        clock.now += sharing.BEAT
        other.beat()
        found = ours.beat()
    assert found == "lying"
    assert "does not keep its locks" in ours.reason()
    assert other.beat() == "lying", "it is told by our sign"
    other.leave()
    clock.now += 1000
    assert ours.beat() == "lying", "until the file is opened again"


def test_one_lock_that_could_be_had_in_passing_is_no_proof(ours, other, clock, monkeypatch):
    ours.join()
    clock.now += presence.Watch.AGAIN
    other.beat()
    with monkeypatch.context() as once:
        once.setattr(lock_proof, "is_held", lambda path: False)
        assert ours.beat() == "checking"
    clock.now += sharing.BEAT
    other.beat()
    assert ours.beat() == "shared"


def test_signs_of_life_in_step_with_our_tries_are_no_proof_either(ours, other, clock, monkeypatch):
    ours.join()
    found = itertools.cycle([False, True])  # each first try falls where the owner gives the lock back for a moment
    monkeypatch.setattr(lock_proof, "is_held", lambda path: next(found))
    for _beat in range(5):
        clock.now += presence.Watch.AGAIN
        other.beat()
        assert ours.beat() == "shared"


def test_a_drive_that_is_mounted_anew_without_locks_is_found_within_five_minutes(ours, other, clock, monkeypatch):
    assert ours.join() == "shared"
    monkeypatch.setattr(lock_proof, "is_held", lambda path: False)
    beats = 0
    while ours.verdict != "lying":
        clock.now += sharing.BEAT
        other.beat()
        ours.beat()
        beats += 1
        assert beats * sharing.BEAT <= 330


def test_a_drive_without_locks_is_read_only_and_says_so(ours, monkeypatch):
    def refuse(path):
        raise lock_proof.Refused

    monkeypatch.setattr(lock_proof, "hold", refuse)
    assert ours.join() == "refused"
    assert "gives no locks" in ours.reason()


def test_a_folder_that_cannot_be_written_is_no_reason_not_to_work(ours, path):
    presence.folder_of(path).write_text("a file in the way")
    assert ours.join() == "unknown"
    assert ours.trouble
    assert ours.reason() == ""


def test_a_lock_that_the_drive_dropped_is_taken_anew_under_another_name(ours, monkeypatch, path):
    ours.join()
    before = ours.own.token
    monkeypatch.setattr(lock_proof, "renew", lambda raw: False)
    ours.beat()
    assert ours.own.token != before
    assert len(list(presence.folder_of(path).glob("*.lock"))) == 1
    assert lock_proof.is_held(presence.folder_of(path) / f"{ours.own.token}.lock")


def test_a_lock_that_was_left_without_a_sign_is_cleared_away_at_the_second_look(ours, path):
    ours.join()
    left = presence.folder_of(path) / "PC-9-1-abcd.lock"
    left.touch()
    ours.beat()
    assert left.exists(), "somebody may just be coming"
    ours.beat()
    assert not left.exists()


def test_what_a_colleague_does_and_shows_is_seen(ours, other, path, clock):
    other.die()
    theirs = Sharing(path, LOCAL, "李强", clock)
    theirs.show("customer", 4711, editing=True)
    theirs.sit_down("李小强")
    with theirs.doing("importing"):
        theirs.join()
        ours.join()
        clock.now += 12
        ours.beat()
        [seen] = [one for one in ours.colleagues if one.held]
        assert (seen.sign.table, seen.sign.record, seen.sign.editing) == ("customer", 4711, True)
        assert "has been importing for 12 s" in ours.who_blocks()
        assert ours.who_blocks().startswith("李小强")
    theirs.beat()
    ours.beat()
    assert ours.who_blocks() == ""
    theirs.leave()


def test_only_a_save_that_takes_long_is_told(ours, clock):
    with ours.doing("saving"):
        ours.join()
        assert ours.own.doing == ""
        clock.now += sharing.SOON
        ours.beat()
        assert ours.own.doing == "saving"
    ours.beat()
    assert ours.own.doing == ""


def test_in_a_synchronised_folder_whoever_comes_second_only_reads(path, clock):
    place = Place("sync", "坚果云", "/坚果云")
    first, second = (Sharing(path, place, who, clock) for who in ("王芳", "李强"))
    assert first.join() == "alone"
    assert second.join() == "synced"
    assert "王芳" in second.reason()
    assert "坚果云" in second.reason()
    clock.now += sharing.SLOW_BEAT
    assert first.beat() == "alone"
    clock.now += sharing.SLOW_BEAT
    assert second.beat() == "synced"
    first.leave()
    assert second.beat() == "alone"
    second.leave()


def test_a_version_that_a_service_set_aside_is_told(path, clock):
    path.with_name("华东 客户 (李强的冲突副本).crm").touch()
    path.with_name("华东 客户 2025.crm").touch()
    ours = Sharing(path, Place("sync", "坚果云", "/坚果云"), "王芳", clock)
    assert "坚果云" in ours.warning()
    ours.join()
    assert "(李强的冲突副本).crm. Open it" in ours.warning()
    assert "2025" not in ours.warning()
    assert ours.reason() == ""
    ours.leave()


def test_a_sign_left_behind_in_a_synchronised_folder_counts_for_three_minutes(path, clock):
    place = Place("sync", "坚果云", "/坚果云")
    folder = presence.folder_of(path)
    folder.mkdir()
    (folder / "PC-9-1-abcd.json").write_text(
        json.dumps({"person": "李强", "pc": "PC-9", "since": "2026-11-02T10:00:00"})
    )
    ours = Sharing(path, place, "王芳", clock)
    assert ours.join() == "synced"
    clock.now += sharing.FORGOTTEN
    assert ours.beat() == "alone"
    ours.leave()


def test_a_half_written_sign_is_read_again_and_not_judged(ours, other, path):
    ours.join()
    sign = next(file for file in presence.folder_of(path).glob("PC-3*.json"))
    whole = sign.read_bytes()
    sign.write_bytes(whole[:40])
    ours.beat()
    assert [one.sign.person for one in ours.colleagues] == ["李强"]
    sign.write_bytes(b"[]")
    ours.beat()
    assert [one.sign.person for one in ours.colleagues] == ["李强"]


def test_another_process_proves_the_lock_on_this_computer(tmp_path):
    held = lock_proof.hold(tmp_path / "锁 1.lock")
    assert lock_proof.is_honoured_here(tmp_path / "锁 1.lock") is True
    held.close()
    assert lock_proof.is_honoured_here(tmp_path / "锁 1.lock") is False
    assert lock_proof.is_honoured_here(tmp_path / "missing") is None


def test_over_a_network_a_second_copy_on_this_computer_is_refused_with_the_name_of_who_has_it(path, clock, monkeypatch):
    monkeypatch.setattr("platform.node", lambda: "PC-1")
    first = Sharing(path, SHARE, "王芳", clock)
    first.join()
    with pytest.raises(UserError, match=r"open on this computer already \(王芳\)"):
        sharing.begin(path, SHARE)
    assert sharing.current() is None
    first.leave()


def test_over_a_network_the_sign_is_there_before_the_file_is_touched(path):
    sharing.begin(path, SHARE, "王芳")
    assert presence.folder_of(path).is_dir()
    sharing.end()
    assert not presence.folder_of(path).exists()


def test_a_file_on_this_computer_is_opened_without_a_sign(path):
    sharing.begin(path, LOCAL, "王芳")
    assert not presence.folder_of(path).exists()
    sharing.end()


def test_while_a_backup_is_restored_our_sign_stays_and_tells_colleagues_why_they_wait(path, clock):
    ours = sharing.begin(path, SHARE, "王芳")
    colleague = Sharing(path, LOCAL, "李强", clock)
    with sharing.staying("restoring"):
        sharing.end()  # the file is closed …
        assert sharing.current() is ours
        assert sharing.begin(path) is ours  # … and opened again
        colleague.join()
        assert "has been restoring a backup" in colleague.who_blocks()
    ours.beat()
    colleague.beat()
    assert colleague.who_blocks() == ""
    sharing.end()
    assert sharing.current() is None
    colleague.leave()


def test_a_copy_of_this_computer_that_died_holds_nobody_up(path, clock):
    died = Sharing(path, LOCAL, "王芳", clock)
    died.join()
    died._presence._held.close()  # as the system does with a killed program
    ours = Sharing(path, LOCAL, "王芳", clock)
    assert ours.join() == "alone"
    assert len(list(presence.folder_of(path).glob("*.json"))) == 1
    ours.leave()
    died._presence._held = None


def test_a_file_on_this_computer_in_which_a_colleague_works_is_not_read_before_the_locks_are_known(path, monkeypatch):
    colleague = Sharing(path, LOCAL, "李强")
    monkeypatch.setattr("platform.node", lambda: "PC-1")
    colleague.join()
    ours = sharing.begin(path, LOCAL)
    assert ours.verdict == "shared"
    sharing.end()
    colleague.leave()
