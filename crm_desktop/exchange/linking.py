"""Links to records that may come later in the same import: the referrer, the parent company, the superior."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from crm_desktop.exchange.judging import Pending
from crm_desktop.exchange.matching import Draft, Office
from crm_desktop.exchange.parsing import NEW
from crm_desktop.i18n import _
from crm_desktop.models.contact import Contact
from crm_desktop.models.customer import Customer
from crm_desktop.store import file

_CALLED: Final = {"complaint": "code", "interaction": "code", "service_note": "name"}
"""What other records are called by in a list."""


class _Others:
    """Records that are no customers or persons, by what they are called; each is looked for once."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._drafted: dict[str, dict[str, int]] = {}
        self._found: dict[tuple[str, str], int | None] = {}

    def known(self, table: str, word: str) -> int | None:
        """The record of that name or number, in the file or in this import."""
        if (table, word) not in self._found:
            there = file.one(f'SELECT id FROM "{table}" WHERE {_CALLED[table]} = ? LIMIT 1', (word,))
            self._found[table, word] = there if there is not None else self._new(table).get(word)
        return self._found[table, word]

    def _new(self, table: str) -> dict[str, int]:
        if table not in self._drafted:
            called = _CALLED[table]
            drafts = reversed(self._office.drafts[table].values())
            self._drafted[table] = {str(draft.value(called)): draft.id for draft in drafts}
        return self._drafted[table]


def resolve(office: Office, pending: Sequence[Pending]) -> None:
    """Tie what was named to its record; a name nobody bears is kept in the remarks."""
    others = _Others(office)
    for judge, draft, name, word, row, heading, customer in pending:
        described = draft.model.described()[name]
        target = getattr(described, "target", "")
        known: int | None = None
        if target == Customer.table():
            known = office.meant(word).id
        elif target == Contact.table() and customer is not None:
            person = office.person_of(customer, word, ())
            known = person.id if person else office.only_person(word)
        elif target in _CALLED:
            known = others.known(target, word)
        judge.existing = judge.usual
        if known is not None and known != draft.id:
            _reload(office, draft, name)
            if judge.stays(draft, name):
                continue
            judge.change(draft, draft.put(name, described, known), row, row.status == NEW)
            continue
        row.note(_("{heading}: “{word}” was not found.").format(heading=heading, word=word))
        if "remarks" in draft.model.described():
            _reload(office, draft, "remarks")
            text, line = draft.value("remarks") or "", f"{heading}: {word}"
            if line not in text and not judge.stays(draft, "remarks"):
                value = f"{text}\n{line}".strip()
                judge.change(
                    draft, draft.put("remarks", draft.model.described()["remarks"], value), row, row.status == NEW
                )


def _reload(office: Office, draft: Draft, *columns: str) -> None:
    if not draft.new and not draft.knows(columns):
        fresh = file.rows(draft.model.table(), [draft.id])
        draft.before = fresh.get(draft.id)
