"""Service requests: what customers ask of us, who sees to it, and by when."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QMenu
from typing_extensions import override

from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.models import ServiceRequest
from ui import dialogs, theme
from ui.parts import deadlines, desk
from ui.parts.filter_bar import Offer
from ui.parts.list_source import Column
from ui.parts.paneled_tab import PaneledTab


class RequestsTab(PaneledTab):
    """All service requests: what is due next on top, what has ended below."""

    NAME = "requests"
    MODEL = ServiceRequest
    SHOWN = ("due_at", "customer", "type", "state", "owner")
    MORE = (
        "received_at",
        "code",
        "priority",
        "tier",
        "subject",
        "description",
        "caller",
        "channel",
        "product",
        "serial_no",
        "warranty_until",
        "agreed_at",
        "reply_by",
        "solve_by",
        "acknowledged_at",
        "replied_at",
        "solved_at",
        "closed_at",
        "solution",
        "solution_note",
        "parts",
        "minutes",
        "chargeable",
        "cost",
        "satisfaction",
        "feedback",
        "reopened",
        "complaint",
        "registered_by",
    )
    OFFERS = (
        Offer("state"),
        Offer("owner"),
        Offer("type", "tree"),
        Offer("priority"),
        Offer("tier"),
        Offer("satisfaction"),
        Offer("received_at", "from", N_("From")),
        Offer("received_at", "until", N_("Until")),
    )
    SORT = ("due_at", False)
    HINT = N_("A word, a number, or a customer …")
    LEFT = 604
    DELETE = N_("Delete service request")
    BADGES = {"state": "request_state", "priority": "request_priority", "tier": "tier"}
    ICON = "tool"
    NONE = N_("No service request so far. Questions, repairs, installations: what customers ask of us comes here.")
    BEGIN = N_("New service request")
    CHOOSE = N_("Choose a service request on the left to see how far it is.")

    @override
    def columns(self) -> list[Column]:
        more: dict[str, dict[str, Any]] = {
            "due_at": {"show": deadlines.show, "tone": deadlines.tone, "width": 19},
            "type": {"title": N_("Type"), "width": 12},
            "state": {"width": 15},
            "owner": {"title": N_("Handled by"), "width": 10},
        }
        return [replace(c, **more.get(c.key, {})) for c in super().columns()]

    @override
    def counted(self, number: int) -> str:
        return ngettext("{n} service request", "{n} service requests", number).format(n=f"{number:,}")

    @override
    def presets(self) -> dict[str, Any]:
        user = desk.user()
        return {"received_at": datetime.now().isoformat(timespec="minutes") + ":00"} | (
            {"registered_by": user.id} if user else {}
        )

    @override
    def new(self) -> None:
        self.begin(self.presets())

    @override
    def fill_more(self, menu: QMenu) -> None:
        menu.addAction(theme.icon("bulb"), _("Reusable solutions…"), self.show_notes)
        menu.addAction(theme.icon("printer"), _("Service ledger…"), self.print_ledger)
        menu.addAction(theme.icon("settings"), _("Standards and checklists…"), self.set_rules)
        menu.addSeparator()
        super().fill_more(menu)

    def show_notes(self) -> None:
        """See, change and delete what was kept for others."""
        dialog = dialogs.service_notes.NotesDialog(self.window())
        dialog.asked.connect(self.asked)
        dialog.open()

    def print_ledger(self) -> None:
        """The ledger of a year or month on paper."""
        dialogs.case_papers.LedgerDialog(self, "service_ledger").open()

    def set_rules(self) -> None:
        """By when requests are answered and solved, and what is done with each type."""
        dialog = dialogs.office.OfficeDialog(self.window(), self.info)
        dialog.pages.setCurrentWidget(dialog.service)
        dialog.open()


TAB = RequestsTab
