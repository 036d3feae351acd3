"""Restore a backup over a file again and again, each time killed at another moment, and look at what is left.

`python killed_restores.py FOLDER COUNT` wants office.crm and backup.crm in the folder; prints one JSON value.
Even rounds die after a random time, odd ones at a step of the restore, the last steps of writing most often.
"""

import hashlib
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

import crm_desktop.models  # noqa: F401
from crm_desktop.store import backup, checking, file, restore


def content(path):
    """Everything in a file but the line that says it was restored."""
    digest = hashlib.sha256()
    raw = sqlite3.connect(path)
    for (table,) in raw.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
        " AND name NOT LIKE '%\\_fts\\_%' ESCAPE '\\' AND name <> 'backup_note' ORDER BY name"
    ).fetchall():
        rule = " WHERE action <> 'Restore backup'" if table == "change" else ""
        for row in raw.execute(f'SELECT * FROM "{table}"{rule} ORDER BY 1'):
            digest.update(repr(row).encode())
    raw.close()
    return digest.hexdigest()


def child(folder, work, die_at):
    backup.STEP = 16
    calls = 0

    def step(_done, _total, what):
        nonlocal calls
        calls += what.startswith("Writing")
        if die_at and calls >= die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        restore.run(folder / "backup.crm", work, progress=step, folder=folder / "safety")
    finally:
        os._exit(0)


def main(folder, count, seed=1):
    rng = random.Random(seed)
    work = folder / "work" / "office.crm"
    old, new = content(folder / "office.crm"), content(folder / "backup.crm")
    found = {"rounds": 0, "killed": 0, "old": 0, "new": 0, "hot": 0, "wrong": []}
    longest, steps = None, (folder / "office.crm").stat().st_size // 16384 // 16
    for number in range(count + 1):
        shutil.rmtree(folder / "work", ignore_errors=True)
        shutil.rmtree(folder / "safety", ignore_errors=True)
        work.parent.mkdir()
        shutil.copy(folder / "office.crm", work)
        begun = time.monotonic()
        pid = os.fork()
        if not pid:
            child(folder, work, rng.randrange(1, steps + 3) if longest and number % 2 else 0)
        if longest is not None and number % 2 == 0:
            time.sleep(rng.random() * longest * 1.05)
            os.kill(pid, signal.SIGKILL)
        _pid, status = os.waitpid(pid, 0)
        if longest is None:  # the first round lives, to be measured
            longest = time.monotonic() - begun
        journal = Path(f"{work}-journal")
        found["hot"] += journal.exists() and journal.read_bytes()[:8] == b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
        found["rounds"] += 1
        found["killed"] += os.WIFSIGNALED(status)
        file.open_file(work)
        problems = checking.problems()
        file.close()
        now = content(work)
        if problems or now not in (old, new):
            found["wrong"].append([number, problems])
        else:
            found["old" if now == old else "new"] += 1
    print(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1)
