"""Reading a workbook of customers up to the values of every cell: ours beside calamine alone (floor), and the preview.

Run it: `python tests/benchmarks/bench_reading.py [--rows N] [--rounds N]`; each measurement has its own process.
"""

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parent))

from bench_import import workbook


def floor(source):
    """The cells as calamine gives them."""
    import python_calamine

    start = time.perf_counter()
    rows = python_calamine.CalamineWorkbook.from_path(str(source)).get_sheet_by_index(0).to_python()
    return {"read": time.perf_counter() - start, "rows": len(rows)}


def ours(source):
    """Checked for size and damage, the table found, every cell read as the value it means."""
    from crm_desktop.exchange import headings, reading, tables, words
    from crm_desktop.exchange.matching import Office
    from crm_desktop.exchange.parsing import Reader
    from crm_desktop.models import office
    from crm_desktop.store import file

    file.create(source.parent / f"ours{time.time_ns()}.crm")
    office.found_office()
    started = time.perf_counter()
    reading.preview(source)
    previewed = time.perf_counter()
    sheets = reading.read(source)
    read = time.perf_counter()
    [table] = tables.find_tables(sheets, words.known)
    mapping = headings.recognise(table)
    found = time.perf_counter()
    reader = Reader(mapping, Office(), table.rows)
    for number, row in table.rows:
        reader.parse(number, row)
    done = time.perf_counter()
    return {
        "preview": previewed - started,
        "read": read - previewed,
        "understood": found - read,
        "values": done - found,
        "rows": len(table.rows),
    }


def run(what, source):
    """One measurement in a process of its own: seconds by step, and the most memory in MB."""
    code = [sys.executable, __file__, "--one", what, "--source", str(source)]
    return eval(subprocess.run(code, check=True, capture_output=True, text=True).stdout)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--one")
    parser.add_argument("--source", type=Path)
    asked = parser.parse_args()
    if asked.one:
        told = {"floor": floor, "ours": ours}[asked.one](asked.source)
        print({**told, "MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024})
        return
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "customers.xlsx"
        workbook(source, asked.rows)
        rounds = [(run("floor", source), run("ours", source)) for _ in range(asked.rounds)]
    for name, told in (("floor", [f for f, _ in rounds]), ("ours", [o for _, o in rounds])):
        shown = ", ".join(f"{key} {statistics.median(each[key] for each in told):.2f}" for key in told[0])
        print(f"{name:6} {shown}")
    print(f"ratio  {statistics.median(o['read'] / f['read'] for f, o in rounds):.2f} over {asked.rows:,} rows")


if __name__ == "__main__":
    main()
