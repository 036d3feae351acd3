"""One contact person at one customer: who that is, and the page on which both are typed."""

from __future__ import annotations

from typing import Any, NamedTuple

import shiboken6
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from crm_desktop.i18n import N_, _
from crm_desktop.models import Contact, Position
from crm_desktop.models.base import Invalid
from crm_desktop.store import file
from crm_desktop.store.change import Change
from ui.parts import desk
from ui.parts.dialog import Dialog
from ui.parts.form import Form
from ui.parts.record_frame import scrolled

PLACE = ("job", "department", "primary", "left")
"""What is typed about a person's place at the customer."""


class Person(NamedTuple):
    """A contact person and their place at this customer."""

    contact: Contact
    position: Position


def persons_of(customer: int) -> list[Person]:
    """The contact persons of a customer, the main one first and who left last; in the store thread."""
    rows = file.ask(
        'SELECT id, contact FROM position WHERE customer = ? ORDER BY "left", "primary" DESC, id', (customer,)
    )
    contacts = file.rows("contact", [contact for _id, contact in rows])
    places = file.rows("position", [place for place, _contact in rows])
    return [
        Person(Contact.from_row(contacts[contact]), Position.from_row(places[place]))
        for place, contact in rows
        if contact in contacts
    ]


class PersonDialog(Dialog):
    """A contact person and their place at the customer, on one page, saved as one action."""

    def __init__(self, parent: QWidget, customer: int, person: Person | None) -> None:
        title = _("Contact person") if person else _("New contact person")
        super().__init__(parent, title, "person", QSize(640, 620))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._customer, self._person = customer, person
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        self.contact = Form(Contact, person.contact if person else None)
        self.place = Form(Position, person.position if person else None, fields=PLACE)
        column.addWidget(self.place)
        column.addWidget(self.contact)
        column.addStretch()
        self.content.addWidget(scrolled(page), 1)
        self.add_button(_("Cancel"), self.reject)
        self.save_button = self.add_button(_("Save"), self.save, primary=True)
        self.save_button.setShortcut("Ctrl+S")
        self.contact.focus("name")

    @override
    def is_dirty(self) -> bool:
        return self.contact.is_dirty() or self.place.is_dirty()

    def save(self) -> None:
        """Write the person and their place as one change."""
        if self.contact.problems() or self.place.problems():
            for form in (self.place, self.contact):
                form.show_problems(form.problems())
            return
        self.save_button.setEnabled(False)  # a second click must not write a second person
        contact, place = self.contact.values(), self.place.values()
        person, customer = self._person, self._customer
        seen = (self.contact.seen, self.place.seen)

        def work(c: Change) -> str:
            if person is None:
                made = c.save(Contact, contact)
                c.save(Position, {**place, "contact": made.id, "customer": customer})
                return str(made.name)
            c.save(person.position, place, seen[1])
            return str(c.save(person.contact, contact, seen[0]).name)

        action = N_("New contact person") if person is None else N_("Edit contact person")
        desk.write(
            self.parentWidget() or self,
            action,
            work,
            self._saved,
            said=lambda name: _("Saved: {name}.").format(name=name),
            failed=self._refused,
            ended=self._ended,
        )

    def _saved(self, _name: Any) -> None:
        if shiboken6.isValid(self):
            self.accept()

    def _ended(self) -> None:
        if shiboken6.isValid(self):
            self.save_button.setEnabled(True)

    def _refused(self, trouble: Exception) -> None:
        if not shiboken6.isValid(self):
            return
        if isinstance(trouble, Invalid):
            self.contact.show_problems(trouble.problems)
        self.message_bar.error(str(trouble))
