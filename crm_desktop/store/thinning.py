"""What the log forgets after a while, if the office wants it: the content of records that were deleted long ago."""

from __future__ import annotations

from typing import Final

from crm_desktop.i18n import _
from crm_desktop.store import file
from crm_desktop.store.deriving import Progress
from crm_desktop.store.record import chunks

LEAST_DAYS: Final = 90
"""So long everything that was deleted can be brought back, whatever the office decides."""
_OLD: Final = "op = '-' AND before IS NOT NULL AND change IN (SELECT id FROM \"change\" WHERE at < date(?, ?))"


def thin(days: int, today: str, progress: Progress | None = None) -> int:
    """Forget what records held that were deleted more than so many days before today (ISO); how many there were.

    What an undo within 90 days needs stays, whatever is asked for. Inside a change, and not to be undone; `progress`
    may raise to stop: nothing is forgotten then.
    """
    old = [i for (i,) in file.ask(f"SELECT id FROM change_entry WHERE {_OLD}", _since(days, today))]
    done = 0
    for part in chunks(old):
        if progress:
            progress(done, len(old), _("Forgetting"))
        marks = ",".join("?" * len(part))
        file.connection().execute(f"UPDATE change_entry SET before = NULL WHERE id IN ({marks})", part)
        done += len(part)
    return len(old)


def is_thick(days: int, today: str) -> bool:
    """Whether `thin` would find anything."""
    return bool(file.ask(f"SELECT 1 FROM change_entry WHERE {_OLD} LIMIT 1", _since(days, today)))


def _since(days: int, today: str) -> tuple[str, str]:
    return today, f"-{max(days, LEAST_DAYS)} days"
