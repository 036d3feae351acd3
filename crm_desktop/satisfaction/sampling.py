"""Whom a survey asks: a part of the customer list, all of it or a sample that can be drawn again."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from crm_desktop.contact_rhythm import NOT_ASKED
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_, _, ngettext, sentences
from crm_desktop.listing import Filter, Listing
from crm_desktop.models import Customer
from crm_desktop.models.survey_asked import rhythms
from crm_desktop.store import file
from crm_desktop.store.record import chunks

HOW: Final = {
    "all": N_("All of them"),
    "random": N_("So many at random"),
    "nth": N_("Every so manieth"),
    "due": N_("Those whose time it is to be asked again"),
}
"""How a sample is drawn (msgids)."""


@dataclass(frozen=True)
class Choice:
    """Which customers: text and filters of the customer list, and how the sample is drawn."""

    text: str = ""
    filters: tuple[Filter, ...] = ()
    how: str = "all"
    n: int = 0
    """How many at random, or every how many-th."""
    seed: int = 1
    """The same seed draws the same customers from the same list."""

    def stored(self) -> str:
        """As the survey keeps it."""
        return json.dumps({"text": self.text, "filters": [list(each) for each in self.filters], "how": self.how,
                           "n": self.n, "seed": self.seed}, ensure_ascii=False)  # fmt: skip

    @classmethod
    def read(cls, stored: str) -> Choice:
        """The choice a survey keeps; everybody when it keeps none."""
        found: dict[str, Any] = json.loads(stored or "{}")
        filters = tuple(Filter(*each) for each in found.pop("filters", ()))
        return cls(filters=filters, **found)


@dataclass(frozen=True)
class Sample:
    """Who is asked, and who of the list is not and why."""

    customers: list[int]
    found: int
    """How many customers the filters found."""
    gone: int = 0
    """Lost or on the blacklist: nobody expects us to ask."""
    asked: int = 0
    """In a survey already that is not over."""

    def in_words(self) -> str:
        """What is chosen and what is left out."""
        if not self.found:
            return _("No customer is found by this choice.")
        n = len(self.customers)
        text = ngettext("{n} customer of {all} is asked.", "{n} customers of {all} are asked.", n)
        parts = [text.format(n=f"{n:,}", all=f"{self.found:,}")]
        if self.gone:
            text = ngettext("{n} is lost or on the blacklist.", "{n} are lost or on the blacklist.", self.gone)
            parts.append(text.format(n=f"{self.gone:,}"))
        if self.asked:
            text = ngettext(
                "{n} is in a survey that is still running.", "{n} are in a survey that is still running.", self.asked
            )
            parts.append(text.format(n=f"{self.asked:,}"))
        return sentences(parts)


def draw(choice: Choice, today: date) -> Sample:
    """The customers a choice means today, in the order of the customer list.

    Lost ones and those in a running survey are left out before the sample is drawn. UserError for a number that draws
    nothing.
    """
    if choice.how in ("random", "nth") and choice.n < 1:
        raise UserError(_("Say how many customers are to be drawn."))
    found = list(Listing(Customer, ("name",), choice.text, choice.filters, "name").ids())
    gone, running = _gone(found), _running()
    left = [i for i in found if i not in gone and i not in running]
    asked = sum(i in running and i not in gone for i in found)
    return Sample(_drawn(choice, left, today), len(found), len(gone), asked)


def _drawn(choice: Choice, left: list[int], today: date) -> list[int]:
    if choice.how == "random":
        # from the ids in their own order: another order of the list draws the same customers
        chosen = set(random.Random(choice.seed).sample(sorted(left), min(choice.n, len(left))))
        return [i for i in left if i in chosen]
    if choice.how == "nth":
        return left[choice.seed % choice.n :: choice.n]
    if choice.how == "due":
        waiting = due_of(left, today)
        return [i for i in left if i in waiting]
    return left


def due_of(customers: Sequence[int], today: date) -> set[int]:
    """Those of these customers who were never asked, or so long ago that it is time again by the rhythm of the tier."""
    every = rhythms()
    found: set[int] = set()
    for part in chunks(customers):
        for customer, tier, last in file.ask(
            "SELECT k.id, k.tier, (SELECT max(coalesce(a.answered_at, a.tried_at)) FROM survey_asked a"
            f" WHERE a.customer = k.id) FROM customer k WHERE k.id IN ({','.join('?' * len(part))})",
            part,
        ):
            days = every.get(tier or "", every["regular"])
            if days and (last is None or last[:10] <= (today - timedelta(days=days)).isoformat()):
                found.add(customer)
    return found


def _gone(customers: Sequence[int]) -> set[int]:
    marks = ",".join("?" * len(NOT_ASKED))
    gone = {i for (i,) in file.ask(f"SELECT id FROM customer WHERE stage IN ({marks})", list(NOT_ASKED))}
    return gone & set(customers)


def _running() -> set[int]:
    return {
        i
        for (i,) in file.ask(
            "SELECT a.customer FROM survey_run r JOIN survey_asked a ON a.run = r.id"
            " WHERE r.state = 'open' AND a.state IN ('to_ask', 'asked', 'not_reached')"
        )
    }


def in_words(choice: Choice) -> str:
    """How customers were chosen, for the survey's own record; filters are told by what they look at."""
    parts = [f"“{choice.text}”"] if choice.text else []
    parts += [_said(each) for each in choice.filters]
    parts = parts or [_("All customers")]
    if choice.how == "random":
        parts.append(_("{n} at random (seed {seed})").format(n=choice.n, seed=choice.seed))
    elif choice.how == "nth":
        parts.append(_("every {n}th, seed {seed}").format(n=choice.n, seed=choice.seed))
    elif choice.how == "due":
        parts.append(_("whose time it was"))
    return _(", ").join(parts)


def _said(wanted: Filter) -> str:
    if wanted.how == "ids":
        return _("customers chosen by hand")
    described = Customer.field(wanted.column)
    values = wanted.value if isinstance(wanted.value, list) else [wanted.value]
    shown = [described.show(value) for value in values if value is not None]
    return _("{label}: {value}").format(label=_(described.label), value="/".join(filter(None, shown)) or wanted.how)
