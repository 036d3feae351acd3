"""One customer's contacts, complaints, service and feedback in one line of time, the next contact on top."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from crm_desktop import timeline, values
from crm_desktop.i18n import N_, _
from crm_desktop.store.change import now
from crm_desktop.timeline import Head
from ui import refresh, tasks, theme
from ui.parts.empty import Empty
from ui.parts.notice import Notice
from ui.parts.search_line import SearchLine
from ui.parts.timeline_list import Entries, EntryList

KINDS = (
    ("", N_("All")),
    (timeline.CONTACTS, N_("Contacts")),
    (timeline.COMPLAINTS, N_("Complaints")),
    (timeline.REQUESTS, N_("Service")),
    (timeline.FEEDBACK, N_("Feedback")),
)


class Timeline(QWidget):
    """Newest first, read while one scrolls; a click opens an entry."""

    opened = Signal(str, object)
    """Table and id of the entry that was clicked."""
    write_asked = Signal()
    """Somebody wants to write down a contact."""

    def __init__(self, customer: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.customer: int | None = None
        self._head: Head | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        self.next = Notice()
        column.addWidget(self.next)
        column.addLayout(self._top())
        self.model = Entries()
        self.model.setParent(self)
        self.model.read.connect(self._came)
        self.list = EntryList(self.model)
        self.list.opened.connect(lambda entry: self.opened.emit(entry.table, entry.id))
        self.empty = Empty("timeline", "")
        place = QWidget()
        self._pages = QStackedLayout(place)
        self._pages.addWidget(self.list)
        self._pages.addWidget(self.empty)
        column.addWidget(place, 1)
        refresh.signal.changed.connect(self._changed_somewhere)
        if customer is not None:
            self.show_customer(customer)

    def show_customer(self, customer: int | None) -> None:
        """Show another customer's line of time."""
        if customer != self.customer:
            self.search.clear()
            self.list.scrollToTop()
        self.customer = customer
        self.reload()

    def reload(self) -> None:
        """Read again, as much as was shown."""
        self._ask(len(self.model.entries) if self.model.entries else 0)
        if self.customer is None:
            self.next.hide()
            return
        customer = self.customer
        tasks.run(self, lambda: timeline.head(customer), self._tell_head, place="head", reading=True)

    def kind(self) -> str:
        """Which entries are shown: "" for all, else a table."""
        return KINDS[self._kinds.checkedId()][0]

    def show_kind(self, kind: str) -> None:
        """Show all entries, or one kind of them."""
        number = next(n for n, (name, _title) in enumerate(KINDS) if name == kind)
        self._kinds.button(number).setChecked(True)
        self._ask()

    def _top(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        self._kinds = QButtonGroup(self)
        for number, (_kind, title) in enumerate(KINDS):
            button = QToolButton()
            button.setText(_(title))
            button.setCheckable(True)
            button.setChecked(number == 0)
            self._kinds.addButton(button, number)
            row.addWidget(button)
        self._kinds.idClicked.connect(lambda _number: self._ask())
        row.addSpacing(4)
        self.search = SearchLine(_("Search in the history"), _("Search in the history"))
        self.search.setMaximumWidth(260)
        self._soon = QTimer(self, singleShot=True, interval=80)
        self._soon.timeout.connect(self._ask)
        self.search.textChanged.connect(lambda _text: self._soon.start())
        row.addWidget(self.search, 1)
        row.addStretch()
        self.write = QPushButton(_("＋ Contact"))
        self.write.setToolTip(_("Write down a contact (Ctrl+L)"))
        self.write.setProperty("primary", True)
        self.write.clicked.connect(self.write_asked)
        row.addWidget(self.write)
        return row

    def _ask(self, least: int = 0) -> None:
        self.model.ask(self.customer, self.kind(), self.search.text().strip(), least)

    def _tell_head(self, head: Head | None) -> None:
        self._head = head
        counts = (head.contacts, head.complaints, head.requests, head.feedback) if head else ("",) * (len(KINDS) - 1)
        numbers = ("", *(str(count) for count in counts))
        for number, (_kind, title) in enumerate(KINDS):
            self._kinds.button(number).setText(f"{_(title)} {numbers[number]}".strip())
        if head is None or not head.next_at:
            self.next.hide()
            return
        day = values.show_datetime(head.next_at, near=True).removesuffix(" 00:00")
        today = now()[:10]
        late = head.next_at[:10] < today
        words = _("Overdue since {day}: {what}") if late else _("Next contact {day}: {what}")
        tone: theme.Tone = "overdue" if late else "due" if head.next_at[:10] == today else "accent"
        said = words.format(day=day, what=head.next_what or _("nothing noted"))
        self.next.say(said, [(_("Write down"), self.write_asked.emit)], tone)

    def _came(self) -> None:
        if self.model.entries or self.customer is None:
            self._pages.setCurrentWidget(self.list)
            return
        if self.search.text().strip():
            self.empty.say("search", _("Nothing in the history fits the search."), _("Show all"), self.search.clear)
        elif self.kind() == timeline.COMPLAINTS:
            self.empty.say("circle-check", _("No complaints by this customer."))
        elif self.kind() == timeline.REQUESTS:
            self.empty.say("tool", _("No service request by this customer yet."))
        elif self.kind() == timeline.FEEDBACK:
            self.empty.say("note", _("No feedback by this customer yet."))
        else:
            self.empty.say(
                "timeline",
                _("No contact was written down yet. Two lines after each call are enough."),
                _("Write down a contact"),
                self.write_asked.emit,
            )
        self._pages.setCurrentWidget(self.empty)

    def _changed_somewhere(self, changed: frozenset[tuple[str, int]] | None) -> None:
        if self.customer is not None and (changed is None or ("customer", self.customer) in changed):
            self.reload()
