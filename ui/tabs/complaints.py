"""Complaints: what went wrong, who sees to it, what is still open and by when."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QMenu
from typing_extensions import override

from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.models import Complaint
from ui import dialogs, theme
from ui.parts import deadlines, desk
from ui.parts.filter_bar import Offer
from ui.parts.list_source import Column
from ui.parts.paneled_tab import PaneledTab


class ComplaintsTab(PaneledTab):
    """All complaints: what is due next on top, what has ended below."""

    NAME = "complaints"
    MODEL = Complaint
    SHOWN = ("due_at", "customer", "category", "state", "owner")
    MORE = (
        "received_at",
        "code",
        "severity",
        "tier",
        "description",
        "complainant",
        "cause",
        "solution",
        "acknowledge_by",
        "reply_by",
        "solve_by",
        "solved_at",
        "closed_at",
        "satisfaction",
        "compensation",
        "product",
        "department",
        "channel",
        "registered_by",
        "nature",
        "addressee",
        "external_no",
        "family",
        "reopened",
        "recovery_score",
    )
    OFFERS = (
        Offer("state"),
        Offer("owner"),
        Offer("category", "tree"),
        Offer("cause", "tree"),
        Offer("severity"),
        Offer("received_at", "from", N_("From")),
        Offer("received_at", "until", N_("Until")),
    )
    SORT = ("due_at", False)
    HINT = N_("A word, a number, or a customer …")
    LEFT = 580
    DELETE = N_("Delete complaint")
    BADGES = {"state": "complaint_state", "severity": "severity", "tier": "tier"}
    ICON = "message-report"
    NONE = N_("No complaint so far. May it stay so.")
    BEGIN = N_("New complaint")
    CHOOSE = N_("Choose a complaint on the left to see how far it is.")

    @override
    def columns(self) -> list[Column]:
        return [
            replace(c, show=deadlines.show, tone=deadlines.tone, width=19) if c.key == "due_at" else c
            for c in super().columns()
        ]

    @override
    def counted(self, number: int) -> str:
        return ngettext("{n} complaint", "{n} complaints", number).format(n=f"{number:,}")

    @override
    def presets(self) -> dict[str, Any]:
        user = desk.user()
        mine = {"owner": user.id, "registered_by": user.id} if user else {}
        return {"received_at": datetime.now().isoformat(timespec="minutes") + ":00", **mine}

    @override
    def new(self) -> None:
        self.begin(self.presets())

    def new_internal(self) -> None:
        """Begin a failure of ours that no customer has complained about yet."""
        ours = {"complainant_is": "internal", "found_by_us": True, "nature": "implicit"}
        self.begin(self.presets() | ours)
        if self.panel.typing is not None and not self.panel.notice.text():
            about = _("A failure of ours nobody has complained about yet: whom it touches, and what went wrong.")
            self.panel.notice.say(about, (), "muted")

    @override
    def fill_more(self, menu: QMenu) -> None:
        menu.addAction(theme.icon("alert-circle"), _("Internal failure nobody complained about…"), self.new_internal)
        menu.addAction(theme.icon("mood-sad"), _("Signs of displeasure…"), self.show_signals)
        menu.addAction(theme.icon("chart-bar"), _("Families of like complaints…"), self.show_families)
        menu.addAction(theme.icon("printer"), _("Complaint ledger…"), self.print_ledger)
        menu.addSeparator()
        super().fill_more(menu)

    def show_signals(self) -> None:
        """Decide about signs of displeasure."""
        dialog = dialogs.complaint_signals.SignalsDialog(self)
        dialog.asked.connect(self.asked)
        dialog.open()

    def show_families(self) -> None:
        """See which like complaints there are, and whether they have become fewer."""
        dialog = dialogs.complaint_families.FamiliesDialog(self)
        dialog.asked.connect(self.asked)
        dialog.open()

    def print_ledger(self) -> None:
        """The ledger of a year or month on paper."""
        dialogs.case_papers.LedgerDialog(self, "complaint_ledger").open()


TAB = ComplaintsTab
