"""Record ids: 63 bits, ordered by time, unique across PCs without asking anyone."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

EPOCH_MS = 1_577_836_800_000  # 2020-01-01T00:00:00Z; 43 bits of milliseconds last until the year 2298
_RANDOM_BITS = 20


class Source:
    """Hands out growing ids: 43 bits of milliseconds since 2020, then 20 bits that start at random."""

    def __init__(self, clock: Callable[[], float] = time.time, rng: random.Random | None = None) -> None:
        self._clock = clock
        self._random = rng or random.SystemRandom()
        self._last = 0
        self._lock = threading.Lock()

    def next(self, count: int = 1) -> range:
        """A run of `count` fresh ids; a run longer than a millisecond's share simply reaches into the next one."""
        now = max(0, int(self._clock() * 1000) - EPOCH_MS)
        with self._lock:
            first = max((now << _RANDOM_BITS) | self._random.getrandbits(_RANDOM_BITS - 1), self._last + 1)
            self._last = first + count - 1
        return range(first, first + count)


_source = Source()


def new_id() -> int:
    """One fresh 63-bit id."""
    return _source.next()[0]


def new_ids(count: int) -> range:
    """`count` fresh ids in order."""
    return _source.next(count)


def when(record_id: int) -> datetime:
    """The moment an id was handed out (UTC, millisecond resolution)."""
    # whole milliseconds: as a float of seconds, far moments would be microseconds off
    return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=(record_id >> _RANDOM_BITS) + EPOCH_MS)
