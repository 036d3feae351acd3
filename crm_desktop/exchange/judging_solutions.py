"""Rows of a list of reusable solutions, such as frequent questions: which are there already, by their titles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.exchange.headings import Mapping
from crm_desktop.exchange.judging import Judge, Pending
from crm_desktop.exchange.matching import Office
from crm_desktop.exchange.parsing import Parsed
from crm_desktop.i18n import _
from crm_desktop.models.service_parts import ServiceNote
from crm_desktop.store import file
from crm_desktop.store.record import chunks
from crm_desktop.values import plain

_COLUMNS = ("name", "type", "words", "text")


class Solutions(Judge):
    """A list of solutions: told apart by title."""

    def __init__(self, office: Office, mapping: Mapping, pending: list[Pending]) -> None:
        super().__init__(office, mapping, pending)
        self._known: dict[str, int] = {}
        self._asked = False

    def prepare(self, batch: Sequence[Parsed]) -> None:
        if not self._asked:  # solutions are few, and titles differ in width and capitals
            self._asked = True
            self._known = {_key(name): i for i, name in file.ask("SELECT id, name FROM service_note ORDER BY id DESC")}
        ids = [i for parsed in batch if (i := self._known.get(_key(parsed.of(ServiceNote).get("name", ""))))]
        new = {draft.id for draft in self.office.drafts[ServiceNote.table()].values() if draft.new}
        for part in chunks([i for i in ids if i not in new]):
            self.office.load(ServiceNote, part, _COLUMNS)

    def decide(self, parsed: Parsed) -> None:
        given, row = parsed.of(ServiceNote), parsed.row
        reason = _missing(given)
        if reason:
            row.refuse(row.reason or reason)
            return
        known = self._known.get(_key(given["name"]))
        draft = self.office.draft_new(ServiceNote, {}) if known is None else self.office.draft(ServiceNote, known)
        if draft in self.outcomes:
            row.note(_("The same as an earlier row."), False)
        self._known[_key(given["name"])] = draft.id
        self.fill(draft, given, parsed, parsed.lost.get(ServiceNote, ()))


def _missing(given: dict[str, Any]) -> str:
    if not given.get("name"):
        return _("The title of the solution is missing.")
    return "" if given.get("text") else _("The solution itself is missing.")


def _key(name: str) -> str:
    return plain(name).casefold()
