"""A list of records that belong to one customer, such as its complaints."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from crm_desktop.i18n import _
from crm_desktop.listing import Filter, Listing
from crm_desktop.models import Complaint, Record, ServiceRequest, SurveyAsked
from crm_desktop.models.fields import Choice
from ui import refresh, theme
from ui.parts import list_badges
from ui.parts.empty import Empty
from ui.parts.list_view import ListView
from ui.parts.sources import ListingSource, columns_of

NOBODY = -1
SIGNED = ("complaint_state", "severity", "feedback_kind", "feedback_state", "request_state", "request_priority")
"""The lists whose entries are shown with their sign and colour."""


class RelatedList(QWidget):
    """Newest first; a double-click opens."""

    opened = Signal(object)
    new_asked = Signal()

    def __init__(self, model: type[Record], columns: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._columns = model, columns_of(model, columns)
        self._sort: tuple[str, bool] = (columns[0], True)
        self._customer = NOBODY
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        self.list = ListView(self._source(), f"of_customer/{model.table()}", _(model.title))
        self.list.header.mark_sort(*self._sort)
        for field in (model.described()[name] for name in columns):
            if isinstance(field, Choice) and field.list_name in SIGNED:
                self.list.set_delegate(field.name, list_badges.delegate(field.list_name))
        self.list.set_empty(Empty(*_empty(model)))
        self.list.opened.connect(self.opened)
        self.list.sort_asked.connect(self._sort_by)
        column.addWidget(self.list, 1)
        line = QHBoxLayout()
        new = QPushButton(theme.icon("plus"), _("New"))
        new.clicked.connect(self.new_asked)
        line.addWidget(new)
        line.addStretch()
        column.addLayout(line)
        refresh.signal.changed.connect(self._changed)

    def show_customer(self, customer: int | None) -> None:
        """Show those of another customer."""
        self._customer = NOBODY if customer is None else customer
        self.list.show_source(self._source(), self._sort)

    def _changed(self, changed: frozenset[tuple[str, int]] | None) -> None:
        if refresh.concerns(changed, self._model.table()):
            self.list.reload()

    def _source(self) -> ListingSource:
        wanted = Filter("customer", "in", [self._customer])
        return ListingSource(Listing(self._model, (), "", (wanted,), *self._sort), self._columns)

    def _sort_by(self, column: str, descending: bool) -> None:
        self._sort = (column, descending)
        self.list.show_source(self._source(), self._sort)


def _empty(model: type[Record]) -> tuple[str, str]:
    """Icon and words of a list without records."""
    if model is Complaint:
        return "message-report", _("Nothing here, and that is good news.")
    if model is SurveyAsked:
        return "mood-smile", _("Not asked in any survey yet.")
    return "tool" if model is ServiceRequest else "note", _("Nothing here yet.")
