"""The jobs about who is there twice, in JSON and in words: find customers or persons, merge, take a merge back."""

from __future__ import annotations

from typing import Any

from crm_desktop import duplicate_groups, duplicate_persons, merging
from crm_desktop.errors import UserError
from crm_desktop.i18n import _, ngettext
from crm_desktop.models import Customer, Record
from crm_desktop.store import file
from crm_desktop.store.change import Person, change

Said = tuple[Any, str, str]
"""The answer as JSON, in words, and what could not be done."""


def numbered(code: str) -> int:
    """The customer of that number; UserError when there is none."""
    found = file.one("SELECT id FROM customer WHERE code = ?", (code,))
    if found is None:
        raise UserError(_("There is no customer with the number “{code}”.").format(code=code))
    return int(found)


def person(number: str) -> int:
    """The contact person of that number, as `groups` tells it; UserError when there is none."""
    found = file.one("SELECT id FROM contact WHERE id = ?", (int(number) if number.isdecimal() else -1,))
    if found is None:
        raise UserError(
            _("There is no contact person with the number “{code}”. The command duplicates --persons tells it.").format(
                code=number
            )
        )
    return int(found)


def groups(limit: int, persons: bool = False) -> Said:
    """The groups of customers, or of contact persons, that may be one, at most so many."""
    found = (duplicate_persons if persons else duplicate_groups).find()[:limit]
    answer = [
        {
            "score": group.score,
            "reasons": [{"kind": r.kind, "detail": r.detail, "words": r.in_words()} for r in group.reasons],
            **(
                {"persons": [{"id": str(m.id), "name": m.name, "customer": m.code} for m in group.members]}
                if persons
                else {"customers": [{"code": m.code, "name": m.name, "owner": m.owner} for m in group.members]}
            ),
        }
        for group in found
    ]
    lines: list[str] = []
    for group in found:
        lines.append("; ".join(reason.in_words() for reason in group.reasons))
        for m in group.members:
            told = (str(m.id), m.name, m.code) if persons else (m.code, m.name, m.owner)
            lines.append("\t".join(("", *told)).rstrip())
    nobody = _("No contact person seems to be there twice.") if persons else _("No customer seems to be there twice.")
    return answer, "\n".join(lines) or nobody, ""


def merge(user: Person | None, keep: int, other: int, model: type[Record] = Customer) -> Said:
    """Make one record of two, keeping what the first says where only one of both can stay."""
    gone = file.rows(model.table(), [other], ["name"])[other]["name"]
    with change(user, merging.ACTIONS[model]) as c:
        merged = merging.merge(c, keep, other, model=model)
    moved = sum(merged.moved.values())
    lines = [
        ngettext(
            "{other} is now a part of {name}; {n} record moved.",
            "{other} is now a part of {name}; {n} records moved.",
            moved,
        ).format(other=gone, name=merged.name, n=moved)
    ]
    if merged.noted:
        labels = _(", ").join(_(label) for label in merged.noted)
        lines.append(
            _("Both differ in {fields}: what {other} says stands in the remarks.").format(fields=labels, other=gone)
        )
    lines.append(_("To take all of it back: undo {number}").format(number=c.id))
    answer = {"change": c.id, "moved": merged.moved, "noted": [_(label) for label in merged.noted]}
    return answer, "\n".join(lines), ""


def undo(user: Person | None, number: int) -> Said:
    """Take a change back; of a merge it is said, too, what stays with the survivor."""
    undone = merging.undo(user, number)
    answer: dict[str, Any] = {
        "change": undone.change or None,
        "restored": undone.restored,
        "kept": [kept._asdict() for kept in undone.kept],
    }
    if isinstance(undone, merging.Unmerged):
        answer["stays"] = [{"table": table, "record": record} for table, record in undone.stays]
    return answer, undone.in_words(), "" if undone.change else _("Nothing could be taken back.")
