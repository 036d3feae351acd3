"""Cleaning of a whole file: looked for, changed and taken back, beside reading the same columns (the floor).

`python tests/benchmarks/bench_cleaning.py [--customers N] [--file made.crm]`; a file is copied before it is written.
"""

import argparse
import random
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from crm_desktop import clean_up, cleaning, demo
from crm_desktop.store import file, history
from crm_desktop.store.change import change


def seconds(work):
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found


def untidy(path):
    """A tenth of the names are written as people type them in haste: full width, blanks too many."""
    rnd, raw = random.Random(1), sqlite3.connect(path)
    for number, name in raw.execute("SELECT id, name FROM customer").fetchall():
        if rnd.random() < 0.1:
            raw.execute("UPDATE customer SET name = ? WHERE id = ?", (f" {name.replace('有限', '  有限')}", number))
    raw.commit()
    raw.close()


def read(path):
    """All customers and contact persons, each row once."""
    raw = sqlite3.connect(path)
    for table in ("customer", "contact"):
        for row in raw.execute(f"SELECT * FROM {table}"):
            sum(map(bool, row))
    raw.close()


def measure(path):
    untidy(path)
    file.open_file(path)
    pairs = [(seconds(cleaning.proposals), seconds(lambda: read(path))) for _ in range(5)]
    ours, floor = (statistics.median(side[0] for side in each) for each in zip(*pairs, strict=True))
    found = pairs[-1][0][1]
    count = file.one("SELECT count(*) FROM customer")
    print(f"{count:,} customers, {len(found):,} proposals: {ours:.2f} s  floor {floor:.2f} s  ratio {ours / floor:.1f}")

    def apply():
        with change(None, clean_up.ACTION) as c:
            return c.id, cleaning.apply(c, found)

    took, (number, applied) = seconds(apply)
    back, undone = seconds(lambda: history.undo(None, number))
    assert undone.kept == []
    print(f"{applied.values:,} values changed in {took:.2f} s, taken back in {back:.2f} s")
    file.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--customers", type=int, default=20_000)
    parser.add_argument("--file", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "office.crm"
        if asked.file:
            shutil.copy(asked.file, path)
        else:
            demo.make(path, customers=asked.customers, interactions=asked.customers)
            file.close()
        measure(path)


if __name__ == "__main__":
    main()
