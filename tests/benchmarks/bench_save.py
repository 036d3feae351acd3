"""Save one customer (search index, log) and read one with its last 50 contacts: ours beside plain sqlite3 (floor).

Run it: `python tests/benchmarks/bench_save.py [--file FILE] [--customers N] [--rounds N]`. A file that is named is
copied first and stays as it is.
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

TIERS = ("diamond", "gold", "silver", "regular")


class Floor:
    """The same file, written and read with nothing but sqlite3."""

    def __init__(self, path):
        from crm_desktop.store import file

        self.raw = sqlite3.connect(path, isolation_level=None)
        for name, value in file.PRAGMAS:
            self.raw.execute(f"PRAGMA {name}={value}")
        self.count = 0

    def save(self, customer, values):
        """One row, one line in the log, one text in the index: one transaction."""
        run = self.raw.execute
        self.count += 1
        run("BEGIN IMMEDIATE")
        run("UPDATE customer SET tier=?, pinned=?, updated_at=? WHERE id=?", (*values, "2026-01-01T00:00:00", customer))
        run("INSERT INTO change (id, at, user_name, pc, action) VALUES (?,'','','','')", (self.count,))
        run(
            'INSERT INTO change_entry (change, "table", record, op, before, after) VALUES (?,?,?,?,?,?)',
            (self.count, "customer", customer, "~", "{}", "{}"),
        )
        [(old,)] = run("SELECT hay FROM customer_hay WHERE id=?", (customer,)).fetchall()
        new = f"{values[1]}\x1f{old}"
        run("INSERT INTO customer_fts (customer_fts, rowid, hay) VALUES ('delete', ?, ?)", (customer, old))
        run("UPDATE customer_hay SET hay=? WHERE id=?", (new, customer))
        run("INSERT INTO customer_fts (rowid, hay) VALUES (?, ?)", (customer, new))
        run("COMMIT")

    def read(self, customer):
        """The row and its last 50 contacts."""
        self.raw.execute("SELECT * FROM customer WHERE id=?", (customer,)).fetchall()
        self.raw.execute(
            "SELECT * FROM interaction WHERE customer=? ORDER BY at DESC, id DESC LIMIT 50", (customer,)
        ).fetchall()


def save(customer, values):
    """As the form saves."""
    from crm_desktop.models import Customer
    from crm_desktop.store.change import change

    with change(None, "Edit customer") as writing:
        writing.save(customer, {Customer.tier: values[0], Customer.pinned: values[1]})


def read(customer):
    """As the customer's page asks."""
    from crm_desktop import timeline
    from crm_desktop.models import Customer

    return Customer.get_row(customer), timeline.page(customer, limit=50)


def timed(work, *given):
    """Milliseconds."""
    began = time.perf_counter()
    work(*given)
    return (time.perf_counter() - began) * 1000


def told(what, pairs):
    """One line of the report."""
    floor, ours = (statistics.median(each[i] for each in pairs) for i in (0, 1))
    print(f"{what:<44}{floor:>9.3f} ms{ours:>9.3f} ms{statistics.median(o / f for f, o in pairs):>8.1f} ×")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--customers", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=200)
    asked = parser.parse_args()
    from crm_desktop import demo
    from crm_desktop.models import Customer
    from crm_desktop.store import file

    with tempfile.TemporaryDirectory() as folder:
        ours, plain = Path(folder) / "ours.crm", Path(folder) / "floor.crm"
        if asked.file:
            shutil.copyfile(asked.file, ours)
        else:
            demo.make(ours, customers=asked.customers)
            file.close()
        shutil.copyfile(ours, plain)
        file.open_file(ours)
        floor, rnd = Floor(plain), random.Random(1)
        ids = [i for (i,) in file.ask("SELECT id FROM customer")]
        saved, got = [], []
        for number in range(asked.rounds + 5):
            i, values = rnd.choice(ids), (TIERS[number % 4], f"提示 {number}")
            customer = Customer.get_row(i)
            saved.append((timed(floor.save, i, values), timed(save, customer, values)))
            i = rnd.choice(ids)
            got.append((timed(floor.read, i), timed(read, i)))
        print(f"{'':<44}{'floor':>12}{'ours':>12}{'ratio':>10}")
        told("save a customer: row, log, search index", saved[5:])  # the first ones warm up
        told("read a customer with its last 50 contacts", got[5:])
        file.close()


if __name__ == "__main__":
    main()
