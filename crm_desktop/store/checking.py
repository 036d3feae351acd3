"""Is the customer file sound? Its pages, its links, its search index and its log, in words."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Final

from crm_desktop.errors import UserError
from crm_desktop.i18n import _, ngettext
from crm_desktop.store import backups, file, mending, search, server_state
from crm_desktop.store.record import chunks, tables

Progress = Callable[[int, int, str], None]
_KEPT: Final = 4 << 20
"""Bytes of a journal that may be left lying beside the file."""
_LOOK: Final = 0.2
"""Seconds between two looks at how large the journal is."""


def problems(progress: Progress | None = None, quick: bool = False) -> list[str]:
    """What is wrong with the open file, as sentences; empty when all is well. Takes seconds on a large file.

    A quick one looks whether every page hangs together, not at what the indexes, the search and the log say.
    """
    parts: list[tuple[str, Callable[[], list[str]]]] = [
        (_("Reading every page"), partial(_pages, quick)),
        (_("Checking the links between records"), _links),
        (_("Checking the search index"), _index),
        (_("Checking the log of changes"), _log),
    ]
    parts = parts[:1] if quick else parts
    found: list[str] = []
    for number, (what, check) in enumerate(parts):
        if progress:
            progress(number, len(parts), what)
        found += check()
        if found and not number:
            break  # the other answers would be guesses
    return found


def compact(progress: Progress | None = None) -> int:
    """Write the open file anew without its empty pages; the bytes won. Takes seconds on a large file.

    UserError when the disk has no room for it or others are using the file; one that `progress` stopped by raising, or
    that was interrupted, changes nothing.
    """
    if file.is_server():
        raise UserError(_("A server gives back the room of deleted records by itself; nothing is to be done here."))
    file.refuse_writing()
    raw, before = file.connection(), file.size()
    with file.troubles():
        backups.needs_room(file.path().parent, before)  # its journal may become as large as the file
        try:
            raw.execute(f"PRAGMA journal_size_limit={_KEPT}")  # and is not left lying beside it
            told = progress or (lambda _done, _total, _text: None)
            with _journal_told(before, told), backups.stoppable(raw, lambda: told(0, 0, _("Compacting"))):
                raw.execute("VACUUM")
        finally:
            raw.execute("PRAGMA journal_size_limit=-1")
    return before - file.size()


@contextmanager
def _journal_told(size: int, progress: Progress) -> Iterator[None]:
    """Say how much of the file has been written anew: SQLite tells nobody, but its journal grows with every page.

    That part cannot be stopped any more.
    """
    journal, over = file.path().with_name(file.path().name + "-journal"), threading.Event()
    begun = journal.stat().st_size if journal.exists() else 0

    def watch() -> None:
        while not over.wait(_LOOK):
            with suppress(Exception):  # a Cancel is heard by who asked for it
                done = journal.stat().st_size
                if done > begun:
                    progress(min(done, size), size, _("Writing the smaller file"))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()


def _pages(quick: bool) -> list[str]:
    if file.is_server():
        return [] if quick else server_state.unreadable()
    how = "quick_check" if quick else "integrity_check"
    try:
        lines = [str(line) for (line,) in file.ask(f"PRAGMA {how}(20)")]
    except UserError as error:  # so damaged that even asking fails
        return [str(error)]
    if lines == ["ok"]:
        return []
    return [
        _("The file is damaged: {detail}. Make a copy of it and restore a backup.").format(detail=line)
        for line in lines
    ]


def _links() -> list[str]:
    broken = server_state.broken_links() if file.is_server() else len(file.ask("PRAGMA foreign_key_check"))
    if not broken:
        return []
    return [
        ngettext(
            "{n} record points to a record that is not there.", "{n} records point to records that are not there.", n
        ).format(n=n)
        for n in [broken]
    ]


def _index() -> list[str]:
    found: list[str] = []
    for table, model in tables().items():
        if not model.searchable:
            continue
        if not search.check(file.connection(), table) or _stale_texts(table):
            found.append(
                _("The search index of “{table}” does not agree with the records; some may not be found.").format(
                    table=mending.title(table)
                )
            )
    return found


def _stale_texts(table: str) -> bool:
    """Whether a record's search text is missing, left over or not what it should be."""
    model = tables()[table]
    ids = [i for (i,) in file.ask(f'SELECT id FROM "{table}"')]
    if len(ids) != file.one(f'SELECT count(*) FROM "{table}_hay"'):
        return True
    for part in chunks(ids):
        marks = ",".join("?" * len(part))
        stored = dict(file.ask(f'SELECT id, hay FROM "{table}_hay" WHERE id IN ({marks})', part))
        if stored != dict(model.hays(list(part))):
            return True
    return False


def _log() -> list[str]:
    found: list[str] = []
    lost = file.one('SELECT count(*) FROM change_entry WHERE change NOT IN (SELECT id FROM "change")')
    if lost:
        found.append(_("The log has entries that belong to no action ({n}).").format(n=lost))
    for table in tables():
        last = (
            "SELECT e.record, e.op FROM change_entry e JOIN"
            ' (SELECT max(id) AS id FROM change_entry WHERE "table" = ? GROUP BY record) m ON m.id = e.id'
        )
        unlogged = file.one(
            f'SELECT count(*) FROM "{table}" t LEFT JOIN ({last}) l ON l.record = t.id'
            " WHERE l.op IS NULL OR l.op = '-'",
            (table,),
        )
        gone = file.one(
            f'SELECT count(*) FROM ({last}) l LEFT JOIN "{table}" t ON t.id = l.record'
            " WHERE l.op <> '-' AND t.id IS NULL",
            (table,),
        )
        for number, sentence in (
            (unlogged, _("“{table}” has records that the log does not know ({n}).")),
            (gone, _("Records of “{table}” have vanished without a trace in the log ({n}).")),
        ):
            if number:
                found.append(sentence.format(table=mending.title(table), n=number))
    return found
