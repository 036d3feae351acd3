"""The jobs about customers that are there twice, in JSON and in words: find them, merge them, take a merge back."""

from __future__ import annotations

from typing import Any

from crm_desktop import duplicate_groups, merging
from crm_desktop.errors import UserError
from crm_desktop.i18n import _, ngettext
from crm_desktop.models import Customer
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


def groups(limit: int) -> Said:
    """The groups of customers that may be one, at most so many."""
    found = duplicate_groups.find()[:limit]
    answer = [
        {
            "score": group.score,
            "reasons": [{"kind": r.kind, "detail": r.detail, "words": r.in_words()} for r in group.reasons],
            "customers": [{"code": m.code, "name": m.name, "owner": m.owner} for m in group.members],
        }
        for group in found
    ]
    lines: list[str] = []
    for group in found:
        lines.append("; ".join(reason.in_words() for reason in group.reasons))
        lines += ["\t".join(("", member.code, member.name, member.owner)).rstrip() for member in group.members]
    return answer, "\n".join(lines) or _("No customer seems to be there twice."), ""


def merge(user: Person | None, keep: int, other: int) -> Said:
    """Make one customer of two, keeping what the first says where only one of both can stay."""
    gone = file.rows(Customer.table(), [other], ["name"])[other]["name"]
    with change(user, merging.ACTION) as c:
        merged = merging.merge(c, keep, other)
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
