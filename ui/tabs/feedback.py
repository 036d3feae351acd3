"""Feedback: what customers suggest, praise or dislike, and what we answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.models import Feedback
from ui.parts import desk, list_badges
from ui.parts.fileinfo import FileInfo
from ui.parts.filter_bar import Offer
from ui.parts.paneled_tab import PaneledTab


class FeedbackTab(PaneledTab):
    """All feedback, the newest on top."""

    NAME = "feedback"
    MODEL = Feedback
    SHOWN = ("at", "customer", "kind", "text", "state", "owner")
    MORE = (
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
    LEFT = 560
    DELETE = N_("Delete feedback")

    def __init__(self, info: FileInfo, parent: QWidget | None = None) -> None:
        super().__init__(info, parent)
        for column, name in (("kind", "feedback_kind"), ("state", "feedback_state"), ("adopted", "adoption")):
            self.list.set_delegate(column, list_badges.delegate(name))

    @override
    def counted(self, number: int) -> str:
        return ngettext("{n} piece of feedback", "{n} pieces of feedback", number).format(n=f"{number:,}")

    @override
    def say_empty(self, searching: bool) -> None:
        if searching:
            super().say_empty(searching)
        else:
            self.empty.say(
                "note",
                _("No feedback so far. What customers suggest, praise or dislike comes here, with what we answered."),
                _("New feedback"),
                self.new,
            )

    @override
    def say_nothing_chosen(self) -> None:
        self.nothing.say("note", _("Choose feedback on the left to read and answer it."))

    @override
    def presets(self) -> dict[str, Any]:
        user = desk.user()
        return {"at": datetime.now().isoformat(timespec="minutes") + ":00"} | ({"owner": user.id} if user else {})

    @override
    def new(self) -> None:
        self.begin(self.presets())


TAB = FeedbackTab
