"""Rows of a list of feedback: whether they are there already, and whether the customer was answered."""

from __future__ import annotations

from typing import Any, Final

from crm_desktop.exchange.judging import Judge
from crm_desktop.exchange.judging_complaints import Complaints
from crm_desktop.exchange.judging_history import History, Key
from crm_desktop.exchange.judging_interactions import Interactions
from crm_desktop.exchange.judging_requests import Requests
from crm_desktop.exchange.judging_solutions import Solutions
from crm_desktop.exchange.parsing import Parsed
from crm_desktop.i18n import _
from crm_desktop.models.customer import Customer
from crm_desktop.models.feedback import ENDED, Feedback


class Told(History):
    """What customers suggested, praised or disliked."""

    model, moment, text = Feedback, "at", "text"
    also = ("code", "state", "answer", "answered_at")

    def key(self, customer: int, given: dict[str, Any]) -> Key:
        return customer, given["at"][:10], "", hash(given.get("text", ""))

    def _missing(self, given: dict[str, Any]) -> str:
        return super()._missing(given) or ("" if given.get("text") else _("What the customer said is missing."))

    def _is_of_customer(self, given: dict[str, Any]) -> bool:
        told = given.get("who")
        return super()._is_of_customer(given) and (not told or told == given.get("customer"))

    def complete(self, parsed: Parsed, given: dict[str, Any]) -> None:
        """Whether it was answered: by its state, else by the day of the reply, else by the words of it."""
        if (told := given.get("who")) and told != given.get("customer"):
            numbers = (phone["number"] for phone in parsed.of(Customer).get("phones", ()))
            given["who"] = " ".join([told, *(number for number in numbers if number not in told)])
        known = self._same(self._customer(parsed).id, given)
        before = None if known is None else self.office.draft(Feedback, known)
        answered = given.get("answered_at") or (before and before.value("answered_at"))
        if not given.get("state") and given.get("answer") and not answered:
            given["state"] = "answered"
        if given.get("state") == "answered" and not answered:
            given["answered_at"] = given["at"]
            parsed.row.note(_("Taken as answered on the day it came, because the day of the reply is not known."))
        elif given.get("answered_at") and given.get("state") not in ENDED:
            given["state"] = "answered"


JUDGES: Final[dict[str, type[Judge]]] = {
    "interactions": Interactions,
    "complaints": Complaints,
    "requests": Requests,
    "feedback": Told,
    "solutions": Solutions,
}
