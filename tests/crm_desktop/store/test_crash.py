"""Whoever pulls the plug while saving loses nothing that was acknowledged, and finds no half of anything.

CRM_CRASH_KILLS=400 kills that often instead of 60 times; CRM_CRASH_SEED chooses other moments.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from crm_desktop import demo
from crm_desktop.store import file

ROOT = Path(__file__).parents[3]
KILLS = int(os.environ.get("CRM_CRASH_KILLS", "60"))
SEED = os.environ.get("CRM_CRASH_SEED", "1")


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """What was found after so many deaths."""
    folder = tmp_path_factory.mktemp("killed")
    demo.make(folder / "office.crm", customers=40, interactions=100, complaints=10)
    file.close()
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("killed_writers.py"), folder, str(KILLS), SEED],
        stdout=subprocess.PIPE, text=True, check=True, timeout=60 + KILLS,
    )  # fmt: skip
    print(done.stdout)
    return json.loads(done.stdout)


needs_fork = pytest.mark.skipif(sys.platform == "win32", reason="forks")


@needs_fork
def test_a_file_is_sound_and_whole_after_every_death_of_who_writes_in_it(found):
    assert found["wrong"] == []
    assert found["kills"] == KILLS


@needs_fork
def test_no_acknowledged_change_is_lost_or_there_twice(found):
    assert found["acknowledged"] > KILLS
    assert found["lost"] == found["doubled"] == 0


@needs_fork
def test_the_deaths_come_at_the_worst_moments_too(found):
    assert found["hot"] >= KILLS // 10, "too few died while half a change was on the disk"
    assert found["killed_again"] > 0, "none died while the half change was taken back"
    assert found["unsaid_whole"] + found["unsaid_absent"] >= KILLS // 20, "too few died near a commit"


def opened(what, folder, count):
    """What was left of so many files whose creation or upgrade was killed."""
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("killed_openers.py"), what, folder, str(count), SEED],
        stdout=subprocess.PIPE, text=True, check=True, timeout=60 + count,
    )  # fmt: skip
    return json.loads(done.stdout)


@needs_fork
def test_a_file_whose_creation_was_killed_is_sound_or_empty_and_can_be_created_again(tmp_path):
    found = opened("create", tmp_path, 40)
    assert found["killed"] >= 15
    assert {"empty", "whole"} < found.keys()


@needs_fork
def test_an_upgrade_killed_at_any_moment_leaves_the_old_file_or_the_new_one_and_no_half_copy(tmp_path):
    demo.make(tmp_path / "office.crm", customers=40, interactions=400)
    file.close()
    found = opened("upgrade", tmp_path, 30)
    assert found["killed"] >= 10
    assert {"old", "new"} < found.keys()


@needs_fork
def test_a_colleague_goes_on_when_another_computer_dies_while_saving(found):
    assert found["went_on"] == KILLS // 4


FULL = """
import sys
from pathlib import Path
from crm_desktop.errors import UserError
from crm_desktop.models import Customer, office
from crm_desktop.store import checking, file
from crm_desktop.store.change import change
folder = Path(sys.argv[1])
ballast = folder / "ballast"
file.create(folder / "office.crm")
office.found_office("华东商贸")
ballast.write_bytes(bytes(300_000))
saved, said = [], ""
while not said and len(saved) < 3000:
    try:
        with change(None, "New customer") as c:
            made = c.save(Customer, {"name": f"公司{len(saved)}", "remarks": "备注" * 3000})
        saved.append(made.id)
    except UserError as error:
        said = str(error)
assert "is full. Free some space, then save again." in said, said
there = [i for (i,) in file.ask("SELECT id FROM customer ORDER BY id")]
assert there == saved and len(saved) > 3, (len(there), len(saved))
file.close()
file.open_file(folder / "office.crm")
assert [i for (i,) in file.ask("SELECT id FROM customer ORDER BY id")] == saved
assert checking.problems() == []
ballast.unlink()
with change(None, "New customer") as c:
    c.save(Customer, {"name": "又有地方了", "remarks": "备注" * 3000})
assert checking.problems() == []
print(len(saved), "saved")
"""


def on_a_small_disk(folder, megabytes):
    """A command that runs what follows it with `folder` being a disk of its own; None where nobody may make one."""
    mount = f'mount -t tmpfs -o size={megabytes}m tmpfs "{folder}" && exec "$0" "$@"'
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount]
    if not shutil.which("unshare") or subprocess.run([*command, "true"], capture_output=True).returncode:
        return None
    return command


def test_a_disk_that_is_really_full_says_so_and_keeps_all_that_was_saved(tmp_path):
    disk = on_a_small_disk(tmp_path, 4)
    if disk is None:
        pytest.skip("no small disk can be made here: that needs Linux and user namespaces")
    done = subprocess.run(
        [*disk, sys.executable, "-c", FULL, tmp_path], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("saved\n")
