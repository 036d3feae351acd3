"""What colleagues on other computers saved since we last looked, told like a change of our own.

shared-drive.md, rule 9. A look costs next to nothing while nobody saves. The mark is taken when the file is read anew,
before anything is shown.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from crm_desktop.store import change, file
from crm_desktop.store.change import MANY, Committed
from crm_desktop.store.record import Row, tables

_mark: tuple[int, Any] | None = None
"""The connection, and what it said of the file when we last looked."""
_last = 0
"""The last entry of the log that we know."""
_ours: set[int] = set()
"""The changes of our own since then."""


def look() -> bool:
    """Tell what colleagues saved, if anything: the records in `change.committed`; whether there was something.

    In the thread that owns the file; Away while it cannot be reached.
    """
    global _mark
    file.connection()
    if _mark == (mark := _now()):
        return False
    records = _since()
    _mark = mark
    if records is None:
        file.reread()
    elif not records:
        return False
    change.tell(Committed(0, "", None, records))
    return True


def _now() -> tuple[int, Any]:
    return file.way.connections, file.version_seen()


def _since() -> frozenset[tuple[str, int]] | None:
    """The records colleagues wrote after the entries we know, and what derives from them; None when it may be any."""
    global _last
    entries = file.ask(
        'SELECT id, change, "table", record, before FROM change_entry WHERE id > ? ORDER BY id LIMIT ?',
        (_last, MANY + 1),
    )
    if not entries and _newest() < _last:
        return None  # a backup was restored: the log is another one
    theirs = [entry for entry in entries if entry[1] not in _ours]
    _ours.clear()
    if len(entries) > MANY:
        return None
    if entries:
        _last = entries[-1][0]
    return with_derived(theirs)


def with_derived(entries: Iterable[tuple[Any, ...]]) -> frozenset[tuple[str, int]]:
    """Records with those of other tables whose derived columns follow from them."""
    known = tables()
    touched: dict[str, list[Row]] = defaultdict(list)
    for _id, _change, table, record, before in entries:
        if table in known:
            touched[table].append({**(json.loads(before) if before else {}), "id": record})
    found = {(table, row["id"]) for table, rows in touched.items() for row in rows}
    for table, parts in touched.items():
        now = file.rows(table, list(dict.fromkeys(part["id"] for part in parts)))
        # what was deleted, or moved more than once, is no longer there to be asked where it belonged
        rows = [{**known[table].blank(), **now.get(part["id"], {}), **part} for part in parts]
        for other, ids in known[table].affects([*rows, *now.values()]).items():
            found.update((other, record) for record in ids if record is not None)
    return frozenset(found)


def _newest() -> int:
    return int(file.one("SELECT max(id) FROM change_entry") or 0)


def _begin() -> None:
    """Everything is read anew: what is in the file now is known."""
    global _mark, _last
    _mark, _last = _now(), _newest()
    _ours.clear()


def _remember(done: Committed) -> None:
    if done.change:
        _ours.add(done.change)


file.opened.append(_begin)
change.committed.append(_remember)
