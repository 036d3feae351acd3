"""What stands above a record of some kinds: how far it is, and what is to be done next."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crm_desktop.models import Record


class Head(QWidget):
    """Above a record that is read; hidden while it is typed."""

    opened = Signal(str, object)
    """Somebody wants to see another record: table and id."""
    below: QWidget | None = None
    """What stands between it and the record's text, and scrolls with that."""

    def show_record(self, record: Any) -> None:
        """Show another record's, or nothing."""


def head(model: type[Record], parent: QWidget) -> Head | None:
    """The head of records of that kind, if they have one; loaded when needed: the start does not wait for it."""
    if model.table() == "complaint":
        from ui.parts.complaint_head import ComplaintHead

        return ComplaintHead(parent)
    if model.table() == "service_request":
        from ui.parts.request_head import RequestHead

        return RequestHead(parent)
    if model.table() == "feedback":
        from ui.parts.feedback_head import FeedbackHead

        return FeedbackHead(parent)
    if model.table() == "interaction":
        from ui.parts.contact_head import ContactHead

        return ContactHead(parent)
    return None
