"""Repair: what can still be read of a damaged customer file is brought into a new one, and what is lost is said."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import zlib
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final

from crm_desktop.errors import UserError
from crm_desktop.i18n import _, ngettext
from crm_desktop.store import backup, backups, checking, file, mending, migrations, restore, wrong_files
from crm_desktop.store.backup import Progress
from crm_desktop.store.pages import Pages
from crm_desktop.store.record import Row, tables
from crm_desktop.store.salvaged import Shape, Wreck, shapes

_CHUNK: Final = 1000
_HOT: Final = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"  # how the journal of an unfinished save begins


@dataclass
class Part:
    """What became of one table."""

    read: int = 0
    lost: int = 0
    """Rows that are known to have been there."""
    torn: int = 0
    """Pages or rows that could not be read; how many rows that were is not always known."""
    astray: int = 0
    """Rows found on pages outside their table: they may be older than the last ones."""


@dataclass
class Salvage:
    """What came out of a damaged file."""

    sound: bool
    """The file was not damaged: the new one is equal."""
    tables: dict[str, Part] = field(default_factory=dict)
    sentences: list[str] = field(default_factory=list)
    """What was lost or may be wrong, and what to do."""


def salvage(damaged: Path, target: Path, progress: Progress | None = None) -> Salvage:
    """Bring everything that can be read into a new file and open that; the damaged one is not touched.

    UserError when there is nothing to be read, or `target` exists. If `progress` raises, there is no new file.
    """
    damaged, target = Path(damaged).absolute(), Path(target).absolute()
    if not damaged.is_file():
        raise UserError(_("There is no file {file}.").format(file=damaged))
    file.create(target)
    try:
        with _rolled_back(damaged) as path, file.troubles(target):
            result = _copy_sound(path, target, progress)
            if result is None:
                _begin_again(target)
                result = _rescue(path, progress)
        if not result.sound and not any(result.tables[t].read for t in tables()):
            raise UserError(_("Nothing could be read from {file}. Restore a backup instead.").format(file=damaged))
    except BaseException:
        _remove(target)
        raise
    return result


def _remove(target: Path) -> None:
    file.close()
    for rest in (target, target.with_name(target.name + "-journal")):
        with suppress(OSError):
            rest.unlink()


def _begin_again(target: Path) -> None:
    _remove(target)
    file.create(target)


@contextmanager
def _rolled_back(damaged: Path) -> Iterator[Path]:
    """The file; or, when a save was broken off in it, a copy in which SQLite has taken that save back."""
    journal = damaged.with_name(damaged.name + "-journal")
    with suppress(OSError), journal.open("rb") as stream:
        if stream.read(8) == _HOT:
            with tempfile.TemporaryDirectory() as folder:
                copied = Path(folder) / damaged.name
                shutil.copyfile(damaged, copied)
                shutil.copyfile(journal, copied.with_name(journal.name))
                with suppress(sqlite3.DatabaseError, UnicodeDecodeError), closing(restore.connect(copied)) as raw:
                    raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
                yield copied
            return
    yield damaged


def _copy_sound(path: Path, target: Path, progress: Progress | None) -> Salvage | None:
    """A file whose pages and records are sound is simply copied; None for any other."""
    try:
        with closing(backups.reader(path)) as raw:
            if raw.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)]:
                return None
            (version,) = raw.execute("PRAGMA user_version").fetchone()
            (mark,) = raw.execute("PRAGMA application_id").fetchone()
            file.close()
            with closing(restore.connect(target)) as new:
                backup.copy_pages(raw, new, progress, _("Copying the file"))
                new.execute(f"PRAGMA application_id={wrong_files.APPLICATION_ID}")
    except (sqlite3.DatabaseError, UserError, UnicodeDecodeError):  # the last: a damaged name in SQLite's own words
        return None
    try:
        file.open_file(target)
        for table in shapes(file.connection()):  # a text that is none is only noticed when it is read
            deque(file.connection().execute(f'SELECT * FROM "{table}"'), maxlen=0)
        wrong: list[tuple[str, int]] = []
        problems = checking.problems()
        if problems:
            wrong = mending.stale_texts() if version == migrations.version() else []
            mending.rebuild_texts()
            if checking.problems():
                return None
    except Exception:  # a damaged value may break anything: then it is read piece by piece
        return None
    counted = {t: Part(read=file.one(f'SELECT count(*) FROM "{t}"')) for t in shapes(file.connection())}
    marked = mark == wrong_files.APPLICATION_ID
    sentences = [] if marked else [_("The mark that tells a customer file from others was damaged; it was made anew.")]
    if problems:
        sentences += [_("Only the search index was damaged; it was made anew."), *_doubts(wrong)]
    if not sentences:
        sentences = [_("The file is not damaged; the new one is equal to it.")]
    return Salvage(marked and not problems, counted, sentences)


def _rescue(path: Path, progress: Progress | None) -> Salvage:
    """Read what can be read, mend what hangs together, make everything findable again."""
    result, done = Salvage(False), 0
    today = shapes(file.connection())
    with Pages(path) as pages:

        def tick() -> None:
            nonlocal done
            done += 1
            if progress and done % _CHUNK == 0:
                progress(len(wreck.seen), pages.count, _("Reading the damaged file"))

        wreck = Wreck(pages, today, tick)
        with file.transaction():
            wrong = _read_all(wreck, today, result)
            file.reread()  # which fields there are, and which of them are searched, stands in these rows
            mended = mending.Mending(result.tables)
            broken = mended.run()
            wrong += mending.make_findable(progress) + _changed_texts(wreck)
            wrong = [one for one in dict.fromkeys(wrong) if one not in mended.stand_ins]
        if wreck.torn.schema:
            result.sentences.append(_("The list of tables was damaged; what it led to was looked for page by page."))
    result.sentences = [*_losses(result), *result.sentences, *broken, *_doubts(wrong)]
    result.sentences.append(_("Compare the new file with the last backup before you work in it."))
    return result


def _read_all(wreck: Wreck, today: dict[str, Shape], result: Salvage) -> list[tuple[str, int]]:
    """All rows into the new file: first the log, which knows what there should be; those that held nonsense."""
    nonsense: list[tuple[str, int]] = []
    names = ["change_entry", "change", *(t for t in today if t not in ("change", "change_entry"))]
    names = [name for name in names if not name.endswith("_hay")]
    for name in names:
        result.tables[name] = Part()
        nonsense += _insert(name, wreck.rows(name), result.tables[name])
    for table in today:
        if table.endswith("_hay"):
            for _row in wreck.rows(table):
                pass  # its pages are known now: they are nobody's stray ones
    for name in names:
        gone = mending.deleted(name) if name in tables() else set()
        before = result.tables[name].read
        strays = (row for row in wreck.astray(name) if row.get("id") not in gone)
        nonsense += _insert(name, strays, result.tables[name], True)
        result.tables[name].astray = result.tables[name].read - before
        result.tables[name].torn += wreck.torn.parts[name]
    return nonsense


def _insert(table: str, rows: Iterable[Row], part: Part, astray: bool = False) -> list[tuple[str, int]]:
    """Insert rows, one by one where they do not fit together; those that held nonsense."""
    names = [column[1] for column in file.ask(f'PRAGMA table_info("{table}")')]
    model, usual = tables().get(table), mending.needed(table)
    blank = model.blank() if model else {}
    quoted = ",".join(f'"{name}"' for name in names)
    sql = f'INSERT INTO "{table}" ({quoted}) VALUES ({",".join("?" * len(names))})'
    nonsense: list[tuple[str, int]] = []
    waiting = iter(rows)
    while chunk := list(islice(waiting, _CHUNK)):
        whole = [{n: row[n] if n in row else blank.get(n) for n in names} for row in chunk]
        for row in whole:
            if model and not mending.readable(model, row):
                nonsense.append((table, int(row["id"] or 0)))
            row.update({n: value for n, value in usual.items() if row[n] is None})
        part.read += _write(sql, names, whole, part, astray)
    return nonsense


def _write(sql: str, names: Sequence[str], rows: Sequence[Row], part: Part, astray: bool) -> int:
    raw = file.connection()
    raw.execute("SAVEPOINT salvage")
    try:
        raw.executemany(sql, [[row.get(n) for n in names] for row in rows])
        written = len(rows)
    except sqlite3.DatabaseError:
        raw.execute("ROLLBACK TO salvage")
        written = 0
        for row in rows:
            written += _write_one(sql, names, row, part, astray)
    raw.execute("RELEASE salvage")
    return written


def _write_one(sql: str, names: Sequence[str], row: Row, part: Part, astray: bool) -> int:
    raw = file.connection()
    table = sql.split('"')[1]
    if "id" in row and raw.execute(f'SELECT 1 FROM "{table}" WHERE id = ?', (row["id"],)).fetchone():
        part.torn += not astray  # there twice: one of them has a wrong number
        return 0
    for sign in ("", "?", "??", "???"):
        with suppress(sqlite3.DatabaseError, OverflowError):
            raw.execute(sql, [f"{row[n]}{sign}" if n in ("code", "name") and sign else row.get(n) for n in names])
            return 1
        if "code" not in row:
            break
    part.torn += not astray
    return 0


def _changed_texts(wreck: Wreck) -> list[tuple[str, int]]:
    """Records whose search text in the damaged file is not the one they have now: something in them was altered."""
    found: list[tuple[str, int]] = []
    wreck.seen.clear()
    for table, model in tables().items():
        if model.searchable and f"{table}_hay" in wreck.roots:
            old = {row["id"]: zlib.crc32(str(row["hay"]).encode()) for row in wreck.rows(f"{table}_hay")}
            new = ((i, zlib.crc32(hay.encode())) for i, hay in file.ask(f'SELECT id, hay FROM "{table}_hay"'))
            wrong = [(table, i) for i, crc in new if i in old and old[i] != crc]
            found += wrong if len(wrong) * 2 <= max(len(old), 4) else []  # texts of an older program
    return found


def _losses(result: Salvage) -> Iterator[str]:
    for table, part in result.tables.items():
        title = mending.title(table)
        if part.lost:
            yield ngettext(
                "{table}: {n} row is lost, {read} were saved.",
                "{table}: {n} rows are lost, {read} were saved.",
                part.lost,
            ).format(table=title, n=part.lost, read=part.read)
        if part.torn and not part.lost:
            yield _("{table}: saved {read}; parts of the file that belong to it could not be read.").format(
                table=title, read=part.read
            )
        if part.astray:
            yield ngettext(
                "{table}: {n} row was found outside its table and may be an old one.",
                "{table}: {n} rows were found outside their table and may be old ones.",
                part.astray,
            ).format(table=title, n=part.astray)


def _doubts(wrong: Sequence[tuple[str, int]]) -> list[str]:
    if not wrong:
        return []
    named = [mending.name(table, i) for table, i in wrong[:5]]
    return [
        ngettext(
            "{n} record may have been altered by the damage: {names}.",
            "{n} records may have been altered by the damage: {names}.",
            len(wrong),
        ).format(n=len(wrong), names=_(", ").join(named) + (" …" if len(wrong) > 5 else ""))
    ]
