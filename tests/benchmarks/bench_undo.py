"""An import of 10,000 customers taken back and done again, one edit taken back: ours beside plain deletes (floor).

`python tests/benchmarks/bench_undo.py [--rows N] [--rounds N]`; the goal is an import of 10,000 rows in 10 s.
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

from bench_import import workbook

from crm_desktop.exchange import importing
from crm_desktop.models import Customer, office
from crm_desktop.store import file, history
from crm_desktop.store.change import change


def seconds(work):
    """How long it takes, and what it gives."""
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found


def floor(path, number):
    """The same records out of the same file, row by row as the log has them, and their search texts: with sqlite3."""
    raw = sqlite3.connect(path, isolation_level=None)
    for name, value in file.PRAGMAS:
        raw.execute(f"PRAGMA {name}={value}")
    began = time.perf_counter()
    raw.execute("BEGIN IMMEDIATE")
    entries = raw.execute('SELECT "table", record FROM change_entry WHERE change = ?', (number,)).fetchall()
    for table in dict.fromkeys(table for table, _record in entries):
        ids = [(record,) for each, record in entries if each == table]
        raw.executemany(f'DELETE FROM "{table}" WHERE id = ?', ids)
        if raw.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (f"{table}_hay",)).fetchone():
            for (i,) in ids:
                for (hay,) in raw.execute(f"SELECT hay FROM {table}_hay WHERE id = ?", (i,)).fetchall():
                    raw.execute(f"INSERT INTO {table}_fts ({table}_fts, rowid, hay) VALUES ('delete', ?, ?)", (i, hay))
            raw.executemany(f"DELETE FROM {table}_hay WHERE id = ?", ids)
    raw.execute("COMMIT")
    raw.close()
    return time.perf_counter() - began


def one_edit():
    """A customer is changed, and the change taken back."""
    customer = Customer.get_row(file.one("SELECT max(id) FROM customer"))
    with change(None, "Edit customer") as c:
        c.save(customer, {"tier": "gold" if customer.tier != "gold" else "silver", "remarks": "x"})
    return seconds(lambda: history.undo(None, c.id))[0]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    taken, again, floors, edits = [], [], [], []
    with tempfile.TemporaryDirectory() as folder:
        source, path, work = (Path(folder) / name for name in ("customers.xlsx", "office.crm", "work.crm"))
        workbook(source, asked.rows)
        file.create(path)
        office.found_office()
        number = importing.read(source).save(None).change
        file.close()
        for _round in range(asked.rounds):
            shutil.copy(path, work)
            floors.append(floor(work, number))
            shutil.copy(path, work)
            file.open_file(work)
            edits += [one_edit() for _n in range(20)]
            took, undone = seconds(lambda: history.undo(None, number))
            taken.append(took)
            # one of the imported customers was just changed 20 times, and each time given back
            assert undone.kept == [], undone.kept[:3]
            again.append(seconds(lambda number=undone.change: history.undo(None, number))[0])
            file.close()
    ours, bare = statistics.median(taken), statistics.median(floors)
    print(f"import of {asked.rows:,} rows taken back: {ours:.2f} s  floor {bare:.2f} s  ratio {ours / bare:.1f}")
    print(f"and done again: {statistics.median(again):.2f} s")
    print(f"one edit taken back: {statistics.median(edits) * 1000:.1f} ms (median of {len(edits)})")


if __name__ == "__main__":
    main()
