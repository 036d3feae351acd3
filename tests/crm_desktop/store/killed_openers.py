"""Create or upgrade a customer file again and again, each time killed at another moment, and look at what is left.

`python killed_openers.py create|upgrade FOLDER COUNT SEED` wants office.crm in the folder; prints one JSON value.
"""

import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from crm_desktop.errors import UserError
from crm_desktop.models import office
from crm_desktop.store import checking, file, migrations

OLD = migrations.version()
STEPS = [
    *migrations.STEPS,
    lambda c: c.execute("ALTER TABLE interaction ADD COLUMN colour TEXT NOT NULL DEFAULT ''"),
    lambda c: c.execute("UPDATE interaction SET colour = 'red'"),
]


def create(path):
    path.unlink(missing_ok=True)
    path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
    file.create(path)
    office.found_office("华东商贸")


def upgrade(path):
    migrations.STEPS = STEPS
    file.open_file(path)


def look_at_created(path):
    """What a creation left: nothing, an empty file that can be created again, or a sound one."""
    if not path.exists():
        return "nothing"
    try:
        file.open_file(path)
    except UserError as error:
        if "create a new file" not in str(error):
            raise
        create_again(path)
        return "empty"
    founded = office.is_founded()
    if not founded:
        office.found_office("华东商贸")
    assert checking.problems() == []
    return "whole" if founded else "without lists"


def create_again(path):
    file.create(path)
    office.found_office("华东商贸")
    assert checking.problems() == []


def look_at_upgraded(path):
    """What an upgrade left: the old file or the new one, and no copy that is not whole; the next start upgrades it."""
    raw = sqlite3.connect(path)
    [(version,)] = raw.execute("PRAGMA user_version")
    rows = raw.execute("SELECT count(*) FROM interaction").fetchone()
    assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    raw.close()
    copies = list(path.parent.glob("*before-upgrade*.crm"))
    for copy in copies:
        raw = sqlite3.connect(copy)
        assert raw.execute("SELECT count(*) FROM interaction").fetchone() == rows
        assert raw.execute("PRAGMA user_version").fetchone() == (OLD,)
        raw.close()
    assert version == OLD or copies
    steps, migrations.STEPS = migrations.STEPS, STEPS
    try:
        file.open_file(path)
    finally:
        migrations.STEPS = steps
    assert file.one("SELECT count(*) FROM interaction WHERE colour = 'red'") == rows[0]
    assert checking.problems() == []
    assert version > OLD or not list(path.parent.glob("*.part*"))
    return "old" if version == OLD else "new"


WORK = {"create": (create, look_at_created), "upgrade": (upgrade, look_at_upgraded)}


def child(what, path):
    try:
        WORK[what][0](path)
    finally:
        os._exit(0)


def main(what, folder, count, seed):
    rng, longest, found = random.Random(seed), None, {"killed": 0}
    path = folder / "work" / "office.crm"
    for _round in range(count + 1):
        shutil.rmtree(path.parent, ignore_errors=True)
        path.parent.mkdir()
        if what == "upgrade":
            shutil.copy(folder / "office.crm", path)
        begun, pid = time.monotonic(), os.fork()
        if not pid:
            child(what, path)
        if longest is not None:
            time.sleep(rng.random() * longest)
            os.kill(pid, signal.SIGKILL)
        _pid, status = os.waitpid(pid, 0)
        longest = longest or time.monotonic() - begun
        found["killed"] += os.WIFSIGNALED(status)
        left = WORK[what][1](path)
        found[left] = found.get(left, 0) + 1
        file.close()
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
