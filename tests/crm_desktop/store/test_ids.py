"""Ids are ordered by time and never given twice, and nobody has to be asked."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.store import ids

ROOT = Path(__file__).parents[3]
MOMENT = datetime(2026, 3, 5, 14, 30, 15, 250_000, tzinfo=UTC)


def test_each_id_is_larger_than_the_one_before():
    numbers = [ids.new_id() for _ in range(10_000)]
    assert numbers == sorted(set(numbers))


def test_ids_in_bulk_and_single_ones_keep_one_order():
    source = ids.Source(clock=MOMENT.timestamp)
    runs = [source.next(count) for count in (1, 5000, 1, 3_000_000, 1)]
    assert all(before[-1] < after[0] for before, after in pairwise(runs))


def test_a_clock_set_back_gives_no_id_twice():
    clock = iter([1000.0, 2_000_000_000.0, 1_800_000_000.0, 1_800_000_000.0])
    source = ids.Source(clock=lambda: next(clock))
    numbers = [source.next()[0] for _ in range(4)]
    assert numbers == sorted(set(numbers))


@given(st.datetimes(datetime(2020, 1, 1), datetime(2298, 1, 1)))
def test_an_id_has_63_bits_and_knows_its_moment(moment):
    moment = moment.replace(tzinfo=UTC)
    number = ids.Source(clock=moment.timestamp).next()[0]
    assert 0 < number < 2**63
    assert timedelta(0) <= moment - ids.when(number) <= timedelta(milliseconds=1.01)


def test_threads_that_ask_at_once_never_get_the_same_id():
    source = ids.Source(clock=MOMENT.timestamp)  # all in the same millisecond
    with ThreadPoolExecutor(8) as pool:
        runs = list(pool.map(lambda _turn: source.next(10), range(20_000)))
    assert len({run[0] for run in runs}) == len(runs)
    starts = sorted(run[0] for run in runs)
    assert min(after - before for before, after in pairwise(starts)) >= 10


def test_two_computers_that_import_at_once_give_different_ids():
    asks = "from crm_desktop.store import ids\nfor _ in range(200): print(*ids.new_ids(100))"
    computers = [
        subprocess.Popen([sys.executable, "-c", asks], stdout=subprocess.PIPE, text=True, cwd=ROOT) for _ in range(2)
    ]
    numbers = [number for computer in computers for number in computer.communicate()[0].split()]
    assert len(numbers) == len(set(numbers)) == 40_000
