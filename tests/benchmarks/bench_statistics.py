"""The page of figures, the month and the day over 100,000 customers and 500,000 contacts, beside bare SQL (the floor).

`python tests/benchmarks/bench_statistics.py [--file made.crm]`; without a file an invented office is made first.
"""

import argparse
import sqlite3
import statistics as average
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from crm_desktop import birthdays, contact_rhythm, demo, statistics, today
from crm_desktop.statistics import counting
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
        print(f"{what:42} {milliseconds(ours):8.2f} ms")
        return
    pairs = [(milliseconds(ours, 1), milliseconds(floor, 1)) for _ in range(7)]
    mine, bare = (average.median(side) for side in zip(*pairs, strict=True))
    print(f"{what:42} {mine:8.2f} ms  floor {bare:8.2f} ms  ratio {mine / bare:.2f}")


def fresh(work: Callable[[], object]) -> Callable[[], object]:
    """Without what an earlier question left behind."""

    def ask() -> object:
        counting._contact_counts.cache_clear()
        birthdays.birthday_keys.cache_clear()
        return work()

    return ask


def measure(path: Path) -> None:
    file.open_file(path)
    bare = sqlite3.connect(path)
    bare.execute("PRAGMA cache_size=-16000")
    two_years, month = statistics.Period.months(24, DAY), DAY.isoformat()[:7]

    def sql(query: str, *params: object) -> Callable[[], object]:
        return lambda: bare.execute(query, params).fetchall()

    side_by_side(
        "contacts by month, channel and colleague",
        fresh(lambda: [statistics.compute(f"contacts_by_{by}", two_years) for by in ("month", "channel", "person")]),
        sql('SELECT month, channel, "by", count(*) FROM interaction GROUP BY 1, 2, 3'),
    )
    side_by_side(
        "customers by tier",
        lambda: statistics.compute("customers_by_tier", two_years),
        sql("SELECT tier, count(*) FROM customer GROUP BY 1"),
    )
    for statistic in statistics.STATISTICS:
        side_by_side(statistic.key, fresh(lambda key=statistic.key: statistics.compute(key, two_years)))
    side_by_side("all statistics", fresh(lambda: [statistics.compute(s.key, two_years) for s in statistics.STATISTICS]))
    side_by_side("key figures of a month", lambda: statistics.month_figures(month))
    old = (DAY - timedelta(days=180)).isoformat()
    side_by_side(
        "not contacted in their rhythm: first 20",
        lambda: contact_rhythm.not_contacted(DAY, limit=20),
        sql("SELECT id, name FROM customer WHERE last_contact_at < ? ORDER BY last_contact_at LIMIT 20", old),
    )
    side_by_side("not contacted in their rhythm: count", lambda: contact_rhythm.count_not_contacted(DAY))
    until = DAY + timedelta(days=7)
    keys = list(birthdays.birthday_keys(DAY, until))
    side_by_side(
        "birthdays in 7 days: first 50 and count",
        lambda: birthdays.birthdays(DAY, until, limit=50),
        sql(f"SELECT id, name, birthday FROM contact WHERE birthday_key IN ({','.join('?' * len(keys))})", *keys),
    )
    side_by_side("today", lambda: today.due(DAY))
    file.close()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--file", type=Path)
    arguments = parser.parse_args()
    if arguments.file:
        measure(arguments.file)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "demo.crm"
        print(demo.make(path, arguments.customers, today=DAY))
        file.close()
        measure(path)


if __name__ == "__main__":
    main()
