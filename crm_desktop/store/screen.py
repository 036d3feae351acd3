"""One look at the customer file for all that a screen asks.

Each question of its own makes SQLite look after the lock, the journal and the file's size again: some fifteen
operations of the drive, before a page is read (shared-drive.md, "one read transaction per screen"). And all answers
are of one moment.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from crm_desktop.store import file, search


@contextmanager
def looking() -> Iterator[None]:
    """Questions inside are answered in one read transaction; nothing may be written meanwhile, and not for long.

    Colleagues cannot finish their saves in a file before it ends. In the thread that owns the file; without an open
    one it changes nothing.
    """
    if not file.is_open():
        yield
        return
    if not file.connection().in_transaction:
        search.freshen(file.connection())
    with file.at_once():
        yield
