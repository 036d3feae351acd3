"""What stands above a record of some kinds: how far it is, and what is to be done next."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from crm_desktop.models import Record


class Head(QWidget):
    """Above a record that is read; hidden while it is typed."""

    def show_record(self, record: Any) -> None:
        """Show another record's, or nothing."""


def head(model: type[Record], parent: QWidget) -> Head | None:
    """The head of records of that kind, if they have one."""
    if model.table() != "complaint":
        return None
    from ui.parts.complaint_head import ComplaintHead  # lazily: the start does not wait for it

    return ComplaintHead(parent)
