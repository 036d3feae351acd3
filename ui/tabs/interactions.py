"""Contact history: everything that was said, with everybody."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.models import Interaction
from ui.parts.fileinfo import FileInfo
from ui.parts.filter_bar import Offer
from ui.parts.paneled_tab import PaneledTab


class InteractionsTab(PaneledTab):
    """All contacts, newest first."""

    NAME = "interactions"
    MODEL = Interaction
    SHOWN = ("at", "customer", "channel", "content", "by")
    MORE = (
        "code",
        "contact",
        "direction",
        "purpose",
        "subject",
        "outcome",
        "mood",
        "next_at",
        "next_what",
        "answer_due",
        "minutes",
        "episode",
        "place",
        "cost",
        "created_at",
    )
    OFFERS = (
        Offer("by"),
        Offer("channel"),
        Offer("purpose"),
        Offer("outcome"),
        Offer("at", "from", N_("From")),
        Offer("at", "until", N_("Until")),
    )
    SORT = ("at", True)
    HINT = N_("A word that was said, or a customer …")
    LEFT = 664
    DELETE = N_("Delete contact record")
    ICON = "message"
    NONE = N_("Nothing was written down yet.")
    BEGIN = N_("Write down a contact")
    CHOOSE = N_("Choose a contact on the left to read what was said.")

    def __init__(self, info: FileInfo, parent: QWidget | None = None) -> None:
        super().__init__(info, parent)
        self.new_button.setText(_("Contact"))
        self.new_button.setToolTip(_("Write down a contact") + "  Ctrl+L")

    @override
    def counted(self, number: int) -> str:
        return ngettext("{n} contact", "{n} contacts", number).format(n=f"{number:,}")

    @override
    def new(self) -> None:
        self.contact_asked.emit(None)


TAB = InteractionsTab
