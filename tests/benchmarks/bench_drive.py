"""File operations and time of what a user waits for on a network drive, against the goals for 100,000 customers.

`python tests/benchmarks/bench_drive.py [--file made.crm] [--delays 0.5 2 10] [--customers N]`; needs Linux with FUSE,
see tests/sharing. The drive answers each file operation after so many milliseconds, and nothing is cached outside
SQLite. Before a question a colleague saves something, so that SQLite reads everything again; then it is asked again.
Questions that the window asks together are asked together.
"""

import argparse
import random
import shutil
import sqlite3
import statistics as average
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from crm_desktop import demo, statistics, timeline, today
from crm_desktop.listing import Filter, Listing
from crm_desktop.models import Complaint, Customer, Interaction
from crm_desktop.store import file, nearby, screen
from crm_desktop.store.change import change
from tests.sharing.drive import Drive, missing
from ui.parts.fileinfo import FileInfo
from ui.parts.record_loading import load as load_record
from ui.parts.sources import ListingSource, columns_of
from ui.tabs.customers.page import load as load_page
from ui.tabs.customers.tab import CustomersTab

Work = Callable[[], object]
DAY = date(2026, 11, 20)
GOALS = {"open": 150, "list": 50, "search": 50, "customer": 50, "save": 150}
"""Milliseconds for each millisecond of delay (shared-drive.md: at 2 ms a round trip)."""
WAITED = 30
"""Steps of copying."""
WORDS = ("华东", "hz", "138", "李明")


def jobs(*works: Work) -> Work:
    """What the store thread does with questions that wait together: one look at the file for all of them."""

    def all_of_them() -> None:
        with screen.looking():
            for work in works:
                work()

    return all_of_them


def customers(text: str = "") -> ListingSource:
    """The list of the customers tab with the columns that everybody sees first."""
    columns = columns_of(Customer, CustomersTab.SHOWN, CustomersTab.MORE)
    return ListingSource(Listing(Customer, text=text), columns, frozenset(CustomersTab.SHOWN))


class Steps:
    """What is measured, in the words of the window."""

    def __init__(self, ids: list[int]) -> None:
        self.rng, self.ids, self.number = random.Random(1), ids, time.time_ns()  # what is saved is always new

    def all(self) -> Iterator[tuple[str, str, Work]]:
        """Name, key of the goal, work."""
        yield "list: first page", "list", jobs(lambda: customers().first(60))
        yield "list: 200 rows further down", "list", self.page
        yield "list: all ids", "", jobs(lambda: customers().ids())
        for word in WORDS:
            yield f"search {word}", "search", jobs(lambda word=word: customers(word).first(60))
        yield "customer file", "customer", self.customer
        yield "poll", "", jobs(lambda: file.ask("PRAGMA data_version"))
        yield "save a customer", "save", self.edit
        yield "save a contact", "save", self.talk
        yield "today", "", jobs(lambda: today.due(DAY))
        yield "statistics: figures of a month", "", jobs(lambda: statistics.month_figures("2026-10"))
        two_years = statistics.Period.months(24, DAY)
        yield (
            "statistics: the page",
            "",
            jobs(*[lambda key=s.key: statistics.compute(key, two_years) for s in statistics.STATISTICS]),
        )

    def one(self) -> int:
        return self.rng.choice(self.ids)

    def page(self) -> None:
        start = self.rng.randrange(len(self.ids) - 200)
        jobs(lambda: customers().rows(self.ids[start : start + 200]))()

    def customer(self) -> None:
        """All that a click on a customer asks for."""
        wanted = self.one()
        complaints = Listing(
            Complaint, ("received_at", "category", "description", "state", "owner", "solved_at"),
            filters=(Filter("customer", "in", [wanted]),), sort="received_at", descending=True,
        )  # fmt: skip
        source = ListingSource(complaints, columns_of(Complaint, complaints.columns))
        jobs(
            lambda: load_page(wanted),
            lambda: timeline.page(wanted),
            lambda: timeline.head(wanted),
            lambda: load_record(Customer, wanted),
            lambda: source.first(60),
        )()

    def edit(self) -> None:
        self.number += 1
        with change(None, "Edit customer") as c:
            c.save(Customer.get_row(self.one()), {"remarks": f"改了{self.number}"})

    def talk(self) -> None:
        self.number += 1
        values = {"customer": self.one(), "at": "2026-11-20T10:00:00", "channel": "phone", "content": "谈了新的报价"}
        with change(None, "Write down a contact") as c:
            c.save(Interaction, values)


class Bench:
    """Two mounts of one folder: ours, which is slow, and a colleague's."""

    def __init__(self, folder: Path, ours: Drive, theirs: Drive, rounds: int) -> None:
        self.ours, self.rounds = ours, rounds
        self.path = ours.path / "office.crm"
        self.colleague = sqlite3.connect(theirs.path / "office.crm", isolation_level=None, timeout=30)
        self.colleague.execute("PRAGMA journal_mode=PERSIST")

    def colleague_saves(self) -> None:
        """Something that concerns nobody; SQLite forgets what it read all the same."""
        self.colleague.execute(
            "UPDATE customer SET staff = 1 - coalesce(staff, 0) WHERE id = (SELECT min(id) FROM customer)"
        )

    @contextmanager
    def slow(self, delay: float) -> Iterator[None]:
        self.ours.behave(delay=delay / 1000)
        try:
            yield
        finally:
            self.ours.behave(delay=0)

    def measured(self, work: Work, delay: float) -> tuple[int, float]:
        """Operations and milliseconds."""
        before, start = self.ours.trips(), time.perf_counter()
        with self.slow(delay):
            work()
        return self.ours.trips() - before, (time.perf_counter() - start) * 1000

    def open(self) -> object:
        file.open_file(self.path)
        with screen.looking():
            return FileInfo.read(None)

    def run(self, delay: float, longest: int) -> None:
        """One table."""
        trips, spent = self.measured(lambda: [Path(f"{self.path}{n}").exists() for n in range(100)], delay)
        print(f"\n{delay} ms an operation, really {spent / trips:.2f}")
        print(f"{'':34}{'after a save of a colleague':>22}{'again':>19}   goal")
        took = []
        for _round in range(self.rounds):
            file.close()
            took.append(self.measured(self.open, delay))
        self.tell("open", "open", delay, took, [])
        self.gather(delay)
        steps = Steps(list(customers().ids()))
        for name, goal, work in steps.all():
            work()
            trips, _time = self.measured(work, 0)
            if trips * delay > longest * 1000:
                print(f"{name:34} {trips:7}        (not waited for)")
                continue
            cold, warm = [], []
            for _round in range(self.rounds):
                self.colleague_saves()
                cold.append(self.measured(work, delay))
                warm.append(self.measured(work, delay))
            self.tell(name, goal, delay, cold, warm)

    def gather(self, delay: float) -> None:
        """What the window does in small steps after opening: have all customers on this computer, too.

        Only the first steps are waited for.
        """
        steps = []
        while nearby.is_wanted():
            steps.append(self.measured(nearby.step, delay if len(steps) < WAITED else 0))
        trips = sum(trips for trips, _took in steps)
        longest = max((took for _trips, took in steps[:WAITED]), default=0)
        print(f"{'customers and persons copied':34} {trips:7.0f}   some {trips * delay / 1000:.0f} s in steps,"
              f" the longest of the first {WAITED} {longest:.0f} ms")  # fmt: skip

    def tell(
        self, name: str, goal: str, delay: float, cold: list[tuple[int, float]], warm: list[tuple[int, float]]
    ) -> None:
        line = f"{name:34}"
        for found in (cold, warm):
            trips, took = (average.median(side) for side in zip(*found, strict=True)) if found else (0, 0)
            line += f" {trips:7.0f} {took:10.0f} ms" if found else " " * 22
        if goal:
            wanted = GOALS[goal] * max(delay, 1)
            took = average.median(took for _trips, took in cold)
            line += f"   ≤ {wanted:.0f} ms {'met' if took <= wanted else 'MISSED'}"
        print(line, flush=True)


def measure(source: Path, delays: list[float], rounds: int, longest: int) -> None:
    """All tables, on a copy of the file."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(source, folder / "office.crm")
        file.open_file(folder / "office.crm")  # brought up to date here, not over the slow drive
        file.close()
        drives = [Drive(folder), Drive(folder)]
        try:
            bench = Bench(folder, *drives, rounds)
            for delay in delays:
                bench.run(delay, longest)
        finally:
            file.close()
            for drive in drives:
                drive.unmount()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--customers", type=int, default=5000)
    parser.add_argument("--delays", type=float, nargs="+", default=[0.5, 2, 10])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--longest", type=int, default=10, help="seconds one step may take, else counted only")
    wanted = parser.parse_args()
    if why := missing():
        sys.exit(f"This benchmark {why}.")
    if wanted.file:
        measure(wanted.file, wanted.delays, wanted.rounds, wanted.longest)
    else:
        with tempfile.TemporaryDirectory() as folder:
            made = Path(folder) / "made.crm"
            demo.make(made, customers=wanted.customers)
            file.close()
            measure(made, wanted.delays, wanted.rounds, wanted.longest)
