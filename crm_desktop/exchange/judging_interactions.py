"""Rows of contact history: what was said, and what the newest of it plans."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, Final

from crm_desktop.exchange.deciding import UPDATE as OVERWRITE
from crm_desktop.exchange.headings import Mapping
from crm_desktop.exchange.judging import Pending
from crm_desktop.exchange.judging_history import History, Key
from crm_desktop.exchange.matching import Draft, Office
from crm_desktop.exchange.parsing import Parsed, RowPlan
from crm_desktop.i18n import _
from crm_desktop.models.customer import Customer
from crm_desktop.models.interaction import Interaction
from crm_desktop.values import plain

_WORDS_OF_CHANNEL: Final = (
    ("wechat", "微信"),
    ("visit", "拜访|上门|面谈|走访"),
    ("phone", "电话|致电|来电|通话"),
    ("email", "邮件|邮箱"),
    ("sms", "短信"),
    ("came", "来访|到访"),
)
_SAYING: Final = ("subject", "purpose", "outcome", "next_what", "channel", "direction", "minutes")
"""What tells of a contact whose words nobody wrote down, the most telling first."""


class Interactions(History):
    """A list of contacts: what was said, when, by whom."""

    model, moment, text = Interaction, "at", "content"

    def __init__(self, office: Office, mapping: Mapping, pending: list[Pending]) -> None:
        super().__init__(office, mapping, pending)
        self.newest: dict[int, Draft] = {}

    def columns_of_key(self) -> tuple[str, ...]:
        return ("id", "customer", "at", "channel", "content")

    def key(self, customer: int, given: dict[str, Any]) -> Key:
        return customer, given["at"], given.get("channel", ""), hash(given.get("content", ""))

    def _missing(self, given: dict[str, Any]) -> str:
        reason = super()._missing(given)
        said = any(given.get(name) not in (None, "") for name in ("content", *_SAYING))
        return reason or ("" if said else _("The row does not say what happened."))

    def complete(self, parsed: Parsed, given: dict[str, Any]) -> None:
        if not given.get("content"):
            fields = Interaction.described()
            said = next(name for name in _SAYING if given.get(name) not in (None, ""))
            called = _("{label}: {value}").format(label=_(fields[said].label), value=given[said])
            given["content"] = called if said == "minutes" else fields[said].show(given[said])
        if not given.get("channel") and given.get("minutes") is not None:
            given["channel"] = "phone"
        if not given.get("channel"):
            said = plain(given["content"])
            given["channel"] = next((code for code, words in _WORDS_OF_CHANNEL if re.search(words, said[:40])), "other")

    def added(self, customer: int, draft: Draft) -> None:
        newest = self.newest.get(customer)
        if newest is None or newest.value("at") < draft.value("at"):
            self.newest[customer] = draft

    def finish(self) -> None:
        """What the newest record plans becomes the customer's next contact, unless the day has passed already."""
        today = datetime.now().date().isoformat()
        planned = {
            i: draft
            for i, draft in self.newest.items()
            if (draft.value("next_at") or "") >= today
            and draft.value("at")[:10] <= today
            and i not in self.office.planned
        }
        columns = ("next_contact_at", "next_contact_what")
        self.office.load(Customer, [i for i in planned if i in self.office.old], columns)
        for i, draft in planned.items():
            customer = self.office.draft(Customer, i)
            if (customer.value("next_contact_at") or "") < today:
                given = {
                    "next_contact_at": draft.value("next_at"),
                    "next_contact_what": draft.value("next_what") or "",
                }
                for name, value in given.items() if self.usual == OVERWRITE or customer.new else ():
                    self.change(customer, customer.put(name, Customer.described()[name], value), RowPlan(0))
