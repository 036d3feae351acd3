"""Rows of a ledger of service requests: whether they are there already, and how each ended."""

from __future__ import annotations

from typing import Any

from crm_desktop.exchange.judging_complaints import Ledger
from crm_desktop.exchange.parsing import Parsed
from crm_desktop.i18n import _
from crm_desktop.models.service import CLOSED, ServiceRequest


class Requests(Ledger):
    """A ledger of service requests."""

    model, who, begun, closed = ServiceRequest, "caller", "working", CLOSED

    def undescribed(self) -> str:
        return _("The description of the request is missing.")

    def _missing(self, given: dict[str, Any]) -> str:
        if not given.get("description") and given.get("subject"):
            given["description"] = given["subject"]  # a ledger of one column: 打印机卡纸
        return super()._missing(given)

    def complete(self, parsed: Parsed, given: dict[str, Any]) -> None:
        """What somebody is named for was given to him; see Ledger."""
        super().complete(parsed, given)
        if given.get("state") == "new" and given.get("owner"):
            given["state"] = "assigned"
