"""How long an invented office takes, beside bare sqlite3 inserting the same rows (the floor).

`python tests/benchmarks/bench_demo.py [--customers N] [--interactions M]`
"""

import argparse
import resource
import sqlite3
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from crm_desktop import demo
from crm_desktop.store import file

TABLES = ("customer", "contact", "position", "interaction", "complaint", "change_entry")
HAYS = ("customer", "contact", "interaction", "complaint")


def floor(source: Path, target: Path) -> float:
    """The same rows, indexes and search texts put into an empty file, without making, checking or logging anything."""
    connection = sqlite3.connect(target, isolation_level=None)
    connection.execute("ATTACH ? AS made", (str(source),))
    schema = connection.execute(
        "SELECT name, sql FROM made.sqlite_master WHERE type IN ('table', 'index') AND sql <> ''"
    ).fetchall()
    wanted = [*TABLES, *(f"{table}_hay" for table in HAYS)]
    rows = {table: connection.execute(f'SELECT * FROM made."{table}" ORDER BY id').fetchall() for table in wanted}
    start = time.perf_counter()
    connection.execute("PRAGMA page_size=16384")
    connection.execute("BEGIN")
    for name, sql in schema:
        if any(f'"{table}"' in sql or f" {table} " in sql for table in wanted) and "fts" not in name:
            connection.execute(sql)
    for table in HAYS:
        connection.execute(
            f"CREATE VIRTUAL TABLE {table}_fts USING fts5(hay, content='{table}_hay', content_rowid='id',"
            " tokenize='trigram case_sensitive 1', detail=none, columnsize=0)"
        )
    for table, found in rows.items():
        if found:
            connection.executemany(f'INSERT INTO "{table}" VALUES ({",".join("?" * len(found[0]))})', found)
    for table in HAYS:
        connection.executemany(f"INSERT INTO {table}_fts (rowid, hay) VALUES (?, ?)", rows[f"{table}_hay"])
    connection.execute("COMMIT")
    taken = time.perf_counter() - start
    connection.close()
    return taken


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--customers", type=int, default=20_000)
    parser.add_argument("--interactions", type=int)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "demo.crm"
        start = time.perf_counter()
        counts = demo.make(path, arguments.customers, arguments.interactions, today=date(2026, 11, 20))
        ours = time.perf_counter() - start
        file.close()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        size = path.stat().st_size / 1e6
        bare = floor(path, Path(folder) / "floor.db")
    print(", ".join(f"{count:,} {what}" for what, count in counts.items()) + f": {size:.0f} MB")
    print(f"ours {ours:.1f} s, floor {bare:.1f} s, ratio {ours / bare:.2f}; at most {peak:.0f} MB of memory")


if __name__ == "__main__":
    main()
