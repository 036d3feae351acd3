"""Rows of a ledger of complaints: whether they are there already, and how each ended."""

from __future__ import annotations

import re
from typing import Any, Final

from crm_desktop.exchange.judging_history import History, Interactions, Key
from crm_desktop.exchange.parsing import Parsed
from crm_desktop.i18n import _
from crm_desktop.models.complaint import CLOSED, Complaint
from crm_desktop.models.customer import Customer
from crm_desktop.values import plain

_OPEN: Final = re.compile(
    r"^(?:处理中|未处理|待处理|进行中|跟进中|处理|待定|待回复|未解决|未完成|调查中|核实中|pending|open|in progress)",
    re.I,
)


class Complaints(History):
    """A ledger of complaints."""

    model, moment, text = Complaint, "received_at", "description"
    also = ("code", "state", "solved_at", "closed_at")

    def key(self, customer: int, given: dict[str, Any]) -> Key:
        return customer, given["received_at"][:10], "", hash(given.get("description", ""))

    def _missing(self, given: dict[str, Any]) -> str:
        return super()._missing(given) or (
            "" if given.get("description") else _("The description of the complaint is missing.")
        )

    def _is_of_customer(self, given: dict[str, Any]) -> bool:
        told = given.get("complainant")
        return super()._is_of_customer(given) and (not told or told == given.get("customer"))

    def complete(self, parsed: Parsed, given: dict[str, Any]) -> None:
        """How a ledger tells the end: by its state, else by the day it was done, else by the words of the result.

        A day counts more than the words: many offices fill in the day and leave "处理中" standing.
        """
        if (told := given.get("complainant")) and told != given.get("customer"):
            numbers = (phone["number"] for phone in parsed.of(Customer).get("phones", ()))
            given["complainant"] = " ".join([told, *(number for number in numbers if number not in told)])
        if given.get("state"):
            self._say_day_of_open_one(parsed, given)
            return
        known = self._same(self._customer(parsed).id, given)
        result, done = plain(given.get("solution", "")), given.get("solved_at") or given.get("closed_at")
        if known is not None:
            before = self.office.draft(Complaint, known)
            if not done or before.value("solved_at") or before.value("closed_at"):
                return  # how it stands is kept here, not in the ledger
        if done:
            given["state"] = "closed"
            if _OPEN.match(result):
                parsed.row.note(
                    _("“{text}” stands beside a day of completion: taken as closed.").format(text=given["solution"])
                )
        elif self.mapping.has(Complaint, "solved_at") or self.mapping.has(Complaint, "closed_at"):
            given["state"] = "handling" if result else "new"
        elif result and not _OPEN.match(result):
            given["state"], given["closed_at"] = "closed", given["received_at"]
            parsed.row.note(_("Taken as closed, because a result is written; the day is not known."))
        else:
            given["state"] = "handling" if result else "new"
        if given["state"] in CLOSED and given.get("satisfaction") in ("1", "2"):
            parsed.row.note(_("Closed, but the customer is not satisfied."), False)

    def _say_day_of_open_one(self, parsed: Parsed, given: dict[str, Any]) -> None:
        """A day of closing beside a state that says it is not closed: the state counts, the day is kept in words."""
        if given["state"] in CLOSED or not given.get("closed_at"):
            return
        heading = self.headings.get((Complaint, "closed_at"), _("Closed at"))
        day, state = given.pop("closed_at")[:10], Complaint.described()["state"].show(given["state"])
        parsed.lost.setdefault(Complaint, []).append(f"{heading}: {day}")
        parsed.row.note(
            _("{heading} {day}, but the state is {state}: it stays open, the day is kept in the analysis.").format(
                heading=heading, day=day, state=state
            )
        )


JUDGES: Final = {"interactions": Interactions, "complaints": Complaints}
