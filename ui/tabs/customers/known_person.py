"""Somebody who is known already becomes a contact person of another customer, too."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QWidget
from typing_extensions import override

from crm_desktop import contact_persons
from crm_desktop.i18n import N_, _
from crm_desktop.models import Position
from ui.parts import desk, links
from ui.parts.dialog import Dialog
from ui.parts.form import Form
from ui.parts.picker import Picker

PLACE = ("job", "department", "primary")


class KnownPersonDialog(Dialog):
    """Pick a person by name or number, and say what they do here."""

    def __init__(self, parent: QWidget, customer: int) -> None:
        super().__init__(parent, _("Person who is known already"), "known-person", QSize(520, 340))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._customer = customer
        words = QLabel(_("One person can serve several customers: name and numbers are kept once."))
        words.setWordWrap(True)
        words.setProperty("tone", "muted")
        self.content.addWidget(words)
        self.picker = Picker(links.contacts, _("Contact person"))
        self.content.addWidget(self.picker)
        self.place = Form(Position, fields=PLACE)
        self.content.addWidget(self.place)
        self.content.addStretch()
        self.add_button(_("Cancel"), self.reject)
        self.save_button = self.add_button(_("Add person"), self.save, primary=True)
        self.save_button.setEnabled(False)
        self.picker.picked.connect(lambda id: self.save_button.setEnabled(id is not None))
        self.picker.setFocus()

    @override
    def is_dirty(self) -> bool:
        return self.picker.value() is not None or self.place.is_dirty()

    def save(self) -> None:
        """Give the person a place at the customer."""
        person, customer = self.picker.value(), self._customer
        if person is None or self.place.problems():
            self.place.show_problems(self.place.problems())
            return
        self.save_button.setEnabled(False)  # a second click must not write it twice
        place, name = self.place.values(), self.picker.text()
        desk.write(
            self.parentWidget() or self,
            N_("New contact person"),
            lambda c: contact_persons.add_known(c, person, customer, place),
            lambda _position: self._saved(),
            said=_("{name} is a contact person here now.").format(name=name),
            ended=self._ended,
        )

    def _ended(self) -> None:
        if shiboken6.isValid(self):
            self.save_button.setEnabled(True)

    def _saved(self) -> None:
        if shiboken6.isValid(self):
            self.accept()
