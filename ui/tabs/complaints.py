"""Complaints: what went wrong, who sees to it, what is still open."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.models import Complaint
from ui.parts import desk, list_badges
from ui.parts.fileinfo import FileInfo
from ui.parts.filter_bar import Offer
from ui.parts.paneled_tab import PaneledTab


class ComplaintsTab(PaneledTab):
    """All complaints, newest first."""

    NAME = "complaints"
    MODEL = Complaint
    SHOWN = ("received_at", "customer", "category", "state", "owner")
    MORE = (
        "code",
        "severity",
        "description",
        "complainant",
        "cause",
        "solution",
        "solve_by",
        "solved_at",
        "closed_at",
        "satisfaction",
        "compensation",
        "product",
        "department",
        "channel",
        "registered_by",
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
    SORT = ("received_at", True)
    HINT = N_("A word, a number, or a customer …")
    LEFT = 600
    DELETE = N_("Delete complaint")

    def __init__(self, info: FileInfo, parent: QWidget | None = None) -> None:
        super().__init__(info, parent)
        for column, name in (("state", "complaint_state"), ("severity", "severity")):
            self.list.set_delegate(column, list_badges.delegate(name))

    @override
    def counted(self, number: int) -> str:
        return ngettext("{n} complaint", "{n} complaints", number).format(n=f"{number:,}")

    @override
    def say_empty(self, searching: bool) -> None:
        if searching:
            super().say_empty(searching)
        else:
            self.empty.say("message-report", _("No complaint so far. May it stay so."), _("New complaint"), self.new)

    @override
    def say_nothing_chosen(self) -> None:
        self.nothing.say("message-report", _("Choose a complaint on the left to see how far it is."))

    @override
    def presets(self) -> dict[str, Any]:
        user = desk.user()
        mine = {"owner": user.id, "registered_by": user.id} if user else {}
        return {"received_at": datetime.now().isoformat(timespec="minutes") + ":00", **mine}

    @override
    def new(self) -> None:
        self.begin(self.presets())


TAB = ComplaintsTab
