"""Reusable solutions: found by any word or its pinyin, put into a request, kept from a solved one (O11)."""

from __future__ import annotations

from typing import NamedTuple

from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.models import ServiceNote, ServiceRequest
from crm_desktop.store import file, search
from crm_desktop.store.change import Change, Gone


class Note(NamedTuple):
    """A reusable solution in a list."""

    id: int
    name: str
    type: str
    words: str
    text: str
    used: int


def find(words: str = "", kind: str = "", limit: int = 50) -> list[Note]:
    """The solutions that all words (or their pinyin) are found in: those of the type first, then the most used."""
    conditions, params = ["1 = 1"], []
    for word in words.split():
        sql, more = search.match(file.connection(), ServiceNote.table(), word).condition("t.id")
        conditions.append(sql)
        params += more
    ids = [
        i
        for (i,) in file.ask(
            f"SELECT t.id FROM service_note t WHERE {' AND '.join(conditions)}"
            " ORDER BY CASE WHEN t.type = ? THEN 0 ELSE 1 END, t.used DESC, t.id DESC LIMIT ?",
            [*params, kind, limit],
        )
    ]
    rows = file.rows(ServiceNote.table(), ids, Note._fields)
    return [Note(**rows[i]) for i in ids if i in rows]


def take(c: Change, request: int, note: int) -> ServiceRequest:
    """Put a reusable solution into a request: below what stands there already; it counts as used."""
    record, found = ServiceRequest.get_row(request), ServiceNote.get_row(note)
    if record is None or found is None:
        raise Gone(_("The request or the solution was deleted in the meantime. Look again."))
    there = record.solution
    text = there if found.text in there else "\n".join(filter(None, (there, found.text)))
    return c.save(record, {"solution": text, "solution_note": found.id})  # type: ignore[no-any-return]


def keep(c: Change, request: int, name: str, words: str = "") -> ServiceNote:
    """Keep the solution of a request for others; UserError when there is none or the title is taken."""
    record = ServiceRequest.get_row(request)
    if record is None:
        raise Gone(_("This service request was deleted in the meantime."))
    if not record.solution.strip():
        raise UserError(_("There is no solution yet: write it down first."))
    if file.one("SELECT 1 FROM service_note WHERE lower(name) = lower(?) LIMIT 1", (name.strip(),)):
        raise UserError(_("A solution called “{name}” is there already; choose another title.").format(name=name))
    made = c.save(ServiceNote, {"name": name, "type": record.type, "words": words, "text": record.solution})
    c.save(record, {"solution_note": made.id})
    return made
