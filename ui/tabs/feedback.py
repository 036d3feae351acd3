"""Feedback: what customers suggest, praise or dislike, and what we answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from typing_extensions import override

from crm_desktop.i18n import N_, ngettext
from crm_desktop.models import Feedback
from ui.parts import desk
from ui.parts.filter_bar import Offer
from ui.parts.list_source import Column
from ui.parts.paneled_tab import PaneledTab


class FeedbackTab(PaneledTab):
    """All feedback, the newest on top."""

    NAME = "feedback"
    MODEL = Feedback
    SHOWN = ("at", "customer", "kind", "state", "text")
    MORE = (
        "owner",
        "code",
        "who",
        "channel",
        "product",
        "about",
        "answer",
        "answered_at",
        "answered_how",
        "adopted",
        "thanks",
        "thanks_cost",
        "thanked_on",
        "improve_by",
        "complaint",
    )
    OFFERS = (
        Offer("kind"),
        Offer("state"),
        Offer("owner"),
        Offer("adopted"),
        Offer("at", "from", N_("From")),
        Offer("at", "until", N_("Until")),
    )
    SORT = ("at", True)
    HINT = N_("A word, a number, or a customer …")
    LEFT = 600
    DELETE = N_("Delete feedback")
    BADGES = {"kind": "feedback_kind", "state": "feedback_state", "adopted": "adoption"}
    ICON = "note"
    NONE = N_("No feedback so far. What customers suggest, praise or dislike comes here, with what we answered.")
    BEGIN = N_("New feedback")
    CHOOSE = N_("Choose feedback on the left to read and answer it.")

    @override
    def columns(self) -> list[Column]:
        widths = {"at": 16, "customer": 14, "kind": 14, "state": 11, "text": 19}
        return [replace(each, width=widths.get(each.key, each.width)) for each in super().columns()]

    @override
    def counted(self, number: int) -> str:
        return ngettext("{n} piece of feedback", "{n} pieces of feedback", number).format(n=f"{number:,}")

    @override
    def presets(self) -> dict[str, Any]:
        user = desk.user()
        return {"at": datetime.now().isoformat(timespec="minutes") + ":00"} | ({"owner": user.id} if user else {})

    @override
    def new(self) -> None:
        self.begin(self.presets())


TAB = FeedbackTab
