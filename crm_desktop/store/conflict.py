"""Two people changed the same field: what each of them saw, wrote and found."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.store import file
from crm_desktop.store.record import Row, Stored


class Clash(NamedTuple):
    """One field that a colleague changed while we were changing it (stored values)."""

    field: str
    before: Any
    theirs: Any
    mine: Any


class Conflict(UserError):
    """A colleague changed the same fields since they were seen; nothing of ours was written."""

    def __init__(self, table: str, record: int, clashes: list[Clash], who: str, when: str, now: str) -> None:
        self.table, self.record, self.clashes, self.who, self.when = table, record, clashes, who, when
        super().__init__(
            _("{who} changed the same details at {when}. Look at both versions and choose.").format(
                who=who or _("Somebody else"),
                when=when[11:16] if when[:10] == now[:10] else when[:16].replace("T", " "),
            )
        )


def refuse(model: type[Stored], current: Row, changes: Row, seen: Row, now: str) -> None:
    """Raise Conflict when a field that is to be changed has another value by now than was seen (stored values)."""
    clashes = [
        Clash(c, seen[c], current[c], mine) for c, mine in changes.items() if c in seen and seen[c] != current[c]
    ]
    if not clashes:
        return
    last = file.ask(
        'SELECT c.user_name, c.at FROM change_entry e JOIN "change" c ON c.id = e.change'
        ' WHERE e.record = ? AND e."table" = ? AND EXISTS (SELECT 1 FROM json_each(e.after)'
        " WHERE key IN (SELECT value FROM json_each(?))) ORDER BY e.id DESC LIMIT 1",
        (current["id"], model.table(), json.dumps([clash.field for clash in clashes])),
    )
    who, when = last[0] if last else ("", "")
    raise Conflict(model.table(), current["id"], clashes, who, when, now)
