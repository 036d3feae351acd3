"""All customers compared with each other, and the busiest one merged and given back, beside reading them (the floor).

`python tests/benchmarks/bench_duplicates.py [--customers N] [--file made.crm]`; a file is copied before it is written.
"""

import argparse
import json
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from crm_desktop import demo, duplicate_groups, duplicate_persons, merging
from crm_desktop.store import file
from crm_desktop.store.change import change
from crm_desktop.values import names


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def afresh() -> None:
    """Look for duplicates without what an earlier look left behind."""
    names.name_core.cache_clear()
    names.name_key.cache_clear()
    duplicate_groups.find()


def read(path: Path) -> None:
    """The same columns out of the same file, phones taken apart: less is not possible."""
    bare = sqlite3.connect(path)
    for sql in (duplicate_groups._CUSTOMERS, duplicate_groups._PERSONS):
        for row in bare.execute(sql):
            for value in row:
                if isinstance(value, str) and value.startswith("[{"):
                    json.loads(value)
    bare.close()


def measure(path: Path) -> None:
    file.open_file(path)
    pairs = [(seconds(afresh), seconds(lambda: read(path))) for _ in range(5)]
    ours, floor = (statistics.median(side) for side in zip(*pairs, strict=True))
    groups = duplicate_groups.find()
    count = file.one("SELECT count(*) FROM customer")
    print(f"{count:,} customers, {len(groups):,} groups: {ours:.2f} s  floor {floor:.2f} s  ratio {ours / floor:.1f}")
    persons = statistics.median(seconds(duplicate_persons.find) for _ in range(5))
    print(f"{file.one('SELECT count(*) FROM contact'):,} contact persons: {persons:.2f} s")
    busiest = "SELECT customer FROM interaction GROUP BY customer ORDER BY count(*) DESC, customer LIMIT 2"
    if len(both := [i for (i,) in file.ask(busiest)]) == 2:
        keep, other = both
        moving = file.one("SELECT count(*) FROM interaction WHERE customer = ?", (other,))
        start = time.perf_counter()
        with change(None, merging.ACTION) as c:
            merging.merge(c, keep, other)
        merged = time.perf_counter()
        merging.unmerge(None, c.id)
        back = time.perf_counter() - merged
        print(f"a customer with {moving:,} contacts: merged in {merged - start:.2f} s, given back in {back:.2f} s")
    file.close()


def main() -> None:
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
