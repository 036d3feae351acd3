"""The log of one change while it is written: what each record was before and after, gathered and written in parts."""

from __future__ import annotations

import json
from collections.abc import Sequence

from crm_desktop.store import file
from crm_desktop.store.deriving import Progress
from crm_desktop.store.record import Row

_PART = 5000
_AT_ONCE = 100
_COLUMNS = 'INSERT INTO change_entry (change, "table", record, op, before, after) VALUES'


class Entries:
    """The entries of one change; `count` of them so far."""

    def __init__(self, change: int, progress: Progress | None) -> None:
        self._change, self._progress = change, progress
        self._expected, self._doing = 0, ""
        self.count = 0
        self._waiting: list[tuple[str, int, str, str | None, str | None]] = []

    def expect(self, records: int, doing: str) -> None:
        """So many more are going to be written: `progress` is told of each, and may raise to stop."""
        self._expected, self._doing = self._expected + records, doing

    def inserted(self, table: str, ids: Sequence[int]) -> None:
        """These records are new: what they are is their "after"."""
        if len(ids) < _AT_ONCE:
            self._add([(table, i, "+", None, None) for i in ids])
            return
        self.write()  # the order of the entries is the order in which it happened
        file.connection().executemany(f"{_COLUMNS} (?,?,?,'+',NULL,NULL)", [(self._change, table, i) for i in ids])
        self._counted(len(ids))

    def changed(self, table: str, record: int, before: Row, after: Row) -> None:
        """These columns of a record were so and are so now."""
        self._add([(table, record, "~", written(before), written(after))])

    def deleted(self, table: str, rows: Sequence[tuple[int, Row]]) -> None:
        """These records are gone: all that they were."""
        self._add([(table, i, "-", written(row), None) for i, row in rows])

    def write(self) -> None:
        """Put what was gathered into the file."""
        if not self._waiting:
            return
        rows = [(self._change, *entry) for entry in self._waiting]
        file.connection().executemany(f"{_COLUMNS} (?,?,?,?,?,?)", rows)
        self._waiting = []

    def _add(self, entries: list[tuple[str, int, str, str | None, str | None]]) -> None:
        self._waiting += entries
        self._counted(len(entries))
        if len(self._waiting) >= _PART:
            self.write()

    def _counted(self, more: int) -> None:
        self.count += more
        if self._progress and self._expected:
            self._progress(min(self.count, self._expected), self._expected, self._doing)


def written(row: Row) -> str:
    """A row as the log holds it."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))
