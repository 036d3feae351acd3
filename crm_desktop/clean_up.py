"""The job of cleaning without a window, in JSON and in words: what would be written better, and the change."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import groupby, islice
from typing import Any, Final

from crm_desktop import cleaning
from crm_desktop.cleaning import Applied, Proposal
from crm_desktop.cleaning_rules import RULES
from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.store.change import Person, change

ACTION: Final = N_("Clean up")
"""What such a change is called in the log (msgid)."""
_MOST: Final = 20
"""How many values of a rule are told in words; JSON has them all."""

Said = tuple[Any, str, str]
"""The answer as JSON, in words, and what could not be done."""


def tidy(who: Callable[[], Person | None], rules: Collection[str], apply: bool) -> Said:
    """Tell what these rules would change and, if asked, change it; `who` does it is only asked then."""
    found = cleaning.proposals(rules=rules)
    answer: dict[str, Any] = {
        "rules": cleaning.counts(found),
        "proposals": [cleaning.in_json(proposal) for proposal in found],
        "changed": 0,
        "left": 0,
        "change": None,
    }
    lines = list(_in_words(found))
    if not found:
        lines.append(_("Everything is tidy."))
    elif not apply:
        lines.append(_("Nothing was written."))
    else:
        with change(who(), ACTION) as c:
            applied = cleaning.apply(c, found)
        answer |= {"changed": applied.values, "left": applied.left, "change": c.id if applied.values else None}
        lines.append(said(applied))
        if applied.values:
            lines.append(_("To take all of it back: undo {number}").format(number=c.id))
    return answer, "\n".join(lines), ""


def said(applied: Applied) -> str:
    """What cleaning did, in a sentence or two."""
    text = ngettext("{n} value changed.", "{n} values changed.", applied.values).format(n=f"{applied.values:,}")
    if applied.left:
        text += " " + ngettext(
            "{n} was left as it is, because it was changed meanwhile.",
            "{n} were left as they are, because they were changed meanwhile.",
            applied.left,
        ).format(n=f"{applied.left:,}")
    return text


def _in_words(found: Sequence[Proposal]) -> Iterator[str]:
    """Each rule with its number, and below it some of what it would change."""
    for rule, some in groupby(found, lambda proposal: proposal.rule):
        mine = list(some)
        yield f"{_(RULES[rule])} ({rule}): {len(mine):,}"
        for proposal in islice(mine, _MOST):
            before, after = (text or _("(empty)") for text in cleaning.in_words(proposal))
            yield f"  {proposal.name}\t{cleaning.label(proposal)}\t{before} → {after}".replace("\n", " ")
        if len(mine) > _MOST:
            more = len(mine) - _MOST
            yield "  " + ngettext("and {n} more value", "and {n} more values", more).format(n=f"{more:,}")
