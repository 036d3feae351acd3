"""What follows from a change: derived columns and search texts, recomputed before the transaction ends."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import zip_longest

from crm_desktop.i18n import _
from crm_desktop.store import file, search
from crm_desktop.store.record import Stored, chunks, tables

Progress = Callable[[int, int, str], None]
"""Told (done, total, what is being done); may raise to stop."""
Ids = Mapping[str, Collection[int]]
"""Records by table."""

STEP = 2000


def refresh(touched: Ids, affected: Ids, fresh: Ids, progress: Progress | None = None) -> None:
    """Recompute derived columns and search texts of these records; `fresh` are those this change has inserted.

    If `progress` raises, the transaction is to be rolled back.
    """
    work: list[tuple[str, Sequence[int]]] = []
    less: list[tuple[str, Sequence[int]]] = []
    written = {table for table, ids in touched.items() if ids}
    for table in dict.fromkeys((*touched, *affected)):
        model, ids = tables()[table], {*touched.get(table, ()), *affected.get(table, ())}
        if written and written <= model.wordless:
            less.append((table, sorted(ids)))
        elif model.derives or model.searchable:
            # in the order of the file: the index takes growing ids far faster than jumbled ones
            work.append((table, sorted(ids)))
    done, total = 0, sum(len(ids) for _table, ids in (*work, *less))
    for parts, lightly in ((work, False), (less, True)):
        for table, part in _in_turn(parts):
            if progress:
                progress(done, total, _("Making everything findable"))
            if lightly:
                tables()[table].derive_less(part)
            else:
                _refresh(tables()[table], part, fresh.get(table, ()))
            done += len(part)


def _in_turn(work: Sequence[tuple[str, Sequence[int]]]) -> Iterator[tuple[str, Sequence[int]]]:
    """A part of each table after the other: records that were written together have names in common."""
    for parts in zip_longest(*([(table, part) for part in chunks(ids, STEP)] for table, ids in work)):
        yield from filter(None, parts)


def _refresh(model: type[Stored], ids: Sequence[int], fresh: Collection[int]) -> None:
    if model.derives:
        model.derive(ids, fresh)
    if model.searchable:
        texts = dict(model.hays(ids))
        search.save(file.connection(), model.table(), texts.items())
        if len(texts) < len(ids):
            search.remove(file.connection(), model.table(), [i for i in ids if i not in texts])
