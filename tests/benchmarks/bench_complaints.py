"""Lists, deadlines, statistics and papers over 20,000 complaints, beside bare SQL (the floor).

`python tests/benchmarks/bench_complaints.py [--file made.crm]`; without a file an invented office is made first.
"""

import argparse
import sqlite3
import statistics as average
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from crm_desktop import demo, statistics, working_time
from crm_desktop.complaints import due, families, reading, signals
from crm_desktop.listing import Filter, Listing
from crm_desktop.models import Complaint
from crm_desktop.models.office import save_settings
from crm_desktop.reports import complaint_form, complaint_ledger
from crm_desktop.statistics import Period, handled, staff
from crm_desktop.store import file

DAY = date(2026, 11, 20)


def milliseconds(work: Callable[[], object], times: int = 5) -> float:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return average.median(taken)


def side_by_side(what: str, ours: Callable[[], object], floor: Callable[[], object] | None = None) -> None:
    """Ours and the floor in turns, so that a busy machine slows both."""
    if floor is None:
        print(f"{what:46} {milliseconds(ours):9.2f} ms")
        return
    pairs = [(milliseconds(ours, 1), milliseconds(floor, 1)) for _ in range(7)]
    mine, bare = (average.median(side) for side in zip(*pairs, strict=True))
    print(f"{what:46} {mine:9.2f} ms  floor {bare:8.2f} ms  ratio {mine / bare:.2f}")


def measure(path: Path) -> None:
    file.open_file(path)
    bare = sqlite3.connect(path)
    bare.execute("PRAGMA cache_size=-16000")
    now = datetime(DAY.year, DAY.month, DAY.day, 10)
    by_deadline = Listing(Complaint, ("code", "due_at", "customer", "state"), sort="due_at")
    page = list(by_deadline.first(50))
    period = Period.months(12, DAY)

    def sql(query: str) -> Callable[[], object]:
        return lambda: bare.execute(query).fetchall()

    every = "SELECT id FROM complaint ORDER BY closed_at IS NOT NULL, due_at IS NULL, due_at, id"
    side_by_side("all by deadline, tier, severity", by_deadline.ids, sql(every))
    side_by_side("the first 50 of them", lambda: by_deadline.rows(by_deadline.first(50)), sql(every + " LIMIT 50"))
    some = ",".join(map(str, page))
    columns = "SELECT id, code, due_at, customer, state FROM complaint"
    side_by_side("a page of 50", lambda: by_deadline.rows(page), sql(f"{columns} WHERE id IN ({some})"))
    mine = by_deadline.only(Filter("owner", "in", [1]))
    side_by_side("one colleague's", mine.ids)
    side_by_side("a word", Listing(Complaint, text="外观", sort="received_at", descending=True).ids)
    side_by_side("Today: open complaints", lambda: due.open_complaints(now))
    side_by_side("Today: improvement actions", lambda: due.improvements(DAY + timedelta(days=7), DAY))
    side_by_side("Today: signs of displeasure", lambda: signals.waiting(DAY))
    side_by_side("a reminder", lambda: due.pressing(now, None))
    side_by_side("one complaint with its course", lambda: reading.case(page[0]))
    side_by_side("families of like complaints", lambda: families.all_of_them(DAY))
    keys = [s.key for s in statistics.STATISTICS if s.about == "complaint"]

    def all_statistics() -> None:
        handled.forget()
        for key in keys:
            statistics.compute(key, period)

    side_by_side(f"all {len(keys)} statistics of a year", all_statistics)
    paper = complaint_form.collect(page[0])
    side_by_side("the form of one on paper", lambda: complaint_form.draw(BytesIO(), paper))
    ledger = complaint_ledger.collect(Period.month("2026-10"), None, "")
    side_by_side(f"the ledger of a month ({len(ledger.rows)} rows)", lambda: complaint_ledger.draw(BytesIO(), ledger))
    spans = iter(["5wd", "4wd"] * 9)
    side_by_side(
        "another rule: all open deadlines move", lambda: save_settings(None, {"sla_solve_normal": next(spans)})
    )
    who = int(file.one("SELECT owner FROM complaint GROUP BY owner ORDER BY count(*) DESC LIMIT 1"))

    def evaluated() -> None:
        handled.forget()
        staff.sheet(period, who)

    side_by_side("the figures of a colleague beside the office's", evaluated)
    start = datetime(2026, 1, 28, 15)
    side_by_side("one deadline", lambda: working_time.deadline(start, "5wd"))
    print(f"open: {file.one('SELECT count(*) FROM complaint WHERE closed_at IS NULL'):,}")
    bare.close()
    file.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--complaints", type=int, default=20_000)
    asked = parser.parse_args()
    if asked.file:
        measure(asked.file)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.crm"
        demo.make(path, 10_000, 20_000, asked.complaints, today=DAY)
        file.close()
        measure(path)


if __name__ == "__main__":
    main()
