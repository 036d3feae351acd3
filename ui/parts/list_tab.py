"""What tabs with a list share: search, filters, sorting and count, and what can be done with the rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.listing import Filter, Listing
from crm_desktop.models.base import Record
from ui import preferences, refresh, theme
from ui.parts import list_badges
from ui.parts.fileinfo import FileInfo
from ui.parts.filter_bar import Offer
from ui.parts.list_side import ListSide
from ui.parts.list_source import Column, Source
from ui.parts.sources import ListingSource, columns_of
from ui.parts.tab import Show, Tab


class ListTab(Tab):
    """A list of one kind of record; the subclasses say which and how, and what stands beside it."""

    MODEL: ClassVar[type[Record]]
    SHOWN: ClassVar[Sequence[str]] = ()
    """Columns shown before anybody chose."""
    MORE: ClassVar[Sequence[str]] = ()
    """Columns to choose from."""
    OFFERS: ClassVar[Sequence[Offer]] = ()
    SORT: ClassVar[tuple[str, bool]] = ("name", False)
    HINT: ClassVar[str] = ""
    """What the search box finds (msgid)."""
    LEFT: ClassVar[int] = 470
    """Width of the list before anybody chose."""
    BADGES: ClassVar[Mapping[str, str]] = {}
    """Columns whose entries are shown with sign and colour, and their lists."""
    ICON: ClassVar[str] = "list"
    NONE: ClassVar[str] = N_("Nothing here yet.")
    BEGIN: ClassVar[str] = N_("New")
    CHOOSE: ClassVar[str] = N_("Choose a record on the left to see it here.")
    """What is said (msgids) where there is nothing yet, on the button there, and where nothing is chosen."""

    def __init__(self, info: FileInfo, parent: QWidget | None = None) -> None:
        super().__init__(info, parent)
        self.wish: Show | None = None
        sort = preferences.SORT.of(self.NAME).get()
        self.sort: tuple[str, bool] = (str(sort[0]), bool(sort[1])) if len(sort) == 2 else self.SORT
        if self.sort[0] not in self.MODEL.described():
            self.sort = self.SORT

    def list_side(self) -> QWidget:
        """Build search, filters, list and the buttons below it."""
        side = ListSide(self.NAME, self.MODEL, self.OFFERS, _(self.HINT), self._source())
        self.line, self.filters, self.list, self.empty = side.line, side.filters, side.list, side.empty
        self.banner, self.banner_text, self.count = side.banner, side.banner_text, side.count
        self.new_button = side.new_button
        self.list.header.mark_sort(*self.sort)
        for column, name in self.BADGES.items():
            self.list.set_delegate(column, list_badges.delegate(name))
        side.back.clicked.connect(self.show_all)
        side.new_button.clicked.connect(self.new)
        self.fill_more(side.more.menu())
        return side

    def connect_list(self) -> None:
        """Follow what is typed, filtered, sorted and changed."""
        self._typing = QTimer(self, singleShot=True, interval=0)
        self._typing.timeout.connect(self.reload)
        self.line.textChanged.connect(lambda _text: self._typing.start())
        self.line.returnPressed.connect(self._to_first)
        self.filters.changed.connect(self.reload)
        self.list.sort_asked.connect(self.sort_by)
        self.list.header.more_shown.connect(self.reload)
        self.list.counted.connect(self.show_count)
        self.list.fill_menu = self.fill_list_menu
        refresh.signal.changed.connect(self._changed)

    # what the list shows

    def columns(self) -> list[Column]:
        """The list's columns."""
        return columns_of(self.MODEL, self.SHOWN, self.MORE)

    def listing(self) -> Listing:
        """The question the list answers now."""
        wish = self.wish
        # a figure's records are shown as they were counted, whatever is filtered out otherwise
        filters: tuple[Filter, ...] = self.filters.filters() if wish is None else wish.filters
        return Listing(self.MODEL, ("id",), self.line.text(), filters, *self.sort, archived=wish is not None)

    def _source(self) -> Source:
        first = Listing(self.MODEL, sort=self.sort[0], descending=self.sort[1])
        return self.source(self.listing() if hasattr(self, "list") else first)

    def source(self, listing: Listing, seen: frozenset[str] | None = None) -> Source:
        """What the list shows of a question; of the columns only those that are `seen` are read (None: all)."""
        return ListingSource(listing, self.columns(), seen)

    def reload(self) -> None:
        """Ask the list's question anew."""
        self.list.show_source(self.source(self.listing(), self.list.header.shown_keys()), self.sort)

    def sort_by(self, column: str, descending: bool) -> None:
        """Sort the list, and remember it."""
        self.sort = (column, descending)
        preferences.SORT.of(self.NAME).set([column, descending])
        self.reload()

    def _changed(self, changed: Any) -> None:
        if refresh.concerns(changed, self.MODEL.table()):
            self.list.reload()

    def show_count(self, number: int) -> None:
        """Say how many there are, and what to do when there are none."""
        self.count.setText(self.counted(number))
        searching = bool(self.line.text().strip() or self.filters.filters() or self.wish)
        self.say_empty(searching)

    def counted(self, number: int) -> str:
        """The number of records in words."""
        return ngettext("{n} record", "{n} records", number).format(n=f"{number:,}")

    def say_empty(self, searching: bool) -> None:
        """What the empty list says: nothing fits, or nothing is there yet."""
        if searching:
            self.empty.say(
                "search", _("Nothing fits. Try fewer letters, or clear the filters."), _("Show all"), self.show_all
            )
        else:
            self.empty.say(self.ICON, _(self.NONE), _(self.BEGIN), self.new)

    def show_all(self) -> None:
        """Back from a figure's records to the list as it was; there, no search and no filter."""
        self.line.clear()
        if self.wish is None:
            self.filters.clear()
        else:
            self._wish(None)

    def _to_first(self) -> None:
        self.list.setFocus()
        if self.list.current_id() is None and self.list.list_model.rowCount():
            self.list.selectRow(0)

    def _wish(self, wish: Show | None) -> None:
        """List just the records somebody wishes to see, or all again."""
        self.wish = wish
        self.banner_text.setText(wish.title if wish else "")
        self.banner.setVisible(wish is not None)
        self.filters.setVisible(wish is None)
        self.reload()

    def fill_more(self, menu: QMenu) -> None:
        """What else can be done with the list."""
        menu.addAction(theme.icon("download"), _("Export this list…"), self.export)
        menu.addAction(theme.icon("refresh"), _("Refresh"), self.reload)

    def fill_list_menu(self, menu: QMenu, ids: Any) -> None:
        """What can be done with the selected rows."""

    def change_many(self, ids: Sequence[int]) -> None:
        """Change one field of records."""
        from ui.parts.bulk_edit import BulkEdit  # lazily: the editors are a tenth of the start-up time

        BulkEdit(self, self.MODEL, ids).open()

    @override
    def export(self) -> None:
        from ui.parts import export_list  # lazily: nobody exports while the program starts

        shown = [self.columns()[number].key for number in self.list.header.visible_columns()]
        export_list.export(self, self.listing(), shown, self.accessibleName(), self.list.selected_ids())

    @override
    def search(self) -> None:
        self.line.setFocus()
        self.line.selectAll()
