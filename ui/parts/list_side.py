"""The left side of a list tab: search box, filters, why the list is short, count, list, buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from crm_desktop.i18n import _
from crm_desktop.models.base import Record
from ui import theme
from ui.parts.empty import Empty
from ui.parts.filter_bar import FilterBar, Offer
from ui.parts.list_banner import ListBanner
from ui.parts.list_source import Source
from ui.parts.list_view import ListView
from ui.parts.more_button import MoreButton
from ui.parts.search_line import SearchLine


class ListSide(QWidget):
    """Built in reading order; its parts are for the tab to connect."""

    def __init__(self, name: str, model: type[Record], offers: Sequence[Offer], hint: str, source: Source) -> None:
        super().__init__()
        self.setMinimumWidth(300)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        self.line = SearchLine(hint, _("Search in this list"))
        column.addWidget(self.line)
        self.filters = FilterBar(name, model, offers)
        column.addWidget(self.filters)
        self.banner = ListBanner()
        self.banner_text, self.back = self.banner.text, self.banner.back
        column.addWidget(self.banner)
        self.count = QLabel(" ")
        self.count.setProperty("tone", "muted")
        column.addWidget(self.count)
        self.list = ListView(source, name, _(model.title))
        self.empty = Empty("search", "")
        self.list.set_empty(self.empty)
        column.addWidget(self.list, 1)
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.new_button = QPushButton(theme.icon("plus", "on_accent"), _("New"))
        self.new_button.setProperty("primary", True)
        self.new_button.setToolTip(_("New") + "  Ctrl+N")
        row.addWidget(self.new_button)
        row.addStretch()
        self.more = MoreButton()
        row.addWidget(self.more)
        return row
