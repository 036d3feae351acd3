"""Export of customers to .xlsx: ours beside openpyxl write_only fed with the same finished cells (the floor).

Run it: `python tests/benchmarks/bench_export.py [--rows N] [--rounds N]`.
"""

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parent)]

import bench_import  # noqa: E402
from openpyxl import Workbook, load_workbook  # noqa: E402

from crm_desktop.exchange import exporting, importing  # noqa: E402
from crm_desktop.models import office  # noqa: E402
from crm_desktop.models.customer import Customer  # noqa: E402
from crm_desktop.store import file  # noqa: E402


def floor(rows, target):
    """Write finished rows."""
    start = time.perf_counter()
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Customers")
    for row in rows:
        sheet.append(row)
    book.save(target)
    return time.perf_counter() - start


def ours(ids, target):
    """Read the records, make their cells, write them with headings, widths and formats."""
    start = time.perf_counter()
    exporting.to_excel(target, Customer, ids)
    return time.perf_counter() - start


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        bench_import.workbook(place / "customers.xlsx", asked.rows)
        file.create(place / "office.crm")
        office.found_office()
        importing.read(place / "customers.xlsx").save(None)
        ids = [i for (i,) in file.ask("SELECT id FROM customer ORDER BY sort_key, id")]
        exporting.to_excel(place / "ours.xlsx", Customer, ids)
        book = load_workbook(place / "ours.xlsx", read_only=True)
        rows = [list(row) for row in book.active.iter_rows(values_only=True)]
        book.close()
        rounds = [(floor(rows, place / "floor.xlsx"), ours(ids, place / "ours.xlsx")) for _ in range(asked.rounds)]
        file.close()
    print(f"floor  {statistics.median(f for f, _ in rounds):.2f} s")
    print(f"ours   {statistics.median(o for _, o in rounds):.2f} s")
    print(f"ratio  {statistics.median(o / f for f, o in rounds):.2f} over {asked.rows:,} rows")


if __name__ == "__main__":
    main()
