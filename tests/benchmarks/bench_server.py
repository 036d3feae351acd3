"""An office on a PostgreSQL server beside the same one in a file: moving it, searching, listing, saving, figures.

Run it: `python tests/benchmarks/bench_server.py [--customers N]`; it brings its own server, which keeps its promises to
the disk as one in an office does.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from crm_desktop import demo, listing
from crm_desktop import statistics as figures
from crm_desktop.models import Customer, Interaction
from crm_desktop.store import file, moving
from crm_desktop.store.address import Address, Place
from crm_desktop.store.change import change
from tests import postgres_server

WORDS = (
    *("公", "杭", "鑫", "有限", "长荣", "杭州长", "机电有", "13", "1380"),
    *("z", "zh", "hz", "hzcr", "zhou", "hangzhou", "changrong"),
)
SAFE = dict.fromkeys(("fsync", "synchronous_commit", "full_page_writes", "autovacuum"), "on")


def median(work: Callable[[], object], times: int = 9) -> float:
    """Milliseconds."""
    taken = []
    for _again in range(times):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken) * 1000


def shown(wanted: listing.Listing) -> None:
    """The first page of a list, with its columns."""
    wanted.rows(wanted.first(50))


def measured(place: Place) -> dict[str, float]:
    """What the same things take there."""
    file.open_file(place)
    found = {f"search {word}": median(lambda w=word: shown(listing.Listing(Customer, text=w))) for word in WORDS}
    found["first page by name"] = median(lambda: shown(listing.Listing(Customer)))
    latest = listing.Listing(Customer, sort="last_contact_at", descending=True)
    found["first page by last contact"] = median(lambda: shown(latest))
    history = listing.Listing(Interaction, columns=("at", "content"), sort="at", descending=True)
    found["first page of the history"] = median(lambda: shown(history))
    for word in ("报价", "合同", "zh"):
        asked = listing.Listing(Interaction, ("at", "content"), word, sort="at", descending=True)
        found[f"search {word} in the history"] = median(lambda asked=asked: shown(asked))
    found["all ids by name"] = median(listing.Listing(Customer).ids)
    record, count = listing.Listing(Customer).first(1)[0], iter(range(100))

    def save() -> None:
        with change(None, "Edit customer") as c:
            c.save(Customer.get_row(record), {Customer.remarks: f"{next(count)} {place}"})

    found["save a customer"] = median(save)
    found["look for news"] = median(file.version_seen)
    found["figures of a month"] = median(lambda: figures.month_figures("2026-10"))
    file.close()
    return found


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--customers", type=int, default=20_000)
    number = asked.parse_args().customers
    server = postgres_server.Server(postgres_server.programs(), **SAFE)
    try:
        with tempfile.TemporaryDirectory() as folder:
            path, address = Path(folder) / "office.crm", Address(server.conninfo("office"))
            demo.make(path, customers=number, interactions=number)
            began = time.perf_counter()
            moved = moving.move(path, address)
            taken = time.perf_counter() - began
            print(f"moved and compared: {moved.rows:,} rows in {taken:.1f} s ({moved.rows / taken:,.0f} a second)")
            in_file, there = measured(path), measured(address)
    finally:
        server.stop()
    print(f"{'':28}{'file':>9}{'server':>9}   milliseconds, median of 9")
    for what, took in in_file.items():
        print(f"{what:28}{took:9.2f}{there[what]:9.2f}")


if __name__ == "__main__":
    main()
