"""One contact person at one customer: the page on which both are typed."""

from __future__ import annotations

from typing import Any

import shiboken6
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from crm_desktop import contact_persons
from crm_desktop.contact_persons import Person
from crm_desktop.i18n import N_, _
from crm_desktop.models import Contact, Position
from crm_desktop.models.base import Invalid
from crm_desktop.store.change import Conflict
from ui.parts import desk
from ui.parts.conflict import ConflictDialog
from ui.parts.dialog import Dialog
from ui.parts.drafts import Keeper
from ui.parts.form import Form
from ui.parts.notice import Notice
from ui.parts.record_frame import scrolled

_Values = dict[str, dict[str, Any]]
"""Values by field, of the contact person and of the position."""
PLACE = ("job", "department", "primary", "left")
"""What is typed about a person's place at the customer."""


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
        self.draft = Notice()
        self.content.addWidget(self.draft)
        self.content.addWidget(scrolled(page), 1)
        self._keeper = Keeper(self, f"person-{customer}", person.contact.id if person else None, self._raw)
        for form in (self.contact, self.place):
            form.edited.connect(self._keeper.touch)
        self._keeper.offer(self.draft, self._set_raw)
        self.add_button(_("Cancel"), self.reject)
        self.save_button = self.add_button(_("Save"), self.save, primary=True)
        self.save_button.setShortcut("Ctrl+S")
        self.contact.focus("name")

    @override
    def is_dirty(self) -> bool:
        return self.contact.is_dirty() or self.place.is_dirty()

    @override
    def ask_to_discard(self) -> bool:
        if not super().ask_to_discard():
            return False
        self._keeper.drop()
        return True

    def _raw(self) -> dict[str, Any]:
        return {"contact": self.contact.raw(), "place": self.place.raw()} if self.is_dirty() else {}

    def _set_raw(self, raw: dict[str, Any]) -> None:
        self.contact.set_raw(raw.get("contact", {}))
        self.place.set_raw(raw.get("place", {}))

    def save(self) -> None:
        """Write the person and their place as one change."""
        if self.contact.problems() or self.place.problems():
            for form in (self.place, self.contact):
                form.show_problems(form.problems())
            return
        self._write(
            {"contact": self.contact.values(), "position": self.place.values()},
            {"contact": self.contact.seen, "position": self.place.seen},
        )

    def _write(self, typed: _Values, seen: _Values) -> None:
        self.save_button.setEnabled(False)  # a second click must not write a second person
        person, customer = self._person, self._customer
        action = N_("New contact person") if person is None else N_("Edit contact person")
        desk.write(
            self.parentWidget() or self,
            action,
            self._keeper.saving(lambda c: str(contact_persons.save(c, person, customer, typed, seen).name)),
            self._saved,
            said=lambda name: _("Saved: {name}.").format(name=name),
            failed=lambda trouble: self._refused(trouble, typed, seen),
            ended=self._ended,
        )

    def _saved(self, _name: Any) -> None:
        if shiboken6.isValid(self):
            self._keeper.drop()
            self.accept()

    def _ended(self) -> None:
        if shiboken6.isValid(self):
            self.save_button.setEnabled(True)

    def _refused(self, trouble: Exception, typed: _Values, seen: _Values) -> None:
        if not shiboken6.isValid(self):
            return
        if isinstance(trouble, Conflict):
            table = trouble.table

            def chosen(mine: dict[str, Any], theirs: dict[str, Any]) -> None:
                rest = {name: value for name, value in typed[table].items() if name not in theirs}
                self._write(typed | {table: rest | mine}, seen | {table: seen[table] | theirs})

            ConflictDialog(self, Contact if table == Contact.table() else Position, trouble, chosen).open()
            return
        if isinstance(trouble, Invalid):
            self.contact.show_problems(trouble.problems)
        self.message_bar.error(str(trouble))
