"""A list tab whose right side is simply the record: contact history and complaints."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

from crm_desktop.i18n import _, ngettext
from crm_desktop.listing import MODELS
from ui import theme
from ui.parts import deleting
from ui.parts.fileinfo import FileInfo
from ui.parts.record_panel import RecordPanel
from ui.parts.record_tab import RecordTab
from ui.parts.record_window import open_record
from ui.parts.tab import Show


class PaneledTab(RecordTab):
    """List and record; a link to a customer is followed to the customers tab."""

    DELETE: ClassVar[str] = ""
    """What deleting is called in the log (msgid)."""

    def __init__(self, info: FileInfo, parent: QWidget | None = None) -> None:
        self.panel = RecordPanel(self.MODEL)
        super().__init__(info, parent)
        self.right.addWidget(self.panel)
        self.panel.opened.connect(self._follow)
        self.panel.saved.connect(self._saved)
        self.panel.editing.connect(self._editing)

    def _follow(self, table: str, id: Any) -> None:
        if table in MODELS and id is not None:
            self.asked.emit(Show(table, int(id)))  # type: ignore[arg-type]

    def _saved(self, id: int) -> None:
        self.right.setCurrentWidget(self.panel)
        if not self.list.choose(id):
            self.choose_later(id)

    def _editing(self, typing: bool) -> None:
        if not typing and self.panel.wanted is None:
            self.show_record(self.list.current_id())

    @override
    def show_record(self, id: int | None) -> None:
        nothing = id is None and self.panel.form is None
        self.right.setCurrentWidget(self.nothing if nothing else self.panel)
        self.panel.show_record(id)

    @override
    def open_record(self, id: int) -> None:
        open_record(self, self.MODEL.table(), id)

    def begin(self, presets: Mapping[str, Any]) -> None:
        """Start a new record with these values."""
        self.right.setCurrentWidget(self.panel)
        self.panel.new(presets)

    def presets(self) -> dict[str, Any]:
        """What a new record begins with."""
        return {}

    @override
    def typing_panel(self) -> RecordPanel:
        return self.panel

    @override
    def begin_new(self) -> None:
        self.begin(self.presets())

    @override
    def current_record(self) -> int | None:
        return self.panel.wanted

    @override
    def show_wish(self, wish: Show) -> None:
        if wish.new:
            self.begin(self.presets() | ({"customer": wish.customer} if wish.customer else {}))
            return
        super().show_wish(wish)

    @override
    def fill_list_menu(self, menu: QMenu, ids: Any) -> None:
        if len(ids) == 1:
            menu.addAction(theme.icon("external-link"), _("Open in its own window"), lambda: self.open_record(ids[0]))
        menu.addAction(theme.icon("copy"), _("Copy"), self.list.copy)
        text = ngettext("Change {n} record…", "Change {n} records…", len(ids)).format(n=len(ids))
        menu.addAction(theme.icon("edit"), text, lambda: self.change_many(list(ids)))
        menu.addSeparator()
        text = ngettext("Delete {n} record…", "Delete {n} records…", len(ids)).format(n=len(ids))
        menu.addAction(theme.icon("trash"), text, lambda: self.delete(list(ids)))

    def delete(self, ids: list[int]) -> None:
        """Ask once before records are deleted."""
        question = ngettext("Delete this record?", "Delete {n} records?", len(ids)).format(n=f"{len(ids):,}")
        verb = ngettext("Delete record", "Delete {n} records", len(ids)).format(n=f"{len(ids):,}")
        self.right.setCurrentWidget(self.panel)
        deleting.ask(self.panel.notice, question, verb, partial(self._delete, ids))

    def _delete(self, ids: list[int], why: str) -> None:
        said = ngettext("{n} record deleted.", "{n} records deleted.", len(ids)).format(n=f"{len(ids):,}")
        deleting.write(self, self.DELETE, why, lambda c: c.delete_many(self.MODEL, ids), said)

    @override
    def edit(self) -> None:
        self.panel.edit()

    @override
    def current_customer(self) -> int | None:
        customer = getattr(self.panel.record, "customer", None)
        return None if customer is None else int(customer)
