"""The contact persons of one customer: who is who, how to reach them, who is the main one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from crm_desktop import contact_persons, values
from crm_desktop.contact_persons import Person
from crm_desktop.i18n import N_, _
from crm_desktop.models import Contact
from ui import tasks, theme
from ui.parts import deleting, desk
from ui.parts.changes import ChangesDialog
from ui.parts.empty import Empty
from ui.parts.essentials import CopyButton
from ui.parts.flow import Flow
from ui.parts.notice import Notice
from ui.tabs.customers.known_person import KnownPersonDialog
from ui.tabs.customers.person import PersonDialog


class Persons(QWidget):
    """One card each, in reading order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._customer: int | None = None
        self._marked: int | None = None
        self._cards: dict[int, _Card] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        self.notice = Notice()
        column.addWidget(self.notice)
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setAccessibleName(_("Contact persons"))
        self._area.setWidget(self._list)
        column.addWidget(self._area, 1)
        self.empty = Empty(
            "user", _("Nobody is known here yet. Who answers the phone?"), _("New contact person"), self.add
        )
        column.addWidget(self.empty, 1)
        line = QHBoxLayout()
        self.new_button = QPushButton(theme.icon("user-plus"), _("New contact person"))
        self.new_button.clicked.connect(self.add)
        line.addWidget(self.new_button)
        self.known_button = QPushButton(theme.icon("users"), _("Known person…"))
        self.known_button.setToolTip(_("Somebody who serves another customer already"))
        self.known_button.clicked.connect(self.add_known)
        line.addWidget(self.known_button)
        line.addStretch()
        column.addLayout(line)

    def show_persons(self, customer: int, persons: Sequence[Person]) -> None:
        """Show the contact persons of a customer."""
        if customer != self._customer:
            self.notice.hide()
        self._customer = customer
        while self._column.count():
            item = self._column.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._cards = {}
        for person in persons:
            others = [other for other in persons if other.contact.id != person.contact.id]
            card = self._cards[person.contact.id] = _Card(person, others)
            card.edit_asked.connect(self.change)
            card.remove_asked.connect(self.remove)
            card.changes_asked.connect(self.show_changes)
            card.main_asked.connect(self.make_main)
            card.merge_asked.connect(self.merge)
            self._column.addWidget(card)
        self._column.addStretch()
        self._area.setVisible(bool(persons))
        self.new_button.setVisible(bool(persons))
        self.empty.setVisible(not persons)
        if self._marked in self._cards:
            self._area.ensureWidgetVisible(self._cards[self._marked])

    def mark(self, contact: int) -> None:
        """Bring a person into sight, now or when the cards are there."""
        self._marked = contact
        if contact in self._cards:
            self._area.ensureWidgetVisible(self._cards[contact])

    def add(self) -> None:
        """Type a new contact person of this customer."""
        if self._customer is not None:
            PersonDialog(self, self._customer, None).open()

    def add_known(self) -> None:
        """Take somebody who is known already as a contact person of this customer, too."""
        if self._customer is not None:
            KnownPersonDialog(self, self._customer).open()

    def change(self, person: Person) -> None:
        """Change a contact person and their place here."""
        if self._customer is not None:
            PersonDialog(self, self._customer, person).open()

    def show_changes(self, person: Person) -> None:
        """Show who changed what of a contact person."""
        ChangesDialog(self.window(), "contact", person.contact.id, str(person.contact.name)).open()

    def remove(self, person: Person) -> None:
        """Ask once whether a person may leave this customer; who serves nobody else goes altogether."""
        name = person.contact.name

        def ask(elsewhere: bool) -> None:
            stays = _("Remove {name} here? The other customers keep this contact person.")
            goes = _("Delete {name}? Contacts that were written down stay.")
            question = (stays if elsewhere else goes).format(name=name)
            verb = _("Remove here") if elsewhere else _("Delete contact person")
            deleting.ask(self.notice, question, verb, partial(self._remove, person))

        tasks.run(self, lambda: contact_persons.serves_elsewhere(person), ask, place="serves", reading=True)

    def _remove(self, person: Person, why: str) -> None:
        said = _("{name} was removed.").format(name=person.contact.name)
        deleting.write(self, N_("Remove contact person"), why, lambda c: contact_persons.take_away(c, person), said)

    def merge(self, person: Person, other: Person) -> None:
        """Make one contact person of two, who are seen side by side before."""
        from ui.parts.merging import Merge  # lazily: nobody merges while the program starts

        Merge(self, person.contact.id, other.contact.id, Contact).open()

    def make_main(self, person: Person) -> None:
        """Make a person the main contact person."""
        said = _("{name} is the main contact person now.").format(name=person.contact.name)
        position = person.position
        desk.write(self, N_("Choose main contact person"), lambda c: contact_persons.make_main(c, position), said=said)


class _Card(QFrame):
    """One person: name, title, role; how to reach them; birthday and what to remember."""

    edit_asked = Signal(object)
    remove_asked = Signal(object)
    changes_asked = Signal(object)
    main_asked = Signal(object)
    merge_asked = Signal(object, object)

    def __init__(self, person: Person, others: Sequence[Person]) -> None:
        super().__init__()
        self._person, self._others = person, others
        contact, place = person
        self.setProperty("card", True)
        self.setAccessibleName(str(contact.name))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 10)
        column.setSpacing(4)
        top = QHBoxLayout()
        name = QLabel(" ".join(t for t in (str(contact.name), contact.shown("salutation")) if t))
        name.setFont(theme.title_font(11))
        top.addWidget(name)
        details = [str(place.job), str(place.department), contact.shown("role"), contact.shown("attitude")]
        if place.primary:
            details.append("★ " + _("main contact person"))
        if place.left:
            details.append(_("has left"))
        words = QLabel(" · ".join(text for text in details if text))
        words.setProperty("tone", "muted")
        top.addWidget(words, 1)
        top.addWidget(self._edit())
        top.addWidget(self._more())
        column.addLayout(top)
        column.addWidget(self._ways())
        if remember := self._remember():
            label = QLabel(remember)
            label.setWordWrap(True)
            label.setProperty("tone", "muted")
            column.addWidget(label)

    def _edit(self) -> QToolButton:
        button = QToolButton()
        button.setIcon(theme.icon("edit"))
        button.setToolTip(_("Edit"))
        button.setAccessibleName(_("Edit {name}").format(name=self._person.contact.name))
        button.clicked.connect(lambda: self.edit_asked.emit(self._person))
        return button

    def _more(self) -> QToolButton:
        button = QToolButton()
        button.setIcon(theme.icon("dots"))
        button.setToolTip(_("More"))
        button.setAccessibleName(_("More about {name}").format(name=self._person.contact.name))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        menu.addAction(theme.icon("star"), _("Make main contact person"), lambda: self.main_asked.emit(self._person))
        menu.addAction(theme.icon("history"), _("Changes"), lambda: self.changes_asked.emit(self._person))
        if self._others:
            twice = menu.addMenu(theme.icon("link"), _("The same person as"))
            for other in self._others:
                name = str(other.contact.name).replace("&", "&&") + " …"
                twice.addAction(name, partial(self.merge_asked.emit, self._person, other))
        menu.addAction(theme.icon("trash"), _("Remove"), lambda: self.remove_asked.emit(self._person))
        button.setMenu(menu)
        return button

    def _ways(self) -> QWidget:
        contact = self._person.contact
        holder = QWidget()
        flow = Flow(12)
        holder.setLayout(flow)
        for row in contact.phones or ():
            number = str(row.get("number", ""))
            flow.addWidget(CopyButton(_("Phone"), values.show_phone(number), number))
        for label, text in ((_("WeChat"), contact.wechat), (_("E-mail"), contact.email), ("QQ", contact.qq)):
            if text:
                flow.addWidget(CopyButton(label, str(text), str(text)))
        return holder

    def _remember(self) -> str:
        contact = self._person.contact
        parts = []
        if contact.birthday:
            day = values.next_birthday(str(contact.birthday), date.today())
            parts.append(
                _("Birthday {birthday}, next on {day}").format(birthday=contact.shown("birthday"), day=day.isoformat())
            )
        for name in ("hobbies", "diet", "remarks"):
            if text := contact.shown(name):
                parts.append(_("{label}: {value}").format(label=_(Contact.described()[name].label), value=text))
        return " · ".join(parts)
