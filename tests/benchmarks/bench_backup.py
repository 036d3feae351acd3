"""How long a verified backup takes, beside a bare copy through SQLite and its quick_check (the floor); and a restore.

`python tests/benchmarks/bench_backup.py [--file large.crm | --customers N] [--rounds 5] [--repair]`
"""

import argparse
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from crm_desktop import demo
from crm_desktop.store import backup, file, repair, restore


def floor(folder: Path) -> float:
    """The same pages copied and checked, and nothing counted, noted or named."""
    path = folder / "floor.db"
    start = time.perf_counter()
    copy = sqlite3.connect(path)
    file.connection().backup(copy)
    assert copy.execute("PRAGMA quick_check").fetchall() == [("ok",)]
    copy.close()
    taken = time.perf_counter() - start
    path.unlink()
    return taken


def ours(folder: Path) -> float:
    start = time.perf_counter()
    made = backup.make(folder)
    taken = time.perf_counter() - start
    made.path.unlink()
    return taken


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--file", type=Path)
    parser.add_argument("--customers", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--repair", action="store_true", help="also read a copy without its first page back")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if arguments.file:
            file.open_file(arguments.file)
        else:
            demo.make(folder / "demo.crm", arguments.customers)
        size = file.path().stat().st_size / 1e6
        pairs = [(floor(folder), ours(folder)) for _round in range(arguments.rounds)]
        bare, mine = (statistics.median(times) for times in zip(*pairs, strict=True))
        print(f"backup of {size:.0f} MB: ours {mine:.2f} s, floor {bare:.2f} s, ratio {mine / bare:.2f}")
        kept = backup.make(folder / "backups")
        work = Path(shutil.copyfile(file.path(), folder / "work.crm"))
        file.open_file(work)
        start = time.perf_counter()
        restore.run(kept.path, work, folder=folder / "backups")
        print(f"restore with its safety backup: {time.perf_counter() - start:.2f} s")
        file.close()
        if arguments.repair:
            with work.open("r+b") as stream:
                stream.write(b"\xa5" * 16384)
            start = time.perf_counter()
            told = repair.salvage(work, folder / "new.crm")
            read = sum(part.read for part in told.tables.values())
            print(f"repair without the first page: {time.perf_counter() - start:.1f} s, {read:,} rows")
            file.close()


if __name__ == "__main__":
    main()
