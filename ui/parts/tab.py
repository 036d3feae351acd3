"""The common face of the tabs: all that the main window knows about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crm_desktop.listing import Filter
from ui.parts.fileinfo import FileInfo


@dataclass(frozen=True)
class Show:
    """A wish to see something that another tab shows: one record, or the records behind a figure."""

    table: Literal[
        "customer", "contact", "interaction", "complaint", "service_request", "survey_run", "survey_asked", "feedback"
    ]
    id: int | None = None
    filters: tuple[Filter, ...] = ()
    title: str = ""
    """What the records have in common ("New customers in October"), said above the list."""
    new: bool = False
    """Start a new record instead."""
    customer: int | None = None
    """The customer a new record is about."""


class Tab(QWidget):
    """One tab of the main window."""

    NAME: ClassVar[str] = ""
    """How preferences and tests call it."""

    asked = Signal(object)
    """A Show: somebody wants to see something that stands elsewhere."""
    contact_asked = Signal(object)
    """Write down a contact with this customer (id), or with one yet to be picked (None)."""
    asked_for = Signal()
    """Something here needs an answer: come to this tab."""
    import_asked = Signal()
    """Bring in lists from Excel."""
    month_asked = Signal(str, object)
    """Print the report of this month (YYYY-MM), of this colleague's customers (id) or everybody's (None)."""

    def __init__(self, info: FileInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.info = info

    def search(self) -> None:
        """Put the cursor into the search box (Ctrl+F)."""

    def new(self) -> None:
        """Start a new record (Ctrl+N)."""

    def edit(self) -> None:
        """Edit what is shown (F2)."""

    def save(self) -> None:
        """Save what is being typed (Ctrl+S)."""

    def export(self) -> None:
        """Write the list that is shown to Excel (Ctrl+E)."""

    def show_wish(self, wish: Show) -> None:
        """Show a record or records of one of TABLES."""

    def current_customer(self) -> int | None:
        """The customer that is shown, for what is done "with this one"."""
        return None

    def is_dirty(self) -> bool:
        """Whether something typed here is not saved."""
        return False

    def show_typing(self) -> None:
        """Bring what is being typed into sight."""

    def state(self) -> dict[str, Any]:
        """What is shown and typed here, for the window that is built in place of this one."""
        return {}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Show again what another window's tab showed."""
