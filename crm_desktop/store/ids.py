"""Record ids: 63 bits, ordered by time, unique across PCs without asking anyone."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

EPOCH_MS = 1_577_836_800_000  # 2020-01-01T00:00:00Z; 43 bits of milliseconds last until the year 2298
_NODE_BITS = 12
_COUNT_BITS = 8
_PER_MS = 1 << _COUNT_BITS


class Source:
    """Hands out growing ids: 43 bits of milliseconds since 2020, 12 that are this process's own, 8 that count.

    Two PCs can only meet in one id when they drew the same 12 bits and write in the same millisecond.
    """

    def __init__(self, clock: Callable[[], float] = time.time, rng: random.Random | None = None) -> None:
        self._clock = clock
        self._node = (rng or random.SystemRandom()).getrandbits(_NODE_BITS)
        self._next = 0  # milliseconds and count, without the node between them
        self._lock = threading.Lock()

    def next(self, count: int = 1) -> Sequence[int]:
        """`count` fresh ids in order; what does not fit into a millisecond reaches into the next ones."""
        with self._lock:
            now = max(0, int(self._clock() * 1000) - EPOCH_MS)
            first = max(now << _COUNT_BITS, self._next)
            self._next = first + count
        node = self._node << _COUNT_BITS
        return [
            ((n >> _COUNT_BITS) << (_NODE_BITS + _COUNT_BITS)) | node | (n % _PER_MS)
            for n in range(first, first + count)
        ]


_source = Source()


def new_id() -> int:
    """One fresh 63-bit id."""
    return _source.next()[0]


def new_ids(count: int) -> Sequence[int]:
    """`count` fresh ids in order."""
    return _source.next(count)


def when(record_id: int) -> datetime:
    """The moment an id was handed out (UTC, millisecond resolution)."""
    # whole milliseconds: as a float of seconds, far moments would be microseconds off
    milliseconds = (record_id >> (_NODE_BITS + _COUNT_BITS)) + EPOCH_MS
    return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=milliseconds)
