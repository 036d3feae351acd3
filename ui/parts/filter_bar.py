"""The line of filters above a list: one button each, its label says what is chosen; remembered per list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCalendarWidget, QMenu, QToolButton, QWidget, QWidgetAction

from crm_desktop import listing
from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.listing import Filter
from crm_desktop.models import lists, people
from crm_desktop.models.base import Record
from crm_desktop.models.fields import Choice, Person
from crm_desktop.models.survey import Fixed
from ui import preferences, tasks, theme
from ui.parts.flow import Flow

Option = tuple[Any, str]
"""Stored value and what people read."""


@dataclass(frozen=True)
class Offer:
    """One filter on offer: the column, how it compares, and where its options come from (None: from the field)."""

    column: str
    how: str = "in"
    title: str = ""
    options: Callable[[], list[Option]] | None = None
    """Read in the store thread when the menu opens."""

    @property
    def key(self) -> str:
        """What it is remembered by: From and Until are two filters of one column."""
        return f"{self.column}/{self.how}" if self.how in ("from", "until") else self.column


def regions() -> list[Option]:
    """The provinces in use."""
    return [(name, f"{name} ({number:,})") for name, number in listing.regions()]


def tags() -> list[Option]:
    """The tags in use at customers."""
    return [(tag, tag) for tag in listing.tags(listing.MODELS["customer"])]


DAYS = (7, 14, 30, 60, 90, 180, 365)


class FilterBar(QWidget):
    """Filters side by side, wrapping where the list is narrow."""

    changed = Signal()

    def __init__(self, name: str, model: type[Record], offers: Sequence[Offer], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._memory = preferences.FILTERS.of(name)
        self._buttons = [_FilterButton(model, offer) for offer in offers]
        layout = Flow()
        self.setLayout(layout)
        for button in self._buttons:
            layout.addWidget(button)
            button.changed.connect(self._told)
        self.clear_button = QToolButton()
        self.clear_button.setIcon(theme.icon("x", "muted"))
        self.clear_button.setText(_("Clear"))
        self.clear_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.clear_button.setAccessibleName(_("Clear all filters"))
        self.clear_button.clicked.connect(self.clear)
        layout.addWidget(self.clear_button)
        for button in self._buttons:
            button.set_value(self._memory.get().get(button.offer.key))
        self.clear_button.setVisible(bool(self.filters()))

    def filters(self) -> tuple[Filter, ...]:
        """What is chosen."""
        return tuple(found for button in self._buttons if (found := button.filter()) is not None)

    def clear(self) -> None:
        """No filter at all."""
        for button in self._buttons:
            button.set_value(None)
        self._told()

    def take(self, values: Mapping[str, Any]) -> None:
        """Set all filters to what another list of the same kind remembers."""
        for button in self._buttons:
            button.set_value(values.get(button.offer.key))
        self._told()

    def choose(self, column: str, value: Any) -> None:
        """Set one filter from outside, alone."""
        for button in self._buttons:
            button.set_value(value if button.offer.key == column else None)
        self._told()

    def _told(self) -> None:
        self._memory.set({b.offer.key: b.value for b in self._buttons if b.value})
        self.clear_button.setVisible(bool(self.filters()))
        self.changed.emit()


class _FilterButton(QToolButton):
    """One filter: a menu of options that can be ticked, or of days since."""

    changed = Signal()

    def __init__(self, model: type[Record], offer: Offer) -> None:
        super().__init__()
        self.offer = offer
        self.value: Any = None
        self._field = model.described()[offer.column]
        self._title = offer.title or self._field.label
        self._options: list[Option] = []
        self.setProperty("filter", True)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        menu = QMenu(self)
        menu.aboutToShow.connect(self._open)
        self.setMenu(menu)
        self.set_value(None)

    def filter(self) -> Filter | None:
        """What this button asks of the list."""
        if not self.value:
            return None
        if self.offer.how == "days":
            return Filter(self.offer.column, "before", (date.today() - timedelta(days=int(self.value))).isoformat())
        if self.offer.how in ("from", "until"):
            return Filter(self.offer.column, self.offer.how, self.value)
        return Filter(self.offer.column, self.offer.how, list(self.value))

    def set_value(self, value: Any) -> None:
        """Show a value as chosen, without telling anybody."""
        self.value = value or None
        said = self._said()
        self.setText(_("{label}: {value}").format(label=_(self._title), value=said) if said else _(self._title))
        self.setIcon(theme.icon("chevron-down", "accent" if said else "muted"))
        self.setAccessibleName(_("Filter: {name}").format(name=self.text()))
        theme.set_property(self, "active", bool(said))

    def _said(self) -> str:
        if not self.value:
            return ""
        if self.offer.how == "days":
            return ngettext("over {n} day", "over {n} days", int(self.value)).format(n=self.value)
        if self.offer.how in ("from", "until"):
            return str(self.value)
        labels = [self._label(value) for value in self.value]
        return labels[0] if len(labels) == 1 else f"{labels[0]} +{len(labels) - 1}"

    def _label(self, value: Any) -> str:
        if isinstance(self._field, Choice):
            return lists.label(self._field.list_name, value)
        if isinstance(self._field, Person):
            return people.name(value)
        return self._field.show(value) if isinstance(self._field, Fixed) else str(value)

    def _open(self) -> None:
        menu = self.menu()
        menu.clear()
        if self.offer.how == "days":
            self._offer_days(menu)
        elif self.offer.how in ("from", "until"):
            self._offer_calendar(menu)
        elif self.offer.options is not None:
            menu.addAction(_("One moment…")).setEnabled(False)
            tasks.run(self, self.offer.options, self._fill, place="options", reading=True)
        else:
            self._fill(self._known())

    def _known(self) -> list[Option]:
        """The options that are in memory: list entries (top level) and colleagues."""
        if isinstance(self._field, Choice):
            return [(e.code, e.label) for e in lists.entries(self._field.list_name) if not e.parent]
        if isinstance(self._field, Fixed):
            return [(code, _(word)) for code, word in self._field.among.items()]
        return [(person.id, person.name) for person in people.everybody()]

    def _fill(self, options: list[Option]) -> None:
        menu = self.menu()
        menu.clear()
        chosen = set(self.value or ())
        for value, text in options:
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(value in chosen)
            action.triggered.connect(lambda _checked=False, v=value: self._toggle(v))
        if not options:
            menu.addAction(_("Nothing to choose from yet")).setEnabled(False)
        self._offer_all(menu)

    def _offer_all(self, menu: QMenu) -> None:
        if self.value:
            menu.addSeparator()
            menu.addAction(theme.icon("x", "muted"), _("All")).triggered.connect(lambda: self._take(None))

    def _offer_days(self, menu: QMenu) -> None:
        for days in DAYS:
            text = ngettext("over {n} day", "over {n} days", days).format(n=days)
            action: QAction = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(days == self.value)
            action.triggered.connect(lambda _checked=False, n=days: self._take(n))
        self._offer_all(menu)

    def _offer_calendar(self, menu: QMenu) -> None:
        calendar = QCalendarWidget()
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        if self.value:
            calendar.setSelectedDate(QDate.fromString(self.value, Qt.DateFormat.ISODate))
        calendar.clicked.connect(menu.hide)
        calendar.clicked.connect(lambda day: self._take(day.toString(Qt.DateFormat.ISODate)))
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(calendar)
        menu.addAction(holder)
        self._offer_all(menu)

    def _toggle(self, value: Any) -> None:
        chosen = list(self.value or ())
        if value in chosen:
            chosen.remove(value)
        else:
            chosen.append(value)
        self._take(chosen)

    def _take(self, value: Any) -> None:
        self.set_value(value)
        self.changed.emit()


NOT_CONTACTED = Offer("last_contact_at", "days", N_("Not contacted"))
CUSTOMERS = (
    Offer("tier"),
    Offer("owner"),
    Offer("stage"),
    Offer("industry", "tree"),
    Offer("province", title=N_("Region"), options=regions),
    Offer("source"),
    NOT_CONTACTED,
    Offer("tags", "has", options=tags),
)
"""How customers are told apart, wherever some of them are chosen."""
