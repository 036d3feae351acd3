"""Rows of a ledger of complaints: whether they are there already, and how each ended; requests share it."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any, ClassVar, Final

from crm_desktop.exchange.judging import KEPT_IN
from crm_desktop.exchange.judging_history import History, Key
from crm_desktop.exchange.parsing import Parsed
from crm_desktop.i18n import _
from crm_desktop.models.complaint import CLOSED, Complaint
from crm_desktop.models.customer import Customer
from crm_desktop.values import plain

_OPEN: Final = re.compile(
    r"^(?:处理中|未处理|待处理|进行中|跟进中|处理|待定|待回复|未解决|未完成|调查中|核实中|pending|open|in progress)",
    re.I,
)


class Ledger(History):
    """A ledger of cases that begin and end."""

    moment, text = "received_at", "description"
    also = ("code", "state", "solved_at", "closed_at")
    who: ClassVar[str]
    """Who complained or asked."""
    begun: ClassVar[str]
    """The state of what is being worked on."""
    closed: ClassVar[Collection[str]]

    def key(self, customer: int, given: dict[str, Any]) -> Key:
        return customer, given["received_at"][:10], "", hash(given.get("description", ""))

    def _missing(self, given: dict[str, Any]) -> str:
        return super()._missing(given) or ("" if given.get("description") else self.undescribed())

    def undescribed(self) -> str:
        """Why a row without a description is refused."""
        raise NotImplementedError

    def _is_of_customer(self, given: dict[str, Any]) -> bool:
        told = given.get(self.who)
        return super()._is_of_customer(given) and (not told or told == given.get("customer"))

    def complete(self, parsed: Parsed, given: dict[str, Any]) -> None:
        """How a ledger tells the end: by its state, else by the day it was done, else by the words of the result.

        A day counts more than the words: many offices fill in the day and leave "处理中" standing.
        """
        if (told := given.get(self.who)) and told != given.get("customer"):
            numbers = (phone["number"] for phone in parsed.of(Customer).get("phones", ()))
            given[self.who] = " ".join([told, *(number for number in numbers if number not in told)])
        if given.get("state"):
            self._say_day_of_open_one(parsed, given)
            return
        known = self._same(self._customer(parsed).id, given)
        result, done = plain(given.get("solution", "")), given.get("solved_at") or given.get("closed_at")
        if known is not None:
            before = self.office.draft(self.model, known)
            if not done or before.value("solved_at") or before.value("closed_at"):
                return  # how it stands is kept here, not in the ledger
        if done:
            given["state"] = "closed"
            if _OPEN.match(result):
                parsed.row.note(
                    _("“{text}” stands beside a day of completion: taken as closed.").format(text=given["solution"])
                )
        elif self.mapping.has(self.model, "solved_at") or self.mapping.has(self.model, "closed_at"):
            given["state"] = self.begun if result else "new"
        elif result and not _OPEN.match(result):
            given["state"], given["closed_at"] = "closed", given["received_at"]
            parsed.row.note(_("Taken as closed, because a result is written; the day is not known."))
        else:
            given["state"] = self.begun if result else "new"
        if given["state"] in self.closed and given.get("satisfaction") in ("1", "2"):
            parsed.row.note(_("Closed, but the customer is not satisfied."), False)

    def _say_day_of_open_one(self, parsed: Parsed, given: dict[str, Any]) -> None:
        """A day of closing beside a state that says it is not closed: the state counts, the day is kept in words."""
        if given["state"] in self.closed or not given.get("closed_at"):
            return
        heading = self.headings.get((self.model, "closed_at"), _("Closed at"))
        day, state = given.pop("closed_at")[:10], self.model.described()["state"].show(given["state"])
        parsed.lost.setdefault(self.model, []).append(f"{heading}: {day}")
        parsed.row.note(
            _("{heading} {day}, but the state is {state}: it stays open, the day is kept in “{field}”.").format(
                heading=heading, day=day, state=state, field=_(self.model.described()[KEPT_IN[self.model]].label)
            )
        )


class Complaints(Ledger):
    """A ledger of complaints."""

    model, who, begun, closed = Complaint, "complainant", "handling", CLOSED

    def undescribed(self) -> str:
        return _("The description of the complaint is missing.")
