"""One customer's file: the essentials at a glance, then timeline, persons, all fields, complaints, feedback."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTabWidget, QVBoxLayout, QWidget

from crm_desktop import contact_persons
from crm_desktop.i18n import _
from crm_desktop.models import Customer
from ui import refresh, tasks, theme
from ui.parts import desk
from ui.parts.badges import BadgeLabel
from ui.parts.changes import Changes
from ui.parts.essentials import Essentials
from ui.parts.list_badges import badge
from ui.parts.more_button import MoreButton
from ui.parts.notice import Notice
from ui.parts.others import Others
from ui.parts.record_panel import RecordPanel
from ui.parts.related_list import RelatedList
from ui.parts.tab import Show
from ui.parts.timeline import Timeline
from ui.tabs.customers import deletion
from ui.tabs.customers.loading import RELATED, Loaded, load
from ui.tabs.customers.persons import Persons


class CustomerPage(QWidget):
    """Shows one customer; everything about it is reached from here."""

    asked = Signal(object)
    contact_asked = Signal(object)
    started = Signal()
    """A new customer is being typed."""
    saved = Signal(object)
    closed = Signal()
    """A new customer was given up."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.customer_id: int | None = None
        self._loaded: Loaded | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 0, 0)
        column.setSpacing(8)
        self.new_title = QLabel(_("New customer"))
        self.new_title.setFont(theme.title_font())
        self.new_title.hide()
        column.addWidget(self.new_title)
        self.head = QWidget()
        head = QVBoxLayout(self.head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(6)
        head.addLayout(self._title_line())
        self.essentials = Essentials()
        head.addWidget(self.essentials)
        column.addWidget(self.head)
        self.others = Others("customer")
        column.addWidget(self.others)
        self.notice = Notice()
        column.addWidget(self.notice)
        self.attention = Notice()
        column.addWidget(self.attention)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.timeline = Timeline()
        self.timeline.write.hide()  # the button stands beside the name, above all pages
        self.persons = Persons()
        self.panel = RecordPanel(Customer, header=False)
        self.related = {model.table(): RelatedList(model, columns) for model, _title, columns in RELATED}
        self.complaints = self.related["complaint"]
        self.changes = Changes("customer")
        for widget, title in (
            (self.timeline, _("Timeline")),
            (self.persons, _("Contact persons")),
            (self.panel, _("All fields")),
            *((self.related[model.table()], _(title)) for model, title, _columns in RELATED),
            (self.changes, _("Changes")),
        ):
            self.tabs.addTab(widget, title)
        column.addWidget(self.tabs, 1)
        self._connect()

    def _title_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(10)
        self.name = QLabel()
        self.name.setFont(theme.title_font())
        self.name.setWordWrap(True)
        self.name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        line.addWidget(self.name, 1)
        self.tier = BadgeLabel()
        line.addWidget(self.tier)
        self.stage = QLabel()
        self.stage.setProperty("tone", "muted")
        line.addWidget(self.stage)
        self.contact_button = QPushButton(theme.icon("message", "on_accent"), _("Contact"))
        self.contact_button.setProperty("primary", True)
        self.contact_button.setToolTip(_("Write down a contact") + "  Ctrl+L")
        self.contact_button.clicked.connect(lambda: self.contact_asked.emit(self.customer_id))
        line.addWidget(self.contact_button)
        self.edit_button = QPushButton(theme.icon("edit"), _("Edit"))
        self.edit_button.setToolTip(_("Edit") + "  F2")
        self.edit_button.clicked.connect(self.edit)
        line.addWidget(self.edit_button)
        self.more = MoreButton()
        menu = self.more.menu()
        menu.addAction(theme.icon("message-report"), _("New complaint"), self.new_complaint)
        menu.addAction(theme.icon("tool"), _("New service request"), lambda: self.new_case("service_request"))
        menu.addAction(theme.icon("note"), _("New feedback"), lambda: self.new_case("feedback"))
        menu.addAction(theme.icon("user-plus"), _("New contact person"), lambda: self.persons.add())
        menu.addSeparator()
        menu.addAction(theme.icon("trash"), _("Delete…"), lambda: self.ask_to_delete([self.customer_id]))
        line.addWidget(self.more)
        return line

    def _connect(self) -> None:
        self.timeline.opened.connect(lambda table, id: self.asked.emit(Show(table, id)))
        self.timeline.write_asked.connect(lambda: self.contact_asked.emit(self.customer_id))
        for table, pages in self.related.items():
            pages.opened.connect(lambda id, table=table: self.asked.emit(Show(table, id)))
            pages.new_asked.connect(lambda table=table: self.new_case(table))
        self.panel.opened.connect(lambda table, id: self.asked.emit(Show(table, id)))
        self.panel.saved.connect(self._saved)
        self.panel.editing.connect(self._editing)
        refresh.signal.changed.connect(self._changed)

    # what is shown

    def show_customer(self, id: int | None) -> None:
        """Show a customer; asks first when something typed would be left behind."""
        if id == self.customer_id and id is not None and self.panel.form is None:
            return
        if self.is_dirty():
            self.tabs.setCurrentWidget(self.panel)  # the question stands there
        self.panel.leave(lambda: self._show(id))

    def _show(self, id: int | None) -> None:
        self.customer_id = id
        self.others.show_record(id)
        self.notice.hide()
        if id is None:
            self._loaded = None
            return
        self._read()
        self.timeline.show_customer(id)
        self.panel.show_record(id)
        for pages in self.related.values():
            pages.show_customer(id)
        self.changes.show_record(id)

    def _read(self) -> None:
        wanted = self.customer_id
        if wanted is not None:
            tasks.run(self, lambda: load(wanted), self._take, place="page", reading=True)

    def _take(self, loaded: Loaded | None) -> None:
        self._loaded = loaded
        if self.customer_id is None:
            return  # a new one was begun meanwhile
        self.new_title.hide()
        self.head.setVisible(loaded is not None)
        self.tabs.setVisible(loaded is not None)
        self.attention.hide()
        if loaded is None:
            self.notice.say(_("This customer was deleted."), (), "muted")
            return
        customer = loaded.customer
        self.name.setText(str(customer.name))
        self.tier.show_badge(badge("tier", customer.tier))
        self.stage.setText(" · ".join(text for text in (customer.shown("stage"), customer.shown("owner")) if text))
        self.essentials.show_customer(customer)
        self.persons.show_persons(customer.id, loaded.persons)
        self._say_numbers(len(loaded.persons), loaded.related)
        self._say_attention(loaded)

    def _say_numbers(self, persons: int, related: Sequence[int] = ()) -> None:
        self.tabs.setTabText(1, _("Contact persons") + (f" ({persons})" if persons else ""))
        for place, (_model, title, _columns) in enumerate(RELATED):
            number = related[place] if related else 0
            self.tabs.setTabText(3 + place, _(title) + (f" ({number})" if number else ""))

    def _say_attention(self, loaded: Loaded) -> None:
        """What needs doing with this customer, the most urgent first."""
        customer = loaded.customer
        write = (_("Write down"), lambda: self.contact_asked.emit(self.customer_id))
        if customer.pinned:
            self.attention.say(str(customer.pinned), (), "accent")
        elif loaded.rhythm.kind != "ok":
            text = _("Needs attention: {reason}").format(reason=loaded.rhythm.text)
            self.attention.say(text, (write,) if loaded.rhythm.kind == "under" else (), "due")

    def _changed(self, changed: Any) -> None:
        if self.customer_id is None:
            return
        if changed is None or ("customer", self.customer_id) in changed or refresh.concerns(changed, "contact"):
            self._read()

    # what is done

    def new(self) -> None:
        """Start a new customer."""
        if self.is_dirty():
            self.tabs.setCurrentWidget(self.panel)
        self.panel.leave(self._start)

    def _start(self) -> None:
        self.customer_id = None
        self.others.show_record(None)
        self.notice.hide()
        self.attention.hide()
        self.head.hide()
        self.new_title.show()
        self._say_numbers(0)
        self.tabs.show()
        user = desk.user()
        self.tabs.setCurrentWidget(self.panel)
        self.panel.new({"owner": user.id} if user else {})
        self.started.emit()

    def _editing(self, typing: bool) -> None:
        """While typing, the other pages of the customer wait."""
        new = self.customer_id is None
        for number in range(self.tabs.count()):
            if self.tabs.widget(number) is not self.panel:
                self.tabs.setTabEnabled(number, not (typing and new))
        self.edit_button.setEnabled(not typing)
        if not typing and new and self.panel.wanted is None:
            self.closed.emit()

    def edit(self) -> None:
        """Type, in all fields."""
        self.tabs.setCurrentWidget(self.panel)
        self.panel.edit()

    def save(self) -> None:
        """Save what is typed."""
        self.panel.save()

    def is_dirty(self) -> bool:
        """Whether something typed is not saved."""
        return self.panel.is_dirty()

    def _saved(self, id: int) -> None:
        new = self.customer_id is None
        if new:
            self._show(id)
            self.tabs.setCurrentWidget(self.timeline)
        else:
            self._read()
        self.saved.emit(id)

    def new_complaint(self) -> None:
        """Start a complaint of this customer."""
        self.new_case("complaint")

    def new_case(self, table: str) -> None:
        """Start a complaint, feedback … of this customer."""
        self.asked.emit(Show(table, new=True, customer=self.customer_id))  # type: ignore[arg-type]

    def show_person(self, contact: int, show: Callable[[int], object]) -> None:
        """Show a contact person at the customer they mainly serve."""

        def found(customer: int | None) -> None:
            if customer is None:
                bar = desk.bar_near(self)
                if bar is not None:
                    bar.say(_("This person belongs to no customer any more."), tone="muted")
                return
            show(customer)
            self.tabs.setCurrentWidget(self.persons)
            self.persons.mark(contact)

        tasks.run(self, lambda: contact_persons.customer_of(contact), found, reading=True)

    def ask_to_delete(self, ids: Sequence[int | None]) -> None:
        """Ask once before customers are deleted, and say what goes with them."""
        if wanted := [i for i in ids if i is not None]:
            deletion.ask(self, self.notice, wanted)
