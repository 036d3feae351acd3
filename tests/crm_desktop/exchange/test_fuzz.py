"""A few of the damaged files of tests/fuzz_readers.py, with every run."""

import pytest

from tests import fuzz_readers


@pytest.mark.parametrize("seed", [2001, 2002])
def test_damaged_files_are_read_or_refused_in_time_and_memory(seed):
    outcomes, bad, slowest, _most = fuzz_readers.run(60, seed, report=lambda text: None)
    assert bad == []
    assert slowest[0] < fuzz_readers.SECONDS
    assert sum(outcomes.values()) >= 60
