"""The customers tab: find, filter, sort; the file of the chosen customer beside the list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.listing import Filter
from crm_desktop.models import Customer
from ui import theme
from ui.parts import list_badges
from ui.parts.fileinfo import FileInfo
from ui.parts.filter_bar import CUSTOMERS
from ui.parts.record_panel import RecordPanel
from ui.parts.record_tab import RecordTab
from ui.parts.record_window import open_record
from ui.parts.tab import Show

if TYPE_CHECKING:
    from ui.tabs.customers.page import CustomerPage

SOON = 400
"""Milliseconds after the start until the page is made that the first click will ask for."""


class CustomersTab(RecordTab):
    """All customers, and one customer's file."""

    NAME = "customers"
    MODEL = Customer
    SHOWN = ("name", "tier", "last_contact_at")
    MORE = (
        "code",
        "short_name",
        "main_contact",
        "main_phone",
        "owner",
        "stage",
        "industry",
        "region",
        "source",
        "size",
        "kind",
        "next_contact_at",
        "next_contact_what",
        "last_contact_by",
        "last_contact_channel",
        "last_contact_text",
        "open_complaints",
        "since",
        "annual_sales",
        "total_sales",
        "completeness",
        "phones",
        "wechat",
        "email",
        "addresses",
        "credit_code",
        "tags",
        "starred",
        "remarks",
        "created_at",
        "updated_at",
    )
    OFFERS = CUSTOMERS
    SORT = ("name", False)
    HINT = N_("Name, pinyin, phone, contact person …")

    def __init__(self, info: FileInfo, parent: QWidget | None = None) -> None:
        self._page: CustomerPage | None = None
        super().__init__(info, parent)
        for column, name in (("tier", "tier"), ("stage", "stage")):
            self.list.set_delegate(column, list_badges.delegate(name))
        # the first list is painted before the page is made that nobody looks at yet
        QTimer.singleShot(SOON, self, lambda: self.page)

    @property
    def page(self) -> CustomerPage:
        """The file of one customer; made when it is needed, or when the start is over."""
        if self._page is None:
            # a quarter of the start-up time: the list does not wait for it
            from ui.tabs.customers.page import CustomerPage

            page = self._page = CustomerPage()
            self.right.addWidget(page)
            page.asked.connect(self.asked)
            page.contact_asked.connect(self.contact_asked)
            page.started.connect(lambda: self.right.setCurrentWidget(page))
            page.saved.connect(self._saved)
            page.closed.connect(lambda: self.show_record(self.list.current_id()))
        return self._page

    @override
    def counted(self, number: int) -> str:
        return ngettext("{n} customer", "{n} customers", number).format(n=f"{number:,}")

    @override
    def say_empty(self, searching: bool) -> None:
        if searching:
            super().say_empty(searching)
            return
        # who comes from Excel has a list already
        self.empty.say(
            "file-spreadsheet",
            _("No customers yet. Bring in the Excel list you have, or write down the first with New."),
            _("Import from Excel…"),
            self.import_asked.emit,
        )

    @override
    def say_nothing_chosen(self) -> None:
        self.nothing.say("users", _("Choose a customer on the left: what was said, who to ask, what was promised."))

    @override
    def show_record(self, id: int | None) -> None:
        if id is None and self._page is None:
            return
        if id is None and not self.page.is_dirty():
            self.right.setCurrentWidget(self.nothing)
        else:
            self.right.setCurrentWidget(self.page)
        self.page.show_customer(id)

    @override
    def open_record(self, id: int) -> None:
        open_record(self, "customer", id)

    @override
    def show_wish(self, wish: Show) -> None:
        if wish.table == "contact" and wish.id is not None:
            self.page.show_person(wish.id, self.show_one)
            return
        super().show_wish(wish)

    def _saved(self, id: int) -> None:
        """A customer was saved: stay with it, also when it is new and the list does not show it yet."""
        self.right.setCurrentWidget(self.page)
        if not self.list.choose(id):
            self.choose_later(id)

    @override
    def typing_panel(self) -> RecordPanel:
        return self.page.panel

    @override
    def begin_new(self) -> None:
        self.page.new()

    @override
    def show_typing(self) -> None:
        self.page.tabs.setCurrentWidget(self.page.panel)

    @override
    def state(self) -> dict[str, Any]:
        return {**super().state(), "page": self.page.tabs.currentIndex()}

    @override
    def restore(self, state: Mapping[str, Any]) -> None:
        super().restore(state)
        self.page.tabs.setCurrentIndex(state["page"])

    @override
    def current_record(self) -> int | None:
        return None if self._page is None else self._page.customer_id

    @override
    def is_dirty(self) -> bool:
        return self._page is not None and super().is_dirty()

    @override
    def fill_list_menu(self, menu: QMenu, ids: Any) -> None:
        if len(ids) == 1:
            menu.addAction(theme.icon("message"), _("Write down a contact"), lambda: self.contact_asked.emit(ids[0]))
            menu.addAction(theme.icon("external-link"), _("Open in its own window"), lambda: self.open_record(ids[0]))
        menu.addAction(theme.icon("copy"), _("Copy"), self.list.copy)
        text = ngettext("Change {n} customer…", "Change {n} customers…", len(ids)).format(n=len(ids))
        menu.addAction(theme.icon("edit"), text, lambda: self.change_many(list(ids)))
        text = ngettext("Ask {n} customer in a survey…", "Ask {n} customers in a survey…", len(ids)).format(n=len(ids))
        menu.addAction(theme.icon("mood-smile"), text, lambda: self._survey(list(ids)))
        if len(ids) == 2:
            menu.addAction(theme.icon("link"), _("Merge into one customer…"), lambda: self._merge(*ids))
        menu.addSeparator()
        text = ngettext("Delete {n} customer…", "Delete {n} customers…", len(ids)).format(n=len(ids))
        menu.addAction(theme.icon("trash"), text, lambda: self.page.ask_to_delete(list(ids)))

    def _survey(self, ids: list[int]) -> None:
        """Start a survey of these customers."""
        self.asked.emit(Show("survey_run", new=True, filters=(Filter("id", "ids", ids),)))

    def _merge(self, keep: int, other: int) -> None:
        from ui.parts.merging import Merge  # lazily: nobody merges while the program starts

        Merge(self, keep, other).open()

    @override
    def new(self) -> None:
        self.page.new()

    @override
    def edit(self) -> None:
        self.page.edit()

    @override
    def current_customer(self) -> int | None:
        return self.current_record()
