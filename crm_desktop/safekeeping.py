"""The jobs that keep the customer file safe, in JSON and in words: backup, restore, repair."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from crm_desktop import retention
from crm_desktop.errors import UserError
from crm_desktop.i18n import _, ngettext
from crm_desktop.store import backup, file, mending, moving, repair, restore
from crm_desktop.store.address import Place
from crm_desktop.store.backup import Backup
from crm_desktop.store.change import Person

Said = tuple[Any, str, str]
"""The answer as JSON, in words, and what could not be done."""


def back_up(folders: Sequence[Path], reason: str, thin: bool) -> Said:
    """Back the open file up into each folder; one that cannot be reached does not keep the others from it."""
    kind, note = (reason, "") if reason in backup.KINDS else ("manual", reason)
    made: list[Backup] = []
    gone: list[Backup] = []
    lines: list[str] = []
    troubles: list[str] = []
    for folder in dict.fromkeys(folders):
        try:
            one = backup.make(folder, kind, note)
        except UserError as error:
            troubles.append(str(error))
            continue
        made.append(one)
        lines.append(
            _("{file} is ready and proved sound ({size} MB).").format(file=one.path, size=_megabytes(one.size))
        )
        gone += retention.thin(folder, date.today()) if thin else []
    gone += retention.thin_upgrades(file.path()) if thin and not file.is_server() else []
    if gone:
        lines.append(
            ngettext("{n} old backup was deleted.", "{n} old backups were deleted.", len(gone)).format(n=len(gone))
        )
    answer: dict[str, Any] = {"backups": [as_json(one) for one in made], "deleted": [str(one.path) for one in gone]}
    if troubles:
        answer["error"] = "\n".join(troubles)
    return answer, "\n".join(lines), "\n".join(troubles)


def move(source: Place, target: Place) -> Said:
    """Bring the whole office to a new place, compared row by row; the old one stays as it is."""
    moved = moving.move(source, target)
    lines = [
        moved.in_words(target),
        _("The office in {source} is still there as it was: see to it that nobody goes on working in it.").format(
            source=source
        ),
    ]
    return {"from": str(source), "to": str(target), "rows": moved.rows, **moved.counts}, "\n".join(lines), ""


def as_json(one: Backup) -> dict[str, Any]:
    """A backup as JSON."""
    found = dataclasses.asdict(one)
    return {**found, "path": str(one.path), "counts": dict(one.counts)}


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f}"


def preview(path: Path) -> Said:
    """What restoring would bring, beside the open file if there is one."""
    shown = restore.preview(path)
    ours = shown.ours
    made, last = (at.replace("T", " ") for at in (shown.backup.at, shown.theirs.last_change))
    lines = [_("{file}: made {at}, last change {last}.").format(file=path.name, at=made, last=last)]
    if ours:
        lines.append(_("The file now: last change {last}.").format(last=ours.last_change.replace("T", " ")))
        if not shown.same_file:
            lines.append(_("This is the backup of another customer file."))
    for table in shown.kinds():
        count = shown.theirs.counts.get(table, 0)
        words = (
            _("{table}: {theirs} in the backup, {ours} in the file.") if ours else _("{table}: {theirs} in the backup.")
        )
        now = ours.counts.get(table, 0) if ours else 0
        lines.append("  " + words.format(table=mending.title(table), theirs=count, ours=now))
    wrong = backup.verify(path)
    sides = {"theirs": dataclasses.asdict(shown.theirs), "ours": dataclasses.asdict(ours) if ours else None}
    answer = {"backup": as_json(shown.backup), **sides, "same_file": shown.same_file, "problems": wrong}
    return answer, "\n".join([*lines, _("Nothing was written.")]), "\n".join(wrong)


def refuse_other(path: Path, current: Path) -> None:
    """UserError with both offices' names when a backup is not of this file, as far as that can be said; opens it."""
    if not current.exists():
        return
    try:
        file.open_file(current)
        shown = restore.preview(path)
    except UserError as error:
        if restore.is_damaged(error, current):  # nobody can say any more whose it is
            return
        raise
    if shown.same_file or shown.ours is None or not shown.ours.last_change:
        return
    raise UserError(
        _(
            "{backup} is the backup of another customer file ({theirs}), not of {file} ({ours}). Nothing was written. "
            "If it is to replace everything of this file, say --other-office."
        ).format(backup=path.name, theirs=shown.theirs.office or "–", file=current.name, ours=shown.ours.office or "–")
    )


def bring_back(path: Path, current: Path, user: Person | None) -> Said:
    """Put a backup in the place of the customer file."""
    done = restore.run(path, current, user)
    words = _("{file} is as it was on {at}.").format(file=current, at=done.backup.at.replace("T", " "))
    if done.safety:
        words += "\n" + _("What it was before is kept in {file}.").format(file=done.safety)
    answer = {
        "file": str(current),
        "backup": as_json(done.backup),
        "safety": str(done.safety) if done.safety else None,
        "change": done.change,
    }
    return answer, words, ""


def mend(damaged: Path, target: Path) -> Said:
    """Bring what can be read of a damaged file into a new one."""
    told = repair.salvage(damaged, target)
    answer = {
        "file": str(file.place()),
        "sound": told.sound,
        "tables": {table: dataclasses.asdict(part) for table, part in told.tables.items()},
        "sentences": told.sentences,
    }
    lines = [_("{file} is ready.").format(file=target), *told.sentences]
    return answer, "\n".join(lines), ""
