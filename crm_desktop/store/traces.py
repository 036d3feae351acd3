"""What changes no record and is remembered (product.md 4.9): who opened or closed the file, exported or printed."""

from __future__ import annotations

import sqlite3
from typing import Final

from crm_desktop.i18n import N_
from crm_desktop.store.change import Person, change

OPENED: Final = N_("Open the file")
CLOSED: Final = N_("Close the file")
EXPORTED: Final = N_("Export")
PRINTED: Final = N_("Print")
_LAST: Final = (
    'SELECT at, user_name FROM "change" c WHERE EXISTS (SELECT 1 FROM change_entry e WHERE e.change = c.id)'
    " ORDER BY id DESC LIMIT 1"
)


def leave(user: Person | None, action: str, note: str = "") -> int:
    """Write a line into the log, and nothing else: there is nothing to take back; its number."""
    with change(user, action) as c:
        c.traced = True
        c.note = note
    return c.id


def last_written(raw: sqlite3.Connection) -> tuple[str, str]:
    """When a record was last written (ISO) and by whom, lines of the log alone left out; two blanks for never."""
    found = raw.execute(_LAST).fetchone()
    return (str(found[0]), str(found[1])) if found else ("", "")
