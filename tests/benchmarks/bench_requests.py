"""Lists, deadlines, statistics, papers and imports over 20,000 service requests.

`python tests/benchmarks/bench_requests.py [--file made.crm]`; without a file an invented office is made first.
"""

import argparse
import sys
import tempfile
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from bench_complaints import side_by_side

from crm_desktop import demo, statistics
from crm_desktop.exchange import exporting, importing
from crm_desktop.listing import Filter, Listing
from crm_desktop.models import ServiceRequest
from crm_desktop.models.office import save_settings
from crm_desktop.reports import service_ledger, service_request
from crm_desktop.service import due, notes
from crm_desktop.statistics import Period, requests, served
from crm_desktop.store import file

DAY = date(2026, 11, 20)


def measure(path: Path) -> None:
    file.open_file(path)
    now = datetime(DAY.year, DAY.month, DAY.day, 10)
    by_deadline = Listing(ServiceRequest, ("code", "due_at", "customer", "state"), sort="due_at")
    page = list(by_deadline.first(50))
    year, month = Period.months(12, DAY), Period.month("2026-10")
    side_by_side("all by deadline, tier, priority", by_deadline.ids)
    side_by_side("the first 50 of them", lambda: by_deadline.rows(by_deadline.first(50)))
    side_by_side("one colleague's", by_deadline.only(Filter("owner", "in", [1])).ids)
    side_by_side("Today: open requests", lambda: due.open_requests(now))
    side_by_side("a reminder", lambda: due.pressing(now, 1))
    side_by_side("reusable solutions by pinyin", lambda: notes.find("wfqd"))
    keys = [s.key for s in statistics.STATISTICS if s.about == "service_request"]

    def all_statistics(period: Period) -> None:
        served.forget()
        for key in keys:
            statistics.compute(key, period)

    side_by_side(f"all {len(keys)} statistics of a year", lambda: all_statistics(year))
    side_by_side(f"all {len(keys)} statistics of two years", lambda: all_statistics(Period.months(24, DAY)))
    side_by_side("figures of a colleague in a year", lambda: requests.figures(year, 1))
    paper = service_request.collect(page[0])
    side_by_side("the form of one on paper", lambda: service_request.draw(BytesIO(), paper))
    ledger = service_ledger.collect(month, None, "")
    side_by_side(f"the ledger of a month ({len(ledger.rows)} rows)", lambda: service_ledger.draw(BytesIO(), ledger))
    spans = iter(["5wd", "4wd"] * 9)
    rule = "std_solve_tier_silver"
    side_by_side("another rule: all open deadlines move", lambda: save_settings(None, {rule: next(spans)}))
    with tempfile.TemporaryDirectory() as folder:
        ids = Listing(ServiceRequest, sort="received_at").ids()
        sheet = Path(folder) / "a.xlsx"
        side_by_side(f"{len(ids):,} rows to Excel", lambda: exporting.export(sheet, ServiceRequest, list(ids)))
        side_by_side("the same rows brought in again", lambda: importing.read(sheet).counts())
    print(f"open: {file.one('SELECT count(*) FROM service_request WHERE closed_at IS NULL'):,}")
    file.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--requests", type=int, default=20_000)
    asked = parser.parse_args()
    if asked.file:
        measure(asked.file)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.crm"
        demo.make(path, 10_000, 20_000, 2_000, asked.requests, today=DAY)
        file.close()
        measure(path)


if __name__ == "__main__":
    main()
