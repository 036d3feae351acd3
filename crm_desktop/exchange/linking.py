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


def resolve(office: Office, pending: Sequence[Pending]) -> None:
    """Tie what was named to its record; a name nobody bears is kept in the remarks."""
    for judge, draft, name, word, row, heading, customer in pending:
        described = draft.model.described()[name]
        target = getattr(described, "target", "")
        known: int | None = None
        if target == Customer.table():
            known = office.meant(word).id
        elif target == Contact.table() and customer is not None:
            person = office.person_of(customer, word, ())
            known = person.id if person else office.only_person(word)
        elif (called := _CALLED.get(target)) is not None:
            known = file.one(f'SELECT id FROM "{target}" WHERE {called} = ? LIMIT 1', (word,)) or next(
                (d.id for (table, _i), d in office.drafts.items() if table == target and d.value(called) == word), None
            )
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
    if not draft.new and not (draft.before and all(c in draft.before for c in columns)):
        fresh = file.rows(draft.model.table(), [draft.id])
        draft.before = fresh.get(draft.id)
