"""Which backups are kept as they age, and whether one is due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from crm_desktop.i18n import _, ngettext
from crm_desktop.store import backup, file, traces
from crm_desktop.store.backup import Backup

DAYS: Final = 7
WEEKS: Final = 4
MONTHS: Final = 12
"""All of today; then the last one of so many days, weeks and months that have any."""
UPGRADES: Final = 3
"""So many copies from before an upgrade are kept, however old."""
QUICK: Final = 200_000_000
"""Bytes of a file whose backup is made in passing: within two seconds on an ordinary disk."""
_OVERDUE: Final = 2


@dataclass(frozen=True)
class Due:
    """A backup that has not been made today."""

    last: date | None
    """The day of the last one; None when there is none."""
    overdue: bool
    """Whether it is time to tell people: today's may still come by itself."""
    sentence: str


def thin(folder: Path, today: date) -> list[Backup]:
    """Delete the backups in a folder that have become too many, each customer file's apart; what was deleted."""
    files: dict[int | None, list[Backup]] = defaultdict(list)
    for found in backup.found_in(folder):
        if found.verified and found.reason != "copy":  # what we did not make is not ours to delete
            files[found.origin].append(found)
    keep = set().union(*(kept(backups, today) for backups in files.values()))
    return _delete(old for backups in files.values() for old in backups if old.path not in keep)


def thin_upgrades(path: Path) -> list[Backup]:
    """Delete the copies beside a customer file from before all but its last upgrades; what was deleted."""
    return _delete(backup.before_upgrades(path)[UPGRADES:])


def _delete(backups: Iterable[Backup]) -> list[Backup]:
    gone: list[Backup] = []
    for old in backups:
        with suppress(OSError):  # open in another program: the next time, then
            old.path.unlink()
            gone.append(old)
    return gone


def kept(backups: Iterable[Backup], today: date) -> set[Path]:
    """Which backups of one customer file are to be kept; the newest always is."""
    by_age = sorted(backups, key=lambda b: (b.at, b.path), reverse=True)
    keep = {b.path for b in by_age[:1]}
    keep |= {b.path for b in [b for b in by_age if b.reason == "upgrade"][:UPGRADES]}
    earlier: list[Backup] = []
    for one in by_age:
        age = today - _day(one)
        if age <= timedelta(0):
            keep.add(one.path)
        if age > timedelta(0):
            earlier.append(one)
    rules: list[tuple[int, Callable[[date], tuple[int, ...]]]] = [
        (DAYS, lambda day: (day.toordinal(),)),
        (WEEKS, lambda day: day.isocalendar()[:2]),
        (MONTHS, lambda day: (day.year, day.month)),
    ]
    for number, period in rules:
        newest: dict[tuple[int, ...], Path] = {}
        for one in earlier:
            newest.setdefault(period(_day(one)), one.path)
        keep.update(list(newest.values())[:number])
    return keep


def due(folder: Path, today: date) -> Due | None:
    """Whether the open file still needs a backup in this folder today, with the sentence for it; None when not."""
    try:
        there = Path(folder).is_dir()
    except OSError:
        there = False
    if not there:
        text = _("The backup folder {folder} cannot be reached. Connect the drive, or choose another folder.")
        return Due(None, True, text.format(folder=folder))
    origin = backup.origin()
    days = [_day(b) for b in backup.found_in(folder) if b.verified and b.origin == origin]
    if not days:
        return Due(None, True, _("There is no backup of this file yet. Make one now."))
    last = max(days)
    age = (today - last).days
    if age <= 0:
        return None
    sentence = ngettext(
        "The last backup is {n} day old ({date}). Make one now.",
        "The last backup is {n} days old ({date}). Make one now.",
        age,
    ).format(n=age, date=last.isoformat())
    return Due(last, age >= _OVERDUE, sentence)


def is_quick() -> bool:
    """Whether the open file is so small that its backup is made in passing."""
    # out of a server it is read row by row
    return file.size() <= (QUICK // 5 if file.is_server() else QUICK)


def is_behind(folder: Path) -> bool:
    """Whether something was written into the open file since its last backup in this folder."""
    origin = backup.origin()
    if origin is None:
        return False  # nobody ever wrote anything
    made = [b.at for b in backup.found_in(folder) if b.verified and b.origin == origin]
    return not made or traces.last_written(file.connection())[0] >= max(made)


def _day(one: Backup) -> date:
    return date.fromisoformat(one.at[:10])
