"""What backups say about themselves: read from a few of their pages, listed, and proved."""

from __future__ import annotations

import glob
import json
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from crm_desktop.errors import UserError
from crm_desktop.i18n import N_, _
from crm_desktop.store import file, lock_proof, mending, wrong_files

Progress = Callable[[int, int, str], None]
"""Told (done, total, what is being done); may raise to stop. Nothing is left behind then."""
KINDS: Final = {
    "manual": N_("backup by hand"),
    "exit": N_("backup on exit"),
    "daily": N_("daily backup"),
    "import": N_("before import"),
    "merge": N_("before merge"),
    "bulk": N_("before bulk edit"),
    "upgrade": N_("before upgrade"),
    "restore": N_("before restore"),
    "copy": N_("copy of the file"),
}
"""Why a backup was made (product.md 4.9); "copy" is a customer file that only lies in the folder."""
NOTE: Final = "backup_note"
OFTEN: Final = 20_000
"""So many of SQLite's own steps are done between two looks at whether to go on: some milliseconds."""
_BEFORE_UPGRADE: Final = ".before-upgrade-"


@dataclass(frozen=True)
class Backup:
    """A backup as it lies in a folder."""

    path: Path
    at: str
    """When it was made, ISO text in office time."""
    reason: str
    """One of KINDS."""
    note: str
    """What somebody wrote about it."""
    office: str
    origin: int | None
    """Which customer file it is a copy of: the number of that file's first change."""
    version: int
    """The version of the file's format."""
    program: str
    size: int
    """Bytes."""
    counts: Mapping[str, int]
    """Rows by table."""
    verified: bool
    """Whether it was proved sound when it was made."""
    file: str = ""
    """The path of the customer file it was made of."""

    @property
    def title(self) -> str:
        """Why it was made, in words."""
        return _(KINDS[self.reason]) + (f" ({self.note})" if self.note else "")


@contextmanager
def stoppable(raw: sqlite3.Connection, ask: Callable[[], object]) -> Iterator[None]:
    """While a statement runs for long, `ask` is called again and again; it may raise to stop that."""
    stopped: list[BaseException] = []

    def tick() -> int:
        try:
            ask()
        except BaseException as error:  # SQLite only knows that it was interrupted
            stopped.append(error)
        return len(stopped)

    raw.set_progress_handler(tick, OFTEN)
    try:
        yield
    except sqlite3.DatabaseError:
        if not stopped:
            raise
    finally:
        raw.set_progress_handler(None, 0)
    if stopped:
        raise stopped[0]


def verify(path: Path, progress: Progress | None = None) -> list[str]:
    """What is wrong with a backup, as sentences: every page is checked, every table read and counted."""
    path, part = Path(path), 0
    broken = [_("{file} is damaged.").format(file=path.name)]

    def tell() -> None:
        if progress:
            progress(part, 2, _("Proving the backup"))

    tell()
    try:
        with closing(reader(path)) as raw, stoppable(raw, tell):
            if [line for (line,) in raw.execute("PRAGMA quick_check(1)")] != ["ok"]:
                return broken
            part = 1
            tell()
            noted = _note(raw).get("counts", {})
            real = counts(raw, "NOT INDEXED")
    except (sqlite3.DatabaseError, ValueError):
        return broken
    return [
        _("The table “{table}” has {n} rows instead of {expected}.").format(
            table=mending.title(table), n=real.get(table, 0), expected=expected
        )
        for table, expected in noted.items()
        if real.get(table) != expected
    ]


def read(path: Path) -> Backup:
    """What a backup says about itself, from a few of its pages; UserError when it is no customer file."""
    path = Path(path)
    version = wrong_files.version_of(path)
    found = path.stat()
    try:
        with closing(reader(path)) as raw:
            noted = _note(raw)
            office = "" if noted else office_of(raw)
    except (sqlite3.DatabaseError, ValueError) as error:
        raise UserError(_("{file} is damaged.").format(file=path)) from error
    when = datetime.fromtimestamp(found.st_mtime).isoformat(timespec="seconds")
    if (
        not noted and _BEFORE_UPGRADE in path.name
    ):  # it was proved sound before it got this name, and says for itself whose it is
        noted = _of_upgrade(path)
    return Backup(
        path,
        at if re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", at := str(noted.get("at"))) else when,
        reason if (reason := noted.get("reason")) in KINDS else "copy",
        noted.get("note", ""),
        noted.get("office", office),
        noted.get("origin"),
        version,
        noted.get("program", ""),
        found.st_size,
        noted.get("counts", {}),
        bool(noted),
        str(noted.get("file", "")),
    )


def _of_upgrade(path: Path) -> dict[str, Any]:
    """What a copy from before an upgrade would say about itself."""
    try:
        with closing(reader(path)) as raw:
            return {"reason": "upgrade", "office": office_of(raw), "origin": first_change(raw)}
    except (sqlite3.DatabaseError, ValueError):
        return {}


def first_change(raw: sqlite3.Connection) -> int | None:
    """What tells a customer file from all others: the number of its first change."""
    first = raw.execute('SELECT min(id) FROM "change"').fetchone()[0]
    return None if first is None else int(first)


def office_of(raw: sqlite3.Connection) -> str:
    """What the office of a customer file is called; "" where nobody said so."""
    name = raw.execute("SELECT value FROM setting WHERE name = 'office_name'").fetchone()
    return str(json.loads(name[0])) if name else ""


def found_in(target: Path, named: str = f"*{file.SUFFIX}") -> list[Backup]:
    """The backups in a folder, newest first; what cannot be read as one is left out."""
    found: list[Backup] = []
    here = file.path() if file.is_open() and not file.is_server() else None
    with suppress(OSError):
        for path in sorted(Path(target).glob(named)):
            with suppress(UserError, OSError):
                if path.absolute() != here:
                    found.append(read(path))
    return sorted(found, key=lambda b: b.at, reverse=True)


def before_upgrades(path: Path) -> list[Backup]:
    """The copies beside a customer file that its upgrades began with, newest first."""
    return found_in(path.parent, f"{glob.escape(path.stem)}{_BEFORE_UPGRADE}*{glob.escape(path.suffix)}")


def newest_of(path: Path, folders: Iterable[Path]) -> Backup | None:
    """The newest sound backup of a customer file that cannot say itself which one it is; None when there is none."""
    found = [one for folder in folders for one in found_in(folder) if one.verified]
    found += [one for one in before_upgrades(path) if one.verified]
    # of files with one name in several places, the one from here; a file that was moved still has its name
    own = [one for one in found if one.file == str(path)] or [one for one in found if _stem(one) == path.stem]
    return max(own, key=lambda one: one.at, default=None)


def _stem(one: Backup) -> str:
    """The name of the file a backup was made of, without its ending."""
    return Path(one.file.replace("\\", "/")).stem if one.file else one.path.name.partition(_BEFORE_UPGRADE)[0]


def reader(path: Path) -> sqlite3.Connection:
    """A connection that only reads, and leaves nothing beside a file that nobody writes to."""
    address = lock_proof.address_of(path)
    raw = sqlite3.connect(f"{address}?mode=ro&immutable=1", uri=True, isolation_level=None, check_same_thread=False)
    raw.text_factory = lambda text: text.decode("utf-8", "replace")  # damaged texts, and what SQLite says of them
    return raw


def needs_room(target: Path, size: int) -> None:
    """UserError when a folder's disk has no room for so many bytes."""
    free = shutil.disk_usage(target).free
    if free < size * 1.02 + 1_000_000:
        raise UserError(
            _("There is not enough room in {folder}: {need} MB are needed, {free} MB are free.").format(
                folder=target, need=size // 1_000_000 + 1, free=free // 1_000_000
            )
        )


def forget_note(raw: sqlite3.Connection) -> None:
    """Make a backup a plain customer file again."""
    raw.execute(f"DROP TABLE IF EXISTS {NOTE}")


def counts(raw: sqlite3.Connection, how: str = "") -> dict[str, int]:
    """Rows of every table that holds content; the search index's own tables are checked by their pages."""
    names = raw.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
        " AND name NOT LIKE '%\\_fts\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> ?",
        (NOTE,),
    ).fetchall()
    return {name: raw.execute(f'SELECT count(*) FROM "{name}" {how}').fetchone()[0] for (name,) in names}


def _note(raw: sqlite3.Connection) -> dict[str, Any]:
    if not raw.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (NOTE,)).fetchone():
        return {}
    row = raw.execute(f"SELECT note FROM {NOTE}").fetchone()
    noted = json.loads(row[0]) if row else {}
    return noted if isinstance(noted, dict) else {}
