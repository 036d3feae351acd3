"""How many records of each kind, in words: what goes with a customer, lies in the bin or moves in a merge."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from crm_desktop import log_words
from crm_desktop.i18n import _, ngettext

_WORDS: Final[Mapping[str, Callable[[int], str]]] = {
    "customer": lambda n: ngettext("{n} customer", "{n} customers", n),
    "contact": lambda n: ngettext("{n} contact person", "{n} contact persons", n),
    "interaction": lambda n: ngettext("{n} contact", "{n} contacts", n),
    "complaint": lambda n: ngettext("{n} complaint", "{n} complaints", n),
    "complaint_signal": lambda n: ngettext("{n} sign of displeasure", "{n} signs of displeasure", n),
    "service_request": lambda n: ngettext("{n} service request", "{n} service requests", n),
    "survey_asked": lambda n: ngettext("{n} survey form", "{n} survey forms", n),
    "feedback": lambda n: ngettext("{n} piece of feedback", "{n} pieces of feedback", n),
}
KINDS: Final = tuple(_WORDS)
"""The tables whose records people count, in the order in which they are told."""


def one(table: str, n: int) -> str:
    """So many records of a table: 3 contact persons."""
    if table in _WORDS:
        return _WORDS[table](n).format(n=f"{n:,}")
    return _("{label}: {value}").format(label=log_words.kind(table), value=f"{n:,}")


def in_words(counts: Mapping[str, int]) -> str:
    """What there is at all, by table: 3 contact persons, 12 contacts; "" for nothing."""
    order = [*(table for table in KINDS if table in counts), *(table for table in counts if table not in _WORDS)]
    return _(", ").join(one(table, counts[table]) for table in order if counts[table])
